//! JSON: one array of objects, each a row. A key that an object lacks is an empty cell.

use std::{collections::BTreeMap, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};
use serde_json::Value;

use super::{
    csv::Broken,
    text_columns::{Form, TextColumn},
};

/// Reads a whole file. What is wrong is told by row and position, never by value.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<TextColumn>, Broken> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rows = Rows::default();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let read = rows.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    if let Err(problem) = read {
        let (line, column) = (problem.line(), problem.column());
        let name = rows.nested.take();
        let message = match (&name, rows.started) {
            (Some(_), _) => {
                "a list or an object where a number, a text, true, false or null was expected".to_string()
            }
            (None, false) => format!("expected an array of objects (line {line}, column {column})"),
            (None, true) => format!("not valid JSON, or not an object, at line {line}, column {column}"),
        };
        return Err(Broken { message, name, row: rows.started.then_some(rows.count + 1), hint: None });
    }
    if rows.count == 0 {
        return Err(Broken { message: "the file has no rows".into(), name: None, row: None, hint: None });
    }
    let count = rows.count;
    Ok(rows.columns.into_values().map(|column| padded(column, count)).collect())
}

fn padded(mut column: TextColumn, rows: usize) -> TextColumn {
    while column.len() < rows {
        column.push("", Form::Empty);
    }
    column
}

/// Rows read so far, column by column.
#[derive(Default)]
struct Rows {
    columns: BTreeMap<String, TextColumn>,
    count: usize,
    started: bool,
    nested: Option<String>,
}

impl<'de> DeserializeSeed<'de> for &mut Rows {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for &mut Rows {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        self.started = true;
        while let Some(row) = seq.next_element::<BTreeMap<String, Value>>()? {
            for (key, value) in row {
                let (text, form) = match value {
                    Value::Null => (String::new(), Form::Empty),
                    Value::Bool(truth) => (truth.to_string(), Form::Truth),
                    Value::Number(number) => (number.to_string(), Form::Number),
                    Value::String(text) => (text, Form::Text),
                    Value::Array(_) | Value::Object(_) => {
                        self.nested = Some(key);
                        return Err(A::Error::custom("nested"));
                    }
                };
                let column = self.columns.remove(&key).unwrap_or_else(|| TextColumn::new(&key));
                let mut column = padded(column, self.count);
                column.push(&text, form);
                self.columns.insert(key, column);
            }
            self.count += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_texts_and_absent_keys_become_columns() {
        let columns = read(br#"[{"id": "1620", "antal": 5}, {"id": "7101"}, {"antal": 7.5, "id": null}]"#)
            .expect("good");
        let cells =
            |i: usize| columns[i].cells().map(|(text, form)| (text.to_string(), form)).collect::<Vec<_>>();
        assert_eq!(columns[0].name, "antal");
        assert_eq!(
            cells(0),
            [("5".into(), Form::Number), (String::new(), Form::Empty), ("7.5".into(), Form::Number)]
        );
        assert_eq!(cells(1)[0], ("1620".into(), Form::Text));
        assert_eq!(cells(1)[2].1, Form::Empty);
    }

    #[test]
    fn a_broken_file_is_told_by_row_and_never_by_value() {
        let problem = |text: &str| read(text.as_bytes()).err().expect("broken");
        assert_eq!(problem(r#"[{"a": 1}, {"a": 2}, {"a": 0101901234}]"#).row, Some(3));
        assert_eq!(problem(r#"[{"a": 1}, "0101901234"]"#).row, Some(2));
        assert!(!problem(r#"[{"a": 1}, "0101901234"]"#).message.contains("0101901234"));
        assert_eq!(problem(r#"[{"a": 1}, {"a": {"b": 1}}]"#).row, Some(2));
        assert_eq!(problem(r#"{"type": "FeatureCollection"}"#).row, None);
        assert_eq!(problem("[{\"a\": 1}").row, Some(2));
    }
}
