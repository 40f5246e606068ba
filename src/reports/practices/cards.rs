//! The cards of practices on an area's page.

use serde::Serialize;

use super::{Fit, fitting};
use crate::{
    catalogue::Text,
    reports::{context::Said, subject::Subject},
    words::{Rich, Slots},
};

/// Cards on a page at most.
const CARDS: usize = 2;

/// The practices that a page shows.
#[derive(Serialize)]
pub(in crate::reports) struct Cards {
    lead: String,
    cards: Vec<Card>,
    note: String,
}

/// One practice: what it is, why it fits, what to consider, how well its effect is known.
#[derive(Serialize)]
struct Card {
    heading: String,
    brief: String,
    because: Rich,
    consider: Rich,
    evidence: String,
}

/// The practices that fit best; `None` where none fits.
pub(in crate::reports) fn cards(subject: &Subject) -> Said<Option<Cards>> {
    let fits = fitting(subject)?;
    if fits.is_empty() {
        return Ok(None);
    }
    Ok(Some(Cards {
        lead: subject.fixed("practices/lead")?,
        cards: fits.into_iter().take(CARDS).map(|fit| card(subject, fit)).collect::<Said<_>>()?,
        note: subject.fixed("practices/note")?,
    }))
}

fn card(subject: &Subject, fit: Fit) -> Said<Card> {
    let text = |text: &Text| subject.context.text(text).to_string();
    let title = text(&fit.practice.title);
    let edition = subject.context.catalogue.about.edition.value;
    let brief = Slots::new()
        .text("who", &fit.practice.municipality)
        .text("brief", text(fit.practice.brief_in(edition)));
    let word = subject.fixed(&format!("practices/{}", fit.practice.evidence.word()))?;
    let against = fit.against.into_iter().reduce(Rich::then).unwrap_or_default();
    Ok(Card {
        heading: subject.line("practices/heading", Slots::new().text("title", &title))?,
        brief: subject.line("practices/brief", brief)?,
        because: fit.reason,
        consider: subject.say("practices/consider", Slots::new().text("text", against.plain()))?,
        evidence: subject.line("practices/evidence", Slots::new().text("word", word).text("title", title))?,
    })
}
