//! Files that cannot be audited: what is wrong, where, and what was expected.

use std::{fs, process::ExitCode};

use clap::Parser;
use kvarter::{
    audit::{
        attack::{Limits, attack},
        read::read,
    },
    cli::{Cli, run},
    diagnostics::At,
};
use serde_json::json;

use super::SOLVER;

/// The first mistake, as line, column and message with hints.
fn mistake(text: &str) -> String {
    let errors = read("page.json", text).expect_err("a mistake");
    let error = errors.first().expect("one at least");
    let At::Text(place) = &error.at else { panic!("{error}") };
    let (line, column) = place.line_column();
    format!("{line}:{column} {} {}", error.message, error.hints.join(" "))
}

fn file(figure: &str) -> String {
    format!(
        "{{\n  \"atoms\": {{ \"east\": {{}}, \"west\": {{}} }},\n  \"published\": [\n    {{ \"id\": \"one\", \"says\": {figure} }}\n  ],\n  \"protected\": []\n}}"
    )
}

fn told(figure: &str, expected: &[&str]) {
    let mistake = mistake(&file(figure));
    for part in expected {
        assert!(mistake.contains(part), "expected `{part}` in `{mistake}`");
    }
}

#[test]
fn json_that_ends_too_early_is_told_with_its_line() {
    let mistake = mistake("{\n  \"atoms\": {},\n");
    assert!(mistake.starts_with("2:") || mistake.starts_with("3:"), "{mistake}");
    assert!(mistake.contains("EOF"), "{mistake}");
}

#[test]
fn a_mistake_of_form_is_told_at_its_line_with_what_was_expected() {
    told(r#"{ "exakt": { "of": ["east"], "is": 3 } }"#, &["4:", "unknown variant `exakt`", "`exact`"]);
    told(r#"{ "exact": { "of": ["east"], "was": 3 } }"#, &["4:", "unknown field `was`", "`of` or `is`"]);
    told(r#"{ "exact": { "of": ["east"] } }"#, &["4:", "missing field `is`"]);
    told(r#"{ "exact": { "of": ["east"], "is": 3.5 } }"#, &["4:", "floating point `3.5`", "expected i64"]);
    told(r#"{ "exact": { "of": "east", "is": 3 } }"#, &["4:", "expected a list of names"]);
    told(r#"{ "share": { "of": ["east"], "base": 9, "is": 33.3 } }"#, &["4:", "in quotes"]);
    told(r#"{ "share": { "of": ["east"], "base": 9, "is": "33,3" } }"#, &["4:", "33,3", "such as \"41.3\""]);
    told(r#"{ "exact": { "of": ["east"], "is": 3000000000000 } }"#, &["4:", "too large"]);
}

#[test]
fn a_mistake_of_meaning_is_told_at_the_name() {
    told(
        r#"{ "exact": { "of": ["eats"], "is": 3 } }"#,
        &["4:48 `eats` is no atom", "did you mean `east`?", "`one`"],
    );
    told(r#"{ "exact": { "of": ["east", "east"], "is": 3 } }"#, &["4:13 `one`", "twice"]);
    told(r#"{ "share": { "of": ["east"], "base": 0, "is": "3" } }"#, &["`one`", "at least 1"]);
    told(r#"{ "rank": { "order": [{ "of": ["east"] }] } }"#, &["`one`", "at least two"]);
    let change =
        r#"{ "change": { "from": { "of": ["east"] }, "to": { "of": ["west"], "base": 9 }, "is": "3" } }"#;
    told(change, &["`one`", "`of` and a known `base`"]);
}

#[test]
fn numbers_too_large_together_are_refused_and_do_not_overflow() {
    let share = |base: i64| json!({ "of": ["east"], "base": base });
    let years = [share(999_999_999_989), share(999_999_999_961), share(999_999_999_959)];
    let says = json!({ "mean-of-years": { "years": years, "is": "1.234567" } });
    told(&says.to_string(), &["`one`", "too large together"]);
}

#[test]
fn what_stands_twice_is_refused() {
    assert!(
        mistake(r#"{ "atoms": { "a": {}, "a": {} }, "published": [], "protected": [] }"#)
            .contains("`a` stands twice")
    );
    let figure = r#"{ "id": "one", "says": { "exact": { "of": ["a"], "is": 1 } } }"#;
    let twice =
        format!(r#"{{ "atoms": {{ "a": {{}} }}, "published": [{figure}, {figure}], "protected": [] }}"#);
    assert!(mistake(&twice).contains("`one` stands twice"));
}

#[test]
fn every_mistake_of_meaning_is_told_in_one_run() {
    let text = json!({
        "atoms": { "a": { "at-least": 5, "at-most": 2 } },
        "sets": { "s": ["b"] },
        "published": [{ "id": "one", "says": { "exact": { "of": ["c"], "is": 1 } } }],
        "protected": [{ "id": "p", "of": ["a"], "width": 0 }]
    });
    let errors = read("page.json", &text.to_string()).expect_err("mistakes");
    let codes: Vec<&str> = errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, ["empty-atom", "unknown-atom", "unknown-atom", "no-width"]);
}

#[test]
fn a_publication_that_contradicts_itself_is_told_with_a_figure() {
    let text = json!({
        "atoms": { "a": {}, "b": {} },
        "published": [
            { "id": "total", "says": { "exact": { "of": ["a", "b"], "is": 5 } } },
            { "id": "part", "says": { "exact": { "of": ["a"], "is": 6 } } }
        ],
        "protected": [{ "id": "b", "of": ["b"], "width": 4 }]
    });
    let model = read("page.json", &text.to_string()).expect("it can be read");
    let contradiction = attack(&model, &Limits::default(), &SOLVER).expect_err("no table fits");
    let figure = contradiction.figure.expect("a figure");
    assert!(["total", "part"].contains(&model.figures[figure].id.as_str()));
}

fn exit(words: &[&str]) -> bool {
    let words = ["kvarter", "audit"].iter().chain(words);
    run(Cli::try_parse_from(words).expect("a command line")) == ExitCode::SUCCESS
}

#[test]
fn the_command_succeeds_for_what_is_safe_and_checks_its_certificates() {
    let folder = std::env::temp_dir().join(format!("kvarter-audit-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str| folder.join(name).display().to_string();
    let margins = super::sums(&[(&["a", "b"], 5), (&["c", "d"], 6), (&["a", "c"], 4), (&["b", "d"], 7)]);
    let mut square = json!({ "atoms": super::unknown(&["a", "b", "c", "d"]), "published": margins, "protected": super::protect(&["b"]) });
    fs::write(path("safe.json"), square.to_string()).expect("written");
    assert!(exit(&[&path("safe.json"), "--certificate", &path("proofs")]));
    assert!(exit(&["--verify", &path("proofs/safe-b.json")]));
    square["about"] = json!("changed since");
    fs::write(path("safe.json"), square.to_string()).expect("written");
    assert!(!exit(&["--verify", &path("proofs/safe-b.json")]), "the file is another");
    square["protected"] = super::protect(&["a"]);
    fs::write(path("leak.json"), square.to_string()).expect("written");
    assert!(!exit(&[&path("leak.json")]), "a reaches 4, not 5");
    assert!(!exit(&[&path("no-such-file.json")]));
    fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn the_manual_shows_a_file_that_can_be_read_and_every_kind_of_figure() {
    let manual =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/publication.md")).expect("readable");
    let example =
        manual.split("```json").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let model = read("example.json", example).expect("it can be read");
    assert_eq!((model.atoms.len(), model.figures.len(), model.protected.len()), (3, 3, 1));
    let known = mistake(&file(r#"{ "guess": {} }"#));
    let (_, kinds) = known.split_once("expected one of ").expect("all kinds are named");
    let kinds: Vec<&str> =
        kinds.split('`').skip(1).step_by(2).take_while(|kind| !kind.starts_with("docs/")).collect();
    assert!(kinds.len() >= 17, "{kinds:?}");
    for kind in kinds {
        assert!(manual.contains(&format!("\n| `{kind}` |")), "`{kind}` is not in the manual");
    }
}
