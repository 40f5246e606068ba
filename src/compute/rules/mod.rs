//! Statutory rule sets: criteria, statuses and distances for every list, the official status beside our own.
//!
//! A rule set is chosen by the date of the list. The official status and the published values are public and enter as given;
//! everything of our own needs the values that it is computed from, and is hidden with them.

mod by_values;
pub(in crate::compute) mod criteria;
mod distance;
mod latest;
pub(in crate::compute) mod lists;
pub(in crate::compute) mod logic;
mod next;
mod own;
pub(in crate::compute) mod pooling;
mod quotient;
mod reasons;
mod residents;
mod sensitivity;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Data,
    publication::{Fact, Standing, Status},
    raw::{Known, Offer},
    small_places::Sizes,
};
use crate::{
    catalogue::{Date, Family, RuleSet, rule},
    ids::{FamilyId, StatusId, ValueId},
};
use criteria::{Judging, Outcome};
use lists::Lists;
pub(in crate::compute) use lists::notices;
use own::Own;
use reasons::Printed;
use residents::Enough;
pub(in crate::compute) use residents::{offers as residents, published as published_residents};

/// Whether a list gave an area each status; `None` cannot be told.
pub(in crate::compute) type Given = BTreeMap<StatusId, Option<bool>>;

/// What an area had on a list.
pub(in crate::compute) struct Year<'a> {
    /// The statuses, for years in a row.
    pub statuses: Given,
    /// Our own status, if that is what counts: what looks back on it needs it.
    pub own: Option<ValueId>,
    /// What is printed, for the reasons of a change.
    printed: Printed<'a>,
}

/// One area over the lists so far.
pub(in crate::compute) type History<'a> = BTreeMap<u16, Year<'a>>;

/// Criteria judged, by id.
type Outcomes<'a> = Vec<(&'a str, Outcome)>;

/// Everything about a family.
pub(in crate::compute) fn offers(data: Data, sizes: &Sizes, family: &FamilyId) -> Vec<Offer> {
    let Some((id, declared)) = data.catalogue.families.get_key_value(family) else { return Vec::new() };
    let lists = Lists::new(data, &id.value);
    let mut offers = Vec::new();
    for area in &lists.areas {
        let mut history = History::new();
        for list in &lists.lists {
            let judging = Judging { data, sizes, lists: &lists, list, area: *area };
            let year = judging.judge(declared, &history, &mut offers);
            history.insert(list.date.year, year);
        }
        if let Some(list) = lists.lists.last() {
            let judging = Judging { data, sizes, lists: &lists, list, area: *area };
            offers.extend(latest::offers(judging, declared, &history));
        }
    }
    offers
}

/// The latest list of a family: its day, and the rule set that it used.
pub(in crate::compute) fn latest<'a>(data: Data<'a>, family: &'a FamilyId) -> Option<(Date, &'a RuleSet)> {
    let lists = Lists::new(data, family).lists;
    let list = lists.last()?;
    Some((list.date, list.set?.1))
}

impl<'a> Judging<'a> {
    /// Judges one area on one list.
    pub fn judge(self, family: &'a Family, history: &History<'a>, offers: &mut Vec<Offer>) -> Year<'a> {
        let enough = self.enough();
        let dated = self.list.set.filter(|_| self.in_layer());
        let set = dated.map(|(_, set)| set);
        let outcomes: Outcomes = set
            .filter(|_| self.may_judge(family))
            .into_iter()
            .flat_map(|set| set.criteria.iter())
            .filter_map(|(id, criterion)| Some((id.as_str(), self.criterion(&id.value, criterion)?)))
            .collect();
        let own = set.filter(|set| self.lists.can_tell(family, set, self.list));
        let own = own.map(|set| self.own(family, set, &outcomes, history));
        offers.extend(self.residents_offer());
        offers.extend(own.iter().flat_map(|own| self.own_offers(own)));
        if let Some(set) = set {
            offers.extend(self.counts(set, &outcomes));
            offers.extend(self.by_values(family, set, &outcomes, history));
        }
        let (standing, statuses) = self.printed_status(family, &enough, own.as_ref(), offers);
        let printed = Printed::new(self, standing, dated, &outcomes, &enough);
        offers.extend(outcomes.into_iter().flat_map(|(_, outcome)| outcome.offers));
        offers.extend(self.reasons(family, history, &printed));
        let own = (!printed.official).then(|| self.own_id()).filter(|_| own.is_some());
        Year { statuses, own, printed }
    }

    fn in_layer(self) -> bool {
        let layer = self.data.raw.index.layer_of(self.area);
        self.list.set.is_some_and(|(_, set)| layer == Some(&set.applies_to.layer.value))
    }

    /// Where our own status is published.
    fn own_id(self) -> ValueId {
        self.id(&format!("{}/own", self.lists.family))
    }

    /// The status that is printed, and the statuses that it gives for years in a row: the official one where the list is known.
    fn printed_status(
        self,
        family: &Family,
        enough: &Enough,
        own: Option<&Own>,
        offers: &mut Vec<Offer>,
    ) -> (Option<(Standing, bool)>, Given) {
        let id = self.id(self.lists.family.as_str());
        let fact = |status: &Standing, official| {
            Known::Is(Fact::Status(Status { status: status.clone(), official, list: self.list.date }))
        };
        if let Some((status, needs)) = self.official_status(enough) {
            let statuses = self.officially(family, &status);
            offers.push(Offer::new(id, fact(&status, true), needs));
            return (Some((status, true)), statuses);
        }
        let Some(own) = own else { return (None, BTreeMap::new()) };
        offers.push(Offer::new(id, fact(&own.standing, false), vec![self.own_id()]));
        (Some((own.standing.clone(), false)), own.statuses(family))
    }

    /// The official standing, where the list of this date is known. Whether an area that is not on it has too few residents is
    /// told from their number either way.
    fn official_status(self, enough: &Enough) -> Option<(Standing, Vec<ValueId>)> {
        let (_, list) = self.list.official?;
        let category = list.get(&self.area).and_then(|entry| entry.category.clone());
        Some(match category {
            Some(category) => (Standing::On(category), Vec::new()),
            None => match enough.enough {
                Some(false) => (Standing::TooFewResidents, enough.needs.clone()),
                Some(true) => (Standing::NotListed, enough.needs.clone()),
                None => (Standing::NotListed, Vec::new()),
            },
        })
    }

    /// What an official standing counts as in years in a row.
    fn officially(self, family: &Family, standing: &Standing) -> Given {
        let mut given = BTreeSet::new();
        if let Standing::On(category) = standing {
            given.insert(category.clone());
            let counts_as = family.statuses.get(category).and_then(|status| status.counts_as.as_ref());
            let category = counts_as.map_or(category, |status| &status.value);
            match self.list.set {
                Some((_, set)) => given.extend(rule::implied(set, category)),
                None => given.extend([category.clone()]),
            }
        }
        family.statuses.ids().map(|status| (status.clone(), Some(given.contains(status)))).collect()
    }

    /// How many criteria are met, for every status that counts them.
    fn counts(self, set: &RuleSet, outcomes: &Outcomes) -> Vec<Offer> {
        let mut offers = Vec::new();
        for (status, rule) in set.statuses.iter() {
            let counted = logic::counted(set, &rule.when);
            let of: Vec<&Outcome> =
                outcomes.iter().filter(|(id, _)| counted.contains(id)).map(|(_, outcome)| outcome).collect();
            if of.is_empty() {
                continue;
            }
            let met = of.iter().fold(Known::Is(0), |sum, outcome| {
                sum.and_then(|sum| outcome.met.map(|met| sum + i64::from(met)))
            });
            let id = |what: &str| self.id(&format!("{}/{status}/{what}", self.lists.family));
            let needs = of.iter().map(|outcome| outcome.met_id.clone()).collect();
            offers.push(Offer::new(id("count"), met.map(Fact::Count), needs));
            offers.push(Offer::new(id("of"), Known::Is(Fact::Count(of.len() as i64)), Vec::new()));
        }
        offers
    }
}
