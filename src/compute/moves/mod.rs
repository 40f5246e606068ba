//! Who comes, who goes, who stays, and what that does to a figure.

mod facts;

pub use facts::{Basis, Flow, Letting, Moved, ORIGINS, Profile, Replaced, Split, Step, Term, Vacated};
