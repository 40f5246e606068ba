//! A municipality of twenty-two estates in files, with figures of eight years: shares, a mean of two years, segregation, classes,
//! twins and, where it is judged, a law with three criteria.

use std::{collections::BTreeMap, fmt::Write, path::Path};

use kvarter::{BuildOptions, Computed, Formats};

use super::built::Built;
use crate::support::{Project, new_folder};

/// Year, area, key, part and whole as written; `..` is hidden by the supplier.
pub type Figure = (i32, &'static str, &'static str, &'static str, &'static str);

const ESTATES: usize = 22;
const YEARS: std::ops::RangeInclusive<i32> = 2017..=2024;
const KEYS: [&str; 3] = ["x", "y", "z"];

/// What is written; figures that are not said are made up, the same in all worlds.
#[derive(Clone, Default)]
pub struct World {
    figures: Vec<Figure>,
    lists: Vec<(&'static str, &'static str, &'static str)>,
    law: bool,
    persons: Option<(usize, usize)>,
    unprotected: bool,
}

impl World {
    pub fn new() -> Self {
        Self::default()
    }

    /// With these figures.
    pub fn with(mut self, figures: &[Figure]) -> Self {
        self.figures.extend_from_slice(figures);
        self
    }

    /// With a law.
    pub fn judged(mut self) -> Self {
        self.law = true;
        self
    }

    /// With a law and lists: date, area, category.
    pub fn listed(mut self, lists: &[(&'static str, &'static str, &'static str)]) -> Self {
        self.lists = lists.to_vec();
        self.judged()
    }

    /// With persons, so many of whom have no coordinates, and so many live outside every estate.
    pub fn persons(mut self, nowhere: usize, outside: usize) -> Self {
        self.persons = Some((nowhere, outside));
        self
    }

    /// The same with nothing protected.
    pub fn unprotected(&self) -> Self {
        Self { unprotected: true, ..self.clone() }
    }

    fn figures_csv(&self) -> String {
        let mut rows = BTreeMap::new();
        for year in YEARS {
            for (number, key) in KEYS.iter().enumerate() {
                for estate in 1..=ESTATES {
                    let whole = 200 + 37 * ((estate * 7 + number) % 11) + (year % 5) as usize;
                    let part =
                        whole * (6 + (estate * 5 + number * 3 + year as usize * estate % 3) % 17) / 100;
                    rows.insert((year, format!("e{estate:02}"), *key), (part.to_string(), whole.to_string()));
                }
                rows.insert((year, "9998".into(), *key), ("2500".into(), "20000".into()));
            }
            for estate in 1..=ESTATES {
                rows.insert(
                    (year, format!("e{estate:02}"), "r"),
                    ("0".into(), format!("{}", 400 + 10 * estate)),
                );
            }
            rows.insert((year, "9998".into(), "r"), ("0".into(), "20000".into()));
        }
        let mut text = String::from("year,area_id,key,part,whole\n");
        let mut more = String::new();
        for (year, area, key, part, whole) in &self.figures {
            if *area == "nowhere" {
                writeln!(more, "{year},,{key},{part},{whole}").expect("text");
                continue;
            }
            rows.insert((*year, area.to_string(), key), (part.to_string(), whole.to_string()));
        }
        for ((year, area, key), (part, whole)) in rows {
            writeln!(text, "{year},{area},{key},{part},{whole}").expect("text");
        }
        text + &more
    }

    fn catalogue(&self) -> String {
        let disclosure =
            if self.unprotected { ", disclosure: { at-least: 1, complement: false, group: 0 }" } else { "" };
        let (source, law, report) = if self.law {
            let source = if self.lists.is_empty() { "" } else { LISTS };
            (source, LAW, OVERVIEW)
        } else {
            ("", "", "")
        };
        CATALOGUE
            .replace("  LISTS\n", source)
            .replace("  PERSONS\n", if self.persons.is_some() { PERSONS } else { "" })
            .replace("  GROWN\n", if self.persons.is_some() { GROWN } else { "" })
            .replace("  CHILDREN\n", if self.persons.is_some() { CHILDREN } else { "" })
            .replace("LAW\n", law)
            .replace("  OVERVIEW\n", report)
            .replace(", DISCLOSURE", disclosure)
    }

    fn project(&self) -> Project {
        let project = Project { dir: new_folder("worlds") };
        project.write("indicators.yaml", &self.catalogue());
        project.write("areas.geojson", &areas());
        project.write("figures.csv", &self.figures_csv());
        if let Some((nowhere, outside)) = self.persons {
            // The first estate's corner is 600,000 east and 6,200,000 north; nobody's is 50 metres west of it.
            let inside = (0..400).map(|person| format!("2024,600100,{},{}\n", 6_200_100, person % 4));
            let outside = (0..outside).map(|_| "2024,599950,6200100,0\n".to_string());
            let nowhere = (0..nowhere).map(|_| "2024,,,0\n".to_string());
            let rows: String = inside.chain(outside).chain(nowhere).collect();
            project.write("persons.csv", &format!("year,x,y,young\n{rows}"));
        }
        if !self.lists.is_empty() {
            let rows = self.lists.iter().map(|(date, area, category)| format!("{date},{area},{category}\n"));
            project.write("lists.csv", &format!("list_date,area_id,category\n{}", rows.collect::<String>()));
        }
        project
    }

    fn options(&self, dir: &Path) -> BuildOptions {
        let report = if self.law { vec!["list-overview".to_string()] } else { Vec::new() };
        BuildOptions {
            catalogue: dir.join("indicators.yaml"),
            data: dir.to_path_buf(),
            out: dir.join("out"),
            only: ["e01", "e05"].map(String::from).into_iter().chain(report).collect(),
            formats: Formats { pdf: true, png: false, json: true },
            ..BuildOptions::default()
        }
    }

    /// Everything that is made of it.
    pub fn built(&self) -> Built {
        let project = self.project();
        let built = Built::by(&self.options(&project.dir));
        assert!(
            built.files.keys().filter(|file| file.ends_with(".pdf")).count() >= 2,
            "{:?}",
            built.files.keys()
        );
        built
    }

    /// What is computed of it.
    pub fn computed(&self) -> Computed {
        let project = self.project();
        let computed = kvarter::compute(&self.options(&project.dir), &|_| ());
        computed.unwrap_or_else(|errors| panic!("{errors:#?}")).0
    }
}

/// Squares of 200 metres in rows of six.
fn areas() -> String {
    let features: Vec<String> = (0..ESTATES)
        .map(|estate| {
            let (x0, y0) = (600_000 + 300 * (estate % 6), 6_200_000 + 300 * (estate / 6));
            let (x1, y1) = (x0 + 200, y0 + 200);
            format!(
                r#"{{"type":"Feature","properties":{{"id":"e{:02}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x0},{y0}],[{x1},{y0}],[{x1},{y1}],[{x0},{y1}],[{x0},{y0}]]]}}}}"#,
                estate + 1
            )
        })
        .collect();
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::25832"}}}},"features":[{}]}}"#,
        features.join(",\n")
    )
}

const LISTS: &str = "  lists: { title: Lister, file: lists.csv, official: { family: law }, located-by: { area: area_id }, sensitivity: public }\n";

const PERSONS: &str = "  persons: { title: Personer, file: persons.csv, period: { year: year }, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: person }\n";

const GROWN: &str = "  persons: { from: persons }\n  young: { within: persons, where: young = 1 }\n";

const CHILDREN: &str = "  young: { title: Unge, theme: all, method: { share: { part: young, of: persons } }, unit: percent, higher-is: neutral }\n";

const LAW: &str = "\
families:
  law:
    title: Lov
    statuses:
      soft: { name: Blød, symbol: half }
      hard: { name: Hård, symbol: full }
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: { from: 2018-12-01 }
    applies-to: { layer: estates }
    criteria:
      x:   { indicator: x, is: { over: 98.8 }, years-back: 1 }
      two: { indicator: two, is: { over: 9.3 }, years-back: 1 }
      z:   { indicator: z, is: { at-least: 10 }, years-back: 1 }
    statuses:
      soft: { when: { at-least: { count: 1, of: [x, two, z] } } }
      hard: { when: { at-least: { count: 2, of: [x, two, z] } } }
";

const OVERVIEW: &str = "  list-overview: { title: Listerne, template: overview.typ }\n";

const CATALOGUE: &str = "\
catalogue: { title: Prøve, publisher: Prøveby Kommune, municipality: 9998, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates:
    title: Boligområder
    kind-name: Boligområde
    file: areas.geojson
    id: id
    twins: { count: 3, by: [{ indicator: x, per: 2 }, { indicator: z, per: 3 }] }
sources:
  LISTS
  PERSONS
  figures: { title: Tal, provider: Danmarks Statistik, file: figures.csv, period: { year: year }, located-by: { area: area_id }, marks: { hidden: ['..'] }, sensitivity: aggregate }
populations:
  GROWN
  residents: { from: figures, where: key = 'r', sum: whole }
  x-part: { from: figures, where: key = 'x', sum: part }
  x-all:  { from: figures, where: key = 'x', sum: whole }
  y-part: { from: figures, where: key = 'y', sum: part }
  y-all:  { from: figures, where: key = 'y', sum: whole }
  z-part: { from: figures, where: key = 'z', sum: part }
  z-all:  { from: figures, where: key = 'z', sum: whole }
themes: { all: Alt }
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  x: { title: Første, theme: all, in-sentence: den første andel, method: { share: { part: x-part, of: x-all } }, unit: percent, decimals: 1, higher-is: worse, classes: [4, 6, 10], compare-with: [rest, municipality, rest-of-layer, twins, last-year], DISCLOSURE }
  two-x: { title: To år, theme: all, in-sentence: andelen over to år, method: { share: { part: x-part, of: x-all, years: { mean-of: 2 } } }, unit: percent, higher-is: worse, compare-with: [rest], DISCLOSURE }
  two: { title: Anden, theme: all, in-sentence: den anden andel, method: { share: { part: y-part, of: y-all, years: { mean-of: 2 } } }, unit: percent, higher-is: worse, compare-with: [rest, rest-of-layer], DISCLOSURE }
  z: { title: Tredje, theme: all, in-sentence: den tredje andel, method: { share: { part: z-part, of: z-all } }, unit: percent, higher-is: worse, compare-with: [rest, rest-of-layer, twins], DISCLOSURE }
  isolation: { title: Isolation, theme: all, method: { segregation: { group: z-part, of: z-all, over: estates, as: isolation } }, unit: score, decimals: 2, higher-is: neutral, DISCLOSURE }
  classes: { title: Status, theme: all, method: { composite: { of: [x, z], layer: estates, as: { status-dynamics: { years: 2 } } } }, unit: score, decimals: 4, higher-is: worse, DISCLOSURE }
  CHILDREN
LAW
reports:
  area-status:
    title: Områdestatus
    template: area-status.typ
    one-per: [estates]
    map-indicator: { indicator: x, layer: estates }
    indicators: [x, two-x, two, z]
  OVERVIEW
";
