//! `typology.csv` and `correlations.csv`: the classes of areas with what they are made of, exactly as published.

use super::{
    context::Context,
    results::{Csv, layers, number, reason},
    subject::{decimal, shown, state_word},
};
use crate::{
    catalogue::{Composite, Method},
    compute::{Fact, State},
    ids::{AreaId, IndicatorId, Period, ValueId},
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

/// `typology.csv`: one row an area, period and composite; a column `part/INDICATOR` with the score or the points of each
/// indicator that is part of any.
pub(super) fn classes(context: &Context) -> String {
    let mut parts: Vec<&IndicatorId> = Vec::new();
    for (_, composite) in composites(context) {
        for part in composite.of.iter().map(|part| &part.indicator.value) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    let columns = parts.iter().map(|part| format!("part/{part}"));
    let head: Vec<String> =
        CLASSES.map(String::from).into_iter().chain(columns).chain(["id".into()]).collect();
    let mut csv = Csv::new(&head);
    let layers = layers(context);
    for (indicator, composite) in composites(context) {
        for area in context.places.layers.get(&composite.layer.value).into_iter().flatten() {
            for period in context.publication.periods(indicator.as_str(), &area.id) {
                let layer = layers.get(&area.id).map(ToString::to_string).unwrap_or_default();
                csv.row(row(context, (indicator, &area.id, period), layer, &parts));
            }
        }
    }
    csv.text
}

fn row(
    context: &Context,
    (indicator, area, period): (&IndicatorId, &AreaId, Period),
    layer: String,
    parts: &[&IndicatorId],
) -> Vec<String> {
    let about =
        |about: &str| context.publication.get(&ValueId::own(format!("{indicator}{about}"), area, period));
    let numbered = |what: &str| number(shown(decimal(about(what))));
    let (class, dynamics) = match about("/class") {
        State::Shown(Fact::Class(class)) => (class.id(), class.dynamics().map(|dynamics| dynamics.id())),
        _ => ("", None),
    };
    let unsure = match about("/unsure") {
        State::Shown(Fact::Met(unsure)) => unsure.to_string(),
        _ => String::new(),
    };
    let state = about("");
    let mut row = vec![
        area.to_string(),
        layer,
        indicator.to_string(),
        period.to_string(),
        numbered(""),
        class.to_string(),
        numbered("/dynamics"),
        dynamics.unwrap_or_default().to_string(),
        unsure,
        state_word(state).to_string(),
        reason(state),
    ];
    row.extend(parts.iter().map(|part| numbered(&format!("/part/{part}"))));
    row.push(ValueId::own(indicator.as_str(), area, period).to_string());
    row
}

/// `correlations.csv`: how the parts of each composite go together over the areas.
pub(super) fn correlations(context: &Context) -> String {
    let mut csv = Csv::new(&CORRELATIONS);
    for (id, state) in context.publication.facts() {
        let (Some((what, other)), State::Shown(_)) = (id.what.rsplit_once('/'), state) else { continue };
        let Some((what, part)) = what.rsplit_once('/') else { continue };
        let Some((indicator, "correlation")) = what.rsplit_once('/') else { continue };
        csv.row([
            indicator.to_string(),
            id.period.to_string(),
            part.to_string(),
            other.to_string(),
            number(shown(decimal(state))),
            id.to_string(),
        ]);
    }
    csv.text
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
