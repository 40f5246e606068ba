//! What is known of one figure of the legal test in one area, year by year, and what it is forecast to be on a list.
//!
//! A mean of two years has one half known before the list comes, so only the unknown year is forecast, and the mean is taken as
//! the law takes it. Where nothing but the published values of lists is known, each of them counts as a year of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::point;
use crate::{
    compute::{publication::Missing, ratio::Ratio, raw::Known},
    numbers::Decimal,
};

/// So many years after the last known one there is no forecast.
const TOO_FAR: i32 = 3;
/// Decimals of a slope that is added to an exact value.
const FINE: u8 = 9;

/// One year of one area.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub value: Ratio,
    /// How many people it is of, where that is known.
    pub base: Option<Ratio>,
    /// How far chance moves it for each person: √p(1−p) of a share, the value itself of sums and numbers.
    pub swing: f64,
}

impl Point {
    /// What an error is measured in, so that it can be carried from one area to another of another size.
    pub fn scale(&self) -> f64 {
        self.swing / self.base.map_or(1.0, |base| base.to_f64().max(1.0)).sqrt()
    }
}

/// One figure of one area.
#[derive(Clone, Default)]
pub(super) struct Series {
    /// Single years, by the year of the data.
    pub points: BTreeMap<i32, Known<Point>>,
    /// The value on each list, by the list's year, exactly as the rules take it.
    pub values: BTreeMap<i32, Known<Ratio>>,
    /// How many years a list's value takes.
    pub window: i32,
    /// Are its years pooled? Else each has the same weight.
    pub pooled: bool,
    /// How many years before the list's year its last one is.
    pub years_back: i32,
    /// How many years after the last known one the last year of the next list's value is.
    pub lead: i32,
    /// The years from which another definition holds.
    pub breaks: BTreeSet<i32>,
    /// Are they the published values of lists?
    pub published: bool,
}

/// A forecast of a list's value.
#[derive(Clone, Copy)]
pub(super) struct Forecast {
    pub value: Ratio,
    /// What its errors are measured in.
    pub scale: f64,
    /// The years of data that it is made from: the first and the last.
    pub from: (i32, i32),
    /// How many people the last one is of.
    pub base: Option<Ratio>,
}

impl Series {
    /// What would have been forecast for a list with what was known a year before it; `slope`: with half the yearly slope.
    pub fn forecast(&self, list: i32, slope: bool) -> Known<Forecast> {
        let target = list - self.years_back;
        let last = target - self.lead;
        if self.lead >= TOO_FAR {
            return Known::Missing(Missing::NoData);
        }
        // What came of the forecast is counted in another way. Of a list to come nobody knows by how much: it is forecast as if
        // nothing were changed, and the page says so.
        if self.points.contains_key(&target) && self.is_broken(last, target) {
            return Known::Missing(Missing::Break);
        }
        self.history(last).and_then(|history| {
            let first = last + 1 - history.len() as i32;
            let values: Vec<f64> = history.iter().map(|point| point.value.to_f64()).collect();
            let half = point::half_slope(&values).filter(|_| slope).unwrap_or(0.0);
            let newest = history[history.len() - 1];
            let mut years = Vec::new();
            for year in target - self.window + 1..=target {
                years.push(if year > last {
                    ahead(newest, half * f64::from(year - last))
                } else if year >= first {
                    history[(year - first) as usize]
                } else {
                    return self.why_none(year, last);
                });
            }
            let scale = newest.scale();
            Known::or(self.mean(&years), Missing::EmptyBase).map(|value| Forecast {
                value,
                scale,
                from: (first, last),
                base: newest.base,
            })
        })
    }

    /// The known years in a row that end in `last`, within one definition; the oldest first.
    fn history(&self, last: i32) -> Known<Vec<Point>> {
        let newest = self.points.get(&last).copied().unwrap_or(Known::Missing(Missing::NoData));
        newest.map(|newest| {
            let mut history = vec![newest];
            for year in (0..last).rev() {
                match self.points.get(&year) {
                    Some(Known::Is(point)) if !self.breaks.contains(&(year + 1)) => history.push(*point),
                    _ => break,
                }
            }
            history.reverse();
            history
        })
    }

    /// The list's value of its years.
    fn mean(&self, years: &[Point]) -> Option<Ratio> {
        let weight = |point: &Point| point.base.filter(|_| self.pooled).unwrap_or(Ratio::whole(1));
        let sum = years.iter().fold(Ratio::ZERO, |sum, point| sum.plus(point.value.times(weight(point))));
        sum.over(years.iter().fold(Ratio::ZERO, |sum, point| sum.plus(weight(point))))
    }

    /// Does another definition hold in `until` than in `since`?
    fn is_broken(&self, since: i32, until: i32) -> bool {
        since < until && self.breaks.range(since + 1..=until).next().is_some()
    }

    fn why_none(&self, year: i32, last: i32) -> Known<Forecast> {
        match self.points.get(&year) {
            Some(Known::Withheld) => Known::Withheld,
            _ if self.is_broken(year, last) => Known::Missing(Missing::Break),
            _ => Known::Missing(Missing::NoData),
        }
    }
}

/// The newest year moved on.
fn ahead(newest: Point, by: f64) -> Point {
    let by = Decimal::from_f64(by, FINE).map_or(Ratio::ZERO, Ratio::of);
    Point { value: newest.value.plus(by), ..newest }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A share of so many people, from 2015 on, over `window` years; lists come a year after the data.
    pub fn share(values: &[&str], people: i128, window: i32) -> Series {
        let point = |text: &&str| {
            let value = Decimal::parse(text).map_or(Ratio::ZERO, Ratio::of);
            let p = value.to_f64() / 100.0;
            Point { value, base: Some(Ratio::whole(people)), swing: 100.0 * (p * (1.0 - p)).sqrt() }
        };
        let points: Vec<Point> = values.iter().map(point).collect();
        let mut series = Series { window, years_back: 1, lead: 1, ..Series::default() };
        series.points = (2015..).zip(points.iter().map(|point| Known::Is(*point))).collect();
        let means = points.windows(window as usize).filter_map(|years| series.mean(years));
        series.values = (2015 + window..).zip(means.map(Known::Is)).collect();
        series
    }

    fn told(forecast: Known<Forecast>) -> String {
        match forecast {
            Known::Is(forecast) => forecast.value.round(3).map(|value| value.to_string()).unwrap_or_default(),
            Known::Withheld => "withheld".into(),
            Known::Missing(missing) => format!("{missing:?}"),
        }
    }

    #[test]
    fn a_mean_of_two_years_has_its_first_year_known() {
        // 2015-2020; the list of 2022 takes 2020 (41.7) and 2021, forecast at 41.7 + 0.35.
        let series = share(&["38.2", "39.0", "39.6", "40.9", "40.9", "41.7"], 800, 2);
        assert_eq!(told(series.forecast(2022, true)), "41.875");
        assert_eq!(told(series.forecast(2022, false)), "41.700");
        // Made a year before it, the forecast for the list of 2021 knows nothing of 2020.
        assert_eq!(told(series.forecast(2021, false)), "40.900");
    }

    #[test]
    fn a_single_year_is_forecast_by_itself() {
        let series = share(&["38.2", "39.0", "39.6", "40.9", "40.9", "41.7"], 800, 1);
        assert_eq!(told(series.forecast(2022, true)), "42.050");
    }

    #[test]
    fn no_slope_is_fitted_and_no_value_carried_across_a_break() {
        let mut series = share(&["38.2", "39.0", "39.6", "40.9", "40.9", "41.7"], 800, 1);
        series.breaks = BTreeSet::from([2018]);
        // 2018-2020: three years of one definition.
        assert_eq!(told(series.forecast(2022, true)), "41.700");
        series.breaks = BTreeSet::from([2021]);
        assert_eq!(told(series.forecast(2022, true)), "42.050", "nobody knows yet what the break does");
        series.points.insert(2021, series.points[&2020]);
        assert_eq!(told(series.forecast(2022, true)), "Break");
        series.window = 2;
        series.breaks = BTreeSet::from([2020]);
        assert_eq!(told(series.forecast(2021, true)), "Break");
    }

    #[test]
    fn what_may_not_be_shown_is_no_part_of_a_forecast() {
        let mut series = share(&["38.2", "39.0", "39.6", "40.9", "40.9", "41.7"], 800, 2);
        series.points.insert(2017, Known::Withheld);
        assert_eq!(told(series.forecast(2022, true)), "41.700");
        series.points.insert(2020, Known::Withheld);
        assert_eq!(told(series.forecast(2022, true)), "withheld");
    }

    #[test]
    fn a_value_that_is_known_before_the_list_is_no_guess() {
        let mut series = share(&["38.2", "39.0", "39.6"], 800, 2);
        series.lead = 0;
        assert_eq!(told(series.forecast(2018, true)), "39.300");
    }
}
