//! The areas as a GeoPackage: a layer for each layer of areas, with the indicators of its reports.

use std::{collections::BTreeSet, path::Path};

use super::fields::{self, Held, held};
use crate::{
    catalogue::{RESIDENTS, Report},
    ids::{IndicatorId, LayerId},
    reports::context::Context,
    sources::{
        Area,
        export::{Cell, ExportError, Field, Holds, Kind, Layer, Package, write_gpkg},
    },
};

/// Writes the file. Its date is the edition's.
pub(super) fn write(context: &Context, file: &Path) -> Result<(), ExportError> {
    let about = &context.catalogue.about;
    let day = format!("{}-01", about.edition);
    let package = Package { epsg: about.crs.epsg.cast_signed(), day: &day };
    let layers: Vec<Layer> =
        context.places.layers.iter().map(|(id, areas)| layer(context, id, areas)).collect();
    write_gpkg(file, &package, &layers)
}

fn layer(context: &Context, id: &LayerId, areas: &[Area]) -> Layer {
    let printed = printed(context, id);
    let wanted = |indicator: &IndicatorId| printed.is_empty() || printed.contains(indicator);
    let mut fields: Vec<Field> = Vec::new();
    let held: Vec<Vec<fields::Field>> = areas.iter().map(|area| held(context, area, &wanted)).collect();
    for field in held.iter().flatten() {
        if !fields.iter().any(|known| *known.name == field.name) {
            let holds = if matches!(field.held, Held::Number(_)) { Holds::Real } else { Holds::Text };
            fields.push(Field { name: field.name.clone().into(), holds, title: field.title.clone() });
        }
    }
    let cells = |held: Vec<fields::Field>| {
        let of = |field: &Field| held.iter().find(|held| held.name == field.name).map_or(Cell::None, cell);
        fields.iter().map(of).collect()
    };
    let features = areas.iter().zip(held);
    let features = features.map(|(area, held)| (area.geometry.clone().into(), cells(held))).collect();
    let title = context.catalogue.areas.get(id).map(|layer| context.text(&layer.title).to_string());
    Layer {
        name: id.to_string().into(),
        title: title.unwrap_or_default(),
        kind: Kind::MultiPolygon,
        fields,
        features,
    }
}

fn cell(field: &fields::Field) -> Cell {
    match &field.held {
        Held::Text(text) => Cell::Text(text.clone()),
        Held::Areas(areas) => Cell::Text(areas.join(", ")),
        Held::Number(number) => number.map_or(Cell::None, |number| Cell::Real(number.to_f64())),
    }
}

/// The indicators of the reports about a layer's areas; none if there is no such report.
fn printed<'a>(context: &Context<'a>, layer: &LayerId) -> BTreeSet<&'a IndicatorId> {
    let about = |report: &&Report| report.one_per.iter().any(|of| of.value == *layer);
    let reports = context.catalogue.reports.iter().map(|(_, report)| report).filter(about);
    let mut printed: BTreeSet<&IndicatorId> =
        reports.flat_map(|report| &report.indicators).map(|id| &id.value).collect();
    if !printed.is_empty() {
        printed.extend(context.catalogue.indicators.get_key_value(RESIDENTS).map(|(id, _)| &id.value));
    }
    printed
}
