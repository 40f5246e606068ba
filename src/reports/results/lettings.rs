//! The table `lettings`: how dwellings were let, by area and in the whole municipality, exactly as published.

use super::{
    reason,
    table::{Cell, Column, Table},
};
use crate::{
    compute::{Fact, State},
    reports::{context::Context, subject::state_word},
};

const LETTINGS: [&str; 12] = [
    "area",
    "way",
    "period",
    "households",
    "share",
    "let",
    "at_most",
    "persons",
    "contribution",
    "state",
    "reason",
    "id",
];
/// What stands before the way of letting.
const LETTING: &str = "moves/letting/";

/// Does the catalogue say how dwellings are let?
pub(super) fn any(context: &Context) -> bool {
    context.catalogue.moves.iter().any(|(_, moves)| moves.letting.is_some())
}

/// One row an area, a way and a period: households that moved into a dwelling let so during the period before.
pub(super) fn lettings<'a>(context: &'a Context) -> Table<'a> {
    let column = |name: &'static str| match name {
        "households" | "let" | "persons" => Column::whole(name),
        "share" | "at_most" | "contribution" => Column::number(name),
        _ => Column::text(name),
    };
    let mut table = Table::new("lettings", LETTINGS.map(column).into());
    for (id, state) in context.publication.facts() {
        let Some(way) = id.what.strip_prefix(LETTING) else { continue };
        let found = match state {
            State::Shown(Fact::Letting(found)) => Some(found),
            _ => None,
        };
        let number = |number| Cell::from(number);
        let whole = |number: Option<i64>| number.map_or(Cell::Nothing, Cell::Whole);
        table.row([
            id.area.as_str().into(),
            way.into(),
            id.period.to_string().into(),
            whole(found.map(|found| found.households)),
            number(found.map(|found| found.share)),
            whole(found.map(|found| found.all)),
            number(found.and_then(|found| found.at_most)),
            whole(found.and_then(|found| found.moved_in).map(|(persons, _)| persons)),
            number(found.and_then(|found| found.moved_in).map(|(_, points)| points)),
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
        compute::Letting,
        numbers::Decimal,
        reports::fixture::{Fixture, facts},
    };

    #[test]
    fn a_way_of_letting_has_a_row_for_each_area_and_none_of_its_numbers_where_it_is_hidden() {
        let letting = Letting {
            households: 19,
            share: Decimal::whole(23),
            all: 83,
            at_most: Some(Decimal::whole(25)),
            moved_in: Some((31, Decimal { units: -4, places: 1 })),
        };
        let facts = facts()
            .set("moves/letting/assigned@gronnevang@2025", State::Shown(Fact::Letting(letting)))
            .set("moves/letting/exchange@gronnevang@2025", State::Hidden);
        let csv = lettings(&Fixture::new(facts).context()).csv();
        let expected = "area,way,period,households,share,let,at_most,persons,contribution,state,reason,id\n\
                        gronnevang,assigned,2025,19,23,83,25,31,-0.4,shown,,moves/letting/assigned@gronnevang@2025\n\
                        gronnevang,exchange,2025,,,,,,,hidden,,moves/letting/exchange@gronnevang@2025\n";
        assert_eq!(csv, expected);
    }
}
