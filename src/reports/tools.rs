//! What the law lets be done about an area, asks for and forbids, by its status on the latest list and those it had before;
//! what lettings can do; and the target of a development plan.
//!
//! A rule applies by the area's printed status, official or our own. One that goes on after a status is lost hangs on what
//! was official: our own computation makes nobody a former omdannelsesområde.

mod history;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    context::Said,
    law::Law,
    subject::{Subject, shown},
};
use crate::{
    catalogue::{AfterLeaving, Date, Goal, MadeBy, Method, Obliges, Text, Tool, Unit},
    compute::{Fact, Standing, State, Status, Value, WhatIf},
    ids::{FamilyId, IndicatorId, Period, ToolId, ValueId},
    numbers::Decimal,
    words::{Rich, Slots},
};
use history::{History, Lasting};

/// Rules of letting and duties, as a page prints them.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Tools {
    heading: String,
    rows: Vec<Row>,
    note: String,
    what_if: Option<Table>,
    target: Option<Rich>,
}

/// One rule or duty.
#[derive(Serialize)]
struct Row {
    word: String,
    name: String,
    law: String,
    text: String,
    since: String,
    /// It goes on after the area has lost the status that it came with.
    after: bool,
}

/// What lettings can do to a share.
#[derive(Serialize)]
struct Table {
    heading: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    assumptions: Rich,
}

/// How a tool comes to apply.
struct Found<'a> {
    id: &'a ToolId,
    tool: &'a Tool,
    since: Option<Date>,
    /// The status that it follows from is our own computation.
    own: bool,
    after: Option<(&'a AfterLeaving, Lasting)>,
}

impl Found<'_> {
    fn obliges(&self) -> Obliges {
        let after = self.after.as_ref().and_then(|(after, _)| after.obliges);
        after.unwrap_or(self.tool.obliges)
    }
}

/// Everything that applies to the area; `None` for an area that no law lists, and where the catalogue has no tools.
pub(super) fn tools(subject: &Subject) -> Said<Option<Tools>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let status = shown(law.status(subject, law.year()));
    let day = status.map_or(law.list, |status| status.list);
    let mut found = found(subject, day);
    if found.is_empty() {
        return Ok(None);
    }
    let note = note(subject, law, (status, day), &found)?;
    let what_if = found.iter().find_map(|found| table_of(subject, found)).map(|asked| table(subject, &asked));
    let target = found.iter().find_map(|found| found.tool.target.as_ref());
    let target = target.map(|declared| self::target(subject, declared)).transpose()?;
    found.sort_by_key(Found::obliges);
    Ok(Some(Tools {
        heading: subject.fixed("tools/heading")?,
        rows: found.iter().map(|found| row(subject, law, found)).collect::<Said<Vec<_>>>()?,
        note: note.plain(),
        what_if: what_if.transpose()?,
        target,
    }))
}

/// What goes on after the area has lost a status: rules that must be kept.
pub(super) struct GoingOn<'a> {
    pub says: &'a str,
    /// What it is called.
    pub name: &'a str,
    /// It ends one day; else it goes on for good.
    pub ends: bool,
    /// The day by which it is over at the latest.
    pub until: Option<Date>,
}

/// The duties that go on after the area has lost the status that they came with.
pub(super) fn going_on_of<'a>(subject: &Subject<'a>) -> Vec<GoingOn<'a>> {
    let Some(law) = &subject.law else { return Vec::new() };
    let day = shown(law.status(subject, law.year())).map_or(law.list, |status| status.list);
    let duties = found(subject, day).into_iter().filter(|found| found.obliges() != Obliges::May);
    let said = duties.filter_map(|found| {
        let (after, _) = found.after?;
        Some(GoingOn {
            says: subject.context.text(&after.says),
            name: subject.context.text(&found.tool.title),
            ends: after.years.is_some() || after.until.is_some(),
            until: after.until.as_ref().map(|until| until.value),
        })
    });
    said.collect()
}

/// The tools in force on the day that apply, in the order of the catalogue.
fn found<'a>(subject: &Subject<'a>, day: Date) -> Vec<Found<'a>> {
    let catalogue = subject.context.catalogue;
    let mut histories: BTreeMap<&FamilyId, History> = BTreeMap::new();
    for (id, family) in catalogue.families.iter() {
        // What a municipality keeps to itself is on no page, nor what follows from it.
        if family.made_by == MadeBy::Law || family.released {
            histories.insert(&id.value, History::new(subject, &id.value));
        }
    }
    let in_force = catalogue.tools.iter().filter(|(_, tool)| tool.is_in_force(day));
    let all: Vec<Found> =
        in_force.filter_map(|(id, tool)| applying(subject, &histories, &id.value, tool, day)).collect();
    let now = |id: &ToolId| all.iter().any(|found| found.id == id && found.after.is_none());
    let kept: Vec<bool> =
        all.iter().map(|found| !found.tool.unless.iter().any(|other| now(&other.value))).collect();
    all.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(found, _)| found).collect()
}

fn applying<'a>(
    subject: &Subject<'a>,
    histories: &BTreeMap<&FamilyId, History<'a>>,
    id: &'a ToolId,
    tool: &'a Tool,
    day: Date,
) -> Option<Found<'a>> {
    let begins = begins(subject, tool);
    let found = |since: Option<Date>, own, after| {
        let since = since.into_iter().chain(begins).max();
        Some(Found { id, tool, since, own, after })
    };
    if tool.applies.is_empty() {
        return found(None, false, None);
    }
    let runs = histories.iter().filter_map(|(family, history)| {
        let statuses = tool.applies.iter().filter(|applies| applies.family.value == **family);
        history.run(&statuses.map(|applies| &applies.status.value).collect::<Vec<_>>())
    });
    if let Some(run) = runs.min_by_key(|run| run.since) {
        return found(Some(run.since), run.own, None);
    }
    let after = tool.after_leaving.as_ref()?;
    let lasting = histories.get(&after.family.value)?.lasting(after, day)?;
    found(Some(lasting.since), false, Some((after, lasting)))
}

/// The first day of a rule, through all its wordings; `None` if it was there before the first list.
fn begins(subject: &Subject, tool: &Tool) -> Option<Date> {
    let mut first = tool;
    while let Some(before) =
        first.replaces.as_ref().and_then(|id| subject.context.catalogue.tools.get(&id.value))
    {
        first = before;
    }
    first.from.as_ref().map(|from| from.value)
}

fn row(subject: &Subject, law: &Law, found: &Found) -> Said<Row> {
    let context = subject.context;
    let mut text = match &found.after {
        Some((after, lasting)) => going_on(subject, law, after, lasting)?,
        None => context.text(&found.tool.says).to_string(),
    };
    if !found.tool.checked {
        text = subject.line("tools/unchecked", Slots::new().text("says", text))?;
    }
    let date = |day: Date| subject.context.words.date(day.year, day.month, day.day);
    Ok(Row {
        word: subject.fixed(match found.obliges() {
            Obliges::Must => "tools/must",
            Obliges::MustNot => "tools/must-not",
            Obliges::May => "tools/may",
        })?,
        name: context.text(&found.tool.title).to_string(),
        law: context.text(&found.tool.law).to_string(),
        text,
        since: found.since.map_or_else(|| subject.fixed("tools/undated"), |day| Ok(date(day)))?,
        after: found.after.is_some(),
    })
}

/// What goes on, and when it ends.
fn going_on(subject: &Subject, law: &Law, after: &AfterLeaving, lasting: &Lasting) -> Said<String> {
    let mut slots = Slots::new().text("says", subject.context.text(&after.says));
    if let (Some(years), Some(without)) = (&after.years, &after.without) {
        slots = slots
            .count("of", years.value.into())
            .count("n", lasting.years.into())
            .text("status", law.status_in_sentence(subject.context, &without.value));
    }
    if let Some(until) = &after.until {
        let until = until.value;
        slots = slots.text("until", subject.context.words.date(until.year, until.month, until.day));
    }
    subject.line("tools/after", slots)
}

/// What the rows follow from.
fn note(subject: &Subject, law: &Law, (status, day): (Option<&Status>, Date), found: &[Found]) -> Said<Rich> {
    let date = subject.context.words.date(day.year, day.month, day.day);
    let note = subject.say("tools/note", Slots::new().text("date", date))?;
    let more = match status.map(|status| (&status.status, status.official)) {
        None | Some((Standing::CannotTell, _)) => subject.say("tools/note-cannot-tell", Slots::new())?,
        Some((Standing::TooFewResidents, _)) => subject
            .say("tools/note-too-few", Slots::new().count("limit", law.residents().unwrap_or_default()))?,
        Some((_, false)) => subject.say("tools/note-own", Slots::new())?,
        Some((_, true)) => {
            let own = found.iter().filter(|found| found.own);
            let names: Vec<&str> = own.map(|found| subject.context.text(&found.tool.title)).collect();
            if names.is_empty() {
                return Ok(note);
            }
            subject.say("tools/note-own-part", Slots::new().list("names", names))?
        }
    };
    Ok(note.then(more))
}

/// A tool's table, with the indicator that it is about.
struct Asked<'a> {
    table: &'a WhatIf,
    indicator: &'a IndicatorId,
}

fn table_of<'a>(subject: &Subject<'a>, found: &Found<'a>) -> Option<Asked<'a>> {
    let what_if = found.tool.what_if.as_ref()?;
    let catalogue = subject.context.catalogue;
    let year = subject.context.overview.latest_list(&what_if.family.value)?;
    let what = format!("{}/what-if/{}", what_if.family, found.id);
    let State::Shown(Fact::WhatIf(table)) = subject.fact(&what, Period::Year(year)) else { return None };
    let sets = catalogue.rule_sets_of(&what_if.family.value).map(|(_, set)| set);
    let criterion = sets.filter_map(|set| set.criteria.get(&what_if.criterion.value)).last()?;
    Some(Asked { table, indicator: &criterion.indicator.value })
}

fn table(subject: &Subject, asked: &Asked) -> Said<Table> {
    let (table, catalogue) = (asked.table, subject.context.catalogue);
    let indicator = catalogue.indicator(asked.indicator);
    let short = indicator.map_or_else(String::new, |indicator| {
        super::history::lower_first(subject.context.text(indicator.short_title()))
    });
    let head = |key: &str| subject.line(key, Slots::new().text("short", &short));
    let columns = [
        subject.fixed("tools/what-if-lettings")?,
        subject.fixed("tools/what-if-today")?,
        head("tools/what-if-half")?,
        head("tools/what-if-none")?,
    ];
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut cells = vec![subject.context.words.format().count(row.number)];
        for share in row.shares {
            cells.push(subject.with_unit(Unit::Percent, share)?);
        }
        rows.push(cells);
    }
    if let Some(years) = table.years {
        let mut cells = vec![subject.fixed("tools/what-if-ends")?];
        for years in years {
            cells.push(match years {
                Some(n) => subject.line("tools/what-if-years", Slots::new().count("n", n.into()))?,
                None => subject.fixed("tools/what-if-never")?,
            });
        }
        rows.push(cells);
    }
    let mut slots = Slots::new()
        .text("share", subject.with_unit(Unit::Percent, table.share)?)
        .text("year", subject.period(table.year)?)
        .count("lettings", table.lettings)
        .number("per", table.per_dwelling);
    if let Some(years) = indicator.and_then(|indicator| over(&indicator.method)) {
        slots = slots.count("years", years.into());
    }
    Ok(Table {
        heading: head("tools/what-if-heading")?,
        columns: columns.into(),
        rows,
        assumptions: subject.say("tools/what-if-assumptions", slots)?,
    })
}

/// Over how many years the criterion is, where it is over several.
fn over(method: &Method) -> Option<u8> {
    let Method::Share(share) = method else { return None };
    share.years.as_ref().map(|years| years.count())
}

/// The target with what it is measured by, or with the source that it waits for.
fn target(subject: &Subject, target: &Goal) -> Said<Rich> {
    let catalogue = subject.context.catalogue;
    let Some(indicator) = catalogue.indicator(&target.indicator.value) else { return Ok(Rich::default()) };
    let source = super::subject::counted(&indicator.method)
        .and_then(|population| catalogue.source_of(population).and_then(|source| catalogue.source(source)));
    fn said<'t>(subject: &Subject, text: Option<&'t Text>) -> &'t str {
        text.map_or("", |text| subject.context.text(text))
    }
    let text = |text| said(subject, text);
    let by = target.by.value;
    let slots = || -> Said<Slots> {
        Ok(Slots::new()
            .text("what", text(Some(indicator.in_sentence.as_ref().unwrap_or(&indicator.title))))
            .text("limit", subject.with_unit(indicator.unit, target.at_most.value.0)?)
            .text("by", subject.context.words.date(by.year, by.month, by.day))
            .text("source", text(source.map(|source| &source.title)))
            .text("provider", text(source.and_then(|source| source.provider.as_ref()))))
    };
    let periods = subject.context.publication.periods(target.indicator.as_str(), &subject.area.id);
    let id = |period| ValueId::own(target.indicator.as_str(), &subject.area.id, period);
    let mut states = periods.iter().rev().map(|period| (*period, subject.value(&id(*period))));
    match states.find(|(_, state)| !matches!(state, State::Missing(_))) {
        Some((period, State::Shown(value))) => {
            let reached = is_reached(value, target.at_most.value.0);
            let mut slots = slots()?
                .text("year", subject.period(period)?)
                .text("value", subject.with_unit(indicator.unit, value.value)?)
                .text("definition", text(indicator.definition.as_ref()))
                .flag("reached", reached);
            if let (Some(part), Some(whole)) = (value.part, value.whole) {
                slots = slots.number("part", part).number("whole", whole);
            }
            subject.say("tools/target", slots)
        }
        Some(_) => subject.say("tools/target-hidden", slots()?),
        None => subject.say("tools/target-missing", slots()?),
    }
}

/// Is the target reached? Told by numerator and denominator where they are published, since a value is rounded.
fn is_reached(value: &Value, at_most: Decimal) -> bool {
    let scaled = |number: Decimal, places: u8| {
        i128::from(number.units) * 10i128.pow(u32::from(places.saturating_sub(number.places)))
    };
    match (value.part, value.whole) {
        (Some(part), Some(whole)) => {
            let places = part.places.max(whole.places);
            let left = scaled(part, places) * 100 * 10i128.pow(u32::from(at_most.places));
            left <= i128::from(at_most.units) * scaled(whole, places)
        }
        _ => {
            let places = value.value.places.max(at_most.places);
            scaled(value.value, places) <= scaled(at_most, places)
        }
    }
}
