//! The paper of a municipality of several estates. Values and limits as in the tests of the overview.

use serde_json::Value as Json;

use super::Council;
use crate::{
    catalogue::{CouncilPaper, Language, Report},
    comments::Comments,
    compute::{Fact, Outlook, Standing, State},
    diagnostics::Diagnostic,
    reports::{
        fixture::{ESTATES, Facts, Fixture, LIST, estates, listed, listed_as, paths},
        paper::{Block, FieldId, Paper},
        theme::Look,
    },
};

/// The paper that the demonstration declares, with other areas in its annex and some fields changed.
fn declared(fixture: &Fixture, change: impl FnOnce(&mut CouncilPaper)) -> Report {
    let (_, report) = fixture.catalogue.reports.get_key_value("council-paper").expect("it is declared");
    let mut report = report.clone();
    let council = report.council.as_mut().expect("it is a council paper");
    council.annex.clear();
    change(council);
    report
}

fn try_build(
    facts: Facts,
    estates: &[&str],
    change: impl FnOnce(&mut CouncilPaper),
) -> Result<Council, Diagnostic> {
    let mut fixture = Fixture::new(facts).with_estates(estates);
    fixture.catalogue.practices = Default::default();
    let context = fixture.context();
    let report = declared(&fixture, change);
    let look = Look::new(context.catalogue, Language::Danish).expect("the colours are fit for use");
    Council::build(&context, (&"council-paper".into(), &report), &look, &Comments::default())
}

fn built(facts: Facts, estates: &[&str]) -> Council {
    try_build(facts, estates, |_| {}).unwrap_or_else(|error| panic!("{error}"))
}

fn payload(council: Council) -> Json {
    serde_json::from_slice(&council.into_contents().data).expect("the payload is JSON")
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// The paragraphs of a field before its first heading.
fn paragraphs(paper: &Paper, id: FieldId) -> Vec<String> {
    let field = paper.fields.iter().find(|field| field.id == id).expect("the field is there");
    let said = field.blocks.iter().map_while(|block| match block {
        Block::Paragraph(said) => Some(plain(&said.plain())),
        _ => None,
    });
    said.collect()
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

/// A distance on the list before: points, and whether the criterion was met.
fn before(facts: Facts, criterion: &str, area: &str, points: i64, met: bool) -> Facts {
    let at = |about: &str| format!("abl-61a/{criterion}{about}@{area}@{}", LIST - 1);
    let distance = crate::numbers::Decimal { units: points, places: 1 };
    facts
        .set(&at("/distance"), State::Shown(Fact::Distance(distance)))
        .set(&at("/met"), State::Shown(Fact::Met(met)))
}

#[test]
fn the_fields_stand_in_the_order_in_which_committees_read() {
    let paper = built(estates(), &ESTATES).paper;
    let headings: Vec<&str> = paper.fields.iter().map(|field| field.heading.as_str()).collect();
    let fields = [
        "Resumé",
        "Indstilling",
        "Sagsfremstilling",
        "Beslutningskompetence",
        "Økonomi",
        "Videre proces",
        "Bilag",
    ];
    assert_eq!(headings, fields);
    let inner: Vec<&str> = paper
        .fields
        .iter()
        .flat_map(|field| &field.blocks)
        .filter_map(|block| match block {
            Block::Heading(heading) => Some(heading.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        inner[0], "De fire områder, sorteret efter status og afstand til listen",
        "the table comes first, then the map and what is new"
    );
    assert_eq!(inner.last(), Some(&"Ændret siden 2024"));
    assert_eq!(paper.title, "Almene boligområder 2025: ét udsat boligområde og to forebyggelsesområder");
    let meeting: Vec<&str> = paper.meeting.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(
        meeting,
        ["25/04817", "Social- og Boligudvalget", "14.\u{a0}januar\u{a0}2026", "6", "Til indstilling"]
    );
}

/// 58.2 is 1.8 under 60, 59.4 and 60.6 leave `hum` 5.6 from 55; 29.2 is 0.8 under 30; 54.1 is 0.9 under 55.
#[test]
fn findings_name_who_is_near_a_stricter_list_first() {
    let paper = built(estates(), &ESTATES).paper;
    let said = paragraphs(&paper, FieldId::Presentation);
    let bold: Vec<&str> =
        said.iter().filter_map(|said| said.split_once(". ").map(|(bold, _)| bold)).collect();
    assert_eq!(
        bold,
        [
            "gron er 1,8 procentpoint fra at blive udsat boligområde",
            "klo er 0,8 procentpoint fra at blive forebyggelsesområde",
            "trane er 0,9 procentpoint fra ikke længere at være udsat boligområde",
        ]
    );
    assert!(said[0].ends_with(" er 58,2 pct., og grænsen er 60,0 pct."), "{}", said[0]);
}

#[test]
fn an_indstilling_proposes_what_to_consider_and_never_what_to_choose() {
    let paper = built(estates(), &ESTATES).paper;
    let field = paper.fields.iter().find(|field| field.id == FieldId::Recommendation).expect("it is there");
    let Some(Block::Numbered(points)) = field.blocks.last() else { panic!("there are points") };
    let points: Vec<String> = points.iter().map(|point| plain(&point.plain())).collect();
    assert_eq!(
        points,
        [
            "tager status for de fire områder til efterretning",
            "drøfter, hvad status giver anledning til i gron og klo",
            "beder forvaltningen om en ny status i januar 2027.",
        ]
    );
}

#[test]
fn no_sentence_is_made_of_what_is_not_shown() {
    let of = |facts: Facts| paragraphs(&built(facts, &ESTATES).paper, FieldId::Presentation).join(" ");
    assert!(of(estates()).contains("58,2 pct."));
    let value = of(hidden(estates(), "abl-61a/education@gron"));
    assert!(value.contains("gron er 1,8 procentpoint") && !value.contains("58,2"), "{value}");
    let distance = of(hidden(estates(), "abl-61a/education/distance@gron"));
    assert!(!distance.contains("gron"), "{distance}");
    let status = built(hidden(estates(), "abl-61a@gron"), &ESTATES).paper;
    let said = [FieldId::Summary, FieldId::Presentation].map(|id| paragraphs(&status, id).join(" ")).concat();
    assert!(!said.contains("gron"), "{said}");
}

#[test]
fn rows_are_sorted_by_status_and_then_by_distance() {
    let rows = payload(built(estates(), &ESTATES));
    assert_eq!(names(&rows["table"]["rows"]), ["trane", "gron", "hum", "klo"]);
    let rows = payload(built(hidden(estates(), "abl-61a/income/distance@gron"), &ESTATES));
    assert_eq!(names(&rows["table"]["rows"]), ["trane", "hum", "gron", "klo"]);
}

/// `gron` was 2.3 points under the limit and is 1.8; `trane` was 1.4 under the limit of income and is 0.9.
#[test]
fn the_arrow_points_towards_the_stricter_list_and_has_its_word() {
    // Two points matter in both.
    let facts = before(before(estates(), "education", "gron", -38, false), "income", "trane", -29, true);
    let payload = payload(built(facts, &ESTATES));
    let of = |name: &str| {
        let cell = &row(&payload, name)["direction"];
        (cell["arrow"].clone(), cell["word"].clone(), cell["detail"].clone())
    };
    let json = |texts: [&str; 3]| {
        let [arrow, word, detail] = texts.map(Json::from);
        (arrow, word, detail)
    };
    let point = "2,0\u{a0}procentpoint";
    assert_eq!(of("gron"), json(["↑", "nærmer sig", &format!("+{point}")]));
    assert_eq!(of("trane"), json(["↓", "tættere på", &format!("+{point}")]));
    let finding = payload["opening"][2]["blocks"][0]["content"].to_string();
    assert!(finding.contains(" og nærmer sig grænsen på 60,0"), "{finding}");
    assert!(payload["table"]["note"].to_string().contains("Pilen op peger mod den strengere liste"));
}

#[test]
fn a_movement_that_does_not_matter_has_no_direction_and_no_number() {
    let payload = payload(built(before(estates(), "education", "gron", -37, false), &ESTATES));
    let cell = &row(&payload, "gron")["direction"];
    assert_eq!((&cell["arrow"], &cell["word"]), (&"→".into(), &"næsten uændret".into()));
    assert!(cell["detail"].is_null());
    assert!(payload["table"]["note"].to_string().contains("Næsten uændret:"));
    let finding = payload["opening"][2]["blocks"][0]["content"].to_string();
    assert!(!finding.contains("nærmer sig"), "{finding}");
}

#[test]
fn an_area_that_has_left_a_stricter_status_is_told_what_goes_on() {
    let facts = estates().status("hum", LIST - 1, listed_as("omdannelse"));
    let said = paragraphs(&built(facts, &ESTATES).paper, FieldId::Presentation);
    let hum = said.iter().find(|said| said.starts_with("hum")).expect("there is a finding");
    assert!(hum.starts_with("hum er ikke længere omdannelsesområde, men er forebyggelsesområde. "), "{hum}");
    assert!(hum.contains("Udviklingsplanen gennemføres, og målet gælder stadig."), "{hum}");
    assert!(hum.ends_with("gælder stadig i en periode, senest til 1. januar 2030."), "{hum}");
}

#[test]
fn residents_near_the_thousand_are_a_finding_with_what_still_applies() {
    let values = ["33.1", "1.39", "50.4", "60.6", "39.5"];
    let facts = listed(estates(), "hum", 1006, listed_as("forebyggelse"), values);
    let said = paragraphs(&built(facts, &ESTATES).paper, FieldId::Presentation);
    let finding = "hum har 1.006 beboere. Grænsen er 1.000. Under 1.000 beboere kan området ikke komme på listerne. \
                   Vedtagne planer og aftaler gælder stadig.";
    assert!(said.iter().any(|said| said == finding), "{said:?}");
}

#[test]
fn of_one_area_the_paper_speaks_in_the_singular() {
    let facts =
        listed(Facts::default(), "klo", 1127, Standing::NotListed, ["9.2", "1.05", "41.0", "83.0", "16.0"]);
    let council = built(facts, &["klo"]);
    assert_eq!(council.paper.title, "Almene boligområder 2025: status og afstand til listerne");
    let said = paragraphs(&council.paper, FieldId::Presentation);
    assert_eq!(said, ["Området er ikke på listerne og er ikke tæt på dem."]);
    assert_eq!(names(&payload(council)["table"]["rows"]), ["klo"]);
}

/// Fifteen estates: three have a status; the others stand together in one row and all in the annex.
#[test]
fn over_twelve_areas_those_that_stand_out_have_rows_and_all_are_in_the_annex() {
    let many: Vec<String> = (0..12).map(|n| format!("omr{n:02}")).collect();
    let facts = many.iter().fold(estates(), |facts, area| {
        listed(facts, area, 1200, Standing::NotListed, ["9.2", "1.05", "41.0", "83.0", "16.0"])
    });
    let mut estates: Vec<&str> = many.iter().map(String::as_str).collect();
    estates.extend(ESTATES);
    let council = built(facts, &estates);
    let annexes = &council.paper.fields.last().expect("there are fields").blocks;
    let Some(Block::Numbered(annexes)) = annexes.first() else { panic!("there is a list") };
    assert_eq!(annexes[0].plain(), "Tabel over alle 16\u{a0}områder");
    let payload = payload(council);
    assert_eq!(names(&payload["table"]["rows"]), ["trane", "gron", "hum"]);
    assert_eq!(payload["table"]["others"], "13 andre områder: ikke på listerne, uændret");
    assert_eq!(names(&payload["full-table"]["rows"]).len(), 16);
}

#[test]
fn a_field_that_nobody_wrote_is_asked_for_and_one_from_the_catalogue_is_printed() {
    let write = |council: &mut CouncilPaper| council.economy = Some("Afholdes inden for rammen.".into());
    let council = try_build(estates(), &ESTATES, write).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(paragraphs(&council.paper, FieldId::Economy), ["Afholdes inden for rammen."]);
    let process =
        council.paper.fields.iter().find(|field| field.id == FieldId::Process).expect("it is there");
    assert!(matches!(process.blocks.as_slice(), [Block::ToBeFilled(_)]));
}

#[test]
fn an_annex_page_is_about_one_area_and_an_unknown_area_is_named_with_its_like() {
    let annex = |id: &str| {
        let fixture = Fixture::new(Facts::default());
        let (_, report) = fixture.catalogue.reports.get_key_value("council-paper").expect("it is declared");
        let mut named = report.council.as_ref().expect("it is one").annex[0].clone();
        named.value = id.into();
        named
    };
    let council = try_build(estates(), &ESTATES, |council| council.annex.push(annex("gron")));
    let payload = payload(council.unwrap_or_else(|error| panic!("{error}")));
    let page = &payload["pages"][0];
    assert_eq!((&page["name"], &page["title"]["name"]), (&Json::from("Bilag 1"), &Json::from("gron")));
    let text = page.to_string();
    assert!(["trane", "hum", "klo"].iter().all(|other| !text.contains(&format!("@{other}@"))));
    let error = try_build(estates(), &ESTATES, |council| council.annex.push(annex("trana"))).err();
    assert_eq!(error.map(|error| error.code), Some("unknown-area"));
}

#[test]
fn options_have_what_speaks_for_and_against_and_without_a_practice_there_are_none() {
    assert!(payload(built(estates(), &ESTATES))["options"].is_null());
    let text = format!("{}\n{PRACTICE}", include_str!("../../../indicators.yaml"));
    let (catalogue, _) =
        crate::catalogue::load_str("indicators.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let fixture = Fixture { catalogue, ..Fixture::new(estates()).with_estates(&ESTATES) };
    let context = fixture.context();
    let report = declared(&fixture, |_| {});
    let id = "council-paper".into();
    let matter = super::Matter {
        context: &context,
        report: (&id, &report),
        council: report.council.as_ref().expect("it is one"),
        comments: &Comments::default(),
        entries: &[],
        lists: &[],
    };
    let options = super::options::tests::if_fitting(&matter, &["gron", "klo"]);
    let options = options.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(options.heading, "Udvalget kan drøfte to muligheder");
    assert_eq!(options.letters(), ["A", "B"]);
    let choice = &options.columns[1];
    assert_eq!((choice.name.as_str(), choice.text.as_str()), ("B. Trappe", "Områderne placeres hvert år."));
    assert_eq!(choice.reasons, ["Passer til gron og klo."]);
    assert_eq!(choice.against, ["Ventetiden kan vokse.", "Virkningen er ikke fulgt med tal."]);
    assert_eq!(choice.practice.as_deref(), Some("Praksis: Nabo Kommune, Trappe (beskrevet)"));
}

const PRACTICE: &str = "practices:\n  stairs:\n    title: Trappe\n    municipality: Nabo Kommune\n    general: true\n    \
                        brief: Områderne placeres hvert år.\n    consider: Ventetiden kan vokse.\n    \
                        evidence: described\n    sources: [{ title: Aftalen }]\n";

#[test]
fn no_word_that_is_not_to_be_used_is_in_the_paper() {
    let outlook = State::Shown(Fact::Outlook(Outlook::AboutAsLikely));
    let council = built(estates().set(&format!("abl-61a/udsat/outlook@gron@{LIST}"), outlook), &ESTATES);
    let mut payload = payload(council);
    payload["labels"] = Json::Null;
    let text = payload.to_string().to_lowercase();
    for word in include_str!("../../../tests/forbidden-words.txt").lines().chain(["uden job"]) {
        assert!(!text.contains(word), "`{word}` is in the paper");
    }
}

#[test]
fn every_field_of_a_payload_is_in_the_sample() {
    let bytes = crate::templates::embedded("sample-council.json").expect("the sample is among the templates");
    let sample: Json = serde_json::from_slice(bytes).expect("the sample is JSON");
    let facts =
        before(estates(), "education", "gron", -38, false).status("hum", LIST - 1, listed_as("omdannelse"));
    let (of_sample, of_payload) = (paths(&[sample]), paths(&[payload(built(facts, &ESTATES))]));
    let unknown: Vec<&String> = of_payload
        .difference(&of_sample)
        // The labels are those of the file of texts, whichever templates use them.
        .filter(|path| !path.ends_with("/t") && !path.ends_with("/b") && !path.starts_with("/labels/"))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
