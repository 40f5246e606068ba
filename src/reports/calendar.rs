//! "Hvad kan stadig nås?": which years' data each coming list uses, which of them are over, and how much of a list's figure
//! what is done today can still change.

use serde::Serialize;

use super::{
    context::Said,
    data_years::{Phase, counted_on, phase_of, years_of},
    law::{Law, Row},
    subject::Subject,
};
use crate::words::{Rich, Slots};

/// How many lists ahead.
const LISTS: u16 = 3;

/// The calendar: criteria by lists.
#[derive(Serialize)]
pub(super) struct Calendar {
    /// What opens the page, where the calendar does.
    finding: Option<String>,
    heading: String,
    name: String,
    lists: Vec<String>,
    key: Vec<DataYear>,
    rows: Vec<CalendarRow>,
    note: Rich,
}

#[derive(Serialize)]
struct CalendarRow {
    name: String,
    cells: Vec<Cell>,
}

/// What one list uses of one criterion.
#[derive(Serialize)]
struct Cell {
    years: Vec<DataYear>,
    effect: String,
    /// The first list that can still be changed.
    first: bool,
}

#[derive(Serialize)]
struct DataYear {
    text: String,
    phase: &'static str,
}

/// The calendar of an area under the law. It follows from the rules and the edition alone.
pub(super) fn calendar(subject: &Subject, law: &Law) -> Said<Calendar> {
    let lists: Vec<u16> = (1..=LISTS).map(|ahead| law.list.year + ahead).collect();
    let rows = law.printed_rows().map(|row| calendar_row(subject, row, &lists)).collect::<Said<_>>()?;
    let finding = first_whole(subject, law, &lists)
        .map(|year| subject.line("calendar/finding", Slots::new().text("year", year.to_string())));
    let heads = lists.iter().map(|year| {
        let day = law.day(subject.context.catalogue, *year);
        subject.line(
            "calendar/list",
            Slots::new().text("date", subject.context.words.date(day.year, day.month, day.day)),
        )
    });
    let key = [Phase::Over, Phase::Running, Phase::Open].map(|phase| {
        let phase = phase_word(phase);
        Ok(DataYear { text: subject.fixed(&format!("calendar/{phase}"))?, phase })
    });
    Ok(Calendar {
        finding: finding.transpose()?,
        key: key.into_iter().collect::<Said<_>>()?,
        heading: subject.fixed("calendar/heading")?,
        name: subject.fixed("calendar/name")?,
        lists: heads.collect::<Said<_>>()?,
        rows,
        note: subject.say("calendar/note", Slots::new().flag("fixed", is_fixed(subject, law, &lists)))?,
    })
}

/// Does one of the lists take nothing of a criterion that can still be changed?
fn is_fixed(subject: &Subject, law: &Law, lists: &[u16]) -> bool {
    let over = |row: &Row, list: u16| {
        years_of(subject, row, list).iter().all(|year| phase_of(subject, row, *year) == Phase::Over)
    };
    law.printed_rows().filter(|row| !row.strict.1.origin).any(|row| lists.iter().any(|list| over(row, *list)))
}

/// The first list of which no criterion but that of origin uses a year that has begun.
fn first_whole(subject: &Subject, law: &Law, lists: &[u16]) -> Option<u16> {
    let is_whole = |row: &&Row, list: u16| {
        years_of(subject, row, list).iter().all(|year| phase_of(subject, row, *year) == Phase::Open)
    };
    let rows = || law.rows.iter().filter(|row| !row.strict.1.origin);
    lists.iter().copied().find(|list| rows().all(|row| is_whole(&row, *list)))
}

fn calendar_row(subject: &Subject, row: &Row, lists: &[u16]) -> Said<CalendarRow> {
    let mut cells = Vec::new();
    let mut found = false;
    for list in lists {
        let years = years_of(subject, row, *list);
        let phases: Vec<Phase> = years.iter().map(|year| phase_of(subject, row, *year)).collect();
        let first = !found && !row.strict.1.origin && phases.iter().any(|phase| *phase != Phase::Over);
        found |= first;
        let named = years.iter().zip(&phases).map(|(year, phase)| data_year(subject, row, *year, *phase));
        let effect = if row.strict.1.origin { origin(subject, &phases)? } else { effect(subject, &phases)? };
        cells.push(Cell { years: named.collect::<Said<_>>()?, effect, first });
    }
    let name = subject.context.text(row.indicator.short_title()).to_string();
    Ok(CalendarRow { name, cells })
}

/// `2025`, or `1. januar 2026` of what is counted on one day.
fn data_year(subject: &Subject, row: &Row, year: u16, phase: Phase) -> Said<DataYear> {
    let text = match counted_on(subject, row) {
        Some(day) => subject.context.words.date(year, day.month, day.day),
        None => year.to_string(),
    };
    Ok(DataYear { text, phase: phase_word(phase) })
}

fn phase_word(phase: Phase) -> &'static str {
    match phase {
        Phase::Over => "over",
        Phase::Running => "running",
        Phase::Open => "open",
    }
}

/// How much of a change made from today the list's figure takes in: the law's mean gives every year the same weight.
fn effect(subject: &Subject, phases: &[Phase]) -> Said<String> {
    let of = |phase: Phase| phases.iter().filter(|other| **other == phase).count();
    let (open, running) = (of(Phase::Open), of(Phase::Running));
    match (open, running, phases.len()) {
        (0, 0, _) => subject.fixed("calendar/fixed"),
        (open, 0, all) if open == all => subject.fixed("calendar/whole"),
        (1, 0, 2) => subject.fixed("calendar/half"),
        (0, 1, 2) => subject.fixed("calendar/under-half"),
        (1, 1, 2) => subject.fixed("calendar/over-half"),
        (0, 1, 1) => subject.fixed("calendar/rest"),
        (open, running, all) => subject
            .line("calendar/some", Slots::new().count("n", (open + running) as i64).count("of", all as i64)),
    }
}

/// The figure on origin has no measure that it is to be changed by: only whether it is made up.
fn origin(subject: &Subject, phases: &[Phase]) -> Said<String> {
    let over = phases.iter().all(|phase| *phase == Phase::Over);
    subject.fixed(if over { "calendar/fixed" } else { "calendar/not-made-up" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::YearMonth,
        reports::fixture::{Fixture, facts, subject_of},
    };

    fn cells(edition: (u16, u8)) -> Vec<(String, Vec<(String, bool)>)> {
        let mut fixture = Fixture::new(facts());
        fixture.catalogue.about.edition.value = YearMonth { year: edition.0, month: edition.1 };
        let context = fixture.context();
        let subject = subject_of(&context, "gronnevang");
        let law = subject.law.as_ref().expect("there is a law");
        let calendar = calendar(&subject, law).expect("the texts fit");
        let cells = |row: CalendarRow| row.cells.into_iter().map(|cell| (cell.effect, cell.first)).collect();
        calendar.rows.into_iter().map(|row| (row.name.clone(), cells(row))).collect()
    }

    fn row(of: &[(&str, bool)]) -> Vec<(String, bool)> {
        of.iter().map(|(effect, first)| ((*effect).to_string(), *first)).collect()
    }

    #[test]
    fn a_mean_of_two_years_takes_in_half_of_a_change_the_first_year() {
        let cells = cells((2026, 3));
        let expected =
            [("ligger fast", false), ("højst halv virkning", true), ("mindst halv virkning", false)];
        assert_eq!(cells[0], ("Uden tilknytning".to_string(), row(&expected)));
    }

    #[test]
    fn a_figure_of_one_year_takes_in_all_of_it() {
        let cells = cells((2026, 3));
        let expected = [("ligger fast", false), ("kun resten af året", true), ("fuld virkning", false)];
        assert_eq!(cells[2], ("Højst grundskole".to_string(), row(&expected)));
    }

    #[test]
    fn the_finding_names_the_first_list_that_takes_in_all_of_a_change() {
        let fixture = Fixture::new(facts());
        let context = fixture.context();
        let subject = subject_of(&context, "gronnevang");
        let calendar =
            calendar(&subject, subject.law.as_ref().expect("there is a law")).expect("the texts fit");
        assert_eq!(
            calendar.finding.as_deref(),
            Some("Det, der gøres nu, slår først fuldt igennem på listen i 2028")
        );
    }

    #[test]
    fn origin_is_fixed_when_the_day_of_counting_has_come_and_is_nothing_to_act_on() {
        let expected = [("ligger fast", false), ("ikke opgjort endnu", false), ("ikke opgjort endnu", false)];
        assert_eq!(cells((2026, 3))[4].1, row(&expected));
        assert_eq!(cells((2025, 12))[4].1[0].0, "ikke opgjort endnu");
    }
}
