//! SQL expressions of the catalogue (`where:`, `value:`), checked before any row is read.
//!
//! polars would accept more than is meant (`age > 18 garbage` as an alias, `age = NULL` as never true) and throws positions
//! away. So `sqlparser`, in the dialect and version that polars uses, reads the expression first: to its very end, every
//! name a known column, one row at a time. Only then polars gets it, with an empty table to try it on.

use std::{collections::BTreeSet, ops::ControlFlow};

use polars::{prelude::*, sql::sql_expr};
use sqlparser::{
    ast::{
        BinaryOperator, Expr as Ast, Function, FunctionArguments, Ident, Query, Spanned, Value, Visit,
        Visitor,
    },
    dialect::GenericDialect,
    parser::{Parser, ParserError},
    tokenizer::{Location, Token, Tokenizer},
};

use crate::diagnostics::{Diagnostic, Place};

/// What an expression must give.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    /// True or false for every row.
    Filter,
    /// A number for every row.
    Number,
}

/// An expression and the way from a span of bytes in it back to the catalogue.
pub(super) struct Expression<'a> {
    pub text: &'a str,
    pub wanted: Wanted,
    pub place: &'a dyn Fn(usize, usize) -> Place,
}

/// Checks an expression against the columns it may use; gives the columns that it does use.
pub(super) fn check(
    expression: &Expression<'_>,
    schema: &Schema,
) -> Result<BTreeSet<String>, Vec<Diagnostic>> {
    let ast = parse(expression).map_err(|problem| vec![problem])?;
    let mut walk = Walk { expression, schema, columns: BTreeSet::new(), problems: Vec::new() };
    let _ = ast.visit(&mut walk);
    if walk.problems.is_empty() {
        walk.problems.extend(check_type(expression, schema).err());
    }
    if walk.problems.is_empty() { Ok(walk.columns) } else { Err(walk.problems) }
}

/// The names that an expression uses, whether they are columns or not; none if it cannot be read.
pub(super) fn names(text: &str) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl Visitor for Names {
        type Break = ();
        fn pre_visit_expr(&mut self, ast: &Ast) -> ControlFlow<()> {
            if let Ast::Identifier(ident) = ast {
                self.0.insert(ident.value.clone());
            }
            ControlFlow::Continue(())
        }
    }
    let mut names = Names(BTreeSet::new());
    if let Ok(ast) =
        Parser::new(&GenericDialect).try_with_sql(text).and_then(|mut parser| parser.parse_expr())
    {
        let _ = ast.visit(&mut names);
    }
    names.0
}

fn parse(expression: &Expression<'_>) -> Result<Ast, Diagnostic> {
    let text = expression.text;
    let error = |message: String, offset: usize, len: usize| {
        Diagnostic::error("broken-expression", message, &(expression.place)(offset, len))
    };
    if text.trim().is_empty() {
        return Err(
            error("the expression is empty".into(), 0, text.len()).hint("write a comparison, `age >= 18`")
        );
    }
    if let Err(problem) = Tokenizer::new(&GenericDialect, text).tokenize_with_location() {
        let offset = byte_offset(text, problem.location);
        return Err(error(lower_first(&problem.message), offset, text.len() - offset));
    }
    let read = Parser::new(&GenericDialect).try_with_sql(text).and_then(|mut parser| {
        let ast = parser.parse_expr()?;
        Ok((ast, parser.peek_token()))
    });
    match read {
        Ok((ast, end)) if end.token == Token::EOF => Ok(ast),
        Ok((_, rest)) => {
            let offset = byte_offset(text, rest.span.start);
            let found = rest.token.to_string();
            Err(error(format!("expected the end of the expression, found `{found}`"), offset, found.len())
                .did_you_mean(&found.to_uppercase(), ["AND", "OR", "BETWEEN", "IN", "IS", "NOT", "LIKE"])
                .hint("join conditions with AND or OR"))
        }
        Err(ParserError::RecursionLimitExceeded) => {
            Err(error("the expression is nested too deeply".into(), 0, text.len()))
        }
        Err(ParserError::ParserError(message) | ParserError::TokenizerError(message)) => {
            let (message, location) = split_location(&message);
            let (offset, len) = match location {
                Some(location) => {
                    let offset = byte_offset(text, location);
                    (offset, word_length(&text[offset..]))
                }
                None => (text.trim_end().len(), 1),
            };
            Err(error(lower_first(message), offset, len))
        }
    }
}

/// sqlparser gives the position inside its message: `Expected: …, found: x at Line: 1, Column: 5`.
fn split_location(message: &str) -> (&str, Option<Location>) {
    let parts = || {
        let (text, position) = message.rsplit_once(" at Line: ")?;
        let (line, column) = position.split_once(", Column: ")?;
        Some((text, Location { line: line.parse().ok()?, column: column.parse().ok()? }))
    };
    parts().map_or((message, None), |(text, location)| (text, Some(location)))
}

/// From line and column (in characters, from 1) to a byte.
fn byte_offset(text: &str, at: Location) -> usize {
    let skipped: usize =
        text.split_inclusive('\n').take(at.line.saturating_sub(1) as usize).map(str::len).sum();
    let line = &text[skipped..];
    line.char_indices().nth(at.column.saturating_sub(1) as usize).map_or(text.len(), |(i, _)| skipped + i)
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len()).max(1)
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Looks at every part of a parsed expression.
struct Walk<'a> {
    expression: &'a Expression<'a>,
    schema: &'a Schema,
    columns: BTreeSet<String>,
    problems: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn problem(
        &self,
        code: &'static str,
        message: impl Into<String>,
        start: Location,
        len: usize,
    ) -> Diagnostic {
        let offset = byte_offset(self.expression.text, start);
        Diagnostic::error(code, message, &(self.expression.place)(offset, len))
    }

    fn column(&mut self, ident: &Ident) {
        let name = &ident.value;
        if self.schema.contains(name) {
            self.columns.insert(name.clone());
            return;
        }
        let len = name.len() + if ident.quote_style.is_some() { 2 } else { 0 };
        let mut problem = self
            .problem("unknown-column", format!("there is no column `{name}`"), ident.span.start, len)
            .did_you_mean(name, self.schema.iter_names().map(|name| name.as_str()));
        problem = match ident.quote_style {
            Some('"') => problem.hint(format!("text stands in single quotes: '{name}'")),
            _ if problem.hints.is_empty() => problem.hint(format!("the columns are {}", listed(self.schema))),
            _ => problem,
        };
        self.problems.push(problem);
    }

    fn function(&mut self, function: &Function) {
        const OVER_ROWS: [&str; 12] = [
            "SUM", "COUNT", "AVG", "MIN", "MAX", "MEDIAN", "STDDEV", "VARIANCE", "FIRST", "LAST", "QUANTILE",
            "CORR",
        ];
        let name = function.name.to_string();
        let many = function.over.is_some()
            || function.filter.is_some()
            || OVER_ROWS.contains(&name.to_uppercase().as_str());
        if many || matches!(function.args, FunctionArguments::Subquery(_)) {
            let problem = self
                .problem("not-one-row", format!("`{name}` looks at many rows"), function.name.span().start, name.len())
                .hint("an expression here is about one row; sums, counts and means are made by `sum:`, `weight:` and the method");
            self.problems.push(problem);
        }
    }

    fn comparison(&mut self, op: &BinaryOperator, side: &Ast) {
        let Ast::Value(value) = side else { return };
        if value.value == Value::Null && matches!(op, BinaryOperator::Eq | BinaryOperator::NotEq) {
            let write = if *op == BinaryOperator::Eq { "IS NULL" } else { "IS NOT NULL" };
            let problem = self
                .problem("compared-with-null", format!("`{op} NULL` is never true"), value.span.start, 4)
                .hint(format!("write `{write}`"));
            self.problems.push(problem);
        }
    }
}

impl Visitor for Walk<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let problem = self
            .problem("no-queries-here", "a query cannot stand inside an expression", query.span().start, 6)
            .hint("columns of another source come in with `adds-to:`");
        self.problems.push(problem);
        ControlFlow::Break(())
    }

    fn pre_visit_expr(&mut self, ast: &Ast) -> ControlFlow<()> {
        match ast {
            Ast::Identifier(ident) => self.column(ident),
            Ast::CompoundIdentifier(parts) => {
                let name = parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".");
                let start = parts.first().map_or(Location::new(1, 1), |part| part.span.start);
                let problem = self
                    .problem(
                        "unknown-column",
                        format!("expected a column, found `{name}`"),
                        start,
                        name.len(),
                    )
                    .hint("name the column alone: the source is given by `from:` or `within:`");
                self.problems.push(problem);
            }
            Ast::Function(function) => self.function(function),
            Ast::BinaryOp { left, op, right } => {
                self.comparison(op, left);
                self.comparison(op, right);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// Lets polars read the expression and try it on an empty table, which finds comparisons of unlike types too.
fn check_type(expression: &Expression<'_>, schema: &Schema) -> Result<(), Diagnostic> {
    let error = |code, message: String| {
        Diagnostic::error(code, message, &(expression.place)(0, expression.text.len()))
    };
    let broken = |problem: PolarsError| {
        let text = problem.to_string();
        error("wrong-expression", lower_first(text.lines().next().unwrap_or_default()))
            .hint(format!("{}; a text stands in single quotes: 'x'", held(expression.text, schema)))
    };
    let parsed = sql_expr(expression.text).map_err(broken)?.alias("result");
    let empty = DataFrame::empty_with_schema(schema).lazy().select([parsed]);
    let result = empty.collect().map_err(broken)?;
    let found = result.schema().get("result").cloned().unwrap_or(DataType::Null);
    match expression.wanted {
        Wanted::Filter if found != DataType::Boolean => Err(error(
            "not-a-condition",
            format!("expected a condition (true or false), found {}", type_words(&found)),
        )
        .hint("compare it with something: `> 0`, `= 'x'`, `IS NOT NULL`")),
        Wanted::Number if !(found.is_numeric() || found == DataType::Boolean) => {
            Err(error("not-a-number", format!("expected a number, found {}", type_words(&found))))
        }
        _ => Ok(()),
    }
}

/// What the columns of an expression hold.
fn held(text: &str, schema: &Schema) -> String {
    let columns = names(text).into_iter().filter_map(|name| {
        let dtype = schema.get(&name)?;
        Some(format!("`{name}` holds {}", type_words(dtype)))
    });
    columns.collect::<Vec<_>>().join(", ")
}

/// A type in words; values of person rows are never printed, these words are.
pub(super) fn type_words(dtype: &DataType) -> &'static str {
    match dtype {
        DataType::String => "text",
        DataType::Boolean => "true or false",
        DataType::Date => "a date",
        DataType::Datetime(..) => "a date and time",
        DataType::Null => "nothing but empty cells",
        dtype if dtype.is_numeric() => "a number",
        _ => "something else",
    }
}

/// The names of a schema, as in a sentence.
pub(super) fn listed(schema: &Schema) -> String {
    let names: Vec<String> = schema.iter_names().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostics::{At, SourceFile};

    fn run(text: &str, wanted: Wanted) -> Result<BTreeSet<String>, Vec<Diagnostic>> {
        let schema = Schema::from_iter([
            Field::new("age".into(), DataType::Int64),
            Field::new("sex".into(), DataType::String),
            Field::new("år".into(), DataType::Int64),
            Field::new("share".into(), DataType::Float64),
        ]);
        let file = Arc::new(SourceFile { name: "a.yaml".into(), text: text.into() });
        let place = |offset, len| Place { file: file.clone(), offset, len };
        check(&Expression { text, wanted, place: &place }, &schema)
    }

    /// The one problem: its code, and the text that it points at.
    fn problem(text: &str, wanted: Wanted) -> (&'static str, String) {
        let problems = run(text, wanted).expect_err(text);
        assert_eq!(problems.len(), 1, "{problems:?}");
        let At::Text(place) = &problems[0].at else { panic!("{problems:?}") };
        (problems[0].code, text.get(place.offset..place.offset + place.len).unwrap_or("end").to_string())
    }

    #[test]
    fn a_good_condition_gives_the_columns_it_uses() {
        for text in [
            "age BETWEEN 18 AND 64",
            "age >= 18 and sex = 'k'",
            "år > 3 AND age IS NOT NULL",
            "sex IN ('k', 'm')",
        ] {
            assert!(run(text, Wanted::Filter).is_ok(), "{text}: {:?}", run(text, Wanted::Filter));
        }
        let columns = run("CASE WHEN sex LIKE 'k%' THEN share ELSE 0 END", Wanted::Number).expect("good");
        assert_eq!(columns, BTreeSet::from(["sex".into(), "share".into()]));
    }

    #[test]
    fn an_unknown_column_is_found_where_it_stands() {
        assert_eq!(problem("år > 2 AND agge > 18", Wanted::Filter), ("unknown-column", "agge".into()));
        assert_eq!(problem("age > 2\n  AND\n  år2 = 1", Wanted::Filter), ("unknown-column", "år2".into()));
        assert_eq!(problem("sex = \"k\"", Wanted::Filter), ("unknown-column", "\"k\"".into()));
        let hints = &run("agge > 18", Wanted::Filter).expect_err("unknown")[0].hints;
        assert_eq!(hints, &["did you mean `age`?"]);
    }

    #[test]
    fn what_polars_would_swallow_is_refused() {
        assert_eq!(problem("age > 18 garbage", Wanted::Filter), ("broken-expression", "garbage".into()));
        assert_eq!(problem("age BETWEN 18 AND 64", Wanted::Filter), ("broken-expression", "BETWEN".into()));
        assert_eq!(problem("age = NULL", Wanted::Filter), ("compared-with-null", "NULL".into()));
        assert_eq!(problem("age > ", Wanted::Filter).0, "broken-expression");
        assert_eq!(problem("sex = 'k", Wanted::Filter).0, "broken-expression");
        assert_eq!(problem("", Wanted::Filter).0, "broken-expression");
    }

    #[test]
    fn queries_aggregates_and_windows_are_refused() {
        assert_eq!(problem("age > (SELECT 1)", Wanted::Filter).0, "no-queries-here");
        assert_eq!(problem("age IN (SELECT age FROM read_csv('x'))", Wanted::Filter).0, "no-queries-here");
        assert_eq!(problem("SUM(age) > 3", Wanted::Filter), ("not-one-row", "SUM".into()));
        assert_eq!(problem("ROW_NUMBER() OVER (ORDER BY age) > 3", Wanted::Filter).0, "not-one-row");
    }

    #[test]
    fn a_filter_must_be_true_or_false_and_a_value_a_number() {
        assert_eq!(problem("age + 1", Wanted::Filter).0, "not-a-condition");
        assert_eq!(problem("sex", Wanted::Number).0, "not-a-number");
        assert_eq!(problem("age > 'abc'", Wanted::Filter).0, "wrong-expression");
        assert!(run("share * 1000", Wanted::Number).is_ok());
    }

    #[test]
    fn every_mistake_in_one_expression_is_found() {
        let problems = run("agee > 18 OR sxe = 'k' OR share = NULL", Wanted::Filter).expect_err("three");
        assert_eq!(problems.len(), 3, "{problems:?}");
    }
}
