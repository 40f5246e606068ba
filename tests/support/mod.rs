//! A small project that builds in a moment, to break on purpose: two villages in two districts, residents by coordinates.

pub mod conform;
pub mod legible;
pub mod pdf;
pub mod set;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use kvarter::{
    BuildOptions,
    diagnostics::{Diagnostic, Outcome},
};

/// A project in a folder of its own; the folder goes when the value does.
pub struct Project {
    pub dir: PathBuf,
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// A new empty folder under the build's folder for tests.
pub fn new_folder(name: &str) -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}-{number}", std::process::id()));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("a folder for the test");
    dir
}

impl Project {
    /// The small project, without mistakes.
    pub fn small() -> Self {
        let project = Self { dir: new_folder("project") };
        project.write("indicators.yaml", CATALOGUE);
        project.write(
            "areas.geojson",
            &geojson(&[("nord", "Nordby", 100, 100), ("syd", "Sydby", 1100, 100)], 600),
        );
        project
            .write("districts.geojson", &geojson(&[("vest", "Vest", 0, 0), ("oest", "Øst", 1000, 0)], 1000));
        project.write("residents.csv", &residents());
        project
    }

    /// Writes a file of the project.
    pub fn write(&self, file: &str, text: &str) {
        let path = self.dir.join(file);
        path.parent().map_or(Ok(()), fs::create_dir_all).expect("a folder for the file");
        fs::write(path, text).expect("the file can be written");
    }

    /// Replaces a text in a file; the text must be there.
    pub fn replace(self, file: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.dir.join(file)).expect("the file can be read");
        assert!(text.contains(from), "{file} does not contain {from:?}");
        self.write(file, &text.replace(from, to));
        self
    }

    /// Builds everything into `out/`.
    pub fn build(&self) -> Outcome<kvarter::Summary> {
        self.build_with(2, "out")
    }

    /// Builds with a number of threads into a folder of the project.
    pub fn build_with(&self, jobs: usize, out: &str) -> Outcome<kvarter::Summary> {
        let options = BuildOptions {
            catalogue: self.dir.join("indicators.yaml"),
            data: self.dir.clone(),
            out: self.dir.join(out),
            jobs,
            ..BuildOptions::default()
        };
        kvarter::build(&options, &|_| ())
    }

    /// The errors of a build that must fail and leave nothing behind.
    pub fn errors(&self) -> Vec<Diagnostic> {
        let Err(errors) = self.build() else { panic!("the build went through") };
        assert!(!self.dir.join("out").exists(), "something was written to out/");
        errors
    }
}

/// The only error, as one line of text.
pub fn one(errors: &[Diagnostic]) -> String {
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors[0].to_string()
}

/// A font file with another name of the same length in its names, which are UTF-16 with the high byte first.
pub fn renamed(font: &[u8], from: &str, to: &str) -> Vec<u8> {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (from, to) = (wide(from), wide(to));
    assert_eq!(from.len(), to.len());
    let mut font = font.to_vec();
    let mut at = 0;
    while let Some(found) = font[at..].windows(from.len()).position(|bytes| bytes == from) {
        at += found;
        font[at..at + to.len()].copy_from_slice(&to);
    }
    font
}

/// Squares with a side of `side` metres and their lower left corner at (x, y), from a false origin inside UTM zone 32.
fn geojson(squares: &[(&str, &str, i32, i32)], side: i32) -> String {
    let features: Vec<String> = squares
        .iter()
        .map(|(id, name, x, y)| {
            let (x0, y0) = (600_000 + x, 6_200_000 + y);
            let (x1, y1) = (x0 + side, y0 + side);
            format!(
                r#"{{"type":"Feature","properties":{{"id":"{id}","name":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x0},{y0}],[{x1},{y0}],[{x1},{y1}],[{x0},{y1}],[{x0},{y0}]]]}}}}"#
            )
        })
        .collect();
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::25832"}}}},"features":[{}]}}"#,
        features.join(",\n")
    )
}

/// 400 residents a year: in each district 160 inside the village, 40 outside it.
fn residents() -> String {
    let mut text = String::from("year,person_id,x,y,birth_date,alone\n");
    for year in 2019..=2025 {
        for person in 0..400 {
            let (east, n) = (person % 2, person / 2);
            let (x, y) = if n % 5 == 4 { (50, 50 + n) } else { (110 + (n * 7) % 580, 110 + (n * 13) % 580) };
            let born = 1930 + (person * 37) % 89;
            let alone = u8::from((person * 11 + year) % 4 == 0);
            text.push_str(&format!(
                "{year},p{person:03},{},{},{born}-05-17,{alone}\n",
                600_000 + x + east * 1000,
                6_200_000 + y
            ));
        }
    }
    text
}

const CATALOGUE: &str = "\
catalogue: { title: Prøve, publisher: Prøveby Kommune, municipality: 9998, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  villages:  { title: Landsbyer, kind-name: Landsby, file: areas.geojson, id: id, name: name }
  districts: { title: Bydele, kind-name: Bydel, file: districts.geojson, id: id, name: name, covers: all }
sources:
  residents:
    title: Befolkningen
    provider: CPR
    file: residents.csv
    period: { year: year }
    age-from: birth_date
    located-by: { point: { x: x, y: y, crs: EPSG:25832 } }
    reference-date: 01-01
    sensitivity: person
populations:
  residents: { from: residents }
  children:  { within: residents, where: age BETWEEN 0 AND 17 }
  alone:     { within: residents, where: alone = 1 }
themes:
  population: Beboere
indicators:
  residents:
    title: Beboere
    theme: population
    method: { count: { of: residents } }
    unit: persons
    higher-is: neutral
  children-share:
    title: Børn og unge
    theme: population
    in-sentence: andelen af børn og unge
    population: 0–17 år
    method: { share: { part: children, of: residents } }
    unit: percent
    higher-is: neutral
    compare-with: [rest, municipality]
  living-alone:
    title: Bor alene
    theme: population
    in-sentence: andelen, der bor alene
    population: alle beboere
    method: { share: { part: alone, of: residents } }
    unit: percent
    higher-is: neutral
    compare-with: [rest, municipality]
reports:
  area-status:
    title: Områdestatus
    template: area-status.typ
    one-per: [villages]
    indicators: [children-share, living-alone]
";
