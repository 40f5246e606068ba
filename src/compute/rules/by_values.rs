//! The rule set on the published values alone, beside the published category: do the two fit?

use super::{
    super::{
        publication::{Fact, Missing, Standing, Status},
        raw::{Known, Offer},
    },
    History, Outcomes,
    criteria::Judging,
    logic::{self, Truths},
    own::given_before,
};
use crate::catalogue::{Family, RuleSet};

impl Judging<'_> {
    /// The status that the published values of an area give, and whether they meet each status. An area on the list has the
    /// residents that it takes, whether or not their number is published.
    pub(super) fn by_values(
        self,
        family: &Family,
        set: &RuleSet,
        outcomes: &Outcomes,
        history: &History,
    ) -> Vec<Offer> {
        let entry = self.list.official.and_then(|(_, list)| list.get(&self.area));
        let Some(entry) = entry.filter(|_| outcomes.iter().any(|(_, outcome)| outcome.published.is_some()))
        else {
            return Vec::new();
        };
        let criteria: Truths =
            outcomes.iter().map(|(id, outcome)| ((*id).to_string(), outcome.published)).collect();
        let mut truths = logic::statuses(set, &criteria, &given_before(history, self.list.date.year));
        let enough = if entry.residents().is_some() { self.enough().enough } else { None };
        let enough = enough.or(entry.category.as_ref().map(|_| true));
        if enough != Some(true) {
            let without = |truth: Option<bool>| truth.filter(|met| !met).or(enough);
            truths.values_mut().for_each(|truth| *truth = without(*truth));
        }
        let standing = match enough {
            Some(false) => Standing::TooFewResidents,
            _ => logic::standing(family, set, &truths),
        };
        let status = Fact::Status(Status { status: standing, official: true, list: self.list.date });
        let id = |what: &str| self.id(&format!("{}{what}/by-values", self.lists.family));
        // Years in a row may look back on lists of our own making.
        let before = self.before(set, history);
        let met = truths.iter().map(|(status, truth)| {
            let met = Known::or(truth.map(Fact::Met), Missing::NoData);
            Offer::new(id(&format!("/{status}")), met, before.clone())
        });
        std::iter::once(Offer::new(id(""), Known::Is(status), before.clone())).chain(met).collect()
    }
}
