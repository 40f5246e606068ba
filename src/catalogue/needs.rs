//! What an indicator needs of whom: the sources that it takes rows of, and those of their columns that it uses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Catalogue, Indicator, LocatedBy, Population, Source, Sql};
use crate::ids::{PopulationId, SourceId};

/// The column that `age-from` gives.
const AGE: &str = "age";

impl Catalogue {
    /// Every source of an indicator with the columns that it uses, in the order of the source: what its populations name, and
    /// what finds a row's period and area. A source that only adds columns to another counts where one of them is named.
    pub fn needs(&self, indicator: &Indicator) -> BTreeMap<&SourceId, Vec<&str>> {
        let mut named: BTreeMap<&SourceId, BTreeSet<&str>> = BTreeMap::new();
        for id in indicator.method.populations(self) {
            let Some((source, words)) = self.source_and_words(&id) else { continue };
            named.entry(source).or_default().extend(words);
        }
        let mut needs = BTreeMap::new();
        for (id, words) in named {
            let Some(source) = self.source(id) else { continue };
            for (other, adds) in self.sources.iter() {
                let Some(joins) = adds.adds_to.as_ref().filter(|joins| joins.source.value == *id) else {
                    continue;
                };
                let own = |column: &&str| words.contains(column) && !source.columns.contains(*column);
                if adds.columns.ids().map(String::as_str).any(|column| own(&column)) {
                    let keys = [Some(joins.by.as_str()), period(adds)];
                    needs.insert(&other.value, used(adds, &words, keys));
                }
            }
            needs.insert(id, used(source, &words, keys(source, &words)));
        }
        needs
    }

    /// The source of a population, and every word of the conditions and sums on the way to it.
    fn source_and_words(&self, id: &PopulationId) -> Option<(&SourceId, BTreeSet<&str>)> {
        let source = self.source_of(id)?;
        let (key, _) = self.sources.get_key_value(source)?;
        let (mut words, mut at) = (BTreeSet::new(), self.populations.get(id));
        while let Some(population) = at {
            words.extend(expressions(population).flat_map(identifiers));
            at = population.within.as_ref().and_then(|outer| self.population(&outer.value));
        }
        Some((&key.value, words))
    }
}

fn expressions(population: &Population) -> impl Iterator<Item = &str> {
    let sql: [&Option<Sql>; 3] = [&population.filter, &population.weight, &population.value];
    let sql = sql.into_iter().flatten().map(|sql| sql.text.as_str());
    sql.chain(population.sum.as_ref().map(|column| column.as_str()))
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

fn period(source: &Source) -> Option<&str> {
    source.period.as_ref().map(|period| period.column().as_str())
}

/// The columns that find a row's period and area, and its age where that is named.
fn keys<'s>(source: &'s Source, words: &BTreeSet<&str>) -> [Option<&'s str>; 4] {
    let (first, second) = match source.located_by.as_deref() {
        Some(LocatedBy::Address(address)) => (Some(address.key.as_str()), None),
        Some(LocatedBy::Point(point)) => (Some(point.x.as_str()), Some(point.y.as_str())),
        Some(LocatedBy::Cell(column) | LocatedBy::Area(column)) => (Some(column.as_str()), None),
        None => (None, None),
    };
    let age = source.age_from.as_ref().filter(|_| words.contains(AGE));
    [period(source), first, second, age.map(|column| column.as_str())]
}

/// The columns of a source that are named or keys, in its order.
fn used<'s, const N: usize>(
    source: &'s Source,
    words: &BTreeSet<&str>,
    keys: [Option<&str>; N],
) -> Vec<&'s str> {
    let columns = source.columns.ids().map(String::as_str);
    columns.filter(|column| words.contains(column) || keys.contains(&Some(column))).collect()
}

#[cfg(test)]
mod tests {
    use crate::catalogue::load_str;

    #[test]
    fn an_indicator_needs_the_columns_it_names_those_of_keys_and_the_source_that_adds_one() {
        let text = include_str!("../../indicators.yaml");
        let (catalogue, _) = load_str("indicators.yaml", text).expect("it loads");
        let needs = |id: &str| -> Vec<(String, Vec<String>)> {
            let indicator = catalogue.indicator(&id.into()).expect("it is declared");
            let needs = catalogue.needs(indicator).into_iter();
            needs
                .map(|(id, columns)| (id.to_string(), columns.into_iter().map(str::to_string).collect()))
                .collect()
        };
        let of = |source: &str, columns: &[&str]| {
            (source.to_string(), columns.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(needs("no-work"), [of("statistics", &["year", "area_id", "key", "part", "whole"])]);
        let benefits = of("benefits", &["person_id", "year", "benefit_share"]);
        assert_eq!(
            needs("benefit-share"),
            [benefits, of("residents", &["year", "address_id", "birth_date"])]
        );
    }
}
