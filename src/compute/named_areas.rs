//! Areas that indicators name must exist; which do shows when the layers are read.

use super::raw::Index;
use crate::{catalogue::Catalogue, diagnostics::Diagnostic, ids::AreaId};

/// An error for every area that an indicator's method names and no layer has.
pub(in crate::compute) fn unknown(catalogue: &Catalogue, index: &Index) -> Vec<Diagnostic> {
    let named = catalogue.indicators.iter().flat_map(|(_, indicator)| indicator.method.form().areas());
    named
        .filter(|named| !index.areas.contains(&named.value))
        .map(|named| {
            Diagnostic::error("unknown-area", format!("`{named}` is not an area"), &named.place)
                .did_you_mean(named.as_str(), index.areas.iter().map(AreaId::as_str))
                .hint("write the id of an area, as it stands in the column `id` of its layer")
        })
        .collect()
}
