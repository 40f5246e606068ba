//! How near an area is to another status: which criterion decides it, by the rule of the law.
//!
//! A rule is turned by turning criteria; what decides is the farthest of those that must turn. Distances are compared in
//! relation to their limits, and all of it comes from what is published: where a distance that could decide is not shown or
//! not known, nothing is said.

use std::cmp::Ordering;

use super::entry::residents_of;
use crate::{
    catalogue::{Criterion, Rule},
    compute::{Fact, Missing, Standing, State},
    ids::{CriterionId, StatusId},
    numbers::Decimal,
    reports::{
        law::Law,
        limits::RESIDENTS_NEAR,
        subject::{Subject, decimal},
    },
};

/// What would change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::reports) enum Turn<'a> {
    /// The area would get a status.
    Enter(&'a StatusId),
    /// The area would lose the status that is given by counting criteria, or the one it has.
    Leave(&'a StatusId),
}

impl<'a> Turn<'a> {
    /// The status that the turn is about.
    pub fn status(self) -> &'a StatusId {
        match self {
            Self::Enter(status) | Self::Leave(status) => status,
        }
    }
}

/// What decides it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::reports) enum By<'a> {
    /// A criterion.
    Criterion(&'a CriterionId),
    /// So many residents more than the law asks for (fewer, if negative).
    Residents(i64),
}

/// The nearest turn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::reports) struct Nearest<'a> {
    pub turn: Turn<'a>,
    pub by: By<'a>,
    /// The distance in relation to the limit.
    pub relative: f64,
}

/// What it takes to turn a rule.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Way<'a> {
    /// It is so already.
    Now,
    /// This criterion decides, so far off in relation to its limit.
    By(f64, &'a CriterionId),
    /// A fact that could decide is not shown.
    Untold,
    /// No criterion can turn it before the next list.
    Never,
}

/// Criteria that nobody can tell are tried both ways, up to so many.
const TRIED: usize = 6;

/// The nearest turn of an area's status on the latest list; hidden where it hangs on something that is not shown.
pub(in crate::reports) fn nearest<'a>(
    subject: &Subject<'a>,
    law: &'a Law<'a>,
    standing: &Standing,
) -> State<Nearest<'a>> {
    let by_criteria = match turn(subject, law, standing) {
        Some((_, Way::Untold)) => return State::Hidden,
        Some((turn, Way::By(relative, criterion))) => {
            Some(Nearest { turn, by: By::Criterion(criterion), relative })
        }
        Some((_, Way::Now | Way::Never)) | None => None,
    };
    let by_residents = residents_turn(subject, law, standing);
    let nearer = |a: &Nearest, b: &Nearest| a.relative.total_cmp(&b.relative);
    by_residents
        .into_iter()
        .chain(by_criteria)
        .min_by(nearer)
        .map_or(State::Missing(Missing::NoData), State::Shown)
}

/// The status that an area on the lists would lose first: the counted one, or its own.
pub(in crate::reports) fn lost<'a>(law: &Law<'a>, status: &StatusId) -> Option<&'a StatusId> {
    let order = |status: &StatusId| law.family.statuses.position(status);
    match &law.counted {
        Some(counted) => (order(status) >= order(counted.status)).then_some(counted.status),
        None => law.rules.statuses.ids().find(|known| *known == status),
    }
}

/// What criteria would change, and what that takes.
fn turn<'a>(subject: &Subject, law: &Law<'a>, standing: &Standing) -> Option<(Turn<'a>, Way<'a>)> {
    let has = match standing {
        Standing::CannotTell | Standing::TooFewResidents => return None,
        Standing::NotListed => None,
        Standing::On(status) => Some(status),
    };
    let wanted: Vec<Turn> = match has.and_then(|status| lost(law, status)) {
        Some(lost) => vec![Turn::Leave(lost)],
        None => {
            let order = |status: &StatusId| law.family.statuses.position(status);
            let stricter = |status: &&StatusId| has.is_none_or(|has| order(status) > order(has));
            law.rules.statuses.ids().filter(stricter).map(Turn::Enter).collect()
        }
    };
    let unknown = unknown(subject, law);
    if unknown.len() > TRIED {
        return None;
    }
    // What is not known is tried both ways; an answer that contradicts the status is none.
    let tried = (0..1usize << unknown.len()).filter_map(|answers| {
        let met =
            unknown.iter().enumerate().filter(|(i, _)| answers >> i & 1 == 1).map(|(_, id)| *id).collect();
        one(&Ways { subject, law, met }, &wanted)
    });
    let mut found: Vec<(Turn, Way)> = Vec::new();
    tried.for_each(|one| {
        if !found.contains(&one) {
            found.push(one);
        }
    });
    match found.as_slice() {
        [one] => Some(*one),
        all => all.iter().find(|(_, way)| *way == Way::Untold).copied(),
    }
}

/// The nearest of several turns; `None` if one of them is done already, which contradicts the status.
fn one<'a>(ways: &Ways<'_, '_, 'a>, wanted: &[Turn<'a>]) -> Option<(Turn<'a>, Way<'a>)> {
    let all: Vec<(Turn, Way)> = wanted
        .iter()
        .map(|turn| (*turn, ways.status(turn.status(), matches!(turn, Turn::Enter(_)))))
        .collect();
    let untold = all.iter().find(|(_, way)| *way == Way::Untold).copied();
    let contradicts = all.iter().any(|(_, way)| *way == Way::Now);
    untold.or_else(|| all.into_iter().filter(|_| !contradicts).min_by(|a, b| a.1.compare(&b.1)))
}

/// The criteria of the list of which nobody can tell whether they are met.
fn unknown<'a>(subject: &Subject, law: &Law<'a>) -> Vec<&'a CriterionId> {
    let missing = |id: &&CriterionId| {
        let fact = subject.context.publication.get(&law.criterion(subject, id, "/met", law.year()));
        matches!(fact, State::Missing(_))
    };
    law.rules.criteria.ids().filter(missing).collect()
}

/// Residents near the number that the law asks for: an area on the lists can fall below it, a smaller one reach it.
fn residents_turn<'a>(subject: &Subject, law: &Law<'a>, standing: &Standing) -> Option<Nearest<'a>> {
    let limit = law.residents()?;
    let over = residents_of(subject, law, law.year())? - limit;
    let known = |status: &StatusId| law.rules.statuses.ids().find(|known| *known == status);
    let turn = match standing {
        Standing::On(status) => Turn::Leave(known(status)?),
        Standing::TooFewResidents => Turn::Enter(mildest(law)?),
        Standing::NotListed | Standing::CannotTell => return None,
    };
    let relative = over.abs() as f64 / limit as f64;
    (over.abs() <= RESIDENTS_NEAR).then_some(Nearest { turn, by: By::Residents(over), relative })
}

/// The mildest status that the rule set gives.
pub(in crate::reports) fn mildest<'a>(law: &Law<'a>) -> Option<&'a StatusId> {
    law.family.statuses.ids().find(|status| law.rules.statuses.contains(*status))
}

impl Way<'_> {
    /// The nearest first; what cannot be told after all that can, what cannot turn last.
    fn compare(&self, other: &Self) -> Ordering {
        let order = |way: &Self| match way {
            Self::Now => (0, 0.0),
            Self::By(relative, _) => (1, *relative),
            Self::Untold => (2, 0.0),
            Self::Never => (3, 0.0),
        };
        let (a, b) = (order(self), order(other));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    }
}

/// What it takes to turn the rules for one area.
struct Ways<'s, 'l, 'a> {
    subject: &'s Subject<'s>,
    law: &'l Law<'a>,
    /// The criteria that are not known and taken to be met; the others of their kind are taken not to be.
    met: Vec<&'a CriterionId>,
}

impl<'a> Ways<'_, '_, 'a> {
    /// To give a status (`to` is true) or to end it.
    fn status(&self, id: &StatusId, to: bool) -> Way<'a> {
        self.law.rules.statuses.get(id).map_or(Way::Never, |rule| self.rule(&rule.when, to))
    }

    /// To make a rule true or false.
    fn rule(&self, rule: &'a Rule, to: bool) -> Way<'a> {
        match rule {
            Rule::Is(id) => match self.law.rules.criteria.get_key_value(id.as_str()) {
                Some((criterion, declared)) => self.criterion((&criterion.value, declared), to),
                None => self.status(&StatusId::from(id.as_str()), to),
            },
            Rule::Not(rule) => self.rule(rule, !to),
            Rule::All(rules) => self.some(rules, if to { rules.len() } else { 1 }, to),
            Rule::Any(rules) => self.some(rules, if to { 1 } else { rules.len() }, to),
            Rule::AtLeast(some) => {
                let (count, of) = (usize::from(some.count.value), some.of.len());
                self.some(&some.of, if to { count } else { of + 1 - count }, to)
            }
            // Years behind are no criterion of the next list; without the status this year the row ends.
            Rule::InARow(_) if to => Way::Never,
            Rule::InARow(row) => self.status(&row.of.value, false),
        }
    }

    /// To turn so many of several rules: the farthest of the nearest decides.
    fn some(&self, rules: &'a [Rule], count: usize, to: bool) -> Way<'a> {
        let mut ways: Vec<Way> = rules.iter().map(|rule| self.rule(rule, to)).collect();
        ways.sort_by(Way::compare);
        let Some(decides) = count.checked_sub(1).and_then(|last| ways.get(last)).copied() else {
            return Way::Now;
        };
        // One that is not shown could be among the nearest, whatever the others are.
        if decides != Way::Now && ways.contains(&Way::Untold) { Way::Untold } else { decides }
    }

    fn criterion(&self, criterion: (&'a CriterionId, &'a Criterion), to: bool) -> Way<'a> {
        let (subject, law) = (self.subject, self.law);
        let fact = |about: &str| {
            subject.context.publication.get(&law.criterion(subject, criterion.0, about, law.year()))
        };
        match (fact("/met"), decimal(fact("/distance")), law.limit(subject, criterion)) {
            (State::Hidden, _, _) | (State::Shown(_), State::Hidden, _) => Way::Untold,
            (State::Shown(Fact::Met(met)), _, _) if *met == to => Way::Now,
            (State::Shown(Fact::Met(_)), State::Shown(distance), Some(limit)) => {
                Way::By(relative(distance, limit), criterion.0)
            }
            (State::Missing(_), _, _) if self.met.contains(&criterion.0) == to => Way::Now,
            // It is so, and nobody can tell how far it is from being otherwise.
            _ => Way::Never,
        }
    }
}

fn relative(distance: Decimal, limit: Decimal) -> f64 {
    distance.to_f64().abs() / limit.to_f64().abs()
}
