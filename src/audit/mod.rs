//! The attacker: what can be worked out from everything that is published, taken together.
//!
//! A publication file names *atoms* (the people or dwellings that lie in exactly the same published sets) and says of each
//! published figure what it tells about them ([`mod@format`]). Every figure becomes linear bounds on whole numbers ([`rows`]); the
//! attack narrows what must stay hidden, by layers from cheap to dear ([`attack`]); a pair of tables that both give the same
//! publication proves that a quantity stays hidden ([`certificate`], checked by [`verify`] alone); what is exposed is closed by
//! taking figures out ([`mod@close`]).
//!
//! The attacker sees a publication file and nothing else: no stage of the program is used here.

pub mod attack;
pub mod blame;
pub mod bridges;
pub mod certificate;
pub mod close;
pub mod components;
mod criteria;
pub mod format;
pub mod fraction;
mod linear;
pub mod lp;
pub mod model;
pub mod narrow;
mod near;
pub mod proof;
pub mod propagate;
mod publish;
pub mod read;
mod reasons;
pub mod row_space;
mod rows;
pub mod sheet;
mod solve;
pub mod tree;
pub mod verify;
pub mod written;
