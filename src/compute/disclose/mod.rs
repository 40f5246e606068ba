//! Disclosure control over the whole publication.
//!
//! [`policy`] says which numbers are too small to show by themselves, [`areas`] which rule an area has. [`told`] says which
//! numbers a figure tells, [`rules`] which must not become known in any zone ([`geometry`]); [`control`] publishes figures as
//! long as none of those follows, by [`elimination`], the areas' own values first ([`suppress`]). [`gate`] hides the rest and
//! everything built on them.

pub(in crate::compute) mod areas;
pub(in crate::compute) mod block;
mod consistent;
pub(in crate::compute) mod control;
pub(in crate::compute) mod elimination;
pub(in crate::compute) mod gate;
pub(in crate::compute) mod geometry;
pub(in crate::compute) mod numbers;
pub(in crate::compute) mod policy;
pub(in crate::compute) mod rules;
pub(in crate::compute) mod sheets;
pub(in crate::compute) mod suppress;
pub(in crate::compute) mod told;
