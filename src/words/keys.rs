//! What each text may be filled in with. The file of texts is checked against these tables when it is loaded.

mod law;
mod pages;
mod privacy;

/// A text that the program prints, and its slots.
type Text = (&'static str, &'static [&'static str]);

/// All texts, in tables by what they are about.
const TABLES: [&[Text]; 3] = [law::TEXTS, pages::TEXTS, privacy::TEXTS];

fn texts() -> impl Iterator<Item = &'static Text> {
    TABLES.into_iter().flatten()
}

/// The slots of a text; `None` if there is no such text.
pub(super) fn slots(key: &str) -> Option<&'static [&'static str]> {
    texts().find(|(known, _)| *known == key).map(|(_, slots)| *slots)
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
