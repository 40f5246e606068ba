//! Whole households as the units of chance: what the variance of a quotient needs when the members of a household share a trait.
//!
//! With `y` a household's part and `m` its whole, the quotient `p = Σy / Σm` of an area has the variance
//! `Σ(y − p m)² / (Σm)²` (the linearised variance of a ratio under sampling of whole clusters, without the factor `n / (n − 1)`).
//!
//! Reference: Cochran (1977), Sampling Techniques, 3rd edition, section 9A.

use polars::prelude::PolarsResult;
use rayon::prelude::*;

use super::{
    plan::Measure,
    publication::Missing,
    raw::{Known, Scope},
    single::{Groups, Rows},
};
use crate::ids::Period;

/// Sums over the households of an area. A household that lies in two areas counts as one in each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(in crate::compute) struct Moments {
    /// Households with anybody in the part or the whole.
    pub households: i64,
    /// Σ y², in millionths.
    pub part_part: i128,
    /// Σ y m, in millionths.
    pub part_whole: i128,
    /// Σ m², in millionths.
    pub whole_whole: i128,
}

/// The moments of one part and its whole, over all areas and periods.
pub(in crate::compute) struct Clusters {
    periods: Vec<Period>,
    width: usize,
    /// By period, then by area; the municipality last.
    moments: Vec<Moments>,
}

impl Clusters {
    /// The moments of these parts and wholes; `households`: the rows of one household in one place and period.
    pub fn of(rows: &Rows, households: &Groups, pairs: &[(Measure, Measure)]) -> PolarsResult<Vec<Self>> {
        let rows = rows.in_order(households)?;
        pairs.par_iter().map(|pair| Self::of_pair(&rows, households, *pair)).collect()
    }

    fn of_pair(rows: &Rows, households: &Groups, (part, whole): (Measure, Measure)) -> PolarsResult<Self> {
        let placed = &rows.placed;
        let (part, whole) = (rows.values(part)?, rows.values(whole)?);
        let width = placed.municipality() + 1;
        let mut moments = vec![Moments::default(); placed.periods().len() * width];
        for household in households.iter() {
            let (first, mut y, mut m, mut any) = (household.start, 0i128, 0i128, false);
            for row in household {
                let (part, whole) = (part.of(row), whole.of(row));
                any |= part.is_some() || whole.is_some();
                y += i128::from(part.unwrap_or(0));
                m += i128::from(whole.unwrap_or(0));
            }
            let Some(period) = any.then(|| placed.period(first)).flatten() else { continue };
            let one = Moments { households: 1, part_part: y * y, part_whole: y * m, whole_whole: m * m };
            for place in placed.places(first) {
                let sum = &mut moments[period * width + place];
                *sum = sum.plus(one);
            }
        }
        Ok(Self { periods: placed.periods().to_vec(), width, moments })
    }

    /// The sums over a scope.
    pub fn cell(&self, scope: Scope, period: Period) -> Known<Moments> {
        let Ok(row) = self.periods.binary_search(&period) else {
            return Known::Missing(Missing::NoData);
        };
        let moments = &self.moments[row * self.width..(row + 1) * self.width];
        let all = moments[self.width - 1];
        Known::Is(match scope {
            Scope::Area(area) => moments[area],
            Scope::Municipality => all,
            Scope::Rest(area) => all.minus(moments[area]),
            Scope::Sum(areas) => areas.iter().fold(Moments::default(), |sum, area| sum.plus(moments[*area])),
        })
    }
}

impl Moments {
    fn plus(self, other: Self) -> Self {
        Self {
            households: self.households + other.households,
            part_part: self.part_part + other.part_part,
            part_whole: self.part_whole + other.part_whole,
            whole_whole: self.whole_whole + other.whole_whole,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            households: self.households - other.households,
            part_part: self.part_part - other.part_part,
            part_whole: self.part_whole - other.part_whole,
            whole_whole: self.whole_whole - other.whole_whole,
        }
    }

    /// Σ(y − p m)², in persons squared.
    pub fn spread(&self, p: f64) -> f64 {
        let (yy, ym, mm) = (self.part_part as f64, self.part_whole as f64, self.whole_whole as f64);
        ((yy - 2.0 * p * ym + p * p * mm) / 1e6).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_is_the_sum_of_squared_residuals_of_whole_households() {
        // Households of 1, 2, 3 and 4 with 1, 0, 3 and 0 in the part: p = 4/10, residuals 0.6, −0.8, 1.8, −1.6.
        let households = [(1, 1), (0, 2), (3, 3), (0, 4)];
        let moments = households.iter().fold(Moments::default(), |sum, (y, m)| {
            let (y, m) = (y * 1000, m * 1000);
            sum.plus(Moments { households: 1, part_part: y * y, part_whole: y * m, whole_whole: m * m })
        });
        assert_eq!(moments.households, 4);
        assert!((moments.spread(0.4) - 6.8).abs() < 1e-9);
    }
}
