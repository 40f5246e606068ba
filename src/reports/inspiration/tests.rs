//! Worked examples over the program's own catalogue and the facts of the fixture.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Formula, Indicator, Inspiration, Kind};
use crate::{
    catalogue::{Method, load_str},
    compute::State,
    reports::fixture::{Facts, Fixture, catalogue, facts},
};

/// What the inspiration catalogue says with these facts published.
fn made(facts: Facts) -> Inspiration {
    let fixture = Fixture::new(facts);
    Inspiration::build(&fixture.context()).unwrap_or_else(|error| panic!("{error:#?}"))
}

fn indicator<'i>(made: &'i Inspiration, slug: &str) -> &'i Indicator {
    made.indicators.iter().find(|indicator| indicator.slug == slug).expect("it is in the catalogue")
}

#[test]
fn every_question_indicator_practice_and_barrier_of_the_catalogue_has_its_part() {
    let (made, catalogue) = (made(facts()), catalogue());
    let indicators: Vec<String> = made.indicators.iter().map(|one| one.slug.clone()).collect();
    assert_eq!(indicators, catalogue.indicators.ids().map(ToString::to_string).collect::<Vec<_>>());
    let practices: Vec<String> = made.practices.iter().map(|one| one.slug.clone()).collect();
    assert_eq!(practices, catalogue.practices.ids().map(ToString::to_string).collect::<Vec<_>>());
    let barriers: Vec<String> = made.barriers.iter().map(|one| one.slug.clone()).collect();
    assert_eq!(barriers, catalogue.barriers.ids().cloned().collect::<Vec<_>>());
    let questions: Vec<String> = made.questions.iter().map(|one| one.slug.clone()).collect();
    assert_eq!(questions, catalogue.questions.ids().cloned().collect::<Vec<_>>());
    assert!(barriers.len() >= 10 && made.barriers.iter().all(|barrier| !barrier.met_by.is_empty()));
    let under_themes: usize = made.themes.iter().map(|theme| theme.indicators.len()).sum();
    assert_eq!(under_themes, indicators.len());
}

/// Words, formula and limits are those of `indicators/labour.yaml` and § 61 a.
#[test]
fn an_indicator_says_what_its_entry_its_law_and_its_register_say() {
    let made = made(facts());
    let no_work = indicator(&made, "no-work");
    assert_eq!(no_work.title, "Uden tilknytning til arbejdsmarked eller uddannelse");
    let formula = Formula {
        words: "Fuldtidspersoner på 18–64 år uden tilknytning, i pct. af alle på 18–64 år. Gennemsnit af de to seneste år. Tre måneder på kontanthjælp tæller som 0,25 person.".into(),
        above: Some("fuldtidspersoner på 18–64 år uden tilknytning".into()),
        below: Some("alle på 18–64 år".into()),
        times: Some("100".into()),
        then: Some("Gennemsnit af de to seneste år. Tre måneder på kontanthjælp tæller som 0,25 person.".into()),
    };
    assert_eq!(no_work.formula, Some(formula));
    assert_eq!(
        no_work.limits,
        ["Udsat boligområde: over 40\u{a0}pct.", "Forebyggelsesområde: over 30\u{a0}pct."]
    );
    assert_eq!(no_work.registers[0].slug, "dst-areas");
    assert!(no_work.access.as_ref().is_some_and(|access| access.starts_with("Bestilles og betales")));
    assert!(no_work.hours.as_ref().is_some_and(|hours| hours.contains("skøn")));
    assert_eq!(no_work.small_numbers[0], "Antal under 5 vises ikke, og heller ikke tal, der kan røbe dem.");
    assert!(no_work.questions.iter().any(|question| question.slug == "near-the-list"));
    assert!(no_work.practices.iter().any(|practice| practice.slug == "stair-model"));
    assert!(no_work.is_used && no_work.reports.contains(&"Områdestatus".to_string()));
}

#[test]
fn what_no_register_tells_is_unknown_and_not_made_up() {
    let made = made(facts());
    let prices = indicator(&made, "house-prices");
    assert_eq!((&prices.access, &prices.hours), (&None, &None));
    // Of two registers the one that is not known is told as such.
    let hours = indicator(&made, "benefit-share").hours.as_deref();
    let said = "CPR: Omkring 8 timer (skøn). Kommunens fagsystemer: Ikke beskrevet i det, vi har læst.";
    assert_eq!(hours, Some(said));
    assert_eq!(made.unknown, "Ikke beskrevet i det, vi har læst.");
    let stair = made.practices.iter().find(|practice| practice.slug == "stair-model").expect("it is there");
    let untold: Vec<&str> =
        stair.headings.iter().filter(|heading| heading.text.is_none()).map(|heading| heading.id).collect();
    let written = catalogue();
    let written = written.practices.get("stair-model").expect("it is there");
    assert_eq!(untold.contains(&"data"), written.data.is_none());
    let titles: Vec<&str> = stair.headings.iter().map(|heading| heading.title.as_str()).collect();
    let kl = ["Formål", "Anvendelse", "Organisering", "Indikatorer", "Datakilder", "Erfaring", "Overvej"];
    assert_eq!(titles, kl);
}

/// The entries, cut out and put into a catalogue of one's own, are the entries.
#[test]
fn every_entry_cut_out_reads_as_the_same_indicator() {
    let made = made(facts());
    let mut text = format!("{}\nindicators:\n", include_str!("../../../indicators.yaml"));
    for indicator in &made.indicators {
        for line in indicator.entry.lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    let (again, _) = load_str("indicators.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    for (id, indicator) in catalogue().indicators.iter() {
        let other = again.indicators.get(&id.value).expect("it was cut out");
        assert_eq!(format!("{other:?}"), format!("{indicator:?}"), "{id}");
        let own = again.indicators.get_key_value(&id.value).expect("it was cut out").0;
        assert_eq!(own.place.file.name, "indicators.yaml", "{id}");
    }
}

#[test]
fn the_definition_of_every_share_says_what_is_over_the_line_and_what_is_under_it() {
    let (made, catalogue) = (made(facts()), catalogue());
    for (id, written) in catalogue.indicators.iter() {
        if matches!(&*written.method, Method::Share(_)) {
            let formula = indicator(&made, id.as_str()).formula.as_ref().expect("it has a definition");
            assert!(formula.above.is_some() && formula.below.is_some(), "{id}: {}", formula.words);
        }
    }
}

#[test]
fn a_hidden_value_has_a_name_and_no_number() {
    let key = "children-share@kaer@2025";
    let made = made(facts().set(key, State::Hidden));
    let example = indicator(&made, "children-share").example.as_ref().expect("the neighbour is shown");
    let json = serde_json::to_value(example).expect("plain data");
    let points = json["points"].as_array().expect("points");
    let own = points.iter().find(|point| point["slug"] == "kaer").expect("it is named");
    assert_eq!(own["state"], "hidden");
    for field in ["value", "number", "at", "status", "reason"] {
        assert_eq!(own[field], Json::Null, "{field}");
    }
    assert!(points.iter().any(|point| point["state"] == "shown"));
    assert!(!example.alt.contains("Nørre Kær") && !example.title.contains("Nørre Kær"));
    assert_eq!(example.notes, ["Vises ikke af hensyn til enkeltpersoner: Nørre Kær."]);
}

#[test]
fn a_value_of_the_law_is_that_of_the_latest_list_against_its_limits() {
    let made = made(facts());
    let example = indicator(&made, "no-work").example.as_ref().expect("it is published");
    let own = example.points.iter().find(|point| point.slug == "gronnevang").expect("it is named");
    assert_eq!(own.value.as_deref(), Some("40,4\u{a0}pct."));
    assert!(own.meets);
    assert_eq!(example.title, "Grønnevang og nabo opfylder kriteriet: over 40\u{a0}pct.");
    let limits: Vec<(&str, bool)> =
        example.limits.iter().map(|limit| (limit.number.as_str(), limit.strict)).collect();
    assert_eq!(limits, [("30", false), ("40", true)]);
    let zone = example.zone.expect("there is a limit");
    assert_eq!((zone[0], zone[1]), (example.limits[1].at, 1.0));
    assert!(own.at.is_some_and(|at| at > zone[0]));
}

#[test]
fn no_use_of_figures_is_told_as_verified_before_somebody_has_looked() {
    let made = made(facts());
    assert!(made.values.len() >= 5);
    for value in &made.values {
        assert!(!value.verified && value.verified_words == "Ikke efterprøvet i referatet.");
        assert!(value.minutes.as_ref().is_some_and(|minutes| minutes.starts_with("https://")));
    }
}

#[test]
fn everyday_words_and_registers_lead_to_indicators() {
    let made = made(facts());
    let leads = |word: &str| -> BTreeSet<(Kind, String)> {
        let term = made.terms.iter().find(|term| term.term == word).expect(word);
        term.links.iter().map(|link| (link.kind, link.slug.clone())).collect()
    };
    assert!(leads("ledige").contains(&(Kind::Indicator, "no-work".into())));
    assert!(leads("flytter væk").contains(&(Kind::Indicator, "move-out-rate".into())));
    assert!(leads("ghettoliste").contains(&(Kind::Register, "ministry-lists".into())));
    assert!(leads("ghettoliste").contains(&(Kind::Indicator, "no-work".into())));
    assert!(leads("FLIS").contains(&(Kind::Register, "flis".into())));
    let flis = made.registers.iter().find(|register| register.slug == "flis").expect("it is there");
    assert!(flis.indicators.iter().any(|link| link.slug == "daycare"));
}

#[test]
fn where_a_practice_fits_is_said_in_words() {
    let made = made(facts());
    let practice = |slug: &str| made.practices.iter().find(|one| one.slug == slug).expect("it is there");
    assert_eq!(
        practice("plans-and-work").fits,
        ["andelen uden tilknytning til arbejdsmarked eller uddannelse er over 30\u{a0}pct."]
    );
    assert_eq!(practice("plans-and-work").unfit, ["der bor færre end 300"]);
    assert_eq!(practice("fact-catalogue").fits, ["området er parallelsamfund eller omdannelsesområde"]);
    assert!(practice("estate-figures").general && practice("estate-figures").fits.is_empty());
}

#[test]
fn slugs_of_a_kind_are_unique_and_every_link_leads_somewhere() {
    let made = made(facts());
    let json = serde_json::to_value(&made).expect("plain data");
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    let parts = ["question", "theme", "indicator", "practice", "barrier", "register"];
    for (kind, list) in parts.map(|kind| (kind, &json[format!("{kind}s")])) {
        for part in list.as_array().expect("a list") {
            assert!(known.insert((kind.to_string(), part["slug"].as_str().expect("a slug").to_string())));
        }
    }
    let mut links = Vec::new();
    collect(&json, &mut links);
    assert!(links.len() > 1000);
    assert!(
        links.iter().all(|link| known.contains(link)),
        "{:?}",
        links.iter().find(|l| !known.contains(*l))
    );
}

/// Every link in a piece of JSON.
fn collect(json: &Json, links: &mut Vec<(String, String)>) {
    match json {
        Json::Object(fields) => {
            if let (Some(Json::String(kind)), Some(Json::String(slug))) =
                (fields.get("kind"), fields.get("slug"))
            {
                links.push((kind.clone(), slug.clone()));
            }
            fields.values().for_each(|value| collect(value, links));
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, links)),
        _ => {}
    }
}
