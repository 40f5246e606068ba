//! The open results read back by other readers than those that wrote them: each format has the numbers of `values.csv` and
//! `status.csv`, and these have those of the publication.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use calamine::{Data, Reader, Xlsx, open_workbook};
use geozero::{ToGeo, wkb::GpkgWkb};
use kvarter::{BuildOptions, Formats, catalogue::Language, compute::State, ids::ValueId};
use polars::prelude::{AnyValue, SerReader};
use polars_io::parquet::read::ParquetReader;
use rusqlite::Connection;
use serde_json::Value as Json;

use crate::support::{Project, new_folder};

type Row = BTreeMap<String, String>;

/// The small project with an indicator so rare that villages do not show it.
fn project() -> Project {
    Project::small()
        .replace("indicators.yaml", "themes:\n", "  over-90:   { within: residents, where: age > 90 }\nthemes:\n")
        .replace(
            "indicators.yaml",
            "reports:\n",
            "  over-90:\n    title: Over 90 år\n    theme: population\n    method: { share: { part: over-90, of: residents } }\n    unit: percent\n    higher-is: neutral\n    compare-with: [rest]\nreports:\n",
        )
        .replace("indicators.yaml", "indicators: [children-share,", "indicators: [over-90, children-share,")
}

fn results(project: &Project) -> PathBuf {
    project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    project.dir.join("out/results")
}

/// The statuses of the example that has the ministry's lists and nothing else.
fn lists(language: Option<Language>) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let out = new_folder("open-results");
    let options = BuildOptions {
        catalogue: root.join("examples/official-only/indicators.yaml"),
        data: root,
        out: out.clone(),
        formats: Formats { pdf: false, png: false, json: false },
        language,
        ..BuildOptions::default()
    };
    kvarter::build(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    if language.is_some() { out.join("en/results") } else { out.join("results") }
}

fn csv(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).expect("it was written");
    assert!(!text.contains('"'), "no field of these files needs quotes");
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_string).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    lines.map(|line| head.iter().cloned().zip(line).collect()).collect()
}

/// The cells of a Parquet file as `values.csv` would write them, numbers without their decimals' zeros.
fn parquet(path: &Path) -> Vec<Row> {
    let frame = ParquetReader::new(fs::File::open(path).expect("it was written")).finish().expect("Parquet");
    let cell = |value: AnyValue| match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => text.to_string(),
        AnyValue::Float64(number) => number.to_string(),
        AnyValue::Int64(number) => number.to_string(),
        AnyValue::Boolean(truth) => truth.to_string(),
        other => panic!("a cell of another kind: {other}"),
    };
    let row = |row: usize| {
        let cells = frame.columns().iter();
        cells.map(|column| (column.name().to_string(), cell(column.get(row).expect("a row")))).collect()
    };
    (0..frame.height()).map(row).collect()
}

/// A number without the zeros that say how many decimals it has.
fn plain(rows: Vec<Row>) -> Vec<Row> {
    let texts = [
        "area",
        "layer",
        "indicator",
        "period",
        "id",
        "list_date",
        "distance",
        "next_distance",
        "next_data_year",
    ];
    let plain = |(name, text): (String, String)| match text.parse::<f64>() {
        Ok(number) if !texts.contains(&name.as_str()) => (name, number.to_string()),
        _ => (name, text),
    };
    rows.into_iter().map(|row| row.into_iter().map(plain).collect()).collect()
}

/// The rows of a sheet by its head.
fn sheet(path: &Path, name: &str) -> Vec<BTreeMap<String, Data>> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let range = book.worksheet_range(name).expect("the sheet");
    let mut rows = range.rows();
    let head: Vec<String> = rows.next().expect("a head").iter().map(ToString::to_string).collect();
    rows.map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

#[test]
fn values_csv_has_every_fact_of_the_publication_about_an_indicator() {
    let project = project();
    let values = csv(&results(&project).join("values.csv"));
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        ..BuildOptions::default()
    };
    let (computed, _) = kvarter::compute(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let indicators = &computed.catalogue.indicators;
    let facts = || computed.publication.facts().filter(|(id, _)| indicators.contains(&*id.what));
    assert_eq!(values.len(), facts().count());
    for (row, (id, state)) in values.iter().zip(facts()) {
        let word = match state {
            State::Shown(_) => "shown",
            State::Hidden => "hidden",
            State::Missing(_) => "missing",
        };
        assert_eq!((row["id"].parse::<ValueId>().as_ref(), row["state"].as_str()), (Ok(id), word));
        assert_eq!(row["value"].is_empty(), word != "shown", "{id}");
    }
    assert!(values.iter().any(|row| row["state"] == "hidden"), "the test looks at hidden values too");
}

#[test]
fn parquet_has_the_cells_of_the_csv_files() {
    for (folder, names) in [(results(&project()), ["values", "status"]), (lists(None), ["values", "status"])]
    {
        for name in names {
            let written = plain(csv(&folder.join(format!("{name}.csv"))));
            assert_eq!(parquet(&folder.join(format!("{name}.parquet"))), written, "{name}");
        }
    }
}

#[test]
fn the_workbook_has_every_value_with_its_comparators_and_words_in_the_place_of_what_is_not_shown() {
    let project = project();
    let folder = results(&project);
    let sheet = sheet(&folder.join("results.xlsx"), "Værdier");
    let by_id: BTreeMap<String, &BTreeMap<String, Data>> =
        sheet.iter().map(|row| (row["Nummer"].to_string(), row)).collect();
    let heads = BTreeMap::from([
        ("", "Værdi"),
        ("rest", "Resten af kommunen"),
        ("rest-of-layer", "Andre områder af samme slags"),
        ("municipality", "Hele kommunen"),
        ("chance", "Ren tilfældighed"),
    ]);
    let (mut numbers, mut words) = (0, 0);
    for row in csv(&folder.join("values.csv")) {
        let own = row["id"].split('~').next().expect("an id");
        let (id, against) = (&row["id"], row["comparator"].as_str());
        let head = *heads.get(against).unwrap_or_else(|| panic!("{id}: no column for {against}"));
        let found = by_id.get(own).and_then(|cells| cells.get(head));
        let found = found.unwrap_or_else(|| panic!("{id} is not in the column {head}"));
        match row["state"].as_str() {
            "shown" => {
                assert_eq!(found, &Data::Float(row["value"].parse().expect("a number")), "{}", row["id"]);
                numbers += 1;
            }
            "hidden" => {
                assert_eq!(found.to_string(), "vises ikke", "{}", row["id"]);
                words += 1;
            }
            _ => assert!(found.to_string().starts_with("mangler: "), "{}: {found}", row["id"]),
        }
    }
    assert!(numbers > 50 && words > 5, "{numbers} numbers, {words} words");
    assert!(sheet.iter().flat_map(BTreeMap::values).all(|cell| *cell != Data::Empty), "no cell is empty");
    let verdicts = sheet.iter().map(|row| row["Mod resten af kommunen"].to_string());
    assert!(verdicts.into_iter().any(|word| word == "kan ikke skelnes"));
}

/// Grønnevang on the list of 2025 in `data/lists.csv`: 58.2 per cent without more than basic education, limit 60.
#[test]
fn the_workbook_has_the_lists_in_words_and_in_english_too() {
    for (language, heads, word) in [
        (None, ["Værdi", "Grænse", "Opfyldt", "Liste"], "nej"),
        (Some(Language::English), ["Value", "Limit", "Met", "List"], "no"),
    ] {
        let number = if language.is_some() { "Number" } else { "Nummer" };
        let rows = sheet(&lists(language).join("results.xlsx"), "Status");
        let row = rows.iter().find(|row| row[number] == *"abl-61a/education@gronnevang@2025");
        let row = row.expect("the criterion has a row");
        assert_eq!((&row[heads[0]], &row[heads[1]]), (&Data::Float(58.2), &Data::Float(60.0)));
        assert_eq!(row[heads[2]].to_string(), word);
        // Days since the end of 1899, as spreadsheets count them: 1 December 2025 is day 45 992.
        assert!(
            matches!(&row[heads[3]], Data::DateTime(day) if day.as_f64() == 45_992.0),
            "{:?}",
            row[heads[3]]
        );
    }
}

#[test]
fn the_first_sheet_says_whose_figures_they_are_what_marks_mean_and_under_what_terms() {
    let project =
        project().replace("indicators.yaml", "edition: 2025-12", "licence: CC BY 4.0, edition: 2025-12");
    let path = results(&project).join("results.xlsx");
    let mut book: Xlsx<_> = open_workbook(&path).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Læs mig", "Værdier", "Tallene"]);
    let range = book.worksheet_range("Læs mig").expect("the sheet");
    let lines: BTreeMap<String, String> = range
        .rows()
        .map(|row| (row[0].to_string(), row.get(1).map(ToString::to_string).unwrap_or_default()))
        .collect();
    assert_eq!(lines["Udgiver"], "Prøveby Kommune");
    assert_eq!(lines["Vilkår for genbrug"], "CC BY 4.0");
    assert!(lines["vises ikke"].contains("af hensyn til enkeltpersoner"));
    assert_eq!(lines["Befolkningen"], "CPR, 2019–2025.");
    let sheet = sheet(&path, "Værdier");
    for head in sheet[0].keys() {
        assert!(lines.contains_key(head), "the column {head} is explained");
    }
}

#[test]
fn the_geopackage_has_the_areas_of_each_layer_with_outlines_and_latest_values() {
    let project = project();
    let folder = results(&project);
    let file = Connection::open(folder.join("areas.gpkg")).expect("a GeoPackage");
    let geojson: Json =
        serde_json::from_slice(&fs::read(folder.join("areas.geojson")).expect("written")).expect("GeoJSON");
    let features = geojson["features"].as_array().expect("features");
    assert_eq!(features.len(), 4);
    for feature in features {
        let (id, layer) = (feature["id"].as_str().expect("an id"), &feature["properties"]["layer"]);
        let sql = format!(
            r#"SELECT geom, name, "children-share", "children-share/period", "children-share/state", "over-90", "over-90/state" FROM {} WHERE area = ?1"#,
            layer.as_str().expect("a layer")
        );
        type Found = (Vec<u8>, [Option<String>; 4], [Option<f64>; 2]);
        let (blob, texts, numbers): Found = file
            .query_row(&sql, [id], |row| {
                let texts = [row.get(1)?, row.get(3)?, row.get(4)?, row.get(6)?];
                Ok((row.get(0)?, texts, [row.get(2)?, row.get(5)?]))
            })
            .expect("the area has a row");
        let property = |name: &str| &feature["properties"][name];
        let names = ["name", "children-share/period", "children-share/state", "over-90/state"];
        assert_eq!(texts.map(Json::from), names.map(|name| property(name).clone()), "{id}");
        assert_eq!(
            numbers.map(Json::from),
            ["children-share", "over-90"].map(|name| property(name).clone()),
            "{id}"
        );
        let geo_types::Geometry::MultiPolygon(outline) = GpkgWkb(blob).to_geo().expect("an outline") else {
            panic!("{id} is not an area")
        };
        let ring: Vec<Json> =
            outline.0[0].exterior().0.iter().map(|c| serde_json::json!([c.x, c.y])).collect();
        assert_eq!(Json::from(ring), feature["geometry"]["coordinates"][0][0], "{id}");
    }
    let title: String = file
        .query_row("SELECT description FROM gpkg_contents WHERE table_name = 'villages'", [], |row| {
            row.get(0)
        })
        .expect("the layer is listed");
    assert_eq!(title, "Landsbyer");
}

#[test]
fn the_same_data_give_the_same_bytes_in_every_format_and_the_manifest_names_them() {
    let project = project();
    let mut seen = Vec::new();
    for (jobs, out) in [(1, "one"), (2, "two")] {
        project.build_with(jobs, out).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let manifest = fs::read(project.dir.join(out).join("manifest.json")).expect("written");
        let manifest: Json = serde_json::from_slice(&manifest).expect("JSON");
        let files = manifest["outputs"].as_object().expect("outputs").clone();
        let results: BTreeMap<String, String> = files
            .into_iter()
            .filter(|(path, _)| path.starts_with("results/"))
            .map(|(path, output)| (path, output["sha256"].to_string()))
            .collect();
        seen.push(results);
    }
    assert_eq!(seen[0], seen[1]);
    let names: Vec<&str> = seen[0].keys().map(|path| &path["results/".len()..]).collect();
    let expected = [
        "areas.geojson",
        "areas.gpkg",
        "results.xlsx",
        "status.csv",
        "status.parquet",
        "values.csv",
        "values.parquet",
    ];
    assert_eq!(names, expected);
}
