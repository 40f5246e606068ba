//! `lists.csv`: the official lists of 1 December 2014-2025, with the values and limits the ministry publishes.

use super::benchmarks::{country_convicted, region_income};
use super::story::{EARLY_LISTS, ESTATES, Estate, SNAPSHOTS};
use super::tally::{Cell, Tables};

/// First list.
const FIRST: i64 = 2014;

/// The file.
pub fn rows(tables: &Tables) -> Vec<String> {
    let head = "list_date,area_id,category,residents,no_work,convicted,basic_education,income,non_western,\
                convicted_3,convicted_2";
    let mut rows = vec![head.to_owned()];
    for (place, year) in (FIRST..=2025).enumerate() {
        let mut listed: Vec<&Estate> = ESTATES.iter().filter(|e| !e.lists[place].is_empty()).collect();
        listed.sort_by_key(|e| e.id);
        for estate in listed {
            let early = EARLY_LISTS.iter().find(|l| (l.0, l.1) == (year, estate.id));
            let (residents, values) = match early {
                Some((_, _, residents, values)) => (*residents, values.map(str::to_owned)),
                None => {
                    (estate.residents[(year - SNAPSHOTS.start()) as usize], values(tables, estate.id, year))
                }
            };
            let category = estate.lists[place];
            let (values, limits) = (values.join(","), limits(year).join(","));
            rows.push(format!("{year}-12-01,{},{category},{residents},{values},{limits}", estate.id));
        }
    }
    rows
}

/// The five values of a list: attachment and convictions are means of two years, education and income those of
/// the year before, origin that of 1 January.
fn values(tables: &Tables, area: &'static str, list: i64) -> [String; 5] {
    let cell = |key, year| tables[&(key, area, year)];
    let mean = |key, scale: i128, places| {
        let (a, b) = (cell(key, list - 2), cell(key, list - 1));
        let above = i128::from(a.part) * i128::from(b.whole) + i128::from(b.part) * i128::from(a.whole);
        decimal(100 * above, 2 * scale * i128::from(a.whole) * i128::from(b.whole), places)
    };
    let share = |c: Cell| decimal(100 * i128::from(c.part), i128::from(c.whole), 1);
    let (kroner, persons) = region_income(list - 1);
    let income = cell("income", list - 1);
    [
        mean("attachment", 1_000, 1),
        mean("convictions", 1, 2),
        share(cell("education", list - 1)),
        decimal(
            100 * i128::from(income.part) * i128::from(persons),
            i128::from(income.whole) * i128::from(kroner),
            1,
        ),
        share(cell("origin", list)),
    ]
}

/// First list whose limits on convictions follow the country.
const LIMITS: i64 = 2018;

/// The limits on convictions: three and two times the country's share, the mean of two years.
fn limits(list: i64) -> [String; 2] {
    [3, 2].map(|times| {
        let ((a, of_a), (b, of_b)) = (country_convicted(list - 2), country_convicted(list - 1));
        let above = i128::from(a) * i128::from(of_b) + i128::from(b) * i128::from(of_a);
        let limit = decimal(100 * times * above, 2 * i128::from(of_a) * i128::from(of_b), 2);
        if list < LIMITS { String::new() } else { limit }
    })
}

/// A quotient with the given decimals, half up.
fn decimal(above: i128, below: i128, places: u32) -> String {
    let unit = 10_i128.pow(places);
    let rounded = (2 * above * unit + below) / (2 * below);
    format!("{}.{:0width$}", rounded / unit, rounded % unit, width = places as usize)
}
