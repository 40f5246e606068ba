//! What suppliers' figures of areas keep to: tables of different days and makers need not add up, and what they do not keep to
//! binds nobody.
//!
//! The attacker is given only what the figures themselves allow, hidden ones included; else he would find that nothing is
//! possible, or narrow a number to what it is not.

use crate::audit::{
    model::{Interval, Row, Terms},
    propagate::propagate,
    sheet::Sheet,
};

/// Leaves out of a sheet the equations, and the parts of wholes, that do not hold with these numbers: of every variable its own
/// where it is known, in steps.
pub(in crate::compute) fn keep_to(sheet: &mut Sheet, numbers: &[Option<i128>]) {
    let known = |number: &Option<i128>| match *number {
        Some(number) => Interval::closed(number, number),
        None => Interval { lo: Some(0), hi: None },
    };
    let bounds: Vec<Interval> = numbers.iter().map(known).collect();
    let whole = |(part, whole): &(Terms, Terms)| {
        let minus = part.iter().map(|(variable, by)| (*variable, -by));
        let mut terms: Terms = whole.iter().copied().chain(minus).collect();
        terms.sort_unstable();
        terms
    };
    let zero = sheet.zero.iter().map(|terms| (terms.clone(), Interval::closed(0, 0)));
    let parts = sheet.at_most.iter().map(|pair| (whole(pair), Interval { lo: Some(0), hi: None }));
    let row = |(figure, (terms, bounds)): (usize, (Terms, Interval))| Row { terms, bounds, figure };
    let mut rows: Vec<Row> = zero.chain(parts).enumerate().map(row).collect();
    while let Err(contradiction) = propagate(bounds.clone(), &rows) {
        let Some(figure) = contradiction.figure else { return };
        rows.retain(|row| row.figure != figure);
    }
    let mut kept = vec![false; sheet.zero.len() + sheet.at_most.len()];
    rows.iter().for_each(|row| kept[row.figure] = true);
    let mut at = kept.into_iter();
    sheet.zero.retain(|_| at.next().unwrap_or(false));
    sheet.at_most.retain(|_| at.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(zero: Vec<Terms>, at_most: Vec<(Terms, Terms)>, variables: usize) -> Sheet {
        Sheet {
            name: "figures 2025".into(),
            scale: 1,
            variables: (0..variables).map(|variable| variable.to_string()).collect(),
            zero,
            at_most,
            known: Vec::new(),
            between: Vec::new(),
            protected: Vec::new(),
        }
    }

    #[test]
    fn a_district_smaller_than_the_estates_in_it_is_by_itself_and_others_stay_sums() {
        // District 0 is estate 1 and the rest 2; district 3 is estate 4 and the rest 5.
        let of = |district: usize| vec![(district, 1), (district + 1, -1), (district + 2, -1)];
        let mut sheet = sheet(vec![of(0), of(3)], Vec::new(), 6);
        keep_to(&mut sheet, &[Some(40), Some(43), None, Some(60), Some(20), None]);
        assert_eq!(sheet.zero, [of(3)]);
    }

    #[test]
    fn a_part_that_would_be_larger_than_its_whole_in_what_is_left_of_a_district_binds_nobody() {
        // Of district 0 (part 3) the estate 1 (part 4) leaves 2 persons (variable 2), and 5 with the trait (variable 5).
        let zero = vec![vec![(0, 1), (1, -1), (2, -1)], vec![(3, 1), (4, -1), (5, -1)]];
        let part = |part: usize, whole: usize| (vec![(part, 1)], vec![(whole, 1)]);
        let mut sheet = sheet(zero, vec![part(3, 0), part(4, 1), part(5, 2)], 6);
        keep_to(&mut sheet, &[Some(100), Some(98), None, Some(15), Some(10), None]);
        assert!(sheet.zero.len() + sheet.at_most.len() == 4, "one of what contradicts is left out");
        assert!(sheet.at_most.contains(&part(3, 0)) && sheet.at_most.contains(&part(4, 1)));
    }

    #[test]
    fn figures_that_fit_together_stay_as_they_are() {
        let zero = vec![vec![(0, 1), (1, -1), (2, -1)]];
        let mut sheet = sheet(zero.clone(), vec![(vec![(1, 1)], vec![(0, 1)])], 3);
        keep_to(&mut sheet, &[Some(10), Some(4), None]);
        assert_eq!((sheet.zero, sheet.at_most.len()), (zero, 1));
    }
}
