//! An area of the demonstration in English, read word by word: what an English reader cannot read is a name or the law's own.

use std::{fs, path::PathBuf};

use kvarter::{BuildOptions, Formats, catalogue::Language};
use serde_json::Value;

use crate::support::{
    conform::{allowed, assert_conforms, pages, pdfs},
    new_folder,
};

/// Words that stand in almost every Danish sentence, and none that is English too.
const DANISH: [&str; 47] = [
    "af",
    "alle",
    "andre",
    "beboere",
    "blev",
    "boliger",
    "der",
    "det",
    "efter",
    "eller",
    "en",
    "er",
    "et",
    "fald",
    "fra",
    "færre",
    "gange",
    "grænsen",
    "har",
    "hver",
    "i",
    "ikke",
    "kommunen",
    "kr",
    "listen",
    "med",
    "mindst",
    "mod",
    "og",
    "om",
    "pct",
    "på",
    "siden",
    "som",
    "til",
    "vises",
    "år",
    "januar",
    "februar",
    "marts",
    "maj",
    "juni",
    "juli",
    "september",
    "oktober",
    "november",
    "december",
];

/// The act's own words, in lower case, which keep their Danish form.
const OF_THE_LAW: [&str; 7] = [
    "boligområde",
    "boligområder",
    "forebyggelsesområde",
    "forebyggelsesområder",
    "område",
    "omdannelsesområde",
    "omdannelsesområder",
];

/// Fields of a payload that are not printed.
const NOT_PRINTED: [&str; 6] = ["id", "lang", "svg", "kind", "symbol", "state"];

/// Every printed text of a payload.
fn texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => {
            let printed = fields.iter().filter(|(name, _)| !NOT_PRINTED.contains(&name.as_str()));
            printed.for_each(|(_, value)| texts(value, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A comma between digits with other than three digits behind it: a decimal comma.
fn has_decimal_comma(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).enumerate().any(|(at, three)| {
        let behind = letters[at + 2..].iter().take_while(|letter| letter.is_ascii_digit()).count();
        three[0].is_ascii_digit() && three[1] == ',' && three[2].is_ascii_digit() && behind != 3
    })
}

#[test]
fn the_reports_in_english_keep_the_standards_and_their_length_and_no_danish_words_but_names_and_legal_terms()
{
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let out = new_folder("english");
    let options = BuildOptions {
        catalogue: root.join("indicators.yaml"),
        data: root,
        out: out.clone(),
        formats: Formats { pdf: true, png: false, json: true },
        language: Some(Language::English),
        ..BuildOptions::default()
    };
    let (_, warnings) = kvarter::build(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(warnings.iter().all(|warning| warning.code != "untranslated"), "{warnings:#?}");
    let pdfs = pdfs(&out);
    assert_eq!(pdfs.len(), 21);
    for pdf in &pdfs {
        assert_conforms(pdf);
        assert!(allowed(pdf).contains(&pages(pdf)), "{}: {}", pdf.display(), pages(pdf));
    }
    for report in ["area-status/gronnevang", "village-status/sonderlund"] {
        let path = out.join(format!("en/results/payload/{report}.json"));
        let mut payload: Value =
            serde_json::from_str(&fs::read_to_string(path).expect("readable")).expect("a payload is JSON");
        assert_eq!(payload["meta"]["lang"], "en");
        // What the planner wrote stands in the planner's language.
        payload["comment"] = Value::Null;
        if let Some(rows) = payload["initiatives"]["rows"].as_array() {
            let kinds: Vec<&Value> = rows.iter().map(|row| &row["kind"]).collect();
            assert_eq!(kinds, ["Employment", "Social housing plan", "Children and young people"]);
        }
        let mut printed = Vec::new();
        texts(&payload, &mut printed);
        assert!(printed.len() > 100, "{}", printed.len());
        for text in printed {
            for word in text.split(|letter: char| !letter.is_alphanumeric()) {
                assert!(!DANISH.contains(&word), "`{word}` in {text:?}");
                let is_name = word.starts_with(char::is_uppercase);
                let is_danish = word.contains(['æ', 'ø', 'å']);
                assert!(!is_danish || is_name || OF_THE_LAW.contains(&word), "`{word}` in {text:?}");
            }
            assert!(!has_decimal_comma(text), "{text:?}");
        }
    }
}
