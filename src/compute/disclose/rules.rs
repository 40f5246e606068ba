//! What must not become known: the numbers that the indicators' rules call too small, whatever zone they are of.
//!
//! | of | is protected in a zone |
//! |---|---|
//! | a number | from 1 to below `at-least` |
//! | the others of a share's whole | the same with `complement`; also where they, or with `zero` the part, are nobody among fewer than `group` |
//! | a sum of what persons have | where it is of fewer than `persons`, or ruled by its largest contributions |
//!
//! The strictest of the rules of all indicators that take a number holds; in areas whose value the law asks for, the law's.

use std::collections::BTreeMap;

use super::{
    super::{Data, atoms::Atoms, methods, moves},
    areas::protections,
    told::Counted,
};
use crate::{
    catalogue::{Method, Protection},
    ids::{IndicatorId, Period, PopulationId},
};

/// Numbers that a rule is about, as measures of one table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) enum About {
    /// A number of persons, dwellings or events.
    Number(usize),
    /// A part and its whole.
    Share { part: usize, whole: usize },
    /// A sum of what so many persons each have.
    Sum { of: usize, persons: usize },
}

/// The rule on some numbers: as usual, and in the areas where the law asks for them.
#[derive(Clone, Default)]
pub(in crate::compute) struct Rule {
    pub usual: Option<Protection>,
    pub by_law: BTreeMap<usize, Protection>,
    /// The one period that is computed, of numbers that nothing but parts of figures takes.
    pub only: Option<Period>,
}

impl Rule {
    /// The rule of a zone that is an area, or of any other.
    pub fn of(&self, area: Option<usize>) -> Option<Protection> {
        area.and_then(|area| self.by_law.get(&area)).copied().or(self.usual)
    }

    fn add(&mut self, usual: Protection, areas: &[Protection], only: Option<Period>) {
        self.only = only.filter(|_| self.usual.is_none() || self.only == only);
        self.usual = Some(self.usual.map_or(usual, |known| known.and(usual)));
        let others = areas.iter().enumerate().filter(|(_, rule)| **rule != usual);
        for (area, rule) in others {
            self.by_law.entry(area).and_modify(|known| *known = known.and(*rule)).or_insert(*rule);
        }
    }
}

/// The rules on these numbers.
pub(in crate::compute) fn rules(data: Data, atoms: &Atoms) -> BTreeMap<About, Rule> {
    let mut rules: BTreeMap<About, Rule> = BTreeMap::new();
    for (id, indicator) in data.catalogue.indicators.iter() {
        let about = about(data, atoms, &indicator.method);
        if about.is_empty() {
            continue;
        }
        let usual = data.catalogue.protection(&id.value);
        let areas = of_areas(data, &id.value);
        let latest = || methods::of(&indicator.method).periods(data).last().copied();
        let only = indicator.part_of.and_then(|_| latest());
        about.into_iter().for_each(|about| rules.entry(about).or_default().add(usual, &areas, only));
    }
    of_flows(data, atoms, &mut rules);
    rules
}

/// The rules on persons who came and went.
fn of_flows(data: Data, atoms: &Atoms, rules: &mut BTreeMap<About, Rule>) {
    let measure = |id: &PopulationId| atoms.measures.get(&Counted::Sum(id.clone())).copied();
    for protected in moves::protected(data.catalogue, &data.raw.index) {
        let Some(persons) = measure(&protected.persons) else { continue };
        let cases = protected.cases.as_ref().and_then(measure).map(|cases| match protected.apart {
            true => About::Number(cases),
            false => About::Share { part: cases, whole: persons },
        });
        let usual = data.catalogue.protection(protected.indicator);
        let areas = of_areas(data, protected.indicator);
        for about in [Some(About::Number(persons)), cases].into_iter().flatten() {
            rules.entry(about).or_default().add(usual, &areas, None);
        }
    }
}

/// The rule of every area for an indicator; the municipality has the usual one.
fn of_areas(data: Data, id: &IndicatorId) -> Vec<Protection> {
    let mut areas = protections(data, id);
    areas.pop();
    areas
}

/// What of these an indicator's rule is about.
fn about(data: Data, atoms: &Atoms, method: &Method) -> Vec<About> {
    let form = method.form();
    let sum = |id: &PopulationId| atoms.measures.get(&Counted::Sum(id.clone())).copied();
    let rows = |id: &PopulationId| atoms.measures.get(&Counted::Rows(id.clone())).copied();
    let mut about = Vec::new();
    let base = form.base().and_then(|base| sum(&base.value));
    for (_, id) in form.roles() {
        let Some(measure) = sum(&id.value) else { continue };
        let amounts = if atoms.by_key {
            matches!(method, Method::Mean(_) | Method::Relative(_)) && Some(measure) != base
        } else {
            data.catalogue.adds_up_numbers(&id.value)
        };
        if !amounts || atoms.by_key {
            about.push(About::Number(measure));
        }
        if let Some(persons) = if atoms.by_key { base } else { rows(&id.value) }.filter(|_| amounts) {
            about.extend([About::Sum { of: measure, persons }, About::Number(persons)]);
        }
    }
    let shares = form.quotients().into_iter();
    about.extend(
        shares.filter_map(|(part, whole)| Some(About::Share { part: sum(part)?, whole: sum(whole)? })),
    );
    about
}
