//! The inspiration catalogue as a book, and the hand-out of one practice: what their templates are given.
//!
//! Both print [`Inspiration`]; here are only the words around it, the choice of indicators with a page of their own, and what
//! of an entry a page has room for. Their fields are the contract of `templates/README.md`.

mod cover;
mod hand_out;
mod shown;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub(super) use hand_out::hand_out;

use super::{
    attachments::Attachment,
    context::{Context, Said},
    drawings::{Contents, Drawings},
    inspiration::{Evidence, Inspiration, evidence},
    payload::{Meta, ThemeData},
    theme::Look,
};
use crate::{
    catalogue::{Evidence as Level, Report},
    ids::ReportId,
    words::{Slots, Words},
};
use cover::Cover;
use shown::{Line, Page};

/// Paragraphs of the introduction, steps to begin with, and notes beside them.
const WHAT: [&str; 3] = ["what-1", "what-2", "what-3"];
const STEPS: [&str; 6] = ["step-1", "step-2", "step-3", "step-4", "step-5", "step-6"];

const LEVELS: [Level; 3] = [Level::Described, Level::Followed, Level::Measured];

/// What the template of the catalogue is given.
#[derive(Serialize)]
struct Payload {
    meta: Meta,
    theme: ThemeData,
    labels: BTreeMap<String, String>,
    cover: Cover,
    intro: Intro,
    heads: Heads,
    /// The three levels of what is known of an effect.
    evidence: Vec<Evidence>,
    /// Questions, practices, barriers, registers, sources, terms.
    inspiration: Inspiration,
    /// Indicators with a page of their own, in the order of the themes.
    pages: Vec<Page>,
    /// The others, by theme, one line each.
    others: Vec<Line>,
    attachments: Vec<Attachment>,
}

/// The page on what it is and how to begin.
#[derive(Serialize)]
struct Intro {
    what: Vec<String>,
    steps: Vec<Step>,
}

/// A step: what to do, and how.
#[derive(Serialize)]
struct Step {
    title: String,
    text: String,
}

/// Headings with numbers in them.
#[derive(Serialize)]
struct Heads {
    indicators: String,
    others: String,
    practices: String,
    barriers: String,
}

/// The catalogue's contents.
pub(super) fn catalogue(context: &Context, report: (&ReportId, &Report), look: &Look) -> Said<Contents> {
    let mut inspiration = Inspiration::build(context)?;
    let chosen: BTreeSet<String> = if report.1.indicators.is_empty() {
        inspiration.indicators.iter().filter(|one| one.is_used).map(|one| one.slug.clone()).collect()
    } else {
        report.1.indicators.iter().map(ToString::to_string).collect()
    };
    let order: BTreeMap<&str, usize> =
        inspiration.themes.iter().map(|theme| theme.slug.as_str()).zip(0..).collect();
    let mut indicators = std::mem::take(&mut inspiration.indicators);
    indicators.sort_by_key(|indicator| order.get(indicator.theme.slug.as_str()).copied());
    let entries = shown::entries(context.words, &indicators)?;
    let (own, others): (Vec<_>, Vec<_>) =
        indicators.into_iter().partition(|indicator| chosen.contains(&indicator.slug));
    // What one figure is made of is no indicator to look up.
    let others: Vec<_> = others.into_iter().filter(|indicator| !indicator.is_part).collect();
    let mut drawings = Drawings::new(None);
    let payload = Payload {
        meta: Meta::new(context, report, &inspiration.publisher)?,
        theme: ThemeData::new(look),
        labels: context.words.labels().clone(),
        cover: cover::cover(context, report, look, (&inspiration, own.len()), &mut drawings)?,
        intro: intro(context.words)?,
        evidence: LEVELS.into_iter().map(|level| evidence(context, level)).collect::<Said<_>>()?,
        heads: heads(context.words, &inspiration, own.len(), others.len())?,
        pages: own.into_iter().map(|indicator| Page::new(context.words, indicator)).collect::<Said<_>>()?,
        others: others.into_iter().map(Line::new).collect(),
        inspiration,
        attachments: vec![entries],
    };
    let data = serde_json::to_vec_pretty(&payload).expect("a payload is plain data");
    Ok(Contents { data, drawings })
}

fn intro(words: &Words) -> Said<Intro> {
    let line = |key: &str| words.line(&format!("inspiration/{key}"), &Slots::new());
    let step = |key: &str| Ok(Step { title: line(&format!("{key}-title"))?, text: line(key)? });
    Ok(Intro {
        what: WHAT.into_iter().map(line).collect::<Said<_>>()?,
        steps: STEPS.into_iter().map(step).collect::<Said<_>>()?,
    })
}

fn heads(words: &Words, inspiration: &Inspiration, own: usize, others: usize) -> Said<Heads> {
    let line =
        |key: &str, n: usize| words.line(&format!("inspiration/{key}"), &Slots::new().count("n", n as i64));
    Ok(Heads {
        indicators: line("head-indicators", own)?,
        others: line("head-others", others)?,
        practices: line("head-practices", inspiration.practices.len())?,
        barriers: line("head-barriers", inspiration.barriers.len())?,
    })
}
