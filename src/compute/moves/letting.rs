//! How dwellings were let: households that moved into a let dwelling, by the way it was let, beside the limits of the law.

use super::{facts, offers::Declared, populations::let_to};
use crate::{
    compute::{
        disclose::told::{Told, in_order},
        publication::{Fact, Missing},
        ratio::Ratio,
        raw::{Exposure, Known, Offer, Scope},
    },
    ids::{AreaId, Period, ValueId},
};

/// The lettings of every area that is followed, and of the municipality: where households went that were assigned elsewhere.
pub(super) fn offers(declared: &Declared) -> Vec<Offer> {
    let (data, Some(letting)) = (declared.data, &declared.moves.letting) else { return Vec::new() };
    let Some(series) = data.raw.series.get(&let_to(None)) else { return Vec::new() };
    let municipality = AreaId::municipality();
    let areas = declared
        .areas
        .iter()
        .map(|area| (Scope::Area(*area), data.area(*area), declared.measured.protection(*area)));
    let whole = (Scope::Municipality, &municipality, data.catalogue.protection(declared.measured.id));
    let mut offers = Vec::new();
    for (scope, area, protection) in areas.chain([whole]) {
        for period in &series.periods {
            for (kind, declared) in letting.kinds.iter() {
                let at_most = declared.at_most.as_ref().map(|limit| *limit.value);
                let number =
                    |kind: Option<&str>| data.raw.cell(&let_to(kind), scope, *period).map(|cell| cell.sum);
                let numbers = number(Some(&kind.value)).and_then(|some| number(None).map(|all| (some, all)));
                let fact = numbers.and_then(|(some, all)| {
                    let share = Ratio::new(100 * some, all).and_then(|share| share.round(0));
                    Known::or(share, Missing::EmptyBase).map(|share| {
                        let households = |sum: i128| (sum / 1000) as i64;
                        Fact::Letting(facts::Letting {
                            households: households(some),
                            share,
                            all: households(all),
                            at_most,
                        })
                    })
                });
                let exposes = numbers.get().map(|(part, whole)| Exposure::Share { part, whole });
                let told = told(&kind.value, scope, *period);
                let id = ValueId::own(format!("moves/letting/{kind}"), area, *period);
                offers.push(
                    Offer::new(id, fact, Vec::new())
                        .exposing(exposes.into_iter().collect(), protection)
                        .telling(told),
                );
            }
        }
    }
    offers
}

fn told(kind: &str, scope: Scope, period: Period) -> Vec<Told> {
    let zone = scope.into();
    in_order([Some(kind), None].map(|kind| Told::sum(&let_to(kind), &zone, period)))
}
