//! An entry as it is written: cut out of the file that it stands in, so that it can be shown, copied and passed on.

use std::ops::Range;

use super::{
    At, Catalogue, Section,
    pieces::{Piece, pieces},
};
use crate::{diagnostics::Place, ids::IndicatorId};

/// The text of the entry whose id stands at a place, without the indentation of its section and the comments above it.
fn written(id: &Place) -> Option<String> {
    let Some((_, own)) = of_lines(id) else { return in_braces(id).map(str::to_string) };
    Some(indented(own, id.line_column().1 - 1, 0).trim_end().to_string())
}

/// The indent of entries in a file that is passed on.
pub(in crate::catalogue) const INDENT: usize = 2;

/// The text of the entry whose id stands at a place, comments above it included, indented as in a file that is passed on.
pub(in crate::catalogue) fn cut(place: &Place) -> Option<String> {
    let Some((start, own)) = of_lines(place) else {
        return Some(format!("{}{}\n", " ".repeat(INDENT), in_braces(place)?));
    };
    // The comments above an entry stand at the end of the one before it, or under the head of the section.
    let above = tail(place.file.text.get(..start)?);
    let above = above.rsplit_once("\n\n").map_or(above, |(_, last)| last);
    // A line drawn between groups of entries is not about this one.
    let above: String = above.split_inclusive('\n').filter(|line| !line.contains("──")).collect();
    Some(indented(&format!("{above}{own}"), place.line_column().1 - 1, INDENT))
}

/// An entry that has lines of its own: where they begin, and the lines.
fn of_lines(place: &Place) -> Option<(usize, &str)> {
    let here = |id: &Place| id.offset.abs_diff(place.offset) <= 1;
    let is_it = |piece: &Piece| piece.id.as_ref().is_some_and(|(_, id)| here(id));
    let range = range(&pieces(&place.file).into_iter().find(is_it)?);
    let own = place.file.text.get(range.clone())?;
    Some((range.start, &own[..own.len() - tail(own).len()]))
}

/// Where the text of an entry stands in its file.
pub(in crate::catalogue) fn range(piece: &Piece) -> Range<usize> {
    let start = piece.window.body;
    start..start + piece.text.len() - piece.window.head.len()
}

/// The comments and blank lines that a text ends with.
fn tail(text: &str) -> &str {
    let mut start = text.len();
    for line in text.split_inclusive('\n').rev() {
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            break;
        }
        start -= line.len();
    }
    &text[start..]
}

/// Moves every line from one indent to another. Ends of line are plain.
pub(in crate::catalogue) fn indented(text: &str, from: usize, to: usize) -> String {
    let line = |line: &str| {
        let rest = line.trim_start_matches(' ');
        let deep = line.len() - rest.len();
        let indent = if rest.starts_with('#') {
            to.max((deep + to).saturating_sub(from))
        } else {
            (deep + to).saturating_sub(from)
        };
        if rest.is_empty() { "\n".to_string() } else { format!("{}{rest}\n", " ".repeat(indent)) }
    };
    text.lines().map(line).collect()
}

/// An entry of a section that is written in braces: `id: value`, up to the comma or the brace that ends it.
fn in_braces(place: &Place) -> Option<&str> {
    let text = place.file.text.get(place.offset..)?;
    let (mut depth, mut quote) = (0_i32, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, ',' | '}') if depth == 0 => {
                return Some(text[..at].trim_end());
            }
            (None, '}' | ']') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

/// The entry of a section with this id, as it is written.
fn of_section<K: Ord + Clone + std::borrow::Borrow<str>, V>(
    section: &Section<K, V>,
    id: &str,
) -> Option<String> {
    let (key, _): (&At<K>, _) = section.get_key_value(id)?;
    written(&key.place)
}

impl Catalogue {
    /// An indicator's entry as it is written; what the municipality adjusts of it stands in [`Self::adjustment_written`].
    pub fn indicator_written(&self, id: &IndicatorId) -> Option<String> {
        of_section(&self.indicators, id.as_str())
    }

    /// What the municipality's own file adjusts of an indicator of the base, as it is written.
    pub fn adjustment_written(&self, id: &IndicatorId) -> Option<String> {
        of_section(&self.adjust, id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::load_str;

    const HEAD: &str = "catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }
sources: { s: { title: S, file: s.csv, period: { year: y }, located-by: { area: a } } }
populations: { p: { from: s } }
themes: { t: T }
indicators:
";
    const FIRST: &str = "  first:   # the plainest\n    title: Første\n    theme: t\n    method: { count: { of: p } }\n\n    # in words\n    unit: count\n    higher-is: worse\n";

    #[test]
    fn a_block_is_cut_out_with_its_comments_and_up_to_the_next_entry() {
        let second = "  second: { title: Anden, theme: t, method: { count: { of: p } }, unit: count, higher-is: worse }\n";
        let text = format!("{HEAD}{FIRST}  # about the second\n{second}reports:\n");
        let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let cut = |id: &str| catalogue.indicator_written(&id.into()).expect("declared");
        assert_eq!(
            cut("first"),
            "first:   # the plainest\n  title: Første\n  theme: t\n  method: { count: { of: p } }\n\n  # in words\n  unit: count\n  higher-is: worse"
        );
        assert_eq!(cut("second"), second.trim());
        assert_eq!(catalogue.adjustment_written(&"first".into()), None);
    }

    #[test]
    fn an_entry_between_braces_ends_before_the_comma_or_the_brace_after_it() {
        let head = HEAD.replace("indicators:\n", "");
        let entry = |id: &str| {
            format!(
                "{id}: {{ title: \"A, }} B\", theme: t, method: {{ count: {{ of: p }} }}, unit: count, higher-is: worse }}"
            )
        };
        let text = format!("{head}indicators: {{ {}, {} }}\n", entry("a"), entry("b"));
        let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        for id in ["a", "b"] {
            assert_eq!(catalogue.indicator_written(&id.into()), Some(entry(id)));
        }
    }
}
