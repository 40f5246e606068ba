//! Which rule protects an indicator's values in an area: the usual one, or the one of the areas whose value the law asks for.

use super::super::{
    Data,
    methods::{self, measure},
    ratio::Ratio,
    raw::Scope,
};
use crate::{
    catalogue::{MadeBy, Protection, RESIDENTS, RuleSet, Ruled},
    ids::IndicatorId,
};

/// The rule of every area, the municipality's last.
pub(in crate::compute) fn protections(data: Data, id: &IndicatorId) -> Vec<Protection> {
    let Some(ruled) = data.catalogue.ruled(id) else { return Vec::new() };
    let areas = 0..data.raw.index.areas.len();
    areas.map(Some).chain([None]).map(|area| of_area(data, id, &ruled, area)).collect()
}

/// The rule of one area.
pub(in crate::compute) fn protection(data: Data, id: &IndicatorId, area: usize) -> Protection {
    data.catalogue.ruled(id).map(|ruled| of_area(data, id, &ruled, Some(area))).unwrap_or_default()
}

fn of_area(data: Data, id: &IndicatorId, ruled: &Ruled, area: Option<usize>) -> Protection {
    let by_law = ruled.by_law().filter(|_| area.is_some_and(|area| is_asked_for(data, id, area)));
    by_law.unwrap_or_else(|| ruled.usual())
}

/// Does the law ask for the value of this area: is it in the layer of a rule set of the law that the indicator decides a
/// criterion of, with the residents that it asks for? Judged, as small places are, by the latest number.
pub(in crate::compute) fn is_asked_for(data: Data, id: &IndicatorId, area: usize) -> bool {
    let catalogue = data.catalogue;
    let by_law = |set: &RuleSet| {
        catalogue.families.get(&set.family.value).is_some_and(|family| family.made_by == MadeBy::Law)
    };
    let decides = |set: &RuleSet| {
        set.criteria.iter().any(|(_, criterion)| {
            let deciding = &criterion.indicator.value;
            let behind = catalogue.indicator(deciding).map(|indicator| indicator.method.form().indicators());
            deciding == id || behind.is_some_and(|all| all.iter().any(|other| other.value == *id))
        })
    };
    let layer = data.raw.index.layer_of(area);
    catalogue.rule_sets.iter().any(|(_, set)| {
        let least = set.applies_to.residents.as_ref().map(|residents| residents.at_least.value);
        by_law(set)
            && layer == Some(&set.applies_to.layer.value)
            && least.is_none_or(|least| residents(data, area) >= Some(Ratio::whole(i128::from(least))))
            && decides(set)
    })
}

/// Has the area the residents that a rule asks for? Where nobody counts them nothing is restricted.
pub(in crate::compute) fn has_enough(data: Data, rule: Protection, area: usize) -> bool {
    let least = Ratio::whole(i128::from(rule.residents));
    rule.residents == 0 || residents(data, area).is_none_or(|residents| residents >= least)
}

/// The latest number of an area's residents.
pub(in crate::compute) fn residents(data: Data, area: usize) -> Option<Ratio> {
    let indicator = data.catalogue.indicators.get(RESIDENTS)?;
    let latest = methods::of(&indicator.method).periods(data).last().copied()?;
    measure(data, &indicator.method, Scope::Area(area), latest).get().map(|residents| residents.value)
}
