//! An entry as it is written: cut out of the file that it stands in, so that it can be shown and copied.

use super::{At, Catalogue, Section};
use crate::{diagnostics::Place, ids::IndicatorId};

/// The text of the entry whose id stands at a place, without the indentation of its section.
pub fn written(id: &Place) -> String {
    let text = &id.file.text;
    let line = text[..id.offset].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line..id.offset];
    if before.chars().any(|letter| !letter.is_whitespace()) {
        return within_braces(&text[id.offset..]);
    }
    let indent = before.len();
    let mut lines: Vec<&str> = Vec::new();
    for (number, line) in text[line..].lines().enumerate() {
        let blank = line.trim().is_empty();
        let deeper = line.len() - line.trim_start().len() > indent;
        if number > 0 && !blank && !deeper {
            break;
        }
        lines.push(if blank { "" } else { &line[indent..] });
    }
    lines.join("\n").trim_end().to_string()
}

/// An entry that stands in a map in braces: up to the comma or brace after it.
fn within_braces(text: &str) -> String {
    let (mut depth, mut quote) = (0usize, None);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(letter),
            (None, '{' | '[') => depth += 1,
            (None, ',' | '}') if depth == 0 => return text[..at].trim_end().to_string(),
            (None, '}' | ']') => depth -= 1,
            (None, _) => {}
        }
    }
    text.trim_end().to_string()
}

/// The entry of a section with this id, as it is written.
fn of_section<K: Ord + Clone + std::borrow::Borrow<str>, V>(
    section: &Section<K, V>,
    id: &str,
) -> Option<String> {
    let (key, _): (&At<K>, _) = section.get_key_value(id)?;
    Some(written(&key.place))
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
