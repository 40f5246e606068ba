//! What a split says, by one rule: which group of flows did most of a change.
//!
//! The groups are the *moves* (in and out), the residents' *own* change (those who stayed) and *age* (born, came of age, passed
//! the age, died). With c the change and *near* a quarter of what matters of the indicator (0.5 points where 2 matter):
//!
//! 1. A number from several groups that could not be told apart, of `near` or more: nothing is said of what did most.
//! 2. A group did **most** when c is at least `near`, the group has the direction of c, is at least `near` itself, is at least
//!    half of c, is at least twice the other of moves and own (age: twice both), and is no smaller than age.
//! 3. Moves and own in opposite directions, each at least `near`: they **pulled each way**, whatever the change.
//! 4. c under `near`: **nearly no change**.
//! 5. Moves and own both in the direction of c, each at least `near`: **both**.
//! 6. Otherwise only the change is told.
//!
//! The limits are of what is printed. Nothing here says why anybody moved.

use crate::{
    compute::{Split, Step, Term},
    numbers::Decimal,
};

/// What a split says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::reports) enum Finding {
    /// Moves did most.
    Replaced,
    /// Those who stayed did most.
    Own,
    /// Age and death did most.
    Age,
    /// Moves and those who stayed, both in the direction of the change.
    Both,
    /// Moves and those who stayed in opposite directions.
    EachWay,
    /// Too little to tell of.
    NearlyNone,
    /// A change, and nothing that did most of it.
    Plain,
}

/// The sums of a split, in its unit.
#[derive(Clone, Copy, Debug)]
pub(in crate::reports) struct Reading {
    /// The value now less the value then.
    pub change: Decimal,
    /// Moved in and out.
    pub moves: Decimal,
    /// Stayed.
    pub own: Decimal,
    /// Age and death.
    pub age: Decimal,
    /// Corrections of the register.
    pub register: Decimal,
    /// Of several groups that could not be told apart.
    pub mixed: Decimal,
}

impl Reading {
    /// Adds up a split.
    pub fn new(split: &Split) -> Self {
        let of = |steps: &[Step]| sum(split, &|term: &Term| steps.contains(&group(term)));
        Self {
            change: sum(split, &|_: &Term| true),
            moves: of(&[Step::In, Step::Out]),
            own: of(&[Step::Stayers]),
            age: of(&[Step::AgeAndDeath]),
            register: of(&[Step::Register]),
            mixed: of(&[Step::Mixed]),
        }
    }

    /// What it says, by the rule above.
    pub fn finding(&self, matters: Decimal) -> Finding {
        let near = matters.to_f64() / 4.0;
        let [change, moves, own, age, mixed] =
            [self.change, self.moves, self.own, self.age, self.mixed].map(Decimal::to_f64);
        if mixed.abs() >= near && mixed != 0.0 {
            return if change.abs() < near { Finding::NearlyNone } else { Finding::Plain };
        }
        let told = |part: f64| part != 0.0 && part.abs() >= near;
        let most = |part: f64, twice: f64| {
            told(change)
                && told(part)
                && (part > 0.0) == (change > 0.0)
                && 2.0 * part.abs() >= change.abs()
                && part.abs() >= 2.0 * twice.abs()
                && part.abs() >= age.abs()
        };
        if most(moves, own) {
            Finding::Replaced
        } else if most(own, moves) {
            Finding::Own
        } else if most(age, moves.abs().max(own.abs())) {
            Finding::Age
        } else if told(moves) && told(own) && (moves > 0.0) != (own > 0.0) {
            Finding::EachWay
        } else if !told(change) {
            Finding::NearlyNone
        } else if told(moves) && told(own) && (moves > 0.0) == (change > 0.0) {
            Finding::Both
        } else {
            Finding::Plain
        }
    }

    /// Is the change so large that a council is told: half of what matters?
    pub fn is_for_council(&self, matters: Decimal) -> bool {
        self.change.units != 0 && self.change.to_f64().abs() >= matters.to_f64() / 2.0
    }
}

/// The step of a term; one of moves in and moves out put together is of moves still.
fn group(term: &Term) -> Step {
    let is_move = |step: Step| matches!(step, Step::In | Step::Out);
    match term.step() {
        Step::Mixed if term.flows.iter().all(|flow| is_move(flow.step())) => Step::In,
        step => step,
    }
}

/// The points of some terms, as they are printed.
fn sum(split: &Split, of: &dyn Fn(&Term) -> bool) -> Decimal {
    let units = split.terms.iter().filter(|term| of(term)).map(|term| term.points.units).sum();
    Decimal { units, places: split.start.places }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading([moves, own, age, mixed]: [&str; 4]) -> Reading {
        let number = |text| Decimal::parse(text).expect("a number");
        let [moves, own, age, mixed] = [moves, own, age, mixed].map(number);
        let change = Decimal { units: moves.units + own.units + age.units + mixed.units, ..moves };
        Reading { change, moves, own, age, register: number("0.0"), mixed }
    }

    /// Two points matter, so that half a point is told of and one point is for the council.
    fn finding(points: [&str; 4]) -> Finding {
        reading(points).finding(Decimal::whole(2))
    }

    #[test]
    fn the_group_that_did_most_has_the_direction_of_the_change_and_is_twice_the_other() {
        // The worked example: moving +2.8, residents' own progress −0.7, age and death −1.2 make +0.8.
        assert_eq!(finding(["2.8", "-0.7", "-1.2", "0.0"]), Finding::Replaced);
        assert_eq!(finding(["-3.0", "-1.5", "0.2", "0.0"]), Finding::Replaced);
        assert_eq!(finding(["-3.0", "-1.6", "0.2", "0.0"]), Finding::Both);
        assert_eq!(finding(["-0.2", "-2.4", "-0.1", "0.0"]), Finding::Own);
        assert_eq!(finding(["0.3", "-0.2", "-1.4", "0.0"]), Finding::Age);
    }

    #[test]
    fn opposite_directions_are_told_whatever_the_change_and_a_small_change_is_nearly_none() {
        assert_eq!(finding(["3.0", "-1.6", "0.0", "0.0"]), Finding::EachWay);
        assert_eq!(finding(["2.0", "-1.9", "0.0", "0.0"]), Finding::EachWay);
        assert_eq!(finding(["0.3", "-0.1", "0.2", "0.0"]), Finding::NearlyNone);
        assert_eq!(finding(["0.4", "0.0", "0.0", "0.0"]), Finding::NearlyNone);
        assert_eq!(finding(["0.5", "0.0", "0.0", "0.0"]), Finding::Replaced);
    }

    #[test]
    fn moves_that_are_smaller_than_age_or_half_of_the_change_did_not_do_most() {
        assert_eq!(finding(["-0.8", "-0.2", "-0.9", "0.0"]), Finding::Plain);
        assert_eq!(finding(["-1.0", "-0.3", "-0.8", "0.0"]), Finding::Plain);
    }

    #[test]
    fn what_cannot_be_told_apart_says_nothing_of_what_did_most() {
        assert_eq!(finding(["-3.0", "-0.2", "0.0", "-0.5"]), Finding::Plain);
        assert_eq!(finding(["-3.0", "-0.2", "0.0", "-0.4"]), Finding::Replaced);
        assert_eq!(finding(["0.4", "0.0", "0.0", "-0.6"]), Finding::NearlyNone);
    }

    #[test]
    fn a_council_is_told_of_half_of_what_matters_and_more() {
        let told = |points| reading(points).is_for_council(Decimal::whole(2));
        assert!(told(["-1.0", "0.0", "0.0", "0.0"]) && !told(["-0.9", "0.0", "0.0", "0.0"]));
    }
}
