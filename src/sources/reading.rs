//! What is read of every source and what for: what a data protection officer asks.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{
    open::Opened,
    sql::names,
    uses::{AGE, adders, adds, is_read_whole},
};
use crate::{
    catalogue::{Catalogue, LocatedBy, Source},
    ids::{PopulationId, SourceId},
};

/// What is read of one source's files. Nothing else of them is kept.
#[derive(Clone, Default, Debug)]
pub struct Reading {
    /// Each column that is read, with what it is read for.
    pub columns: BTreeMap<String, BTreeSet<Use>>,
    /// Columns of the files that nothing uses: they are not read.
    pub unused: Vec<String>,
    /// Columns among those read that look like CPR numbers; building refuses them.
    pub cpr_like: Vec<String>,
}

/// What a column is read for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Use {
    /// The period of a row.
    Period,
    /// The age of a person.
    Age,
    /// The source's own `where:`.
    Filter,
    /// The place of a row.
    Place,
    /// Who lives together.
    Household,
    /// The same person in other periods.
    Person,
    /// The key by which rows of another source are found.
    Key(SourceId),
    /// A value that is looked up by name: official lists and benchmarks.
    Published,
    /// What is counted.
    Population(PopulationId),
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period => f.write_str("period"),
            Self::Age => f.write_str("age"),
            Self::Filter => f.write_str("the source's `where:`"),
            Self::Place => f.write_str("place"),
            Self::Household => f.write_str("household"),
            Self::Person => f.write_str("same person in other periods"),
            Self::Key(source) => write!(f, "key to `{source}`"),
            Self::Published => f.write_str("published value"),
            Self::Population(id) => write!(f, "`{id}`"),
        }
    }
}

impl Reading {
    /// How many columns the files have.
    pub fn width(&self) -> usize {
        self.columns.len() + self.unused.len()
    }
}

impl Opened {
    /// What is read of each source that has a file.
    pub fn readings(&self, catalogue: &Catalogue) -> BTreeMap<SourceId, Reading> {
        let reading = |(id, open): (&SourceId, &super::open::OpenSource)| {
            let schema = &open.file.schema;
            let mut reading =
                Reading { cpr_like: open.file.cpr_like(&open.uses.reads), ..Reading::default() };
            for name in schema.iter_names().map(ToString::to_string) {
                if open.uses.reads.contains(&name) {
                    let uses = catalogue.source(id).map(|source| self.uses_of(catalogue, id, source, &name));
                    reading.columns.insert(name, uses.unwrap_or_default());
                } else {
                    reading.unused.push(name);
                }
            }
            (id.clone(), reading)
        };
        self.sources.iter().map(reading).collect()
    }

    /// The populations that are counted from a source's rows, or with a column that it adds to those of another; without those
    /// that wait for data.
    pub fn counted<'a>(&self, catalogue: &'a Catalogue, id: &SourceId) -> Vec<&'a PopulationId> {
        let adds = catalogue.source(id).is_some_and(|source| source.adds_to.is_some());
        let given = |population: &PopulationId| {
            let columns = self.columns.get(population).into_iter().flatten();
            columns.into_iter().any(|column| self.giver(catalogue, population, column) == Some(id))
        };
        let counts = |population: &&PopulationId| {
            !self.absent.contains_key(*population)
                && if adds { given(population) } else { catalogue.source_of(population) == Some(id) }
        };
        catalogue.populations.ids().filter(counts).collect()
    }

    /// The source that a column of a population's rows comes from.
    fn giver<'a>(
        &self,
        catalogue: &'a Catalogue,
        population: &PopulationId,
        column: &str,
    ) -> Option<&'a SourceId> {
        let own = catalogue.source_of(population)?;
        let has = |id: &SourceId| self.sources.get(id).is_some_and(|open| open.file.schema.contains(column));
        if has(own) {
            return Some(own);
        }
        let adder = adders(catalogue, own).into_iter().find(|(id, source)| adds(source, column) && has(id));
        adder.map(|(id, _)| id)
    }

    fn uses_of(&self, catalogue: &Catalogue, id: &SourceId, source: &Source, name: &str) -> BTreeSet<Use> {
        let mut uses = of_entry(source, name);
        for (other, entry) in
            catalogue.sources.iter().filter(|(other, _)| self.sources.contains_key(&other.value))
        {
            let by_address = match entry.located_by.as_deref() {
                Some(LocatedBy::Address(by)) if by.source.value == *id => by.key.value == name,
                _ => false,
            };
            let added =
                entry.adds_to.as_ref().is_some_and(|by| by.source.value == *id && by.by.value == name);
            if by_address || added {
                uses.insert(Use::Key(other.value.clone()));
            }
        }
        for (population, columns) in &self.columns {
            let age = source.age_from.as_ref().is_some_and(|birth| birth.value == name)
                && catalogue.source_of(population) == Some(id)
                && columns.contains(AGE);
            if age || (columns.contains(name) && self.giver(catalogue, population, name) == Some(id)) {
                uses.insert(Use::Population(population.clone()));
            }
        }
        if uses.is_empty() && is_read_whole(id, source) {
            uses.insert(Use::Published);
        }
        uses
    }
}

/// What a source's own entry asks a column for.
fn of_entry(source: &Source, name: &str) -> BTreeSet<Use> {
    let is =
        |column: &Option<crate::catalogue::At<String>>| column.as_ref().is_some_and(|at| at.value == name);
    let place = match source.located_by.as_deref() {
        Some(LocatedBy::Address(by)) => by.key.value == name,
        Some(LocatedBy::Point(by)) => by.x.value == name || by.y.value == name,
        Some(LocatedBy::Cell(column) | LocatedBy::Area(column)) => column.value == name,
        None => false,
    };
    let joined = source.adds_to.as_ref().filter(|by| by.by.value == name);
    [
        (source.period.as_ref().is_some_and(|period| period.column().value == name), Use::Period),
        (is(&source.age_from), Use::Age),
        (source.filter.as_ref().is_some_and(|sql| names(&sql.text).contains(name)), Use::Filter),
        (place, Use::Place),
        (is(&source.household), Use::Household),
        (is(&source.person), Use::Person),
    ]
    .into_iter()
    .filter(|(asked, _)| *asked)
    .map(|(_, asked)| asked)
    .chain(joined.map(|by| Use::Key(by.source.value.clone())))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{
        open, read,
        testing::{AREAS, BENEFITS, POPULATIONS, RESIDENTS, SOURCES, catalogue, municipality},
    };

    /// The uses of every column that is read, as words.
    fn told(reading: &Reading) -> Vec<(&str, String)> {
        let words =
            |uses: &BTreeSet<Use>| uses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        reading.columns.iter().map(|(name, uses)| (name.as_str(), words(uses))).collect()
    }

    #[test]
    fn every_column_that_is_read_has_a_use_and_the_others_stay_in_the_file() {
        let catalogue = catalogue(&format!("{AREAS}{SOURCES}{POPULATIONS}"));
        let folder = municipality("reading");
        let (opened, _) = open(&catalogue, folder.path()).unwrap_or_else(|found| panic!("{found:#?}"));
        let readings = opened.readings(&catalogue);
        let expected = [
            ("address", "place".to_string()),
            ("born", "age, `adults`".to_string()),
            ("person", "key to `benefits`".to_string()),
            ("year", "period".to_string()),
        ];
        assert_eq!(told(&readings["residents"]), expected);
        assert_eq!(readings["residents"].unused, ["sex"]);
        let expected = [
            ("person", "key to `residents`".to_string()),
            ("share", "`on-benefits`".to_string()),
            ("year", "period".to_string()),
        ];
        assert_eq!(told(&readings["benefits"]), expected);
        assert_eq!(told(&readings["addresses"])[0], ("address", "key to `residents`".to_string()));
        assert_eq!(readings["statistics"].unused, ["whole"]);
        let counted = |id: &str| opened.counted(&catalogue, &SourceId::from(id));
        assert_eq!(counted("benefits"), [&PopulationId::from("on-benefits")]);
        assert_eq!(counted("residents").len(), 2);
    }

    #[test]
    fn a_column_that_nothing_uses_never_reaches_the_tables() {
        let catalogue = catalogue(&format!("{AREAS}{SOURCES}{POPULATIONS}"));
        let folder = municipality("unused");
        let wider = |text: &str| {
            let mut lines = text.lines();
            let head = lines.next().unwrap_or_default();
            let rows: String = lines.map(|row| format!("{row},HEMMELIGT-1234,7\n")).collect();
            format!("{head},diary,score\n{rows}")
        };
        folder.write("residents.csv", wider(RESIDENTS));
        folder.write("benefits.csv", wider(BENEFITS));
        let (opened, _) = open(&catalogue, folder.path()).unwrap_or_else(|found| panic!("{found:#?}"));
        let ((tables, ..), _) = read(&catalogue, opened).unwrap_or_else(|found| panic!("{found:#?}"));
        let frame = &tables.tables["residents"].frame;
        let mut names: Vec<&str> = frame.get_column_names().into_iter().map(|name| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["@districts", "@estates", "@period", "age", "share"]);
        let all: Vec<String> = tables.tables.values().map(|table| table.frame.to_string()).collect();
        assert!(all.iter().all(|frame| !frame.contains("HEMMELIGT")), "{all:?}");
    }

    #[test]
    fn of_a_source_that_nothing_is_counted_in_no_column_is_kept() {
        let catalogue = catalogue(&format!("{AREAS}{SOURCES}"));
        let folder = municipality("idle");
        let (opened, _) = open(&catalogue, folder.path()).unwrap_or_else(|found| panic!("{found:#?}"));
        assert_eq!(opened.readings(&catalogue)["statistics"].unused, ["key", "part", "whole"]);
        let ((tables, ..), _) = read(&catalogue, opened).unwrap_or_else(|found| panic!("{found:#?}"));
        let frame = &tables.tables["statistics"].frame;
        assert!(frame.get_column_names().iter().all(|name| name.starts_with('@')), "{frame}");
    }
}
