//! Who reads everything that is printed and works out what is not: numbers that are a sum of known ones (elimination), then those
//! that only a few whole numbers fit (bounds, and linear programming). It shares no code with the program.
//!
//! Elimination is modulo 2³¹ − 1. What follows from the known numbers follows modulo a prime too; the other way round it could
//! fail only if the prime divided a determinant of zeros and ones of this size.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

const PRIME: u64 = (1 << 31) - 1;

/// A sum of unknowns, each so many times: the number of the unknown first.
pub type Sum = Vec<(usize, i64)>;

/// Numbers that are known: sums of unknowns that are zero or more.
#[derive(Default)]
pub struct Known {
    unknowns: usize,
    rows: Vec<(Sum, i64)>,
    /// Reduced rows by their pivots, with the known number last.
    reduced: Vec<(usize, Vec<u64>)>,
    /// The least and the largest that each unknown can be.
    bounds: Vec<(i64, i64)>,
}

impl Known {
    /// Of so many unknowns, none of which is larger than `most`.
    pub fn of(unknowns: usize, most: i64) -> Self {
        Self { unknowns, bounds: vec![(0, most); unknowns], ..Self::default() }
    }

    /// Learns a number.
    pub fn learn(&mut self, sum: Sum, is: i64) {
        let mut row = self.vector(&sum);
        row[self.unknowns] = modulo(is);
        self.reduce(&mut row);
        let Some(pivot) = row[..self.unknowns].iter().position(|number| *number != 0) else {
            assert_eq!(row[self.unknowns], 0, "what is told contradicts itself");
            return;
        };
        let scale = inverse(row[pivot]);
        row.iter_mut().for_each(|number| *number = *number * scale % PRIME);
        for (_, other) in &mut self.reduced {
            subtract(other, &row, pivot);
        }
        self.reduced.push((pivot, row));
        self.rows.push((sum, is));
    }

    /// The number, if it follows from those that are known.
    pub fn follows(&self, sum: &Sum) -> Option<i64> {
        let mut row = self.vector(sum);
        self.reduce(&mut row);
        let known = row[..self.unknowns].iter().all(|number| *number == 0);
        known.then(|| signed(PRIME - row[self.unknowns]).unwrap_or_default())
    }

    /// Does all that is known stay as it is when the unknowns change by so much?
    pub fn allows(&self, change: &Sum) -> bool {
        let by = |unknown: usize| {
            change.iter().filter(|(other, _)| *other == unknown).map(|(_, by)| by).sum::<i64>()
        };
        self.rows
            .iter()
            .all(|(sum, _)| sum.iter().map(|(unknown, times)| times * by(*unknown)).sum::<i64>() == 0)
    }

    /// Tightens the bounds of the unknowns until nothing changes, and learns those that are left with one value.
    pub fn narrow(&mut self) {
        loop {
            let reduced = self.reduced.iter().filter_map(|(_, row)| self.decoded(row));
            let rows: Vec<(Sum, i64)> = self.rows.iter().cloned().chain(reduced).collect();
            let mut changed = true;
            while changed {
                changed = false;
                for row in &rows {
                    changed |= self.tighten(row);
                }
            }
            let fixed: Vec<(usize, i64)> = (0..self.unknowns)
                .filter(|unknown| self.bounds[*unknown].0 == self.bounds[*unknown].1)
                .map(|unknown| (unknown, self.bounds[unknown].0))
                .filter(|(unknown, _)| self.follows(&vec![(*unknown, 1)]).is_none())
                .collect();
            if fixed.is_empty() {
                return;
            }
            for (unknown, is) in fixed {
                self.learn(vec![(unknown, 1)], is);
            }
        }
    }

    /// The least and the largest that a sum can be, by the bounds of the unknowns that it is made of, or of those that it can be
    /// told from.
    pub fn between(&self, sum: &Sum) -> (i64, i64) {
        let (least, most) = self.bounds_of(sum);
        let mut row = self.vector(sum);
        self.reduce(&mut row);
        let Some((rest, constant)) = self.decoded(&row) else { return (least, most) };
        let other = self.bounds_of(&rest);
        // The sum is the rest and what is known of it; the reduced vector holds the latter with its sign turned.
        (least.max(other.0 - constant), most.min(other.1 - constant))
    }

    /// The least and the largest that each sum can be, by linear programming. A sum that can be so far apart as is asked is left
    /// there: what the tables found on the way give of it is enough. `truth` is a table.
    pub fn solved(&self, sums: &[(Sum, i64)], truth: &[i64]) -> Vec<(f64, f64)> {
        let value = |sum: &Sum, table: &[f64]| sum.iter().map(|(u, times)| table[*u] * *times as f64).sum();
        let truth: Vec<f64> = truth.iter().map(|number| *number as f64).collect();
        let mut met: Vec<(f64, f64)> =
            sums.iter().map(|(sum, _)| (value(sum, &truth), value(sum, &truth))).collect();
        for (number, (sum, apart)) in sums.iter().enumerate() {
            for direction in [OptimizationDirection::Maximize, OptimizationDirection::Minimize] {
                if met[number].1 - met[number].0 >= *apart as f64 {
                    break;
                }
                let table = self.optimum(sum, direction);
                for ((sum, _), met) in sums.iter().zip(&mut met) {
                    let value = value(sum, &table);
                    *met = (met.0.min(value), met.1.max(value));
                }
            }
        }
        met
    }

    fn optimum(&self, sum: &Sum, direction: OptimizationDirection) -> Vec<f64> {
        let mut problem = Problem::new(direction);
        let times = |unknown: usize| {
            sum.iter().filter(|(other, _)| *other == unknown).map(|(_, times)| *times as f64).sum()
        };
        let variables: Vec<Variable> = (0..self.unknowns)
            .map(|unknown| {
                let (least, most) = self.bounds[unknown];
                problem.add_var(times(unknown), (least as f64, most as f64))
            })
            .collect();
        for (sum, is) in &self.rows {
            let terms: Vec<(Variable, f64)> = sum.iter().map(|(u, t)| (variables[*u], *t as f64)).collect();
            problem.add_constraint(&terms, ComparisonOp::Eq, *is as f64);
        }
        let solution =
            problem.solve().expect("the truth is a solution").into_solution().expect("no limit is set");
        variables.iter().map(|variable| solution.var_value(*variable)).collect()
    }

    fn bounds_of(&self, sum: &Sum) -> (i64, i64) {
        sum.iter().fold((0, 0), |(least, most), (unknown, times)| {
            let (a, b) = (times * self.bounds[*unknown].0, times * self.bounds[*unknown].1);
            (least + a.min(b), most + a.max(b))
        })
    }

    fn tighten(&mut self, (sum, is): &(Sum, i64)) -> bool {
        let mut changed = false;
        let (least, most) = self.bounds_of(sum);
        for (unknown, times) in sum {
            let (low, high) = self.bounds[*unknown];
            let (a, b) = (times * low, times * high);
            // What the others leave for it.
            let (from, to) = (is - (most - a.max(b)), is - (least - a.min(b)));
            let (from, to) = if *times > 0 { (from, to) } else { (-to, -from) };
            let size = times.abs();
            let new = (low.max(-(-from).div_euclid(size)), high.min(to.div_euclid(size)));
            assert!(new.0 <= new.1, "what is told contradicts itself");
            if new != (low, high) {
                self.bounds[*unknown] = new;
                changed = true;
                // Bounds of the sum are of the row as it began: they stay valid, and the next round is tighter.
            }
        }
        changed
    }

    fn vector(&self, sum: &Sum) -> Vec<u64> {
        let mut row = vec![0; self.unknowns + 1];
        for (unknown, times) in sum {
            row[*unknown] = (row[*unknown] + modulo(*times)) % PRIME;
        }
        row
    }

    fn reduce(&self, row: &mut [u64]) {
        for (pivot, known) in &self.reduced {
            subtract(row, known, *pivot);
        }
    }

    /// A row with small whole numbers, as a sum and what it is; `None` where a number is none.
    fn decoded(&self, row: &[u64]) -> Option<(Sum, i64)> {
        let (numbers, is) = row.split_at(self.unknowns);
        let terms = numbers.iter().enumerate().filter(|(_, number)| **number != 0);
        let sum: Option<Sum> = terms
            .map(|(unknown, number)| Some((unknown, signed(*number).filter(|times| times.abs() < 9)?)))
            .collect();
        Some((sum?, signed(is[0])?))
    }
}

/// Takes the row as many times from the other as its pivot is in there.
fn subtract(other: &mut [u64], row: &[u64], pivot: usize) {
    let times = other[pivot];
    if times == 0 {
        return;
    }
    for (number, own) in other.iter_mut().zip(row) {
        if *own != 0 {
            *number = (*number + PRIME * PRIME - times * own) % PRIME;
        }
    }
}

fn modulo(number: i64) -> u64 {
    number.rem_euclid(PRIME as i64) as u64
}

/// A number of either sign under a million, of which this is the rest.
fn signed(rest: u64) -> Option<i64> {
    let rest = (rest % PRIME) as i64;
    let number = if rest > PRIME as i64 / 2 { rest - PRIME as i64 } else { rest };
    (number.abs() < 1_000_000).then_some(number)
}

/// By Fermat: to the power of the prime less two.
fn inverse(number: u64) -> u64 {
    let (mut result, mut base, mut power) = (1, number, PRIME - 2);
    while power > 0 {
        if power % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        power /= 2;
    }
    result
}

/// The municipality of 60 has areas of 17 and 40, and another one: 3. (Hand-computed.)
#[test]
fn what_is_left_of_a_total_follows() {
    let mut known = Known::of(3, 60);
    known.learn(vec![(0, 1), (1, 1), (2, 1)], 60);
    known.learn(vec![(0, 1)], 17);
    assert_eq!(known.follows(&vec![(2, 1)]), None);
    known.learn(vec![(1, 1)], 40);
    assert_eq!(known.follows(&vec![(2, 1)]), Some(3));
}

/// Cells of 41 and 39 and a polygon of 78 that has all of the first and some of the second: 2 of the second are not in it, which
/// no cell tells by itself. (Hand-computed.)
#[test]
fn what_a_polygon_leaves_of_two_cells_follows() {
    let mut known = Known::of(3, 200);
    known.learn(vec![(0, 1)], 41);
    known.learn(vec![(1, 1), (2, 1)], 39);
    assert_eq!(known.follows(&vec![(2, 1)]), None);
    known.learn(vec![(0, 1), (1, 1)], 78);
    assert_eq!(known.follows(&vec![(2, 1)]), Some(2));
}

/// Areas of 143, 111, 180 and 82 by three origins with all margins told, where 3 and 4 are hidden with 22 and 12: the first is
/// then between 0 and 15, the second between 1 and 16 (R, GaussSuppression 1.2.3, ComputeIntervals).
#[test]
fn a_table_of_four_areas_and_three_origins_leaves_the_intervals_of_the_published_algorithm() {
    let table = [[118, 22, 3], [95, 4, 12], [140, 31, 9], [60, 15, 7]];
    let hidden = [(0, 1), (0, 2), (1, 1), (1, 2)];
    let told = |known: &mut Known, hidden: &[(usize, usize)]| {
        for (row, numbers) in table.iter().enumerate() {
            known.learn((0..3).map(|column| (3 * row + column, 1)).collect(), numbers.iter().sum());
        }
        for column in 0..3 {
            let sum = table.iter().map(|row| row[column]).sum();
            known.learn((0..4).map(|row| (3 * row + column, 1)).collect(), sum);
        }
        for (row, numbers) in table.iter().enumerate() {
            for (column, number) in numbers.iter().enumerate() {
                if !hidden.contains(&(row, column)) {
                    known.learn(vec![(3 * row + column, 1)], *number);
                }
            }
        }
    };
    let mut known = Known::of(12, 1000);
    told(&mut known, &hidden);
    known.narrow();
    let sums: [Sum; 2] = [vec![(2, 1)], vec![(4, 1)]];
    assert_eq!([known.follows(&sums[0]), known.follows(&sums[1])], [None, None]);
    assert_eq!([known.between(&sums[0]), known.between(&sums[1])], [(0, 15), (1, 16)]);
    let truth: Vec<i64> = table.concat();
    let solved: Vec<(i64, i64)> = known
        .solved(&sums.map(|sum| (sum, 100)), &truth)
        .iter()
        .map(|(least, most)| (least.round() as i64, most.round() as i64))
        .collect();
    assert_eq!(solved, [(0, 15), (1, 16)]);
    // With the two alone hidden both follow.
    let mut known = Known::of(12, 1000);
    told(&mut known, &hidden[1..3]);
    let [first, second] = [vec![(2, 1)], vec![(4, 1)]];
    assert_eq!([known.follows(&first), known.follows(&second)], [Some(3), Some(4)]);
}

/// Nobody in two places together is nobody in either, so that what is told of one of them with a third is the third's. (By hand.)
#[test]
fn a_zero_fixes_all_that_it_is_made_of() {
    let mut known = Known::of(3, 50);
    known.learn(vec![(0, 1), (1, 1)], 0);
    known.learn(vec![(1, 1), (2, 1)], 3);
    assert_eq!(known.follows(&vec![(2, 1)]), None);
    known.narrow();
    assert_eq!(known.follows(&vec![(2, 1)]), Some(3));
}
