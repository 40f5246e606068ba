//! Which measures are made of which: linear relations that hold wherever all their measures are known. Nobody has to declare
//! that children and adults are everybody; the numbers say so.
//!
//! They are the null space of the matrix of all sums (a row for each atom and period, a column for each measure), by Gaussian
//! elimination modulo the prime 2^61 − 1. A combination that holds by chance in a few rows has coefficients that look random
//! modulo the prime, so only those with small whole ones are kept, if there are more rows than such a combination can fit; each
//! is then tried on every row, exactly.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    atoms::Relation,
    modulo::{PRIME, inverse, plus, residue, times},
};

/// The largest coefficient.
const LARGEST: i64 = 3;
/// So many distinct rows more than a relation has terms must bear it out.
const SPARE: usize = 2;
/// Elimination begins with so many rows for each measure; of the others it takes those that refute what it finds.
const ROWS: usize = 4;
/// Not all measures are known in the same rows. So many sets of measures that are known together are tried.
const SETS: usize = 16;

/// Coefficients by measure, none of them zero.
type Terms = BTreeMap<usize, i64>;

/// The relations among `measures` columns over so many rows; `value` gives a row's number in a column where it is known.
pub(in crate::compute) fn relations(
    rows: usize,
    measures: usize,
    value: impl Fn(usize, usize) -> Option<i64>,
) -> Vec<Relation> {
    let mut by_known: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
    for row in 0..rows {
        let known = (0..measures).map(|measure| value(row, measure).is_some()).collect();
        by_known.entry(known).or_default().push(row);
    }
    let holds = |relation: &Terms| {
        let term = |row: usize, (measure, by): (&usize, &i64)| {
            value(row, *measure).map(|value| i128::from(value) * i128::from(*by))
        };
        let sum = |row: usize| relation.iter().map(|one| term(row, one)).sum::<Option<i128>>();
        (0..rows).all(|row| sum(row).is_none_or(|sum| sum == 0))
    };
    let mut sets: Vec<&Vec<bool>> = by_known.keys().collect();
    sets.sort_by_key(|known| Reverse(by_known[*known].len()));
    let mut reduced = Reduced::default();
    for known in sets.into_iter().take(SETS) {
        let includes = |other: &Vec<bool>| known.iter().zip(other).all(|(known, other)| *other || !known);
        let with_all = by_known.iter().filter(|(other, _)| includes(other));
        let together = Together {
            measures: (0..measures).filter(|measure| known[*measure]).collect(),
            rows: with_all.flat_map(|(_, rows)| rows.iter().copied()).collect(),
            value: |row, measure| value(row, measure).unwrap_or(0),
        };
        let found = together.relations().into_iter();
        found.filter(|(relation, _)| holds(relation)).for_each(|(relation, of)| reduced.add(relation, of));
    }
    reduced.relations()
}

/// Measures that are known together, and the rows in which they are.
struct Together<V> {
    measures: Vec<usize>,
    rows: Vec<usize>,
    value: V,
}

impl<V: Fn(usize, usize) -> i64> Together<V> {
    /// Relations with small coefficients that hold modulo the prime, each with the measure that it gives.
    fn relations(mut self) -> Vec<(Terms, usize)> {
        self.keep_distinct();
        let enough = |terms: &Terms| terms.len() + SPARE <= self.rows.len();
        let vectors = self.null_space().into_iter();
        let small = vectors.filter_map(|vector| {
            let given = self.measures[vector.given];
            let terms = (1..=LARGEST).find_map(|times| vector.small(times))?;
            Some((terms.into_iter().map(|(column, by)| (self.measures[column], by)).collect(), given))
        });
        small.filter(|(terms, _)| enough(terms)).collect()
    }

    /// Leaves out rows of zeros, and rows that repeat others.
    fn keep_distinct(&mut self) {
        let (measures, value) = (&self.measures, &self.value);
        let mut seen = HashSet::new();
        self.rows.retain(|row| {
            let mut hasher = DefaultHasher::new();
            let mut zero = true;
            for measure in measures {
                let number = value(*row, *measure);
                zero &= number == 0;
                number.hash(&mut hasher);
            }
            !zero && seen.insert(hasher.finish())
        });
    }

    /// The null space: of evenly spread rows first, then also of rows in which a vector found does not hold.
    fn null_space(&self) -> Vec<Vector> {
        let modulo = |row: usize, measure: usize| residue((self.value)(row, measure));
        let numbers = |row: usize| self.measures.iter().map(|measure| modulo(row, *measure)).collect();
        let first = (ROWS * self.measures.len()).min(self.rows.len());
        let mut echelon = Echelon { columns: self.measures.len(), rows: BTreeMap::new() };
        (0..first).for_each(|n| echelon.add(numbers(self.rows[n * self.rows.len() / first])));
        loop {
            let vectors = echelon.null_space();
            let product = |vector: &Vector, row: usize| {
                let terms = vector.terms.iter();
                terms.fold(0, |sum, (column, by)| plus(sum, times(*by, modulo(row, self.measures[*column]))))
            };
            let refuting = |vector: &Vector| self.rows.iter().find(|row| product(vector, **row) != 0);
            let refuting: BTreeSet<usize> = vectors.iter().filter_map(refuting).copied().collect();
            if refuting.is_empty() {
                return vectors;
            }
            refuting.into_iter().for_each(|row| echelon.add(numbers(row)));
        }
    }
}

/// A vector of the null space: a column that is a combination of others, and all coefficients modulo the prime.
struct Vector {
    given: usize,
    terms: BTreeMap<usize, u64>,
}

impl Vector {
    /// So many times the vector, if all coefficients are small then.
    fn small(&self, by: i64) -> Option<Terms> {
        let small = |term: &u64| {
            let term = times(*term, by as u64) as i64;
            let signed = if term > PRIME as i64 / 2 { term - PRIME as i64 } else { term };
            (signed.abs() <= LARGEST).then_some(signed)
        };
        self.terms.iter().map(|(column, term)| Some((*column, small(term)?))).collect()
    }
}

/// Rows in reduced echelon form modulo the prime.
struct Echelon {
    columns: usize,
    /// By the leading column, which is 1 there and 0 in all others.
    rows: BTreeMap<usize, Vec<u64>>,
}

impl Echelon {
    fn add(&mut self, mut row: Vec<u64>) {
        for (leading, other) in &self.rows {
            take(&mut row, other, *leading);
        }
        let Some(leading) = row.iter().position(|number| *number != 0) else { return };
        let inverse = inverse(row[leading]);
        row.iter_mut().for_each(|number| *number = times(*number, inverse));
        self.rows.values_mut().for_each(|other| take(other, &row, leading));
        self.rows.insert(leading, row);
    }

    /// For each column that leads no row what it is made of.
    fn null_space(&self) -> Vec<Vector> {
        let free = (0..self.columns).filter(|column| !self.rows.contains_key(column));
        let vector = |given: usize| {
            let with_it = self.rows.iter().filter(|(_, row)| row[given] != 0);
            let others = with_it.map(|(leading, row)| (*leading, PRIME - row[given]));
            Vector { given, terms: others.chain([(given, 1)]).collect() }
        };
        free.map(vector).collect()
    }
}

/// Takes a row from another, so that nothing is left in its leading column.
fn take(from: &mut [u64], row: &[u64], leading: usize) {
    let by = PRIME - from[leading];
    if by != PRIME {
        from.iter_mut().zip(row).for_each(|(own, other)| *own = plus(*own, times(by, *other)));
    }
}

/// Relations that each give one measure that is in no other.
#[derive(Default)]
struct Reduced(BTreeMap<usize, Terms>);

impl Reduced {
    /// One more, unless it follows from the others, or gives no measure without a fraction; `of` is the one that it should.
    fn add(&mut self, mut new: Terms, of: usize) {
        self.0.iter().for_each(|(given, relation)| replace(&mut new, relation, *given));
        let gives = |measure: &usize| new.get(measure).is_some_and(|by| by.abs() == 1);
        let last = || new.keys().rev().copied().find(gives);
        let Some(given) = Some(of).filter(gives).or_else(last) else { return };
        let mut others = self.0.clone();
        others.values_mut().for_each(|relation| replace(relation, &new, given));
        others.insert(given, new);
        if others.values().all(|relation| relation.values().all(|by| by.abs() <= LARGEST)) {
            self.0 = others;
        }
    }

    fn relations(self) -> Vec<Relation> {
        let first = |(given, relation): (usize, Terms)| {
            let others = relation.clone().into_iter().filter(move |(measure, _)| *measure != given);
            relation.get(&given).map(|by| (given, *by)).into_iter().chain(others).collect()
        };
        self.0.into_iter().map(first).collect()
    }
}

/// Replaces a measure by what a relation says that it is; the relation has it once, or minus once.
fn replace(terms: &mut Terms, relation: &Terms, given: usize) {
    let Some(by) = terms.get(&given).map(|by| by * relation[&given]) else { return };
    for (measure, times) in relation {
        *terms.entry(*measure).or_default() -= by * times;
    }
    terms.retain(|_, by| *by != 0);
    let divisor = terms.values().fold(0, |divisor, by| common(divisor, by.abs()));
    terms.values_mut().for_each(|by| *by /= divisor);
}

fn common(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::{super::random::Stream, *};

    /// The relations of rows in which everything is known.
    fn of<const N: usize>(rows: &[[i64; N]]) -> Vec<Relation> {
        relations(rows.len(), N, |row, measure| Some(rows[row][measure]))
    }

    /// Rows of counts in thousandths that nothing but what `of` says holds for.
    fn random<const A: usize, const N: usize>(
        rows: usize,
        of: impl Fn([i64; A]) -> [i64; N],
    ) -> Vec<[i64; N]> {
        let mut stream = Stream::of(&["relations"]);
        let mut row = |_| of([0; A].map(|_: i64| stream.below(400) as i64 * 1000));
        (0..rows).map(&mut row).collect()
    }

    #[test]
    fn children_and_adults_are_everybody() {
        let rows =
            random(40, |[children, adults, dwellings]| [children + adults, children, dwellings, adults]);
        assert_eq!(of(&rows), [vec![(3, 1), (0, -1), (1, 1)]]);
    }

    #[test]
    fn three_origins_are_everybody_and_a_crossed_table_has_all_its_margins() {
        let rows = random(40, |[a, b, c]| [a, b, c, a + b + c]);
        assert_eq!(of(&rows), [vec![(3, 1), (0, -1), (1, -1), (2, -1)]]);
        let crossed = random(60, |[a, b, c, d, e, f]| {
            [a + b + c + d + e + f, a + b + c, d + e + f, a + d, b + e, c + f, a, b, c, d, e, f]
        });
        let found = of(&crossed);
        // Twelve measures of which six are free.
        assert_eq!(found.len(), 6);
        for (at, relation) in found.iter().enumerate() {
            assert!(relation[0].1.abs() == 1 && relation.iter().all(|(_, by)| by.abs() <= LARGEST));
            let others = found.iter().enumerate().filter(|(other, _)| *other != at);
            assert!(others.into_iter().all(|(_, other)| other.iter().all(|(of, _)| *of != relation[0].0)));
            for row in &crossed {
                assert_eq!(relation.iter().map(|(of, by)| row[*of] * by).sum::<i64>(), 0);
            }
        }
    }

    #[test]
    fn equal_measures_are_a_relation_of_two_and_a_measure_of_nobody_one_of_one() {
        let rows = random(20, |[a, b]| [a, b, a, 0]);
        assert_eq!(of(&rows), [vec![(2, 1), (0, -1)], vec![(3, 1)]]);
    }

    #[test]
    fn random_numbers_have_no_relation() {
        assert!(of(&random(300, |row: [i64; 30]| row)).is_empty());
    }

    #[test]
    fn parts_of_persons_in_thousandths_add_up_exactly_or_not_at_all() {
        let mut stream = Stream::of(&["weights"]);
        let mut row = |off: i64| {
            let (persons, full) = (stream.below(90) as i64 * 1000, stream.below(30_000) as i64);
            [persons, full, persons - full + off]
        };
        let mut rows: Vec<_> = (0..50).map(|_| row(0)).collect();
        assert_eq!(of(&rows), [vec![(2, 1), (0, -1), (1, 1)]]);
        rows.push(row(1));
        assert!(of(&rows).is_empty());
    }

    #[test]
    fn a_few_rows_of_small_numbers_have_no_relation_by_chance() {
        // The first two columns are equal, and the last is the sum of two others; three rows are too few to say so.
        let rows = [[1, 1, 2, 3, 5], [2, 2, 1, 3, 4], [0, 0, 3, 3, 1]];
        assert!(of(&rows).is_empty());
        // Four distinct ones are enough for two terms, if none of them is a row of zeros or repeats another.
        assert!(of(&[[1, 1], [2, 2], [3, 3], [2, 2], [0, 0]]).is_empty());
        assert_eq!(of(&[[1, 1], [2, 2], [3, 3], [4, 4]]), [vec![(1, 1), (0, -1)]]);
    }

    #[test]
    fn a_measure_of_a_single_row_among_thousands_is_not_lost() {
        let mut rows = random(5000, |[children, adults]| [children + adults, children, adults, 0]);
        rows[3217][0] += 7000;
        rows[3217][3] = 7000;
        assert_eq!(of(&rows), [vec![(3, 1), (0, -1), (1, 1), (2, 1)]]);
    }

    #[test]
    fn a_measure_known_in_some_periods_does_not_hide_what_others_are_made_of() {
        let rows = random(90, |[a, b, c]| [a + b, a, b, b - c, c]);
        // The last two are known from the middle on, the second until then: never all together.
        let value = |row: usize, measure: usize| {
            let known = if row < 45 { measure < 3 } else { measure != 1 };
            known.then_some(rows[row][measure])
        };
        let expected = [vec![(2, 1), (0, -1), (1, 1)], vec![(4, 1), (0, -1), (1, 1), (3, 1)]];
        assert_eq!(relations(90, 5, value), expected);
    }

    #[test]
    fn what_is_twice_another_is_given_by_it_and_not_the_other_by_halves() {
        let rows = random(40, |[a, b]| [2 * a, a, b, a + b]);
        assert_eq!(of(&rows), [vec![(0, -1), (1, 2)], vec![(3, 1), (1, -1), (2, -1)]]);
        // Twelve times another: more than what chance is told from.
        assert!(of(&random(40, |[a]| [a, 12 * a])).is_empty());
    }
}
