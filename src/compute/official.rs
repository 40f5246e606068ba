//! The ministry's lists: which areas are on which list, and the values published with them. Public, and taken as given.

use std::collections::BTreeMap;

use super::{columns, raw::Index};
use crate::{
    catalogue::{Criterion, Date, source::Official},
    ids::{CriterionId, StatusId},
    numbers::Decimal,
    sources::{Table, area_column},
};

/// All lists of one family, by date. An area that is absent from a list is not on it.
#[derive(Default)]
pub(in crate::compute) struct OfficialLists {
    pub lists: BTreeMap<Date, BTreeMap<usize, Entry>>,
}

/// One area on one list.
pub(in crate::compute) struct Entry {
    pub category: StatusId,
    /// Published values by column.
    values: BTreeMap<String, Decimal>,
}

impl OfficialLists {
    /// Reads the columns `list_date`, `category` and the published values. A list is known from any of its rows, also one
    /// whose area is not ours.
    pub fn read(table: &Table, official: &Official, index: &Index) -> Self {
        let frame = &table.frame;
        let (Some(dates), Some(categories)) =
            (columns::texts(frame, "list_date"), columns::texts(frame, "category"))
        else {
            return Self::default();
        };
        let mut areas = vec![None; dates.len()];
        for (layer, range) in &index.layers {
            let found = columns::indices(frame, &area_column(layer)).unwrap_or_default();
            for (area, found) in areas.iter_mut().zip(found) {
                *area = area.or(found.map(|found| range.start + found as usize));
            }
        }
        let values = value_columns(table, official);
        let mut lists: BTreeMap<Date, BTreeMap<usize, Entry>> = BTreeMap::new();
        for (row, ((date, category), area)) in dates.iter().zip(categories).zip(areas).enumerate() {
            let Some(date) = date.as_deref().and_then(|text| text.get(..10)?.parse().ok()) else { continue };
            let list = lists.entry(date).or_default();
            let (Some(area), Some(category)) = (area, category) else { continue };
            let values = values
                .iter()
                .filter_map(|(name, column)| Some((name.clone(), column.get(row).copied().flatten()?)))
                .collect();
            list.insert(area, Entry { category: StatusId::from(category), values });
        }
        Self { lists }
    }
}

/// Every column that may hold a published value.
fn value_columns(table: &Table, official: &Official) -> BTreeMap<String, Vec<Option<Decimal>>> {
    let declared = official.values.iter().map(|(_, column)| column.value.clone());
    let names = table.frame.get_column_names().into_iter().map(ToString::to_string);
    names
        .chain(declared)
        .filter(|name| !name.starts_with('@') && !["list_date", "category"].contains(&name.as_str()))
        .filter_map(|name| columns::decimals(&table.frame, &name).map(|column| (name, column)))
        .collect()
}

impl Entry {
    /// The number in a column, as published.
    pub fn number(&self, column: &str) -> Option<Decimal> {
        self.values.get(column).copied()
    }

    /// The value published for a criterion: under the name of the indicator that is printed, else of the criterion, with at
    /// least `places` decimals.
    pub fn value(
        &self,
        official: &Official,
        printed: &crate::ids::IndicatorId,
        criterion: (&CriterionId, &Criterion),
        places: u8,
    ) -> Option<Decimal> {
        let names = [
            official.column(printed),
            official.column(&criterion.1.indicator),
            criterion.0.as_str().replace('-', "_"),
        ];
        let value = names.iter().find_map(|name| self.values.get(name))?;
        let missing = places.saturating_sub(value.places);
        let units = value.units.checked_mul(10i64.pow(u32::from(missing)))?;
        Some(Decimal { units, places: value.places + missing })
    }
}
