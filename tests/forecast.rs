//! The outlook for the next list: on a few made-up estates, and on the demonstration municipality against its storyline.

use std::{path::PathBuf, sync::OnceLock};

use kvarter::{
    BuildOptions,
    compute::{Fact, Outlook, Publication, State, Tested},
    ids::{AreaId, Period, ValueId},
};

use crate::{
    small_municipality::{Figure, Municipality, Persons, id, told},
    support::Project,
};

const RULES: &str = "
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  share:     { title: Andel, theme: all, method: { share: { part: part, of: whole, years: { mean-of: 2 } } }, unit: percent, decimals: 1, higher-is: worse }
rule-sets:
  law-2010:
    law: Lov
    family: law
    lists: { from: 2010-12-01 }
    applies-to: { layer: estates, residents: { at-least: 1000 } }
    criteria:
      share: { indicator: share, is: { over: 60 }, years-back: 1 }
    statuses:
      hard:   { when: { all: [share] } }
      harder: { when: { in-a-row: { years: 3, of: hard } } }
";

/// Residents of the three estates on 1 January of the lists' years: `b` is always too small.
fn persons(lists: std::ops::RangeInclusive<i32>) -> Vec<Persons<'static>> {
    lists.flat_map(|year| [(year, "a", 1200, 100), (year, "b", 700, 100), (year, "c", 1100, 100)]).collect()
}

/// Parts of 500 that swing by about a point from year to year, around 325 in `a`, 400 in `b`, and 275 in `c`.
fn figures(years: std::ops::RangeInclusive<i32>) -> Vec<Figure<'static>> {
    const SWING: [[&str; 5]; 3] = [
        ["325", "331", "322", "328", "320"],
        ["400", "394", "403", "398", "405"],
        ["275", "270", "279", "281", "272"],
    ];
    let year = |year: i32| {
        let part = |area: usize| SWING[area][(year as usize + area) % 5];
        [(year, "a", "x", part(0), "500"), (year, "b", "x", part(1), "500"), (year, "c", "x", part(2), "500")]
    };
    years.flat_map(year).collect()
}

fn long(tail: &str, figures: &[Figure]) -> Publication {
    Municipality::new(&format!("{RULES}{tail}"))
        .persons(&persons(2012..=2025))
        .statistics(figures)
        .publication()
}

#[test]
fn the_outlook_follows_the_figures_and_the_residents() {
    let publication = long("", &figures(2010..=2024));
    assert_eq!(told(&publication, "law/hard/outlook@a@2025"), "Outlook(Likely)");
    assert_eq!(told(&publication, "law/harder/outlook@a@2025"), "Outlook(Likely)");
    assert_eq!(told(&publication, "law/hard/outlook@c@2025"), "Outlook(Unlikely)");
    // 80 per cent, but 700 residents.
    assert_eq!(told(&publication, "law/hard/outlook@b@2025"), "Outlook(Unlikely)");
    // No slope helps what only swings: 320 of 500 in 2024, and the same again in 2025.
    assert_eq!(told(&publication, "law/share/expected@a@2025"), "64.0");
    assert_eq!(told(&publication, "law/backtest/errors@municipality@2025"), "39");
}

#[test]
fn the_order_of_rows_changes_no_outlook() {
    let rows = figures(2010..=2024);
    let turned: Vec<Figure> = rows.iter().rev().copied().collect();
    assert!(long("", &rows).facts().eq(long("", &turned).facts()));
}

#[test]
fn a_hidden_figure_hides_the_outlook_unless_the_residents_decide_alone() {
    for hidden in ["..", "3"] {
        let mut figures = figures(2010..=2024);
        for row in figures.iter_mut().filter(|row| row.0 == 2024 && row.1 != "a") {
            row.3 = hidden;
        }
        let publication = long("", &figures);
        assert_eq!(told(&publication, "law/hard/outlook@c@2025"), "hidden", "{hidden}");
        assert_eq!(told(&publication, "law/share/expected@c@2025"), "hidden", "{hidden}");
        assert_eq!(told(&publication, "law/hard/outlook@b@2025"), "Outlook(Unlikely)", "{hidden}");
        assert_eq!(told(&publication, "law/hard/outlook@a@2025"), "Outlook(Likely)", "{hidden}");
    }
}

#[test]
fn a_history_too_short_refuses() {
    let municipality =
        Municipality::new(RULES).persons(&persons(2020..=2025)).statistics(&figures(2018..=2024));
    let publication = municipality.publication();
    for what in ["law/hard/outlook@a", "law/share/expected@a", "law/hard/backtest@municipality"] {
        assert_eq!(told(&publication, &format!("{what}@2025")), "missing: TooFewYears", "{what}");
    }
    assert_eq!(told(&publication, "law/backtest/years@municipality@2025"), "5");
    assert_eq!(told(&publication, "law/backtest/errors@municipality@2025"), "15");
}

#[test]
fn a_break_behind_the_last_year_stops_a_forecast_and_one_ahead_of_it_does_not() {
    let forecast = |from: &str| {
        let tail = format!("breaks:\n  reform: {{ title: Reform, from: '{from}', indicators: [share] }}\n");
        let publication = long(&tail, &figures(2010..=2024));
        ["law/share/expected@a@2025", "law/hard/outlook@a@2025"].map(|what| told(&publication, what))
    };
    // Nobody knows what a break of 2025 does: the list of 2026 is forecast as if nothing were changed.
    assert_eq!(forecast("2025"), ["64.0", "Outlook(Likely)"]);
    // 2024 is known, and its errors are of the definition before: there is no year to learn from, but enough before it.
    assert_eq!(forecast("2024"), ["64.0", "Outlook(Likely)"]);
}

#[test]
fn where_only_published_values_are_known_they_are_forecast_themselves() {
    const VALUES: [(&str, [&str; 3]); 3] =
        [("a", ["65.1", "64.2", "66.0"]), ("b", ["70.0", "71.1", "70.4"]), ("c", ["61.0", "62.3", "61.5"])];
    let dates: Vec<String> = (2012..=2025).map(|year| format!("{year}-12-01")).collect();
    let rows = dates
        .iter()
        .enumerate()
        .flat_map(|(n, date)| VALUES.map(|(area, values)| (date.as_str(), area, "hard", values[n % 3])));
    let lists: Vec<_> = rows.collect();
    let publication = Municipality::new(RULES).persons(&persons(2012..=2025)).lists(&lists).publication();
    // The fourteenth list has the second of three values.
    assert_eq!(told(&publication, "law/share@a@2025"), "64.2");
    assert_eq!(told(&publication, "law/share/expected@a@2025"), "64.2");
    assert_eq!(told(&publication, "law/hard/outlook@a@2025"), "Outlook(Likely)");
}

/// The demonstration's law, from its estates' figures alone: what other layers and sources hold changes no forecast. `breaks`:
/// the indicators that the reform of 2025 breaks.
fn computed(breaks: &str) -> Publication {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let project = Project::small();
    project.write("indicators.yaml", &ESTATES.replace("BROKEN", breaks));
    let catalogue = project.dir.join("indicators.yaml");
    let options = BuildOptions { catalogue, data: root, ..BuildOptions::default() };
    let (computed, _) = kvarter::compute(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    computed.publication
}

/// As if the reform of 2025 changed no figure of the law.
fn demonstration() -> &'static Publication {
    static COMPUTED: OnceLock<Publication> = OnceLock::new();
    COMPUTED.get_or_init(|| computed("benefit-share"))
}

const ESTATES: &str = "
catalogue: { base: 2026.2, title: Fjordby, publisher: Fjordby, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates: { title: Almene boligområder, file: data/areas.gpkg, layer: estates, id: area_id, name: name }
breaks:
  kontanthjaelp-2025: { title: Nye regler for kontanthjælp, from: '2025', indicators: [BROKEN] }
sources:
  residents:
    title: Befolkningen
    file: data/residents.parquet
    period: { year: year }
    age-from: birth_date
    located-by: { address: { source: addresses, key: address_id } }
    reference-date: 01-01
    sensitivity: person
  addresses:  { title: Adresser, file: data/addresses.parquet, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: public }
  statistics: { title: Områdetal, file: data/statistics.csv, period: { year: year }, located-by: { area: area_id }, marks: { hidden: ['..'], missing: [''] }, sensitivity: aggregate }
  lists:      { title: Lister, file: data/lists.csv, official: { family: abl-61a, values: { income-of-region: income } }, located-by: { area: area_id }, sensitivity: public }
  benchmarks: { title: Landstal, file: data/benchmarks.csv, period: { year: period }, sensitivity: public }
";

#[test]
fn the_outlooks_of_the_estates_are_those_of_their_storyline() {
    use Outlook::{Likely, Unlikely};
    let outlook = |status: &str, area: &str| match demonstration()
        .get(&id(&format!("abl-61a/{status}/outlook@{area}@2025")))
    {
        State::Shown(Fact::Outlook(outlook)) => *outlook,
        other => panic!("{status} {area}: {other:?}"),
    };
    for (area, prevention, udsat) in [
        // Over 40 per cent without attachment for the first time, and nothing else met.
        ("gronnevang", Likely, Unlikely),
        // Udsat five years in a row, both criteria by a point.
        ("tranehaven", Likely, Likely),
        // Has left omdannelse, and still falls.
        ("engparken", Likely, Unlikely),
        // Exactly at 60 per cent in education, and rising by 0.3 points a year; over three times the country's convictions.
        ("humlebjerg", Likely, Likely),
        // 1,006 residents, falling by two a year.
        ("birkelunden", Likely, Unlikely),
        // One criterion from forebyggelse, 0.8 points away and level.
        ("kloverhoj", Unlikely, Unlikely),
        // A third of the residents that the law asks for.
        ("lillebo", Unlikely, Unlikely),
    ] {
        assert_eq!(outlook("forebyggelse", area), prevention, "{area}");
        assert_eq!(outlook("udsat", area), udsat, "{area}");
        assert_eq!(outlook("parallelsamfund", area), Unlikely, "{area}");
        assert_eq!(outlook("omdannelse", area), Unlikely, "{area}");
    }
}

#[test]
fn a_reform_that_breaks_a_figure_leaves_the_outlooks_that_do_not_hang_on_it() {
    let publication = computed("no-work");
    let told = |text: &str| told(&publication, text);
    assert_eq!(told("abl-61a/no-work/expected@tranehaven@2025"), "missing: Break");
    assert_eq!(told("abl-61a/income/expected@tranehaven@2025"), "54.0");
    // Income is under its limit and no other criterion is near: attachment decides.
    assert_eq!(told("abl-61a/udsat/outlook@tranehaven@2025"), "missing: Break");
    // Nothing but attachment is met, and one criterion is not enough.
    assert_eq!(told("abl-61a/udsat/outlook@gronnevang@2025"), "Outlook(Unlikely)");
    // Income, convictions and origin are enough without it.
    assert_eq!(told("abl-61a/forebyggelse/outlook@gronnevang@2025"), "Outlook(Likely)");
}

#[test]
fn the_stated_coverage_holds_within_two_standard_errors_of_years() {
    let mut criteria = 0;
    for (id, state) in demonstration().facts() {
        let State::Shown(Fact::Backtest(backtest)) = state else { continue };
        let Tested::Value { inside, stated, error, unchanged_error, slope } = &backtest.of else { continue };
        criteria += 1;
        assert_eq!((backtest.lists, stated.to_f64()), (6, 80.0), "{id}");
        // Errors of one year share a shock, so that years are counted: √(0.8 · 0.2 / 6).
        let standard_error = 100.0 * (0.8_f64 * 0.2 / backtest.lists as f64).sqrt();
        assert!((inside.to_f64() - 80.0).abs() <= 2.0 * standard_error, "{id}: {inside}");
        assert!(if *slope { error <= unchanged_error } else { error == unchanged_error }, "{id}");
    }
    assert!(criteria >= 5, "{criteria}");
}

#[test]
fn an_outlook_calls_a_status_right_more_often_than_no_change_does_and_publishes_no_probability() {
    let of = |status: &str| {
        let id =
            ValueId::own(format!("abl-61a/{status}/backtest"), &AreaId::municipality(), Period::Year(2025));
        match demonstration().get(&id) {
            State::Shown(Fact::Backtest(backtest)) => match &backtest.of {
                Tested::Status {
                    brier, unchanged_brier, hits, rightly_quiet, false_alarms, misses, ..
                } => {
                    assert_eq!(hits + rightly_quiet + false_alarms + misses, backtest.forecasts, "{status}");
                    (*brier, *unchanged_brier)
                }
                Tested::Value { .. } => panic!("{status} is no criterion"),
            },
            other => panic!("{status}: {other:?}"),
        }
    };
    for status in ["forebyggelse", "udsat", "parallelsamfund", "omdannelse"] {
        let (brier, unchanged) = of(status);
        assert!(brier <= unchanged, "{status}: {brier} against {unchanged}");
    }
}
