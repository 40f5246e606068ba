//! The same sums row by row, as slowly and plainly as can be: what the plan is held against, on random tables.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    atoms::Atoms,
    clusters::Moments,
    count::count,
    disclose::told::Counted,
    links::Linked,
    lists::{ALONE, Item, Lists},
    placed::Where,
    plan::Plan,
    publication::Missing,
    random_tables::{BLOCKS, DISTRICTS, Row, catalogue, places, rows, shuffled, table},
    raw::{Cell, Index, Known, Raw, Scope, Series},
    single::Rows,
};
use crate::{
    ids::{Period, PopulationId, SourceId},
    sources::Tables,
};

const MUNICIPALITY: usize = (BLOCKS + DISTRICTS) as usize;

fn counted(rows: &[Row], by_key: bool) -> Raw {
    let tables = Tables { tables: BTreeMap::from([(SourceId::from("rows"), table(rows, by_key))]) };
    count(&catalogue(), &tables, &places()).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// Is a row in a population?
fn takes(population: &str, row: &Row) -> bool {
    let young = row.age.is_some_and(|age| age < 30);
    let kind_a = row.kind == Some("a");
    match population {
        "all" | "doubled" => true,
        "young" => young,
        "kind-a" | "amounts" => kind_a,
        "young-a" => young && kind_a,
        "weighted" => young && row.share.is_some_and(|share| share > 0.0),
        _ => false,
    }
}

/// What a row counts for, in thousandths.
fn number(population: &str, row: &Row) -> Option<i64> {
    let number = match population {
        "weighted" => row.share,
        "amounts" => row.amount,
        "doubled" => row.amount.map(|amount| amount * 2.0 + 1.0),
        _ => Some(1.0),
    };
    number.map(|number| (number * 1000.0).round() as i64)
}

fn hidden(population: &str, row: &Row) -> bool {
    row.hidden && ["amounts", "doubled"].contains(&population)
}

/// Whether a row counts in a place; the municipality comes after the last area.
fn counts_in(place: usize, row: &Row, by_key: bool) -> bool {
    let place = place as u32;
    if place < BLOCKS {
        row.block == Some(place)
    } else if place < BLOCKS + DISTRICTS {
        row.district == Some(place - BLOCKS)
    } else {
        !by_key || row.municipality
    }
}

fn cell(population: &str, rows: &[&Row], by_key: bool) -> Known<Cell> {
    let mut cell = Cell::default();
    if rows.iter().any(|row| hidden(population, row)) {
        return Known::Withheld;
    }
    let numbers: Vec<Option<i64>> = rows.iter().map(|row| number(population, row)).collect();
    if by_key && (numbers.is_empty() || numbers.contains(&None)) {
        return Known::Missing(Missing::NoData);
    }
    for number in numbers.into_iter().flatten().map(i128::from) {
        cell.rows += 1;
        cell.sum += number;
        cell.squares += number * if population == "weighted" { number } else { 1000 };
    }
    Known::Is(cell)
}

/// The whole series of a population, row by row.
fn series(population: &str, all: &[Row], by_key: bool) -> Series {
    let municipality = MUNICIPALITY;
    let years: BTreeSet<i32> = all.iter().filter_map(|row| row.year).collect();
    let mut series = Series { periods: Vec::new(), cells: Vec::new() };
    for year in years {
        let here: Vec<&Row> = all.iter().filter(|row| row.year == Some(year)).collect();
        let given = |row: &&&Row| number(population, row).is_some() || hidden(population, row);
        let taken: Vec<&Row> = here.iter().copied().filter(|row| takes(population, row)).collect();
        let of = |place: usize| {
            taken.iter().copied().filter(|row| counts_in(place, row, by_key)).collect::<Vec<_>>()
        };
        if !here.iter().any(|row| given(&row))
            || by_key && (0..=municipality).all(|place| of(place).is_empty())
        {
            continue;
        }
        series.periods.push(Period::Year(year as u16));
        series.cells.extend((0..=municipality).map(|place| cell(population, &of(place), by_key)));
        if by_key && of(municipality).is_empty() {
            let districts = (BLOCKS as usize..municipality).map(of).filter(|rows| !rows.is_empty());
            let sum = districts
                .map(|rows| cell(population, &rows, by_key))
                .reduce(|sum, one| sum.and_then(|sum| one.map(|one| sum.plus(one))));
            *series.cells.last_mut().expect("the municipality") =
                sum.unwrap_or(Known::Missing(Missing::NoData));
        }
    }
    series
}

fn assert_same(found: &Series, expected: &Series, what: &str) {
    assert_eq!(found.periods, expected.periods, "{what}");
    let differs = found.cells.iter().zip(&expected.cells).position(|(found, expected)| found != expected);
    assert_eq!(differs, None, "{what}");
    assert_eq!(found.cells.len(), expected.cells.len(), "{what}");
}

const POPULATIONS: [&str; 8] =
    ["all", "young", "kind-a", "young-a", "weighted", "amounts", "doubled", "nobody"];

#[test]
fn the_plan_gives_the_sums_of_a_loop_over_rows() {
    for seed in 0..12 {
        for by_key in [false, true] {
            let rows = rows(seed, by_key);
            let raw = counted(&rows, by_key);
            for population in POPULATIONS {
                let found = &raw.series[&PopulationId::from(population)];
                assert_same(
                    found,
                    &series(population, &rows, by_key),
                    &format!("{population}, {seed}, {by_key}"),
                );
            }
        }
    }
}

/// What the atoms that lie in a place add up to; nothing where there are none.
fn over_atoms(atoms: &Atoms, of: &Counted, place: usize, period: Period) -> Option<Known<i128>> {
    let period = atoms.periods.iter().position(|other| *other == period)?;
    let there = (0..atoms.places.len()).filter(|atom| atoms.places[*atom].contains(&(place as u32)));
    let sums = there.map(|atom| atoms.sum(atoms.measures[of], period, atom));
    sums.reduce(|all, one| all.and_then(|all| one.map(|one| all + one)))
}

#[test]
fn the_atoms_of_every_area_add_up_to_it() {
    let (mut compared, mut added_up) = (0, 0);
    for seed in 0..8 {
        for by_key in [false, true] {
            let rows = rows(seed, by_key);
            let raw = counted(&rows, by_key);
            let atoms = &raw.atoms[&SourceId::from("rows")];
            let cases =
                atoms.periods.iter().flat_map(|period| (0..=MUNICIPALITY).map(move |at| (*period, at)));
            for ((period, place), id) in cases.flat_map(|case| POPULATIONS.map(|id| (case, id))) {
                let in_it = |row: &&Row| {
                    row.year.map(|year| Period::Year(year as u16)) == Some(period)
                        && takes(id, row)
                        && counts_in(place, row, by_key)
                };
                let [sum, number] = [Counted::Sum(id.into()), Counted::Rows(id.into())]
                    .map(|of| over_atoms(atoms, &of, place, period));
                if by_key && place == MUNICIPALITY && !rows.iter().any(|row| in_it(&row)) {
                    added_up += 1;
                    let none = sum.unwrap_or(Known::Missing(Missing::NoData));
                    assert!(none == Known::Missing(Missing::NoData), "{id} {period:?}");
                    continue;
                }
                let scope = if place == MUNICIPALITY { Scope::Municipality } else { Scope::Area(place) };
                let cell = raw.series[&PopulationId::from(id)].cell(scope, period);
                let what = format!("{id} in {place}, {period:?}, {seed}, {by_key}");
                assert!(sum == Some(cell.map(|cell| cell.sum)), "{what}");
                assert!(number == Some(cell.map(|cell| i128::from(cell.rows) * 1000)), "{what}");
                compared += 1;
            }
        }
    }
    assert!(compared > 5000 && added_up > 100, "{compared} {added_up}");
}

#[test]
fn neither_the_order_of_rows_nor_the_slices_they_are_read_in_change_a_sum() {
    let rows = rows(3, false);
    let (catalogue, places) = (catalogue(), places());
    let index = Index::new(&places);
    let located = Where { index: &index, covering: None, undated: Period::Year(2025) };
    let whole = counted(&rows, false);
    for (seed, slice) in [(1, 3), (2, 17), (3, 100), (4, 1499), (5, 10_000)] {
        let table = table(&shuffled(&rows, seed), false);
        let source = SourceId::from("rows");
        let found = super::measure::in_slices(&catalogue, &source, &table, &located, slice);
        let found = found.unwrap_or_else(|errors| panic!("{errors:#?}"));
        for population in POPULATIONS.map(PopulationId::from) {
            assert_same(
                &found.series[&population],
                &whole.series[&population],
                &format!("{population} {slice}"),
            );
        }
        assert_same(&found.rows, &whole.series[&PopulationId::from("all")], "all rows");
        let atoms = &whole.atoms[&source];
        assert!(found.atoms.sums == atoms.sums && found.atoms.places == atoms.places, "{slice}");
        assert_eq!(found.atoms.relations, atoms.relations, "{slice}");
    }
}

/// Part and whole of a row, where it has them.
fn quotient(part: &str, whole: &str, row: &Row) -> (Option<i64>, Option<i64>) {
    let of = |population: &str| if takes(population, row) { number(population, row) } else { None };
    (of(part), of(whole))
}

const QUOTIENTS: [(&str, &str); 3] = [("young-a", "young"), ("weighted", "young"), ("amounts", "kind-a")];

#[test]
fn moments_are_those_of_households_put_together_row_by_row() {
    let rows = rows(5, false);
    let raw = counted(&shuffled(&rows, 9), false);
    for (part, whole) in QUOTIENTS {
        let clusters = &raw.clusters[&(part.into(), whole.into())];
        let mut sums: BTreeMap<(i32, usize), Moments> = BTreeMap::new();
        let mut households: BTreeMap<_, Vec<&Row>> = BTreeMap::new();
        for (number, row) in rows.iter().enumerate() {
            let alone = row.household.is_none().then_some(number);
            households
                .entry((row.year, row.block, row.district, row.household, alone))
                .or_default()
                .push(row);
        }
        for ((year, ..), members) in households {
            let Some(year) = year else { continue };
            let each: Vec<_> = members.iter().map(|row| quotient(part, whole, row)).collect();
            if each.iter().all(|one| *one == (None, None)) {
                continue;
            }
            let y: i128 = each.iter().map(|one| i128::from(one.0.unwrap_or(0))).sum();
            let m: i128 = each.iter().map(|one| i128::from(one.1.unwrap_or(0))).sum();
            for place in (0..=MUNICIPALITY).filter(|place| counts_in(*place, members[0], false)) {
                let sum = sums.entry((year, place)).or_default();
                sum.households += 1;
                sum.part_part += y * y;
                sum.part_whole += y * m;
                sum.whole_whole += m * m;
            }
        }
        for ((year, place), expected) in sums {
            let scope = if place == MUNICIPALITY { Scope::Municipality } else { Scope::Area(place) };
            let found = clusters.cell(scope, Period::Year(year as u16)).get();
            assert_eq!(found, Some(expected), "{part} {year} {place}");
        }
    }
}

#[test]
fn links_are_those_of_persons_looked_up_one_by_one() {
    let rows = rows(7, false);
    let raw = counted(&shuffled(&rows, 9), false);
    let (now, then) = (2024, 2019);
    let once = |person: u32, year: i32| {
        let mut found = rows.iter().filter(|row| row.person == Some(person) && row.year == Some(year));
        found.next().filter(|_| found.next().is_none())
    };
    let mut everybody = 0;
    for (part, whole) in QUOTIENTS {
        let links = &raw.links[&(part.into(), whole.into())];
        for place in 0..=MUNICIPALITY {
            let mut expected = Linked::default();
            for (a, b) in (0..300).filter_map(|person| once(person, now).zip(once(person, then))) {
                let ((y1, m1), (y0, m0)) = (quotient(part, whole, a), quotient(part, whole, b));
                let both = counts_in(place, a, false) && counts_in(place, b, false);
                let (Some(m1), Some(m0), true) = (m1, m0, both) else { continue };
                let product =
                    |a: Option<i64>, b: Option<i64>| i128::from(a.unwrap_or(0)) * i128::from(b.unwrap_or(0));
                expected.persons += 1;
                expected.part_part += product(y1, y0);
                expected.part_whole += product(y1, Some(m0));
                expected.whole_part += product(Some(m1), y0);
                expected.whole_whole += product(Some(m1), Some(m0));
            }
            let area = (place < MUNICIPALITY).then_some(place);
            let found = links.cell(area, Period::Year(now as u16), Period::Year(then as u16));
            everybody += expected.persons;
            assert_eq!(found, Some(expected), "{part} in {place}");
        }
    }
    assert!(everybody > 10, "hardly anybody to link");
}

#[test]
fn lists_are_the_rows_sorted_and_the_rest_is_what_an_area_leaves() {
    let rows = rows(8, false);
    let (catalogue, places, source) = (catalogue(), places(), SourceId::from("rows"));
    let index = Index::new(&places);
    let located = Where { index: &index, covering: None, undated: Period::Year(2025) };
    let table = table(&shuffled(&rows, 4), false);
    let plan = Plan::new(&catalogue, &source, &table);
    let [of, also] = ["amounts", "young"].map(|id| plan.populations[&PopulationId::from(id)]);
    let single = Rows::new(&plan, &[of, also].into(), &located).expect("evaluated");
    let lists = Lists::of(&single, &table.frame, of, Some(also)).expect("lists");
    let expected = |keep: &dyn Fn(&Row) -> bool| {
        let taken = rows.iter().filter(|row| row.year == Some(2021) && takes("amounts", row) && keep(row));
        let item = |row: &Row| {
            let value = number("amounts", row)?;
            Some(Item { value, household: row.household.unwrap_or(ALONE), also: takes("young", row) })
        };
        let mut items: Vec<Item> = taken.filter_map(item).collect();
        items.sort();
        items
    };
    let found = |scope| lists.cell(scope, Period::Year(2021)).map(|items| items.into_owned()).get();
    assert_eq!(found(Scope::Municipality), Some(expected(&|_| true)));
    assert_eq!(found(Scope::Area(1)), Some(expected(&|row| row.block == Some(1))));
    assert_eq!(found(Scope::Rest(1)), Some(expected(&|row| row.block != Some(1))));
    assert_eq!(found(Scope::Sum(&[0, 1])), Some(expected(&|row| row.block.is_some_and(|block| block < 2))));
}
