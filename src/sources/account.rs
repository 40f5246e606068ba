//! The account of every row: read, not read, placed, not placed, by reason. Nothing is dropped silently.

use std::collections::BTreeMap;

use crate::ids::{Period, SourceId};

/// Why a row was not used or not placed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// The address key is not in the address source.
    UnknownAddress,
    /// The area key is not an area of any layer, nor the municipality's number.
    UnknownArea,
    /// No coordinates, or coordinates outside Denmark.
    NoPoint,
    /// A point in no area of a layer that covers everything.
    OutsideEveryArea,
    /// The period column could not be read.
    NoPeriod,
    /// The date of birth is not known, or later than the reference date: in the totals, in no age group.
    NoAge,
    /// A row to be added to another source found no partner there.
    NoPartner,
    /// The source's own `where:` leaves it out.
    LeftOut,
}

/// The account of one run. Its counts pass the disclosure gate like any other cell.
#[derive(Default)]
pub struct Account {
    /// By source.
    pub sources: BTreeMap<SourceId, SourceAccount>,
}

/// The account of one source.
#[derive(Default, Clone, Debug)]
pub struct SourceAccount {
    /// Rows in the files, by period (`None` for tables without a period).
    pub read: BTreeMap<Option<Period>, u64>,
    /// Rows without a place or left out, by reason and period.
    pub not_used: BTreeMap<(Reason, Option<Period>), u64>,
}
