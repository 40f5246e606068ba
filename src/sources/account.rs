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

impl SourceAccount {
    /// Rows not used for this reason, over all periods.
    pub fn rows(&self, reason: Reason) -> u64 {
        self.not_used.iter().filter(|((why, _), _)| *why == reason).map(|(_, rows)| rows).sum()
    }
}

impl Reason {
    /// Which rows, in a message to the one who runs the program.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::UnknownAddress => "whose address is unknown",
            Self::UnknownArea => "whose area is in no layer",
            Self::NoPoint => "without coordinates in Denmark",
            Self::OutsideEveryArea => "outside the layer that covers the municipality",
            Self::NoPeriod => "without a period",
            Self::NoAge => "without a date of birth before the reference date",
            Self::NoPartner => "that match no row of the source they add to",
            Self::LeftOut => "that its `where:` leaves out",
        }
    }

    /// What becomes of them.
    pub(super) fn consequence(self) -> &'static str {
        match self {
            Self::UnknownAddress | Self::NoPoint | Self::OutsideEveryArea => {
                "they count in the municipality, but in no area"
            }
            Self::UnknownArea => "they are not used; has an area changed its id?",
            Self::NoAge => "they count in totals, but in no age group",
            Self::NoPeriod | Self::NoPartner | Self::LeftOut => "they are not used",
        }
    }
}
