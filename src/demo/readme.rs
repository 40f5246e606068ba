//! `README.md` of the data: what the files are, where they come from, what is planted in them.

use super::story::{ESTATES, LISTED, SNAPSHOTS, VILLAGES};

/// The page, line by line.
pub fn lines() -> Vec<String> {
    let mut lines: Vec<String> = INTRODUCTION.lines().map(str::to_owned).collect();
    lines.extend(estates());
    lines.extend(villages());
    lines.extend(PROVENANCE.lines().map(str::to_owned));
    lines
}

const INTRODUCTION: &str = "\
# The demonstration municipality Fjordby

Everything here is invented: municipality 9999 does not exist, nor does any person, address or estate in it. The
files are written by `kvarter init` (`src/demo/`), which always writes the same bytes; do not edit them by hand.

Whole persons are simulated year by year: they are born, die, leave home, form couples and part, move inside the
municipality, in and out, and are on benefits or not. What a municipality really receives is then written, one file
a supplier. Origin, education, convictions and income exist only as ordered tables per area: no file has them on
persons.

| file | supplier | a row is | columns |
|---|---|---|---|
| `residents.parquet` | CPR | a person on 1 January, 2017-2025 | year, person_id, household_id, address_id, birth_date, sex (`k`, `m`), citizenship (`dk`, `eu`, `other`), moved_in (to the address), household_type, household_size |
| `benefits.parquet` | the municipality | a person and year on benefits, 2016-2024 | person_id, year, benefit_share (of the year, wherever the person lived) |
| `addresses.parquet` | DAR | an address | address_id, street, house_number, x, y (EPSG:25832) |
| `dwellings.parquet` | BBR | a dwelling on 1 January, 2017-2025 | year, dwelling_id, address_id, tenure, rooms, floor_area (m²), year_built |
| `statistics.csv` | Danmarks Statistik | a table cell: year, area, key | year, area_id, key, part, whole |
| `lists.csv` | the ministry | an estate on a list of 1 December | list_date, area_id, category, residents and the published values |
| `benchmarks.csv` | Danmarks Statistik | an indicator, place and year | indicator, place (`country` or the region's number 1084), period, value, part, whole |
| `areas.gpkg` | the municipality, GeoDanmark | an area or a map feature | layers `estates`, `villages`, `districts` (tile the municipality) and the map's backdrop |

Keys of `statistics.csv`: `attachment` (full-time persons aged 18-64 without attachment, of all aged 18-64),
`education` (at most grundskole, of all aged 30-59), `convictions` (of all aged 18 and over), `income` (kroner in total,
and persons aged 15-64 not in education), `origin` (immigrants and descendants from non-western countries, of all
residents on 1 January). The row of area `9999` is the municipality. The supplier prints `..` for a part or a remainder
of 1 to 4, and for both numbers where fewer than 20 persons are in the whole. It counts on days of its own: wholes may
differ by a few persons from the residents register. `benchmarks.csv` holds single years; a mean of two years is made
from two of them.

A few residents have an address that is in no register (13 on 1 January 2025), and a few rows of benefits are of persons
who died or moved out before 1 January: both happen in real extracts, and both must be counted, not lost.

## What is planted

The constants stand in `src/demo/story.rs`; tests hold the files to them.

| estate | on the lists of 1 December | what it shows |
|---|---|---|";

const PROVENANCE: &str = "
In every other estate and year, too, the values of the five criteria are set; districts and villages are counted from
the simulated persons.

## Where the levels come from

The law's criteria and limits are those of almenboligloven §§ 61 a and 61 b. The national share of convicted persons
follows the limits printed on the lists (three times the mean of two years: 1.98 per cent in 2018, 2.03 in 2019, 2.27 in
2020, 2.35 in 2023). The ages, household sizes, moves, benefits, education and origin of the country, and the range of
estates, follow published levels of Danmarks Statistik and Landsbyggefonden; they are rounded and are no source for
anything. Incomes are of the right order; their exact kroner are invented.
";

/// Runs of equal categories: `2017 listed, 2018-2019 parallelsamfund`.
fn runs(lists: &[&str; 12]) -> String {
    let mut runs: Vec<(usize, usize, &str)> = Vec::new();
    for (i, &category) in lists.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if run.2 == category => run.1 = i,
            _ => runs.push((i, i, category)),
        }
    }
    let words = |&(from, to, category): &(usize, usize, &str)| {
        let years =
            if from == to { format!("{}", 2014 + from) } else { format!("{}-{}", 2014 + from, 2014 + to) };
        format!("{years} {category}")
    };
    let shown: Vec<String> = runs.iter().filter(|r| !r.2.is_empty()).map(words).collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}

fn estates() -> Vec<String> {
    let tells = |id: &str| match id {
        "gronnevang" => {
            "drifts towards udsat: without attachment 39.2 per cent on the list of 2024, 40.4 in 2025 (one criterion of four); 1,284 residents"
        }
        "engparken" => "every category in turn; omdannelse in 2020, the fifth list in a row",
        "birkelunden" => {
            "hovers around 1,000 residents: 1,003, 994, 1,006 on 1 January 2023-2025; on no list in 2024"
        }
        "tranehaven" => "udsat with two criteria, off the list in 2020 by 0.1 point",
        "humlebjerg" => {
            "education exactly 60 per cent in 2024 (part x 100 = whole x 60): not over, so one criterion and not udsat"
        }
        "kloverhoj" => "without attachment 29.2 per cent: one criterion from forebyggelse",
        "lillebo" => "under 1,000 residents: cannot come on the lists; small counts hidden by the supplier",
        _ => "an ordinary estate",
    };
    ESTATES.iter().map(|e| format!("| {} | {} | {} |", e.name, runs(&e.lists), tells(e.id))).collect()
}

fn villages() -> Vec<String> {
    let last = (SNAPSHOTS.end() - SNAPSHOTS.start()) as usize;
    let mut lines = vec![
        String::new(),
        format!(
            "`{LISTED}` is the one category of lists before 2018. Villages, with residents on 1 January 2017 and 2025:"
        ),
        String::new(),
        "| village | residents | households with a child under 18 |".to_owned(),
        "|---|---|---|".to_owned(),
    ];
    for village in &VILLAGES {
        let families =
            village.families.map_or("not planted".to_owned(), |f| format!("{} to {}", f[0], f[last]));
        lines.push(format!(
            "| {} | {} to {} | {families} |",
            village.name, village.residents[0], village.residents[last]
        ));
    }
    lines
}
