//! Where areas of a size lie by chance alone, and whether the areas of a layer differ by more than that.
//!
//! The limits of a funnel are those of an area's number of people around the comparator: `p₀ ∓ z √(p₀ (1 − p₀) / n)` at 99 per
//! cent. For social traits nearly all areas differ by more than chance (phi well over 1), so a funnel warns about small areas;
//! it ranks nothing. Both are of the latest period, and of shares only.
//!
//! References: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202; DerSimonian and Laird (1986), Controlled Clinical
//! Trials 7, 177-188 (tau²).

use super::{
    chance::Chance,
    indicators::Measured,
    interval::{P99, Share},
    methods::Measurement,
    publication::{Fact, Missing, Overdispersion, Value, prefixed},
    raw::{Known, Offer},
};
use crate::{
    ids::{AreaId, ValueId},
    numbers::Decimal,
};

/// Areas that a spread can be told from.
const AREAS: usize = 10;
/// The share of scores at each end that are pulled in to the outermost of the others.
const WINSORISED: f64 = 0.1;

/// The limits around a comparator for an area of this size; `None` where the value is not a share.
pub(in crate::compute) fn offer(
    measured: &Measured,
    (id, comparator): (&ValueId, &ValueId),
    own: &Measurement,
    (other, rounded): (f64, Decimal),
    area: usize,
) -> Option<Offer> {
    let Chance::Share { n } = own.chance else { return None };
    let (low, high) = limits(Share { p: other / 100.0, n }, 0.0);
    let places = measured.places(area);
    let limit = |limit: f64| Decimal::from_f64(100.0 * limit, places);
    let value = Value {
        value: rounded,
        interval: Some((limit(low)?, limit(high)?)),
        part: None,
        whole: None,
        years: measured.all_years(measured.own_years(area)),
    };
    let needs = vec![id.clone(), comparator.clone()];
    Some(Offer::new(prefixed("funnel", comparator), Known::Is(Fact::Value(value)), needs))
}

/// How much the areas of each layer differ beyond chance, at the latest period.
pub(in crate::compute) fn offers(measured: &Measured) -> Vec<Offer> {
    let Some(number) = measured.periods.len().checked_sub(1) else { return Vec::new() };
    let index = &measured.data.raw.index;
    let layers = index.layers.iter().filter(|(_, areas)| !index.is_version(areas));
    let of_layer = |(layer, areas): &(crate::ids::LayerId, std::ops::Range<usize>)| {
        let shares: Vec<(ValueId, Share)> = areas
            .clone()
            .filter(|area| measured.is_publishable(*area, number))
            .filter_map(|area| Some((measured.value_id(area, number), share(measured, area, number)?)))
            .collect();
        let (needs, shares): (Vec<ValueId>, Vec<Share>) = shares.into_iter().unzip();
        if shares.len() < AREAS {
            return None;
        }
        let spread = spread(&shares);
        let fact = spread.and_then(|spread| {
            Some(Fact::Overdispersion(Overdispersion {
                areas: shares.len() as i64,
                phi: Decimal::from_f64(spread.phi, 2)?,
                between: Decimal::from_f64(100.0 * spread.tau_squared.sqrt(), 1)?,
            }))
        });
        let what = format!("overdispersion/{}/{layer}", measured.id);
        let id = ValueId::own(what, &AreaId::municipality(), measured.periods[number]);
        Some(Offer::new(id, Known::or(fact, Missing::NoData), needs))
    };
    layers.filter_map(of_layer).collect()
}

fn share(measured: &Measured, area: usize, number: usize) -> Option<Share> {
    let value = measured.value(area, number).get()?;
    match value.chance {
        Chance::Share { n } => Some(Share { p: value.value.to_f64() / 100.0, n }),
        _ => None,
    }
}

/// The limits around `p` for so many people, with the variance between areas beyond chance.
fn limits(Share { p, n }: Share, tau_squared: f64) -> (f64, f64) {
    let reach = P99.z * (p * (1.0 - p) / n + tau_squared).sqrt();
    ((p - reach).max(0.0), (p + reach).min(1.0))
}

/// What areas differ by.
struct Spread {
    phi: f64,
    tau_squared: f64,
}

/// Phi, the mean of squared scores around the areas' common share with the outermost scores pulled in; and tau², the variance
/// between areas where phi is larger than chance gives. `None` where nobody or everybody has the trait.
fn spread(shares: &[Share]) -> Option<Spread> {
    let people: f64 = shares.iter().map(|share| share.n).sum();
    let p = shares.iter().map(|share| share.n * share.p).sum::<f64>() / people;
    let variance = p * (1.0 - p);
    if variance.is_nan() || variance <= 0.0 {
        return None;
    }
    let mut scores: Vec<f64> =
        shares.iter().map(|share| (share.p - p) * (share.n / variance).sqrt()).collect();
    scores.sort_by(f64::total_cmp);
    let (low, high) = (quantile(&scores, WINSORISED), quantile(&scores, 1.0 - WINSORISED));
    let areas = scores.len() as f64;
    let phi = scores.iter().map(|score| score.clamp(low, high).powi(2)).sum::<f64>() / areas;
    let weights: Vec<f64> = shares.iter().map(|share| share.n / variance).collect();
    let (sum, squares) =
        weights.iter().fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    let beyond = phi > 1.0 + 2.0 * (2.0 / areas).sqrt();
    let tau_squared = ((areas * phi - (areas - 1.0)) / (sum - squares / sum)).max(0.0);
    Some(Spread { phi, tau_squared: if beyond { tau_squared } else { 0.0 } })
}

/// A quantile of sorted numbers (type 7 of Hyndman and Fan 1996, R's default).
fn quantile(sorted: &[f64], at: f64) -> f64 {
    let place = at * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (place - place.floor()) * (above - below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(parts: &[f64], wholes: &[f64]) -> Vec<Share> {
        parts.iter().zip(wholes).map(|(x, n)| Share { p: x / n, n: *n }).collect()
    }

    fn near(a: f64, b: f64, within: f64) {
        assert!((a - b).abs() < within, "{a}, expected {b}");
    }

    /// Computed in R with Spiegelhalter's formulas (winsorised at 10 and 90 per cent, quantile type 7).
    #[test]
    fn areas_that_differ_by_more_than_chance_have_a_variance_between_them() {
        let parts = [3.0, 12.0, 41.0, 25.0, 9.0, 60.0, 88.0, 14.0, 30.0, 52.0];
        let wholes = [40.0, 95.0, 180.0, 160.0, 30.0, 420.0, 350.0, 120.0, 210.0, 300.0];
        let found = spread(&shares(&parts, &wholes)).expect("a spread");
        near(found.phi, 2.284_880, 1e-6);
        near(found.tau_squared, 0.001_225_706, 1e-9);
        // At 95 per cent and n = 180 the limits are 0.0870 to 0.2636, and without tau² 0.1198 to 0.2309.
        let p = Share { p: 334.0 / 1905.0, n: 180.0 };
        let scale = P99.z / 1.96;
        let (low, high) = limits(p, found.tau_squared);
        near(p.p - (p.p - low) / scale, 0.0870, 6e-5);
        near(p.p + (high - p.p) / scale, 0.2636, 6e-5);
        let (low, high) = limits(p, 0.0);
        near(p.p - (p.p - low) / scale, 0.1198, 6e-5);
        near(p.p + (high - p.p) / scale, 0.2309, 6e-5);
    }

    #[test]
    fn areas_that_differ_as_chance_has_it_have_none() {
        let alike = spread(&shares(&[10.0; 10], &[100.0; 10])).expect("a spread");
        assert!(alike.phi < 1e-12 && alike.tau_squared == 0.0);
        assert!(spread(&shares(&[0.0; 10], &[100.0; 10])).is_none());
    }
}
