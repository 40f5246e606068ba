//! The index that the search field looks in: folded words of every page, and how a question is folded to meet them.
//!
//! Words are kept whole. The script takes the ending off what is asked for and looks for words that begin with the rest, so that
//! the index knows no grammar; endings, letters and words passed over stand in the index, so that the script does not either.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::catalogue::Language;

/// How much a hit weighs: in the title, among the words it is looked for by, in the register, in the rest.
const WEIGHTS: [f64; 4] = [3.0, 2.6, 1.8, 1.0];

/// Danish and other letters as they are written without them.
const LETTERS: [(char, &str); 6] =
    [('æ', "ae"), ('ø', "oe"), ('å', "aa"), ('ä', "ae"), ('ö', "oe"), ('ü', "u")];

/// Endings of nouns, adjectives and verbs, longer ones first.
const DANISH_ENDINGS: [&str; 14] =
    ["ernes", "endes", "erne", "ende", "enes", "ens", "ets", "ene", "ers", "er", "en", "et", "te", "e"];
/// The same in English.
const ENGLISH_ENDINGS: [&str; 4] = ["ings", "ing", "es", "s"];

/// Words that say nothing of what is looked for.
const DANISH_PASSED: [&str; 30] = [
    "af", "alle", "at", "de", "den", "der", "det", "en", "er", "et", "for", "fra", "har", "hvad", "hvem",
    "hvilke", "hvor", "hvordan", "i", "ikke", "med", "mange", "meget", "og", "om", "paa", "som", "til", "vi",
    "ved",
];
/// The same in English.
const ENGLISH_PASSED: [&str; 20] = [
    "a", "and", "are", "at", "by", "do", "for", "from", "how", "in", "is", "many", "of", "on", "the", "to",
    "what", "where", "which", "who",
];

/// The index, as the script reads it.
#[derive(Serialize)]
pub(super) struct Index {
    weights: [f64; 4],
    letters: std::collections::BTreeMap<char, &'static str>,
    endings: &'static [&'static str],
    passed: &'static [&'static str],
    pub entries: Vec<Entry>,
}

/// A page that can be found.
#[derive(Serialize)]
pub(super) struct Entry {
    pub title: String,
    pub page: String,
    /// What kind of page it is, in words.
    pub kind: String,
    pub note: String,
    /// Folded words, in the order of the weights.
    pub words: [String; 4],
}

/// What an entry is found by.
#[derive(Default)]
pub(super) struct Found<'a> {
    pub titles: Vec<&'a str>,
    /// Everyday words.
    pub search: Vec<&'a str>,
    pub registers: Vec<&'a str>,
    pub rest: Vec<&'a str>,
}

impl Found<'_> {
    /// The folded words, each only where it weighs most.
    pub fn words(&self) -> [String; 4] {
        let mut known = BTreeSet::new();
        [&self.titles, &self.search, &self.registers, &self.rest].map(|texts| {
            let words: BTreeSet<String> = texts.iter().flat_map(|text| fold(text)).collect();
            let new: Vec<String> = words.into_iter().filter(|word| known.insert(word.clone())).collect();
            new.join(" ")
        })
    }
}

impl Index {
    /// The index of entries in a language.
    pub fn new(language: Language, entries: Vec<Entry>) -> Self {
        let (endings, passed): (&[_], &[_]) = match language {
            Language::Danish => (&DANISH_ENDINGS, &DANISH_PASSED),
            Language::English => (&ENGLISH_ENDINGS, &ENGLISH_PASSED),
        };
        Self { weights: WEIGHTS, letters: LETTERS.into_iter().collect(), endings, passed, entries }
    }

    /// The file that the script loads: a script itself, so that it is found from a folder on a disk too.
    pub fn script(&self) -> String {
        let json = serde_json::to_string(self).expect("plain data");
        format!("window.kvarterIndex = {json};\n")
    }
}

/// The words of a text in small letters from a to z and digits.
pub(super) fn fold(text: &str) -> Vec<String> {
    let mut folded = String::with_capacity(text.len() + 8);
    for letter in text.to_lowercase().chars() {
        let plain = LETTERS.iter().find(|(danish, _)| *danish == letter).map(|(_, plain)| *plain);
        match plain {
            Some(plain) => folded.push_str(plain),
            None => folded.push(bare(letter)),
        }
    }
    folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect()
}

/// A letter without its accent; what is no letter from a to z or digit parts words.
pub(super) fn bare(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' => 'o',
        'ù' | 'ú' | 'û' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_and_accents_are_written_without_them() {
        assert_eq!(fold("Børn på 0–5 år, én café"), ["boern", "paa", "0", "5", "aar", "en", "cafe"]);
    }

    #[test]
    fn a_word_stands_once_where_it_weighs_most() {
        let found = Found {
            titles: vec!["Ledige boliger"],
            search: vec!["tomme", "ledige"],
            registers: vec!["BBR"],
            rest: vec!["Hvor mange boliger er tomme?"],
        };
        assert_eq!(found.words(), ["boliger ledige", "tomme", "bbr", "er hvor mange"]);
    }

    #[test]
    fn longer_endings_come_before_those_they_end_in() {
        for endings in [&DANISH_ENDINGS[..], &ENGLISH_ENDINGS[..]] {
            for (at, ending) in endings.iter().enumerate() {
                assert!(endings[..at].iter().all(|before| !ending.ends_with(before)), "{ending}");
            }
        }
    }

    #[test]
    fn the_words_passed_over_are_written_as_they_are_folded() {
        for word in DANISH_PASSED.iter().chain(&ENGLISH_PASSED) {
            assert_eq!(fold(word), [*word]);
        }
    }
}
