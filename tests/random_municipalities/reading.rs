//! What the program wrote of a municipality, and the numbers that a reader is taken to know from it: of a share its part and its
//! whole, of a mean its sum and how many it is of, of a value over years those of each year.

use std::{collections::BTreeMap, fs, path::Path};

use kvarter::BuildOptions;

use super::{
    For,
    attacker::{Known, Sum},
    town::{ORIGINS, Town},
    written::{Value, account, values},
};

/// What is added up over the persons of a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Measure {
    Everybody,
    Origin(usize),
    NotOfOrigin(usize),
    Children,
    Adults,
    Alone,
    NotAlone,
}

/// Every measure that has counts.
pub const MEASURES: [Measure; 11] = [
    Measure::Everybody,
    Measure::Origin(0),
    Measure::Origin(1),
    Measure::Origin(2),
    Measure::NotOfOrigin(0),
    Measure::NotOfOrigin(1),
    Measure::NotOfOrigin(2),
    Measure::Children,
    Measure::Adults,
    Measure::Alone,
    Measure::NotAlone,
];

/// A set of atoms.
pub type Zone = Vec<usize>;

/// Persons of each atom by origin, children and adults, alone and not: every figure is about one of the three by itself, and any
/// such numbers that add up to the same are those of some persons.
const KINDS: usize = 7;

impl Measure {
    fn kinds(self) -> Vec<usize> {
        match self {
            Self::Everybody => vec![0, 1, 2],
            Self::Origin(origin) => vec![origin],
            Self::NotOfOrigin(origin) => (0..3).filter(|other| *other != origin).collect(),
            Self::Children => vec![3],
            Self::Adults => vec![4],
            Self::Alone => vec![5],
            Self::NotAlone => vec![6],
        }
    }

    /// The sum of a measure over a zone.
    pub fn over(self, zone: &Zone) -> Sum {
        let kinds = self.kinds();
        zone.iter().flat_map(|atom| kinds.iter().map(move |kind| (atom * KINDS + kind, 1))).collect()
    }
}

/// The truth of one year.
pub struct Year {
    pub year: i32,
    /// By atom and kind.
    pub persons: Vec<i64>,
    /// By atom.
    pub incomes: Vec<i64>,
}

impl Year {
    pub fn count(&self, measure: Measure, zone: &Zone) -> i64 {
        measure.over(zone).iter().map(|(unknown, times)| times * self.persons[*unknown]).sum()
    }
}

/// Everything about a municipality: the truth, and what was written.
pub struct Read {
    pub seed: u64,
    pub years: Vec<Year>,
    pub values: Vec<Value>,
    /// Rows of `manifest.json`: what they count and the year.
    account: Vec<(String, i32, i64)>,
    /// The atoms of every area; those of the municipality under `municipality`.
    pub zones: BTreeMap<String, Zone>,
    pub layers: BTreeMap<String, Vec<String>>,
}

/// The measures that a value of an indicator tells: part, whole.
pub fn told(indicator: &str) -> (Option<Measure>, Option<Measure>) {
    let origin = ORIGINS.iter().position(|origin| *origin == indicator);
    match (indicator, origin) {
        ("residents" | "everybody", _) => (Some(Measure::Everybody), None),
        ("children", _) => (Some(Measure::Children), None),
        ("child", _) => (Some(Measure::Children), Some(Measure::Everybody)),
        ("alone", _) => (Some(Measure::Alone), Some(Measure::Everybody)),
        ("income", _) => (None, Some(Measure::Adults)),
        (_, Some(origin)) => (Some(Measure::Origin(origin)), Some(Measure::Everybody)),
        _ => panic!("{indicator}: nobody knows what it tells"),
    }
}

impl Read {
    /// Builds a municipality and reads what was written.
    pub fn of(seed: u64, built: For) -> Self {
        let town = Town::random(seed);
        let project = town.project();
        let options = BuildOptions {
            catalogue: project.dir.join("indicators.yaml"),
            data: project.dir.clone(),
            out: project.dir.join("out"),
            edition: (built == For::Everybody).then(|| "2026-1".into()),
            ..BuildOptions::default()
        };
        kvarter::build(&options, &|_| ()).unwrap_or_else(|errors| panic!("municipality {seed}: {errors:#?}"));
        Self::from(seed, &town, &project.dir.join("out"))
    }

    /// Reads what was written of a municipality.
    pub fn from(seed: u64, town: &Town, out: &Path) -> Self {
        let read =
            |file: &str| fs::read_to_string(out.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let mut read = Self {
            seed,
            years: truth(town),
            values: values(&read("results/values.csv")),
            account: account(&read("manifest.json")),
            zones: BTreeMap::new(),
            layers: BTreeMap::new(),
        };
        for (number, area) in town.areas.iter().enumerate() {
            let atoms = town.atoms().into_iter().filter(|(areas, _)| areas.contains(&number));
            read.zones.insert(area.id.clone(), atoms.map(|(_, atom)| atom).collect());
            read.layers.entry(area.layer.to_string()).or_default().push(area.id.clone());
        }
        read.zones.insert("municipality".into(), town.atoms().into_values().collect());
        read
    }

    fn atoms(&self) -> usize {
        self.zones["municipality"].len()
    }

    /// The municipality without a zone.
    pub fn rest(&self, zone: &Zone) -> Zone {
        (0..self.atoms()).filter(|atom| !zone.contains(atom)).collect()
    }

    /// Where a value is told of.
    fn zone(&self, value: &Value) -> Zone {
        let own = &self.zones[&value.area];
        match value.comparator.as_str() {
            "" => own.clone(),
            "rest" => self.rest(own),
            "municipality" => self.zones["municipality"].clone(),
            "rest-of-layer" => self.others(value),
            other => panic!("{other}: nobody knows what it tells"),
        }
    }

    /// The others of the layer: those that are shown, or (where that is not what is printed) those that no rule hides by
    /// themselves.
    fn others(&self, value: &Value) -> Zone {
        let others = |keep: &dyn Fn(&String) -> bool| -> Zone {
            let areas = self.layers[&value.layer].iter().filter(|area| **area != value.area && keep(area));
            let mut zone: Zone = areas.flat_map(|area| self.zones[area].clone()).collect();
            zone.sort_unstable();
            zone
        };
        let all_years = || value.year - value.years + 1..=value.year;
        let shown = others(&|area| {
            let own = |year| self.value(&value.indicator, area, year).is_some_and(|own| own.state == "shown");
            own(value.year)
        });
        let not_small = others(&|area| all_years().all(|year| !self.is_small(&value.indicator, area, year)));
        let all = others(&|_| true);
        let fits = |zone: &&Zone| self.is_printed(value, zone);
        let zone = [&shown, &not_small, &all].into_iter().find(fits).cloned();
        zone.unwrap_or_else(|| {
            panic!(
                "municipality {}: nobody knows which areas {}@{}@{}~{} is of",
                self.seed, value.indicator, value.area, value.year, value.comparator
            )
        })
    }

    /// Is this what is printed, to the digit, if the value is that of the zone?
    fn is_printed(&self, value: &Value, zone: &Zone) -> bool {
        let (part, whole) = told(&value.indicator);
        let years = || self.years_of(value);
        let sum = |measure: Option<Measure>| -> Option<f64> {
            measure.map(|measure| years().map(|year| year.count(measure, zone) as f64).sum())
        };
        let whole_number = sum(whole);
        let part_number = sum(part).unwrap_or_else(|| {
            years().map(|year| zone.iter().map(|atom| year.incomes[*atom] as f64).sum::<f64>()).sum()
        });
        let near = |text: &str, number: f64| {
            let decimals = text.split('.').nth(1).map_or(0, str::len) as i32;
            text.parse::<f64>().is_ok_and(|is| (is - number).abs() <= 0.5 * 0.1f64.powi(decimals) + 1e-6)
        };
        let per = if part.is_some() { 100.0 } else { 1.0 };
        whole_number.is_some_and(|whole| {
            // Over years either of the pooled numbers or the mean of each year's: they are near, and parts tell them apart.
            let ratio = near(&value.printed[0], per * part_number / whole) || value.years > 1;
            let parts = value.printed[2].is_empty()
                || (near(&value.printed[1], part_number) && near(&value.printed[2], whole));
            ratio && parts
        })
    }

    /// An area's own value.
    pub fn value(&self, indicator: &str, area: &str, year: i32) -> Option<&Value> {
        self.values.iter().find(|value| {
            value.comparator.is_empty()
                && value.indicator == indicator
                && value.area == area
                && value.year == year
        })
    }

    /// Are there one to four of those that an area's value is of, of the others, of all, or of the same elsewhere; or is a mean
    /// one of fewer than thirty?
    pub fn is_small(&self, indicator: &str, area: &str, year: i32) -> bool {
        let Some(year) = self.years.iter().find(|other| other.year == year) else { return false };
        let (part, whole) = told(indicator);
        let own = &self.zones[area];
        [own.clone(), self.rest(own)].iter().any(|zone| {
            let count = |measure: Option<Measure>| measure.map(|measure| year.count(measure, zone));
            let few = |number: Option<i64>| number.is_some_and(|number| (1..5).contains(&number));
            let (part, whole) = (count(part), count(whole));
            few(part)
                || few(whole)
                || few(whole.zip(part).map(|(whole, part)| whole - part))
                || (part.is_none() && whole.is_some_and(|whole| whole < 30))
        })
    }

    fn years_of(&self, value: &Value) -> impl Iterator<Item = &Year> {
        let years = value.year - value.years + 1..=value.year;
        self.years.iter().filter(move |year| years.contains(&year.year))
    }

    /// What is known of a year: the numbers of persons, and the incomes.
    pub fn known(&self, year: &Year) -> (Known, Known) {
        let everybody = year.count(Measure::Everybody, &self.zones["municipality"]);
        let mut persons = Known::of(self.atoms() * KINDS, everybody);
        let mut incomes = Known::of(self.atoms(), i64::MAX);
        for atom in 0..self.atoms() {
            let zone = vec![atom];
            for (one, other) in [(Measure::Children, Measure::Adults), (Measure::Alone, Measure::NotAlone)] {
                let both = [one.over(&zone), other.over(&zone)].concat().into_iter();
                let less =
                    Measure::Everybody.over(&zone).into_iter().map(|(unknown, times)| (unknown, -times));
                persons.learn(both.chain(less).collect(), 0);
            }
        }
        let mut learn = |measure: Measure, zone: &Zone| {
            persons.learn(measure.over(zone), year.count(measure, zone));
        };
        for value in self.values.iter().filter(|value| value.state == "shown") {
            if !(value.year - value.years + 1..=value.year).contains(&year.year) {
                continue;
            }
            let zone = self.zone(value);
            let (part, whole) = told(&value.indicator);
            part.into_iter().chain(whole).for_each(|measure| learn(measure, &zone));
            if part.is_none() {
                incomes.learn(
                    zone.iter().map(|atom| (*atom, 1)).collect(),
                    zone.iter().map(|a| year.incomes[*a]).sum(),
                );
            }
        }
        for (what, _, is) in self.account.iter().filter(|(_, of, _)| *of == year.year) {
            let zone = match what.as_str() {
                "rows" => self.zones["municipality"].clone(),
                "unplaced" => self.outside("districts"),
                "outside" => self.outside_within("quarters", "districts"),
                other => panic!("{other}: nobody knows what it tells"),
            };
            assert_eq!(year.count(Measure::Everybody, &zone), *is, "municipality {}: {what}", self.seed);
            learn(Measure::Everybody, &zone);
        }
        (persons, incomes)
    }

    fn union(&self, layer: &str) -> Zone {
        (0..self.atoms())
            .filter(|atom| self.layers[layer].iter().any(|area| self.zones[area].contains(atom)))
            .collect()
    }

    /// What is in no area of a layer.
    fn outside(&self, layer: &str) -> Zone {
        self.rest(&self.union(layer))
    }

    /// What is in an area of one layer and in none of another.
    fn outside_within(&self, layer: &str, whole: &str) -> Zone {
        let inside = self.union(layer);
        self.union(whole).into_iter().filter(|atom| !inside.contains(atom)).collect()
    }

    /// Is the number of all in a place one that the program tells or hides: of an area, or of the rest of the
    /// municipality? How many live in a part of an area, or have no place, is no trait of theirs.
    pub fn has_heads(&self, zone: &Zone) -> bool {
        self.zones.values().any(|own| own == zone || self.rest(own) == *zone)
    }

    /// Every place in which a number must not be found: areas and what they leave of the municipality, what two areas share and
    /// what one leaves of another, what a layer leaves of another, and atoms.
    pub fn places(&self) -> BTreeMap<Zone, String> {
        let mut places = BTreeMap::new();
        let mut add = |zone: Zone, name: String| {
            if !zone.is_empty() {
                places.entry(zone).or_insert(name);
            }
        };
        for (area, zone) in &self.zones {
            add(zone.clone(), area.clone());
            add(self.rest(zone), format!("municipality - {area}"));
        }
        for (one, a) in &self.zones {
            for (other, b) in self.zones.iter().filter(|(other, _)| *other != one) {
                let (both, left): (Zone, Zone) = a.iter().partition(|atom| b.contains(atom));
                add(both, format!("{one} and {other}"));
                add(left, format!("{one} - {other}"));
            }
        }
        for layer in self.layers.keys() {
            add(self.outside(layer), format!("outside {layer}"));
            for other in self.layers.keys() {
                add(self.outside_within(layer, other), format!("{other} outside {layer}"));
            }
        }
        for atom in 0..self.atoms() {
            let areas =
                self.zones.iter().filter(|(_, zone)| zone.contains(&atom)).map(|(area, _)| area.as_str());
            let name = format!("only {}", areas.collect::<Vec<_>>().join(" and "));
            add(vec![atom], name);
        }
        places
    }
}

/// The truth by year.
fn truth(town: &Town) -> Vec<Year> {
    let atoms = town.atoms();
    let mut years: Vec<Year> = Vec::new();
    for year in town.years() {
        let mut truth = Year { year, persons: vec![0; atoms.len() * KINDS], incomes: vec![0; atoms.len()] };
        for person in town.persons.iter().filter(|person| person.year == year) {
            let atom = atoms[&town.areas_of(person)];
            let kinds = [person.origin, if person.child { 3 } else { 4 }, if person.alone { 5 } else { 6 }];
            kinds.iter().for_each(|kind| truth.persons[atom * KINDS + kind] += 1);
            truth.incomes[atom] += if person.child { 0 } else { person.income };
        }
        years.push(truth);
    }
    years
}
