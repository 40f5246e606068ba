//! What may be said of places with few residents (judged by the latest count of the indicator `residents`).
//!
//! Under 100 residents only counts; from 100 to 299 at most eight indicators, in the order that their report prints them, and
//! no verdict on change; from 300 everything. Where residents are not counted, nothing is restricted.

use std::collections::BTreeMap;

use super::{
    Data,
    methods::{self, measure},
    ratio::Ratio,
    raw::{Known, Scope},
};
use crate::{
    catalogue::{Indicator, Method, RESIDENTS},
    ids::{IndicatorId, LayerId},
};

/// Residents below which only counts are given.
const TINY: i128 = 100;
/// Residents below which few indicators are given, and no verdict on change.
const SMALL: i128 = 300;
/// How many indicators a small place has.
const FEW: usize = 8;

/// How much may be said of a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) enum Size {
    /// Counts only.
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
}

impl Sizes {
    pub fn new(data: Data) -> Self {
        let residents = data.catalogue.indicators.get(RESIDENTS);
        let latest =
            residents.and_then(|indicator| methods::of(&indicator.method).periods(data).last().copied());
        let size = |area: usize| match residents.zip(latest) {
            Some((indicator, latest)) => size_of(measure(data, &indicator.method, Scope::Area(area), latest)),
            None => Size::Full,
        };
        let sizes = (0..data.raw.index.areas.len()).map(size).collect();
        let layers = data.raw.index.layers.iter();
        let few = layers.map(|(layer, _)| (layer.clone(), few(data, layer))).collect();
        Self { sizes, few }
    }

    /// The size of an area; `None` for the municipality.
    pub fn of(&self, area: Option<usize>) -> Size {
        area.map_or(Size::Full, |area| self.sizes[area])
    }

    /// May an area have this indicator?
    pub fn allow(&self, data: Data, area: usize, id: &IndicatorId, indicator: &Indicator) -> bool {
        if matches!(*indicator.method, Method::Count(_)) {
            return true;
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
}

/// An area of which nothing is known has nobody to protect, and nothing to say.
fn size_of(residents: Known<methods::Measurement>) -> Size {
    match residents {
        Known::Is(residents) if residents.value < Ratio::whole(TINY) => Size::Tiny,
        Known::Is(residents) if residents.value < Ratio::whole(SMALL) => Size::Small,
        Known::Is(_) => Size::Full,
        Known::Withheld | Known::Missing(_) => Size::Tiny,
    }
}

/// The indicators of small places of a layer: first those that its reports print, then as the catalogue declares them.
fn few(data: Data, layer: &LayerId) -> Vec<IndicatorId> {
    let reports = data.catalogue.reports.iter().map(|(_, report)| report);
    let printed = reports
        .filter(|report| report.one_per.iter().any(|printed| printed.value == *layer))
        .flat_map(|report| report.indicators.iter().map(|id| &id.value));
    let mut few: Vec<IndicatorId> = Vec::new();
    for id in printed.chain(data.catalogue.indicators.ids()) {
        let none = |method: &Method| {
            matches!(method, Method::Count(_) | Method::Composite(_) | Method::Segregation(_))
        };
        let counts = data.catalogue.indicator(id).is_none_or(|i| none(&i.method));
        if !counts && few.len() < FEW && !few.contains(id) {
            few.push(id.clone());
        }
    }
    few
}
