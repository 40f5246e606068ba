//! Who comes, who goes, who stays, and what that does to a figure.
//!
//! Persons are followed from one register to the next ([`link`]), through the eyes of each layer ([`lens`]); every row gets the
//! flow by which it came and the one by which it goes, and what is told of flows are populations like any others
//! ([`populations`]): counted, protected and audited with them. [`split`] makes the exact split of a change of them.

mod contribution;
mod facts;
mod groups;
mod lens;
mod letting;
mod link;
mod measures;
mod offers;
mod outside;
mod populations;
mod split;
mod tables;
mod what_if;

pub(in crate::compute) use populations::{protected, with_flows};
pub(in crate::compute) use tables::followed;

use crate::compute::{Data, indicators::All, raw::Offer, small_places::Sizes};

/// Everything that may be told of moves.
pub(in crate::compute) fn offers(data: Data, sizes: &Sizes, all: &All) -> Vec<Offer> {
    let declared = offers::declared(data, sizes, all);
    let mut all_offers = Vec::new();
    for declared in &declared {
        all_offers.extend(offers::splits(declared));
        if declared.moves.table.is_none() {
            all_offers.extend(measures::offers(declared, all));
            all_offers.extend(letting::offers(declared));
            all_offers.extend(what_if::offers(declared));
        }
    }
    // Two splits of one source tell the same of everybody.
    let mut told = std::collections::BTreeSet::new();
    all_offers.retain(|offer| told.insert(offer.id.clone()));
    all_offers
}

pub use facts::{Basis, Flow, Letting, Moved, ORIGINS, Profile, Replaced, Split, Step, Term, Vacated};
