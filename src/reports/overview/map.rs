//! The small map of the municipality with the status of every area as a symbol. It belongs to all areas, so to none.

use std::collections::{BTreeMap, BTreeSet};

use super::{entry::Entry, row::mark};
use crate::{
    compute::Standing,
    figures::{self, MapSize, MapSymbol, MunicipalityMapSpec, StatusMark},
    reports::{
        context::{Context, Said},
        drawings::Drawings,
        locator::map_words,
        municipality::{legend, rank},
        payload::MapData,
        theme::Look,
    },
    words::Slots,
};

/// Virtual path of the drawing.
const PATH: &str = "/municipality.svg";
/// Width of the map, and its height under a full table; each row fewer leaves room for more.
const WIDTH: f64 = 84.0;
const HEIGHTS: (f64, f64) = (32.0, 80.0);
const FULL: usize = 12;
const ROW: f64 = 7.5;

/// A symbol and its word.
#[derive(Clone, serde::Serialize)]
pub(in crate::reports) struct KeyEntry {
    pub symbol: &'static str,
    pub text: String,
}

/// The map; `None` if no area has a status to show.
pub(in crate::reports) fn map(
    context: &Context,
    entries: &[Entry],
    rows: usize,
    look: &Look,
    drawings: &mut Drawings,
) -> Said<Option<MapData>> {
    let mut symbols = BTreeMap::new();
    for entry in entries {
        let Some((status, mark)) =
            entry.status.and_then(|status| Some((status, StatusMark::of_status(status)?)))
        else {
            continue;
        };
        let word = legend(entry.subject, entry.law, &status.status, status.official)?;
        symbols.insert(entry.subject.area.id.clone(), MapSymbol { mark, id: entry.id(), word });
    }
    let fixed = |key: &str| context.words.line(key, &Slots::new());
    let words = map_words(context, alt(context, entries)?)?;
    let [area, value, status] =
        ["municipality/head-area", "municipality/head-value", "municipality/head-status"].map(fixed);
    let (area, value, status) = (area?, value?, status?);
    let height = (HEIGHTS.0 + FULL.saturating_sub(rows) as f64 * ROW).min(HEIGHTS.1);
    let spec = MunicipalityMapSpec {
        subject: None,
        surface: None,
        symbols: &symbols,
        size: MapSize { width: WIDTH, height },
        words: &words,
        head: [&area, &value, &status],
        theme: &look.theme,
    };
    let Some(figure) = figures::municipality_map(&spec, context.places) else { return Ok(None) };
    drawings.add(PATH, &figure)?;
    Ok(Some(MapData {
        id: "status@municipality".to_string(),
        state: "shown",
        title: fixed("overview/map")?,
        unit: None,
        svg: PATH,
        width: figure.width,
        height: figure.height,
        alt: figure.alt,
        strip: None,
    }))
}

/// Which areas have which status, strictest first.
fn alt(context: &Context, entries: &[Entry]) -> Said<String> {
    let mut by_status: BTreeMap<(usize, String), Vec<&str>> = BTreeMap::new();
    for entry in entries {
        let word = legend(entry.subject, entry.law, entry.standing(), entry.is_official())?;
        by_status
            .entry((rank(entry.law, entry.standing()), word))
            .or_default()
            .push(&entry.subject.area.name);
    }
    let said = by_status.into_iter().map(|((_, word), names)| {
        context.words.line("overview/map-status", &Slots::new().text("status", word).list("names", names))
    });
    let said = said.collect::<Said<Vec<String>>>()?.join(" ");
    context.words.line("overview/map-alt", &Slots::new().text("statuses", said))
}

/// The symbols of the page with their words, mildest first; those of the band stand there without any.
pub(in crate::reports) fn key(entries: &[Entry], lists: &[crate::ids::Period]) -> Said<Vec<KeyEntry>> {
    let mut known: BTreeSet<(usize, &'static str, String)> = BTreeSet::new();
    for entry in entries {
        let earlier = lists.iter().filter_map(|list| entry.status_in(*list));
        let mut standings: Vec<(&Standing, bool)> =
            earlier.map(|status| (&status.status, status.official)).collect();
        standings.push((entry.standing(), entry.is_official()));
        for (standing, official) in standings {
            let symbol = mark(Some((standing, official)));
            let text = match symbol {
                "own" => entry.subject.fixed("overview/own-mark")?,
                _ => legend(entry.subject, entry.law, standing, true)?,
            };
            let place = if symbol == "own" { usize::MAX } else { rank(entry.law, standing) };
            known.insert((place, symbol, text));
        }
    }
    Ok(known.into_iter().map(|(_, symbol, text)| KeyEntry { symbol, text }).collect())
}
