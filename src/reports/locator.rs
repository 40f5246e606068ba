//! The locator map of page 1, with its words.

use std::collections::BTreeMap;

use geo::{BoundingRect, Centroid};

use super::{
    comparisons,
    context::{Context, Said},
    drawings::Drawings,
    limits::{are_known, are_residents_near},
    payload::MapData,
    services,
    subject::Subject,
    theme::Look,
};
use crate::{
    diagnostics::{At, Diagnostic, Severity},
    figures::{self, LocatorSpec, MapSize, MapWords, Towards},
    ids::LayerId,
    sources::Area,
    words::Slots,
};

/// Virtual path of the drawing.
const PATH: &str = "/map.svg";
/// Frames: beside five limit rows, beside six, and where there is no figure for a row; the wide ones of a place.
const NARROW: MapSize = MapSize { width: 72.0, height: 96.0 };
const NARROW_HIGH: MapSize = MapSize { width: 72.0, height: 112.0 };
const BESIDE_WORDS: MapSize = MapSize { width: 114.0, height: 96.0 };
const WIDE: MapSize = MapSize { width: 114.0, height: 135.6 };
const TALL: MapSize = MapSize { width: 114.0, height: 145.6 };
/// Named points of interest on either.
const FEW_SERVICES: usize = 2;
const MANY_SERVICES: usize = 12;
/// Metres across the map at least; of an area of the size of a block less.
const METRES: f64 = 2000.0;
const METRES_OF_BLOCK: f64 = 1000.0;
const BLOCK: f64 = 150.0;
/// Areas of a layer of districts at most.
const DISTRICTS: usize = 40;
/// Neighbours that the alt text names.
const NEIGHBOURS: usize = 2;

/// The map of where the area lies.
pub(super) fn map(subject: &Subject, look: &Look, drawings: &mut Drawings) -> Said<MapData> {
    let places = subject.context.places;
    let size = match (&subject.law, comparisons::is_judged(subject)) {
        (Some(law), _) if !are_known(subject, law) => BESIDE_WORDS,
        (Some(law), _) if are_residents_near(subject, law) => NARROW_HIGH,
        (Some(_), _) => NARROW,
        (None, true) => WIDE,
        (None, false) => TALL,
    };
    let words = words(subject)?;
    let kinds =
        BTreeMap::from([("bus-stop".to_string(), subject.fixed("services/bus-stop")?.to_lowercase())]);
    let town = places.backdrop("places").iter().find(|place| place.class.as_deref() == Some("town"));
    let centre = subject.fixed("map/centre")?;
    let head = ["map/head-place", "map/head-named", "map/yes", "map/no"].map(|key| subject.fixed(key));
    let [place, named, yes, no] = head;
    let (place, named, yes, no) = (place?, named?, yes?, no?);
    let spec = LocatorSpec {
        subject: &subject.area.id,
        neighbours: std::slice::from_ref(subject.layer_id),
        districts: districts(subject),
        size,
        least_width: least_width(subject.area),
        services: if subject.law.is_some() { FEW_SERVICES } else { MANY_SERVICES },
        kinds: &kinds,
        towards: town.and_then(|town| Some(Towards { place: town.name.as_deref()?, word: &centre })),
        words: &words,
        head: [&place, &named, &yes, &no],
        theme: &look.theme,
    };
    let figure = figures::locator(&spec, places).ok_or_else(|| {
        let message = format!("the area `{}` has no outline to draw", subject.area.id);
        Diagnostic::new(Severity::Error, "no-outline", message, At::Nowhere)
    })?;
    drawings.add(PATH, &figure)?;
    Ok(MapData {
        id: format!("locator@{}", subject.area.id),
        state: "shown",
        title: subject.line("map/title", Slots::new().text("area", &subject.named))?,
        unit: None,
        svg: PATH,
        width: figure.width,
        height: figure.height,
        alt: figure.alt,
        strip: None,
    })
}

/// The layer whose borders and names divide the town; one of many small areas would only cover the map.
fn districts<'a>(subject: &Subject<'a>) -> Option<&'a LayerId> {
    let covering = subject.context.catalogue.covering_layer()?;
    (subject.context.places.layer(covering).len() <= DISTRICTS).then_some(covering)
}

fn least_width(area: &Area) -> f64 {
    let small =
        area.geometry.bounding_rect().is_some_and(|bounds| bounds.width().max(bounds.height()) < BLOCK);
    if small { METRES_OF_BLOCK } else { METRES }
}

fn words(subject: &Subject) -> Said<MapWords> {
    let neighbours = neighbours(subject);
    let alt = Slots::new().text("area", &subject.area.name).list("neighbours", neighbours);
    map_words(subject.context, subject.line("map/alt", alt)?)
}

/// The words that all maps share.
pub(super) fn map_words(context: &Context, alt: String) -> Said<MapWords> {
    let edition = context.catalogue.about.edition.value;
    let source = Slots::new()
        .text("publisher", context.text(&context.catalogue.about.publisher))
        .text("month", context.words.format().month(edition.month))
        .text("year", edition.year.to_string());
    let fixed = |key: &str| context.words.line(key, &Slots::new());
    Ok(MapWords {
        alt,
        north: context.words.labels().get("north").cloned().unwrap_or_default(),
        metres: fixed("map/metres")?,
        kilometres: fixed("map/kilometres")?,
        source: context.words.line("map/source", &source)?,
        hidden: fixed("map/hidden")?,
        not_named: fixed("map/not-named")?,
        many_not_named: fixed("map/many-not-named")?,
        format: context.words.format(),
    })
}

/// The names of the nearest areas of the same layer.
fn neighbours<'a>(subject: &Subject<'a>) -> Vec<&'a str> {
    let Some(middle) = subject.area.geometry.centroid() else { return Vec::new() };
    let mut others: Vec<(f64, &str)> = subject
        .context
        .places
        .layer(subject.layer_id)
        .iter()
        .filter(|area| area.id != subject.area.id)
        .filter_map(|area| Some((services::distance(middle, area.geometry.centroid()?), area.name.as_str())))
        .collect();
    others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    others.into_iter().take(NEIGHBOURS).map(|(_, name)| name).collect()
}
