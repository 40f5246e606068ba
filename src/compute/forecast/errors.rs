//! Past errors: the same forecast made for every past list and area, and how far off it was, all figures of an area and list
//! kept together.
//!
//! The errors of one year share a shock (a slump hits every area), and those of one area hang together (fewer in work, lower
//! incomes). So the vector of an area and list is one observation, whole or not at all: an area of which a figure is missing or
//! may not be shown gives none. Between areas an error is carried over in units of √p(1−p)/N (relative to the value over √N,
//! for incomes and residents).

use std::collections::{BTreeMap, BTreeSet};

use super::series::{Forecast, Series};
use crate::compute::{ratio::Ratio, raw::Known};

/// The years of past errors without which nothing is forecast.
pub const ENOUGH_YEARS: i64 = 6;
/// The errors, over all areas and years, without which nothing is forecast.
pub const ENOUGH_ERRORS: i64 = 30;
/// The share of like cases, per cent, that a stated interval is meant to hold.
pub(super) const STATED: usize = 80;
/// A list is forecast in the back-test when so many came before it.
const EARLIER: usize = 3;

/// One figure of one area on one past list: what was forecast, without and with the slope, and what came.
pub(super) struct Tried {
    pub actual: Ratio,
    plain: Forecast,
    sloped: Forecast,
}

impl Tried {
    pub fn forecast(&self, slope: bool) -> Forecast {
        if slope { self.sloped } else { self.plain }
    }

    pub fn error(&self, slope: bool) -> f64 {
        self.actual.minus(self.forecast(slope).value).to_f64()
    }
}

/// One area on one past list, all figures of it.
pub(super) struct Case {
    pub list: i32,
    /// The place of the area among those that are forecast.
    pub area: usize,
    pub figures: Vec<Tried>,
}

/// The forecasts of past lists, by list, then area; and which of them the back-test is over.
pub(super) struct Past {
    pub cases: Vec<Case>,
    /// The lists with at least three lists before them.
    pub tested: BTreeSet<i32>,
    /// Which figures are forecast with half the yearly slope.
    pub slopes: Vec<bool>,
}

impl Past {
    /// Forecasts every list up to `latest` with what was known a year before. `areas`: each area's figures.
    pub fn new(areas: &[Vec<Series>], latest: i32) -> Self {
        let mut lists = BTreeSet::new();
        let mut cases = Vec::new();
        for (area, figures) in areas.iter().enumerate() {
            let years: BTreeSet<i32> =
                figures.iter().flat_map(|series| series.values.keys().copied()).collect();
            for list in years.into_iter().filter(|list| *list <= latest) {
                if figures.iter().all(|series| matches!(series.values.get(&list), Some(Known::Is(_)))) {
                    lists.insert(list);
                    cases.extend(tried(figures, list).map(|figures| Case { list, area, figures }));
                }
            }
        }
        cases.sort_by_key(|case| (case.list, case.area));
        let tested: BTreeSet<i32> = lists.into_iter().skip(EARLIER).collect();
        let mut past = Self { cases, tested, slopes: Vec::new() };
        past.slopes = (0..areas.first().map_or(0, Vec::len)).map(|figure| past.slope_helps(figure)).collect();
        past
    }

    /// The forecasts that the back-test is over.
    pub fn tested(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| self.tested.contains(&case.list))
    }

    /// Is the mean absolute error with half the slope below that of no change?
    fn slope_helps(&self, figure: usize) -> bool {
        let sum = |slope| self.tested().map(|case| case.figures[figure].error(slope).abs()).sum::<f64>();
        sum(true) < sum(false)
    }

    /// All errors, ready to be carried over to another area.
    pub fn pool(&self) -> Pool {
        let vector = |case: &Case| {
            let figures = case.figures.iter().zip(&self.slopes);
            let error = |(tried, slope): (&Tried, &bool)| {
                let (error, scale) = (tried.error(*slope), tried.forecast(*slope).scale);
                if scale > 0.0 { error / scale } else { 0.0 }
            };
            Vector { list: case.list, errors: figures.map(error).collect() }
        };
        Pool { vectors: self.cases.iter().map(vector).collect() }
    }
}

/// All figures of an area on a list, if every one was forecast.
fn tried(figures: &[Series], list: i32) -> Option<Vec<Tried>> {
    let one = |series: &Series| {
        let actual = series.values.get(&list).copied()?.get()?;
        let (plain, sloped) = (series.forecast(list, false).get()?, series.forecast(list, true).get()?);
        Some(Tried { actual, plain, sloped })
    };
    figures.iter().map(one).collect()
}

/// The errors of one area and list, each in units of its scale.
pub(super) struct Vector {
    pub list: i32,
    pub errors: Vec<f64>,
}

/// All past errors.
pub(super) struct Pool {
    pub vectors: Vec<Vector>,
}

impl Pool {
    /// How many years they are from.
    pub fn years(&self) -> i64 {
        self.vectors.iter().map(|vector| vector.list).collect::<BTreeSet<_>>().len() as i64
    }

    /// Are there enough of them to forecast?
    pub fn is_enough(&self) -> bool {
        self.years() >= ENOUGH_YEARS && self.vectors.len() as i64 >= ENOUGH_ERRORS
    }

    /// Those of all lists but one.
    pub fn without(&self, list: Option<i32>) -> impl Iterator<Item = &Vector> {
        self.vectors.iter().filter(move |vector| Some(vector.list) != list)
    }

    /// The half width of the stated interval of a figure, in units of its scale; by the errors of all lists but one.
    pub fn radius(&self, figure: usize, without: Option<i32>) -> Option<f64> {
        radius(self.without(without).map(|vector| vector.errors[figure].abs()).collect(), STATED)
    }

    /// The same for every list that is left out in turn.
    pub fn radii(&self, figure: usize, lists: &BTreeSet<i32>) -> BTreeMap<i32, f64> {
        lists.iter().filter_map(|list| Some((*list, self.radius(figure, Some(*list))?))).collect()
    }
}

/// The ⌈(n+1)·stated⌉-th smallest absolute error: an interval of that half width holds the stated share of like cases, whatever
/// the errors' distribution (Vovk, Gammerman and Shafer, 2005, Algorithmic Learning in a Random World). `None` with too few.
fn radius(mut errors: Vec<f64>, stated: usize) -> Option<f64> {
    errors.sort_by(f64::total_cmp);
    let rank = ((errors.len() + 1) * stated).div_ceil(100);
    errors.get(rank - 1).copied()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{super::series::tests::share, *};

    /// The worked example of 19 pooled errors.
    pub const NINETEEN: [f64; 19] = [
        -1.9, -1.2, -0.8, -0.7, -0.4, -0.3, -0.1, 0.0, 0.2, 0.2, 0.4, 0.5, 0.6, 0.9, 1.1, 1.3, 1.6, 2.2, 2.4,
    ];

    #[test]
    fn the_radius_is_the_sixteenth_of_nineteen_errors_at_80_per_cent_and_the_last_at_95() {
        let errors = || NINETEEN.iter().map(|error| error.abs()).collect::<Vec<f64>>();
        assert_eq!(radius(errors(), 80), Some(1.6));
        assert_eq!(radius(errors(), 95), Some(2.4));
        assert_eq!(radius(vec![1.0, 2.0, 3.0], 80), None);
    }

    #[test]
    fn six_years_and_thirty_errors_are_enough_and_fewer_are_not() {
        let pool = |years: i32, each: usize| Pool {
            vectors: (0..years)
                .flat_map(|list| (0..each).map(move |_| Vector { list, errors: vec![0.0] }))
                .collect(),
        };
        assert!(pool(6, 5).is_enough());
        assert!(!pool(5, 30).is_enough() && !pool(7, 4).is_enough());
    }

    #[test]
    fn an_error_of_a_small_area_is_smaller_in_a_larger_one() {
        let small = share(&["40", "42"], 400, 1);
        let large = share(&["40", "42"], 1600, 1);
        let past = Past::new(&[vec![small]], 2017);
        let error = past.pool().vectors[0].errors[0];
        let carried = error * large.forecast(2017, false).get().map_or(f64::NAN, |forecast| forecast.scale);
        assert!((past.cases[0].figures[0].error(false) - 2.0).abs() < 1e-9);
        assert!((carried - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_slope_that_does_not_help_is_left_out() {
        let steady = ["30", "31", "32", "33", "34", "35", "36", "37", "38"];
        let zigzag = ["30", "34", "30", "34", "30", "34", "30", "34", "30"];
        let slopes = |values| Past::new(&[vec![share(values, 900, 1)]], 2024).slopes;
        assert_eq!(slopes(&steady), [true]);
        assert_eq!(slopes(&zigzag), [false]);
    }

    #[test]
    fn an_area_of_which_a_figure_is_missing_gives_no_vector() {
        let mut other = share(&["40", "41", "42", "43"], 900, 1);
        other.values.insert(2018, Known::Withheld);
        let past = Past::new(&[vec![share(&["40", "41", "42", "43"], 900, 1), other]], 2019);
        let lists: Vec<i32> = past.cases.iter().map(|case| case.list).collect();
        assert_eq!(lists, [2017, 2019]);
    }
}
