//! One criterion for one area and list: value, limit, distance, and whether it is met.
//!
//! A limit of so many times the national mean is printed as a share beside that many times the mean, so the value of such a
//! criterion is the share. Whether it is met is judged on exact numbers, never on a quotient that was rounded.

use super::{
    super::{
        Data, breaks,
        disclose::{
            areas::{has_enough, protection},
            told::Told,
        },
        methods::{self, Measurement, measure, relative},
        precision,
        publication::{Fact, Missing, Value},
        ratio::Ratio,
        raw::{Exposure, Known, Offer, Scope},
        small_places::Sizes,
    },
    lists::{List, Lists},
};
use crate::{
    catalogue::{Criterion, Indicator, Limit, Method, Protection, RelativeForm, methods::Relative},
    ids::{CriterionId, IndicatorId, Period, ValueId},
    numbers::Decimal,
};

/// A criterion of one area on one list.
pub(in crate::compute) struct Outcome {
    /// Whether it is met by our own exact numbers.
    pub own: Known<bool>,
    /// Our own values that this hangs on, and where the criterion's is published.
    pub needs: Vec<ValueId>,
    /// Whether it is met, the published value first.
    pub met: Known<bool>,
    pub met_id: ValueId,
    /// Whether the published value meets the limit, if both are known without our own data.
    pub published: Option<bool>,
    /// The printed value minus the limit, exact.
    pub distance: Known<Ratio>,
    /// The decimals of the printed value.
    pub places: u8,
    pub offers: Vec<Offer>,
}

/// A limit in the terms of the printed value.
#[derive(Clone, Copy)]
pub(in crate::compute) struct At {
    pub value: Known<Ratio>,
    /// Set when it is rounded: as it was published.
    published: Option<Decimal>,
}

/// What a criterion is printed as.
pub(in crate::compute) struct Terms<'a> {
    pub indicator: (&'a IndicatorId, &'a Indicator),
    /// Set when the limit is so many times a benchmark.
    pub times: Option<&'a Relative>,
}

/// What a criterion's own value says of numbers of people.
pub(in crate::compute) struct Behind {
    pub exposes: Vec<Exposure>,
    pub rule: Protection,
    pub tells: Vec<Told>,
}

/// Everything needed to judge one area.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Judging<'a> {
    pub data: Data<'a>,
    pub sizes: &'a Sizes,
    pub lists: &'a Lists<'a>,
    pub list: &'a List<'a>,
    pub area: usize,
}

impl<'a> Judging<'a> {
    /// Judges one criterion.
    pub fn criterion(self, id: &'a CriterionId, criterion: &'a Criterion) -> Option<Outcome> {
        let terms = self.terms(criterion)?;
        let period = self.list.data_period(criterion);
        let what = |of: &str| self.id(&format!("{}/{id}{of}", self.lists.family));
        let values = self.needs(criterion, &terms, period);
        let printed = self.measure(terms.indicator.0, period);
        let limit = self.limit((id, criterion), &terms, period);
        let base = printed.as_ref().get().and_then(|printed| printed.base);
        let places = precision::places(terms.indicator.1, base);
        let official = self.official(&terms, (id, criterion), places);
        let own_value = printed.map(|printed| printed.value);
        let own = self.own_met(criterion, period, own_value, limit);
        let published = official.zip(limit.value.get());
        let published = published.map(|(value, at)| is_met(&criterion.is, Ratio::of(value), at));
        // The value stands for a single list, which is not always the value that the area has for the period (a small place
        // has none or a mean of its own): what it says of persons is held against the rule here, and all else needs it.
        let printed_own = official.is_none();
        let offers_own = printed_own || self.lists.has(&criterion.indicator, period);
        let own_id = what(if printed_own { "" } else { "/own" });
        let needs: Vec<ValueId> = values.iter().cloned().chain(offers_own.then(|| own_id.clone())).collect();
        let (met, met_needs) = met(&criterion.is, official, limit.value, own, &needs);
        let behind = self.behind(criterion, period);
        let of_own = |places| {
            Offer::new(own_id.clone(), fact(own_value, places), values.clone())
                .exposing(behind.exposes.clone(), behind.rule)
                .telling(behind.tells.clone())
        };
        let (value, own_places) = (official.map_or(own_value, |value| Known::Is(Ratio::of(value))), places);
        let places = official.map_or(places, |value| value.places);
        let value_needs = if printed_own { vec![own_id.clone()] } else { Vec::new() };
        let exact_distance = value.and_then(|value| limit.value.map(|limit| value.minus(limit)));
        let distance =
            exact_distance.and_then(|d| Known::or(d.round(places).map(Fact::Distance), Missing::NoData));
        let limit_places = if terms.times.is_some() { places } else { criterion.is.number().places };
        let mut offers = vec![
            Offer::new(what("/limit"), fact(limit.value, limit_places), Vec::new()),
            Offer::new(what("/distance"), distance, value_needs),
            Offer::new(what("/met"), met.map(Fact::Met), met_needs),
        ];
        if offers_own {
            offers.push(of_own(own_places));
        }
        if !printed_own {
            offers.push(Offer::new(what(""), fact(value, places), Vec::new()));
        }
        if !printed_own && offers_own {
            offers.push(Offer::new(what("/met/own"), own.map(Fact::Met), needs.clone()));
        }
        let (met_id, distance) = (what("/met"), exact_distance);
        Some(Outcome { own, needs, met, met_id, published, distance, places, offers })
    }

    /// Whether our own exact number meets the criterion. Beside a limit that is known only as it was published it is told
    /// where the decimals of that limit decide nothing.
    fn own_met(self, criterion: &Criterion, period: Period, printed: Known<Ratio>, limit: At) -> Known<bool> {
        let exact = self.measure(&criterion.indicator, period);
        match (exact.as_ref().map(|exact| exact.value), limit.published) {
            (Known::Missing(Missing::NoBenchmark), Some(published)) => {
                let at = Ratio::of(published);
                printed.and_then(|value| {
                    let told = value.minus(at).abs() > half(published);
                    Known::or(told.then(|| is_met(&criterion.is, value, at)), Missing::NoBenchmark)
                })
            }
            (exact, _) => {
                exact.map(|value| is_met(&criterion.is, value, Ratio::of(***criterion.is.number())))
            }
        }
    }

    /// Whether the criterion would be met by the data of the year before, and the values and numbers that this hangs on;
    /// `None` where they are not known, or the series is broken between the two years.
    pub fn earlier(self, criterion: &'a Criterion) -> Option<(bool, Vec<ValueId>, Behind)> {
        let terms = self.terms(criterion)?;
        let now = self.list.data_period(criterion);
        let period = now.years_back(1);
        let broken = |id: &IndicatorId| breaks::between(self.data.catalogue, id, period, now);
        if broken(&criterion.indicator) || broken(terms.indicator.0) {
            return None;
        }
        let exact = self.measure(&criterion.indicator, period).get()?;
        let met = is_met(&criterion.is, exact.value, Ratio::of(***criterion.is.number()));
        Some((met, self.needs(criterion, &terms, period), self.behind(criterion, period)))
    }

    pub fn id(self, what: &str) -> ValueId {
        ValueId::own(what, self.data.area(self.area), self.list.period())
    }

    pub fn terms(self, criterion: &'a Criterion) -> Option<Terms<'a>> {
        let indicator = self.data.catalogue.indicator(&criterion.indicator)?;
        if let Method::Relative(method) = &indicator.method.value
            && method.form == RelativeForm::Times
            && method.to.benchmark.is_some()
            && let Some(underlying) = relative::underlying(self.data, method)
        {
            return Some(Terms { indicator: underlying, times: Some(method) });
        }
        Some(Terms { indicator: (&criterion.indicator.value, indicator), times: None })
    }

    /// An indicator's own exact value, where the area may have one.
    fn measure(self, id: &IndicatorId, period: Period) -> Known<Measurement> {
        let Some(indicator) = self.data.catalogue.indicator(id) else {
            return Known::Missing(Missing::NoData);
        };
        let enough = has_enough(self.data, protection(self.data, id, self.area), self.area);
        if !enough || !self.sizes.allow(self.data, self.area, id, indicator) {
            return Known::Missing(Missing::TooSmall);
        }
        measure(self.data, &indicator.method, Scope::Area(self.area), period)
    }

    /// What a criterion's own value of a period says of numbers of people; nothing where it is not known.
    pub fn behind(self, criterion: &Criterion, period: Period) -> Behind {
        let mut behind = Behind {
            exposes: Vec::new(),
            rule: protection(self.data, &criterion.indicator, self.area),
            tells: Vec::new(),
        };
        let Some(indicator) = self.data.catalogue.indicator(&criterion.indicator) else { return behind };
        let mut of = (&criterion.indicator.value, indicator);
        // Without the benchmark that it is relative to the value behind it is still told.
        if let Method::Relative(method) = &indicator.method.value
            && let Some(underlying) = relative::underlying(self.data, method)
        {
            of = underlying;
            behind.rule = behind.rule.and(protection(self.data, of.0, self.area));
        }
        let Some(measured) = self.measure(of.0, period).get() else { return behind };
        let (scope, summed) = (Scope::Area(self.area), methods::summed(self.data.catalogue, &of.1.method));
        let sums = methods::sums(self.data, (&of.1.method, &summed), scope, period, 1);
        behind.exposes = [measured.exposes, sums].concat();
        behind.tells = methods::tells(self.data, (&indicator.method, &summed), &scope.into(), period, 1);
        behind
    }

    /// The limit in the terms of the printed value. One that follows the country's mean is taken from the official list, else
    /// exactly from benchmarks, else as the catalogue says that it was published.
    pub fn limit(self, (id, criterion): (&CriterionId, &Criterion), terms: &Terms, period: Period) -> At {
        let number = Ratio::of(***criterion.is.number());
        let rounded = |limit: Decimal| At { value: Known::Is(Ratio::of(limit)), published: Some(limit) };
        if let Some(limit) = self.list.limit(id) {
            return rounded(limit);
        }
        let Some(method) = terms.times else { return At { value: Known::Is(number), published: None } };
        let benchmark = relative::benchmark(self.data, method, period).map(|mean| mean.times(number));
        match criterion.published_limit(self.list.date.year) {
            Some(limit) if benchmark.get().is_none() => rounded(limit.0),
            _ => At { value: benchmark, published: None },
        }
    }

    /// The own values behind a criterion, as far as they were offered.
    fn needs(self, criterion: &Criterion, terms: &Terms, period: Period) -> Vec<ValueId> {
        let mut ids = vec![&criterion.indicator.value];
        if terms.times.is_some() {
            ids.push(terms.indicator.0);
        }
        let has = |id: &IndicatorId| {
            let indicator = self.data.catalogue.indicator(id);
            indicator
                .is_some_and(|i| methods::of(&i.method).periods(self.data).binary_search(&period).is_ok())
        };
        let area = self.data.area(self.area);
        ids.into_iter().filter(|id| has(id)).map(|id| ValueId::own(id.as_str(), area, period)).collect()
    }

    pub fn official(
        self,
        terms: &Terms,
        criterion: (&CriterionId, &Criterion),
        places: u8,
    ) -> Option<Decimal> {
        let (declared, list) = self.list.official?;
        list.get(&self.area)?.value(self.data.catalogue, declared, terms.indicator.0, criterion, places)
    }
}

/// Whether a criterion is met. A published value decides, unless its decimals cannot: then our own exact one does, if known.
fn met(
    limit: &Limit,
    official: Option<Decimal>,
    at: Known<Ratio>,
    own: Known<bool>,
    needs: &[ValueId],
) -> (Known<bool>, Vec<ValueId>) {
    let (Some(official), Known::Is(at)) = (official, at) else { return (own, needs.to_vec()) };
    let value = Ratio::of(official);
    if value.minus(at).abs() <= half(official) && matches!(own, Known::Is(_)) {
        return (own, needs.to_vec());
    }
    (Known::Is(is_met(limit, value, at)), Vec::new())
}

/// Half a unit of the last place: as much as rounding can have moved a published number.
fn half(published: Decimal) -> Ratio {
    Ratio::of(Decimal { units: 5, places: published.places + 1 })
}

/// Strict or not exactly as the law writes it.
pub(in crate::compute) fn is_met(limit: &Limit, value: Ratio, at: Ratio) -> bool {
    match limit {
        Limit::Over(_) => value > at,
        Limit::AtLeast(_) => value >= at,
        Limit::Under(_) => value < at,
        Limit::AtMost(_) => value <= at,
    }
}

fn fact(value: Known<Ratio>, places: u8) -> Known<Fact> {
    value.and_then(|value| {
        let value = value.round(places);
        let fact = value
            .map(|value| Fact::Value(Value { value, interval: None, part: None, whole: None, years: 1 }));
        Known::or(fact, Missing::NoData)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number<T>(make: impl Fn(crate::catalogue::At<crate::catalogue::Number>) -> T, text: &str) -> T {
        let file =
            std::sync::Arc::new(crate::diagnostics::SourceFile { name: String::new(), text: String::new() });
        let value = crate::catalogue::Number(Decimal::parse(text).unwrap_or(Decimal::whole(0)));
        make(crate::catalogue::At { value, place: crate::diagnostics::Place { file, offset: 0, len: 0 } })
    }

    #[test]
    fn sixty_of_a_hundred_is_not_over_sixty_and_three_times_is_at_least_three() {
        let sixty = Ratio::new(100 * 180, 300).unwrap_or(Ratio::ZERO);
        assert!(!is_met(&number(Limit::Over, "60"), sixty, Ratio::whole(60)));
        assert!(is_met(&number(Limit::AtLeast, "60"), sixty, Ratio::whole(60)));
        assert!(!is_met(&number(Limit::Under, "60"), sixty, Ratio::whole(60)));
    }

    #[test]
    fn a_published_value_decides_unless_it_prints_as_the_limit() {
        let limit = number(Limit::Over, "40");
        let at = Known::Is(Ratio::whole(40));
        let met = |published: &str, own| met(&limit, Decimal::parse(published), at, own, &[]).0;
        assert!(met("40.4", Known::Is(false)) == Known::Is(true));
        assert!(met("40.0", Known::Is(true)) == Known::Is(true));
        assert!(met("40.0", Known::Is(false)) == Known::Is(false));
        assert!(met("40.0", Known::Withheld) == Known::Is(false));
    }
}
