//! Households and dwellings: wholes in parts, as bars with a mark for the municipality.

use serde::Serialize;

use super::{
    super::{
        context::Said,
        history::lower_first,
        payload::fraction,
        subject::{Named, Subject, state_word, whole},
    },
    Pair, exact, pair, parts, percent,
};
use crate::{
    catalogue::Whole,
    compute::{State, Value},
    words::Slots,
};

/// The indicators of households and dwellings as plain numbers.
const HOUSEHOLDS: &str = "households";
const DWELLINGS: &str = "dwellings";
/// Shares of dwellings by who owns them.
const TENURE: [&str; 3] = ["owner-share", "almene-share", "private-rent-share"];

/// A whole in parts, as bars with a mark for the municipality.
#[derive(Serialize)]
pub(super) struct Bars {
    id: &'static str,
    pub title: String,
    unit: String,
    pub alt: String,
    pub rows: Vec<Bar>,
}

/// One part; the lengths are fractions of the longest bar or mark.
#[derive(Serialize)]
pub(super) struct Bar {
    pub state: &'static str,
    name: String,
    pub value: Option<String>,
    pub length: Option<f64>,
    pub other: Option<f64>,
}

/// Bars with a heading; `None` where no part is shown.
fn bars<'a>(
    subject: &Subject<'a>,
    id: &'static str,
    title: String,
    parts: Vec<(Named<'a>, Pair<'a>)>,
) -> Said<Option<Bars>> {
    let values = || parts.iter().flat_map(|(_, pair)| [pair.own(), pair.all]).flatten();
    let most = values().map(exact).fold(0.0, f64::max);
    if parts.iter().all(|(_, pair)| pair.own().is_none()) || most <= 0.0 {
        return Ok(None);
    }
    let length = |value: &Value| fraction(exact(value) / most);
    let mut rows = Vec::new();
    for ((_, indicator), pair) in &parts {
        rows.push(Bar {
            state: state_word(&pair.state),
            name: subject.context.text(indicator.short_title()).to_string(),
            value: pair.own().map(|value| subject.context.words.number(value.value)),
            length: pair.own().map(length),
            other: pair.own().and(pair.all).map(length),
        });
    }
    let named = |row: &Bar| Some(format!("{} {}", row.name, row.value.as_ref()?));
    let slots = Slots::new().text("area", &subject.area.name).list("parts", rows.iter().filter_map(named));
    let alt = subject.line("people/bars-alt", slots)?;
    let unit = subject.line(&format!("people/unit-{id}"), Slots::new().text("area", &subject.named))?;
    Ok(Some(Bars { id, title, unit, alt, rows }))
}

/// A plain number of the area, if it is shown.
fn count(subject: &Subject, indicator: &str) -> Option<i64> {
    whole(subject.context.publication.get(&subject.latest(&indicator.into())?))
}

pub(super) fn households(subject: &Subject) -> Said<Option<Bars>> {
    let title = match count(subject, HOUSEHOLDS) {
        Some(n) => subject.line("people/households", Slots::new().count("n", n))?,
        None => subject.fixed("people/households-plain")?,
    };
    bars(subject, "households", title, parts(subject, Whole::Households))
}

/// The part with the largest share that is shown; hidden ones may be larger, then none is named.
fn largest<'p, 'a>(parts: &'p [(Named<'a>, Pair<'a>)]) -> Option<&'p (Named<'a>, Pair<'a>)> {
    if parts.iter().any(|(_, pair)| matches!(pair.state, State::Hidden)) {
        return None;
    }
    let share = |(_, pair): &(Named, Pair)| pair.own().map_or(f64::MIN, exact);
    parts.iter().max_by(|a, b| share(a).total_cmp(&share(b)))
}

pub(super) fn floor_area(subject: &Subject) -> Said<Option<Bars>> {
    let built = parts(subject, Whole::YearBuilt);
    let from = largest(&built).map(|((_, i), pair)| {
        let all = pair.own().is_some_and(|value| exact(value) >= 100.0);
        (lower_first(subject.context.text(i.short_title())), all)
    });
    let title = match (count(subject, DWELLINGS), from) {
        (Some(n), Some((years, all))) => {
            let slots = Slots::new().count("n", n).text("years", years).flag("all", all);
            subject.line("people/dwellings-built", slots)?
        }
        (Some(n), None) => subject.line("people/dwellings", Slots::new().count("n", n))?,
        _ => subject.fixed("people/dwellings-plain")?,
    };
    bars(subject, "floor-area", title, parts(subject, Whole::FloorArea))
}

pub(super) fn year_built(subject: &Subject) -> Said<Option<Bars>> {
    let parts = parts(subject, Whole::YearBuilt);
    bars(subject, "year-built", subject.fixed("people/year-built")?, parts)
}

pub(super) fn tenure(subject: &Subject) -> Said<Option<Bars>> {
    let of = |id: &str| {
        let (id, indicator) = subject.context.catalogue.indicators.get_key_value(id)?;
        let pair = pair(subject, &id.value).filter(|pair| !matches!(pair.state, State::Missing(_)))?;
        Some(((&id.value, indicator), pair))
    };
    let parts: Vec<_> = TENURE.into_iter().filter_map(of).collect();
    let title = match largest(&parts).and_then(|((_, i), pair)| Some((i, pair.own()?))) {
        Some((indicator, value)) => {
            let name = lower_first(subject.context.text(indicator.short_title()));
            subject.line(
                "people/tenure",
                Slots::new().text("share", percent(subject, value)?).text("name", name),
            )?
        }
        None => subject.fixed("people/tenure-plain")?,
    };
    bars(subject, "tenure", title, parts)
}
