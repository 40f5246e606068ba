//! What a Danish sentence says, as far as it can be read with certainty: its clauses, the numbers with their units, a direction.

use std::ops::Range;

use crate::numbers::{Decimal, NO_BREAK};

/// What a number counts, by the word after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    Percent,
    Points,
    Residents,
    /// Another word.
    Other,
    /// No word, as in a cell of a table.
    Bare,
}

/// A number in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Number {
    /// Without its sign.
    pub value: Decimal,
    pub unit: Unit,
    /// As it was written, with its unit.
    pub written: String,
    /// The word before it, in small letters.
    before: String,
    /// One end of a range.
    is_range: bool,
}

/// Words before a number that make it no more than an estimate, a bound or the size of a change.
const LOOSE: [&str; 17] = [
    "ca.", "cirka", "omkring", "omtrent", "over", "under", "mindst", "højst", "næsten", "knap", "godt",
    "mellem", "end", "op", "fra", "med", "mod",
];
/// Beginnings of words with which a clause tells no fact about the area today: what is denied, wished, expected or another
/// time's or place's.
const OPEN: [&str; 24] = [
    "ikke",
    "ingen",
    "hverken",
    "hvis",
    "kan",
    "kunne",
    "skal",
    "skulle",
    "vil",
    "ville",
    "bør",
    "forvent",
    "mål",
    "ønske",
    "håb",
    "grænse",
    "før",
    "tidligere",
    "sidste",
    "seneste",
    "forrige",
    "kommune",
    "landet",
    "region",
];
const UP: [&str; 3] = ["steget", "stiger", "steg"];
const DOWN: [&str; 3] = ["faldet", "falder", "faldt"];
/// Where a sentence goes over to something else.
const JOINTS: [&str; 7] = [", men ", ", mens ", " mens ", ", og ", "; ", ": ", " mod "];

impl Number {
    /// Is it said as a fact that a number of the report can contradict?
    pub fn is_firm(&self) -> bool {
        let change = self.unit == Unit::Points && self.before == "med";
        !self.is_range && (change || !LOOSE.contains(&self.before.as_str()))
    }

    /// Is this the size of a change?
    pub fn is_change(&self) -> bool {
        self.unit == Unit::Points && self.before == "med"
    }

    /// Is the number what a printed one becomes when it is rounded as this one is?
    pub fn is_rounded(&self, printed: Decimal) -> bool {
        let (own, printed) = (self.value, printed.abs());
        if own.places > printed.places {
            return false;
        }
        let mut step = 10i64.pow(u32::from(printed.places - own.places));
        let exact = own.units.checked_mul(step);
        // 1.300 residents are 1.284, rounded; 40 per cent are not 38.
        if self.unit == Unit::Residents {
            let mut units = own.units;
            while units != 0 && units % 10 == 0 {
                units /= 10;
                step *= 10;
            }
        }
        let off = exact.map(|exact| exact.abs_diff(printed.units));
        off.is_some_and(|off| off == 0 || (step > 1 && off.saturating_mul(2) <= step.unsigned_abs()))
    }

    /// May a printed number be of the same kind?
    pub fn is_alike(&self, printed: &Self) -> bool {
        printed.unit == self.unit
            || printed.unit == Unit::Bare
            || (self.unit == Unit::Residents && printed.unit == Unit::Other)
    }
}

/// The clauses of a text, in small letters. A full stop ends a sentence where a capital letter follows: "40,4 pct. af" goes on.
pub(super) fn clauses(text: &str) -> Vec<String> {
    const CUT: char = '\u{1}';
    let text = text.replace(NO_BREAK, " ").replace("**", "");
    let mut cut = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        cut.push(letter);
        if matches!(letter, '.' | '!' | '?') {
            let mut ahead = letters.clone();
            let ends = ahead.next().is_none_or(|c| c == ' ') && ahead.next().is_none_or(char::is_uppercase);
            if ends {
                cut.push(CUT);
            }
        } else if letter == '\n' {
            cut.push(CUT);
        }
    }
    let joined = JOINTS.iter().fold(cut.to_lowercase(), |text, joint| text.replace(joint, "\u{1}"));
    joined.split(CUT).map(|clause| clause.trim().to_string()).filter(|clause| !clause.is_empty()).collect()
}

/// All numbers of a text that are written in the Danish way.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let text = text.replace(NO_BREAK, " ");
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let rest = &text[start..];
        let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let token = rest[..len].trim_end_matches(['.', ',']);
        from = start + len;
        let before = &text[..start];
        if before.chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let Some(value) = danish(token) else { continue };
        let after = &rest[token.len()..];
        let (unit, unit_len) = unit(after);
        out.push(Number {
            value,
            unit,
            written: rest[..token.len() + unit_len].to_string(),
            before: before.split_whitespace().next_back().unwrap_or_default().to_lowercase(),
            is_range: after.starts_with(['-', '–']) || before.ends_with(['-', '–']),
        });
    }
    out
}

/// `1.284`, `40,4`.
fn danish(token: &str) -> Option<Decimal> {
    let (whole, part) = token.split_once(',').map_or((token, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.split('.');
    let first = groups.next()?;
    if first.is_empty() || (whole.contains('.') && first.len() > 3) || groups.any(|group| group.len() != 3) {
        return None;
    }
    let whole = whole.replace('.', "");
    Decimal::parse(&part.map_or(whole.clone(), |part| format!("{whole}.{part}")))
}

/// The unit after a number, and how long it is with the space before it.
fn unit(after: &str) -> (Unit, usize) {
    const UNITS: [(&str, Unit); 10] = [
        ("procentpoint", Unit::Points),
        ("pct.-point", Unit::Points),
        ("pct.point", Unit::Points),
        ("procent", Unit::Percent),
        ("pct.", Unit::Percent),
        ("pct", Unit::Percent),
        ("%", Unit::Percent),
        ("beboere", Unit::Residents),
        ("indbyggere", Unit::Residents),
        ("", Unit::Bare),
    ];
    let word = after.trim_start_matches(' ');
    let space = after.len() - word.len();
    let ends = |unit: &str| {
        let next = word[unit.len()..].chars().next();
        !unit.ends_with(char::is_alphanumeric) && !unit.is_empty() || !next.is_some_and(char::is_alphanumeric)
    };
    let found = UNITS.iter().find(|(unit, _)| {
        let begins = word.get(..unit.len()).is_some_and(|start| start.to_lowercase() == *unit);
        begins && ends(unit)
    });
    match found {
        Some((_, Unit::Bare)) | None if word.starts_with(char::is_alphabetic) => (Unit::Other, 0),
        Some((_, Unit::Bare)) | None => (Unit::Bare, 0),
        Some((text, unit)) => (*unit, space + text.len()),
    }
}

/// Does a clause tell something else than a fact about the area today?
pub(super) fn is_open(clause: &str) -> bool {
    words(clause).any(|word| OPEN.iter().any(|open| word.starts_with(open)))
}

/// Up or down, where a clause says one of them.
pub(super) fn direction(clause: &str) -> Option<bool> {
    let says = |verbs: &[&str]| words(clause).any(|word| verbs.contains(&word));
    match (says(&UP), says(&DOWN)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Is a time given from which something has changed, other than by a year?
pub(super) fn has_other_start(clause: &str) -> bool {
    let words: Vec<&str> = words(clause).collect();
    let year = |word: Option<&&str>| word.is_some_and(|word| word.len() == 4 && word.parse::<u16>().is_ok());
    (0..words.len()).any(|at| words[at] == "siden" && !year(words.get(at + 1)))
}

/// The years that a clause names.
pub(super) fn years(clause: &str) -> Vec<u16> {
    words(clause)
        .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
        .filter_map(|word| word.parse().ok())
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Where a name stands in a text as a word of its own.
pub(super) fn places_of(text: &str, name: &str) -> Vec<Range<usize>> {
    let apart = |range: &Range<usize>| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..range.start].chars().next_back()) && !letter(text[range.end..].chars().next())
    };
    if name.is_empty() {
        return Vec::new();
    }
    text.match_indices(name).map(|(at, name)| at..at + name.len()).filter(apart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_units_in_the_danish_way() {
        let found =
            numbers("Andelen er 39,2 pct. af 1.284 beboere, 5,1\u{a0}procentpoint fra 45 % den 14.01.2026.");
        let read: Vec<(String, Unit, &str)> =
            found.iter().map(|n| (n.value.to_string(), n.unit, n.written.as_str())).collect();
        assert_eq!(
            read,
            [
                ("39.2".into(), Unit::Percent, "39,2 pct."),
                ("1284".into(), Unit::Residents, "1.284 beboere"),
                ("5.1".into(), Unit::Points, "5,1 procentpoint"),
                ("45".into(), Unit::Percent, "45 %"),
            ]
        );
    }

    #[test]
    fn estimates_bounds_and_ranges_are_not_firm() {
        for (text, firm) in [
            ("er 39,2 pct.", true),
            ("er ca. 39 pct.", false),
            ("over 39 pct.", false),
            ("35-40 pct.", false),
            ("steget med 5 pct.", false),
            ("steget med 5,1 procentpoint", true),
        ] {
            assert_eq!(numbers(text).iter().all(Number::is_firm), firm, "{text}");
        }
    }

    #[test]
    fn a_rounded_number_is_the_printed_one() {
        let is = |text: &str, printed: &str| {
            numbers(text)[0].is_rounded(Decimal::parse(printed).expect("a number"))
        };
        assert!(is("40 pct.", "40.4") && is("40,4 pct.", "40.4") && !is("39,2 pct.", "40.4"));
        assert!(is("1.300 beboere", "1284") && !is("1.301 beboere", "1284") && !is("40 pct.", "38"));
    }

    #[test]
    fn a_clause_ends_where_the_sentence_goes_over_to_something_else() {
        let said = "Andelen er 40,4 pct. af de voksne, og indkomsten er faldet. Det er nyt.";
        assert_eq!(
            clauses(said),
            ["andelen er 40,4 pct. af de voksne", "indkomsten er faldet.", "det er nyt."]
        );
    }

    #[test]
    fn a_direction_is_read_only_where_one_is_said() {
        assert_eq!(direction("andelen er steget"), Some(true));
        assert_eq!(direction("andelen falder"), Some(false));
        assert_eq!(direction("andelen er steget og faldet"), None);
        assert!(
            is_open("andelen er ikke steget")
                && is_open("målet er 35 pct.")
                && !is_open("andelen er 35 pct.")
        );
        assert!(has_other_start("faldet siden sommeren") && !has_other_start("faldet siden 2020"));
    }
}
