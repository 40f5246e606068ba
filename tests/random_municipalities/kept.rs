//! How much is still printed: of all values of areas, against those that no rule hides by themselves, and against a plain rule that
//! hides one more wherever a row or a column has one hidden alone (which is easily undone).

use std::{collections::BTreeSet, fmt};

use super::{
    reading::{Read, told},
    town::ORIGINS,
};

/// Numbers of values.
#[derive(Default)]
pub struct Kept {
    all: usize,
    printed: usize,
    by_threshold: usize,
    by_rows_and_columns: usize,
}

impl Kept {
    pub fn of(read: &Read) -> Self {
        let mut kept = Self::default();
        for (layer, areas) in &read.layers {
            for year in &read.years {
                let values: Vec<_> = read
                    .values
                    .iter()
                    .filter(|value| value.layer == *layer && value.year == year.year)
                    .filter(|value| value.comparator.is_empty() && value.state != "missing")
                    .collect();
                let cell = |indicator: &str, area: &str| (indicator.to_string(), area.to_string());
                let small: BTreeSet<_> = values
                    .iter()
                    .filter(|value| {
                        let mut years = value.year - value.years + 1..=value.year;
                        years.any(|year| read.is_small(&value.indicator, &value.area, year))
                    })
                    .map(|value| cell(&value.indicator, &value.area))
                    .collect();
                let indicators: BTreeSet<&str> =
                    values.iter().map(|value| value.indicator.as_str()).collect();
                let lines: Vec<Vec<_>> = areas
                    .iter()
                    .map(|area| ORIGINS.iter().map(|origin| cell(origin, area)).collect())
                    .chain(indicators.iter().map(|one| areas.iter().map(|area| cell(one, area)).collect()))
                    .collect();
                let has = |cell: &&(String, String)| {
                    values.iter().any(|value| value.indicator == cell.0 && value.area == cell.1)
                };
                let size = |cell: &&(String, String)| {
                    told(&cell.0).0.map_or(i64::MAX, |part| year.count(part, &read.zones[&cell.1]))
                };
                let mut hidden = small.clone();
                while let Some(more) = lines.iter().find_map(|line| {
                    let alone = line.iter().filter(|cell| hidden.contains(*cell)).count() == 1;
                    let others = line.iter().filter(|cell| !hidden.contains(*cell)).filter(has);
                    others.min_by_key(size).filter(|_| alone)
                }) {
                    hidden.insert(more.clone());
                }
                kept.all += values.len();
                kept.printed += values.iter().filter(|value| value.state == "shown").count();
                kept.by_threshold += values.len() - small.len();
                kept.by_rows_and_columns += values.len() - hidden.len();
            }
        }
        kept
    }

    pub fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.printed += other.printed;
        self.by_threshold += other.by_threshold;
        self.by_rows_and_columns += other.by_rows_and_columns;
    }

    /// The part that is printed.
    pub fn printed(&self) -> f64 {
        self.part(self.printed)
    }

    /// The part that would be if each value were judged by itself.
    pub fn by_threshold(&self) -> f64 {
        self.part(self.by_threshold)
    }

    fn part(&self, number: usize) -> f64 {
        number as f64 / self.all as f64
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let per_cent = |number| 100.0 * self.part(number);
        write!(
            f,
            "of {} values of areas {:.1} per cent are printed; each judged by itself {:.1}, with one more hidden in rows and columns {:.1}",
            self.all,
            per_cent(self.printed),
            per_cent(self.by_threshold),
            per_cent(self.by_rows_and_columns)
        )
    }
}
