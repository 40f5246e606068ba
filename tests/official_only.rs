//! The job of 1 December: the example that has the ministry's lists and the outlines of the areas, and nothing else.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use kvarter::{BuildOptions, Formats, Summary};
use serde_json::Value as Json;

use crate::support::new_folder;

/// Builds the example, or the reports named; gives the output folder.
fn built(name: &str, only: &[&str]) -> (PathBuf, Summary) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let out = new_folder(name);
    let options = BuildOptions {
        catalogue: root.join("examples/official-only/indicators.yaml"),
        data: root,
        out: out.clone(),
        only: only.iter().map(ToString::to_string).collect(),
        formats: Formats { pdf: true, png: false, json: true },
        ..BuildOptions::default()
    };
    let (summary, _) = kvarter::build(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(summary.failed.is_empty(), "{:?}", summary.failed);
    (out, summary)
}

fn payload(out: &Path, report: &str) -> Json {
    let file = out.join("results/payload").join(format!("{report}.json"));
    serde_json::from_slice(&fs::read(file).expect("it was written")).expect("it is JSON")
}

/// A row of `list-overview` by the area's name.
fn row<'a>(payload: &'a Json, name: &str) -> &'a Json {
    let rows = payload["table"]["rows"].as_array().expect("there are rows");
    rows.iter().find(|row| row["name"] == name).expect("the area has a row")
}

/// Values, limits and distances are those of `data/lists.csv`: 58.2 against 60, 54.1 against 55, 1.59 against 2.22.
#[test]
fn lists_and_outlines_alone_give_every_report_with_status_limits_distances_and_history() {
    let (out, summary) = built("official-only", &[]);
    assert_eq!(summary.reports, 10);
    assert!(out.join("list-overview.pdf").is_file() && out.join("area-status/gronnevang.pdf").is_file());
    let manifest = fs::read_to_string(out.join("manifest.json")).expect("it was written");
    assert!(
        manifest.contains("\"list-overview.pdf\"")
            && manifest.contains("\"results/payload/list-overview.json\"")
    );

    let overview = payload(&out, "list-overview");
    assert_eq!(overview["title"]["name"], "Listerne 1.\u{a0}december\u{a0}2025");
    let gronnevang = row(&overview, "Grønnevang");
    assert_eq!(gronnevang["status"]["word"], "Forebyggelse");
    assert_eq!(gronnevang["distance"]["word"], "1,8\u{a0}procentpoint");
    assert_eq!(gronnevang["residents"], "1.284");
    let tranehaven = row(&overview, "Tranehaven");
    assert_eq!(tranehaven["status"]["detail"], "siden 2021 · 2 af 4");
    assert_eq!(tranehaven["distance"]["word"], "0,9\u{a0}procentpoint");
    assert_eq!(row(&overview, "Kløverhøj")["distance"]["state"], "missing");

    let area = payload(&out, "area-status/gronnevang");
    assert_eq!(area["limits"]["rows"].as_array().map(Vec::len), Some(5));
    assert!(area["band"].is_object() && area["table"].is_null() && area["trends"].is_null());
    let missing = area["declaration"]["notes"][1]["paragraphs"][0].as_str();
    assert_eq!(missing, Some("Ingen tal mangler i denne rapport."));
    let off_the_lists = payload(&out, "area-status/kloverhoj");
    assert!(off_the_lists["limits"].is_null() && off_the_lists["declaration"]["criteria"].is_null());
    assert_eq!(off_the_lists["title"]["lead"], "Kløverhøj er ikke på listerne");
    let _ = fs::remove_dir_all(out);
}

#[test]
fn a_report_over_all_areas_is_named_alone_and_an_area_does_not_bring_it() {
    let pdfs = |out: &Path| -> BTreeSet<String> {
        let manifest: Json =
            serde_json::from_slice(&fs::read(out.join("manifest.json")).expect("written")).expect("JSON");
        let outputs = manifest["outputs"].as_object().expect("there are outputs");
        outputs.keys().filter(|path| path.ends_with(".pdf")).cloned().collect()
    };
    let (out, _) = built("official-only-overview", &["list-overview"]);
    assert_eq!(pdfs(&out), BTreeSet::from(["list-overview.pdf".to_string()]));
    let _ = fs::remove_dir_all(out);
    let (out, _) = built("official-only-area", &["tranehaven"]);
    assert_eq!(pdfs(&out), BTreeSet::from(["area-status/tranehaven.pdf".to_string()]));
    let _ = fs::remove_dir_all(out);
}
