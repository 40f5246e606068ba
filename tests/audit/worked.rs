//! Worked examples: tables of the literature on disclosure control and of leaks in area reports, with intervals found by brute
//! force and by an integer solver (HiGHS) before this program was written.

use kvarter::audit::{
    fraction::{ceil, floor},
    lp::{Answer, Problem, Solver},
    model::Interval,
    narrow::Layer,
};
use serde_json::{Value, json};

use super::{SOLVER, intervals, model, protect, report, sums, unknown};

/// All exact intervals, as `name lo hi`.
fn told(publication: &Value) -> Vec<String> {
    intervals(publication).into_iter().map(|(name, (lo, hi))| format!("{name} {lo} {hi}")).collect()
}

fn published(atoms: &[&str], figures: Value, protected: &[&str]) -> Value {
    json!({ "atoms": unknown(atoms), "published": figures, "protected": protect(protected) })
}

#[test]
fn a_printed_share_gives_these_numerators() {
    let candidates: [(i64, &str, i128, i128); 8] = [
        (27, "11.1", 3, 3),
        (27, "11", 3, 3),
        (143, "2.1", 3, 3),
        (143, "2", 3, 3),
        (640, "1", 4, 9),
        (1850, "3.4", 62, 63),
        (2400, "41.3", 990, 992),
        (40, "33", 13, 13),
    ];
    for (base, share, lo, hi) in candidates {
        let figures =
            json!([{ "id": "share", "says": { "share": { "of": ["x"], "base": base, "is": share } } }]);
        let publication = json!({ "atoms": { "x": { "at-most": base } }, "published": figures, "protected": protect(&["x"]) });
        assert_eq!(told(&publication), [format!("x {lo} {hi}")], "{share} of {base}");
    }
}

#[test]
fn a_share_alone_can_give_away_its_base_too() {
    let share = |is: &str| {
        json!({
            "atoms": { "x": {}, "n": { "at-least": 5, "at-most": 30 } },
            "published": [{ "id": "share", "says": { "share": { "of": ["x"], "base": ["n"], "is": is } } }],
            "protected": protect(&["n", "x"])
        })
    };
    assert_eq!(told(&share("13.8")), ["n 29 29", "x 4 4"]);
    assert_eq!(told(&share("14.3")), ["n 7 28", "x 1 4"]);
    let model = model(&share("14.3"));
    let pairs = (5..=30).flat_map(|n| (0..=n).map(move |x| (x, n)));
    let fit: Vec<_> = pairs.filter(|&(x, n)| model.allows(&[n, x])).collect();
    assert_eq!(fit, [(1, 7), (2, 14), (3, 21), (4, 28)]);
}

/// The p%-rule: of a sum with these contributions, how much more than it is the second can take the first to be.
#[test]
fn the_second_largest_can_take_the_largest_to_be_so_much_more() {
    let examples: [(&[i64], i128); 4] = [
        (&[2400, 150, 40, 30], 70),
        (&[900, 850, 60], 60),
        (&[310, 290, 280, 270, 265], 815),
        (&[52_000, 50_000, 8000], 8000),
    ];
    for (shares, more) in examples {
        let figures =
            sums(&[(&["first", "second", "others"], shares.iter().sum()), (&["second"], shares[1])]);
        let highest = i128::from(shares[0]) + more;
        let all = published(&["first", "second", "others"], figures, &["first"]);
        assert_eq!(told(&all), [format!("first 0 {highest}")]);
    }
}

#[test]
fn t1_a_single_hidden_part_is_the_rest() {
    let table =
        published(&["a", "b", "c"], sums(&[(&["a", "b", "c"], 60), (&["a"], 17), (&["b"], 40)]), &["c"]);
    assert_eq!(told(&table), ["c 3 3"]);
}

#[test]
fn t2_a_hidden_square_of_four() {
    let margins = sums(&[(&["a", "b"], 5), (&["c", "d"], 6), (&["a", "c"], 4), (&["b", "d"], 7)]);
    let table = published(&["a", "b", "c", "d"], margins, &["a", "b", "c", "d"]);
    assert_eq!(told(&table), ["a 0 4", "b 1 5", "c 0 4", "d 2 6"]);
    let model = model(&table);
    let solutions = (0..=4).filter(|&a| model.allows(&[a, 5 - a, 4 - a, 2 + a])).count();
    assert_eq!(solutions, 5);
}

#[test]
fn t3_a_symbol_that_tells_primary_from_secondary_gives_both_away() {
    let mut table = published(&["x", "y"], sums(&[(&["x", "y"], 8)]), &["x", "y"]);
    assert_eq!(told(&table), ["x 0 8", "y 0 8"]);
    let few = |id: &str| json!({ "id": format!("{id} is few"), "says": { "fewer-than": { "of": [id], "than": 5 } } });
    table["published"].as_array_mut().expect("a list").extend([few("x"), few("y")]);
    assert_eq!(told(&table), ["x 4 4", "y 4 4"]);
}

#[test]
fn the_handbooks_example_of_geurts() {
    let margins =
        sums(&[(&["x11", "x12"], 7), (&["x21", "x22"], 3), (&["x11", "x21"], 6), (&["x12", "x22"], 4)]);
    let cells = ["x11", "x12", "x21", "x22"];
    assert_eq!(told(&published(&cells, margins, &cells)), ["x11 3 6", "x12 1 4", "x21 0 3", "x22 0 3"]);
}

#[test]
fn t5_the_mean_of_three_by_subtraction() {
    let mean = |id: &str, of: Value, base: i64, is: &str| json!({ "id": id, "says": { "mean": { "of": of, "base": base, "is": is, "half": "50" } } });
    let publication = json!({
        "atoms": unknown(&["three", "rest"]),
        "published": [mean("all", json!(["three", "rest"]), 40, "251300"), mean("rest", json!(["rest"]), 37, "262100")],
        "protected": [{ "id": "three", "of": ["three"], "width": 1 }]
    });
    let (lo, hi) = intervals(&publication)["three"];
    // The mean of the three: 116,816.67 to 119,383.33.
    assert_eq!((ceil(lo * 100, 3), floor(hi * 100, 3)), (11_681_667, 11_938_333));
}

#[test]
fn t6_a_share_of_a_flow_and_the_change_of_the_stock() {
    let figures = json!([
        { "id": "in", "says": { "share": { "of": ["in"], "base": 18, "is": "22" } } },
        { "id": "growth", "says": { "exact": { "of": { "in": 1, "out": -1 }, "is": 1 } } }
    ]);
    assert_eq!(told(&published(&["in", "out"], figures, &["in", "out"])), ["in 4 4", "out 3 3"]);
}

#[test]
fn t7_a_drawn_zone_and_grid_cells() {
    let cells: [(&[&str], i64); 3] = [(&["c1"], 41), (&["inside", "outside"], 39), (&["c1", "inside"], 78)];
    let atoms = ["c1", "inside", "outside", "c3"];
    assert_eq!(told(&published(&atoms, sums(&cells), &["outside"])), ["outside 2 2"]);
    let rounded: [(&[&str], i64); 4] =
        [(&["c1"], 40), (&["inside", "outside"], 40), (&["c1", "inside"], 80), (&["c3"], 50)];
    let figure = |(of, is): (&[&str], i64)| json!({ "id": of.join("+"), "says": { "rounded": { "of": of, "is": is, "base": 5 } } });
    let figures: Value = rounded.into_iter().map(figure).collect();
    assert_eq!(told(&published(&atoms, figures, &["outside"])), ["outside 0 6"]);
    // With the total, but without the second and the third cell (52), as GaussSuppression leaves it.
    let left = sums(&[(&atoms, 132), (&["c1", "inside"], 78), (&["c1"], 41)]);
    assert_eq!(told(&published(&atoms, left, &["outside"])), ["outside 0 54"]);
}

#[test]
fn t8_the_mean_of_two_years_and_the_year_before() {
    let years = json!([{ "is": "40.9" }, { "of": ["x"], "base": 410 }]);
    let figures = json!([{ "id": "mean", "says": { "mean-of-years": { "years": years, "is": "41.3" } } }]);
    assert_eq!(told(&published(&["x"], figures, &["x"])), ["x 171 171"]);
}

#[test]
fn t9_a_tree_of_exact_rounded_and_hidden_counts() {
    let figures = json!([
        { "id": "municipality", "says": { "rounded": { "of": ["d1", "A", "B", "C"], "is": 1240, "base": 10, "rule": "half-up" } } },
        { "id": "district 1", "says": { "exact": { "of": ["d1"], "is": 617 } } },
        { "id": "A", "says": { "exact": { "of": ["A"], "is": 298 } } },
        { "id": "C", "says": { "rounded": { "of": ["C"], "is": 320, "base": 10, "rule": "half-up" } } }
    ]);
    let mut publication = published(&["d1", "A", "B", "C"], figures, &["B", "C"]);
    let district = json!({ "id": "D2", "of": ["A", "B", "C"], "width": 4 });
    publication["protected"].as_array_mut().expect("a list").push(district);
    assert_eq!(told(&publication), ["B 0 14", "C 315 324", "D2 618 627"]);
}

/// The least and the largest value of an atom in a relaxed or a whole program.
fn program(publication: &Value, atom: usize, whole: bool) -> (f64, f64) {
    let model = model(publication);
    let (bounds, objective) = (model.bounds(), vec![(atom, 1)]);
    let end = |largest: bool| {
        let rows = &model.rows;
        let problem =
            Problem { bounds: &bounds, rows, objective: &objective, asked: Interval::ANY, largest, whole };
        match SOLVER.solve(&problem) {
            Answer::Best(value, _) => value,
            other => panic!("{other:?}"),
        }
    };
    (end(false), end(true))
}

#[test]
fn t10_households_and_persons_need_whole_numbers() {
    let publication = json!({
        "atoms": { "h1": { "at-most": 2 }, "h2": {} },
        "published": [{ "id": "persons", "says": { "exact": { "of": { "h1": 1, "h2": 2 }, "is": 7 } } }],
        "protected": protect(&["h1"])
    });
    let (lo, hi) = program(&publication, 0, false);
    assert!(lo.abs() < 1e-6 && (hi - 2.0).abs() < 1e-6, "relaxed: {lo} to {hi}");
    let (lo, hi) = program(&publication, 0, true);
    assert!((lo - 1.0).abs() < 1e-6 && (hi - 1.0).abs() < 1e-6, "whole: {lo} to {hi}");
    assert_eq!(told(&publication), ["h1 1 1"]);
    let figures = json!([
        { "id": "persons", "says": { "exact": { "of": { "x": 2, "y": 2, "z": 1 }, "is": 7 } } },
        { "id": "households", "says": { "exact": { "of": ["x", "y", "z"], "is": 4 } } }
    ]);
    assert_eq!(told(&published(&["x", "y", "z"], figures, &["x", "y", "z"])), ["x 0 3", "y 0 3", "z 1 1"]);
}

#[test]
fn t11_no_two_hidden_cells_are_alone_in_a_line_and_still_one_is_exact() {
    let known =
        [("r1c3", 20), ("r1c4", 11), ("r2c4", 30), ("r3c1", 40), ("r3c2", 9), ("r4c1", 12), ("r4c2", 21)];
    let cell = |row: usize, column: usize| format!("r{row}c{column}");
    let cells: Vec<String> = (1..=4).flat_map(|row| (1..=4).map(move |column| cell(row, column))).collect();
    let line =
        |of: Vec<String>, is: i64| json!({ "id": of.join("+"), "says": { "exact": { "of": of, "is": is } } });
    let mut figures = Vec::new();
    for (at, (row, column)) in [(38, 57), (38, 39), (55, 31), (42, 46)].into_iter().enumerate() {
        figures.push(line((1..=4).map(|column| cell(at + 1, column)).collect(), row));
        figures.push(line((1..=4).map(|row| cell(row, at + 1)).collect(), column));
    }
    figures.extend(known.map(|(name, is)| line(vec![name.to_string()], is)));
    let names: Vec<&str> = cells.iter().map(String::as_str).collect();
    let hidden: Vec<&str> =
        names.iter().copied().filter(|name| known.iter().all(|(known, _)| known != name)).collect();
    let publication = published(&names, Value::Array(figures), &hidden);
    let expected = [
        "r1c1 0 5", "r1c2 2 7", "r2c1 0 5", "r2c2 2 7", "r2c3 1 1", "r3c3 1 6", "r3c4 0 5", "r4c3 4 9",
        "r4c4 0 5",
    ];
    assert_eq!(told(&publication), expected);
    let model = model(&publication);
    let leaks = report(&model).findings.into_iter().filter(|finding| !finding.is_safe()).count();
    assert_eq!(leaks, 1);
}

/// S1: four areas in two districts, three groups, all margins published, four cells hidden.
fn s1() -> Value {
    let table = [("A1", [118, 22, 3]), ("A2", [95, 4, 12]), ("B1", [140, 31, 9]), ("B2", [60, 15, 7])];
    let groups = ["dansk", "ikkevest", "vestlig"];
    let hidden = ["A1/vestlig", "A2/ikkevest", "A1/ikkevest", "A2/vestlig"];
    let (mut atoms, mut figures) = (Vec::new(), Vec::new());
    let mut publish = |of: Vec<String>, is: i32| {
        figures.push(json!({ "id": of.join("+"), "says": { "exact": { "of": of, "is": is } } }));
    };
    for (area, counts) in &table {
        let cells = groups.map(|group| format!("{area}/{group}"));
        publish(cells.to_vec(), counts.iter().sum());
        for (cell, count) in cells.iter().zip(counts).filter(|(cell, _)| !hidden.contains(&cell.as_str())) {
            publish(vec![cell.clone()], *count);
        }
        atoms.extend(cells);
    }
    for (at, group) in groups.into_iter().enumerate() {
        for district in [&table[..2], &table[2..], &table[..]] {
            let cells = district.iter().map(|(area, _)| format!("{area}/{group}")).collect();
            publish(cells, district.iter().map(|(_, counts)| counts[at]).sum());
        }
    }
    let atoms: Vec<&str> = atoms.iter().map(String::as_str).collect();
    published(&atoms, Value::Array(figures), &hidden[..2])
}

#[test]
fn s1_the_reference_of_gauss_suppression() {
    assert_eq!(told(&s1()), ["A1/vestlig 0 15", "A2/ikkevest 1 16"]);
    assert!(report(&model(&s1())).findings.iter().all(|finding| finding.is_safe()));
}

#[test]
fn s1_b_the_same_with_a_symbol_for_primary_cells() {
    let mut table = s1();
    let few = |id: &str| json!({ "id": format!("{id} is few"), "says": { "fewer-than": { "of": [id], "than": 5 } } });
    table["published"].as_array_mut().expect("a list").extend([few("A1/vestlig"), few("A2/ikkevest")]);
    assert_eq!(told(&table), ["A1/vestlig 1 3", "A2/ikkevest 2 4"]);
}

#[test]
fn rounded_counts_close_both_ends_unless_halves_are_known_to_go_up() {
    let rounded = |is: i64, base: i64, rule: &str| {
        let says = json!({ "rounded": { "of": ["x"], "is": is, "base": base, "rule": rule } });
        published(&["x"], json!([{ "id": "x", "says": says }]), &["x"])
    };
    assert_eq!(told(&rounded(100, 5, "unknown")), ["x 98 102"]);
    assert_eq!(told(&rounded(100, 10, "unknown")), ["x 95 105"]);
    assert_eq!(told(&rounded(100, 10, "half-up")), ["x 95 104"]);
    assert_eq!(told(&rounded(100, 5, "random")), ["x 96 104"]);
}

/// Small cells of S1 rounded to 5 and everything added up anew, as R's PLSrounding does it: 3 becomes 0 and 4 becomes 5.
#[test]
fn rounded_small_cells_beside_the_official_total_are_narrowed() {
    let cells = [("A1", [118, 22, 0]), ("A2", [95, 5, 12]), ("B1", [140, 31, 9]), ("B2", [60, 15, 7])];
    let rows: Vec<i64> = cells.iter().map(|(_, groups)| groups.iter().sum()).collect();
    let columns = [0, 1, 2].map(|at| cells.iter().map(|(_, groups)| groups[at]).sum::<i64>());
    assert_eq!((rows[0], rows[1], columns[2], rows.iter().sum::<i64>()), (140, 112, 28, 514));
    let few = |id: &str, lo: i64, hi: i64| json!({ "id": id, "says": { "between": { "of": [id], "at-least": lo, "at-most": hi } } });
    // Printed 0 it was 0 to 4, printed 5 it was 1 to 4, or 5 already.
    let mut table = published(
        &["A1/vestlig", "A2/ikkevest", "others"],
        json!([few("A1/vestlig", 0, 4), few("A2/ikkevest", 1, 5)]),
        &["A1/vestlig", "A2/ikkevest"],
    );
    assert_eq!(told(&table), ["A1/vestlig 0 4", "A2/ikkevest 1 5"]);
    // The official total is 516, of which all other cells have 509.
    let official = sums(&[(&["A1/vestlig", "A2/ikkevest", "others"], 516), (&["others"], 509)]);
    let figures = table["published"].as_array_mut().expect("a list");
    figures.extend(official.as_array().expect("a list").iter().cloned());
    assert_eq!(told(&table), ["A1/vestlig 2 4", "A2/ikkevest 3 5"]);
}

#[test]
fn counts_changed_by_a_cell_key_are_known_to_within_the_largest_change() {
    // 3, 2, 6 and 1 are printed as 3, 1, 7 and 2; the change is at most 1.
    let printed = [("a", 3), ("b", 1), ("c", 7), ("d", 2)];
    let figure = |(id, is): (&str, i64)| json!({ "id": id, "says": { "between": { "of": [id], "at-least": is - 1, "at-most": is + 1 } } });
    let names = ["a", "b", "c", "d"];
    let table = published(&names, printed.map(figure).into_iter().collect(), &names);
    assert_eq!(told(&table), ["a 2 4", "b 0 2", "c 6 8", "d 1 3"]);
    assert!(model(&table).allows(&[3, 2, 6, 1]));
}

/// The handbook's chapter on cell keys: counts changed by at most 2, beside means that were not.
#[test]
fn original_means_beside_changed_counts_give_the_counts_back() {
    let count = |id: &str, of: &[&str], is: i64| json!({ "id": id, "says": { "between": { "of": of, "at-least": is - 2, "at-most": is + 2 } } });
    let mean = |id: &str, of: &[&str], base: &[&str], is: &str| json!({ "id": id, "says": { "mean": { "of": of, "base": base, "is": is } } });
    let figures = json!([
        count("a", &["n"], 9),
        count("b", &["m"], 14),
        count("all", &["n", "m"], 19),
        mean("mean a", &["Y"], &["n"], "11.25"),
        mean("mean b", &["Z"], &["m"], "7.9167"),
        mean("mean all", &["Y", "Z"], &["n", "m"], "9.25")
    ]);
    assert_eq!(told(&published(&["n", "m", "Y", "Z"], figures, &["n", "m"])), ["m 12 12", "n 8 8"]);
}

#[test]
fn a_leak_is_told_by_the_first_layer_that_proves_it() {
    let exposed = |publication: &Value| -> Vec<Option<Layer>> {
        let narrowed = kvarter::audit::narrow::narrow(&model(publication)).expect("no contradiction");
        narrowed.found.iter().map(|found| found.exposed_by).collect()
    };
    let rest = published(&["a", "b"], sums(&[(&["a", "b"], 60), (&["a"], 57)]), &["b"]);
    assert_eq!(exposed(&rest), [Some(Layer::Propagation)]);
    let halves = sums(&[(&["x", "y"], 21), (&["y", "z"], 19), (&["x", "z"], 14)]);
    assert_eq!(exposed(&published(&["x", "y", "z"], halves, &["x"])), [Some(Layer::RowSpace)]);
    let nested = sums(&[(&["a", "b"], 20), (&["a", "b", "c", "d"], 22)]);
    let mut tree = published(&["a", "b", "c", "d"], nested, &[]);
    tree["protected"] = json!([{ "id": "c and d", "of": ["c", "d"], "width": 4 }]);
    assert_eq!(exposed(&tree), [Some(Layer::Tree)]);
}

/// Atoms of which any two together are at most `most`, and their total, which is to be able to reach `reach`.
fn pairs(atoms: &[&str], most: i64, reach: i64) -> Value {
    let pairs = atoms
        .iter()
        .enumerate()
        .flat_map(|(at, one)| atoms[at + 1..].iter().map(move |other| [*one, *other]));
    let few =
        |of: [&str; 2]| json!({ "id": of.join("+"), "says": { "between": { "of": of, "at-most": most } } });
    json!({
        "atoms": unknown(atoms),
        "published": pairs.map(few).collect::<Vec<_>>(),
        "protected": [{ "id": "total", "of": atoms, "width": 1, "reach": reach }]
    })
}

#[test]
fn a_leak_that_only_a_program_proves_is_told_by_it() {
    let verdict = |publication: &Value| format!("{:?}", report(&model(publication)).findings[0].verdict);
    // x + y, y + z and x + z of at most 3: half of their sum, 4.5, is the most that all can be.
    let three = pairs(&["x", "y", "z"], 3, 5);
    assert_eq!((told(&three), verdict(&three)), (vec!["total 0 4".to_string()], "Leak(Linear)".into()));
    // With halves four can be 2 together; in whole numbers one of them is 1 and the others 0.
    let four = pairs(&["w", "x", "y", "z"], 1, 2);
    assert_eq!((told(&four), verdict(&four)), (vec!["total 0 1".to_string()], "Leak(Integer)".into()));
}
