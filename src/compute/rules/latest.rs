//! What is told of the latest list alone: what it and the next one take of each criterion, how many criteria lie between an
//! area and a status, and what its status hangs on.

use super::{
    super::{
        publication::{Fact, Missing},
        raw::{Known, Offer},
        statutory::{Amount, Needed},
    },
    History,
    criteria::{Judging, Outcome},
    logic, next, sensitivity,
};
use crate::{
    catalogue::{Amounts, Criterion, Family, Mechanism, Rule, RuleSet},
    ids::{CriterionId, ValueId},
    numbers::Decimal,
};

/// Numbers of persons and residents below which no number is given, but that it is near the limit.
pub(super) const FEW: i128 = 5;

/// A criterion of the latest list, judged.
pub(super) struct Judged<'a> {
    pub id: &'a CriterionId,
    pub criterion: &'a Criterion,
    pub outcome: Outcome,
}

/// Everything about one area on the latest list.
pub(super) fn offers(judging: Judging, family: &Family, history: &History) -> Vec<Offer> {
    let Some((_, set)) = judging.list.set.filter(|_| judging.in_layer() && judging.may_judge(family)) else {
        return Vec::new();
    };
    let criteria: Vec<Judged> = judging.all(set);
    let mut offers: Vec<Offer> = criteria.iter().flat_map(|judged| next::offers(judging, judged)).collect();
    offers.extend(residents(judging));
    offers.extend(between(judging, set, &criteria));
    offers.push(sensitivity::offer(judging, family, history, set, &criteria));
    offers
}

impl<'a> Judging<'a> {
    /// Judges every criterion of a rule set.
    pub(super) fn all(self, set: &'a RuleSet) -> Vec<Judged<'a>> {
        let judged = |(id, criterion): (&'a crate::catalogue::At<CriterionId>, &'a Criterion)| {
            let outcome = self.criterion(&id.value, criterion)?;
            Some(Judged { id: &id.value, criterion, outcome })
        };
        set.criteria.iter().filter_map(judged).collect()
    }

    /// The residents that the list asks for, and those that the printed status is judged by, with the id of the latter.
    pub(super) fn residents_asked(self) -> Option<(i128, Known<i128>, ValueId)> {
        let least = i128::from(self.least()?);
        let residents = self.printed_residents()?.0;
        Some((least, residents.map(|residents| residents.floor()), self.residents_id()))
    }
}

/// How many residents more or fewer take the area over the law's limit or under it, and what the next list takes of them: they
/// are counted anew on 1 January of its year.
fn residents(judging: Judging) -> Vec<Offer> {
    let Some((limit, residents, id)) = judging.residents_asked() else { return Vec::new() };
    let family = judging.lists.family;
    let enough = residents.map(|residents| residents >= limit);
    let mut offers = Vec::new();
    for (mechanism, met) in [(Mechanism::MovesOut, true), (Mechanism::MovesIn, false)] {
        // Both are offered: that one is not would tell on which side a hidden number is.
        let amount = residents.and_then(|residents| {
            if enough == Known::Is(!met) {
                return Known::Missing(Missing::NoData);
            }
            let number = if met { residents - limit + 1 } else { limit - residents };
            Known::Is(Fact::Amount(Amount {
                number: told(number),
                counts: Amounts::Residents,
                mechanism,
                met,
            }))
        });
        let what = format!("{family}/residents/amount/{}", mechanism.word());
        offers.push(Offer::new(judging.id(&what), amount, vec![id.clone()]));
    }
    let list = judging.list.period().years_back(-1);
    let value = Decimal::whole((limit - 1) as i64);
    let needed = enough.map(|met| Fact::Needed(Needed { list, years: vec![list], open: list, value, met }));
    offers.push(Offer::new(judging.id(&format!("{family}/residents/next")), needed, vec![id]));
    offers
}

/// A number of persons or residents as it may be told.
pub(super) fn told(number: i128) -> Option<i64> {
    i64::try_from(number).ok().filter(|_| number >= FEW)
}

/// For every status that counts criteria: how many of them must change before its count of them is another outcome. They share
/// persons, so what each takes does not add up to what all of them take: it is at least the cheapest.
fn between(judging: Judging, set: &RuleSet, criteria: &[Judged]) -> Vec<Offer> {
    let mut offers = Vec::new();
    for (status, rule) in set.statuses.iter() {
        let Some(asked) = asked(&rule.when) else { continue };
        let counted = logic::counted(set, &rule.when);
        let of: Vec<&Outcome> = criteria
            .iter()
            .filter(|judged| counted.contains(&judged.id.as_str()))
            .map(|judged| &judged.outcome)
            .collect();
        if of.len() != counted.len() || of.is_empty() {
            continue;
        }
        let met = of.iter().fold(Known::Is(0), |sum, outcome| {
            sum.and_then(|sum| outcome.met.map(|met| sum + i64::from(met)))
        });
        let between = met.map(|met| if met >= asked { met - asked + 1 } else { asked - met });
        let id = judging.id(&format!("{}/{status}/criteria-between", judging.lists.family));
        let needs = of.iter().map(|outcome| outcome.met_id.clone()).collect();
        offers.push(Offer::new(id, between.map(Fact::Count), needs));
    }
    offers
}

/// How many criteria a rule asks for, where it counts them.
fn asked(rule: &Rule) -> Option<i64> {
    match rule {
        Rule::AtLeast(some) => Some(i64::from(some.count.value)),
        Rule::All(rules) | Rule::Any(rules) => rules.iter().find_map(asked),
        Rule::Is(_) | Rule::Not(_) | Rule::InARow(_) => None,
    }
}
