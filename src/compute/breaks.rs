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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachment_breaks_with_the_data_of_2025_and_figures_up_to_2024_are_compared_as_before() {
        let text = include_str!("../../indicators.yaml");
        let (catalogue, _) = crate::catalogue::load_str("indicators.yaml", text).expect("it loads");
        let breaks = |id: &str, since, until| {
            between(&catalogue, &id.into(), Period::Year(since), Period::Year(until))
        };
        assert!(!breaks("no-work", 2019, 2024));
        assert!(breaks("no-work", 2024, 2025) && breaks("no-work-one-year", 2020, 2026));
        assert!(!breaks("no-work", 2025, 2026) && !breaks("basic-education", 2024, 2025));
    }
}
