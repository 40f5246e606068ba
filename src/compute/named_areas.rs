//! Areas that indicators and initiatives name must exist; which do shows when the layers are read.

use super::raw::Index;
use crate::{
    catalogue::{Catalogue, Comparator},
    diagnostics::Diagnostic,
    ids::AreaId,
};

/// An error for every area that an indicator's method or `compare-with` or an initiative names and no layer has.
pub(in crate::compute) fn unknown(catalogue: &Catalogue, index: &Index) -> Vec<Diagnostic> {
    let of_methods = catalogue.indicators.iter().flat_map(|(_, indicator)| indicator.method.form().areas());
    let of_methods = of_methods.map(|named| (&named.value, &named.place));
    let comparators = catalogue.indicators.iter().flat_map(|(_, indicator)| &indicator.compare_with);
    let comparators = comparators.filter_map(|comparator| match &comparator.value {
        Comparator::Area(area) => Some((area, &comparator.place)),
        _ => None,
    });
    let of_initiatives = catalogue.initiatives.iter().flat_map(|(_, initiative)| {
        initiative.areas.iter().chain(&initiative.compare_with).map(|named| (&named.value, &named.place))
    });
    of_methods
        .chain(comparators)
        .chain(of_initiatives)
        .filter(|(named, _)| !index.areas.contains(named))
        .map(|(named, place)| {
            Diagnostic::error("unknown-area", format!("`{named}` is not an area"), place)
                .did_you_mean(named.as_str(), index.areas.iter().map(AreaId::as_str))
                .hint("write the id of an area, as it stands in the column `id` of its layer")
        })
        .collect()
}
