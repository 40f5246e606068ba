//! The same municipality with two persons' traits traded, so that only hidden numbers change: it is printed alike. What is hidden
//! is taken from what was printed, so this holds whatever is chosen to be hidden along with small numbers.

use std::collections::BTreeSet;

use kvarter::BuildOptions;

use super::{
    attacker::Sum,
    reading::{MEASURES, Measure, Read, Zone},
    town::{Person, Town},
};
use crate::two_worlds::built::Built;

/// How many municipalities.
const MUNICIPALITIES: u64 = 10;

/// A trait that two persons of a year trade, by where they live.
struct Trade {
    year: i32,
    traits: (Measure, Measure),
    atoms: (usize, usize),
}

impl Trade {
    /// By how much the unknowns change.
    fn change(&self) -> Sum {
        let (one, other) = self.traits;
        let by = |measure: Measure, atom: usize, by: i64| {
            measure.over(&vec![atom]).into_iter().map(move |(unknown, _)| (unknown, by))
        };
        let (here, there) = self.atoms;
        by(one, here, -1)
            .chain(by(other, here, 1))
            .chain(by(one, there, 1))
            .chain(by(other, there, -1))
            .collect()
    }

    /// By how much a number changes.
    fn changes(&self, measure: Measure, zone: &Zone) -> i64 {
        let change = self.change();
        let of = measure.over(zone);
        change
            .iter()
            .filter(|(unknown, _)| of.iter().any(|(other, _)| other == unknown))
            .map(|(_, by)| by)
            .sum()
    }

    /// Does every number stay zero, from one to four, or more?
    fn keeps_sizes(&self, read: &Read, places: &[Zone]) -> bool {
        let year = read.years.iter().find(|year| year.year == self.year).expect("a year of the municipality");
        let size = |number: i64| (number > 0) as u8 + (number > 4) as u8;
        places.iter().all(|zone| {
            MEASURES.iter().all(|measure| {
                let before = year.count(*measure, zone);
                let after = before + self.changes(*measure, zone);
                after >= 0 && size(before) == size(after)
            })
        })
    }

    fn made(&self, town: &Town) -> Town {
        let mut town = town.clone();
        let atoms = town.atoms();
        let places: Vec<usize> = town.persons.iter().map(|person| atoms[&town.areas_of(person)]).collect();
        let (one, other) = self.traits;
        for (atom, from, to) in [(self.atoms.0, one, other), (self.atoms.1, other, one)] {
            let found = (0..places.len()).find(|number| {
                let person = &town.persons[*number];
                places[*number] == atom && person.year == self.year && has(person, from)
            });
            give(&mut town.persons[found.expect("there is one to trade")], to);
        }
        town
    }
}

fn has(person: &Person, measure: Measure) -> bool {
    match measure {
        Measure::Origin(origin) => person.origin == origin,
        Measure::Alone => person.alone,
        Measure::NotAlone => !person.alone,
        _ => false,
    }
}

fn give(person: &mut Person, measure: Measure) {
    match measure {
        Measure::Origin(origin) => person.origin = origin,
        Measure::Alone => person.alone = true,
        Measure::NotAlone => person.alone = false,
        _ => {}
    }
}

/// Every trade that could be made.
fn trades(read: &Read) -> Vec<Trade> {
    let origin = |a, b| (Measure::Origin(a), Measure::Origin(b));
    let traits = [origin(0, 1), origin(0, 2), origin(1, 2), (Measure::Alone, Measure::NotAlone)];
    let atoms = read.zones["municipality"].clone();
    let mut all = Vec::new();
    for year in &read.years {
        for (one, other) in traits {
            for here in &atoms {
                for there in atoms.iter().filter(|there| *there != here) {
                    let few = |measure: Measure, atom: &usize| year.count(measure, &vec![*atom]) > 0;
                    if few(one, here) && few(other, there) {
                        let atoms = (*here, *there);
                        all.push(Trade { year: year.year, traits: (one, other), atoms });
                    }
                }
            }
        }
    }
    all
}

/// Pages, which take the number of residents.
const PAGES: &str = "reports: { page: { title: Side, template: area-status.typ, one-per: [quarters], indicators: [child, alone, danish, western, other, income] } }\n";

/// Who shares a household with whom says how sure a share is, which is more than how many there are: here nobody knows.
fn built(town: &Town) -> (Built, crate::support::Project) {
    let mut project = town.project().replace("indicators.yaml", "    household: household_id\n", "");
    if town.small_places {
        project = project.replace("indicators.yaml", "themes:", &format!("{PAGES}themes:"));
    }
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        out: project.dir.join("out"),
        ..BuildOptions::default()
    };
    let built = Built::by(&options);
    assert_eq!(town.small_places, built.files.keys().any(|file| file.ends_with(".pdf")));
    (built, project)
}

#[test]
#[allow(clippy::print_stdout, reason = "how many have any is to be read beside the outcome")]
fn where_two_hidden_numbers_trade_places_everything_is_printed_alike() {
    let (mut traded, mut seen) = (0, BTreeSet::new());
    for seed in 1..=MUNICIPALITIES {
        let town = Town::random(seed);
        let (one, project) = built(&town);
        let read = Read::from(seed, &town, &project.dir.join("out"));
        let places: Vec<Zone> = read.places().into_keys().collect();
        let known: Vec<_> = read.years.iter().map(|year| (year.year, read.known(year).0)).collect();
        let all = trades(&read);
        let is_hidden = |trade: &&Trade| {
            let known = known.iter().find(|(year, _)| *year == trade.year);
            known.is_some_and(|(_, known)| known.allows(&trade.change()))
        };
        let areas = |trade: &Trade| {
            let changed = read.zones.values().filter(|zone| trade.changes(trade.traits.0, zone) != 0);
            changed.count()
        };
        let hidden: Vec<&Trade> = all.iter().filter(is_hidden).collect();
        let best = hidden
            .into_iter()
            .filter(|trade| trade.keeps_sizes(&read, &places))
            .max_by_key(|trade| areas(trade));
        if let Some(trade) = best {
            let differences = one.differences(&built(&trade.made(&town)).0);
            let (traits, year) = (trade.traits, trade.year);
            assert!(
                differences.is_empty(),
                "municipality {seed}, {traits:?} in {year}: {}",
                differences.join("\n")
            );
            traded += 1;
            seen.insert(areas(trade) > 0);
        }
        // A trade that is not hidden shows.
        let open = all.iter().find(|trade| !is_hidden(trade)).expect("most numbers are printed");
        assert!(
            !one.differences(&built(&open.made(&town)).0).is_empty(),
            "municipality {seed}: nothing is printed"
        );
    }
    println!("{traded} of {MUNICIPALITIES} municipalities have numbers to trade");
    assert!(traded > 0 && seen.contains(&true), "no hidden number of an area can be traded");
}
