//! One estate, one village and the council paper of the demonstration as they are: payload, outline and pictures of the pages, and
//! whether the pages can be read in another municipality's colours and without any. After a change that is meant, `KVARTER_BLESS=1 cargo test golden` writes them anew.

use std::{fs, path::PathBuf};

use typst_layout::PagedDocument;

use crate::{
    demonstration::built,
    support::{
        legible::hard_to_read,
        set::{far_apart, outline, pictures, runs, set_built, set_built_with},
    },
};

const AREAS: [&str; 2] = ["gronnevang", "sonderlund"];
const PAPER: &str = "council-paper";
const REPORTS: [&str; 3] = [AREAS[0], AREAS[1], PAPER];
/// Greys that a cell may differ by, and cells of a report that may differ by more.
const GREYS: usize = 2;
const CELLS: usize = 12;

/// Compares with a golden file, or writes it.
fn golden(name: &str, text: &str, same: impl Fn(&str, &str) -> bool) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("KVARTER_BLESS").is_some() {
        fs::write(&path, text).expect("the golden file can be written");
    }
    let old = fs::read_to_string(&path).unwrap_or_default();
    if same(&old, text) {
        return;
    }
    let differing = old.lines().zip(text.lines()).enumerate().filter(|(_, (old, new))| old != new);
    let shown: Vec<String> =
        differing.take(8).map(|(line, (old, new))| format!("{}: {old}\n   {new}", line + 1)).collect();
    panic!(
        "tests/golden/{name} ({} lines, now {}) differs; if it should, KVARTER_BLESS=1 cargo test golden\n{}",
        old.lines().count(),
        text.lines().count(),
        shown.join("\n")
    );
}

/// Villages have a report of their own.
fn report(area: &str) -> &'static str {
    if area == "sonderlund" { "village-status" } else { "area-status" }
}

/// The template of an area's report or the council paper, and its payload's path without an ending.
fn payload(name: &str) -> (&'static str, PathBuf) {
    let folder = built().join("results/payload");
    match name {
        PAPER => ("council-paper.typ", folder.join(PAPER)),
        area => ("area-status.typ", folder.join(report(area)).join(area)),
    }
}

fn document(name: &str) -> PagedDocument {
    let (template, path) = payload(name);
    set_built(template, &path)
}

#[test]
fn the_payloads_are_those_of_last_time() {
    for area in AREAS {
        let payload = built().join(format!("results/payload/{}/{area}.json", report(area)));
        let text = fs::read_to_string(payload).expect("the build wrote the payload");
        golden(&format!("{area}.json"), &text, |old, new| old == new);
    }
}

#[test]
fn headings_alt_texts_and_heads_of_tables_are_those_of_last_time() {
    for area in REPORTS {
        let document = document(area);
        let outline = outline(&document);
        golden(&format!("{area}.outline.txt"), &outline, |old, new| old == new);
        // Levels do not skip, and the first is the area's name.
        let levels: Vec<usize> = outline
            .lines()
            .filter_map(|line| line.trim_start().split_once("# ").map(|(more, _)| more.len() + 1))
            .collect();
        assert_eq!((levels.first(), levels.iter().filter(|level| **level == 1).count()), (Some(&1), 1));
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        // Every table of more than its head has a head for each of its rows.
        let tables: Vec<&str> = outline.lines().filter(|line| line.contains("table: ")).collect();
        assert!(tables.iter().all(|table| !table.contains("| rows:  |")), "{tables:#?}");
    }
}

#[test]
fn the_pages_look_as_they_did() {
    let mut pages = 0;
    for name in REPORTS {
        let document = document(name);
        pages += document.pages().len();
        let same = |old: &str, new: &str| far_apart(old, new, GREYS) <= CELLS;
        golden(&format!("{name}.pages.txt"), &pictures(&document), same);
    }
    // An estate of seven pages, a village of four, a paper of two with one annex.
    assert_eq!(pages, 14);
}

/// The drawings keep the colours they were built in; the pages themselves have those of the second municipality.
#[test]
fn every_word_can_be_read_in_both_themes_with_and_without_colour_and_stands_where_it_stood() {
    for name in REPORTS {
        let (template, path) = payload(name);
        let own = document(name);
        let other = set_built_with(template, &path, |payload| {
            payload["theme"]["primary"] = "#1F5C3F".into();
            payload["theme"]["tint"] = "#DDEBE2".into();
        });
        assert_eq!(hard_to_read(&own), Vec::<String>::new());
        assert_eq!(hard_to_read(&other), Vec::<String>::new());
        assert_eq!(runs(&own), runs(&other));
        if name == AREAS[0] {
            let same = |old: &str, new: &str| far_apart(old, new, GREYS) <= CELLS;
            golden(&format!("{name}.green.pages.txt"), &pictures(&other), same);
        }
    }
}

#[test]
fn a_picture_with_a_line_more_is_another_and_one_a_shade_darker_is_not() {
    let page = "page 1\n11  2\n33333\n";
    assert_eq!(far_apart(page, "page 1\n22  3\n44444\n", GREYS), 0);
    assert_eq!(far_apart(page, "page 1\n11  2\n33333\n6666\n", GREYS), 4);
}
