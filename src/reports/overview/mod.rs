//! The payload of a report over all areas of one law: where each stands on the latest list, how far it is from another status,
//! where it is heading, and what has changed.
//!
//! It is about no single area and shows what is published of several; every row is made from one area's own subject. Its
//! fields are the contract of `templates/README.md`.

pub(super) mod changed;
pub(super) mod entry;
pub(super) mod lead;
pub(super) mod map;
pub(super) mod nearest;
mod note;
pub(super) mod row;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    attachments::{Attachment, attachments},
    context::{Context, Said},
    drawings::{Contents, Drawings},
    payload::{MapData, Meta, ThemeData},
    subject::Subject,
    theme::Look,
};
use crate::{
    catalogue::{Date, Report},
    compute::State,
    diagnostics::{At, Diagnostic, Severity},
    ids::{Period, ReportId},
    words::{Rich, Slots},
};
use changed::Changed;
use entry::Entry;
use map::KeyEntry;
use row::{Columns, Row};

/// Rows that one page has room for; with more areas those without status, change or outlook are put together in one row.
const MOST_ROWS: usize = 12;
/// Lists in the band of symbols.
const LISTS: usize = 5;

/// What the template of a report over all areas is given.
#[derive(Serialize)]
pub(super) struct Payload {
    meta: Meta,
    theme: ThemeData,
    labels: BTreeMap<String, String>,
    title: Title,
    table: Table,
    map: Option<MapData>,
    changed: Option<Changed>,
    annex: Option<Annex>,
    attachments: Vec<Attachment>,
    #[serde(skip)]
    drawings: Drawings,
}

#[derive(Serialize)]
struct Title {
    line: String,
    name: String,
    lead: String,
}

#[derive(Serialize)]
pub(super) struct Table {
    pub heading: String,
    pub head: Head,
    pub rows: Vec<Row>,
    pub others: Option<String>,
    pub key: Vec<KeyEntry>,
    pub note: Rich,
}

/// The heads of the columns; a column that would say nothing has none.
#[derive(Clone, Serialize)]
pub(super) struct Head {
    pub area: String,
    pub residents: String,
    pub lists: String,
    pub status: String,
    pub met: String,
    pub distance: String,
    pub direction: Option<String>,
    pub outlook: Option<String>,
}

/// The full table, where the page shows only part of it.
#[derive(Serialize)]
pub(super) struct Annex {
    pub lead: String,
    pub rows: Vec<Row>,
}

impl Payload {
    /// Builds the payload from what is published.
    pub fn build(context: &Context, report: (&ReportId, &Report), look: &Look) -> Said<Self> {
        let layers = context.catalogue.layers_of(report.1);
        let areas = layers.iter().flat_map(|layer| context.places.layer(layer));
        let subjects: Vec<Subject> =
            areas.filter_map(|area| Subject::new(context, report, area).transpose()).collect::<Said<_>>()?;
        let entries = entries(&subjects);
        let lists = lists(&entries).ok_or_else(|| no_list(report.0))?;
        let before = lists.iter().rev().nth(1).copied();
        let about = titles(context, report.1);
        let mut drawings = Drawings::new(None);
        let (table, annex) = table(context, &entries, &lists)?;
        let rows = table.rows.len() + usize::from(table.others.is_some());
        Ok(Self {
            meta: Meta::new(context, report, &about)?,
            theme: ThemeData::new(look),
            labels: context.words.page_labels(),
            title: Title {
                line: context.words.line(
                    "overview/line",
                    &Slots::new().text("layers", &about).count("areas", entries.len() as i64),
                )?,
                name: context
                    .words
                    .line("overview/title", &Slots::new().text("date", list_date(&entries)))?,
                lead: lead::lead(&entries, before)?,
            },
            map: map::map(context, &entries, rows, look, &mut drawings)?,
            changed: changed::changed(&entries, before)?,
            table,
            annex,
            attachments: attachments(context.words, &drawings)?,
            drawings,
        })
    }

    /// What the template is given.
    pub fn into_contents(self) -> Contents {
        let data = serde_json::to_vec_pretty(&self).expect("a payload is plain data");
        Contents { data, drawings: self.drawings }
    }
}

/// The areas under a law, sorted.
pub(super) fn entries<'a>(subjects: &'a [Subject<'a>]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = subjects.iter().filter_map(Entry::new).collect();
    entries.sort_by(Entry::compare);
    entries
}

/// The names of the layers of a report.
pub(super) fn titles(context: &Context, report: &Report) -> String {
    let layers = context.catalogue.layers_of(report);
    let titles = layers.iter().filter_map(|layer| context.catalogue.layer(layer));
    titles.map(|layer| context.text(&layer.title)).collect::<Vec<&str>>().join(", ")
}

/// The table of the areas, and all its rows where it shows only those that stand out.
pub(super) fn table(context: &Context, entries: &[Entry], lists: &[Period]) -> Said<(Table, Option<Annex>)> {
    let before = lists.iter().rev().nth(1).copied();
    let columns = columns(entries, before);
    let chosen: Vec<&Entry> = chosen(entries, before).collect();
    let row = |entry: &Entry| row::row(entry, lists, LISTS, columns);
    let others = entries.len() - chosen.len();
    let annex = (others > 0).then(|| annex(context, entries.iter().map(row).collect::<Said<_>>()?));
    let table = Table {
        heading: heading(context, entries)?,
        head: head(context, entries, lists, columns)?,
        rows: chosen.into_iter().map(row).collect::<Said<_>>()?,
        others: self::others(context, others, before)?,
        key: map::key(entries, &lists[lists.len().saturating_sub(LISTS)..])?,
        note: note::note(entries, before, columns)?,
    };
    Ok((table, annex.transpose()?))
}

/// The areas with a row of their own: all, or of more than a page holds those that stand out.
fn chosen<'e, 'a>(entries: &'e [Entry<'a>], before: Option<Period>) -> impl Iterator<Item = &'e Entry<'a>> {
    let all = entries.len() <= MOST_ROWS;
    entries.iter().filter(move |entry| all || stands_out(entry, before))
}

/// Are there areas without a row of their own?
pub(super) fn leaves_out(entries: &[Entry], before: Option<Period>) -> bool {
    chosen(entries, before).count() < entries.len()
}

/// No area of the report is under a law whose list is known.
pub(super) fn no_list(report: &ReportId) -> Diagnostic {
    let message = format!("the report `{report}` has no list to show: no area has a status");
    Diagnostic::new(Severity::Error, "no-list", message, At::Nowhere)
        .hint("statuses come from an `official:` source, or from the indicators that the rule sets name")
}

/// The lists on which something is known of any area, up to the latest; `None` without any area under a law.
pub(super) fn lists(entries: &[Entry]) -> Option<Vec<Period>> {
    let latest = entries.first()?.law.year();
    let years = entries.iter().flat_map(|entry| {
        let publication = entry.subject.context.publication;
        publication.periods(entry.law.family_id.as_str(), &entry.subject.area.id)
    });
    Some(years.filter(|year| *year <= latest).collect::<BTreeSet<Period>>().into_iter().collect())
}

/// The day of the latest list.
pub(super) fn list_date(entries: &[Entry]) -> String {
    let published = entries.iter().find_map(Entry::list);
    let Some(Date { year, month, day }) = published.or_else(|| entries.first().map(|entry| entry.law.list))
    else {
        return String::new();
    };
    entries.first().map_or_else(String::new, |entry| entry.subject.context.words.date(year, month, day))
}

/// The columns that say something of at least one area.
fn columns(entries: &[Entry], before: Option<Period>) -> Columns {
    Columns {
        direction: entries.iter().any(|entry| !matches!(entry.moved(before), State::Missing(_))),
        outlook: entries.iter().any(|entry| !matches!(entry.outlook().1, State::Missing(_))),
    }
}

/// On a list, changed, perhaps changing, or not told: an area with a row of its own on a full page.
fn stands_out(entry: &Entry, before: Option<Period>) -> bool {
    use crate::compute::Standing::{CannotTell, On};
    matches!(entry.standing(), On(_) | CannotTell)
        || entry.changed(before).unwrap_or(before.is_some())
        || entry.may_turn()
}

fn annex(context: &Context, rows: Vec<Row>) -> Said<Annex> {
    let slots = Slots::new().count("areas", rows.len() as i64);
    Ok(Annex { lead: context.words.line("overview/annex", &slots)?, rows })
}

fn others(context: &Context, others: usize, before: Option<Period>) -> Said<Option<String>> {
    let slots = Slots::new().count("n", others as i64).flag("unchanged", before.is_some());
    (others > 0).then(|| context.words.line("overview/others", &slots)).transpose()
}

fn heading(context: &Context, entries: &[Entry]) -> Said<String> {
    let slots = Slots::new().count("areas", entries.len() as i64);
    context.words.line("overview/heading", &slots)
}

fn head(context: &Context, entries: &[Entry], lists: &[Period], columns: Columns) -> Said<Head> {
    let line = |key: &str, slots: &Slots| context.words.line(key, slots);
    let plain = |key: &str| line(key, &Slots::new());
    let band = &lists[lists.len().saturating_sub(LISTS)..];
    let year = |list: Option<&Period>| list.map(ToString::to_string).unwrap_or_default();
    let since = Slots::new().text("year", year(lists.iter().rev().nth(1)));
    let band = Slots::new().text("since", year(band.first())).text("until", year(band.last()));
    Ok(Head {
        area: plain("overview/head-area")?,
        residents: plain("overview/head-residents")?,
        lists: line("overview/head-lists", &band)?,
        status: line("overview/head-status", &Slots::new().text("date", list_date(entries)))?,
        met: plain("overview/head-met")?,
        distance: plain("overview/head-distance")?,
        direction: columns.direction.then(|| line("overview/head-direction", &since)).transpose()?,
        outlook: columns.outlook.then(|| plain("overview/head-outlook")).transpose()?,
    })
}
