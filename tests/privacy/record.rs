//! `kvarter check --privacy`: on the small project (tests/support), whose residents have six columns of which five are used.

use std::path::Path;

use super::{complete_project, kvarter, text};
use crate::support::Project;

/// The record of processing, filled in.
const FILLED_IN: &str = "    privacy:
      controller: Prøveby Kommune
      processor: Ingen
      purpose: Statistik
      legal-basis: Fortegnelsen nr. 4
      data-subjects: Beboere
      categories: Alder og bopæl
      recipients: Ingen
      retention: Slettes årligt
      pseudonymised-by: Dataenheden
      special-categories: [none]
";

fn filled_in() -> Project {
    complete_project().replace(
        "indicators.yaml",
        "    sensitivity: person\n",
        &format!("    sensitivity: person\n{FILLED_IN}"),
    )
}

#[test]
fn the_columns_that_are_read_are_told_with_their_use_and_so_is_what_is_not_filled_in() {
    let said = kvarter(&complete_project(), &["check", "--privacy"]);
    let (out, errors) = (text(&said.stdout), text(&said.stderr));
    assert!(said.status.success(), "{errors}");
    assert!(out.contains("reads 5 of 6 columns") && out.contains("left unread: person_id"), "{out}");
    for line in
        ["birth_date           age, `children`", "alone                `alone`", "x                    place"]
    {
        assert!(out.contains(line), "{line}: {out}");
    }
    assert!(out.contains("legal-basis          not filled in: write `privacy: { legal-basis: … }`"), "{out}");
    assert!(out.contains("    2 indicators: at-least 5, group 30, p-percent 10, households 20, persons 30, residents 100, complement\n"), "{out}");
    assert!(errors.contains("privacy-not-filled-in") && errors.contains("`retention`"), "{errors}");
}

#[test]
fn a_record_that_is_filled_in_is_told_without_a_warning() {
    let said = kvarter(&filled_in(), &["check", "--privacy"]);
    let (out, errors) = (text(&said.stdout), text(&said.stderr));
    assert!(said.status.success() && errors.is_empty(), "{errors}");
    assert!(out.contains("legal-basis          Fortegnelsen nr. 4"), "{out}");
    assert!(out.contains("special-categories   none") && !out.contains("not filled in"), "{out}");
}

#[test]
fn counts_get_a_note_and_no_warning_and_public_rows_neither() {
    let counts =
        complete_project().replace("indicators.yaml", "sensitivity: person", "sensitivity: aggregate");
    let said = kvarter(&counts, &["check", "--privacy"]);
    let (out, errors) = (text(&said.stdout), text(&said.stderr));
    assert!(errors.is_empty() && out.contains("controller           not filled in"), "{out}{errors}");
    assert!(!out.contains("pseudonymised-by"), "{out}");
    let public = complete_project().replace("indicators.yaml", "sensitivity: person", "sensitivity: public");
    let said = kvarter(&public, &["check", "--privacy"]);
    assert!(!text(&said.stdout).contains("not filled in") && said.stderr.is_empty());
}

#[test]
fn a_name_that_suggests_a_special_category_is_asked_about_until_it_is_declared() {
    let suggesting = |project: Project| {
        project.replace("indicators.yaml", "where: alone = 1", "where: herkomst = 1").replace(
            "residents.csv",
            "birth_date,alone",
            "birth_date,herkomst",
        )
    };
    let errors = text(&kvarter(&suggesting(filled_in()), &["check", "--privacy"]).stderr);
    assert!(errors.contains("special-category") && errors.contains("`ethnic-origin`"), "{errors}");
    let declared = suggesting(filled_in()).replace("indicators.yaml", "[none]", "[ethnic-origin]");
    assert_eq!(text(&kvarter(&declared, &["check", "--privacy"]).stderr), "");
}

#[test]
fn a_column_of_cpr_numbers_in_parquet_is_told_before_the_build_refuses_it() {
    use kvarter::sources::export::{Column, Values, write_parquet};
    let project =
        complete_project().replace("indicators.yaml", "residents.csv", "residents.parquet").replace(
            "indicators.yaml",
            "    age-from: birth_date\n",
            "    age-from: birth_date\n    person: person_id\n",
        );
    let rows = 40;
    let birthdays = (0..rows).map(|n| format!("{:02}0170{:04}", n % 28 + 1, 1200 + n)).collect();
    let columns = [
        Column { name: "year".into(), values: Values::Integer(vec![2025; rows]) },
        Column { name: "person_id".into(), values: Values::Text(birthdays) },
        Column { name: "x".into(), values: Values::Real(vec![600_200.0; rows]) },
        Column { name: "y".into(), values: Values::Real(vec![6_200_200.0; rows]) },
        Column { name: "birth_date".into(), values: Values::Text(vec!["1970-01-01".into(); rows]) },
        Column { name: "alone".into(), values: Values::Integer(vec![1; rows]) },
    ];
    write_parquet(&project.dir.join("residents.parquet"), &columns).expect("written");
    let said = kvarter(&project, &["check", "--privacy"]);
    assert!(said.status.success() && text(&said.stdout).contains("like CPR numbers: person_id"));
    assert!(text(&said.stderr).contains("cpr-numbers"), "{}", text(&said.stderr));
    assert!(!kvarter(&project, &["build", "--quiet"]).status.success());
}

#[test]
fn the_draft_page_marks_what_the_municipality_wrote_and_what_it_has_to_write() {
    let project = filled_in().replace("indicators.yaml", "      retention: Slettes årligt\n", "");
    let said = kvarter(&project, &["check", "--privacy", "--out", "flow.md"]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let page = std::fs::read_to_string(project.dir.join("flow.md")).expect("written");
    assert!(page.starts_with("# Databeskyttelse: Prøve\n"), "{page}");
    for line in [
        "| Befolkningen (`residents`) | CPR | rækkerne er personer | 5 af 6 | 3 | 3 | åbne resultater (results/) og rapporten Områdestatus |",
        "| Behandlingsgrundlag | Fortegnelsen nr. 4 | udfyldt af kommunen |",
        "| Slettefrist | skrives af kommunen som »privacy: { retention: … }« under kilden residents | **mangler** |",
        "| `birth_date` | alder på skæringsdatoen; optællingen `children` |",
        "Kolonner i filen, som ikke læses: `person_id`.",
        "- 2 indikatorer: Antal under 5 vises ikke, og heller ikke, når de øvrige er færre end 5.",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
}

#[test]
fn a_page_that_is_there_is_not_written_over() {
    let project = filled_in();
    project.write("flow.md", "udfyldt i hånden");
    let said = kvarter(&project, &["check", "--privacy", "--out", "flow.md"]);
    assert!(!said.status.success() && text(&said.stderr).contains("not-written"));
    assert_eq!(std::fs::read_to_string(project.dir.join("flow.md")).expect("there"), "udfyldt i hånden");
}

#[test]
fn the_demonstration_is_filled_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_kvarter"))
        .args(["check", "--privacy"])
        .current_dir(root)
        .output()
        .expect("the program can be started");
    assert!(said.status.success() && said.stderr.is_empty(), "{}", text(&said.stderr));
    assert!(!text(&said.stdout).contains("not filled in"), "{}", text(&said.stdout));
}
