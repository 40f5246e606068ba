//! With how many decimals a value is published: none that its base cannot carry.
//!
//! A share of `N` with `k` decimals is one of about `N / (100 x 10^k)` numerators: with one decimal below `N = 1,000` it gives
//! the numerator away. So a share has a decimal from 1,000, and any number per so many from a base that leaves as many
//! candidates. This spares readers decimals that say nothing; it hides nothing, and whether a number may be shown is judged by
//! its exact parts (see [`super::disclose::policy`]). Values that decide a criterion of the law are printed as the ministry does.

use super::ratio::Ratio;
use crate::{
    catalogue::{Indicator, Unit},
    numbers::Decimal,
};

/// The base from which a mean has a decimal.
const ENOUGH: i128 = 1000;

/// The decimals of an indicator in an area with this base.
pub(in crate::compute) fn places(indicator: &Indicator, base: Option<Ratio>) -> u8 {
    if let Some(fixed) = &indicator.fixed_decimals {
        return fixed.value;
    }
    let declared = indicator.decimals.as_ref().map(|declared| declared.value);
    match (declared, per(indicator.unit)) {
        (Some(declared), _) if indicator.by_law => declared,
        (declared, Some(per)) => {
            let most = declared.unwrap_or(if indicator.unit == Unit::Ratio { 2 } else { 1 });
            carried(most, per, base)
        }
        (Some(declared), None) => declared,
        (None, None) => usual(indicator.unit, base),
    }
}

/// Of how many a value gives so many, where it is a number out of its base; `None` for other values.
fn per(unit: Unit) -> Option<i128> {
    match unit {
        Unit::Percent | Unit::Points | Unit::Index | Unit::Per100 => Some(100),
        Unit::Per1000 => Some(1000),
        Unit::Per10000 => Some(10_000),
        Unit::Ratio => Some(1),
        _ => None,
    }
}

/// The most decimals with which another numerator would be as near to the value.
fn carried(most: u8, per: i128, base: Option<Ratio>) -> u8 {
    let Some(base) = base else { return 0 };
    let carries = |places: &u8| base >= Ratio::whole(per * 10i128.pow(u32::from(*places)));
    (1..=most).rev().find(carries).unwrap_or(0)
}

/// The decimals of values that are no number out of their base.
fn usual(unit: Unit, base: Option<Ratio>) -> u8 {
    match unit {
        Unit::Times => 2,
        // Values of every size: a decimal says something whatever the base.
        Unit::Kilometres | Unit::Marks | Unit::PerHectare | Unit::Score => 1,
        Unit::Years | Unit::SquareMetres | Unit::PerSquareKilometre => {
            u8::from(base.is_some_and(|base| base >= Ratio::whole(ENOUGH)))
        }
        _ => 0,
    }
}

/// A limit of an interval, rounded for publication.
pub(in crate::compute) fn round(value: f64, places: u8) -> Option<Decimal> {
    Decimal::from_f64(value, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numerators that a printed share of `whole` can have: all x with (s - h) N <= 100 x <= (s + h) N.
    fn candidates(whole: i64, share: &str) -> Vec<i64> {
        let (low, high) = Decimal::parse(share).expect("a decimal").bounds();
        let fits = |part: &i64| {
            let scaled = 100.0 * *part as f64;
            low * whole as f64 <= scaled + 1e-9 && scaled <= high * whole as f64 + 1e-9
        };
        (0..=whole).filter(fits).collect()
    }

    /// The decimals of an indicator of this unit and what is written of decimals.
    fn places_of(unit: &str, written: &str, base: i128) -> u8 {
        let text = format!(
            "catalogue: {{ title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }}
sources: {{ f: {{ title: F, file: f.csv, period: {{ year: year }} }} }}
populations: {{ p: {{ from: f, sum: n }} }}
themes: {{ t: T }}
indicators:
  x: {{ title: X, theme: t, method: {{ mean: {{ of: p }} }}, unit: {unit}, higher-is: neutral{written} }}
"
        );
        let (catalogue, _) = crate::catalogue::load_str("a.yaml", &text).unwrap_or_else(|e| panic!("{e:#?}"));
        places(catalogue.indicator(&"x".into()).expect("declared"), Some(Ratio::whole(base)))
    }

    #[test]
    fn what_a_printed_share_gives_away() {
        // Found by trying every numerator.
        let sets: [(i64, &str, &[i64]); 8] = [
            (27, "11.1", &[3]),
            (27, "11", &[3]),
            (143, "2.1", &[3]),
            (143, "2", &[3]),
            (640, "1", &[4, 5, 6, 7, 8, 9]),
            (1850, "3.4", &[62, 63]),
            (2400, "41.3", &[990, 991, 992]),
            (40, "33", &[13]),
        ];
        for (whole, share, numerators) in sets {
            assert_eq!(candidates(whole, share), numerators, "{share} per cent of {whole}");
        }
    }

    #[test]
    fn one_decimal_more_would_give_every_numerator_away_and_those_printed_do_not() {
        let leaves_one = |whole: i64, places: u8| {
            let printed = |part: i64| Decimal::from_ratio(100 * i128::from(part), whole.into(), places);
            (1..whole).all(|part| printed(part) != printed(part - 1) && printed(part) != printed(part + 1))
        };
        for whole in [100, 143, 640, 999, 1001, 1850, 9999, 10_001] {
            let places = places_of("percent", ", decimals: 2", whole.into());
            assert!(!leaves_one(whole + 1, places), "{places} decimals of {whole}");
            assert!(leaves_one(whole - 2, places + 1), "one decimal more of {whole}");
        }
    }

    #[test]
    fn a_number_out_of_its_base_has_the_decimals_that_the_base_carries() {
        let bases = |unit: &str, written: &str| {
            [99, 999, 1000, 9999, 10_000, 100_000].map(|base| places_of(unit, written, base))
        };
        assert_eq!(bases("percent", ""), [0, 0, 1, 1, 1, 1]);
        assert_eq!(bases("percent", ", decimals: 0"), [0; 6]);
        assert_eq!(bases("points", ", decimals: 2"), [0, 0, 1, 1, 2, 2]);
        assert_eq!(bases("per-1000", ", decimals: 1"), [0, 0, 0, 0, 1, 1]);
        assert_eq!(bases("per-10000", ""), [0, 0, 0, 0, 0, 1]);
        assert_eq!(bases("ratio", ""), [1, 2, 2, 2, 2, 2]);
        assert_eq!(bases("percent", ", fixed-decimals: 1"), [1; 6]);
        assert_eq!(bases("years", ", decimals: 1"), [1; 6]);
        assert_eq!(bases("years", ""), [0, 0, 1, 1, 1, 1]);
    }
}
