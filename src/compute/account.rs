//! The account of rows, as offers: its counts pass the gate like any other number.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Data,
    disclose::told::{Counted, Told, Zone, in_order},
    publication::{Fact, Missing},
    raw::{Exposure, Known, Offer, Scope},
};
use crate::{
    catalogue::{Method, Protection, RESIDENTS},
    ids::{AreaId, Period, PopulationId, SourceId, ValueId},
    sources::{Account, Reason, SourceAccount},
};

/// Rows read, unplaced, left out and used.
pub(in crate::compute) fn offers(data: Data, account: &Account) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (source, account) in &account.sources {
        offers.extend(source_offers(data, source, account));
    }
    for source in data.raw.rows.keys() {
        used(data, source, &mut offers);
    }
    outside(data, &mut offers);
    offers
}

/// Residents of a layer's total who are in none of its areas, for layers that should add up to another.
fn outside(data: Data, offers: &mut Vec<Offer>) {
    let residents = data.catalogue.indicators.get(RESIDENTS).map(|indicator| &*indicator.method);
    let Some(Method::Count(method)) = residents else { return };
    let Some(series) = data.raw.series.get(&method.of.value) else { return };
    for (id, layer) in data.catalogue.areas.iter() {
        let Some(total) = &layer.adds_up_to else { continue };
        for period in &series.periods {
            let sum = |layer| {
                data.raw.index.layer(layer).fold(Known::Is(0), |sum, area| {
                    match series.cell(Scope::Area(area), *period) {
                        Known::Missing(_) => sum,
                        cell => sum.and_then(|sum| cell.map(|cell| sum + cell.sum / 1000)),
                    }
                })
            };
            let outside = sum(&total.value).and_then(|all| sum(&id.value).map(|areas| all - areas));
            let outside =
                outside.and_then(|n| Known::or(i64::try_from(n).ok().filter(|n| *n >= 0), Missing::NoData));
            let counted = |layer, times| {
                let areas =
                    data.raw.index.layer(layer).filter(|area| {
                        !matches!(series.cell(Scope::Area(*area), *period), Known::Missing(_))
                    });
                areas.map(move |area| (area as u32, times))
            };
            // Where the areas of the total are the whole municipality its own number says the same in one term.
            let whole = series.cell(Scope::Municipality, *period).map(|cell| cell.sum / 1000);
            let covers = data.catalogue.covering_layer() == Some(&total.value) && whole == sum(&total.value);
            let all = match covers {
                true => vec![(data.raw.index.areas.len() as u32, 1)],
                false => counted(&total.value, 1).collect(),
            };
            let zone = Zone::Areas(all.into_iter().chain(counted(&id.value, -1)).collect());
            let what = ValueId::own(format!("outside/{id}"), &AreaId::municipality(), *period);
            let tells = outside.map(|_| vec![Told::sum(&method.of, &zone, *period)]).get();
            let offer = Offer::new(what, outside.map(Fact::Count), Vec::new());
            offers.push(offer.telling(tells.unwrap_or_default()));
        }
    }
}

/// The rows of one source that were read, and those of them that count nowhere.
fn source_offers(data: Data, source: &SourceId, account: &SourceAccount) -> Vec<Offer> {
    let undated = Period::Year(data.catalogue.about.edition.year);
    let located = data.catalogue.source(source).is_some_and(|source| source.located_by.is_some());
    // Rows of a source that anybody can read are no secret.
    let public = data.catalogue.is_public(source);
    let tells = |what: &str, period| match what.split_once('/') {
        Some(("rows", _)) => every(data, source, Zone::Municipality, period),
        Some(("unplaced", _)) => {
            unplaced(data).map_or_else(Vec::new, |zone| every(data, source, zone, period))
        }
        _ => Vec::new(),
    };
    let mut counts: BTreeMap<(String, Period), u64> = BTreeMap::new();
    for (period, rows) in &account.read {
        let period = period.unwrap_or(undated);
        *counts.entry((format!("rows/{source}"), period)).or_default() += rows;
        if located {
            counts.entry((format!("unplaced/{source}"), period)).or_default();
        }
    }
    for ((reason, period), rows) in &account.not_used {
        let what = match slug(*reason) {
            None => format!("unplaced/{source}"),
            Some(slug) => format!("unused/{source}/{slug}"),
        };
        *counts.entry((what, period.unwrap_or(undated))).or_default() += rows;
    }
    let offer = |((what, period), rows): ((String, Period), u64)| {
        let rows = i64::try_from(rows).unwrap_or(i64::MAX);
        let tells = tells(&what, period);
        let id = ValueId::own(what.clone(), &AreaId::municipality(), period);
        // How many could not be placed is no trait of theirs.
        if public || what.starts_with("unplaced/") {
            Offer::new(id, Known::Is(Fact::Count(rows)), Vec::new()).telling(tells)
        } else {
            count(id, Known::Is(rows), tells)
        }
    };
    counts.into_iter().map(offer).collect()
}

/// All rows of a source; rows that are figures of areas are nobody's number.
fn every(data: Data, source: &SourceId, zone: Zone, period: Period) -> Vec<Told> {
    if is_by_area(data, source) {
        return Vec::new();
    }
    vec![Told { of: Counted::Every(source.clone()), zone, period }]
}

/// Where rows without a place lie: in the municipality, and in no area of the layer that covers it. Without such a layer no
/// areas make up that place.
fn unplaced(data: Data) -> Option<Zone> {
    let areas = data.raw.index.layer(data.catalogue.covering_layer()?);
    let municipality = data.raw.index.areas.len() as u32;
    Some(Zone::Areas(areas.map(|area| (area as u32, -1)).chain([(municipality, 1)]).collect()))
}

/// The name of a reason; `None` for those that mean a row has no place.
fn slug(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::UnknownAddress | Reason::UnknownArea | Reason::NoPoint | Reason::OutsideEveryArea => None,
        Reason::NoPeriod => Some("no-period"),
        Reason::NoAge => Some("no-age"),
        Reason::NoPartner => Some("no-partner"),
        Reason::LeftOut => Some("left-out"),
    }
}

/// What each area has of a source: rows, or of a table of areas' figures the largest denominator.
fn used(data: Data, source: &SourceId, offers: &mut Vec<Offer>) {
    let Some(rows) = data.raw.rows.get(source) else { return };
    let by_area = is_by_area(data, source);
    let bases = bases(data, source);
    for period in &rows.periods {
        for (area, id) in data.raw.index.areas.iter().enumerate() {
            let (used, tells) = if by_area {
                largest(data, &bases, area, *period)
            } else {
                let used = rows.cell(Scope::Area(area), *period).map(|cell| cell.rows);
                (used, every(data, source, Scope::Area(area).into(), *period))
            };
            offers.push(count(ValueId::own(format!("used/{source}"), id, *period), used, tells));
        }
    }
}

/// The largest of these populations in an area, and which they are that are as large.
fn largest(
    data: Data,
    bases: &BTreeSet<&PopulationId>,
    area: usize,
    period: Period,
) -> (Known<i64>, Vec<Told>) {
    let cell =
        |base: &&PopulationId| data.raw.cell(base, Scope::Area(area), period).map(|cell| cell.sum / 1000);
    let cells: Vec<Known<i128>> = bases.iter().map(cell).collect();
    let Some(largest) = cells.iter().filter_map(|cell| cell.get()).max() else {
        let withheld = cells.iter().any(|cell| matches!(cell, Known::Withheld));
        let none = if withheld { Known::Withheld } else { Known::Missing(Missing::NoData) };
        return (none, Vec::new());
    };
    let zone = Scope::Area(area).into();
    let as_large = bases.iter().zip(&cells).filter(|(_, cell)| **cell == Known::Is(largest));
    (Known::Is(largest as i64), in_order(as_large.map(|(base, _)| Told::sum(base, &zone, period))))
}

fn is_by_area(data: Data, source: &SourceId) -> bool {
    data.catalogue.source(source).is_some_and(|source| {
        matches!(source.located_by.as_deref(), Some(crate::catalogue::LocatedBy::Area(_)))
    })
}

/// The denominators that indicators take from a source.
fn bases<'a>(data: Data<'a>, source: &SourceId) -> BTreeSet<&'a PopulationId> {
    let bases = data.catalogue.indicators.iter().filter_map(|(_, indicator)| indicator.method.form().base());
    bases.map(|id| &id.value).filter(|id| data.catalogue.source_of(id) == Some(source)).collect()
}

fn count(id: ValueId, rows: Known<i64>, tells: Vec<Told>) -> Offer {
    let exposes = rows.as_ref().get().map(|rows| Exposure::Amount(i128::from(*rows) * 1000));
    let tells = rows.get().map(|_| tells).unwrap_or_default();
    Offer::new(id, rows.map(Fact::Count), Vec::new())
        .exposing(exposes.into_iter().collect(), Protection::default())
        .telling(tells)
}
