//! A municipality changes a page by a few lines of its own: a file of a template, a colour, a font.

use std::{collections::BTreeMap, fs, path::Path};

use kvarter::{catalogue::YearMonth, reports::Typesetter, templates};
use serde_json::Value as Json;
use typst_layout::PagedDocument;

use crate::support::{Project, one, renamed, set};

const EDITION: YearMonth = YearMonth { year: 2025, month: 12 };

fn sample(name: &str) -> Json {
    serde_json::from_slice(templates::embedded(name).expect("a sample")).expect("JSON")
}

/// The overview of the sample, by the templates of a folder.
fn overview_of(folder: &Path, payload: &Json) -> PagedDocument {
    let typesetter = Typesetter::open(folder, EDITION).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" width="84mm" height="50mm"/>"#.to_vec();
    let files = BTreeMap::from([
        ("/data.json", payload.to_string().into_bytes()),
        ("/municipality.svg", drawing.clone()),
        ("/logo.svg", drawing),
    ]);
    typesetter.compile("overview.typ", files).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn texts(document: &PagedDocument) -> String {
    set::runs(document).concat().iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_part_of_ones_own_takes_the_rest_from_the_program_s() {
    let project = Project::small();
    project.write(
        "templates/parts/theme.typ",
        "#import \"/kvarter/parts/theme.typ\": *\n#let section(title, level: 3) = heading(level: level, \"Eget: \" + title)\n",
    );
    let payload = sample("sample-overview.json");
    let (own, program) =
        (overview_of(&project.dir, &payload), overview_of(Path::new("no-such-folder"), &payload));
    assert!(texts(&own).contains("Eget: ") && !texts(&program).contains("Eget: "));
    assert_eq!(own.pages().len(), program.pages().len());
}

#[test]
fn what_lies_in_templates_and_is_not_used_is_warned_of_with_the_name_that_was_meant() {
    let project = Project::small();
    project.write("templates/parts/thme.typ", "");
    project.write("templates/text/dk.yaml", "");
    let (summary, told) = project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(summary.reports, 2);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].starts_with("warning[unused-template]") && told[0].contains("`parts/theme.typ`"));
    assert!(told[1].contains("templates/text/dk.yaml") && told[1].contains("`text/da.yaml`"), "{told:#?}");
}

#[test]
fn a_font_of_ones_own_sets_the_pages() {
    let project = Project::small();
    fs::create_dir_all(project.dir.join("templates/fonts")).expect("a folder");
    // The program's own type under another family name of the same length.
    for (path, bytes) in templates::all().into_iter().filter(|(path, _)| path.ends_with(".ttf")) {
        let name = path.trim_start_matches("fonts/").replace("Source", "Byens");
        let font = renamed(bytes, "Source Sans 3", "Fjordby Sans1");
        fs::write(project.dir.join("templates/fonts").join(name), font).expect("written");
    }
    let mut payload = sample("sample-overview.json");
    payload["theme"]["font"] = "Fjordby Sans1".into();
    let document = overview_of(&project.dir, &payload);
    assert_eq!(set::families(&document), ["Fjordby Sans1"]);
    assert_eq!(
        set::families(&overview_of(Path::new("no"), &sample("sample-overview.json"))),
        ["Source Sans 3"]
    );
}

#[test]
fn a_family_that_no_font_has_is_refused_with_the_one_that_was_meant() {
    let project = Project::small();
    let catalogue = fs::read_to_string(project.dir.join("indicators.yaml")).expect("readable");
    project.write("indicators.yaml", &format!("theme: {{ font: Source Sanz 3 }}\n{catalogue}"));
    let error = one(&project.errors());
    assert!(error.starts_with("error[unknown-font]") && error.contains("indicators.yaml:1:16"), "{error}");
    assert!(error.contains("did you mean `Source Sans 3`?") && error.contains(".ttf"), "{error}");
}
