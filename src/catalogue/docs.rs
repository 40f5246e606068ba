//! `docs/catalogue.md`: the grammar as a page, made from the JSON schema and so from the doc comments of the types.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::{forms, schema, written::Written};

const HEAD: &str = "# The catalogue

Generated from the doc comments in `src/catalogue/`; a test keeps it current. `kvarter schema` prints the same as a JSON
Schema, with which an editor completes and checks while you type (first line of `indicators.yaml`).

- Ids are in kebab-case and are never reused. Entries keep the order they are written in.
- Any text is plain (`title: Boliger`) or per language (`title: { da: Boliger, en: Dwellings }`).
- A *form* is a map with one key that says which form it is: `method: { count: { of: residents } }`.
- `where:`, `weight:` and `value:` are SQL expressions over the columns of a source. Inside `{ }` put one that has a comma
  in quotes.
- Numbers are kept as written: `0.05` has two decimals. `true` and `false` are the only Boolean words.
- A name marked * must be given.
";

/// The page.
pub fn markdown() -> String {
    let schema = schema::value();
    let definitions = schema["$defs"].as_object().cloned().unwrap_or_default();
    let mut text = HEAD.to_string();
    for name in forms::names::<Written>() {
        let section = &schema["properties"][*name];
        let (entry, is_map) = match section.get("additionalProperties") {
            Some(entry) => (entry, true),
            None => (section, false),
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## `{name}:`\n\n{}", description(section));
        if is_map {
            text.push_str(if reference(entry) == Some("Text") {
                " Ids to texts."
            } else {
                " Ids to entries."
            });
        }
        text.push('\n');
        if let Some(definition) = reference(entry).and_then(|name| definitions.get(name)) {
            text.push_str(&fields(definition));
        }
    }
    let entries: Vec<&str> = schema["properties"]
        .as_object()
        .into_iter()
        .flat_map(Map::values)
        .filter_map(|section| reference(section.get("additionalProperties").unwrap_or(section)))
        .collect();
    text.push_str("\n## Parts of entries\n");
    for (name, definition) in definitions.iter().filter(|(name, _)| !entries.contains(&name.as_str())) {
        let _ = write!(text, "\n### {name}\n\n{}\n", sentence(&description(definition)));
        text.push_str(&fields(definition));
    }
    text
}

/// The fields of a map, or the forms and words of a choice.
fn fields(definition: &Value) -> String {
    let mut text = String::new();
    if let Some(properties) = definition["properties"].as_object() {
        let required: Vec<&str> =
            definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut names: Vec<&String> = properties.keys().collect();
        names.sort_by_key(|name| (!required.contains(&name.as_str()), name.as_str()));
        text.push_str("\n| field | holds | meaning |\n|---|---|---|\n");
        for name in names {
            let star = if required.contains(&name.as_str()) { "\\*" } else { "" };
            let (field, meaning) = (&properties[name], description(&properties[name]));
            let _ = writeln!(text, "| `{name}`{star} | {} | {} |", kind(field), meaning.replace('|', "\\|"));
        }
    } else if let Some(choices) = definition["oneOf"].as_array() {
        text.push('\n');
        for choice in choices {
            let form = choice["properties"].as_object().and_then(|properties| properties.iter().next());
            let written = match (form, choice["const"].as_str()) {
                (Some((name, value)), _) => format!("`{name}:` {}", kind(value)),
                (None, Some(word)) => format!("`{word}`"),
                (None, None) => continue,
            };
            let _ = writeln!(text, "- {written}: {}", description(choice));
        }
    }
    text
}

/// What a field holds, in a few words, with a link to what has a heading of its own.
fn kind(value: &Value) -> String {
    if let Some(name) = reference(value) {
        return match name {
            "Text" => "text".into(),
            "Sql" => "SQL expression".into(),
            _ => format!("[{name}](#{})", name.to_lowercase()),
        };
    }
    if let Some(any) = value["anyOf"].as_array() {
        return any.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    if value["pattern"].is_string() {
        return format!("as `{}`", value["examples"][0].as_str().unwrap_or_default());
    }
    match value["type"].as_str() {
        Some("array") => format!("list of {}", kind(&value["items"])),
        Some("object") => format!("map of ids to {}", kind(&value["additionalProperties"])),
        Some("integer") => "whole number".into(),
        Some("number") => "number".into(),
        Some("boolean") => "`true` or `false`".into(),
        _ => "text".into(),
    }
}

/// The name of the type that a field refers to.
fn reference(value: &Value) -> Option<&str> {
    value["$ref"].as_str()?.rsplit('/').next()
}

/// The doc comment on one line.
fn description(value: &Value) -> String {
    value["description"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}{}", letters.as_str(), if text.ends_with('.') { "" } else { "." })
}
