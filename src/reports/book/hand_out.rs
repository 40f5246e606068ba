//! The hand-out of one practice: two pages to print and give away.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    catalogue::Report,
    ids::{PracticeId, ReportId},
    reports::{
        context::{Context, Said},
        drawings::{Contents, Drawings},
        inspiration::{Barrier, Inspiration, Practice},
        payload::{Meta, ThemeData},
        theme::Look,
    },
    words::{Slots, Words},
};

/// Indicators that the second page tells of at most.
const INDICATORS: usize = 6;
/// Questions to whoever considers it.
const ASK: [&str; 4] = ["ask-1", "ask-2", "ask-3", "ask-4"];

/// What the template is given.
#[derive(Serialize)]
struct Payload {
    meta: Meta,
    theme: ThemeData,
    labels: BTreeMap<String, String>,
    unknown: String,
    practice: Practice,
    /// What to have before beginning: a row an indicator that it follows.
    data: Vec<Row>,
    /// Barriers that it met.
    barriers: Vec<Barrier>,
    /// Questions with room to write.
    ask: Vec<String>,
    /// Where the figures and the whole catalogue are.
    from: String,
}

/// An indicator with what it takes.
#[derive(Serialize)]
struct Row {
    title: String,
    slug: String,
    register: Option<String>,
    access: Option<String>,
    delay: Option<String>,
    hours: Option<String>,
}

/// The contents of the hand-out of a practice; `None` if there is no such practice.
pub(in crate::reports) fn hand_out(
    context: &Context,
    report: (&ReportId, &Report),
    id: &PracticeId,
    look: &Look,
) -> Said<Option<Contents>> {
    let Inspiration { practices, indicators, barriers, unknown, publisher, edition, .. } =
        Inspiration::build(context)?;
    let Some(practice) = practices.into_iter().find(|practice| practice.slug == id.as_str()) else {
        return Ok(None);
    };
    let follows = |slug: &str| practice.indicators.iter().any(|link| link.slug == slug);
    let rows = indicators.into_iter().filter(|indicator| follows(&indicator.slug)).map(|indicator| Row {
        title: indicator.short,
        slug: indicator.slug,
        register: indicator.register,
        access: indicator.access,
        delay: indicator.delay,
        hours: indicator.hours,
    });
    let met = |slug: &str| practice.barriers.iter().any(|link| link.slug == slug);
    let slots = Slots::new().text("publisher", publisher).text("edition", edition).text("id", id.as_str());
    let payload = Payload {
        meta: Meta::new(context, report, &practice.title)?,
        theme: ThemeData::new(look),
        labels: context.words.labels().clone(),
        unknown,
        data: rows.take(INDICATORS).collect(),
        barriers: barriers.into_iter().filter(|barrier| met(&barrier.slug)).collect(),
        ask: ask(context.words)?,
        from: context.words.line("inspiration/hand-out-from", &slots)?,
        practice,
    };
    let data = serde_json::to_vec_pretty(&payload).expect("a payload is plain data");
    Ok(Some(Contents { data, drawings: Drawings::new(None) }))
}

fn ask(words: &Words) -> Said<Vec<String>> {
    ASK.into_iter().map(|key| words.line(&format!("inspiration/{key}"), &Slots::new())).collect()
}
