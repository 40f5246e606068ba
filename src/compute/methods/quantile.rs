//! **Quantile**: the number that a given part of the rows is below.
//!
//! # What it says
//! How the lower or upper end lives: the lowest quarter of incomes, the oldest tenth of the dwellings.
//!
//! # Formula
//! Type 7: with n numbers in their order, the number at place `1 + (n - 1) x at`, straight between its neighbours. Exact in
//! fractions. Rows without a number are left out.
//!
//! # Inputs
//! A population with `sum:` or `value:`, whose rows are single persons or dwellings.
//!
//! # Small numbers
//! A quantile lies between two single persons' numbers. It is not given under 20 households, nor under 30 persons where the
//! rows are persons, nor with fewer rows on either side of it than the smallest number that is shown (for a
//! quartile and `at-least: 5` under 20 rows). The 99 per cent interval is the percentile bootstrap over households.
//!
//! # Limits
//! Where many rows have one number (rooms, whole years) it moves in steps.
//!
//! # References
//! Hyndman and Fan (1996), The American Statistician 50, 361-365, type 7; Efron (1979), Annals of Statistics 7, 1-26.

use super::{
    super::{
        Data, bootstrap,
        chance::Chance,
        disclose::told::{Told, Zone},
        lists::Item,
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measure, Measurement, rows,
};
use crate::{
    catalogue::methods::Quantile,
    ids::{Period, PopulationId},
};

impl Measure for Quantile {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        measure(data, &self.of, Ratio::of(**self.at), scope, period)
    }

    fn tells(&self, _: Data, zone: &Zone, period: Period) -> Vec<Told> {
        vec![Told::rows(&self.of, zone, period)]
    }
}

/// The quantile of a population's numbers.
pub(super) fn measure(
    data: Data,
    of: &PopulationId,
    at: Ratio,
    scope: Scope,
    period: Period,
) -> Known<Measurement> {
    rows::of(data, (of, None), scope, period).and_then(|rows| {
        let names = ["quantile", of.as_str(), &at.to_f64().to_string()];
        let limits =
            bootstrap::of_quantile(&rows.items, &rows.households, at.to_f64(), &mut rows.stream(&names));
        let value = Known::or(type_7(&rows.items, at), Missing::EmptyBase);
        value.map(|value| Measurement {
            value,
            base: Some(Ratio::whole(rows.items.len() as i128)),
            chance: limits.map_or(Chance::NotJudged, |(low, high)| Chance::Limits { low, high }),
            parts: None,
            exposes: rows.exposes().into_iter().chain(sides(rows.items.len() as i128, at)).collect(),
        })
    })
}

/// The quantile of type 7; `None` of nothing. `items`: ascending.
pub(super) fn type_7(items: &[Item], at: Ratio) -> Option<Ratio> {
    let place = Ratio::whole(items.len().checked_sub(1)? as i128).times(at);
    let first = place.floor();
    let value = |place: i128| Ratio::thousandths(items[(place as usize).min(items.len() - 1)].value.into());
    let (lower, upper) = (value(first), value(first + 1));
    Some(lower.plus(upper.minus(lower).times(place.minus(Ratio::whole(first)))))
}

/// The numbers of rows below and above.
fn sides(rows: i128, at: Ratio) -> impl Iterator<Item = Exposure> {
    let side = move |at: Ratio| Exposure::Amount(Ratio::whole(rows * 1000).times(at).floor());
    [side(at), side(Ratio::whole(1).minus(at))].into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_lies_between_its_neighbours_as_in_r_and_numpy() {
        // R quantile(x, p, type = 7) and numpy.quantile(x, p, method = "linear") of 1.5, 2, 4, 8, 16.25.
        let items: Vec<Item> = [1500, 2000, 4000, 8000, 16_250]
            .into_iter()
            .zip(0..)
            .map(|(value, household)| Item { value, household, also: true })
            .collect();
        let at = |num, den| type_7(&items, Ratio::new(num, den)?);
        assert!(at(1, 2) == Some(Ratio::whole(4)));
        assert!(at(1, 4) == Some(Ratio::whole(2)));
        assert!(at(1, 10) == Ratio::new(17, 10));
        assert!(at(9, 10) == Ratio::new(1295, 100));
        assert!(type_7(&[], Ratio::ZERO).is_none());
    }
}
