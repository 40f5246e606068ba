//! Stage 3: tables → `Raw` → `Publication`. Pure: no I/O, no words.

mod publication;

pub use publication::{
    Change, Fact, Missing, Publication, Standing, State, Status, Value, Verdict, prefixed,
};
