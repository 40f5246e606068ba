//! The data declaration: where the figures come from, what is not shown, what is missing, how they are computed.

use serde::Serialize;

use super::{
    backtest,
    context::Said,
    criteria_table::{self, CriteriaTable},
    declaration_sources::{self as sources, SourceRow},
    subject::{Subject, shown},
    trends::{self, Trends, is_long_table},
};
use crate::{
    catalogue::{Comparator, ReportKind},
    compute::{Missing, State, Verdict},
    ids::{IndicatorId, ValueId},
    words::{Rich, Slots},
};

/// The share of judged figures that would stand out by chance: intervals are 99 per cent ones.
const BY_CHANCE: f64 = 0.01;
/// Definitions that fit on the page: beside the table of criteria or below trends, and with room.
const DEFINITIONS: usize = 9;
const MORE_DEFINITIONS: usize = 10;
/// The entry on past forecasts takes the room of so many others.
const FORECASTS: usize = 2;
/// Periods of the table behind the trends at most, the latest.
const YEARS: usize = 9;

/// The last page.
#[derive(Serialize)]
pub(super) struct Declaration {
    lead: String,
    sources: Vec<SourceRow>,
    notes: Vec<NoteColumn>,
    definitions: Vec<Definition>,
    criteria: Option<CriteriaTable>,
    series: Option<SeriesTable>,
    trace: Trace,
}

#[derive(Serialize)]
struct NoteColumn {
    heading: String,
    paragraphs: Vec<Rich>,
}

#[derive(Serialize)]
struct Definition {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct SeriesTable {
    heading: String,
    name: String,
    years: Vec<String>,
    rows: Vec<SeriesRow>,
}

#[derive(Serialize)]
struct SeriesRow {
    name: String,
    values: Vec<String>,
}

#[derive(Serialize)]
struct Trace {
    heading: String,
    text: Vec<TracePart>,
}

/// A piece of the text that tells how to find a value again.
#[derive(Serialize)]
#[serde(untagged)]
enum TracePart {
    Words(String),
    Id { t: String, code: bool },
}

/// The data declaration of an area's report.
pub(super) fn declaration(subject: &Subject, trends: Option<&Trends>) -> Said<Declaration> {
    let series = match (&subject.law, trends) {
        (None, Some(trends)) if !is_long_table(subject) => Some(series(subject, trends)?),
        _ => None,
    };
    Ok(Declaration {
        lead: subject.fixed("leads/declaration")?,
        sources: sources::sources(subject)?,
        notes: notes(subject)?,
        definitions: definitions(subject)?,
        criteria: criteria_table::table(subject)?,
        series,
        trace: trace(subject)?,
    })
}

/// How many figures on the pages are not shown: values, and comparators and changes beside a shown value.
fn hidden(subject: &Subject) -> usize {
    let values = subject.printed_indicators().into_iter().filter_map(|(id, _)| subject.latest(id));
    let of_value = |id: ValueId| match subject.value(&id) {
        State::Hidden => 1,
        State::Missing(_) => 0,
        State::Shown(_) => {
            let comparator = matches!(subject.compared(&id), Some(State::Hidden));
            usize::from(comparator) + usize::from(*subject.change(&id) == State::Hidden)
        }
    };
    values.map(of_value).sum()
}

/// The names of indicators without a value, of our own or on the latest list.
fn missing<'a>(subject: &Subject<'a>) -> Vec<&'a str> {
    let listed = |id: &IndicatorId| {
        subject.law.as_ref().is_some_and(|law| {
            let mut rows = law.rows.iter().filter(|row| row.indicator_id == id);
            rows.any(|row| matches!(law.value(subject, row, law.year()), State::Shown(_)))
        })
    };
    let is_missing = |id: &IndicatorId| {
        let own = subject.latest(id).is_some_and(|id| !matches!(subject.value(&id), State::Missing(_)));
        !own && !listed(id)
    };
    let missing = subject.printed_indicators().into_iter().filter(|(id, _)| is_missing(id));
    missing.map(|(_, indicator)| subject.context.text(indicator.short_title())).collect()
}

/// Is the place too small for this indicator?
pub(super) fn is_too_small(subject: &Subject, id: &IndicatorId) -> bool {
    subject.latest(id).is_some_and(|value| subject.value(&value) == State::Missing(Missing::TooSmall))
}

fn notes(subject: &Subject) -> Said<Vec<NoteColumn>> {
    let hidden = match hidden(subject) {
        0 => subject.say("declaration/hidden-none", Slots::new())?,
        n => subject.say("declaration/hidden-count", Slots::new().count("n", n as i64))?,
    };
    let missing = missing(subject);
    let missing = if missing.is_empty() {
        subject.say("declaration/missing-none", Slots::new())?
    } else if subject.printed_indicators().iter().any(|(id, _)| is_too_small(subject, id)) {
        subject.say("declaration/missing-small", Slots::new().text("area", &subject.named))?
    } else {
        let slots = Slots::new().list("names", missing).text("area", &subject.named);
        subject.say("declaration/missing-names", slots)?
    };
    let has_values = subject.printed_indicators().into_iter().any(|(id, _)| {
        subject.latest(id).is_some_and(|value| !matches!(subject.value(&value), State::Missing(_)))
    });
    let judged: usize = subject.printed_indicators().iter().map(|(id, _)| judged(subject, id)).sum();
    let mut chance = vec![subject.say(
        if subject.law.is_some() { "declaration/chance" } else { "declaration/chance-plain" },
        Slots::new(),
    )?];
    if judged > 0 {
        let expected = (judged as f64 * BY_CHANCE).round() as i64;
        chance.push(
            subject.say(
                "declaration/judged",
                Slots::new().count("n", judged as i64).count("expected", expected),
            )?,
        );
    }
    chance.extend(design_effects(subject)?);
    let mut missing = vec![missing];
    if has_means(subject) {
        missing.push(subject.say("declaration/means", Slots::new().text("area", &subject.named))?);
    }
    missing.push(subject.say("declaration/unplaced", Slots::new())?);
    let mut notes = vec![
        NoteColumn { heading: subject.fixed("declaration/hidden-heading")?, paragraphs: vec![hidden] },
        NoteColumn { heading: subject.fixed("declaration/missing-heading")?, paragraphs: missing },
    ];
    // Official values have no chance; without others there is nothing to say of it.
    if has_values {
        notes.push(NoteColumn { heading: subject.fixed("declaration/chance-heading")?, paragraphs: chance });
    }
    Ok(notes)
}

/// How many judgements are printed of an indicator: against the comparator, and of its change.
fn judged(subject: &Subject, id: &IndicatorId) -> usize {
    let Some(value) = subject.latest(id) else { return 0 };
    let change = subject.context.publication.change(&value).map(|change| change.verdict);
    let verdicts = [subject.verdict(&value), change];
    verdicts.into_iter().flatten().filter(|verdict| *verdict != Verdict::NotJudged).count()
}

/// The indicators whose chance is reckoned with a declared design effect.
fn design_effects(subject: &Subject) -> Said<Option<Rich>> {
    let mut names = Vec::new();
    for (_, indicator) in subject.printed_indicators() {
        let Some(effect) = &indicator.chance.design_effect else { continue };
        let slots = Slots::new()
            .text("name", subject.context.text(indicator.short_title()))
            .number("effect", effect.value.0);
        names.push(subject.line("declaration/design-effect-of", slots)?);
    }
    let slots = Slots::new().list("names", names.iter().map(String::as_str));
    (!names.is_empty()).then(|| subject.say("declaration/design-effects", slots)).transpose()
}

/// Is any figure of the area a mean of years of its own, because few live there?
fn has_means(subject: &Subject) -> bool {
    subject.printed_indicators().into_iter().any(|(id, indicator)| {
        let own = indicator.method.form().years().map_or(1, |years| years.count());
        let value = subject.latest(id).and_then(|value| shown(subject.value(&value)));
        value.is_some_and(|value| value.years > own.max(2))
    })
}

/// Definitions of the law's indicators first, then of the others as far as there is room; comparator and law at the end.
fn definitions(subject: &Subject) -> Said<Vec<Definition>> {
    let context = subject.context;
    let mut named = subject.printed_indicators();
    named.retain(|(id, _)| !is_too_small(subject, id));
    named.sort_by_key(|(id, _)| !of_law(subject, id));
    let mut definitions = Vec::new();
    let forecasts = backtest::sentences(subject)?;
    let last = 1 + usize::from(subject.law.is_some()) + if forecasts.is_some() { FORECASTS } else { 0 };
    let full = subject.law.is_some() || is_long_table(subject);
    let room = if full { DEFINITIONS } else { MORE_DEFINITIONS };
    for (_, indicator) in named {
        let Some(text) = indicator.definition.as_ref().filter(|_| definitions.len() + last < room) else {
            continue;
        };
        let term = format!("{}.", context.text(&indicator.title));
        definitions.push(Definition { term, text: context.text(text).to_string() });
    }
    definitions.extend(comparator(subject)?);
    definitions.extend(law(subject)?);
    if let Some(text) = forecasts {
        definitions.push(Definition { term: subject.fixed("declaration/backtest-heading")?, text });
    }
    Ok(definitions)
}

fn of_law(subject: &Subject, id: &IndicatorId) -> bool {
    subject.law.as_ref().is_some_and(|law| law.rows.iter().any(|row| row.indicator_id == id))
}

fn comparator(subject: &Subject) -> Said<Option<Definition>> {
    let Some(comparator) = subject.comparator else { return Ok(None) };
    let slots = Slots::new()
        .text("area", &subject.area.name)
        .text("layer", subject.context.text(&subject.layer.title).to_lowercase());
    let text = match comparator {
        Comparator::Rest => subject.line("declaration/comparator-rest", slots)?,
        Comparator::RestOfLayer => subject.line("declaration/comparator-rest-of-layer", slots)?,
        _ => return Ok(None),
    };
    let name = subject.comparator_words(comparator, "")?;
    let term = subject.line("declaration/term", Slots::new().text("term", name))?;
    Ok(Some(Definition { term, text }))
}

fn law(subject: &Subject) -> Said<Option<Definition>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let slots = Slots::new()
        .text("law", subject.context.text(&law.rules.law))
        .text("date", subject.context.words.date(law.list.year, law.list.month, law.list.day));
    let mut text = subject.line("declaration/law-text", slots)?;
    if shown(law.status(subject, law.year())).is_some_and(|status| !status.official) {
        text = format!("{text} {}", subject.fixed("declaration/own-computation")?);
    }
    Ok(Some(Definition { term: subject.fixed("declaration/law")?, text }))
}

/// The numbers behind the trends, the latest periods.
fn series(subject: &Subject, trends: &Trends) -> Said<SeriesTable> {
    let labels = trends::labels(&trends.series);
    let years = labels[labels.len().saturating_sub(YEARS)..].to_vec();
    let (hidden, none) = (subject.fixed("declaration/unshown")?, subject.fixed("declaration/none")?);
    let rows = trends.series.iter().map(|series| SeriesRow {
        name: series.name.clone(),
        values: years
            .iter()
            .map(|label| {
                match series.points.iter().find(|point| point.label == *label).map(|point| &point.value) {
                    Some(State::Shown(value)) => subject.context.words.number(*value),
                    Some(State::Hidden) => hidden.clone(),
                    Some(State::Missing(_)) | None => none.clone(),
                }
            })
            .collect(),
    });
    Ok(SeriesTable {
        heading: subject.fixed("declaration/series-heading")?,
        name: subject.fixed("declaration/series-name")?,
        rows: rows.collect(),
        years,
    })
}

fn trace(subject: &Subject) -> Said<Trace> {
    let first = subject
        .printed_indicators()
        .into_iter()
        .find_map(|(id, _)| subject.latest(id).filter(|value| shown(subject.value(value)).is_some()));
    let edition = subject.context.catalogue.about.edition.value;
    let mut slots = Slots::new().text("edition", edition.to_string());
    let appearance = subject.context.catalogue.appearance.as_ref();
    if let Some(contact) = appearance.and_then(|appearance| appearance.contact.as_ref()) {
        slots = slots.text("contact", subject.context.text(contact));
    }
    let mut text = Vec::new();
    if let Some(id) = first {
        text.push(TracePart::Words(format!("{} ", subject.fixed("declaration/trace")?)));
        text.push(TracePart::Id { t: id.to_string(), code: true });
        text.push(TracePart::Words(format!(" {} ", subject.fixed("declaration/trace-after")?)));
    }
    text.push(TracePart::Words(subject.line("declaration/trace-end", slots)?));
    text.push(TracePart::Words(format!(" {}", subject.fixed("attachments/said")?)));
    let mut reports = subject.context.catalogue.reports.iter();
    if reports.any(|(_, report)| report.kind == ReportKind::HowChecked) {
        text.push(TracePart::Words(format!(" {}", subject.fixed("declaration/how-checked")?)));
    }
    Ok(Trace { heading: subject.fixed("declaration/trace-heading")?, text })
}
