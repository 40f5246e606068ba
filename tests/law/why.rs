//! Why a status is another than on the list of the year before. The areas and figures are made for the tests.

use kvarter::compute::Reason;

use super::{ListsOnly, lists_only::reasons, row};

fn met(criterion: &str) -> Reason {
    Reason::NowMet(criterion.into())
}

fn no_longer(criterion: &str) -> Reason {
    Reason::NoLongerMet(criterion.into())
}

/// The reasons on the list of the last year of one area's rows: date, category, residents, no-work, origin, convicted,
/// education, income.
fn why(rows: &[[&str; 8]]) -> Option<Vec<Reason>> {
    let lists: Vec<String> = rows
        .iter()
        .map(|[date, category, residents, no_work, origin, convicted, education, income]| {
            row([date, "a", category, residents, no_work, origin, convicted, education, income])
        })
        .collect();
    let year = &rows[rows.len() - 1][0][..4];
    reasons(&ListsOnly::new(&lists, "").compute().0, &format!("abl-61a/reasons@a@{year}"))
}

const UDSAT: [&str; 8] = ["2019-12-01", "udsat", "1005", "45.0", "20.0", "1.00", "65.0", "60.0"];

#[test]
fn below_a_thousand_residents_is_a_reason_and_not_an_improvement() {
    let small = ["2020-12-01", "", "998", "45.0", "20.0", "1.00", "65.0", "60.0"];
    assert_eq!(why(&[UDSAT, small]), Some(vec![Reason::TooFewResidents]));
    let small_first = ["2019-12-01", "", "998", "45.0", "20.0", "1.00", "65.0", "60.0"];
    let again = ["2020-12-01", "udsat", "1001", "45.0", "20.0", "1.00", "65.0", "60.0"];
    assert_eq!(why(&[small_first, again]), Some(vec![Reason::EnoughResidents]));
    let better_then = ["2019-12-01", "", "998", "35.0", "20.0", "1.00", "65.0", "60.0"];
    assert_eq!(why(&[better_then, again]), Some(vec![Reason::EnoughResidents, met("no-work")]));
}

#[test]
fn only_criteria_that_matter_for_the_change_are_reasons() {
    let off = ["2020-12-01", "", "1005", "39.0", "20.0", "1.00", "65.0", "60.0"];
    assert_eq!(why(&[UDSAT, off]), Some(vec![no_longer("no-work")]));
    // Education is no longer met and income is now: they would have made up for one another, were it not for no-work.
    let turned = ["2020-12-01", "", "1005", "39.0", "20.0", "1.00", "59.0", "54.0"];
    assert_eq!(why(&[UDSAT, turned]), Some(vec![no_longer("no-work"), no_longer("education")]));
    // No-work fell too, and two others keep the area udsat: only origin made it no parallelsamfund.
    let three = ["2019-12-01", "parallelsamfund", "1500", "45.0", "51.0", "1.00", "65.0", "54.0"];
    let two = ["2020-12-01", "udsat", "1500", "39.0", "49.0", "1.00", "65.0", "54.0"];
    assert_eq!(why(&[three, two]), Some(vec![no_longer("origin")]));
    let on = ["2019-12-01", "", "1005", "39.0", "20.0", "1.00", "65.0", "60.0"];
    let listed = ["2020-12-01", "udsat", "1005", "45.0", "20.0", "1.00", "65.0", "60.0"];
    assert_eq!(why(&[on, listed]), Some(vec![met("no-work")]));
}

#[test]
fn years_in_a_row_and_other_rules_are_reasons() {
    let parallel = |date| [date, "parallelsamfund", "1500", "45.0", "60.0", "1.00", "65.0", "60.0"];
    let listed = |date| [date, "listed", "1500", "45.0", "60.0", "3.00", "65.0", "60.0"];
    let mut omdannelse = parallel("2020-12-01");
    omdannelse[1] = "omdannelse";
    let years = [
        listed("2016-12-01"),
        listed("2017-12-01"),
        parallel("2018-12-01"),
        parallel("2019-12-01"),
        omdannelse,
    ];
    assert_eq!(why(&years), Some(vec![Reason::InARow(5)]));
    assert_eq!(why(&years[..3]), Some(vec![Reason::OtherRules("abl-61a-2018".into())]));
    assert_eq!(why(&years[..4]), None);
}

#[test]
fn nothing_is_said_where_a_figure_is_missing_or_something_else_was_at_work() {
    let missing = ["2020-12-01", "", "1005", "39.0", "20.0", "", "65.0", "60.0"];
    assert_eq!(why(&[UDSAT, missing]), None);
    let contradicted = ["2020-12-01", "", "1005", "45.0", "20.0", "1.00", "65.0", "60.0"];
    assert_eq!(why(&[UDSAT, contradicted]), None);
    let a_year_between = ["2018-12-01", "udsat", "1005", "45.0", "20.0", "1.00", "65.0", "60.0"];
    let off = ["2020-12-01", "", "1005", "39.0", "20.0", "1.00", "65.0", "60.0"];
    assert_eq!(why(&[a_year_between, off]), None);
}
