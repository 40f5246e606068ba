//! What the map layers tell of an area: its names, the latest published value of each indicator, its status.

use super::standing;
use crate::{
    compute::{Fact, State},
    ids::{AreaId, IndicatorId, Period, ValueId},
    numbers::Decimal,
    reports::{
        context::Context,
        subject::{decimal, shown, state_word},
    },
    sources::Area,
};

/// What a field holds.
pub(super) enum Held {
    Text(String),
    /// A number; none where it is hidden or missing.
    Number(Option<Decimal>),
    /// Ids of areas, the nearest first.
    Areas(Vec<String>),
}

/// A field of an area.
pub(super) struct Field {
    /// Its name, made of ids.
    pub name: String,
    /// What readers call it, if that is more than its name.
    pub title: Option<String>,
    pub held: Held,
}

impl Field {
    fn new(name: impl Into<String>, title: Option<String>, held: Held) -> Self {
        Self { name: name.into(), title, held }
    }

    fn text(name: &str, text: &str) -> Self {
        Self::new(name, None, Held::Text(text.into()))
    }
}

/// The fields of an area, with the indicators that are `wanted`. An indicator has three: `ID`, `ID/period` and `ID/state`.
pub(super) fn held(context: &Context, area: &Area, wanted: &dyn Fn(&IndicatorId) -> bool) -> Vec<Field> {
    let mut fields = vec![
        Field::text("area", area.id.as_str()),
        Field::text("layer", area.layer.as_str()),
        Field::text("name", &area.name),
    ];
    for (id, indicator) in context.catalogue.indicators.iter().filter(|(id, _)| wanted(&id.value)) {
        let Some(period) = context.overview.latest(&area.layer, &id.value) else { continue };
        let state = context.publication.get(&ValueId::own(id.as_str(), &area.id, period));
        let title = context.text(indicator.short_title());
        let about = |about: &str, text: String| {
            Field::new(format!("{id}/{about}"), Some(format!("{title} ({id}/{about})")), Held::Text(text))
        };
        let value = Held::Number(shown(decimal(state)));
        fields.push(Field::new(id.as_str(), Some(format!("{title} ({id})")), value));
        fields.push(about("period", period.to_string()));
        fields.push(about("state", state_word(state).into()));
    }
    fields.extend(twins(context, area).map(|twins| Field::new("twins", None, Held::Areas(twins))));
    for (id, family) in context.catalogue.families.iter().filter(|(_, family)| family.is_public()) {
        let Some(year) = context.overview.latest_list(&id.value) else { continue };
        let id = ValueId::own(id.as_str(), &area.id, Period::Year(year));
        if let State::Shown(Fact::Status(status)) = context.publication.get(&id) {
            let title = format!("{} ({})", context.text(&family.title), id.what);
            fields.push(Field::new(&*id.what, Some(title), Held::Text(standing(status))));
        }
    }
    fields
}

/// The areas that it is most like, where the catalogue has them found.
fn twins(context: &Context, area: &Area) -> Option<Vec<String>> {
    let period = context.publication.periods("twins", &area.id).last().copied()?;
    match context.publication.get(&ValueId::own("twins", &area.id, period)) {
        State::Shown(Fact::Areas(twins)) => Some(twins.iter().map(AreaId::to_string).collect()),
        _ => None,
    }
}
