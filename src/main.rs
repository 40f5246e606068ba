//! The `kvarter` program.

fn main() {}
