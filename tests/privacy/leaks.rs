//! No diagnostic, no output and no panic holds a person's value. Recognisable values are planted in every column of a table of
//! persons and the table is broken in every way that came to mind; whatever the program then says or writes is searched.

use std::fs;

use super::{complete_project, files, kvarter, text};
use crate::support::Project;

/// The values planted, in the forms in which a message could repeat them.
pub(super) const SECRETS: [&str; 6] =
    ["HEMMELIGT-1234", "HEMMELIGT", "0101701234", "010170-1234", "101701234", "Hemmelig Sti"];

/// Runs everything that reads data and searches all that comes of it. Gives whether the data could be used.
pub(super) fn nothing_leaks(what: &str, project: &Project) -> bool {
    let run = |words: &[&str]| {
        let said = kvarter(project, words);
        let (out, errors) = (text(&said.stdout), text(&said.stderr));
        for secret in SECRETS {
            assert!(!out.contains(secret) && !errors.contains(secret), "{what}, {words:?}: {out}{errors}");
        }
        let good = said.status.success();
        assert!(good || errors.contains('×'), "{what}, {words:?} fails and does not say why: {errors}");
        good
    };
    let good = run(&["check", "--data", "--privacy"]);
    if good {
        assert!(
            run(&["build", "--format", "json", "--out", "out"]),
            "{what} passes the check and is not built"
        );
    }
    for file in files(&project.dir.join("out")) {
        let bytes = fs::read(&file).expect("readable");
        for secret in SECRETS {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{what}: {} holds {secret}", file.display());
        }
    }
    good
}

/// The small project with one more column, `note`, that a population counts; its rows as they would be without mistakes.
pub(super) fn project() -> (Project, String) {
    let project = complete_project()
        .replace("indicators.yaml", "    sensitivity: person\n", "    sensitivity: person\n    household: person_id\n")
        .replace("indicators.yaml", "themes:\n", "  noted: { within: residents, where: note = 'ja' }\nthemes:\n")
        .replace(
            "indicators.yaml",
            "reports:\n",
            "  noted: { title: Noteret, theme: population, method: { share: { part: noted, of: residents } }, unit: percent, higher-is: neutral, question: Q, definition: Noteret, register: R, reference-date: 1. januar, pitfalls: [P], references: [§ 1] }\nreports:\n",
        );
    let plain = fs::read_to_string(project.dir.join("residents.csv")).expect("readable");
    let wider: String = plain
        .lines()
        .enumerate()
        .map(|(n, row)| format!("{row},{}\n", if n == 0 { "note" } else { "Hemmelig Sti" }))
        .collect();
    project.write("residents.csv", &wider);
    (project, wider)
}

/// Some rows with a cell replaced: `every` n-th row, all with 1.
fn with(table: &str, column: &str, value: &str, every: usize) -> String {
    let at = table.lines().next().and_then(|head| head.split(',').position(|name| name == column));
    let at = at.expect("a column of the table");
    let row = |(n, row): (usize, &str)| {
        let mut cells: Vec<&str> = row.split(',').collect();
        if n > 0 && n % every == 0 {
            cells[at] = value;
        }
        format!("{}\n", cells.join(","))
    };
    table.lines().enumerate().map(row).collect()
}

#[test]
fn a_value_in_any_column_that_cannot_be_used_is_not_repeated() {
    let (project, table) = project();
    for column in ["year", "person_id", "x", "y", "birth_date", "alone", "note"] {
        for (value, every) in [("HEMMELIGT-1234", 300), ("010170-1234", 1)] {
            project.write("residents.csv", &with(&table, column, value, every));
            let what = format!("{value} in every {every}th {column}");
            // A text among keys, dates, periods and texts is counted; among numbers, and as CPR number, it is refused.
            let usable = every > 1 && ["year", "person_id", "birth_date", "note"].contains(&column);
            assert_eq!(nothing_leaks(&what, &project), usable, "{what}");
        }
    }
    project.write("residents.csv", &table);
    assert!(nothing_leaks("nothing wrong", &project));
}

#[test]
fn broken_lines_and_wrong_heads_are_told_of_without_what_they_hold() {
    let (project, table) = project();
    let (head, rows) = table.split_once('\n').expect("a head");
    let row = "2025,HEMMELIGT-1234,600110,6200110,0101701234,1,Hemmelig Sti";
    let cases = [
        ("a field too many", format!("{table}{row},HEMMELIGT-1234\n")),
        ("a field too few", format!("{table}2025,HEMMELIGT-1234,0101701234\n")),
        ("an open quote", format!("{table}2025,\"HEMMELIGT-1234,600110,6200110,0101701234,1,x\n")),
        ("no head", rows.to_string()),
        ("a row of secrets as head", format!("{row}\n{rows}")),
        (
            "a row with one secret twice as head",
            format!("{}\n{rows}", row.replace("0101701234", "HEMMELIGT-1234")),
        ),
        ("a name twice", format!("{}\n{rows}", head.replace("note", "alone"))),
        ("another delimiter", table.replace(',', ";").replacen(';', ",", 1)),
        ("bars in the head only", format!("{}\n{rows}", head.replace(',', "|"))),
        ("the head alone", format!("{head}\n")),
        ("a row alone", row.to_string()),
        ("an empty line inside", format!("{head}\n\n{rows}")),
        ("a misspelt head", format!("{}\n{rows}", head.replace("birth_date", "birthdate"))),
    ];
    for (what, text) in cases {
        project.write("residents.csv", &text);
        nothing_leaks(what, &project);
    }
}

#[test]
fn wrong_encodings_are_told_of_without_what_they_hold() {
    let (project, table) = project();
    let table =
        with(&table, "person_id", "HEMMELIGT-1234", 3).replace("Hemmelig Sti", "Hemmelig Sti Æblevej");
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let mut zeros = table.clone().into_bytes();
    zeros.splice(200..203, [0, 0, 0]);
    let mut cut = table.clone().into_bytes();
    cut.truncate(cut.len() - 3);
    for (what, bytes) in
        [("UTF-16", utf16), ("Latin-1", latin), ("zero bytes", zeros), ("cut inside a row", cut)]
    {
        fs::write(project.dir.join("residents.csv"), bytes).expect("written");
        nothing_leaks(what, &project);
    }
}

#[test]
fn expressions_that_fail_on_a_row_do_not_repeat_the_row() {
    for expression in [
        "CAST(note AS BIGINT) > 0",
        "CAST(person_id AS BIGINT) > 0",
        "CAST(note AS DATE) > birth_date",
        "note > 7",
        "notee = 'x'",
        "\"HEMMELIG\" = note",
    ] {
        let (project, table) = project();
        project.write("residents.csv", &with(&table, "person_id", "HEMMELIGT-1234", 7));
        let as_population =
            project.replace("indicators.yaml", "note = 'ja'", &expression.replace('"', "\\\""));
        nothing_leaks(&format!("the population where {expression}"), &as_population);
        let as_source = as_population.replace(
            "indicators.yaml",
            "    household: person_id\n",
            &format!("    household: person_id\n    where: '{}'\n", expression.replace('\'', "''")),
        );
        nothing_leaks(&format!("the source where {expression}"), &as_source);
    }
}

#[test]
fn rows_placed_by_keys_and_joined_by_keys_do_not_show_them() {
    let (project, table) = project();
    project.write("residents.csv", &with(&table, "person_id", "HEMMELIGT-1234", 2));
    project.write(
        "more.csv",
        "person_id,year,paid\nHEMMELIGT-1234,2024,1\nHEMMELIGT-1234,2024,HEMMELIGT\n0101701234,2023,2\n",
    );
    let joined = project.replace(
        "indicators.yaml",
        "populations:\n",
        "  more: { title: M, file: more.csv, period: { year: year }, adds-to: { source: residents, by: person_id, period: next } }\npopulations:\n  paid: { within: residents, where: paid > 0 }\n",
    );
    nothing_leaks("a key twice in a joined table", &joined);
    joined.write("more.csv", "person_id,year,paid\nHEMMELIGT-1234,2024,1\n0101701234,2023,2\n");
    nothing_leaks("a key without a partner", &joined);
    let placed = joined.replace(
        "indicators.yaml",
        "{ point: { x: x, y: y, crs: EPSG:25832 } }",
        "{ area: person_id }",
    );
    nothing_leaks("names where area ids were expected", &placed);
    let cells = placed.replace("indicators.yaml", "{ area: person_id }", "{ cell: note }");
    nothing_leaks("names where squares of the grid were expected", &cells);
}
