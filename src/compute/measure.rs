//! Tables → `Raw`: every population counted, by period and area, in whole numbers.
//!
//! One lazy plan per source ([`Plan`]) evaluates all conditions and amounts, groups the rows by period and place, and adds up
//! everything that any population asks for. The groups are few (*atoms*: rows that lie in the same area of every layer), so
//! that what is added up by layer afterwards costs nothing. Sums are of integers: neither the order of rows nor the number
//! of threads can change a result.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, DataType, Expr, IntoLazy, PolarsResult, col, lit, when};

use super::{
    atoms::{Atoms, Builder},
    placed::{Atom, Counted, Placed, Where},
    plan::{Measure, Plan, amount, hidden, rows},
    raw::Series,
};
use crate::{
    catalogue::Catalogue,
    diagnostics::Diagnostic,
    ids::{PopulationId, SourceId},
    sources::{MUNICIPALITY, PERIOD, Table, area_column},
};

/// So many rows are evaluated at a time: what the plan holds beside the table stays small.
const SLICE: usize = 1 << 21;

/// The largest sum of a column's thousandths that 64 bits hold for certain.
const LARGEST: f64 = 9e18;

/// The populations of one source, counted.
pub(in crate::compute) struct Populations {
    pub series: BTreeMap<PopulationId, Series>,
    /// The rows that they take.
    pub rows: Series,
    /// The same sums, atom by atom.
    pub atoms: Atoms,
}

/// Counts the populations of one source. Errors: an expression that the data cannot answer, numbers too large to add up.
pub(in crate::compute) fn populations(
    catalogue: &Catalogue,
    source: &SourceId,
    table: &Table,
    places: &Where,
) -> Result<Populations, Vec<Diagnostic>> {
    in_slices(catalogue, source, table, places, SLICE)
}

/// Counts them, evaluating so many rows at a time.
pub(in crate::compute) fn in_slices(
    catalogue: &Catalogue,
    source: &SourceId,
    table: &Table,
    places: &Where,
    slice: usize,
) -> Result<Populations, Vec<Diagnostic>> {
    let mut plan = Plan::with_flows(catalogue, source, table);
    let everything = plan.everything();
    let measures: BTreeSet<Measure> = plan.populations.values().copied().chain([everything]).collect();
    let frame = atoms(&plan, &measures, places, slice)
        .map_err(|error| vec![plan.cannot_evaluate(&error.to_string())])?;
    let failed = |error: polars::prelude::PolarsError| vec![plan.cannot_evaluate(&error.to_string())];
    if let Some(problem) = too_large(&plan, &frame).map_err(failed)? {
        return Err(vec![problem]);
    }
    let placed = Placed::new(&frame, table, places);
    let mut atoms = Builder::new(&placed, table.by_area_key);
    let mut counted = BTreeMap::new();
    for measure in measures {
        let found = counted_atoms(&plan, measure, &frame).map_err(failed)?;
        counted.insert(measure, placed.series(&found));
        atoms.add(measure, &found);
    }
    let series = plan.populations.iter().map(|(id, measure)| ((*id).clone(), counted[measure].clone()));
    let (series, rows) = (series.collect(), counted[&everything].clone());
    Ok(Populations { series, rows, atoms: atoms.finish(&plan, everything) })
}

/// The columns that say when and where a row counts.
fn keys(frame: &DataFrame, places: &Where) -> Vec<Expr> {
    let layers = places.index.layers.iter().map(|(layer, _)| area_column(layer));
    let names = [PERIOD.to_string(), MUNICIPALITY.to_string()].into_iter().chain(layers);
    let mut keys: Vec<Expr> = names.filter(|name| frame.get_column_index(name).is_some()).map(col).collect();
    if keys.is_empty() {
        keys.push(lit(0).alias("@everywhere"));
    }
    keys
}

/// One row for every period and place that rows have (or several: they are added up later), with all sums.
fn atoms(plan: &Plan, measures: &BTreeSet<Measure>, places: &Where, slice: usize) -> PolarsResult<DataFrame> {
    let frame = &plan.table.frame;
    let keys = keys(frame, places);
    let sums: Vec<Expr> = measures
        .iter()
        .flat_map(|measure| sums(plan, *measure))
        .chain((0..plan.amounts()).flat_map(|number| of_amount(plan, number)))
        .collect();
    let slices = (0..frame.height().max(1)).step_by(slice).map(|from| {
        let slice = frame.slice(from as i64, slice).lazy();
        plan.evaluated(slice)?.group_by(&keys).agg(&sums).collect()
    });
    let mut slices = slices.collect::<PolarsResult<Vec<_>>>()?.into_iter();
    let first = slices.next().unwrap_or_default();
    slices.try_fold(first, |all, slice| all.vstack(&slice))
}

/// What is added up for one measure.
fn sums(plan: &Plan, measure: Measure) -> Vec<Expr> {
    let taken = || rows(measure.rows);
    let name = |what| name(what, measure);
    let mut sums = vec![taken().sum().alias(name("taken"))];
    let Some(number) = measure.amount else { return sums };
    let (amount, hidden) = (|| amount(number), || hidden(number));
    sums.extend([
        taken().and(amount().is_not_null()).sum().alias(name("known")),
        when(taken()).then(amount()).otherwise(lit(0)).sum().alias(name("sum")),
        taken().and(hidden()).sum().alias(name("hidden")),
        taken().and(amount().is_null()).and(hidden().not()).sum().alias(name("missing")),
    ]);
    if plan.is_weight(number) {
        let square = when(taken()).then(amount() * amount()).otherwise(lit(0));
        sums.push(square.sum().alias(name("squares")));
    }
    sums
}

/// What is added up for one amount over all rows: where it is given at all, and how large it is.
fn of_amount(plan: &Plan, number: usize) -> [Expr; 2] {
    let given = amount(number).is_not_null().or(hidden(number)).sum();
    let float = || amount(number).cast(DataType::Float64);
    let size = if plan.is_weight(number) {
        float() * float()
    } else {
        when(float().lt(lit(0.0))).then(-float()).otherwise(float())
    };
    [given.alias(format!("@given:{number}")), size.sum().alias(format!("@size:{number}"))]
}

fn name(what: &str, measure: Measure) -> String {
    match measure.amount {
        None => format!("@{what}:{}", measure.rows),
        Some(amount) => format!("@{what}:{}:{amount}", measure.rows),
    }
}

/// The first amount whose sum may be beyond 64 bits.
fn too_large(plan: &Plan, atoms: &DataFrame) -> PolarsResult<Option<Diagnostic>> {
    for number in 0..plan.amounts() {
        let sizes = atoms.column(&format!("@size:{number}"))?;
        let size: f64 = sizes.f64()?.iter().flatten().sum();
        if let Some(place) = plan.place(number).filter(|_| size >= LARGEST) {
            let message = format!("the numbers of `{}` are too large to be added up", plan.source);
            return Ok(Some(Diagnostic::error("too-large", message, place).hint(
                "sums are exact to the thousandth up to nine quadrillion; is it a column of numbers, or one of keys?",
            )));
        }
    }
    Ok(None)
}

/// The sums of one measure, atom by atom.
fn counted_atoms(plan: &Plan, measure: Measure, atoms: &DataFrame) -> PolarsResult<Counted> {
    let integers = |column: String| -> PolarsResult<Vec<i64>> {
        let column = atoms.column(&column)?.cast(&DataType::Int64)?;
        Ok(column.i64()?.iter().map(Option::unwrap_or_default).collect())
    };
    let taken = integers(name("taken", measure))?;
    let Some(number) = measure.amount else {
        let atoms = taken.into_iter().map(Atom::of_rows).collect();
        return Ok(Counted { atoms, known_in: plan.known_in(measure) });
    };
    let of = |what| integers(name(what, measure));
    let (known, sum, hidden, missing) = (of("known")?, of("sum")?, of("hidden")?, of("missing")?);
    let squares = if plan.is_weight(number) { Some(of("squares")?) } else { None };
    let given = integers(format!("@given:{number}"))?;
    let atom = |i: usize| {
        // Sums of ordered tables have no squares: a person counts at most one, so the sum is as high as they can be.
        let squares = squares.as_ref().map_or(i128::from(sum[i]) * 1000, |squares| i128::from(squares[i]));
        Atom {
            rows: known[i],
            sum: sum[i].into(),
            squares,
            seen: taken[i] > 0,
            hidden: hidden[i] > 0,
            missing: missing[i] > 0,
            given: given[i] > 0,
        }
    };
    Ok(Counted { atoms: (0..taken.len()).map(atom).collect(), known_in: plan.known_in(measure) })
}
