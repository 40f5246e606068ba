//! A municipality of a few rows, to be computed on: tables in, publication out, without files.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::{MultiPolygon, Rect};
use kvarter::{
    catalogue::{Catalogue, load_str},
    compute::{Attack, Publication, State, run},
    diagnostics::{Diagnostic, Outcome},
    editions::Ledger,
    ids::{Period, SourceId, ValueId},
    sources::{
        Account, Area, HOUSEHOLD, MUNICIPALITY, PERIOD, PERSON, Places, SourceAccount, Table, Tables,
        area_column, hidden_column,
    },
};
use polars::prelude::{Column, DataFrame};

/// Everything but indicators and what follows them.
const HEAD: &str = "
catalogue: { title: Test, publisher: Test, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates:   { title: Boligområder, file: areas.gpkg, layer: estates, id: id }
  villages:  { title: Landsbyer, file: areas.gpkg, layer: villages, id: id }
  districts: { title: Bydele, file: areas.gpkg, layer: districts, id: id, covers: all }
  units:     { title: Enheder, file: areas.gpkg, layer: units, id: id }
sources:
  persons:    { title: Personer, file: persons.csv, period: { year: year }, located-by: { point: { x: x, y: y, crs: EPSG:25832 } } }
  singles:    { title: Boliger, file: singles.csv, period: { year: year }, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: aggregate }
  incomes:    { title: Indkomster, file: incomes.csv, period: { year: year }, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, household: household }
  statistics: { title: Tal, file: statistics.csv, period: { year: year }, located-by: { area: area_id }, marks: { hidden: ['..'] }, sensitivity: aggregate }
  lists:      { title: Lister, file: lists.csv, official: { family: law }, located-by: { area: area_id }, sensitivity: public }
  benchmarks: { title: Landstal, file: benchmarks.csv, period: { year: period }, sensitivity: public }
populations:
  residents: { from: persons }
  alone:     { within: residents, where: alone }
  benefits:  { within: residents, where: benefit > 0, weight: benefit }
  singles:   { from: singles }
  numbers:   { within: singles, value: number }
  ended:     { within: numbers, where: ended }
  earners:   { from: incomes }
  incomes:   { within: earners, value: number }
  part:      { from: statistics, where: key = 'x', sum: part }
  whole:     { from: statistics, where: key = 'x', sum: whole }
  other-part:  { from: statistics, where: key = 'y', sum: part }
  other-whole: { from: statistics, where: key = 'y', sum: whole }
families:
  law:
    title: Lov
    statuses:
      listed: { name: På listen, symbol: barred, counts-as: hard }
      soft:   { name: Blød, symbol: half }
      hard:   { name: Hård, symbol: full }
      harder: { name: Hårdere, symbol: diamond }
themes: { all: Alt }
";

/// A figure of one area: year, area (or `9999`), key, part, whole; `..` is hidden by the supplier.
pub type Figure<'a> = (i32, &'a str, &'a str, &'a str, &'a str);

/// So many persons of a year in an area (`-`: no place), of whom so many are alone.
pub type Persons<'a> = (i32, &'a str, usize, usize);

/// Area, number and household of a row of 2024, and whether it is an end.
pub type Single<'a> = (&'a str, f64, Option<u32>, bool);

/// Indicator, place, year, value, part and whole of a benchmark, as written; empty is none.
pub type Mark<'a> = (&'a str, &'a str, i32, &'a str, &'a str, &'a str);

/// A municipality, ready to be filled.
pub struct Municipality {
    catalogue: Catalogue,
    layers: Vec<(&'static str, Vec<&'static str>)>,
    tables: Tables,
    account: Account,
    /// Square metres by area; others have no outline.
    ground: BTreeMap<&'static str, f64>,
    /// Areas by other boundaries, and whose they are.
    versions: Vec<(&'static str, &'static str)>,
}

impl Municipality {
    /// With the indicators (and rule sets) in `tail`.
    pub fn new(tail: &str) -> Self {
        Self::written(&format!("{HEAD}{tail}"))
    }

    /// The same, with a contract on the areas' figures.
    pub fn under_contract(contract: &str, tail: &str) -> Self {
        let marks = "marks: { hidden: ['..'] }";
        assert!(HEAD.contains(marks));
        let head = HEAD.replace(marks, &format!("{marks}, disclosure: {{ {contract} }}"));
        Self::written(&format!("{head}{tail}"))
    }

    fn written(text: &str) -> Self {
        let (catalogue, _) = load_str("test.yaml", text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let layers = vec![
            ("districts", vec!["d1", "d2"]),
            ("estates", vec!["a", "b", "c"]),
            ("villages", vec!["v", "w", "z"]),
            ("units", vec!["u1", "u2", "u3", "u4", "u5"]),
        ];
        let (tables, account) = (Tables::default(), Account::default());
        Self { catalogue, layers, tables, account, ground: BTreeMap::new(), versions: Vec::new() }
    }

    /// Another version of an area's boundary, with rows of its own. To be said before the rows.
    pub fn version(mut self, id: &'static str, of: &'static str) -> Self {
        self.versions.push((id, of));
        self
    }

    /// The ground of an area.
    pub fn ground(mut self, area: &'static str, square_metres: f64) -> Self {
        self.ground.insert(area, square_metres);
        self
    }

    /// Areas' figures.
    pub fn statistics(self, rows: &[Figure]) -> Self {
        let number = |text: &str| text.parse::<f64>().ok();
        let columns = vec![
            Column::new(PERIOD.into(), rows.iter().map(|row| row.0 * 100).collect::<Vec<_>>()),
            Column::new("key".into(), rows.iter().map(|row| row.2).collect::<Vec<_>>()),
            Column::new("part".into(), rows.iter().map(|row| number(row.3)).collect::<Vec<_>>()),
            Column::new("whole".into(), rows.iter().map(|row| number(row.4)).collect::<Vec<_>>()),
            Column::new(
                hidden_column("part").as_str().into(),
                rows.iter().map(|row| row.3 == "..").collect::<Vec<_>>(),
            ),
            Column::new(
                hidden_column("whole").as_str().into(),
                rows.iter().map(|row| row.4 == "..").collect::<Vec<_>>(),
            ),
            Column::new(MUNICIPALITY.into(), rows.iter().map(|row| row.1 == "9999").collect::<Vec<_>>()),
        ];
        let places: Vec<Vec<&str>> = rows.iter().map(|row| vec![row.1]).collect();
        self.table("statistics", columns, &places, Some(Period::Year(0)), true)
    }

    /// Persons. A person in an estate or village also lies in a district: `a`, `b`, `v` in `d1`, the others in `d2`.
    pub fn persons(mut self, rows: &[Persons]) -> Self {
        let (mut years, mut alone, mut benefit, mut places) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (year, area, all, traits) in rows {
            for person in 0..*all {
                years.push(year * 100);
                alone.push(person < *traits);
                benefit.push((person < *traits).then_some(0.25));
                places.push(match *area {
                    "-" => Vec::new(),
                    "a" | "b" | "v" => vec![*area, "d1"],
                    "d1" | "d2" => vec![*area],
                    _ => vec![*area, "d2"],
                });
            }
        }
        let mut account = SourceAccount::default();
        for year in &years {
            *account.read.entry(Some(Period::Year((*year / 100) as u16))).or_default() += 1;
        }
        self.account.sources.insert(SourceId::from("persons"), account);
        let columns = vec![
            Column::new(PERIOD.into(), years),
            Column::new("alone".into(), alone),
            Column::new("benefit".into(), benefit),
        ];
        self.table("persons", columns, &places, Some(Period::Year(0)), false)
    }

    /// Dwellings with numbers; `a`, `b`, `v` lie in `d1`, other areas in `d2`.
    pub fn singles(self, rows: &[Single]) -> Self {
        self.numbers("singles", rows)
    }

    /// Persons with incomes.
    pub fn incomes(self, rows: &[Single]) -> Self {
        self.numbers("incomes", rows)
    }

    fn numbers(self, source: &str, rows: &[Single]) -> Self {
        let columns = vec![
            Column::new(PERIOD.into(), vec![202_400; rows.len()]),
            Column::new("number".into(), rows.iter().map(|row| row.1).collect::<Vec<_>>()),
            Column::new("ended".into(), rows.iter().map(|row| row.3).collect::<Vec<_>>()),
            Column::new(HOUSEHOLD.into(), rows.iter().map(|row| row.2).collect::<Vec<_>>()),
        ];
        let district = |area: &str| if ["a", "b", "v"].contains(&area) { "d1" } else { "d2" };
        let places: Vec<Vec<&str>> = rows.iter().map(|row| vec![row.0, district(row.0)]).collect();
        self.table(source, columns, &places, Some(Period::Year(0)), false)
    }

    /// Persons in whole households, the same ones in every year: year, area, households, persons in each, and in how many of
    /// the households all are alone.
    pub fn households(self, rows: &[(i32, &str, u32, u32, u32)]) -> Self {
        let persons: Vec<(i32, &str, u32, u32, bool)> = rows
            .iter()
            .flat_map(|(year, area, households, size, alone)| {
                (0..households * size).map(move |n| (*year, *area, n / size, n, n / size < *alone))
            })
            .collect();
        let columns = vec![
            Column::new(PERIOD.into(), persons.iter().map(|p| p.0 * 100).collect::<Vec<_>>()),
            Column::new("alone".into(), persons.iter().map(|p| p.4).collect::<Vec<_>>()),
            Column::new("benefit".into(), vec![None::<f64>; persons.len()]),
            Column::new(HOUSEHOLD.into(), persons.iter().map(|p| Some(p.2)).collect::<Vec<_>>()),
            Column::new(PERSON.into(), persons.iter().map(|p| Some(p.3)).collect::<Vec<_>>()),
        ];
        let places: Vec<Vec<&str>> = persons.iter().map(|p| vec![p.1, "d1"]).collect();
        self.table("persons", columns, &places, Some(Period::Year(0)), false)
    }

    /// The lists: date, area, category, and a published value of `share` as written.
    pub fn lists(self, rows: &[(&str, &str, &str, &str)]) -> Self {
        let text = |of: fn(&(&str, &str, &str, &str)) -> String| rows.iter().map(of).collect::<Vec<_>>();
        let columns = vec![
            Column::new("list_date".into(), text(|row| row.0.to_string())),
            Column::new("category".into(), text(|row| row.2.to_string())),
            Column::new("share".into(), text(|row| row.3.to_string())),
        ];
        let places: Vec<Vec<&str>> = rows.iter().map(|row| vec![row.1]).collect();
        self.table("lists", columns, &places, None, true)
    }

    /// What others have published.
    pub fn benchmarks(self, rows: &[Mark]) -> Self {
        let text = |of: fn(&Mark) -> String| rows.iter().map(of).collect::<Vec<_>>();
        let columns = vec![
            Column::new(PERIOD.into(), rows.iter().map(|row| row.2 * 100).collect::<Vec<_>>()),
            Column::new("indicator".into(), text(|row| row.0.to_string())),
            Column::new("place".into(), text(|row| row.1.to_string())),
            Column::new("value".into(), text(|row| row.3.to_string())),
            Column::new("part".into(), text(|row| row.4.to_string())),
            Column::new("whole".into(), text(|row| row.5.to_string())),
        ];
        self.table("benchmarks", columns, &vec![Vec::new(); rows.len()], Some(Period::Year(0)), false)
    }

    fn table(
        mut self,
        id: &str,
        mut columns: Vec<Column>,
        places: &[Vec<&str>],
        period: Option<Period>,
        by_area_key: bool,
    ) -> Self {
        let versions: Vec<&str> = self.versions.iter().map(|(id, _)| *id).collect();
        for (layer, areas) in self.layers.iter().chain([&("earlier", versions)]) {
            let area =
                |row: &Vec<&str>| areas.iter().position(|area| row.contains(area)).map(|area| area as u32);
            let found: Vec<Option<u32>> = places.iter().map(area).collect();
            columns.push(Column::new(area_column(&(*layer).into()).as_str().into(), found));
        }
        let frame = DataFrame::new(places.len(), columns).expect("columns of one length");
        let table = Table { frame, added: BTreeMap::new(), absent: BTreeSet::new(), period, by_area_key };
        self.tables.tables.insert(SourceId::from(id), table);
        self
    }

    /// The publication, and the notices.
    pub fn compute(self) -> (Publication, Vec<Diagnostic>) {
        self.outcome().unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    /// What keeps it from being computed.
    pub fn errors(self) -> Vec<Diagnostic> {
        self.outcome().err().unwrap_or_default()
    }

    fn outcome(self) -> Outcome<Publication> {
        let mut places = Places::default();
        let area = |layer: &str, id: &str| Area {
            id: id.into(),
            layer: layer.into(),
            name: id.to_string(),
            short_name: id.to_string(),
            geometry: outline(self.ground.get(id).copied()),
        };
        for (layer, areas) in &self.layers {
            places.layers.insert((*layer).into(), areas.iter().map(|id| area(layer, id)).collect());
        }
        if !self.versions.is_empty() {
            let areas = self.versions.iter().map(|(id, _)| area("earlier", id));
            places.versions.insert("earlier".into(), areas.collect());
            places.version_of = self.versions.iter().map(|(id, of)| ((*id).into(), (*of).into())).collect();
        }
        run(&self.catalogue, self.tables, &places, self.account, &Ledger::default(), Attack::Cheap)
    }

    /// The publication alone.
    pub fn publication(self) -> Publication {
        self.compute().0
    }
}

/// A rectangle of so many square metres.
fn outline(square_metres: Option<f64>) -> MultiPolygon<f64> {
    let rectangle = |square_metres: f64| Rect::new((0.0, 0.0), (100.0, square_metres / 100.0)).to_polygon();
    MultiPolygon::new(square_metres.map(rectangle).into_iter().collect())
}

/// A value id as written.
pub fn id(text: &str) -> ValueId {
    text.parse().unwrap_or_else(|()| panic!("{text} is no value id"))
}

/// The fact as text: `40.4`, `1284`, `higher`, `hidden`, `missing: too-small`.
pub fn told(publication: &Publication, text: &str) -> String {
    use kvarter::compute::{Fact, Standing};
    match publication.get(&id(text)) {
        State::Hidden => "hidden".into(),
        State::Missing(missing) => format!("missing: {missing:?}"),
        State::Shown(Fact::Value(value)) => value.value.to_string(),
        State::Shown(Fact::Count(count)) => count.to_string(),
        State::Shown(Fact::Verdict(verdict)) => format!("{verdict:?}"),
        State::Shown(Fact::Change(change)) => format!("{} {:?}", change.difference, change.verdict),
        State::Shown(Fact::Met(met)) => met.to_string(),
        State::Shown(Fact::Distance(distance)) => distance.to_string(),
        State::Shown(Fact::Trend(trend)) => format!("{} {:?}", trend.slope, trend.verdict),
        State::Shown(Fact::Overdispersion(spread)) => format!("{} {}", spread.phi, spread.between),
        State::Shown(Fact::Class(class)) => {
            format!("{} {}", class.id(), class.dynamics().map_or("-", |dynamics| dynamics.id()))
        }
        State::Shown(Fact::Areas(areas)) => format!("{areas:?}"),
        State::Shown(Fact::Status(status)) => {
            let by = if status.official { "official" } else { "own" };
            match &status.status {
                Standing::On(status) => format!("{status}, {by}"),
                other => format!("{other:?}, {by}"),
            }
        }
        State::Shown(fact) => format!("{fact:?}"),
    }
}
