//! The table `status`: criteria and statuses of the areas on the lists.

use std::collections::BTreeMap;

use super::{
    reason, standing,
    table::{Cell, Column, Table},
};
use crate::{
    catalogue::{Criterion, Date, Family, Mechanism, RuleSet},
    compute::{Fact, State},
    ids::{FamilyId, Period, RuleSetId, ValueId},
    reports::{
        context::Context,
        subject::{decimal, shown, state_word},
    },
    sources::Area,
};

const STATUS: [&str; 18] = [
    "area",
    "layer",
    "rule_set",
    "list_date",
    "criterion",
    "value",
    "limit",
    "met",
    "distance_points",
    "distance",
    "unit",
    "next_data_year",
    "next_limit",
    "next_distance",
    "state",
    "reason",
    "id",
    "status",
];

/// The cells of a row by column.
type Row<'a> = BTreeMap<&'static str, Cell<'a>>;

/// The table `status`: one row a criterion of an area on a list, and one with the status. Distances in their own unit are those of the
/// latest list: to a criterion's limit by the mechanism that takes the fewest, on the row of the status to the residents that
/// the law asks for.
pub(super) fn status<'a>(context: &'a Context) -> Table<'a> {
    families(context, "status", |family| family.is_public())
}

/// The same of the municipality's own rules, as long as they are for its own use.
pub(super) fn own_rules<'a>(context: &'a Context) -> Option<Table<'a>> {
    let own = |family: &Family| !family.is_public();
    context
        .catalogue
        .families
        .iter()
        .any(|(_, family)| own(family))
        .then(|| families(context, "own-rules", own))
}

fn families<'a>(context: &'a Context, name: &'static str, wanted: impl Fn(&Family) -> bool) -> Table<'a> {
    let column = |name: &'static str| match name {
        "value" | "limit" | "distance_points" | "next_limit" => Column::number(name),
        "met" => Column::truth(name),
        _ => Column::text(name),
    };
    let mut table = Table::new(name, STATUS.map(column).into());
    for (family, _) in context.catalogue.families.iter().filter(|(_, family)| wanted(family)) {
        for area in context.places.layers.values().flatten() {
            for period in context.publication.periods(family.as_str(), &area.id) {
                let Some(date) = context.overview.list_day(&family.value, period.year()) else { continue };
                let rules = context.catalogue.rule_set_for(&family.value, date);
                status_rows(context, &family.value, area, (period, date), rules, &mut table);
            }
        }
    }
    table
}

fn status_rows<'a>(
    context: &'a Context,
    family: &'a FamilyId,
    area: &'a Area,
    (period, date): (Period, Date),
    rules: Option<(&'a RuleSetId, &'a RuleSet)>,
    table: &mut Table<'a>,
) {
    let start = || {
        Row::from([
            ("area", area.id.as_str().into()),
            ("layer", area.layer.as_str().into()),
            ("rule_set", rules.map_or("", |(id, _)| id.as_str()).into()),
            ("list_date", date.to_string().into()),
        ])
    };
    let at = |what: String| ValueId::own(what, &area.id, period);
    let origin = context.catalogue.families.get(family).is_some_and(|family| family.show_origin);
    let criteria = rules.iter().flat_map(|(_, set)| set.criteria.iter());
    for (criterion, declared) in criteria.filter(|(_, criterion)| origin || !criterion.origin) {
        let id = at(format!("{family}/{criterion}"));
        let state = context.publication.get(&id);
        let about = |about: &str| context.publication.get(&at(format!("{family}/{criterion}/{about}")));
        let mut row = start();
        row.insert("criterion", criterion.as_str().into());
        row.insert("value", shown(decimal(state)).into());
        row.insert("limit", shown(decimal(about("limit"))).into());
        row.insert("distance_points", shown(decimal(about("distance"))).into());
        if let State::Shown(Fact::Met(met)) = about("met") {
            row.insert("met", Cell::Truth(*met));
        }
        if let State::Shown(Fact::Needed(needed)) = about("next") {
            row.insert("next_data_year", needed.open.to_string().into());
            row.insert("next_limit", Cell::Number(needed.value));
        }
        if let Some(mechanism) = nearest(declared) {
            let amount = |kind: &str| about(&format!("{kind}/{}", mechanism.word()));
            let upper = declared.is.is_upper();
            distance(&mut row, "distance", amount("amount"), upper);
            distance(&mut row, "next_distance", amount("next"), upper);
        }
        end(row, state, &id, table);
    }
    let id = at(family.to_string());
    let state = context.publication.get(&id);
    let mut row = start();
    if let State::Shown(Fact::Status(status)) = state {
        row.insert("status", standing(status).into());
    }
    for mechanism in [Mechanism::MovesOut, Mechanism::MovesIn] {
        let amount = at(format!("{family}/residents/amount/{}", mechanism.word()));
        distance(&mut row, "distance", context.publication.get(&amount), true);
    }
    end(row, state, &id, table);
}

/// The mechanism that takes the fewest: a change of state, or incomes.
fn nearest(criterion: &Criterion) -> Option<Mechanism> {
    let declared = || criterion.mechanisms.iter().map(|mechanism| mechanism.value);
    let still = |m: &Mechanism| matches!(m, Mechanism::StateChange | Mechanism::Approval | Mechanism::Income);
    declared().find(still).or_else(|| declared().next())
}

/// A distance in its own unit: above 0 over the limit, below 0 under it; `<5` and `>-5` where it is fewer than five.
fn distance(row: &mut Row, column: &'static str, state: &State<Fact>, upper: bool) {
    let State::Shown(Fact::Amount(amount)) = state else { return };
    let over = amount.met == upper;
    let text = match amount.number {
        Some(number) => if over { number } else { -number }.to_string(),
        None => if over { "<5" } else { ">-5" }.to_string(),
    };
    row.insert(column, text.into());
    row.insert("unit", amount.counts.word().into());
}

fn end<'a>(mut row: Row<'a>, state: &State<Fact>, id: &ValueId, table: &mut Table<'a>) {
    row.insert("state", state_word(state).into());
    row.insert("reason", reason(state).into());
    row.insert("id", id.to_string().into());
    table.row(STATUS.map(|column| row.remove(column).unwrap_or(Cell::Nothing)));
}
