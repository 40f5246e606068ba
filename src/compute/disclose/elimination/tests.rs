//! Worked examples, and random tables against ranks of rational matrices.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::compute::random::Stream;

/// The sum of these variables.
fn all(variables: &[u32]) -> Sum {
    let variables: BTreeSet<u32> = variables.iter().copied().collect();
    variables.into_iter().map(|variable| (variable, 1)).collect()
}

/// Offers sums, the largest first and of equals that of most cells, as CandidatesDefault of R's GaussSuppression does; gives
/// those that were refused.
fn largest_first<'a>(
    elimination: &mut Elimination,
    mut offers: Vec<(&'a str, Sum, i64)>,
) -> Vec<(&'a str, i64)> {
    offers.sort_by_key(|(_, sum, total)| (Reverse(*total), Reverse(sum.len())));
    offers.retain(|(_, sum, _)| !elimination.publish(std::slice::from_ref(sum)));
    offers.into_iter().map(|(name, _, total)| (name, total)).collect()
}

/// Four areas (two of each district) by three groups, all margins offered. Refused are the same four cells as with
/// GaussSuppression 1.2.3 (R; SuppressSmallCounts, maxN = 4, protectZeros = FALSE).
#[test]
fn a_table_of_areas_by_groups_hides_two_further_cells_and_no_margin() {
    let cells = [
        ("A1 dansk", 118),
        ("A1 ikkevest", 22),
        ("A1 vestlig", 3),
        ("A2 dansk", 95),
        ("A2 ikkevest", 4),
        ("A2 vestlig", 12),
        ("B1 dansk", 140),
        ("B1 ikkevest", 31),
        ("B1 vestlig", 9),
        ("B2 dansk", 60),
        ("B2 ikkevest", 15),
        ("B2 vestlig", 7),
    ];
    let rows =
        [("A1", 0..1), ("A2", 1..2), ("B1", 2..3), ("B2", 3..4), ("A", 0..2), ("B", 2..4), ("all", 0..4)];
    let mut offers: Vec<(&str, Sum, i64)> = Vec::new();
    for (name, areas) in rows {
        for groups in [0..1, 1..2, 2..3, 0..3] {
            let of: Vec<u32> = areas
                .clone()
                .flat_map(|area: u32| groups.clone().map(move |group| area * 3 + group))
                .collect();
            let name = if of.len() == 1 { cells[of[0] as usize].0 } else { name };
            offers.push((name, all(&of), of.iter().map(|cell| cells[*cell as usize].1).sum()));
        }
    }
    let mut elimination = Elimination::new();
    let few = cells.iter().zip(0..).filter(|((_, count), _)| *count < 5);
    few.for_each(|(_, cell)| assert!(elimination.protect(&all(&[cell]))));
    let refused = largest_first(&mut elimination, offers);
    assert_eq!(refused, [("A1 ikkevest", 22), ("A2 vestlig", 12), ("A2 ikkevest", 4), ("A1 vestlig", 3)]);
}

/// A drawn zone of 78 takes in the cell of 41 and 37 of the cell of 39; 52 live in a third. The two that the zone leaves
/// out must not be known: GaussSuppression hides the second and the third cell.
#[test]
fn a_crossed_cell_that_is_protected_hides_the_cells_that_would_give_it_away() {
    let [c1, inside, outside, c3] = [0, 1, 2, 3];
    let offers = vec![
        ("c1", all(&[c1]), 41),
        ("c2", all(&[inside, outside]), 39),
        ("c3", all(&[c3]), 52),
        ("zone", all(&[c1, inside]), 78),
        ("all", all(&[c1, inside, outside, c3]), 132),
    ];
    let mut unprotected = Elimination::new();
    assert!(
        largest_first(&mut unprotected, offers.clone()).is_empty() && unprotected.knows(&all(&[outside]))
    );
    let mut elimination = Elimination::new();
    assert!(elimination.protect(&all(&[outside])));
    assert_eq!(largest_first(&mut elimination, offers), [("c3", 52), ("c2", 39)]);
}

#[test]
fn of_a_total_and_its_parts_the_last_that_would_tell_the_hidden_part_is_refused() {
    // 60 = 17 + 40 + 3.
    let mut elimination = Elimination::new();
    assert!(elimination.protect(&all(&[2])));
    assert!(elimination.publish(&[all(&[0, 1, 2])]) && elimination.publish(&[all(&[1])]));
    assert!(!elimination.publish(&[all(&[0])]) && !elimination.publish(&[vec![(0, -3)]]));
    assert!(elimination.publish(&[vec![(0, 2), (2, 2)]]) && !elimination.knows(&all(&[0])));
}

#[test]
fn a_square_with_all_margins_hides_all_four_cells_for_one() {
    let mut elimination = Elimination::new();
    [[0, 1], [2, 3], [0, 2], [1, 3]].iter().for_each(|line| elimination.know(&all(line)));
    assert!(elimination.protect(&all(&[0])));
    for cell in 0..4 {
        assert!(!elimination.publish(&[all(&[cell])]));
    }
}

/// Four rows by four columns of which nine cells are hidden, at least two in every line: still the second row less the
/// columns of its other cells gives the cell of the second row and third column.
#[test]
fn a_cell_that_follows_although_no_line_has_it_alone_is_known() {
    let published = [(1, 3), (1, 4), (2, 4), (3, 1), (3, 2), (4, 1), (4, 2)];
    let cell = |row: u32, column: u32| (row - 1) * 4 + column - 1;
    let lines: Vec<Sum> = (1..=4)
        .flat_map(|line| {
            [
                (1..=4).map(|other| cell(line, other)).collect(),
                (1..=4).map(|other| cell(other, line)).collect(),
            ]
        })
        .map(|cells: Vec<u32>| all(&cells))
        .collect();
    let cells = published.map(|(row, column)| all(&[cell(row, column)]));
    let mut told = Elimination::new();
    lines.iter().chain(&cells).for_each(|sum| told.know(sum));
    let known: Vec<(u32, u32)> = (1..=4)
        .flat_map(|row| (1..=4).map(move |column| (row, column)))
        .filter(|&(row, column)| {
            told.knows(&all(&[cell(row, column)])) && !published.contains(&(row, column))
        })
        .collect();
    assert_eq!(known, [(2, 3)]);
    assert!(!told.protect(&all(&[cell(2, 3)])));
    let mut controlled = Elimination::new();
    assert!(controlled.protect(&all(&[cell(2, 3)])) && controlled.publish(&lines));
    let refused = cells.iter().filter(|sum| !controlled.publish(&[sum.to_vec()])).count();
    assert_eq!(refused, 1);
}

#[test]
fn sums_that_are_only_together_too_much_are_refused_together_and_change_nothing() {
    let mut elimination = Elimination::new();
    assert!(elimination.protect(&all(&[0])));
    assert!(!elimination.publish(&[all(&[1]), all(&[0, 1])]) && !elimination.knows(&all(&[1])));
    assert!(elimination.publish(&[all(&[0, 1])]) && !elimination.publish(&[all(&[1])]));
}

#[test]
fn multiples_are_protected_once_also_when_they_become_so() {
    let mut elimination = Elimination::new();
    assert!(elimination.protect(&vec![(0, 1), (1, -2)]) && elimination.protect(&vec![(0, -3), (1, 6)]));
    assert_eq!(elimination.protected.len(), 1);
    // A part and the rest of a total that is told.
    assert!(elimination.protect(&all(&[3])) && elimination.protect(&all(&[4])));
    assert!(elimination.publish(&[all(&[3, 4])]));
    assert_eq!(elimination.by_key.len(), 2);
    assert!(!elimination.publish(&[all(&[3])]) && !elimination.publish(&[all(&[4])]));
}

#[test]
fn what_becomes_known_otherwise_is_not_protected_any_more() {
    let mut elimination = Elimination::new();
    assert!(elimination.protect(&all(&[0])) && !elimination.publish(&[all(&[0])]));
    elimination.know(&vec![(0, 5)]);
    assert!(elimination.publish(&[all(&[0])]) && elimination.publish(&[all(&[1])]));
}

#[test]
fn beyond_the_budget_only_what_is_known_is_published() {
    let mut elimination = Elimination::with_budget(20);
    assert!(elimination.protect(&all(&[9])) && elimination.publish(&[all(&[0, 1])]));
    while elimination.work < 20 {
        assert!(elimination.publish(&[all(&[0, 1])]));
    }
    assert!(!elimination.publish(&[all(&[2])]) && elimination.publish(&[all(&[0, 1])]));
    elimination.know(&all(&[2]));
    assert!(elimination.publish(&[all(&[2])]));
}

/// The terms worked through for a block of measures by areas, in districts of 30, with every third area small.
fn work_for(areas: u32, upward: bool) -> usize {
    let mut elimination = Elimination::new();
    let mut stream = Stream::of(&["work"]);
    let number = areas + areas / 30 + 1;
    for measure in 0..4 {
        let at = |place: u32| measure * number + place;
        for district in 0..areas / 30 {
            let parts = (district * 30..district * 30 + 30).map(|area| (at(area), 1));
            elimination.know(&parts.chain([(at(areas + district), -1)]).collect());
        }
        let districts = (0..areas / 30).map(|district| (at(areas + district), 1));
        elimination.know(&districts.chain([(at(number - 1), -1)]).collect());
        (0..areas)
            .filter(|_| stream.below(3) == 0)
            .for_each(|area| assert!(elimination.protect(&all(&[at(area)]))));
        let own = (0..areas).map(|area| if upward { area } else { areas - 1 - area });
        for place in (areas..number).rev().chain(own) {
            elimination.publish(&[all(&[at(place)])]);
        }
    }
    elimination.work
}

#[test]
fn four_times_the_areas_take_about_four_times_the_work_in_whichever_order() {
    for upward in [true, false] {
        let (small, large) = (work_for(300, upward), work_for(1200, upward));
        assert!(large < 5 * small, "{small} and {large} terms");
    }
}

/// The rank of whole rows in rational numbers: elimination without fractions.
fn rank(rows: &[&Sum]) -> usize {
    let dense = |sum: &&Sum| {
        let mut row = vec![0_i128; 16];
        sum.iter().for_each(|&(variable, by)| row[variable as usize] = i128::from(by));
        row
    };
    let mut rows: Vec<Vec<i128>> = rows.iter().map(dense).collect();
    let mut rank = 0;
    for column in 0..16 {
        let Some(found) = (rank..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
        rows.swap(rank, found);
        let pivot = rows[rank].clone();
        for row in &mut rows[rank + 1..] {
            let by = row[column];
            row.iter_mut().zip(&pivot).for_each(|(own, other)| *own = *own * pivot[column] - other * by);
            let common = row.iter().fold(0, |common, own| divisor(common, own.abs()));
            row.iter_mut().for_each(|own| *own /= common.max(1));
        }
        rank += 1;
    }
    rank
}

fn divisor(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { divisor(other, one % other) }
}

/// Is a sum a combination of others?
fn follows<'a>(sum: &'a Sum, known: &[&'a Sum]) -> bool {
    rank(known) == rank(&known.iter().copied().chain([sum]).collect::<Vec<_>>())
}

/// Cells of a table, its lines, and sums of a few cells with signs and weights.
fn random_sums(stream: &mut Stream) -> Vec<Sum> {
    let (rows, columns) = (2 + stream.below(3) as u32, 2 + stream.below(3) as u32);
    let mut sums: Vec<Sum> = (0..rows * columns).map(|cell| all(&[cell])).collect();
    sums.extend(
        (0..rows).map(|row| all(&(0..columns).map(|column| row * columns + column).collect::<Vec<_>>())),
    );
    sums.extend(
        (0..columns).map(|column| all(&(0..rows).map(|row| row * columns + column).collect::<Vec<_>>())),
    );
    for _ in 0..6 {
        let mut sum = BTreeMap::new();
        for _ in 0..2 + stream.below(3) {
            sum.insert(stream.below((rows * columns) as usize) as u32, [1, 1, -1, 2][stream.below(4)]);
        }
        sums.push(sum.into_iter().collect());
    }
    for at in (1..sums.len()).rev() {
        sums.swap(at, stream.below(at + 1));
    }
    sums
}

#[test]
fn whatever_is_published_tells_no_protected_sum_and_whatever_is_refused_would() {
    for table in 0..200 {
        let mut stream = Stream::of(&["tables", &table.to_string()]);
        let sums = random_sums(&mut stream);
        let mut elimination = Elimination::new();
        let (mut known, mut protected): (Vec<&Sum>, Vec<&Sum>) = Default::default();
        for sum in sums.iter().take(stream.below(3)) {
            elimination.know(sum);
            known.push(sum);
        }
        for sum in sums.iter().rev().take(1 + stream.below(4)) {
            let can_be = elimination.protect(sum);
            assert_eq!(can_be, !follows(sum, &known));
            protected.extend(can_be.then_some(sum));
        }
        for offer in sums.chunks(1 + stream.below(2)) {
            let with: Vec<&Sum> = known.iter().copied().chain(offer).collect();
            let tells = protected.iter().any(|sum| follows(sum, &with));
            assert_eq!(elimination.publish(offer), !tells, "table {table}");
            if !tells {
                known = with;
            }
        }
        for sum in &sums {
            assert_eq!(elimination.knows(sum), follows(sum, &known), "table {table}");
        }
    }
}

/// Everything that the answers depend on, in a settled order.
fn state(elimination: &Elimination) -> impl PartialEq + std::fmt::Debug + use<> {
    let sorted =
        |terms: &Terms| terms.iter().map(|(&variable, &by)| (variable, by)).collect::<BTreeMap<_, _>>();
    let known: Vec<_> = elimination.known.iter().map(|row| (row.variable, row.others.clone())).collect();
    let protected: Vec<_> =
        elimination.protected.iter().map(|sum| (sorted(&sum.terms), sum.prints)).collect();
    let holders = elimination.holders.iter().zip(0..).filter(|(holders, _)| !holders.is_empty());
    let holders: BTreeMap<u32, BTreeSet<u32>> =
        holders.map(|(holders, variable)| (variable, holders.iter().copied().collect())).collect();
    let by_key: BTreeMap<u64, BTreeSet<u32>> =
        elimination.by_key.iter().map(|(key, all)| (*key, all.iter().copied().collect())).collect();
    let solved: Vec<_> = elimination.solved.iter().zip(0..).filter(|(row, _)| row.is_some()).collect();
    (
        known,
        protected,
        holders,
        by_key,
        solved.into_iter().map(|(row, at): (_, u32)| (*row, at)).collect::<Vec<_>>(),
    )
}

#[test]
fn undoing_comes_back_to_exactly_the_same_state() {
    for table in 0..200 {
        let mut stream = Stream::of(&["undo", &table.to_string()]);
        let mut elimination = Elimination::new();
        let mut before = Vec::new();
        for sum in random_sums(&mut stream) {
            if stream.below(3) == 0 {
                before.push((elimination.mark(), state(&elimination)));
            }
            match stream.below(6) {
                0 => elimination.know(&sum),
                1 | 2 => drop(elimination.protect(&sum)),
                3 | 4 => drop(elimination.publish(&[sum])),
                _ => {
                    if let Some((mark, expected)) = before.pop() {
                        elimination.undo(mark);
                        assert_eq!(state(&elimination), expected, "table {table}");
                    }
                }
            }
        }
        for (mark, expected) in before.into_iter().rev() {
            elimination.undo(mark);
            assert_eq!(state(&elimination), expected, "table {table}");
        }
    }
}

#[test]
fn products_and_inverses_are_those_of_the_prime() {
    let mut stream = Stream::of(&["modulo"]);
    for _ in 0..1000 {
        let (one, other) = (stream.next_u64() % PRIME, stream.next_u64() % PRIME);
        assert_eq!(u128::from(times(one, other)), u128::from(one) * u128::from(other) % u128::from(PRIME));
        assert!(one == 0 || times(one, inverse(one)) == 1);
        assert_eq!(plus(one, minus(one)), 0);
    }
    assert_eq!(times(PRIME - 1, PRIME - 1), 1);
    assert_eq!(plus(residue(-7), residue(7)), 0);
    assert_eq!(residue(i64::MIN), minus(4));
}
