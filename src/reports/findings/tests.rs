//! Findings said from invented facts.

use super::*;
use crate::reports::fixture::{facts, on};

fn said(column: &[Rich]) -> Vec<String> {
    column.iter().map(|said| said.plain().replace('\u{a0}', " ")).collect()
}

#[test]
fn criteria_are_said_with_value_and_limit_and_changes_with_their_size() {
    on(facts(), "gronnevang", |subject| {
        let findings = findings(subject).expect("the texts fit").expect("there are findings");
        assert_eq!(
            said(&findings.attention),
            [
                "Andelen uden tilknytning til arbejdsmarked eller uddannelse er 40,4 pct. Det er over grænsen på 40 pct.",
                "Andelen med højst grundskole er 58,2 pct. Det er 1,8 procentpoint under grænsen på 60 pct.",
            ]
        );
        assert_eq!(
            said(&findings.good),
            ["Andelen med mindst fem år på adressen er 71,4 pct. mod 56,0 pct. i resten af kommunen."]
        );
        assert_eq!(
            said(&findings.changed),
            [
                "På listen i 2024 var nul af kriterierne for udsat boligområde opfyldt. Nu er det ét.",
                "Siden 2020 er andelen uden tilknytning til arbejdsmarked eller uddannelse steget med 5,1 procentpoint til 40,4 pct."
            ]
        );
    });
}

#[test]
fn a_finding_with_a_hidden_slot_is_not_said() {
    let hidden = facts().set("abl-61a/no-work@gronnevang@2025", State::Hidden);
    on(hidden, "gronnevang", |subject| {
        let findings = findings(subject).expect("the texts fit").expect("there are findings");
        assert!(
            said(&findings.attention).iter().all(|said| !said.contains("tilknytning")),
            "{:?}",
            findings.attention
        );
    });
}

#[test]
fn a_village_is_compared_with_the_other_villages_and_a_neutral_difference_is_neither_good_nor_bad() {
    on(facts(), "kaer", |subject| {
        let findings = findings(subject).expect("the texts fit").expect("there are findings");
        assert_eq!(said(&findings.good), ["Ingen tal er sikkert bedre end i de andre landsbyer."]);
        assert_eq!(said(&findings.attention), ["Ingen tal er sikkert dårligere end i de andre landsbyer."]);
        assert_eq!(
            said(&findings.changed),
            ["Siden 2020 er andelen af børn og unge faldet med 6 procentpoint til 14 pct."]
        );
    });
}

#[test]
fn a_page_has_at_most_five_findings_of_at_most_25_words() {
    for area in ["gronnevang", "nabo", "kaer"] {
        on(facts(), area, |subject| {
            let Findings { good, attention, changed } =
                findings(subject).expect("the texts fit").expect("there are findings");
            let all = [good, attention, changed].concat();
            assert!(all.len() <= IN_ALL && all.iter().all(|said| said.word_count() <= WORDS), "{all:?}");
        });
    }
}
