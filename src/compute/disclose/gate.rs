//! The gate: takes all offers at once and says which facts the publication has. There is no other way into one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    super::{
        publication::{Fact, State},
        raw::{Known, Offer},
    },
    policy::is_too_small,
    told::Told,
};
use crate::ids::ValueId;

/// What the gate lets through: the publication, and the numbers that each of its figures tells.
pub(in crate::compute) struct Gated {
    pub facts: BTreeMap<ValueId, State<Fact>>,
    pub told: Vec<Shown>,
}

/// A figure that is shown, and the numbers that it tells.
pub(in crate::compute) type Shown = (ValueId, Vec<Told>);

/// Publishes what may be shown. An offer is hidden when the supplier hid it, when it exposes too small a number, when anything
/// it needs is hidden or was never offered, when it is withdrawn, and when with the numbers that it tells a protected one would
/// be known (`publish` says so, and takes them as told if not); so on until nothing more is hidden.
///
/// An id that is offered twice is hidden: nobody could tell which of the two was judged.
pub(in crate::compute) fn publish(
    offers: &[Offer],
    withdrawn: &HashSet<ValueId>,
    mut publish: impl FnMut(&[Told]) -> bool,
) -> Gated {
    let mut hiding = Hiding::new(offers, withdrawn);
    for (number, offer) in offers.iter().enumerate() {
        let tells = matches!(offer.fact, Known::Is(_)) && !offer.tells.is_empty();
        if tells && !hiding.hidden[number] && !publish(&offer.tells) {
            hiding.hide(number);
        }
    }
    let hidden = hiding.hidden;
    let (mut facts, mut told) = (BTreeMap::new(), Vec::new());
    for (offer, hidden) in offers.iter().zip(hidden) {
        let state = match &offer.fact {
            _ if hidden => State::Hidden,
            Known::Is(fact) => {
                told.push((offer.id.clone(), offer.tells.clone()));
                State::Shown(fact.clone())
            }
            Known::Missing(missing) => State::Missing(*missing),
            Known::Withheld => State::Hidden,
        };
        facts.insert(offer.id.clone(), state);
    }
    Gated { facts, told }
}

/// Which offers are hidden so far, and what would be hidden with them.
struct Hiding {
    hidden: Vec<bool>,
    dependants: Vec<Vec<usize>>,
}

impl Hiding {
    /// Hides what may not be shown by itself, and what is built on it.
    fn new(offers: &[Offer], withdrawn: &HashSet<ValueId>) -> Self {
        let numbers: HashMap<&ValueId, usize> =
            offers.iter().enumerate().map(|(number, offer)| (&offer.id, number)).collect();
        let mut at_risk = Vec::new();
        let mut dependants: Vec<Vec<usize>> = vec![Vec::new(); offers.len()];
        for (number, offer) in offers.iter().enumerate() {
            let twin = numbers[&offer.id];
            if twin != number {
                at_risk.extend([number, twin]);
            }
            let withheld = matches!(offer.fact, Known::Withheld) || withdrawn.contains(&offer.id);
            if withheld || is_too_small(&offer.exposes, offer.protection) {
                at_risk.push(number);
            }
            for need in &offer.needs {
                match numbers.get(need) {
                    Some(other) => dependants[*other].push(number),
                    None => at_risk.push(number),
                }
            }
        }
        let mut hiding = Self { hidden: vec![false; offers.len()], dependants };
        at_risk.into_iter().for_each(|number| hiding.hide(number));
        hiding
    }

    /// Hides an offer and everything built on it.
    fn hide(&mut self, number: usize) {
        let mut spread = vec![number];
        while let Some(number) = spread.pop() {
            if !std::mem::replace(&mut self.hidden[number], true) {
                spread.extend(&self.dependants[number]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::Protection,
        compute::{
            disclose::told::{Counted, Zone},
            publication::Missing,
            raw::Exposure,
        },
    };

    fn id(text: &str) -> ValueId {
        text.parse().unwrap_or_else(|()| ValueId::own(text, &"a".into(), crate::ids::Period::Year(0)))
    }

    fn offer(text: &str, needs: &[&str]) -> Offer {
        Offer::new(id(text), Known::Is(Fact::Count(9)), needs.iter().map(|need| id(need)).collect())
    }

    fn few(text: &str, needs: &[&str]) -> Offer {
        offer(text, needs).exposing(vec![Exposure::Amount(3000)], Protection::default())
    }

    /// What is shown if nothing follows from anything.
    fn facts(offers: Vec<Offer>) -> BTreeMap<ValueId, State<Fact>> {
        publish(&offers, &HashSet::new(), |_| true).facts
    }

    #[test]
    fn whatever_is_built_on_a_hidden_number_is_hidden_through_any_number_of_steps() {
        let facts = facts(vec![
            offer("d@a@2025", &["c@a@2025"]),
            offer("c@a@2025", &["b@a@2025"]),
            few("b@a@2025", &[]),
            offer("e@a@2025", &[]),
        ]);
        for hidden in ["b@a@2025", "c@a@2025", "d@a@2025"] {
            assert!(facts[&id(hidden)] == State::Hidden);
        }
        assert!(facts[&id("e@a@2025")] == State::Shown(Fact::Count(9)));
    }

    #[test]
    fn numbers_that_need_one_another_are_hidden_together() {
        let facts = facts(vec![offer("a@a@2025", &["b@a@2025"]), few("b@a@2025", &["a@a@2025"])]);
        assert!(facts.values().all(|state| *state == State::Hidden));
    }

    #[test]
    fn what_the_supplier_hid_and_what_needs_something_unknown_is_hidden() {
        let mut withheld = offer("a@a@2025", &[]);
        withheld.fact = Known::Withheld;
        let mut missing = offer("c@a@2025", &[]);
        missing.fact = Known::Missing(Missing::NoData);
        let facts = facts(vec![withheld, offer("b@a@2025", &["nothing@a@2025"]), missing]);
        assert!(facts[&id("a@a@2025")] == State::Hidden);
        assert!(facts[&id("b@a@2025")] == State::Hidden);
        assert!(facts[&id("c@a@2025")] == State::Missing(Missing::NoData));
    }

    #[test]
    fn what_would_give_a_protected_number_away_is_hidden_with_what_is_built_on_it() {
        let told = |source: &str| Told {
            of: Counted::Every(source.into()),
            zone: Zone::Municipality,
            period: crate::ids::Period::Year(2025),
        };
        let offers = vec![
            offer("a@a@2025", &[]).telling(vec![told("one")]),
            offer("b@a@2025", &[]).telling(vec![told("other")]),
            offer("c@a@2025", &["b@a@2025"]),
            few("d@a@2025", &[]).telling(vec![told("never asked")]),
        ];
        let mut asked = Vec::new();
        let gated = publish(&offers, &HashSet::new(), |tells| {
            asked.extend_from_slice(tells);
            tells[0] == told("one")
        });
        assert!(asked == [told("one"), told("other")]);
        let shown: Vec<String> = gated.told.iter().map(|(id, _)| id.to_string()).collect();
        assert_eq!(shown, ["a@a@2025"]);
        assert!(gated.facts.values().filter(|state| **state == State::Hidden).count() == 3);
    }
}
