//! The value table: every indicator with its comparator, its verdict and its change; themes with the worst row first.

use std::cmp::Ordering;

use serde::Serialize;

use super::{
    comparisons::is_judged,
    context::Said,
    leads,
    subject::Subject,
    table_row::{self, TableRow},
};
use crate::{
    catalogue::{Method, RESIDENTS, Unit},
    compute::{Fact, SMALL_PLACE, State},
    ids::Period,
    words::{Rich, Slots},
};

/// Kind names longer than this do not fit over the column of values.
const SHORT_KIND: usize = 8;
/// Words on how to read single indicators below the table, at most.
const CARE: usize = 2;

/// The page of the value table.
#[derive(Serialize)]
pub(super) struct Table {
    lead: String,
    intro: String,
    key: Option<Key>,
    head: Head,
    pub themes: Vec<Theme>,
    note: Rich,
}

#[derive(Serialize)]
struct Key {
    comparator: String,
    benchmark: Option<String>,
    range: Option<String>,
}

#[derive(Serialize)]
struct Head {
    name: String,
    value: String,
    comparator: String,
    range: String,
    verdict: String,
    change: String,
}

#[derive(Serialize)]
pub(super) struct Theme {
    title: String,
    missing: Option<String>,
    pub rows: Vec<TableRow>,
}

/// The value table of an area; `None` for a report that has nothing to put in it.
pub(super) fn table(subject: &Subject) -> Said<Option<Table>> {
    let mut themes = if is_judged(subject) { themes(subject)? } else { plain_themes(subject)? };
    if themes.is_empty() {
        return Ok(None);
    }
    themes.sort_by(|a, b| worst(b).partial_cmp(&worst(a)).unwrap_or(Ordering::Equal));
    let judged = themes.iter().flat_map(|theme| &theme.rows).any(|row| row.is_compared());
    let key = match subject.comparator {
        Some(_) if judged => key(subject)?,
        _ => None,
    };
    let intro = intro(subject, key.is_some())?;
    Ok(Some(Table {
        lead: leads::table(subject)?,
        intro,
        key,
        head: head(subject)?,
        note: note(subject, &themes)?,
        themes,
    }))
}

/// The need of a theme is that of its worst row.
fn worst(theme: &Theme) -> f64 {
    theme.rows.iter().filter_map(|row| row.need).fold(f64::MIN, f64::max)
}

fn themes(subject: &Subject) -> Said<Vec<Theme>> {
    let catalogue = subject.context.catalogue;
    let mut themes = Vec::new();
    for (theme, title) in catalogue.themes.iter() {
        // What is not counted in so small a place is told in the data declaration, once.
        let of_theme = subject.indicators().into_iter().filter(|(id, indicator)| {
            indicator.theme.value == theme.value && !super::declaration::is_too_small(subject, id)
        });
        let mut rows =
            of_theme.map(|indicator| table_row::row(subject, indicator)).collect::<Said<Vec<_>>>()?;
        if rows.is_empty() {
            continue;
        }
        rows.sort_by(|a, b| order(a).partial_cmp(&order(b)).unwrap_or(Ordering::Equal));
        let all_missing = rows.iter().all(|row| row.state == "missing");
        let missing = rows.first().filter(|_| all_missing).and_then(|row| row.reason.clone());
        if missing.is_some() {
            rows.clear();
        }
        themes.push(Theme { title: subject.context.text(title).to_string(), missing, rows });
    }
    Ok(themes)
}

/// A place too small for comparisons: what is counted there beyond the key figures of page 1, without words of comparison.
fn plain_themes(subject: &Subject) -> Said<Vec<Theme>> {
    let catalogue = subject.context.catalogue;
    let mut themes = Vec::new();
    for (theme, title) in catalogue.themes.iter() {
        let counts = catalogue.indicators.iter().filter(|(id, indicator)| {
            let key_figure = id.as_str() == RESIDENTS || indicator.unit == Unit::Dwellings;
            indicator.theme.value == theme.value
                && matches!(indicator.method.value, Method::Count(_))
                && !(key_figure && subject.law.is_none())
        });
        let rows = counts
            .map(|(id, indicator)| table_row::count(subject, (&id.value, indicator)))
            .collect::<Said<Vec<_>>>()?;
        let rows: Vec<TableRow> = rows.into_iter().filter(|row| row.state != "missing").collect();
        if !rows.is_empty() {
            themes.push(Theme { title: subject.context.text(title).to_string(), missing: None, rows });
        }
    }
    Ok(themes)
}

/// Shown rows by distance to the comparator, those without an interval after them; hidden, then missing rows last, in the
/// order of the catalogue.
fn order(row: &TableRow) -> (u8, f64) {
    match (row.state, row.need) {
        ("shown", Some(need)) => (0, -need.abs()),
        ("shown", None) => (1, 0.0),
        ("hidden", _) => (2, 0.0),
        _ => (3, 0.0),
    }
}

fn key(subject: &Subject) -> Said<Option<Key>> {
    let Some(comparator) = subject.comparator else { return Ok(None) };
    let country = subject.context.overview.has_country(subject.layer_id);
    let country =
        country.then(|| subject.comparator_words(&crate::catalogue::Comparator::Country, "")).transpose()?;
    Ok(Some(Key {
        comparator: subject.comparator_words(comparator, "")?,
        benchmark: country,
        range: Some(of_kind(subject, "table/key-range")?),
    }))
}

/// A text about the band, with what an area of the layer is called.
fn of_kind(subject: &Subject, key: &str) -> Said<String> {
    if subject.context.overview.is_many(subject.layer_id) {
        return subject.fixed(&format!("{key}-many"));
    }
    subject.line(
        key,
        Slots::new().text(
            "kind",
            short_kind(subject)?.map_or(subject.fixed("table/the-kind")?, |kind| kind.to_lowercase()),
        ),
    )
}

/// What an area of the layer is called, if that is short.
fn short_kind(subject: &Subject) -> Said<Option<String>> {
    let kind = subject.layer.kind_name.as_ref().map(|kind| subject.context.text(kind).to_string());
    Ok(kind.filter(|kind| kind.chars().count() <= SHORT_KIND))
}

fn head(subject: &Subject) -> Said<Head> {
    let words = |form: &str| {
        subject.comparator.map(|comparator| subject.comparator_words(comparator, form)).transpose()
    };
    let against = words("-against")?.unwrap_or_default();
    let mut since: Vec<Period> = subject
        .indicators()
        .iter()
        .filter_map(|(id, _)| match subject.change(&subject.latest(id)?) {
            State::Shown(Fact::Change(change)) => {
                Some(subject.context.overview.printed_period(id, change.since))
            }
            _ => None,
        })
        .collect();
    since.sort();
    since.dedup();
    let change = match since[..] {
        [since] => subject.line("table/head-change", Slots::new().text("since", subject.period(since)?))?,
        _ => subject.fixed("table/head-change-mixed")?,
    };
    Ok(Head {
        name: subject.fixed("table/head-name")?,
        value: match short_kind(subject)? {
            Some(kind) => kind,
            None => subject.fixed("table/head-value")?,
        },
        comparator: words("-head")?.unwrap_or_default(),
        range: of_kind(subject, "table/head-range")?,
        verdict: subject.line("table/head-verdict", Slots::new().text("comparator_against", against))?,
        change,
    })
}

fn intro(subject: &Subject, judged: bool) -> Said<String> {
    let Some(comparator) = subject.comparator.filter(|_| judged) else {
        return subject.fixed("table/intro-plain");
    };
    let slots = Slots::new()
        .text("comparator", subject.comparator_words(comparator, "")?)
        .text("area", &subject.named);
    subject.line("table/intro", slots)
}

/// What "kan ikke skelnes" means, and how single rows must be read.
fn note(subject: &Subject, themes: &[Theme]) -> Said<Rich> {
    let rows = || themes.iter().flat_map(|theme| &theme.rows);
    let has = |kind: &str| rows().any(|row| row.is_of_kind(kind));
    let mut note = Rich::default();
    if rows().any(|row| row.is_compared()) {
        note = note.then(subject.say("table/note-cannot-tell", Slots::new())?);
    }
    if rows().any(|row| row.has_range()) && subject.context.overview.is_partial(subject.layer_id) {
        let slots = Slots::new()
            .text("layer", subject.context.text(&subject.layer.title).to_lowercase())
            .count("residents", SMALL_PLACE);
        note = note.then(subject.say("table/note-range", slots)?);
    }
    if subject.law.is_some() {
        note = note.then(subject.say("table/note-law", Slots::new())?);
    }
    if has("not-judged") {
        note = note.then(subject.say("table/note-not-judged", Slots::new())?);
    }
    let careful = subject
        .indicators()
        .into_iter()
        .filter(|(id, _)| !super::declaration::is_too_small(subject, id))
        .filter_map(|(_, i)| Some((i.short_title(), i.read_with_care.as_ref()?)));
    for (name, care) in careful.take(CARE) {
        let slots =
            Slots::new().text("name", subject.context.text(name)).text("care", subject.context.text(care));
        note = note.then(subject.say("table/note-care", slots)?);
    }
    Ok(note)
}
