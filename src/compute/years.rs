//! Numerators and denominators over several years.

use super::{
    publication::Missing,
    ratio::Ratio,
    raw::{Cell, Exposure, Known, Raw, Scope},
};
use crate::{
    catalogue::Years,
    ids::{Period, PopulationId},
};

/// A numerator and its denominator in one year, in thousandths.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Year {
    pub part: Cell,
    pub whole: Cell,
}

impl Year {
    /// How many people it is based on.
    pub fn people(&self) -> f64 {
        self.whole.sum as f64 / 1000.0
    }
}

/// The latest year and those before it that the method takes, latest first. Known only if every one of them is.
pub(in crate::compute) fn years_of(
    raw: &Raw,
    part: &PopulationId,
    whole: Option<&PopulationId>,
    years: Option<&Years>,
    scope: Scope,
    period: Period,
) -> Known<Vec<Year>> {
    let (Some(part), whole) = (raw.series.get(part), whole.map(|id| raw.series.get(id))) else {
        return Known::Missing(Missing::NoData);
    };
    let mut all = Vec::new();
    for back in 0..count(years) {
        let period = period.years_back(back);
        let year = part.cell(scope, period).and_then(|part| match whole {
            Some(Some(whole)) => whole.cell(scope, period).map(|whole| Year { part, whole }),
            Some(None) => Known::Missing(Missing::NoData),
            None => Known::Is(Year { part, whole: rows_of(part) }),
        });
        match year {
            Known::Is(year) => all.push(year),
            Known::Withheld => return Known::Withheld,
            Known::Missing(missing) => return Known::Missing(missing),
        }
    }
    Known::Is(all)
}

/// How many years a value takes.
pub(in crate::compute) fn count(years: Option<&Years>) -> i32 {
    years.map_or(1, |years| i32::from(years.count()).max(1))
}

/// The quotient over the years: the mean of the years' quotients, or sum over sum.
pub(in crate::compute) fn quotient(all: &[Year], years: Option<&Years>) -> Known<Ratio> {
    let quotient = match years {
        Some(Years::Pooled(_)) => {
            let sum = |of: fn(&Year) -> i128| all.iter().map(of).sum();
            Ratio::new(sum(|year| year.part.sum), sum(|year| year.whole.sum))
        }
        Some(Years::MeanOf(_)) | None => {
            let mut each = all.iter().map(|year| Ratio::new(year.part.sum, year.whole.sum));
            let sum = each.try_fold(Ratio::ZERO, |sum, quotient| Some(sum.plus(quotient?)));
            sum.and_then(|sum| sum.over(Ratio::whole(all.len() as i128)))
        }
    };
    Known::or(quotient, Missing::EmptyBase)
}

/// One year's mean denominator: the same people are counted every year, so years are never added up.
pub(in crate::compute) fn mean_whole(all: &[Year]) -> Ratio {
    let sum: i128 = all.iter().map(|year| year.whole.sum).sum();
    Ratio::new(sum, 1000 * all.len() as i128).unwrap_or(Ratio::ZERO)
}

/// What a quotient of part and whole exposes in each of its years.
pub(in crate::compute) fn shares(all: &[Year]) -> Vec<Exposure> {
    all.iter().map(|year| Exposure::Share { part: year.part.sum, whole: year.whole.sum }).collect()
}

/// The number of rows as a denominator.
fn rows_of(part: Cell) -> Cell {
    let rows = i128::from(part.rows);
    Cell { sum: rows * 1000, squares: rows * 1_000_000, rows: part.rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(part: i128, whole: i128) -> Year {
        let cell = |n: i128| Cell { sum: n * 1000, squares: n * 1_000_000, rows: n as i64 };
        Year { part: cell(part), whole: cell(whole) }
    }

    fn at<T>(value: T) -> crate::catalogue::At<T> {
        let file =
            std::sync::Arc::new(crate::diagnostics::SourceFile { name: String::new(), text: String::new() });
        crate::catalogue::At { value, place: crate::diagnostics::Place { file, offset: 0, len: 0 } }
    }

    #[test]
    fn the_mean_of_shares_gives_each_year_the_same_weight_and_pooling_does_not() {
        let all = [year(10, 100), year(30, 900)];
        let mean = quotient(&all, Some(&Years::MeanOf(at(2)))).get();
        let pooled = quotient(&all, Some(&Years::Pooled(at(2)))).get();
        assert!(mean == Ratio::new(1, 15));
        assert!(pooled == Ratio::new(40, 1000));
    }

    #[test]
    fn a_year_without_a_base_leaves_no_mean() {
        let all = [year(10, 100), year(0, 0)];
        assert!(matches!(quotient(&all, Some(&Years::MeanOf(at(2)))), Known::Missing(Missing::EmptyBase)));
    }

    #[test]
    fn the_base_of_a_mean_is_one_years_mean_base() {
        assert!(mean_whole(&[year(1, 400), year(1, 410)]) == Ratio::whole(405));
    }
}
