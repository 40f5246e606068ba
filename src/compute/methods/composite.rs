//! **Composite**: several indicators put together to classes of areas.
//!
//! # What it says
//! Where an area stands among the areas of its layer, and where it is going. Always published with its parts: the index alone
//! cannot decide that something is to be done.
//!
//! # Formula
//! *Status and dynamics* is Berlin's Monitoring Soziale Stadtentwicklung. Each part's value is turned so that high is worse and
//! standardised over the areas, `z = (x - mean) / sd`, all areas with the same weight and the population standard deviation (by
//! n). The status index is the sum of an area's z-scores over the standard deviation of these sums. Under -1 the status is
//! high, to 1 (closed) medium, to 1.5 (closed) low, over 1.5 very low. The dynamics are the same of the changes over `years`:
//! under -1 positive, to 1 (closed) stable, over 1 negative. `fixed` takes means and deviations of one year for all.
//!
//! *Points*: each part gives a point for each step by which it is at least so much worse than the municipality (or its rest);
//! the sum decides which of four classes. As Aarhus' kategoriseringsmodel in shape; every limit is the catalogue's own.
//!
//! Code: [`super::super::typology`]. It is computed when all other indicators are, from values that can be shown.
//!
//! # Inputs
//! Indicators that are worse when higher, or better. The same period of each.
//!
//! # Small numbers
//! An area in which a part is hidden is left out of means and deviations and has no index itself. Areas under 300 residents
//! have none. Status and dynamics need 20 areas: z-scores of fewer say little. No interval; `unsure` says where no part has
//! surely changed.
//!
//! # Limits
//! Relative: if all areas improve alike, none moves (see `fixed`). Parts that go together count double: their correlations are
//! published. Areas that stand lowest tend to rise by chance alone.
//!
//! # References
//! Senatsverwaltung für Stadtentwicklung Berlin: Monitoring Soziale Stadtentwicklung 2021. Aarhus Kommune:
//! kategoriseringsmodel for boligområder (2013-).

use super::{
    super::{
        Data,
        disclose::told::{Told, Zone},
        publication::Missing,
        raw::{Known, Scope},
    },
    Measure, Measurement,
};
use crate::{catalogue::Composite, ids::Period};

/// An area's index depends on the other areas, so that it is not the value of a scope.
impl Measure for Composite {
    fn measure(&self, _: Data, _: Scope, _: Period) -> Known<Measurement> {
        Known::Missing(Missing::NoData)
    }

    /// It is made of published values, which tell theirs.
    fn tells(&self, _: Data, _: &Zone, _: Period) -> Vec<Told> {
        Vec::new()
    }
}
