//! Leaks are closed: whatever was planted, nothing is exposed to the whole attack afterwards, and no figure is taken out that
//! could have stayed.

use std::collections::BTreeSet;

use kvarter::audit::{
    attack::Limits,
    close::{Closed, close},
    lp::Solver,
    model::Model,
    narrow::narrow,
    read::read,
};
use serde_json::{Value, json};

use super::{
    SOLVER, intervals, model, planted,
    random::{Dice, hulls, municipality},
    report, sums, unknown,
};

/// The model without some figures.
fn without(model: &Model, figures: &[usize]) -> Model {
    let rows = model.rows.iter().filter(|row| !figures.contains(&row.figure)).cloned().collect();
    Model { rows, ..model.clone() }
}

/// The protected quantities that are not proven to stay hidden.
fn exposed(model: &Model) -> Vec<usize> {
    let findings = report(model).findings.into_iter().enumerate();
    findings.filter(|(_, finding)| !finding.is_safe()).map(|(at, _)| at).collect()
}

fn closed(model: &Model, keep: &[&str], solver: Option<&dyn Solver>) -> Closed {
    let removable = |figure: usize| {
        let figure = &model.figures[figure];
        figure.edition.is_none() && !keep.contains(&figure.id.as_str())
    };
    close(model, removable, &Limits::default(), solver).expect("no contradiction")
}

fn names<'a>(model: &'a Model, figures: &[usize]) -> Vec<&'a str> {
    figures.iter().map(|&figure| model.figures[figure].id.as_str()).collect()
}

/// What is taken out, in this order: always the last figure of those that give a count away, as long as one does.
const CLOSED: [(&str, &[&str]); 38] = [
    ("alt-text", &["alt text of the line"]),
    ("axis-end", &["axis of the bars"]),
    ("benchmark-with-part-and-whole", &["other municipalities"]),
    // Rows and columns 1 and 2 give the cell, and so do rows and columns 3 and 4: whichever is found first.
    ("bridge", &["column 4", "column 2"]),
    ("change-in-points", &["change"]),
    ("class-of-an-own-rule", &["class"]),
    ("clusters-of-areas", &["cluster xz"]),
    ("complement", &["share with work"]),
    ("count-of-criteria", &["fewer than five"]),
    ("distance-fewer-than-five", &["few to the limit"]),
    ("distance-in-persons", &["persons to the limit"]),
    ("flow-share-with-stock-change", &["share of those who moved in"]),
    ("group-mean-by-subtraction", &["mean of the others"]),
    ("households-and-persons", &["legend"]),
    ("map-class", &["class on the map"]),
    ("mean-with-a-known-floor", &["floor of one"]),
    ("median", &["median"]),
    // The page's own 12 per cent of 212 leaves 25 and 26.
    ("more-decimals-in-open-results", &["values.csv", "page"]),
    ("near-the-limit", &["outlook"]),
    ("overlapping-polygons", &["polygon"]),
    ("random-rounding-twice", &["site"]),
    ("rank", &["order"]),
    ("ratio-to-comparator", &["times the nation"]),
    ("reason-for-a-practice", &["practice not shown"]),
    ("rest-of-municipality", &["share of the rest"]),
    // 7 less 3 to 7 leaves at most 4.
    ("rounded-parts", &["west", "east"]),
    ("rounded-to-ten-half-up", &["west"]),
    // 12 less 7 to 9 leaves 3 to 5.
    ("sentence-fewer-than-five", &["sentence", "west"]),
    ("share-with-decimals", &["convicted share"]),
    ("share-without-its-base", &["share"]),
    ("significance-flag", &["class"]),
    // That they are the same people cannot be taken out.
    ("sum-of-groups", &["others"]),
    ("suppliers-hidden-value", &["second group"]),
    ("symbol-for-few", &["mark of west", "mark of east"]),
    ("total-minus-parts", &["west"]),
    // Last year's east and west gives harbour with the town: once that is out, west and harbour can be given back.
    ("two-editions", &["town"]),
    ("two-year-mean", &["mean 2023-2024"]),
    ("year-on-year-difference", &["in"]),
];

#[test]
fn every_planted_leak_is_closed_and_no_figure_is_missing_that_could_have_stayed() {
    let files = planted::files();
    assert_eq!(files.len(), CLOSED.len());
    for ((name, file), (stem, expected)) in files.iter().zip(CLOSED) {
        assert!(name.ends_with(&format!("/{stem}.json")), "{name}: {stem}");
        let model = read(name, &file.to_string()).expect("it can be read");
        let closed = closed(&model, &["same people", "account of moves"], Some(&SOLVER));
        assert_eq!(
            (names(&model, &closed.removed).as_slice(), &closed.left),
            (expected, &Vec::new()),
            "{name}"
        );
        assert_eq!(exposed(&without(&model, &closed.removed)), [0; 0], "{name}");
        for back in &closed.removed {
            let others: Vec<usize> = closed.removed.iter().copied().filter(|figure| figure != back).collect();
            assert!(!exposed(&without(&model, &others)).is_empty(), "{name}: {back} could have stayed");
        }
    }
}

#[test]
fn without_a_solver_everything_is_closed_that_the_cheap_layers_find() {
    let mut found = 0;
    for (name, file) in planted::files() {
        let model = read(&name, &file.to_string()).expect("it can be read");
        let leaks = |model: &Model| {
            let found = narrow(model).expect("no contradiction").found;
            found.iter().filter(|found| found.exposed_by.is_some()).count()
        };
        let closed = closed(&model, &["same people", "account of moves"], None);
        assert_eq!((leaks(&without(&model, &closed.removed)), closed.left.len()), (0, 0), "{name}");
        assert_eq!(closed.removed.is_empty(), leaks(&model) == 0, "{name}");
        found += usize::from(leaks(&model) > 0);
    }
    assert!(found >= 25, "{found}");
}

/// The town, its parts, and a part that is hidden.
fn parts(order: [(&[&str], i64); 3]) -> Model {
    let mut file = json!({ "atoms": unknown(&["east", "west", "harbour"]), "published": sums(&order) });
    file["protected"] = json!([{ "id": "harbour", "of": ["harbour"], "width": 4, "reach": 5 }]);
    model(&file)
}

#[test]
fn the_least_important_figure_is_taken_out_and_what_may_not_be_stays() {
    let sum = |of: &'static [&'static str], is: i64| (of, is);
    let [town, east, west] = [sum(&["east", "west", "harbour"], 60), sum(&["east"], 17), sum(&["west"], 40)];
    let last = |order| {
        let model = parts(order);
        closed(&model, &[], Some(&SOLVER))
    };
    let third = Closed { removed: vec![2], left: vec![] };
    assert_eq!([last([town, east, west]), last([east, west, town])], [third.clone(), third]);
    let model = parts([town, east, west]);
    let kept = closed(&model, &["sum 2"], Some(&SOLVER));
    assert_eq!(kept, Closed { removed: vec![1], left: vec![] });
    let all_kept = closed(&model, &["sum 0", "sum 1", "sum 2"], Some(&SOLVER));
    assert_eq!(all_kept, Closed { removed: vec![], left: vec![0] });
}

/// S1 of the worked examples with all cells published but the two small ones, the largest total first. GaussSuppression hides
/// 22 and 12 too; that leaves 0 to 15 and 1 to 16.
#[test]
fn a_table_with_margins_loses_the_cells_that_gauss_suppression_hides() {
    let table = [[118, 22, 3], [95, 4, 12], [140, 31, 9], [60, 15, 7]];
    let areas = ["A1", "A2", "B1", "B2"];
    let groups = ["dansk", "ikkevest", "vestlig"];
    let mut figures = Vec::new();
    for rows in [0..1, 1..2, 2..3, 3..4, 0..2, 2..4, 0..4] {
        for columns in [0..1, 1..2, 2..3, 0..3] {
            let cells: Vec<(usize, usize)> =
                rows.clone().flat_map(|row| columns.clone().map(move |column| (row, column))).collect();
            let total: i64 = cells.iter().map(|&(row, column)| table[row][column]).sum();
            let of: Vec<String> =
                cells.iter().map(|&(row, column)| format!("{}/{}", areas[row], groups[column])).collect();
            figures.push((total, of));
        }
    }
    figures.retain(|(total, _)| *total > 4);
    figures.sort_by_key(|(total, of)| (-total, -(of.len() as i64)));
    let says = |(total, of): &(i64, Vec<String>)| json!({ "id": of.join("+"), "says": { "exact": { "of": of, "is": total } } });
    let published: Vec<Value> = figures.iter().map(says).collect();
    let cells = areas.iter().flat_map(|area| groups.map(|group| format!("{area}/{group}")));
    let atoms: Value = cells.map(|cell| (cell, json!({}))).collect();
    let few = ["A1/vestlig", "A2/ikkevest"];
    let mut file = json!({ "atoms": atoms, "published": published, "protected": super::protect(&few) });
    let whole = model(&file);
    let closed = closed(&whole, &[], Some(&SOLVER));
    let removed: BTreeSet<&str> = names(&whole, &closed.removed).into_iter().collect();
    assert_eq!((removed, closed.left), (BTreeSet::from(["A1/ikkevest", "A2/vestlig"]), vec![]));
    let figures = file["published"].as_array_mut().expect("a list");
    figures.retain(|figure| figure["id"] != "A1/ikkevest" && figure["id"] != "A2/vestlig");
    let left: Vec<_> = intervals(&file).into_iter().collect();
    assert_eq!(left, [("A1/vestlig".to_string(), (0, 15)), ("A2/ikkevest".to_string(), (1, 16))]);
}

#[test]
fn what_is_too_large_to_find_out_is_made_coarser_until_it_is_found_out() {
    // A square with its margins is safe, but not if it is not solved.
    let margins = sums(&[(&["a", "b"], 15), (&["c", "d"], 16), (&["a", "c"], 14), (&["b", "d"], 17)]);
    let file = json!({ "atoms": unknown(&["a", "b", "c", "d"]), "published": margins, "protected": super::protect(&["a"]) });
    let model = model(&file);
    let with = |limits: Limits| close(&model, |_| true, &limits, Some(&SOLVER)).expect("no contradiction");
    assert_eq!(with(Limits::default()), Closed { removed: vec![], left: vec![] });
    // Of three margins a chain of four is left, of two that do not meet two pairs.
    let small = with(Limits { atoms: 3, near_atoms: 3, ..Limits::default() });
    assert_eq!(small.left, [0; 0]);
    assert!(!small.removed.is_empty() && small.removed.len() < 4, "{small:?}");
    assert_eq!(with(Limits { atoms: 0, near_atoms: 0, ..Limits::default() }).left, [0]);
}

#[test]
fn brute_force_finds_nothing_in_random_municipalities_once_they_are_closed() {
    let mut dice = Dice::new(9);
    let (mut taken, mut kept) = (0, 0);
    for _ in 0..25 {
        let (publication, truth) = municipality(&mut dice, 3, 2, 4);
        let model = model(&publication);
        let closed = closed(&model, &[], Some(&SOLVER));
        assert_eq!(closed.left, [0; 0]);
        let rest = without(&model, &closed.removed);
        assert!(rest.allows(&truth));
        assert!(hulls(&rest, 4).iter().all(|(lo, hi)| hi - lo >= 2), "{publication:#}");
        taken += closed.removed.len();
        kept += model.figures.len() - closed.removed.len();
    }
    assert!(taken > 20 && kept > 50, "{taken} figures taken out, {kept} kept");
}
