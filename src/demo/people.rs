//! Persons and households, and the register they are kept in.

use super::homes::Dwelling;
use super::key;
use super::settle::Form;
use super::story::{DISTRICTS, ESTATES};
use super::town::Pool;

/// Days from 1970-01-01 to 1 January of a year.
pub fn new_year(year: i64) -> i32 {
    let before = year - 1;
    let days = |y: i64| y * 365 + y / 4 - y / 100 + y / 400;
    (days(before) - days(1969)) as i32
}

/// A day of the year, never 1 January, so that it is before the next snapshot and after the last.
pub fn some_day(year: i64, column: &str, subject: u64) -> i32 {
    new_year(year) + 1 + key::below(364, column, subject, year) as i32
}

/// A person. What is drawn once and never written with the person (origin, education) is kept here too, since the
/// ordered tables are counted from it.
pub struct Person {
    /// Date of birth, days since 1970.
    pub birth: i32,
    /// Woman.
    pub woman: bool,
    /// `dk`, `eu` or `other`.
    pub citizenship: &'static str,
    /// Immigrant or descendant from a non-western country.
    pub non_western: bool,
    /// At most grundskole when grown up.
    pub basic_education: bool,
    /// Of the household's grown-up generation.
    pub grown: bool,
    /// Date of moving to the present address.
    pub moved_in: i32,
    /// The household; none when dead or moved out of the municipality.
    pub household: Option<usize>,
    /// On benefits in the year before the last snapshot: share of the year.
    pub benefit: f64,
}

impl Person {
    /// Whole years at 1 January.
    pub fn age(&self, year: i64) -> i64 {
        // Every fourth year has 366 days in the span of these lives: the estimate is right or one too high.
        let estimate = (i64::from(new_year(year) - self.birth) * 4 + 3) / 1_461;
        if new_year(year - estimate) >= self.birth { estimate } else { estimate - 1 }
    }
}

/// A household: the residents of one dwelling.
pub struct Household {
    /// Its members.
    pub members: Vec<usize>,
    /// Two of the grown-ups are a couple.
    pub couple: bool,
    /// Its dwelling; none while moving, or without a known address.
    pub dwelling: Option<usize>,
    /// Its population.
    pub pool: usize,
    /// Year of moving in.
    pub since: i64,
}

/// The register.
pub struct Register {
    /// Persons, ever.
    pub persons: Vec<Person>,
    /// Households, ever; those without members are gone.
    pub households: Vec<Household>,
    /// Dwellings.
    pub dwellings: Vec<Dwelling>,
    /// The household in each dwelling.
    pub homes: Vec<Option<usize>>,
}

/// Kind of a new household.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// One grown-up.
    Single,
    /// Two grown-ups.
    Couple,
    /// One grown-up with children.
    SingleParent,
    /// Two grown-ups with children.
    Family,
    /// Three grown-ups.
    Shared,
}

/// What a new household is drawn from.
pub struct Draw {
    /// Its population.
    pub pool: usize,
    /// What it moves into.
    pub form: Form,
    /// Kind.
    pub kind: Kind,
    /// At most this many members.
    pub most: usize,
    /// Year of arrival.
    pub year: i64,
    /// It was there from the first day.
    pub settled: bool,
}

/// Weights of the kinds, in the order of [`Kind`].
pub fn kinds(form: Form) -> [f64; 5] {
    match form {
        Form::Estate => [0.39, 0.26, 0.095, 0.155, 0.10],
        Form::Flats => [0.64, 0.24, 0.04, 0.05, 0.03],
        Form::Terrace => [0.39, 0.36, 0.09, 0.15, 0.01],
        Form::Villa => [0.22, 0.46, 0.04, 0.25, 0.03],
        Form::Rural => [0.24, 0.46, 0.04, 0.23, 0.03],
    }
}

/// Kinds in the order of their weights.
pub const KINDS: [Kind; 5] = [Kind::Single, Kind::Couple, Kind::SingleParent, Kind::Family, Kind::Shared];

/// Level of trouble of a population in a year, 1 being the municipality's mean: drives the hidden traits.
pub fn level(pool: usize, year: i64) -> f64 {
    let place = (year - 2015).clamp(0, 9) as usize;
    match pool {
        p if p < Pool::VILLAGES => ESTATES[p].no_work[place] / 17.0,
        p if p < Pool::RESTS => 0.62,
        p if p < Pool::NOWHERE => DISTRICTS[p - Pool::RESTS].2,
        _ => 2.0,
    }
}

/// Shares of non-western origin and of basic education among those who come to a population.
fn shares(pool: usize, year: i64) -> (f64, f64) {
    let place = (year - 2015).clamp(0, 9) as usize;
    match pool {
        p if p < Pool::VILLAGES => (ESTATES[p].origin[place] / 100.0, ESTATES[p].education[place] / 100.0),
        p if p < Pool::RESTS => (0.03, 0.22),
        p => (0.075 * level(p, year), 0.12 + 0.09 * level(p, year)),
    }
}

impl Register {
    /// Makes a household and its persons, not yet in a dwelling.
    pub fn create(&mut self, draw: &Draw) -> usize {
        let id = self.households.len();
        let seed = id as u64;
        let grown = match draw.kind {
            Kind::Single | Kind::SingleParent => 1,
            Kind::Couple | Kind::Family => 2,
            Kind::Shared => 3,
        };
        let children = match draw.kind {
            Kind::SingleParent => 1 + key::weighted(&[0.55, 0.33, 0.12], "children", seed, draw.year),
            Kind::Family if draw.form == Form::Estate => {
                1 + key::weighted(&[0.34, 0.36, 0.19, 0.11], "children", seed, draw.year)
            }
            Kind::Family => 1 + key::weighted(&[0.40, 0.46, 0.14], "children", seed, draw.year),
            _ => 0,
        };
        let children = children.min(draw.most.saturating_sub(grown));
        self.households.push(Household {
            members: Vec::new(),
            couple: matches!(draw.kind, Kind::Couple | Kind::Family),
            dwelling: None,
            pool: draw.pool,
            since: draw.year,
        });
        let (origin_share, _) = shares(draw.pool, draw.year);
        let origin = key::chance(origin_share, "origin", seed, draw.year);
        let age = grown_age(draw, seed);
        let first_woman =
            key::chance(if draw.kind == Kind::SingleParent { 0.84 } else { 0.51 }, "sex", seed, draw.year);
        for i in 0..grown {
            let other = key::between(-4.0, 5.0, "age gap", seed, i as i64) * if i == 0 { 0.0 } else { 1.0 };
            let woman = if i == 0 { first_woman } else { !first_woman };
            self.add(id, (age + other).max(18.5), woman, origin, true, draw);
        }
        for i in 0..children {
            let (youngest, oldest) = ((age - 42.0).clamp(0.0, 12.0), (age - 21.0).clamp(0.5, 18.9));
            let child = key::between(youngest, oldest, "child age", seed, i as i64);
            self.add(id, child, key::chance(0.487, "child sex", seed, i as i64), origin, false, draw);
        }
        id
    }

    /// Adds a person of the given age (at the end of the year) to a household.
    fn add(&mut self, household: usize, age: f64, woman: bool, origin: bool, grown: bool, draw: &Draw) {
        let id = self.persons.len();
        let seed = id as u64;
        let mixed = key::chance(0.04, "mixed household", seed, 0);
        let non_western = origin != mixed && (origin || key::chance(0.5, "mixed origin", seed, 0));
        let (_, education) = shares(draw.pool, draw.year);
        let foreign = if grown { 0.42 } else { 0.22 };
        let citizenship = match non_western {
            true if key::chance(foreign, "citizenship", seed, 0) => "other",
            false if key::chance(0.035, "citizenship", seed, 0) => "eu",
            _ => "dk",
        };
        let birth = new_year(draw.year + 1) - 1 - (age * 365.25) as i32;
        let arrival = if draw.settled {
            settled_since(draw, household as u64)
        } else {
            some_day(draw.year, "arrival", household as u64)
        };
        let start = if key::chance(education_rate(education, age), "education", seed, 0) { 1.0 } else { 0.0 };
        self.persons.push(Person {
            birth,
            woman,
            citizenship,
            non_western,
            basic_education: start > 0.0,
            grown,
            moved_in: arrival.max(birth),
            household: Some(household),
            benefit: 0.0,
        });
        self.households[household].members.push(id);
    }

    /// A grown-up moves in with a household.
    pub fn lodger(&mut self, household: usize, year: i64) {
        let pool = self.households[household].pool;
        let draw = Draw { pool, form: Form::Flats, kind: Kind::Single, most: 1, year, settled: false };
        let seed = self.persons.len() as u64;
        let age = key::between(19.0, 34.0, "lodger", seed, year);
        self.add(household, age, key::chance(0.5, "lodger sex", seed, year), false, true, &draw);
    }

    /// A child is born.
    pub fn birth(&mut self, household: usize, mother: usize, year: i64) {
        let seed = self.persons.len() as u64;
        let birth = some_day(year, "birthday", seed);
        let (non_western, citizenship) = (self.persons[mother].non_western, self.persons[mother].citizenship);
        self.persons.push(Person {
            birth,
            woman: key::chance(0.487, "sex at birth", seed, 0),
            citizenship,
            non_western,
            basic_education: false,
            grown: false,
            moved_in: birth,
            household: Some(household),
            benefit: 0.0,
        });
        self.households[household].members.push(seed as usize);
    }

    /// Puts a household into a dwelling.
    pub fn house(&mut self, household: usize, dwelling: usize, year: i64) {
        self.homes[dwelling] = Some(household);
        let day = some_day(year, "moving day", household as u64);
        let h = &mut self.households[household];
        (h.dwelling, h.pool, h.since) = (Some(dwelling), self.dwellings[dwelling].pool, year);
        for &member in &h.members {
            let person = &mut self.persons[member];
            person.moved_in = day.max(person.birth);
        }
    }

    /// Takes a household out of its dwelling.
    pub fn unhouse(&mut self, household: usize) {
        if let Some(dwelling) = self.households[household].dwelling.take() {
            self.homes[dwelling] = None;
        }
    }

    /// A household leaves the municipality.
    pub fn leave(&mut self, household: usize) {
        self.unhouse(household);
        for member in std::mem::take(&mut self.households[household].members) {
            self.persons[member].household = None;
        }
    }

    /// A person leaves a household; a household without grown-ups is dissolved.
    pub fn part(&mut self, person: usize) {
        if let Some(household) = self.persons[person].household.take() {
            self.households[household].members.retain(|&m| m != person);
            if !self.households[household].members.iter().any(|&m| self.persons[m].grown) {
                self.leave(household);
            }
        }
    }
}

/// Education rises from one generation to the next: the young of an estate are nearer the municipality's mean.
fn education_rate(share: f64, age: f64) -> f64 {
    if age < 18.0 {
        0.5 * share + 0.08
    } else if age > 60.0 {
        (share + 0.14).min(0.85)
    } else {
        share
    }
}

/// Age of the first grown-up.
fn grown_age(draw: &Draw, seed: u64) -> f64 {
    let draw_between = |low, high| key::between(low, high, "grown age", seed, draw.year);
    match (draw.kind, draw.settled) {
        (Kind::Family, true) => draw_between(29.0, 56.0),
        (Kind::Family, false) => draw_between(27.0, 47.0),
        (Kind::SingleParent, _) => draw_between(25.0, 50.0),
        (Kind::Shared, _) => draw_between(19.0, 32.0),
        (_, true) => {
            let old = match draw.form {
                Form::Estate => 0.34,
                Form::Flats => 0.33,
                Form::Terrace => 0.60,
                Form::Villa | Form::Rural => 0.56,
            };
            if key::chance(old, "old", seed, 0) {
                62.0 + 28.0 * key::unit("grown age", seed, draw.year).powf(1.3)
            } else {
                20.0 + 42.0 * key::unit("grown age", seed, draw.year).powf(0.62)
            }
        }
        (_, false) => 19.0 + 58.0 * key::unit("grown age", seed, draw.year).powf(1.65),
    }
}

/// Arrival of a household that was there from the start: the yearly rate of moving, backwards, but not before the
/// first grown-up was 20.
fn settled_since(draw: &Draw, household: u64) -> i32 {
    let yearly = match draw.form {
        Form::Estate => 0.12,
        Form::Flats => 0.19,
        Form::Terrace => 0.10,
        Form::Villa | Form::Rural => 0.06,
    };
    let waited = -(1.0 - key::unit("settled", household, 0)).ln() / yearly;
    let lived = (grown_age(draw, household) - 20.0).max(0.4);
    new_year(draw.year + 1) - 1 - (waited.min(lived).min(48.0) * 365.25) as i32
}
