//! A table with the columns that moves are counted by.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use polars::{
    prelude::{Column, DataType, IntoLazy, PolarsResult, col, lit},
    sql::sql_expr,
};

use super::{
    lens::{self, Asked, Lens},
    link::{self, Linked, Seen},
    outside::Outside,
    populations,
};
use crate::{
    catalogue::{Catalogue, Source},
    compute::{
        placed::Where,
        plan::Plan,
        single::{Groups, Rows},
    },
    ids::{Period, PopulationId, SourceId},
    sources::{HOUSEHOLD, PERSON, Table},
};

/// A table, and of each period how many of a hundred persons were found again in the one before or have a documented coming
/// and going, where persons are followed.
pub(in crate::compute) type Followed<'t> = (Cow<'t, Table>, BTreeMap<Period, i64>);

/// Adds what is needed to count moves, if any of the catalogue's are of this source.
pub(in crate::compute) fn followed<'t>(
    catalogue: &Catalogue,
    id: &SourceId,
    table: &'t Table,
    places: &Where,
) -> PolarsResult<Followed<'t>> {
    let lenses = lens::of_source(catalogue, id);
    let persons = Groups::by_number(&table.frame, PERSON);
    let (Some(source), Some(persons), false) = (catalogue.source(id), persons, lenses.is_empty()) else {
        return Ok((Cow::Borrowed(table), BTreeMap::new()));
    };
    let following = Following::new(catalogue, (id, source), table, places, lenses)?;
    let linked = Linked::new(&following.rows.placed, &persons);
    let (columns, known) = following.columns(&linked)?;
    let found = linked.found(&following.rows.placed, &following.outside);
    let periods = following.rows.placed.periods().iter().copied();
    let found = periods.zip(found).filter_map(|(period, found)| Some((period, found?))).collect();
    let absent = absent(catalogue, table, &following.unknown);
    let mut added = table.added.clone();
    added.extend(known);
    let frame = table.frame.hstack(&columns)?;
    let table = Table {
        frame,
        added,
        absent: table.absent.iter().cloned().chain(absent).collect(),
        period: table.period,
        by_area_key: table.by_area_key,
    };
    Ok((Cow::Owned(table), found))
}

/// The populations of moves that are within one that nobody can count yet, through a lens that is not there, or of households where
/// none are named.
fn absent(catalogue: &Catalogue, table: &Table, unknown: &BTreeSet<String>) -> Vec<PopulationId> {
    let flows = catalogue.flows.iter();
    let alone = table.frame.get_column_index(HOUSEHOLD).is_none();
    let waits = flows.filter(|(id, population)| {
        let outer = population.within.as_ref();
        let of_households = populations::is_of_households(&id.value);
        (alone && of_households)
            || outer.is_some_and(|outer| table.absent.contains(&outer.value))
            || unknown.iter().any(|lens| id.as_str().starts_with(&format!("{lens}/")))
    });
    waits.map(|(id, _)| id.value.clone()).collect()
}

/// The periods, as codes, in which each of some columns is known.
type KnownIn = BTreeMap<String, BTreeSet<i32>>;

/// A column of households let to, and the periods in which that is known; `None`: in all.
type Lettings = (Column, Option<BTreeSet<i32>>);

/// One source whose persons are followed.
struct Following<'a> {
    catalogue: &'a Catalogue,
    table: &'a Table,
    plan: Plan<'a>,
    rows: Rows,
    outside: Outside,
    lenses: BTreeMap<Lens, Asked>,
    layers: Vec<crate::ids::LayerId>,
    areas: u32,
    /// Lenses of populations that nobody can count yet.
    unknown: BTreeSet<String>,
}

impl<'a> Following<'a> {
    fn new(
        catalogue: &'a Catalogue,
        (id, source): (&'a SourceId, &'a Source),
        table: &'a Table,
        places: &Where,
        lenses: BTreeMap<Lens, Asked>,
    ) -> PolarsResult<Self> {
        let plan = Plan::new(catalogue, id, table);
        let is_known = |population: &PopulationId| plan.populations.contains_key(population);
        let mut unknown = BTreeSet::new();
        let mut lenses = lenses;
        lenses.retain(|lens, asked| {
            asked.splits.retain(is_known);
            asked.profiles.retain(is_known);
            let known = lens.whole.as_ref().is_none_or(is_known);
            if !known {
                unknown.insert(lens.name());
            }
            known
        });
        let populations = lenses.iter().flat_map(|(lens, asked)| lens.whole.iter().chain(&asked.splits));
        let measures = populations.map(|id| plan.populations[id]).collect();
        let rows = Rows::new(&plan, &measures, places)?;
        let outside = Outside::read(source, &table.frame)?;
        let layers = places.index.layers.iter().map(|(layer, _)| layer.clone()).collect();
        let areas = places.index.areas.len() as u32;
        Ok(Self { catalogue, table, plan, rows, outside, lenses, layers, areas, unknown })
    }

    /// The columns of all lenses, and the periods in which each is known.
    fn columns(&self, linked: &Linked) -> PolarsResult<(Vec<Column>, KnownIn)> {
        let placed = &self.rows.placed;
        let codes = |after: bool| link::codes(placed, linked.known(after));
        let (before, after) = (codes(false), codes(true));
        let (mut columns, mut known) = (Vec::new(), BTreeMap::new());
        let households = Groups::by_number(&self.table.frame, HOUSEHOLD);
        let households = households.map(|groups| groups.within_places(placed));
        for (lens, asked) in &self.lenses {
            let Some(layer) = self.layers.iter().position(|layer| *layer == lens.layer) else { continue };
            let excluded = self.excluded(lens)?;
            let values = |id: &PopulationId| self.rows.values(self.plan.populations[id]);
            let whole = lens.whole.as_ref().map(values).transpose()?;
            let seen = Seen { placed, layer, whole, excluded: excluded.as_deref() };
            let parts = asked.splits.iter().map(values).collect::<PolarsResult<Vec<_>>>()?;
            let of_lens = link::columns((lens, asked), &seen, (linked, &self.outside), &parts);
            known.insert(populations::came(lens), before.clone());
            known.insert(populations::goes(lens), after.clone());
            known.extend(asked.splits.iter().map(|part| (populations::gain(lens, part), before.clone())));
            columns.extend(of_lens);
            if lens.whole.is_some() {
                continue;
            }
            let name = populations::origin(&lens.layer);
            known.insert(name.clone(), before.clone());
            columns.push(link::origins(&seen, linked, &self.outside, name, self.areas));
            if let Some(households) = &households {
                let names = populations::household(&lens.layer);
                known.insert(names[1].clone(), after.clone());
                columns.extend(link::households(&seen, linked, households, names)?);
            }
        }
        if let Some((column, periods)) = self.lettings(households.as_ref())? {
            known.extend(periods.map(|periods| (populations::LET.to_string(), periods)));
            columns.push(column);
        }
        Ok((columns, known))
    }

    /// The rows that a lens' event concerns.
    fn excluded(&self, lens: &Lens) -> PolarsResult<Option<Vec<bool>>> {
        let Some(sql) = lens.excluded(self.catalogue) else { return Ok(None) };
        let holds = sql_expr(&sql.text)?.cast(DataType::Boolean).fill_null(lit(false)).alias("@holds");
        let frame = self.table.frame.clone().lazy().select([holds]).collect()?;
        let flags = frame.column("@holds")?.bool()?.iter().map(|flag| flag == Some(true)).collect();
        Ok(Some(flags))
    }

    /// The households that moved into a let dwelling, where a column tells it, and the periods in which it does.
    fn lettings(&self, households: Option<&Groups>) -> PolarsResult<Option<Lettings>> {
        let declared = self.catalogue.moves.iter().find_map(|(_, moves)| {
            let letting = moves.letting.as_ref()?;
            let (_, whole) = lens::quotient(self.catalogue, &moves.indicator.value)?;
            let here = self.plan.populations.contains_key(whole);
            here.then_some(letting)
        });
        let (Some(letting), Some(households)) = (declared, households) else { return Ok(None) };
        let filled = col(letting.column.value.as_str()).is_not_null().alias("@filled");
        let frame = self.table.frame.clone().lazy().select([filled]).collect()?;
        let filled: Vec<bool> =
            frame.column("@filled")?.bool()?.iter().map(|flag| flag == Some(true)).collect();
        let known = self.table.added.get(&letting.column.value).cloned();
        Ok(Some((link::lettings(&self.rows.placed, households, &filled), known)))
    }
}
