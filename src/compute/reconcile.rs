//! Every official status and value is held against our own, and against itself; what differs is a notice without numbers. It
//! reads the [`Publication`] alone, so nothing hidden can be told by it.

use std::collections::BTreeSet;

use super::publication::{Fact, Publication, Standing, State, Status};
use crate::{
    catalogue::{Catalogue, Family, RuleSet},
    diagnostics::{At, Diagnostic, Severity},
    ids::{FamilyId, StatusId, ValueId},
    numbers::Decimal,
};

/// A difference of more than half a point is reported: in tenths.
const TENTHS: i128 = 5;

/// What differs, by family, area and list.
pub(in crate::compute) fn notices(catalogue: &Catalogue, publication: &Publication) -> Vec<Diagnostic> {
    let mut differing = BTreeSet::new();
    let mut notices = Vec::new();
    for (id, state) in publication.facts() {
        let State::Shown(fact) = state else { continue };
        let Some((family, declared)) = family_of(catalogue, id) else { continue };
        match id.what.rsplit_once('/') {
            Some((what, "own")) if differs(publication, fact, &at(id, what)) => {
                let what = what.strip_suffix("/met").unwrap_or(what);
                if differing.insert(at(id, what)) {
                    notices.push(own(what, id));
                }
            }
            Some((what, "by-values")) if what == family.as_str() => {
                let Fact::Status(by_values) = fact else { continue };
                let set = catalogue.rule_set_for(family, by_values.list).map(|(_, set)| set);
                let judged = set.map(|set| Judged { publication, family: (family, declared), set, id });
                notices.extend(judged.filter(|judged| judged.does_not_fit()).map(|_| by_value(family, id)));
            }
            _ => {}
        }
    }
    notices
}

fn family_of<'a>(catalogue: &'a Catalogue, id: &ValueId) -> Option<(&'a FamilyId, &'a Family)> {
    let family = id.what.split('/').next()?;
    catalogue.families.get_key_value(family).map(|(id, family)| (&id.value, family))
}

fn at(id: &ValueId, what: &str) -> ValueId {
    ValueId { what: what.into(), ..id.clone() }
}

/// Does our own status, value or outcome differ from the printed one at `printed`?
fn differs(publication: &Publication, own: &Fact, printed: &ValueId) -> bool {
    match (own, publication.get(printed)) {
        (Fact::Status(own), State::Shown(Fact::Status(official))) => {
            official.official && differ(&own.status, &official.status)
        }
        (Fact::Value(own), State::Shown(Fact::Value(official))) => far(own.value, official.value),
        (Fact::Met(own), State::Shown(Fact::Met(official))) => own != official,
        _ => false,
    }
}

/// An outcome that cannot be told is no outcome; below the law's number of residents nobody is on a list.
fn differ(own: &Standing, official: &Standing) -> bool {
    *own != Standing::CannotTell && on(own) != on(official)
}

fn on(standing: &Standing) -> Option<&StatusId> {
    match standing {
        Standing::On(status) => Some(status),
        _ => None,
    }
}

fn far(own: Decimal, official: Decimal) -> bool {
    let scaled = |number: Decimal, places: u8| {
        i128::from(number.units) * 10i128.pow(u32::from(places - number.places))
    };
    let places = own.places.max(official.places).max(1);
    let apart = (scaled(own, places) - scaled(official, places)).abs();
    apart > TENTHS * 10i128.pow(u32::from(places - 1))
}

/// An area's published category beside its published values.
struct Judged<'a> {
    publication: &'a Publication,
    family: (&'a FamilyId, &'a Family),
    set: &'a RuleSet,
    id: &'a ValueId,
}

impl Judged<'_> {
    /// Is the category not met by the values, or a stricter one surely met? Where a value prints as its limit, its decimals
    /// decide, and they are not published.
    fn does_not_fit(&self) -> bool {
        let (family, declared) = self.family;
        let State::Shown(Fact::Status(Status { status, official: true, .. })) =
            self.publication.get(&at(self.id, family.as_str()))
        else {
            return false;
        };
        let category = on(status).and_then(|status| declared.statuses.position(status));
        let stricter = declared.statuses.ids().skip(category.map_or(0, |place| place + 1));
        let sure = |status: &StatusId| self.met(status) == Some(true) && !self.is_left_out(status);
        let too_mild = stricter.into_iter().any(sure);
        let too_strict = on(status).is_some_and(|status| self.met(status) == Some(false));
        (too_mild || too_strict) && !self.hangs_on_decimals()
    }

    fn met(&self, status: &StatusId) -> Option<bool> {
        let id = at(self.id, &format!("{}/{status}/by-values", self.family.0));
        match self.publication.get(&id) {
            State::Shown(Fact::Met(met)) => Some(*met),
            _ => None,
        }
    }

    fn is_left_out(&self, status: &StatusId) -> bool {
        let unless = self.set.statuses.get(status).and_then(|rule| rule.published_unless.as_ref());
        unless.is_some_and(|unless| self.met(&unless.value) != Some(false))
    }

    fn hangs_on_decimals(&self) -> bool {
        self.set.criteria.ids().any(|criterion| {
            let id = at(self.id, &format!("{}/{criterion}/distance", self.family.0));
            matches!(self.publication.get(&id), State::Shown(Fact::Distance(distance)) if distance.units == 0)
        })
    }
}

fn own(what: &str, id: &ValueId) -> Diagnostic {
    let (area, year) = (&id.area, id.period);
    let message = format!("our own `{what}` of `{area}` differs from the official list of {year}");
    Diagnostic::new(Severity::Warning, "own-differs", message, At::Nowhere).hint(
        "the official status and value are printed; ours may use other data, or the boundary may differ",
    )
}

fn by_value(family: &FamilyId, id: &ValueId) -> Diagnostic {
    let (area, year) = (&id.area, id.period);
    let message = format!(
        "the category of `{area}` on the `{family}` list of {year} does not fit its published values"
    );
    Diagnostic::new(Severity::Warning, "category-and-values", message, At::Nowhere)
        .hint("the category is printed; hold the row against the list as it was published")
}
