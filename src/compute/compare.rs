//! Comparators and verdicts.
//!
//! A difference is called one when the 99 per cent interval excludes the comparator and the difference is at least what the
//! indicator declares to matter. The comparator counts as exact when it has at least twenty times the area's people, and when
//! it is a country or a region; otherwise the interval is that of the difference. It does not depend on which areas are built.

use super::{
    Data,
    chance::{differs, excludes},
    indicators::Measured,
    methods::{Measurement, benchmark, measure},
    publication::{Fact, Missing, Value, Verdict, prefixed},
    ratio::Ratio,
    raw::{Known, Offer, Scope},
    twins::Twins,
};
use crate::{
    catalogue::{BenchmarkPlace, Catalogue, Comparator, Covers},
    ids::{LayerId, Period},
};

/// How many times the area's people make a comparator exact.
const EXACT: i128 = 20;

/// What the areas of a layer are usually compared with: the other areas of the layer, unless a rule set applies to the layer
/// or it covers the municipality; then the rest of the municipality.
pub fn usual_comparator(catalogue: &Catalogue, layer: &LayerId) -> Comparator {
    let covers = catalogue.layer(layer).is_some_and(|layer| layer.covers == Covers::All);
    if covers || catalogue.family_of(layer).is_some() { Comparator::Rest } else { Comparator::RestOfLayer }
}

/// The areas of every layer whose value may be shown, in one period: only they are "the other areas", so that a hidden or
/// withheld number is in no sum.
pub(in crate::compute) struct Others<'a> {
    layers: Vec<Vec<usize>>,
    twins: &'a Twins,
}

impl<'a> Others<'a> {
    pub fn new(measured: &Measured, number: usize, twins: &'a Twins) -> Self {
        let shown = |area: &usize| measured.is_publishable(*area, number);
        let layers = measured.data.raw.index.layers.iter();
        Self { layers: layers.map(|(_, range)| range.clone().filter(shown).collect()).collect(), twins }
    }

    /// The others of an area's layer.
    fn of(&self, data: Data, area: usize) -> Vec<usize> {
        let layer = data.raw.index.layers.iter().position(|(_, range)| range.contains(&area));
        let all = layer.map_or(&[][..], |layer| &self.layers[layer]);
        all.iter().copied().filter(|other| *other != area).collect()
    }
}

/// The comparators of one value, and the verdicts against them. They have the decimals of the area's own value.
pub(in crate::compute) fn offers(
    measured: &Measured,
    area: usize,
    (number, period): (usize, Period),
    others: &Others,
    offers: &mut Vec<Offer>,
) {
    let own = measured.value(area, number);
    if matches!(own, Known::Missing(_)) {
        return;
    }
    let own_id = measured.value_id(area, number);
    let wanted = |comparator: &Comparator| *comparator != Comparator::Twins || others.twins.are_wanted(area);
    for comparator in comparators(measured, area).into_iter().filter(wanted) {
        let id = own_id.against(comparator.area());
        let mut offer = comparator_offer(measured, area, (number, period), others, comparator);
        let other = offer.1;
        offer.0.id = id.clone();
        offers.push(offer.0);
        let verdict =
            own.and_then(|own| other.as_ref().map(|other| Fact::Verdict(judge(measured, own, other))));
        let verdict_id = prefixed("verdict", &own_id).against(comparator.area());
        offers.push(Offer::new(verdict_id, verdict, vec![own_id.clone(), id]));
    }
}

/// The declared comparators; with the rest of the municipality also the layer's usual one.
fn comparators(measured: &Measured, area: usize) -> Vec<Comparator> {
    let mut all: Vec<Comparator> = measured.indicator.compare_with.iter().map(|c| c.value).collect();
    let usual =
        measured.data.raw.index.layer_of(area).map(|layer| usual_comparator(measured.data.catalogue, layer));
    if let Some(usual) = usual.filter(|usual| all.contains(&Comparator::Rest) && !all.contains(usual)) {
        all.push(usual);
    }
    all
}

/// A comparator's value, measured and as an offer.
fn comparator_offer(
    measured: &Measured,
    area: usize,
    (number, period): (usize, Period),
    others: &Others,
    comparator: Comparator,
) -> (Offer, Known<Other>) {
    let (data, method) = (measured.data, &measured.indicator.method);
    let own_id = measured.value_id(area, number);
    let (other, needs) = match comparator {
        Comparator::Rest => {
            (measure(data, method, Scope::Rest(area), period).map(Other::Measured), vec![own_id.clone()])
        }
        Comparator::RestOfLayer => {
            let others = others.of(data, area);
            let all = if others.is_empty() {
                Known::Missing(Missing::NoData)
            } else {
                measure(data, method, Scope::Sum(&others), period)
            };
            (all.map(Other::Measured), vec![own_id.clone()])
        }
        Comparator::Municipality => {
            let whole = measured.municipality();
            (
                measured.value(whole, number).map(|m| Other::Measured(m.clone())),
                vec![measured.value_id(whole, number)],
            )
        }
        Comparator::Twins => {
            let (twins, needs) = others.twins.compared(measured, area, (number, period));
            (twins.map(Other::Measured), needs)
        }
        Comparator::Region | Comparator::Country => {
            let place = if comparator == Comparator::Region {
                BenchmarkPlace::Region
            } else {
                BenchmarkPlace::Country
            };
            (benchmark(data, measured.id, method, place, period).map(Other::Published), Vec::new())
        }
    };
    let places = measured.places(area);
    let fact = other.as_ref().and_then(|other| Known::or(other.fact(measured, places), Missing::NoData));
    let exposes = match other.as_ref() {
        Known::Is(Other::Measured(other)) => other.exposes.clone(),
        _ => Vec::new(),
    };
    (Offer::new(own_id, fact, needs).exposing(exposes, measured.at_least()), other)
}

/// What an area is compared with.
enum Other {
    Measured(Measurement),
    Published(Ratio),
}

impl Other {
    fn value(&self) -> Ratio {
        match self {
            Self::Measured(measurement) => measurement.value,
            Self::Published(value) => *value,
        }
    }

    fn fact(&self, measured: &Measured, places: u8) -> Option<Fact> {
        match self {
            Self::Measured(measurement) => measured.fact(measurement, places, false),
            Self::Published(value) => Some(Fact::Value(Value {
                value: value.round(places)?,
                interval: None,
                part: None,
                whole: None,
            })),
        }
    }

    /// Is its own chance too small to count beside the area's?
    fn is_exact(&self, own: &Measurement) -> bool {
        match self {
            Self::Published(_) => true,
            Self::Measured(other) => match (own.base, other.base) {
                (Some(own), Some(other)) => other >= own.times(Ratio::whole(EXACT)),
                _ => false,
            },
        }
    }
}

fn judge(measured: &Measured, own: &Measurement, other: &Other) -> Verdict {
    let sure = match other {
        Other::Measured(measurement) if !other.is_exact(own) => differs(own, measurement),
        _ => excludes(own, other.value().to_f64()),
    };
    sure.map_or(Verdict::NotJudged, |sure| {
        verdict(own.value.minus(other.value()), sure, Ratio::of(*measured.indicator.matters))
    })
}

/// The verdict on a difference that chance can (`!sure`) or cannot explain.
pub(in crate::compute) fn verdict(difference: Ratio, sure: bool, matters: Ratio) -> Verdict {
    if !sure || difference.abs() < matters || difference == Ratio::ZERO {
        Verdict::CannotTell
    } else if difference > Ratio::ZERO {
        Verdict::Higher
    } else {
        Verdict::Lower
    }
}
