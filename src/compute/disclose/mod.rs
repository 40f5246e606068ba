//! Disclosure control: [`policy`] says which numbers are too small to show, [`areas`] which rule an area has, [`told`] which
//! numbers a figure tells, [`elimination`] which sums follow from them, [`gate`] hides them and everything built on them.

pub(in crate::compute) mod areas;
pub(in crate::compute) mod elimination;
pub(in crate::compute) mod gate;
pub(in crate::compute) mod policy;
pub(in crate::compute) mod told;
