//! The finest sums there are of a source: of the rows of one period that lie in exactly the same areas (an *atom*). The sum of
//! every area, rest and difference of areas is made of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    disclose::told::Counted,
    placed::{self, Patterns, Placed},
    plan::{Measure, Plan},
    publication::Missing,
    raw::Known,
    relations::relations,
};
use crate::ids::{Period, PopulationId};

/// What is added up over one source, atom by atom.
pub(in crate::compute) struct Atoms {
    /// Ascending.
    pub periods: Vec<Period>,
    /// Of each atom the numbers of the areas that it lies in, as in [`super::raw::Index`], ascending; the municipality's last.
    /// Rows that lie in no area are an atom of the municipality alone.
    ///
    /// Where rows are figures of areas, each area is an atom by itself, and so is the municipality where a row gives its
    /// figure. Where none does, it is no atom (or, if one does in another period or for another measure, its sum is missing):
    /// then it is the sum of the areas of the layer that covers it.
    pub places: Vec<Vec<u32>>,
    /// The rows are figures of areas: an area's figure tells nothing of its parts.
    pub by_key: bool,
    /// The number of each measure. What is the same for all rows has one number.
    pub measures: BTreeMap<Counted, usize>,
    /// By measure, period and atom, in thousandths. Zero where there are no such rows; where rows are figures of areas there is
    /// no data then, as there is none in a period in which the rows of a measure are not known.
    pub sums: Vec<Stored>,
    /// The rows of every atom, by period and atom.
    pub rows: Vec<i64>,
    /// What holds for the measures in every atom.
    pub relations: Vec<Relation>,
}

/// A sum of measures, each so many times, that is zero in every atom of every period in which they are all known: children and
/// adults are everybody. The first one is in no other relation and has the coefficient 1 or −1: the others give it.
pub(in crate::compute) type Relation = Vec<(usize, i64)>;

/// A sum in thousandths, or why there is none, in eight bytes: there are millions of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::compute) struct Stored(i64);

/// No sum is as low as these.
const WITHHELD: i64 = i64::MIN;
const NO_DATA: i64 = i64::MIN + 1;

impl From<Known<i128>> for Stored {
    fn from(sum: Known<i128>) -> Self {
        Self(match sum {
            // Nothing is counted whose sum is beyond 64 bits.
            Known::Is(sum) => sum as i64,
            Known::Withheld => WITHHELD,
            Known::Missing(_) => NO_DATA,
        })
    }
}

impl Stored {
    /// The sum, or why there is none.
    pub fn known(self) -> Known<i128> {
        match self.0 {
            WITHHELD => Known::Withheld,
            NO_DATA => Known::Missing(Missing::NoData),
            sum => Known::Is(sum.into()),
        }
    }

    /// The sum, if it is known.
    pub fn get(self) -> Option<i64> {
        (self.0 > NO_DATA).then_some(self.0)
    }
}

impl Atoms {
    /// The sum of a measure in one period and atom.
    pub fn sum(&self, measure: usize, period: usize, atom: usize) -> Known<i128> {
        self.stored(measure, period, atom).known()
    }

    /// Several sources as one, either all of figures of areas or none: what one counts may be made of what others count (a
    /// file for each group of ages, and one for everybody), and one and the same number may stand in all of them.
    pub fn together(all: &[&Self]) -> Self {
        let periods: BTreeSet<Period> = all.iter().flat_map(|one| &one.periods).copied().collect();
        let places: BTreeSet<&Vec<u32>> = all.iter().flat_map(|one| &one.places).collect();
        let (mut sums, mut count, mut measures) = (Vec::new(), 0, BTreeMap::new());
        let mut rows = vec![0; periods.len() * places.len()];
        for one in all {
            let own: Vec<Option<usize>> =
                places.iter().map(|places| one.places.binary_search(places).ok()).collect();
            let number = one.measures.values().max().map_or(0, |last| last + 1);
            for measure in 0..number {
                for period in &periods {
                    sums.extend(one.of_period(measure, *period, &own));
                }
            }
            for (number, period) in periods.iter().enumerate() {
                let Ok(period) = one.periods.binary_search(period) else { continue };
                for (at, atom) in own.iter().enumerate() {
                    let found = atom.map_or(0, |atom| one.rows[period * one.places.len() + atom]);
                    rows[number * places.len() + at] += found;
                }
            }
            measures.extend(one.measures.iter().map(|(of, measure)| (of.clone(), count + measure)));
            count += number;
        }
        let each = rows.len();
        Self {
            places: places.into_iter().cloned().collect(),
            periods: periods.into_iter().collect(),
            by_key: all.iter().any(|one| one.by_key),
            measures,
            rows,
            relations: relations(each, count, |row, measure| sums[measure * each + row].get()),
            sums,
        }
    }

    /// The sums of a measure in a period, by atoms some of which the source does not have.
    fn of_period(&self, measure: usize, period: Period, atoms: &[Option<usize>]) -> Vec<Stored> {
        let no_data = Stored(NO_DATA);
        let Ok(period) = self.periods.binary_search(&period) else { return vec![no_data; atoms.len()] };
        let known = (0..self.places.len()).any(|atom| self.stored(measure, period, atom) != no_data);
        let none = if known && !self.by_key { Stored(0) } else { no_data };
        atoms.iter().map(|atom| atom.map_or(none, |atom| self.stored(measure, period, atom))).collect()
    }

    fn stored(&self, measure: usize, period: usize, atom: usize) -> Stored {
        self.sums[(measure * self.periods.len() + period) * self.places.len() + atom]
    }
}

/// The atoms of a source in the making.
pub(in crate::compute) struct Builder<'a> {
    placed: &'a Placed,
    patterns: Patterns,
    by_key: bool,
    /// By measure: its sums by period (all that there are) and atom.
    columns: Vec<Vec<Stored>>,
    numbers: BTreeMap<Measure, Numbers>,
}

/// The numbers under which a measure's sum and its rows are added up.
#[derive(Clone, Copy)]
struct Numbers {
    sum: usize,
    rows: usize,
}

impl<'a> Builder<'a> {
    pub fn new(placed: &'a Placed, by_key: bool) -> Self {
        Self { placed, patterns: placed.patterns(), by_key, columns: Vec::new(), numbers: BTreeMap::new() }
    }

    /// One more measure.
    pub fn add(&mut self, measure: Measure, counted: &placed::Counted) {
        let cells = self.placed.by_pattern(counted, &self.patterns);
        let sum = self.columns.len();
        self.columns.push(cells.iter().map(|cell| cell.map(|cell| cell.sum).into()).collect());
        let rows = self.columns.len();
        if measure.amount.is_some() {
            let thousandths = |rows: i64| i128::from(rows) * 1000;
            self.columns
                .push(cells.iter().map(|cell| cell.map(|cell| thousandths(cell.rows)).into()).collect());
        }
        let rows = if measure.amount.is_some() { rows } else { sum };
        self.numbers.insert(measure, Numbers { sum, rows });
    }

    /// Leaves out the periods for which there is nothing, and finds what holds for the measures; `told`: the populations that
    /// are told of here.
    pub fn finish(self, plan: &Plan, everything: Measure, told: impl Fn(&PopulationId) -> bool) -> Atoms {
        let width = self.patterns.places.len();
        let every = self.numbers[&everything].sum;
        let of = |period: usize| period * width..(period + 1) * width;
        let is_there =
            |period: &usize| self.columns[every][of(*period)].iter().any(|sum| sum.get().is_some());
        let all = self.placed.periods();
        let kept: Vec<usize> = (0..all.len()).filter(is_there).collect();
        let (count, of_kept) = (self.columns.len(), kept.len() * width);
        let mut sums = Vec::with_capacity(count * of_kept);
        for column in self.columns {
            kept.iter().for_each(|period| sums.extend_from_slice(&column[of(*period)]));
        }
        let told = plan.populations.iter().filter(|(id, _)| told(id));
        let each = told.flat_map(|(id, measure)| {
            let Numbers { sum, rows } = self.numbers[measure];
            [(Counted::Sum((*id).clone()), sum), (Counted::Rows((*id).clone()), rows)]
        });
        let rows = &sums[every * of_kept..(every + 1) * of_kept];
        Atoms {
            periods: kept.iter().map(|period| all[*period]).collect(),
            places: self.patterns.places,
            by_key: self.by_key,
            measures: each.chain([(Counted::Every(plan.source.clone()), every)]).collect(),
            rows: rows.iter().map(|sum| sum.get().unwrap_or(0) / 1000).collect(),
            relations: relations(of_kept, count, |row, measure| sums[measure * of_kept + row].get()),
            sums,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{
        super::{
            count::count,
            random_tables::{BLOCKS, DISTRICTS, Row, catalogue, places, table},
        },
        *,
    };
    use crate::{ids::SourceId, sources::Tables};

    /// The number of a district's area, and of the municipality.
    const DISTRICT: u32 = BLOCKS;
    const ALL: u32 = BLOCKS + DISTRICTS;

    fn row(year: i32, block: Option<u32>, district: Option<u32>, age: i32) -> Row {
        Row {
            year: Some(year),
            block,
            district,
            municipality: block.is_none() && district.is_none(),
            age: Some(age),
            kind: Some("a"),
            share: Some(0.25),
            amount: None,
            hidden: false,
            household: None,
            person: None,
        }
    }

    fn atoms(rows: &[Row], by_key: bool) -> Atoms {
        let source = SourceId::from("rows");
        let tables = Tables { tables: BTreeMap::from([(source.clone(), table(rows, by_key))]) };
        let mut raw = count(&catalogue(), &tables, &places()).unwrap_or_else(|errors| panic!("{errors:#?}"));
        raw.atoms.remove(&source).expect("the atoms of the source")
    }

    /// The sums of a measure by atom in a period.
    fn sums(atoms: &Atoms, of: &Counted, period: usize) -> Vec<Known<i128>> {
        (0..atoms.places.len()).map(|atom| atoms.sum(atoms.measures[of], period, atom)).collect()
    }

    fn sum(population: &str) -> Counted {
        Counted::Sum(population.into())
    }

    /// Six rows of one year and one of the next, in two layers that overlap.
    fn persons() -> Vec<Row> {
        let (first, second) = (Some(0), Some(1));
        vec![
            row(2020, first, first, 10),
            row(2020, first, first, 40),
            row(2020, first, second, 20),
            Row { amount: None, hidden: true, ..row(2020, second, second, 50) },
            Row { amount: Some(1.5), ..row(2020, None, second, 5) },
            row(2020, None, None, 70),
            row(2021, first, first, 20),
        ]
    }

    #[test]
    fn rows_of_the_same_areas_are_an_atom_and_everything_is_added_up_in_it() {
        let atoms = atoms(&persons(), false);
        assert!(atoms.periods == [Period::Year(2020), Period::Year(2021)] && !atoms.by_key);
        let (first, second) = (DISTRICT, DISTRICT + 1);
        let expected =
            [vec![0, first, ALL], vec![0, second, ALL], vec![1, second, ALL], vec![second, ALL], vec![ALL]];
        assert_eq!(atoms.places, expected);
        assert_eq!(atoms.rows, [2, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
        let is = |numbers: [i128; 5]| numbers.map(Known::Is).to_vec();
        assert!(sums(&atoms, &sum("all"), 0) == is([2000, 1000, 1000, 1000, 1000]));
        assert!(sums(&atoms, &sum("young"), 0) == is([1000, 1000, 0, 1000, 0]));
        assert!(sums(&atoms, &sum("young"), 1) == is([1000, 0, 0, 0, 0]));
        assert!(sums(&atoms, &sum("weighted"), 0) == is([250, 250, 0, 250, 0]));
        assert!(sums(&atoms, &Counted::Rows("weighted".into()), 0) == is([1000, 1000, 0, 1000, 0]));
    }

    #[test]
    fn what_the_supplier_hid_is_hidden_and_what_a_period_lacks_is_missing() {
        let atoms = atoms(&persons(), false);
        let nobody = Known::Is(0);
        let expected = [nobody, nobody, Known::Withheld, Known::Is(1500), nobody];
        assert!(sums(&atoms, &sum("amounts"), 0) == expected);
        assert!(sums(&atoms, &sum("amounts"), 1) == [Known::Missing(Missing::NoData); 5]);
    }

    #[test]
    fn equal_measures_have_one_number() {
        let atoms = atoms(&persons(), false);
        let number = |of: Counted| atoms.measures[&of];
        assert_eq!(number(sum("all")), number(Counted::Rows("all".into())));
        assert_eq!(number(sum("all")), number(Counted::Every("rows".into())));
        assert_ne!(number(sum("weighted")), number(Counted::Rows("weighted".into())));
        assert!(atoms.relations.contains(&vec![(number(sum("nobody")), 1)]));
    }

    #[test]
    fn figures_of_areas_are_atoms_by_themselves_and_the_municipality_only_where_a_row_gives_it() {
        let (blocks, none) = ([Some(0), Some(1)], None);
        let figures = [
            row(2020, blocks[0], none, 10),
            row(2020, none, Some(0), 40),
            row(2020, none, none, 20),
            row(2021, blocks[0], none, 10),
            row(2021, blocks[1], none, 10),
        ];
        let missing = Known::Missing(Missing::NoData);
        let (one, all) = (Known::Is(1000), sum("all"));
        let given = atoms(&figures, true);
        assert!(given.by_key);
        assert_eq!(given.places, [vec![0], vec![1], vec![DISTRICT], vec![ALL]]);
        assert!(sums(&given, &all, 0) == [one, missing, one, one]);
        assert!(sums(&given, &all, 1) == [one, one, missing, missing]);
        assert_eq!(given.rows, [1, 0, 1, 1, 1, 1, 0, 0]);
        let added_up = atoms(&figures[3..], true);
        assert_eq!(added_up.places, [vec![0], vec![1]]);
    }

    /// Atoms of one period with one measure.
    fn of(id: &str, by_key: bool, periods: &[u16], places: &[u32], numbers: &[i64]) -> Atoms {
        Atoms {
            periods: periods.iter().map(|year| Period::Year(*year)).collect(),
            places: places.iter().map(|place| vec![*place]).collect(),
            by_key,
            measures: BTreeMap::from([(sum(id), 0)]),
            sums: numbers.iter().map(|number| Stored(*number)).collect(),
            rows: numbers.iter().map(|number| number / 1000).collect(),
            relations: Vec::new(),
        }
    }

    #[test]
    fn files_of_groups_and_the_file_of_everybody_are_one_table() {
        let areas = [0, 1, 2, 3, 4];
        let children = of("children", true, &[2020], &areas, &[1000, 2000, 3000, 4000, 7000]);
        let adults = of("adults", true, &[2020], &areas, &[5000, 4000, 9000, 1000, 2000]);
        let all = of("all", true, &[2020], &areas, &[6000, 6000, 12_000, 5000, 9000]);
        let one = Atoms::together(&[&children, &adults, &all]);
        assert!(one.measures == BTreeMap::from([(sum("children"), 0), (sum("adults"), 1), (sum("all"), 2)]));
        assert_eq!(one.relations, [vec![(2, 1), (0, -1), (1, -1)]]);
        // An area less, and a year in which only everybody is counted: four areas are too few to say what holds.
        let all = of("all", true, &[2020, 2021], &areas[..4], &[6000, 6000, 12_000, 5000, 1, 2, 3, 4]);
        let one = Atoms::together(&[&children, &adults, &all]);
        let missing = Known::Missing(Missing::NoData);
        assert!(sums(&one, &sum("children"), 0)[4] == Known::Is(7000));
        assert!(sums(&one, &sum("all"), 0)[4] == missing && sums(&one, &sum("adults"), 1) == [missing; 5]);
        assert_eq!(one.rows, [12, 12, 24, 10, 9, 0, 0, 0, 0, 0]);
        assert!(one.relations.is_empty());
    }

    #[test]
    fn rows_that_a_source_has_none_of_in_an_atom_are_nobody() {
        let persons = of("persons", false, &[2020], &[0, 1], &[1000, 2000]);
        let dwellings = of("dwellings", false, &[2020, 2021], &[1, 2], &[3000, 4000, 5000, 6000]);
        let one = Atoms::together(&[&persons, &dwellings]);
        assert_eq!(one.places, [vec![0], vec![1], vec![2]]);
        assert!(sums(&one, &sum("persons"), 0) == [1000, 2000, 0].map(Known::Is));
        assert!(sums(&one, &sum("dwellings"), 0) == [0, 3000, 4000].map(Known::Is));
        assert!(sums(&one, &sum("persons"), 1) == [Known::Missing(Missing::NoData); 3]);
    }
}
