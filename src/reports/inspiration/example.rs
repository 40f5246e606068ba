//! An indicator's example: what is published of the areas of one layer, on one scale, against the limits of the law where it
//! has any.

use serde::Serialize;

use super::scale::{Scale, Tick};
use crate::{
    catalogue::{Indicator, Method, Report},
    compute::{State, Value},
    ids::{IndicatorId, LayerId, Period, ReportId, ValueId},
    numbers::Decimal,
    reports::{
        context::{Context, Said},
        findings::standing_in_sentence,
        law::{Law, Row},
        plan::slug,
        subject::{Subject, decimal, shown, state_word},
    },
    words::Slots,
};

/// Areas that the finding names at most.
const NAMED: usize = 3;
/// Areas that the description in words names at most.
const SPOKEN: usize = 12;

/// What is published of the areas of one layer.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Example {
    /// The finding.
    pub title: String,
    /// Unit and period.
    pub note: String,
    /// The areas that are not shown, and those that have no figure, in a sentence each.
    pub notes: Vec<String>,
    /// The name of the layer: `Almene boligområder`.
    pub layer: String,
    /// Shown areas by value, the highest first; then hidden and missing ones.
    pub points: Vec<Point>,
    /// Of what the areas are compared with.
    pub comparator: Option<Point>,
    /// Limits of the law, left to right.
    pub limits: Vec<Limit>,
    /// From where to where on the scale the strict criterion counts.
    pub zone: Option<[f64; 2]>,
    /// Numbers on the scale.
    pub ticks: Vec<Tick>,
    /// In words, for who cannot see it.
    pub alt: String,
}

/// An area's value.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Point {
    /// The area's file name; empty for a comparator.
    pub slug: String,
    pub name: String,
    /// `shown`, `hidden` or `missing`.
    pub state: &'static str,
    /// With its unit; only of a shown one.
    pub value: Option<String>,
    /// Without its unit.
    pub number: Option<String>,
    /// Only of a shown one.
    pub at: Option<f64>,
    /// Why it is missing.
    pub reason: Option<String>,
    /// The area's status on the latest list, where the indicator is one of the law.
    pub status: Option<String>,
    /// Is the strict criterion met? Only where that is published.
    pub meets: bool,
}

/// A limit of the law.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Limit {
    pub at: f64,
    pub number: String,
    /// The status that it is a limit of.
    pub status: String,
    pub strict: bool,
}

/// The example of an indicator; `None` where nothing of it is published.
pub(super) fn example(context: &Context, id: &IndicatorId, indicator: &Indicator) -> Said<Option<Example>> {
    let Some((layer, report)) = layer(context, id, indicator) else { return Ok(None) };
    let subjects = context.places.layer(layer).iter().map(|area| Subject::new(context, report, area));
    let subjects: Vec<Subject> = subjects.filter_map(Said::transpose).collect::<Said<_>>()?;
    let values = subjects.iter().map(|subject| Own::of(subject, id)).collect::<Vec<_>>();
    let Some(first) = subjects.first() else { return Ok(None) };
    if !values.iter().any(|own| matches!(own.state, State::Shown(_))) {
        return Ok(None);
    }
    let row = row(first, id);
    let limits = row.map(|row| limits(first, row)).unwrap_or_default();
    let compared = compared(&subjects, id, values[0].period);
    let numbers = values.iter().filter_map(|own| own.number());
    let numbers = numbers.chain(limits.iter().map(|(limit, ..)| *limit)).chain(compared).map(Decimal::to_f64);
    let scale = Scale::over(numbers);
    let mut points = values.iter().map(|own| own.point(indicator, scale)).collect::<Said<Vec<_>>>()?;
    points.sort_by(|a, b| {
        b.at.unwrap_or(-1.0).total_cmp(&a.at.unwrap_or(-1.0)).then_with(|| a.name.cmp(&b.name))
    });
    let (limits, zone) = drawn(first, row, &limits, scale);
    let period = dated(first, id, values[0].period, row.is_some())?;
    let head = context.words.line(&format!("unit-heads/{}", indicator.unit.word()), &Slots::new())?;
    let population = indicator.population.as_ref().map(|text| context.text(text).to_string());
    let mut note = Slots::new().text("unit", head).text("period", &period);
    if let Some(population) = population.filter(|population| !period.contains(population.as_str())) {
        note = note.text("population", population);
    }
    Ok(Some(Example {
        title: title(first, indicator, row, &points)?,
        note: context.words.line("inspiration/example-note", &note)?,
        layer: context.text(&first.layer.title).to_string(),
        comparator: comparator(first, indicator, compared, scale)?,
        notes: notes(first, &points)?,
        alt: alt(first, indicator, &points)?,
        points,
        limits,
        zone,
        ticks: scale.ticks(context),
    }))
}

/// The layer that the example is of, and a report of its areas: the layer of the first report that prints it, of the law that
/// asks for it, or the first, those with a report before others, whose areas have it and differ.
fn layer<'a>(
    context: &'a Context<'a>,
    id: &IndicatorId,
    indicator: &Indicator,
) -> Option<(&'a LayerId, (&'a ReportId, &'a Report))> {
    let catalogue = context.catalogue;
    let values = |layer: &LayerId| {
        let period = context.overview.latest(layer, id)?;
        let areas = context.places.layer(layer).iter();
        let ids = areas.map(move |area| ValueId::own(id.as_str(), &area.id, period));
        Some(ids.filter_map(|id| shown(decimal(context.publication.get(&id)))).collect::<Vec<Decimal>>())
    };
    let has = |layer: &LayerId| {
        values(layer).is_some_and(|values| !values.is_empty()) || is_listed(context, layer, id)
    };
    // Areas that are all alike show little.
    let differs =
        |layer: &&LayerId| values(layer).is_some_and(|values| values.windows(2).any(|two| two[0] != two[1]));
    let own = match &*indicator.method {
        Method::Composite(composite) => Some(composite.layer.value.clone()),
        _ => None,
    };
    let any = catalogue.reports.iter().next().map(|(id, report)| (&id.value, report))?;
    let printing =
        catalogue.reports.iter().filter(|(_, report)| report.indicators.iter().any(|i| i.value == *id));
    let printing = printing
        .flat_map(|(id, report)| report.one_per.iter().map(move |layer| (&layer.value, (&id.value, report))));
    let by_law =
        catalogue.areas.ids().filter(|layer| indicator.by_law && catalogue.family_of(layer).is_some());
    let others = || {
        let reported = catalogue.reports.iter().flat_map(|(_, report)| &report.one_per);
        reported.map(|layer| &layer.value).chain(catalogue.areas.ids())
    };
    let others = others().filter(differs).chain(others());
    let candidates = printing.chain(by_law.chain(others).map(|layer| (layer, any)));
    let mut candidates =
        candidates.filter(|(layer, _)| has(layer) && own.as_ref().is_none_or(|own| own == *layer));
    candidates.next()
}

/// Does the latest list of the law tell the value of an area of a layer?
fn is_listed(context: &Context, layer: &LayerId, id: &IndicatorId) -> bool {
    let Some(law) = Law::of_layer(context, layer) else { return false };
    let Some(row) = law.printed_rows().find(|row| row.indicator_id == id) else { return false };
    let what = format!("{}/{}", law.family_id, row.strict.0);
    let mut values = context.places.layer(layer).iter().map(|area| ValueId::own(&what, &area.id, law.year()));
    values.any(|id| matches!(context.publication.get(&id), State::Shown(_)))
}

/// The row of the law that prints the indicator, among the areas of a layer.
fn row<'s, 'a>(subject: &'s Subject<'a>, id: &IndicatorId) -> Option<&'s Row<'a>> {
    let law = subject.law.as_ref()?;
    law.printed_rows().find(|row| row.indicator_id == id)
}

/// An area with what is published of it.
struct Own<'s, 'a> {
    subject: &'s Subject<'a>,
    period: Period,
    state: State<Decimal>,
    status: Option<String>,
    meets: bool,
}

impl<'s, 'a> Own<'s, 'a> {
    /// Of an indicator of the law the value of the latest list, else the latest.
    fn of(subject: &'s Subject<'a>, id: &IndicatorId) -> Self {
        let layer_latest = subject.latest(id);
        let latest = || {
            let state = layer_latest.as_ref().map(|id| decimal(subject.context.publication.get(id)));
            state.unwrap_or(State::Missing(crate::compute::Missing::NoData))
        };
        let period = layer_latest.as_ref().map_or(Period::Year(0), |id| id.period);
        let Some((law, row)) = subject.law.as_ref().zip(row(subject, id)) else {
            return Self { subject, period, state: latest(), status: None, meets: false };
        };
        let listed: State<&Value> = law.value(subject, row, law.year());
        let state = match listed {
            State::Shown(value) => State::Shown(value.value),
            State::Hidden => State::Hidden,
            State::Missing(missing) => State::Missing(missing),
        };
        let standing = shown(law.status(subject, law.year()));
        let status = standing.and_then(|status| standing_in_sentence(subject, &status.status).ok());
        Self {
            subject,
            period: law.year(),
            state,
            status,
            meets: law.met(subject, row.strict.0) == Some(true),
        }
    }

    fn number(&self) -> Option<Decimal> {
        match self.state {
            State::Shown(number) => Some(number),
            State::Hidden | State::Missing(_) => None,
        }
    }

    fn point(&self, indicator: &Indicator, scale: Scale) -> Said<Point> {
        let number = self.number();
        Ok(Point {
            slug: slug(self.subject.area.id.as_str()),
            name: self.subject.area.name.clone(),
            state: state_word(&self.state),
            value: number.map(|number| self.subject.with_unit(indicator.unit, number)).transpose()?,
            number: number.map(|number| self.subject.context.words.number(number)),
            at: number.map(|number| scale.at(number)),
            reason: match self.state {
                State::Missing(missing) => Some(self.subject.reason(missing)?),
                _ => None,
            },
            status: self.status.clone(),
            meets: self.meets && number.is_some(),
        })
    }
}

/// The strict limit and the milder one, each with its status in a sentence.
fn limits(subject: &Subject, row: &Row) -> Vec<(Decimal, String, bool)> {
    let Some(law) = &subject.law else { return Vec::new() };
    let named = |criterion| law.status_in_sentence(subject.context, criterion);
    let strict = law
        .limit(subject, row.strict)
        .map(|limit| (limit, law.mildest_with(row.strict.0).map(named).unwrap_or_default(), true));
    let lesser = row.lesser.and_then(|lesser| {
        Some((law.limit(subject, lesser)?, law.mildest_with(lesser.0).map(named).unwrap_or_default(), false))
    });
    strict.into_iter().chain(lesser).collect()
}

fn drawn(
    subject: &Subject,
    row: Option<&Row>,
    limits: &[(Decimal, String, bool)],
    scale: Scale,
) -> (Vec<Limit>, Option<[f64; 2]>) {
    let mut marks: Vec<Limit> = limits
        .iter()
        .map(|(limit, status, strict)| Limit {
            at: scale.at(*limit),
            number: subject.context.words.number(*limit),
            status: status.clone(),
            strict: *strict,
        })
        .collect();
    marks.sort_by(|a, b| a.at.total_cmp(&b.at));
    let strict = marks.iter().find(|mark| mark.strict).map(|mark| mark.at);
    let zone =
        row.zip(strict).map(|(row, at)| if row.strict.1.is.is_upper() { [at, 1.0] } else { [0.0, at] });
    (marks, zone)
}

/// The value of what the areas are compared with, where it is of the same period as theirs.
fn compared(subjects: &[Subject], id: &IndicatorId, period: Period) -> Option<Decimal> {
    // It is published beside every area that has a value; all have the same.
    subjects.iter().find_map(|subject| {
        let latest = subject.latest(id)?;
        let same =
            subject.context.overview.printed_period(id, latest.period) == period || latest.period == period;
        let other = latest.against(subject.comparator?.area());
        shown(decimal(subject.context.publication.get(&other))).filter(|_| same)
    })
}

fn comparator(
    subject: &Subject,
    indicator: &Indicator,
    compared: Option<Decimal>,
    scale: Scale,
) -> Said<Option<Point>> {
    let Some((comparator, number)) = subject.comparator.zip(compared) else { return Ok(None) };
    Ok(Some(Point {
        slug: String::new(),
        name: subject.comparator_words(comparator, "")?,
        state: "shown",
        value: Some(subject.with_unit(indicator.unit, number)?),
        number: Some(subject.context.words.number(number)),
        at: Some(scale.at(number)),
        reason: None,
        status: None,
        meets: false,
    }))
}

/// The period as printed: of an indicator of the law the list that uses it.
fn dated(subject: &Subject, id: &IndicatorId, period: Period, by_law: bool) -> Said<String> {
    match subject.law.as_ref().filter(|_| by_law) {
        Some(law) => {
            let date = subject.context.words.date(law.list.year, law.list.month, law.list.day);
            subject.line("inspiration/on-the-list", Slots::new().text("date", date))
        }
        None => subject.dated(id, period),
    }
}

/// The finding: which areas meet the criterion of the law, else where the value is highest and lowest.
fn title(subject: &Subject, indicator: &Indicator, row: Option<&Row>, points: &[Point]) -> Said<String> {
    let line = |key: &str, slots: Slots| subject.line(&format!("inspiration/{key}"), slots);
    let shown: Vec<&Point> = points.iter().filter(|point| point.state == "shown").collect();
    if let Some(row) = row
        && let Some(limit) = subject.law.as_ref().and_then(|law| law.limit(subject, row.strict))
    {
        let key = if row.strict.1.is.is_upper() { "limit-over" } else { "limit-under" };
        let n = subject.with_unit(indicator.unit, limit)?;
        let limit = line(key, Slots::new().text("n", n))?;
        let meeting: Vec<&str> =
            shown.iter().filter(|point| point.meets).map(|point| point.name.as_str()).collect();
        let slots = Slots::new().text("limit", limit).count("n", meeting.len() as i64);
        return match meeting.len() {
            0 => line("none-meets", slots),
            1..=NAMED => line("some-meet", slots.list("areas", meeting)),
            _ => line("many-meet", slots),
        };
    }
    let value = |point: &Point| point.value.clone().unwrap_or_default();
    match shown.as_slice() {
        [] => Ok(String::new()),
        [only] => line("only-shown", Slots::new().text("area", &only.name).text("value", value(only))),
        [highest, .., lowest] if highest.number == lowest.number => {
            line("all-alike", Slots::new().text("value", value(highest)))
        }
        [highest, .., lowest] => {
            let slots = Slots::new().text("highest", &highest.name).text("high", value(highest));
            line("from-to-areas", slots.text("lowest", &lowest.name).text("low", value(lowest)))
        }
    }
}

/// Which areas are not shown, and which have no figure.
fn notes(subject: &Subject, points: &[Point]) -> Said<Vec<String>> {
    let kinds = [("hidden", "inspiration/unshown"), ("missing", "inspiration/lacking")];
    let said = kinds.into_iter().filter_map(|(state, key)| {
        let names: Vec<&str> =
            points.iter().filter(|point| point.state == state).map(|point| point.name.as_str()).collect();
        let others = names.len().saturating_sub(SPOKEN) as i64;
        let named = names.iter().take(SPOKEN);
        let slots = Slots::new().list("areas", named).count("others", others);
        (!names.is_empty()).then(|| subject.line(key, slots))
    });
    said.collect()
}

/// The numbers in words: every shown area, and how many are not shown.
fn alt(subject: &Subject, indicator: &Indicator, points: &[Point]) -> Said<String> {
    let shown = points.iter().filter_map(|point| Some(format!("{} {}", point.name, point.value.as_ref()?)));
    let shown: Vec<String> = shown.take(SPOKEN).collect();
    let others = points.len() - shown.len();
    let slots = Slots::new()
        .text("what", subject.context.text(&indicator.title))
        .text("layer", subject.context.text(&subject.layer.title).to_lowercase())
        .text("areas", shown.join("; "))
        .count("others", others as i64);
    subject.line("inspiration/example-alt", slots)
}
