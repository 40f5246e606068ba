//! Breaks in a series: a definition, a boundary or a law changed, and no difference is taken across.

use crate::{
    catalogue::Catalogue,
    ids::{IndicatorId, Period},
};

/// Does the series of an indicator, or of one that it is built on, break after `since` and by `until`?
pub(in crate::compute) fn between(
    catalogue: &Catalogue,
    id: &IndicatorId,
    since: Period,
    until: Period,
) -> bool {
    let declared = catalogue.breaks.iter().map(|(_, declared)| declared);
    let own = declared
        .filter(|declared| declared.indicators.iter().any(|broken| broken.value == *id))
        .filter_map(|declared| declared.from.value.parse().ok())
        .any(|from: Period| since < from && from <= until);
    own || catalogue.indicator(id).is_some_and(|indicator| {
        indicator.method.form().indicators().into_iter().any(|below| between(catalogue, below, since, until))
    })
}
