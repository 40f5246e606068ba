//! A municipality's own rules: an early warning for smaller estates and for villages, never in the law's words, never for very few
//! residents, and for the municipality's own use until they are released.

use std::fs;

use kvarter::{BuildOptions, catalogue::load_str};

use super::told;
use crate::support::{Project, new_folder};

const RULES: &str = "\
families:
  early:
    title: Tidligt varsel
    made-by: municipality
    statuses: { watch: { name: Opmærksomhed, symbol: half } }
rule-sets:
  early-2024:
    law: Kommunens egne regler
    family: early
    lists: { from: 2024-12-01 }
    applies-to: { layer: villages, residents: { at-least: 100 } }
    criteria: { alone: { indicator: living-alone, is: { over: 20 } } }
    statuses: { watch: { when: alone } }
reports:
";

/// 350 residents in one village and 250 in the other, a third of them alone.
fn project(rules: &str) -> Project {
    let project = Project::small().replace("indicators.yaml", "reports:\n", rules);
    let mut text = String::from("year,person_id,x,y,birth_date,alone\n");
    for year in 2021..=2025 {
        for person in 0..600 {
            let (east, n) = if person < 350 { (0, person) } else { (1, person - 350) };
            let (x, y) = (600_110 + (n * 7) % 580 + east * 1000, 6_200_110 + (n * 13) % 580);
            let alone = u8::from(n % 3 == 0);
            text.push_str(&format!("{year},p{person:03},{x},{y},1980-05-17,{alone}\n"));
        }
    }
    project.write("residents.csv", &text);
    project
}

fn read(project: &Project, file: &str) -> Option<String> {
    fs::read_to_string(project.dir.join("out").join(file)).ok()
}

#[test]
fn own_rules_stay_inside_until_they_are_released() {
    let project = project(RULES);
    project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    let own = read(&project, "internal/own-rules.csv").expect("it is written");
    let status = |village: &str| {
        let row =
            own.lines().find(|row| row.starts_with(&format!("{village},")) && row.contains(",2025-12-01,,"));
        row.and_then(|row| row.rsplit(',').next()).map(str::to_string)
    };
    assert_eq!(status("nord").as_deref(), Some("watch (own)"));
    // 250 residents: no status, and no criterion either.
    assert_eq!(status("syd").as_deref(), Some("too-few-residents (own)"));
    assert!(own.contains("nord,villages,early-2024,2025-12-01,alone,33"), "{own}");
    let small = own.lines().find(|row| row.starts_with("syd,villages,early-2024,2025-12-01,alone,"));
    assert!(small.is_some_and(|row| row.contains(",alone,,,,,")), "{own}");
    for file in ["results/status.csv", "results/areas.geojson", "results/values.csv"] {
        let text = read(&project, file).expect("it is written");
        assert!(!text.contains("watch") && !text.contains("early"), "{file}");
    }
}

#[test]
fn released_own_rules_stand_in_the_open_results_and_say_that_they_are_own() {
    let project =
        project(&RULES.replace("made-by: municipality\n", "made-by: municipality\n    released: true\n"));
    project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(read(&project, "results/status.csv").is_some_and(|text| text.contains("watch (own)")));
    assert!(read(&project, "results/areas.geojson").is_some_and(|text| text.contains("watch (own)")));
    assert_eq!(read(&project, "internal/own-rules.csv"), None);
}

#[test]
fn own_rules_may_not_use_the_words_of_the_law_or_an_official_list() {
    const HEAD: &str = "catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }\n";
    let codes = |text: &str| -> Vec<&'static str> {
        let errors = load_str("a.yaml", &format!("{HEAD}{text}")).err().unwrap_or_default();
        errors.iter().map(|error| error.code).collect()
    };
    let family = |name: &str, more: &str| {
        format!(
            "families:\n  own: {{ title: Egne, made-by: municipality, statuses: {{ warning: {{ name: {name}, symbol: half }} }} }}\n{more}"
        )
    };
    for word in ["Næsten udsat", "På vej til parallelsamfund", "Omdannelse", "Forebyggelseslandsby", "Ghetto"]
    {
        assert_eq!(codes(&family(word, "")), ["word-of-the-law"], "{word}");
    }
    assert_eq!(codes(&family("Opmærksomhed", "")), [""; 0]);
    let lists =
        "sources:\n  lists: { title: L, file: l.csv, official: { family: own }, located-by: { area: id } }\n";
    assert_eq!(codes(&family("Opmærksomhed", lists)), ["own-and-official"]);
}

#[test]
fn words_and_published_limits_that_cannot_be_right_are_refused() {
    const HEAD: &str = "catalogue: { base: 2026.5, title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }\nareas: { estates: { title: E, file: a.gpkg, layer: e, id: id } }\n";
    let rules = |criterion: &str, words: &str| {
        format!(
            "{HEAD}families:\n  f: {{ title: F, statuses: {{ one: {{ name: Et, symbol: half }}, two: {{ name: To, symbol: full, also-called: [{words}] }} }} }}\nrule-sets:\n  r: {{ law: L, family: f, lists: {{ from: 2020-12-01 }}, applies-to: {{ layer: estates }}, criteria: {{ c: {criterion} }}, statuses: {{ one: {{ when: c }}, two: {{ when: c }} }} }}\n"
        )
    };
    let codes = |text: &str| -> Vec<&'static str> {
        let errors = load_str("a.yaml", text).err().unwrap_or_default();
        errors.iter().map(|error| error.code).collect()
    };
    let times = "{ indicator: convicted-times-national, is: { at-least: 3 }, years-back: 1, published: { DATE: 2.27 } }";
    assert_eq!(codes(&rules(&times.replace("DATE", "2020-12-01"), "andet")), [""; 0]);
    assert_eq!(codes(&rules(&times.replace("DATE", "2019-12-01"), "andet")), ["bad-dates"]);
    let fixed = "{ indicator: no-work, is: { over: 40 }, published: { 2020-12-01: 40 } }";
    assert_eq!(codes(&rules(fixed, "andet")), ["fixed-limit"]);
    assert_eq!(codes(&rules("{ indicator: no-work, is: { over: 40 } }", "et")), ["two-statuses"]);
}

#[test]
fn an_early_warning_for_smaller_estates_stands_beside_the_law_and_leaves_it_as_it_is() {
    let early = "families:\n  early:\n    title: Tidligt varsel\n    made-by: municipality\n    statuses: { watch: { name: Opmærksomhed, symbol: half } }\n";
    let rules = "rule-sets:\n  early-2024:\n    law: Kommunens egne regler\n    family: early\n    lists: { from: 2024-12-01 }\n    applies-to: { layer: estates }\n    criteria:\n      no-work: { indicator: no-work, is: { over: 28 }, years-back: 1 }\n      income: { indicator: income-of-region, is: { under: 80 }, years-back: 1 }\n    statuses: { watch: { when: { all: [no-work, income] } } }\n";
    let law = include_str!("../../indicators/law.yaml");
    let law = law.replacen("families:\n", early, 1).replacen("rule-sets:\n", rules, 1);
    let project = Project { dir: new_folder("early-warning") };
    project.write("indicators.yaml", &[include_str!("../next_list/indicators.yaml"), &law].concat());
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: env!("CARGO_MANIFEST_DIR").into(),
        jobs: 2,
        ..BuildOptions::default()
    };
    let (computed, _) = kvarter::compute(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let told = |id: &str| told(&computed.publication, id);
    // 312 residents: too few for the law, enough for the municipality's own rules.
    assert_eq!(told("abl-61a@lillebo@2025"), "TooFewResidents, official");
    assert_eq!(told("early@lillebo@2025"), "watch, own");
    assert_eq!(told("early@gronnevang@2025"), "watch, own");
    assert_eq!(told("early@havnegarden@2025"), "NotListed, own");
    assert_eq!(told("abl-61a@gronnevang@2025"), "forebyggelse, official");
}
