//! The statuses that an area had, list by list: since when it has one, and what goes on after it lost one.

use super::Subject;
use crate::{
    catalogue::{AfterLeaving, Catalogue, Date, rule},
    compute::{Fact, Standing, State, Status},
    ids::{FamilyId, StatusId},
};

/// An area over the lists of a family, up to the latest.
pub(super) struct History<'a> {
    catalogue: &'a Catalogue,
    family: &'a FamilyId,
    /// Ascending; `None` where the status is not shown or cannot be told. Empty where the area is not on the latest list's
    /// books.
    lists: Vec<Option<&'a Status>>,
}

/// An unbroken run of lists, up to the latest, with a status.
pub(super) struct Run {
    /// The first of them.
    pub since: Date,
    /// The latest is our own computation.
    pub own: bool,
}

/// What goes on after a status was lost.
pub(super) struct Lasting {
    /// The first list of the run that ended.
    pub since: Date,
    /// The lists in a row since, up to the latest, without the status that they are counted by.
    pub years: u8,
}

impl<'a> History<'a> {
    pub fn new(subject: &Subject<'a>, family: &'a FamilyId) -> Self {
        let (context, area) = (subject.context, &subject.area.id);
        let latest = context.overview.latest_list(family);
        let mut periods = context.publication.periods(family.as_str(), area);
        periods.retain(|period| Some(period.year()) <= latest);
        let is_judged = periods.last().is_some_and(|last| Some(last.year()) == latest);
        let status = |period| match subject.fact(family.as_str(), period) {
            State::Shown(Fact::Status(status)) if status.status != Standing::CannotTell => Some(status),
            _ => None,
        };
        let lists = if is_judged { periods.into_iter().map(status).collect() } else { Vec::new() };
        Self { catalogue: context.catalogue, family, lists }
    }

    /// The run of lists up to the latest on which the area had one of the statuses.
    pub fn run(&self, statuses: &[&StatusId]) -> Option<Run> {
        let has = |list: &Option<&'a Status>| {
            list.filter(|list| statuses.iter().any(|status| self.has(list, status)))
        };
        let run = || self.lists.iter().rev().map_while(has);
        let (latest, first) = (run().next()?, run().last()?);
        Some(Run { since: first.list, own: !latest.official })
    }

    /// What goes on after the area lost an official status; `None` if it never had it, has it still or nobody knows, and when
    /// the time is over.
    pub fn lasting(&self, after: &AfterLeaving, day: Date) -> Option<Lasting> {
        let had = |list: &Option<&'a Status>| {
            list.filter(|list| list.official && self.has(list, &after.status.value))
        };
        self.lists.last().copied().flatten()?;
        let last = self.lists.iter().rposition(|list| had(list).is_some())?;
        let since = self.lists[..=last].iter().rev().map_while(had).last()?.list;
        let later = &self.lists[last + 1..];
        if later.is_empty() || after.until.as_ref().is_some_and(|until| day >= until.value) {
            return None;
        }
        let without = |list: &&Option<&'a Status>| {
            let counted = after.without.as_ref();
            counted.is_some_and(|status| list.is_some_and(|list| !self.has(list, &status.value)))
        };
        let years = u8::try_from(later.iter().rev().take_while(without).count()).unwrap_or(u8::MAX);
        let over = after.years.as_ref().is_some_and(|needed| years >= needed.value);
        (!over).then_some(Lasting { since, years })
    }

    /// Has an area a status, or one that implies it by the rule set of the list?
    fn has(&self, list: &Status, wanted: &StatusId) -> bool {
        let Standing::On(status) = &list.status else { return false };
        match self.catalogue.rule_set_for(self.family, list.list) {
            Some((_, set)) => rule::implied(set, status).contains(wanted),
            None => status == wanted,
        }
    }
}
