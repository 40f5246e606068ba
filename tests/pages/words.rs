//! What the pages of the demonstration say: nothing of a hidden value, one value always alike, the fixed words and no others.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use kvarter::numbers::Decimal;
use serde_json::Value as Json;

use crate::demonstration::{built, rows};

/// Fields that hold a number, or say something about one.
const TOLD: [&str; 14] = [
    "value",
    "comparator",
    "range",
    "verdict",
    "change",
    "now",
    "last",
    "sentences",
    "number",
    "forecast",
    "interval",
    "figure",
    "word",
    "detail",
];

/// All payloads of the demonstration by file name.
fn payloads() -> BTreeMap<String, Json> {
    fn gather(folder: &Path, payloads: &mut BTreeMap<String, Json>) {
        for entry in fs::read_dir(folder).expect("the build wrote the payloads") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                gather(&path, payloads);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                let json = serde_json::from_str(&fs::read_to_string(&path).expect("readable")).expect("JSON");
                payloads.insert(path.file_stem().expect("a name").to_string_lossy().into_owned(), json);
            }
        }
    }
    let mut payloads = BTreeMap::new();
    gather(&built().join("results/payload"), &mut payloads);
    assert!(payloads.len() >= 3);
    payloads
}

/// Calls with every object of a payload and the path of keys to it.
fn objects<'a>(json: &'a Json, path: &str, see: &mut impl FnMut(&str, &'a serde_json::Map<String, Json>)) {
    match json {
        Json::Object(map) => {
            see(path, map);
            map.iter().for_each(|(key, value)| objects(value, &format!("{path}/{key}"), see));
        }
        Json::Array(items) => items.iter().for_each(|item| objects(item, path, see)),
        _ => {}
    }
}

/// Every printed text with its path: runs of one text are put together, identifiers left out.
fn texts(json: &Json, path: &str, out: &mut Vec<(String, String)>) {
    const NOT_PRINTED: [&str; 9] =
        ["id", "svg", "symbol", "kind", "state", "layout", "primary", "tint", "logo"];
    match json {
        Json::String(text) => out.push((path.to_string(), text.clone())),
        Json::Array(items) if is_text(items) => {
            let run = |item: &Json| match item {
                Json::String(text) => text.clone(),
                Json::Object(run) if run.get("code").is_none_or(|code| code == false) => {
                    run["t"].as_str().unwrap_or_default().to_string()
                }
                _ => String::new(),
            };
            out.push((path.to_string(), items.iter().map(run).collect()));
        }
        Json::Array(items) => items.iter().for_each(|item| texts(item, path, out)),
        Json::Object(map) => map
            .iter()
            .filter(|(key, _)| !NOT_PRINTED.contains(&key.as_str()))
            .for_each(|(key, value)| texts(value, &format!("{path}/{key}"), out)),
        _ => {}
    }
}

/// A text of strings and runs, not a list of texts.
fn is_text(items: &[Json]) -> bool {
    items.iter().any(|item| item.get("t").is_some())
}

fn printed(json: &Json) -> Vec<(String, String)> {
    let mut out = Vec::new();
    texts(json, "", &mut out);
    out
}

#[test]
fn nothing_is_said_of_a_hidden_value() {
    let mut hidden = 0;
    for (name, payload) in payloads() {
        objects(&payload, "", &mut |path, object| {
            if object.get("state").is_some_and(|state| state == "hidden") {
                hidden += 1;
                let told: Vec<&str> =
                    TOLD.into_iter().filter(|key| object.get(*key).is_some_and(says_a_number)).collect();
                assert!(told.is_empty(), "{name}{path} is hidden and has {told:?}: {object:?}");
            }
        });
    }
    assert!(hidden > 0, "the demonstration hides some values");
}

fn says_a_number(json: &Json) -> bool {
    !json.is_null() && json.to_string().contains(|c: char| c.is_ascii_digit())
}

#[test]
fn an_id_of_a_hidden_value_has_no_value_on_any_page() {
    let hidden: BTreeSet<String> = rows("values.csv")
        .into_iter()
        .filter(|row| row["state"] == "hidden")
        .map(|row| row["id"].clone())
        .collect();
    assert!(!hidden.is_empty());
    for (name, payload) in payloads() {
        objects(&payload["table"], "/table", &mut |path, object| {
            let id = object.get("id").and_then(Json::as_str).unwrap_or_default();
            assert!(
                !hidden.contains(id) || object["state"] != "shown",
                "{name}{path}: `{id}` is hidden in values.csv"
            );
        });
    }
}

#[test]
fn a_value_is_printed_alike_wherever_its_id_occurs_and_as_it_is_published() {
    let published: BTreeMap<String, String> = rows("values.csv")
        .into_iter()
        .filter_map(|row| Some((row["id"].clone(), Decimal::parse(&row["value"])?.danish())))
        .collect();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (name, payload) in payloads() {
        objects(&payload, "", &mut |path, object| {
            let (Some(id), Some(value)) = (object.get("id").and_then(Json::as_str), object.get("value"))
            else {
                return;
            };
            let text = value.as_str().or_else(|| value["text"].as_str());
            let Some(number) = text.and_then(|text| text.split(['\u{a0}', ' ']).next()) else { return };
            let first = seen.entry(id.to_string()).or_insert_with(|| number.to_string());
            assert_eq!(first, number, "{name}{path}: `{id}`");
            if let Some(published) = published.get(id).filter(|_| path.starts_with("/table")) {
                assert_eq!(published, number, "{name}{path}: `{id}`");
            }
        });
    }
    assert!(seen.len() > 20, "{} values", seen.len());
}

#[test]
fn verdicts_changes_and_outlooks_have_the_fixed_words_and_no_others() {
    let fixed: [(&str, &str, &[&str]); 4] = [
        ("/table/themes/rows/verdict", "word", &["højere", "lavere", "kan ikke skelnes", "vurderes ikke"]),
        ("/table/themes/rows/verdict", "judgement", &["dårligere", "bedre"]),
        ("/table/themes/rows/change", "word", &["steget", "faldet", "ingen sikker ændring", "vurderes ikke"]),
        (
            "/next/outlook/rows",
            "word",
            &["usandsynligt", "mindre sandsynligt", "omtrent lige sandsynligt", "sandsynligt"],
        ),
    ];
    let mut seen = BTreeSet::new();
    for (name, payload) in payloads() {
        objects(&payload, "", &mut |path, object| {
            for (at, key, words) in fixed.iter().filter(|(at, ..)| *at == path) {
                let shown = object.get("state").is_none_or(|state| state == "shown");
                let Some(word) =
                    object.get(*key).and_then(Json::as_str).filter(|word| shown && !word.is_empty())
                else {
                    continue;
                };
                assert!(words.contains(&word), "{name}{at}: `{word}`");
                seen.insert(word.to_string());
            }
        });
    }
    assert!(
        ["højere", "kan ikke skelnes", "ingen sikker ændring"].iter().all(|word| seen.contains(*word)),
        "{seen:?}"
    );
}

#[test]
fn no_forbidden_word_and_no_number_in_another_form_is_printed() {
    // An entry of the catalogue as it is written is code.
    let code = ["/pages/entry", "/pages/entry-shown", "/attachments/text"];
    for (name, payload) in payloads() {
        let is_book = name == "inspiration-catalogue";
        for (path, text) in printed(&payload) {
            if is_book && code.contains(&path.as_str()) {
                continue;
            }
            let lower = text.to_lowercase();
            for word in include_str!("../forbidden-words.txt").lines() {
                // "omtrent lige sandsynligt" and its like are words of their own.
                assert!(!lower.contains(word), "{name}{path}: `{word}` in `{text}`");
            }
            assert!(!text.contains(".."), "{name}{path}: two full stops in `{text}`");
            let letters: Vec<char> = text.chars().collect();
            for three in letters.windows(3) {
                let [a, b, c] = three else { continue };
                let minus = *b == '-' && c.is_ascii_digit() && (a.is_whitespace() || *a == '(');
                assert!(!minus, "{name}{path}: a hyphen for a minus in `{text}`");
            }
            for (place, window) in letters.windows(3).enumerate() {
                let point = window[0].is_ascii_digit() && window[1] == '.' && window[2].is_ascii_digit();
                let after = letters[place + 2..].iter().take_while(|c| c.is_ascii_digit()).count();
                assert!(!point || after == 3, "{name}{path}: a decimal point in `{text}`");
            }
        }
    }
}

#[test]
fn titles_are_findings_of_one_to_three_lines() {
    for (name, payload) in payloads() {
        for (path, text) in printed(&payload) {
            let most = match path.as_str() {
                // Over all areas: three lines of the page's whole width.
                "/title/lead" if payload["meta"]["layout"] == "overview" => 3 * 85,
                "/title/lead" | "/table/lead" | "/trends/lead" | "/next/lead" | "/next/follows" => 105,
                "/trends/panels/title" => 2 * 54,
                "/map/title" | "/municipality/title" => 105,
                _ => continue,
            };
            assert!(text.chars().count() <= most, "{name}{path}: {} letters: {text}", text.chars().count());
        }
    }
}
