//! What is told of a person's benefits beside their share of the year: the kind, and how long they have lasted.

use std::collections::BTreeMap;

use super::key;
use super::people::Person;
use super::society::{Benefit, Society};

/// The kind of benefit and whether it is long-term.
pub struct Spell {
    /// `cash`, `pension`, `sickness` or `unemployment`.
    pub kind: &'static str,
    /// The whole year, and the whole year before.
    pub long_term: bool,
}

/// Reads the spells off all rows, by person and year.
pub fn of(society: &Society) -> BTreeMap<(usize, i64), Spell> {
    let mut rows: Vec<&Benefit> = society.benefits.iter().collect();
    rows.sort_by_key(|b| (b.id, b.year));
    let mut spells = BTreeMap::new();
    let mut before: Option<(&Benefit, i64)> = None;
    for row in rows {
        let follows = before.filter(|(last, _)| (last.id, last.year + 1) == (row.id, row.year));
        let start = follows.map_or(row.year, |(_, start)| start);
        let long_term = row.share >= 1.0 && follows.is_some_and(|(last, _)| last.share >= 1.0);
        let kind = kind(&society.register.persons[row.person], row, start);
        spells.insert((row.id, row.year), Spell { kind, long_term });
        before = Some((row, start));
    }
    spells
}

/// The kind in a year of a spell: sickness and unemployment end within two years, and long spells of those over 40
/// may end in pension, which lasts.
fn kind(person: &Person, row: &Benefit, start: i64) -> &'static str {
    const KINDS: [&str; 3] = ["cash", "sickness", "unemployment"];
    let (seed, years) = (row.id as u64, row.year - start);
    if years >= 2 {
        let old = person.age(row.year) >= 40;
        return if old && key::chance(0.6, "pension", seed, start) { "pension" } else { "cash" };
    }
    KINDS[key::weighted(&[0.42, 0.26, 0.32], "benefit kind", seed, start)]
}
