//! How many come and go, year by year: two lines, and what they were the latest year.

use serde::Serialize;

use super::super::{context::Said, drawings::Drawings, subject::Subject, theme::Look};
use crate::{
    catalogue::Unit,
    compute::{Fact, Moved, State},
    figures::{self, TrendPoint, TrendSpec, TrendWords},
    ids::{Period, ValueId},
    words::{Rich, Slots},
};

/// Virtual path of the drawing.
const PATH: &str = "/turnover.svg";
/// A line needs so many points.
const POINTS: usize = 3;

/// The trend with its sentence.
#[derive(Serialize)]
pub(in crate::reports) struct Turnover {
    pub heading: String,
    unit: String,
    pub sentence: Rich,
    /// The same in brief.
    #[serde(skip)]
    pub follows: String,
    /// Null where there are too few years for a line.
    drawing: Option<Drawing>,
}

#[derive(Serialize)]
struct Drawing {
    svg: &'static str,
    width: f64,
    height: f64,
    alt: String,
}

/// The trend; `None` where the latest year is not shown.
pub(super) fn turnover(subject: &Subject, look: &Look, drawings: &mut Drawings) -> Said<Option<Turnover>> {
    let periods = subject.context.publication.periods("moves/persons", &subject.area.id);
    let facts: Vec<(Period, State<&Moved>)> = periods.into_iter().map(|p| (p, moved(subject, p))).collect();
    let latest = facts.iter().rev().find(|(_, state)| !matches!(state, State::Missing(_)));
    let Some((period, State::Shown(latest))) = latest else { return Ok(None) };
    let percent = |rate: usize| subject.with_unit(Unit::Percent, latest.rates[rate]);
    let slots = Slots::new()
        .count("came", latest.moved_in)
        .count("went", latest.moved_out)
        .text("came_rate", percent(0)?)
        .text("went_rate", percent(1)?)
        .text("since", subject.period(latest.since)?)
        .text("until", subject.period(*period)?);
    let brief = Slots::new().count("came", latest.moved_in).count("went", latest.moved_out);
    Ok(Some(Turnover {
        follows: subject.line("moves/follows-turnover", brief)?,
        heading: heading(subject, latest)?,
        unit: subject.fixed("moves/turnover-unit")?,
        sentence: subject.say("moves/turnover", slots)?,
        drawing: drawing(subject, &facts, look, drawings)?,
    }))
}

fn moved<'a>(subject: &Subject<'a>, period: Period) -> State<&'a Moved> {
    match subject.fact("moves/persons", period) {
        State::Shown(Fact::Moved(moved)) => State::Shown(moved),
        State::Hidden => State::Hidden,
        State::Missing(missing) => State::Missing(*missing),
        State::Shown(_) => State::Missing(crate::compute::Missing::NoData),
    }
}

/// Flere flyttede ind end ud, or the other way.
fn heading(subject: &Subject, latest: &Moved) -> Said<String> {
    subject.fixed(match latest.moved_in.cmp(&latest.moved_out) {
        std::cmp::Ordering::Greater => "moves/turnover-more-in",
        std::cmp::Ordering::Less => "moves/turnover-more-out",
        std::cmp::Ordering::Equal => "moves/turnover-even",
    })
}

fn drawing(
    subject: &Subject,
    facts: &[(Period, State<&Moved>)],
    look: &Look,
    drawings: &mut Drawings,
) -> Said<Option<Drawing>> {
    let points = |rate: usize| {
        let known = facts.iter().filter(|(_, state)| !matches!(state, State::Missing(_)));
        known
            .map(|(period, state)| {
                let value = match state {
                    State::Shown(moved) => State::Shown(moved.rates[rate]),
                    _ => State::Hidden,
                };
                let id = ValueId::own("moves/persons", &subject.area.id, *period);
                Ok(TrendPoint { id, label: subject.period(*period)?, value })
            })
            .collect::<Said<Vec<_>>>()
    };
    let (own, other) = (points(0)?, points(1)?);
    let shown: Vec<&TrendPoint> = own.iter().filter(|point| matches!(point.value, State::Shown(_))).collect();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return Ok(None) };
    if shown.len() < POINTS {
        return Ok(None);
    }
    let slots =
        Slots::new().text("area", &subject.area.name).text("since", &first.label).text("until", &last.label);
    let words = TrendWords {
        alt: subject.line("moves/turnover-alt", slots)?,
        other: subject.fixed("moves/turnover-out")?,
        hidden: subject.fixed("trends/hidden")?,
        names: Some([subject.fixed("moves/turnover-in")?, subject.fixed("moves/turnover-out")?]),
        head: [
            subject.fixed("trends/head-period")?,
            subject.fixed("moves/turnover-in")?,
            subject.fixed("moves/turnover-out")?,
        ],
        format: subject.context.words.format(),
        ..TrendWords::default()
    };
    let spec = TrendSpec {
        subject: &subject.area.id,
        own: &own,
        other: &other,
        limit: None,
        breaks: &[],
        words: &words,
        theme: &look.theme,
    };
    let Some(figure) = figures::trend(&spec) else { return Ok(None) };
    drawings.add(PATH, &figure)?;
    Ok(Some(Drawing { svg: PATH, width: figure.width, height: figure.height, alt: figure.alt }))
}
