//! The data declaration: where the figures come from, what is not shown, what is missing, how they are computed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    context::Said,
    criteria_table::{self, CriteriaTable},
    subject::{Named, Subject, counted, decimal, shown},
    trends::{self, Trends},
};
use crate::{
    catalogue::{Catalogue, Comparator, Source, source::BENCHMARKS},
    compute::{State, Verdict},
    ids::{AreaId, IndicatorId, Period, SourceId, ValueId},
    numbers::{count, danish_date},
    words::{Rich, Slots},
};

/// The share of judged figures that would stand out by chance: intervals are 99 per cent ones.
const BY_CHANCE: f64 = 0.01;
/// Definitions that fit on the page.
const DEFINITIONS: usize = 7;
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
struct SourceRow {
    what: String,
    source: String,
    dated: String,
    read: String,
    unplaced: String,
    used: String,
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
        (None, Some(trends)) => Some(series(subject, trends)?),
        _ => None,
    };
    Ok(Declaration {
        lead: subject.fixed("leads/declaration")?,
        sources: sources(subject)?,
        notes: notes(subject)?,
        definitions: definitions(subject)?,
        criteria: criteria_table::table(subject)?,
        series,
        trace: trace(subject)?,
    })
}

/// The indicators that the report prints: those of its pages, and those of the law.
fn printed<'a>(subject: &Subject<'a>) -> Vec<Named<'a>> {
    let mut printed = subject.indicators();
    for row in subject.law.iter().flat_map(|law| &law.rows) {
        if printed.iter().all(|(id, _)| *id != row.indicator_id) {
            printed.push((row.indicator_id, row.indicator));
        }
    }
    printed
}

/// One row for each source and period that the report's figures are from; then lists, benchmarks and boundaries.
fn sources(subject: &Subject) -> Said<Vec<SourceRow>> {
    let catalogue = subject.context.catalogue;
    let mut used: BTreeSet<(usize, Period)> = BTreeSet::new();
    let residents: IndicatorId = crate::catalogue::RESIDENTS.into();
    let residents =
        catalogue.indicators.get_key_value(&residents).map(|(id, indicator)| (&id.value, indicator));
    let mut beside: BTreeSet<usize> = beside(subject).into_iter().collect();
    for (id, indicator) in printed(subject).into_iter().chain(residents) {
        let source = counted(&indicator.method).and_then(|population| catalogue.source_of(population));
        let (Some(source), Some(latest)) = (source, subject.latest(id)) else { continue };
        used.extend(catalogue.sources.position(source).map(|position| (position, latest.period)));
        beside.extend(added(catalogue, source));
    }
    for position in beside {
        let source = catalogue.sources.ids().nth(position);
        used.extend(source.and_then(|source| latest_rows(subject, source)).map(|period| (position, period)));
    }
    let mut rows = Vec::new();
    for (position, period) in used {
        let Some((id, source)) = catalogue.sources.iter().nth(position) else { continue };
        rows.push(source_row(subject, &id.value, source, period)?);
    }
    rows.push(boundaries(subject)?);
    Ok(rows)
}

/// Sources whose columns join the rows of this one.
fn added<'c>(catalogue: &'c Catalogue, source: &'c SourceId) -> impl Iterator<Item = usize> + 'c {
    let joins = |other: &Source| other.adds_to.as_ref().is_some_and(|to| to.source.value == *source);
    catalogue
        .sources
        .iter()
        .enumerate()
        .filter(move |(_, (_, other))| joins(other))
        .map(|(position, _)| position)
}

/// The official lists of the subject's law, and the benchmarks.
fn beside(subject: &Subject) -> Vec<usize> {
    let catalogue = subject.context.catalogue;
    let lists = subject.law.as_ref().and_then(|law| catalogue.official(law.family_id)).map(|(id, _)| id);
    let lists = lists.and_then(|id| catalogue.sources.position(id));
    lists.into_iter().chain(catalogue.sources.position(BENCHMARKS)).collect()
}

fn latest_rows(subject: &Subject, source: &SourceId) -> Option<Period> {
    let (publication, whole) = (subject.context.publication, AreaId::municipality());
    let rows = format!("rows/{source}");
    let shown =
        |period: &Period| matches!(publication.get(&ValueId::own(&rows, &whole, *period)), State::Shown(_));
    publication.periods(&rows, &whole).into_iter().rev().find(shown)
}

fn source_row(subject: &Subject, id: &SourceId, source: &Source, period: Period) -> Said<SourceRow> {
    let context = subject.context;
    let fact = |what: &str, area: &AreaId| {
        decimal(context.publication.get(&ValueId::own(format!("{what}/{id}"), area, period)))
    };
    let whole = AreaId::municipality();
    let none = subject.fixed("declaration/none")?;
    let print = |state, hidden: &str| -> Said<String> {
        match state {
            State::Shown(n) => Ok(context.words.number(n)),
            State::Hidden => subject.fixed(hidden),
            State::Missing(_) => Ok(none.clone()),
        }
    };
    Ok(SourceRow {
        what: context.text(&source.title).to_string(),
        source: source.provider.as_ref().map_or(none.clone(), |provider| context.text(provider).to_string()),
        dated: dated(subject, source, period)?,
        read: print(fact("rows", &whole), "declaration/unshown")?,
        // Counts of 1 to 4 are the only ones that the gate hides here.
        unplaced: print(fact("unplaced", &whole), "declaration/few")?,
        used: print(fact("used", &subject.area.id), "declaration/unshown")?,
    })
}

fn dated(subject: &Subject, source: &Source, period: Period) -> Said<String> {
    if let (Some(_), Some(law)) = (&source.official, &subject.law) {
        return Ok(danish_date(law.list.year, law.list.month, law.list.day));
    }
    if let Some(dated) = &source.dated {
        return Ok(subject.context.text(dated).to_string());
    }
    match (period, &source.reference_date) {
        (Period::Year(year), Some(day)) => Ok(danish_date(year, day.month, day.day)),
        _ => subject.period(period),
    }
}

fn boundaries(subject: &Subject) -> Said<SourceRow> {
    let places = subject.context.places;
    let areas: usize = places.layers.values().map(Vec::len).sum();
    let none = subject.fixed("declaration/none")?;
    Ok(SourceRow {
        what: subject.fixed("declaration/boundaries")?,
        source: subject.context.text(&subject.context.catalogue.about.publisher).to_string(),
        dated: none.clone(),
        read: subject.line("declaration/boundaries-count", Slots::new().count("n", areas as i64))?,
        unplaced: none,
        used: count(1),
    })
}

/// The values on the pages of an area that are in a certain state; each counted once.
fn states(subject: &Subject) -> BTreeMap<&'static str, Vec<IndicatorId>> {
    let mut states: BTreeMap<&'static str, Vec<IndicatorId>> = BTreeMap::new();
    for (id, _) in printed(subject) {
        let state =
            subject.latest(id).map_or("missing", |value| super::subject::state_word(&subject.value(&value)));
        states.entry(state).or_default().push(id.clone());
    }
    states
}

fn notes(subject: &Subject) -> Said<Vec<NoteColumn>> {
    let states = states(subject);
    let of = |state: &str| states.get(state).map(Vec::as_slice).unwrap_or_default();
    let hidden = match of("hidden").len() {
        0 => subject.say("declaration/hidden-none", Slots::new())?,
        n => subject.say("declaration/hidden-count", Slots::new().count("n", n as i64))?,
    };
    let missing = match of("missing") {
        [] => subject.say("declaration/missing-none", Slots::new())?,
        ids => {
            let catalogue = subject.context.catalogue;
            let titles = ids.iter().filter_map(|id| catalogue.indicator(id));
            let names = titles.map(|indicator| subject.context.text(indicator.short_title()));
            subject.say(
                "declaration/missing-names",
                Slots::new().list("names", names).text("area", &subject.named),
            )?
        }
    };
    let judged = printed(subject).iter().filter(|(id, _)| is_judged(subject, id)).count();
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
    Ok(vec![
        NoteColumn { heading: subject.fixed("declaration/hidden-heading")?, paragraphs: vec![hidden] },
        NoteColumn {
            heading: subject.fixed("declaration/missing-heading")?,
            paragraphs: vec![missing, subject.say("declaration/unplaced", Slots::new())?],
        },
        NoteColumn { heading: subject.fixed("declaration/chance-heading")?, paragraphs: chance },
    ])
}

fn is_judged(subject: &Subject, id: &IndicatorId) -> bool {
    let verdict = subject.latest(id).and_then(|value| subject.verdict(&value));
    matches!(verdict, Some(Verdict::Higher | Verdict::Lower | Verdict::CannotTell))
}

/// Definitions of the law's indicators first, then of the others as far as there is room; comparator and law at the end.
fn definitions(subject: &Subject) -> Said<Vec<Definition>> {
    let context = subject.context;
    let mut named = printed(subject);
    named.sort_by_key(|(id, _)| !of_law(subject, id));
    let mut definitions = Vec::new();
    let last = 1 + usize::from(subject.law.is_some());
    for (_, indicator) in named {
        let Some(text) = indicator.definition.as_ref().filter(|_| definitions.len() + last < DEFINITIONS)
        else {
            continue;
        };
        let term = format!("{}.", context.text(&indicator.title));
        definitions.push(Definition { term, text: context.text(text).to_string() });
    }
    definitions.extend(comparator(subject)?);
    definitions.extend(law(subject)?);
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
        Comparator::Municipality | Comparator::Region | Comparator::Country => return Ok(None),
    };
    let name = subject.comparator_words(comparator, "")?;
    let term = subject.line("declaration/term", Slots::new().text("term", name))?;
    Ok(Some(Definition { term, text }))
}

fn law(subject: &Subject) -> Said<Option<Definition>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let slots = Slots::new()
        .text("law", subject.context.text(&law.rules.law))
        .text("date", danish_date(law.list.year, law.list.month, law.list.day));
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
    let first = printed(subject)
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
        text.push(TracePart::Words(". ".to_string()));
    }
    text.push(TracePart::Words(subject.line("declaration/trace-end", slots)?));
    Ok(Trace { heading: subject.fixed("declaration/trace-heading")?, text })
}
