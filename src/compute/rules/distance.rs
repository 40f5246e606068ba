//! The distance to a limit in a criterion's own unit: the least whole number that turns its outcome.
//!
//! With C cases among N, a limit theta as a fraction, and `excess = C − theta N`:
//!
//! | mechanism | the share falls | the share rises |
//! |---|---|---|
//! | state change, approval, replacement | excess | −excess |
//! | moves out (cases; others) | excess / (1 − theta) | −excess / theta |
//! | moves in (others; cases) | excess / theta | −excess / (1 − theta) |
//! | income, kroner for each of N | | −excess / N |
//!
//! rounded up where the limit itself turns the outcome (`over 40` ends at 40 exactly), else to the next whole number above
//! (`over 40` begins above 40). Who grows into or out of an age group is known beforehand, so ageing has no number.
//!
//! Where the limit is on the mean of n years, only the last of them changes and theta is `n x limit − the others' shares`;
//! where the years are pooled, the other years' C and N are part of the excess but cannot move.
//!
//! Everything is exact: counts in thousandths (full-time persons), limits as fractions, no quotient of the two.

use super::super::ratio::Ratio;
use crate::catalogue::{Limit, Mechanism};

/// Cases among all, in thousandths, in the year that changes; and those of other years pooled with it.
#[derive(Clone, Copy)]
pub(super) struct Stock {
    pub cases: i128,
    pub all: i128,
    /// Cases and all of the years that are over.
    pub past: (i128, i128),
}

/// How an outcome turns.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    /// The share must rise.
    rises: bool,
    /// It must pass the limit: the limit itself is not enough.
    passes: bool,
}

impl Turn {
    /// To the other outcome than `met`.
    pub fn from(limit: &Limit, met: bool) -> Self {
        Self { rises: limit.is_upper() != met, passes: limit.is_strict() != met }
    }
}

impl Stock {
    /// One year alone.
    pub fn of_year(cases: i128, all: i128) -> Self {
        Self { cases, all, past: (0, 0) }
    }

    fn excess(self, theta: Ratio) -> Ratio {
        let (cases, all) = (self.cases + self.past.0, self.all + self.past.1);
        Ratio::thousandths(cases).minus(theta.times(Ratio::thousandths(all)))
    }

    fn is_share(self) -> bool {
        0 <= self.cases && self.cases <= self.all && self.all > 0
    }
}

/// How many persons (or full-time persons) turn the outcome by a mechanism; one or more. `None` where no number of them can:
/// a limit not between 0 and 1, more cases than there are people, too few of those who would have to change or move, nobody
/// left, an outcome that is the other one already, or a mechanism that is not counted in persons.
pub(super) fn persons(stock: Stock, theta: Ratio, turn: Turn, mechanism: Mechanism) -> Option<i128> {
    let one = Ratio::whole(1);
    if theta <= Ratio::ZERO || theta >= one || !stock.is_share() {
        return None;
    }
    let others = stock.all - stock.cases;
    // What one mover takes off the excess, those who can do it, and whether they leave the base.
    let (each, movers, leave) = match (mechanism, turn.rises) {
        (Mechanism::StateChange | Mechanism::Approval | Mechanism::Replacement, false) => {
            (one, Some(stock.cases), false)
        }
        (Mechanism::StateChange | Mechanism::Approval | Mechanism::Replacement, true) => {
            (one, Some(others), false)
        }
        (Mechanism::MovesOut, false) => (one.minus(theta), Some(stock.cases), true),
        (Mechanism::MovesOut, true) => (theta, Some(others), true),
        (Mechanism::MovesIn, false) => (theta, None, false),
        (Mechanism::MovesIn, true) => (one.minus(theta), None, false),
        (Mechanism::Ageing | Mechanism::Income, _) => return None,
    };
    let number = least(stock.excess(theta), each, turn)?;
    let moved = number.checked_mul(1000)?;
    let enough = movers.is_none_or(|movers| moved <= movers);
    let empty = leave && moved >= stock.all;
    (enough && !empty).then_some(number)
}

/// What incomes must rise or fall to turn the outcome: for each person of the base, and in all. Whole kroner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Kroner {
    pub each: i128,
    pub total: i128,
}

/// The kroner that turn the outcome of a mean income (`cases` are the kroner of all), with theta as the limit in kroner.
/// `None` where nobody earns, where the limit is not above 0, or where the outcome is the other one already.
pub(super) fn kroner(stock: Stock, theta: Ratio, turn: Turn) -> Option<Kroner> {
    if theta <= Ratio::ZERO || stock.all <= 0 {
        return None;
    }
    let excess = stock.excess(theta);
    Some(Kroner {
        each: least(excess, Ratio::thousandths(stock.all), turn)?,
        total: least(excess, Ratio::whole(1), turn)?,
    })
}

/// The least whole number of steps of size `each` after which the excess is gone; `None` if it is gone already.
fn least(excess: Ratio, each: Ratio, turn: Turn) -> Option<i128> {
    let gap = if turn.rises { Ratio::ZERO.minus(excess) } else { excess };
    let steps = gap.over(each)?;
    let number = if turn.passes { steps.floor() + 1 } else { -Ratio::ZERO.minus(steps).floor() };
    (number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{super::criteria::is_met, *};
    use crate::{
        catalogue::{At, Number},
        diagnostics::{Place, SourceFile},
        numbers::Decimal,
    };

    const OUT_OF_HAND: [Mechanism; 2] = [Mechanism::Ageing, Mechanism::Income];
    const MOVES: [Mechanism; 4] =
        [Mechanism::StateChange, Mechanism::Replacement, Mechanism::MovesOut, Mechanism::MovesIn];

    /// The four limits, whose number is not looked at.
    fn limits() -> [Limit; 4] {
        let number = || {
            let file = std::sync::Arc::new(SourceFile { name: String::new(), text: String::new() });
            At { value: Number(Decimal::whole(0)), place: Place { file, offset: 0, len: 0 } }
        };
        [Limit::Over(number()), Limit::AtLeast(number()), Limit::Under(number()), Limit::AtMost(number())]
    }

    fn ratio(num: i128, den: i128) -> Ratio {
        Ratio::new(num, den).unwrap_or(Ratio::ZERO)
    }

    fn heads(cases: i128, all: i128) -> Stock {
        Stock::of_year(cases * 1000, all * 1000)
    }

    /// State change, moves out, moves in.
    fn three(stock: Stock, theta: Ratio, turn: Turn) -> [Option<i128>; 3] {
        [Mechanism::StateChange, Mechanism::MovesOut, Mechanism::MovesIn]
            .map(|mechanism| persons(stock, theta, turn, mechanism))
    }

    // The numbers of this test and the next four are from brute force outside this program.
    #[test]
    fn one_hundred_and_seventy_one_of_410_are_7_changes_12_moves_out_or_18_moves_in_from_40_per_cent() {
        let [over, ..] = limits();
        let found = three(heads(171, 410), ratio(2, 5), Turn::from(&over, true));
        assert_eq!(found, [Some(7), Some(12), Some(18)]);
    }

    #[test]
    fn with_last_years_share_fixed_it_takes_11_changes_18_moves_out_or_28_moves_in() {
        let [over, ..] = limits();
        let theta = ratio(4, 5).minus(ratio(166, 406));
        assert_eq!(theta.round(6), Decimal::parse("0.391133"));
        let found = three(heads(171, 410), theta, Turn::from(&over, true));
        assert_eq!(found, [Some(11), Some(18), Some(28)]);
        let mean = |changes: i128| {
            let mean = ratio(166, 406).plus(ratio(171 - changes, 410)).times(ratio(100, 2));
            mean.round(4)
        };
        assert_eq!(mean(10), Decimal::parse("40.0775"));
        assert_eq!(mean(11), Decimal::parse("39.9555"));
    }

    #[test]
    fn it_takes_15_to_come_over_40_per_cent_since_14_give_exactly_40() {
        let [over, at_least, ..] = limits();
        let enter = |limit| persons(heads(150, 410), ratio(2, 5), Turn::from(limit, false), MOVES[0]);
        assert_eq!(enter(&over), Some(15));
        assert_eq!(enter(&at_least), Some(14));
    }

    #[test]
    fn eighteen_convicted_of_940_are_2_from_a_limit_of_2_1_per_cent() {
        let [_, at_least, ..] = limits();
        let turn = Turn::from(&at_least, false);
        assert_eq!(persons(heads(18, 940), ratio(21, 1000), turn, MOVES[0]), Some(2));
    }

    #[test]
    fn incomes_of_520_persons_lack_2_626_000_kroner_of_55_per_cent_which_is_16_with_170_000_more() {
        let [_, _, under, _] = limits();
        let (income, region) = (520 * 221_000, Ratio::whole(411_000));
        let theta = ratio(55, 100).times(region);
        let found = kroner(heads(income, 520), theta, Turn::from(&under, true));
        assert_eq!(found, Some(Kroner { each: 5050, total: 2_626_000 }));
        let met = |more: i128| is_met(&under, ratio(income + more, 520), theta);
        assert!(met(2_625_999) && !met(2_626_000));
        assert!(met(15 * 170_000) && !met(16 * 170_000));
        assert_eq!(
            ratio(income, 520).over(region).and_then(|share| share.times(ratio(100, 1)).round(4)),
            Decimal::parse("53.7713")
        );
    }

    #[test]
    fn an_income_just_at_the_limit_falls_under_it_by_a_krone_in_all_and_one_for_each() {
        let [_, _, under, at_most] = limits();
        let stock = heads(520 * 226_050, 520);
        let kroner = |limit| kroner(stock, Ratio::whole(226_050), Turn::from(limit, false));
        assert_eq!(kroner(&under), Some(Kroner { each: 1, total: 1 }));
        assert_eq!(kroner(&at_most), None);
    }

    #[test]
    fn full_time_persons_are_counted_in_thousandths_and_told_in_whole_ones() {
        let [over, ..] = limits();
        let change =
            |cases| persons(Stock::of_year(cases, 410_000), ratio(2, 5), Turn::from(&over, true), MOVES[0]);
        assert_eq!(change(171_000), Some(7));
        assert_eq!(change(171_001), Some(8));
        assert_eq!(change(164_001), Some(1));
    }

    /// Cases and all after so many have changed or moved; `None` when they are not there.
    fn after(
        mechanism: Mechanism,
        rises: bool,
        number: i128,
        (cases, all): (i128, i128),
    ) -> Option<(i128, i128)> {
        let (cases, all) = match (mechanism, rises) {
            (Mechanism::MovesOut, false) => (cases - number, all - number),
            (Mechanism::MovesOut, true) => (cases, all - number),
            (Mechanism::MovesIn, false) => (cases, all + number),
            (Mechanism::MovesIn, true) => (cases + number, all + number),
            (_, false) => (cases - number, all),
            (_, true) => (cases + number, all),
        };
        (0 <= cases && cases <= all && all > 0).then_some((cases, all))
    }

    /// The least number that turns the outcome, by trying one after the other.
    fn tried(
        limit: &Limit,
        mechanism: Mechanism,
        stock: (i128, i128),
        outcome: impl Fn(i128, i128) -> bool,
    ) -> Option<i128> {
        let met = outcome(stock.0, stock.1);
        let rises = limit.is_upper() != met;
        (1..1000).find(|number| {
            after(mechanism, rises, *number, stock).is_some_and(|(cases, all)| outcome(cases, all) != met)
        })
    }

    #[test]
    fn the_number_is_the_least_that_turns_the_outcome_whatever_the_limit_and_the_mechanism() {
        let mut compared = 0;
        for limit in &limits() {
            for theta in [
                ratio(1, 10),
                ratio(3, 10),
                ratio(2, 5),
                ratio(1, 2),
                ratio(3, 5),
                ratio(9, 10),
                ratio(161, 411),
            ] {
                for (all, cases) in (1..=24).flat_map(|all| (0..=all).map(move |cases| (all, cases))) {
                    let outcome = |cases, all| is_met(limit, ratio(cases, all), theta);
                    for mechanism in MOVES {
                        let turn = Turn::from(limit, outcome(cases, all));
                        let found = persons(heads(cases, all), theta, turn, mechanism);
                        assert_eq!(
                            found,
                            tried(limit, mechanism, (cases, all), outcome),
                            "{mechanism:?} {limit:?} {cases} of {all}"
                        );
                        compared += 1;
                    }
                }
            }
        }
        assert_eq!(compared, 4 * 7 * 324 * 4);
    }

    #[test]
    fn it_is_the_least_too_where_another_year_is_fixed_as_a_share_or_pooled() {
        for limit in &limits() {
            for (theta, past) in [(ratio(2, 5), (7, 20)), (ratio(3, 5), (15, 21)), (ratio(1, 2), (9, 18))] {
                for (all, cases) in (10..=22).flat_map(|all| (0..=all).map(move |cases| (all, cases))) {
                    let mean = |cases, all| {
                        is_met(limit, ratio(past.0, past.1).plus(ratio(cases, all)).times(ratio(1, 2)), theta)
                    };
                    let pooled = |cases, all| is_met(limit, ratio(past.0 + cases, past.1 + all), theta);
                    let last = theta.plus(theta).minus(ratio(past.0, past.1));
                    let pool = Stock { past: (past.0 * 1000, past.1 * 1000), ..heads(cases, all) };
                    for mechanism in MOVES {
                        let turn = Turn::from(limit, mean(cases, all));
                        let found = persons(heads(cases, all), last, turn, mechanism);
                        assert_eq!(
                            found,
                            tried(limit, mechanism, (cases, all), mean),
                            "{mechanism:?} {limit:?} {cases} of {all}"
                        );
                        let turn = Turn::from(limit, pooled(cases, all));
                        let found = persons(pool, theta, turn, mechanism);
                        assert_eq!(
                            found,
                            tried(limit, mechanism, (cases, all), pooled),
                            "{mechanism:?} {limit:?} {cases} of {all}, pooled"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_has_no_number() {
        let [over, ..] = limits();
        let end = Turn::from(&over, true);
        for theta in [Ratio::ZERO, ratio(-1, 10), ratio(1, 1), ratio(11, 10)] {
            assert_eq!(persons(heads(5, 10), theta, end, MOVES[0]), None);
        }
        assert_eq!(persons(heads(11, 10), ratio(2, 5), end, MOVES[0]), None);
        assert_eq!(persons(heads(0, 0), ratio(2, 5), end, MOVES[0]), None);
        assert_eq!(persons(heads(3, 10), ratio(2, 5), end, MOVES[0]), None, "it is not over");
        assert_eq!(
            persons(heads(10, 10), ratio(2, 5), end, Mechanism::MovesOut),
            None,
            "nobody would be left"
        );
        for mechanism in OUT_OF_HAND {
            assert_eq!(persons(heads(5, 10), ratio(2, 5), end, mechanism), None);
        }
        assert_eq!(kroner(heads(100, 0), ratio(2, 1), end), None);
    }
}
