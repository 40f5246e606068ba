//! The tables `moves` and `moves-between`: what each flow of persons contributed to a change, and from where those who moved
//! in came, exactly as published.

use super::{
    reason,
    table::{Cell, Column, Table},
};
use crate::{
    compute::{Fact, Split, State},
    ids::ValueId,
    reports::{context::Context, subject::state_word},
};

const MOVES: [&str; 12] = [
    "area",
    "indicator",
    "from",
    "to",
    "flow",
    "persons",
    "cases",
    "contribution",
    "change",
    "state",
    "reason",
    "id",
];
const BETWEEN: [&str; 7] = ["area", "origin", "period", "persons", "state", "reason", "id"];
/// What stands before the id of a place from which persons came.
const FROM: &str = "moves/from/";

/// Has the catalogue any split?
pub(super) fn any(context: &Context) -> bool {
    !context.catalogue.moves.is_empty()
}

/// A split in the order of the rows.
struct Found<'a> {
    id: &'a ValueId,
    indicator: &'a str,
    state: &'a State<Fact>,
}

impl<'a> Found<'a> {
    fn split(&self) -> Option<&'a Split> {
        match self.state {
            State::Shown(Fact::Split(split)) => Some(split),
            _ => None,
        }
    }
}

/// One row a term: the contributions of one area, indicator and span add up to the change. A split that is not shown has one
/// row without a term. What is left when an event's dwellings are taken out is about fewer people and not among them.
pub(super) fn moves<'a>(context: &'a Context) -> Table<'a> {
    let column = |name: &'static str| match name {
        "persons" => Column::whole(name),
        "cases" | "contribution" | "change" => Column::number(name),
        _ => Column::text(name),
    };
    let mut table = Table::new("moves", MOVES.map(column).into());
    let mut all = found(context);
    all.sort_by_key(|found| {
        let since = found.split().map(|split| split.since);
        (&found.id.area, found.indicator, found.id.period, since, &found.id.what)
    });
    for found in all {
        let at = |flow: &str| ValueId { what: format!("{}{flow}", found.id.what).into(), ..found.id.clone() };
        let head = |since: String| {
            [
                found.id.area.as_str().into(),
                found.indicator.into(),
                since.into(),
                found.id.period.to_string().into(),
            ]
        };
        let state = [state_word(found.state).into(), reason(found.state).into()];
        let Some(split) = found.split() else {
            let nothing = [Cell::Nothing, Cell::Nothing, Cell::Nothing, Cell::Nothing, Cell::Nothing];
            table.row(
                head(String::new())
                    .into_iter()
                    .chain(nothing)
                    .chain(state)
                    .chain([at("").to_string().into()]),
            );
            continue;
        };
        for term in &split.terms {
            let flow = term.word();
            let id = at(&format!("/{flow}")).to_string();
            let numbers = [
                flow.into(),
                term.persons.map_or(Cell::Nothing, Cell::Whole),
                term.cases.map_or(Cell::Nothing, Cell::Number),
                Cell::Number(term.points),
                split.end.minus(split.start).into(),
            ];
            let state = ["shown".into(), "".into()];
            table.row(
                head(split.since.to_string()).into_iter().chain(numbers).chain(state).chain([id.into()]),
            );
        }
    }
    table
}

/// The splits of all areas, over one period and over several; those of several only where they go further back.
fn found<'a>(context: &'a Context) -> Vec<Found<'a>> {
    let mut all: Vec<Found> = Vec::new();
    for (id, state) in context.publication.facts() {
        let Some(what) = id.what.strip_prefix("moves/") else { continue };
        let (name, years) = what.strip_suffix("/years").map_or((what, false), |name| (name, true));
        let Some(moves) = context.catalogue.moves.get(name) else { continue };
        let found = Found { id, indicator: moves.indicator.as_str(), state };
        let same = |before: &Found| {
            let one = ValueId { what: format!("moves/{name}").into(), ..id.clone() };
            *before.id == one
                && before.split().map(|split| split.since) == found.split().map(|split| split.since)
        };
        // The facts over one period come before those over several.
        if !years || (found.split().is_some() && !all.iter().any(same)) {
            all.push(found);
        }
    }
    all
}

/// One row an area and a place from which persons moved there.
pub(super) fn between<'a>(context: &'a Context) -> Table<'a> {
    let column =
        |name: &'static str| if name == "persons" { Column::whole(name) } else { Column::text(name) };
    let mut table = Table::new("moves-between", BETWEEN.map(column).into());
    for (id, state) in context.publication.facts() {
        let Some(origin) = id.what.strip_prefix(FROM) else { continue };
        let persons = match state {
            State::Shown(Fact::Count(persons)) => Cell::Whole(*persons),
            _ => Cell::Nothing,
        };
        table.row([
            id.area.as_str().into(),
            origin.into(),
            id.period.to_string().into(),
            persons,
            state_word(state).into(),
            reason(state).into(),
            id.to_string().into(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::Period,
        reports::{
            fixture::{Fixture, facts},
            moves::tests::{OWN, REPLACED, catalogue, split, with_split},
        },
    };

    #[test]
    fn a_row_a_term_adds_up_to_the_change_and_a_split_that_is_not_shown_has_one_row() {
        let years = Split { since: Period::Year(2020), ..split("24.1", &OWN) };
        let without = split("20.9", &OWN);
        let facts = with_split(facts(), split("20.9", &REPLACED))
            .set("moves/benefits/years@gronnevang@2025", State::Shown(Fact::Split(years)))
            .set("moves/benefits/without@gronnevang@2025", State::Shown(Fact::Split(without)))
            .set("moves/benefits@nabo@2025", State::Hidden)
            .set("moves/benefits@nabo@2024", State::Missing(crate::compute::Missing::Break));
        let mut fixture = Fixture::new(facts);
        catalogue(&mut fixture);
        let csv = moves(&fixture.context()).csv();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], "area,indicator,from,to,flow,persons,cases,contribution,change,state,reason,id");
        assert_eq!(
            lines[1],
            "gronnevang,benefit-share,2020,2025,in-municipality+in-elsewhere,60,13.1,0.1,-2.8,shown,,moves/benefits/years/in-municipality+in-elsewhere@gronnevang@2025"
        );
        let of = |span: &str| -> Vec<f64> {
            let rows = lines.iter().filter(|line| line.contains(span));
            rows.filter_map(|line| line.split(',').nth(7)?.parse().ok()).collect()
        };
        let (one, several) = (of(",2024,2025,"), of(",2020,2025,"));
        assert_eq!((one.len(), several.len()), (7, 5));
        assert!(
            (one.iter().sum::<f64>() + 3.2).abs() < 1e-9 && (several.iter().sum::<f64>() + 2.8).abs() < 1e-9
        );
        let last = [
            "nabo,benefit-share,,2024,,,,,,missing,break,moves/benefits@nabo@2024",
            "nabo,benefit-share,,2025,,,,,,hidden,,moves/benefits@nabo@2025",
        ];
        assert_eq!(lines[13..], last);
    }

    #[test]
    fn a_split_over_several_years_that_goes_no_further_back_is_not_told_twice() {
        let facts = with_split(facts(), split("20.9", &OWN))
            .set("moves/benefits/years@gronnevang@2025", State::Shown(Fact::Split(split("20.9", &OWN))));
        let mut fixture = Fixture::new(facts);
        catalogue(&mut fixture);
        assert_eq!(moves(&fixture.context()).rows(), OWN.len());
    }

    #[test]
    fn counts_between_places_have_no_number_where_they_are_hidden() {
        let facts = facts()
            .count("moves/from/abroad@gronnevang@2025", 19)
            .set("moves/from/nabo@gronnevang@2025", State::Hidden);
        let mut fixture = Fixture::new(facts);
        catalogue(&mut fixture);
        let csv = between(&fixture.context()).csv();
        let expected = "area,origin,period,persons,state,reason,id\n\
                        gronnevang,abroad,2025,19,shown,,moves/from/abroad@gronnevang@2025\n\
                        gronnevang,nabo,2025,,hidden,,moves/from/nabo@gronnevang@2025\n";
        assert_eq!(csv, expected);
    }
}
