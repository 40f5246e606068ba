//! Areas in which nobody lives: usually an outline in the wrong place. A notice, since the rest can be built.

use std::collections::BTreeMap;

use super::publication::{Fact, Publication, State};
use crate::{
    catalogue::{Catalogue, RESIDENTS},
    diagnostics::{At, Diagnostic, Severity},
    ids::AreaId,
};

/// One warning for every area whose latest published number of residents is zero.
pub(in crate::compute) fn notices(catalogue: &Catalogue, publication: &Publication) -> Vec<Diagnostic> {
    let Some((declared, _)) = catalogue.indicators.get_key_value(RESIDENTS) else { return Vec::new() };
    let own = publication.facts().filter(|(id, _)| &*id.what == RESIDENTS && id.against.is_none());
    // Facts are sorted by area and period: the last one of an area stands.
    let latest: BTreeMap<&AreaId, &State<Fact>> = own.map(|(id, state)| (&id.area, state)).collect();
    let empty = latest.into_iter().filter(|(_, state)| matches!(state, State::Shown(Fact::Count(0))));
    let notice = |(area, _): (&AreaId, _)| {
        let message = format!("nobody lives in the area `{area}`");
        Diagnostic::new(
            Severity::Warning,
            "area-without-residents",
            message,
            At::Text(declared.place.clone()),
        )
        .hint("its report is made all the same; is its outline in the right place?")
    };
    empty.map(notice).collect()
}
