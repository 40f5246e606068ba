//! What may be said of places with few residents (judged by the latest count of the indicator `residents`).
//!
//! Under 100 residents only the number of residents, dwellings and services; from 100 to 299 at most eight indicators, in the
//! order that their report prints them, as the mean of three to five years where the series has them, with no verdict on
//! change and no trend; from 300 everything. Where residents are not counted, nothing is restricted.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Data, breaks,
    chance::Chance,
    methods::{self, Measurement, measure},
    ratio::Ratio,
    raw::{Known, Scope},
    rules,
};
use crate::{
    catalogue::{Indicator, Method, OfSize, RESIDENTS, Unit, Whole},
    ids::{IndicatorId, LayerId, Period, PopulationId},
};

/// Residents below which only residents, dwellings and services are counted.
const TINY: i128 = 100;
/// Residents below which few indicators are given, and no verdict on change.
pub const SMALL: i64 = 300;
/// How many indicators a small place has.
const FEW: usize = 8;
/// A mean of so many years at least, and at most.
const YEARS: (u8, u8) = (3, 5);

/// How much may be said of a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) enum Size {
    /// Residents, dwellings and services only.
    Tiny,
    /// A few indicators.
    Small,
    /// Everything.
    Full,
}

/// The size of every area, and what small ones have.
pub(in crate::compute) struct Sizes {
    sizes: Vec<Size>,
    few: BTreeMap<LayerId, Vec<IndicatorId>>,
    /// The layers that a report is made of.
    reported: BTreeSet<LayerId>,
}

impl Sizes {
    pub fn new(data: Data) -> Self {
        let residents = data.catalogue.indicators.get(RESIDENTS);
        let latest =
            residents.and_then(|indicator| methods::of(&indicator.method).periods(data).last().copied());
        let published = published_sizes(data);
        let size = |area: usize| match residents.zip(latest) {
            Some((indicator, latest)) => size_of(measure(data, &indicator.method, Scope::Area(area), latest)),
            None => published.get(&area).copied().unwrap_or(Size::Full),
        };
        let sizes = (0..data.raw.index.areas.len()).map(size).collect();
        let layers = data.raw.index.layers.iter();
        let few = layers.map(|(layer, _)| (layer.clone(), few(data, layer))).collect();
        let reports = data.catalogue.reports.iter().flat_map(|(_, report)| &report.one_per);
        Self { sizes, few, reported: reports.map(|layer| layer.value.clone()).collect() }
    }

    /// The size of an area; `None` for the municipality.
    pub fn of(&self, area: Option<usize>) -> Size {
        area.map_or(Size::Full, |area| self.sizes[area])
    }

    /// May an area have this indicator?
    pub fn allow(&self, data: Data, area: usize, id: &IndicatorId, indicator: &Indicator) -> bool {
        if is_plain_count(data, id, indicator) {
            return true;
        }
        if let Some(part) = &indicator.part_of {
            let reported = data.raw.index.layer_of(area).is_some_and(|layer| self.reported.contains(layer));
            return reported
                && match part.places {
                    OfSize::All => self.sizes[area] != Size::Tiny,
                    OfSize::Small => self.sizes[area] == Size::Small,
                    OfSize::Large => self.sizes[area] == Size::Full,
                };
        }
        match self.sizes[area] {
            Size::Tiny => false,
            Size::Full => true,
            Size::Small => {
                let few = data.raw.index.layer_of(area).and_then(|layer| self.few.get(layer));
                few.is_some_and(|few| few.contains(id))
            }
        }
    }

    /// Has the area one value only, the latest: is it small, and the indicator not a plain number?
    pub fn has_latest_only(
        &self,
        data: Data,
        area: usize,
        (id, indicator): (&IndicatorId, &Indicator),
    ) -> bool {
        self.sizes[area] == Size::Small && !is_plain_count(data, id, indicator)
    }

    /// Over how many periods, ending in `latest`, the value of an area is a mean of its own: 1 where it is none.
    pub fn years(
        &self,
        data: Data,
        area: usize,
        (id, indicator): (&IndicatorId, &Indicator),
        latest: Period,
    ) -> u8 {
        let method = indicator.method.with_years(None);
        if !self.has_latest_only(data, area, (id, indicator))
            || indicator.part_of.is_some()
            || methods::of(&method).window(data).is_some()
            || method.form().over().is_some()
            || matches!(method, Method::Count(_))
        {
            return 1;
        }
        let known = |back: &u8| {
            let period = latest.years_back(i32::from(*back));
            matches!(measure(data, &method, Scope::Area(area), period), Known::Is(_))
                && !breaks::between(data.catalogue, id, period, latest)
        };
        let years = (0..YEARS.1).take_while(known).count() as u8;
        if years < YEARS.0 { 1 } else { years }
    }
}

/// The mean of the values of so many single years, each with the same weight.
pub(in crate::compute) fn mean(
    data: Data,
    method: &Method,
    scope: Scope,
    latest: Period,
    years: u8,
) -> Known<Measurement> {
    let method = method.with_years(None);
    let mut all = Vec::new();
    for back in 0..i32::from(years) {
        match measure(data, &method, scope, latest.years_back(back)) {
            Known::Is(year) => all.push(year),
            Known::Withheld => return Known::Withheld,
            Known::Missing(missing) => return Known::Missing(missing),
        }
    }
    let number = Ratio::whole(all.len() as i128);
    let average = |values: Vec<Ratio>| {
        values.into_iter().fold(Ratio::ZERO, Ratio::plus).over(number).unwrap_or(Ratio::ZERO)
    };
    let value = average(all.iter().map(|year| year.value).collect());
    let bases: Option<Vec<Ratio>> = all.iter().map(|year| year.base).collect();
    let chances: Vec<Chance> = all.iter().map(|year| year.chance).collect();
    Known::Is(Measurement {
        value,
        base: bases.map(average),
        chance: Chance::of_mean(&chances, value),
        parts: None,
        exposes: all.into_iter().flat_map(|year| year.exposes).collect(),
    })
}

/// Is it the number of residents, dwellings or services: all rows of a source, or rows that anybody can read? Where a source
/// has them added up for each area, the reserved id tells the residents, and the unit the dwellings.
fn is_plain_count(data: Data, id: &IndicatorId, indicator: &Indicator) -> bool {
    let Method::Count(count) = &indicator.method.value else { return false };
    let all = data
        .catalogue
        .population(&count.of.value)
        .is_some_and(|of| of.within.is_none() && of.filter.is_none());
    if id.as_str() == RESIDENTS || (all && indicator.unit == Unit::Dwellings) {
        return true;
    }
    let source = data.catalogue.source_of(&count.of.value);
    source.is_some_and(|source| data.catalogue.is_public(source)) || is_whole(data, &count.of.value)
}

/// Does a population take all rows of its source, each as one?
fn is_whole(data: Data, id: &PopulationId) -> bool {
    data.catalogue.population(id).is_some_and(|population| {
        population.within.is_none()
            && population.filter.is_none()
            && population.weight.is_none()
            && !population.has_numbers()
    })
}

/// The sizes of areas by the latest number of residents published with a list, where nobody counts them.
fn published_sizes(data: Data) -> BTreeMap<usize, Size> {
    // In the order of years, so that the latest stands.
    let all = rules::published_residents(data).into_iter();
    all.map(|((area, _), residents)| (area, size_by(Ratio::whole(residents.into())))).collect()
}

/// An area of which nothing is known has nobody to protect, and nothing to say.
fn size_of(residents: Known<Measurement>) -> Size {
    match residents {
        Known::Is(residents) => size_by(residents.value),
        Known::Withheld | Known::Missing(_) => Size::Tiny,
    }
}

fn size_by(residents: Ratio) -> Size {
    if residents < Ratio::whole(TINY) {
        Size::Tiny
    } else if residents < Ratio::whole(SMALL.into()) {
        Size::Small
    } else {
        Size::Full
    }
}

/// The indicators of small places of a layer: first those that its reports print, then as the catalogue declares them.
fn few(data: Data, layer: &LayerId) -> Vec<IndicatorId> {
    let reports = data.catalogue.reports.iter().map(|(_, report)| report);
    let printed = reports
        .filter(|report| report.one_per.iter().any(|printed| printed.value == *layer))
        .flat_map(|report| report.indicators.iter().map(|id| &id.value));
    let mut few: Vec<IndicatorId> = Vec::new();
    // The pyramid is one of the eight.
    let pyramid = data.catalogue.indicators.iter().any(|(_, indicator)| {
        indicator.part_of.is_some_and(|part| (part.figure, part.places) == (Whole::Ages, OfSize::Small))
    });
    let room = FEW - usize::from(pyramid);
    for id in printed.chain(data.catalogue.indicators.ids()) {
        let none = |indicator: &Indicator| {
            is_plain_count(data, id, indicator)
                || indicator.part_of.is_some()
                || matches!(*indicator.method, Method::Composite(_) | Method::Segregation(_))
        };
        let counts = data.catalogue.indicator(id).is_none_or(none);
        if !counts && few.len() < room && !few.contains(id) {
            few.push(id.clone());
        }
    }
    few
}
