//! **Distance**: how far it is from where people live to the nearest of something.
//!
//! # What it says
//! Half of the residents have at most so far to a school; or which part of them has one within 500 metres.
//!
//! # Formula
//! For every row the distance from its address to the nearest point of the nearest target (0 inside a polygon): in a straight
//! line (luftlinje), or along the lines of `along`: to the nearest road, along the roads, and from the road to the target. The
//! value is the median (type 7) over the rows, or with `within` the share of rows with at most so many metres.
//!
//! # Inputs
//! A population located by address or point; and a population with points, or shapes of the map. Targets with a period count in
//! theirs, others in all. Rows without a point are left out; rows that no way leads from count as beyond every distance.
//!
//! # Small numbers
//! The median as a [`super::quantile`], the share as a [`super::share`] of heads; its interval counts with whole
//! households, which have one address.
//!
//! # Limits
//! A straight line crosses railways and fjords: the way is usually 1.2 to 1.4 times as long, and more where it matters. Roads
//! beyond the file's edge, and targets outside the municipality that are not in it, are missing.
//!
//! # References
//! Dijkstra (1959), Numerische Mathematik 1, 269-271; shapely 2.2 and networkx 3.6 (worked examples).

use super::{
    super::{
        Data, bootstrap,
        chance::Chance,
        disclose::told::{Told, Zone},
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
        reach::{FAR, Way},
    },
    Measure, Measurement, decimal, quantile,
    rows::{self, ScopeRows},
};
use crate::{
    catalogue::methods::Distance,
    ids::{Period, PopulationId},
};

impl Measure for Distance {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let cell = data.raw.cell(&self.from.value, scope, period);
        let lists = Known::or(data.raw.distances.get(&Way::of(self)), Missing::NoData);
        cell.and_then(|cell| {
            let rows = lists.and_then(|lists| lists.cell(scope, period));
            rows.and_then(|items| match (items.is_empty(), cell.rows) {
                (true, 0) => Known::Missing(Missing::EmptyBase),
                (true, _) => Known::Missing(Missing::NoData),
                (false, _) => Known::Is(rows::with(data, &self.from, items, scope, period)),
            })
        })
        .and_then(|rows| match &self.within {
            None => self.median(&rows),
            Some(metres) => Known::Is(share(&rows, i64::from(metres.value) * 1000)),
        })
    }

    /// The rows with a point, and those near enough, are counted by no population.
    fn tells(&self, _: Data, zone: &Zone, period: Period) -> Vec<Told> {
        vec![Told::rows(&self.from, zone, period)]
    }

    fn populations<'a>(&'a self, _: Data<'a>) -> Vec<&'a PopulationId> {
        vec![&self.from]
    }
}

impl Distance {
    fn median(&self, rows: &ScopeRows) -> Known<Measurement> {
        let mut stream = rows.stream(&Way::of(self).names());
        let limits = bootstrap::of_quantile(&rows.items, &rows.households, 0.5, &mut stream);
        let reached = |metres: f64| metres < FAR as f64 / 4000.0;
        let limits = limits.filter(|(_, high)| reached(*high));
        let half = Ratio::new(1, 2).unwrap_or(Ratio::ZERO);
        let median = quantile::type_7(&rows.items, half).filter(|median| reached(median.to_f64()));
        Known::or(median, Missing::NotReached).map(|value| Measurement {
            value,
            base: Some(Ratio::whole(rows.items.len() as i128)),
            chance: limits.map_or(Chance::NotJudged, |(low, high)| Chance::Limits { low, high }),
            parts: None,
            exposes: rows.exposes(),
        })
    }
}

/// The share of rows with at most so many millimetres, in per cent.
fn share(rows: &ScopeRows, within: i64) -> Measurement {
    let (all, near) = (rows.items.len(), rows.items.partition_point(|item| item.value <= within));
    let p = near as f64 / all as f64;
    let households = &rows.households;
    let variance = households.variance(|row| f64::from(u8::from(row < near)) - p) / (all as f64).powi(2);
    // Where all are near or none is, whole households are.
    let n = if near == 0 || near == all { households.count as f64 } else { p * (1.0 - p) / variance };
    let (part, whole) = (near as i128 * 1000, all as i128 * 1000);
    Measurement {
        value: Ratio::new(100 * part, whole).unwrap_or(Ratio::ZERO),
        base: Some(Ratio::whole(all as i128)),
        chance: Chance::Share { n: n.min(all as f64) },
        parts: decimal(part).zip(decimal(whole)),
        exposes: vec![Exposure::Share { part, whole }],
    }
}
