//! `benchmarks.csv`: what the country and the region are compared with. Levels follow published figures; the exact
//! counts are invented.

use std::ops::RangeInclusive;

use super::story::REGION;

/// First year of the series.
const FIRST: i64 = 2015;

/// Persons aged 18 and over in the country, by year, in thousands.
const ADULTS: [i64; 10] = [4_522, 4_557, 4_592, 4_622, 4_648, 4_668, 4_687, 4_738, 4_782, 4_814];
/// Convicted per 100,000 aged 18 and over. The means of two years give limits near those printed on the lists:
/// 1.98 (2018), 2.03 (2019), 2.27 (2020), 2.18 (2022), 2.35 (2023) and 2.22 (2025).
const CONVICTED: [i64; 10] = [671, 652, 668, 686, 828, 731, 719, 847, 744, 736];
/// Mean income in the region, kroner, and taxpayers aged 15-64 not in education, in thousands.
const INCOME: [i64; 10] =
    [334_600, 341_900, 349_800, 358_700, 368_200, 374_900, 387_300, 399_800, 409_600, 419_300];
const TAXPAYERS: [i64; 10] = [948, 957, 966, 974, 981, 983, 990, 1_004, 1_013, 1_019];
/// Full-time persons without attachment per 1,000 aged 18-64: country, region.
const NO_WORK: [(i64, i64); 10] = [
    (183, 176),
    (181, 174),
    (179, 172),
    (176, 169),
    (174, 168),
    (184, 181),
    (176, 171),
    (169, 163),
    (171, 164),
    (172, 165),
];
/// At most grundskole per 1,000 aged 30-59: country, region.
const BASIC: [(i64, i64); 10] = [
    (226, 199),
    (222, 195),
    (218, 191),
    (214, 187),
    (210, 184),
    (206, 180),
    (202, 176),
    (198, 173),
    (194, 169),
    (191, 166),
];
/// Non-western origin per 1,000 residents, 1 January from 2015: country, region.
const ORIGIN: [(i64, i64); 11] = [
    (74, 117),
    (79, 121),
    (83, 125),
    (86, 127),
    (87, 129),
    (89, 131),
    (90, 132),
    (91, 134),
    (95, 138),
    (99, 142),
    (102, 145),
];
/// Published shares in per cent of residents, 1 January from 2017: under 18, aged 65 and over.
const AGES: [(&str, &str); 9] = [
    ("20.3", "19.1"),
    ("20.2", "19.3"),
    ("20.1", "19.6"),
    ("20.0", "19.9"),
    ("19.9", "20.1"),
    ("19.8", "20.3"),
    ("19.7", "20.4"),
    ("19.5", "20.6"),
    ("19.4", "20.8"),
];
/// Published share on public benefits, full-time persons in per cent of those aged 18-64, years 2016-2024.
const BENEFITS: [&str; 9] = ["6.4", "6.3", "6.1", "5.9", "6.6", "6.0", "5.5", "5.4", "5.5"];

/// A further share: indicator, persons or dwellings in the whole (thousands), per 10,000 in 2015 and in 2024, and the
/// region's difference in 2015-2024, where it is told. In between it goes straight.
type Share = (&'static str, i64, (i64, i64), Option<i64>);

/// Shares in per cent, of the years of the tables.
const SHARES: [Share; 9] = [
    ("employment", 3_420, (7_280, 7_710), Some(60)),
    ("neet", 870, (1_160, 1_010), Some(-90)),
    ("youth-education", 74, (2_140, 1_880), Some(-170)),
    ("low-income", 5_800, (820, 910), Some(40)),
    ("low-income-children", 1_150, (940, 970), Some(-10)),
    ("vocational-or-higher", 2_240, (6_930, 7_320), Some(180)),
    ("daycare", 310, (8_890, 9_060), None),
    ("private-school", 690, (1_660, 1_860), Some(110)),
    ("home-care", 1_120, (1_190, 980), None),
];
/// Rates per 1,000, of the years of the tables.
const RATES: [Share; 3] = [
    ("charged-youth", 720, (318, 268), Some(36)),
    ("placements", 1_460, (78, 71), None),
    ("homelessness", 4_650, (14, 12), Some(7)),
];
/// Citizens of other countries, of all residents on 1 January 2017-2025: per 10,000 in the first and the last year.
const CITIZENS: [Share; 2] =
    [("foreign-citizens", 5_850, (840, 1_090), Some(240)), ("eu-citizens", 5_850, (350, 460), Some(110))];
/// Votes per 10,000 entitled at the local elections, of 4.6 million.
const TURNOUT: [(i64, i64); 2] = [(2017, 7_080), (2021, 6_720)];

/// Mean income in the region in a year: kroner in total and persons.
pub fn region_income(year: i64) -> (i64, i64) {
    let place = (year - FIRST).clamp(0, 9) as usize;
    let persons = TAXPAYERS[place] * 1_000;
    (INCOME[place] * persons, persons)
}

/// Convicted in the country in a year, and persons aged 18 and over.
pub fn country_convicted(year: i64) -> (i64, i64) {
    let place = (year - FIRST).clamp(0, 9) as usize;
    let adults = ADULTS[place] * 1_000;
    (adults * CONVICTED[place] / 100_000, adults)
}

/// The file, one row an indicator, place and period.
pub fn rows() -> Vec<String> {
    let mut rows = criteria();
    for (shares, years, per) in
        [(&SHARES[..], 2015..=2024, 100), (&RATES[..], 2015..=2024, 1_000), (&CITIZENS[..], 2017..=2025, 100)]
    {
        rows.extend(shares.iter().flat_map(|share| series(share, years.clone(), per)));
    }
    rows.extend(TURNOUT.map(|(year, part)| row("turnout", "country", year, (part * 460, 4_600_000), 100)));
    rows.sort();
    rows.insert(0, "indicator,place,period,value,part,whole".to_owned());
    rows
}

/// The years of a share, of the country and, where it is told, the region, which has a third of the persons.
fn series(
    (id, thousands, (first, last), region): &Share,
    years: RangeInclusive<i64>,
    per: i64,
) -> Vec<String> {
    let span = years.end() - years.start();
    let places = [Some(("country", 0, *thousands)), region.map(|more| (REGION, more, thousands / 3))];
    let of_year = |year: i64| {
        let share = first + (last - first) * (year - years.start()) / span;
        let cell = move |(place, more, whole): (&'static str, i64, i64)| {
            row(id, place, year, ((share + more) * whole / 10, whole * 1_000), per)
        };
        places.into_iter().flatten().map(cell).collect::<Vec<_>>()
    };
    years.clone().flat_map(of_year).collect()
}

/// A row with one decimal.
fn row(id: &str, place: &str, year: i64, (part, whole): (i64, i64), per: i64) -> String {
    let tenths = (2 * 10 * per * part + whole) / (2 * whole);
    format!("{id},{place},{year},{}.{},{part},{whole}", tenths / 10, tenths % 10)
}

/// The rows behind the statutory criteria, ages and benefits.
fn criteria() -> Vec<String> {
    let mut rows = Vec::new();
    let mut add = |indicator: &str, place: &str, period: i64, value: String, counts: Option<(i64, i64)>| {
        let (part, whole) = counts.map_or_else(Default::default, |(p, w)| (p.to_string(), w.to_string()));
        rows.push(format!("{indicator},{place},{period},{value},{part},{whole}"));
    };
    let per_thousand = |n: i64| format!("{}.{}", n / 10, n % 10);
    for (i, (&(work, work_region), &(basic, basic_region))) in NO_WORK.iter().zip(&BASIC).enumerate() {
        let year = FIRST + i as i64;
        let (convicted, adults) = country_convicted(year);
        add(
            "convicted",
            "country",
            year,
            format!("{:.2}", 100.0 * convicted as f64 / adults as f64),
            Some((convicted, adults)),
        );
        let (kroner, persons) = region_income(year);
        add("income", REGION, year, INCOME[i].to_string(), Some((kroner, persons)));
        add("no-work", "country", year, per_thousand(work), Some((work * 3_400, 3_400_000)));
        add("no-work", REGION, year, per_thousand(work_region), Some((work_region * 1_160, 1_160_000)));
        add("basic-education", "country", year, per_thousand(basic), Some((basic * 2_240, 2_240_000)));
        add("basic-education", REGION, year, per_thousand(basic_region), Some((basic_region * 760, 760_000)));
    }
    for (i, &(country, region)) in ORIGIN.iter().enumerate() {
        let year = FIRST + i as i64;
        add("non-western", "country", year, per_thousand(country), Some((country * 5_850, 5_850_000)));
        add("non-western", REGION, year, per_thousand(region), Some((region * 1_870, 1_870_000)));
    }
    for (i, ((children, elderly), benefits)) in AGES.iter().zip(&BENEFITS).enumerate() {
        let year = 2017 + i as i64;
        add("children-share", "country", year, (*children).to_owned(), None);
        add("elderly-share", "country", year, (*elderly).to_owned(), None);
        add("benefit-share", "country", year - 1, (*benefits).to_owned(), None);
    }
    rows
}
