//! A finished sentence: runs of plain and bold text, with the spaces that must not break.

use serde::{Serialize, Serializer, ser::SerializeSeq};

use crate::numbers::NO_BREAK;

/// A piece of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Set in bold type.
    pub bold: bool,
}

/// A finished sentence. As JSON a string, or a list of strings and of `{ "t": …, "b": true }`.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Rich(Vec<Run>);

impl Rich {
    /// The runs, in reading order.
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// How many words there are; numbers count as words, spaces that do not break as spaces.
    pub fn word_count(&self) -> usize {
        self.plain().split_whitespace().count()
    }

    /// This sentence and another after a space.
    pub fn then(mut self, other: Self) -> Self {
        if !self.0.is_empty() && !other.0.is_empty() {
            self.push(" ", false);
        }
        other.0.iter().for_each(|run| self.push(&run.text, run.bold));
        self
    }

    /// A sentence with `|bold|` words, for tests.
    #[cfg(test)]
    pub(crate) fn marked(text: &str) -> Self {
        runs(text, '|')
    }

    /// The words that somebody wrote, with `**bold**` marked by hand.
    pub fn written(text: &str) -> Self {
        runs(&text.replace(super::BOLD, "").replace("**", &super::BOLD.to_string()), super::BOLD)
    }

    fn push(&mut self, text: &str, bold: bool) {
        match self.0.last_mut() {
            Some(last) if last.bold == bold => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Run { text: text.to_string(), bold }),
        }
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Self {
        let mut rich = Self::default();
        rich.push(&text, false);
        rich
    }
}

impl Serialize for Rich {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Bold<'a> {
            t: &'a str,
            b: bool,
        }
        if self.0.iter().all(|run| !run.bold) {
            return serializer.serialize_str(&self.plain());
        }
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for run in &self.0 {
            if run.bold {
                list.serialize_element(&Bold { t: &run.text, b: true })?;
            } else {
                list.serialize_element(&run.text)?;
            }
        }
        list.end()
    }
}

/// Splits a rendered text at the marks of bold type, and binds numbers to their units.
pub(super) fn runs(rendered: &str, mark: char) -> Rich {
    let mut rich = Rich::default();
    for (i, part) in bound(rendered).split(mark).enumerate() {
        rich.push(part, i % 2 == 1);
    }
    rich
}

/// What stays on the line of the number before it.
const UNITS: [&str; 20] = [
    "pct.",
    "procentpoint",
    "point",
    "kr.",
    "år",
    "m²",
    "km",
    "meter",
    "personer",
    "beboere",
    "boliger",
    "områder",
    "kvartal",
    "halvår",
    "januar",
    "februar",
    "oktober",
    "december",
    "a",
    "b",
];

/// Puts a no-break space between a number and its unit, and after `§` and `§§`.
fn bound(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        out.push_str(word);
        let Some(next) = words.peek() else { break };
        let number = word.ends_with(|c: char| c.is_ascii_digit())
            || (word.ends_with('.') && word.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit()));
        let bare = next.trim_end_matches([',', ';', ':', ')']);
        let unit = UNITS.iter().any(|unit| bare == *unit || bare.strip_suffix('.') == Some(unit));
        out.push(if (number && unit) || word.ends_with('§') { NO_BREAK } else { ' ' });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_its_unit_stay_on_one_line() {
        assert_eq!(
            bound("Det er 40,4 pct., 2 procentpoint og §§ 61 a."),
            "Det er 40,4\u{a0}pct., 2\u{a0}procentpoint og §§\u{a0}61\u{a0}a."
        );
        assert_eq!(bound("i 2025 steg tallet"), "i 2025 steg tallet");
        assert_eq!(bound("den 1. december 2025"), "den 1.\u{a0}december 2025");
    }

    #[test]
    fn a_sentence_without_bold_is_a_string_in_json_and_one_with_bold_a_list() {
        let json = |rich: &Rich| serde_json::to_string(rich).expect("plain data");
        assert_eq!(json(&runs("a b", '|')), r#""a b""#);
        assert_eq!(json(&runs("a |b| c", '|')), r#"["a ",{"t":"b","b":true}," c"]"#);
    }
}
