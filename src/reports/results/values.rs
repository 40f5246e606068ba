//! The table `values`: one row a published value of an indicator.

use super::{
    layers, reason,
    table::{Cell, Column, Table},
    verdict,
};
use crate::{
    compute::{Fact, State},
    ids::LayerId,
    reports::{
        context::Context,
        subject::{decimal, shown, state_word},
    },
};

/// One row a value, sorted by indicator, area, period and comparator.
pub(super) fn values<'a>(context: &'a Context) -> Table<'a> {
    let mut columns = Vec::new();
    columns.extend(["area", "layer", "indicator", "period"].map(Column::text));
    columns.extend(["value", "lower", "upper", "part", "whole"].map(Column::number));
    columns.extend(["state", "reason", "comparator", "verdict", "id"].map(Column::text));
    columns.push(Column::whole("years"));
    let mut table = Table::new("values", columns);
    let layers = layers(context);
    for (id, state) in context.publication.facts() {
        if !context.catalogue.indicators.contains(&*id.what) {
            continue;
        }
        let (lower, upper, part, whole, years) = match state {
            State::Shown(Fact::Value(value)) => {
                let (lower, upper) = value.interval.unzip();
                (lower, upper, value.part, value.whole, Cell::Whole(value.years.into()))
            }
            _ => (None, None, None, None, Cell::Nothing),
        };
        let judged = id.against.as_ref().and_then(|_| verdict(context, id));
        table.row([
            id.area.as_str().into(),
            layers.get(&id.area).map_or("", |layer| LayerId::as_str(layer)).into(),
            (&*id.what).into(),
            id.period.to_string().into(),
            shown(decimal(state)).into(),
            lower.into(),
            upper.into(),
            part.into(),
            whole.into(),
            state_word(state).into(),
            reason(state).into(),
            id.against.as_ref().map_or("", |area| area.as_str()).into(),
            judged.unwrap_or_default().into(),
            id.to_string().into(),
            years,
        ]);
    }
    table
}
