//! What a source's populations are made of, as columns of one lazy plan: every condition and every amount once, however many
//! populations use it.

use std::collections::{BTreeMap, BTreeSet};

use polars::{
    prelude::{DataType, Expr, IntoLazy, LazyFrame, NULL, PolarsResult, RoundMode, col, lit, when},
    sql::sql_expr,
};

use crate::{
    catalogue::{self, Catalogue, Population, Sensitivity, Source, Sql},
    diagnostics::{At, Diagnostic, Place, Severity},
    ids::{PopulationId, SourceId},
    sources::{Table, hidden_column},
};

/// What a population adds up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) enum Amount<'a> {
    /// Its rows.
    Rows,
    /// A column.
    Column(&'a str),
    /// An expression. Weights lie between 0 and 1 and have a variance; other values do not.
    Expression { text: &'a str, weight: bool },
}

/// A population with everything that it lies within.
struct Resolved<'a> {
    filters: Vec<&'a Sql>,
    amount: Amount<'a>,
    place: Option<&'a Place>,
}

/// A population as numbers of the plan's columns. Two populations with one measure are counted once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) struct Measure {
    /// The rows it takes, as in [`rows`].
    pub rows: usize,
    /// What is added up, as in [`amount`]; `None`: each row counts one.
    pub amount: Option<usize>,
}

/// The plan of one source.
pub(in crate::compute) struct Plan<'a> {
    pub source: &'a SourceId,
    pub table: &'a Table,
    pub populations: BTreeMap<&'a PopulationId, Measure>,
    /// Conditions, each once.
    filters: Vec<&'a Sql>,
    /// Sets of rows: the conditions (by number) that all hold.
    selections: Vec<BTreeSet<usize>>,
    amounts: Vec<Amount<'a>>,
    /// Where the catalogue asks for each amount.
    places: Vec<Option<&'a Place>>,
    /// Whether a message may say what the engine says, which can quote rows: not where rows are persons.
    quotes: bool,
}

/// The column that is true for the rows of a selection.
pub(in crate::compute) fn rows(selection: usize) -> Expr {
    col(format!("@rows:{selection}"))
}

/// The column of an amount: thousandths as 64-bit integers, null where there is no number.
pub(in crate::compute) fn amount(number: usize) -> Expr {
    col(format!("@amount:{number}"))
}

/// The column that is true where the supplier hid an amount.
pub(in crate::compute) fn hidden(number: usize) -> Expr {
    col(format!("@withheld:{number}"))
}

impl<'a> Plan<'a> {
    /// The populations that take rows from a source, but for those of moves.
    pub fn new(catalogue: &'a Catalogue, source: &'a SourceId, table: &'a Table) -> Self {
        Self::of(catalogue, catalogue.populations.iter(), source, table)
    }

    /// All of them, of a table whose persons were followed.
    pub fn with_flows(catalogue: &'a Catalogue, source: &'a SourceId, table: &'a Table) -> Self {
        let all = catalogue.populations.iter().chain(catalogue.flows.iter());
        Self::of(catalogue, all, source, table)
    }

    fn of(
        catalogue: &'a Catalogue,
        populations: impl Iterator<Item = (&'a catalogue::At<PopulationId>, &'a Population)>,
        source: &'a SourceId,
        table: &'a Table,
    ) -> Self {
        let mut plan = Self {
            source,
            table,
            populations: BTreeMap::new(),
            filters: Vec::new(),
            selections: Vec::new(),
            amounts: Vec::new(),
            places: Vec::new(),
            quotes: !of_persons(catalogue, source),
        };
        for (id, population) in populations {
            if catalogue.source_of(id) == Some(source) && !table.absent.contains(&id.value) {
                let measure = plan.add(&resolve(catalogue, population));
                plan.populations.insert(&id.value, measure);
            }
        }
        plan
    }

    fn add(&mut self, population: &Resolved<'a>) -> Measure {
        let mut selection = BTreeSet::new();
        for filter in &population.filters {
            let known = self.filters.iter().position(|other| other.text == filter.text);
            selection.insert(known.unwrap_or_else(|| {
                self.filters.push(filter);
                self.filters.len() - 1
            }));
        }
        let rows = self.selection(selection);
        let amount = (population.amount != Amount::Rows).then(|| {
            let known = self.amounts.iter().position(|other| *other == population.amount);
            known.unwrap_or_else(|| {
                self.amounts.push(population.amount);
                self.places.push(population.place);
                self.amounts.len() - 1
            })
        });
        Measure { rows, amount }
    }

    fn selection(&mut self, filters: BTreeSet<usize>) -> usize {
        let known = self.selections.iter().position(|other| *other == filters);
        known.unwrap_or_else(|| {
            self.selections.push(filters);
            self.selections.len() - 1
        })
    }

    /// The measure of all rows.
    pub fn everything(&mut self) -> Measure {
        Measure { rows: self.selection(BTreeSet::new()), amount: None }
    }

    /// The number of amounts.
    pub fn amounts(&self) -> usize {
        self.amounts.len()
    }

    /// Where the catalogue asks for an amount.
    pub fn place(&self, amount: usize) -> Option<&'a Place> {
        self.places[amount]
    }

    /// Do rows count as parts of a person, so that their sum has a variance of its own?
    pub fn is_weight(&self, amount: usize) -> bool {
        matches!(self.amounts[amount], Amount::Expression { weight: true, .. })
    }

    /// Rows of the source with the columns [`rows`], [`amount`] and [`hidden`].
    ///
    /// # Errors
    /// An expression that polars cannot read.
    pub fn evaluated(&self, frame: LazyFrame) -> PolarsResult<LazyFrame> {
        let condition = |number: usize| col(format!("@where:{number}"));
        let mut first = Vec::new();
        for (number, filter) in self.filters.iter().enumerate() {
            let holds = sql_expr(&filter.text)?.cast(DataType::Boolean).fill_null(lit(false));
            first.push(holds.alias(format!("@where:{number}")));
        }
        for (number, amount) in self.amounts.iter().enumerate() {
            first.push(thousandths(amount.expression()?).alias(format!("@amount:{number}")));
            first.push(amount.hidden(self.table)?.alias(format!("@withheld:{number}")));
        }
        let selections = self.selections.iter().enumerate().map(|(number, filters)| {
            let all = filters.iter().map(|filter| condition(*filter)).reduce(Expr::and);
            all.unwrap_or_else(|| lit(true)).alias(format!("@rows:{number}"))
        });
        Ok(frame.with_columns(first).with_columns(selections.collect::<Vec<_>>()))
    }

    /// The periods (as codes) in which every column is known that another source added; `None`: in all.
    pub fn known_in(&self, measure: Measure) -> Option<BTreeSet<i32>> {
        let filters =
            self.selections[measure.rows].iter().filter_map(|n| sql_expr(&self.filters[*n].text).ok());
        let amount = measure.amount.and_then(|amount| self.amounts[amount].expression().ok());
        let expressions: Vec<Expr> = filters.chain(amount).collect();
        let names = expressions.iter().flat_map(columns_of);
        let periods = names.filter_map(|name| self.table.added.get(name)).cloned();
        periods.reduce(|all, periods| &all & &periods)
    }

    /// Points at the first condition that fails alone, so that the message is about one line of the catalogue.
    pub fn cannot_evaluate(&self, error: &str) -> Diagnostic {
        let fails = |sql: &Sql| {
            let evaluated = sql_expr(&sql.text)
                .and_then(|e| self.table.frame.clone().lazy().select([e.cast(DataType::Boolean)]).collect());
            evaluated.is_err()
        };
        let message = format!("cannot evaluate the populations of `{}`", self.source);
        let hint = if self.quotes {
            error.lines().next().unwrap_or_default().to_string()
        } else {
            "a row has a value that the expression cannot take; it is not shown, since it is a person's"
                .into()
        };
        match self.filters.iter().find(|sql| fails(sql)) {
            Some(sql) => Diagnostic::error("bad-expression", message, &sql.place).hint(hint),
            None => Diagnostic::new(Severity::Error, "bad-expression", message, At::Nowhere).hint(hint),
        }
    }
}

/// Are the rows of a source persons, or do some of their columns come from such a source?
fn of_persons(catalogue: &Catalogue, id: &SourceId) -> bool {
    let joins = |source: &Source| source.adds_to.as_ref().is_some_and(|adds| adds.source.value == *id);
    catalogue
        .sources
        .iter()
        .filter(|(known, source)| known.value == *id || joins(source))
        .any(|(_, source)| source.sensitivity == Sensitivity::Person)
}

/// Follows `within` outwards: every filter counts, and the innermost amount.
fn resolve<'a>(catalogue: &'a Catalogue, population: &'a Population) -> Resolved<'a> {
    let mut resolved = Resolved { filters: Vec::new(), amount: Amount::Rows, place: None };
    let mut next = Some(population);
    while let Some(population) = next {
        resolved.filters.extend(&population.filter);
        if resolved.amount == Amount::Rows {
            (resolved.amount, resolved.place) = match (&population.weight, &population.sum, &population.value)
            {
                (Some(weight), _, _) => {
                    (Amount::Expression { text: &weight.text, weight: true }, Some(&weight.place))
                }
                (_, Some(column), _) => (Amount::Column(&column.value), Some(&column.place)),
                (_, _, Some(value)) => {
                    (Amount::Expression { text: &value.text, weight: false }, Some(&value.place))
                }
                (None, None, None) => (Amount::Rows, None),
            };
        }
        next = population.within.as_ref().and_then(|outer| catalogue.population(outer));
    }
    resolved
}

/// The columns that an expression takes.
fn columns_of(expression: &Expr) -> impl Iterator<Item = &str> {
    expression.into_iter().filter_map(|part| match part {
        Expr::Column(name) => Some(name.as_str()),
        _ => None,
    })
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
    fn hidden(&self, table: &Table) -> PolarsResult<Expr> {
        let expression = self.expression()?;
        let columns = columns_of(&expression).map(hidden_column);
        let flags = columns
            .filter(|name| table.frame.get_column_index(name).is_some())
            .map(|name| col(name).fill_null(lit(false)));
        Ok(flags.reduce(Expr::or).unwrap_or_else(|| lit(false)))
    }
}

/// A number in thousandths; suppliers give at most three decimals. What is no number (or beyond 64 bits) is null.
fn thousandths(number: Expr) -> Expr {
    let scaled = (number.cast(DataType::Float64) * lit(1000.0)).round(0, RoundMode::HalfAwayFromZero);
    let fits = scaled.clone().gt(lit(-9e18)).and(scaled.clone().lt(lit(9e18)));
    when(fits).then(scaled).otherwise(lit(NULL)).cast(DataType::Int64)
}
