//! Tables → `Raw`: every population counted once, by period and area, in whole numbers.
//!
//! One plan per source evaluates its expressions; what follows are sums of integers over rows, so that neither the order of
//! rows nor the number of threads can change a result.

use std::collections::{BTreeMap, BTreeSet};

use polars::{
    prelude::{DataFrame, DataType, Expr, IntoLazy, PolarsResult, col, lit},
    sql::sql_expr,
};

use super::{
    columns,
    placed::{Placed, Rows},
    raw::Series,
};
use crate::{
    catalogue::{Catalogue, Population, Sql},
    diagnostics::Diagnostic,
    ids::{PopulationId, SourceId},
    sources::{Table, hidden_column},
};

/// What a population adds up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Amount<'a> {
    /// Its rows.
    Rows,
    /// A column.
    Column(&'a str),
    /// An expression. Weights lie between 0 and 1 and have a variance; other values do not.
    Expression { text: &'a str, weight: bool },
}

/// A population with everything that it lies within.
struct Resolved<'a> {
    id: &'a PopulationId,
    filters: Vec<&'a Sql>,
    amount: Amount<'a>,
}

/// Counts the populations of one source.
pub(in crate::compute) fn populations(
    catalogue: &Catalogue,
    source: &SourceId,
    table: &Table,
    placed: &Placed,
) -> Result<BTreeMap<PopulationId, Series>, Vec<Diagnostic>> {
    let all: Vec<Resolved> = catalogue
        .populations
        .iter()
        .filter(|(id, _)| catalogue.source_of(id) == Some(source) && !table.absent.contains(&id.value))
        .map(|(id, population)| resolve(catalogue, id, population))
        .collect();
    let evaluated = Evaluated::new(table, &all)
        .map_err(|error| vec![cannot_evaluate(source, &all, &table.frame, &error.to_string())])?;
    let series = |population: &Resolved| {
        let rows = evaluated.rows(population, table);
        (population.id.clone(), placed.series(&rows))
    };
    Ok(all.iter().map(series).collect())
}

/// Follows `within` outwards: every filter counts, and the innermost amount.
fn resolve<'a>(catalogue: &'a Catalogue, id: &'a PopulationId, population: &'a Population) -> Resolved<'a> {
    let (mut filters, mut amount, mut next) = (Vec::new(), Amount::Rows, Some(population));
    while let Some(population) = next {
        filters.extend(&population.filter);
        if amount == Amount::Rows {
            amount = match (&population.weight, &population.sum, &population.value) {
                (Some(weight), _, _) => Amount::Expression { text: &weight.text, weight: true },
                (_, Some(column), _) => Amount::Column(&column.value),
                (_, _, Some(value)) => Amount::Expression { text: &value.text, weight: false },
                (None, None, None) => Amount::Rows,
            };
        }
        next = population.within.as_ref().and_then(|outer| catalogue.population(outer));
    }
    Resolved { id, filters, amount }
}

impl Resolved<'_> {
    /// The periods in which every column is known that another source added; `None`: in all.
    fn known_in(&self, table: &Table) -> Option<BTreeSet<i32>> {
        let filters = self.filters.iter().filter_map(|sql| sql_expr(&sql.text).ok());
        let expressions: Vec<Expr> = filters.chain(self.amount.expression().ok()).collect();
        let names = expressions.iter().flat_map(columns_of);
        let periods = names.filter_map(|name| table.added.get(name)).cloned();
        periods.reduce(|all, periods| &all & &periods)
    }
}

/// The columns that an expression takes.
fn columns_of(expression: &Expr) -> impl Iterator<Item = &str> {
    expression.into_iter().filter_map(|part| match part {
        Expr::Column(name) => Some(name.as_str()),
        _ => None,
    })
}

/// The source's expressions, evaluated for every row.
struct Evaluated<'a> {
    filters: BTreeMap<&'a str, Vec<bool>>,
    amounts: BTreeMap<Amount<'a>, Amounts>,
}

/// One amount for every row.
struct Amounts {
    /// Thousandths; `None` where there is no number.
    numbers: Vec<Option<i64>>,
    /// Where the supplier hid it; empty when it hid none.
    hidden: Vec<bool>,
}

impl<'a> Evaluated<'a> {
    fn new(table: &Table, all: &[Resolved<'a>]) -> PolarsResult<Self> {
        let frame = &table.frame;
        let filters: BTreeSet<&str> =
            all.iter().flat_map(|p| &p.filters).map(|sql| sql.text.as_str()).collect();
        let amounts: BTreeSet<Amount> = all.iter().map(|p| p.amount).filter(|a| *a != Amount::Rows).collect();
        let mut plan = vec![lit(true).alias("@")];
        for (number, text) in filters.iter().enumerate() {
            plan.push(sql_expr(text)?.cast(DataType::Boolean).alias(format!("f{number}")));
        }
        for (number, amount) in amounts.iter().enumerate() {
            plan.push(amount.expression()?.cast(DataType::Float64).alias(format!("a{number}")));
        }
        let result = frame.clone().lazy().select(plan).collect()?;
        let flags = |number: usize| columns::flags(&result, &format!("f{number}")).unwrap_or_default();
        let numbers = |number: usize| -> PolarsResult<Vec<Option<i64>>> {
            Ok(result.column(&format!("a{number}"))?.f64()?.iter().map(|x| x.and_then(thousandths)).collect())
        };
        let mut found = BTreeMap::new();
        for (number, amount) in amounts.into_iter().enumerate() {
            let hidden = amount.hidden(frame)?;
            found.insert(amount, Amounts { numbers: broadcast(numbers(number)?, frame.height()), hidden });
        }
        let filters = filters
            .into_iter()
            .enumerate()
            .map(|(number, text)| (text, broadcast(flags(number), frame.height())))
            .collect();
        Ok(Self { filters, amounts: found })
    }

    /// The rows of a population, with what each counts for.
    fn rows(&self, population: &Resolved<'a>, table: &Table) -> Rows<'_> {
        let mut taken = vec![true; table.frame.height()];
        for filter in &population.filters {
            for (taken, passes) in taken.iter_mut().zip(&self.filters[filter.text.as_str()]) {
                *taken &= passes;
            }
        }
        let amounts = self.amounts.get(&population.amount);
        Rows {
            taken,
            numbers: amounts.map(|amounts| amounts.numbers.as_slice()),
            hidden: amounts.map_or(&[], |amounts| amounts.hidden.as_slice()),
            weights: matches!(population.amount, Amount::Expression { weight: true, .. }),
            known_in: population.known_in(table),
        }
    }
}

impl Amount<'_> {
    fn expression(&self) -> PolarsResult<Expr> {
        match self {
            Self::Rows => Ok(lit(1)),
            Self::Column(name) => Ok(col(*name)),
            Self::Expression { text, .. } => sql_expr(text),
        }
    }

    /// Where the supplier hid any column that it takes.
    fn hidden(&self, frame: &DataFrame) -> PolarsResult<Vec<bool>> {
        let expression = self.expression()?;
        let mut hidden: Vec<bool> = Vec::new();
        for name in columns_of(&expression) {
            let Some(flags) = columns::flags(frame, &hidden_column(name)) else { continue };
            hidden.resize(flags.len(), false);
            hidden.iter_mut().zip(flags).for_each(|(hidden, flag)| *hidden |= flag);
        }
        Ok(hidden)
    }
}

/// An expression of constants alone gives one row, which holds for all.
fn broadcast<T: Clone>(mut column: Vec<T>, height: usize) -> Vec<T> {
    if let [only] = column.as_slice() {
        let only = only.clone();
        column.resize(height, only);
    }
    column
}

/// A number in thousandths; suppliers give at most three decimals.
fn thousandths(number: f64) -> Option<i64> {
    let scaled = (number * 1000.0).round();
    (scaled.abs() < 9e18).then_some(scaled as i64)
}

/// Points at the first expression that fails alone, so that the message is about one line of the catalogue.
fn cannot_evaluate(source: &SourceId, all: &[Resolved], frame: &DataFrame, error: &str) -> Diagnostic {
    let fails = |sql: &Sql| {
        let evaluated = sql_expr(&sql.text)
            .and_then(|e| frame.clone().lazy().select([e.cast(DataType::Boolean)]).collect());
        evaluated.is_err()
    };
    let message = format!("cannot evaluate the populations of `{source}`");
    let hint = error.lines().next().unwrap_or_default().to_string();
    match all.iter().flat_map(|population| &population.filters).find(|sql| fails(sql)) {
        Some(sql) => Diagnostic::error("bad-expression", message, &sql.place).hint(hint),
        None => {
            let place = crate::diagnostics::At::Nowhere;
            Diagnostic::new(crate::diagnostics::Severity::Error, "bad-expression", message, place).hint(hint)
        }
    }
}
