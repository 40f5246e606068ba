//! What is known before anything is published: what other editions told, what others publish of the same people, and the
//! numbers behind official lists.
//!
//! Nobody declares the lists: the ministry publishes the value of every criterion for every area on them, so the numbers that
//! decide the criterion count as known, as those of any shown figure do ([`super::disclose::told`]).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Data,
    disclose::told::{Counted, Told, Zone},
    methods,
    official::Entry,
    raw::Known,
    years,
};
use crate::{
    catalogue::{Date, KnownOutside, Method, Official, RESIDENTS, RuleSet},
    editions::{self, Ledger},
    ids::{AreaId, FamilyId, IndicatorId, Period},
};

/// A number that is known whatever we publish.
pub(in crate::compute) struct Outside {
    /// Which.
    pub told: Told,
    /// From whom.
    pub from: From,
    /// In thousandths, where they tell the number itself; else it is taken to be ours.
    pub value: Option<i128>,
    /// In thousandths: `value` is the nearest multiple of it.
    pub rounded_to: i128,
}

/// From whom a number is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) enum From {
    /// Another edition of our own.
    Edition(String),
    /// What is declared under this id of `known-outside:`.
    Declared(String),
    /// The official lists of a family.
    List(FamilyId),
}

impl std::fmt::Display for From {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Edition(name) => write!(f, "edition {name}"),
            Self::Declared(id) => f.write_str(id),
            Self::List(family) => write!(f, "lists of {family}"),
        }
    }
}

/// Everything known outside: editions by name, then declared tables, then lists.
pub(in crate::compute) fn known(data: Data, ledger: &Ledger) -> Vec<Outside> {
    let declared = data.catalogue.known_outside.iter();
    let mut known = of_editions(data, ledger);
    known.extend(declared.flat_map(|(id, declared)| of_table(data, id, declared)));
    known.extend(data.raw.official.keys().flat_map(|family| of_lists(data, family)));
    known
}

/// What editions told of areas that there are.
fn of_editions(data: Data, ledger: &Ledger) -> Vec<Outside> {
    let areas = data.raw.index.areas.iter().enumerate();
    let areas: BTreeMap<&AreaId, u32> = areas.map(|(number, area)| (area, number as u32)).collect();
    let of = |of: &editions::Counted| match of {
        editions::Counted::Sum(id) => Counted::Sum(id.clone()),
        editions::Counted::Rows(id) => Counted::Rows(id.clone()),
        editions::Counted::Every(id) => Counted::Every(id.clone()),
    };
    let mut known = Vec::new();
    for (name, edition) in &ledger.editions {
        known.extend(edition.numbers.iter().filter_map(|number| {
            let told = Told { of: of(&number.of), zone: zone(&areas, &number.zone)?, period: number.period };
            let from = From::Edition(name.clone());
            Some(Outside { told, from, value: Some(number.thousandths), rounded_to: 1 })
        }));
    }
    known
}

/// A zone of the ledger; `None` for one that is of none of our areas.
fn zone(numbers: &BTreeMap<&AreaId, u32>, zone: &[(AreaId, i64)]) -> Option<Zone> {
    let municipality = numbers.len() as u32;
    let number = |area: &AreaId| {
        if *area == AreaId::municipality() { Some(municipality) } else { numbers.get(area).copied() }
    };
    let numbered = zone.iter().map(|(area, times)| Some((number(area)?, i8::try_from(*times).ok()?)));
    let mut places: Vec<(u32, i8)> = numbered.collect::<Option<_>>()?;
    places.sort_unstable();
    match places[..] {
        [] => None,
        [(area, 1)] if area == municipality => Some(Zone::Municipality),
        [(area, 1)] => Some(Zone::Area(area)),
        [(area, -1), (all, 1)] if all == municipality => Some(Zone::Rest(area)),
        _ => Some(Zone::Areas(places.into())),
    }
}

/// What a declared table tells of our own numbers, in the areas and periods that both have.
fn of_table(data: Data, id: &str, declared: &KnownOutside) -> Vec<Outside> {
    let series = |id| data.raw.series.get(id);
    let (Some(theirs), Some(ours)) = (series(&declared.publishes.value), series(&declared.counts.value))
    else {
        return Vec::new();
    };
    let municipality = data.raw.index.areas.len();
    let rounded_to = declared.rounded_to.as_ref().map_or(1, |to| 1000 * i128::from(to.value));
    let cells = theirs.periods.iter().zip(theirs.cells.chunks_exact(municipality + 1));
    let both = cells.filter(|(period, _)| ours.periods.binary_search(period).is_ok());
    let told = |(period, cells): (&Period, &[Known<super::raw::Cell>])| {
        let published = cells.iter().enumerate().filter_map(|(place, cell)| Some((place, cell.get()?)));
        let known = published.map(|(place, cell)| {
            let zone = if place == municipality { Zone::Municipality } else { Zone::Area(place as u32) };
            let told = Told { of: Counted::Sum(declared.counts.value.clone()), zone, period: *period };
            Outside { told, from: From::Declared(id.into()), value: Some(cell.sum), rounded_to }
        });
        known.collect::<Vec<_>>()
    };
    both.flat_map(told).collect()
}

/// What the lists of a family tell, each number once.
fn of_lists(data: Data, family: &FamilyId) -> Vec<Outside> {
    let declared = data.catalogue.official(family).and_then(|(_, source)| source.official.as_ref());
    let (Some(declared), Some(official)) = (declared, data.raw.official.get(family)) else {
        return Vec::new();
    };
    let mut known: BTreeMap<Told, Option<i128>> = BTreeMap::new();
    for (date, entries) in &official.lists {
        let set = data.catalogue.rule_set_for(family, *date).map(|(_, set)| set);
        for (area, entry) in entries {
            let published = set.into_iter().flat_map(|set| deciding(data, declared, set, *date, entry));
            for told in published.flat_map(|(id, period)| numbers(data, id, *area, period)) {
                known.entry(told).or_default();
            }
            known.extend(residents(data, *area, *date, entry));
        }
    }
    let from = From::List(family.clone());
    let outside = |(told, value)| Outside { told, from: from.clone(), value, rounded_to: 1 };
    known.into_iter().map(outside).collect()
}

/// The indicators that decide the criteria of which a value is published, and the period that each takes.
fn deciding<'a>(
    data: Data<'a>,
    declared: &Official,
    set: &'a RuleSet,
    list: Date,
    entry: &Entry,
) -> Vec<(&'a IndicatorId, Period)> {
    let published = set.criteria.iter().filter(|(id, criterion)| {
        let printed = data.catalogue.printed_indicator(&criterion.indicator);
        printed.is_some_and(|(printed, _)| {
            entry.value(data.catalogue, declared, printed, (&id.value, criterion), 0).is_some()
        })
    });
    let period = |years_back: u8| Period::Year(list.year).years_back(i32::from(years_back));
    published.map(|(_, criterion)| (&criterion.indicator.value, period(criterion.years_back))).collect()
}

/// The numbers that an indicator's value of an area is made of, over all the years that it takes, where there are such.
fn numbers(data: Data, id: &IndicatorId, area: usize, period: Period) -> BTreeSet<Told> {
    let Some(indicator) = data.catalogue.indicator(id) else { return BTreeSet::new() };
    let method = &indicator.method.value;
    let mut counted = BTreeSet::new();
    for behind in methods::behind(data.catalogue, method) {
        let roles = behind.form().roles();
        counted.extend(roles.into_iter().map(|(_, population)| Counted::Sum(population.value.clone())));
        if let Method::Mean(mean) = behind
            && mean.over.is_none()
        {
            counted.insert(Counted::Rows(mean.of.value.clone()));
        }
    }
    let years = 0..years::count(methods::of(method).window(data));
    let told = years.map(|back| period.years_back(back)).flat_map(|period| {
        let of = counted.iter().filter(move |of| is_counted(data, of, period));
        of.map(move |of| Told { of: of.clone(), zone: Zone::Area(area as u32), period })
    });
    told.collect()
}

fn is_counted(data: Data, of: &Counted, period: Period) -> bool {
    let series = match of {
        Counted::Sum(id) | Counted::Rows(id) => data.raw.series.get(id),
        Counted::Every(id) => data.raw.rows.get(id),
    };
    series.is_some_and(|series| series.periods.binary_search(&period).is_ok())
}

/// The residents published with a list, where a population counts them.
fn residents(data: Data, area: usize, list: Date, entry: &Entry) -> Option<(Told, Option<i128>)> {
    let published = 1000 * i128::from(entry.residents()?);
    let indicator = data.catalogue.indicators.get(RESIDENTS)?;
    let Method::Count(count) = &indicator.method.value else { return None };
    let (of, period) = (Counted::Sum(count.of.value.clone()), Period::Year(list.year));
    let told = Told { of, zone: Zone::Area(area as u32), period };
    is_counted(data, &told.of, period).then_some((told, Some(published)))
}

#[cfg(test)]
mod tests;
