//! **Gap**: how far two shares are apart.
//!
//! # What it says
//! Whether two groups fare alike: women and men, tenants and owners, those who moved in and those who stayed.
//!
//! # Formula
//! The first share minus the second, in points; each is a share with its own whole.
//!
//! # Inputs
//! Two parts and two wholes, over the same years.
//!
//! # Small numbers
//! Exposes what both shares expose, and has the decimals that the smaller of the wholes can carry. The 99 per cent interval is
//! Newcombe's hybrid score interval, made from Wilson's limits of both shares as if they were of different people.
//!
//! # Limits
//! The same gap means something else at 5 and at 50 per cent. A gap of 0 can hide that both are high.
//!
//! # References
//! Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

use super::{
    super::{
        Data,
        disclose::told::{Told, Zone},
        raw::{Known, Scope},
    },
    Measure, Measurement,
};
use crate::{catalogue::methods::Gap, ids::Period};

impl Measure for Gap {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let first = self.between.measure(data, scope, period);
        first.and_then(|first| self.and.measure(data, scope, period).map(|second| first.minus(second, 0.0)))
    }

    fn tells(&self, data: Data, zone: &Zone, period: Period) -> Vec<Told> {
        [&self.between, &self.and].map(|share| share.tells(data, zone, period)).concat()
    }

    fn is_clustered(&self, data: Data) -> bool {
        self.between.is_clustered(data) && self.and.is_clustered(data)
    }
}
