//! Which years' data the coming lists use, and which of them are over on the day of the edition.

use super::{
    law::{Law, Row},
    subject::Subject,
};
use crate::catalogue::{Date, MonthDay, YearMonth};

/// Where a data year stands on the first day of the edition's month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// It is over: nothing can change its figure any more.
    Over,
    /// It has begun: only what is left of it can.
    Running,
    /// It has not begun, or its day of counting is still to come: all of it can.
    Open,
}

/// Where a data year stands. A figure counted on one day is open until that day.
fn phase(edition: YearMonth, year: u16, counted_on: Option<MonthDay>) -> Phase {
    let today = Date { year: edition.year, month: edition.month, day: 1 };
    match counted_on {
        Some(day) if today >= (Date { year, month: day.month, day: day.day }) => Phase::Over,
        None if edition.year > year => Phase::Over,
        None if edition.year == year => Phase::Running,
        _ => Phase::Open,
    }
}

/// The same for a criterion's data. The list's own year can only be counted on 1 January, since the list comes before it ends.
pub(super) fn phase_of(subject: &Subject, row: &Row, year: u16) -> Phase {
    phase(subject.context.catalogue.about.edition.value, year, counted_on(subject, row))
}

/// The day of the year on which a criterion's data is counted, where it is one day.
pub(super) fn counted_on(subject: &Subject, row: &Row) -> Option<MonthDay> {
    let own_year = (row.strict.1.years_back == 0).then_some(MonthDay { month: 1, day: 1 });
    own_year.or_else(|| subject.reference_day(row.indicator_id))
}

/// The data years that the list of a year takes of a row, ascending.
pub(super) fn years_of(subject: &Subject, row: &Row, list: u16) -> Vec<u16> {
    subject.context.catalogue.data_years(row.strict.1, list)
}

/// The data years of all rows on the list of a year.
pub(super) fn of_list(subject: &Subject, law: &Law, list: u16) -> Vec<u16> {
    let mut years: Vec<u16> = law.rows.iter().flat_map(|row| years_of(subject, row, list)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// The latest data years of a list: they decide it. That of origin, which no list hangs on alone, is left out.
pub(super) fn new_years(subject: &Subject, law: &Law, list: u16) -> Vec<u16> {
    let mut years = of_list(subject, law, list);
    let last = |row: &Row| years_of(subject, row, list).last().copied();
    let latest: Vec<u16> = law.rows.iter().filter(|row| !row.strict.1.origin).filter_map(last).collect();
    years.retain(|year| latest.contains(year));
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{facts, on};

    #[test]
    fn a_year_is_over_when_the_next_has_begun_and_a_day_when_it_has_come() {
        let december = YearMonth { year: 2025, month: 12 };
        let january = YearMonth { year: 2026, month: 1 };
        let new_year = Some(MonthDay { month: 1, day: 1 });
        assert_eq!(
            [2024, 2025, 2026].map(|year| phase(december, year, None)),
            [Phase::Over, Phase::Running, Phase::Open]
        );
        assert_eq!(phase(january, 2025, None), Phase::Over);
        assert_eq!(phase(december, 2026, new_year), Phase::Open);
        assert_eq!(phase(january, 2026, new_year), Phase::Over);
    }

    #[test]
    fn a_list_uses_the_years_before_it_and_of_origin_its_own() {
        on(facts(), "gronnevang", |subject| {
            let law = subject.law.as_ref().expect("there is a law");
            let years: Vec<Vec<u16>> = law.rows.iter().map(|row| years_of(subject, row, 2026)).collect();
            let (two, one) = (vec![2024, 2025], vec![2025]);
            assert_eq!(years, [two.clone(), two, one.clone(), one, vec![2026]]);
            assert_eq!(of_list(subject, law, 2025), [2023, 2024, 2025]);
            assert_eq!(new_years(subject, law, 2026), [2025]);
        });
    }
}
