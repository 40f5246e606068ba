//! Municipalities at random, built, read and attacked: nobody can work out who hides in what is not printed.
//!
//! The attacker is taken to know every number behind a printed figure to the last person. See [`attacker`] for what is done with
//! them and [`reading`] for where numbers must not be found.

mod attacker;
mod kept;
mod reading;
mod town;
mod trades;
mod written;

use std::{fmt::Write, sync::OnceLock};

use kvarter::{BuildOptions, audit::read::read};
use rayon::prelude::*;

use attacker::{Known, Sum};
use kept::Kept;
use reading::{MEASURES, Measure, Read};

/// How many municipalities.
const MUNICIPALITIES: u64 = 20;
/// Fewer possible numbers than this are too few; where fewer live, fewer than could be of them.
const CANDIDATES: i64 = 5;
/// The least part of all values of areas that is still printed, over all municipalities.
const LEAST_KEPT: f64 = 0.6;

/// A number of one to four persons, where, and how it was found.
struct Found {
    told: String,
    by: By,
}

/// A number that does not follow, and how many numbers it must be possible for.
struct Sought {
    told: String,
    sum: Sum,
    least: i64,
}

/// How a number was found.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy, Debug)]
enum By {
    /// It follows.
    Elimination,
    /// Too few numbers are possible, by the bounds of what it is made of; or it follows from them.
    Bounds,
    /// The same by linear programming.
    LinearProgramming,
}

/// Everything that was found, and how much was kept.
struct Attacked {
    found: Vec<Found>,
    kept: Kept,
    places: usize,
}

/// For whom a municipality is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// Its own eyes: the program looks for what is found fast.
    Itself,
    /// Everybody: an edition.
    Everybody,
}

/// All municipalities, attacked once for all tests.
fn attacked(built: For) -> &'static Attacked {
    static ITSELF: OnceLock<Attacked> = OnceLock::new();
    static EVERYBODY: OnceLock<Attacked> = OnceLock::new();
    let all = match built {
        For::Itself => &ITSELF,
        For::Everybody => &EVERYBODY,
    };
    all.get_or_init(|| {
        let each: Vec<Attacked> = (1..=MUNICIPALITIES)
            .into_par_iter()
            .map(|seed| {
                let read = Read::of(seed, built);
                let (found, places) = attack(&read);
                Attacked { found, kept: Kept::of(&read), places }
            })
            .collect();
        each.into_iter()
            .reduce(|mut all, one| {
                all.found.extend(one.found);
                all.kept.add(&one.kept);
                all.places += one.places;
                all
            })
            .expect("there are municipalities")
    })
}

/// Every number from one to four that can be found in a municipality, and how many there are.
fn attack(read: &Read) -> (Vec<Found>, usize) {
    let (mut found, mut all) = (Vec::new(), 0);
    let places = read.places();
    for year in &read.years {
        let (mut known, incomes) = read.known(year);
        let mut left: Vec<Sought> = Vec::new();
        for (zone, name) in &places {
            for measure in MEASURES {
                let count = year.count(measure, zone);
                // How many live in a part of an area is no trait of theirs, and free to be known.
                let free = measure == Measure::Everybody && !read.has_heads(zone);
                if free || !(1..CANDIDATES).contains(&count) {
                    continue;
                }
                all += 1;
                let least = CANDIDATES.min(year.count(Measure::Everybody, zone) + 1);
                let told = format!("municipality {} {}: {count} {measure:?} in {name}", read.seed, year.year);
                if measure == Measure::Adults
                    && incomes.follows(&zone.iter().map(|atom| (*atom, 1)).collect()).is_some()
                {
                    found.push(Found { told: format!("{told}, their income"), by: By::Elimination });
                }
                match known.follows(&measure.over(zone)) {
                    Some(is) => {
                        assert_eq!(is, count, "{told}");
                        found.push(Found { told, by: By::Elimination });
                    }
                    None => left.push(Sought { told, sum: measure.over(zone), least }),
                }
            }
        }
        known.narrow();
        let (by_bounds, left): (Vec<_>, Vec<_>) = left.into_iter().partition(|sought| {
            let (least, most) = known.between(&sought.sum);
            known.follows(&sought.sum).is_some() || most - least + 1 < sought.least
        });
        found.extend(by_bounds.into_iter().map(|Sought { told, sum, .. }| {
            let (least, most) = known.between(&sum);
            Found { told: format!("{told}, between {least} and {most}"), by: By::Bounds }
        }));
        found.extend(by_programming(&known, left, &year.persons));
    }
    (found, all)
}

/// Those that linear programming narrows to too few numbers.
fn by_programming(known: &Known, left: Vec<Sought>, truth: &[i64]) -> Vec<Found> {
    let sums: Vec<(Sum, i64)> = left.iter().map(|sought| (sought.sum.clone(), sought.least - 1)).collect();
    let solved = known.solved(&sums, truth);
    let narrowed = left.into_iter().zip(solved).filter_map(|(sought, (least, most))| {
        let (least, most) = ((least - 1e-6).ceil() as i64, (most + 1e-6).floor() as i64);
        let told = format!("{}, between {least} and {most}", sought.told);
        (most - least + 1 < sought.least).then_some(Found { told, by: By::LinearProgramming })
    });
    narrowed.collect()
}

/// What was found in one way, for a reader.
fn found_by(by: By, built: For) -> (usize, String) {
    let attacked = attacked(built);
    let found: Vec<&str> =
        attacked.found.iter().filter(|found| found.by == by).map(|found| found.told.as_str()).collect();
    let mut text = format!("{} of {} by {by:?}", found.len(), attacked.places);
    for told in found.iter().take(20) {
        write!(text, "\n  {told}").expect("text");
    }
    (found.len(), text)
}

#[test]
fn no_number_from_one_to_four_follows_from_what_is_printed() {
    assert!(attacked(For::Itself).places > 500, "there is little to be found");
    let (found, text) = found_by(By::Elimination, For::Itself);
    assert_eq!(found, 0, "{text}");
}

#[test]
fn in_an_edition_no_number_from_one_to_four_has_too_few_possible_ones() {
    for by in [By::Elimination, By::Bounds, By::LinearProgramming] {
        let (found, text) = found_by(by, For::Everybody);
        assert_eq!(found, 0, "{text}");
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "how much is kept is to be read beside the outcome")]
fn most_values_are_still_printed() {
    for built in [For::Itself, For::Everybody] {
        let kept = &attacked(built).kept;
        println!("{kept}");
        assert!(kept.printed() >= LEAST_KEPT, "{kept}");
        assert!(
            kept.printed() <= kept.by_threshold(),
            "{kept}: more is printed than no rule hides by itself"
        );
    }
}

/// What the attacker is given is what a publication file says: certificates are checked against the file.
#[test]
fn every_sheet_can_be_read_back_from_its_publication_file() {
    let project = town::Town::random(5).project();
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        ..BuildOptions::default()
    };
    let (computed, _) = kvarter::compute(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let sheets = computed.publication.sheets();
    assert!(sheets.iter().any(|sheet| !sheet.protected.is_empty()));
    for sheet in sheets {
        let read = read(&sheet.name, &sheet.json()).unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert_eq!(read, sheet.model(), "{}", sheet.name);
    }
}
