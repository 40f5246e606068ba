//! Random tables against brute force: the layers are exact where they say so, and never leave out the truth.

use kvarter::audit::{
    bridges::determined,
    certificate::certificate,
    model::{Interval, Model, Row, sum},
    narrow::narrow,
    row_space::RowSpace,
    tree::Forest,
    verify,
};
use serde_json::{Value, json};

use super::{model, report};

/// A generator of pseudo-random numbers (xorshift64*), so that every run is the same.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 to below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % n
    }
}

/// Every table of so many atoms with values from `from` to `to`.
fn tables(atoms: usize, from: i128, to: i128) -> impl Iterator<Item = Vec<i128>> {
    let values = (to - from + 1) as usize;
    (0..values.pow(atoms as u32)).map(move |at| {
        (0..atoms).map(|atom| from + (at / values.pow(atom as u32) % values) as i128).collect()
    })
}

fn widen(hull: &mut Option<(i128, i128)>, value: i128) {
    *hull = Some(hull.map_or((value, value), |(lo, hi)| (lo.min(value), hi.max(value))));
}

/// Sets of one hierarchy: a range of atoms is cut in two or three again and again.
fn hierarchy(dice: &mut Dice, from: usize, to: usize, sets: &mut Vec<Vec<usize>>) {
    if dice.below(5) > 0 {
        sets.push((from..to).collect());
    }
    if to - from > 1 {
        let cut = from + 1 + dice.below((to - from - 1) as u64) as usize;
        hierarchy(dice, from, cut, sets);
        hierarchy(dice, cut, to, sets);
    }
}

#[test]
fn the_tree_is_exact_on_random_hierarchies() {
    let mut dice = Dice::new(1);
    let mut compared = 0;
    for _ in 0..60 {
        let atoms = 2 + dice.below(4) as usize;
        let mut sets = Vec::new();
        hierarchy(&mut dice, 0, atoms, &mut sets);
        let truth: Vec<i128> = (0..atoms).map(|_| dice.below(4).into()).collect();
        let known: Vec<(Vec<usize>, Interval)> = sets
            .into_iter()
            .map(|set| {
                let value: i128 = set.iter().map(|&atom| truth[atom]).sum();
                let (below, above) = (i128::from(dice.below(3)), i128::from(dice.below(3)));
                let interval = Interval::closed(value - below, value + above);
                (set, if dice.below(4) == 0 { Interval::ANY } else { interval })
            })
            .collect();
        let leaves = vec![Interval::closed(0, 4); atoms];
        let (of_atoms, of_sets) =
            Forest::of(&leaves, &known).expect("a hierarchy").solve().expect("the truth fits").all();
        let (mut atom_hulls, mut set_hulls) = (vec![None; atoms], vec![None; known.len()]);
        let total = |set: &[usize], table: &[i128]| set.iter().map(|&atom| table[atom]).sum::<i128>();
        let fits = |table: &Vec<i128>| known.iter().all(|(set, interval)| interval.holds(total(set, table)));
        for table in tables(atoms, 0, 4).filter(fits) {
            table.iter().zip(&mut atom_hulls).for_each(|(&value, hull)| widen(hull, value));
            known.iter().zip(&mut set_hulls).for_each(|((set, _), hull)| widen(hull, total(set, &table)));
        }
        for (found, hull) in of_atoms.iter().chain(&of_sets).zip(atom_hulls.into_iter().chain(set_hulls)) {
            let (lo, hi) = hull.expect("the truth fits");
            assert_eq!(*found, Interval::closed(lo, hi), "{known:?}");
            compared += 1;
        }
    }
    assert!(compared > 300, "{compared} nodes");
}

#[test]
fn sets_that_cross_are_no_hierarchy() {
    let any = Interval::ANY;
    let leaves = vec![Interval::closed(0, 9); 3];
    assert!(Forest::of(&leaves, &[(vec![0, 1], any), (vec![1, 2], any)]).is_none());
}

/// A random table with some cells hidden: the rows that its margins leave for the hidden cells, and the truth of these.
fn margins(dice: &mut Dice) -> (Vec<Row>, Vec<i128>) {
    let (height, width) = (2 + dice.below(3) as usize, 2 + dice.below(3) as usize);
    let (mut truth, mut lines) = (Vec::new(), vec![Vec::new(); height + width]);
    for row in 0..height {
        for column in 0..width {
            if dice.below(5) < 3 && truth.len() < 8 {
                lines[row].push((truth.len(), 1));
                lines[height + column].push((truth.len(), 1));
                truth.push(i128::from(dice.below(20)));
            }
        }
    }
    // One margin may not be published: its cells have one line only.
    if dice.below(3) == 0 {
        lines[height..].swap(0, width - 1);
        lines.pop();
    }
    lines.retain(|line| !line.is_empty());
    let row = |(figure, terms): (usize, Vec<(usize, i128)>)| {
        let value = sum(&terms, &truth);
        Row { terms, bounds: Interval::closed(value, value), figure }
    };
    (lines.into_iter().enumerate().map(row).collect(), truth)
}

/// Cells that are the same in every table with the same sums: a change along a cycle of hidden cells is by 1 up and down.
fn fixed(rows: &[Row], truth: &[i128]) -> Vec<bool> {
    let mut fixed = vec![true; truth.len()];
    let keeps = |change: &Vec<i128>| rows.iter().all(|row| sum(&row.terms, change) == 0);
    for change in tables(truth.len(), -1, 1).filter(keeps) {
        change.iter().zip(&mut fixed).filter(|(by, _)| **by != 0).for_each(|(_, fixed)| *fixed = false);
    }
    fixed
}

#[test]
fn bridges_are_the_cells_known_exactly_on_random_tables() {
    let mut dice = Dice::new(2);
    let (mut exact, mut cells) = (0, 0);
    for _ in 0..120 {
        let (rows, truth) = margins(&mut dice);
        let found = determined(truth.len(), &rows).expect("a table");
        let space = RowSpace::of(&rows);
        for (cell, fixed) in fixed(&rows, &truth).into_iter().enumerate() {
            let expected = fixed.then_some(truth[cell]);
            assert_eq!(found.get(&cell).copied(), expected, "bridge: cell {cell} of {rows:?}");
            assert_eq!(space.value(&vec![(cell, 1)]), expected, "row space: cell {cell} of {rows:?}");
            exact += usize::from(fixed);
            cells += 1;
        }
    }
    assert!(exact > 50 && cells - exact > 200, "{exact} of {cells}");
}

#[test]
fn row_space_finds_what_every_solution_agrees_on() {
    let mut dice = Dice::new(3);
    let mut exact = 0;
    for _ in 0..60 {
        let term =
            |dice: &mut Dice| (0..4).map(|atom| (atom, i128::from(dice.below(3)) - 1)).collect::<Vec<_>>();
        let truth: Vec<i128> = (0..4).map(|_| dice.below(9).into()).collect();
        let rows: Vec<Row> = (0..3)
            .map(|figure| {
                let mut terms = term(&mut dice);
                terms.retain(|&(_, by)| by != 0);
                let value = sum(&terms, &truth);
                Row { terms, bounds: Interval::closed(value, value), figure }
            })
            .collect();
        let quantity = term(&mut dice);
        // Solutions differ by vectors made from minors of the rows, which are no larger than 4.
        let keeps = |change: &Vec<i128>| rows.iter().all(|row| sum(&row.terms, change) == 0);
        let agreed = tables(4, -4, 4).filter(keeps).all(|change| sum(&quantity, &change) == 0);
        let expected = agreed.then(|| sum(&quantity, &truth));
        let terms = quantity.into_iter().filter(|&(_, by)| by != 0).collect();
        assert_eq!(RowSpace::of(&rows).value(&terms), expected, "{rows:?}");
        exact += usize::from(agreed);
    }
    assert!((5..55).contains(&exact), "{exact}");
}

/// Areas by groups with a truth, and random figures about it.
pub fn municipality(dice: &mut Dice, areas: u64, groups: u64, most: u64) -> (Value, Vec<i128>) {
    let cells = (areas * groups) as usize;
    let truth: Vec<i128> = (0..cells).map(|_| dice.below(most + 1).into()).collect();
    let names: Vec<String> = (0..cells).map(|cell| format!("cell {cell:02}")).collect();
    let mut figures = Vec::new();
    for at in 0..areas + groups + 4 {
        let line = |cell: usize| match at {
            _ if at < areas => cell as u64 / groups == at,
            _ if at < areas + groups => cell as u64 % groups == at - areas,
            _ => (cell as u64 * 7 + at * 3) % 5 < 2,
        };
        let of: Vec<usize> = (0..cells).filter(|&cell| line(cell)).collect();
        if of.is_empty() {
            continue;
        }
        let value: i128 = of.iter().map(|&cell| truth[cell]).sum();
        let of: Vec<&str> = of.iter().map(|&cell| names[cell].as_str()).collect();
        figures.push(json!({ "id": format!("figure {at}"), "says": says(dice, &of, value) }));
    }
    let atoms: Value = names.iter().map(|name| (name.clone(), json!({ "at-most": most }))).collect();
    let protected: Value = names.iter().map(|name| json!({ "id": name, "of": [name], "width": 2 })).collect();
    (json!({ "atoms": atoms, "published": figures, "protected": protected }), truth)
}

/// A figure that is true of a sum of the value given.
fn says(dice: &mut Dice, of: &[&str], value: i128) -> Value {
    let (value, base) = (value as i64, value as i64 + 1 + dice.below(30) as i64);
    match dice.below(6) {
        0 | 1 => json!({ "exact": { "of": of, "is": value } }),
        2 => json!({ "rounded": { "of": of, "is": (value + 2) / 5 * 5, "base": 5 } }),
        3 => {
            // Half up, in tenths of a per cent.
            let tenths = (2000 * value + base) / (2 * base);
            json!({ "share": { "of": of, "base": base, "is": format!("{}.{}", tenths / 10, tenths % 10) } })
        }
        4 => {
            json!({ "between": { "of": of, "at-least": value - dice.below(3) as i64, "at-most": value + 2 } })
        }
        _ => json!({ "flag": { "of": of, "base": base, "limit": { "over": "20" }, "is": 5 * value > base } }),
    }
}

#[test]
fn the_truth_is_never_left_out_of_random_municipalities() {
    let mut dice = Dice::new(4);
    for _ in 0..40 {
        let (areas, groups) = (3 + dice.below(8), 2 + dice.below(3));
        let (publication, truth) = municipality(&mut dice, areas, groups, 60);
        let model = model(&publication);
        assert!(model.allows(&truth), "the figures are true");
        let narrowed = narrow(&model).expect("the truth fits");
        for (cell, found) in narrowed.found.iter().enumerate() {
            assert!(found.within.holds(truth[cell]), "cell {cell}: {} in {:?}", truth[cell], found.within);
        }
    }
}

pub fn hulls(model: &Model, most: i128) -> Vec<(i128, i128)> {
    let mut hulls = vec![None; model.atoms.len()];
    for table in tables(model.atoms.len(), 0, most).filter(|table| model.allows(table)) {
        table.iter().zip(&mut hulls).for_each(|(&value, hull)| widen(hull, value));
    }
    hulls.into_iter().map(|hull| hull.expect("the truth fits")).collect()
}

#[test]
fn the_attack_finds_the_intervals_of_brute_force() {
    let mut dice = Dice::new(5);
    let (mut safe, mut leaks) = (0, 0);
    for _ in 0..40 {
        let (publication, _) = municipality(&mut dice, 3, 2, 4);
        let model = model(&publication);
        let report = report(&model);
        for (at, (finding, (lo, hi))) in report.findings.iter().zip(hulls(&model, 4)).enumerate() {
            assert_eq!(finding.within, Interval::closed(lo, hi), "{publication:#}");
            assert_eq!(finding.is_safe(), hi - lo >= 2, "{publication:#}");
            let certificate = certificate(&model, &report, at, "random.json", "digest");
            assert_eq!(certificate.is_some(), finding.is_safe());
            if let Some(certificate) = certificate {
                let checked = verify::holds(&certificate, &publication, "digest").expect("it holds");
                assert!((checked.values.0 - checked.values.1).abs() >= 2);
            }
            if finding.is_safe() { safe += 1 } else { leaks += 1 }
        }
    }
    assert!(safe > 20 && leaks > 20, "{safe} safe, {leaks} leaks");
}
