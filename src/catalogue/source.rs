//! `sources:` every table: where it is, who made it, what a row is, and how a row finds its area.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    area::check_crs,
    check::{Checker, Kind},
    dates::{Crs, MonthDay},
    disclosure::Disclosure,
    forms::maybe,
    moves::{CameFrom, LeftFor},
    official::Official,
    privacy::Privacy,
    spans::{At, Section},
    sql::Sql,
    text::Text,
};
use crate::{diagnostics, ids::SourceId};

/// The source that holds national and regional values: columns `indicator`, `place` (`country` or the region's number),
/// its period, `value`, `part` and `whole`.
pub const BENCHMARKS: &str = "benchmarks";

/// A table of data.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// What the table holds.
    pub title: Text,
    /// Who made it.
    pub provider: Option<Text>,
    /// Parquet, CSV, JSON or GeoJSON, by its ending; globs allowed. Relative to the catalogue, or to `--data`. Without it
    /// the source is described only: what is counted in it is checked, and computed once there is a file.
    pub file: Option<At<String>>,
    /// The columns that figures need, and what each holds: what to ask a supplier for. Without a `file` they must be given;
    /// beside one, what counts a column that the file lacks is not computed. A source that replaces one of the base with
    /// the same id keeps the base's columns if it names none.
    #[serde(default)]
    pub columns: Section<String, Holds>,
    /// Only these rows. Two sources may read one file.
    #[serde(rename = "where")]
    pub filter: Option<Sql>,
    /// The column that gives a row's period.
    #[serde(default, deserialize_with = "maybe")]
    pub period: Option<At<PeriodColumn>>,
    /// A column with a date of birth. It gives the column `age`: whole years at `reference-date`.
    pub age_from: Option<At<String>>,
    /// How a row finds its area.
    #[serde(default, deserialize_with = "maybe")]
    pub located_by: Option<At<LocatedBy>>,
    /// The column with a row's household. Its members share much, so chance is reckoned by whole households.
    pub household: Option<At<String>>,
    /// The column that names a person in every period. The same person at two times tells how much chance a change has.
    pub person: Option<At<String>>,
    /// The column that says where a person came from who was not there the period before.
    pub came_from: Option<CameFrom>,
    /// The column that says where a person went who is not there the period after.
    pub left_for: Option<LeftFor>,
    /// The day of the year that the table describes, as `01-01`.
    pub reference_date: Option<At<MonthDay>>,
    /// When the figures were made, as printed in the data declaration, as `1. januar`.
    pub dated: Option<Text>,
    /// What may leave the machine; also what an error message may quote.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// What the contract on its data asks to be hidden, in every indicator that takes its rows.
    pub disclosure: Option<Disclosure>,
    /// What the municipality's record of processing says of it.
    pub privacy: Option<Privacy>,
    /// Texts in place of a number.
    #[serde(default)]
    pub marks: Marks,
    /// The table is an authority's decision and wins over our own computation.
    pub official: Option<Official>,
    /// Columns that join the rows of another source.
    pub adds_to: Option<AddsTo>,
    /// How a CSV file is written.
    #[serde(default)]
    pub csv: Csv,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Texts, and keys.
    Text,
    /// Numbers.
    Number,
    /// True or false.
    Boolean,
    /// Days.
    Date,
}

impl Holds {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
        }
    }
}

/// The column that gives a row's period, as number, text or date.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodColumn {
    /// A year.
    Year(At<String>),
    /// A half-year.
    HalfYear(At<String>),
    /// A quarter.
    Quarter(At<String>),
    /// A month.
    Month(At<String>),
}

impl PeriodColumn {
    /// The column's name.
    pub fn column(&self) -> &At<String> {
        match self {
            Self::Year(column) | Self::HalfYear(column) | Self::Quarter(column) | Self::Month(column) => {
                column
            }
        }
    }
}

/// How a row finds its area.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LocatedBy {
    /// By an address whose point another source knows.
    Address(ByAddress),
    /// By its own coordinates.
    Point(ByPoint),
    /// By a column with a square of the Danish grid, as `100m_61452_6891`: its centre decides.
    Cell(At<String>),
    /// By a column with the area's id: a row is an area's figure, not a person.
    Area(At<String>),
}

/// By an address whose point another source knows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ByAddress {
    /// The source of addresses, itself located by point.
    pub source: At<SourceId>,
    /// The column that both sources share.
    pub key: At<String>,
}

/// By coordinates in two columns.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ByPoint {
    /// The column with easting or longitude.
    pub x: At<String>,
    /// The column with northing or latitude.
    pub y: At<String>,
    /// Their coordinate system.
    pub crs: At<Crs>,
}

/// What may leave the machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Rows are persons: nothing of a row is ever shown.
    #[default]
    Person,
    /// Rows are counts, some of them small.
    Aggregate,
    /// Anyone may see the rows.
    Public,
}

/// Texts that stand in place of a number.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Marks {
    /// The supplier hid the number out of regard for single persons, as `".."`.
    pub hidden: Vec<String>,
    /// There is no number.
    pub missing: Vec<String>,
}

/// Columns that join the rows of another source; rows without a partner are counted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddsTo {
    /// The source whose rows get the columns.
    pub source: At<SourceId>,
    /// The column that both share.
    pub by: At<String>,
    /// `next`: what is known of year y joins the rows of 1 January y+1.
    #[serde(default)]
    pub period: JoinPeriod,
}

/// Which period of the other source a row joins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JoinPeriod {
    /// The same.
    #[default]
    Same,
    /// The one after.
    Next,
}

/// How a CSV file is written.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Csv {
    /// Between the columns: `","` (default), `";"` or a tab.
    pub delimiter: char,
    /// The decimal mark: `"."` (default) or `","`.
    pub decimal: char,
}

impl Default for Csv {
    fn default() -> Self {
        Self { delimiter: ',', decimal: '.' }
    }
}

/// Tables are read from files with these endings.
fn check_format(file: &At<String>, checker: &mut Checker) {
    let format = file.rsplit('.').next().unwrap_or_default();
    if !["parquet", "csv"].contains(&format) && !format.ends_with("json") {
        let hint = "tables are read from Parquet, CSV, JSON and GeoJSON files, by their ending";
        checker.wrong("unknown-format", format!("a table cannot be read from `{file}`"), &file.place, hint);
    }
}

/// Sources.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.sources);
    let mut decided = BTreeMap::new();
    for (id, source) in written.sources.iter() {
        source.check(id, checker);
        if let Some(official) = &source.official
            && let Some(first) = decided.insert(&official.family.value, id)
        {
            let message = format!("`{first}` already holds the decisions of `{}`", official.family);
            checker.wrong(
                "two-authorities",
                message,
                &official.family.place,
                "one source decides on a family; join the files",
            );
        }
    }
}

impl Source {
    /// The name of its file in a message; empty for a source that is described only, of which nothing is read.
    pub fn file_name(&self) -> &str {
        self.file.as_ref().map_or("", |file| &file.value)
    }

    /// Where a message about the file as a whole points.
    pub fn declared_at(&self) -> diagnostics::At {
        self.file.as_ref().map_or(diagnostics::At::Nowhere, |file| diagnostics::At::Text(file.place.clone()))
    }

    /// One source: its format, what its fields need of one another, and its references.
    fn check(&self, id: &At<SourceId>, checker: &mut Checker) {
        match &self.file {
            Some(file) => check_format(file, checker),
            None if self.columns.is_empty() => {
                let hint = "add `file: …`, or `columns: { name: text, … }` for data that is still to come";
                let message = format!("`{id}` says neither where its rows are nor what they hold");
                checker.wrong("missing-field", message, &id.place, hint);
            }
            None => {}
        }
        if let Some(birth) = &self.age_from
            && (self.reference_date.is_none() || self.period.is_none())
        {
            let hint =
                "an age is whole years at a date; add `period: { year: … }` and `reference-date: 01-01`";
            checker.wrong(
                "missing-field",
                "`age-from` needs a period and a `reference-date`",
                &birth.place,
                hint,
            );
        }
        if id.as_str() == BENCHMARKS && self.period.is_none() {
            let hint = "a national value belongs to a year; add `period: { year: … }`";
            checker.wrong("missing-field", "benchmarks need a period", &id.place, hint);
        }
        if let Some(official) = &self.official {
            official.check(checker);
        }
        if let Some(contract) = &self.disclosure {
            contract.check_contract(id, checker);
        }
        if let Some(privacy) = &self.privacy {
            privacy.check(checker);
        }
        self.check_units(id, checker);
        self.check_place(id, checker);
    }

    /// Households and persons are of rows that stand for persons.
    fn check_units(&self, id: &At<SourceId>, checker: &mut Checker) {
        let by_area = matches!(self.located_by.as_ref().map(|by| &by.value), Some(LocatedBy::Area(_)));
        if !by_area && self.adds_to.is_none() && self.official.is_none() {
            return;
        }
        for (field, column) in [("household", &self.household), ("person", &self.person)] {
            if let Some(column) = column {
                let message = format!("the rows of `{id}` are not persons");
                let hint = format!("remove `{field}:`; it belongs to the source whose rows are the persons");
                checker.wrong("not-persons", message, &column.place, hint);
            }
        }
    }

    /// How rows find their area, or the rows that they join.
    fn check_place(&self, id: &At<SourceId>, checker: &mut Checker) {
        match self.located_by.as_ref().map(|by| &by.value) {
            Some(LocatedBy::Point(point)) => check_crs(Some(&point.crs), checker),
            Some(LocatedBy::Address(address)) => {
                checker.refer(Kind::Source, address.source.as_str(), &address.source.place);
                let by_point = checker.written.sources.get(&address.source.value).is_none_or(|addresses| {
                    matches!(addresses.located_by.as_deref(), Some(LocatedBy::Point(_)))
                });
                if !by_point {
                    let hint = "an address gives a place through its coordinates; add `located-by: { point: … }` there";
                    let message = format!("`{}` is not located by point", address.source);
                    checker.wrong("not-addresses", message, &address.source.place, hint);
                }
            }
            _ => {}
        }
        let Some(adds) = &self.adds_to else { return };
        checker.refer(Kind::Source, adds.source.as_str(), &adds.source.place);
        if let Some(by) = &self.located_by {
            let hint = "its rows get the place of the rows they join; remove `located-by`";
            checker.wrong(
                "two-places",
                format!("`{id}` both joins a source and has a place of its own"),
                &by.place,
                hint,
            );
        }
        let Some(target) = checker.written.sources.get(&adds.source.value) else { return };
        if target.adds_to.is_some() {
            let hint = "columns join a source that has its own rows; name that one";
            checker.wrong(
                "joins-a-join",
                format!("`{}` itself joins another source", adds.source),
                &adds.source.place,
                hint,
            );
        } else if target.period.is_some() != self.period.is_some() {
            let hint = "rows are joined within a period; give both a `period`, or neither";
            checker.wrong(
                "missing-field",
                format!("`{id}` and `{}` do not both have a period", adds.source),
                &id.place,
                hint,
            );
        }
    }
}
