//! Sheets: what is told of one block becomes a model and a publication file, and is looked through in about linear time.

use kvarter::audit::{
    attack::{Limits, Verdict, attack},
    certificate::block,
    model::{Interval, Protected, Terms},
    narrow::{Layer, narrow},
    read::read,
    sheet::{Between, Exposed, Known, Sheet},
    verify,
};
use serde_json::{Value, json};

use super::report;

/// A sheet of these unknowns of which nothing is told yet.
pub fn blank(variables: &[&str]) -> Sheet {
    Sheet {
        name: "residents 2025-01-01".into(),
        scale: 1,
        variables: variables.iter().map(ToString::to_string).collect(),
        zero: Vec::new(),
        at_most: Vec::new(),
        known: Vec::new(),
        between: Vec::new(),
        protected: Vec::new(),
    }
}

/// A sum of unknowns by name.
fn terms(sheet: &Sheet, of: &[(&str, i128)]) -> Terms {
    let place = |name: &str| sheet.variables.iter().position(|own| own == name).expect("a variable");
    let mut terms: Terms = of.iter().map(|&(name, by)| (place(name), by)).collect();
    terms.sort_unstable();
    terms
}

/// Tells what a whole is.
pub fn know(sheet: &mut Sheet, edition: Option<&str>, of: &[&str], is: i128) {
    let ones: Vec<(&str, i128)> = of.iter().map(|&name| (name, 1)).collect();
    let of_terms = terms(sheet, &ones);
    let place = Some(format!("share of {}", of.join(" and ")));
    let edition = edition.map(str::to_string);
    sheet.known.push(Known { id: of.join("+"), place, edition, of: of_terms, is });
}

/// Hides what is under five.
pub fn hide(sheet: &mut Sheet, id: &str, of: &[(&str, i128)]) {
    let terms = terms(sheet, of);
    sheet.protected.push(Protected { id: id.into(), terms, width: 4, reach: Some(5), hidden_by: None });
}

/// S1 of the reference of Gaussian suppression: four areas in two districts, three groups, all margins known.
pub fn s1() -> Sheet {
    let table = [("A1", [118, 22, 3]), ("A2", [95, 4, 12]), ("B1", [140, 31, 9]), ("B2", [60, 15, 7])];
    let groups = ["dansk", "ikkevest", "vestlig"];
    let hidden = ["A1/vestlig", "A2/ikkevest", "A1/ikkevest", "A2/vestlig"];
    let cell = |area: &str, group: &str| format!("{area}/{group}");
    let cells: Vec<String> =
        table.iter().flat_map(|(area, _)| groups.map(|group| cell(area, group))).collect();
    let mut sheet = blank(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    for (area, counts) in &table {
        let own = groups.map(|group| cell(area, group));
        know(&mut sheet, None, &own.each_ref().map(String::as_str), counts.iter().sum());
        for (name, count) in own.iter().zip(counts).filter(|(name, _)| !hidden.contains(&name.as_str())) {
            know(&mut sheet, None, &[name], *count);
        }
    }
    for (at, group) in groups.into_iter().enumerate() {
        for district in [&table[..2], &table[2..], &table[..]] {
            let own: Vec<String> = district.iter().map(|(area, _)| cell(area, group)).collect();
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            know(&mut sheet, None, &own, district.iter().map(|(_, counts)| counts[at]).sum());
        }
    }
    hidden[..2].iter().for_each(|name| hide(&mut sheet, name, &[(name, 1)]));
    sheet
}

fn parsed(sheet: &Sheet) -> Value {
    serde_json::from_str(&sheet.json()).expect("JSON")
}

/// The sheet's own model, after its publication file was read back to the same.
fn read_back(sheet: &Sheet) -> kvarter::audit::model::Model {
    let model = read("sheet.json", &sheet.json()).unwrap_or_else(|errors| panic!("{errors:?}"));
    assert_eq!(model, sheet.model());
    model
}

/// S1 [V]: R GaussSuppression 1.2.3 with `ComputeIntervals`.
#[test]
fn s1_as_a_sheet_has_the_published_intervals_and_reads_back_the_same() {
    let sheet = s1();
    let model = read_back(&sheet);
    let findings = report(&model).findings;
    let within: Vec<Interval> = findings.iter().map(|finding| finding.within).collect();
    assert_eq!(within, [Interval::closed(0, 15), Interval::closed(1, 16)]);
    assert_eq!(sheet.exposed(), Ok(Vec::new()));
}

/// 60 in the municipality, 57 in the one area that is known: three outside.
#[test]
fn structure_makes_a_tree_of_areas_in_which_a_rest_is_found() {
    let mut sheet = blank(&["all", "east", "west", "outside"]);
    sheet.zero.push(terms(&sheet, &[("all", 1), ("east", -1), ("west", -1), ("outside", -1)]));
    know(&mut sheet, None, &["all"], 60);
    know(&mut sheet, None, &["east"], 17);
    know(&mut sheet, None, &["west"], 40);
    hide(&mut sheet, "outside", &[("outside", 1)]);
    read_back(&sheet);
    let exposed = Exposed { protected: 0, within: Interval::closed(3, 3), by: Layer::Propagation };
    assert_eq!(sheet.exposed(), Ok(vec![exposed]));
}

/// What an earlier edition told of the west leaves 60 - 17 - 39 = 4 for the rest.
#[test]
fn two_editions_are_told_apart_and_taken_together() {
    let mut sheet = blank(&["east", "west", "outside"]);
    know(&mut sheet, None, &["east", "west", "outside"], 60);
    know(&mut sheet, None, &["east"], 17);
    hide(&mut sheet, "west", &[("west", 1)]);
    hide(&mut sheet, "outside", &[("outside", 1)]);
    assert_eq!(sheet.exposed(), Ok(Vec::new()));
    know(&mut sheet, Some("2024-1"), &["west"], 39);
    know(&mut sheet, Some("2024-1"), &["east"], 17);
    let model = read_back(&sheet);
    let within: Vec<Interval> =
        sheet.exposed().expect("no contradiction").iter().map(|exposed| exposed.within).collect();
    assert_eq!(within, [Interval::closed(39, 39), Interval::closed(4, 4)]);
    let editions: Vec<Option<&str>> = model.figures.iter().map(|figure| figure.edition.as_deref()).collect();
    assert_eq!(editions, [None, None, Some("2024-1")], "the east is told once");
}

#[test]
fn a_part_is_at_most_its_whole() {
    let mut sheet = blank(&["out of work", "residents", "other residents"]);
    sheet.at_most.push((terms(&sheet, &[("out of work", 1)]), terms(&sheet, &[("residents", 1)])));
    know(&mut sheet, None, &["residents"], 3);
    know(&mut sheet, None, &["other residents"], 90);
    hide(&mut sheet, "out of work", &[("out of work", 1)]);
    let model = read_back(&sheet);
    assert_eq!(narrow(&model).expect("no contradiction").found[0].within, Interval::closed(0, 3));
    assert_eq!(parsed(&sheet)["atoms"], json!({ "out of work": {}, "residents": {} }));
    let table = |out_of_work: i64| json!({ "out of work": out_of_work, "residents": 3 });
    assert!(verify::gives(&parsed(&sheet), &table(3)).is_ok());
    assert!(verify::gives(&parsed(&sheet), &table(4)).is_err());
}

/// Twice the difference of two unknowns is -7 to 9, so that in whole numbers the difference is -3 to 4.
#[test]
fn coefficients_are_shared_out_and_ends_are_rounded_inward() {
    let mut sheet = blank(&["in", "out"]);
    let of = terms(&sheet, &[("in", 2), ("out", -2)]);
    let (at_least, at_most) = (Some(-7), Some(9));
    sheet.between.push(Between { id: "growth".into(), place: None, edition: None, of, at_least, at_most });
    hide(&mut sheet, "difference", &[("in", 1), ("out", -1)]);
    let model = read_back(&sheet);
    assert_eq!(model.rows[0].bounds, Interval::closed(-3, 4));
    assert_eq!(narrow(&model).expect("no contradiction").found[0].within, Interval::closed(-3, 4));
}

#[test]
fn what_touches_nothing_that_is_hidden_is_left_out() {
    let mut sheet = blank(&["a", "b", "p", "q", "r"]);
    know(&mut sheet, None, &["a", "b"], 20);
    know(&mut sheet, None, &["p", "q"], 30);
    know(&mut sheet, None, &["b", "r"], 14);
    know(&mut sheet, None, &["r"], 5);
    hide(&mut sheet, "a", &[("a", 1)]);
    let model = read_back(&sheet);
    let names: Vec<&str> = model.atoms.iter().map(|atom| atom.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "r"]);
    assert_eq!(model.rows.len(), 3);
}

#[test]
fn numbers_that_contradict_one_another_are_told() {
    let mut sheet = blank(&["a", "b"]);
    know(&mut sheet, None, &["a"], 20);
    know(&mut sheet, Some("2024-1"), &["a"], 21);
    hide(&mut sheet, "b", &[("b", 1)]);
    assert_eq!(sheet.exposed(), Ok(Vec::new()), "it is not about what is hidden");
    hide(&mut sheet, "a", &[("a", 1)]);
    assert!(sheet.exposed().is_err());
    read_back(&sheet);
}

/// A municipality of so many areas: in each, some hidden cells with known totals, a part of a whole, all areas adding up.
fn municipality(areas: usize) -> Sheet {
    let names: Vec<String> = (0..areas)
        .flat_map(|area| {
            ["residents", "work", "none", "atom 1", "atom 2"].map(|name| format!("{name} @ {area}"))
        })
        .collect();
    let mut sheet = blank(&[names.iter().map(String::as_str).collect::<Vec<_>>(), vec!["all"]].concat());
    let mut all: Terms = (0..areas).map(|area| (5 * area, -1)).collect();
    all.push((5 * areas, 1));
    sheet.zero.push(all);
    for area in 0..areas {
        let at = 5 * area;
        sheet.zero.push(vec![(at, 1), (at + 1, -1), (at + 2, -1)]);
        sheet.zero.push(vec![(at + 1, 1), (at + 3, -1), (at + 4, -1)]);
        sheet.at_most.push((vec![(at + 3, 1)], vec![(at, 1)]));
        let is = 40 + (area % 7) as i128;
        let tell = |of: Terms, is| Known { id: format!("{of:?}"), place: None, edition: None, of, is };
        sheet.known.push(tell(vec![(at, 1)], is));
        if area + 1 < areas {
            sheet.known.push(tell(vec![(at + 2, 1), (at + 7, 1)], 9));
        }
        let terms = vec![(at + 2, 1)];
        let id = format!("none @ {area}");
        sheet.protected.push(Protected { id, terms, width: 4, reach: Some(5), hidden_by: None });
    }
    sheet
}

/// The work is counted in time here, with ample room: ten times as large must not take a hundred times as long.
#[test]
fn a_sheet_of_ten_thousand_areas_is_looked_through_in_about_linear_time() {
    let took = |areas: usize| {
        let sheet = municipality(areas);
        let started = std::time::Instant::now();
        assert_eq!(sheet.exposed(), Ok(Vec::new()));
        started.elapsed().as_secs_f64()
    };
    let (small, large) = (took(1_000), took(10_000));
    assert!(large < 40.0 * small.max(0.01), "{small} s and {large} s");
}

/// A sheet with two squares of hidden cells that nothing ties together.
fn squares() -> Sheet {
    let mut sheet = blank(&["a", "b", "c", "d", "p", "q", "r", "s"]);
    for [a, b, c, d] in [["a", "b", "c", "d"], ["p", "q", "r", "s"]] {
        for (of, is) in [([a, b], 15), ([c, d], 16), ([a, c], 14), ([b, d], 17)] {
            know(&mut sheet, None, &of, is);
        }
        [a, b, c, d].iter().for_each(|name| hide(&mut sheet, name, &[(name, 1)]));
    }
    sheet
}

const DIGEST: &str = "the digest of the file";

fn certified(sheet: &Sheet) -> Value {
    let model = sheet.model();
    block(&model, &report(&model), "squares.json", DIGEST).expect("a table of the whole")
}

#[test]
fn one_certificate_holds_for_all_that_is_safe_in_a_sheet() {
    let certificate = certified(&squares());
    let checked = verify::block::holds(&certificate, &parsed(&squares()), DIGEST).expect("it holds");
    assert_eq!((checked.hidden, checked.protected, checked.figures), (8, 8, 8));
    assert!((3..=5).contains(&checked.tables), "a pair of each square, one of which may be the first table");
    let exposed = certified(&{
        let mut sheet = squares();
        know(&mut sheet, None, &["s"], 9);
        sheet
    });
    assert_eq!(exposed["protected"].as_object().map(serde_json::Map::len), Some(4));
}

#[test]
fn a_certificate_of_a_sheet_that_was_tampered_with_is_refused() {
    let (publication, good) = (parsed(&squares()), certified(&squares()));
    let refused = |publication: &Value, change: &dyn Fn(&mut Value), why: &str| {
        let mut certificate = good.clone();
        change(&mut certificate);
        let error = verify::block::holds(&certificate, publication, DIGEST).expect_err(why);
        assert!(error.contains(why), "expected `{why}`, found `{error}`");
    };
    let raise = |value: &mut Value| *value = json!(value.as_i64().expect("a number") + 1);
    let changed = |change: &Value| change.as_object().and_then(|change| change.keys().next().cloned());
    refused(&publication, &|c| raise(&mut c["table"]["a"]), "does not give `a+b`");
    refused(
        &publication,
        &|c| {
            let name = changed(&c["changes"][0]).expect("something is changed");
            raise(&mut c["changes"][0][name]);
        },
        "change 1: it does not give",
    );
    refused(&publication, &|c| c["changes"][0]["z"] = json!(1), "`z` is no atom");
    refused(&publication, &|c| c["changes"][0]["a"] = json!(-1), "not possible");
    refused(&publication, &|c| c["changes"] = json!([]), "names a table that is not there");
    refused(&publication, &|c| c["protected"]["a"] = json!([0, 0]), "expected at least 4 between them");
    refused(&publication, &|c| c["protected"]["a"] = json!([0]), "expected the numbers of two tables");
    refused(&publication, &|c| c["protected"]["z"] = json!([0, 1]), "not protected");
    refused(&publication, &|c| c["sha256"] = json!("another"), "is another");
    let mut more = publication.clone();
    let figure = json!({ "id": "class", "says": { "between": { "of": ["all"], "at-most": 2 } } });
    more["sets"] = json!({ "all": ["a", "b"] });
    more["published"].as_array_mut().expect("a list").push(figure);
    refused(&more, &|_| (), "does not give `class`");
}

/// A figure of a set is compared again where one of the set's atoms is changed.
#[test]
fn a_change_is_compared_with_figures_that_name_its_atoms_in_a_set() {
    let publication = json!({
        "atoms": { "a": {}, "b": {} },
        "sets": { "all": ["a", "b"] },
        "published": [{ "id": "total", "says": { "exact": { "of": ["all"], "is": 9 } } }],
        "protected": [{ "id": "a", "of": ["a"], "width": 4 }]
    });
    let certificate = |b: i64| json!({ "sha256": DIGEST, "table": { "a": 0, "b": 9 }, "changes": [{ "a": 9, "b": b }], "protected": { "a": [0, 1] } });
    let checked = verify::block::holds(&certificate(0), &publication, DIGEST).expect("it holds");
    assert_eq!((checked.hidden, checked.tables), (1, 2));
    let error = verify::block::holds(&certificate(1), &publication, DIGEST).expect_err("10 and not 9");
    assert!(error.contains("does not give `total`"), "{error}");
}

/// Squares of hidden cells, each tied to the next by a sum: exact, and too large together for the limits of the second attack.
fn chain(squares: usize) -> Sheet {
    let names: Vec<String> =
        (0..squares).flat_map(|at| ["a", "b", "c", "d"].map(|cell| format!("{cell}{at}"))).collect();
    let mut sheet = blank(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for at in 0..squares {
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|cell| format!("{cell}{at}"));
        // The last square's first cell is 0 to 3: exposed.
        let (ab, bd) = if at + 1 == squares { (3, 5) } else { (15, 17) };
        for (of, is) in [([&a, &b], ab), ([&c, &d], 16), ([&a, &c], ab + 16 - bd), ([&b, &d], bd)] {
            know(&mut sheet, None, &of.map(String::as_str), is);
        }
        if at > 0 {
            let of = terms(&sheet, &[(&format!("b{}", at - 1), 1), (&a, 1)]);
            let (id, place, edition) = (format!("tie {at}"), Some("class".to_string()), None);
            let (at_least, at_most) = (Some(1), Some(25));
            sheet.between.push(Between { id, place, edition, of, at_least, at_most });
        }
        hide(&mut sheet, &a, &[(&a, 1)]);
    }
    sheet
}

/// The search around a quantity finds the same safe ones as the programs of the whole component do, and the same exposed one.
#[test]
fn what_is_too_large_to_be_solved_whole_is_searched_around_each_quantity() {
    let model = chain(8).model();
    let whole = report(&model);
    let limits = Limits { atoms: 0, rows: 0, ..Limits::default() };
    let around = attack(&model, &limits, &super::SOLVER).expect("no contradiction");
    for (one, other) in whole.findings.iter().zip(&around.findings) {
        assert_eq!(one.is_safe(), other.is_safe());
    }
    assert_eq!(around.findings.iter().filter(|finding| finding.is_safe()).count(), 7);
    assert!(matches!(around.findings[7].verdict, Verdict::Leak(_)));
}
