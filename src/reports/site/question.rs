//! The page of a question: the indicators that answer it, and the practices that help.

use super::{
    Matter,
    page::{Page, Part},
    results,
};
use crate::{
    reports::{context::Said, inspiration::Question},
    words::Slots,
};

/// The page of a question.
pub(super) fn page(matter: &Matter, question: &Question) -> Said<Page> {
    let main = [
        matter.section("indicators-answer", [Part::links(matter.anchors(&question.indicators)?)])?,
        matter.section("others-did", [Part::links(matter.anchors(&question.practices)?)])?,
    ];
    Ok(Page {
        address: format!("question/{}.html", question.slug),
        title: question.title.clone(),
        lead: Some(count(matter, question)?),
        above: vec![matter.start()?],
        main: main.into_iter().flatten().collect(),
        side: results::download(matter)?.into_iter().collect(),
        ..Page::default()
    })
}

/// How many indicators and practices a question has, in words.
pub(super) fn count(matter: &Matter, question: &Question) -> Said<String> {
    let slots = Slots::new()
        .count("indicators", question.indicators.len() as i64)
        .count("practices", question.practices.len() as i64);
    matter.line("question-count", slots)
}
