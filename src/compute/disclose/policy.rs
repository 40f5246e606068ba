//! Primary suppression: which numbers may not be shown by themselves.
//!
//! A number of persons from 1 to below the indicator's `disclosure: at-least` (5 unless declared) is too small; so is the
//! number of the others (a part of 38 of 40 names the other 2) and a base of that size. For full-time persons, which need
//! not be whole, the same holds of any number above 0. Zero is shown. A method may ask for more (a median for 30 persons).

use super::super::raw::Exposure;

/// Is anything that is exposed too small to show?
pub(in crate::compute) fn is_too_small(exposes: &[Exposure], at_least: u32) -> bool {
    let limit = i128::from(at_least) * 1000;
    let few = |number: i128| 0 < number && number < limit;
    exposes.iter().any(|exposure| match *exposure {
        Exposure::Amount(number) => few(number),
        Exposure::AtLeast { number, floor } => few(number) || (0 < number && number < floor),
        Exposure::Share { part, whole } => few(part) || few(whole - part) || few(whole),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: i128, whole: i128) -> bool {
        is_too_small(&[Exposure::Share { part, whole }], 5)
    }

    #[test]
    fn parts_complements_and_wholes_from_one_to_four_are_too_small() {
        for few in [1, 999, 1000, 4000, 4999] {
            assert!(share(few, 100_000) && share(100_000 - few, 100_000) && share(0, few));
        }
    }

    #[test]
    fn a_method_may_ask_for_more_than_the_policy_but_not_for_less() {
        let at_least = |number, floor| is_too_small(&[Exposure::AtLeast { number, floor }], 5);
        assert!(at_least(29_000, 30_000) && !at_least(30_000, 30_000) && !at_least(0, 30_000));
        assert!(at_least(4000, 0) && !at_least(5000, 0));
    }

    #[test]
    fn nobody_and_five_may_be_shown() {
        assert!(!share(0, 100_000) && !share(100_000, 100_000));
        assert!(!share(5000, 100_000) && !share(95_000, 100_000) && !share(0, 5000));
    }
}
