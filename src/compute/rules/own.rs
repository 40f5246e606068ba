//! Our own computation of a status, from our own exact numbers and the lists before.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        publication::{Fact, Missing, Standing, Status},
        raw::{Known, Offer},
    },
    History, Outcomes,
    criteria::Judging,
    logic::{self, Truths},
};
use crate::{
    catalogue::{Family, RuleSet},
    ids::{StatusId, ValueId},
};

/// Our own computation for one area and list.
pub(super) struct Own {
    pub standing: Standing,
    pub truths: Truths,
    pub needs: Vec<ValueId>,
}

impl Own {
    /// The statuses that it gives for years in a row: its own, and what they count as.
    pub(super) fn statuses(&self, family: &Family) -> BTreeMap<StatusId, Option<bool>> {
        let mut statuses: BTreeMap<StatusId, Option<bool>> = BTreeMap::new();
        for (id, truth) in &self.truths {
            let id = StatusId::from(id.as_str());
            let counts_as = family.statuses.get(&id).and_then(|status| status.counts_as.as_ref());
            statuses.extend(counts_as.map(|other| (other.value.clone(), *truth)));
            statuses.insert(id, *truth);
        }
        statuses
    }
}

impl Judging<'_> {
    /// Our own status, with everything it hangs on.
    pub(super) fn own(self, family: &Family, set: &RuleSet, outcomes: &Outcomes, history: &History) -> Own {
        let enough = self.enough_by_count();
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
    pub(super) fn tried(
        self,
        family: &Family,
        set: &RuleSet,
        criteria: &Truths,
        enough: Option<bool>,
        history: &History,
    ) -> (Standing, Truths) {
        let mut truths = logic::statuses(set, criteria, &given_before(history, self.list.date.year));
        if enough == Some(false) {
            truths.values_mut().for_each(|truth| *truth = Some(false));
        }
        let standing = match enough {
            None => Standing::CannotTell,
            Some(false) => Standing::TooFewResidents,
            Some(true) => logic::standing(family, set, &truths),
        };
        (standing, truths)
    }

    /// Our own status of the years that a rule looks back over, where it is what counts.
    pub(super) fn before(self, set: &RuleSet, history: &History) -> Vec<ValueId> {
        let year = self.list.date.year;
        (1..=logic::looks_back(set)).filter_map(|back| history.get(&(year - back))?.own.clone()).collect()
    }

    /// Our own status, and whether each status is met by our own numbers.
    pub(super) fn own_offers(self, own: &Own) -> Vec<Offer> {
        let status = Status { status: own.standing.clone(), official: false, list: self.list.date };
        let status = Offer::new(self.own_id(), Known::Is(Fact::Status(status)), own.needs.clone());
        let met = own.truths.iter().map(|(status, truth)| {
            let id = self.id(&format!("{}/{status}/met", self.lists.family));
            Offer::new(id, Known::or(truth.map(Fact::Met), Missing::NoData), own.needs.clone())
        });
        std::iter::once(status).chain(met).collect()
    }
}

/// Whether a status was given so many years before a list.
pub(super) fn given_before<'h>(
    history: &'h History,
    year: u16,
) -> impl Fn(&StatusId, u16) -> Option<bool> + 'h {
    move |status, back| history.get(&(year - back))?.statuses.get(status).copied().flatten()
}
