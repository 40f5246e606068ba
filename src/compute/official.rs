//! The ministry's lists: which areas are on which list, and the values published with them. Public, and taken as given.

use std::collections::{BTreeMap, BTreeSet};

use super::{columns, raw::Index};
use crate::{
    catalogue::{At, Catalogue, Criterion, Date, Family, Official, RESIDENTS, Sensitivity, Source},
    diagnostics::{Diagnostic, Severity},
    ids::{CriterionId, FamilyId, IndicatorId, StatusId},
    numbers::Decimal,
    sources::{Table, area_column},
};

/// How a list may write that an area was judged and is not on it; an empty cell says the same.
const NOT_LISTED: &str = "not-listed";

/// All lists of one family, by date. An area that is absent from a list is not on it.
#[derive(Default)]
pub(in crate::compute) struct OfficialLists {
    pub lists: BTreeMap<Date, BTreeMap<usize, Entry>>,
    /// The limits published with a list, by column: they hold for all its areas, whichever row they stand in.
    pub limits: BTreeMap<Date, Limits>,
}

/// Limits by the column that they stand in.
pub(in crate::compute) type Limits = BTreeMap<String, Decimal>;

/// One area on one list.
#[derive(PartialEq)]
pub(in crate::compute) struct Entry {
    /// Its status; `None` of an area that was judged and is not on the list.
    pub category: Option<StatusId>,
    /// Published values by column.
    values: BTreeMap<String, Decimal>,
}

/// What is read into a list, and what cannot be.
struct Reading<'a> {
    catalogue: &'a Catalogue,
    source: &'a Source,
    family: &'a FamilyId,
    statuses: &'a Family,
    lists: BTreeMap<Date, BTreeMap<usize, Entry>>,
    limits: BTreeMap<Date, Limits>,
    wrong: BTreeSet<(&'static str, String, String)>,
}

impl OfficialLists {
    /// Reads the columns `list_date`, `category` and the published values. A list is known from any of its rows, also one
    /// whose area is not ours.
    ///
    /// # Errors
    /// Days, categories and numbers that cannot be read, and an area twice on a list: read wrongly they would be printed as
    /// the ministry's.
    pub fn read(
        catalogue: &Catalogue,
        source: &Source,
        official: &Official,
        table: &Table,
        index: &Index,
    ) -> Result<Self, Vec<Diagnostic>> {
        let frame = &table.frame;
        let (Some(dates), Some(categories), Some(statuses)) = (
            columns::texts(frame, "list_date"),
            columns::texts(frame, "category"),
            catalogue.families.get(&official.family.value),
        ) else {
            return Ok(Self::default());
        };
        let mut areas = vec![None; dates.len()];
        for (layer, range) in &index.layers {
            let found = columns::indices(frame, &area_column(layer)).unwrap_or_default();
            for (area, found) in areas.iter_mut().zip(found) {
                *area = area.or(found.map(|found| range.start + found as usize));
            }
        }
        let family = &official.family.value;
        let (lists, limits, wrong) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let mut reading = Reading { catalogue, source, family, statuses, lists, limits, wrong };
        let values = reading.values(table, official);
        for (row, ((date, category), area)) in dates.iter().zip(categories).zip(areas).enumerate() {
            let Some(date) = reading.date(date.as_deref()) else { continue };
            reading.lists.entry(date).or_default();
            for (_, column) in official.limits.iter() {
                let limit = values.get(&column.value).and_then(|column| column.get(row).copied().flatten());
                limit.into_iter().for_each(|limit| reading.limit(date, &column.value, limit));
            }
            let Some(area) = area else { continue };
            let values = values
                .iter()
                .filter_map(|(name, column)| Some((name.clone(), column.get(row).copied().flatten()?)))
                .collect();
            let category = reading.category(date, category.as_deref().unwrap_or_default());
            reading.enter(date, (area, index.areas[area].as_str()), Entry { category, values });
        }
        if reading.wrong.is_empty() {
            Ok(Self { lists: reading.lists, limits: reading.limits })
        } else {
            Err(reading.errors())
        }
    }
}

impl Reading<'_> {
    /// A cell as a message may quote it.
    fn quoted(&self, text: &str) -> String {
        if self.source.sensitivity == Sensitivity::Person { "a cell".into() } else { format!("`{text}`") }
    }

    fn date(&mut self, text: Option<&str>) -> Option<Date> {
        let text = text.unwrap_or_default();
        let date = text.get(..10).and_then(|day| day.parse().ok());
        if date.is_none() {
            let message = format!("{} in `list_date` is not a day", self.quoted(text));
            self.refuse("bad-list-date", message, "write the day of the list as 2025-12-01");
        }
        date
    }

    fn limit(&mut self, date: Date, column: &str, limit: Decimal) {
        let known = self.limits.entry(date).or_default().entry(column.to_string()).or_insert(limit);
        if *known != limit {
            let message = format!("`{column}` has two limits on the list of {date}: {known} and {limit}");
            self.refuse("two-limits", message, "a list has one limit for all areas; write that one");
        }
    }

    fn category(&mut self, date: Date, word: &str) -> Option<StatusId> {
        let plain = word.trim().to_lowercase();
        if plain.is_empty() || plain == NOT_LISTED {
            return None;
        }
        let set = self.catalogue.rule_set_for(self.family, date).map(|(_, set)| set);
        let status = self.statuses.called(word, set);
        if status.is_none() {
            let message = format!("{} is not a category of the list of {date}", self.quoted(word));
            let given = |id: &&StatusId| set.is_none_or(|set| set.statuses.contains(*id));
            let known: Vec<String> =
                self.statuses.statuses.ids().filter(given).map(|id| format!("`{id}`")).collect();
            let hint = format!(
                "that list has {}; leave the cell empty for an area that is not on it, or name the word under `also-called:` of a status",
                known.join(", ")
            );
            self.refuse("unknown-category", message, &hint);
        }
        status.cloned()
    }

    fn enter(&mut self, date: Date, (area, name): (usize, &str), entry: Entry) {
        if entry.values.get(RESIDENTS).is_some_and(|residents| residents.places > 0) {
            let message = format!("the residents of `{name}` on the list of {date} are no whole number");
            self.refuse("bad-residents", message, "write the number without a mark for thousands, as 1284");
        }
        let list = self.lists.entry(date).or_default();
        match list.get(&area) {
            Some(first) if *first != entry => {
                let message = format!("`{name}` stands twice, and not alike, on the list of {date}");
                self.refuse("listed-twice", message, "keep the row that was published last");
            }
            _ => drop(list.insert(area, entry)),
        }
    }

    /// The columns that hold published values, by name.
    fn values(&mut self, table: &Table, official: &Official) -> BTreeMap<String, Vec<Option<Decimal>>> {
        let mut names: BTreeSet<String> = [RESIDENTS.to_string()].into();
        let declared = official.values.iter().map(|(_, column)| column);
        names.extend(
            declared.chain(official.limits.iter().map(|(_, column)| column)).map(|c| c.value.clone()),
        );
        for (_, set) in self.catalogue.rule_sets_of(self.family) {
            let asked = set.criteria.iter();
            names.extend(
                asked.flat_map(|(id, of)| columns_of(self.catalogue, official, None, (&id.value, of))),
            );
        }
        let mut values = BTreeMap::new();
        for name in names {
            let Some(column) = columns::decimals(&table.frame, &name) else { continue };
            let texts = columns::texts(&table.frame, &name).unwrap_or_default();
            let cells = texts.iter().zip(&column).filter(|(_, read)| read.is_none());
            let unread =
                || cells.clone().filter_map(|(text, _)| text.as_ref().filter(|text| !text.trim().is_empty()));
            // One cell with a sign in it leaves all of the column as text; it is the one to be named.
            let odd = unread().find(|text| Decimal::parse(&text.replace(',', ".")).is_none());
            if let Some(text) = odd.or_else(|| unread().next()) {
                let message = format!("{} in `{name}` is not a number", self.quoted(text));
                let hint = "write the number alone, as 40.4 or 40,4: no per cent sign, no space, one decimal mark in the whole file; what stands for a missing number is declared under `marks: missing:`";
                self.refuse("bad-published-value", message, hint);
            }
            values.insert(name, column);
        }
        values
    }

    fn refuse(&mut self, code: &'static str, message: String, hint: &str) {
        self.wrong.insert((code, message, hint.to_string()));
    }

    fn errors(self) -> Vec<Diagnostic> {
        let at = self.source.declared_at();
        let error = |(code, message, hint): (&'static str, String, String)| {
            Diagnostic::new(Severity::Error, code, message, at.clone()).hint(hint)
        };
        self.wrong.into_iter().map(error).collect()
    }
}

/// The columns that may hold the published value of a criterion: under the name of the indicator that is printed, of its own,
/// of the criterion; and those of the family's criteria with this id in other rule sets, or of the same indicator.
fn columns_of(
    catalogue: &Catalogue,
    official: &Official,
    printed: Option<&IndicatorId>,
    (id, criterion): (&CriterionId, &Criterion),
) -> Vec<String> {
    let mut names: Vec<String> = printed.into_iter().map(|printed| official.column(printed)).collect();
    names.extend(with_underlying(catalogue, official, criterion));
    names.push(column(id));
    let all = catalogue.rule_sets_of(&official.family.value).flat_map(|(_, set)| set.criteria.iter());
    let alike = |other: &(&At<CriterionId>, &Criterion)| {
        other.0.value == *id || other.1.indicator.value == criterion.indicator.value
    };
    for (other, of) in all.filter(alike) {
        names.extend(with_underlying(catalogue, official, of));
        names.push(column(other));
    }
    names
}

/// A criterion's id as a column.
fn column(criterion: &CriterionId) -> String {
    criterion.as_str().replace('-', "_")
}

/// The column of a criterion's indicator, and of the one that it is relative to a benchmark of.
fn with_underlying(catalogue: &Catalogue, official: &Official, criterion: &Criterion) -> Vec<String> {
    let printed = catalogue.printed_indicator(&criterion.indicator).map(|(id, _)| official.column(id));
    [Some(official.column(&criterion.indicator)), printed].into_iter().flatten().collect()
}

impl Entry {
    /// The value published for a criterion, with at least `places` decimals.
    pub fn value(
        &self,
        catalogue: &Catalogue,
        official: &Official,
        printed: &IndicatorId,
        criterion: (&CriterionId, &Criterion),
        places: u8,
    ) -> Option<Decimal> {
        let names = columns_of(catalogue, official, Some(printed), criterion);
        let value = names.iter().find_map(|name| self.values.get(name))?;
        let missing = places.saturating_sub(value.places);
        let units = value.units.checked_mul(10i64.pow(u32::from(missing)))?;
        Some(Decimal { units, places: value.places + missing })
    }

    /// The number of residents published.
    pub fn residents(&self) -> Option<i64> {
        self.values.get(RESIDENTS).map(|residents| residents.units)
    }
}
