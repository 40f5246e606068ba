//! Layers that are another version of a layer's boundaries (`boundary-of:`): which area each of theirs is a version of.

use std::collections::BTreeMap;

use super::places::Places;
use crate::{
    diagnostics::{Diagnostic, Severity},
    ids::{AreaId, LayerId},
};

/// An area and the one that it says to be a version of, with where it says so.
pub(super) struct Version {
    pub area: AreaId,
    pub of: Option<String>,
    pub layer: LayerId,
    pub file: String,
    pub row: usize,
    pub column: String,
}

/// The area of each version. An area that was joined with others is its cluster.
///
/// # Errors
/// A version of no area, or of one that the layer does not have.
pub(super) fn resolve(
    versions: Vec<Version>,
    places: &Places,
) -> Result<BTreeMap<AreaId, AreaId>, Vec<Diagnostic>> {
    let (mut found, mut problems) = (BTreeMap::new(), Vec::new());
    for version in versions {
        let error = |message: String| {
            let (row, column) = (Some(version.row), Some(version.column.as_str()));
            Diagnostic::in_data(Severity::Error, "unknown-area", message, &version.file, row, column)
        };
        let areas = places.layer(&version.layer);
        let Some(of) = version.of.as_deref() else {
            let message = format!("`{}` is a version of no area", version.area);
            problems.push(
                error(message).hint("write the id of the area whose boundary it is another version of"),
            );
            continue;
        };
        let of = places.clusters.get(of).cloned().unwrap_or_else(|| AreaId::from(of));
        if areas.iter().any(|area| area.id == of) {
            found.insert(version.area, of);
        } else {
            let message = format!("`{of}` is not an area of `{}`", version.layer);
            let known = areas.iter().map(|area| area.id.as_str());
            problems.push(error(message).did_you_mean(of.as_str(), known));
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}
