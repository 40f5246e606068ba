//! How dwellings were let: households that moved into a let dwelling, by the way it was let, beside the limits of the law, and what
//! those who moved in so contributed.

use super::{
    contribution::Totals,
    facts,
    lens::Lens,
    offers::Declared,
    populations::{Counted, let_in, let_to},
};
use crate::{
    catalogue::{Protection, moves::LettingKind},
    compute::{
        breaks,
        disclose::{
            policy::is_too_small,
            told::{Told, in_order},
        },
        methods,
        publication::{Fact, Missing},
        ratio::Ratio,
        raw::{Cell, Exposure, Known, Offer, Scope},
    },
    ids::{AreaId, Period, PopulationId, ValueId},
    numbers::Decimal,
};

/// The lettings of every area that is followed, and of the municipality: where households went that were assigned elsewhere.
pub(super) fn offers(declared: &Declared) -> Vec<Offer> {
    let (data, Some(letting)) = (declared.data, &declared.moves.letting) else { return Vec::new() };
    let Some(series) = data.raw.series.get(&let_to(None)) else { return Vec::new() };
    let municipality = AreaId::municipality();
    let areas = declared.areas.iter().map(|area| Place {
        declared,
        scope: Scope::Area(*area),
        id: data.area(*area),
        protection: declared.measured.protection(*area),
    });
    let whole = Place {
        declared,
        scope: Scope::Municipality,
        id: &municipality,
        protection: data.catalogue.protection(declared.measured.id),
    };
    let mut offers = Vec::new();
    for place in areas.chain([whole]) {
        for period in &series.periods {
            offers.extend(letting.kinds.iter().map(|(kind, way)| place.offer((&kind.value, way), *period)));
        }
    }
    offers
}

/// An area or the municipality.
struct Place<'a> {
    declared: &'a Declared<'a>,
    scope: Scope<'a>,
    id: &'a AreaId,
    protection: Protection,
}

impl Place<'_> {
    fn cell(&self, id: &PopulationId, period: Period) -> Known<Cell> {
        self.declared.data.raw.cell(id, self.scope, period)
    }

    fn offer(&self, (kind, way): (&str, &LettingKind), period: Period) -> Offer {
        let number = |kind: Option<&str>| self.cell(&let_to(kind), period).map(|cell| cell.sum);
        let numbers = number(Some(kind)).and_then(|some| number(None).map(|all| (some, all)));
        let moved_in = self.moved_in(kind, period);
        let fact = numbers.and_then(|(some, all)| {
            let share = Ratio::new(100 * some, all).and_then(|share| share.round(0));
            Known::or(share, Missing::EmptyBase).map(|share| {
                Fact::Letting(facts::Letting {
                    households: (some / 1000) as i64,
                    share,
                    all: (all / 1000) as i64,
                    at_most: way.at_most.as_ref().map(|limit| *limit.value),
                    moved_in: moved_in.as_ref().map(|(_, persons, points)| (*persons, *points)),
                })
            })
        });
        let exposes = numbers.get().map(|(part, whole)| Exposure::Share { part, whole });
        let zone = self.scope.into();
        let mut told: Vec<Told> =
            [Some(kind), None].map(|kind| Told::sum(&let_to(kind), &zone, period)).to_vec();
        if let Some((counted, ..)) = &moved_in {
            told.extend([&counted.persons, &counted.cases].map(|id| Told::sum(id, &zone, period)));
        }
        let id = ValueId::own(format!("moves/letting/{kind}"), self.id, period);
        // What somebody contributed is told with the change that it is a part of.
        let split = ValueId::own(format!("moves/{}", self.declared.id), self.id, period);
        let needs = moved_in.iter().map(|_| split.clone()).collect();
        Offer::new(id, fact, needs)
            .exposing(exposes.into_iter().collect(), self.protection)
            .telling(in_order(told))
    }

    /// Those who moved into the area so: where they are counted, how many they are, and what they contributed.
    fn moved_in(&self, kind: &str, until: Period) -> Option<(Counted, i64, Decimal)> {
        let Scope::Area(area) = self.scope else { return None };
        let data = self.declared.data;
        let (part, whole) = self.declared.quotient;
        let lens = Lens::new(data.raw.index.layer_of(area)?, Some(whole), None);
        let counted = let_in(&lens, part, kind);
        let sum = |id: &PopulationId, period: Period| self.cell(id, period).get().map(|cell| cell.sum);
        let (n, c) = (sum(&counted.persons, until)?, sum(&counted.cases, until)?);
        let since = until.shift(-1);
        if breaks::between(data.catalogue, self.declared.measured.id, since, until) {
            return None;
        }
        let totals = Totals {
            base: (sum(whole, since)?, sum(whole, until)?),
            cases: (sum(part, since)?, sum(part, until)?),
        };
        let scale = methods::of(&self.declared.measured.indicator.method).scale().unwrap_or(1);
        let points = totals.contribution(n, c)?.times(Ratio::whole(scale));
        let places = self.declared.measured.places(area).max(1);
        let few = n == 0 || is_too_small(&[Exposure::Share { part: c, whole: n }], self.protection);
        (!few).then_some((counted, i64::try_from(n / 1000).ok()?, points.round(places)?))
    }
}
