//! The cover: what it is, what is in it, and the municipality in line only.

use serde::Serialize;

use crate::{
    catalogue::Report,
    figures::{self, CoverSpec, MapSize},
    ids::{LayerId, ReportId},
    reports::{
        context::{Context, Said},
        drawings::Drawings,
        inspiration::Inspiration,
        theme::Look,
    },
    words::Slots,
};

/// Virtual path of the drawing.
const PATH: &str = "/cover.svg";
/// The lower part of the page, bled off on three sides.
const SIZE: MapSize = MapSize { width: 210.0, height: 147.0 };

/// The cover.
#[derive(Serialize)]
pub(super) struct Cover {
    title: String,
    lead: String,
    line: String,
    map: Option<Map>,
}

#[derive(Serialize)]
struct Map {
    svg: &'static str,
    width: f64,
    height: f64,
    alt: String,
}

/// The cover of a catalogue with so many indicators on pages of their own.
pub(super) fn cover(
    context: &Context,
    (id, report): (&ReportId, &Report),
    look: &Look,
    (inspiration, indicators): (&Inspiration, usize),
    drawings: &mut Drawings,
) -> Said<Cover> {
    let words = context.words;
    let alt = words.line("inspiration/cover-alt", &Slots::new().text("publisher", &inspiration.publisher))?;
    let reports = context.catalogue.reports.iter().flat_map(|(_, report)| &report.one_per);
    let mut filled: Vec<&LayerId> = reports.map(|layer| &layer.value).collect();
    filled.dedup();
    let spec = CoverSpec {
        borders: context.catalogue.covering_layer(),
        filled: &filled,
        size: SIZE,
        alt: &alt,
        theme: &look.theme,
    };
    let figure = figures::cover_map(&spec, context.places);
    if let Some(figure) = &figure {
        drawings.add(PATH, figure)?;
    }
    let slots = Slots::new()
        .count("questions", inspiration.questions.len() as i64)
        .count("indicators", indicators as i64)
        .count("practices", inspiration.practices.len() as i64)
        .text("edition", &inspiration.edition);
    Ok(Cover {
        title: report.title.as_ref().map_or(id.as_str(), |title| context.text(title)).to_string(),
        lead: words.line("inspiration/cover-lead", &Slots::new())?,
        line: words.line("inspiration/cover-line", &slots)?,
        map: figure.map(|figure| Map { svg: PATH, width: figure.width, height: figure.height, alt }),
    })
}
