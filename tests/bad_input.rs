//! Bad input gets a diagnostic that says where and what to type; nothing is half-written. Odd input is counted, the rest built.

use std::fs;

use crate::support::{Project, one};

#[test]
fn the_small_project_builds_without_a_word() {
    let project = Project::small();
    let (summary, warnings) = project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(warnings, []);
    assert_eq!(summary.reports, 2);
    assert!(project.dir.join("out/area-status/nord.pdf").exists());
}

#[test]
fn an_unknown_column_in_where_is_shown_at_its_place_inside_the_expression() {
    let project =
        Project::small().replace("indicators.yaml", "age BETWEEN 0 AND 17", "agee BETWEEN 0 AND 17");
    let error = one(&project.errors());
    assert!(error.starts_with("error[unknown-column]"), "{error}");
    assert!(error.contains("indicators.yaml:17:42") && error.contains("did you mean `age`?"), "{error}");
}

#[test]
fn a_missing_file_is_named_with_the_nearest_one_that_is_there() {
    let project = Project::small().replace("indicators.yaml", "file: residents.csv", "file: resident.csv");
    let error = one(&project.errors());
    assert!(
        error.starts_with("error[missing-file]") && error.contains("did you mean `residents.csv`?"),
        "{error}"
    );
}

#[test]
fn areas_in_another_crs_are_refused_with_both_named() {
    let project = Project::small().replace("areas.geojson", "EPSG::25832", "EPSG::3857");
    let error = one(&project.errors());
    assert!(error.contains("3857") && error.contains("25832"), "{error}");
}

#[test]
fn an_area_id_may_occur_once_over_all_layers() {
    let project = Project::small().replace("districts.geojson", r#""id":"vest""#, r#""id":"nord""#);
    let error = one(&project.errors());
    assert!(error.starts_with("error[duplicate-area-id]") && error.contains("`nord`"), "{error}");
}

#[test]
fn a_broken_parquet_file_is_named() {
    let project = Project::small().replace("indicators.yaml", "residents.csv", "residents.parquet");
    fs::write(project.dir.join("residents.parquet"), b"PAR1 this is not a table PAR1").expect("written");
    let error = one(&project.errors());
    assert!(error.contains("residents.parquet"), "{error}");
}

#[test]
fn a_build_with_four_broken_entries_tells_all_four_in_one_run() {
    let project = Project::small()
        .replace("indicators.yaml", "  villages:  { title: Landsbyer,", "  villages:  { titel: Landsbyer,")
        .replace("indicators.yaml", "    sensitivity: person", "    sensitivity: persons")
        .replace("indicators.yaml", "  children:  { within: residents,", "  children:  { within: residnts,")
        .replace("indicators.yaml", "  alone:     { within: residents,", "  alone:     { inside: residents,");
    let errors = project.errors();
    assert_eq!(errors.len(), 4, "{errors:#?}");
    for error in &errors {
        assert!(error.to_string().contains("indicators.yaml:"), "{error}");
    }
}

#[test]
fn an_area_without_residents_is_a_warning_and_the_rest_is_built() {
    let project = Project::small();
    let far = r#""features":[{"type":"Feature","properties":{"id":"tom","name":"Tomby"},"geometry":{"type":"Polygon","coordinates":[[[600710,6200710],[600790,6200710],[600790,6200790],[600710,6200790],[600710,6200710]]]}},"#;
    let project = project.replace("areas.geojson", r#""features":["#, far);
    let (summary, warnings) = project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(
        warnings.iter().any(|w| w.code == "area-without-residents" && w.message.contains("`tom`")),
        "{warnings:#?}"
    );
    assert_eq!(summary.reports, 3);
}

#[test]
fn a_person_outside_every_area_is_counted_and_the_rest_is_built() {
    let project = Project::small().replace("residents.csv", "2025,p000,600110", "2025,p000,609110");
    let (summary, warnings) = project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(warnings.iter().any(|w| w.code == "rows-not-used"), "{warnings:#?}");
    assert_eq!(summary.reports, 2);
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_threads_and_the_order_of_rows() {
    let project = Project::small();
    project.build_with(1, "one").unwrap_or_else(|errors| panic!("{errors:#?}"));
    let text = fs::read_to_string(project.dir.join("residents.csv")).expect("readable");
    let (head, rows) = text.split_once('\n').expect("a head");
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.sort_by_key(|row| {
        row.bytes().fold(7u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()))
    });
    project.write("residents.csv", &format!("{head}\n{}\n", rows.join("\n")));
    project.build_with(2, "two").unwrap_or_else(|errors| panic!("{errors:#?}"));
    for file in ["area-status/nord.pdf", "area-status/syd.pdf", "results/values.csv"] {
        let read = |out: &str| fs::read(project.dir.join(out).join(file)).expect("written");
        assert!(read("one") == read("two"), "{file} differs");
    }
}
