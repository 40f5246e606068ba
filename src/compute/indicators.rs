//! One indicator over all areas and periods: its values, comparators, verdicts and changes, as offers.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::{
    Data, breaks,
    chance::Chance,
    change, compare,
    disclose::{
        areas::{has_enough, protections},
        policy::is_too_small,
        told::{Told, Zone},
    },
    funnel,
    methods::{self, Measure, Measurement, measure},
    precision,
    publication::{Fact, Missing, Value, Verdict, prefixed},
    ratio::Ratio,
    raw::{Exposure, Known, Offer, Scope},
    small_places::{self, Sizes},
    trend,
    twins::Twins,
    years,
};
use crate::{
    catalogue::{Indicator, Method, Protection, chance::Chance as Declared},
    ids::{AreaId, IndicatorId, Period, PopulationId, ValueId},
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
    /// The populations that add up what single persons have.
    summed: BTreeSet<PopulationId>,
    /// The rule that protects persons in each area's values.
    protections: Vec<Protection>,
    /// Which areas have the residents that the rule asks for.
    enough: Vec<bool>,
    /// The decimals of each area, by its latest base.
    places: Vec<u8>,
    /// Of how many periods each area's value is a mean of its own; 1 but for small places.
    years: Vec<u8>,
    /// What the municipality has without each area, as [`Self::values`].
    rests: Vec<Vec<Known<Measurement>>>,
    /// Areas and numbers of periods whose value is hidden for the sake of others.
    hidden: HashSet<(usize, usize)>,
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
            offers.extend(trend::offer(measured, area, number));
        }
        under_chance(measured, number, &mut offers);
    }
    offers.extend(funnel::offers(measured));
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
        .map(|value| Fact::Value(Value { value, interval: None, part: None, whole: None, years: 1 }));
    let own = measured.value_id(measured.municipality(), number);
    let id = own.against(AreaId::chance());
    let verdict = fact.as_ref().map(|_| Fact::Verdict(Verdict::NotJudged));
    let verdict_id = prefixed("verdict", &own).against(AreaId::chance());
    offers.push(Offer::new(verdict_id, verdict, vec![own.clone(), id.clone()]));
    offers.push(Offer::new(id, fact, vec![own]));
}

/// The periods of an indicator; a part of a figure has the latest alone.
fn periods(data: Data, indicator: &Indicator) -> Vec<Period> {
    let mut periods = methods::of(&indicator.method).periods(data);
    if indicator.part_of.is_some() {
        periods.drain(..periods.len().saturating_sub(1));
    }
    periods
}

impl<'a> Measured<'a> {
    fn new(data: Data<'a>, sizes: &'a Sizes, id: &'a IndicatorId, indicator: &'a Indicator) -> Self {
        let periods = periods(data, indicator);
        let municipality = data.raw.index.areas.len();
        let latest = periods.last().copied();
        let years = |area: usize| match latest.filter(|_| area < municipality) {
            Some(latest) => sizes.years(data, area, (id, indicator), latest),
            None => 1,
        };
        let years: Vec<u8> = (0..=municipality).map(years).collect();
        let summed = methods::summed(data.catalogue, &indicator.method);
        let protections = protections(data, id);
        let enough: Vec<bool> =
            (0..municipality).map(|area| has_enough(data, protections[area], area)).collect();
        let breaks = |period: Period| {
            let over = indicator.method.form().over().map(i32::from);
            over.is_some_and(|over| breaks::between(data.catalogue, id, period.years_back(over), period))
        };
        let of = |area: usize, period: Period| {
            if breaks(period) {
                return Known::Missing(Missing::Break);
            }
            if area == municipality {
                return judged(data, (indicator, &summed), Scope::Municipality, period, 1);
            }
            let only_later = sizes.has_latest_only(data, area, (id, indicator)) && Some(period) != latest;
            if only_later || !enough[area] || !sizes.allow(data, area, id, indicator) {
                return Known::Missing(Missing::TooSmall);
            }
            judged(data, (indicator, &summed), Scope::Area(area), period, years[area])
        };
        let values: Vec<Vec<_>> =
            periods.iter().map(|period| (0..=municipality).map(|area| of(area, *period)).collect()).collect();
        let rest = |area: usize, period: Period, own: &Known<Measurement>| {
            own.as_ref()
                .and_then(|_| judged(data, (indicator, &summed), Scope::Rest(area), period, years[area]))
        };
        let rests = periods.iter().zip(&values).map(|(period, values)| {
            let areas = values[..municipality].iter().enumerate();
            areas.map(|(area, own)| rest(area, *period, own)).collect()
        });
        let rests = rests.collect();
        let mut measured = Self {
            data,
            id,
            indicator,
            sizes,
            periods,
            values,
            summed,
            protections,
            enough,
            places: Vec::new(),
            years,
            rests,
            hidden: HashSet::new(),
        };
        measured.places = measured.places_of_bases();
        measured
    }

    /// The decimals of each area, by what its latest value that may be shown is of: they would tell the size of a hidden base.
    fn places_of_bases(&self) -> Vec<u8> {
        let base = |area: usize| {
            let mut shown = (0..self.periods.len()).rev().filter(|number| self.is_publishable(area, *number));
            shown.find_map(|number| self.value(area, number).get()?.base)
        };
        (0..=self.municipality()).map(|area| precision::places(self.indicator, base(area))).collect()
    }

    /// Hides these values, and no others, for the sake of other numbers: areas and numbers of periods.
    pub fn hide(&mut self, values: HashSet<(usize, usize)>) {
        self.hidden = values;
        self.places = self.places_of_bases();
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

    /// What the municipality has without the area, over the same years.
    pub fn rest(&self, area: usize, number: usize) -> Known<&Measurement> {
        self.rests[number][area].as_ref()
    }

    pub fn allowed(&self, area: usize) -> bool {
        area == self.municipality()
            || (self.enough[area] && self.sizes.allow(self.data, area, self.id, self.indicator))
    }

    /// Of how many periods the value of an area is a mean of its own.
    pub fn own_years(&self, area: usize) -> u8 {
        self.years[area]
    }

    /// The years that the method puts together.
    pub fn window(&self) -> i32 {
        years::count(self.method().window(self.data))
    }

    /// The value of a scope as an area's own value is made: over so many periods.
    pub fn measure(&self, scope: Scope, number: usize, years: u8) -> Known<Measurement> {
        judged(self.data, (self.indicator, &self.summed), scope, self.periods[number], years)
    }

    /// What the value of a zone tells, made as [`Self::measure`] makes it.
    pub fn tells(&self, zone: &Zone, number: usize, years: u8) -> Vec<Told> {
        let method = (&*self.indicator.method, &self.summed);
        methods::tells(self.data, method, zone, self.periods[number], years)
    }

    /// What the area's own value tells.
    pub fn tells_own(&self, area: usize, number: usize) -> Vec<Told> {
        let scope = if area == self.municipality() { Scope::Municipality } else { Scope::Area(area) };
        self.tells(&scope.into(), number, self.years[area])
    }

    /// The number of people that a test counts with, where an interval would count with `n` if nothing were declared.
    pub fn people(&self, n: f64) -> f64 {
        match declared(self.data, self.indicator, Chance::Share { n }, Ratio::ZERO) {
            Chance::Share { n } => n,
            _ => n,
        }
    }

    /// The decimals of everything in an area's row.
    pub fn places(&self, area: usize) -> u8 {
        self.places[area]
    }

    /// The rule that protects persons in the area's values; the municipality's under [`Self::municipality`].
    pub fn protection(&self, area: usize) -> Protection {
        self.protections[area]
    }

    pub fn value_id(&self, area: usize, number: usize) -> ValueId {
        let municipality = AreaId::municipality();
        let area = if area == self.municipality() { &municipality } else { self.data.area(area) };
        ValueId::own(self.id.as_str(), area, self.periods[number])
    }

    /// Is the area's value known, and will it be shown?
    pub fn is_publishable(&self, area: usize, number: usize) -> bool {
        self.value(area, number).get().is_some()
            && !self.hidden.contains(&(area, number))
            && !is_too_small(&self.exposed(area, number), self.protection(area))
    }

    /// Would the gate show the area's value, as far as it hangs on nothing else?
    pub fn is_shown(&self, area: usize, number: usize) -> bool {
        let own = self.own(area, number);
        matches!(own.fact, Known::Is(_)) && !is_too_small(&own.exposes, own.protection)
    }

    /// A value as it would be published; `years`: of how many periods it is a mean of its own.
    pub fn fact(&self, measurement: &Measurement, places: u8, interval: bool, years: u8) -> Option<Fact> {
        if matches!(*self.indicator.method, Method::Count(_)) {
            return Some(Fact::Count(measurement.value.round(0)?.units));
        }
        let interval = if interval { interval_of(measurement, places) } else { None };
        let (part, whole) = measurement.parts.unzip();
        let value = measurement.value.round(places)?;
        Some(Fact::Value(Value { value, interval, part, whole, years: self.all_years(years) }))
    }

    /// Over how many years a value is: its own mean's, or those that the method puts together.
    pub fn all_years(&self, own: u8) -> u8 {
        if own > 1 { own } else { u8::try_from(self.window()).unwrap_or(1) }
    }

    /// The area's own value.
    fn own(&self, area: usize, number: usize) -> Offer {
        let places = self.places(area);
        let fact = self.value(area, number).and_then(|measurement| {
            Known::or(self.fact(measurement, places, true, self.years[area]), Missing::NoData)
        });
        let fact = if self.hidden.contains(&(area, number)) { Known::Withheld } else { fact };
        let id = self.value_id(area, number);
        let needs = self.method().needs(self.data, &id.area, id.period);
        // Its rest is told by the municipality's value, or where that is shown as a comparator.
        let tells = fact.as_ref().get().map(|_| self.tells_own(area, number)).unwrap_or_default();
        Offer::new(id, fact, needs).exposing(self.exposed(area, number), self.protection(area)).telling(tells)
    }

    /// What an area's own value exposes: also what the rest of the municipality would show, since the two add up to a
    /// published whole.
    fn exposed(&self, area: usize, number: usize) -> Vec<Exposure> {
        let value = self.value(area, number).get();
        let mut exposes = value.map_or_else(Vec::new, |value| value.exposes.clone());
        if area < self.municipality() {
            let rest = self.rest(area, number).get();
            exposes.extend(rest.into_iter().flat_map(|rest| rest.exposes.iter().copied()));
        }
        exposes
    }
}

/// The value of a scope, or the mean of so many single periods, with what the catalogue declares of its chance.
fn judged(
    data: Data,
    (indicator, summed): (&Indicator, &BTreeSet<PopulationId>),
    scope: Scope,
    period: Period,
    years: u8,
) -> Known<Measurement> {
    let method = &indicator.method;
    let found = match years {
        1 => measure(data, method, scope, period),
        _ => small_places::mean(data, method, scope, period, years),
    };
    found.map(|found| {
        let chance = declared(data, indicator, found.chance, found.value);
        let sums = methods::sums(data, (method, summed), scope, period, years);
        Measurement { chance, exposes: [found.exposes, sums].concat(), ..found }
    })
}

/// Chance with what the catalogue declares of it. Where whole households are counted their effect is measured instead.
pub(in crate::compute) fn declared(
    data: Data,
    indicator: &Indicator,
    chance: Chance,
    value: Ratio,
) -> Chance {
    let measured = methods::of(&indicator.method).is_clustered(data);
    let design_effect = indicator.chance.design_effect.clone().filter(|_| !measured);
    chance.declared(value, &Declared { design_effect, ..indicator.chance })
}

/// The 99 per cent interval as it is published.
fn interval_of(measurement: &Measurement, places: u8) -> Option<(Decimal, Decimal)> {
    let (low, high) = measurement.limits()?;
    Some((precision::round(low, places)?, precision::round(high, places)?))
}
