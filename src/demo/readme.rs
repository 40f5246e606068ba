//! `README.md` of the data: what the files are, where they come from, what is planted in them.

use super::story::{ESTATES, LISTED, SNAPSHOTS, VILLAGES};
use super::story_moves::{MOVES, REHOUSED, REPLACED, UNDOCUMENTED, Undocumented};

/// The page, line by line.
pub fn lines() -> Vec<String> {
    let mut lines: Vec<String> = INTRODUCTION.lines().map(str::to_owned).collect();
    lines.extend(estates());
    lines.extend(villages());
    lines.extend(moves());
    lines.extend(PROVENANCE.lines().map(str::to_owned));
    lines
}

const INTRODUCTION: &str = "\
# The demonstration municipality Fjordby

Everything here is invented: municipality 9999 does not exist, nor does any person, address or estate in it. The
files are written by `kvarter init` (`src/demo/`), which always writes the same bytes; do not edit them by hand.

Whole persons are simulated year by year: they are born, die, leave home, form couples and part, move inside the
municipality, in and out, and are on benefits or not. What a municipality really receives is then written, one file
a supplier. Origin, education, convictions, income, work and school exist only as tables per area: no file has
them on persons.

| file | supplier | a row is | columns |
|---|---|---|---|
| `residents.parquet` | CPR | a person on 1 January, 2017-2025 | year, person_id, household_id, address_id, birth_date, sex (`k`, `m`), citizenship (`dk`, `eu`, `other`), moved_in (to the address), household_type, household_size, reference_person (the oldest adult of the household), arrived (first in Denmark; empty with Danish citizenship) |
| `benefits.parquet` | the municipality | a person and year on benefits, 2016-2024 | person_id, year, benefit_share (of the year, wherever the person lived), kind (`cash`, `pension`, `sickness`, `unemployment`), long_term (the whole year and the whole year before) |
| `arrivals.parquet` | CPR | a person in the register of the next 1 January and not of this one, 2017-2024 | person_id, year, came_from (`tilflytter`: another municipality, `indrejse`: abroad, `foedt`) |
| `departures.parquet` | CPR | a person in the register of this 1 January and not of the next, 2017-2024 | person_id, year, left_for (`fraflytter`: another municipality, `udrejse`: abroad, `doed`) |
| `lettings.parquet` | the housing organisations | a member of a household that took over an almen dwelling, 2017-2024 | person_id, year, let_as (`waiting-list`, `assigned` by the municipality, `flexible`, `exchange`) |
| `addresses.parquet` | DAR | an address | address_id, street, house_number, x, y (EPSG:25832) |
| `dwellings.parquet` | BBR | a dwelling on 1 January, 2017-2025 | year, dwelling_id, address_id, tenure, rooms, floor_area (m²), year_built, building_type (`detached`, `terraced`, `flat`, `other`), occupied (somebody is registered there), installations (`full`, `lacking`), energy_label (`A`-`G`, empty without one) |
| `services.csv` | the municipality | a place to go to | service_id, kind (`school`, `daycare`, `grocery`, `stop`, `station`, `library`, `doctor`, `club`), name, x, y (EPSG:25832) |
| `statistics.csv` | Danmarks Statistik | a table cell: year, area, key | year, area_id, key, part, whole |
| `flis.csv` | FLIS | the same | the same |
| `letting.csv` | the housing organisations | the same, for estates and the municipality | the same |
| `municipal.csv` | the municipality | the same | the same |
| `development-plan.csv` | the municipality and the housing organisations | an estate with a development plan and a year, 2020-2024 | year, area_id, family_dwellings (almene), all_dwellings (with those demolished after 2010 and not replaced, and business floor area divided by 75 m²) |
| `lists.csv` | the ministry | an estate on a list of 1 December | list_date, area_id, category, residents, the published values, and from 2018 the limits on convictions (`convicted_3`, `convicted_2`: three and two times the country) |
| `benchmarks.csv` | Danmarks Statistik | an indicator, place and year | indicator, place (`country` or the region's number 1084), period, value, part, whole |
| `areas.gpkg` | the municipality, GeoDanmark | an area or a map feature | layers `estates`, `villages`, `districts` (tile the municipality), `neighbourhoods` (tile the districts) and the map's backdrop |

The row of area `9999` is the municipality. Keys of `statistics.csv`, of 2015-2024 (`origin` also of 2025):

| key | part | whole |
|---|---|---|
| `attachment` | full-time persons aged 18-64 without attachment | aged 18-64 |
| `education` | at most grundskole | aged 30-59 |
| `convictions` | convicted | aged 18 and over |
| `income` | kroner in total | persons aged 15-64 not in education |
| `origin` | immigrants and descendants from non-western countries | residents on 1 January |
| `employment` | in work | aged 18-64 |
| `neet` | neither in work nor in education | aged 18-29 |
| `youth-education` | without a completed youth education | aged 24 |
| `low-income`, `low-income-children` | in families with a low income | residents; aged 0-17 |
| `vocational` | with a vocational or higher education | aged 30-59 |
| `charged-youth` | charged | aged 15-24 |
| `moved-in`, `moved-out` | aged 18 and over who moved over the area's border in the year | aged 18 and over in the middle of the year |
| `mover-employment`, `stayer-employment` | in work | aged 18-64 who moved in during the year; who lived there at both ends |

The tables are told at the end of their year, `origin` on 1 January. Danmarks Statistik prints `..` for a part or a
remainder of 1 to 4, and for both numbers where fewer than 20 persons are in the whole. It counts on days of its own:
wholes may differ by a few persons from the residents register (by 13 for the convictions of Grønnevang in 2023). A move
between two areas counts in both of them and, for the municipality, in neither direction: moves and movers do not add up
over areas. All other figures do; those of the first five keys also count, in the municipality, the few without a known
address.

The other suppliers print every number, at the end of the year; what is small is for the reader to hide.

| file | key | part | whole |
|---|---|---|---|
| `flis.csv` | `daycare` | enrolled | aged 1-5 |
| | `preventive`, `placements` | with a preventive measure; placed outside the home | aged 0-22 |
| | `notifications` | children about whom there was a notification | aged 0-17 |
| | `exam` | sum of the pupils' mean marks, one decimal | pupils who finished 9th class |
| | `absence` | pupils absent over 10 per cent | aged 6-16 |
| | `private-school`, `special-teaching` | pupils in private schools; in special teaching | aged 6-16 |
| | `home-care` | recipients | aged 65 and over |
| | `language-support` | children who get it | aged 3-6 |
| | `leisure-pass` | children with a pass | aged 6-17 |
| `letting.csv` | `vacated` | dwellings whose household left the estate | almene dwellings |
| | `assigned`, `flexible`, `external-list` | lettings by the municipality; by flexible criteria; from the external list | lettings in the year |
| | `refused` | assignments refused | assignments |
| | `vacant` | dwellings vacant for want of tenants | almene dwellings |
| | `arrears`, `evictions` | tenants in arrears; evicted | occupied almene dwellings |
| `municipal.csv` | `turnout` (2017, 2021) | votes at the local election | entitled |
| | `associations` | members | aged 6-24 |
| | `library` | active borrowers | residents |
| | `burglaries`, `vandalism` | reports | dwellings; residents |
| | `refugees` | housed refugees and persons under the special act on Ukraine | residents |
| | `homeless` | homeless | aged 18 and over |
| | `safe` (2015, 2017, 2019, 2021, 2023) | answers of feeling safe | answers to a survey |
| | `broadband` | dwellings with 100 Mbit/s or more (villages and municipality) | dwellings |
| | `bad-repair` | houses in bad repair (villages and municipality) | houses |
| | `vacant-plots` | vacant plots (villages and municipality) | plots laid out |

Moves, lettings and vacancies are what happened to the households in the registers. Whether a person works, is charged or absent
from school is drawn for the person, more often where there is more trouble, and counted, so that figures agree with one
another: who came and who stayed are all who live there, and who is without attachment is not in work. `benchmarks.csv`
holds single years; a mean of two years is made from two of them.

Nobody who moved inside the municipality is in `arrivals` or `departures`: two dates of the register compared tell it. Who came
and left between the two is in none of them. Who moved in with a tenant, or was born to one, has no letting; tenants who
come back to their dwelling have `exchange`. The municipality assigns at most every fourth dwelling vacated in the year, and
none in an estate on the list of the last 1 December: what `letting.csv` counts as assigned there is let flexibly, by what
was agreed with the municipality. Citizens of other countries came from abroad in the year in which they first arrived in
Denmark.

A few residents have an address that is in no register (13 on 1 January 2025), and a few rows of benefits are of persons
who died or moved out before 1 January: both happen in real extracts, and both must be counted, not lost.

## What is planted

The constants stand in `src/demo/story.rs` and `src/demo/story_moves.rs`; tests hold the files to them.

| estate | on the lists of 1 December | what it shows |
|---|---|---|";

const PROVENANCE: &str = "
In every other estate and year, too, the values of the five criteria are set; districts, neighbourhoods and villages are
counted from the simulated persons, and so is every other figure. Those who move to the renewed Engparken are oftener in
work than those who stay there; those who move to Grønnevang less often. Houses are in bad repair most in the villages
that shrink.

## Where the levels come from

The law's criteria and limits are those of almenboligloven §§ 61 a and 61 b. The national share of convicted persons
follows the limits printed on the lists (three times the mean of two years: 1.98 per cent in 2018, 2.03 in 2019, 2.27 in
2020, 2.35 in 2023). The ages, household sizes, moves, benefits, education and origin of the country, and the range of
estates, follow published levels of Danmarks Statistik and Landsbyggefonden; so do, roughly, work, school, care and
letting. They are rounded and are no source for anything. Incomes are of the right order; their exact kroner are invented.
";

const MOVES_INTRODUCTION: &str = "
Moves over the estate's border from one 1 January to the next are planted in three estates; elsewhere they are as they were
simulated. Persons are those aged 18-64, and what stands beside them are their years on benefits altogether: of those who
moved in and of residents at the end in this year, of those who moved out (the dead left out) and of residents at the start
in the year before.

| estate | year | residents, start and end | moved in | moved out | stayed |
|---|---|---|---|---|---|";

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
        "engparken" => {
            "every category in turn; omdannelse in 2020, the fifth list in a row; off it in 2025 with its development plan half way: 437 of 870 dwellings are almene family dwellings in 2024 (50.2 per cent; the target is 40)"
        }
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

/// The planted moves, with shares computed from the planted counts.
fn moves() -> Vec<String> {
    let mut lines: Vec<String> = MOVES_INTRODUCTION.lines().map(str::to_owned).collect();
    let share = |persons: usize, hundredths: i64| hundredths as f64 / persons as f64;
    for m in &MOVES {
        let (id, year) = (m.area, m.year);
        let name = ESTATES.iter().find(|e| e.id == id).map_or(id, |e| e.name);
        let ((n0, n1), (c0, c1)) = (m.residents, m.benefits);
        let (stayed, (s0, s1)) = m.stayed;
        let flow = |(persons, hundredths): (usize, i64)| {
            format!("{persons}: {} ({:.1} %)", years(hundredths), share(persons, hundredths))
        };
        lines.push(format!(
            "| {name} | {year} | {} of {n0}, {} of {n1} ({:.1} to {:.1} %) | {} | {} | {stayed}: {} to {} |",
            years(c0),
            years(c1),
            share(n0, c0),
            share(n1, c1),
            flow(m.moved_in),
            flow(m.moved_out),
            years(s0),
            years(s1),
        ));
    }
    let Undocumented { arrivals, departures } = UNDOCUMENTED;
    let (rehoused, replaced) = (REHOUSED.2, REPLACED.2);
    let text = format!(
        "
* **Engparken** improves only because its people are replaced: {replaced} households more than were simulated leave as
  dwellings are sold and made into youth dwellings, and others come. Those who stay lose a little ground.
* **Ved Åen** improves because residents found work: who comes and who goes is on benefits as often as all who live there.
* **Birkelunden** is renovated in stages: {rehoused} households are out of their dwellings and of the municipality on 1 January
  2024, and back a year later, on benefits as before. The dwellings are let meanwhile to others, few of them on benefits. The
  share falls and rises, and nobody found or lost work by it.

Each year {arrivals} persons come and {departures} leave without an event, outside these estates and Grønnevang: corrections of the
register."
    );
    lines.extend(text.lines().map(str::to_owned));
    lines
}

/// Hundredths of a year as years.
fn years(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
