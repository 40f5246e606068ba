//! Worked examples of what a page shows of an entry, and of pages that hold what they should.

use std::{collections::BTreeMap, path::Path};

use typst::{
    foundations::{Label, Selector},
    introspection::Introspector,
    utils::PicoStr,
};
use typst_layout::PagedDocument;

use super::shown::shown;
use crate::{
    catalogue::Language,
    ids::PracticeId,
    reports::{
        drawings::Contents,
        fixture::{Fixture, facts},
        inspiration::Inspiration,
        pdf,
        theme::Look,
        world::Typesetter,
    },
};

#[test]
fn a_page_leaves_out_of_an_entry_what_it_says_in_words_and_keeps_the_rest_as_written() {
    let entry = "no-work:\n  title: Uden tilknytning\n  question: \"Hvor mange?\"\n  # a comment\n  method: { share: { part: a, of: b } }\n  pitfalls:\n    - Den første.\n    - Den anden.\n  compare-with:\n    - rest";
    let kept = [
        "no-work:",
        "  title: Uden tilknytning",
        "  method: { share: { part: a, of: b } }",
        "  compare-with:",
        "    - rest",
    ];
    assert_eq!(shown(entry), kept);
}

/// Sets a report of the catalogue from the fixture's facts.
fn set(report: &str, made: impl Fn(&Fixture, &Look) -> Contents) -> PagedDocument {
    let fixture = Fixture::new(facts());
    let look = Look::new(&fixture.catalogue, Language::Danish).expect("the colours are fit for use");
    let (_, written) = fixture.catalogue.reports.get_key_value(report).expect("it is declared");
    let edition = fixture.catalogue.about.edition.value;
    let typesetter = Typesetter::open(Path::new("no-such-folder"), edition).expect("the program's own");
    let Contents { data, drawings } = made(&fixture, &look);
    let mut files: BTreeMap<&str, Vec<u8>> = look.files();
    files.extend(drawings.into_files());
    files.insert("/data.json", data);
    let template = written.template.as_str();
    let document = typesetter.compile(template, files).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(pdf::check(&typesetter, &document, "da", template).is_empty());
    let bytes = pdf::write(&typesetter, template, &document, report.to_string(), edition);
    bytes.unwrap_or_else(|errors| panic!("{errors:#?}"));
    document
}

fn page_of(document: &PagedDocument, label: &str) -> Option<usize> {
    let label = Label::new(PicoStr::intern(label))?;
    let found = document.introspector().query_first(&Selector::Label(label))?;
    document.introspector().page(found.location()?).map(usize::from)
}

#[test]
fn every_indicator_and_every_practice_is_one_page_and_every_barrier_is_there() {
    let document = set("inspiration-catalogue", |fixture, look| {
        let context = fixture.context();
        let (id, report) =
            context.catalogue.reports.get_key_value("inspiration-catalogue").expect("declared");
        super::catalogue(&context, (&id.value, report), look).unwrap_or_else(|error| panic!("{error:#?}"))
    });
    let fixture = Fixture::new(facts());
    let inspiration = Inspiration::build(&fixture.context()).unwrap_or_else(|error| panic!("{error:#?}"));
    let practices: Vec<usize> = fixture
        .catalogue
        .practices
        .ids()
        .map(|id| page_of(&document, &format!("practice-{id}")).unwrap_or_else(|| panic!("{id} has no page")))
        .collect();
    assert!(practices.windows(2).all(|pages| pages[1] == pages[0] + 1), "{practices:?}");
    let barriers = page_of(&document, "barriers").expect("the chapter is there");
    assert_eq!(practices.last().map(|page| page + 1), Some(barriers));
    for id in fixture.catalogue.barriers.ids() {
        assert!(page_of(&document, &format!("barrier-{id}")).is_some(), "{id}");
    }
    let slugs = inspiration.indicators.iter().filter(|indicator| indicator.is_used).map(|one| &one.slug);
    let mut pages: Vec<usize> =
        slugs.filter_map(|slug| page_of(&document, &format!("indicator-{slug}"))).collect();
    pages.sort_unstable();
    assert!(pages.len() > 100 && pages.windows(2).all(|two| two[1] == two[0] + 1), "{pages:?}");
    // The list of practices follows the last of them.
    assert_eq!(pages.last().map(|page| page + 2), practices.first().copied());
}

/// The longest of each kind: with values and barriers, with most indicators, and one of which little is told.
#[test]
fn a_hand_out_is_two_pages_however_much_is_told() {
    for id in ["owners-of-goals", "vejle-monitoring", "fact-catalogue"].map(PracticeId::from) {
        let document = set("practice-hand-out", |fixture, look| {
            let context = fixture.context();
            let (report_id, report) =
                context.catalogue.reports.get_key_value("practice-hand-out").expect("declared");
            let made = super::hand_out(&context, (&report_id.value, report), &id, look);
            made.unwrap_or_else(|error| panic!("{error:#?}")).expect("it is a practice")
        });
        assert_eq!(document.pages().len(), 2, "{id}");
    }
}
