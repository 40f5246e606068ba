//! The section of a small municipality, with values written by hand.

use super::{ages::bands, *};
use crate::{
    catalogue::Language,
    reports::fixture::{Facts, facts, on},
};

/// Shares of men and of women by ten-year groups in per cent of all residents: made up, together 100.
const TEN: [&str; 9] = ["0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-over"];
const MEN: [&str; 9] = ["6.8", "8.3", "8.1", "7.5", "7.3", "6.1", "3.7", "1.9", "0.7"];
const WOMEN: [&str; 9] = ["6.5", "7.8", "8.5", "7.2", "7.0", "6.0", "3.6", "2.0", "1.0"];
const KINDS: [(&str, &str, &str); 5] = [
    ("household-single", "34", "41"),
    ("household-couple", "15", "28"),
    ("household-single-parent", "17", "7"),
    ("household-couple-children", "30", "21"),
    ("household-other", "4", "3"),
];

/// With everything that the section prints of `gronnevang`.
pub fn with_people(facts: Facts) -> Facts {
    let mut facts = facts;
    let mut add = |id: &str, own: &str, all: &str| {
        let all_id = format!("{id}@municipality@2025");
        facts = std::mem::take(&mut facts).value(&format!("{id}@gronnevang@2025"), own).value(&all_id, all);
    };
    for (band, (men, women)) in TEN.into_iter().zip(MEN.into_iter().zip(WOMEN)) {
        add(&format!("men-{band}"), men, "5.5");
        add(&format!("women-{band}"), women, "5.6");
    }
    KINDS.into_iter().for_each(|(id, own, all)| add(id, own, all));
    add("built-1960-1979", "100", "46.8");
    add("built-before-1940", "0", "24.8");
    add("dwellings-50-74", "31.4", "16.1");
    add("children-share", "31.0", "21.5");
    add("moved-in", "10.0", "9.4");
    add("lived-here-five-years", "71.4", "62.0");
    facts.count("households@gronnevang@2025", 571)
}

fn made(facts: Facts, area: &str) -> (Option<People>, Vec<String>) {
    on(facts, area, |subject| {
        let look =
            Look::new(subject.context.catalogue, Language::Danish).expect("the colours are fit for use");
        let mut drawings = Drawings::new(Some(&subject.area.id));
        let people = people(subject, &look, &mut drawings).expect("the texts fit");
        let svgs = drawings.into_files().map(|(_, svg)| String::from_utf8(svg).expect("an SVG is text"));
        (people, svgs.collect())
    })
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn the_lead_names_the_ages_and_the_households_of_which_there_are_most_beyond_the_municipality() {
    let (people, _) = made(with_people(facts()), "gronnevang");
    let people = people.expect("something is published");
    assert_eq!(plain(&people.lead), "31,0 pct. er under 18 år, og 17 pct. af husstandene er enlige med børn");
    let titles: Vec<String> = people.blocks.iter().map(|block| plain(&block.title)).collect();
    assert_eq!(titles, ["571 husstande", "596 boliger, alle fra 1960–1979"]);
    assert!(
        plain(&people.stay.expect("four shares are shown").plain()).starts_with("10,0 pct. er flyttet ind")
    );
}

#[test]
fn bars_and_marks_are_fractions_of_the_longest_and_a_hidden_part_has_neither_number_nor_length() {
    let facts = with_people(facts()).set("household-other@gronnevang@2025", State::Hidden);
    let people = made(facts, "gronnevang").0.expect("something is published");
    let households = &people.blocks[0];
    let [single, .., other] = &households.rows[..] else { panic!("five kinds of households") };
    // The longest is the municipality's 41 per cent of single persons.
    assert_eq!((single.value.as_deref(), single.length, single.other), (Some("34"), Some(0.8293), Some(1.0)));
    assert_eq!((other.state, &other.value, other.length, other.other), ("hidden", &None, None, None));
    assert!(!households.alt.contains("Andre"), "{}", households.alt);
}

#[test]
fn no_sentence_is_said_of_a_hidden_value() {
    let hidden = ["children-share", "moved-in", "built-before-1940", "men-20-29"];
    let facts = hidden
        .into_iter()
        .fold(with_people(facts()), |facts, id| facts.set(&format!("{id}@gronnevang@2025"), State::Hidden));
    let (people, svgs) = made(facts, "gronnevang");
    let people = people.expect("something is published");
    assert_eq!(people.lead, "Beboere og boliger i Grønnevang");
    assert!(people.stay.is_none());
    assert_eq!(plain(&people.blocks[1].title), "596 boliger", "a hidden part may be the largest");
    let alt = people.pyramid.expect("other groups are shown").alt;
    assert!(alt.contains("Nogle grupper vises ikke.") && !alt.contains("20–29"), "{alt}");
    assert!(svgs[0].contains("url(#hatch)"));
}

#[test]
fn a_place_without_parts_has_no_section_and_one_with_all_hidden_has_none_either() {
    assert!(made(facts(), "kaer").0.is_none());
    let all = TEN.iter().flat_map(|band| ["men", "women"].map(|sex| format!("{sex}-{band}@kaer@2025")));
    let hidden = all.fold(facts(), |facts, id| facts.set(&id, State::Hidden));
    let (people, svgs) = made(hidden, "kaer");
    assert!(people.is_none() && svgs.is_empty());
}

#[test]
fn a_small_place_has_groups_of_twenty_years_and_the_open_one() {
    let groups = ["0-19", "20-39", "40-59", "60-79", "80-over"];
    let facts = groups.into_iter().fold(facts(), |facts, group| {
        facts.value(&format!("men-{group}@kaer@2025"), "10").value(&format!("women-{group}@kaer@2025"), "10")
    });
    on(facts, "kaer", |subject| {
        let labels: Vec<String> =
            bands(subject).expect("the texts fit").into_iter().map(|band| band.label).collect();
        assert_eq!(labels, ["0–19", "20–39", "40–59", "60–79", "80+"]);
    });
}
