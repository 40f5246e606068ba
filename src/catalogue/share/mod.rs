//! Entries on their way from one catalogue to another: cut out of the text that declares them, with everything they refer to
//! ([`export()`]), and set into another text without touching the rest of it ([`add()`]).

mod add;
mod export;
mod said;
#[cfg(test)]
mod tests;

pub use add::{Added, add};
pub use export::{Exported, export};

use super::{Catalogue, Section, spans::At};
use crate::diagnostics::Place;

/// The sections whose entries another municipality can use, in the order in which a name that stands in several is looked for
/// and in which they are written.
const SHARED: [&str; 11] = [
    "indicators",
    "practices",
    "barriers",
    "questions",
    "tools",
    "families",
    "rule-sets",
    "known-outside",
    "populations",
    "sources",
    "themes",
];

/// Sections of which every municipality has its own words: an entry that is there is kept.
const OWN_WORDS: [&str; 2] = ["sources", "themes"];

/// The place of each entry of a shared section.
fn declared<'c>(catalogue: &'c Catalogue, section: &str) -> Vec<(String, &'c Place)> {
    fn of<K: Ord + Clone + ToString, V>(section: &Section<K, V>) -> Vec<(String, &Place)> {
        section.iter().map(|(id, _): (&At<K>, &V)| (id.value.to_string(), &id.place)).collect()
    }
    match section {
        "indicators" => of(&catalogue.indicators),
        "practices" => of(&catalogue.practices),
        "barriers" => of(&catalogue.barriers),
        "questions" => of(&catalogue.questions),
        "tools" => of(&catalogue.tools),
        "families" => of(&catalogue.families),
        "rule-sets" => of(&catalogue.rule_sets),
        "known-outside" => of(&catalogue.known_outside),
        "populations" => of(&catalogue.populations),
        "sources" => of(&catalogue.sources),
        "themes" => of(&catalogue.themes),
        _ => Vec::new(),
    }
}

/// The place of an entry.
fn find<'c>(catalogue: &'c Catalogue, section: &str, id: &str) -> Option<&'c Place> {
    declared(catalogue, section).into_iter().find(|(known, _)| known == id).map(|(_, place)| place)
}
