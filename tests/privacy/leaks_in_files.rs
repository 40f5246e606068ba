//! The same for JSON, GeoJSON and Parquet: damaged files whose contents nobody may repeat.

use std::fs;

use kvarter::sources::export::{Column, Values, write_parquet};

use super::leaks::{nothing_leaks, project};

#[test]
fn broken_json_is_told_of_without_what_it_holds() {
    let (project, _) = project();
    let project = project.replace("indicators.yaml", "file: residents.csv", "file: residents.json");
    let good = r#"{"year": 2025, "person_id": "HEMMELIGT-1234", "x": 600110, "y": 6200110, "birth_date": "1970-01-01", "alone": 1, "note": "Hemmelig Sti"}"#;
    let cases = [
        ("one row", format!("[{good}]")),
        ("cut", format!("[{good}, {{\"year\": 2025, \"person_id\": \"HEMM")),
        ("lines in place of an array", format!("{good}\n{good}\n")),
        ("an object by person", format!("{{\"0101701234\": {good}}}")),
        ("an array of objects by person", format!("[{{\"0101701234\": {good}}}]")),
        ("an array of values by person", "[{\"HEMMELIGT-1234\": 1, \"0101701234\": 2}]".into()),
        ("a text among rows", format!("[{good}, \"HEMMELIGT-1234\"]")),
        ("a list in a cell", format!("[{}]", good.replace("\"Hemmelig Sti\"", "[\"HEMMELIGT-1234\"]"))),
        ("a number with a leading zero", format!("[{}]", good.replace("600110", "0101701234"))),
        ("a date that is none", format!("[{}]", good.replace("1970-01-01", "HEMMELIGT-1234"))),
        ("a number as text", format!("[{}]", good.replace("600110", "\"0101701234\""))),
        ("a bad escape", format!("[{}]", good.replace("Hemmelig Sti", "Hemmelig Sti\\q"))),
    ];
    for (what, text) in cases {
        project.write("residents.json", &text);
        nothing_leaks(what, &project);
    }
}

#[test]
fn broken_geojson_is_told_of_without_what_it_holds() {
    let (project, _) = project();
    let project = project.replace("indicators.yaml", "file: residents.csv", "file: residents.geojson");
    let feature = r#"{"type": "Feature", "properties": {"year": 2025, "person_id": "HEMMELIGT-1234", "x": 600110, "y": 6200110, "birth_date": "1970-01-01", "alone": 1, "note": "Hemmelig Sti"}, "geometry": {"type": "Point", "coordinates": [12.5, 55.5]}}"#;
    let all = |features: &str| format!("{{\"type\": \"FeatureCollection\", \"features\": [{features}]}}");
    let cases = [
        ("good", all(feature)),
        ("another type", all(feature).replace("FeatureCollection", "HEMMELIGT-1234")),
        ("a feature of another type", all(&feature.replace("\"Feature\"", "\"HEMMELIGT-1234\""))),
        ("a text as feature", all("\"HEMMELIGT-1234\"")),
        ("a text as coordinates", all(&feature.replace("[12.5, 55.5]", "\"0101701234\""))),
        ("a text among coordinates", all(&feature.replace("55.5", "\"0101701234\""))),
        ("a geometry of another type", all(&feature.replace("\"Point\"", "\"HEMMELIGT-1234\""))),
        (
            "properties that are a text",
            all(r#"{"type": "Feature", "properties": "HEMMELIGT-1234", "geometry": null}"#),
        ),
        ("a single feature", feature.to_string()),
        ("cut", all(feature)[..200].to_string()),
    ];
    for (what, text) in cases {
        project.write("residents.geojson", &text);
        nothing_leaks(what, &project);
    }
}

/// A table of persons as Parquet, with these texts as dates of birth.
fn parquet(births: &str) -> [Column<'static>; 7] {
    let rows = 60;
    let texts = |text: &str| Values::Text(vec![text.to_string(); rows]);
    [
        Column {
            name: "year".into(),
            values: Values::Integer((0..rows as i64).map(|n| 2024 + n % 2).collect()),
        },
        Column { name: "person_id".into(), values: texts("HEMMELIGT-1234") },
        Column { name: "x".into(), values: Values::Real(vec![600_200.0; rows]) },
        Column { name: "y".into(), values: Values::Real(vec![6_200_200.0; rows]) },
        Column { name: "birth_date".into(), values: texts(births) },
        Column { name: "alone".into(), values: Values::Integer(vec![1; rows]) },
        Column { name: "note".into(), values: texts("Hemmelig Sti") },
    ]
}

#[test]
fn damaged_parquet_and_wrong_types_in_it_are_told_of_without_what_they_hold() {
    let (project, _) = project();
    let project = project.replace("indicators.yaml", "file: residents.csv", "file: residents.parquet");
    let path = project.dir.join("residents.parquet");
    for (births, usable) in [("1970-01-01", true), ("HEMMELIGT-1234", true), ("0101701234", false)] {
        write_parquet(&path, &parquet(births)).expect("written");
        assert_eq!(nothing_leaks(&format!("{births} as date of birth"), &project), usable, "{births}");
    }
    write_parquet(&path, &parquet("1970-01-01")).expect("written");
    let good = fs::read(&path).expect("readable");
    for cut in [0, 4, good.len() / 2, good.len() - 9] {
        fs::write(&path, &good[..cut]).expect("written");
        nothing_leaks(&format!("cut at {cut}"), &project);
    }
    for at in (4..good.len()).step_by(good.len() / 16) {
        let mut bad = good.clone();
        bad[at] ^= 0x5a;
        bad[at + 1] ^= 0xff;
        fs::write(&path, bad).expect("written");
        nothing_leaks(&format!("damaged at {at}"), &project);
    }
    let [.., alone, note] = parquet("1970-01-01");
    let named =
        [Column { name: "HEMMELIGT-1234".into(), ..alone }, Column { name: "Hemmelig Sti".into(), ..note }];
    write_parquet(&path, &named).expect("written");
    nothing_leaks("secrets as names of columns", &project);
}
