//! **Length of residence**: how long people stay.
//!
//! # What it says
//! After how many years half of those who moved in have left again. People who still live there count for as long as they have:
//! leaving them out would make every stay look short.
//!
//! # Formula
//! The Kaplan-Meier curve: over all times t at which a stay ended, the product of `1 - d / n` (d stays end at t, n have lasted as
//! long); the value is the first time at which it is at most one half. There is none where more than half still live there.
//!
//! # Inputs
//! A population of stays with `value:` their length in years until they ended or until the date of the source, and those of them
//! that ended. A source that has only today's residents has no stay that ended.
//!
//! # Small numbers
//! Not under 20 households, nor under 30 persons where the rows are persons. The 99 per cent interval is from a
//! bootstrap over households; there is none where its upper limit is later than anything that ended.
//!
//! # Limits
//! Stays are taken as if those still going on would end like those that did. Stays that began before the source did must be left
//! out, or they only show who stayed.
//!
//! # References
//! Kaplan and Meier (1958), JASA 53, 457-481; lifelines 0.30 (worked examples).

use super::{
    super::{
        Data,
        chance::Chance,
        disclose::told::{Told, Zone},
        publication::Missing,
        ratio::Ratio,
        raw::{Known, Scope},
        survival,
    },
    Measure, Measurement, rows,
};
use crate::{catalogue::methods::LengthOfResidence, ids::Period};

impl Measure for LengthOfResidence {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        rows::of(data, (&self.of, Some(&self.ended)), scope, period).and_then(|rows| {
            if rows.items.is_empty() {
                return Known::Missing(Missing::EmptyBase);
            }
            let mut stream = rows.stream(&["length-of-residence", self.of.as_str(), self.ended.as_str()]);
            let limits = survival::limits(&rows.items, &rows.households, &mut stream);
            Known::or(survival::median(&rows.items), Missing::NotReached).map(|median| Measurement {
                value: Ratio::thousandths(median.into()),
                base: Some(Ratio::whole(rows.items.len() as i128)),
                chance: limits.map_or(Chance::NotJudged, |(low, high)| Chance::Limits { low, high }),
                parts: None,
                exposes: rows.exposes(),
            })
        })
    }

    fn tells(&self, _: Data, zone: &Zone, period: Period) -> Vec<Told> {
        [&self.of, &self.ended].map(|population| Told::rows(population, zone, period)).to_vec()
    }
}
