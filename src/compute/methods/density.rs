//! **Density**: how many on a piece of ground.
//!
//! # What it says
//! How closely people live, or how closely dwellings stand.
//!
//! # Formula
//! `of / ground`, per hectare or square kilometre.
//!
//! # Inputs
//! One population, and the outlines of the areas: the ground inside an outline in the catalogue's metric coordinates, rounded to
//! whole square metres. The municipality's is that of the layer that covers it, else the polygon `municipality` of the map.
//!
//! # Small numbers
//! Exposes the number itself, since the ground is public. There is no interval: a register counts everybody.
//!
//! # Limits
//! Roads, parks and water inside the outline count as ground, so an outline drawn close around the houses gives a higher
//! density than one along the cadastre. In UTM coordinates ground is up to 0.08 per cent too small or too large.
//!
//! # References
//! Danmarks Statistik, ARE207 and FOLK1A (residents per square kilometre).

use super::{
    super::{
        Data,
        chance::Chance,
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measure, Measurement,
};
use crate::{catalogue::methods::Density, ids::Period};

impl Measure for Density {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        data.raw.cell(&self.of.value, scope, period).and_then(|cell| {
            let number = Ratio::thousandths(cell.sum);
            let pieces = data
                .raw
                .ground
                .of(scope)
                .and_then(|ground| Ratio::new(ground, i128::from(self.per.square_metres())));
            Known::or(pieces.and_then(|pieces| number.over(pieces)), Missing::NoData).map(|value| {
                Measurement {
                    value,
                    base: Some(number),
                    chance: Chance::NotJudged,
                    parts: None,
                    exposes: vec![Exposure::Amount(cell.sum)],
                }
            })
        })
    }

    fn scale(&self) -> Option<i128> {
        Some(1)
    }
}
