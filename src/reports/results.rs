//! Open results: `values.csv`, `status.csv` and `areas.geojson`, exactly what was published and nothing else.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{
    context::Context,
    subject::{decimal, shown, state_word},
};
use crate::{
    catalogue::{Criterion, Date, Family, Mechanism, RuleSet},
    compute::{Fact, Missing, Standing, State, Status, Verdict, prefixed},
    ids::{AreaId, FamilyId, LayerId, Period, RuleSetId, ValueId},
    numbers::Decimal,
    sources::Area,
};

const VALUES: [&str; 15] = [
    "area",
    "layer",
    "indicator",
    "period",
    "value",
    "lower",
    "upper",
    "part",
    "whole",
    "state",
    "reason",
    "comparator",
    "verdict",
    "id",
    "years",
];
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
/// Decimals of coordinates, metres: a centimetre.
const CENTIMETRES: f64 = 100.0;

/// `values.csv`: one row a published value of an indicator.
pub(super) fn values(context: &Context) -> String {
    let layers = layers(context);
    let mut csv = Csv::new(&VALUES);
    for (id, state) in context.publication.facts() {
        if !context.catalogue.indicators.contains(&*id.what) {
            continue;
        }
        let (lower, upper, part, whole, years) = match state {
            State::Shown(Fact::Value(value)) => {
                let (lower, upper) = value.interval.unzip();
                (lower, upper, value.part, value.whole, value.years.to_string())
            }
            _ => (None, None, None, None, String::new()),
        };
        let verdict = id.against.as_ref().and_then(|_| verdict(context, id));
        csv.row([
            id.area.to_string(),
            layers.get(&id.area).map(ToString::to_string).unwrap_or_default(),
            id.what.to_string(),
            id.period.to_string(),
            number(shown(decimal(state))),
            number(lower),
            number(upper),
            number(part),
            number(whole),
            state_word(state).to_string(),
            reason(state),
            id.against.as_ref().map(ToString::to_string).unwrap_or_default(),
            verdict.unwrap_or_default(),
            id.to_string(),
            years,
        ]);
    }
    csv.text
}

/// `status.csv`: one row a criterion of an area on a list, and one with the status. Distances in their own unit are those of the
/// latest list: to a criterion's limit by the mechanism that takes the fewest, on the row of the status to the residents that
/// the law asks for.
pub(super) fn status(context: &Context) -> String {
    families(context, |family| family.is_public())
}

/// `own-rules.csv`: the same of the municipality's own rules, as long as they are for its own use.
pub(super) fn own_rules(context: &Context) -> Option<String> {
    let own = |family: &Family| !family.is_public();
    context.catalogue.families.iter().any(|(_, family)| own(family)).then(|| families(context, own))
}

fn families(context: &Context, wanted: impl Fn(&Family) -> bool) -> String {
    let mut csv = Csv::new(&STATUS);
    for (family, _) in context.catalogue.families.iter().filter(|(_, family)| wanted(family)) {
        for area in context.places.layers.values().flatten() {
            for period in context.publication.periods(family.as_str(), &area.id) {
                let Some(date) = context.overview.list_day(&family.value, period.year()) else { continue };
                let rules = context.catalogue.rule_set_for(&family.value, date);
                status_rows(context, &family.value, area, (period, date), rules, &mut csv);
            }
        }
    }
    csv.text
}

fn status_rows(
    context: &Context,
    family: &FamilyId,
    area: &Area,
    (period, date): (Period, Date),
    rules: Option<(&RuleSetId, &RuleSet)>,
    csv: &mut Csv,
) {
    let start = || {
        let rule_set = rules.map(|(id, _)| id.to_string()).unwrap_or_default();
        BTreeMap::from([
            ("area", area.id.to_string()),
            ("layer", area.layer.to_string()),
            ("rule_set", rule_set),
            ("list_date", date.to_string()),
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
        row.insert("criterion", criterion.to_string());
        row.insert("value", number(shown(decimal(state))));
        row.insert("limit", number(shown(decimal(about("limit")))));
        row.insert("distance_points", number(shown(decimal(about("distance")))));
        if let State::Shown(Fact::Met(met)) = about("met") {
            row.insert("met", met.to_string());
        }
        if let State::Shown(Fact::Needed(needed)) = about("next") {
            row.insert("next_data_year", needed.open.to_string());
            row.insert("next_limit", needed.value.to_string());
        }
        if let Some(mechanism) = nearest(declared) {
            let amount = |kind: &str| about(&format!("{kind}/{}", mechanism.word()));
            let upper = declared.is.is_upper();
            distance(&mut row, "distance", amount("amount"), upper);
            distance(&mut row, "next_distance", amount("next"), upper);
        }
        end(row, state, &id, csv);
    }
    let id = at(family.to_string());
    let state = context.publication.get(&id);
    let mut row = start();
    if let State::Shown(Fact::Status(status)) = state {
        row.insert("status", standing(status));
    }
    for mechanism in [Mechanism::MovesOut, Mechanism::MovesIn] {
        let amount = at(format!("{family}/residents/amount/{}", mechanism.word()));
        distance(&mut row, "distance", context.publication.get(&amount), true);
    }
    end(row, state, &id, csv);
}

/// The mechanism that takes the fewest: a change of state, or incomes.
fn nearest(criterion: &Criterion) -> Option<Mechanism> {
    let declared = || criterion.mechanisms.iter().map(|mechanism| mechanism.value);
    let still = |m: &Mechanism| matches!(m, Mechanism::StateChange | Mechanism::Approval | Mechanism::Income);
    declared().find(still).or_else(|| declared().next())
}

/// A distance in its own unit: above 0 over the limit, below 0 under it; `<5` and `>-5` where it is fewer than five.
fn distance(row: &mut BTreeMap<&str, String>, column: &'static str, state: &State<Fact>, upper: bool) {
    let State::Shown(Fact::Amount(amount)) = state else { return };
    let over = amount.met == upper;
    let text = match amount.number {
        Some(number) => if over { number } else { -number }.to_string(),
        None => if over { "<5" } else { ">-5" }.to_string(),
    };
    row.insert(column, text);
    row.insert("unit", amount.counts.word().to_string());
}

fn end(mut row: BTreeMap<&str, String>, state: &State<Fact>, id: &ValueId, csv: &mut Csv) {
    row.insert("state", state_word(state).to_string());
    row.insert("reason", reason(state));
    row.insert("id", id.to_string());
    csv.row(STATUS.map(|column| row.remove(column).unwrap_or_default()));
}

/// A status as files write it; our own computation says so.
fn standing(status: &Status) -> String {
    let word = match &status.status {
        Standing::On(status) => status.to_string(),
        Standing::NotListed => "not-listed".to_string(),
        Standing::TooFewResidents => "too-few-residents".to_string(),
        Standing::CannotTell => "cannot-tell".to_string(),
    };
    if status.official { word } else { format!("{word} (own)") }
}

/// `areas.geojson`: every outline, with the latest published value of each indicator and the status. In the catalogue's
/// metric coordinates, which the file names.
pub(super) fn geojson(context: &Context) -> String {
    let mut features = String::new();
    for area in context.places.layers.values().flatten() {
        if !features.is_empty() {
            features.push_str(",\n");
        }
        let feature = json!({ "type": "Feature", "id": area.id.as_str(), "properties": properties(context, area), "geometry": geometry(area) });
        features.push_str(&feature.to_string());
    }
    let crs = context.catalogue.about.crs.to_string().replace(':', "::");
    let crs = json!({ "type": "name", "properties": { "name": format!("urn:ogc:def:crs:{crs}") } });
    format!("{{\"type\":\"FeatureCollection\",\"crs\":{crs},\"features\":[\n{features}\n]}}\n")
}

fn properties(context: &Context, area: &Area) -> Json {
    let mut properties = Map::new();
    properties.insert("area".into(), area.id.as_str().into());
    properties.insert("layer".into(), area.layer.as_str().into());
    properties.insert("name".into(), area.name.as_str().into());
    for indicator in context.catalogue.indicators.ids() {
        let Some(period) = context.overview.latest(&area.layer, indicator) else { continue };
        let state = context.publication.get(&ValueId::own(indicator.as_str(), &area.id, period));
        let value = shown(decimal(state)).map_or(Json::Null, |value| json!(value.to_f64()));
        properties.insert(indicator.to_string(), value);
        properties.insert(format!("{indicator}/period"), period.to_string().into());
        properties.insert(format!("{indicator}/state"), state_word(state).into());
    }
    let twins = context.publication.periods("twins", &area.id).last().copied();
    let twins = twins.map(|period| context.publication.get(&ValueId::own("twins", &area.id, period)));
    if let Some(State::Shown(Fact::Areas(twins))) = twins {
        let twins: Vec<&str> = twins.iter().map(AreaId::as_str).collect();
        properties.insert("twins".into(), twins.into());
    }
    let families = context.catalogue.families.iter().filter(|(_, family)| family.is_public());
    for family in families.map(|(id, _)| &id.value) {
        let Some(year) = context.overview.latest_list(family) else { continue };
        if let State::Shown(Fact::Status(status)) =
            context.publication.get(&ValueId::own(family.as_str(), &area.id, Period::Year(year)))
        {
            properties.insert(family.to_string(), standing(status).into());
        }
    }
    Json::Object(properties)
}

fn geometry(area: &Area) -> Json {
    let point = |c: &geo_types::Coord<f64>| {
        json!([(c.x * CENTIMETRES).round() / CENTIMETRES, (c.y * CENTIMETRES).round() / CENTIMETRES])
    };
    let ring = |line: &geo_types::LineString<f64>| Json::Array(line.0.iter().map(point).collect());
    let polygon = |polygon: &geo_types::Polygon<f64>| {
        Json::Array(std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
    };
    json!({ "type": "MultiPolygon", "coordinates": area.geometry.0.iter().map(polygon).collect::<Vec<_>>() })
}

/// The layer of each area.
pub(super) fn layers<'a>(context: &Context<'a>) -> BTreeMap<&'a AreaId, &'a LayerId> {
    context.places.layers.values().flatten().map(|area| (&area.id, &area.layer)).collect()
}

fn verdict(context: &Context, id: &ValueId) -> Option<String> {
    match context.publication.get(&prefixed("verdict", id)) {
        State::Shown(Fact::Verdict(verdict)) => Some(
            match verdict {
                Verdict::Higher => "higher",
                Verdict::Lower => "lower",
                Verdict::CannotTell => "cannot-tell",
                Verdict::NotJudged => "not-judged",
            }
            .to_string(),
        ),
        _ => None,
    }
}

/// Why a value is missing. A hidden one has no reason.
pub(super) fn reason(state: &State<Fact>) -> String {
    match state {
        State::Missing(Missing::NoData) => "no-data",
        State::Missing(Missing::EmptyBase) => "empty-base",
        State::Missing(Missing::TooSmall) => "too-small",
        State::Missing(Missing::Break) => "break",
        State::Missing(Missing::NoBenchmark) => "no-benchmark",
        State::Missing(Missing::NotReached) => "not-reached",
        State::Missing(Missing::TooFewAreas) => "too-few-areas",
        State::Missing(Missing::TooFewYears) => "too-few-years",
        State::Shown(_) | State::Hidden => "",
    }
    .to_string()
}

/// A number as files write it; empty for none.
pub(super) fn number(number: Option<Decimal>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// Comma-separated text with a head.
pub(super) struct Csv {
    pub text: String,
}

impl Csv {
    pub fn new<T: AsRef<str>>(head: &[T]) -> Self {
        let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
        Self { text: format!("{}\n", head.join(",")) }
    }

    pub fn row(&mut self, fields: impl IntoIterator<Item = String>) {
        let fields: Vec<String> = fields.into_iter().map(|field| quoted(&field)).collect();
        self.text.push_str(&fields.join(","));
        self.text.push('\n');
    }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_string()
    }
}
