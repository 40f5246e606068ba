//! `kvarter build --edition`: the ledger of a small project over several builds.

use std::fs;

use kvarter::{BuildOptions, diagnostics::Outcome};

use super::support::{Project, one};

fn build(project: &Project, edition: Option<&str>) -> Outcome<kvarter::Summary> {
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        out: project.dir.join("out"),
        edition: edition.map(str::to_string),
        ..BuildOptions::default()
    };
    kvarter::build(&options, &|_| ())
}

fn ledger(project: &Project, name: &str) -> String {
    let path = project.dir.join("editions").join(format!("{name}.json"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn two_builds_of_one_edition_are_one_file_and_a_build_without_a_name_writes_none() {
    let (first, second) = (Project::small(), Project::small());
    build(&first, None).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(!first.dir.join("editions").exists());
    for project in [&first, &second] {
        build(project, Some("2026-1")).unwrap_or_else(|errors| panic!("{errors:#?}"));
    }
    assert_eq!(ledger(&first, "2026-1"), ledger(&second, "2026-1"));
    let before = ledger(&first, "2026-1");
    build(&first, Some("2026-1")).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(ledger(&first, "2026-1"), before);
}

#[test]
fn an_edition_that_told_other_numbers_stops_the_build_before_anything_is_written() {
    let project = Project::small();
    fs::create_dir(project.dir.join("editions")).expect("a folder");
    let other = "{\n\"form\": 1,\n\"outlines\": {},\n\"numbers\": [\n{\"of\":{\"every\":\"none\"},\"zone\":{\"municipality\":1},\"period\":\"1999\",\"is\":\"1\"}\n]\n}\n";
    project.write("editions/2026-1.json", other);
    let said = one(&build(&project, Some("2026-1")).err().unwrap_or_default());
    assert!(said.contains("edition-taken") && said.contains("`--edition 2026-2`"), "{said}");
    assert!(!project.dir.join("out").exists());
    assert_eq!(ledger(&project, "2026-1"), other);
    let (_, notices) = build(&project, Some("2026-2")).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(notices.iter().filter(|notice| notice.code == "no-longer-there").count(), 1, "{notices:#?}");
}

#[test]
fn nothing_is_built_beside_a_ledger_that_cannot_be_read_and_check_says_so_too() {
    let project = Project::small();
    fs::create_dir(project.dir.join("editions")).expect("a folder");
    project.write("editions/2025-1.json", "{\n\"form\": 1,\n\"numbers\": []\n}\n");
    let said = one(&project.errors());
    assert!(said.contains("broken-edition") && said.contains("2025-1.json:4:"), "{said}");
    let checked = kvarter::check(&project.dir.join("indicators.yaml"), &project.dir);
    let mut found = checked.err().unwrap_or_default();
    found.retain(|error| error.code == "broken-edition");
    assert_eq!(one(&found), said);
}

/// What `sha256sum` gives for the corners of the small project's `nord` in centimetres:
/// `outline 60010000 620010000,60070000 620010000,60070000 620070000,60010000 620070000,`
const NORD: &str = "c4acf63c9225a7e4294d74d5310800669b3abfa0b3e51fe9ac6975fbd1592360";

#[test]
fn a_boundary_that_moved_since_an_edition_is_refused_until_the_outline_of_then_is_declared() {
    let project = Project::small();
    fs::create_dir(project.dir.join("editions")).expect("a folder");
    let told = r#"{"of":{"sum":"residents"},"zone":{"nord":1},"period":"2024","is":"160"}"#;
    let edition =
        format!("{{\n\"form\": 1,\n\"outlines\": {{\"nord\": \"{NORD}\"}},\n\"numbers\": [\n{told}\n]\n}}\n");
    project.write("editions/2025-1.json", &edition);
    let build = |project: &Project| project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    build(&project);
    fs::remove_dir_all(project.dir.join("out")).expect("built");

    let then = fs::read_to_string(project.dir.join("areas.geojson")).expect("areas");
    let project = project.replace("areas.geojson", "600700", "600701");
    let said = one(&project.errors());
    assert!(said.contains("boundary-changed") && said.contains("`nord` had another outline"), "{said}");
    assert!(said.contains("indicators.yaml:3:3"), "the layer's entry: {said}");
    assert!(said.contains("boundary-of: { layer: villages, id: AREA }"), "{said}");

    let then = ["nord", "syd"].iter().fold(then, |then, area| {
        then.replace(&format!(r#""id":"{area}""#), &format!(r#""id":"{area}-then","AREA":"{area}""#))
    });
    project.write("then.geojson", &then);
    let declared = "  villages-then: { title: Landsbyer, file: then.geojson, id: id, boundary-of: { layer: villages, id: AREA } }\n";
    build(&project.replace("indicators.yaml", "sources:\n", &format!("{declared}sources:\n")));
}
