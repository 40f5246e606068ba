//! The account of rows, as offers: its counts pass the gate like any other number.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Data,
    publication::{Fact, Missing},
    raw::{Exposure, Known, Offer, Scope},
};
use crate::{
    catalogue::{Method, Protection, RESIDENTS, Sensitivity},
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
            offers.push(count(
                ValueId::own(format!("outside/{id}"), &AreaId::municipality(), *period),
                outside,
            ));
        }
    }
}

/// The rows of one source that were read, and those of them that count nowhere.
fn source_offers(data: Data, source: &SourceId, account: &SourceAccount) -> Vec<Offer> {
    let undated = Period::Year(data.catalogue.about.edition.year);
    let located = data.catalogue.source(source).is_some_and(|source| source.located_by.is_some());
    let public = is_public(data, source);
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
        let id = ValueId::own(what, &AreaId::municipality(), period);
        if public {
            Offer::new(id, Known::Is(Fact::Count(rows)), Vec::new())
        } else {
            count(id, Known::Is(rows))
        }
    };
    counts.into_iter().map(offer).collect()
}

/// Rows of a source that anybody can read are no secret.
fn is_public(data: Data, source: &SourceId) -> bool {
    data.catalogue.source(source).is_some_and(|source| source.sensitivity == Sensitivity::Public)
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
    let by_area = data.catalogue.source(source).is_some_and(|source| {
        matches!(source.located_by.as_ref().map(|by| &by.value), Some(crate::catalogue::LocatedBy::Area(_)))
    });
    let bases = bases(data, source);
    for period in &rows.periods {
        for (area, id) in data.raw.index.areas.iter().enumerate() {
            let used = if by_area {
                let cells = bases.iter().filter_map(|base| data.raw.series.get(*base));
                let cells: Vec<_> = cells.map(|series| series.cell(Scope::Area(area), *period)).collect();
                let largest = cells.iter().filter_map(|cell| cell.get()).map(|cell| cell.sum / 1000).max();
                let withheld = cells.iter().any(|cell| matches!(cell, Known::Withheld));
                match largest {
                    Some(largest) => Known::Is(largest as i64),
                    None if withheld => Known::Withheld,
                    None => Known::Missing(Missing::NoData),
                }
            } else {
                rows.cell(Scope::Area(area), *period).map(|cell| cell.rows)
            };
            offers.push(count(ValueId::own(format!("used/{source}"), id, *period), used));
        }
    }
}

/// The denominators that indicators take from a source.
fn bases<'a>(data: Data<'a>, source: &SourceId) -> BTreeSet<&'a PopulationId> {
    let bases = data.catalogue.indicators.iter().filter_map(|(_, indicator)| indicator.method.form().base());
    bases.map(|id| &id.value).filter(|id| data.catalogue.source_of(id) == Some(source)).collect()
}

fn count(id: ValueId, rows: Known<i64>) -> Offer {
    let exposes = rows.as_ref().get().map(|rows| Exposure::Amount(i128::from(*rows) * 1000));
    Offer::new(id, rows.map(Fact::Count), Vec::new())
        .exposing(exposes.into_iter().collect(), Protection::default())
}
