//! `distance:` how far it is from where people live to the nearest of something.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form};
use crate::{
    catalogue::{At, LocatedBy, Unit, area::ROLES, base::is_shipped, check::Checker, source_of},
    diagnostics::Diagnostic,
    ids::PopulationId,
};

/// How far it is to the nearest of something: the median in metres, or the share within a distance.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Distance {
    /// From where: a population of a source located by address or point.
    pub from: At<PopulationId>,
    /// To the nearest of what.
    pub to: Target,
    /// Along which lines; without it in a straight line.
    pub along: Option<Along>,
    /// The share within so many metres; without it the median.
    pub within: Option<At<u32>>,
}

/// What the distance is measured to: the points of a population, or shapes of the map.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Target {
    /// A population of a source located by address or point. Either this or `backdrop`.
    pub population: Option<At<PopulationId>>,
    /// A layer under `backdrop:`: points, lines, or polygons, in which the distance is 0.
    pub backdrop: Option<At<String>>,
    /// Only the shapes of this class.
    pub class: Option<At<String>>,
}

/// What the distance is measured along.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Along {
    /// A layer of lines under `backdrop:`, as `roads`.
    pub backdrop: At<String>,
}

impl Form for Distance {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        let to = self.to.population.as_ref().map(|to| ("to", to));
        std::iter::once(("from", &self.from)).chain(to).collect()
    }

    fn base(&self) -> Option<&At<PopulationId>> {
        Some(&self.from)
    }

    fn points(&self) -> Vec<&At<PopulationId>> {
        std::iter::once(&self.from).chain(&self.to.population).collect()
    }

    fn units(&self) -> Vec<Unit> {
        vec![if self.within.is_some() { Unit::Percent } else { Unit::Metres }]
    }

    fn words(&self) -> String {
        let way = match &self.along {
            Some(along) => format!("along `{}`", along.backdrop),
            None => "in a straight line (luftlinje)".to_string(),
        };
        let to = match (&self.to.population, &self.to.backdrop, &self.to.class) {
            (Some(population), ..) => format!("the nearest of `{population}`"),
            (None, Some(layer), Some(class)) => format!("the nearest `{class}` of `{layer}` on the map"),
            (None, layer, _) => {
                format!("the nearest of `{}` on the map", layer.as_ref().map_or("", |layer| layer.as_str()))
            }
        };
        match &self.within {
            Some(metres) => format!("share in per cent within {metres} metres {way} of {to}"),
            None => format!("median distance in metres {way} to {to}"),
        }
    }
}

impl Distance {
    /// The layers of the map that it needs.
    pub fn map_layers(&self) -> impl Iterator<Item = &At<String>> {
        self.to.backdrop.iter().chain(self.along.iter().map(|along| &along.backdrop))
    }

    pub(super) fn check(&self, entry: &Entry, checker: &mut Checker) {
        for population in self.points() {
            check_has_points(population, checker);
        }
        match (&self.to.population, &self.to.backdrop) {
            (Some(_), None) => {
                if let Some(class) = &self.to.class {
                    let hint =
                        "choose rows of a population with its `where:`; `class` is for shapes of the map";
                    checker.wrong("bad-target", "a population has no class", &class.place, hint);
                }
            }
            (None, Some(layer)) => {
                check_layer(layer, checker);
                self.check_class(layer, checker);
            }
            _ => {
                let hint = "write either `to: { population: … }` or `to: { backdrop: …, class: … }`";
                checker.wrong("bad-target", "it is not clear what the distance is to", entry.place, hint);
            }
        }
        if let Some(along) = &self.along {
            check_layer(&along.backdrop, checker);
        }
        if let Some(within) = self.within.as_ref().filter(|within| within.value == 0) {
            let hint = "write a number of metres, as `within: 500`";
            checker.wrong("bad-number", "nobody lives within 0 metres", &within.place, hint);
        }
    }

    fn check_class(&self, layer: &At<String>, checker: &mut Checker) {
        let Some(class) = &self.to.class else { return };
        let declared = checker.written.backdrop.get(&layer.value);
        if declared.is_some_and(|declared| declared.class.is_none()) {
            let hint = format!("say which column has it: `backdrop: {{ {layer}: {{ …, class: COLUMN }} }}`");
            checker.wrong("bad-target", format!("the shapes of `{layer}` have no class"), &class.place, hint);
        }
    }
}

/// Distances are between points: those of a source's own coordinates, or of its addresses.
fn check_has_points(population: &At<PopulationId>, checker: &mut Checker) {
    let written = checker.written;
    let source = source_of(&written.populations, &population.value);
    let Some((id, declared)) = source.and_then(|id| Some((id, written.sources.get(id)?))) else { return };
    let by = declared.located_by.as_deref();
    if !matches!(by, Some(LocatedBy::Address(_) | LocatedBy::Point(_))) {
        let message = format!("the rows of `{population}` have no coordinates");
        let hint = format!(
            "a distance needs points; give `{id}` a `located-by: {{ point: … }}` or `{{ address: … }}`"
        );
        checker.wrong("no-coordinates", message, &population.place, hint);
    }
}

/// A layer of the map must be declared. Entries of the base wait for a municipality that has it.
fn check_layer(layer: &At<String>, checker: &mut Checker) {
    if is_shipped(&layer.place) && ROLES.contains(&layer.as_str()) {
        return;
    }
    let declared: Vec<&str> = checker.written.backdrop.ids().map(String::as_str).collect();
    if !declared.contains(&layer.as_str()) {
        let message = format!("`{layer}` is not a layer of the map");
        let named = if declared.is_empty() {
            "`backdrop:` declares none".to_string()
        } else {
            format!("`backdrop:` declares {}", declared.join(", "))
        };
        let error = Diagnostic::error("unknown-map-layer", message, &layer.place)
            .did_you_mean(layer, declared.iter().copied())
            .hint(named);
        checker.push(error);
    }
}
