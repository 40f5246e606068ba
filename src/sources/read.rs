//! `read`: the rows of every source, each with its period, its area, its age and what other sources add to it; and an account
//! of every row.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::Coord;
use polars::{prelude::*, sql::sql_expr};

use super::{
    account::{Account, Reason},
    areas,
    data_file::Pieces,
    dates::Day,
    join::join,
    locate::Locator,
    numbered::numbered,
    open::{OpenSource, Opened},
    order::sorted,
    periods,
    place::{Placing, Whereabouts},
    places::Places,
    projection::Crs,
    tables::{
        EASTING, HOUSEHOLD, MUNICIPALITY, NORTHING, PERIOD, PERSON, Table, Tables, area_column,
        hidden_column, period_of,
    },
    uses::{AGE, Uses, adders, period_kind},
};
use crate::{
    catalogue::{Catalogue, Covers, LocatedBy, Sensitivity, Source, source::BENCHMARKS},
    diagnostics::{At, Diagnostic, Outcome, Severity},
    ids::{Period, SourceId},
};

/// Reads everything that was opened. Errors: areas with an id twice or a bad outline, files damaged inside, keys that occur
/// twice, sources of which no row finds its area. Warnings: rows not read or not placed; how many, by reason, is in the account.
pub fn read(catalogue: &Catalogue, opened: Opened) -> Outcome<(Tables, Places, Account)> {
    let (places, mut warnings) = areas::read(catalogue, opened.places)?;
    let locator = Locator::new(&places);
    let covering =
        locator.layers().position(|id| catalogue.layer(id).is_some_and(|layer| layer.covers == Covers::All));
    let placing = Placing {
        locator: &locator,
        crs: Crs::from_epsg(catalogue.about.crs.epsg).unwrap_or(Crs::Utm(32)),
        covering,
        municipality: catalogue.about.municipality.to_string(),
        addresses: BTreeMap::new(),
        keeps_points: opened.sources.values().any(|open| open.uses.points),
    };
    let mut reading = Reading { catalogue, placing, account: Account::default(), problems: Vec::new() };
    let (open, loaded) = reading.load(opened.sources);
    reading.addresses(&loaded);
    let tables = if reading.failed() { Tables::default() } else { reading.tables(&open, &loaded) };
    let Reading { account, mut problems, .. } = reading;
    if problems.iter().any(Diagnostic::is_error) {
        problems.retain(Diagnostic::is_error);
        return Err(problems);
    }
    warnings.extend(problems);
    Ok(((tables, places, account), warnings))
}

/// The rows of one source: those that its `where:` keeps and that have a period, if they should have one.
pub(super) struct Loaded {
    pub frame: DataFrame,
    /// The kind of its periods.
    pub kind: Option<Period>,
    /// The period of every row, as a code.
    pub periods: Vec<Option<i32>>,
    rows: Vec<IdxSize>,
    pieces: Pieces,
}

impl Loaded {
    /// The file and the row in it, counted from 1, of a row of the frame.
    pub fn file_row(&self, row: usize) -> (&str, usize) {
        self.pieces.row(self.rows[row] as usize)
    }

    fn period(&self, row: usize) -> Option<Period> {
        Some(period_of(self.periods[row]?, self.kind?))
    }

    /// Keeps some of the rows.
    fn keep(&mut self, mask: &[bool]) -> PolarsResult<()> {
        if mask.contains(&false) {
            self.frame = self.frame.filter(&BooleanChunked::from_slice("keep".into(), mask))?;
            let mut kept = mask.iter();
            self.periods.retain(|_| kept.next() == Some(&true));
            let mut kept = mask.iter();
            self.rows.retain(|_| kept.next() == Some(&true));
        }
        Ok(())
    }
}

/// The columns with the points of rows, if they have any.
fn coordinates(whereabouts: &Whereabouts) -> Vec<Column> {
    let column = |name: &str, axis: fn(Coord<f64>) -> f64| {
        let numbers: Vec<Option<f64>> = whereabouts.points.iter().map(|point| point.map(axis)).collect();
        Column::new(name.into(), numbers)
    };
    if whereabouts.points.is_empty() {
        return Vec::new();
    }
    vec![column(EASTING, |point| point.x), column(NORTHING, |point| point.y)]
}

/// A column of keys as text, whether it holds texts or whole numbers.
pub(super) fn keys(frame: &DataFrame, name: &str) -> PolarsResult<StringChunked> {
    Ok(frame.column(name)?.cast(&DataType::String)?.str()?.clone())
}

struct Reading<'a> {
    catalogue: &'a Catalogue,
    placing: Placing<'a>,
    account: Account,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn failed(&self) -> bool {
        self.problems.iter().any(Diagnostic::is_error)
    }

    fn count(&mut self, id: &SourceId, reason: Reason, period: Option<Period>, rows: u64) {
        let account = self.account.sources.entry(id.clone()).or_default();
        *account.not_used.entry((reason, period)).or_default() += rows;
    }

    /// Loads the rows of all sources.
    fn load(
        &mut self,
        sources: BTreeMap<SourceId, OpenSource>,
    ) -> (BTreeMap<SourceId, Uses>, BTreeMap<SourceId, Loaded>) {
        let (mut uses, mut loaded) = (BTreeMap::new(), BTreeMap::new());
        for (id, open) in sources {
            let Some(source) = self.catalogue.source(&id) else { continue };
            match self.load_one(&id, source, open.file.load(source, &open.uses.reads)) {
                Ok(rows) => drop(loaded.insert(id.clone(), rows)),
                Err(problem) => self.problems.push(problem),
            }
            uses.insert(id, open.uses);
        }
        (uses, loaded)
    }

    fn load_one(
        &mut self,
        id: &SourceId,
        source: &Source,
        file: Result<(DataFrame, Pieces), Diagnostic>,
    ) -> Result<Loaded, Diagnostic> {
        let (frame, pieces) = file?;
        let failed = |problem: PolarsError| cannot_use(source, &problem);
        let kind = period_kind(source);
        let height = frame.height();
        let codes = match (&source.period, kind) {
            (Some(period), Some(kind)) => frame
                .column(period.column())
                .and_then(|column| periods::of_column(column, kind))
                .map_err(failed)?,
            _ => vec![None; height],
        };
        let mut rows = Loaded { frame, kind, periods: codes, rows: (0..height as IdxSize).collect(), pieces };
        let account = self.account.sources.entry(id.clone()).or_default();
        (0..height).for_each(|row| *account.read.entry(rows.period(row)).or_default() += 1);
        if let Some(filter) = &source.filter {
            let mask = sql_expr(&filter.text)
                .and_then(|expr| rows.frame.clone().lazy().select([expr.alias("keep")]).collect())
                .and_then(|frame| {
                    Ok(frame
                        .column("keep")?
                        .bool()?
                        .iter()
                        .map(|keep| keep == Some(true))
                        .collect::<Vec<_>>())
                })
                .map_err(failed)?;
            (0..height).filter(|row| !mask[*row]).for_each(|row| {
                let period = rows.period(row);
                self.count(id, Reason::LeftOut, period, 1);
            });
            rows.keep(&mask).map_err(failed)?;
        }
        if kind.is_some() {
            let mask: Vec<bool> = rows.periods.iter().map(Option::is_some).collect();
            let without = mask.iter().filter(|has| !**has).count();
            if without > 0 {
                self.count(id, Reason::NoPeriod, None, without as u64);
                self.warn(source, id, Reason::NoPeriod);
                rows.keep(&mask).map_err(failed)?;
            }
        }
        Ok(rows)
    }

    /// Places the points of all sources of addresses.
    fn addresses(&mut self, loaded: &BTreeMap<SourceId, Loaded>) {
        for (_, source) in self.catalogue.sources.iter() {
            let Some(LocatedBy::Address(by)) = source.located_by.as_ref().map(|located| &located.value)
            else {
                continue;
            };
            let (Some(addresses), Some(rows)) =
                (self.catalogue.source(&by.source), loaded.get(&by.source.value))
            else {
                continue;
            };
            if !self.placing.addresses.contains_key(&by.source.value) {
                let added = self.placing.add_addresses(&by.source.value, &by.key, addresses, rows);
                self.problems.extend(added.err());
            }
        }
    }

    fn tables(&mut self, uses: &BTreeMap<SourceId, Uses>, loaded: &BTreeMap<SourceId, Loaded>) -> Tables {
        let mut tables = Tables::default();
        for (id, uses) in uses {
            let (Some(source), Some(rows)) = (self.catalogue.source(id), loaded.get(id)) else { continue };
            let whereabouts = match self.placing.place(source, rows) {
                Ok(whereabouts) => whereabouts,
                Err(problem) => {
                    self.problems.push(problem);
                    continue;
                }
            };
            self.account_for_places(id, source, rows, &whereabouts);
            if uses.is_table {
                match self.table(id, source, uses, rows, loaded, whereabouts) {
                    Ok(table) => drop(tables.tables.insert(id.clone(), table)),
                    Err(problem) => self.problems.push(problem),
                }
            }
        }
        tables
    }

    fn account_for_places(
        &mut self,
        id: &SourceId,
        source: &Source,
        rows: &Loaded,
        whereabouts: &Whereabouts,
    ) {
        let mut reasons = BTreeSet::new();
        for (row, reason) in whereabouts.reasons.iter().enumerate() {
            if let Some(reason) = reason {
                self.count(id, *reason, rows.period(row), 1);
                reasons.insert(*reason);
            }
        }
        let nowhere = |row: usize| {
            let municipality = whereabouts.municipality.as_ref().is_some_and(|rows| rows[row]);
            !municipality && whereabouts.placed.iter().all(|layer| layer[row].is_none())
        };
        let height = rows.frame.height();
        if let Some(located) = source.located_by.as_ref().filter(|_| height > 0 && (0..height).all(nowhere)) {
            let message = format!("no row of `{id}` lies in any area");
            self.problems.push(Diagnostic::error("nothing-placed", message, &located.place).hint(
                "the key, the coordinate system or the file of areas is another than the rows were made with",
            ));
            return;
        }
        reasons.into_iter().for_each(|reason| self.warn(source, id, reason));
    }

    /// A warning that rows were not used. How many is a count like any other, and not for a message about persons.
    fn warn(&mut self, source: &Source, id: &SourceId, reason: Reason) {
        if reason == Reason::UnknownArea && source.official.is_some() {
            // A list of the whole country names other municipalities' areas.
            return;
        }
        let how_many = match source.sensitivity {
            Sensitivity::Person => String::new(),
            Sensitivity::Aggregate | Sensitivity::Public => {
                let account = self.account.sources.get(id);
                format!(": {}", account.map_or(0, |account| account.rows(reason)))
            }
        };
        let at = source.located_by.as_ref().map_or(source.declared_at(), |by| At::Text(by.place.clone()));
        let message = format!("`{id}` has rows {}{how_many}", reason.words());
        let warning = Diagnostic::new(Severity::Warning, "rows-not-used", message, at);
        self.problems.push(warning.hint(reason.consequence()));
    }

    fn table(
        &mut self,
        id: &SourceId,
        source: &Source,
        uses: &Uses,
        rows: &Loaded,
        loaded: &BTreeMap<SourceId, Loaded>,
        whereabouts: Whereabouts,
    ) -> Result<Table, Diagnostic> {
        let failed = |problem: PolarsError| cannot_use(source, &problem);
        let own = uses.own.iter().flat_map(|name| [name.clone(), hidden_column(name)]);
        let mut columns: Vec<Column> =
            own.filter_map(|name| rows.frame.column(&name).ok().cloned()).collect();
        if rows.kind.is_some() {
            columns.push(Column::new(PERIOD.into(), &rows.periods));
        }
        if let Some(age) = self.ages(id, source, rows).map_err(failed)? {
            columns.push(age);
        }
        for (declared, name) in [(&source.household, HOUSEHOLD), (&source.person, PERSON)] {
            if let Some(column) = declared {
                columns.push(rows.frame.column(column).and_then(|ids| numbered(ids, name)).map_err(failed)?);
            }
        }
        if uses.points {
            columns.extend(coordinates(&whereabouts));
        }
        let mut added = BTreeMap::new();
        for (adder, adding) in adders(self.catalogue, id) {
            let Some(adder_rows) = loaded.get(adder) else { continue };
            let names: Vec<String> =
                uses.added.iter().filter(|(_, from)| *from == adder).map(|(name, _)| name.clone()).collect();
            let joined = join(rows, adder_rows, adding, &names)?;
            for (code, count) in joined.alone {
                let period = code.zip(adder_rows.kind).map(|(code, kind)| period_of(code, kind));
                self.count(adder, Reason::NoPartner, period, count);
            }
            if self
                .account
                .sources
                .get(adder)
                .is_some_and(|a| a.not_used.keys().any(|(why, _)| *why == Reason::NoPartner))
            {
                self.warn(adding, adder, Reason::NoPartner);
            }
            added.extend(names.into_iter().map(|name| (name, joined.periods.clone())));
            columns.extend(joined.columns);
        }
        let by_area_key = whereabouts.municipality.is_some();
        for (layer, placed) in self.placing.locator.layers().zip(&whereabouts.placed) {
            columns.push(Column::new(area_column(layer).into(), placed));
        }
        columns.extend(whereabouts.municipality.map(|rows| Column::new(MUNICIPALITY.into(), rows)));
        let frame = DataFrame::new(rows.frame.height(), columns).map_err(failed)?;
        let counted = self.catalogue.populations.ids().any(|one| self.catalogue.source_of(one) == Some(id));
        let read_in_order = !counted || source.official.is_some() || id.as_str() == BENCHMARKS;
        let frame = if read_in_order { sorted(frame).map_err(failed)? } else { frame };
        Ok(Table { frame, absent: uses.absent.clone(), period: rows.kind, by_area_key, added })
    }

    /// The column `age`: whole years at the reference date of the row's year, or at the first day of a shorter period.
    fn ages(&mut self, id: &SourceId, source: &Source, rows: &Loaded) -> PolarsResult<Option<Column>> {
        let Some(birth) = &source.age_from else { return Ok(None) };
        let reference =
            |period: Period| match (period, &source.reference_date) {
                (Period::Year(year), Some(date)) => Day::new(year.into(), date.month, date.day)
                    .unwrap_or(Day { year: year.into(), month: 2, day: 28 }),
                _ => periods::first_day(period),
            };
        let births = periods::days(rows.frame.column(birth)?)?;
        let age = |(row, birth): (usize, &Option<Day>)| {
            let age = (*birth)?.age_on(reference(rows.period(row)?));
            (age >= 0).then_some(age)
        };
        let ages: Vec<Option<i32>> = births.iter().enumerate().map(age).collect();
        for (row, _) in ages.iter().enumerate().filter(|(_, age)| age.is_none()) {
            self.count(id, Reason::NoAge, rows.period(row), 1);
        }
        if ages.contains(&None) {
            self.warn(source, id, Reason::NoAge);
        }
        Ok(Some(Column::new(AGE.into(), ages)))
    }
}

/// An error of the engine about one source. It may quote values, so it is told for sources without persons only.
fn cannot_use(source: &Source, problem: &PolarsError) -> Diagnostic {
    let at = source.filter.as_ref().map_or(source.declared_at(), |filter| At::Text(filter.place.clone()));
    let told = match source.sensitivity {
        Sensitivity::Person => String::new(),
        _ => format!(": {}", problem.to_string().lines().next().unwrap_or_default()),
    };
    let message = format!("the rows of `{}` cannot be used{told}", source.file_name());
    Diagnostic::new(Severity::Error, "unusable-rows", message, at)
}
