//! What each text may be filled in with. The file of texts is checked against these tables when it is loaded.

mod attachments;
mod case_system;
mod checked;
mod comments;
mod council;
mod inspiration;
mod law;
mod moves;
mod pages;
mod people;
mod practices;
mod privacy;
mod results;
mod site;
mod watch;
mod worksheets;

/// A text that the program prints, and its slots.
type Text = (&'static str, &'static [&'static str]);

/// All texts, in tables by what they are about.
const TABLES: [&[Text]; 16] = [
    attachments::TEXTS,
    case_system::TEXTS,
    checked::TEXTS,
    comments::TEXTS,
    council::TEXTS,
    inspiration::TEXTS,
    law::TEXTS,
    moves::TEXTS,
    pages::TEXTS,
    people::TEXTS,
    practices::TEXTS,
    privacy::TEXTS,
    results::TEXTS,
    site::TEXTS,
    watch::TEXTS,
    worksheets::TEXTS,
];

fn texts() -> impl Iterator<Item = &'static Text> {
    TABLES.into_iter().flatten()
}

/// The slots of a text; `None` if there is no such text.
pub(super) fn slots(key: &str) -> Option<&'static [&'static str]> {
    texts().find(|(known, _)| *known == key).map(|(_, slots)| *slots)
}

/// Sections that only Danish texts are written for: the draft page on data protection goes into a Danish record.
const DANISH_ONLY: [&str; 1] = ["privacy"];

/// Must the file of a language have this text?
pub(super) fn is_required(language: &str, key: &str) -> bool {
    let section = key.split('/').next().unwrap_or_default();
    language == "da" || !DANISH_ONLY.contains(&section)
}

/// All keys.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    texts().map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_no_text_is_in_two() {
        assert!(TABLES.iter().all(|table| table.is_sorted_by(|a, b| a.0 < b.0)));
        let keys: std::collections::BTreeSet<&str> = all().collect();
        assert_eq!(keys.len(), all().count());
    }
}
