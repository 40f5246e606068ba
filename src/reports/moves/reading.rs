//! What a split says, by one rule: which group of flows did most of a change.
//!
//! The groups are the *moves* (in and out; where they could not be told apart from others who came or went, those with them),
//! the residents' *own* change (those who stayed) and *age* (born, came of age, passed the age, died). With c the change and *near* a quarter of what matters of the indicator (0.5 points where 2 matter):
//!
//! 1. A number from several groups that could not be told apart, of `near` or more: nothing is said of what did most.
//! 2. A group did **most** when c is at least `near`, the group has the direction of c, is at least `near` itself, is at least
//!    half of c, is at least twice the other of moves and own (age: twice both), and is no smaller than age, than corrections
//!    of the register and than what the value is relative to.
//! 3. Moves and own in opposite directions, each at least `near`: they **pulled each way**, whatever the change.
//! 4. c under `near`: **nearly no change**.
//! 5. Moves and own both in the direction of c, each at least `near`: **both**.
//! 6. Otherwise only the change is told.
//!
//! The limits are of what is printed. Nothing here says why anybody moved.

use crate::{
    compute::{Flow, Split, Step, Term},
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
    /// Among them are others who came or went.
    pub wide: bool,
    /// Stayed.
    pub own: Decimal,
    /// Age and death, as far as they are told apart.
    pub age: Option<Decimal>,
    /// Corrections of the register.
    pub register: Decimal,
    /// What the value is relative to.
    pub yardstick: Decimal,
    /// Of several groups that could not be told apart.
    pub mixed: Decimal,
}

impl Reading {
    /// Adds up a split.
    pub fn new(split: &Split) -> Self {
        let is_age = |term: &Term| group(term) == Step::AgeAndDeath;
        let of = |steps: &[Step]| sum(split, &|term: &Term| steps.contains(&group(term)));
        Self {
            change: sum(split, &|_: &Term| true),
            moves: of(&[Step::In, Step::Out]),
            wide: split.terms.iter().any(is_wide),
            own: of(&[Step::Stayers]),
            age: split.terms.iter().any(is_age).then(|| of(&[Step::AgeAndDeath])),
            register: of(&[Step::Register]),
            yardstick: of(&[Step::Yardstick]),
            mixed: of(&[Step::Mixed]),
        }
    }

    /// What it says, by the rule above.
    pub fn finding(&self, matters: Decimal) -> Finding {
        let near = matters.to_f64() / 4.0;
        let [change, moves, own, mixed] =
            [self.change, self.moves, self.own, self.mixed].map(Decimal::to_f64);
        let age = self.age.map(Decimal::to_f64).unwrap_or_default();
        let others = [age, self.register.to_f64(), self.yardstick.to_f64()];
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
                && others.iter().all(|other| part.abs() >= other.abs())
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

/// The step that a term is told with. Where moves in are put together with others who came, it is still that of moves in, and
/// so for those who went; [`is_wide`] tells it.
pub(super) fn step_of(term: &Term) -> Step {
    use Flow::{Born, Died, Entered, Left, RegisterIn, RegisterOut};
    let all = |step: Step, others: [Flow; 3]| {
        term.flows.iter().all(|flow| flow.step() == step || others.contains(flow))
    };
    match term.step() {
        Step::Mixed if all(Step::In, [Born, Entered, RegisterIn]) && has(term, Step::In) => Step::In,
        Step::Mixed if all(Step::Out, [Died, Left, RegisterOut]) && has(term, Step::Out) => Step::Out,
        step => step,
    }
}

/// Are moves put together with others who came or went?
pub(super) fn is_wide(term: &Term) -> bool {
    term.step() == Step::Mixed && step_of(term) != Step::Mixed
}

/// Has a term a flow of this step?
pub(super) fn has(term: &Term, step: Step) -> bool {
    term.flows.iter().any(|flow| flow.step() == step)
}

/// The group of a term; one of moves in and moves out put together is of moves still.
fn group(term: &Term) -> Step {
    let is_move = |step: Step| matches!(step, Step::In | Step::Out);
    match step_of(term) {
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
        Reading {
            change,
            moves,
            wide: false,
            own,
            age: Some(age),
            register: number("0.0"),
            yardstick: number("0.0"),
            mixed,
        }
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

    #[test]
    fn moves_put_together_with_others_who_came_or_went_are_moves_and_both_sides_together_are_not() {
        let term = |flows: &[Flow]| Term {
            flows: flows.to_vec(),
            points: Decimal::whole(1),
            persons: Some(9),
            cases: Some(Decimal::whole(3)),
            margin: None,
        };
        let told = |flows: &[Flow]| (step_of(&term(flows)), is_wide(&term(flows)));
        assert_eq!(told(&[Flow::InMunicipality, Flow::InAbroad]), (Step::In, false));
        assert_eq!(told(&[Flow::InMunicipality, Flow::Entered, Flow::RegisterIn]), (Step::In, true));
        assert_eq!(told(&[Flow::OutElsewhere, Flow::Died, Flow::Left]), (Step::Out, true));
        assert_eq!(told(&[Flow::Died, Flow::Left]), (Step::AgeAndDeath, false));
        assert_eq!(told(&[Flow::InMunicipality, Flow::Died]), (Step::Mixed, false));
        assert_eq!(told(&[Flow::Entered, Flow::RegisterIn]), (Step::Mixed, false));
    }
}
