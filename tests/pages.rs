//! The pages as a reader gets them: what is attached, what they say and how they look, and what a municipality may change of them.

mod attached;
mod faults;
mod fits;
mod golden;
mod overrides;
mod sentences;
mod words;
