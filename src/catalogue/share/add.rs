//! Taking entries into a catalogue: text is set in, and nothing that is there is rewritten.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    OWN_WORDS, SHARED, find,
    said::{file, said, said_at},
};
use crate::{
    catalogue::{
        Catalogue,
        entry::{INDENT, cut, indented, range},
        load::read,
        load_str,
        pieces::{Piece, pieces},
    },
    diagnostics::{At, Diagnostic, Outcome, Severity, SourceFile},
};

/// What was taken in.
pub struct Added {
    /// The new text of the catalogue.
    pub text: String,
    /// The catalogue that it is.
    pub catalogue: Catalogue,
    /// What is new, by section.
    pub new: Vec<(String, String)>,
    /// What was there, and is kept as it is.
    pub kept: Vec<(String, String)>,
}

/// Sets the entries of a file into a catalogue's text, each at the end of its section; both are known to the user by their names.
///
/// # Errors
/// Mistakes in either text, entries that are another thing in the catalogue, and what the catalogue would lack with them.
pub fn add((name, text): (&str, &str), (from, entries): (&str, &str)) -> Outcome<Added> {
    let (catalogue, warnings) = load_str(name, text)?;
    let entries = file(from, entries.strip_prefix('\u{feff}').unwrap_or(entries));
    let found: Vec<Diagnostic> = read(&entries).found.into_iter().filter(Diagnostic::is_error).collect();
    if !found.is_empty() {
        return Err(found);
    }
    let (mut new, mut kept, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces(&entries) {
        match taken(&catalogue, &entries, &piece) {
            Ok(true) => kept.extend(piece.id.map(|(id, _)| (piece.section, id))),
            Ok(false) => new.push(piece),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let text = set_in(name, text, &entries, &new)?;
    let (catalogue, _) = load_str(name, &text).map_err(|errors| {
        errors
            .into_iter()
            .map(|error| error.hint("the catalogue would have this mistake; nothing was written"))
            .collect::<Vec<_>>()
    })?;
    let new = new.into_iter().filter_map(|piece| Some((piece.section, piece.id?.0))).collect();
    Ok((Added { text, catalogue, new, kept }, warnings))
}

/// Has the catalogue this entry already? One that says something else is refused.
fn taken(catalogue: &Catalogue, entries: &Arc<SourceFile>, piece: &Piece) -> Result<bool, Diagnostic> {
    let section = piece.section.as_str();
    let Some((id, place)) = &piece.id else {
        let message = format!("`{section}:` has no entries, one a line");
        let place = piece.window.place(0, section.len());
        return Err(
            Diagnostic::error("not-cut", message, &place).hint("write each entry on a line of its own")
        );
    };
    if !SHARED.contains(&section) {
        let message = format!("`{section}:` is a municipality's own and is not taken in");
        return Err(Diagnostic::error("not-shared", message, place)
            .hint(format!("these can be taken in: {}", SHARED.join(", "))));
    }
    let Some(known) = find(catalogue, section, id) else { return Ok(false) };
    if OWN_WORDS.contains(&section) || said_at(known, section, id) == said(&entries.text, section, id) {
        return Ok(true);
    }
    let message = format!("`{id}` of `{section}` is something else in the catalogue ({known:?})");
    let bases = catalogue.base.as_ref().map(|base| base.version.value.to_string());
    let hint = bases.map_or(String::new(), |base| {
        format!("; if it is of the base, both catalogues must take in the same (yours is {base})")
    });
    Err(Diagnostic::error("id-taken", message, place)
        .hint("an id stands for one thing: nothing was written")
        .hint(format!("rename one of the two{hint}")))
}

/// The catalogue's text with the entries at the ends of their sections; sections that it lacks follow at its end.
fn set_in(
    name: &str,
    text: &str,
    entries: &Arc<SourceFile>,
    new: &[Piece],
) -> Result<String, Vec<Diagnostic>> {
    let own = file(name, text);
    let windows = text.contains("\r\n");
    let mut places: BTreeMap<usize, String> = BTreeMap::new();
    for section in SHARED {
        let inside: Vec<&Piece> = new.iter().filter(|piece| piece.section == section).collect();
        if inside.is_empty() {
            continue;
        }
        let (at, indent, head) = end_of(&own, section)?;
        let lines: String = inside.iter().map(|piece| with_comments(entries, piece, indent)).collect();
        places.entry(at).or_default().push_str(&format!("{head}{lines}"));
    }
    let mut whole = text.to_string();
    for (at, lines) in places.into_iter().rev() {
        let first = if at > 0 && !whole[..at].ends_with('\n') { "\n" } else { "" };
        let lines = format!("{first}{lines}");
        whole.insert_str(at, &if windows { lines.replace('\n', "\r\n") } else { lines });
    }
    Ok(whole)
}

/// Where a section ends in a text, how far its entries are indented, and the head it needs.
fn end_of(own: &Arc<SourceFile>, section: &str) -> Result<(usize, usize, String), Vec<Diagnostic>> {
    let all = pieces(own);
    let Some(last) = all.iter().rfind(|piece| piece.section == section) else {
        return Ok((own.text.len(), INDENT, format!("\n{section}:\n")));
    };
    let inside = range(last);
    let body = own.text.get(inside.clone()).unwrap_or_default();
    let Some((_, place)) = &last.id else {
        let head = own.text.get(last.window.head.clone()).unwrap_or_default();
        let bare = head.split('#').next().is_some_and(|head| head.trim_end().ends_with(':'));
        let empty = body.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        if bare && empty {
            return Ok((last.window.head.end, INDENT, String::new()));
        }
        let at = At::Text(last.window.place(0, section.len()));
        let error = Diagnostic::new(
            Severity::Error,
            "not-cut",
            format!("`{section}:` has its entries in braces"),
            at,
        );
        return Err(vec![
            error.hint("entries are set in as lines: write each entry of the section on a line of its own"),
        ]);
    };
    // Comments at the left margin below a section are about what follows.
    let mut end = inside.start;
    let mut kept = end;
    for line in body.split_inclusive('\n') {
        end += line.len();
        if !line.trim().is_empty() && !line.starts_with('#') {
            kept = end;
        }
    }
    Ok((kept, place.line_column().1 - 1, String::new()))
}

/// The lines of an entry with the comments above it.
fn with_comments(entries: &Arc<SourceFile>, piece: &Piece, indent: usize) -> String {
    let own = piece.id.as_ref().and_then(|(_, place)| Some((cut(place)?, place)));
    let text = own.map_or_else(|| entries.text[range(piece)].to_string(), |(text, _)| text);
    indented(&text, INDENT, indent)
}
