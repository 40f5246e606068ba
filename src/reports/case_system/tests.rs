//! A case is written to a folder and looked at there.

use std::{fs, path::Path};

use super::*;
use crate::{
    catalogue::load_str,
    reports::{
        fixture::{Facts, Fixture},
        manifest::Manifest,
    },
};

/// Writes the sample case with a profile, and gives the paths and texts of what is there.
fn written(name: &str, profile: &str) -> BTreeMap<String, String> {
    let mut fixture = Fixture::new(Facts::default());
    let text = format!("{}\n{profile}", include_str!("../../../indicators.yaml"));
    fixture.catalogue = load_str("indicators.yaml", &text).unwrap_or_else(|e| panic!("{e:#?}")).0;
    let context = fixture.context();
    let out = std::env::temp_dir().join(format!("kvarter-case-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&out);
    let beside = Beside::new(&out).expect("a new folder");
    let edition = context.catalogue.about.edition.value;
    let typesetter = Typesetter::open(Path::new("no-such-folder"), edition).expect("the program's own");
    // Of two annexes this run has made one.
    beside.write("area-status/sonderlund.pdf", b"a page").expect("written");
    let paper = sample::paper();
    let filed = write(&context, &typesetter, &beside, "", &sample::case(&paper)).expect("it is written");
    assert!(filed.found.is_empty() && filed.readability > 0.0);
    let (paths, errors) = beside.settle(Manifest::default(), true, None).expect("settled");
    assert!(errors.is_empty());
    assert!(Manifest::last(&out).readability.contains_key("council-paper"));
    let texts = paths.into_iter().map(|path| {
        let bytes = fs::read(out.join(&path)).expect("a file");
        (path, String::from_utf8_lossy(&bytes).into_owned())
    });
    let texts = texts.collect();
    fs::remove_dir_all(out).expect("removed");
    texts
}

#[test]
fn a_case_is_one_document_two_files_a_field_and_a_copy_of_each_annex_of_the_run() {
    let files = written("whole", "");
    let names: Vec<&str> = files.keys().filter_map(|path| path.strip_prefix("council-paper/")).collect();
    let fields = ["bilag", "indstilling", "oekonomi", "resume", "sagsfremstilling", "titel"];
    let mut expected: Vec<String> =
        fields.iter().flat_map(|field| ["html", "txt"].map(|end| format!("fields/{field}.{end}"))).collect();
    expected.push("sagsfremstilling.docx".into());
    expected.push("til-sagen/2026-01-14 Bilag 2 Områdestatus Sønderlund.pdf".into());
    assert_eq!(names, expected);
    assert_eq!(files["council-paper/til-sagen/2026-01-14 Bilag 2 Områdestatus Sønderlund.pdf"], "a page");
    assert_eq!(files["council-paper/fields/titel.txt"], "Status for udsatte boligområder\n");
    assert!(!files["council-paper/fields/resume.html"].contains("<h2>"));
}

#[test]
fn a_profile_says_which_fields_there_are_how_they_are_called_and_what_files_are_called() {
    let profile = "case-system:
  fields:
    - { field: recommendation, name: Administrationen indstiller }
    - { field: summary }
  headings: true
  files: \"Bilag {number} - {area}\"
";
    let files = written("profile", profile);
    let names: Vec<&str> = files.keys().filter_map(|path| path.strip_prefix("council-paper/")).collect();
    let expected = [
        "fields/indstilling.html",
        "fields/indstilling.txt",
        "fields/resume.html",
        "fields/resume.txt",
        "sagsfremstilling.docx",
        "til-sagen/Bilag 2 - Sønderlund.pdf",
    ];
    assert_eq!(names, expected);
    let indstilling = &files["council-paper/fields/indstilling.html"];
    assert!(indstilling.starts_with("<h2>Administrationen indstiller</h2>\n<ol>"), "{indstilling}");
    assert!(files["council-paper/fields/resume.txt"].starts_with("Resumé\n\n"));
    // The document has the same fields in the same order, and is stored without compression.
    let document = &files["council-paper/sagsfremstilling.docx"];
    let at = |words: &str| document.find(words).expect("it is in the document");
    assert!(at("Status for udsatte") < at("Administrationen indstiller"));
    assert!(at("Administrationen indstiller") < at("Resumé"));
    assert!(!document.contains("Økonomi"));
}

#[test]
fn every_report_of_an_area_is_an_annex_and_a_report_over_all_areas_is_none() {
    sample::with(|context| {
        let edition = context.catalogue.about.edition.value;
        let typesetter = Typesetter::open(Path::new("no-such-folder"), edition).expect("the program's own");
        let plan = crate::reports::plan::plan(context, &typesetter, &[]).unwrap_or_else(|e| panic!("{e:#?}"));
        let over_all = context.catalogue.reports.iter().find(|(_, report)| report.one_per.is_empty());
        let (_, paper) = over_all.expect("a report over all areas");
        let annexes = annexes(context, "en/", &plan.jobs, (paper, 2));
        assert!(annexes.len() < plan.jobs.len() && annexes.iter().all(|annex| annex.number == 2));
        let first = &annexes[0];
        assert_eq!((first.title.as_str(), first.area.as_deref()), ("Områdestatus", Some("Grønnevang")));
        assert_eq!(first.pdf, "en/area-status/gronnevang.pdf");
    });
}
