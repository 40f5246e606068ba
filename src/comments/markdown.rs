//! A comment as a Markdown file: a head of `key: value` lines between two lines `---`, then the text.

use std::sync::Arc;

use super::entry::{Cell, Part, Row, cpr_number, has_cpr};
use crate::diagnostics::{At, Diagnostic, Place, Severity, SourceFile};

const FENCE: &str = "---";
const HEAD: &str =
    "begin the file with\n---\nområde: …\nfelt: kommentar\nrolle: …\ndato: 2026-01-14\nstatus: kladde\n---";

/// Reads the one comment of a file.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Row>, Vec<Diagnostic>> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let at = At::File(name.to_string());
        let message = "the file is not UTF-8 text";
        return Err(vec![
            Diagnostic::new(Severity::Error, "comment-not-text", message, at)
                .hint("save it as UTF-8, so that æ, ø and å can be read"),
        ]);
    };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    // A message draws the line that it is about, so nothing else is told of a file with such a number.
    if has_cpr(&text) {
        let line = text.lines().position(has_cpr).map_or("the text".into(), |at| format!("line {}", at + 1));
        return Err(vec![cpr_number(&line, At::File(name.to_string()))]);
    }
    let file = Arc::new(SourceFile { name: name.to_string(), text });
    let (head, body) = parts(&file)?;
    let mut cells = Part::ALL.map(|_| Cell { text: String::new(), at: place(&file, 0, FENCE.len()) });
    let mut errors = Vec::new();
    let mut offset = FENCE.len() + 1;
    for line in head.lines() {
        match key(line) {
            Some((part, value)) if part != Part::Text => {
                cells[part as usize] = Cell { text: value.to_string(), at: place(&file, offset, line.len()) };
            }
            _ if line.trim().is_empty() => {}
            found => errors.push(unknown_key(line, found.is_some(), &place(&file, offset, line.len()))),
        }
        offset += line.len() + 1;
    }
    // Where there is no text, the end of the head is the place for it.
    let start = match body.trim() {
        "" => FENCE.len() + 1 + head.len() + 1,
        _ => file.text.len() - body.trim_start().len(),
    };
    let first = body.trim_start().lines().next().unwrap_or(FENCE).len();
    cells[Part::Text as usize] = Cell { text: unwrapped(body), at: place(&file, start, first) };
    let row = Row { cells, at: place(&file, start, first) };
    if errors.is_empty() { Ok(vec![row]) } else { Err(errors) }
}

/// Head and body.
fn parts(file: &Arc<SourceFile>) -> Result<(&str, &str), Vec<Diagnostic>> {
    let inside = file.text.strip_prefix("---\n");
    inside.and_then(|inside| inside.split_once("\n---\n")).ok_or_else(|| {
        let message = "the file does not begin with what the comment is about";
        let at = At::File(file.name.clone());
        vec![Diagnostic::new(Severity::Error, "comment-head", message, at).hint(HEAD)]
    })
}

fn key(line: &str) -> Option<(Part, &str)> {
    let (key, value) = line.split_once(':')?;
    Some((Part::named(key)?, value.trim()))
}

/// A line of the head that says nothing that is known. Its words are quoted only up to the colon.
fn unknown_key(line: &str, is_text: bool, at: &At) -> Diagnostic {
    let written = line.split(':').next().unwrap_or_default().trim();
    let known = Part::ALL.into_iter().filter(|part| *part != Part::Text).map(Part::word);
    let at = match at {
        // The rest of the line may be anything: it is not drawn.
        At::Text(place) => At::Text(Place { len: written.len(), ..place.clone() }),
        other => other.clone(),
    };
    let error = Diagnostic::new(Severity::Error, "comment-key", "a line that the head does not have", at);
    if is_text {
        return error.hint("the text stands below the second `---`");
    }
    error.did_you_mean(&written.to_lowercase(), known).hint(HEAD)
}

/// Paragraphs are parted by blank lines; a single line break is a space. A line that begins with `#` stays one.
fn unwrapped(body: &str) -> String {
    let mut out = String::new();
    for line in body.lines().map(str::trim) {
        let breaks = if line.starts_with('#') { "\n" } else { " " };
        match line {
            "" if out.is_empty() || out.ends_with("\n\n") => {}
            "" => out.push_str("\n\n"),
            line if out.is_empty() || out.ends_with('\n') => out.push_str(line),
            line => {
                out.push_str(breaks);
                out.push_str(line);
            }
        }
    }
    out.trim().to_string()
}

fn place(file: &Arc<SourceFile>, offset: usize, len: usize) -> At {
    At::Text(Place { file: Arc::clone(file), offset, len })
}
