//! A dot on a range: the area's value and interval, its comparator and the country, between the lowest and the highest area.

use serde::Serialize;

use super::{
    context::Said,
    payload::fraction,
    subject::{Named, Subject, shown},
};
use crate::{catalogue::Comparator, compute::Value, ids::ValueId, numbers::Decimal, words::Slots};

/// Half a marker, in widths of the range.
const MARKER: f64 = 0.04;

/// A range, positions as fractions of its width.
#[derive(Serialize)]
pub(super) struct Range {
    low: End,
    high: End,
    comparator: Option<f64>,
    benchmark: Option<f64>,
    interval: Option<[f64; 2]>,
    marker: Marker,
    alt: String,
}

#[derive(Serialize)]
struct End {
    at: f64,
    text: String,
}

#[derive(Serialize)]
struct Marker {
    at: f64,
    kind: &'static str,
}

/// A scale on which the marker of `value` is not cut at either end.
fn with_room(value: f64, (low, high): (f64, f64)) -> (f64, f64) {
    let room = MARKER * (high - low);
    (low.min(value - room), high.max(value + room))
}

/// The range of a shown value; `None` where no other area of the layer has one. Made from shown values only.
pub(super) fn range(
    subject: &Subject,
    (indicator_id, indicator): Named,
    id: &ValueId,
    value: &Value,
    kind: &'static str,
) -> Said<Option<Range>> {
    let Some(band) = subject.context.overview.band(subject.layer_id, indicator_id) else { return Ok(None) };
    if band.low == band.high {
        return Ok(None);
    }
    let comparator = subject.compared(id).and_then(shown).map(|value| value.value);
    let benchmark = shown(subject.value(&id.against(Comparator::Country.area()))).map(|value| value.value);
    // The scale is widened so that nothing drawn is cut.
    let drawn = [Some(band.low), Some(band.high), Some(value.value), comparator, benchmark];
    let drawn = drawn
        .into_iter()
        .flatten()
        .chain(value.interval.into_iter().flat_map(|(lower, upper)| [lower, upper]));
    let (low, high) =
        drawn.map(Decimal::to_f64).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    if high <= low {
        return Ok(None);
    }
    let (low, high) = with_room(value.value.to_f64(), (low, high));
    let at = |value: Decimal| fraction((value.to_f64() - low) / (high - low));
    let print = |value: Decimal| subject.context.words.number(value);
    let mut slots = Slots::new()
        .text("name", subject.context.text(indicator.short_title()))
        .text("value", print(value.value))
        .text("low", print(band.low))
        .text("high", print(band.high));
    if let Some((lower, upper)) = value.interval {
        slots = slots.text("lower", print(lower)).text("upper", print(upper));
    }
    if let (Some(comparator), Some(value)) = (subject.comparator, comparator) {
        slots = slots
            .text("comparator", subject.comparator_words(comparator, "")?)
            .text("comparator_value", print(value));
    }
    if let Some(value) = benchmark {
        let country = subject.comparator_words(&Comparator::Country, "")?;
        slots = slots.text("benchmark", country).text("benchmark_value", print(value));
    }
    Ok(Some(Range {
        low: End { at: at(band.low), text: print(band.low) },
        high: End { at: at(band.high), text: print(band.high) },
        comparator: comparator.map(at),
        benchmark: benchmark.map(at),
        interval: value.interval.map(|(lower, upper)| [at(lower), at(upper)]),
        marker: Marker { at: at(value.value), kind },
        alt: subject.line("table/alt", slots)?,
    }))
}
