//! SQL expressions in the catalogue. They are kept as text here: their columns are checked where the data is known.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

use super::spans::At;
use crate::diagnostics::Place;

/// An SQL expression over the columns of a source, as `age BETWEEN 18 AND 64`.
#[derive(Clone, Debug)]
pub struct Sql {
    /// The expression as YAML gives it.
    pub text: String,
    /// The scalar it was written in.
    pub place: Place,
}

impl Sql {
    /// Where `len` bytes from byte `offset` of the expression stand in the catalogue, whatever way it is quoted or folded.
    pub fn place_of(&self, offset: usize, len: usize) -> Place {
        let written = self.place.file.text.get(self.place.offset..).unwrap_or_default();
        let starts = align(&self.text, written);
        let at = |i: usize| starts.get(i.min(starts.len().saturating_sub(1))).copied().unwrap_or_default();
        let (first, last) = (at(offset), at(offset + len.saturating_sub(1)));
        Place { offset: self.place.offset + first, len: (last - first) + 1.min(len), ..self.place.clone() }
    }
}

/// For every byte of a scalar's value its offset in the scalar as `written`: past the opening quote or the head of a
/// block, over escapes, and over line breaks that YAML folds into one space.
fn align(value: &str, written: &str) -> Vec<usize> {
    let bytes = written.as_bytes();
    let mut next = match bytes.first() {
        Some(b'"' | b'\'') => 1,
        Some(b'|' | b'>') => written.find('\n').map_or(0, |end| end + 1),
        _ => 0,
    };
    let space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let mut starts = Vec::with_capacity(value.len());
    let mut in_space = false;
    for byte in value.bytes() {
        if byte.is_ascii_whitespace() {
            starts.push(next.min(bytes.len()));
            next += usize::from(space(next));
            in_space = true;
            continue;
        }
        while in_space && space(next) || bytes.get(next).is_some_and(|written| *written != byte) {
            next += 1;
        }
        in_space = false;
        starts.push(next.min(bytes.len()));
        next += 1;
    }
    starts
}

impl<'de> Deserialize<'de> for Sql {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let At { value, place } = At::<String>::deserialize(deserializer)?;
        Ok(Self { text: value, place })
    }
}

impl JsonSchema for Sql {
    fn schema_name() -> Cow<'static, str> {
        "Sql".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "an SQL expression over the columns of the source, as `age BETWEEN 18 AND 64`"
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostics::SourceFile;

    /// The text at which `word` of the expression is found again in the file.
    fn found(yaml: &str, scalar: &str, value: &str, word: &str) -> (usize, usize, String) {
        let file = Arc::new(SourceFile { name: "a.yaml".into(), text: yaml.into() });
        let offset = yaml.find(scalar).expect("the scalar is in the text");
        let sql = Sql { text: value.into(), place: Place { file, offset, len: scalar.len() } };
        let place = sql.place_of(value.find(word).expect("the word is in the value"), word.len());
        let (line, column) = place.line_column();
        (line, column, yaml[place.offset..place.offset + place.len].into())
    }

    #[test]
    fn a_word_is_found_again_in_plain_quoted_and_folded_scalars() {
        let at = |line, column| (line, column, "alder".to_string());
        assert_eq!(found("where: køn = 1 AND alder > 2", "køn", "køn = 1 AND alder > 2", "alder"), at(1, 20));
        assert_eq!(found("w: 'a = ''x'' OR alder > 2'", "'a", "a = 'x' OR alder > 2", "alder"), at(1, 18));
        assert_eq!(found("w: \"a = \\\"x\\\" OR alder\"", "\"a", "a = \"x\" OR alder", "alder"), at(1, 18));
        assert_eq!(
            found("w: >\n  a > 1\n  AND alder > 2\n", ">", "a > 1 AND alder > 2\n", "alder"),
            at(3, 7)
        );
    }
}
