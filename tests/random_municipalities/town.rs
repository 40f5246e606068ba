//! A small municipality at random: rectangles in layers that nest and cross one another, and persons at points. What lies in what
//! is told from the rectangles here, not from the program.

use std::{collections::BTreeMap, fmt::Write};

use crate::support::{Project, new_folder};

/// Every origin, in the order of [`Person::origin`].
pub const ORIGINS: [&str; 3] = ["danish", "western", "other"];

/// Numbers that look random and are the same in every run (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    pub fn in_a_hundred(&mut self, times: usize) -> bool {
        self.below(100) < times
    }
}

/// An area: a rectangle of whole metres, without its upper and right borders.
#[derive(Clone)]
pub struct Area {
    pub id: String,
    pub layer: &'static str,
    x: (usize, usize),
    y: (usize, usize),
}

impl Area {
    fn new(id: String, layer: &'static str, x: (usize, usize), y: (usize, usize)) -> Self {
        Self { id, layer, x, y }
    }

    fn has(&self, (x, y): (usize, usize)) -> bool {
        (self.x.0..self.x.1).contains(&x) && (self.y.0..self.y.1).contains(&y)
    }
}

/// A person in one year.
#[derive(Clone)]
pub struct Person {
    pub year: i32,
    pub household: usize,
    pub point: Option<(usize, usize)>,
    pub origin: usize,
    pub child: bool,
    pub alone: bool,
    pub income: i64,
}

/// A municipality.
#[derive(Clone)]
pub struct Town {
    pub areas: Vec<Area>,
    pub persons: Vec<Person>,
    /// Does an indicator have the id by which small places are known?
    pub small_places: bool,
}

const WIDTH: usize = 400;
const HEIGHT: usize = 200;
const YEARS: [i32; 3] = [2023, 2024, 2025];

impl Town {
    /// Two or three districts, each of two quarters that may leave a strip of ground between them, and one or two plans: one cuts
    /// through both quarters of a district, the other takes all of a quarter but a strip.
    pub fn random(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let mut areas = Vec::new();
        let districts = 2 + dice.below(2);
        for district in 0..districts {
            let west = district * WIDTH;
            let name = |kind: &str| format!("{kind}{}", district + 1);
            areas.push(Area::new(name("d"), "districts", (west, west + WIDTH), (0, HEIGHT)));
            if districts == 3 && district == 2 {
                break;
            }
            let middle = west + 150 + 10 * dice.below(11);
            let strip = 20 * dice.below(2);
            areas.push(Area::new(name("q") + "w", "quarters", (west, middle), (0, HEIGHT)));
            areas.push(Area::new(name("q") + "e", "quarters", (middle + strip, west + WIDTH), (0, HEIGHT)));
            if district == 0 {
                areas.push(Area::new("p1".into(), "plans", (middle - 80, middle + 90), (40, 150)));
            } else if dice.below(2) == 0 {
                let y = (10 + dice.below(20), HEIGHT);
                areas.push(Area::new("p2".into(), "plans", (middle + strip, west + WIDTH), y));
            }
        }
        let mut persons = Vec::new();
        let first: Vec<Person> = people(&areas, districts, &mut dice);
        let mut last = first;
        for year in &YEARS[dice.below(2)..] {
            for person in &mut last {
                person.year = *year;
                if dice.in_a_hundred(3) {
                    person.alone = !person.alone;
                }
                if dice.in_a_hundred(6) {
                    person.origin = origin(&mut dice, 6);
                }
                if dice.in_a_hundred(4) {
                    person.child = !person.child;
                }
                person.income = 150_000 + 1000 * dice.below(400) as i64;
            }
            last.truncate(last.len() - dice.below(3));
            persons.extend(last.iter().cloned());
        }
        Self { areas, persons, small_places: seed.is_multiple_of(3) }
    }

    /// The municipality as a project of files.
    pub fn project(&self) -> Project {
        let project = Project { dir: new_folder("random") };
        for layer in self.layers() {
            project.write(&format!("{layer}.geojson"), &self.geojson(layer));
        }
        let mut text = String::from("year,person_id,household_id,x,y,origin,child,alone,income\n");
        for (number, person) in self.persons.iter().enumerate() {
            let point = person
                .point
                .map_or(",".to_string(), |(x, y)| format!("{}.5,{}.5", 600_000 + x, 6_200_000 + y));
            writeln!(
                text,
                "{},p{number},h{},{point},{},{},{},{}",
                person.year,
                person.household,
                ORIGINS[person.origin],
                u8::from(person.child),
                u8::from(person.alone),
                person.income
            )
            .expect("text");
        }
        project.write("residents.csv", &text);
        let everybody = if self.small_places { "residents" } else { "everybody" };
        let catalogue = CATALOGUE.replace("EVERYBODY", everybody);
        let plans = if self.areas.iter().any(|area| area.layer == "plans") { PLANS } else { "" };
        project.write("indicators.yaml", &catalogue.replace("  PLANS\n", plans));
        project
    }

    pub fn layers(&self) -> Vec<&'static str> {
        let mut layers: Vec<_> = self.areas.iter().map(|area| area.layer).collect();
        layers.sort_unstable();
        layers.dedup();
        layers
    }

    pub fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.persons.iter().map(|person| person.year).collect();
        years.dedup();
        years
    }

    /// Whoever lies in the same areas is one atom: by the numbers of the areas, the atom's number.
    pub fn atoms(&self) -> BTreeMap<Vec<usize>, usize> {
        let mut atoms: BTreeMap<Vec<usize>, usize> =
            self.persons.iter().map(|person| (self.areas_of(person), 0)).collect();
        for (number, atom) in atoms.values_mut().enumerate() {
            *atom = number;
        }
        atoms
    }

    /// The numbers of the areas that a person lives in.
    pub fn areas_of(&self, person: &Person) -> Vec<usize> {
        let Some(point) = person.point else { return Vec::new() };
        (0..self.areas.len()).filter(|area| self.areas[*area].has(point)).collect()
    }

    fn geojson(&self, layer: &str) -> String {
        let of_layer = self.areas.iter().filter(|area| area.layer == layer);
        let features: Vec<String> = of_layer
            .map(|area| {
                let (x0, x1) = (600_000 + area.x.0, 600_000 + area.x.1);
                let (y0, y1) = (6_200_000 + area.y.0, 6_200_000 + area.y.1);
                format!(
                    r#"{{"type":"Feature","properties":{{"id":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x0},{y0}],[{x1},{y0}],[{x1},{y1}],[{x0},{y1}],[{x0},{y0}]]]}}}}"#,
                    area.id
                )
            })
            .collect();
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::25832"}}}},"features":[{}]}}"#,
            features.join(",\n")
        )
    }
}

/// 40 to 400 persons in every quarter, some in a district without quarters, a few on the strips of ground that are in no quarter,
/// and in every second municipality a few without a place.
fn people(areas: &[Area], districts: usize, dice: &mut Dice) -> Vec<Person> {
    let mut persons = Vec::new();
    let mut household = 0;
    let mut settle = |dice: &mut Dice, number: usize, at: &dyn Fn(&mut Dice) -> Option<(usize, usize)>| {
        let (foreign, young, single) = (2 + dice.below(8), 4 + dice.below(20), 2 + dice.below(10));
        for _ in 0..number {
            household += usize::from(dice.below(2) == 0);
            let (child, alone) = (dice.in_a_hundred(young), dice.in_a_hundred(single));
            let (point, origin) = (at(dice), origin(dice, foreign));
            persons.push(Person { year: 0, household, point, origin, child, alone, income: 0 });
        }
    };
    let within =
        |area: &Area, dice: &mut Dice| Some((area.x.0 + dice.below(area.x.1 - area.x.0), dice.below(HEIGHT)));
    for area in areas.iter().filter(|area| area.layer == "quarters") {
        let number = 40 + dice.below(361);
        settle(dice, number, &|dice| within(area, dice));
    }
    for area in areas.iter().filter(|area| area.layer == "districts") {
        let number = if area.id == "d3" { 100 + dice.below(200) } else { dice.below(4) };
        settle(dice, number, &|dice| within(area, dice));
    }
    let nowhere = dice.below(2) * dice.below(6);
    settle(dice, nowhere, &|_| None);
    assert!(districts > 1);
    persons
}

/// An origin: western and other so many times in a hundred each.
fn origin(dice: &mut Dice, times: usize) -> usize {
    match dice.below(100) {
        n if n < times / 2 => 1,
        n if n < 2 * times => 2,
        _ => 0,
    }
}

const PLANS: &str = "  plans: { title: Helhedsplaner, file: plans.geojson, id: id }\n";

const CATALOGUE: &str = "\
catalogue: { title: Prøve, publisher: Prøveby Kommune, municipality: 9998, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  PLANS
  quarters:  { title: Kvarterer, kind-name: Kvarter, file: quarters.geojson, id: id, adds-up-to: districts }
  districts: { title: Bydele, file: districts.geojson, id: id, covers: all }
sources:
  residents:
    title: Befolkningen
    provider: CPR
    file: residents.csv
    period: { year: year }
    located-by: { point: { x: x, y: y, crs: EPSG:25832 } }
    reference-date: 01-01
    household: household_id
    sensitivity: person
populations:
  residents: { from: residents }
  children:  { within: residents, where: child = 1 }
  adults:    { within: residents, where: child = 0 }
  alone:     { within: residents, where: alone = 1 }
  danish:    { within: residents, where: origin = 'danish' }
  western:   { within: residents, where: origin = 'western' }
  other:     { within: residents, where: origin = 'other' }
  incomes:   { within: adults, sum: income }
themes: { all: Alt }
indicators:
  EVERYBODY: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  children:  { title: Børn, theme: all, method: { count: { of: children } }, unit: persons, higher-is: neutral }
  child:     { title: Andel børn, theme: all, in-sentence: 'andelen af børn', method: { share: { part: children, of: residents } }, unit: percent, higher-is: neutral, compare-with: [rest] }
  alone:     { title: Bor alene, theme: all, in-sentence: 'andelen, der bor alene', method: { share: { part: alone, of: residents, years: { pooled: 2 } } }, unit: percent, higher-is: worse, compare-with: [rest, municipality] }
  danish:    { title: Dansk oprindelse, theme: all, in-sentence: 'andelen af dansk oprindelse', method: { share: { part: danish, of: residents } }, unit: percent, higher-is: neutral, compare-with: [rest] }
  western:   { title: Vestlig oprindelse, theme: all, in-sentence: 'andelen af vestlig oprindelse', method: { share: { part: western, of: residents } }, unit: percent, higher-is: neutral, compare-with: [rest] }
  other:     { title: Anden oprindelse, theme: all, in-sentence: 'andelen af anden oprindelse', method: { share: { part: other, of: residents } }, unit: percent, higher-is: neutral, compare-with: [rest, municipality] }
  income:    { title: Indkomst, theme: all, in-sentence: 'indkomsten', method: { mean: { of: incomes, over: adults } }, unit: kroner, higher-is: better, compare-with: [rest] }
";
