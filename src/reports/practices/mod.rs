//! Which practices of other municipalities fit an area, with the reasons: from what is published alone, so that a match tells
//! nothing more.
//!
//! A condition on something hidden or missing does not hold, on either side ([`reasons`]).

mod cards;
mod reasons;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;

pub(super) use cards::{Cards, cards};

use super::{context::Said, subject::Subject};
use crate::{
    catalogue::Practice,
    ids::PracticeId,
    words::{Rich, Slots},
};

/// A practice that fits an area.
pub(super) struct Fit<'a> {
    pub id: &'a PracticeId,
    pub practice: &'a Practice,
    /// Why it fits, one sentence an indicator or status.
    pub because: Vec<Rich>,
    /// The same as one sentence that begins "Passer, fordi".
    pub reason: Rich,
    /// What speaks against it, one sentence each: what is seen here, what no figure answers, what to consider.
    pub against: Vec<Rich>,
    /// How strong the reasons are.
    pub strength: u8,
    /// Does something seen here speak against it?
    pub is_opposed: bool,
}

/// The practices that fit an area: those that nothing here speaks against first, then by the strength of the reasons, how well
/// the effect is known, and id.
pub(super) fn fitting<'a>(subject: &Subject<'a>) -> Said<Vec<Fit<'a>>> {
    let mut fits = Vec::new();
    for (id, practice) in subject.context.catalogue.practices.iter() {
        fits.extend(fit(subject, &id.value, practice)?);
    }
    in_order(&mut fits);
    Ok(fits)
}

fn in_order(fits: &mut [Fit]) {
    fits.sort_by_key(|fit| (fit.is_opposed, Reverse(fit.strength), Reverse(fit.practice.evidence), fit.id));
}

/// A practice with its reasons, if all its conditions hold in the area.
fn fit<'a>(subject: &Subject<'a>, id: &'a PracticeId, practice: &'a Practice) -> Said<Option<Fit<'a>>> {
    let is_for = practice.places.iter().any(|layer| layer.value == *subject.layer_id);
    if !is_for || practice.fits_when.is_empty() {
        return Ok(None);
    }
    let Some(holding) = practice.fits_when.iter().map(|when| reasons::holds(subject, when)).collect() else {
        return Ok(None);
    };
    let holding: Vec<reasons::Holding> = holding;
    let strength = holding.iter().map(reasons::Holding::strength).sum();
    let clauses = reasons::clauses(subject, holding)?;
    if clauses.is_empty() {
        return Ok(None);
    }
    let opposing = practice.unfit_when.iter().filter_map(|when| reasons::holds(subject, when)).collect();
    let opposing = reasons::clauses(subject, opposing)?;
    let is_opposed = !opposing.is_empty();
    Ok(Some(Fit {
        id,
        practice,
        because: clauses
            .iter()
            .map(|clause| subject.say("practices/sentence", Slots::new().text("clause", clause)))
            .collect::<Said<_>>()?,
        reason: reason(subject, &clauses)?,
        against: against(subject, practice, &opposing)?,
        strength,
        is_opposed,
    }))
}

/// All clauses as one sentence.
fn reason(subject: &Subject, clauses: &[String]) -> Said<Rich> {
    let mut joined = clauses.first().cloned().unwrap_or_default();
    for next in clauses.iter().skip(1) {
        joined = subject.line("practices/and", Slots::new().text("first", joined).text("second", next))?;
    }
    subject.say("practices/because", Slots::new().text("clauses", joined))
}

/// What speaks against it, the firmest first.
fn against(subject: &Subject, practice: &Practice, opposing: &[String]) -> Said<Vec<Rich>> {
    let seen = opposing
        .iter()
        .map(|clause| subject.say("practices/speaks-against", Slots::new().text("clause", clause)));
    let unjudged = practice.unjudged.iter().map(|question| {
        let question = subject.context.text(question);
        subject.say("practices/unjudged", Slots::new().text("question", question))
    });
    let consider = Rich::from(subject.context.text(&practice.consider).to_string());
    seen.chain(unjudged).chain([Ok(consider)]).collect()
}
