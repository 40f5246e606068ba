//! Planted leaks: small publication files, each of one kind, with an interval derived by hand in its header.

use std::{collections::BTreeMap, fs, path::Path};

use kvarter::audit::{attack::Verdict, read::read};
use serde_json::Value;

use super::{intervals, report};

/// All files, by name.
pub fn files() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit/planted");
    let files = fs::read_dir(folder).expect("the folder can be read").map(|entry| {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("readable");
        (
            path.display().to_string(),
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}")),
        )
    });
    files.collect()
}

#[test]
fn every_planted_leak_is_narrowed_to_the_interval_of_its_header() {
    assert!(files().len() >= 25, "at least 25 kinds");
    for (name, file) in files() {
        let found = intervals(&file);
        let expected = file["about"]["interval"].as_object().unwrap_or_else(|| panic!("{name}: no interval"));
        assert!(
            file["about"]["derivation"].as_str().is_some_and(|text| text.len() > 20),
            "{name}: no derivation"
        );
        assert!(!expected.is_empty() && expected.len() == found.len(), "{name}: one interval for each");
        for (id, interval) in expected {
            let (lo, hi) = found[id];
            assert_eq!(serde_json::json!([lo as i64, hi as i64]), *interval, "{name}: {id}");
        }
    }
}

#[test]
fn every_planted_leak_is_told_as_one() {
    for (name, file) in files() {
        let model = read(&name, &file.to_string()).expect("it can be read");
        let findings = report(&model).findings;
        assert!(
            findings.iter().all(|finding| matches!(finding.verdict, Verdict::Leak(_))),
            "{name}: {findings:?}"
        );
    }
}

#[test]
fn planted_leaks_are_of_different_kinds() {
    let mut kinds: Vec<String> = files().values().map(|file| file["about"]["kind"].to_string()).collect();
    let all = kinds.len();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), all);
}
