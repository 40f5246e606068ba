//! What is attached to a PDF is what its figures show, and that is what was published.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use kvarter::numbers::Decimal;
use serde_json::Value as Json;

use crate::{
    demonstration::{built, rows},
    support::pdf::{Attached, attached},
};

const HIDDEN: &str = "vises ikke";

/// Every report of one area: its payload and what is attached to its PDF.
fn reports() -> Vec<(String, Json, Vec<Attached>)> {
    let payloads = built().join("results/payload/area-status");
    let paths = fs::read_dir(built().join("area-status")).expect("the reports are there");
    let paths = paths.map(|entry| entry.expect("readable").path());
    let mut reports: Vec<(String, Json, Vec<Attached>)> = paths
        .map(|pdf| {
            let area = pdf.file_stem().expect("a name").to_string_lossy().into_owned();
            let payload = json(&payloads.join(format!("{area}.json")));
            (area, payload, attached(&fs::read(&pdf).expect("readable")))
        })
        .collect();
    reports.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!reports.is_empty());
    reports
}

fn json(path: &Path) -> Json {
    serde_json::from_str(&fs::read_to_string(path).expect("readable")).expect("JSON")
}

/// The cells below the head.
fn cells(text: &str) -> Vec<Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(';').collect()).collect()
}

/// What the values of an indicator are printed as, by period; those that are missing are not.
fn printed<'a>(
    values: &'a [BTreeMap<String, String>],
    wanted: impl Fn(&BTreeMap<String, String>) -> bool + 'a,
) -> Vec<(&'a str, String)> {
    let mut printed: Vec<(&str, String)> = values
        .iter()
        .filter(|row| row["state"] != "missing" && wanted(row))
        .map(|row| {
            let shown = Decimal::parse(&row["value"]).map(Decimal::danish);
            (row["period"].as_str(), shown.unwrap_or_else(|| HIDDEN.to_string()))
        })
        .collect();
    printed.sort();
    printed
}

#[test]
fn every_figure_of_every_report_has_its_table_attached_as_the_payload_has_it() {
    for (area, payload, files) in reports() {
        let told = payload["attachments"].as_array().expect("a list");
        let drawings = 1
            + payload["trends"]["panels"].as_array().map_or(0, Vec::len)
            + usize::from(!payload["municipality"].is_null());
        assert!(files.len() >= drawings, "{area}: {} files for {drawings} figures", files.len());
        let found: BTreeMap<&str, &str> =
            files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
        let told: BTreeMap<&str, &str> = told
            .iter()
            .map(|file| (file["name"].as_str().expect("text"), file["text"].as_str().expect("text")))
            .collect();
        assert_eq!(found, told, "{area}");
        let said = payload["declaration"]["trace"]["text"].to_string();
        assert!(said.contains("vedhæftet"), "{area}: {said}");
    }
    let overview = fs::read(built().join("list-overview.pdf")).expect("readable");
    assert_eq!(
        attached(&overview).iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
        ["kommunekort.csv"]
    );
}

#[test]
fn the_cells_of_every_trend_are_those_of_values_csv() {
    let values = rows("values.csv");
    let mut compared = 0;
    for (area, payload, files) in reports() {
        let panels = payload["trends"]["panels"].as_array().cloned().unwrap_or_default();
        for (number, panel) in (1..).zip(&panels) {
            let indicator = panel["id"].as_str().and_then(|id| id.split('@').next()).expect("an id");
            let name = format!("{area}-udvikling-{number}.csv");
            let file = files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name}"));
            let column = |at: usize| -> Vec<String> {
                let cells = cells(&file.text);
                let column = cells.iter().filter_map(|row| row.get(at));
                column.filter(|cell| **cell != "–").map(ToString::to_string).collect()
            };
            let of = |comparator: &str| -> Vec<(&str, String)> {
                let comparator = comparator.to_string();
                let area = area.clone();
                printed(&values, move |row| {
                    row["indicator"] == indicator && row["area"] == area && row["comparator"] == comparator
                })
            };
            let own = of("");
            let last = own.iter().rposition(|(_, value)| value != HIDDEN).expect("a trend has values");
            let last = own[last].0;
            let until = |values: Vec<(&str, String)>| -> Vec<String> {
                values.into_iter().filter(|(period, _)| *period <= last).map(|(_, value)| value).collect()
            };
            assert_eq!(column(1), until(own), "{name}");
            let others = [of("rest"), of("rest-of-layer"), Vec::new()];
            let others: Vec<Vec<String>> = others.into_iter().map(until).collect();
            assert!(others.contains(&column(2)), "{name}: {:?}", column(2));
            compared += column(1).len();
        }
    }
    assert!(compared > 30, "{compared} cells");
}

#[test]
fn the_cells_of_every_municipality_map_are_those_of_values_csv() {
    let values = rows("values.csv");
    let places = json(&PathBuf::from(built()).join("results/areas.geojson"));
    let ids: BTreeMap<&str, &str> = places["features"]
        .as_array()
        .expect("areas")
        .iter()
        .filter_map(|area| Some((area["properties"]["name"].as_str()?, area["properties"]["area"].as_str()?)))
        .collect();
    let mut compared = 0;
    for (area, payload, files) in reports() {
        let Some(id) = payload["municipality"]["id"].as_str() else { continue };
        let indicator = id.split('@').next().expect("an id");
        let name = format!("{area}-kommunekort.csv");
        let file = files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name}"));
        for row in cells(&file.text).iter().filter(|row| !row[1].is_empty() && row[1] != "–") {
            let place = ids[row[0]];
            let of_place = |row: &BTreeMap<String, String>| {
                row["indicator"] == indicator && row["area"] == place && row["comparator"].is_empty()
            };
            let latest = printed(&values, of_place).pop().expect("a value");
            assert_eq!(row[1], latest.1, "{name}: {}", row[0]);
            compared += 1;
        }
    }
    assert!(compared > 5, "{compared} cells");
}
