//! The index: the words by which something is looked for, what it is called, everyday words, and registers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Barrier, Indicator, Kind, Link, Practice, Question, Register};

/// A word with what it leads to.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Term {
    pub term: String,
    pub links: Vec<Link>,
}

/// Words to what they lead to: by the word in small letters, under which the word is kept as first written.
type Found = BTreeMap<String, (String, Vec<Link>)>;

fn add(found: &mut Found, term: &str, link: &Link) {
    let term = term.trim();
    if term.is_empty() {
        return;
    }
    let (_, links) = found.entry(term.to_lowercase()).or_insert_with(|| (term.to_string(), Vec::new()));
    if !links.contains(link) {
        links.push(link.clone());
    }
}

/// All words, in the order of their small letters, Danish letters last.
pub(super) fn terms(
    questions: &[Question],
    indicators: &[Indicator],
    practices: &[Practice],
    barriers: &[Barrier],
    registers: &[Register],
) -> Vec<Term> {
    let mut found = Found::new();
    for indicator in indicators.iter().filter(|indicator| !indicator.is_part) {
        let link = Link::new(Kind::Indicator, &indicator.slug, &indicator.short);
        let own = [&indicator.title, &indicator.short].into_iter();
        own.chain(&indicator.search_words).for_each(|word| add(&mut found, word, &link));
    }
    for register in registers {
        let link = Link::new(Kind::Register, &register.slug, &register.title);
        let words = std::iter::once(&register.title).chain(&register.search_words);
        words.for_each(|word| add(&mut found, word, &link));
    }
    for practice in practices {
        let link = Link::new(Kind::Practice, &practice.slug, &practice.title);
        add(&mut found, &practice.title, &link);
        add(&mut found, &practice.municipality, &link);
    }
    for barrier in barriers {
        add(&mut found, &barrier.title, &Link::new(Kind::Barrier, &barrier.slug, &barrier.title));
    }
    for question in questions {
        add(&mut found, &question.title, &Link::new(Kind::Question, &question.slug, &question.title));
    }
    let mut terms: Vec<Term> = found.into_values().map(|(term, links)| Term { term, links }).collect();
    terms.sort_by_cached_key(|term| alphabetical(&term.term));
    terms
}

/// A key by which Danish words stand in their order: æ, ø, å after z, marks left out.
fn alphabetical(word: &str) -> String {
    let letters = word.to_lowercase();
    let letters = letters.chars().filter(|letter| letter.is_alphanumeric() || letter.is_whitespace());
    letters
        .map(|letter| match letter {
            'æ' | 'ä' => '{',
            'ø' | 'ö' => '|',
            'å' => '}',
            'é' => 'e',
            other => other,
        })
        .collect()
}
