//! The areas' own values, in the order of their importance: which of them are published.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::{
    super::{Data, indicators::All, ratio::Ratio},
    areas::{is_asked_for, residents},
    control::Control,
    gate::Shown,
};
use crate::ids::{IndicatorId, LayerId, Period, ValueId};

/// How much it matters that a value is published: the first first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Importance {
    /// What is a part of a figure comes last.
    part: bool,
    /// The municipality, values that the law asks for, the layers in the order of the catalogue, what is made of whole layers.
    place: (u8, usize),
    period: Reverse<Period>,
    /// The area's, and not what the value is of: what is hidden must not say what is hidden with it.
    residents: Reverse<Ratio>,
    /// The number of the indicator, and of the area.
    last: (usize, usize),
}

/// A value by its indicator, area and period.
struct Own<'a> {
    importance: Importance,
    id: &'a IndicatorId,
    area: usize,
    number: usize,
}

/// Publishes the values that may be shown by themselves, as far as no protected number follows, and hides the others; gives
/// those that are published, the most important first. `withdrawn` are not published in any case.
pub(in crate::compute) fn own_values(
    all: &mut All,
    data: Data,
    control: &mut Control,
    withdrawn: &HashSet<ValueId>,
) -> Vec<Shown> {
    all.values_mut().for_each(|measured| measured.hide(HashSet::new()));
    let mut hidden: HashMap<&IndicatorId, HashSet<(usize, usize)>> = HashMap::new();
    let mut published = Vec::new();
    for own in in_order(all, data) {
        let measured = &all[own.id];
        let id = measured.value_id(own.area, own.number);
        let tells = measured.tells_own(own.area, own.number);
        if withdrawn.contains(&id) || !control.publish(&tells) {
            hidden.entry(own.id).or_default().insert((own.area, own.number));
        } else {
            published.push((id, tells));
        }
    }
    for (id, measured) in all.iter_mut() {
        measured.hide(hidden.remove(*id).unwrap_or_default());
    }
    published
}

fn in_order<'a>(all: &All<'a>, data: Data) -> Vec<Own<'a>> {
    let layers = layers(data);
    let size = |area: usize| residents(data, area).unwrap_or(Ratio::ZERO);
    let sizes: Vec<Ratio> = (0..layers.len()).map(size).chain([Ratio::ZERO]).collect();
    let mut values = Vec::new();
    for (indicator, (id, measured)) in all.iter().enumerate() {
        let asked: Vec<bool> =
            (0..measured.municipality()).map(|area| is_asked_for(data, id, area)).collect();
        let places: Vec<(u8, usize)> = (0..=measured.municipality())
            .map(|area| match asked.get(area) {
                // What is made of all areas of a layer tells of every one of them.
                None if !measured.method().is_of_areas() => (3, 0),
                None => (0, 0),
                Some(true) => (1, 0),
                Some(false) => (2, layers[area]),
            })
            .collect();
        for number in 0..measured.periods.len() {
            let shown = (0..=measured.municipality()).filter(|area| measured.is_shown(*area, number));
            values.extend(shown.map(|area| {
                let importance = Importance {
                    part: measured.indicator.part_of.is_some(),
                    place: places[area],
                    period: Reverse(measured.periods[number]),
                    residents: Reverse(sizes[area]),
                    last: (indicator, area),
                };
                Own { importance, id, area, number }
            }));
        }
    }
    values.sort_by(|one, other| one.importance.cmp(&other.importance));
    values
}

/// Of every area the place of its layer in the catalogue. Other versions of boundaries come last: nothing is told of them.
fn layers(data: Data) -> Vec<usize> {
    let declared: Vec<&LayerId> = data.catalogue.areas.iter().map(|(id, _)| &id.value).collect();
    let place = |area: usize| {
        let layer = data.raw.index.layer_of(area);
        declared.iter().position(|id| Some(*id) == layer).unwrap_or(declared.len())
    };
    (0..data.raw.index.areas.len()).map(place).collect()
}
