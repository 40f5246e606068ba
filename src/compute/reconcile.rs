//! Every official status and value is held against our own; what differs is a notice without numbers. It reads the
//! [`Publication`] alone, so nothing hidden can be told by it.

use super::publication::{Fact, Publication, Standing, State};
use crate::{
    catalogue::Catalogue,
    diagnostics::{At, Diagnostic, Severity},
    ids::ValueId,
    numbers::Decimal,
};

/// Differences in units of the last place, of values with this many places, that are reported: more than 0.5 points.
const POINTS: f64 = 0.5;

/// What differs, by family, area and list.
pub(in crate::compute) fn notices(catalogue: &Catalogue, publication: &Publication) -> Vec<Diagnostic> {
    let mut notices = Vec::new();
    for (id, state) in publication.facts() {
        let State::Shown(fact) = state else { continue };
        let Some((what, "own")) = id.what.rsplit_once('/') else { continue };
        if !catalogue.families.ids().any(|family| what.split('/').next() == Some(family.as_str())) {
            continue;
        }
        let official = publication.get(&ValueId { what: what.into(), ..id.clone() });
        let differs = match (fact, official) {
            (Fact::Status(own), State::Shown(Fact::Status(official))) => {
                official.official && differ(&own.status, &official.status)
            }
            (Fact::Value(own), State::Shown(Fact::Value(official))) => far(own.value, official.value),
            _ => false,
        };
        if differs {
            notices.push(notice(what, id));
        }
    }
    notices
}

/// An outcome that cannot be told is no outcome; below the law's number of residents nobody is on a list.
fn differ(own: &Standing, official: &Standing) -> bool {
    let plain = |standing: &Standing| match standing {
        Standing::On(status) => Some(status.clone()),
        _ => None,
    };
    *own != Standing::CannotTell && plain(own) != plain(official)
}

fn far(own: Decimal, official: Decimal) -> bool {
    (own.to_f64() - official.to_f64()).abs() > POINTS
}

fn notice(what: &str, id: &ValueId) -> Diagnostic {
    let (area, year) = (&id.area, id.period);
    let message = format!("our own `{what}` of `{area}` differs from the official list of {year}");
    Diagnostic::new(Severity::Warning, "own-differs", message, At::Nowhere).hint(
        "the official status and value are printed; ours may use other data, or the boundary may differ",
    )
}
