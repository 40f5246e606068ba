//! Areas in which nobody lives: usually an outline in the wrong place. One notice for all, since the rest can be built.

use super::{
    publication::{Fact, Publication, State},
    raw::Index,
};
use crate::{
    catalogue::{Catalogue, RESIDENTS},
    diagnostics::{Diagnostic, Place},
    ids::{AreaId, ValueId},
};

/// Names in the notice at most.
const NAMED: usize = 5;

/// A warning for the areas that get a report however few live there, and whose latest number of residents is zero.
pub(in crate::compute) fn notices(
    catalogue: &Catalogue,
    index: &Index,
    publication: &Publication,
) -> Vec<Diagnostic> {
    let Some((declared, _)) = catalogue.indicators.get_key_value(RESIDENTS) else { return Vec::new() };
    let reports = catalogue.reports.iter().filter(|(_, report)| report.min_residents == 0);
    let layers = reports.flat_map(|(_, report)| &report.one_per);
    let areas = layers.flat_map(|layer| index.layer(&layer.value)).map(|area| &index.areas[area]);
    let mut empty: Vec<&AreaId> = areas.filter(|area| is_empty(publication, area)).collect();
    empty.sort();
    empty.dedup();
    notice(&empty, &declared.place).into_iter().collect()
}

fn is_empty(publication: &Publication, area: &AreaId) -> bool {
    let latest = publication.periods(RESIDENTS, area).last().copied();
    let latest = latest.map(|period| publication.get(&ValueId::own(RESIDENTS, area, period)));
    matches!(latest, Some(State::Shown(Fact::Count(0))))
}

fn notice(empty: &[&AreaId], place: &Place) -> Option<Diagnostic> {
    let names: Vec<String> = empty.iter().take(NAMED).map(|area| format!("`{area}`")).collect();
    let more = if empty.len() > NAMED { " and others" } else { "" };
    let message = format!("nobody lives in {}{more}", names.join(", "));
    let warning = Diagnostic::warning("area-without-residents", message, place)
        .hint("its report is made all the same; is its outline in the right place?");
    (!empty.is_empty()).then_some(warning)
}
