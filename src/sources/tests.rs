//! The stage as a whole, on small municipalities made in a folder.

use geo_types::polygon;

use super::{
    Account, Opened, PERIOD, Places, Reason, Table, Tables, area_column, hidden_column, open, order, read,
    testing::{
        ADDRESSES, AREAS, BENEFITS, DISTRICT, ESTATES, Folder, POPULATIONS, RESIDENTS, SOURCES, STATISTICS,
        catalogue, municipality,
    },
};
use crate::{
    catalogue::Catalogue,
    diagnostics::{At, Diagnostic, Outcome},
    ids::Period,
};

fn whole() -> Catalogue {
    catalogue(&format!("{AREAS}{SOURCES}{POPULATIONS}"))
}

fn run(catalogue: &Catalogue, folder: &Folder) -> Outcome<(Tables, Places, Account)> {
    let (opened, _): (Opened, _) = open(catalogue, folder.path())?;
    read(catalogue, opened)
}

fn good(test: &str) -> ((Tables, Places, Account), Vec<Diagnostic>) {
    run(&whole(), &municipality(test)).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn problems(catalogue: &Catalogue, folder: &Folder) -> Vec<Diagnostic> {
    run(catalogue, folder).err().expect("something is wrong")
}

fn codes(problems: &[Diagnostic]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

fn indices(table: &Table, layer: &str) -> Vec<Option<u32>> {
    let column = table.frame.column(&area_column(&layer.into())).expect("a layer's column");
    column.u32().expect("indices").iter().collect()
}

#[test]
fn residents_find_their_estate_by_address_point_and_polygon() {
    let ((tables, places, account), warnings) = good("located");
    let residents = &tables.tables["residents"];
    // Sorted areas: 0 = ash, 1 = elm. p1 lives in elm, p2 in 2024 on the common border, which the lowest id gets.
    let estates = indices(residents, "estates");
    assert_eq!(places.layers["estates"][0].name, "Asken");
    let mut found = estates.clone();
    found.sort();
    assert_eq!(found, [None, None, None, Some(0), Some(1), Some(1)]);
    let mut districts = indices(residents, "districts");
    districts.sort();
    assert_eq!(districts, [None, None, Some(0), Some(0), Some(0), Some(0)]);
    let counted = &account.sources["residents"];
    let year = Some(Period::Year(2025));
    assert_eq!(counted.read, [(Some(Period::Year(2024)), 2), (year, 4)].into());
    let expected = [
        ((Reason::UnknownAddress, year), 1),
        ((Reason::OutsideEveryArea, year), 1),
        ((Reason::NoAge, year), 1),
    ];
    assert_eq!(counted.not_used, expected.into());
    assert!(warnings.iter().all(|warning| !warning.is_error()));
    assert!(warnings.iter().any(|w| { w.message == "`residents` has rows whose address is unknown" }));
}

#[test]
fn columns_of_another_source_join_the_year_after() {
    let ((tables, _, account), _) = good("joined");
    let residents = &tables.tables["residents"];
    let column = |name: &str| residents.frame.column(name).expect(name).clone();
    let rows: Vec<(Option<i32>, Option<f64>)> = {
        let (periods, shares) = (column(PERIOD), column("share"));
        periods.i32().expect("codes").iter().zip(shares.f64().expect("numbers").iter()).collect()
    };
    assert!(rows.contains(&(Some(202_500), Some(0.5))), "{rows:?}");
    assert!(rows.contains(&(Some(202_400), Some(0.25))), "{rows:?}");
    assert_eq!(rows.iter().filter(|(_, share)| share.is_none()).count(), 4);
    assert_eq!(residents.added["share"], [202_400, 202_500].into());
    assert_eq!(
        account.sources["benefits"].not_used,
        [((Reason::NoPartner, Some(Period::Year(2024))), 1)].into()
    );
    assert!(!tables.tables.contains_key("benefits") && !tables.tables.contains_key("addresses"));
}

#[test]
fn who_turns_18_on_1_january_is_18_in_that_years_table() {
    let ((tables, ..), _) = good("ages");
    let ages = tables.tables["residents"].frame.column("age").expect("ages").i32().expect("years").clone();
    let mut ages: Vec<Option<i32>> = ages.iter().collect();
    ages.sort();
    assert_eq!(ages, [None, Some(18), Some(19), Some(35), Some(43), Some(44)]);
}

#[test]
fn area_figures_keep_what_the_supplier_hid_apart_from_what_is_missing() {
    let ((tables, _, account), warnings) = good("figures");
    let statistics = &tables.tables["statistics"];
    assert!(statistics.by_area_key);
    let hidden =
        statistics.frame.column(&hidden_column("part")).expect("marks").bool().expect("truth").clone();
    assert_eq!(hidden.iter().filter(|hidden| *hidden == Some(true)).count(), 1);
    let own = statistics.frame.column("@municipality").expect("own").bool().expect("truth").clone();
    assert_eq!(own.iter().filter(|own| *own == Some(true)).count(), 1);
    assert_eq!(
        account.sources["statistics"].not_used,
        [((Reason::UnknownArea, Some(Period::Year(2024))), 1)].into()
    );
    assert!(
        warnings
            .iter()
            .any(|warning| warning.message == "`statistics` has rows whose area is in no layer: 1")
    );
}

#[test]
fn the_order_of_input_rows_does_not_matter() {
    let ((tables, ..), _) = good("in-order");
    let shuffled = municipality("shuffled");
    for (name, text) in [
        ("residents.csv", RESIDENTS),
        ("benefits.csv", BENEFITS),
        ("addresses.csv", ADDRESSES),
        ("statistics.csv", STATISTICS),
    ] {
        let (head, rows) = text.split_once('\n').expect("a header");
        let mut rows: Vec<&str> = rows.lines().rev().collect();
        rows.rotate_left(1);
        shuffled.write(name, format!("{head}\n{}\n", rows.join("\n")));
    }
    let ((again, ..), _) = run(&whole(), &shuffled).unwrap_or_else(|problems| panic!("{problems:#?}"));
    for (id, table) in &tables.tables {
        let sorted = |table: &Table| order::sorted(table.frame.clone()).expect("it can be sorted");
        assert!(
            sorted(table).equals_missing(&sorted(&again.tables[id])),
            "{id}: {} {}",
            table.frame,
            again.tables[id].frame
        );
    }
}

#[test]
fn every_mistake_about_data_is_found_in_one_run_at_its_place() {
    let sections = format!("{AREAS}{SOURCES}{POPULATIONS}")
        .replace("where: age >= 18", "where: agee >= 18")
        .replace("born", "borne")
        .replace("sum: part", "sum: prt")
        .replace("file: benefits.csv", "file: benefit.csv")
        .replace("key: address", "key: adress")
        .replace("id: id, name: name", "id: id, name: nam");
    let catalogue = catalogue(&sections);
    let found = problems(&catalogue, &municipality("mistakes"));
    let written: Vec<String> = found
        .iter()
        .map(|problem| match &problem.at {
            At::Text(place) => place.file.text[place.offset..place.offset + place.len].to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    for mistake in ["agee", "borne", "prt", "benefit.csv", "adress", "nam"] {
        assert!(written.iter().any(|written| written == mistake), "{mistake} in {written:?}");
    }
    assert!(found.iter().any(|problem| problem.hints == ["did you mean `benefits.csv`?"]));
}

#[test]
fn an_area_id_used_twice_is_an_error_that_names_both_rows() {
    let folder = municipality("twice");
    folder.write("district.geojson", DISTRICT.replace("centre", "ash"));
    let found = problems(&whole(), &folder);
    assert_eq!(codes(&found), ["duplicate-area-id"]);
    assert_eq!(found[0].message, "the area id `ash` is taken: row 2 of `estates.geojson` has it");
    assert_eq!(
        found[0].at,
        At::Data { file: "district.geojson".into(), row: Some(1), column: Some("id".into()) }
    );
}

#[test]
fn a_wrong_coordinate_system_is_told_with_what_was_expected() {
    let folder = municipality("crs");
    folder.write("estates.geojson", ESTATES.replace("25832", "3857"));
    let found = problems(&whole(), &folder);
    assert_eq!(codes(&found), ["wrong-crs"]);
    assert!(
        found[0].message.contains("expected coordinates in EPSG:25832, found urn:ogc:def:crs:EPSG::3857"),
        "{found:?}"
    );
    folder.write("estates.geojson", ESTATES.replace("urn:ogc:def:crs:EPSG::25832", "EPSG:4326"));
    assert_eq!(codes(&problems(&whole(), &folder)), ["wrong-coordinates"]);
    folder.write("estates.geojson", ESTATES);
    folder.write("addresses.csv", "address,x,y\na1,6200050,600050\na2,6200050,600100\n");
    let found = problems(&whole(), &folder);
    assert_eq!((codes(&found), found[0].hints[0].as_str()), (vec!["wrong-crs"], "`x` and `y` are swapped"));
}

#[test]
fn a_geopackage_in_another_coordinate_system_is_refused_with_the_line_to_type() {
    use super::export::{Kind, Layer, Package, write_gpkg};
    let folder = municipality("gpkg-crs");
    let square = polygon![(x: 600_000.0, y: 6_200_000.0), (x: 600_100.0, y: 6_200_000.0), (x: 600_100.0, y: 6_200_100.0)];
    let features = vec![(square.into(), vec!["elm".into(), "Elmen".into()])];
    let layer = Layer::of_texts("estates", Kind::Polygon, &["id", "name"], features);
    let path = folder.path().join("areas.gpkg");
    write_gpkg(&path, &Package { epsg: 25_832, day: "2025-12-01" }, &[layer]).expect("written");
    let sections = format!("{AREAS}{SOURCES}{POPULATIONS}")
        .replace("file: estates.geojson", "file: areas.gpkg, layer: estates");
    let catalogue = catalogue(&sections);
    let ((_, places, _), _) = run(&catalogue, &folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(places.layers["estates"].len(), 1);
    let change = "UPDATE gpkg_geometry_columns SET srs_id = 4326";
    rusqlite::Connection::open(&path).and_then(|file| file.execute_batch(change)).expect("changed");
    let found = problems(&catalogue, &folder);
    assert_eq!(codes(&found), ["wrong-crs"]);
    assert_eq!(found[0].message, "expected coordinates in EPSG:25832, found EPSG:4326 in `areas.gpkg`");
    assert!(found[0].hints[1].contains("ogr2ogr -f GPKG -t_srs EPSG:25832"));
    folder.write("areas.gpkg", "no database");
    assert_eq!(codes(&problems(&catalogue, &folder)), ["broken-file"]);
    folder.write("estates.geojson", "{");
    assert_eq!(codes(&problems(&whole(), &folder)), ["broken-file"]);
}

#[test]
fn a_bad_outline_is_an_error_with_the_areas_name() {
    let folder = municipality("outline");
    folder.write(
        "estates.geojson",
        ESTATES.replace("[600100, 6200100], [600000, 6200100]", "[600000, 6200100], [600100, 6200100]"),
    );
    let found = problems(&whole(), &folder);
    assert_eq!(codes(&found), ["bad-outline"]);
    assert!(found[0].message.starts_with("the outline of `elm` is not valid"), "{found:?}");
    folder.write(
        "district.geojson",
        DISTRICT.split_once("\"features\"").expect("features").0.to_string() + "\"features\": []}",
    );
    assert!(codes(&problems(&whole(), &folder)).contains(&"unknown-column"));
}

#[test]
fn a_boundary_counts_while_it_is_valid() {
    let folder = municipality("dated");
    let dated = ESTATES
        .replace(r#""id": "elm","#, r#""id": "elm", "to": "2025-06-30","#)
        .replace(r#""id": "ash","#, r#""id": "elm", "from": "2025-07-01","#);
    folder.write("estates.geojson", dated);
    let sections = format!("{AREAS}{SOURCES}{POPULATIONS}")
        .replace("id: id, name: name", "id: id, name: name, valid-from: from, valid-to: to");
    let ((_, places, _), _) =
        run(&catalogue(&sections), &folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let names: Vec<&str> = places.layers["estates"].iter().map(|area| area.name.as_str()).collect();
    assert_eq!(names, ["Asken"]);
}

#[test]
fn another_version_of_a_boundary_places_rows_and_names_an_area_that_there_is() {
    let folder = municipality("versions");
    let earlier = |of: &str| {
        let named = ESTATES.replace(r#""id": "elm","#, &format!(r#""id": "elm-1", "of": "{of}","#));
        folder.write("earlier.geojson", named.replace(r#""id": "ash","#, r#""id": "ash-1", "of": "ash","#));
    };
    let layer =
        "  earlier: { title: F, file: earlier.geojson, id: id, boundary-of: { layer: estates, id: of } }\n";
    let catalogue = catalogue(&format!("{AREAS}{layer}{SOURCES}{POPULATIONS}"));
    earlier("elm");
    let ((tables, places, _), _) =
        run(&catalogue, &folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(!places.layers.contains_key("earlier") && places.area(&"elm-1".into()).is_none());
    assert_eq!(places.version_of["elm-1"].as_str(), "elm");
    let residents = &tables.tables["residents"];
    assert!(indices(residents, "estates").iter().any(Option::is_some));
    let elm =
        |layer: &str, number| indices(residents, layer).iter().map(|area| *area == Some(number)).collect();
    let (now, before): (Vec<bool>, Vec<bool>) = (elm("estates", 1), elm("earlier", 1));
    assert_eq!(now, before);
    earlier("alm");
    let found = problems(&catalogue, &folder);
    assert_eq!(codes(&found), ["unknown-area"]);
    assert_eq!(
        found[0].at,
        At::Data { file: "earlier.geojson".into(), row: Some(1), column: Some("of".into()) }
    );
}

#[test]
fn two_rows_of_one_person_and_year_are_refused_without_naming_the_person() {
    let folder = municipality("double");
    folder.write("benefits.csv", "person,year,share\np1,2024,0.5\np2,2024,1\np1,2024,0.25\n");
    let found = problems(&whole(), &folder);
    assert_eq!(codes(&found), ["duplicate-key"]);
    assert_eq!(
        found[0].at,
        At::Data { file: "benefits.csv".into(), row: Some(3), column: Some("person".into()) }
    );
    assert!(found[0].message.contains("row 1") && !format!("{found:?}").contains("p1"), "{found:?}");
}

#[test]
fn values_of_persons_never_stand_in_a_message_and_other_values_do() {
    let folder = municipality("values");
    folder.write("benefits.csv", "person,year,share\np1,2024,0.5\np2,2024,secret\n");
    let found = problems(&whole(), &folder);
    assert!(!found.is_empty() && !format!("{found:#?}").contains("secret"), "{found:#?}");
    folder.write("benefits.csv", BENEFITS);
    folder.write("statistics.csv", STATISTICS.replace("99.125", "<5"));
    let found = problems(&whole(), &folder);
    assert_eq!(codes(&found), ["wrong-type"]);
    assert!(found[0].hints[0].starts_with("row 3 of `statistics.csv` holds `<5`"), "{found:?}");
}

#[test]
fn columns_of_cpr_numbers_are_refused() {
    let folder = municipality("cpr");
    folder.write(
        "residents.csv",
        RESIDENTS
            .replace(",p1,", ",0101011234,")
            .replace(",p2,", ",3112991234,")
            .replace(",p3,", ",0505801234,")
            .replace(",p4,", ",0606801234,"),
    );
    let found = problems(&whole(), &folder);
    assert!(codes(&found).contains(&"cpr-numbers"), "{found:?}");
    assert!(!format!("{found:?}").contains("0101011234"));
}

#[test]
fn a_source_of_which_no_row_finds_an_area_is_an_error() {
    let folder = municipality("nowhere");
    folder.write("statistics.csv", "year,area,key,part,whole\n2024,x,attachment,1,2\n");
    assert_eq!(codes(&problems(&whole(), &folder)), ["nothing-placed"]);
}

#[test]
fn an_official_list_keeps_its_decimals_and_dates_and_other_municipalities_areas() {
    let folder = municipality("official");
    folder.write(
        "lists.csv",
        "list_date;area_id;category;no_work\n2024-12-01;elm;udsat;45,0\n2025-12-01;elsewhere;udsat;40,7\n",
    );
    let sections = format!(
        "{AREAS}{SOURCES}  lists: {{ title: L, file: lists.csv, official: {{ family: law }}, located-by: {{ area: area_id }}, sensitivity: public }}\n{POPULATIONS}families:\n  law: {{ title: L, statuses: {{ udsat: {{ name: U, symbol: full }} }} }}\n"
    );
    let ((tables, _, account), warnings) =
        run(&catalogue(&sections), &folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let lists = &tables.tables["lists"].frame;
    let written: Vec<&str> =
        lists.column("no_work").expect("there").str().expect("as written").iter().flatten().collect();
    assert_eq!(written, ["45.0", "40.7"]);
    assert_eq!(lists.column("list_date").expect("there").dtype(), &polars::prelude::DataType::Date);
    assert_eq!(account.sources["lists"].rows(Reason::UnknownArea), 1);
    assert!(!warnings.iter().any(|warning| warning.message.contains("`lists`")));
}

#[test]
fn rows_of_several_files_find_their_area_by_the_square_they_lie_in() {
    let folder = municipality("cells");
    folder.write("cells-1.json", r#"[{"cell": "100m_62000_6000", "kind": 1, "date": "2024-10-01", "n": 7}]"#);
    folder.write("cells-2.json", r#"[{"cell": "100m_62000_6001", "kind": 1, "date": "2025-01-01", "n": null}, {"cell": "?", "kind": 1, "date": "x", "n": 3}, {"cell": "100m_62000_6001", "kind": 2, "date": "2025-01-01", "n": 4}]"#);
    let sections = format!(
        "{AREAS}sources:\n  cells: {{ title: C, file: cells-*.json, where: kind = 1, period: {{ quarter: date }}, located-by: {{ cell: cell }}, sensitivity: aggregate }}\npopulations:\n  all: {{ from: cells, sum: n }}\n"
    );
    let ((tables, _, account), _) =
        run(&catalogue(&sections), &folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut areas = indices(&tables.tables["cells"], "estates");
    areas.sort_unstable();
    assert_eq!(areas, [Some(0), Some(1)]);
    let counted = &account.sources["cells"].not_used;
    assert_eq!(
        counted,
        &[((Reason::LeftOut, Some(Period::Quarter(2025, 1))), 1), ((Reason::NoPeriod, None), 1)].into()
    );
}

#[test]
fn a_layer_of_the_map_keeps_the_rows_of_its_where() {
    let folder = municipality("backdrop");
    let sections = format!(
        "{AREAS}backdrop:\n  buildings: {{ file: estates.geojson, name: name, where: id <> 'ash' }}\n{SOURCES}{POPULATIONS}"
    );
    let ((_, places, _), _) =
        run(&catalogue(&sections), &folder).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let names: Vec<Option<&str>> =
        places.backdrop("buildings").iter().map(|feature| feature.name.as_deref()).collect();
    assert_eq!(names, [Some("Elmen")]);
    let wrong = catalogue(&sections.replace("id <> 'ash'", "idd <> 'ash'"));
    assert_eq!(codes(&problems(&wrong, &folder)), ["unknown-column"]);
}
