//! What the next list takes of the criteria that count persons: the open year's value, and how many it is in each way.

use serde::Serialize;

use super::{
    context::Said,
    data_years::{Phase, phase_of},
    law::{Law, Row},
    limit_sentences::{has_room, needed},
    subject::{Subject, state_word},
};
use crate::{
    catalogue::{Amounts, Mechanism},
    compute::{Amount, Fact, Missing, State},
    words::{Rich, Slots},
};

/// The ways, by column. A change of state is that of work or of an education approved.
const WAYS: [(&str, &[Mechanism]); 4] = [
    ("stay", &[Mechanism::StateChange, Mechanism::Approval]),
    ("replacement", &[Mechanism::Replacement]),
    ("moves-out", &[Mechanism::MovesOut]),
    ("moves-in", &[Mechanism::MovesIn]),
];

/// The table.
#[derive(Serialize)]
pub(super) struct Takes {
    heading: String,
    head: Vec<String>,
    rows: Vec<TakesRow>,
    note: Rich,
}

#[derive(Serialize)]
struct TakesRow {
    name: String,
    counts: String,
    value: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    state: &'static str,
    text: String,
}

/// The table of an area; `None` where nothing is known of the next list, and where its years are over.
pub(super) fn takes(subject: &Subject, law: &Law) -> Said<Option<Takes>> {
    let mut rows = Vec::new();
    for row in law.printed_rows() {
        rows.extend(takes_row(subject, law, row)?);
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let mut head = vec![subject.fixed("takes/name")?, subject.fixed("takes/value")?];
    for (way, _) in WAYS {
        head.push(subject.fixed(&format!("takes/{way}"))?);
    }
    let year = Slots::new().text("year", (law.list.year + 1).to_string());
    Ok(Some(Takes {
        heading: subject.line("takes/heading", year)?,
        head,
        rows,
        note: subject.say("takes/note", Slots::new())?,
    }))
}

fn takes_row(subject: &Subject, law: &Law, row: &Row) -> Said<Option<TakesRow>> {
    let Some(needed) = needed(subject, law, row) else { return Ok(None) };
    let nothing = State::Missing(Missing::NoData);
    let states: Vec<&State<Fact>> = WAYS
        .iter()
        .map(|(_, mechanisms)| {
            let found = mechanisms.iter().map(|mechanism| {
                let about = format!("/next/{}", mechanism.word());
                let id = law.criterion(subject, row.strict.0, &about, law.year());
                subject.context.publication.get(&id)
            });
            found.into_iter().find(|state| **state != nothing).unwrap_or(&State::Missing(Missing::NoData))
        })
        .collect();
    let open = needed.open.year();
    let all_missing = states.iter().all(|state| matches!(state, State::Missing(_)));
    if all_missing || !has_room(subject, law, row) || phase_of(subject, row, open) == Phase::Over {
        return Ok(None);
    }
    let met = states.iter().find_map(|state| amount(state).map(|amount| amount.met)).unwrap_or(needed.met);
    let key = match (met, row.strict.1.is.is_upper()) {
        (true, true) => "takes/must-at-most",
        (true, false) => "takes/must-at-least",
        (false, true) => "takes/may-at-most",
        (false, false) => "takes/may-at-least",
    };
    let value = subject.with_unit(row.indicator.unit, needed.value)?;
    let slots = Slots::new().text("open", open.to_string()).text("value", value);
    let counts = match row.strict.1.counts {
        Amounts::FullTimePersons => "takes/full-time-persons",
        _ => "takes/persons",
    };
    Ok(Some(TakesRow {
        name: subject.context.text(row.indicator.short_title()).to_string(),
        counts: subject.fixed(counts)?,
        value: subject.line(key, slots)?,
        cells: states.into_iter().map(|state| cell(subject, state)).collect::<Said<_>>()?,
    }))
}

fn amount(state: &State<Fact>) -> Option<&Amount> {
    match state {
        State::Shown(Fact::Amount(amount)) => Some(amount),
        _ => None,
    }
}

fn cell(subject: &Subject, state: &State<Fact>) -> Said<Cell> {
    let text = match amount(state) {
        Some(Amount { number: Some(number), met, mechanism, .. }) => {
            let key = match mechanism {
                Mechanism::MovesOut => "takes/leave",
                Mechanism::MovesIn => "takes/come",
                _ if *met => "takes/fewer",
                _ => "takes/more",
            };
            subject.line(key, Slots::new().count("n", *number))?
        }
        Some(Amount { number: None, .. }) => subject.fixed("takes/very-close")?,
        None if *state == State::Hidden => subject.fixed("declaration/unshown")?,
        None => subject.fixed("declaration/none")?,
    };
    Ok(Cell { state: state_word(state), text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{Facts, facts, next_amount, next_list, on};

    fn row(facts: Facts) -> TakesRow {
        on(facts, "gronnevang", |subject| {
            let table = takes(subject, subject.law.as_ref().expect("there is a law"));
            table.expect("the texts fit").expect("there is a table").rows.swap_remove(0)
        })
    }

    fn texts(row: &TakesRow) -> Vec<String> {
        row.cells.iter().map(|cell| cell.text.replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn each_way_has_its_own_number_and_fewer_than_five_have_none() {
        let facts = next_amount(next_list(facts()), "no-work", Some(27), Mechanism::MovesOut, true);
        let facts = next_amount(facts, "no-work", None, Mechanism::Replacement, true);
        let row = row(facts);
        assert_eq!(texts(&row), ["16 færre", "meget tæt på", "27 flytter ud", "–"]);
        assert_eq!(row.value.replace('\u{a0}', " "), "2025 skal være højst 39,0 pct.");
        assert_eq!(row.counts, "fuldtidspersoner");
    }

    #[test]
    fn an_amount_that_is_hidden_is_a_hatch() {
        let hidden =
            next_list(facts()).set("abl-61a/no-work/next/replacement@gronnevang@2025", State::Hidden);
        let row = row(hidden);
        assert_eq!((row.cells[1].state, row.cells[1].text.as_str()), ("hidden", "vises ikke"));
    }

    #[test]
    fn without_a_next_list_there_is_no_table() {
        on(facts(), "gronnevang", |subject| {
            let law = subject.law.as_ref().expect("there is a law");
            assert!(takes(subject, law).expect("the texts fit").is_none());
        });
    }
}
