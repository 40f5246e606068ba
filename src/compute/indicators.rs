//! One indicator over all areas and periods: its values, comparators, verdicts and changes, as offers.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{
    Data, breaks, change, compare,
    disclose::policy::is_too_small,
    methods::{self, Measure, Measurement, measure},
    precision,
    publication::{Fact, Missing, Value, Verdict, prefixed},
    raw::{Known, Offer, Scope},
    small_places::Sizes,
    twins::Twins,
};
use crate::{
    catalogue::{Indicator, Method},
    ids::{AreaId, IndicatorId, Period, ValueId},
    numbers::Decimal,
};

/// An indicator with everything measured about it.
pub(in crate::compute) struct Measured<'a> {
    pub data: Data<'a>,
    pub id: &'a IndicatorId,
    pub indicator: &'a Indicator,
    pub sizes: &'a Sizes,
    /// Ascending.
    pub periods: Vec<Period>,
    /// By period, then by area; the municipality last.
    values: Vec<Vec<Known<Measurement>>>,
    /// The decimals of each area, by its latest base.
    places: Vec<u8>,
}

/// All indicators that are measured, by id.
pub(in crate::compute) type All<'a> = BTreeMap<&'a IndicatorId, Measured<'a>>;

/// Measures every indicator.
pub(in crate::compute) fn all<'a>(data: Data<'a>, sizes: &'a Sizes) -> All<'a> {
    let indicators: Vec<_> = data.catalogue.indicators.iter().collect();
    indicators
        .into_par_iter()
        .map(|(id, indicator)| (&id.value, Measured::new(data, sizes, &id.value, indicator)))
        .collect()
}

/// Everything about one indicator.
pub(in crate::compute) fn offers(measured: &Measured, twins: &Twins) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (number, period) in measured.periods.iter().enumerate() {
        let others = compare::Others::new(measured, number, twins);
        let first = if measured.method().is_of_areas() { 0 } else { measured.municipality() };
        for area in first..=measured.municipality() {
            offers.push(measured.own(area, number));
            if area < measured.municipality() && measured.allowed(area) {
                compare::offers(measured, area, (number, *period), &others, &mut offers);
            }
            offers.extend(change::offer(measured, area, number));
        }
        under_chance(measured, number, &mut offers);
    }
    offers
}

/// The municipality's value if chance alone were at work. It is a yardstick and no test.
fn under_chance(measured: &Measured, number: usize, offers: &mut Vec<Offer>) {
    let Some(level) = measured.method().under_chance(measured.data, measured.id, measured.periods[number])
    else {
        return;
    };
    let places = measured.places(measured.municipality());
    let fact = level
        .and_then(|level| Known::or(level.round(places), Missing::NoData))
        .map(|value| Fact::Value(Value { value, interval: None, part: None, whole: None }));
    let own = measured.value_id(measured.municipality(), number);
    let id = own.against(AreaId::chance());
    let verdict = fact.as_ref().map(|_| Fact::Verdict(Verdict::NotJudged));
    let verdict_id = prefixed("verdict", &own).against(AreaId::chance());
    offers.push(Offer::new(verdict_id, verdict, vec![own.clone(), id.clone()]));
    offers.push(Offer::new(id, fact, vec![own]));
}

impl<'a> Measured<'a> {
    fn new(data: Data<'a>, sizes: &'a Sizes, id: &'a IndicatorId, indicator: &'a Indicator) -> Self {
        let periods = methods::of(&indicator.method).periods(data);
        let municipality = data.raw.index.areas.len();
        let breaks = |period: Period| {
            let over = indicator.method.form().over().map(i32::from);
            over.is_some_and(|over| breaks::between(data.catalogue, id, period.years_back(over), period))
        };
        let of = |area: usize, period: Period| {
            if breaks(period) {
                Known::Missing(Missing::Break)
            } else if area == municipality {
                measure(data, &indicator.method, Scope::Municipality, period)
            } else if sizes.allow(data, area, id, indicator) {
                measure(data, &indicator.method, Scope::Area(area), period)
            } else {
                Known::Missing(Missing::TooSmall)
            }
        };
        let values: Vec<Vec<_>> =
            periods.iter().map(|period| (0..=municipality).map(|area| of(area, *period)).collect()).collect();
        let latest = |area: usize| values.iter().rev().find_map(|values| values[area].as_ref().get()?.base);
        let places = (0..=municipality).map(|area| precision::places(indicator, latest(area))).collect();
        Self { data, id, indicator, sizes, periods, values, places }
    }

    pub fn method(&self) -> &'a dyn Measure {
        methods::of(&self.indicator.method)
    }

    /// The number under which the municipality's own values stand.
    pub fn municipality(&self) -> usize {
        self.data.raw.index.areas.len()
    }

    /// The area's value; the municipality's under [`Self::municipality`].
    pub fn value(&self, area: usize, number: usize) -> Known<&Measurement> {
        self.values[number][area].as_ref()
    }

    pub fn allowed(&self, area: usize) -> bool {
        area == self.municipality() || self.sizes.allow(self.data, area, self.id, self.indicator)
    }

    /// The decimals of everything in an area's row.
    pub fn places(&self, area: usize) -> u8 {
        self.places[area]
    }

    /// The smallest number that is shown: its own, or a stricter one of an indicator that it is built on.
    pub fn at_least(&self) -> u32 {
        at_least(self.data, self.indicator)
    }

    pub fn value_id(&self, area: usize, number: usize) -> ValueId {
        let municipality = AreaId::municipality();
        let area = if area == self.municipality() { &municipality } else { self.data.area(area) };
        ValueId::own(self.id.as_str(), area, self.periods[number])
    }

    /// Is the area's value known, and may it be shown by itself?
    pub fn is_publishable(&self, area: usize, number: usize) -> bool {
        self.value(area, number).get().is_some_and(|value| !is_too_small(&value.exposes, self.at_least()))
    }

    /// Would the gate show the area's value, as far as it hangs on nothing else?
    pub fn is_shown(&self, area: usize, number: usize) -> bool {
        let own = self.own(area, number);
        matches!(own.fact, Known::Is(_)) && !is_too_small(&own.exposes, own.at_least)
    }

    /// A value as it would be published.
    pub fn fact(&self, measurement: &Measurement, places: u8, interval: bool) -> Option<Fact> {
        if matches!(*self.indicator.method, Method::Count(_)) {
            return Some(Fact::Count(measurement.value.round(0)?.units));
        }
        let interval = if interval { interval_of(measurement, places) } else { None };
        let (part, whole) = measurement.parts.unzip();
        Some(Fact::Value(Value { value: measurement.value.round(places)?, interval, part, whole }))
    }

    /// The area's own value. It also exposes what the rest of the municipality would show: the two add up to a published whole.
    fn own(&self, area: usize, number: usize) -> Offer {
        let places = self.places(area);
        let fact = self
            .value(area, number)
            .and_then(|measurement| Known::or(self.fact(measurement, places, true), Missing::NoData));
        let mut exposes = self.value(area, number).get().map_or_else(Vec::new, |value| value.exposes.clone());
        if area < self.municipality() {
            let rest = measure(self.data, &self.indicator.method, Scope::Rest(area), self.periods[number]);
            exposes.extend(rest.get().into_iter().flat_map(|rest| rest.exposes));
        }
        let id = self.value_id(area, number);
        let needs = self.method().needs(self.data, &id.area, id.period);
        Offer::new(id, fact, needs).exposing(exposes, self.at_least())
    }
}

fn at_least(data: Data, indicator: &Indicator) -> u32 {
    let below = indicator.method.form().indicators();
    let below =
        below.into_iter().filter_map(|id| data.catalogue.indicator(id)).map(|one| at_least(data, one));
    below.fold(indicator.disclosure.at_least, u32::max)
}

/// The 99 per cent interval as it is published.
fn interval_of(measurement: &Measurement, places: u8) -> Option<(Decimal, Decimal)> {
    let (low, high) = measurement.limits()?;
    Some((precision::round(low, places)?, precision::round(high, places)?))
}
