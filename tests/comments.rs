//! A final build of the ministry's lists with comments beside the catalogue: refused whole, or made whole.

use std::fs;

use kvarter::{BuildOptions, diagnostics::Diagnostic};

use crate::support::new_folder;

/// Builds the example with one comment, as given to others; the codes of what is refused, and what was written.
fn final_build(status: &str, date: &str, text: &str) -> (Result<usize, Vec<Diagnostic>>, bool) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = new_folder("final");
    fs::create_dir_all(folder.join("comments")).expect("a folder");
    fs::copy(root.join("examples/official-only/indicators.yaml"), folder.join("indicators.yaml"))
        .expect("copied");
    let head =
        format!("område: gronnevang\nfelt: kommentar\nrolle: Konsulent\ndato: {date}\nstatus: {status}");
    fs::write(folder.join("comments/gronnevang.md"), format!("---\n{head}\n---\n{text}\n")).expect("a file");
    let options = BuildOptions {
        catalogue: folder.join("indicators.yaml"),
        data: root.into(),
        out: folder.join("out"),
        only: vec!["gronnevang".into()],
        is_final: true,
        ..BuildOptions::default()
    };
    let built = kvarter::build(&options, &|_| ()).map(|(summary, _)| summary.reports);
    let written = options.out.exists();
    if let Ok(manifest) = fs::read_to_string(options.out.join("manifest.json")) {
        assert!(manifest.contains("\"comments/gronnevang.md\""), "the comment is an input");
    }
    let _ = fs::remove_dir_all(folder);
    (built, written)
}

#[test]
fn a_final_build_with_an_approved_comment_is_made() {
    let (built, written) = final_build("godkendt", "2025-12-08", "Der er ro.");
    assert_eq!(built.unwrap_or_else(|errors| panic!("{errors:#?}")), 1);
    assert!(written);
}

#[test]
fn a_final_build_refuses_a_draft_and_a_comment_older_than_its_figures_and_writes_nothing() {
    let older = "Andelen med højst grundskole er 58,2 pct.";
    for (status, date, text, code) in [
        ("kladde", "2025-12-08", "Der er ro.", "final-draft"),
        ("godkendt", "2019-12-08", older, "final-older"),
    ] {
        let (built, written) = final_build(status, date, text);
        let codes: Vec<&str> =
            built.err().iter().flatten().filter(|e| e.is_error()).map(|e| e.code).collect();
        assert_eq!(codes, [code]);
        assert!(!written, "something was written");
    }
}
