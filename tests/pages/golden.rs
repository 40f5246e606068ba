//! One estate and one village of the demonstration as they are: payload, outline and pictures of the pages. After a change that
//! is meant, `KVARTER_BLESS=1 cargo test golden` writes them anew.

use std::{fs, path::PathBuf};

use crate::{
    demonstration::built,
    support::set::{far_apart, outline, pictures, set_built},
};

const AREAS: [&str; 2] = ["gronnevang", "sonderlund"];
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
    for area in AREAS {
        let document =
            set_built("area-status.typ", &built().join(format!("results/payload/{}/{area}", report(area))));
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
    for area in AREAS {
        let document =
            set_built("area-status.typ", &built().join(format!("results/payload/{}/{area}", report(area))));
        let same = |old: &str, new: &str| far_apart(old, new, GREYS) <= CELLS;
        golden(&format!("{area}.pages.txt"), &pictures(&document), same);
    }
}

#[test]
fn a_picture_with_a_line_more_is_another_and_one_a_shade_darker_is_not() {
    let page = "page 1\n11  2\n33333\n";
    assert_eq!(far_apart(page, "page 1\n22  3\n44444\n", GREYS), 0);
    assert_eq!(far_apart(page, "page 1\n11  2\n33333\n6666\n", GREYS), 4);
}
