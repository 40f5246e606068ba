//! The ledger: what goes in comes out, nothing is replaced, and a boundary that moved is noticed.

use std::{fs, path::PathBuf};

use geo_types::{MultiPolygon, Rect};

use super::*;
use crate::{
    catalogue::{Catalogue, load_str},
    diagnostics::Diagnostic,
    sources::Area,
};

const CATALOGUE: &str = "
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates: { title: Boligområder, file: areas.geojson, id: id }
sources:
  persons: { title: Personer, file: persons.csv, period: { year: year } }
  table:   { title: Tal, file: table.csv, period: { year: year }, located-by: { area: area_id } }
populations:
  residents: { from: persons }
  figures:   { from: table, sum: people }
";

/// A folder that goes when the value does.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("kvarter-editions-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn with(self, file: &str, text: &str) -> Self {
        fs::create_dir_all(&self.0).expect("a folder");
        fs::write(self.0.join(file), text).expect("a file");
        self
    }

    fn error(&self) -> Diagnostic {
        let errors = read(&self.0).expect_err("it is broken");
        assert_eq!(errors.len(), 1, "{errors:#?}");
        errors[0].clone()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn catalogue() -> Catalogue {
    load_str("a.yaml", CATALOGUE).unwrap_or_else(|errors| panic!("{errors:#?}")).0
}

fn square(layer: &str, id: &str, west: f64, side: f64) -> Area {
    let rectangle = Rect::new((west, 0.0), (west + side, side)).to_polygon();
    let (id, layer, name) = (AreaId::from(id), layer.into(), id.to_string());
    Area { id, layer, short_name: name.clone(), name, geometry: MultiPolygon::new(vec![rectangle]) }
}

/// Two squares, 100 metres wide.
fn places() -> Places {
    let areas = vec![square("estates", "a", 0.0, 100.0), square("estates", "b", 200.0, 100.0)];
    Places { layers: BTreeMap::from([("estates".into(), areas)]), ..Places::default() }
}

/// The same, with `a` grown by a metre.
fn grown() -> Places {
    let areas = vec![square("estates", "a", 0.0, 101.0), square("estates", "b", 200.0, 100.0)];
    Places { layers: BTreeMap::from([("estates".into(), areas)]), ..Places::default() }
}

fn number(of: Counted, zone: &[(&str, i64)], thousandths: i128) -> Number {
    let zone = zone.iter().map(|(area, times)| (AreaId::from(*area), *times)).collect();
    Number { of, zone, period: Period::Year(2024), thousandths }
}

fn residents(zone: &[(&str, i64)], thousandths: i128) -> Number {
    number(Counted::Sum("residents".into()), zone, thousandths)
}

fn edition() -> Edition {
    let numbers = [
        residents(&[("municipality", 1), ("a", -1)], 900_000),
        residents(&[("a", 1)], 333_250),
        residents(&[("b", 1), ("a", -1)], -5),
        number(Counted::Rows("residents".into()), &[("b", 1)], 0),
        number(Counted::Every("persons".into()), &[("municipality", 1)], 1_233_000),
        number(Counted::Sum("figures".into()), &[("a", 1)], 333_000),
        residents(&[("a", 1)], 333_250),
    ];
    Edition::new(&numbers, &places())
}

fn ledger(edition: Edition) -> Ledger {
    Ledger { editions: BTreeMap::from([("2025-1".to_string(), edition)]) }
}

#[test]
fn an_edition_reads_back_as_it_was_written_one_number_a_line() {
    let folder = Folder::new("round-trip");
    let path = write(&folder.0, "2025-1", &edition()).expect("written");
    let text = fs::read_to_string(&path).expect("a file");
    for line in [
        r#"{"of":{"sum":"residents"},"zone":{"a":-1,"b":1},"period":"2024","is":"-0.005"},"#,
        r#"{"of":{"sum":"residents"},"zone":{"a":-1,"municipality":1},"period":"2024","is":"900"},"#,
        r#"{"of":{"sum":"residents"},"zone":{"a":1},"period":"2024","is":"333.25"},"#,
        r#"{"of":{"sum":"figures"},"zone":{"a":1},"period":"2024","is":"333"},"#,
        r#"{"of":{"rows":"residents"},"zone":{"b":1},"period":"2024","is":"0"},"#,
        r#"{"of":{"every":"persons"},"zone":{"municipality":1},"period":"2024","is":"1233"}"#,
    ] {
        assert_eq!(text.lines().filter(|found| *found == line).count(), 1, "{line}\n{text}");
    }
    let (read, _) = read(&folder.0).expect("read");
    assert_eq!(read, ledger(edition()));
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 1, "nothing is left beside it");
}

#[test]
fn the_same_numbers_in_another_order_are_the_same_file() {
    let folder = Folder::new("order");
    let write = |name| fs::read(write(&folder.0, name, &edition()).expect("written")).expect("a file");
    let first = write("2025-1");
    let mut numbers = edition().numbers;
    numbers.reverse();
    numbers.iter_mut().for_each(|number| number.zone.reverse());
    super::write(&folder.0, "2025-1", &Edition::new(&numbers, &places())).expect("the same edition again");
    assert_eq!(write("2025-2"), first);
}

#[test]
fn an_edition_that_told_other_numbers_is_not_replaced_and_the_hint_says_what_to_type() {
    let folder = Folder::new("taken");
    let path = write(&folder.0, "2025-9", &edition()).expect("written");
    let before = fs::read(&path).expect("a file");
    let other = Edition::new(&[residents(&[("a", 1)], 334_000)], &places());
    let error = write(&folder.0, "2025-9", &other).expect_err("it is taken");
    assert_eq!(may_write(&folder.0, "2025-9", &other), Err(error.clone()));
    assert_eq!(error.code, "edition-taken");
    assert!(error.hints[1].contains("delete `") && error.hints[1].contains("`--edition 2025-10`"), "{error}");
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[test]
fn a_name_is_a_files_name_and_no_path() {
    for name in ["2026-1", "2026.1", "Q1-2026", "1"] {
        assert!(is_name(name), "{name}");
    }
    for name in ["", ".", "..", "-1", "a/b", "a\\b", "2026 1", "år", "../2026-1"] {
        assert!(!is_name(name), "{name}");
        let folder = Folder::new("name");
        assert_eq!(write(&folder.0, name, &edition()).expect_err("no name").code, "bad-edition-name");
        assert!(!folder.0.exists());
    }
}

#[test]
fn a_folder_that_is_not_there_has_no_editions_and_other_files_in_it_are_not_read() {
    assert_eq!(read(&Folder::new("none").0), Ok((Ledger::default(), Vec::new())));
    let folder = Folder::new("others").with("README.md", "# Editions").with(".2025-1.json.new", "{");
    assert_eq!(read(&folder.0), Ok((Ledger::default(), Vec::new())));
}

#[test]
fn a_broken_file_is_told_with_line_and_column() {
    let head = "{\n\"form\": 1,\n\"outlines\": {\"a\": \"x\"},\n\"numbers\": [\n";
    let one = |line: &str| format!("{head}{line}\n]\n}}\n");
    let good = r#"{"of":{"sum":"residents"},"zone":{"a":1},"period":"2024","is":"1"}"#;
    for (text, line, said) in [
        (one(&good.replace("\"1\"", "\"1.0001\"")), 5, "at most three decimals"),
        (one(&good.replace("2024", "24")), 5, "expected a period"),
        (one(&good.replace("\"a\":1", "\"a\":0")), 5, "must count once"),
        (one(&good.replace("\"a\":1", "\"a\":1,\"a\":1")), 5, "must count once"),
        (one(&good.replace("sum", "share")), 5, "unknown variant `share`"),
        (one(&good.replace("\"a\"", "\"b\"")), 5, "`b` has no outline"),
        (one(&format!("{good},\n{}", good.replace("\"1\"", "\"2\""))), 6, "told twice, and not alike"),
        (one(good).replace("\"form\": 1", "\"form\": 2"), 2, "expected `form` 1, found 2"),
        (one(good).replace("\"form\": 1,\n", ""), 6, "missing field `form`"),
        ("[1]".to_string(), 1, "an edition"),
        (String::new(), 1, "EOF"),
        (one(good)[..60].to_string(), 5, "EOF"),
    ] {
        let error = Folder::new("broken").with("2025-1.json", &text).error();
        let crate::diagnostics::At::Text(place) = &error.at else { panic!("{error:?}") };
        assert_eq!(place.line_column().0, line, "{error}\n{text}");
        assert!(error.code == "broken-edition" && error.message.contains(said), "{error}");
        assert!(place.file.name.ends_with("2025-1.json"), "{}", place.file.name);
    }
    let copy = Folder::new("copy").with("2025-1 (copy).json", &one(good)).error();
    assert_eq!(copy.code, "bad-edition-name");
}

#[test]
fn numbers_of_an_area_whose_boundary_moved_are_refused_until_its_older_outline_is_declared() {
    let before = ledger(edition());
    assert_eq!(today(before.clone(), &catalogue(), &places()), Ok((before.clone(), Vec::new())));
    let errors = today(before.clone(), &catalogue(), &grown()).expect_err("`a` has moved");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!((errors[0].code, errors[0].at.to_string().as_str()), ("boundary-changed", "a.yaml:4:3"));
    assert!(errors[0].hints[1].contains("boundary-of: { layer: estates, id: AREA }"), "{}", errors[0]);

    let mut kept = grown();
    kept.versions = BTreeMap::from([("then".into(), vec![square("then", "a-then", 0.0, 100.0)])]);
    kept.version_of = BTreeMap::from([("a-then".into(), "a".into())]);
    let (read, notices) = today(before, &catalogue(), &kept).expect("the outline of then is kept");
    assert_eq!(notices, []);
    let numbers = &read.editions["2025-1"].numbers;
    assert!(numbers.contains(&residents(&[("a-then", 1)], 333_250)), "{numbers:#?}");
    assert!(numbers.contains(&residents(&[("a-then", -1), ("b", 1)], -5)), "{numbers:#?}");
    assert!(numbers.contains(&residents(&[("a-then", -1), ("municipality", 1)], 900_000)), "{numbers:#?}");
    let of_table = number(Counted::Sum("figures".into()), &[("a", 1)], 333_000);
    assert!(numbers.contains(&of_table), "a row of a table is still the row of `a`: {numbers:#?}");
    let outlines: Vec<_> = read.editions["2025-1"].outlines.keys().map(AreaId::as_str).collect();
    assert_eq!(outlines, ["a-then", "b"]);
}

#[test]
fn the_same_ground_under_another_id_is_still_known() {
    let areas = vec![square("estates", "b", 200.0, 100.0), square("estates", "new", 0.0, 100.0)];
    let renamed = Places { layers: BTreeMap::from([("estates".into(), areas)]), ..Places::default() };
    let (read, notices) = today(ledger(edition()), &catalogue(), &renamed).expect("no boundary moved");
    assert_eq!(notices, []);
    assert!(read.editions["2025-1"].numbers.contains(&residents(&[("new", 1)], 333_250)));
}

#[test]
fn what_is_no_more_is_left_out_with_one_notice() {
    let numbers = [
        residents(&[("a", 1)], 1000),
        residents(&[("b", 1)], 2000),
        number(Counted::Sum("forgotten".into()), &[("b", 1)], 3000),
        number(Counted::Every("lost".into()), &[("municipality", 1)], 4000),
    ];
    let before = ledger(Edition::new(&numbers, &places()));
    let only_b = vec![square("estates", "b", 200.0, 100.0)];
    let only_b = Places { layers: BTreeMap::from([("estates".into(), only_b)]), ..Places::default() };
    let (read, notices) = today(before, &catalogue(), &only_b).expect("nothing moved");
    assert_eq!(read.editions["2025-1"].numbers, [residents(&[("b", 1)], 2000)]);
    assert_eq!(notices.len(), 1, "{notices:#?}");
    assert_eq!(
        notices[0].message,
        "3 numbers of earlier editions are of what is no more: `a`, `forgotten`, `lost`"
    );
}

#[test]
fn the_edition_that_is_made_anew_was_not_told_before() {
    assert_eq!(ledger(edition()).without(Some("2025-1")), Ledger::default());
    assert_eq!(ledger(edition()).without(Some("2025-2")), ledger(edition()));
    assert_eq!(ledger(edition()).without(None), ledger(edition()));
}
