//! Trend over five years: does a share rise or fall, year by year?
//!
//! The chi-square test of slope in proportions (Cochran-Armitage), over the last five single years: never over rolling means,
//! which are not independent, and never across a break. A trend is called one when the test is sure at 99 per cent and the
//! line moves by at least what the indicator declares to matter. Each year counts with the number of people that its interval
//! counts with, so weights, households and a design effect count here too.
//!
//! Where mostly the same residents are counted each year the years are not independent either: the test is a guide. It is too
//! cautious about change among those who stay, and too ready where one event moves everybody.
//!
//! References: Armitage (1955), Biometrics 11, 375-386; OHID, Fingertips, trend markers (five points, no rolling averages).

use super::{
    breaks,
    compare::verdict,
    disclose::told::{Told, in_order},
    indicators::Measured,
    interval::{P99, Share},
    publication::{Fact, Missing, Trend, prefixed},
    ratio::Ratio,
    raw::{Known, Offer, Scope},
    small_places::Size,
    years::{self, Year},
};
use crate::{catalogue::Method, ids::ValueId, numbers::Decimal};

/// Years that a trend takes.
const YEARS: i32 = 5;
/// Decimals that are kept where floating point is compared with what matters.
const FINE: u8 = 9;

/// The trend that ends in this value: only of shares, and where five single years are there.
pub(in crate::compute) fn offer(measured: &Measured, area: usize, number: usize) -> Option<Offer> {
    let Method::Share(share) = &*measured.indicator.method else { return None };
    let inside = (area < measured.municipality()).then_some(area);
    if !measured.allowed(area) || measured.sizes.of(inside) < Size::Full {
        return None;
    }
    let (scope, until) = (inside.map_or(Scope::Municipality, Scope::Area), measured.periods[number]);
    let since = until.years_back(YEARS - 1);
    let mut all: Vec<(Share, Year)> = Vec::new();
    let mut withheld = false;
    for back in (0..YEARS).rev() {
        match share.year(measured.data, scope, until.years_back(back)) {
            Known::Is(year) => all.push(year),
            Known::Withheld => withheld = true,
            Known::Missing(_) => return None,
        }
    }
    let fact = if breaks::between(measured.data.catalogue, measured.id, since, until) {
        Known::Missing(Missing::Break)
    } else if withheld {
        Known::Withheld
    } else {
        let shares: Vec<Share> =
            all.iter().map(|(share, _)| Share { n: measured.people(share.n), ..*share }).collect();
        let trend = judge(measured, area, &shares, (since, until));
        Known::or(trend.map(Fact::Trend), Missing::NoData)
    };
    let zone = scope.into();
    let told = |back| {
        let period = until.years_back(back);
        [&share.part, &share.of].map(|population| Told::sum(population, &zone, period))
    };
    let tells = fact.as_ref().get().map_or_else(Vec::new, |_| in_order((0..YEARS).flat_map(told)));
    let years: Vec<Year> = all.iter().map(|(_, year)| *year).collect();
    let id = measured.value_id(area, number);
    let offer = Offer::new(prefixed("trend", &id), fact, needs(measured, area, number));
    Some(offer.exposing(years::shares(&years), measured.protection(area)).telling(tells))
}

/// The values over the same years.
fn needs(measured: &Measured, area: usize, number: usize) -> Vec<ValueId> {
    let since = measured.periods[number].years_back(YEARS - 1);
    let over = (0..=number).filter(|other| measured.periods[*other] >= since);
    over.map(|other| measured.value_id(area, other)).collect()
}

fn judge(
    measured: &Measured,
    area: usize,
    shares: &[Share],
    (since, until): (crate::ids::Period, crate::ids::Period),
) -> Option<Trend> {
    let Slope { slope, chi_square } = slope(shares);
    let moved = Decimal::from_f64(100.0 * slope * f64::from(YEARS - 1), FINE)?;
    let sure = chi_square > P99.z * P99.z;
    let verdict = verdict(Ratio::of(moved), sure, Ratio::of(*measured.indicator.matters));
    let slope = Decimal::from_f64(100.0 * slope, measured.places(area))?;
    Some(Trend { since, until, slope, verdict })
}

/// A line through the shares of years in a row.
struct Slope {
    /// Per year.
    slope: f64,
    /// The test of no slope, with one degree of freedom.
    chi_square: f64,
}

/// Cochran-Armitage, with the years numbered from 0.
fn slope(shares: &[Share]) -> Slope {
    let (mut people, mut part, mut times, mut squares, mut products) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (t, Share { p, n }) in (0u8..).map(f64::from).zip(shares) {
        people += n;
        part += n * p;
        times += n * t;
        squares += n * t * t;
        products += n * p * t;
    }
    let p = part / people;
    let (moved, spread) = (products - p * times, squares - times * times / people);
    let variance = p * (1.0 - p) * spread;
    Slope {
        slope: if spread > 0.0 { moved / spread } else { 0.0 },
        chi_square: if variance > 0.0 { moved * moved / variance } else { 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R, `prop.trend.test(c(166, 171, 168, 159, 150), c(406, 410, 415, 418, 420))`: X² = 3.431289905, p = 0.0639721.
    #[test]
    fn the_slope_of_shares_is_tested_as_r_does() {
        let years = [(166.0, 406.0), (171.0, 410.0), (168.0, 415.0), (159.0, 418.0), (150.0, 420.0)];
        let shares: Vec<Share> = years.iter().map(|(x, n)| Share { p: x / n, n: *n }).collect();
        let found = slope(&shares);
        assert!((found.chi_square - 3.431_289_905).abs() < 1e-8, "{}", found.chi_square);
        assert!((100.0 * found.slope + 1.4078).abs() < 1e-4, "{}", found.slope);
    }

    #[test]
    fn nobody_and_everybody_have_no_slope() {
        let nobody = [Share { p: 0.0, n: 100.0 }; 5];
        assert!(slope(&nobody).chi_square == 0.0 && slope(&nobody).slope == 0.0);
    }
}
