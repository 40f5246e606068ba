//! What a newer version of the base alters: `indicators/versions.csv` keeps a digest of every field of every entry for each
//! version, and what differs between two of them is what changed.
//!
//! A test holds the record against the entries: who changes one raises the version in `indicators/base.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Catalogue, Section, Version,
    base::{beside, files, is_shipped, shipped},
};

/// The record's name beside the files of the base.
const RECORD: &str = "versions.csv";

/// Sections of the base that municipalities take in.
const SECTIONS: [&str; 13] = [
    "sources",
    "populations",
    "themes",
    "indicators",
    "families",
    "rule-sets",
    "tools",
    "breaks",
    "moves",
    "practices",
    "questions",
    "barriers",
    "registers",
];

/// A field of an entry: section, id and field; an entry that is not a map has one field without a name.
type Key = (String, String, String);

/// What happened to an entry between two versions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Fields differ: each with its new text, or without one where the field is gone.
    Changed(Vec<(String, Option<String>)>),
}

/// An entry of the base that a newer version alters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Its section.
    pub section: String,
    /// Its id.
    pub id: String,
    /// What happened.
    pub what: What,
    /// The own catalogue has an entry of its own in its place: the change does not reach it.
    pub replaced: bool,
    /// The fields that the own catalogue adjusts: changes of these do not reach it either.
    pub adjusted: Vec<&'static str>,
}

/// All versions of the record, the oldest first.
pub fn versions() -> BTreeSet<Version> {
    record().into_keys().collect()
}

/// What the base altered since the version that a catalogue names: that version, the one in the program, and every entry
/// that differs. `None` for a catalogue that takes in no base.
pub fn changes(catalogue: &Catalogue) -> Option<(Version, Version, Vec<Change>)> {
    let since = catalogue.about.base.as_ref()?.value;
    let now = catalogue.base.as_ref()?.version.value;
    let before = record().remove(&since).unwrap_or_default();
    Some((since, now, differences(&before, &fields(), catalogue)))
}

/// The record as it should be: all versions but the current one as they were written, and the current one as the base is.
pub fn current_record() -> String {
    let mut all = record();
    if let Some(base) = shipped().written.base {
        let digests = fields().into_iter().map(|(key, text)| (key, digest(&text))).collect();
        all.insert(base.version.value, digests);
    }
    let mut text = String::from("version,section,id,field,digest\n");
    for (version, fields) in &all {
        for ((section, id, field), digest) in fields {
            text.push_str(&format!("{version},{section},{id},{field},{digest}\n"));
        }
    }
    text
}

/// The record as it is written.
pub fn written_record() -> &'static str {
    beside(RECORD)
}

/// The digests of every version.
fn record() -> BTreeMap<Version, BTreeMap<Key, String>> {
    let mut all: BTreeMap<Version, BTreeMap<Key, String>> = BTreeMap::new();
    for line in written_record().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if let [version, section, id, field, digest] = cells.as_slice()
            && let Ok(version) = version.parse()
        {
            let key = (section.to_string(), id.to_string(), field.to_string());
            all.entry(version).or_default().insert(key, digest.to_string());
        }
    }
    all
}

/// Every field of every entry of the base in the program, as text.
fn fields() -> BTreeMap<Key, String> {
    let mut all = BTreeMap::new();
    for file in files() {
        let options = serde_saphyr::options! { strict_booleans: true };
        // A file of the base that cannot be read is an error of the loader.
        let sections: Map<String, Value> =
            serde_saphyr::from_str_with_options(&file.text, options).unwrap_or_default();
        for (section, entries) in sections.iter().filter(|(name, _)| SECTIONS.contains(&name.as_str())) {
            for (id, entry) in entries.as_object().into_iter().flatten() {
                let key = |field: &str| (section.clone(), id.clone(), field.to_string());
                match entry {
                    Value::Object(fields) if section != "themes" => {
                        all.extend(fields.iter().map(|(field, value)| (key(field), flow(value))));
                    }
                    _ => drop(all.insert(key(""), flow(entry))),
                }
            }
        }
    }
    all
}

/// What differs between the digests of one version and the texts of another.
fn differences(
    before: &BTreeMap<Key, String>,
    now: &BTreeMap<Key, String>,
    catalogue: &Catalogue,
) -> Vec<Change> {
    let entries = |keys: &mut dyn Iterator<Item = &Key>| -> BTreeSet<(String, String)> {
        keys.map(|(section, id, _)| (section.clone(), id.clone())).collect()
    };
    let (old, new) = (entries(&mut before.keys()), entries(&mut now.keys()));
    let mut changes = Vec::new();
    for (section, id) in old.union(&new) {
        let entry = (section.clone(), id.clone());
        let what = match (old.contains(&entry), new.contains(&entry)) {
            (false, _) => What::Added,
            (_, false) => What::Removed,
            _ => {
                let fields = changed_fields(section, id, before, now);
                if fields.is_empty() {
                    continue;
                }
                What::Changed(fields)
            }
        };
        let adjusted = catalogue.adjust.get(id.as_str()).filter(|_| section == "indicators");
        changes.push(Change {
            section: section.clone(),
            id: id.clone(),
            what,
            replaced: is_replaced(catalogue, section, id),
            adjusted: adjusted.map(|adjustment| adjustment.fields()).unwrap_or_default(),
        });
    }
    changes.sort_by_key(|change| SECTIONS.iter().position(|section| *section == change.section));
    changes
}

/// The fields of an entry that differ, with their new texts.
fn changed_fields(
    section: &str,
    id: &str,
    before: &BTreeMap<Key, String>,
    now: &BTreeMap<Key, String>,
) -> Vec<(String, Option<String>)> {
    let of_entry = |key: &&Key| key.0 == section && key.1 == id;
    let keys: BTreeSet<&Key> = before.keys().chain(now.keys()).filter(of_entry).collect();
    keys.into_iter()
        .filter(|key| {
            let (old, new) = (before.get(*key), now.get(*key));
            old != new.map(|text| digest(text)).as_ref()
                && old != new.map(|text| digest(&danish(text))).as_ref()
        })
        .map(|key| (key.2.clone(), now.get(key).cloned()))
        .collect()
}

/// Has the own catalogue an entry of its own with this id?
fn is_replaced(catalogue: &Catalogue, section: &str, id: &str) -> bool {
    fn own<K: Ord + Clone + std::borrow::Borrow<str>, V>(section: &Section<K, V>, id: &str) -> bool {
        section.get_key_value(id).is_some_and(|(key, _)| !is_shipped(&key.place))
    }
    match section {
        "sources" => own(&catalogue.sources, id),
        "populations" => own(&catalogue.populations, id),
        "themes" => own(&catalogue.themes, id),
        "indicators" => own(&catalogue.indicators, id),
        "families" => own(&catalogue.families, id),
        "rule-sets" => own(&catalogue.rule_sets, id),
        "tools" => own(&catalogue.tools, id),
        "breaks" => own(&catalogue.breaks, id),
        "moves" => own(&catalogue.moves, id),
        "practices" => own(&catalogue.practices, id),
        "questions" => own(&catalogue.questions, id),
        "barriers" => own(&catalogue.barriers, id),
        _ => false,
    }
}

/// A value on one line, as YAML would have it: keys sorted, whatever the layout it was written in.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let fields: BTreeMap<&String, &Value> = map.iter().collect();
            let fields: Vec<String> =
                fields.into_iter().map(|(key, value)| format!("{key}: {}", flow(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => other.to_string(),
    }
}

/// The same with every text per language as its Danish text alone: a text in one more language changes nothing measured.
fn danish(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("{ da: ") {
        let Some((danish, others)) = after.split_once(", en: ") else { break };
        let Some((_, behind)) = others.split_once(" }") else { break };
        out = out + before + danish;
        rest = behind;
    }
    out + rest
}

/// FNV-1a, 64 bits (Fowler, Noll and Vo): small, stable over platforms, and no secret is kept by it.
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of the authors' reference code (draft-eastlake-fnv, appendix C).
    #[test]
    fn digests_are_fnv_1a() {
        assert_eq!(digest(""), "cbf29ce484222325");
        assert_eq!(digest("a"), "af63dc4c8601ec8c");
        assert_eq!(digest("foobar"), "85944171f73967e8");
    }

    #[test]
    fn a_text_is_the_same_whatever_its_layout() {
        let read = |yaml: &str| flow(&serde_saphyr::from_str::<Value>(yaml).expect("YAML"));
        assert_eq!(
            read("b: [1, x]\na:\n  c: Hus og hjem"),
            read("{ a: { c: \"Hus og hjem\" }, b: [ 1, x ] }")
        );
        assert_ne!(read("a: 1"), read("a: 2"));
    }

    #[test]
    fn a_text_in_one_more_language_is_no_change() {
        let read = |yaml: &str| flow(&serde_saphyr::from_str::<Value>(yaml).expect("YAML"));
        let translated = read("{ a: { name: { da: Hus, en: House } }, b: { da: Hjem, en: Home } }");
        assert_eq!(danish(&translated), read("{ a: { name: Hus }, b: Hjem }"));
        assert_eq!(danish(&read("{ a: 1 }")), read("{ a: 1 }"));

        let text = "catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }\n";
        let (catalogue, _) = crate::catalogue::load_str("a.yaml", text).unwrap_or_else(|e| panic!("{e:#?}"));
        let key = ("indicators".to_string(), "no-work".to_string(), "short".to_string());
        let now = BTreeMap::from([(key.clone(), "{ da: Hus, en: House }".to_string())]);
        let changes =
            |before: &str| differences(&BTreeMap::from([(key.clone(), digest(before))]), &now, &catalogue);
        assert_eq!(changes("Hus"), []);
        assert_eq!(changes("{ da: Hus, en: House }"), []);
        assert_eq!(changes("Hjem").len(), 1);
    }

    #[test]
    fn added_removed_and_changed_entries_are_told_with_what_the_own_file_keeps() {
        let text = "catalogue: { base: 2026.1, title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }\nadjust:\n  no-work: { matters: 3 }\nthemes:\n  labour: Arbejde\n";
        let (catalogue, _) = crate::catalogue::load_str("a.yaml", text).unwrap_or_else(|e| panic!("{e:#?}"));
        let key = |section: &str, id: &str, field: &str| (section.into(), id.into(), field.into());
        let now = BTreeMap::from([
            (key("indicators", "no-work", "matters"), "2".to_string()),
            (key("indicators", "no-work", "unit"), "percent".to_string()),
            (key("indicators", "new", "unit"), "percent".to_string()),
            (key("themes", "labour", ""), "Arbejde".to_string()),
        ]);
        let before = BTreeMap::from([
            (key("indicators", "no-work", "matters"), digest("5")),
            (key("indicators", "no-work", "unit"), digest("percent")),
            (key("indicators", "old", "unit"), digest("percent")),
            (key("themes", "labour", ""), digest("Job")),
        ]);
        let found: Vec<_> = differences(&before, &now, &catalogue)
            .into_iter()
            .map(|change| (change.id, change.what, change.replaced, change.adjusted))
            .collect();
        let new = |field: &str, text: &str| What::Changed(vec![(field.into(), Some(text.into()))]);
        let expected = [
            ("labour".to_string(), new("", "Arbejde"), true, vec![]),
            ("new".to_string(), What::Added, false, vec![]),
            ("no-work".to_string(), new("matters", "2"), false, vec!["matters"]),
            ("old".to_string(), What::Removed, false, vec![]),
        ];
        assert_eq!(found, expected);
    }
}
