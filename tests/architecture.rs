//! The folder is the architecture: stages use only earlier ones, heavy crates stay where they belong, files stay readable.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// `audit` comes first: the attacker knows no stage, every stage may ask the attacker.
const STAGES: [&str; 8] =
    ["audit", "catalogue", "sources", "comments", "editions", "compute", "figures", "reports"];

/// Crate or type, and the folders or files of `src/` in which it may be named. `demo` stands outside the stages.
const AT_HOME: [(&str, &[&str]); 19] = [
    ("polars", &["sources", "compute"]),
    ("sqlparser", &["sources"]),
    ("rusqlite", &["sources"]),
    ("geojson", &["sources"]),
    ("geozero", &["sources"]),
    ("calamine", &["comments"]),
    ("typst", &["reports"]),
    ("resvg", &["reports"]),
    ("docx_rs", &["reports"]),
    ("rust_xlsxwriter", &["reports"]),
    ("plotters", &["figures"]),
    ("microlp", &["audit"]),
    ("clap", &["cli", "main.rs"]),
    ("notify", &["watch"]),
    ("tiny_http", &["watch"]),
    ("indicatif", &["cli"]),
    ("Tables", &["sources", "compute", "lib.rs"]),
    ("Account", &["sources", "compute", "lib.rs"]),
    ("println", &["cli", "main.rs"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The code of a file: without comments and string literals.
fn code(text: &str) -> String {
    let mut code = String::new();
    for line in text.lines().map(|line| line.split("//").next().unwrap_or_default()) {
        code.extend(line.split('"').step_by(2));
        code.push('\n');
    }
    code
}

/// Does the code name this crate (`polars::`, `use polars_io`) or type?
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        let before = code[..at].chars().next_back().is_some_and(|c| inside(c) || c == '.');
        let rest = code[at + word.len()..].trim_start_matches(|c: char| c == '_' || c.is_ascii_lowercase());
        let crate_name = rest.starts_with("::") || rest.starts_with('!');
        let type_name = word.starts_with(char::is_uppercase) && !rest.starts_with(inside);
        !before && (crate_name || type_name)
    })
}

/// Every stage that the code of a file of `stage` names and that comes later.
fn later_stages(stage: &str, code: &str) -> Vec<&'static str> {
    let here = STAGES.iter().position(|s| *s == stage).expect("a stage");
    STAGES[here + 1..]
        .iter()
        .copied()
        .filter(|later| {
            ["crate::", "super::super::", "kvarter::"]
                .iter()
                .any(|root| code.contains(&format!("{root}{later}")))
                || code
                    .split("use crate::{")
                    .skip(1)
                    .any(|group| names_module(group.split(';').next().unwrap_or_default(), later))
        })
        .collect()
}

/// Does a `use crate::{…}` group name this module?
fn names_module(group: &str, module: &str) -> bool {
    group.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == module)
}

#[test]
fn a_stage_uses_only_earlier_stages() {
    for stage in STAGES {
        for file in rust_files(&root().join("src").join(stage)) {
            let later = later_stages(stage, &code(&fs::read_to_string(&file).expect("readable")));
            assert!(later.is_empty(), "{}: `{stage}` uses `{later:?}`, a later stage", file.display());
        }
    }
}

#[test]
fn a_planted_path_to_a_later_stage_is_found() {
    assert_eq!(later_stages("sources", "use crate::compute::Publication;"), ["compute"]);
    assert_eq!(later_stages("sources", "let x = crate::reports::render();"), ["reports"]);
    assert_eq!(
        later_stages("compute", "use crate::{\n    ids::AreaId,\n    figures::Figure,\n};"),
        ["figures"]
    );
    assert!(later_stages("reports", "use crate::{compute::Publication, figures::Figure};").is_empty());
}

#[test]
fn heavy_crates_and_tables_stay_in_their_stages() {
    for file in rust_files(&root().join("src")) {
        let inside = file.strip_prefix(root().join("src")).expect("under src");
        let home = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let code = code(&fs::read_to_string(&file).expect("readable"));
        for (word, homes) in AT_HOME.iter().filter(|_| home != "demo") {
            let allowed = homes.contains(&home.as_str());
            assert!(allowed || !names(&code, word), "{}: `{word}` belongs in {homes:?}", file.display());
        }
    }
}

#[test]
fn files_and_functions_stay_readable() {
    let mut files = rust_files(&root().join("src"));
    files.extend(rust_files(&root().join("tests")));
    for file in files {
        let text = fs::read_to_string(&file).expect("readable");
        assert!(text.starts_with("//!"), "{}: a file begins with what it is", file.display());
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len() <= 400, "{}: {} lines", file.display(), lines.len());
        for (start, line) in lines.iter().enumerate().filter(|(_, line)| is_function(line)) {
            let indent = line.len() - line.trim_start().len();
            let end = lines[start..].iter().position(|l| l.starts_with(&format!("{}}}", " ".repeat(indent))));
            let length = end.unwrap_or_default() + 1;
            assert!(length <= 60, "{}:{}: a function of {length} lines", file.display(), start + 1);
        }
    }
}

fn is_function(line: &str) -> bool {
    let line = line.trim_start();
    ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn "].iter().any(|start| line.starts_with(start))
}

/// Every path that code uses starts with one of these, or with a name of its own module.
fn foreign_paths(code: &str) -> Vec<&str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    ["crate", "super", "kvarter"]
        .into_iter()
        .filter(|root| {
            code.match_indices(&format!("{root}::"))
                .any(|(at, _)| !code[..at].ends_with(|c: char| word(c) || c == ':'))
        })
        .collect()
}

#[test]
fn the_check_of_certificates_uses_only_std_and_serde_json() {
    let audit = root().join("src/audit");
    let mut files = rust_files(&audit.join("verify"));
    files.push(audit.join("verify.rs"));
    assert!(files.len() > 1, "the check and its parts are where they are looked for");
    for file in files {
        let code = code(&fs::read_to_string(&file).expect("readable"));
        let part = file.parent().is_some_and(|folder| folder.ends_with("verify"));
        // Above a part of the check stands the check itself.
        let foreign: Vec<_> =
            foreign_paths(&code).into_iter().filter(|root| !part || *root != "super").collect();
        assert!(foreign.is_empty(), "{}: {foreign:?}", file.display());
        for used in code.lines().filter_map(|line| line.trim_start().strip_prefix("use ")) {
            let root = used.split("::").next().unwrap_or_default();
            let own = ["std", "serde_json", "exact", "block"].contains(&root) || (part && root == "super");
            assert!(own && !used.starts_with("super::super"), "{}: `{used}`", file.display());
        }
    }
}

#[test]
fn a_planted_path_out_of_the_check_of_certificates_is_found() {
    assert_eq!(foreign_paths("let x = crate::audit::rows::Builder;"), ["crate"]);
    assert_eq!(foreign_paths("use super::model::Row;"), ["super"]);
    assert!(foreign_paths("use std::fmt; let y = exact::plus(a, b);").is_empty());
}
