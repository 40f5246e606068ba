//! What is generated is current: the command line's manual. (The catalogue's schema and manual are compared in `catalogue`.)

use std::{fs, path::Path};

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
