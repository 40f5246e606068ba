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

#[test]
fn a_boundary_that_moved_since_an_edition_is_refused_until_the_outline_of_then_is_declared() {
    let project = Project::small();
    fs::create_dir(project.dir.join("editions")).expect("a folder");
    let told = "{\"of\":{\"sum\":\"residents\"},\"zone\":{\"nord\":1},\"period\":\"2024\",\"is\":\"160\"}";
    let other =
        format!("{{\n\"form\": 1,\n\"outlines\": {{\"nord\": \"0\"}},\n\"numbers\": [\n{told}\n]\n}}\n");
    project.write("editions/2025-1.json", &other);
    let said = one(&project.errors());
    assert!(said.contains("boundary-changed") && said.contains("`nord` had another outline"), "{said}");
    assert!(said.contains("boundary-of: { layer: villages, id: AREA }"), "{said}");
}
