//! The text of an entry, as it stands in a file.

use std::{ops::Range, sync::Arc};

use serde_json::Value;

use crate::{
    catalogue::pieces::{Piece, pieces},
    diagnostics::{Place, SourceFile},
};

/// The indent of entries in a file that is passed on.
pub(super) const INDENT: usize = 2;

/// The text of the entry whose id stands at a place, comments above it included, indented as in a file that is passed on.
pub(super) fn cut(place: &Place) -> Option<String> {
    let file = &place.file;
    let all = pieces(file);
    let here = |id: &Place| id.offset.abs_diff(place.offset) <= 1;
    let whole = all.iter().position(|piece| piece.id.as_ref().is_some_and(|(_, id)| here(id)));
    let Some(number) = whole else { return in_braces(place) };
    let own = range(&all[number]);
    let own = file.text.get(own.clone())?;
    let own = &own[..own.len() - tail(own).len()];
    // The comments above an entry stand at the end of the one before it, or under the head of the section.
    let before = file.text.get(..range(&all[number]).start)?;
    let above = tail(before);
    let above = above.rsplit_once("\n\n").map_or(above, |(_, last)| last);
    // A line drawn between groups of entries is not about this one.
    let above: String = above.split_inclusive('\n').filter(|line| !line.contains("──")).collect();
    Some(indented(&format!("{above}{own}"), place.line_column().1 - 1, INDENT))
}

/// Where the text of an entry stands in its file.
pub(super) fn range(piece: &Piece) -> Range<usize> {
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
pub(super) fn indented(text: &str, from: usize, to: usize) -> String {
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
fn in_braces(place: &Place) -> Option<String> {
    let text = place.file.text.get(place.offset..)?;
    let (mut depth, mut quote) = (0_i32, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, ',' | '}') if depth == 0 => {
                return Some(format!("{}{}\n", " ".repeat(INDENT), text[..at].trim_end()));
            }
            (None, '}' | ']') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

/// What an entry says, whatever way it is written.
pub(super) fn said(text: &str, section: &str, id: &str) -> Option<Value> {
    let options = serde_saphyr::options! { strict_booleans: true };
    let all: Value = serde_saphyr::from_str_with_options(text, options).ok()?;
    all.get(section)?.get(id).cloned()
}

/// What the entry at a place says.
pub(super) fn said_at(place: &Place, section: &str, id: &str) -> Option<Value> {
    cut(place).and_then(|entry| said(&format!("{section}:\n{entry}"), section, id))
}

/// A text as a file.
pub(super) fn file(name: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { name: name.into(), text: text.into() })
}
