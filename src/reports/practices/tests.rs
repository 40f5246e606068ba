//! Practices that fit: every condition on both sides of its limit, hidden values, the order, the sentences.

use std::sync::{Arc, LazyLock};

use super::*;
use crate::{
    catalogue::{
        At, Catalogue, Date, Evidence, Number,
        condition::{Condition, OnIndicator, OnStatus, Situation},
        dates::YearMonth,
    },
    comments::Comments,
    compute::{Fact, Missing, Standing, State, Status, Trend, Verdict, prefixed},
    diagnostics::{Place, SourceFile},
    ids::{Period, ValueId},
    numbers::Decimal,
    reports::fixture::{Facts, Fixture, LIST, catalogue, facts, places, subject_of},
    words::tests::danish,
};

/// The program's own catalogue, read once.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(catalogue);

fn fixture(facts: Facts) -> Fixture {
    Fixture {
        catalogue: CATALOGUE.clone(),
        publication: facts.publication(),
        places: places(),
        words: danish(),
        comments: Comments::default(),
    }
}

/// Something written nowhere.
fn at<T>(value: T) -> At<T> {
    let file = SourceFile { name: "test.yaml".into(), text: String::new() };
    At { value, place: Place { file: Arc::new(file), offset: 0, len: 0 } }
}

/// A condition on an indicator: `over 40`, `rising`.
fn on(id: &str, is: &str) -> Condition {
    let (word, number) = is.split_once(' ').unwrap_or((is, "0"));
    let number = || at(Number(Decimal::parse(number).expect("a number")));
    let is = match word {
        "over" => Situation::Over(number()),
        "at-least" => Situation::AtLeast(number()),
        "under" => Situation::Under(number()),
        "at-most" => Situation::AtMost(number()),
        "near-limit" => Situation::NearLimit(number()),
        "rising" => Situation::Rising,
        "falling" => Situation::Falling,
        "higher" => Situation::Higher,
        "lower" => Situation::Lower,
        _ => panic!("`{word}` is no situation"),
    };
    Condition::Indicator(OnIndicator { id: at(id.into()), is })
}

fn status(any_of: &[&str]) -> Condition {
    let any_of = any_of.iter().map(|&status| at(status.into())).collect();
    Condition::Status(OnStatus { family: at("abl-61a".into()), any_of })
}

/// A practice for estates and villages with these conditions.
fn practice(fits: Vec<Condition>, unfit: Vec<Condition>) -> Practice {
    let stair = CATALOGUE.practices.get("stair-model").expect("it is in the base").clone();
    Practice {
        places: vec![at("estates".into()), at("villages".into())],
        fits_when: fits,
        unfit_when: unfit,
        unjudged: Vec::new(),
        consider: "Passer det?".into(),
        ..stair
    }
}

/// Why a practice with these conditions fits, if it does.
fn reason(facts: Facts, area: &str, fits: Vec<Condition>) -> Option<String> {
    let (fixture, id) = (fixture(facts), PracticeId::from("test"));
    let context = fixture.context();
    let practice = practice(fits, Vec::new());
    let fit = fit(&subject_of(&context, area), &id, &practice).expect("the texts fit")?;
    Some(plain(&fit.reason))
}

fn plain(said: &Rich) -> String {
    said.plain().replace('\u{a0}', " ")
}

const NO_WORK: &str = "Passer, fordi andelen uden tilknytning til arbejdsmarked eller uddannelse";

/// `no-work@gronnevang@2024` is 40.4.
#[test]
fn a_number_holds_on_its_own_side_and_exactly_at_it_only_where_it_is_meant() {
    for (is, said) in [
        ("over 40.3", Some("er 40,4 pct. og dermed over 40,3 pct.")),
        ("over 40.4", None),
        ("at-least 40.4", Some("er 40,4 pct. og dermed mindst 40,4 pct.")),
        ("at-least 40.41", None),
        ("under 40.5", Some("er 40,4 pct. og dermed under 40,5 pct.")),
        ("under 40.40", None),
        ("at-most 40.4", Some("er 40,4 pct. og dermed højst 40,4 pct.")),
        ("at-most 40", None),
    ] {
        let expected = said.map(|said| format!("{NO_WORK} {said}"));
        assert_eq!(reason(facts(), "gronnevang", vec![on("no-work", is)]), expected, "{is}");
    }
}

/// 1,284 live in `gronnevang`.
#[test]
fn residents_are_held_against_a_number_and_never_counted_in_words() {
    for (is, said) in [
        ("over 1283", Some("der bor flere end 1.283 i området.")),
        ("over 1284", None),
        ("at-least 1284", Some("der bor mindst 1.284 i området.")),
        ("at-least 1285", None),
        ("under 1300", Some("der bor færre end 1.300 i området.")),
        ("under 1284", None),
        ("at-most 1500", Some("der bor højst 1.500 i området.")),
        ("at-most 1283", None),
    ] {
        let expected = said.map(|said| format!("Passer, fordi {said}"));
        assert_eq!(reason(facts(), "gronnevang", vec![on("residents", is)]), expected, "{is}");
    }
}

/// Education is 1.8 points under 60, no-work 0.4 over 40.
#[test]
fn near_a_limit_is_told_in_points_on_either_side_of_it() {
    let education = "Passer, fordi andelen med højst grundskole";
    for (id, is, said) in [
        ("no-work", "near-limit 0.4", Some(format!("{NO_WORK} er 0,4 procentpoint over grænsen på 40 pct."))),
        ("no-work", "near-limit 0.39", None),
        (
            "basic-education",
            "near-limit 1.8",
            Some(format!("{education} er 1,8 procentpoint under grænsen på 60 pct.")),
        ),
        ("basic-education", "near-limit 1.7", None),
    ] {
        assert_eq!(reason(facts(), "gronnevang", vec![on(id, is)]), said, "{id} {is}");
    }
    let at = facts().criterion("education", "gronnevang", ["60.0", "60", "0.0"], false);
    let said = reason(at, "gronnevang", vec![on("basic-education", "near-limit 1")]);
    assert_eq!(said, Some(format!("{education} er så tæt på grænsen på 60 pct., at decimaler afgør det.")));
}

#[test]
fn a_village_is_near_no_limit_of_a_law_that_does_not_list_it() {
    assert_eq!(reason(facts(), "kaer", vec![on("no-work", "near-limit 100")]), None);
}

/// In the fixture no-work has surely risen, basic education not, children in the village surely fallen.
#[test]
fn only_a_sure_change_is_rising_or_falling() {
    let since = "siden 2020.";
    assert_eq!(
        reason(facts(), "gronnevang", vec![on("no-work", "rising")]),
        Some(format!("{NO_WORK} er steget {since}"))
    );
    assert_eq!(reason(facts(), "gronnevang", vec![on("no-work", "falling")]), None);
    assert_eq!(reason(facts(), "gronnevang", vec![on("basic-education", "rising")]), None);
    let fallen = Some("Passer, fordi andelen af børn og unge er faldet siden 2020.".to_string());
    assert_eq!(reason(facts(), "kaer", vec![on("children-share", "falling")]), fallen);
    assert_eq!(reason(facts(), "kaer", vec![on("children-share", "rising")]), None);
}

#[test]
fn where_the_change_cannot_be_told_a_sure_trend_tells_it() {
    let trend = |verdict| {
        let id: ValueId = "basic-education@gronnevang@2024".parse().expect("an address");
        let trend =
            Trend { since: Period::Year(2019), until: Period::Year(2024), slope: Decimal::whole(1), verdict };
        facts().set(&prefixed("trend", &id).to_string(), State::Shown(Fact::Trend(trend)))
    };
    let said = |verb: &str| Some(format!("Passer, fordi andelen med højst grundskole {verb}."));
    assert_eq!(
        reason(trend(Verdict::Higher), "gronnevang", vec![on("basic-education", "rising")]),
        said("stiger")
    );
    assert_eq!(
        reason(trend(Verdict::Lower), "gronnevang", vec![on("basic-education", "falling")]),
        said("falder")
    );
    assert_eq!(reason(trend(Verdict::CannotTell), "gronnevang", vec![on("basic-education", "rising")]), None);
}

#[test]
fn a_level_and_where_it_is_going_are_one_clause() {
    let both = |is: &str| vec![on("no-work", is), on("no-work", "near-limit 5")];
    let level = format!("{NO_WORK} er 0,4 procentpoint over grænsen på 40 pct.");
    let level = level.trim_end_matches('.');
    let said = |more: &str| Some(format!("{level}. og {more}."));
    assert_eq!(reason(facts(), "gronnevang", both("rising")), said("er steget siden 2020"));
    assert_eq!(reason(facts(), "gronnevang", both("higher")), said("er højere end i resten af kommunen"));
    let low = facts().indicator(
        "no-work@gronnevang@2024",
        ["35.4", "48.4", "45.3"],
        Verdict::Lower,
        Verdict::Lower,
    );
    let below = |is: &str| vec![on("no-work", is), on("no-work", "over 30")];
    let level = format!("{NO_WORK} er 35,4 pct. og dermed over 30 pct. og");
    assert_eq!(reason(low, "gronnevang", below("falling")), Some(format!("{level} er faldet siden 2020.")));
    let low = facts().indicator(
        "no-work@gronnevang@2024",
        ["35.4", "48.4", "45.3"],
        Verdict::Lower,
        Verdict::Lower,
    );
    assert_eq!(
        reason(low, "gronnevang", below("lower")),
        Some(format!("{level} er lavere end i resten af kommunen."))
    );
}

#[test]
fn higher_and_lower_follow_the_published_comparison() {
    let said = Some(format!("{NO_WORK} er 40,4 pct. mod 18,4 pct. i resten af kommunen."));
    assert_eq!(reason(facts(), "gronnevang", vec![on("no-work", "higher")]), said);
    assert_eq!(reason(facts(), "gronnevang", vec![on("no-work", "lower")]), None);
    let village = Some(
        "Passer, fordi andelen af børn og unge er 14 pct. mod 22 pct. i de andre landsbyer.".to_string(),
    );
    assert_eq!(reason(facts(), "kaer", vec![on("children-share", "lower")]), village);
}

#[test]
fn a_status_holds_where_it_is_told_and_is_the_latest() {
    let said = |text: &str| Some(format!("Passer, fordi {text}"));
    let with = |facts, any_of: &[&str]| reason(facts, "gronnevang", vec![status(any_of)]);
    let prevention = with(facts(), &["udsat", "forebyggelse"]);
    assert_eq!(prevention, said("Grønnevang er forebyggelsesområde."));
    assert_eq!(with(facts(), &["udsat"]), None);
    let off = || facts().status("gronnevang", LIST, Standing::NotListed);
    assert_eq!(with(off(), &["not-listed"]), said("Grønnevang er ikke på listerne."));
    assert_eq!(with(off(), &["forebyggelse"]), None);
    let few = facts().status("gronnevang", LIST, Standing::TooFewResidents);
    assert_eq!(with(few, &["too-few-residents"]), said("Grønnevang har under 1.000 beboere."));
    let unknown = facts().status("gronnevang", LIST, Standing::CannotTell);
    assert_eq!(with(unknown, &["not-listed", "too-few-residents", "udsat", "forebyggelse"]), None);
}

#[test]
fn a_status_of_the_municipalitys_own_computation_says_so() {
    let list = Date { year: LIST, month: 12, day: 1 };
    let own = Status { status: Standing::On("udsat".into()), official: false, list };
    let facts = facts().set(&format!("abl-61a@gronnevang@{LIST}"), State::Shown(Fact::Status(own)));
    let said = "Passer, fordi Grønnevang er udsat boligområde efter kommunens egen beregning.";
    assert_eq!(reason(facts, "gronnevang", vec![status(&["udsat"])]).as_deref(), Some(said));
}

#[test]
fn a_hidden_or_missing_value_gives_no_match_on_either_side() {
    let id: ValueId = "no-work@gronnevang@2024".parse().expect("an address");
    for state in [State::Hidden, State::Missing(Missing::NoData)] {
        let unshown = || {
            facts()
                .set(&id.to_string(), state.clone())
                .set(&prefixed("change", &id).to_string(), state.clone())
                .set("abl-61a/no-work/distance@gronnevang@2025", state.clone())
                .set("residents@gronnevang@2025", state.clone())
                .set("abl-61a@gronnevang@2025", state.clone())
        };
        let without = |condition| reason(unshown(), "gronnevang", vec![condition]);
        for is in ["over 1", "under 99", "near-limit 99", "rising", "falling", "higher", "lower"] {
            assert_eq!(without(on("no-work", is)), None, "{is} {state:?}");
        }
        assert_eq!(without(on("residents", "at-least 1")), None, "{state:?}");
        assert_eq!(without(status(&["forebyggelse", "not-listed"])), None, "{state:?}");
    }
}

#[test]
fn what_is_seen_speaks_against_and_a_hidden_value_does_not() {
    let against = |facts| {
        let (fixture, id) = (fixture(facts), PracticeId::from("test"));
        let context = fixture.context();
        let asked = Practice {
            unjudged: vec!["Hvem flytter ind?".into()],
            ..practice(vec![status(&["forebyggelse"])], vec![on("no-work", "over 1")])
        };
        let fit = fit(&subject_of(&context, "gronnevang"), &id, &asked).expect("the texts fit");
        fit.expect("it fits").against.iter().map(plain).collect::<Vec<_>>()
    };
    let seen = "Det taler imod, at andelen uden tilknytning til arbejdsmarked eller uddannelse er 40,4 pct. og dermed over 1 pct.";
    let asked = "Ikke vurderet her: Hvem flytter ind?";
    assert_eq!(against(facts()), [seen, asked, "Passer det?"]);
    assert_eq!(against(facts().set("no-work@gronnevang@2024", State::Hidden)), [asked, "Passer det?"]);
}

#[test]
fn all_conditions_must_hold_and_the_layer_be_one_of_its_places() {
    let both = vec![on("no-work", "over 40"), on("residents", "under 1000")];
    assert_eq!(reason(facts(), "gronnevang", both), None);
    let fixture = fixture(facts());
    let context = fixture.context();
    let fits = fitting(&subject_of(&context, "kaer")).expect("the texts fit");
    let for_villages = |fit: &Fit| fit.practice.places.iter().any(|layer| layer.as_str() == "villages");
    assert!(!fits.is_empty() && fits.iter().all(for_villages));
}

#[test]
fn what_nothing_speaks_against_comes_first_then_strength_then_evidence_then_id() {
    let near = || vec![on("no-work", "near-limit 5")];
    let with = |id: &str, evidence, fits, unfit| {
        (PracticeId::from(id), Practice { evidence, ..practice(fits, unfit) })
    };
    let practices = [
        with("opposed", Evidence::Measured, near(), vec![status(&["forebyggelse"])]),
        with("weak", Evidence::Measured, vec![on("residents", "over 500")], Vec::new()),
        with("b-described", Evidence::Described, near(), Vec::new()),
        with("measured", Evidence::Measured, near(), Vec::new()),
        with("a-described", Evidence::Described, near(), Vec::new()),
    ];
    let fixture = fixture(facts());
    let context = fixture.context();
    let subject = subject_of(&context, "gronnevang");
    let fits = practices.iter().map(|(id, one)| fit(&subject, id, one).expect("the texts fit"));
    let mut fits: Vec<Fit> = fits.map(|fit| fit.expect("it fits")).collect();
    in_order(&mut fits);
    let ids: Vec<&str> = fits.iter().map(|fit| fit.id.as_str()).collect();
    assert_eq!(ids, ["measured", "a-described", "b-described", "weak", "opposed"]);
}

#[test]
fn several_reasons_are_one_sentence() {
    let both = vec![on("residents", "over 500"), on("basic-education", "near-limit 2")];
    let said = "Passer, fordi andelen med højst grundskole er 1,8 procentpoint under grænsen på 60 pct., og der bor flere end 500 i området.";
    assert_eq!(reason(facts(), "gronnevang", both).as_deref(), Some(said));
}

#[test]
fn an_agreement_that_has_ended_is_told_in_the_past_tense() {
    let stair = CATALOGUE.practices.get("stair-model").expect("it is in the base");
    let month = |month| YearMonth { year: 2026, month };
    assert!(stair.brief_in(month(7)).da.contains("indplacerer hvert år"));
    assert!(stair.brief_in(month(8)).da.contains("indplacerede hvert år"));
}

#[test]
fn a_page_has_at_most_two_cards_with_place_reason_and_evidence() {
    let fixture = fixture(facts());
    let context = fixture.context();
    let cards = cards(&subject_of(&context, "gronnevang")).expect("the texts fit").expect("some fit");
    let cards = serde_json::to_value(cards).expect("plain data");
    let shown = cards["cards"].as_array().expect("a list");
    assert_eq!(shown.len(), 2);
    for card in shown {
        let text = |field: &str| card[field].to_string();
        assert!(text("brief").contains(": "), "{card}");
        assert!(text("because").contains("Passer, fordi"), "{card}");
        assert!(text("consider").contains("Overvej"), "{card}");
        assert!(text("evidence").contains("Viden om virkning"), "{card}");
    }
    assert!(cards["note"].as_str().is_some_and(|note| note.contains("afgør ikke alene")));
}

#[test]
fn no_reason_of_the_base_counts_persons() {
    let fixture = fixture(facts());
    let context = fixture.context();
    let fits = fitting(&subject_of(&context, "gronnevang")).expect("the texts fit");
    let sentences = fits.iter().flat_map(|fit| fit.because.iter().chain(&fit.against).chain([&fit.reason]));
    let said: Vec<String> = sentences.map(plain).collect();
    assert!(said.len() >= 6, "{said:?}");
    for sentence in said {
        assert!(!sentence.contains("personer") && !sentence.contains("1.284"), "{sentence}");
    }
}
