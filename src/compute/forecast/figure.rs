//! A figure that the legal test reads, and what is known of it: our own single years where there are any, else the published
//! values of the lists. What may not be shown is not used: neither of the area itself nor for others.

use std::collections::BTreeSet;

use super::series::{Point, Series};
use crate::{
    catalogue::{Criterion, Indicator, Method, Protection, RESIDENTS, Years},
    compute::{
        Data, breaks,
        disclose::{
            areas::protection,
            policy::is_too_small,
            told::{Told, in_order},
        },
        methods::{self, Measurement, measure, relative},
        publication::Missing,
        ratio::Ratio,
        raw::{Known, Scope},
        rules::{criteria::Judging, lists::Lists},
        small_places::Sizes,
        years,
    },
    ids::{CriterionId, IndicatorId, Period, ValueId},
};

/// One figure.
pub(super) struct Figure<'a> {
    id: &'a IndicatorId,
    indicator: &'a Indicator,
    /// A criterion that takes it; none where only the law's number of residents is asked for.
    criterion: Option<(&'a CriterionId, &'a Criterion)>,
    years_back: u8,
    /// How a single year is computed.
    single: Method,
    /// What it is relative to a reference, if it is, and for which periods that has values.
    underlying: Option<(&'a IndicatorId, &'a Indicator, Vec<Period>)>,
    /// The single years and the values that our own data allow, ascending.
    years: Vec<i32>,
    periods: Vec<Period>,
    window: i32,
    pooled: bool,
    breaks: BTreeSet<i32>,
}

impl<'a> Figure<'a> {
    pub fn of_criterion(data: Data<'a>, id: &'a CriterionId, criterion: &'a Criterion) -> Option<Self> {
        let indicator = data.catalogue.indicator(&criterion.indicator)?;
        let figure = Self::of_residents(data, &criterion.indicator.value, indicator);
        Some(Self { criterion: Some((id, criterion)), years_back: criterion.years_back, ..figure })
    }

    pub fn of_residents(data: Data<'a>, id: &'a IndicatorId, indicator: &'a Indicator) -> Self {
        let method = &indicator.method.value;
        let underlying = match method {
            Method::Relative(relative) => relative::underlying(data, relative),
            _ => None,
        };
        let underlying =
            underlying.map(|(id, indicator)| (id, indicator, methods::of(&indicator.method).periods(data)));
        let single = method.with_years(None);
        let below = underlying.as_ref().map(|(_, indicator, _)| indicator.method.with_years(None));
        let periods = methods::of(below.as_ref().unwrap_or(&single)).periods(data);
        let window = methods::of(method).window(data);
        Self {
            id,
            indicator,
            criterion: None,
            years_back: 0,
            years: periods.into_iter().filter_map(year).collect(),
            periods: methods::of(method).periods(data),
            window: years::count(window),
            pooled: matches!(window, Some(Years::Pooled(_))),
            breaks: breaks(data, id),
            single,
            underlying,
        }
    }

    /// Is it the number of residents?
    fn is_residents(&self) -> bool {
        self.id.as_str() == RESIDENTS
    }

    /// Is it this indicator's, of the same year?
    pub fn is_of(&self, indicator: &IndicatorId, years_back: u8) -> bool {
        self.id == indicator && self.years_back == years_back
    }

    /// What is known of an area, to forecast the list of the year `next`.
    pub fn series(&self, data: Data, sizes: &Sizes, lists: &Lists, area: usize, next: i32) -> Series {
        let own = self.own(data, sizes, area, next);
        if own.points.values().any(|point| !matches!(point, Known::Missing(_))) {
            return own;
        }
        self.published(data, sizes, lists, area)
    }

    fn own(&self, data: Data, sizes: &Sizes, area: usize, next: i32) -> Series {
        let (Some(last), true) = (self.years.last(), sizes.allow(data, area, self.id, self.indicator)) else {
            return Series::default();
        };
        let rule = protection(data, self.id, area);
        let years_back = i32::from(self.years_back);
        let value = |period: &Period| {
            let value = measure(data, &self.indicator.method, Scope::Area(area), *period);
            Some((year(*period)? + years_back, shown(rule, value).map(|value| value.value)))
        };
        Series {
            points: self.years.iter().map(|year| (*year, self.point(data, rule, area, *year))).collect(),
            values: self.periods.iter().filter_map(value).collect(),
            window: self.window,
            pooled: self.pooled,
            years_back,
            lead: (next - years_back - last).max(0),
            breaks: self.breaks.clone(),
            published: false,
        }
    }

    /// One single year.
    fn point(&self, data: Data, rule: Protection, area: usize, year: i32) -> Known<Point> {
        let (scope, period) = (Scope::Area(area), period(year));
        if let (Method::Relative(method), Some((_, indicator, _))) = (&self.single, &self.underlying) {
            let single = relative::single_year(data, method, scope, period);
            return single.and_then(|(own, factor)| {
                let point = Point {
                    value: own.value.times(factor),
                    ..self.point_of(indicator, &own, factor.to_f64())
                };
                shown(rule, Known::Is(own)).map(|_| point)
            });
        }
        let own = shown(rule, measure(data, &self.single, scope, period));
        own.map(|own| self.point_of(self.indicator, &own, 1.0))
    }

    /// What a measurement says of its own chance, times a factor.
    fn point_of(&self, indicator: &Indicator, own: &Measurement, factor: f64) -> Point {
        let base = if self.is_residents() { Some(own.value) } else { own.base };
        let swing = swing(&indicator.method, own.value, base);
        Point { value: own.value, base, swing: swing * factor }
    }

    /// The published values, in the terms of the criterion's limit.
    fn published(&self, data: Data, sizes: &Sizes, lists: &Lists, area: usize) -> Series {
        let years_back = i32::from(self.years_back);
        let mut series = Series {
            window: 1,
            years_back,
            lead: 1,
            breaks: self.breaks.clone(),
            published: true,
            ..Series::default()
        };
        for list in &lists.lists {
            let entry = list.official.and_then(|(_, list)| list.get(&area));
            let Some(entry) = entry else { continue };
            let people = entry.residents().map(|residents| Ratio::whole(residents.into()));
            let judging = Judging { data, sizes, lists, list, area };
            let found = match self.criterion {
                Some(criterion) if !self.is_residents() => published(judging, criterion, people),
                _ => people.map(|people| Point { value: people, base: Some(people), swing: people.to_f64() }),
            };
            if let Some(point) = found {
                let year = i32::from(list.date.year);
                series.points.insert(year - years_back, Known::Is(point));
                series.values.insert(year, Known::Is(point.value));
            }
        }
        series
    }

    /// The published values of the program that a stretch of single years stands in; none where those are the ministry's.
    pub fn ids(&self, data: Data, series: &Series, area: usize, (first, last): (i32, i32)) -> Vec<ValueId> {
        if series.published {
            return Vec::new();
        }
        let area = data.area(area);
        let within =
            |at: &&Period| year(**at).is_some_and(|year| first + self.window - 1 <= year && year <= last);
        let mut ids = Vec::new();
        for at in self.periods.iter().filter(within) {
            ids.push(ValueId::own(self.id.as_str(), area, *at));
            if let Some((id, _, periods)) = &self.underlying
                && periods.binary_search(at).is_ok()
            {
                ids.push(ValueId::own(id.as_str(), area, *at));
            }
        }
        ids
    }

    /// What a stretch of single years tells; nothing where those are the ministry's.
    pub fn tells(&self, data: Data, series: &Series, area: usize, (first, last): (i32, i32)) -> Vec<Told> {
        if series.published {
            return Vec::new();
        }
        let zone = Scope::Area(area).into();
        let year = |year| match (&self.single, &self.underlying) {
            (Method::Relative(method), Some(_)) => {
                relative::single_year_tells(data, method, &zone, period(year))
            }
            _ => methods::of(&self.single).tells(data, &zone, period(year)),
        };
        in_order((first..=last).flat_map(year))
    }
}

/// The published value of a criterion; of so many times the country's the published share over the country's.
fn published(
    judging: Judging,
    (id, criterion): (&CriterionId, &Criterion),
    people: Option<Ratio>,
) -> Option<Point> {
    let terms = judging.terms(criterion)?;
    let value = Ratio::of(judging.official(&terms, (id, criterion), 0)?);
    let factor = match terms.times {
        Some(_) => {
            let limit =
                judging.limit((id, criterion), &terms, judging.list.data_period(criterion)).value.get()?;
            Ratio::of(***criterion.is.number()).over(limit)?
        }
        None => Ratio::whole(1),
    };
    let swing = swing(&terms.indicator.1.method, value, people) * factor.to_f64();
    Some(Point { value: value.times(factor), base: people, swing })
}

/// How far chance moves a value for each person: by √p(1−p) in per cent for a share, in proportion for anything else.
fn swing(method: &Method, value: Ratio, base: Option<Ratio>) -> f64 {
    if !matches!(method, Method::Share(_)) {
        return value.to_f64().abs();
    }
    // A share of nobody can be one of somebody next year: half a person stands in for none.
    let half = base.map_or(0.0, |base| 0.5 / base.to_f64().max(1.0));
    let p = (value.to_f64() / 100.0).max(half).min(1.0 - half);
    100.0 * (p * (1.0 - p)).max(0.0).sqrt()
}

/// A measurement that may be shown by itself.
fn shown(rule: Protection, own: Known<Measurement>) -> Known<Measurement> {
    own.and_then(|own| if is_too_small(&own.exposes, rule) { Known::Withheld } else { Known::Is(own) })
}

/// The years from which an indicator has another definition.
fn breaks(data: Data, id: &IndicatorId) -> BTreeSet<i32> {
    let declared = data.catalogue.breaks.iter().filter_map(|(_, declared)| declared.from.value.parse().ok());
    let years: BTreeSet<i32> = declared.map(|from: Period| i32::from(from.year())).collect();
    let broken = |at: &i32| breaks::between(data.catalogue, id, period(at - 1), period(*at));
    years.into_iter().filter(broken).collect()
}

fn year(period: Period) -> Option<i32> {
    match period {
        Period::Year(year) => Some(i32::from(year)),
        Period::Half(..) | Period::Quarter(..) | Period::Month(..) => None,
    }
}

pub(super) fn period(year: i32) -> Period {
    Period::Year(u16::try_from(year).unwrap_or_default())
}

/// Why there is no figure: one is not shown, or the first that is missing.
pub(super) fn why_none<T, U>(all: &[Known<T>]) -> Known<U> {
    if all.iter().any(|one| matches!(one, Known::Withheld)) {
        return Known::Withheld;
    }
    let missing = all.iter().find_map(|one| match one {
        Known::Missing(missing) => Some(*missing),
        Known::Is(_) | Known::Withheld => None,
    });
    Known::Missing(missing.unwrap_or(Missing::NoData))
}
