//! The municipality map: one indicator on the districts, the status of every listed area as a symbol.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    context::Said, drawings::Drawings, history::lower_first, law::Law, locator::map_words,
    page_status::symbol, payload::MapData, subject::Subject, theme::Look,
};
use crate::{
    catalogue::{Indicator, MapIndicator},
    compute::{Fact, Standing, State},
    figures::{self, MapSize, MapSymbol, MunicipalityMapSpec, StatusMark, SurfaceSpec, SurfaceValue},
    ids::{AreaId, IndicatorId, LayerId, Period, ValueId},
    numbers::Decimal,
    words::Slots,
};

/// Virtual path of the drawing.
const PATH: &str = "/municipality.svg";
/// The frame: lower than the templates have room for, so that a lead of two lines fits above the trends.
const SIZE: MapSize = MapSize { width: 120.0, height: 93.0 };

/// The map with its legend.
#[derive(Serialize)]
pub(super) struct MunicipalityMap {
    #[serde(flatten)]
    map: MapData,
    statuses: Vec<StatusLine>,
    note: Option<String>,
}

#[derive(Serialize)]
struct StatusLine {
    symbol: &'static str,
    text: String,
    detail: Option<String>,
}

/// What is drawn: an indicator on the areas of a layer.
struct Surface<'a> {
    id: &'a IndicatorId,
    indicator: &'a Indicator,
    layer: &'a LayerId,
    classes: [Decimal; 3],
    period: Period,
    values: BTreeMap<AreaId, SurfaceValue>,
}

/// The municipality map; `None` if the report has none. A place has one only where it has no trends: there is room for one.
pub(super) fn map(
    subject: &Subject,
    look: &Look,
    has_trends: bool,
    drawings: &mut Drawings,
) -> Said<Option<MunicipalityMap>> {
    let declared = subject.report.map_indicator.as_ref().filter(|_| subject.law.is_some() || !has_trends);
    let Some(surface) = declared.and_then(|declared| surface(subject, declared)) else { return Ok(None) };
    let (symbols, statuses) = statuses(subject)?;
    let note = subject.line("municipality/note", Slots::new().text("area", &subject.named))?;
    let own = Some(&subject.area.id);
    let map = drawn(subject, (own, SIZE), (&surface, &symbols), look, drawings)?;
    Ok(map.map(|map| MunicipalityMap { map, statuses, note: Some(note) }))
}

/// The map of a page that is about no single area; `subject` is any of its areas.
pub(super) fn of_all(
    subject: &Subject,
    declared: &MapIndicator,
    height: f64,
    look: &Look,
    drawings: &mut Drawings,
) -> Said<Option<MapData>> {
    let Some(surface) = surface(subject, declared) else { return Ok(None) };
    let (symbols, _) = statuses(subject)?;
    drawn(subject, (None, MapSize { height, ..SIZE }), (&surface, &symbols), look, drawings)
}

/// Draws the map and puts it among the drawings; `None` if there is nothing to show.
fn drawn(
    subject: &Subject,
    (own, size): (Option<&AreaId>, MapSize),
    (surface, symbols): (&Surface, &Symbols),
    look: &Look,
    drawings: &mut Drawings,
) -> Said<Option<MapData>> {
    let class_words = class_words(subject, surface)?;
    let words = map_words(subject.context, alt(subject, surface)?)?;
    let unit = lower_first(&subject.fixed(&format!("unit-heads/{}", surface.indicator.unit.word()))?);
    let head = ["municipality/head-area", "municipality/head-value", "municipality/head-status"]
        .map(|key| subject.fixed(key));
    let [area, value, status] = head;
    let (area, value, status) = (area?, value?, status?);
    let spec = MunicipalityMapSpec {
        subject: own,
        surface: Some(SurfaceSpec {
            layer: surface.layer,
            values: &surface.values,
            classes: surface.classes,
            class_words: &class_words,
            unit: &unit,
        }),
        symbols,
        size,
        words: &words,
        head: [&area, &value, &status],
        theme: &look.theme,
    };
    let Some(figure) = figures::municipality_map(&spec, subject.context.places) else { return Ok(None) };
    drawings.add(PATH, &figure)?;
    Ok(Some(MapData {
        id: format!("{}@{}@{}", surface.id, surface.layer, surface.period),
        state: "shown",
        title: title(subject, surface)?,
        unit: Some(unit_line(subject, surface)?),
        svg: PATH,
        width: figure.width,
        height: figure.height,
        alt: figure.alt,
        strip: None,
    }))
}

fn surface<'a>(subject: &Subject<'a>, declared: &'a MapIndicator) -> Option<Surface<'a>> {
    let context = subject.context;
    let (id, layer) = (&declared.indicator.value, &declared.layer.value);
    let indicator = context.catalogue.indicator(id)?;
    let classes: Vec<Decimal> = indicator.classes.as_ref()?.iter().map(|limit| limit.0).collect();
    let period = context.overview.latest(layer, id)?;
    let values = context.places.layer(layer).iter().map(|area| {
        let value_id = ValueId::own(id.as_str(), &area.id, period);
        let value = match context.publication.value(&value_id) {
            State::Shown(value) => State::Shown(value.value),
            State::Hidden => State::Hidden,
            State::Missing(missing) => State::Missing(missing),
        };
        (area.id.clone(), SurfaceValue { id: value_id, value })
    });
    Some(Surface {
        id,
        indicator,
        layer,
        classes: classes.try_into().ok()?,
        period,
        values: values.collect(),
    })
}

/// An area by name, and its value.
type Valued<'a> = (&'a str, Decimal);

/// Lowest and highest shown area; `None` if fewer than two are shown or they are alike.
fn extremes<'a>(subject: &Subject<'a>, surface: &Surface) -> Option<(Valued<'a>, Valued<'a>)> {
    let areas = subject.context.places.layer(surface.layer).iter();
    let mut known: Vec<(&str, Decimal)> = areas
        .filter_map(|area| match surface.values.get(&area.id)?.value {
            State::Shown(value) => Some((area.name.as_str(), value)),
            _ => None,
        })
        .collect();
    known.sort_by(|a, b| a.1.to_f64().total_cmp(&b.1.to_f64()));
    let (lowest, highest) = (*known.first()?, *known.last()?);
    (lowest.1.to_f64() < highest.1.to_f64()).then_some((lowest, highest))
}

fn layer_title(subject: &Subject, layer: &LayerId) -> String {
    subject
        .context
        .catalogue
        .layer(layer)
        .map_or_else(String::new, |l| subject.context.text(&l.title).to_lowercase())
}

fn title(subject: &Subject, surface: &Surface) -> Said<String> {
    let slots = Slots::new().text("name", subject.context.text(surface.indicator.short_title()));
    match extremes(subject, surface) {
        Some((_, (highest, _))) => subject.line("municipality/title", slots.text("highest", highest)),
        None => {
            subject.line("municipality/title-plain", slots.text("areas", layer_title(subject, surface.layer)))
        }
    }
}

fn unit_line(subject: &Subject, surface: &Surface) -> Said<String> {
    let population = surface.indicator.population.as_ref().map_or("", |text| subject.context.text(text));
    let slots = Slots::new()
        .text("unit", subject.fixed(&format!("unit-heads/{}", surface.indicator.unit.word()))?)
        .text("population", population)
        .text("period", subject.period(surface.period)?);
    subject.line("municipality/unit", slots)
}

/// Classes without gaps; a value on a limit is in the class below, as the law's "over" has it.
fn class_words(subject: &Subject, surface: &Surface) -> Said<[String; 4]> {
    let [a, b, c] = surface.classes;
    let middle = |low, high| {
        subject.line("municipality/class-middle", Slots::new().number("low", low).number("high", high))
    };
    Ok([
        subject.line("municipality/class-first", Slots::new().number("high", a))?,
        middle(a, b)?,
        middle(b, c)?,
        subject.line("municipality/class-last", Slots::new().number("low", c))?,
    ])
}

fn alt(subject: &Subject, surface: &Surface) -> Said<String> {
    let name = subject.context.text(surface.indicator.short_title());
    let slots = Slots::new().text("areas", layer_title(subject, surface.layer)).text("name", name);
    let Some(((lowest, low), (highest, high))) = extremes(subject, surface) else {
        return subject.line("municipality/alt-plain", slots);
    };
    let unit = surface.indicator.unit;
    let slots = slots.text("lowest", lowest).text("highest", highest);
    subject.line(
        "municipality/alt",
        slots.text("low", subject.with_unit(unit, low)?).text("high", subject.with_unit(unit, high)?),
    )
}

type Symbols = BTreeMap<AreaId, MapSymbol>;

/// The symbols on the map, and the legend: strictest status first, each with the names of its areas.
fn statuses(subject: &Subject) -> Said<(Symbols, Vec<StatusLine>)> {
    let (mut symbols, mut lines) = (BTreeMap::new(), BTreeMap::new());
    let Some(law) = &subject.law else { return Ok((symbols, Vec::new())) };
    let cannot_tell = Standing::CannotTell;
    for area in subject.context.places.layer(subject.layer_id) {
        let id = ValueId::own(law.family_id.as_str(), &area.id, law.year());
        let status = match subject.context.publication.get(&id) {
            State::Shown(Fact::Status(status)) => Some(status),
            _ => None,
        };
        let (standing, official) =
            status.map_or((&cannot_tell, true), |status| (&status.status, status.official));
        let text = legend(subject, law, standing, official)?;
        let mark = status.and_then(StatusMark::of_status);
        symbols.extend(mark.map(|mark| (area.id.clone(), MapSymbol { mark, id, word: text.clone() })));
        let line =
            lines.entry((rank(law, standing), symbol(standing, official), text)).or_insert_with(Vec::new);
        line.push(area.name.as_str());
    }
    let lines = lines.into_iter().map(|((_, symbol, text), names)| StatusLine {
        symbol,
        text,
        detail: Some(names.join(", ")),
    });
    Ok((symbols, lines.collect()))
}

pub(super) fn legend(subject: &Subject, law: &Law, standing: &Standing, official: bool) -> Said<String> {
    match standing {
        Standing::On(status) if official => Ok(law.status_name(subject.context, status)),
        Standing::On(status) => subject.line(
            "status/symbols-own",
            Slots::new().text("status", law.status_name(subject.context, status)),
        ),
        Standing::NotListed => subject.fixed("status/symbols-not-listed"),
        Standing::TooFewResidents => subject
            .line("status/symbols-too-few", Slots::new().count("limit", law.residents().unwrap_or_default())),
        Standing::CannotTell => subject.fixed("status/symbols-cannot-tell"),
    }
}

/// Strictest first; then not listed, too small, not told.
pub(super) fn rank(law: &Law, standing: &Standing) -> usize {
    let statuses = law.family.statuses.len();
    match standing {
        Standing::On(status) => {
            law.family.statuses.position(status).map_or(statuses, |position| statuses - 1 - position)
        }
        Standing::NotListed => statuses + 1,
        Standing::TooFewResidents => statuses + 2,
        Standing::CannotTell => statuses + 3,
    }
}
