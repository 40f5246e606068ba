//! What chance can and cannot explain: intervals, changes, trends, funnels, small places, and what areas are compared with.

use crate::small_municipality::{Figure, Municipality, Persons, id, told};
use kvarter::compute::{Fact, Publication, State};

const INDICATORS: &str = "
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  alone:     { title: Alene, theme: all, method: { share: { part: alone, of: residents } }, unit: percent, fixed-decimals: 1, higher-is: worse, compare-with: [rest, municipality, { area: b }, last-year, five-years-ago] }
  two-years: { title: Alene, theme: all, method: { share: { part: alone, of: residents, years: { mean-of: 2 } } }, unit: percent, fixed-decimals: 1, higher-is: worse, compare-with: [rest, municipality, last-year] }
  reports:   { title: Anmeldelser, theme: all, method: { rate: { part: part, of: whole, per: 1000 } }, unit: per-1000, fixed-decimals: 2, higher-is: worse, matters: 1, compare-with: [municipality], chance: { events: true } }
  stocks:    { title: Bestande, theme: all, method: { rate: { part: part, of: whole, per: 100 } }, unit: per-100, fixed-decimals: 2, higher-is: worse, compare-with: [municipality] }
  cautious:  { title: Andel, theme: all, method: { share: { part: part, of: whole } }, unit: percent, fixed-decimals: 4, higher-is: worse, compare-with: [municipality], chance: { design-effect: 1.5 } }
";

/// So many of 1,200 are alone in `a` in each year from 2021 on, and so many of 200 in the village `w`.
fn persons(alone: [usize; 5], in_w: [usize; 5]) -> Vec<Persons<'static>> {
    let years = (2021..).zip(alone.into_iter().zip(in_w));
    years
        .flat_map(|(year, (a, w))| {
            vec![
                (year, "a", 1200, a),
                (year, "b", 900, 90),
                (year, "c", 1500, 150),
                (year, "v", 400, 40),
                (year, "w", 200, w),
                (year, "z", 80, 10),
                (year, "d1", 3000, 200),
                (year, "d2", 2000, 100),
            ]
        })
        .collect()
}

fn computed(alone: [usize; 5], in_w: [usize; 5]) -> Publication {
    Municipality::new(INDICATORS).persons(&persons(alone, in_w)).publication()
}

/// The interval of a value as text.
fn interval(publication: &Publication, text: &str) -> String {
    match publication.get(&id(text)) {
        State::Shown(Fact::Value(value)) => {
            value.interval.map_or("none".into(), |(low, high)| format!("{low} to {high}"))
        }
        _ => "no value".into(),
    }
}

/// The years of a value.
fn years(publication: &Publication, text: &str) -> u8 {
    match publication.get(&id(text)) {
        State::Shown(Fact::Value(value)) => value.years,
        _ => 0,
    }
}

/// Twelve reports per 940 dwellings: Byar's limits at 99 per cent, 4.92 and 24.17 events, computed from Breslow and Day's
/// formula; the comparator has more than twenty times the dwellings.
#[test]
fn a_rate_of_declared_events_has_an_interval_and_another_rate_is_not_judged() {
    let figures: Vec<Figure> =
        vec![(2024, "a", "x", "12", "940"), (2024, "b", "x", "8", "600"), (2024, "9999", "x", "50", "20000")];
    let publication = Municipality::new(INDICATORS).statistics(&figures).publication();
    assert_eq!(told(&publication, "reports@a@2024"), "12.77");
    assert_eq!(interval(&publication, "reports@a@2024"), "5.23 to 25.71");
    assert_eq!(told(&publication, "verdict/reports@a@2024~municipality"), "Higher");
    assert_eq!(interval(&publication, "stocks@a@2024"), "none");
    assert_eq!(told(&publication, "verdict/stocks@a@2024~municipality"), "NotJudged");
}

/// Wilson's limits of 180 of 300 as if of 200 people, by bisection of the score test at z = 2.575829.
#[test]
fn a_declared_design_effect_widens_the_interval() {
    let figures: Vec<Figure> = vec![(2024, "a", "x", "180", "300"), (2024, "9999", "x", "1500", "9000")];
    let publication = Municipality::new(INDICATORS).statistics(&figures).publication();
    assert_eq!(interval(&publication, "cautious@a@2024"), "50.8945 to 68.4633");
}

/// Wilson's limits of 30 per cent of 100 and of 400 at z = 2.575829: a hundred households of four that are alike within each
/// count as a hundred, and four hundred persons by themselves as what they are.
#[test]
fn members_of_a_household_that_are_alike_count_as_one() {
    let of = |households, size, alone| {
        let rows = [(2025, "a", households, size, alone)];
        interval(&Municipality::new(INDICATORS).households(&rows).publication(), "alone@a@2025")
    };
    assert_eq!(of(100, 4, 30), "19.7 to 42.7");
    assert_eq!(of(400, 1, 120), "24.5 to 36.2");
}

/// Of the same 400 persons 20 are no longer alone: −5 points, by McNemar's variance ± 2.8, and as of other people ± 8.1.
#[test]
fn a_change_among_the_same_persons_is_surer_than_among_others() {
    let rows = [(2020, "a", 400, 1, 120), (2025, "a", 400, 1, 100)];
    let publication = Municipality::new(INDICATORS).households(&rows).publication();
    assert_eq!(told(&publication, "change/alone@a@2025"), "-5.0 Lower");
    let others: Vec<Persons> = vec![(2020, "a", 400, 120), (2025, "a", 400, 100)];
    let publication = Municipality::new(INDICATORS).persons(&others).publication();
    assert_eq!(told(&publication, "change/alone@a@2025"), "-5.0 CannotTell");
}

#[test]
fn an_area_is_compared_with_another_and_with_itself_a_year_and_five_years_before() {
    let publication = computed([120, 120, 120, 120, 240], [20; 5]);
    assert_eq!(told(&publication, "alone@a@2025~b"), "10.0");
    assert_eq!(told(&publication, "verdict/alone@a@2025~b"), "Higher");
    assert_eq!(told(&publication, "alone@a@2025~last-year"), "10.0");
    assert_eq!(told(&publication, "verdict/alone@a@2025~last-year"), "Higher");
    assert_eq!(told(&publication, "verdict/alone@a@2024~last-year"), "CannotTell");
    assert_eq!(told(&publication, "alone@a@2025~five-years-ago"), "missing: NoData");
    assert!(publication.facts().all(|(id, _)| id.against.as_ref() != Some(&id.area)), "compared with itself");
    // Two years' means that share a year are not judged.
    assert_eq!(told(&publication, "two-years@a@2025~last-year"), "10.0");
    assert_eq!(told(&publication, "verdict/two-years@a@2025~last-year"), "NotJudged");
}

#[test]
fn an_area_that_is_not_there_is_told_at_its_place() {
    let tail = INDICATORS.replace("{ area: b }", "{ area: bb }");
    let errors = Municipality::new(&tail).persons(&persons([120; 5], [20; 5])).errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let text = errors[0].to_string();
    assert!(text.contains("`bb` is not an area") && text.contains("test.yaml"), "{text}");
}

/// Weighted least squares over five years of one size: the slope is −1.5 points.
#[test]
fn a_trend_is_told_over_five_single_years_also_where_the_value_is_a_mean_of_two() {
    let publication = computed([240, 222, 204, 186, 168], [20; 5]);
    assert_eq!(told(&publication, "trend/alone@a@2025"), "-1.5 Lower");
    assert_eq!(told(&publication, "trend/two-years@a@2025"), "-1.5 Lower");
    assert_eq!(told(&publication, "trend/alone@a@2024"), "missing: NoData");
    assert_eq!(told(&publication, "trend/alone@b@2025"), "0.0 CannotTell");
    assert_eq!(told(&publication, "trend/alone@w@2025"), "missing: NoData");
}

#[test]
fn no_trend_crosses_a_break() {
    let tail = format!("{INDICATORS}breaks:\n  b: {{ title: Brud, indicators: [alone], from: '2023' }}\n");
    let publication =
        Municipality::new(&tail).persons(&persons([240, 222, 204, 186, 168], [20; 5])).publication();
    assert_eq!(told(&publication, "trend/alone@a@2025"), "missing: Break");
    assert_eq!(told(&publication, "trend/two-years@a@2025"), "-1.5 Lower");
    // The small village has its mean of the years since the break.
    assert_eq!(years(&publication, "alone@w@2025"), 3);
}

#[test]
fn a_small_village_has_one_mean_of_five_years_and_neither_change_nor_trend() {
    let publication = computed([240; 5], [10, 20, 30, 40, 50]);
    assert_eq!(told(&publication, "alone@w@2025"), "15.0");
    assert_eq!(years(&publication, "alone@w@2025"), 5);
    assert_eq!(years(&publication, "alone@a@2025"), 1);
    assert_eq!(years(&publication, "two-years@a@2025"), 2);
    assert_eq!(told(&publication, "alone@w@2024"), "missing: TooSmall");
    assert_eq!(told(&publication, "change/alone@w@2025"), "missing: TooSmall");
    assert_eq!(told(&publication, "verdict/alone@w@2025~last-year"), "missing: TooSmall");
    // The comparators are means of the same years, and one year's people decide the interval: Wilson's of 30 of 200.
    assert_eq!(years(&publication, "alone@w@2025~rest"), 5);
    assert_eq!(interval(&publication, "alone@w@2025"), "9.6 to 22.6");
    assert_eq!(told(&publication, "alone@w@2025~municipality"), "9.3");
    assert_eq!(told(&publication, "verdict/alone@w@2025~municipality"), "Higher");
    // An area of full size has its own year, so the two are not judged.
    assert_eq!(told(&publication, "verdict/alone@w@2025~b"), "NotJudged");
}

#[test]
fn a_small_village_with_two_years_has_the_latest() {
    let rows: Vec<Persons> =
        persons([240; 5], [10, 20, 30, 40, 50]).into_iter().filter(|row| row.0 > 2023).collect();
    let publication = Municipality::new(INDICATORS).persons(&rows).publication();
    assert_eq!(told(&publication, "alone@w@2025"), "25.0");
    assert_eq!(years(&publication, "alone@w@2025"), 1);
}

#[test]
fn a_place_of_under_a_hundred_has_residents_only() {
    let publication = computed([240; 5], [20; 5]);
    assert_eq!(told(&publication, "residents@z@2025"), "80");
    assert_eq!(told(&publication, "alone@z@2025"), "missing: TooSmall");
}

/// 7.8664 per cent ∓ 2.575829 √(0.078664 · 0.921336 / 1200).
#[test]
fn a_funnel_has_the_limits_of_an_areas_size_around_its_comparator() {
    let publication = computed([120; 5], [20; 5]);
    let around = told(&publication, "alone@a@2025~municipality");
    assert_eq!(told(&publication, "funnel/alone@a@2025~municipality"), around);
    assert_eq!(interval(&publication, "funnel/alone@a@2025~municipality"), "5.9 to 9.9");
    assert_eq!(told(&publication, "funnel/alone@a@2025~b"), "missing: NoData");
}

#[test]
fn verdicts_do_not_depend_on_the_reports_that_are_made() {
    let reports =
        "reports:\n  r: { title: R, template: area-status.typ, one-per: [estates], indicators: [alone] }\n";
    let with = Municipality::new(&format!("{INDICATORS}{reports}"))
        .persons(&persons([120, 130, 140, 150, 240], [20; 5]))
        .publication();
    let without = computed([120, 130, 140, 150, 240], [20; 5]);
    assert!(with.facts().eq(without.facts()));
}
