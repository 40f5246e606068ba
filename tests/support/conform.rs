//! What every PDF of a build must be: within both standards, and no longer than its kind may be.

use std::{
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf};

/// Every PDF in a folder and the folders in it; those in `til-sagen` are copies under other names.
pub fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.ends_with("til-sagen") {
            continue;
        }
        if path.is_dir() {
            found.extend(pdfs(&path));
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            found.push(path);
        }
    }
    found
}

/// PDF/UA-1 and PDF/A-3a.
pub fn assert_conforms(pdf: &Path) {
    let bytes = fs::read(pdf).expect("readable");
    for profile in ["ua1", "3a"] {
        let options =
            ValidationOptions::default().profile(Some(profile.parse::<ValidationProfile>().expect("known")));
        let report = validate_pdf(pdf, &options).unwrap_or_else(|e| panic!("{}: {e}", pdf.display()));
        // The validator takes a carriage return at the end of compressed data for a line end before `endstream`.
        let false_alarm =
            |rule: &str| rule == "ISO 19005-3:2012:6.1.7.1:1" && every_stream_is_as_long_as_it_says(&bytes);
        let failures: Vec<_> = report.failures.iter().filter(|f| !false_alarm(&f.rule_id)).collect();
        assert!(failures.is_empty(), "{} {profile}: {failures:#?}", pdf.display());
    }
}

/// The pages of a PDF.
pub fn pages(pdf: &Path) -> usize {
    let text = String::from_utf8_lossy(&fs::read(pdf).expect("readable")).into_owned();
    let objects = text.split("/Type/Page").skip(1).filter(|rest| !rest.starts_with('s'));
    objects.count()
}

/// How many pages a report of this kind may have, by its folder or its name.
pub fn allowed(pdf: &Path) -> RangeInclusive<usize> {
    let is_in = |folder: &str| pdf.components().any(|part| part.as_os_str() == folder);
    match () {
        () if is_in("area-status") => 3..=7,
        () if is_in("village-status") => 2..=4,
        () if pdf.ends_with("council-paper.pdf") => 3..=3,
        () if pdf.ends_with("inspiration-catalogue.pdf") => 100..=200,
        () => 1..=1,
    }
}

/// Checks `/Length` of every stream against where `endstream` stands.
fn every_stream_is_as_long_as_it_says(pdf: &[u8]) -> bool {
    let find = |from: usize, what: &[u8]| {
        pdf[from..].windows(what.len()).position(|w| w == what).map(|at| from + at)
    };
    let mut from = 0;
    let mut streams = 0;
    while let Some(start) = find(from, b"\nstream\n").map(|at| at + 8) {
        let dictionary = pdf[from..start].windows(8).rposition(|w| w == b"/Length ").map(|at| from + at + 8);
        let digits = dictionary.map(|at| {
            pdf[at..].iter().take_while(|b| b.is_ascii_digit()).fold(0, |n, b| n * 10 + usize::from(b - b'0'))
        });
        let Some(end) = digits.map(|length| start + length) else { return false };
        if !pdf[end..].starts_with(b"\nendstream") {
            return false;
        }
        streams += 1;
        from = end;
    }
    streams > 0
}
