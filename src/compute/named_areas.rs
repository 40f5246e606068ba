//! Areas that indicators, initiatives, events and moves name must exist; which do shows when the layers are read.

use super::raw::Index;
use crate::{
    catalogue::{Catalogue, Comparator},
    diagnostics::Diagnostic,
    ids::AreaId,
};

/// An error for every area that an indicator's method or `compare-with`, an initiative, an event or a supposition about moves names and
/// no layer has.
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
    let of_events = catalogue.events.iter().flat_map(|(_, event)| &event.areas);
    let of_events = of_events.map(|named| (&named.value, &named.place));
    let supposed = catalogue.moves.iter().flat_map(|(_, moves)| moves.what_if.iter());
    let of_moves = supposed.filter_map(|(_, supposed)| supposed.like.as_ref());
    let of_moves = of_moves.filter(|like| like.value != AreaId::municipality());
    let of_moves = of_moves.map(|like| (&like.value, &like.place));
    of_methods
        .chain(comparators)
        .chain(of_initiatives)
        .chain(of_events)
        .chain(of_moves)
        .filter(|(named, _)| !index.areas.contains(named))
        .map(|(named, place)| {
            Diagnostic::error("unknown-area", format!("`{named}` is not an area"), place)
                .did_you_mean(named.as_str(), index.areas.iter().map(AreaId::as_str))
                .hint("write the id of an area, as it stands in the column `id` of its layer")
        })
        .collect()
}
