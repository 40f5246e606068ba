//! Broken catalogues and what is said about them, every word and place of it.
//!
//! `tests/catalogue/invalid/NAME.yaml` gives the errors in `NAME.txt`; `KVARTER_BLESS=1 cargo test` writes them anew.

use std::{fs, path::Path};

use kvarter::{
    catalogue::{changes, docs, load_str, schema},
    diagnostics::{Diagnostic, draw},
};

#[test]
fn every_broken_catalogue_gets_the_errors_written_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue/invalid");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".yaml").map(str::to_string))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.yaml"))).expect("readable");
        let errors = load_str(&format!("{name}.yaml"), &text).err().unwrap_or_default();
        assert!(!errors.is_empty(), "{name}.yaml has no error");
        let said: String = errors.iter().map(|error| draw(error, false)).collect();
        compare(&folder.join(format!("{name}.txt")), &said);
    }
}

/// Every practice of the base says where it is told, and either where it fits or that it is general; those with conditions are
/// for layers that the base knows.
#[test]
fn the_practices_of_the_base_have_sources_and_say_where_they_fit() {
    let text = include_str!("../indicators.yaml");
    let (catalogue, _) = load_str("indicators.yaml", text).expect("it loads");
    assert!(catalogue.practices.len() >= 20);
    for (id, practice) in catalogue.practices.iter() {
        assert!(
            !practice.sources.is_empty() && practice.sources.iter().all(|source| source.url.is_some()),
            "{id}"
        );
        assert!(practice.general == practice.fits_when.is_empty(), "{id}");
        assert!(
            practice.title.en.is_some() && practice.brief.en.is_some() && practice.consider.en.is_some(),
            "{id}"
        );
        assert!(practice.unjudged.iter().all(|question| question.en.is_some()), "{id}");
        assert!(practice.brief_after.as_ref().is_none_or(|brief| brief.en.is_some()), "{id}");
        for brief in [&practice.brief].into_iter().chain(&practice.brief_after) {
            // "49,6 til 28,7 pct. i en opgørelse" is one.
            let next = brief.da.split(". ").skip(1);
            let sentences = 1 + next.filter(|next| next.starts_with(char::is_uppercase)).count();
            assert!(sentences <= 2 && brief.da.split_whitespace().count() <= 32, "{id}: {}", brief.da);
        }
        let known =
            practice.indicators.iter().all(|indicator| catalogue.indicators.contains(indicator.as_str()));
        assert!(known && !practice.indicators.is_empty(), "{id}");
    }
    let fitting = |layer: &str| {
        let fits = |practice: &kvarter::catalogue::Practice| {
            practice.places.iter().any(|place| place.as_str() == layer)
        };
        catalogue.practices.iter().filter(|(_, practice)| fits(practice)).count()
    };
    assert!(fitting("estates") >= 10 && fitting("villages") >= 4);
}

#[test]
fn ten_mistakes_in_one_catalogue_give_ten_errors_each_in_its_line() {
    let text = include_str!("catalogue/invalid/ten-mistakes.yaml");
    let errors = load_str("ten-mistakes.yaml", text).expect_err("it is broken");
    let lines: Vec<usize> = errors.iter().map(line).collect();
    assert_eq!(lines, [3, 4, 9, 10, 13, 28, 32, 39, 40, 41], "{errors:#?}");
}

#[test]
fn twelve_mistakes_in_twelve_entries_are_told_in_one_run_each_at_its_place_with_what_to_type() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue/planted");
    let errors = kvarter::check(&folder.join("indicators.yaml"), &folder).err().expect("it is broken");
    let mut found: Vec<((usize, usize), &str, String)> =
        errors.iter().map(|error| (position(error), error.code, error.hints.join("; "))).collect();
    found.sort();
    let expected = [
        ((16, 39), "wrong-expression", "`key` holds text"),
        ((21, 5), "unknown-field", "did you mean `title`?"),
        ((31, 15), "wrong-value", "write it in digits"),
        ((36, 13), "wrong-value", "a form is a map with one key"),
        ((42, 13), "wrong-value", "keep one of the two"),
        ((45, 3), "missing-field", "add `unit: …`"),
        ((62, 3), "declared-twice", "an id stands for one thing"),
        ((73, 30), "unknown-population", "did you mean `pupils`?"),
        ((85, 40), "circular", "follow the indicators"),
        ((109, 30), "not-a-part", "within: pupils"),
        ((121, 13), "bad-unit", "write `unit: count`"),
        ((133, 58), "too-few-years", "write at most 3 years"),
    ];
    let places: Vec<_> = found.iter().map(|(place, code, _)| (*place, *code)).collect();
    assert_eq!(places, expected.map(|(place, code, _)| (place, code)), "{errors:#?}");
    for ((_, code, hints), (_, _, hint)) in found.iter().zip(expected) {
        assert!(hints.contains(hint), "{code}: {hints}");
    }
}

#[test]
fn the_committed_schema_and_the_page_on_the_catalogue_are_current() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    compare(&docs.join("indicators.schema.json"), &schema::json());
    compare(&docs.join("catalogue.md"), &docs::markdown());
}

#[test]
fn the_record_of_the_bases_versions_is_current() {
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators/versions.csv");
    if std::env::var_os("KVARTER_BLESS").is_some() {
        fs::write(&record, changes::current_record()).expect("writable");
    }
    let written = fs::read_to_string(&record).unwrap_or_default();
    let known: Vec<&str> = written.lines().collect();
    let current = changes::current_record();
    let differs: Vec<&str> = current.lines().filter(|line| !known.contains(line)).collect();
    assert!(
        written == current,
        "entries of the base differ from what its version is recorded as: raise the version in indicators/base.yaml, \
         then KVARTER_BLESS=1 cargo test\n{differs:#?}"
    );
}

#[test]
fn the_example_of_open_data_loads_without_a_word() {
    let text = include_str!("../examples/frederiksberg/indicators.yaml");
    let (_, warnings) = load_str("indicators.yaml", text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(warnings, []);
}

/// The line of the catalogue that an error points at.
fn line(error: &Diagnostic) -> usize {
    position(error).0
}

/// The line and the column that an error points at.
fn position(error: &Diagnostic) -> (usize, usize) {
    match &error.at {
        kvarter::diagnostics::At::Text(place) => place.line_column(),
        _ => (0, 0),
    }
}

/// The file holds this text; with `KVARTER_BLESS=1` it is written instead.
fn compare(file: &Path, text: &str) {
    if std::env::var_os("KVARTER_BLESS").is_some() {
        fs::write(file, text).expect("writable");
    }
    let written = fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == text, "{} differs; KVARTER_BLESS=1 writes it anew:\n{text}", file.display());
}
