//! Twins: the areas of the same layer that an area is most like, as Landsbyggefonden finds a `tvilling`.
//!
//! The distance of two areas is `sqrt(sum of ((a - b) / per)²)` over the declared traits, each by its latest value that there
//! is of any area; equally near areas are taken by their ids. Only areas whose traits can all be shown take part. The areas
//! found hold for all periods, so that a series is compared with the same areas throughout.
//!
//! The comparator's value is the indicator's method over the twins together: of those whose own value can be shown.

use std::collections::BTreeMap;

use super::{
    Data,
    compare::is_shown_over,
    disclose::told::Zone,
    indicators::{All, Measured},
    methods::Measurement,
    publication::{Fact, Missing},
    ratio::Ratio,
    raw::{Known, Offer, Scope},
};
use crate::{
    catalogue::{RESIDENTS, Twins as Declared},
    ids::{AreaId, IndicatorId, LayerId, Period, ValueId},
};

/// Distances are compared with so many steps to one, so that the last digits of floating point decide nothing.
const STEPS: f64 = 1e9;

/// The twins of every area whose layer asks for them.
pub(in crate::compute) struct Twins {
    areas: BTreeMap<usize, Found>,
    /// Of each such layer, how many areas took part.
    tried: Vec<Tried>,
}

/// The areas of a layer among which twins are sought. That one is no twin says where it does not stand, so everything said of
/// twins is hidden where any of their traits is.
struct Tried {
    id: ValueId,
    areas: i64,
    needs: Vec<ValueId>,
}

/// The twins of one area.
struct Found {
    /// Where they are published.
    id: ValueId,
    /// The nearest first.
    twins: Known<Vec<usize>>,
    needs: Vec<ValueId>,
}

/// An area among the others: its traits, each over its `per`.
type Position = Known<Vec<f64>>;

impl Twins {
    /// Finds them, once everything is measured.
    pub fn new(data: Data, all: &All) -> Self {
        let (mut areas, mut tried) = (BTreeMap::new(), Vec::new());
        for (id, layer) in data.catalogue.areas.iter() {
            if let Some(declared) = &layer.twins
                && let Some((among, found)) = of_layer(data, all, &id.value, declared)
            {
                areas.extend(found);
                tried.push(among);
            }
        }
        Self { areas, tried }
    }

    /// Which areas they are.
    pub fn offers(&self, data: Data) -> Vec<Offer> {
        let offer = |found: &Found| {
            let areas = |twins: &Vec<usize>| twins.iter().map(|twin| data.area(*twin).clone()).collect();
            let fact = found.twins.as_ref().map(|twins| Fact::Areas(areas(twins)));
            Offer::new(found.id.clone(), fact, found.needs.clone())
        };
        let tried = |tried: &Tried| {
            Offer::new(tried.id.clone(), Known::Is(Fact::Count(tried.areas)), tried.needs.clone())
        };
        self.areas.values().map(offer).chain(self.tried.iter().map(tried)).collect()
    }

    /// Does the area's layer ask for twins?
    pub fn are_wanted(&self, area: usize) -> bool {
        self.areas.contains_key(&area)
    }

    /// An indicator over the twins of an area, the zone that they are, and what it needs.
    pub fn compared(
        &self,
        measured: &Measured,
        area: usize,
        number: usize,
    ) -> (Known<Measurement>, Zone, Vec<ValueId>) {
        let missing = Known::Missing(Missing::NoData);
        let Some(found) = self.areas.get(&area) else {
            return (missing, Scope::Sum(&[]).into(), Vec::new());
        };
        let twins = found.twins.as_ref().get().into_iter().flatten().copied();
        let is_shown = |twin: &usize| {
            measured.is_publishable(*twin, number) && is_shown_over(measured, area, *twin, number)
        };
        let shown: Vec<usize> = twins.filter(is_shown).collect();
        let own = [area].into_iter().chain(shown.iter().copied());
        let needs = own.map(|area| measured.value_id(area, number)).chain([found.id.clone()]).collect();
        let value = if shown.is_empty() {
            missing
        } else {
            measured.measure(Scope::Sum(&shown), number, measured.own_years(area))
        };
        (value, Scope::Sum(&shown).into(), needs)
    }
}

/// The twins of each area of a layer.
fn of_layer(
    data: Data,
    all: &All,
    layer: &LayerId,
    declared: &Declared,
) -> Option<(Tried, Vec<(usize, Found)>)> {
    let traits: Vec<(&Measured, f64)> = declared
        .by
        .iter()
        .filter_map(|alike| Some((all.get(&alike.indicator.value)?, alike.per.to_f64())))
        .collect();
    let latest = traits.iter().filter_map(|(measured, _)| measured.periods.last());
    let period = Period::Year(latest.map(|period| period.year()).max()?);
    let areas = data.raw.index.layer(layer);
    let positions: Vec<Position> = areas.clone().map(|area| position(all, &traits, declared, area)).collect();
    let names: Vec<&AreaId> = areas.clone().map(|area| data.area(area)).collect();
    let taking_part = || areas.clone().zip(&positions).filter(|(_, at)| matches!(at, Known::Is(_)));
    let tried = Tried {
        id: ValueId::own(format!("twins/{layer}"), &AreaId::municipality(), period),
        areas: taking_part().count() as i64,
        needs: taking_part().flat_map(|(area, _)| needs(&traits, area)).collect(),
    };
    let found = |own: usize| {
        let nearest = positions[own].as_ref().and_then(|_| {
            let nearest = nearest(own, &positions, &names, usize::from(declared.count.value));
            Known::or((!nearest.is_empty()).then_some(nearest), Missing::TooFewAreas)
        });
        let twins =
            nearest.map(|nearest| nearest.iter().map(|other| areas.start + other).collect::<Vec<_>>());
        let area = areas.start + own;
        let needing = [area].into_iter().chain(twins.as_ref().get().into_iter().flatten().copied());
        let needs = needing.flat_map(|area| needs(&traits, area)).chain([tried.id.clone()]).collect();
        (area, Found { id: ValueId::own("twins", names[own], period), twins, needs })
    };
    let found = (0..positions.len()).map(found).collect();
    Some((tried, found))
}

/// Where an area stands; known only if every trait can be shown.
fn position(all: &All, traits: &[(&Measured, f64)], declared: &Declared, area: usize) -> Position {
    let least = declared.min_residents.as_ref().map_or(0, |least| least.value);
    if !has_residents(all, area, least) {
        return Known::Missing(Missing::TooSmall);
    }
    traits.iter().fold(Known::Is(Vec::new()), |position: Position, (measured, per)| {
        let Some(latest) = measured.periods.len().checked_sub(1) else {
            return Known::Missing(Missing::NoData);
        };
        let value = measured.value(area, latest).and_then(|value| {
            if measured.is_shown(area, latest) {
                Known::Is(value.value.to_f64() / per)
            } else {
                Known::Withheld
            }
        });
        position.and_then(|position| value.map(|value| position.into_iter().chain([value]).collect()))
    })
}

/// Has an area at least so many residents, by the latest count?
fn has_residents(all: &All, area: usize, least: u32) -> bool {
    let residents = all.get(&IndicatorId::from(RESIDENTS)).filter(|_| least > 0);
    let latest = residents.and_then(|residents| Some((residents, residents.periods.len().checked_sub(1)?)));
    latest.is_none_or(|(residents, latest)| {
        let count = residents.value(area, latest).get();
        count.is_some_and(|count| count.value >= Ratio::whole(i128::from(least)))
    })
}

/// The latest values of an area's traits.
fn needs(traits: &[(&Measured, f64)], area: usize) -> Vec<ValueId> {
    let id = |(measured, _): &(&Measured, f64)| {
        let latest = measured.periods.len().checked_sub(1)?;
        Some(measured.value_id(area, latest))
    };
    traits.iter().filter_map(id).collect()
}

/// The areas nearest to one, equally near ones by their ids.
fn nearest(own: usize, positions: &[Position], names: &[&AreaId], count: usize) -> Vec<usize> {
    let Known::Is(here) = &positions[own] else { return Vec::new() };
    let distance = |there: &[f64]| {
        let squares: f64 = here.iter().zip(there).map(|(a, b)| (a - b).powi(2)).sum();
        (squares.sqrt() * STEPS).round()
    };
    let others = positions.iter().enumerate().filter(|(other, _)| *other != own);
    let mut others: Vec<(f64, &AreaId, usize)> = others
        .filter_map(|(other, there)| Some((distance(there.as_ref().get()?), names[other], other)))
        .collect();
    type Other<'a> = (f64, &'a AreaId, usize);
    let order = |a: &Other, b: &Other| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1));
    // Of thousands of areas only the nearest are put in order.
    if count < others.len() {
        others.select_nth_unstable_by(count, order);
        others.truncate(count);
    }
    others.sort_by(order);
    others.into_iter().map(|(_, _, other)| other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: a at (0, 0); b 3 and 4 away, so 5; c 5 away; d 4; e unknown.
    #[test]
    fn the_nearest_by_the_root_of_squares_are_the_twins_and_ties_go_by_id() {
        let ids: Vec<AreaId> = ["a", "c", "b", "d", "e"].map(AreaId::from).to_vec();
        let names: Vec<&AreaId> = ids.iter().collect();
        let known = |x: f64, y: f64| Known::Is(vec![x, y]);
        let positions =
            vec![known(0.0, 0.0), known(-5.0, 0.0), known(3.0, 4.0), known(0.0, 4.0), Known::Withheld];
        let found = |own, count| {
            nearest(own, &positions, &names, count)
                .iter()
                .map(|other| names[*other].as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(found(0, 2), ["d", "b"]);
        assert_eq!(found(0, 9), ["d", "b", "c"]);
        assert!(found(4, 2).is_empty());
    }
}
