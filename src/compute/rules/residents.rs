//! The residents that the law asks for: as published with a list, else as counted.

use std::collections::BTreeMap;

use super::{
    super::{
        Data,
        disclose::told::Told,
        methods::{self, measure},
        publication::{Fact, Missing},
        ratio::Ratio,
        raw::{Known, Offer, Scope},
        small_places::SMALL,
    },
    criteria::Judging,
};
use crate::{
    catalogue::{Family, Indicator, MadeBy, RESIDENTS, RuleSet},
    ids::{Period, ValueId},
};

/// Whether the area is large enough for the law, and what that is known from.
#[derive(Clone)]
pub(super) struct Enough {
    pub enough: Option<bool>,
    pub needs: Vec<ValueId>,
}

impl<'a> Judging<'a> {
    /// Has the area the residents that the law asks for, on 1 January of the list's year? The published number decides.
    pub(super) fn enough(self) -> Enough {
        self.judged([self.published(), self.counted()])
    }

    /// The same by our own count; the published number where there is none.
    pub(super) fn enough_by_count(self) -> Enough {
        self.judged([self.counted(), self.published()])
    }

    /// The number that the printed status is judged by.
    pub(super) fn residents_offer(self) -> Option<Offer> {
        let (number, needs) = self.printed_residents()?;
        let count = number.and_then(|number| {
            Known::or(i64::try_from(number.floor()).ok().map(Fact::Count), Missing::NoData)
        });
        Some(Offer::new(self.residents_id(), count, needs))
    }

    /// Where that number is published.
    pub(super) fn residents_id(self) -> ValueId {
        self.id(&format!("{}/{RESIDENTS}", self.lists.family))
    }

    /// The published number, else the counted one, and what it needs.
    pub(super) fn printed_residents(self) -> Option<(Known<Ratio>, Vec<ValueId>)> {
        self.published().or_else(|| self.counted())
    }

    /// Of a place that is too small for a municipality's own rules nothing but that is said.
    pub(super) fn may_judge(self, family: &Family) -> bool {
        family.made_by == MadeBy::Law || self.enough().enough == Some(true)
    }

    fn judged(self, numbers: [Option<(Known<Ratio>, Vec<ValueId>)>; 2]) -> Enough {
        let Some(least) = self.least() else { return Enough { enough: Some(true), needs: Vec::new() } };
        let Some((number, needs)) = numbers.into_iter().flatten().next() else {
            return Enough { enough: None, needs: Vec::new() };
        };
        Enough { enough: number.map(|number| number >= Ratio::whole(i128::from(least))).get(), needs }
    }

    /// How many residents the list asks for. A municipality's own rules never give a status to a place with very few.
    pub(super) fn least(self) -> Option<i64> {
        let first = || self.data.catalogue.rule_sets_of(self.lists.family).map(|(_, set)| set).next();
        let set: Option<&RuleSet> = self.list.set.map(|(_, set)| set).or_else(first);
        let least = set.and_then(|set| set.applies_to.residents.as_ref());
        let least = least.map(|residents| i64::from(residents.at_least.value));
        let family = self.data.catalogue.families.get(self.lists.family);
        let own = family.is_some_and(|family| family.made_by == MadeBy::Municipality);
        if own { Some(least.unwrap_or_default().max(SMALL)) } else { least }
    }

    fn published(self) -> Option<(Known<Ratio>, Vec<ValueId>)> {
        let residents = self.list.official?.1.get(&self.area)?.residents()?;
        Some((Known::Is(Ratio::whole(residents.into())), Vec::new()))
    }

    fn counted(self) -> Option<(Known<Ratio>, Vec<ValueId>)> {
        let (indicator, period) = self.counting()?;
        let residents = measure(self.data, &indicator.method, Scope::Area(self.area), period);
        let id = ValueId::own(RESIDENTS, self.data.area(self.area), period);
        Some((residents.map(|residents| residents.value), vec![id]))
    }

    /// What our own count of the residents tells.
    pub(super) fn counted_tells(self) -> Vec<Told> {
        let told = |(indicator, period): (&Indicator, Period)| {
            methods::of(&indicator.method).tells(self.data, &Scope::Area(self.area).into(), period)
        };
        self.counting().map(told).unwrap_or_default()
    }

    /// What counts the residents of 1 January of the list's year.
    fn counting(self) -> Option<(&'a Indicator, Period)> {
        let (indicator, period) = (self.data.catalogue.indicators.get(RESIDENTS)?, self.list.period());
        self.lists.has(&RESIDENTS.into(), period).then_some((indicator, period))
    }
}

/// The published numbers of residents as those of the areas, where nobody counts them: by area and year, of the family that
/// stands first in the catalogue.
pub(in crate::compute) fn published(data: Data) -> BTreeMap<(usize, u16), i64> {
    let indicator = data.catalogue.indicators.get(RESIDENTS);
    let mut residents = BTreeMap::new();
    if indicator.is_none_or(|indicator| !methods::of(&indicator.method).periods(data).is_empty()) {
        return residents;
    }
    let families = data.catalogue.families.ids().rev().filter_map(|family| data.raw.official.get(family));
    for (date, list) in families.flat_map(|official| &official.lists) {
        let known = list.iter().filter_map(|(area, entry)| Some(((*area, date.year), entry.residents()?)));
        residents.extend(known);
    }
    residents
}

/// What [`published`] gives, as `residents@area@Y`.
pub(in crate::compute) fn offers(data: Data) -> Vec<Offer> {
    let offer = |((area, year), residents): ((usize, u16), i64)| {
        let id = ValueId::own(RESIDENTS, data.area(area), Period::Year(year));
        Offer::new(id, Known::Is(Fact::Count(residents)), Vec::new())
    };
    published(data).into_iter().map(offer).collect()
}
