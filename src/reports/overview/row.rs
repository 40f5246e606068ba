//! One row of the overview table, ready to print.

use serde::Serialize;

use super::{
    entry::{Ahead, Entry, Move, Towards},
    nearest::{By, Nearest, Turn},
};
use crate::{
    catalogue::{Amounts, Indicator, Unit},
    compute::{Amount, Fact, Outlook, Standing, State},
    ids::{CriterionId, Period, StatusId, ValueId},
    numbers::Decimal,
    reports::{
        context::Said,
        history::lower_first,
        municipality::legend,
        page_status::symbol,
        subject::{Subject, decimal, shown, state_word},
    },
    words::Slots,
};

/// A row of the table.
#[derive(Serialize)]
pub(in crate::reports) struct Row {
    pub id: ValueId,
    pub name: String,
    pub residents: Option<String>,
    band: Band,
    pub status: StatusCell,
    pub distance: Cell,
    pub direction: Option<Cell>,
    pub outlook: Option<Cell>,
}

/// Where the area stood on the last lists: symbols alone, so that the alternative text says it in words.
#[derive(Serialize)]
struct Band {
    symbols: Vec<&'static str>,
    alt: String,
}

#[derive(Clone, Serialize)]
pub(in crate::reports) struct StatusCell {
    pub symbol: &'static str,
    pub word: String,
    pub detail: String,
}

/// A cell of two lines; without a word where there is nothing to show.
#[derive(Clone, Serialize, Default)]
pub(in crate::reports) struct Cell {
    pub state: &'static str,
    pub word: Option<String>,
    pub detail: Option<String>,
}

impl Cell {
    fn of(word: String, detail: Option<String>) -> Self {
        Self { state: "shown", word: Some(word), detail }
    }

    /// Hidden looks the same whatever the reason.
    fn none<T>(state: &State<T>) -> Self {
        Self { state: state_word(state), ..Self::default() }
    }

    fn told(detail: String) -> Self {
        Self { state: "shown", word: None, detail: Some(detail) }
    }
}

/// The columns that the table has, besides area, status and distance.
#[derive(Clone, Copy)]
pub(in crate::reports) struct Columns {
    pub direction: bool,
    pub outlook: bool,
}

/// One area's row. `lists` are the lists known, the latest last; `shown_lists` of them are in the band.
pub(in crate::reports) fn row(
    entry: &Entry,
    lists: &[Period],
    shown_lists: usize,
    columns: Columns,
) -> Said<Row> {
    let before = lists.iter().rev().nth(1).copied();
    let band = &lists[lists.len().saturating_sub(shown_lists)..];
    // An area that no criterion can move has no distance that could change.
    let told = *entry.standing() != Standing::TooFewResidents || !matches!(entry.nearest, State::Missing(_));
    Ok(Row {
        id: entry.id(),
        name: entry.subject.area.name.clone(),
        residents: residents(entry),
        band: self::band(entry, band)?,
        status: status(entry, lists)?,
        distance: distance(entry)?,
        direction: (columns.direction && told).then(|| direction(entry, before)).transpose()?,
        outlook: columns.outlook.then(|| outlook(entry)).transpose()?,
    })
}

/// Residents at the list's count, else at the latest.
fn residents(entry: &Entry) -> Option<String> {
    let latest = || entry.subject.residents().map(|(residents, _)| residents);
    entry
        .residents(entry.law.year())
        .or_else(latest)
        .map(|n| entry.subject.context.words.number(Decimal::whole(n)))
}

/// The symbol of a status; one that is not shown has the sign of that.
pub(in crate::reports) fn mark(standing: Option<(&Standing, bool)>) -> &'static str {
    standing.map_or("hidden", |(standing, official)| symbol(standing, official))
}

fn band(entry: &Entry, lists: &[Period]) -> Said<Band> {
    let mut runs: Vec<(String, Period, Period)> = Vec::new();
    let mut symbols = Vec::new();
    for list in lists {
        let status = match entry.law.status(entry.subject, *list) {
            State::Missing(_) => {
                symbols.push("none");
                continue;
            }
            state => shown(state),
        };
        let (standing, official) =
            status.map_or((&Standing::CannotTell, true), |status| (&status.status, status.official));
        symbols.push(mark(Some((standing, official))));
        let word = legend(entry.subject, entry.law, standing, official)?.to_lowercase();
        match runs.last_mut() {
            Some((last, _, until)) if *last == word => *until = *list,
            _ => runs.push((word, *list, *list)),
        }
    }
    let words = runs.into_iter().map(|(word, since, until)| {
        let slots = Slots::new().text("status", word).text("since", since.to_string());
        let key = if since == until { "overview/band-year" } else { "overview/band-years" };
        entry.subject.line(key, slots.text("until", until.to_string()))
    });
    let words = words.collect::<Said<Vec<String>>>()?;
    let slots = Slots::new().text("area", &entry.subject.area.name).list("lists", words);
    Ok(Band { symbols, alt: entry.subject.line("overview/band", slots)? })
}

/// Word, since when, criteria met; our own computation says so.
fn status(entry: &Entry, lists: &[Period]) -> Said<StatusCell> {
    let (subject, standing) = (entry.subject, entry.standing());
    let mut detail = Vec::new();
    if let (Standing::On(_), Some((since, at_least))) = (standing, entry.since(lists)) {
        let key = if at_least { "overview/since-at-least" } else { "overview/since" };
        detail.push(subject.line(key, Slots::new().text("year", since.to_string()))?);
    }
    if !matches!(standing, Standing::TooFewResidents | Standing::CannotTell)
        && let (Some(met), Some(counted)) = (entry.law.count(subject, entry.law.year()), &entry.law.counted)
    {
        let key = if detail.is_empty() { "overview/met-alone" } else { "overview/met" };
        detail.push(subject.line(key, Slots::new().count("met", met).count("of", counted.of))?);
    }
    if *standing == Standing::TooFewResidents {
        detail.push(subject.fixed("overview/too-few-detail")?);
    }
    if !entry.is_official() && matches!(standing, Standing::On(_) | Standing::NotListed) {
        detail.push(subject.fixed("overview/own")?);
    }
    Ok(StatusCell {
        symbol: mark(Some((standing, entry.is_official()))),
        word: short(entry, standing)?,
        detail: detail.join(" · "),
    })
}

/// The status in one or two words.
pub(in crate::reports) fn short(entry: &Entry, standing: &Standing) -> Said<String> {
    match standing {
        Standing::On(status) => short_status(entry, status),
        Standing::TooFewResidents => {
            let limit = Slots::new().count("limit", entry.law.residents().unwrap_or_default());
            entry.subject.line("overview/short-too-few", limit)
        }
        _ => legend(entry.subject, entry.law, standing, true),
    }
}

fn short_status(entry: &Entry, status: &StatusId) -> Said<String> {
    match status.as_str() {
        known @ ("forebyggelse" | "udsat" | "parallelsamfund" | "omdannelse") => {
            entry.subject.fixed(&format!("overview/short-{known}"))
        }
        _ => Ok(entry.law.status_name(entry.subject.context, status)),
    }
}

/// The printed indicator of a criterion, and the criterion's name inside a sentence.
pub(in crate::reports) fn named<'a>(
    entry: &Entry<'a>,
    criterion: &CriterionId,
) -> Option<(&'a Indicator, String)> {
    let context = entry.subject.context;
    let declared = entry.law.rules.criteria.get(criterion)?;
    let (_, indicator) = context.catalogue.printed_indicator(&declared.indicator)?;
    let title = declared.title.as_ref().unwrap_or(indicator.short_title());
    Some((indicator, lower_first(context.text(title))))
}

/// How far it is to what would change the status: in the criterion's own unit for the next list where that is published, else in
/// points.
pub(in crate::reports) fn distance(entry: &Entry) -> Said<Cell> {
    let subject = entry.subject;
    let nearest = match &entry.nearest {
        State::Shown(nearest) => nearest,
        _ if *entry.standing() == Standing::TooFewResidents => {
            return subject.fixed("overview/cannot-enter").map(Cell::told);
        }
        _ if *entry.standing() == Standing::CannotTell => return Ok(Cell::none::<()>(&State::Hidden)),
        other => return Ok(Cell::none(other)),
    };
    match nearest.by {
        By::Residents(over) => {
            let limit = Slots::new().count("limit", entry.law.residents().unwrap_or_default());
            let side = if over < 0 { "under" } else { "over" };
            let word = subject.line("overview/residents", Slots::new().count("n", over.abs()))?;
            Ok(Cell::of(word, Some(subject.line(&format!("overview/residents-{side}"), limit)?)))
        }
        By::Criterion(criterion) => {
            let hidden_origin = !entry.law.family.show_origin
                && entry.law.rules.criteria.get(criterion).is_some_and(|declared| declared.origin);
            let Some((indicator, name)) = named(entry, criterion).filter(|_| !hidden_origin) else {
                return Ok(Cell::none::<()>(&State::Missing(crate::compute::Missing::NoData)));
            };
            let points = shown(decimal(entry.criterion(criterion, "/distance", entry.law.year())));
            let word = match (amount(entry, criterion), points) {
                (Some(amount), _) => self::amount_words(subject, amount)?,
                (None, Some(points)) if points.units != 0 => subject.difference(indicator.unit, points)?,
                (None, _) => subject.fixed("overview/decimals")?,
            };
            Ok(Cell::of(word, Some(detail(entry, nearest, &name)?)))
        }
    }
}

/// The distance to the next list in the criterion's own unit; persons are not printed, only what is no count of heads.
pub(in crate::reports) fn amount(entry: &Entry, criterion: &CriterionId) -> Option<Amount> {
    let declared = entry.law.rules.criteria.get(criterion)?;
    let amounts = declared.mechanisms.iter().filter_map(|mechanism| {
        match entry.criterion(criterion, &format!("/next/{}", mechanism.word()), entry.law.year()) {
            State::Shown(Fact::Amount(amount)) => Some(*amount),
            _ => None,
        }
    });
    amounts.into_iter().find(|amount| amount.counts != Amounts::Persons)
}

fn amount_words(subject: &Subject, amount: Amount) -> Said<String> {
    let Some(number) = amount.number else { return subject.fixed("overview/very-close") };
    let key = match amount.counts {
        Amounts::FullTimePersons => "overview/full-time-persons",
        Amounts::Kroner => "overview/kroner",
        Amounts::Residents | Amounts::Persons => "overview/residents",
    };
    subject.line(key, Slots::new().count("n", number))
}

/// From what it is so far: "fra listen · højst grundskole".
fn detail(entry: &Entry, nearest: &Nearest, criterion: &str) -> Said<String> {
    let counted = entry.law.counted.as_ref().is_some_and(|counted| counted.status == nearest.turn.status());
    let slots = Slots::new().text("criterion", criterion);
    match nearest.turn {
        Turn::Enter(_) if counted => entry.subject.line("overview/to-list", slots),
        Turn::Enter(status) => {
            let status = short_status(entry, status)?.to_lowercase();
            entry.subject.line("overview/to-status", slots.text("status", status))
        }
        Turn::Leave(_) => entry.subject.line("overview/to-leave", slots),
    }
}

/// What has become of that distance since the list before: points, and where to, without a verdict.
fn direction(entry: &Entry, before: Option<Period>) -> Said<Cell> {
    let Move { by, towards } = match entry.moved(before) {
        State::Shown(moved) => moved,
        state => return Ok(Cell::none(&state)),
    };
    let subject = entry.subject;
    let word = subject.fixed(match towards {
        Towards::Closer => "overview/closer",
        Towards::Further => "overview/further",
        Towards::Crossed => "overview/crossed",
        Towards::Barely => return subject.fixed("overview/barely").map(|word| Cell::of(word, None)),
        Towards::Unchanged => "overview/unchanged",
    })?;
    let signed = match &entry.nearest {
        State::Shown(Nearest { by: By::Criterion(criterion), .. }) => {
            let Some((indicator, _)) = named(entry, criterion) else { return Ok(Cell::of(word, None)) };
            match indicator.unit {
                Unit::Percent | Unit::Index => {
                    subject.line("overview/moved-points", Slots::new().number("n", by.abs()))?
                }
                unit => subject.difference(unit, by)?,
            }
        }
        _ => subject.line("overview/residents", Slots::new().count("n", by.units.abs()))?,
    };
    let sign = if by.units > 0 { "+" } else { "\u{2212}" };
    Ok(Cell::of(word, (by.units != 0).then(|| format!("{sign}{signed}"))))
}

pub(in crate::reports) fn outlook(entry: &Entry) -> Said<Cell> {
    let subject = entry.subject;
    let (ahead, outlook) = match entry.outlook() {
        (Some(ahead), State::Shown(outlook)) => (ahead, outlook),
        (_, State::Hidden) => return Ok(Cell::none::<()>(&State::Hidden)),
        _ if *entry.standing() == Standing::TooFewResidents => {
            return subject.fixed("overview/cannot-enter").map(Cell::told);
        }
        _ => return subject.fixed("overview/cannot-judge").map(Cell::told),
    };
    let word = subject.fixed(match outlook {
        Outlook::Unlikely => "outlook/unlikely",
        Outlook::LessLikely => "outlook/less-likely",
        Outlook::AboutAsLikely => "outlook/about-as-likely",
        Outlook::Likely => "outlook/likely",
    })?;
    let status = short_status(entry, ahead.1)?.to_lowercase();
    let key = match ahead.0 {
        Ahead::OnTheLists => "overview/ahead-lists",
        Ahead::Enters => "overview/ahead-enters",
        Ahead::Stays => "overview/ahead-stays",
    };
    Ok(Cell::of(word, Some(subject.line(key, Slots::new().text("status", status))?)))
}
