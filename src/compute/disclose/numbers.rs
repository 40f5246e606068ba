//! Every number that the shown figures tell, for the ledger of editions.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{Data, raw::Known},
    block::value,
    control::{Control, Key},
    gate::Shown,
    told::{self, Told},
};
use crate::{
    editions::{Counted, Number},
    ids::AreaId,
};

/// The numbers, each once, in order. Those of sources that anybody can read are left out: they protect nothing.
pub(in crate::compute) fn numbers(data: Data, control: &Control, shown: &[Shown]) -> Vec<Number> {
    let told: BTreeSet<&Told> = shown.iter().flat_map(|(_, tells)| tells).collect();
    let mut values: BTreeMap<(Key, usize), Vec<Known<i128>>> = BTreeMap::new();
    let mut number = |told: &Told| {
        let key = control.key(told)?;
        let block = control.block(key)?;
        let measure = *block.layout.atoms.measures.get(&told.of)?;
        let known = values.entry((key, measure)).or_insert_with(|| block.values(measure));
        let thousandths = value(known, &block.geometry.terms(&told.zone)).get()?;
        Some(Number { of: counted(&told.of), zone: zone(data, told), period: told.period, thousandths })
    };
    told.into_iter().filter_map(&mut number).collect()
}

fn counted(of: &told::Counted) -> Counted {
    match of {
        told::Counted::Sum(id) => Counted::Sum(id.clone()),
        told::Counted::Rows(id) => Counted::Rows(id.clone()),
        told::Counted::Every(id) => Counted::Every(id.clone()),
    }
}

fn zone(data: Data, told: &Told) -> Vec<(AreaId, i64)> {
    let areas = &data.raw.index.areas;
    let name = |area: u32| areas.get(area as usize).cloned().unwrap_or_else(AreaId::municipality);
    let places = told.zone.places(areas.len() as u32).into_iter();
    places.map(|(area, by)| (name(area), i64::from(by))).collect()
}
