//! What is generated is current: the command line's manual. (The catalogue's schema and manual are compared in `catalogue`.)

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn the_command_line_manual_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    if std::env::var_os("KVARTER_BLESS").is_some() {
        fs::write(&path, kvarter::cli::markdown()).expect("docs/cli.md can be written");
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        kvarter::cli::markdown(),
        "KVARTER_BLESS=1 cargo test"
    );
}

#[test]
fn every_verb_can_be_parsed_with_what_its_help_says() {
    use clap::{CommandFactory, Parser};
    kvarter::cli::Cli::command().debug_assert();
    for line in [
        "build gronnevang --format pdf,png --jobs 2",
        "check --data",
        "check --data folder --privacy",
        "schema",
    ] {
        let words = std::iter::once("kvarter").chain(line.split(' '));
        assert!(kvarter::cli::Cli::try_parse_from(words).is_ok(), "kvarter {line}");
    }
}

/// What a verb prints.
fn said(arguments: &[&str]) -> String {
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_kvarter")).args(arguments).output();
    let run = run.expect("the program runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("text")
}

#[test]
fn every_shell_is_offered_every_verb_and_the_options_of_a_build() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let completions = said(&["completions", shell]);
        for offered in ["build", "explain", "backtest", "jobs", "catalogue"] {
            assert!(completions.contains(offered), "{shell}: {offered}");
        }
    }
}

#[test]
fn the_manual_has_a_page_for_the_program_and_one_for_each_verb() {
    let page = said(&["manual"]);
    assert!(page.starts_with(".ie") && page.contains(".TH kvarter 1"), "{page}");
    let dir = std::env::temp_dir().join(format!("kvarter-manual-{}", std::process::id()));
    said(&["manual", "--to", &dir.to_string_lossy()]);
    let build = fs::read_to_string(dir.join("kvarter-build.1")).expect("a page");
    assert!(build.contains(".TH kvarter-build 1") && build.contains("edition"), "{build}");
    fs::remove_dir_all(dir).expect("removed");
}

/// What stands before the code of a diagnostic in the program's text.
const BEFORE_A_CODE: [&str; 12] = [
    "Diagnostic::error(",
    "Diagnostic::warning(",
    "Severity::Error,",
    "Severity::Warning,",
    "severity,",
    ".wrong(",
    ".refuse(",
    ".tell(",
    ".flag(",
    " error(",
    " warn(",
    " failed(",
];

/// Every text between double quotes that is written as a code is, with what stands before and after it.
fn quoted(text: &str) -> Vec<(&str, &str, &str)> {
    let mut found = Vec::new();
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    for pair in quotes.windows(2) {
        let inside = &text[pair[0] + 1..pair[1]];
        let is_code = inside.contains('-')
            && inside.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if is_code {
            found.push((text[..pair[0]].trim_end(), inside, &text[pair[1] + 1..]));
        }
    }
    found
}

/// The program's own text, without tests.
fn program() -> Vec<String> {
    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(path).expect("readable");
        text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_string()
    };
    found.into_iter().map(read).collect()
}

#[test]
fn every_code_of_a_diagnostic_is_in_the_index_and_the_index_has_no_other() {
    let index: BTreeSet<String> =
        kvarter::cli::codes().unwrap_or_else(|error| panic!("{error}")).into_keys().collect();
    let program = program();
    let all: Vec<(&str, &str, &str)> = program.iter().flat_map(|text| quoted(text)).collect();
    let codes: BTreeSet<&str> = all
        .iter()
        .filter(|(before, _, after)| {
            after.starts_with(',') && BEFORE_A_CODE.iter().any(|start| before.ends_with(start.trim_end()))
        })
        .map(|(_, code, _)| *code)
        .collect();
    assert!(codes.len() > 150, "the search finds the codes: {}", codes.len());
    let lacking: Vec<&&str> = codes.iter().filter(|code| !index.contains(**code)).collect();
    assert!(lacking.is_empty(), "write what they mean in src/cli/codes.yaml: {lacking:?}");
    let written: BTreeSet<&str> =
        program.iter().flat_map(|text| text.split('"')).filter(|text| !text.contains(' ')).collect();
    let unused: Vec<&String> = index.iter().filter(|code| !written.contains(code.as_str())).collect();
    assert!(unused.is_empty(), "no diagnostic has these: {unused:?}");
}

#[test]
fn no_entry_of_the_demonstrations_catalogue_is_called_as_a_code_is() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators.yaml")).expect("readable");
    let (catalogue, _) =
        kvarter::catalogue::load_str("indicators.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let index = kvarter::cli::codes().unwrap_or_else(|error| panic!("{error}"));
    let explained = |id: &String| kvarter::catalogue::explain(&catalogue, id).is_some();
    let both: Vec<&String> = index.keys().filter(|code| explained(code)).collect();
    assert!(both.is_empty(), "`kvarter explain` would tell of the code alone: {both:?}");
}

#[test]
fn the_page_of_codes_is_current_and_a_code_is_explained_without_a_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors.md");
    let page = kvarter::cli::errors().unwrap_or_else(|error| panic!("{error}"));
    if std::env::var_os("KVARTER_BLESS").is_some() {
        fs::write(&path, &page).expect("docs/errors.md can be written");
    }
    assert!(fs::read_to_string(&path).is_ok_and(|written| written == page), "KVARTER_BLESS=1 cargo test");
    let told = said(&["explain", "unknown-column", "--catalogue", "nowhere.yaml"]);
    assert!(told.contains("A column is named that the file does not have."), "{told}");
}
