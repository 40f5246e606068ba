//! Statutory rule sets: criteria, statuses and distances for every list, the official status beside our own.
//!
//! A rule set is chosen by the date of the list. The official status and the published values are public and enter as given;
//! everything of our own needs the values that it is computed from, and is hidden with them.

mod criteria;
mod distance;
mod latest;
mod lists;
mod logic;
mod next;
pub(in crate::compute) mod pooling;
mod quotient;
mod sensitivity;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Data,
    methods::measure,
    publication::{Fact, Missing, Standing, Status},
    ratio::Ratio,
    raw::{Known, Offer, Scope},
    small_places::Sizes,
};
use crate::{
    catalogue::{Family, RESIDENTS, RuleSet, rule_set::AppliesTo},
    ids::{FamilyId, StatusId, ValueId},
};
use criteria::{Judging, Outcome};
use lists::Lists;
use logic::Truths;

/// The statuses that an area had on a list, for years in a row.
struct Year {
    statuses: BTreeMap<StatusId, Option<bool>>,
    /// Our own status, if that is what counts: what looks back on it needs it.
    own: Option<ValueId>,
}

/// One area over the lists so far.
type History = BTreeMap<u16, Year>;

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

/// Whether the area is large enough for the law, and what that is known from.
struct Enough {
    enough: Option<bool>,
    needs: Vec<ValueId>,
}

impl<'a> Judging<'a> {
    /// Judges one area on one list.
    fn judge(self, family: &'a Family, history: &History, offers: &mut Vec<Offer>) -> Year {
        let enough = self.enough();
        let own = self.list.set.filter(|_| self.in_layer()).map(|(_, set)| {
            let outcomes: Vec<(&str, Outcome)> = set
                .criteria
                .iter()
                .filter_map(|(id, criterion)| Some((id.as_str(), self.criterion(&id.value, criterion)?)))
                .collect();
            let own = self.own(family, set, &outcomes, &enough, history);
            offers.extend(self.counts(set, &outcomes));
            offers.extend(outcomes.into_iter().flat_map(|(_, outcome)| outcome.offers));
            own
        });
        let id = self.id(self.lists.family.as_str());
        let own_id = self.id(&format!("{}/own", self.lists.family));
        let official = self.official_status(&enough);
        if let Some(own) = &own {
            let status = |official| {
                Known::Is(Fact::Status(Status {
                    status: own.standing.clone(),
                    official,
                    list: self.list.date,
                }))
            };
            offers.push(Offer::new(own_id.clone(), status(false), own.needs.clone()));
            offers.extend(own.truths.iter().map(|(status, truth)| {
                let id = self.id(&format!("{}/{status}/met", self.lists.family));
                Offer::new(id, Known::or(truth.map(Fact::Met), Missing::NoData), own.needs.clone())
            }));
            if official.is_none() {
                offers.push(Offer::new(id.clone(), status(false), vec![own_id.clone()]));
            }
        }
        match official {
            Some((status, needs)) => {
                let year = Year { statuses: self.officially(family, &status), own: None };
                let fact = Fact::Status(Status { status, official: true, list: self.list.date });
                offers.push(Offer::new(id, Known::Is(fact), needs));
                year
            }
            None => {
                let truths = own.map(|own| own.truths).unwrap_or_default();
                let statuses = truths.into_iter().map(|(id, truth)| (StatusId::from(id), truth)).collect();
                Year { statuses, own: self.list.set.map(|_| own_id) }
            }
        }
    }

    fn in_layer(self) -> bool {
        let layer = self.data.raw.index.layer_of(self.area);
        self.list.set.is_some_and(|(_, set)| layer == Some(&set.applies_to.layer.value))
    }

    /// Has the area the residents that the law asks for, on 1 January of the list's year?
    fn enough(self) -> Enough {
        let first = || self.data.catalogue.rule_sets_of(self.lists.family).map(|(_, set)| set).next();
        let applies = self.list.set.map(|(_, set)| set).or_else(first).map(|set: &RuleSet| &set.applies_to);
        let Some(AppliesTo { residents: Some(limit), .. }) = applies else {
            return Enough { enough: Some(true), needs: Vec::new() };
        };
        let period = self.list.period();
        let indicator = self.data.catalogue.indicators.get(RESIDENTS);
        let Some(indicator) = indicator.filter(|_| self.lists.has(&RESIDENTS.into(), period)) else {
            return Enough { enough: None, needs: Vec::new() };
        };
        let residents = measure(self.data, &indicator.method, Scope::Area(self.area), period);
        let enough = residents.map(|r| r.value >= Ratio::whole(i128::from(limit.at_least.value))).get();
        Enough { enough, needs: vec![ValueId::own(RESIDENTS, self.data.area(self.area), period)] }
    }

    /// Our own status, with everything it hangs on.
    fn own(
        self,
        family: &Family,
        set: &RuleSet,
        outcomes: &[(&str, Outcome)],
        enough: &Enough,
        history: &History,
    ) -> Own {
        let criteria: Truths =
            outcomes.iter().map(|(id, outcome)| ((*id).to_string(), outcome.own.get())).collect();
        let (standing, truths) = self.tried(family, set, &criteria, enough.enough, history);
        let mut needs: BTreeSet<ValueId> = enough.needs.iter().cloned().collect();
        // With too few residents the criteria decide nothing, and so tell nothing.
        if enough.enough != Some(false) {
            needs.extend(outcomes.iter().flat_map(|(_, outcome)| outcome.needs.iter().cloned()));
            needs.extend(self.before(set, history));
        }
        Own { standing, truths, needs: needs.into_iter().collect() }
    }

    /// The standing that these answers give, and what is met of each status.
    fn tried(
        self,
        family: &Family,
        set: &RuleSet,
        criteria: &Truths,
        enough: Option<bool>,
        history: &History,
    ) -> (Standing, Truths) {
        let before = |status: &StatusId, back: u16| {
            let year = history.get(&(self.list.date.year - back))?;
            year.statuses.get(status).copied().flatten()
        };
        let mut truths = logic::statuses(set, criteria, &before);
        if enough == Some(false) {
            truths.values_mut().for_each(|truth| *truth = Some(false));
        }
        let standing = match enough {
            None => Standing::CannotTell,
            Some(false) => Standing::TooFewResidents,
            Some(true) => standing(family, set, &truths),
        };
        (standing, truths)
    }

    /// Our own status of the years that a rule looks back over, where it is what counts.
    fn before(self, set: &RuleSet, history: &History) -> Vec<ValueId> {
        let year = self.list.date.year;
        (1..=logic::looks_back(set)).filter_map(|back| history.get(&(year - back))?.own.clone()).collect()
    }

    /// The official standing, where the list of this date is known.
    fn official_status(self, enough: &Enough) -> Option<(Standing, Vec<ValueId>)> {
        let (_, list) = self.list.official?;
        Some(match list.get(&self.area) {
            Some(entry) => (Standing::On(entry.category.clone()), Vec::new()),
            None if enough.enough == Some(false) => (Standing::TooFewResidents, enough.needs.clone()),
            None => (Standing::NotListed, Vec::new()),
        })
    }

    /// What an official standing counts as in years in a row.
    fn officially(self, family: &Family, standing: &Standing) -> BTreeMap<StatusId, Option<bool>> {
        let mut given = BTreeSet::new();
        if let Standing::On(category) = standing {
            let counts_as = family.statuses.get(category).and_then(|status| status.counts_as.as_ref());
            let category = counts_as.map_or(category, |status| &status.value);
            match self.list.set {
                Some((_, set)) => given.extend(logic::implied(set, category)),
                None => given.extend([category.clone()]),
            }
        }
        family.statuses.ids().map(|status| (status.clone(), Some(given.contains(status)))).collect()
    }

    /// How many criteria are met, for every status that counts them.
    fn counts(self, set: &RuleSet, outcomes: &[(&str, Outcome)]) -> Vec<Offer> {
        let mut offers = Vec::new();
        for (status, rule) in set.statuses.iter() {
            let counted = logic::counted(set, &rule.when);
            if counted.is_empty() {
                continue;
            }
            let of: Vec<&Outcome> =
                outcomes.iter().filter(|(id, _)| counted.contains(id)).map(|(_, outcome)| outcome).collect();
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

/// Our own computation for one area and list.
struct Own {
    standing: Standing,
    truths: Truths,
    needs: Vec<ValueId>,
}

/// The strictest status that is met and that the list does not leave out.
fn standing(family: &Family, set: &RuleSet, truths: &Truths) -> Standing {
    let truth = |status: &StatusId| truths.get(status.as_str()).copied();
    for status in family.statuses.ids().rev() {
        let unless = set.statuses.get(status).and_then(|rule| rule.published_unless.as_ref());
        match truth(status) {
            Some(Some(true)) if unless.is_some_and(|unless| truth(&unless.value) == Some(Some(true))) => {}
            Some(Some(true)) => return Standing::On(status.clone()),
            Some(None) => return Standing::CannotTell,
            Some(Some(false)) | None => {}
        }
    }
    Standing::NotListed
}
