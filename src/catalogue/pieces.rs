//! A catalogue cut into its entries. serde stops at the first mistake, so a file with mistakes is read entry by entry.

use std::{ops::Range, sync::Arc};

use super::spans::Window;
use crate::diagnostics::{Place, SourceFile};

/// One entry of a section together with the section's head line, or a section that is not a map of entries.
pub(super) struct Piece {
    /// The text to parse: head line and entry.
    pub text: String,
    /// Where that text stands in the file.
    pub window: Window,
    /// The section's key.
    pub section: String,
    /// The entry's id and its place; `None` for a section that is one piece.
    pub id: Option<(String, Place)>,
}

/// Sections whose keys are fields, not ids of entries.
const SINGLE: [&str; 4] = ["catalogue", "theme", "case-system", "base"];

/// Cuts a file at its lines: a key at the left margin starts a section, a key at the section's first indent an entry.
pub(super) fn pieces(file: &Arc<SourceFile>) -> Vec<Piece> {
    let lines = lines(&file.text);
    let starts: Vec<usize> =
        (0..lines.len()).filter(|i| key_at(&file.text[lines[*i].clone()], 0).is_some()).collect();
    let mut found = Vec::new();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(lines.len());
        section(file, &lines[*start..end], &mut found);
    }
    found
}

/// Cuts one section.
fn section(file: &Arc<SourceFile>, lines: &[Range<usize>], found: &mut Vec<Piece>) {
    let text = |line: &Range<usize>| &file.text[line.clone()];
    let (head, body) = (&lines[0], &lines[1..]);
    let Some(name) = key_at(text(head), 0) else { return };
    let indent = body.iter().map(text).find_map(indent_of).filter(|indent| *indent > 0);
    let entries: Vec<usize> = match indent {
        Some(indent) if !SINGLE.contains(&name) && is_bare(text(head)) => {
            (0..body.len()).filter(|i| key_at(text(&body[*i]), indent).is_some()).collect()
        }
        _ => Vec::new(),
    };
    let end = lines.last().map_or(head.end, |line| line.end);
    let mut push = |body: Range<usize>, id| {
        let window = Window { file: Arc::clone(file), head: head.clone(), body: body.start };
        let text = format!("{}{}", &file.text[head.clone()], &file.text[body]);
        found.push(Piece { text, window, section: name.into(), id });
    };
    if entries.is_empty() {
        return push(head.end..end, None);
    }
    for (i, entry) in entries.iter().enumerate() {
        let until = entries.get(i + 1).map_or(end, |next| body[*next].start);
        let line = &body[*entry];
        let indent = indent.unwrap_or_default();
        let id = key_at(text(line), indent).unwrap_or_default();
        let quote = usize::from(text(line).as_bytes().get(indent).is_some_and(|b| matches!(b, b'"' | b'\'')));
        let place = Place { file: Arc::clone(file), offset: line.start + indent + quote, len: id.len() };
        push(line.start..until, Some((id.to_string(), place)));
    }
}

/// The lines of a text as ranges of bytes, ends of line included.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            start += line.len();
            start - line.len()..start
        })
        .collect()
}

/// How far a line is indented; `None` for blank lines and comments.
fn indent_of(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    let empty = rest.trim().is_empty() || rest.starts_with('#');
    (!empty).then(|| line.len() - rest.len())
}

/// The key of a line that starts at this indent, if it has one.
fn key_at(line: &str, indent: usize) -> Option<&str> {
    if indent_of(line)? != indent {
        return None;
    }
    let (key, rest) = line[indent..].split_once(':')?;
    let is_key =
        rest.starts_with(char::is_whitespace) && !key.is_empty() && !key.contains([' ', '{', '[', ',']);
    is_key.then(|| key.trim_matches(['"', '\'']))
}

/// Does a head line hold nothing but its key (and a comment)?
fn is_bare(head: &str) -> bool {
    head.split_once(':').is_some_and(|(_, rest)| rest.trim().is_empty() || rest.trim().starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_at_sections_and_entries_and_offsets_lead_back() {
        let text = "# head\ncatalogue: { title: x }\nareas:   # layers\n  # a comment\n  a: { x: 1 }\n  b:\n    file: {\n  }\n\nthemes:\n";
        let file = Arc::new(SourceFile { name: "a.yaml".into(), text: text.into() });
        let found = pieces(&file);
        let names: Vec<(&str, Option<&str>)> =
            found.iter().map(|p| (p.section.as_str(), p.id.as_ref().map(|(id, _)| id.as_str()))).collect();
        assert_eq!(
            names,
            [("catalogue", None), ("areas", Some("a")), ("areas", Some("b")), ("themes", None)]
        );
        let offset = found[2].text.find("file").expect("in the entry");
        assert_eq!(found[2].window.place(offset, 4).offset, text.find("file").expect("in the file"));
        assert_eq!(found[1].id.as_ref().map(|(_, place)| place.line_column()), Some((5, 3)));
    }
}
