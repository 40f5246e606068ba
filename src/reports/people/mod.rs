//! Who lives here, and in what dwellings: a pyramid of ages, and households and dwellings as bars, beside the municipality.
//!
//! Origin is not among it: the law's criterion stands on page 1, and nothing here hangs on it.

mod ages;
mod bars;
#[cfg(test)]
pub(super) mod tests;

use serde::Serialize;

use self::bars::Bars;
use super::{
    context::Said,
    drawings::Drawings,
    history::lower_first,
    subject::{Named, Subject, shown},
    theme::Look,
};
use crate::{
    catalogue::{Unit, Whole},
    compute::{State, Value},
    ids::{AreaId, IndicatorId, ValueId},
    words::{Rich, Slots},
};

/// Age groups that a lead may name, each with its text.
const AGES: [(&str, &str); 3] = [
    ("children-share", "people/under-18"),
    ("young-adults", "people/from-18-to-29"),
    ("elderly-share", "people/from-65"),
];
/// How long residents have lived at their address.
const NEW: &str = "moved-in";
const SETTLED: &str = "lived-here-five-years";
/// The kind of households that says too little for a lead.
const OTHER_HOUSEHOLDS: &str = "household-other";

/// Residents, households and dwellings.
#[derive(Serialize)]
pub(super) struct People {
    lead: String,
    pyramid: Option<ages::Pyramid>,
    blocks: Vec<Bars>,
    stay: Option<Rich>,
}

/// The part of the page; `None` where nothing of it is published.
pub(super) fn people(subject: &Subject, look: &Look, drawings: &mut Drawings) -> Said<Option<People>> {
    let pyramid = ages::pyramid(subject, look, drawings)?;
    let mut blocks = vec![bars::households(subject)?, bars::floor_area(subject)?];
    if subject.law.is_none() {
        blocks.extend([bars::tenure(subject)?, bars::year_built(subject)?]);
    }
    let blocks: Vec<Bars> = blocks.into_iter().flatten().collect();
    if pyramid.is_none() && blocks.is_empty() {
        return Ok(None);
    }
    Ok(Some(People { lead: lead(subject)?, pyramid, blocks, stay: stay(subject)? }))
}

/// An indicator's value in the area and in the whole municipality.
struct Pair<'a> {
    id: ValueId,
    state: State<&'a Value>,
    /// The municipality's, if it is shown.
    all: Option<&'a Value>,
}

impl<'a> Pair<'a> {
    /// The area's, if it is shown.
    fn own(&self) -> Option<&'a Value> {
        match &self.state {
            State::Shown(value) => Some(value),
            State::Hidden | State::Missing(_) => None,
        }
    }

    /// By how much the area's share is larger; `None` where either is not shown.
    fn surplus(&self) -> Option<f64> {
        Some(self.own()?.value.to_f64() - self.all?.value.to_f64())
    }
}

fn pair<'a>(subject: &Subject<'a>, indicator: &IndicatorId) -> Option<Pair<'a>> {
    let id = subject.latest(indicator)?;
    let all = ValueId { area: AreaId::municipality(), ..id.clone() };
    Some(Pair { state: subject.value(&id), all: shown(subject.value(&all)), id })
}

/// The parts of a whole that the area has, in the order of the catalogue.
fn parts<'a>(subject: &Subject<'a>, figure: Whole) -> Vec<(Named<'a>, Pair<'a>)> {
    let all = subject.context.catalogue.indicators.iter();
    let of_figure = all.filter(|(_, i)| i.part_of.is_some_and(|part| part.figure == figure));
    let known = of_figure.filter_map(|(id, i)| Some(((&id.value, i), pair(subject, &id.value)?)));
    known.filter(|(_, pair)| !matches!(pair.state, State::Missing(_))).collect()
}

/// A share as exact as what is published.
fn exact(value: &Value) -> f64 {
    match (value.part, value.whole) {
        (Some(part), Some(whole)) if whole.units != 0 => 100.0 * part.to_f64() / whole.to_f64(),
        _ => value.value.to_f64(),
    }
}

fn percent(subject: &Subject, value: &Value) -> Said<String> {
    subject.with_unit(Unit::Percent, value.value)
}

/// An age group and a kind of household, each the one of which the area has most beyond the municipality's share.
fn lead(subject: &Subject) -> Said<String> {
    let ages = AGES.into_iter().filter_map(|(id, key)| {
        let pair = pair(subject, &id.into())?;
        Some((pair.surplus()?, pair.own()?, key))
    });
    let age = ages.max_by(|a, b| a.0.total_cmp(&b.0));
    let kinds = parts(subject, Whole::Households).into_iter().filter_map(|((id, indicator), pair)| {
        let surplus = pair.surplus().filter(|_| id.as_str() != OTHER_HOUSEHOLDS)?;
        Some((surplus, pair.own()?, indicator))
    });
    let kind = kinds.max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, value, key)) = age else {
        return subject.line("people/lead-plain", Slots::new().text("area", &subject.named));
    };
    let age = subject.line(key, Slots::new().text("value", percent(subject, value)?))?;
    match kind {
        Some((_, value, indicator)) => {
            let kind = lower_first(subject.context.text(indicator.short_title()));
            let slots =
                Slots::new().text("age", age).text("value", percent(subject, value)?).text("kind", kind);
            subject.line("people/lead", slots)
        }
        None => Ok(age),
    }
}

/// How long they have lived there, in a sentence; `None` unless all four shares are shown.
fn stay(subject: &Subject) -> Said<Option<Rich>> {
    let (Some(new), Some(settled)) = (pair(subject, &NEW.into()), pair(subject, &SETTLED.into())) else {
        return Ok(None);
    };
    let values = [new.own(), new.all, settled.own(), settled.all];
    let [Some(new), Some(new_all), Some(settled), Some(settled_all)] = values else { return Ok(None) };
    let slots = Slots::new()
        .text("new", percent(subject, new)?)
        .text("new_all", percent(subject, new_all)?)
        .text("settled", percent(subject, settled)?)
        .text("settled_all", percent(subject, settled_all)?);
    subject.say("people/stay", slots).map(Some)
}
