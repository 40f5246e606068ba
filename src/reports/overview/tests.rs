//! A municipality of several estates, looked at on one page.

use serde_json::Value as Json;

use super::{
    Payload,
    entry::Entry,
    nearest::{By, Nearest, Turn},
};
use crate::{
    catalogue::Language,
    compute::{Fact, Missing, Outlook, Reason, Standing, State},
    reports::{
        fixture::{ESTATES, Facts, Fixture, LIST, estates, listed, listed_as, paths, subject_of},
        theme::Look,
    },
};

/// What decides the status of one estate.
fn nearest_of<T>(facts: Facts, area: &str, test: impl FnOnce(&State<Nearest>) -> T) -> T {
    let fixture = Fixture::new(facts).with_estates(&ESTATES);
    let context = fixture.context();
    let subject = subject_of(&context, area);
    test(&Entry::new(&subject).expect("estates are under the law").nearest)
}

/// Turn, criterion and distance in relation to the limit, in thousandths.
fn decided(facts: Facts, area: &str) -> Option<(String, String, i64)> {
    nearest_of(facts, area, |nearest| {
        let State::Shown(nearest) = nearest else { return None };
        let turn = match nearest.turn {
            Turn::Enter(status) => format!("enter {status}"),
            Turn::Leave(status) => format!("leave {status}"),
        };
        let by = match nearest.by {
            By::Criterion(criterion) => criterion.to_string(),
            By::Residents(over) => format!("residents {over}"),
        };
        Some((turn, by, (nearest.relative * 1000.0).round() as i64))
    })
}

fn told(turn: &str, by: &str, relative: i64) -> Option<(String, String, i64)> {
    Some((turn.into(), by.into(), relative))
}

fn built(facts: Facts, estates: &[&str]) -> Json {
    let fixture = Fixture::new(facts).with_estates(estates);
    let context = fixture.context();
    let (id, report) = context.catalogue.reports.get_key_value("list-overview").expect("it is declared");
    let look = Look::new(context.catalogue, Language::Danish).expect("the colours are fit for use");
    let payload =
        Payload::build(&context, (&id.value, report), &look).unwrap_or_else(|error| panic!("{error}"));
    serde_json::to_value(payload).expect("plain data")
}

fn names(rows: &Json) -> Vec<&str> {
    rows.as_array().into_iter().flatten().filter_map(|row| row["name"].as_str()).collect()
}

fn row<'a>(payload: &'a Json, name: &str) -> &'a Json {
    let rows = payload["table"]["rows"].as_array().expect("there are rows");
    rows.iter().find(|row| row["name"] == name).expect("the area has a row")
}

fn hidden(facts: Facts, id: &str) -> Facts {
    facts.set(&format!("{id}@{LIST}"), State::Hidden)
}

/// 58.2 is 1.8 under 60: 0.030 of the limit; 57.6 is 2.6 over 55: 0.047.
#[test]
fn an_area_one_criterion_short_is_as_far_from_the_list_as_the_nearest_criterion() {
    assert_eq!(decided(estates(), "gron"), told("enter udsat", "education", 30));
}

/// 59.4 is 0.6 under 60: 0.010; 60.6 is 5.6 over 55: 0.102; 33.1 is 6.9 under 40: 0.173.
#[test]
fn an_area_two_criteria_short_is_as_far_as_the_second_nearest() {
    assert_eq!(decided(estates(), "hum"), told("enter udsat", "income", 102));
}

/// Two criteria met; either keeps the area on the list: 54.1 is 0.9 under 55: 0.016; 41.6 is 1.6 over 40: 0.040.
#[test]
fn an_area_on_the_list_is_as_far_from_leaving_it_as_the_criterion_nearest_its_limit() {
    assert_eq!(decided(estates(), "trane"), told("leave udsat", "income", 16));
}

/// 63.0 is under 65, and 36.0 over 30; 29.2 is 0.8 under 30: 0.027.
#[test]
fn an_area_on_no_list_is_as_far_from_the_nearer_of_the_lists() {
    assert_eq!(decided(estates(), "klo"), told("enter forebyggelse", "no-work-30", 27));
}

#[test]
fn residents_near_the_thousand_come_before_a_criterion_that_is_farther_away() {
    let values = ["33.1", "1.39", "50.4", "60.6", "39.5"];
    let small = listed(estates(), "hum", 1006, listed_as("forebyggelse"), values);
    assert_eq!(decided(small, "hum"), told("leave forebyggelse", "residents 6", 6));
    // On no list there is none to fall off: 1.05 is 0.43 under 1.48, which is 0.291 of it.
    let values = ["9.2", "1.05", "41.0", "63.0", "36.0"];
    let not_listed = listed(estates(), "klo", 1006, Standing::NotListed, values);
    assert_eq!(decided(not_listed, "klo"), told("enter forebyggelse", "convicted-2", 291));
}

#[test]
fn a_distance_that_is_not_shown_hides_which_criterion_is_the_nearest() {
    let facts = hidden(estates(), "abl-61a/income/distance@gron");
    nearest_of(facts, "gron", |nearest| assert!(matches!(nearest, State::Hidden)));
}

/// Met, the unknown criterion would bring the area nearer; not met, it would not: nothing can be said. Of an area one criterion
/// short it would contradict the status that it was met.
#[test]
fn a_criterion_that_nobody_knows_is_tried_both_ways() {
    let unknown = |facts: Facts, area: &str| {
        let missing = State::Missing(Missing::NoBenchmark);
        facts.set(&format!("abl-61a/convicted/met@{area}@{LIST}"), missing)
    };
    nearest_of(unknown(estates(), "hum"), "hum", |nearest| {
        assert!(matches!(nearest, State::Missing(_)), "{nearest:?}");
    });
    assert_eq!(decided(unknown(estates(), "gron"), "gron"), told("enter udsat", "education", 30));
}

#[test]
fn areas_are_sorted_by_status_and_then_by_distance_and_what_is_hidden_steers_nothing() {
    let payload = built(estates(), &ESTATES);
    assert_eq!(names(&payload["table"]["rows"]), ["trane", "gron", "hum", "klo"]);
    let payload = built(hidden(estates(), "abl-61a/income/distance@gron"), &ESTATES);
    assert_eq!(names(&payload["table"]["rows"]), ["trane", "hum", "gron", "klo"]);
    let cell = &row(&payload, "gron")["distance"];
    assert_eq!((cell["state"].as_str(), cell["word"].as_str()), (Some("hidden"), None));
}

#[test]
fn the_finding_counts_the_lists_and_names_whose_status_is_new() {
    let payload = built(estates().status("hum", LIST - 1, listed_as("omdannelse")), &ESTATES);
    let lead = "Kommunen har ét udsat boligområde og to forebyggelsesområder. \
                hum er gået fra omdannelsesområde til forebyggelsesområde.";
    assert_eq!(payload["title"]["lead"], lead);
    let payload = built(estates(), &ESTATES);
    let lead = payload["title"]["lead"].as_str().expect("there is one");
    assert!(lead.ends_with("Ingen har fået en anden status end i 2024."), "{lead}");
}

#[test]
fn what_is_new_has_the_old_symbol_the_new_one_and_a_line_of_why() {
    let reasons = Fact::Reasons(vec![Reason::EnoughResidents]);
    let facts = estates()
        .status("hum", LIST - 1, Standing::TooFewResidents)
        .set(&format!("abl-61a/reasons@hum@{LIST}"), State::Shown(reasons))
        .set("abl-61a/no-work/met@gron@2024", State::Shown(Fact::Met(false)));
    let changed = &built(facts, &ESTATES)["changed"];
    let first = &changed["rows"][0];
    assert_eq!((&first["from"], &first["to"]), (&Json::from("under-1000"), &Json::from("forebyggelse")));
    assert_eq!(first["text"], "Igen mindst 1.000\u{a0}beboere.");
    let second = &changed["rows"][1];
    assert_eq!((second["name"].as_str(), &second["from"]), (Some("gron"), &Json::Null));
    assert_eq!(second["text"], "Nu opfyldt: uden tilknytning.");
    assert_eq!(changed["others"], "De to andre områder er uændrede.");
}

#[test]
fn an_outlook_is_one_of_the_four_words_or_cannot_be_judged() {
    let payload = built(estates(), &ESTATES);
    assert!(row(&payload, "gron")["outlook"].is_null(), "without any outlook there is no column");
    let outlook = State::Shown(Fact::Outlook(Outlook::AboutAsLikely));
    let payload = built(estates().set(&format!("abl-61a/udsat/outlook@gron@{LIST}"), outlook), &ESTATES);
    let cell = &row(&payload, "gron")["outlook"];
    assert_eq!(
        (&cell["word"], &cell["detail"]),
        (&Json::from("omtrent lige sandsynligt"), &Json::from("at området bliver udsat"))
    );
    assert_eq!(row(&payload, "hum")["outlook"]["detail"], "kan ikke vurderes");
}

#[test]
fn our_own_computation_has_its_mark_and_is_called_so() {
    let status = crate::compute::Status {
        status: listed_as("udsat"),
        official: false,
        list: crate::catalogue::Date { year: LIST, month: 12, day: 1 },
    };
    let payload =
        built(estates().set(&format!("abl-61a@trane@{LIST}"), State::Shown(Fact::Status(status))), &ESTATES);
    let cell = &row(&payload, "trane")["status"];
    assert_eq!(cell["symbol"], "own");
    assert!(cell["detail"].as_str().is_some_and(|detail| detail.ends_with("egen beregning")), "{cell}");
    assert!(payload["table"]["note"].to_string().contains("Ministeriets liste gælder"));
}

/// Fifteen estates: four with a status or a status that is not shown have rows, the others one together and all in the annex.
#[test]
fn with_many_areas_those_on_no_list_and_unchanged_are_one_row_and_the_full_table_follows() {
    let many: Vec<String> = (0..11).map(|n| format!("omr{n:02}")).collect();
    let facts = many.iter().fold(estates(), |facts, area| {
        listed(facts, area, 1200, Standing::NotListed, ["9.2", "1.05", "41.0", "83.0", "16.0"])
    });
    let facts = facts.set(&format!("abl-61a@omr03@{LIST}"), State::Hidden);
    let mut estates: Vec<&str> = many.iter().map(String::as_str).collect();
    estates.extend(ESTATES);
    let payload = built(facts, &estates);
    assert_eq!(names(&payload["table"]["rows"]), ["trane", "gron", "hum", "omr03"]);
    assert_eq!(payload["table"]["others"], "11 andre områder: ikke på listerne, uændret");
    assert_eq!(names(&payload["annex"]["rows"]).len(), 15);
    assert_eq!(row(&payload, "omr03")["status"]["symbol"], "hidden");
}

#[test]
fn no_interval_no_verdict_and_no_forbidden_word_is_on_the_page() {
    let outlook = State::Shown(Fact::Outlook(Outlook::Likely));
    let payload = built(estates().set(&format!("abl-61a/udsat/outlook@gron@{LIST}"), outlook), &ESTATES);
    let text = payload.to_string().to_lowercase();
    let own = ["interval", "verdict", "dårligere", "bedre\"", "skelnes\"", "personer fra"];
    for word in include_str!("../../../tests/forbidden-words.txt").lines().chain(own) {
        let labels = payload["labels"].to_string().to_lowercase();
        assert!(text.matches(word).count() == labels.matches(word).count(), "`{word}` is on the page");
    }
}

#[test]
fn a_payload_has_the_fields_of_the_sample_and_no_others() {
    let bytes =
        crate::templates::embedded("sample-overview.json").expect("the sample is among the templates");
    let sample: Json = serde_json::from_slice(bytes).expect("the sample is JSON");
    let outlook = State::Shown(Fact::Outlook(Outlook::AboutAsLikely));
    let facts = estates()
        .status("hum", LIST - 1, Standing::TooFewResidents)
        .set(
            &format!("abl-61a/income/distance@trane@{}", LIST - 1),
            State::Shown(Fact::Distance(crate::numbers::Decimal { units: -29, places: 1 })),
        )
        .set(&format!("abl-61a/income/met@trane@{}", LIST - 1), State::Shown(Fact::Met(true)))
        .set(&format!("abl-61a/udsat/outlook@gron@{LIST}"), outlook);
    let (of_sample, of_payload) = (paths(&[sample]), paths(&[built(facts, &ESTATES)]));
    let differing: Vec<&String> = of_sample
        .symmetric_difference(&of_payload)
        // The labels are those of the file of texts, whichever templates use them.
        .filter(|path| !path.ends_with("/t") && !path.ends_with("/b") && !path.starts_with("/labels/"))
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}
