//! The pages of practices, under KL's headings, and of barriers.

use super::{
    Matter, anchor, indicator,
    page::{Anchor, Fact, Page, Part, Section, Step, Told},
};
use crate::{
    catalogue::ReportKind,
    reports::{
        context::Said,
        inspiration::{Barrier, Practice},
    },
    words::Slots,
};

/// The page of a practice.
pub(super) fn page(matter: &Matter, practice: &Practice) -> Said<Page> {
    Ok(Page {
        address: format!("practice/{}.html", practice.slug),
        title: practice.title.clone(),
        lead: Some(practice.brief.clone()),
        above: vec![matter.start()?, Anchor::to("practices.html", matter.fixed("practices")?)],
        main: main(matter, practice)?.into_iter().flatten().collect(),
        side: side(matter, practice)?.into_iter().flatten().collect(),
        ..Page::default()
    })
}

fn main(matter: &Matter, practice: &Practice) -> Said<Vec<Option<Section>>> {
    let unknown = &matter.said.unknown;
    let told = practice.headings.iter().map(|heading| Told {
        label: heading.title.clone(),
        texts: vec![heading.text.clone().unwrap_or_else(|| unknown.clone())],
    });
    let sentences = |clauses: &[String]| -> Said<Part> {
        let say = |clause: &String| {
            matter.context.words.line("practices/sentence", &Slots::new().text("clause", clause))
        };
        Ok(Part::Dots { texts: clauses.iter().map(say).collect::<Said<_>>()? })
    };
    let (fits, unfit) = (sentences(&practice.fits)?, sentences(&practice.unfit)?);
    let unjudged = Part::Dots { texts: practice.unjudged.clone() };
    let level = usize::from(practice.evidence.level);
    let steps = practice.evidence.scale.iter().enumerate();
    let steps = steps.map(|(i, word)| Step { text: word.clone(), reached: i < level });
    let general = practice.general.then(|| matter.fixed("general")).transpose()?;
    Ok(vec![
        matter.section("told", [Part::Told { rows: told.collect() }])?,
        matter.section(
            "evidence",
            [Part::Steps { steps: steps.collect() }, Part::text([practice.evidence.meaning.clone()])],
        )?,
        matter.section("fits", [Part::text(general), fits])?,
        matter.section("unfit", [unfit])?,
        matter.section("unjudged", [unjudged])?,
        matter.section("values", indicator::values(matter, &practice.values)?)?,
    ])
}

fn side(matter: &Matter, practice: &Practice) -> Said<Vec<Option<Section>>> {
    let fact = |key: &str, text: &str| -> Said<Fact> {
        Ok(Fact { label: matter.fixed(key)?, text: text.to_string() })
    };
    let mut facts = vec![fact("fact-who", &practice.municipality)?];
    facts.extend(practice.period.as_ref().map(|period| fact("fact-period", period)).transpose()?);
    let references = practice.references.iter();
    let references = references.map(|document| Anchor::document(&document.title, document.url.as_ref()));
    let here = practice.fits_here.iter().map(|name| {
        let place = matter.places.iter().find(|place| place.name == *name);
        place.map_or_else(
            || Anchor { text: name.clone(), ..Anchor::default() },
            |place| Anchor::to(place.address(), name),
        )
    });
    let share = matter.fixed("hand-out")?;
    let share = matter
        .pdfs(ReportKind::PracticeHandOut, |report| format!("{report}/{}", practice.slug))
        .map(|href| Anchor::to(href, &share));
    Ok(vec![
        matter.section("brief", [Part::Facts { rows: facts }, Part::links(share)])?,
        matter.section("answers", [Part::links(practice.questions.iter().map(anchor))])?,
        matter.section("indicators", [Part::links(practice.indicators.iter().map(anchor))])?,
        matter.section("met", [Part::links(practice.barriers.iter().map(anchor))])?,
        matter.section("fits-here", [Part::links(here)])?,
        matter.section("references", [Part::links(references)])?,
    ])
}

/// The page of a barrier.
pub(super) fn barrier(matter: &Matter, barrier: &Barrier) -> Said<Page> {
    let told = [
        ("barrier-sign", &barrier.sign),
        ("barrier-remedy", &barrier.remedy),
        ("barrier-decides", &barrier.who_decides),
    ];
    let sections = told.map(|(key, text)| matter.section(key, [Part::text([text.clone()])]));
    let references = barrier.references.iter();
    let references = references.map(|document| Anchor::document(&document.title, document.url.as_ref()));
    let side = [
        matter.section("met-by", [Part::links(matter.anchors(&barrier.met_by)?)])?,
        matter.section("references", [Part::links(references)])?,
    ];
    Ok(Page {
        address: format!("barrier/{}.html", barrier.slug),
        title: barrier.title.clone(),
        above: vec![matter.start()?, Anchor::to("barriers.html", matter.fixed("barriers")?)],
        main: sections.into_iter().collect::<Said<Vec<_>>>()?.into_iter().flatten().collect(),
        side: side.into_iter().flatten().collect(),
        ..Page::default()
    })
}
