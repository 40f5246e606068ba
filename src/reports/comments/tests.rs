//! Worked examples on the fixture's estate: without attachment 40.4 per cent (35.3 in 2019), at most grundskole 58.2, 1,284
//! residents, the list of 1 December 2025.

use std::collections::BTreeMap;

use typst::layout::{Frame, FrameItem};

use super::*;
use crate::{
    comments::Comments,
    reports::{
        fixture::{Fixture, comment, facts, subject_of},
        plan::Placed,
        world::Typesetter,
    },
};

fn fixture(comments: Vec<Comment>) -> Fixture {
    let mut fixture = Fixture::new(facts());
    fixture.comments = Comments::new(comments);
    fixture
}

fn look(context: &Context) -> Look {
    Look::new(context.catalogue, Language::Danish).expect("the colours are fit for use")
}

fn built(fixture: &Fixture, area: &str) -> Payload {
    let context = fixture.context();
    Payload::build(&subject_of(&context, area), &look(&context)).expect("the texts fit")
}

/// What is printed beside a comment on the estate.
fn flags(text: &str) -> Vec<String> {
    let remark =
        built(&fixture(vec![comment("gronnevang", text)]), "gronnevang").comment.expect("there is one");
    assert_eq!(remark.flags.len(), remark.told.len(), "each line is also a warning");
    remark.flags.iter().map(|flag| flag.replace('\u{a0}', " ")).collect()
}

const ATTACHED: &str = "Andelen uden tilknytning til arbejdsmarked eller uddannelse";

#[test]
fn a_number_that_no_longer_stands_is_told_with_the_one_that_does() {
    let said = flags(&format!("{ATTACHED} er 37,9 pct. Det er bekymrende."));
    let [flag] = &said[..] else { panic!("{said:?}") };
    assert!(
        flag.starts_with("I kommentaren står 37,9 pct. I rapporten er andelen uden tilknytning"),
        "{flag}"
    );
    assert!(flag.contains(" nu 40,4 pct. ("), "{flag}");
    let said = flags("Der bor 1.301 beboere i Grønnevang.");
    assert!(said.len() == 1 && said[0].contains("1.301 beboere") && said[0].contains("nu 1.284"), "{said:?}");
}

#[test]
fn a_number_that_stands_or_cannot_be_decided_is_left_alone() {
    for text in [
        format!("{ATTACHED} er 40,4 pct."),
        format!("{ATTACHED} er 40 pct."),
        format!("{ATTACHED} var 35,3 pct. i 2019."),
        format!("{ATTACHED} er ca. 37,9 pct."),
        format!("Målet er, at {} er 37,9 pct. i 2028.", ATTACHED.to_lowercase()),
        format!("{ATTACHED} er 37,9 pct. i Nabo."),
        "37,9 pct. af familierne har besøgt rådgivningen.".to_string(),
        "120 beboere kom til mødet, og der bor 1.284 beboere.".to_string(),
    ] {
        assert_eq!(flags(&text), [""; 0], "{text}");
    }
}

#[test]
fn a_direction_against_the_published_change_is_told_and_one_with_it_is_not() {
    let said = flags(&format!("{ATTACHED} er faldet."));
    let [flag] = &said[..] else { panic!("{said:?}") };
    assert!(
        flag.contains("eller uddannelse faldet. I rapporten er tallet steget med 5,1 procentpoint siden"),
        "{flag}"
    );
    let said = flags("Andelen med højst grundskole stiger.");
    assert!(said.len() == 1 && said[0].contains("er der ingen sikker ændring siden"), "{said:?}");
    for text in [
        format!("{ATTACHED} er steget."),
        format!("{ATTACHED} er ikke faldet."),
        format!("{ATTACHED} er faldet siden sommeren."),
        format!("{ATTACHED} er faldet siden 2012."),
        "Antallet af klager er faldet.".to_string(),
    ] {
        assert_eq!(flags(&text), [""; 0], "{text}");
    }
}

#[test]
fn a_hidden_value_is_never_held_against_a_comment() {
    assert_eq!(flags("Andelen af børn hos en enlig forsørger er 31,5 pct."), [""; 0]);
}

#[test]
fn a_comment_from_before_the_latest_figures_says_so() {
    let mut old = comment("gronnevang", "Der er ro.");
    old.date = Date { year: 2025, month: 3, day: 14 };
    let remark = built(&fixture(vec![old]), "gronnevang").comment.expect("there is one");
    let flag = remark.flags[0].replace('\u{a0}', " ");
    assert_eq!(flag, "Kommentaren er fra 14. marts 2025. Rapportens nyeste tal er fra 1. december 2025.");
    assert!(!remark.is_older, "it names no figure");
}

#[test]
fn paragraphs_role_date_and_draft_are_in_the_payload_and_a_place_without_comment_has_none() {
    let mut draft = comment("gronnevang", "En **ny** plan.\n\nDen er klar.");
    draft.approved = false;
    let fixture = fixture(vec![draft]);
    let payload = serde_json::to_value(built(&fixture, "gronnevang")).expect("plain data");
    assert_eq!(payload["comment"]["paragraphs"].as_array().map(Vec::len), Some(2));
    assert_eq!(payload["comment"]["by"], "Boligsocial konsulent, 14.\u{a0}januar\u{a0}2026");
    assert!(payload["comment"]["draft"].to_string().contains("Udkast"));
    assert!(payload["meta"]["draft"].to_string().contains("UDKAST"));
    let other = serde_json::to_value(built(&fixture, "nabo")).expect("plain data");
    assert!(other["comment"].is_null() && other["meta"]["draft"].is_null());
}

/// The codes of what a final build of two estates refuses.
fn codes(comments: Vec<Comment>, empty: &[FieldId]) -> Vec<&'static str> {
    let fixture = fixture(comments);
    let context = fixture.context();
    let (id, report) = context.catalogue.reports.iter().next().expect("the catalogue has a report");
    let areas = ["gronnevang", "nabo"].map(|id| context.places.area(&id.into()).expect("the area is there"));
    let jobs = areas.map(|area| Job {
        report: (&id.value, report),
        area: Some(Placed { area, slug: area.id.to_string() }),
        practice: None,
    });
    let refused = is_ready(&context, &jobs, &look(&context), empty).err().unwrap_or_default();
    refused.iter().map(|error| error.code).collect()
}

#[test]
fn a_final_build_refuses_drafts_empty_fields_and_comments_older_than_their_figures() {
    let right = comment("gronnevang", &format!("{ATTACHED} er 40,4 pct."));
    assert_eq!(codes(vec![right.clone()], &[]), [""; 0]);
    assert_eq!(codes(vec![Comment { approved: false, ..right.clone() }], &[]), ["final-draft"]);
    let of_paper = Comment { approved: false, area: None, field: "økonomi".into(), ..right.clone() };
    assert_eq!(codes(vec![of_paper], &[]), ["final-draft"]);
    assert_eq!(codes(vec![right.clone()], &[FieldId::Economy, FieldId::Process]), ["final-empty"; 2]);
    // The figure is of 2024: nobody knew it that summer.
    let date = Date { year: 2024, month: 7, day: 1 };
    assert_eq!(codes(vec![Comment { date, ..right.clone() }], &[]), ["final-older"]);
    // An older draft that an approved text has followed is nobody's matter.
    let earlier = Comment { date, approved: false, ..right.clone() };
    assert_eq!(codes(vec![earlier, right], &[]), [""; 0]);
}

/// The words of a page, in the order in which they are set.
fn words_of(frame: &Frame) -> String {
    let items = frame.items().map(|(_, item)| match item {
        FrameItem::Group(group) => words_of(&group.frame),
        FrameItem::Text(text) => text.text.to_string(),
        _ => String::new(),
    });
    items.collect()
}

#[test]
fn a_draft_says_so_once_on_every_page_and_an_approved_report_nowhere() {
    let fixture = fixture(Vec::new());
    let folder = std::path::Path::new("no-such-folder");
    let edition = fixture.catalogue.about.edition.value;
    let typesetter = Typesetter::open(folder, edition).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let drawing = br##"<svg xmlns="http://www.w3.org/2000/svg" width="54mm" height="31mm"><rect width="54" height="31"/></svg>"##;
    for sample in ["sample.json", "sample-village.json"] {
        for draft in [None, Some("UDKAST")] {
            let mut data: serde_json::Value =
                serde_json::from_slice(typesetter.file(sample).expect("a sample")).expect("it is JSON");
            data["meta"]["draft"] = draft.into();
            let mut files = BTreeMap::from([("/data.json", serde_json::to_vec(&data).expect("plain data"))]);
            let trends = [
                "/trend-1.svg",
                "/trend-2.svg",
                "/trend-3.svg",
                "/trend-4.svg",
                "/trend-5.svg",
                "/trend-6.svg",
            ];
            let others =
                ["/map.svg", "/municipality.svg", "/moves.svg", "/turnover.svg", "/pyramid.svg", "/logo.svg"];
            for path in trends.into_iter().chain(others) {
                files.insert(path, drawing.to_vec());
            }
            let document = typesetter.compile("area-status.typ", files);
            let document = document.unwrap_or_else(|errors| panic!("{errors:#?}"));
            let said: Vec<usize> =
                document.pages().iter().map(|page| words_of(&page.frame).matches("UDKAST").count()).collect();
            assert!(said.len() > 2, "{sample} has {} pages", said.len());
            assert!(said.iter().all(|times| *times == usize::from(draft.is_some())), "{sample}: {said:?}");
        }
    }
}
