//! Hand-made sheets through the command's own summary, and their certificates through `--verify`.

use super::*;
use crate::{
    audit::{
        model::{Protected, Terms},
        sheet::Known,
    },
    cli::audit::verified,
};

fn sheet(name: &str, variables: &[&str]) -> Sheet {
    Sheet {
        name: name.into(),
        scale: 1,
        variables: variables.iter().map(ToString::to_string).collect(),
        zero: Vec::new(),
        at_most: Vec::new(),
        known: Vec::new(),
        between: Vec::new(),
        protected: Vec::new(),
    }
}

fn ones(of: &[usize]) -> Terms {
    of.iter().map(|&variable| (variable, 1)).collect()
}

fn know(sheet: &mut Sheet, edition: Option<&str>, of: &[usize], is: i128) {
    let names: Vec<&str> = of.iter().map(|&variable| sheet.variables[variable].as_str()).collect();
    let id = names.join(" and ");
    let place = Some(format!("page of {id}"));
    sheet.known.push(Known { id, place, edition: edition.map(str::to_string), of: ones(of), is });
}

fn hide(sheet: &mut Sheet, variable: usize) {
    let id = sheet.variables[variable].clone();
    let (terms, width) = (ones(&[variable]), 4 * sheet.scale);
    sheet.protected.push(Protected { id, terms, width, reach: None, hidden_by: None });
}

/// A square of hidden cells with known margins of 5, 6, 4 and 7: the first cell is 0 to 4, the last 2 to 6.
fn square(name: &str) -> Sheet {
    let mut sheet = sheet(name, &["a", "b", "c", "d"]);
    for (of, is) in [([0, 1], 5), ([2, 3], 6), ([0, 2], 4), ([1, 3], 7)] {
        know(&mut sheet, None, &of, is);
    }
    hide(&mut sheet, 0);
    hide(&mut sheet, 3);
    sheet
}

/// 60 less 17 of this edition and 39 of the last one is 4.
fn two_editions() -> Sheet {
    let mut sheet = sheet("dwellings 2025-01-01", &["all", "east", "west", "outside"]);
    sheet.zero.push(vec![(0, 1), (1, -1), (2, -1), (3, -1)]);
    know(&mut sheet, None, &[0], 60);
    know(&mut sheet, None, &[1], 17);
    know(&mut sheet, Some("2024-1"), &[2], 39);
    hide(&mut sheet, 3);
    sheet
}

fn audited(project: &Project<'_>, sheets: &[Sheet]) -> (String, Vec<Diagnostic>) {
    project.audit(sheets).unwrap_or_else(|errors| panic!("{errors:?}"))
}

#[test]
fn what_is_safe_is_counted_and_what_is_exposed_is_told_with_its_figures() {
    let project = Project { limits: Limits::default(), certificates: None };
    let (text, found) = audited(&project, &[square("residents 2025-01-01")]);
    assert_eq!(text, "1 sheets, 2 protected quantities: 2 safe, 0 exposed, 0 not finished\n");
    assert!(found.is_empty(), "{found:?}");
    let (text, found) = audited(&project, &[square("residents 2025-01-01"), two_editions()]);
    let expected = "dwellings 2025-01-01: 1 protected quantities, 1 exposed, 0 not finished\n  \
        LEAK   outside  4; propagation: all (page of all); east (page of east); west (2024-1, page of west)\n\
        2 sheets, 3 protected quantities: 2 safe, 1 exposed, 0 not finished\n";
    assert_eq!(text, expected);
    assert!(found.len() == 1 && found[0].is_error(), "{found:?}");
    assert!(found[0].message.starts_with("1 of 3 protected quantities"), "{}", found[0]);
}

#[test]
fn a_part_beyond_the_limits_is_not_finished_and_makes_the_command_fail() {
    let limits = Limits { atoms: 3, near_atoms: 3, ..Limits::default() };
    let (text, found) = audited(&Project { limits, certificates: None }, &[square("residents 2025-01-01")]);
    assert!(
        text.contains("residents 2025-01-01: 2 protected quantities, 0 exposed, 2 not finished\n"),
        "{text}"
    );
    assert!(found.len() == 1 && found[0].is_error(), "{found:?}");
}

#[test]
fn intervals_are_told_in_ones_and_not_in_steps() {
    assert_eq!(interval(Interval::closed(2500, 4000), 1000), "2.5 to 4");
    assert_eq!(interval(Interval { lo: Some(3), hi: None }, 1), "3 or more");
}

#[test]
fn a_sheet_that_contradicts_itself_is_told_and_the_others_are_audited() {
    let mut wrong = square("dwellings 2025-01-01");
    know(&mut wrong, Some("2024-1"), &[0], 5);
    let project = Project { limits: Limits::default(), certificates: None };
    let (text, found) = audited(&project, &[wrong, square("residents 2025-01-01")]);
    assert!(text.starts_with("2 sheets, 2 protected quantities: 2 safe"), "{text}");
    assert_eq!(found.iter().map(|told| told.code).collect::<Vec<_>>(), ["contradiction"]);
}

#[test]
fn certificates_of_sheets_can_be_checked_by_anybody() {
    let folder = std::env::temp_dir().join(format!("kvarter-sheets-{}", std::process::id()));
    let project = Project { limits: Limits::default(), certificates: Some(&folder) };
    let (text, _) = audited(&project, &[square("residents 2025-01-01"), two_editions()]);
    assert!(text.contains("2 of them certified"), "{text}");
    let certificate = folder.join("residents-2025-01-01.certificate.json");
    let told = verified(&certificate).unwrap_or_else(|error| panic!("{error}"));
    assert!(told.starts_with("2 of 2 protected quantities in "), "{told}");
    assert!(told.contains("tables give all 4 published figures"), "{told}");
    let publication = folder.join("residents-2025-01-01.json");
    let more = fs::read_to_string(&publication).expect("written").replace("\"is\":5", "\"is\":6");
    fs::write(&publication, more).expect("written");
    assert!(verified(&certificate).is_err(), "the publication file is another");
    fs::remove_dir_all(&folder).expect("removed");
}
