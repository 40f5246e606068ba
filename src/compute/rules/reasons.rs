//! Why an area's printed status is another than on the list of the year before.
//!
//! A criterion is a reason where the status hangs on it: with that criterion as it was, the status would not have changed, or the
//! change goes its way and no single criterion decides. Nothing is said where a figure is missing, and nothing where the
//! criteria as printed do not give the statuses as printed: then something else was at work.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        publication::{Fact, Missing, Standing},
        raw::{Known, Offer},
        statutory::Reason,
    },
    History, Outcomes,
    criteria::Judging,
    logic::{self, Truths},
    own::given_before,
    residents::Enough,
};
use crate::{
    catalogue::{Criterion, Family, Rule, RuleSet, rule::InARow},
    ids::{CriterionId, RuleSetId, StatusId, ValueId},
};

/// What is printed of an area on a list.
#[derive(Clone)]
pub(super) struct Printed<'a> {
    /// `None` where there is no status at all.
    pub standing: Option<Standing>,
    pub official: bool,
    id: ValueId,
    set: Option<(&'a RuleSetId, &'a RuleSet)>,
    /// Whether each criterion is met, and where that is published.
    criteria: BTreeMap<String, (Option<bool>, ValueId)>,
    residents: Vec<ValueId>,
}

/// A list beside the one before.
struct Pair<'p, 'a> {
    family: &'p Family,
    then: &'p Printed<'a>,
    now: &'p Printed<'a>,
    history: &'p History<'a>,
    year: u16,
}

impl<'a> Printed<'a> {
    pub(super) fn new(
        judging: Judging,
        standing: Option<(Standing, bool)>,
        set: Option<(&'a RuleSetId, &'a RuleSet)>,
        outcomes: &Outcomes,
        enough: &Enough,
    ) -> Self {
        let (standing, official) = standing.unzip();
        let criterion = |(id, outcome): &(&str, super::Outcome)| {
            ((*id).to_string(), (outcome.met.get(), outcome.met_id.clone()))
        };
        Self {
            standing,
            official: official == Some(true),
            id: judging.id(judging.lists.family.as_str()),
            set,
            criteria: outcomes.iter().map(criterion).collect(),
            residents: enough.needs.clone(),
        }
    }

    fn truths(&self) -> Truths {
        self.criteria.iter().map(|(id, (met, _))| (id.clone(), *met)).collect()
    }
}

impl<'a> Judging<'a> {
    /// The reasons, for a list with one the year before it. Of two official statuses that are alike nothing is offered; where
    /// one is our own something is, or its absence would tell a status that may be hidden.
    pub(super) fn reasons(self, family: &Family, history: &History<'a>, now: &Printed<'a>) -> Option<Offer> {
        let year = self.list.date.year;
        let then = &history.get(&(year - 1))?.printed;
        let (before, after) = (then.standing.as_ref()?, now.standing.as_ref()?);
        if before == after && then.official && now.official {
            return None;
        }
        let pair = Pair { family, then, now, history, year };
        let found = pair.reasons(before, after).unwrap_or_default();
        let found: Vec<Reason> = found.into_iter().filter(|reason| pair.is_shown(reason)).collect();
        let mut needs: BTreeSet<ValueId> =
            [then, now].into_iter().flat_map(|list| pair.needs(list)).collect();
        needs.extend([pair.before(), pair.after()].into_iter().flat_map(|list| pair.looked_back_on(list)));
        let known = Known::or((!found.is_empty()).then_some(Fact::Reasons(found)), Missing::NoData);
        let id = self.id(&format!("{}/reasons", self.lists.family));
        Some(Offer::new(id, known, needs.into_iter().collect()))
    }
}

impl<'a> Pair<'_, 'a> {
    /// Everything that the reasons are told from.
    fn needs(&self, list: &Printed) -> Vec<ValueId> {
        let criteria = list.criteria.values().map(|(_, id)| id.clone());
        std::iter::once(list.id.clone()).chain(criteria).chain(list.residents.iter().cloned()).collect()
    }

    /// Our own statuses that a rule looks back on from the list of a year, where they are what counts.
    fn looked_back_on(&self, (year, list): (u16, &Printed)) -> Vec<ValueId> {
        let years = list.set.map_or(0, |(_, set)| logic::looks_back(set));
        let own = |back| self.history.get(&(year - back))?.own.clone();
        (1..=years).filter_map(own).collect()
    }

    /// The criterion on origin is no reason in print where its row is switched off.
    fn is_shown(&self, reason: &Reason) -> bool {
        let (Reason::NowMet(id) | Reason::NoLongerMet(id)) = reason else { return true };
        let criterion = self.now.set.and_then(|(_, set)| set.criteria.get(id));
        self.family.show_origin || criterion.is_some_and(|criterion| !criterion.origin)
    }

    fn reasons(&self, before: &Standing, after: &Standing) -> Option<Vec<Reason>> {
        match (before, after) {
            (Standing::CannotTell, _) | (_, Standing::CannotTell) => None,
            _ if before == after => None,
            (_, Standing::TooFewResidents) => Some(vec![Reason::TooFewResidents]),
            (Standing::TooFewResidents, Standing::NotListed) => Some(vec![Reason::EnoughResidents]),
            (Standing::TooFewResidents, Standing::On(_)) => {
                let by_criteria = self.given_then();
                let more =
                    by_criteria.filter(|given| given != after).and_then(|given| self.changed(&given, after));
                Some(std::iter::once(Reason::EnoughResidents).chain(more.unwrap_or_default()).collect())
            }
            _ => self.changed(before, after),
        }
    }

    fn before(&self) -> (u16, &Printed<'a>) {
        (self.year - 1, self.then)
    }

    fn after(&self) -> (u16, &Printed<'a>) {
        (self.year, self.now)
    }

    /// What the criteria gave on the list before, the residents left aside.
    fn given_then(&self) -> Option<Standing> {
        let (_, set) = self.then.set?;
        let given = self.standing(set, &self.then.truths(), self.before());
        Some(given).filter(|given| *given != Standing::CannotTell)
    }

    /// The status that a rule set gives on the list of a year. Where years of the history are not known, the printed status
    /// tells whether there were enough of them in a row.
    fn standing(&self, set: &RuleSet, truths: &Truths, (year, printed): (u16, &Printed)) -> Standing {
        let enough = printed.standing.as_ref().is_some_and(|printed| row_of(set, printed).is_some());
        let known = given_before(self.history, year);
        let before = |status: &StatusId, back: u16| known(status, back).or(Some(enough));
        logic::standing(self.family, set, &logic::statuses(set, truths, &before))
    }

    /// Years in a row, other rules, and the criteria that matter for the change.
    fn changed(&self, before: &Standing, after: &Standing) -> Option<Vec<Reason>> {
        let ((then_id, then_set), (now_id, now_set)) = (self.then.set?, self.now.set?);
        let (then, now) = (self.then.truths(), self.now.truths());
        let common: Vec<&CriterionId> = common(then_set, now_set);
        let known = |truths: &Truths, id: &str| truths.get(id).copied().flatten().is_some();
        let complete = now_set.criteria.ids().all(|id| known(&now, id.as_str()))
            && common.iter().all(|id| known(&then, id.as_str()));
        let same_rules = then_id == now_id;
        let explained = self.standing(now_set, &now, self.after()) == *after
            && (!same_rules || self.standing(then_set, &then, self.before()) == *before);
        if !complete || !explained {
            return None;
        }
        let mut reasons = Vec::new();
        let old_terms = common.iter().map(|id| (id.to_string(), now[id.as_str()])).collect();
        if !same_rules && self.standing(then_set, &old_terms, self.after()) != *after {
            reasons.push(Reason::OtherRules(now_id.clone()));
        }
        if let Some(years) = self.in_a_row(now_set, after) {
            reasons.push(Reason::InARow(years));
            return Some(reasons);
        }
        let stricter = self.rank(after) > self.rank(before);
        let changed: Vec<&str> = common
            .into_iter()
            .map(CriterionId::as_str)
            .filter(|id| then[*id] != now[*id] && now[*id] == Some(stricter))
            .collect();
        let decides = |id: &&&str| {
            let with = |truths: &Truths, other: &Truths| {
                let mut truths = truths.clone();
                truths.insert((**id).to_string(), other[**id]);
                truths
            };
            self.standing(now_set, &with(&now, &then), self.after()) != *after
                || (same_rules && self.standing(then_set, &with(&then, &now), self.before()) != *before)
        };
        let mut decisive: Vec<&str> = changed.iter().filter(decides).copied().collect();
        if decisive.is_empty() {
            decisive = changed;
        }
        let reason = if stricter { Reason::NowMet } else { Reason::NoLongerMet };
        reasons.extend(decisive.into_iter().map(|id| reason(id.into())));
        Some(reasons)
    }

    /// So many years in a row, where the status is given for them and the one below was given the year before.
    fn in_a_row(&self, set: &RuleSet, after: &Standing) -> Option<u8> {
        let row = row_of(set, after)?;
        let had = self.history.get(&(self.year - 1))?.statuses.get(&row.of.value).copied().flatten();
        (had == Some(true)).then_some(row.years.value)
    }

    /// How strict a standing is.
    fn rank(&self, standing: &Standing) -> usize {
        match standing {
            Standing::On(status) => self.family.statuses.position(status).map_or(0, |place| place + 1),
            Standing::NotListed | Standing::TooFewResidents | Standing::CannotTell => 0,
        }
    }
}

/// The rule of a standing that is given for years in a row.
fn row_of<'s>(set: &'s RuleSet, standing: &Standing) -> Option<&'s InARow> {
    let Standing::On(status) = standing else { return None };
    match &set.statuses.get(status)?.when {
        Rule::InARow(row) => Some(row),
        _ => None,
    }
}

/// The criteria that two rule sets share: under one id, of one indicator, with one limit.
fn common<'s>(then: &'s RuleSet, now: &'s RuleSet) -> Vec<&'s CriterionId> {
    let same = |one: &Criterion, other: &Criterion| {
        let limit = |criterion: &Criterion| {
            (criterion.is.number().value, criterion.is.is_upper(), criterion.is.is_strict())
        };
        one.indicator.value == other.indicator.value
            && one.years_back == other.years_back
            && limit(one) == limit(other)
    };
    let shared = now
        .criteria
        .iter()
        .filter(|(id, one)| then.criteria.get(&id.value).is_some_and(|other| same(one, other)));
    shared.map(|(id, _)| &id.value).collect()
}
