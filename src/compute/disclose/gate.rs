//! The gate: takes all offers at once and makes the [`Publication`]. There is no other way to one.

use std::collections::HashMap;

use super::{
    super::{
        publication::{Publication, State},
        raw::{Known, Offer},
    },
    policy::is_too_small,
};
use crate::ids::ValueId;

/// Publishes what may be shown. An offer is hidden when the supplier hid it, when it exposes too small a number, or when
/// anything it needs is hidden or was never offered; so on until nothing more is hidden.
///
/// An id that is offered twice is hidden: nobody could tell which of the two was judged.
pub(in crate::compute) fn publish(offers: Vec<Offer>) -> Publication {
    let numbers: HashMap<&ValueId, usize> =
        offers.iter().enumerate().map(|(number, offer)| (&offer.id, number)).collect();
    let mut hidden = vec![false; offers.len()];
    let mut dependants: Vec<Vec<usize>> = vec![Vec::new(); offers.len()];
    let mut spread = Vec::new();
    for (number, offer) in offers.iter().enumerate() {
        let twin = numbers[&offer.id];
        let mut at_risk =
            matches!(offer.fact, Known::Withheld) || is_too_small(&offer.exposes, offer.protection);
        if twin != number {
            at_risk = true;
            hidden[twin] = true;
            spread.push(twin);
        }
        for need in &offer.needs {
            match numbers.get(need) {
                Some(other) => dependants[*other].push(number),
                None => at_risk = true,
            }
        }
        if at_risk {
            hidden[number] = true;
            spread.push(number);
        }
    }
    while let Some(number) = spread.pop() {
        for other in &dependants[number] {
            if !std::mem::replace(&mut hidden[*other], true) {
                spread.push(*other);
            }
        }
    }
    let facts = offers.into_iter().zip(hidden).map(|(offer, hidden)| {
        let state = match offer.fact {
            _ if hidden => State::Hidden,
            Known::Is(fact) => State::Shown(fact),
            Known::Missing(missing) => State::Missing(missing),
            Known::Withheld => State::Hidden,
        };
        (offer.id, state)
    });
    Publication::new(facts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::Protection,
        compute::{
            publication::{Fact, Missing},
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

    #[test]
    fn whatever_is_built_on_a_hidden_number_is_hidden_through_any_number_of_steps() {
        let publication = publish(vec![
            offer("d@a@2025", &["c@a@2025"]),
            offer("c@a@2025", &["b@a@2025"]),
            few("b@a@2025", &[]),
            offer("e@a@2025", &[]),
        ]);
        for hidden in ["b@a@2025", "c@a@2025", "d@a@2025"] {
            assert!(*publication.get(&id(hidden)) == State::Hidden);
        }
        assert!(*publication.get(&id("e@a@2025")) == State::Shown(Fact::Count(9)));
    }

    #[test]
    fn numbers_that_need_one_another_are_hidden_together() {
        let publication = publish(vec![offer("a@a@2025", &["b@a@2025"]), few("b@a@2025", &["a@a@2025"])]);
        assert!(publication.facts().all(|(_, state)| *state == State::Hidden));
    }

    #[test]
    fn what_the_supplier_hid_and_what_needs_something_unknown_is_hidden() {
        let mut withheld = offer("a@a@2025", &[]);
        withheld.fact = Known::Withheld;
        let mut missing = offer("c@a@2025", &[]);
        missing.fact = Known::Missing(Missing::NoData);
        let publication = publish(vec![withheld, offer("b@a@2025", &["nothing@a@2025"]), missing]);
        assert!(*publication.get(&id("a@a@2025")) == State::Hidden);
        assert!(*publication.get(&id("b@a@2025")) == State::Hidden);
        assert!(*publication.get(&id("c@a@2025")) == State::Missing(Missing::NoData));
    }
}
