//! Sums add up, whatever the data: random residents, read from files, counted, and added up again from what is published.

use std::fmt::Write;

use crate::support::{Project, new_folder};
use kvarter::{
    BuildOptions, Computed,
    compute::State,
    ids::{AreaId, Period, ValueId},
};

/// Years of the random residents.
const YEARS: std::ops::RangeInclusive<u16> = 2021..=2025;

/// The indicator of all residents.
const EVERYBODY: &str = "everybody";
/// The parts that together are everybody.
const PARTS: [&str; 4] = ["children", "adults", "old", "of-unknown-age"];

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// A line for every resident: anywhere in the two districts, some without a date of birth.
fn residents(seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    let mut lines = Vec::new();
    for year in YEARS {
        for _ in 0..600 + dice.below(300) {
            let (x, y) = (600_000 + dice.below(2000), 6_200_000 + dice.below(1000));
            let birth = match dice.below(8) {
                0 => String::new(),
                _ => format!("{}-0{}-1{}", 1930 + dice.below(90), 1 + dice.below(9), dice.below(10)),
            };
            let (income, household) = (dice.below(900_000) as f64 / 8.0, dice.below(300));
            let share = dice.below(5) as f64 / 4.0;
            lines.push(format!("{year},h{household},{x},{y},{birth},{income},{share}"));
        }
    }
    lines
}

const SOURCE: &str = "
sources:
  residents:
    title: Befolkningen
    file: residents*.csv
    period: { year: year }
    age-from: birth_date
    located-by: { point: { x: x, y: y, crs: EPSG:25832 } }
    reference-date: 01-01
    household: household_id
populations:
  residents:      { from: residents }
  children:       { within: residents, where: age < 18 }
  adults:         { within: residents, where: age BETWEEN 18 AND 64 }
  old:            { within: residents, where: age > 64 }
  of-unknown-age: { within: residents, where: age IS NULL }
  incomes:        { within: adults, sum: income }
  on-benefits:    { within: adults, where: share > 0, weight: share }
themes: { all: Alt }
indicators:
  income:      { title: Indkomst, theme: all, method: { mean: { of: incomes, over: adults } }, unit: kroner, higher-is: better, compare-with: [rest] }
  on-benefits: { title: Ydelse, theme: all, method: { share: { part: on-benefits, of: adults } }, unit: percent, higher-is: worse, compare-with: [rest] }
";

/// The small project with these residents, in as many files as given.
fn computed(files: &[&[String]]) -> Computed {
    let small = Project::small();
    let project = Project { dir: new_folder("adds-up") };
    for file in ["areas.geojson", "districts.geojson", "indicators.yaml"] {
        let text = std::fs::read_to_string(small.dir.join(file)).expect("the small project");
        project.write(file, &text);
    }
    let text = std::fs::read_to_string(small.dir.join("indicators.yaml")).expect("the small project");
    let mut catalogue = text.split("sources:").next().expect("areas come first").to_string() + SOURCE;
    // Under the id `residents` small areas would be told from others, and have fewer figures.
    for (id, of) in [(EVERYBODY, "residents")].into_iter().chain(PARTS.map(|part| (part, part))) {
        let count = format!("title: {id}, theme: all, method: {{ count: {{ of: {of} }} }}, unit: persons");
        writeln!(catalogue, "  {id}: {{ {count}, higher-is: neutral, disclosure: {{ at-least: 1 }} }}")
            .expect("text");
    }
    project.write("indicators.yaml", &catalogue);
    for (number, lines) in files.iter().enumerate() {
        let head = "year,household_id,x,y,birth_date,income,share";
        project.write(&format!("residents{number}.csv"), &format!("{head}\n{}\n", lines.join("\n")));
    }
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        ..BuildOptions::default()
    };
    kvarter::compute(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}")).0
}

fn count(computed: &Computed, what: &str, area: &str, year: u16) -> i64 {
    let id = ValueId::own(what, &AreaId::from(area), Period::Year(year));
    match computed.publication.count(&id) {
        State::Shown(count) => count,
        other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn the_parts_of_a_partition_are_the_whole_in_every_area_and_period() {
    for seed in 1..=3 {
        let computed = computed(&[&residents(seed)]);
        for year in YEARS {
            for area in ["nord", "syd", "vest", "oest", "municipality"] {
                let parts: i64 = PARTS.iter().map(|part| count(&computed, part, area, year)).sum();
                assert_eq!(parts, count(&computed, EVERYBODY, area, year), "{area} {year} of {seed}");
            }
        }
    }
}

#[test]
fn districts_that_cover_the_municipality_are_the_municipality_in_every_period() {
    for seed in 4..=6 {
        let computed = computed(&[&residents(seed)]);
        for year in YEARS {
            for what in [EVERYBODY].iter().chain(&PARTS) {
                let districts = count(&computed, what, "vest", year) + count(&computed, what, "oest", year);
                assert_eq!(
                    districts,
                    count(&computed, what, "municipality", year),
                    "{what} {year} of {seed}"
                );
            }
        }
    }
}

#[test]
fn neither_the_order_of_rows_nor_the_files_they_come_in_change_what_is_published() {
    let lines = residents(7);
    let mut other = lines.clone();
    let mut dice = Dice(8);
    for last in (1..other.len()).rev() {
        other.swap(last, dice.below(last + 1));
    }
    let (first, rest) = other.split_at(1000);
    let (second, third) = rest.split_at(7);
    let (a, b) = (computed(&[&lines]), computed(&[first, second, third]));
    assert!(a.publication.facts().count() > 300);
    for (one, other) in a.publication.facts().zip(b.publication.facts()) {
        assert_eq!(one, other);
    }
    assert_eq!(a.publication.facts().count(), b.publication.facts().count());
}
