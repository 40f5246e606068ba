//! Who comes, who goes and who stays: persons followed from one register to the next, on a worked example and on random
//! municipalities.

mod random;

use std::collections::BTreeMap;

use kvarter::{
    catalogue::load_str,
    compute::{Attack, Fact, Flow, Missing, Publication, Split, State, run},
    diagnostics::Outcome,
    editions::Ledger,
    ids::{Period, SourceId, ValueId},
    numbers::Decimal,
    sources::{
        Account, Area, HOUSEHOLD, MUNICIPALITY, PERIOD, PERSON, Places, SourceAccount, Table, Tables,
        area_column,
    },
};
use polars::prelude::{Column, DataFrame};

const CATALOGUE: &str = "
catalogue: { title: Test, publisher: Test, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates:   { title: Boligområder, file: areas.gpkg, layer: estates, id: id }
  districts: { title: Bydele, file: areas.gpkg, layer: districts, id: id, covers: all }
sources:
  residents:
    title: Beboere
    file: residents.csv
    period: { year: year }
    located-by: { point: { x: x, y: y, crs: EPSG:25832 } }
    person: person
    household: household
    came-from: { column: came_from, abroad: [abroad], born: [born] }
    left-for: { column: left_for, abroad: [abroad], died: [died] }
  movers: { title: Flytninger, file: movers.csv, period: { year: year }, located-by: { area: area_id }, marks: { hidden: ['..'] }, sensitivity: aggregate }
  statistics: { title: Tal, file: statistics.csv, period: { year: year }, located-by: { area: area_id }, sensitivity: aggregate }
populations:
  everybody: { from: residents }
  grown:     { within: everybody, where: grown }
  jobless:   { within: grown, where: jobless }
  of-table:  { from: statistics, sum: whole }
  in-table:  { from: statistics, sum: part }
themes: { all: Alt }
indicators:
  share:  { title: A, theme: all, method: { share: { part: jobless, of: grown } }, unit: percent, fixed-decimals: 4, higher-is: worse }
  people: { title: B, theme: all, method: { count: { of: everybody } }, unit: persons, higher-is: neutral }
  table:  { title: C, theme: all, method: { share: { part: in-table, of: of-table } }, unit: percent, fixed-decimals: 4, higher-is: worse }
moves:
  jobs:  { indicator: share, layers: [estates], tested: true, years: 2 }
  order: { indicator: table, layers: [estates], table: { source: movers, flow: flow, persons: persons, cases: cases } }
";

/// One person on one day.
#[derive(Clone)]
struct Row {
    year: i32,
    person: u32,
    area: Option<&'static str>,
    grown: bool,
    jobless: bool,
    came: Option<&'static str>,
    left: Option<&'static str>,
}

/// So many persons, each with a row in 2024, in 2025 or in both: area, grown and jobless at each time.
struct People {
    rows: Vec<Row>,
    next: u32,
}

type At = Option<(&'static str, bool, bool)>;

impl People {
    fn add(&mut self, number: usize, then: At, now: At, came: &'static str, left: &'static str) {
        for _ in 0..number {
            let person = self.next;
            self.next += 1;
            let row = |year, (area, grown, jobless): (&'static str, bool, bool)| Row {
                year,
                person,
                area: Some(area),
                grown,
                jobless,
                came: (year == 2025 && then.is_none()).then_some(came),
                left: (year == 2024 && now.is_none()).then_some(left),
            };
            self.rows.extend(then.map(|at| row(2024, at)));
            self.rows.extend(now.map(|at| row(2025, at)));
        }
    }
}

/// The flows of the example that `compute/moves/contribution.rs` works out: 166 of 406 become 171 of 410.
fn example() -> Vec<Row> {
    let mut people = People { rows: Vec::new(), next: 0 };
    let at = |jobless| Some(("a", true, jobless));
    people.add(33, None, at(true), "elsewhere", "");
    people.add(29, None, at(false), "elsewhere", "");
    people.add(20, at(true), None, "", "elsewhere");
    people.add(38, at(false), None, "", "elsewhere");
    people.add(5, Some(("a", false, false)), at(true), "", "");
    people.add(10, Some(("a", false, false)), at(false), "", "");
    people.add(7, at(true), Some(("a", false, false)), "", "");
    people.add(4, at(false), Some(("a", false, false)), "", "");
    people.add(3, at(true), None, "", "died");
    people.add(1, at(false), None, "", "died");
    people.add(21, at(false), at(true), "", "");
    people.add(24, at(true), at(false), "", "");
    people.add(112, at(true), at(true), "", "");
    people.add(176, at(false), at(false), "", "");
    // Elsewhere nothing happens.
    people.add(300, Some(("b", true, true)), Some(("b", true, true)), "", "");
    people.add(700, Some(("b", true, false)), Some(("b", true, false)), "", "");
    people.rows
}

fn table(rows: &[Row], found_again: bool) -> Table {
    let column = |name: &str, numbers: Vec<Option<u32>>| Column::new(name.into(), numbers);
    let number = |area: Option<&str>| area.map(|area| u32::from(area == "b"));
    let areas: Vec<Option<u32>> = rows.iter().map(|row| number(row.area)).collect();
    let person =
        |row: &Row| Some(if found_again { row.person } else { row.person * 2 + (row.year == 2025) as u32 });
    let columns = vec![
        Column::new(PERIOD.into(), rows.iter().map(|row| row.year * 100).collect::<Vec<_>>()),
        column(&area_column(&"estates".into()), areas.clone()),
        column(&area_column(&"districts".into()), areas),
        column(PERSON, rows.iter().map(person).collect()),
        column(HOUSEHOLD, rows.iter().map(person).collect()),
        Column::new("grown".into(), rows.iter().map(|row| row.grown).collect::<Vec<_>>()),
        Column::new("jobless".into(), rows.iter().map(|row| row.jobless).collect::<Vec<_>>()),
        Column::new("came_from".into(), rows.iter().map(|row| row.came).collect::<Vec<_>>()),
        Column::new("left_for".into(), rows.iter().map(|row| row.left).collect::<Vec<_>>()),
    ];
    let frame = DataFrame::new(rows.len(), columns).expect("columns of one length");
    Table {
        frame,
        added: BTreeMap::new(),
        absent: Default::default(),
        period: Some(Period::Year(0)),
        by_area_key: false,
    }
}

/// Area, year and numbers of a table of areas' figures, with the flow of movers.
fn figures(rows: &[(&str, i32, &str, f64, f64)], names: [&str; 2]) -> Table {
    let number = |area: &str| Some(u32::from(area == "b"));
    let columns = vec![
        Column::new(PERIOD.into(), rows.iter().map(|row| row.1 * 100).collect::<Vec<_>>()),
        Column::new(
            area_column(&"estates".into()).as_str().into(),
            rows.iter().map(|row| number(row.0)).collect::<Vec<_>>(),
        ),
        Column::new(area_column(&"districts".into()).as_str().into(), vec![None::<u32>; rows.len()]),
        Column::new(MUNICIPALITY.into(), vec![false; rows.len()]),
        Column::new("flow".into(), rows.iter().map(|row| row.2).collect::<Vec<_>>()),
        Column::new(names[0].into(), rows.iter().map(|row| row.3).collect::<Vec<_>>()),
        Column::new(names[1].into(), rows.iter().map(|row| row.4).collect::<Vec<_>>()),
    ];
    let frame = DataFrame::new(rows.len(), columns).expect("columns of one length");
    Table {
        frame,
        added: BTreeMap::new(),
        absent: Default::default(),
        period: Some(Period::Year(0)),
        by_area_key: true,
    }
}

/// The same example as an ordered table, a supplier's row for each flow.
fn ordered() -> BTreeMap<SourceId, Table> {
    let flows = [
        ("in-elsewhere", 62.0, 33.0),
        ("out-elsewhere", 58.0, 20.0),
        ("entered", 15.0, 5.0),
        ("left", 15.0, 10.0),
        ("up", 21.0, 21.0),
        ("down", 24.0, 24.0),
        ("same", 288.0, 112.0),
    ];
    let rows: Vec<_> = flows.map(|(flow, persons, cases)| ("a", 2025, flow, persons, cases)).to_vec();
    let totals = [("a", 2024, "", 406.0, 166.0), ("a", 2025, "", 410.0, 171.0)];
    BTreeMap::from([
        ("movers".into(), figures(&rows, ["persons", "cases"])),
        ("statistics".into(), figures(&totals, ["whole", "part"])),
    ])
}

fn places() -> Places {
    let area = |layer: &str, id: &str| Area {
        id: id.into(),
        layer: layer.into(),
        name: id.into(),
        short_name: id.into(),
        geometry: geo_types::MultiPolygon::new(Vec::new()),
    };
    let layers = [("districts", ["d1", "d2"]), ("estates", ["a", "b"])];
    let layers =
        layers.map(|(layer, ids)| (layer.into(), ids.map(|id| area(layer, id)).into_iter().collect()));
    Places { layers: layers.into_iter().collect(), ..Places::default() }
}

fn ran(catalogue: &str, tables: BTreeMap<SourceId, Table>) -> Outcome<Publication> {
    let (catalogue, _) = load_str("test.yaml", catalogue).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let account =
        Account { sources: tables.keys().map(|id| (id.clone(), SourceAccount::default())).collect() };
    run(&catalogue, Tables { tables }, &places(), account, &Ledger::default(), Attack::Cheap)
}

fn published(catalogue: &str, tables: BTreeMap<SourceId, Table>) -> Publication {
    ran(catalogue, tables).unwrap_or_else(|errors| panic!("{errors:#?}")).0
}

/// The ordered tables, and these rows of persons.
fn tables(rows: &[Row], found_again: bool) -> BTreeMap<SourceId, Table> {
    let mut tables = ordered();
    tables.insert("residents".into(), table(rows, found_again));
    tables
}

fn with(rows: &[Row]) -> Publication {
    published(CATALOGUE, tables(rows, true))
}

fn split(publication: &Publication, id: &str) -> Split {
    match publication.get(&id.parse::<ValueId>().expect("an id")) {
        State::Shown(Fact::Split(split)) => split.clone(),
        other => panic!("{id} is {other:?}"),
    }
}

/// Why there is no split.
fn missing(publication: &Publication, id: &str) -> Missing {
    match publication.get(&id.parse::<ValueId>().expect("an id")) {
        State::Missing(missing) => *missing,
        other => panic!("{id} is {other:?}"),
    }
}

/// The terms by their flows.
fn points(split: &Split) -> Vec<(String, String)> {
    split.terms.iter().map(|term| (term.word(), term.points.to_string())).collect()
}

/// Worked out in exact fractions by another program (to the sixth decimal in `compute/moves/contribution.rs`); those who died are too few to be told apart from those who passed the age.
const EXPECTED: [(&str, &str); 6] = [
    ("in-elsewhere", "1.8127"),
    ("entered", "-0.2928"),
    ("out-elsewhere", "0.9687"),
    ("died+left", "-0.9327"),
    ("up", "5.1471"),
    ("down", "-5.8824"),
];

#[test]
fn a_change_is_split_as_in_the_worked_example() {
    let split = split(&with(&example()), "moves/jobs@a@2025");
    let expected = EXPECTED.map(|(flow, points)| (flow.to_string(), points.to_string()));
    assert_eq!(points(&split), expected);
    assert_eq!((split.start.to_string(), split.end.to_string()), ("40.8867".into(), "41.7073".into()));
    assert_eq!((split.persons, split.linked), ((406, 410), Some(100)));
    let sum: i64 = split.terms.iter().map(|term| term.points.units).sum();
    assert_eq!(sum, split.end.units - split.start.units);
    // 2.575829 x sqrt(62 x 33/62 x 29/62) / 408.
    let margins: Vec<Option<Decimal>> = split.terms.iter().map(|term| term.margin).collect();
    assert_eq!(margins[0].map(|margin| (margin.to_f64() * 1e4).round()), Some(24_804.0));
    assert!(margins[1..].iter().all(Option::is_none));
}

#[test]
fn an_ordered_table_of_movers_gives_the_same_split() {
    let table = split(&with(&example()), "moves/order@a@2025");
    let expected = EXPECTED.map(|(flow, points)| (flow.replace("died+left", "left"), points.to_string()));
    assert_eq!(points(&table), expected);
    assert_eq!(table.linked, None);
}

#[test]
fn a_table_that_does_not_make_up_the_change_is_not_split() {
    let mut tables = ordered();
    let rows = [("a", 2025, "in-elsewhere", 61.0, 33.0), ("a", 2025, "out-elsewhere", 58.0, 20.0)];
    tables.insert("movers".into(), figures(&rows, ["persons", "cases"]));
    tables.insert("residents".into(), table(&example(), true));
    let publication = published(CATALOGUE, tables);
    assert_eq!(missing(&publication, "moves/order@a@2025"), Missing::NoData);
}

#[test]
fn persons_who_are_not_found_again_are_not_split() {
    let tables = tables(&example(), false);
    let publication = published(CATALOGUE, tables);
    assert_eq!(missing(&publication, "moves/jobs@a@2025"), Missing::FewFoundAgain);
}

#[test]
fn no_change_is_split_across_a_break() {
    let text = CATALOGUE.to_string() + "breaks:\n  new: { title: Ny, indicators: [share], from: 2025 }\n";
    let tables = tables(&example(), true);
    let publication = published(&text, tables);
    assert_eq!(missing(&publication, "moves/jobs@a@2025"), Missing::Break);
}

#[test]
fn a_source_without_persons_is_refused_with_the_reason() {
    let text = CATALOGUE.replace("    person: person\n", "");
    let errors = load_str("test.yaml", &text).expect_err("stocks tell no moves");
    assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["no-person-links"]);
}

#[test]
fn moves_between_own_areas_are_counted_from_where_they_came() {
    let mut rows = example();
    let mut people = People { rows: Vec::new(), next: 10_000 };
    people.add(17, Some(("b", true, false)), Some(("a", true, false)), "", "");
    people.add(9, Some(("a", true, false)), Some(("b", true, false)), "", "");
    rows.extend(people.rows);
    let publication = with(&rows);
    let count = |id: &str| publication.get(&id.parse::<ValueId>().expect("an id")).clone();
    assert_eq!(count("moves/from/b@a@2025"), State::Shown(Fact::Count(17)));
    assert_eq!(count("moves/from/a@b@2025"), State::Shown(Fact::Count(9)));
    assert_eq!(count("moves/from/elsewhere@a@2025"), State::Shown(Fact::Count(62)));
    assert_eq!(count("moves/from/abroad@a@2025"), State::Shown(Fact::Count(0)));
    let State::Shown(Fact::Moved(moved)) = count("moves/persons@a@2025") else { panic!("no moves") };
    assert_eq!((moved.moved_in, moved.moved_out), (62 + 17, 58 + 9));
}

#[test]
fn few_movers_are_not_told() {
    let mut rows = example();
    let mut people = People { rows: Vec::new(), next: 10_000 };
    people.add(3, Some(("b", true, false)), Some(("a", true, false)), "", "");
    rows.extend(people.rows);
    let publication = with(&rows);
    let from: ValueId = "moves/from/b@a@2025".parse().expect("an id");
    assert_eq!(*publication.get(&from), State::Hidden);
    let split = split(&publication, "moves/jobs@a@2025");
    assert_eq!(
        split.terms[0].flows,
        [Flow::InMunicipality, Flow::InElsewhere, Flow::InAbroad, Flow::InOutside]
    );
    assert_eq!(split.terms[0].persons, Some(65));
}

#[test]
fn an_area_that_a_supposition_or_an_event_names_must_exist() {
    let text = CATALOGUE.replace("years: 2 }", "years: 2, what-if: { as-c: { title: Som C, like: c } } }")
        + "events:\n  works: { title: Ombygning, kind: renovation, areas: [d], from: 2024-01 }\n";
    assert!(text.contains("like: c"));
    let errors = ran(&text, tables(&example(), true)).err().expect("two areas are unknown");
    assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["unknown-area", "unknown-area"]);
}
