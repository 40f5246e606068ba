//! An area in every category, and what the law ties to it. The rules are those of almenboligloven as `indicators/tools.yaml`
//! gives them with their sources; the lists are invented.

use super::*;
use crate::{
    compute::{Lettings, Missing},
    reports::fixture::{Facts, facts, on},
};

const AREA: &str = "gronnevang";

/// The tools of an area whose statuses of 2016-2025 are those that the fixture has and these.
fn of(statuses: &[(u16, &str)]) -> Tools {
    tools_of(with(statuses))
}

fn with(statuses: &[(u16, &str)]) -> Facts {
    statuses.iter().fold(facts(), |facts, (year, status)| {
        let standing = match *status {
            "" => Standing::NotListed,
            "too-few" => Standing::TooFewResidents,
            status => Standing::On(status.into()),
        };
        facts.status(AREA, *year, standing)
    })
}

fn tools_of(facts: Facts) -> Tools {
    on(facts, AREA, |subject| tools(subject).expect("the texts fit").expect("the layer has a law"))
}

/// Word, paragraph and date of every row; `…` where it goes on.
fn rows(tools: &Tools) -> Vec<String> {
    let row = |row: &Row| {
        let paragraph = row.law.split_once('§').map_or(&*row.law, |(_, paragraph)| paragraph).trim();
        format!("{} {paragraph}: {}{}", row.word, row.since, if row.after { " …" } else { "" })
    };
    tools.rows.iter().map(row).map(|row| row.replace('\u{a0}', " ")).collect()
}

fn text<'t>(tools: &'t Tools, law: &str) -> &'t str {
    let row = tools.rows.iter().find(|row| row.law.ends_with(law));
    row.map_or_else(|| panic!("no row of {law}: {:?}", rows(tools)), |row| &row.text)
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// What any almen estate has, whatever its status.
const ANYWHERE: [&str; 5] =
    ["Skal 51: –", "Kan 60, stk. 1: –", "Kan 60 a: –", "Kan 60 b: –", "Kan 59, stk. 1 og 2: –"];

#[test]
fn an_area_on_no_list_has_the_ordinary_rules() {
    let tools = of(&[(2024, ""), (2025, "")]);
    assert_eq!(rows(&tools), ANYWHERE);
    assert_eq!(
        plain(&tools.note),
        "Reglerne, som de var på listens dag, 1. december 2025. Sætningerne er forkortede; loven gælder."
    );
    assert!(tools.target.is_none() && tools.what_if.is_none());
}

#[test]
fn in_a_forebyggelsesomrade_criteria_are_a_duty_and_allocation_is_limited() {
    let expected = [
        "Skal 51: –",
        "Skal 60, stk. 4: 1. december 2024",
        "Må ikke 59, stk. 7: 1. december 2024",
        "Kan 60 a: –",
        "Kan 60 b: –",
        "Kan 59, stk. 1 og 2: –",
        "Kan 28, stk. 3, nr. 3: 1. december 2024",
    ];
    let tools = of(&[]);
    assert_eq!(rows(&tools), expected);
    assert!(text(&tools, "stk. 7").contains("bestemte forsørgelsesydelser"));
    assert!(text(&tools, "60 b").ends_with("Bør efterses i loven."));
    assert!(!text(&tools, "stk. 7").contains("efterses"));
}

#[test]
fn an_udsat_area_has_rules_of_its_own_and_since_when_counts_from_the_list_before_last_too() {
    let expected = [
        "Skal 51: –",
        "Skal 60, stk. 4: 1. december 2022",
        "Skal Lov om leje af almene boliger: 1. december 2024",
        "Skal Dagtilbudsloven og folkeskoleloven: 1. december 2024",
        "Må ikke 59, stk. 6: 1. december 2024",
        "Kan 60 a: –",
        "Kan 60 b: –",
        "Kan 59, stk. 1 og 2: –",
        "Kan 28, stk. 3, nr. 3: 1. december 2022",
        "Kan Lov om leje af almene boliger: 1. december 2024",
    ];
    let tools =
        of(&[(2021, ""), (2022, "forebyggelse"), (2023, "forebyggelse"), (2024, "udsat"), (2025, "udsat")]);
    assert_eq!(rows(&tools), expected);
}

#[test]
fn a_parallelsamfund_is_udsat_too_and_small_dwellings_can_be_relabelled() {
    let udsat = rows(&of(&[(2024, ""), (2025, "udsat")]));
    let mut parallelsamfund = rows(&of(&[(2024, ""), (2025, "parallelsamfund")]));
    parallelsamfund.retain(|row| !udsat.contains(row));
    assert_eq!(parallelsamfund, ["Kan 4, stk. 1, nr. 11: 1. december 2025"]);
}

#[test]
fn an_omdannelsesomrade_refuses_applicants_and_has_a_plan_with_a_target() {
    let years = (2019..=2025).map(|year| (year, if year < 2023 { "parallelsamfund" } else { "omdannelse" }));
    let tools = of(&years.collect::<Vec<_>>());
    let rows = rows(&tools);
    for row in [
        "Skal 51 c: 1. december 2023",
        "Skal 168 a: 1. december 2023",
        "Kan 168 b: 1. december 2023",
        "Må ikke 59, stk. 6: 1. december 2019",
        "Kan 4, stk. 1, nr. 11: 1. december 2019",
        "Skal Lov om leje af almene boliger: 30. november 2021",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row}: {rows:#?}");
    }
    assert!(rows.iter().all(|row| !row.ends_with('…')));
    let target = tools.target.expect("the plan has a target").plain();
    assert_eq!(
        plain(&target),
        "Mål: Andelen af almene familieboliger skal være højst 40 pct. inden 1. januar 2030. Tallet mangler: \
         Udviklingsplanens opgørelse fra Kommunen og boligorganisationerne."
    );
}

/// Omdannelse to 2024, as the demonstration's Engparken.
const FORMER: [(u16, &str); 4] =
    [(2022, "parallelsamfund"), (2023, "omdannelse"), (2024, "omdannelse"), (2025, "forebyggelse")];

#[test]
fn a_former_omdannelsesomrade_keeps_refusal_for_four_years_and_its_target_for_good() {
    let tools = of(&FORMER);
    let going_on: Vec<String> = rows(&tools).into_iter().filter(|row| row.ends_with('…')).collect();
    let expected = [
        "Skal 51 c: 1. december 2023 …",
        "Skal 168 a: 1. december 2023 …",
        "Må ikke 59, stk. 6: 1. december 2023 …",
        "Kan 4, stk. 1, nr. 11: 1. december 2023 …",
        "Kan Dagtilbudsloven og folkeskoleloven: 1. december 2022 …",
    ];
    assert_eq!(going_on, expected);
    assert_eq!(
        plain(text(&tools, "51 c")),
        "Boligsøgende på ventelisten afvises stadig efter reglerne for omdannelsesområder. Det slutter, når området fire \
         år i træk ikke har været udsat boligområde, og senest 1. januar 2030. Indtil nu: ét år."
    );
    assert!(tools.target.is_some());
    assert!(rows(&tools).contains(&"Må ikke 59, stk. 7: 1. december 2025".to_string()));
}

#[test]
fn four_lists_without_udsat_end_refusal_and_three_do_not_even_if_one_before_them_was_udsat() {
    let lists = |statuses: [&'static str; 6]| (2020..).zip(statuses).collect::<Vec<_>>();
    let refuses = |statuses| rows(&of(&lists(statuses))).iter().any(|row| row.contains("51 c"));
    assert!(!refuses(["omdannelse", "omdannelse", "forebyggelse", "", "too-few", ""]));
    assert!(refuses(["omdannelse", "omdannelse", "udsat", "", "too-few", ""]));
    assert!(refuses(["omdannelse", "omdannelse", "forebyggelse", "", "udsat", ""]));
}

#[test]
fn under_a_thousand_residents_what_went_before_still_holds() {
    let tools = of(&[(2023, "omdannelse"), (2024, "omdannelse"), (2025, "too-few")]);
    assert!(rows(&tools).contains(&"Skal 168 a: 1. december 2023 …".to_string()));
    let note =
        "Under 1.000 beboere kan området ikke komme på listerne. Vedtagne planer og aftaler gælder stadig.";
    assert!(plain(&tools.note).ends_with(note), "{}", tools.note);
    assert_eq!(rows(&of(&[(2025, "too-few")])), ANYWHERE);
}

#[test]
fn the_words_are_those_of_the_lists_day_and_the_old_benefits_are_named_from_november_2021_to_june_2025() {
    let lists = |last: u16| {
        (2016..=2025).fold(with(&[]), move |facts, year| {
            let id = format!("abl-61a@{AREA}@{year}");
            match year {
                year if year <= last => facts.status(AREA, year, Standing::On("omdannelse".into())),
                _ => facts
                    .set(&id, State::Missing(Missing::NoData))
                    .set(&id.replace(AREA, "nabo"), State::Missing(Missing::NoData)),
            }
        })
    };
    let refusal = |last| text(&tools_of(lists(last)), "51 c").to_string();
    assert!(
        refusal(2024).contains("selvforsørgelses- og hjemrejseydelse, overgangsydelse, uddannelseshjælp")
    );
    for year in [2020, 2025] {
        assert!(refusal(year).contains("bestemte forsørgelsesydelser"), "{year}");
    }
}

#[test]
fn our_own_status_is_called_our_own_and_makes_no_former_omdannelsesomrade() {
    let own = |facts: Facts, year: u16, status: &str| {
        let list = Date { year, month: 12, day: 1 };
        let status = Status { status: Standing::On(status.into()), official: false, list };
        facts.set(&format!("abl-61a@{AREA}@{year}"), State::Shown(Fact::Status(status)))
    };
    let tools = tools_of(own(own(facts(), 2024, "omdannelse"), 2025, "udsat"));
    assert!(tools.note.ends_with("Status er kommunens egen beregning; ministeriets liste gælder."));
    assert!(rows(&tools).iter().all(|row| !row.contains("51 c")), "{:?}", rows(&tools));
}

#[test]
fn a_status_that_is_not_shown_takes_every_rule_that_would_give_it_away_with_it() {
    let hidden = with(&FORMER).set(&format!("abl-61a@{AREA}@2025"), State::Hidden);
    let tools = tools_of(hidden);
    assert_eq!(rows(&tools), ANYWHERE);
    assert!(tools.note.contains("Status kan ikke vises her") && tools.target.is_none());
}

#[test]
fn the_target_is_told_with_numerator_and_denominator_and_is_reached_by_exact_numbers() {
    let value = |value: &str, part: i64, whole: i64| {
        let value = Decimal::parse(value).expect("a number");
        let (part, whole) = (Some(Decimal::whole(part)), Some(Decimal::whole(whole)));
        let fact = Fact::Value(Value { value, interval: None, part, whole, years: 1 });
        let facts = with(&FORMER).set(&format!("family-dwellings-plan@{AREA}@2024"), State::Shown(fact));
        plain(&tools_of(facts).target.expect("a target").plain())
    };
    let not_yet = value("40.0", 4001, 10_000);
    assert!(not_yet.contains("I 2024 var den 40,0 pct. (4.001 af 10.000). Målet er ikke nået."), "{not_yet}");
    assert!(not_yet.contains("erhvervsareal divideret med 75 m²") && not_yet.ends_with("opgørelse."));
    assert!(value("40.0", 4000, 10_000).contains("Målet er nået."));
    let hidden = with(&FORMER).set(&format!("family-dwellings-plan@{AREA}@2024"), State::Hidden);
    let hidden = tools_of(hidden).target.expect("a target").plain();
    assert!(hidden.ends_with("Tallet vises ikke af hensyn til enkeltpersoner."), "{hidden}");
}

#[test]
fn lettings_are_a_table_with_what_it_takes_for_granted() {
    let decimal = |text: &str| Decimal::parse(text).expect("a number");
    let row = |number, shares: [&str; 3]| Lettings { number, shares: shares.map(decimal) };
    let table = WhatIf {
        year: Period::Year(2024),
        share: decimal("42.0"),
        lettings: 80,
        per_dwelling: decimal("2.0"),
        rows: vec![row(20, ["42.0", "41.0", "39.9"]), row(80, ["42.0", "37.8", "33.6"])],
        years: Some([None, Some(1), Some(1)]),
    };
    let id = format!("abl-61a/what-if/flexible-letting-obligatory@{AREA}@2025");
    let tools = tools_of(facts().set(&id, State::Shown(Fact::WhatIf(table.clone()))));
    let shown = tools.what_if.expect("there is a table");
    assert_eq!(shown.columns.len(), 4);
    let cells: Vec<String> = shown.rows.iter().map(|row| plain(&row.join(" | "))).collect();
    let expected = [
        "20 | 42,0 pct. | 41,0 pct. | 39,9 pct.",
        "80 | 42,0 pct. | 37,8 pct. | 33,6 pct.",
        "Tid, til kriteriet ikke er opfyldt | ikke inden for ti år | ét år | ét år",
    ];
    assert_eq!(cells, expected);
    let assumptions = plain(&shown.assumptions.plain());
    for told in ["42,0 pct. i 2024", "80 boliger", "2,0 beboere", "gennemsnittet af to år"] {
        assert!(assumptions.contains(told), "{told}: {assumptions}");
    }
    // By agreement the same letting is another tool, whose table is not this one.
    assert!(
        tools_of(with(&[(2024, ""), (2025, "")]).set(&id, State::Shown(Fact::WhatIf(table))))
            .what_if
            .is_none()
    );
}

#[test]
fn a_village_has_no_letting_rules() {
    assert!(on(facts(), "kaer", |subject| tools(subject).expect("the texts fit").is_none()));
}

#[test]
fn combined_letting_follows_a_test_of_its_own_which_is_our_own_computation() {
    let list = Date { year: 2025, month: 10, day: 1 };
    let status = Status { status: Standing::On("kombineret".into()), official: false, list };
    let tools = tools_of(facts().set(&format!("abl-51b@{AREA}@2025"), State::Shown(Fact::Status(status))));
    assert!(rows(&tools).contains(&"Kan 51 b: 1. oktober 2025".to_string()), "{:?}", rows(&tools));
    assert!(
        tools.note.ends_with("Kombineret udlejning følger af kommunens egen beregning."),
        "{}",
        tools.note
    );
}
