//! What the area figures ask about: every resident and every dwelling at the end of a year.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::key;
use super::people::level;
use super::settle::Form;
use super::society::{FIRST, Resident, Society};
use super::story::TABLES;
use super::tables::{outside, studies};
use super::tally::{Cell, Layers, Tables, spread};
use super::town::{Municipality, Pool};

/// A resident at the end of a year.
pub struct Subject {
    /// Woman.
    pub woman: bool,
    /// `dk`, `eu` or `other`.
    pub citizenship: &'static str,
    /// Immigrant or descendant from a non-western country.
    pub non_western: bool,
    /// At most grundskole when grown up.
    pub basic_education: bool,
    /// Place of the person in the register.
    pub seed: u64,
    /// The person as suppliers know it.
    pub id: usize,
    /// The household.
    pub household: u64,
    /// The year.
    pub year: i64,
    /// Whole years at its end.
    pub age: i64,
    /// Population.
    pub pool: usize,
    /// Zone.
    pub zone: usize,
    /// Zone at the start of the year; none for those who were born or moved to the municipality.
    pub before: Option<usize>,
    /// Moved to the zone in the year of the simulation, which the story on moves leaves as it was: traits hang on it.
    pub newcomer: bool,
    /// Level of trouble of the population, of which the statutory tables are made.
    pub level: f64,
    /// The same, finer: by zone and by what stands at the address.
    pub trouble: f64,
}

impl Subject {
    /// Counted among an age group, or not at all.
    pub fn aged(&self, ages: Range<i64>, part: bool) -> Cell {
        Cell::of(ages.contains(&self.age), part)
    }

    /// Drawn anew each year.
    pub fn draws(&self, column: &str, rate: f64) -> bool {
        key::chance(rate, column, self.seed, self.year)
    }

    /// Drawn for some years at a time.
    pub fn keeps(&self, column: &str, rate: f64, years: i64) -> bool {
        key::chance(rate, column, self.seed, spell(self.seed, self.year, years))
    }

    /// Drawn for the household, for three years at a time.
    pub fn household_keeps(&self, column: &str, rate: f64) -> bool {
        key::chance(rate, column, self.household, spell(self.household, self.year, 3))
    }

    /// In education.
    pub fn studies(&self) -> bool {
        studies(self.seed, self.year, self.age)
    }

    /// In work. Who is without attachment is not; half the students are. Those who move to the renewed Engparken are
    /// oftener in work than those who stay, those who move to Grønnevang less often.
    pub fn works(&self) -> bool {
        const GRONNEVANG: usize = 0;
        const ENGPARKEN: usize = 1;
        let outside = outside(self.seed, self.year, self.level) > 0;
        let by_move = |rate| self.newcomer && self.draws("work of newcomers", rate);
        match self.pool {
            GRONNEVANG if by_move(0.22) => return false,
            ENGPARKEN if outside => return by_move(0.35),
            _ if outside => return false,
            _ => {}
        }
        !self.studies() || self.keeps("works beside studies", 0.55, 3)
    }

    /// Of a family with a low income.
    pub fn is_poor(&self) -> bool {
        self.household_keeps("low income", (0.084 * self.trouble.powf(0.95)).min(0.5))
    }
}

/// The spell of so many years that a year lies in; spells of different subjects start in different years.
fn spell(subject: u64, year: i64, years: i64) -> i64 {
    (year + (subject % years as u64) as i64) / years
}

/// A dwelling at the end of a year.
pub struct Home {
    /// Place of the dwelling in the register.
    pub seed: u64,
    /// Its address.
    pub site: u64,
    /// The year.
    pub year: i64,
    /// Zone.
    pub zone: usize,
    /// What stands there.
    pub form: Form,
    /// Year of building.
    pub built: i64,
    /// Whether it is almen.
    pub almen: bool,
    /// The household at the start of the year.
    pub before: Option<usize>,
    /// The household at its end.
    pub now: Option<usize>,
    /// The household left the dwelling and the zone.
    pub moved_away: bool,
    /// Level of trouble.
    pub trouble: f64,
}

impl Home {
    /// Drawn anew each year.
    pub fn draws(&self, column: &str, rate: f64) -> bool {
        key::chance(rate, column, self.seed, self.year)
    }

    /// A household moved in during the year.
    pub fn is_let(&self) -> bool {
        self.now.is_some() && self.now != self.before
    }
}

/// A year.
pub struct Year {
    /// Residents at its end.
    pub residents: Vec<Subject>,
    /// Dwellings at its end.
    pub homes: Vec<Home>,
}

/// An area figure: its key, years, rows, and what each subject adds.
pub struct Figure<T> {
    /// Key.
    pub key: &'static str,
    /// Years in which it is made.
    pub years: &'static [i64],
    /// Areas with a row.
    pub layers: Layers,
    /// What a subject adds.
    pub adds: fn(&T) -> Cell,
}

/// Every year of the tables.
pub const EVERY_YEAR: &[i64] = &[2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024];

/// The figure of every year and every area.
pub const fn figure<T>(key: &'static str, adds: fn(&T) -> Cell) -> Figure<T> {
    Figure { key, years: EVERY_YEAR, layers: Layers::All, adds }
}

/// All years.
pub struct Scene<'a> {
    /// The municipality.
    pub place: &'a Municipality,
    years: BTreeMap<i64, Year>,
}

impl<'a> Scene<'a> {
    /// Sets the years side by side.
    pub fn new(place: &'a Municipality, society: &Society) -> Self {
        let years = TABLES.map(|year| (year, self::year(place, society, year))).collect();
        Self { place, years }
    }

    /// One of the years of the tables.
    pub fn year(&self, year: i64) -> &Year {
        &self.years[&year]
    }

    /// Counts a figure. Those without an address are in no row.
    pub fn count<T>(
        &self,
        tables: &mut Tables,
        figure: &Figure<T>,
        subjects: impl Fn(&Year) -> &[T],
        zone: impl Fn(&T) -> usize,
    ) {
        for &year in figure.years {
            let mut cells = vec![Cell::default(); self.place.nowhere() + 1];
            for subject in subjects(self.year(year)) {
                cells[zone(subject)] += (figure.adds)(subject);
            }
            self.spread(tables, figure.key, year, &mut cells, figure.layers);
        }
    }

    /// Writes the cells of the zones into the tables, without those who are nowhere.
    pub fn spread(
        &self,
        tables: &mut Tables,
        key: &'static str,
        year: i64,
        cells: &mut [Cell],
        layers: Layers,
    ) {
        cells[self.place.nowhere()] = Cell::default();
        spread(tables, self.place, (key, year), cells, layers);
    }
}

fn year(place: &Municipality, society: &Society, year: i64) -> Year {
    let at = |snapshot: i64| &society.snapshots[(snapshot - FIRST) as usize];
    let zones = |snapshot: i64| -> BTreeMap<usize, usize> {
        at(snapshot).iter().map(|r| (r.id, society.zone(place, r))).collect()
    };
    let (before, now) = (zones(year), zones(year + 1));
    let lived = at(year).iter().map(|r| (r.person, society.zone(place, r))).collect();
    let residents =
        at(year + 1).iter().map(|r| subject(place, society, r, year, [&before, &lived])).collect();
    // Households of which somebody still lives in the zone.
    let stays: BTreeSet<usize> =
        at(year).iter().filter(|r| now.get(&r.id) == before.get(&r.id)).map(|r| r.home).collect();
    let occupied = |snapshot: i64| -> BTreeMap<usize, usize> {
        at(snapshot).iter().filter_map(|r| Some((r.dwelling?, r.home))).collect()
    };
    let (start, end) = (occupied(year), occupied(year + 1));
    let dwellings = society.register.dwellings.iter().enumerate().filter(|(_, d)| d.built <= year);
    let home = |(id, d): (usize, &super::homes::Dwelling)| {
        let (before, now) = (start.get(&id).copied(), end.get(&id).copied());
        let zone = place.zones[d.site];
        Home {
            seed: id as u64,
            site: d.site as u64,
            year,
            zone,
            form: d.form,
            built: d.built,
            almen: d.tenure == "almen",
            before,
            now,
            moved_away: before.is_some_and(|h| now != Some(h) && !stays.contains(&h)),
            trouble: trouble(level(d.pool, year), zone, d.form),
        }
    };
    Year { residents, homes: dwellings.map(home).collect() }
}

/// A resident; zones at the start of the year, of persons as suppliers know them and as they were simulated.
fn subject(
    place: &Municipality,
    society: &Society,
    resident: &Resident,
    year: i64,
    [before, lived]: [&BTreeMap<usize, usize>; 2],
) -> Subject {
    let zone = society.zone(place, resident);
    let level = level(resident.pool, year);
    let form = resident.dwelling.map_or(Form::Flats, |d| society.register.dwellings[d].form);
    let person = &society.register.persons[resident.person];
    Subject {
        woman: person.woman,
        citizenship: person.citizenship,
        non_western: person.non_western,
        basic_education: person.basic_education,
        seed: resident.person as u64,
        id: resident.id,
        household: resident.household as u64,
        year,
        age: resident.age,
        pool: resident.pool,
        zone,
        before: before.get(&resident.id).copied(),
        newcomer: lived.get(&resident.person) != Some(&zone),
        level,
        trouble: trouble(level, zone, form),
    }
}

/// The level of a population, parted by zone and by what stands at the address; estates and villages as they are.
fn trouble(level: f64, zone: usize, form: Form) -> f64 {
    if zone < Pool::RESTS {
        return level;
    }
    let of_form = match form {
        Form::Flats | Form::Estate => 1.3,
        Form::Terrace => 1.1,
        Form::Villa => 0.8,
        Form::Rural => 0.9,
    };
    level * of_form * key::between(0.8, 1.2, "trouble", zone as u64, 0)
}
