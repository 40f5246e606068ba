//! Comparators and verdicts.
//!
//! A difference is called one when the 99 per cent interval excludes the comparator and the difference is at least what the
//! indicator declares to matter. The comparator counts as exact when it has at least twenty times the area's people, and when
//! it is a country or a region; otherwise the interval is that of the difference. It does not depend on which areas are built.
//! An area's own value a year or five years before is judged as a change is.

use std::sync::Arc;

use super::{
    chance::{differs, excludes},
    change,
    disclose::told::{Told, Zone},
    funnel,
    indicators::Measured,
    methods::{self, Measurement},
    publication::{Fact, Missing, Value, Verdict, prefixed},
    ratio::Ratio,
    raw::{Known, Offer, Scope},
    twins::Twins,
};
use crate::{
    catalogue::{BenchmarkPlace, Catalogue, Comparator, Covers},
    ids::{LayerId, Period, ValueId},
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
    layers: Vec<Arc<[u32]>>,
    twins: &'a Twins,
}

impl<'a> Others<'a> {
    pub fn new(measured: &Measured, number: usize, twins: &'a Twins) -> Self {
        let shown = |area: &usize| measured.is_publishable(*area, number);
        let layers = measured.data.raw.index.layers.iter();
        let of_layer =
            |range: &std::ops::Range<usize>| range.clone().filter(shown).map(|area| area as u32).collect();
        Self { layers: layers.map(|(_, range)| of_layer(range)).collect(), twins }
    }

    /// The others of an area's layer, shown in every period that the area's own value is a mean of; and the zone that they are.
    fn of(&self, measured: &Measured, area: usize, number: usize) -> (Vec<usize>, Zone) {
        let layer = measured.data.raw.index.layers.iter().position(|(_, range)| range.contains(&area));
        let all = layer.map_or_else(|| Arc::from([]), |layer| self.layers[layer].clone());
        let others = all.iter().map(|other| *other as usize).filter(|other| *other != area);
        let number_of = others.clone().count();
        let shown: Vec<usize> =
            others.filter(|other| is_shown_over(measured, area, *other, number)).collect();
        let zone = if shown.len() == number_of {
            Zone::Without(all, area as u32)
        } else {
            Scope::Sum(&shown).into()
        };
        (shown, zone)
    }
}

/// Is the other area shown in all the earlier periods too that this area's own value is a mean of?
pub(in crate::compute) fn is_shown_over(
    measured: &Measured,
    area: usize,
    other: usize,
    number: usize,
) -> bool {
    let latest = measured.periods[number];
    let earlier = (1..measured.own_years(area)).map(|back| latest.years_back(i32::from(back)));
    measured.own_years(other) >= measured.own_years(area)
        || earlier.into_iter().all(|period| {
            let earlier = measured.periods.binary_search(&period);
            earlier.is_ok_and(|earlier| measured.is_publishable(other, earlier))
        })
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
        let Against { other, needs, tells } = other(measured, area, (number, period), others, &comparator);
        let fact = other.as_ref().and_then(|other| Known::or(other.fact(measured, area), Missing::NoData));
        let exposes = match other.as_ref() {
            Known::Is(Other::Measured(other, _)) => other.exposes.clone(),
            _ => Vec::new(),
        };
        let tells = fact.as_ref().get().map(|_| tells).unwrap_or_default();
        let offer = Offer::new(id.clone(), fact, needs).exposing(exposes, measured.protection(area));
        offers.push(offer.telling(tells));
        let both = own.and_then(|own| other.as_ref().map(|other| (own, other)));
        if let (Known::Is((own, other)), true) = (both.as_ref(), number + 1 == measured.periods.len())
            && let Some(rounded) =
                other.value().round(measured.places(area)).filter(|_| is_funnel(&comparator))
        {
            let around = (other.value().to_f64(), rounded);
            offers.extend(funnel::offer(measured, (&own_id, &id), own, around, area));
        }
        let verdict = match back(&comparator) {
            Some(years) => changed(measured, area, number, years),
            None => both.map(|(own, other)| judge(measured, area, own, other)),
        };
        let verdict_id = prefixed("verdict", &own_id).against(comparator.area());
        offers.push(Offer::new(verdict_id, verdict.map(Fact::Verdict), vec![own_id.clone(), id]));
    }
}

/// The declared comparators; with the rest of the municipality also the layer's usual one. No area is compared with itself.
fn comparators(measured: &Measured, area: usize) -> Vec<Comparator> {
    let own = Comparator::Area(measured.data.area(area).clone());
    let mut all: Vec<Comparator> =
        measured.indicator.compare_with.iter().map(|c| c.value.clone()).filter(|c| *c != own).collect();
    let usual =
        measured.data.raw.index.layer_of(area).map(|layer| usual_comparator(measured.data.catalogue, layer));
    if let Some(usual) = usual.filter(|usual| all.contains(&Comparator::Rest) && !all.contains(usual)) {
        all.push(usual);
    }
    all
}

/// Is a funnel drawn around it: is it of the same municipality and period?
fn is_funnel(comparator: &Comparator) -> bool {
    matches!(comparator, Comparator::Rest | Comparator::RestOfLayer | Comparator::Municipality)
}

/// How many years back a comparator is the area itself.
fn back(comparator: &Comparator) -> Option<i32> {
    match comparator {
        Comparator::LastYear => Some(1),
        Comparator::FiveYearsAgo => Some(change::YEARS),
        _ => None,
    }
}

/// The number of the period so many years earlier.
fn earlier(measured: &Measured, number: usize, years: i32) -> Known<usize> {
    let then = measured.periods[number].years_back(years);
    Known::or(measured.periods.binary_search(&then).ok(), Missing::NoData)
}

/// The verdict on the change since so many years back.
fn changed(measured: &Measured, area: usize, number: usize, years: i32) -> Known<Verdict> {
    earlier(measured, number, years)
        .and_then(|before| change::judge(measured, area, number, before))
        .map(|judged| judged.verdict)
}

/// A comparator's value, the published values that it is or hangs on, and the numbers that it tells.
struct Against {
    other: Known<Other>,
    needs: Vec<ValueId>,
    tells: Vec<Told>,
}

/// What an area is compared with by a comparator.
fn other(
    measured: &Measured,
    area: usize,
    (number, period): (usize, Period),
    others: &Others,
    comparator: &Comparator,
) -> Against {
    let years = measured.own_years(area);
    let own_id = || vec![measured.value_id(area, number)];
    let over = |found: Known<Measurement>, zone: &Zone, needs| Against {
        other: found.map(|found| Other::Measured(found, years)),
        needs,
        tells: measured.tells(zone, number, years),
    };
    let published = |other: usize, number: usize| {
        let years = measured.own_years(other);
        Against {
            other: measured.value(other, number).map(|found| Other::Measured(found.clone(), years)),
            needs: vec![measured.value_id(other, number)],
            tells: measured.tells_own(other, number),
        }
    };
    let told = |other, needs| Against { other, needs, tells: Vec::new() };
    let missing = || Known::Missing(Missing::NoData);
    match comparator {
        Comparator::Rest => {
            over(measured.rest(area, number).map(Clone::clone), &Scope::Rest(area).into(), own_id())
        }
        Comparator::RestOfLayer => match others.of(measured, area, number) {
            (others, _) if others.is_empty() => told(missing(), own_id()),
            (others, zone) => over(measured.measure(Scope::Sum(&others), number, years), &zone, own_id()),
        },
        Comparator::Twins => {
            let (twins, zone, needs) = others.twins.compared(measured, area, number);
            over(twins, &zone, needs)
        }
        Comparator::Municipality if years > 1 => {
            let needs = vec![measured.value_id(measured.municipality(), number)];
            over(measured.measure(Scope::Municipality, number, years), &Zone::Municipality, needs)
        }
        Comparator::Municipality => published(measured.municipality(), number),
        Comparator::Region => told(benchmark(measured, BenchmarkPlace::Region, period, years), Vec::new()),
        Comparator::Country => told(benchmark(measured, BenchmarkPlace::Country, period, years), Vec::new()),
        Comparator::Area(id) => match measured.data.raw.index.areas.iter().position(|other| other == id) {
            Some(other) => published(other, number),
            None => told(missing(), Vec::new()),
        },
        Comparator::LastYear | Comparator::FiveYearsAgo => {
            match earlier(measured, number, back(comparator).unwrap_or_default()) {
                Known::Is(before) => published(area, before),
                _ => told(missing(), Vec::new()),
            }
        }
    }
}

/// What others have published, over the years of the area's own value.
fn benchmark(measured: &Measured, place: BenchmarkPlace, period: Period, years: u8) -> Known<Other> {
    let (data, id, method) = (measured.data, measured.id, &measured.indicator.method);
    if years == 1 {
        return methods::benchmark(data, id, method, place, period).map(Other::Published);
    }
    let method = method.with_years(None);
    let sum = (0..i32::from(years)).fold(Known::Is(Ratio::ZERO), |sum, back| {
        sum.and_then(|sum| {
            methods::benchmark(data, id, &method, place, period.years_back(back)).map(|one| sum.plus(one))
        })
    });
    let mean = sum.and_then(|sum| Known::or(sum.over(Ratio::whole(years.into())), Missing::NoBenchmark));
    mean.map(Other::Published)
}

/// What an area is compared with.
enum Other {
    /// Measured by us, as a mean of so many periods of its own.
    Measured(Measurement, u8),
    Published(Ratio),
}

impl Other {
    fn value(&self) -> Ratio {
        match self {
            Self::Measured(measurement, _) => measurement.value,
            Self::Published(value) => *value,
        }
    }

    fn fact(&self, measured: &Measured, area: usize) -> Option<Fact> {
        let places = measured.places(area);
        match self {
            Self::Measured(measurement, years) => measured.fact(measurement, places, false, *years),
            Self::Published(value) => Some(Fact::Value(Value {
                value: value.round(places)?,
                interval: None,
                part: None,
                whole: None,
                years: measured.all_years(measured.own_years(area)),
            })),
        }
    }

    /// Is its own chance too small to count beside the area's?
    fn is_exact(&self, own: &Measurement) -> bool {
        match self {
            Self::Published(_) => true,
            Self::Measured(other, _) => match (own.base, other.base) {
                (Some(own), Some(other)) => other >= own.times(Ratio::whole(EXACT)),
                _ => false,
            },
        }
    }
}

/// Values over different years are not judged.
fn judge(measured: &Measured, area: usize, own: &Measurement, other: &Other) -> Verdict {
    let sure = match other {
        Other::Measured(_, years) if *years != measured.own_years(area) => None,
        Other::Measured(measurement, _) if !other.is_exact(own) => differs(own, measurement),
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
