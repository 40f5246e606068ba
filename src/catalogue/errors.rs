//! The YAML reader's errors in the words of a catalogue's author, each at its place.

use serde_saphyr::Error;

use super::{forms::TWO_KEYS, spans::Window};
use crate::diagnostics::{Diagnostic, Place};

/// A value of another type than the one that can stand here.
fn wrong_type(expected: &str, unexpected: &str, place: &Place) -> Diagnostic {
    let found = match unexpected {
        "unit value" => "nothing".to_string(),
        "map" => "a map".into(),
        "sequence" => "a list".into(),
        other if other.starts_with("string") => "a text".into(),
        other if other.starts_with("boolean") => "true or false".into(),
        other => other.replacen("integer", "the number", 1).replacen("floating point", "the number", 1),
    };
    let error = wrong(format!("expected {expected}, found {found}"), place);
    if !expected.starts_with("`{") {
        return error;
    }
    error.hint("a form is a map with one key, which says which it is: `method: { count: { of: … } }`")
}

/// Words one error: `text` is what was parsed, `window` where it stands in the file.
pub(super) fn diagnostic(error: &Error, text: &str, window: &Window) -> Diagnostic {
    let error = error.without_snippet();
    let (offset, len) = span(error, text);
    let place = |offset: usize, len: usize| window.place(offset, len);
    let written = text.get(offset..offset + len).unwrap_or_default();
    let here = place(offset, len);
    match error {
        Error::SerdeUnknownField { field, expected, .. } => unknown_field(field, expected, &here),
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            let message = format!("`{variant}` is not one of the words that can stand here");
            Diagnostic::error("unknown-word", message, &here)
                .did_you_mean(variant, expected.iter().copied())
                .hint(one_of(expected))
        }
        Error::SerdeMissingField { field, .. } => {
            let (offset, len) = owner(text, offset);
            let message = format!("`{field}` is missing in {}", quoted(text, offset, len));
            Diagnostic::error("missing-field", message, &place(offset, len)).hint(format!("add `{field}: …`"))
        }
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or(written);
            let message = format!("`{key}` is declared twice");
            Diagnostic::error("declared-twice", message, &here).hint("rename or remove one of the two")
        }
        Error::SerdeInvalidType { unexpected, expected, .. } => {
            let (offset, len) = value_of(text, offset, len);
            wrong_type(expected, unexpected, &place(offset, len))
        }
        Error::InvalidScalar { ty, .. } => {
            let kind = match *ty {
                "u8" => "a whole number from 0 to 255",
                "u16" => "a whole number from 0 to 65535",
                "u32" => "a whole number, 0 or more",
                other => other,
            };
            wrong(format!("expected {kind}, found `{written}`"), &here)
                .hint("write it in digits, without quotes")
        }
        Error::InvalidBooleanStrict { .. } => {
            wrong(format!("expected `true` or `false`, found `{written}`"), &here)
        }
        Error::InvalidCharNotSingleScalar { .. } => {
            wrong(format!("expected one character, found `{}`", written.trim_matches(['"', '\''])), &here)
        }
        Error::NullIntoString { .. } => wrong("expected a text, found nothing", &here),
        Error::Unexpected { expected, .. } => wrong(format!("expected {}", plainly(expected)), &here),
        Error::Message { msg, .. } if msg.ends_with(TWO_KEYS) => {
            wrong(msg.clone(), &here).hint("keep one of the two; the other belongs in an entry of its own")
        }
        Error::Message { msg, .. } => wrong(msg.clone(), &here),
        other => not_yaml(other, &here),
    }
}

fn wrong(message: impl Into<String>, place: &Place) -> Diagnostic {
    Diagnostic::error("wrong-value", message, place)
}

/// A field that the place does not have.
fn unknown_field(field: &str, expected: &[&str], place: &Place) -> Diagnostic {
    let error = Diagnostic::error("unknown-field", format!("`{field}` is not a field here"), place);
    let is_name = field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_name {
        return error.hint("inside `{ }` and `[ ]` a comma ends a text: put the text before it in quotes");
    }
    error.did_you_mean(field, expected.iter().copied()).hint(one_of(expected))
}

/// The hint that lists what could have stood there.
fn one_of(expected: &[&str]) -> String {
    if expected.is_empty() {
        return "there is nothing to choose; write `{}`".to_string();
    }
    let names: Vec<String> = expected.iter().map(|name| format!("`{name}`")).collect();
    format!("expected one of {}", names.join(", "))
}

/// A mistake in the YAML itself.
fn not_yaml(error: &Error, place: &Place) -> Diagnostic {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or_default().to_string();
    let hint = match message.as_str() {
        m if m.contains("mapping values are not allowed") => {
            "put a text with a colon in quotes: `\"Andel: unge\"`"
        }
        m if m.contains("tab") => "indent with spaces",
        m if m.contains("quote") => "close the text with the quote it was opened with",
        _ => "check quotes, brackets and indentation before this place",
    };
    Diagnostic::error("not-yaml", format!("this is not YAML: {message}"), place).hint(hint)
}

/// The reader's names of its events.
fn plainly(expected: &str) -> &str {
    match expected {
        "mapping start" => "a map (`key: value`)",
        "sequence start" => "a list (`[…]`)",
        "string scalar" => "a text",
        other => other,
    }
}

/// Offset and length in bytes of what an error points at.
fn span(error: &Error, text: &str) -> (usize, usize) {
    let Some(location) = error.location() else { return (0, 0) };
    if let (Some(offset), Some(len)) = (location.span().byte_offset(), location.span().byte_len()) {
        return (offset as usize, len as usize);
    }
    let line = (location.line() as usize).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let column: usize =
        rest.chars().take((location.column() as usize).saturating_sub(1)).map(char::len_utf8).sum();
    (start + column, 1)
}

/// An error raised while a value was read is reported at its key: the value after `key: `.
fn value_of(text: &str, offset: usize, len: usize) -> (usize, usize) {
    let after = text.get(offset + len..).unwrap_or_default();
    let Some(rest) = after.strip_prefix(':') else { return (offset, len) };
    let value = rest.trim_start_matches(' ');
    let end = value.find(['\n', '#', ',', '}', ']']).unwrap_or(value.len());
    match value[..end].trim_end().len() {
        0 => (offset, len),
        written => (offset + len + 1 + rest.len() - value.len(), written),
    }
}

/// A missing field is reported at the last key read: the key of the map that lacks it.
fn owner(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let mut depth = 0;
    for (i, c) in before[line_start..].char_indices().rev() {
        match c {
            '}' | ']' => depth += 1,
            '{' | '[' if depth == 0 => return key_before(text, line_start + i),
            '{' | '[' => depth -= 1,
            _ => {}
        }
    }
    let indent = before.len() - line_start;
    let mut start = line_start;
    for line in before[..line_start].split_inclusive('\n').rev() {
        start -= line.len();
        let key = line.trim_start_matches(' ');
        if !key.trim().is_empty() && !key.starts_with('#') && line.len() - key.len() < indent {
            let at = start + line.len() - key.len();
            return (at, key.find(':').unwrap_or(0));
        }
    }
    (offset, 0)
}

/// The key in front of a bracket, as `share` of `share: {`; the bracket if it stands in a list.
fn key_before(text: &str, bracket: usize) -> (usize, usize) {
    let before = text[..bracket].trim_end();
    let Some(key) = before.strip_suffix(':') else { return (bracket, 1) };
    let start = key.rfind([' ', '{', '[', ',', '\n']).map_or(0, |i| i + 1);
    (start, key.len() - start)
}

/// A name in backticks, or `this` for one that cannot be told.
fn quoted(text: &str, offset: usize, len: usize) -> String {
    match text.get(offset..offset + len) {
        Some(name) if len > 1 || name.chars().all(char::is_alphanumeric) && len == 1 => format!("`{name}`"),
        _ => "this".into(),
    }
}
