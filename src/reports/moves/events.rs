//! What makes the moves of a span no ordinary ones: events that the catalogue declares for the area, and unusually many
//! dwellings given up. What the split is without the dwellings concerned stands beside.

use super::{
    super::{context::Said, subject::Subject},
    Reading, Told, split,
};
use crate::{
    catalogue::{Event, EventKind},
    compute::{Fact, Split, State, Vacated},
    ids::Period,
    words::{Rich, Slots},
};

/// The months of a year.
const YEAR: (u8, u8) = (1, 12);
/// Years that are named one by one.
const NAMED: u16 = 3;

/// What is to be said of a span.
pub(super) struct Guard<'a> {
    events: Vec<&'a Event>,
    vacated: Option<&'a Vacated>,
    without: Option<&'a Split>,
}

impl<'a> Guard<'a> {
    pub fn new(subject: &Subject<'a>, told: &Told<'a>) -> Self {
        let since = match told.split {
            State::Shown(split) => split.since,
            _ => told.period.years_back(1),
        };
        let span = (first_month(subject, told, since), last_month(subject, told));
        let events = subject.context.catalogue.events.iter().map(|(_, event)| event);
        let of_area = events.filter(|event| event.areas.iter().any(|area| area.value == subject.area.id));
        let vacated = match subject.context.publication.get(&told.address(subject, "moves/vacated")) {
            State::Shown(Fact::Vacated(vacated)) if vacated.unusual => Some(vacated),
            _ => None,
        };
        let id = told.address(subject, &format!("moves/{}/without", told.id));
        let without = match split(subject.context, &id) {
            State::Shown(split) => Some(split),
            _ => None,
        };
        Self { events: of_area.filter(|event| overlaps(event, span)).collect(), vacated, without }
    }

    /// Were the moves no ordinary ones?
    pub fn is_up(&self) -> bool {
        !self.events.is_empty() || self.vacated.is_some()
    }

    /// What is said under the heading.
    pub fn warning(&self, subject: &Subject, told: &Told) -> Said<Option<Rich>> {
        if !self.is_up() {
            return Ok(None);
        }
        let mut happened = Vec::new();
        for event in &self.events {
            let slots = Slots::new()
                .text("title", subject.context.text(&event.title))
                .list("years", years(event))
                .text("what", subject.fixed(key(event.kind))?);
            happened.push(subject.line("moves/event", slots)?);
        }
        let mut slots = Slots::new().text("happened", happened.join(" "));
        if let Some(vacated) = self.vacated {
            slots = slots.number("vacated", vacated.share);
            if let Some(usual) = vacated.usual {
                slots = slots.number("usual", usual);
            }
        }
        if let Some(split) = self.without {
            let reading = Reading::new(split);
            let unit = told.indicator.unit;
            slots = slots
                .text("name", told.name(subject))
                .text("start", subject.context.words.number(split.start))
                .text("end", subject.with_unit(unit, split.end)?)
                .flag("wide", reading.wide)
                .text("moves", subject.context.words.format().signed(reading.moves))
                .text("own", subject.context.words.format().signed(reading.own));
        }
        subject.say("moves/warning", slots).map(Some)
    }
}

fn key(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Renovation => "moves/event-renovation",
        EventKind::NewBuilding => "moves/event-new-building",
        EventKind::Demolition => "moves/event-demolition",
        EventKind::Closed => "moves/event-closed",
    }
}

/// A month as a number that orders months.
fn month(year: u16, month: u8) -> i32 {
    i32::from(year) * 12 + i32::from(month)
}

/// The first month after the earlier time: after the day that the source describes, else the beginning of the period.
fn first_month(subject: &Subject, told: &Told, since: Period) -> i32 {
    match (since, subject.reference_day(told.indicator_id)) {
        (Period::Year(year), Some(day)) => month(year, day.month),
        (period, _) => month(period.year(), months(period).0),
    }
}

/// The last month before the later time.
fn last_month(subject: &Subject, told: &Told) -> i32 {
    match (told.period, subject.reference_day(told.indicator_id)) {
        (Period::Year(year), Some(day)) => month(year, day.month) - i32::from(day.day == 1),
        (period, _) => month(period.year(), months(period).1),
    }
}

/// The first and the last month of a period.
fn months(period: Period) -> (u8, u8) {
    match period {
        Period::Year(_) => YEAR,
        Period::Half(_, part) => (6 * part - 5, 6 * part),
        Period::Quarter(_, part) => (3 * part - 2, 3 * part),
        Period::Month(_, month) => (month, month),
    }
}

fn overlaps(event: &Event, (first, last): (i32, i32)) -> bool {
    let begins = month(event.from.year, event.from.month);
    let ends = event.to.as_ref().map_or(i32::MAX, |to| month(to.year, to.month));
    begins <= last && ends >= first
}

/// The years of an event, one by one where they are few.
fn years(event: &Event) -> Vec<String> {
    let first = event.from.year;
    match event.to.as_ref().map(|to| to.year) {
        Some(last) if last.saturating_sub(first) < NAMED => {
            (first..=last).map(|year| year.to_string()).collect()
        }
        Some(last) => vec![format!("{first}–{last}")],
        None => vec![first.to_string()],
    }
}
