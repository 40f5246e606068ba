//! LIX, Björnsson's measure of how hard a text is to read (*Läsbarhet*, 1968): words a sentence, and long words in per cent.
//!
//! What counts, where the book leaves a choice:
//! - A word is what stands between spaces and has a letter or a digit; `boligsocial-indsats` and `2,5` are one word each, `§`
//!   and `–` none. A word is long with over six letters; digits are no letters, so no number is long.
//! - A sentence ends at `.`, `!`, `?`, `:` or `…`, and at the end of a line.
//! - A full stop of an abbreviation or of a number ends a sentence only where the next word does not begin with a small letter
//!   or a digit (`40 pct. af`, `1. december`); after those that lead on to something (`jf.`, `nr.`, `stk.`) it never does.

/// Abbreviations that something always follows.
const LEADING: [&str; 17] = [
    "afs",
    "bl.a",
    "ca",
    "eksempelvis",
    "evt",
    "f.eks",
    "fx",
    "hhv",
    "inkl",
    "jf",
    "kap",
    "kl",
    "maks",
    "nr",
    "pkt",
    "stk",
    "vedr",
];

/// Other abbreviations: a sentence may end with them.
const CLOSING: [&str; 14] =
    ["dvs", "ekskl", "etc", "gns", "kr", "m.fl", "m.m", "m.v", "mia", "mio", "mv", "o.l", "osv", "pct"];

/// The LIX of a text: words / sentences + 100 × long words / words. 0 for a text without words.
pub fn lix(text: &str) -> f64 {
    let (mut words, mut long, mut sentences) = (0_u32, 0_u32, 0_u32);
    for sentence in sentences_of(text) {
        let found = sentence.iter().filter(|word| is_word(word));
        words += found.clone().count() as u32;
        long += found.filter(|word| letters(word) > 6).count() as u32;
        sentences += 1;
    }
    if words == 0 {
        return 0.0;
    }
    let (words, long, sentences) = (f64::from(words), f64::from(long), f64::from(sentences));
    words / sentences + 100.0 * long / words
}

/// The sentence of a text with most words.
pub fn longest_sentence(text: &str) -> Option<String> {
    sentences_of(text).into_iter().max_by_key(Vec::len).map(|sentence| sentence.join(" "))
}

/// The sentences of a text, each with one word or more.
fn sentences_of(text: &str) -> Vec<Vec<&str>> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut sentence = Vec::new();
        let mut tokens = line.split_whitespace().peekable();
        while let Some(token) = tokens.next() {
            sentence.push(token);
            if ends(token, tokens.peek().copied()) && sentence.iter().any(|word| is_word(word)) {
                sentences.push(std::mem::take(&mut sentence));
            }
        }
    }
    sentences
}

/// Does a sentence end with this word, when that one follows?
fn ends(word: &str, next: Option<&str>) -> bool {
    let Some(next) = next else { return true };
    let bare = word.trim_end_matches(['»', '"', '”', '’', '\'', ')', ']']);
    let Some(stem) = bare.strip_suffix('.') else { return bare.ends_with(['!', '?', ':', '…']) };
    let stem = stem.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    if LEADING.contains(&stem.as_str()) {
        return false;
    }
    let short = CLOSING.contains(&stem.as_str()) || stem.ends_with(|last: char| last.is_ascii_digit());
    let first = next.chars().find(|letter| letter.is_alphanumeric());
    !short || first.is_none_or(|first| !first.is_lowercase() && !first.is_ascii_digit())
}

fn is_word(token: &str) -> bool {
    token.contains(char::is_alphanumeric)
}

fn letters(word: &str) -> usize {
    word.chars().filter(|letter| letter.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The Python package `textstat` (MIT) tests its `lix` with these texts, to three decimals. The first has 99 words, 11
    /// sentences and 13 long words.
    #[test]
    fn two_texts_measure_what_textstat_publishes_of_them() {
        let easy = "Anna and her family love doing puzzles. Anna is best at little puzzles. Anna and her brother work on \
            medium size puzzles together. Anna's Brother likes puzzles with cars in them. When the whole family does a \
            puzzle, they do really big puzzles. It can take them a week to finish a really big puzzle. Last year they did a \
            puzzle with 500 pieces! Anna tries to finish one small puzzle a day by her. Her puzzles have about 50 pieces. \
            They all glue their favorite puzzles together and frame them. The puzzles look so nice on the wall.";
        assert_eq!(format!("{:.3}", lix(easy)), "22.131");
        assert_eq!(lix("Cool dogs wear da sunglasses."), 25.0);
        assert_eq!(lix(""), 0.0);
    }

    /// The worked example of Swedish Wikipedia, *Läsbarhetsindex*: 437 words, 21 sentences, 112 long words, printed as 46.
    #[test]
    fn the_example_of_437_words_in_21_sentences_measures_46() {
        let words: Vec<&str> = (0..437).map(|i| if i < 112 { "fødselsdag" } else { "dag" }).collect();
        let sentences: Vec<String> = words.chunks(21).map(|sentence| sentence.join(" ")).collect();
        assert_eq!(sentences.len(), 21);
        assert_eq!(format!("{:.0}", lix(&sentences.join(". "))), "46");
    }

    /// Skriveskolen, *Sprogtjek*: 20 words a sentence and 20 per cent long words make 40.
    #[test]
    fn twenty_words_a_sentence_and_a_fifth_of_them_long_measure_40() {
        let sentence = format!("{} {}.", ["området"; 4].join(" "), ["by"; 16].join(" "));
        assert_eq!(lix(&[sentence.as_str(); 3].join(" ")), 40.0);
    }

    #[test]
    fn a_colon_and_the_end_of_a_line_end_a_sentence() {
        assert_eq!(sentences_of("Det er sket: Tallet faldt").len(), 2);
        assert_eq!(sentences_of("Første punkt\nAndet punkt").len(), 2);
        assert_eq!(sentences_of("Mødet er kl. 12:30 på rådhuset.").len(), 1);
    }

    #[test]
    fn abbreviations_and_ordinals_end_a_sentence_only_before_a_capital() {
        assert_eq!(sentences_of("Det er 40 pct. af beboerne.").len(), 1);
        assert_eq!(sentences_of("Det er 40 pct. Det er 2 mere.").len(), 2);
        assert_eq!(sentences_of("Listen af 1. december 2025, jf. § 61 a, stk. 1, nr. 2, gælder.").len(), 1);
        assert_eq!(sentences_of("Det steg i 2025. Nu falder det.").len(), 2);
        assert_eq!(sentences_of("Tallet steg. 12 områder følges.").len(), 2);
        assert_eq!(sentences_of("Se f.eks. Bilag 2.").len(), 1);
    }

    #[test]
    fn numbers_are_words_and_never_long_and_signs_are_neither() {
        assert_eq!(lix("Det koster 12.500.000 kr."), 4.0);
        assert_eq!(lix("§ 61 – a"), 2.0);
    }
}
