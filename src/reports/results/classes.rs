//! The tables `typology` and `correlations`: the classes of areas with what they are made of, exactly as published.

use super::{
    reason,
    table::{Cell, Column, Table},
};
use crate::{
    catalogue::{Composite, Method},
    compute::{Fact, State},
    ids::{AreaId, IndicatorId, Period, ValueId},
    reports::{
        context::Context,
        subject::{decimal, shown, state_word},
    },
};

const CLASSES: [&str; 11] = [
    "area",
    "layer",
    "indicator",
    "period",
    "index",
    "class",
    "dynamics",
    "dynamics_class",
    "unsure",
    "state",
    "reason",
];
const CORRELATIONS: [&str; 6] = ["indicator", "period", "part", "other", "correlation", "id"];

/// One row an area, period and composite; a column `part/INDICATOR` with the score or the points of each indicator that is part
/// of any.
pub(super) fn classes<'a>(context: &'a Context) -> Table<'a> {
    let parts = parts(context);
    let column = |name: &'static str| match name {
        "index" | "dynamics" => Column::number(name),
        "unsure" => Column::truth(name),
        _ => Column::text(name),
    };
    let mut columns: Vec<Column> = CLASSES.map(column).into();
    columns.extend(parts.iter().map(|part| Column::number(format!("part/{part}"))));
    columns.push(Column::text("id"));
    let mut table = Table::new("typology", columns);
    for (indicator, composite) in composites(context) {
        for area in context.places.layers.get(&composite.layer.value).into_iter().flatten() {
            for period in context.publication.periods(indicator.as_str(), &area.id) {
                let layer = area.layer.as_str();
                table.row(row(context, (indicator, &area.id, period), layer, &parts));
            }
        }
    }
    table
}

/// Every indicator that is part of a composite, in the order written.
pub(super) fn parts<'a>(context: &Context<'a>) -> Vec<&'a IndicatorId> {
    let mut parts: Vec<&IndicatorId> = Vec::new();
    for (_, composite) in composites(context) {
        for part in composite.of.iter().map(|part| &part.indicator.value) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    parts
}

fn row<'a>(
    context: &'a Context,
    (indicator, area, period): (&'a IndicatorId, &'a AreaId, Period),
    layer: &'a str,
    parts: &[&IndicatorId],
) -> Vec<Cell<'a>> {
    let about =
        |about: &str| context.publication.get(&ValueId::own(format!("{indicator}{about}"), area, period));
    let numbered = |what: &str| Cell::from(shown(decimal(about(what))));
    let (class, dynamics) = match about("/class") {
        State::Shown(Fact::Class(class)) => (class.id(), class.dynamics().map(|dynamics| dynamics.id())),
        _ => ("", None),
    };
    let unsure = match about("/unsure") {
        State::Shown(Fact::Met(unsure)) => Cell::Truth(*unsure),
        _ => Cell::Nothing,
    };
    let state = about("");
    let mut row = vec![
        area.as_str().into(),
        layer.into(),
        indicator.as_str().into(),
        period.to_string().into(),
        numbered(""),
        class.into(),
        numbered("/dynamics"),
        dynamics.unwrap_or_default().into(),
        unsure,
        state_word(state).into(),
        reason(state).into(),
    ];
    row.extend(parts.iter().map(|part| numbered(&format!("/part/{part}"))));
    row.push(ValueId::own(indicator.as_str(), area, period).to_string().into());
    row
}

/// How the parts of each composite go together over the areas.
pub(super) fn correlations<'a>(context: &'a Context) -> Table<'a> {
    let column = |name: &'static str| {
        if name == "correlation" { Column::number(name) } else { Column::text(name) }
    };
    let mut table = Table::new("correlations", CORRELATIONS.map(column).into());
    for (id, state) in context.publication.facts() {
        let (Some((what, other)), State::Shown(_)) = (id.what.rsplit_once('/'), state) else { continue };
        let Some((what, part)) = what.rsplit_once('/') else { continue };
        let Some((indicator, "correlation")) = what.rsplit_once('/') else { continue };
        table.row([
            indicator.into(),
            id.period.to_string().into(),
            part.into(),
            other.into(),
            shown(decimal(state)).into(),
            id.to_string().into(),
        ]);
    }
    table
}

/// Has the catalogue any composite?
pub(super) fn any(context: &Context) -> bool {
    composites(context).next().is_some()
}

fn composites<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a IndicatorId, &'a Composite)> {
    context.catalogue.indicators.iter().filter_map(|(id, indicator)| match &*indicator.method {
        Method::Composite(composite) => Some((&id.value, composite)),
        _ => None,
    })
}
