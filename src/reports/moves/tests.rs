//! The part of an estate whose residents were replaced, with facts written by hand. The splits are made up; each adds up.

use super::*;
use crate::{
    catalogue::Language,
    compute::{Basis, Flow, Letting as Let, Moved, Profile, Replaced, Term, Vacated, Verdict},
    numbers::Decimal,
    reports::fixture::{Facts, Fixture, facts, subject_of},
};

pub fn number(text: &str) -> Decimal {
    Decimal::parse(text).expect("a number")
}

/// Flows, points, persons, cases and margin of a term.
type Line = (&'static [Flow], &'static str, i64, &'static str, Option<&'static str>);

/// A split since the year before, that adds up to its terms.
pub fn split(start: &str, lines: &[Line]) -> Split {
    let term = |(flows, points, persons, cases, margin): &Line| Term {
        flows: flows.to_vec(),
        points: number(points),
        persons: Some(*persons),
        cases: Some(number(cases)),
        margin: margin.map(number),
    };
    let terms: Vec<Term> = lines.iter().map(term).collect();
    let start = number(start);
    let change: i64 = terms.iter().map(|term| term.points.units).sum();
    Split {
        since: Period::Year(2024),
        start,
        end: Decimal { units: start.units + change, ..start },
        terms,
        basis: Basis::Linked,
        persons: (806, 812),
        linked: Some(99),
    }
}

/// Those who came had fewer on benefits than those who went: 20.9 − 2.0 − 1.1 + 0.1 − 0.2 = 17.7.
pub const REPLACED: [Line; 7] = [
    (&[Flow::InMunicipality], "-1.2", 71, "8.0", Some("1.1")),
    (&[Flow::InElsewhere, Flow::InAbroad], "-0.8", 47, "5.4", Some("0.9")),
    (&[Flow::Entered], "-0.3", 21, "1.6", None),
    (&[Flow::OutMunicipality, Flow::OutElsewhere, Flow::OutAbroad], "-1.1", 104, "29.0", None),
    (&[Flow::Died, Flow::Left], "0.1", 15, "2.2", None),
    (&[Flow::Up], "2.4", 44, "19.4", None),
    (&[Flow::Down], "-2.3", 46, "18.6", None),
];
/// Those who stayed were on benefits for shorter: 20.9 + 0.1 − 0.1 − 0.2 + 1.0 − 3.6 = 18.1.
pub const OWN: [Line; 5] = [
    (&[Flow::InMunicipality, Flow::InElsewhere], "0.1", 60, "13.1", Some("1.4")),
    (&[Flow::OutMunicipality, Flow::OutElsewhere], "-0.1", 58, "12.6", None),
    (&[Flow::Entered, Flow::Died, Flow::Left], "-0.2", 30, "6.0", None),
    (&[Flow::Up], "1.0", 22, "8.1", None),
    (&[Flow::Down], "-3.6", 61, "29.2", None),
];

/// A municipality that follows moves in its estates by its own benefit share.
pub fn catalogue(fixture: &mut Fixture) {
    let moves = "benefits:\n  indicator: benefit-share\n  layers: [estates]\n  tested: true\n  profile: [young-adults, children-share]\n  what-if:\n    as-municipality: { title: Tilflyttere som i resten af kommunen, like: municipality }\n  letting:\n    column: let_as\n    kinds:\n      council: { title: Kommunal anvisning, at-most: 25 }\n      list: { title: Venteliste }\n";
    fixture.catalogue.moves = serde_saphyr::from_str(moves).expect("the moves can be read");
    fixture.catalogue.events = Default::default();
}

fn fixture(facts: Facts) -> Fixture {
    let mut fixture = Fixture::new(facts);
    catalogue(&mut fixture);
    fixture
}

/// Facts with a split of `gronnevang`.
pub fn with_split(facts: Facts, split: Split) -> Facts {
    facts.set("moves/benefits@gronnevang@2025", State::Shown(Fact::Split(split)))
}

/// What the share would be if others moved in.
fn replaced() -> Replaced {
    Replaced {
        moved_in: (number("11.4"), number("6.2")),
        persons: 118,
        after: vec![
            (1, number("17.4"), number("16.8"), (number("15.9"), number("17.6"))),
            (3, number("16.9"), number("15.2"), (number("13.8"), number("16.5"))),
            (5, number("16.5"), number("13.9"), (number("12.3"), number("15.4"))),
        ],
        years: 3,
    }
}

/// With everything that the part prints.
pub fn with_moves(facts: Facts) -> Facts {
    let at = |what: &str| format!("moves/{what}@gronnevang@2025");
    let share = |value: &str| (number(value), None);
    let profile = |moved_in: &str, moved_out: &str, residents: &str, verdict| Profile {
        since: Period::Year(2024),
        moved_in: share(moved_in),
        moved_out: share(moved_out),
        residents: share(residents),
        persons: (158, 146),
        verdict,
    };
    let replaced = replaced();
    let letting = |households, share: &str, at_most: Option<&str>| Let {
        households,
        share: number(share),
        all: 83,
        at_most: at_most.map(number),
        moved_in: None,
    };
    let years = Split { since: Period::Year(2020), ..split("24.1", &REPLACED) };
    let facts = (2019..=2025).fold(with_split(facts, split("20.9", &REPLACED)), |facts, year| {
        let moved = Moved {
            since: Period::Year(year - 1),
            moved_in: 120 + i64::from(year - 2019) * 6,
            moved_out: 146,
            rates: [
                Decimal { units: 94 + i64::from(year - 2019) * 5, places: 1 },
                Decimal { units: 115 - i64::from(year - 2019), places: 1 },
                number("0.9"),
                number("23.8"),
            ],
        };
        facts.set(&format!("moves/persons@gronnevang@{year}"), State::Shown(Fact::Moved(moved)))
    });
    facts
        .set(&at("benefits/years"), State::Shown(Fact::Split(years)))
        .count(&at("from/nabo"), 12)
        .set("moves/from/gronnevang@nabo@2025", State::Hidden)
        .count(&at("from/municipality"), 76)
        .count(&at("from/elsewhere"), 51)
        .count(&at("from/abroad"), 19)
        .set(
            &at("profile/young-adults"),
            State::Shown(Fact::Profile(profile("41", "29", "21", Verdict::Higher))),
        )
        .set(
            &at("profile/children-share"),
            State::Shown(Fact::Profile(profile("24", "33", "31", Verdict::CannotTell))),
        )
        .set(&at("what-if/benefits/as-municipality"), State::Shown(Fact::Replaced(replaced)))
        .set(&at("letting/council"), State::Shown(Fact::Letting(letting(19, "22.9", Some("25")))))
        .set(&at("letting/list"), State::Shown(Fact::Letting(letting(64, "77.1", None))))
}

fn made(fixture: &Fixture, area: &str) -> (Option<Moves>, Vec<String>) {
    let context = fixture.context();
    let subject = subject_of(&context, area);
    let look = Look::new(subject.context.catalogue, Language::Danish).expect("the colours are fit for use");
    let mut drawings = Drawings::new(Some(&subject.area.id));
    let part = moves(&subject, &look, &mut drawings).expect("the texts fit");
    let svgs = drawings.into_files().map(|(_, svg)| plain(&String::from_utf8(svg).expect("an SVG is text")));
    (part, svgs.collect())
}

fn part(facts: Facts) -> Moves {
    made(&fixture(facts), "gronnevang").0.expect("a split is known")
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn said(part: &Moves) -> String {
    plain(&part.reading.iter().map(Rich::plain).collect::<Vec<_>>().join(" "))
}

#[test]
fn the_estate_whose_people_were_replaced_is_told_apart_from_the_one_whose_residents_did_better() {
    let heading = |lines: &[Line]| part(with_split(facts(), split("20.9", lines))).heading;
    assert_eq!(heading(&REPLACED), "Andelen på offentlig ydelse faldt, mest fordi beboerne er skiftet ud");
    assert_eq!(heading(&OWN), "Andelen på offentlig ydelse faldt, mest blandt de beboere, der blev boende");
}

#[test]
fn every_step_is_told_with_its_persons_and_the_sums_are_those_of_the_figure() {
    let said = said(&part(with_moves(facts())));
    // 8.0 + 5.4 of 71 + 47 persons are 11.4 per cent.
    let moved_in = "118 flyttede ind. Det svarer til, at 13 (11 pct.) var på offentlig ydelse hele året. Det er en mindre \
                    andel end i området, og det trak 2,0 procentpoint ned.";
    assert!(said.contains(moved_in), "{said}");
    assert!(said.contains("104 flyttede ud.") && said.contains("en større andel end i området"), "{said}");
    assert!(
        said.contains("var 44 på offentlig ydelse i længere tid end året før og 46 i kortere tid"),
        "{said}"
    );
    // −2.0 − 1.1 = −3.1; 2.4 − 2.3 = 0.1; −0.3 + 0.1 = −0.2; together −3.2.
    let sums = "I alt bidrog flytninger med −3,1, alder og dødsfald med −0,2 og fastboende med +0,1 procentpoint. Det er \
                hele faldet på 3,2 procentpoint.";
    assert!(said.contains(sums), "{said}");
    assert!(
        said.contains("Over fem år, fra 2020 til 2025, faldt andelen på offentlig ydelse 3,2 procentpoint"),
        "{said}"
    );
    assert!(said.contains("Et bidrag er et regnestykke. Det siger ikke, hvorfor folk flyttede"), "{said}");
}

#[test]
fn a_contribution_within_chance_is_said_to_be_so() {
    // √(1.1² + 0.9²) = 1.42 is less than 2.0 points; 1.4 is more than 0.1.
    let beyond = said(&part(with_split(facts(), split("20.9", &REPLACED))));
    assert!(
        beyond.contains("større, end tilfældige udsving kan forklare (op til 1,4 procentpoint)"),
        "{beyond}"
    );
    let within = said(&part(with_split(facts(), split("20.9", &OWN))));
    assert!(
        within.contains("kan være tilfældigt: Udsving på op til 1,4 procentpoint er almindelige"),
        "{within}"
    );
}

#[test]
fn after_a_renovation_the_warning_stands_under_a_heading_that_says_nobody_was_replaced() {
    let event = "works:\n  title: Renovering af tagboligerne\n  kind: renovation\n  areas: [gronnevang]\n  from: 2023-09\n  to: 2024-06\n";
    let without = split("20.8", &OWN[..2]);
    let facts = with_split(facts(), split("20.9", &REPLACED))
        .set("moves/benefits/without@gronnevang@2025", State::Shown(Fact::Split(without)));
    let mut renovated = fixture(facts);
    renovated.catalogue.events = serde_saphyr::from_str(event).expect("the event can be read");
    let part = made(&renovated, "gronnevang").0.expect("a split is known");
    assert_eq!(plain(&part.heading), "Andelen på offentlig ydelse faldt fra 20,9 til 17,7 pct.");
    let warning = plain(&part.warning.expect("the years overlap").plain());
    assert!(
        warning.starts_with("I 2023 og 2024 blev boliger renoveret: Renovering af tagboligerne."),
        "{warning}"
    );
    assert!(warning.contains("skal læses med forbehold"), "{warning}");
    assert!(warning.contains("går andelen på offentlig ydelse fra 20,8 til 20,8 pct."), "{warning}");

    renovated.catalogue.events =
        serde_saphyr::from_str(&event.replace("2024-06", "2023-12")).expect("the event can be read");
    assert!(
        made(&renovated, "gronnevang").0.is_some_and(|part| part.warning.is_none()),
        "it was over before"
    );
}

#[test]
fn unusually_many_dwellings_given_up_are_warned_of_without_any_event() {
    let vacated = |unusual| Vacated {
        since: Period::Year(2024),
        households: 84,
        share: number("14.7"),
        usual: Some(number("8.9")),
        unusual,
    };
    let with = |unusual| {
        let facts = with_split(facts(), split("20.9", &REPLACED));
        part(facts.set("moves/vacated@gronnevang@2025", State::Shown(Fact::Vacated(vacated(unusual)))))
    };
    let warning = with(true).warning.expect("it is unusual").plain();
    let expected =
        "Usædvanligt mange flyttede: 14,7 pct. af husstandene rykkede ud på et år mod normalt 8,9 pct.";
    assert!(plain(&warning).starts_with(expected), "{warning}");
    assert!(with(false).warning.is_none());
}

#[test]
fn a_hidden_split_is_one_sentence_and_gives_nothing_away() {
    let hidden = with_moves(facts()).set("moves/benefits@gronnevang@2025", State::Hidden);
    let (part, svgs) = made(&fixture(hidden), "gronnevang");
    let part = part.expect("other facts are shown");
    let instead = part.instead.expect("it is said").plain();
    assert_eq!(instead, "Hvad flytninger har betydet, vises ikke af hensyn til enkeltpersoner.");
    assert!(part.waterfall.is_none() && part.reading.is_empty() && part.what_if.is_none());
    assert_eq!(svgs.len(), 1, "the turnover is drawn");
}

#[test]
fn an_area_without_splits_has_no_part_and_a_break_is_told() {
    assert!(made(&fixture(with_moves(facts())), "kaer").0.is_none());
    assert!(made(&fixture(facts()), "gronnevang").0.is_none());
    let missing = |missing| facts().set("moves/benefits@gronnevang@2025", State::Missing(missing));
    assert!(part(missing(Missing::Break)).instead.is_some_and(|said| said.plain().contains("på en ny måde")));
    assert!(made(&fixture(missing(Missing::NoData)), "gronnevang").0.is_none());
}

#[test]
fn the_figure_has_the_persons_of_its_columns_and_the_terms_as_its_table() {
    let (part, svgs) = made(&fixture(with_split(facts(), split("20.9", &REPLACED))), "gronnevang");
    let alt = plain(&part.expect("it is shown").waterfall.expect("it is drawn").alt);
    let expected = "Andelen på offentlig ydelse i Grønnevang var 20,9 pct. 1. januar 2024 og 17,7 pct. 1. januar 2025. \
                    Procentpoint: tilflyttere −2,0, fraflyttere −1,1, blev boende +0,1 og alder og dødsfald −0,2.";
    assert_eq!(alt, expected);
    for words in
        ["118 flyttede ind", "13 på offentlig ydelse", "(11 pct.)", "21 kom til", "15 gik ud", "812 personer"]
    {
        assert!(svgs[0].contains(&format!(">{words}</text>")), "{words}: {}", svgs[0]);
    }
    assert!(!svgs[0].contains("Rettelser"), "there are none");
}

#[test]
fn flows_of_two_steps_put_together_are_a_column_of_their_own_named_after_both() {
    let lines: [Line; 3] = [
        (&[Flow::InMunicipality], "-1.2", 71, "8.0", None),
        (&[Flow::Entered, Flow::RegisterIn], "-0.9", 9, "2.0", None),
        (&[Flow::Up, Flow::Down, Flow::Same], "0.2", 600, "3.1", None),
    ];
    let (part, svgs) = made(&fixture(with_split(facts(), split("20.9", &lines))), "gronnevang");
    let part = part.expect("it is shown");
    assert_eq!(plain(&part.heading), "Andelen på offentlig ydelse faldt fra 20,9 til 19,0 pct.");
    assert!(said(&part).contains("grupper, der vises samlet, med −0,9"));
    assert!(
        svgs[0].contains(">600 blev boende</text>") && svgs[0].contains(">9 personer</text>"),
        "{}",
        svgs[0]
    );
}

#[test]
fn the_tables_show_where_people_came_from_who_they_are_and_what_is_supposed() {
    let part = part(with_moves(facts()));
    let origins = part.origins.expect("counts are shown");
    let rows: Vec<(&str, &str, &str)> = origins
        .rows
        .iter()
        .map(|row| (row.name.as_str(), row.cells[0].text.as_str(), row.cells[1].state))
        .collect();
    let expected = [
        ("nabo", "12", "hidden"),
        ("Andre steder i kommunen", "76", "missing"),
        ("Andre kommuner", "51", "missing"),
        ("Udlandet", "19", "missing"),
    ];
    assert_eq!(rows, expected);
    let profile = part.profile.expect("shares are shown");
    assert_eq!(profile.heading, "Større andel blandt tilflyttere end fraflyttere: unge voksne");
    // The largest share is 41 per cent, so the scale ends at 50.
    assert_eq!(profile.rows[0].at, Some([0.82, 0.58, 0.42]));
    let turnover = part.turnover.expect("the latest year is shown");
    assert_eq!(turnover.heading, "Flere flyttede ind end ud");
    let what_if = part.what_if.expect("a scenario is shown");
    assert_eq!(what_if.rows[1].cells[2].value, "13,9");
    assert!(plain(&what_if.assumptions.plain()).ends_with("Det er et regneeksempel, ikke en prognose."));
    let letting = part.letting.expect("ways are shown");
    assert_eq!(letting.rows[0].cells, ["19", "22,9", "højst 25", ""]);
    assert!(!letting.rows[0].over && letting.heading == "Sådan blev boligerne lejet ud");
}

#[test]
fn a_hidden_cell_has_no_number_and_areas_of_which_nothing_is_shown_share_one_row() {
    let facts = with_split(facts(), split("20.9", &REPLACED))
        .set("moves/from/nabo@gronnevang@2025", State::Hidden)
        .count("moves/from/abroad@gronnevang@2025", 19);
    let origins = part(facts).origins.expect("one count is shown");
    assert_eq!(origins.rows[0].name, "Andre almene boligområder");
    assert!(origins.rows[0].cells.iter().all(|cell| cell.state == "hidden" && cell.text == "vises ikke"));
}

/// As the demonstration's Engparken: 14.9 − 0.8 − 0.3 − 2.7 + 4.2 − 3.6 = 11.7.
#[test]
fn those_who_moved_out_and_others_who_went_are_told_together_and_still_as_people_who_were_replaced() {
    use Flow::{
        Died, Down, Entered, InElsewhere, InMunicipality, Left, OutElsewhere, OutMunicipality, RegisterOut,
        Up,
    };
    let lines: [Line; 5] = [
        (&[InMunicipality, InElsewhere], "-0.8", 214, "20", Some("0.9")),
        (&[Entered], "-0.3", 23, "0", None),
        (&[OutMunicipality, OutElsewhere, Died, Left, RegisterOut], "-2.7", 244, "62.0", None),
        (&[Up], "4.2", 84, "46.7", None),
        (&[Down], "-3.6", 76, "40.6", None),
    ];
    let (part, svgs) = made(&fixture(with_split(facts(), split("14.9", &lines))), "gronnevang");
    let part = part.expect("it is shown");
    assert_eq!(part.heading, "Andelen på offentlig ydelse faldt, mest fordi beboerne er skiftet ud");
    for words in
        ["Fraflyttere m.fl.", "244 forlod området", "62 på offentlig ydelse", "(25 pct.)", "23 kom til"]
    {
        assert!(svgs[0].contains(&format!(">{words}</text>")), "{words}: {}", svgs[0]);
    }
    let said = said(&part);
    assert!(said.contains("244 forlod området ved flytning, alder, dødsfald eller på anden måde."), "{said}");
    let sums = "bidrog til- og fraflyttere m.fl. med −3,5, alder og dødsfald med −0,3 og fastboende med +0,6 procentpoint";
    assert!(said.contains(sums), "{said}");
    assert!(part.note.is_some_and(|note| note.plain().contains("Med »m.fl.« er også de")));
}
