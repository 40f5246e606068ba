//! How much ground every area has, in whole square metres.

use geo::Area as _;

use super::raw::Scope;
use crate::{ids::LayerId, sources::Places};

/// The square metres of every area as in [`super::raw::Index`], and of the municipality.
pub(in crate::compute) struct Ground {
    areas: Vec<i128>,
    municipality: i128,
}

impl Ground {
    /// The municipality is the layer that covers it, else the polygon `municipality` of the map.
    pub fn new(places: &Places, covering: Option<&LayerId>) -> Self {
        let metres = |square_metres: f64| square_metres.round() as i128;
        let layers = places.all_layers().flat_map(|(_, areas)| areas);
        let areas = layers.map(|area| metres(area.geometry.unsigned_area())).collect();
        let municipality = match covering {
            Some(layer) => places.layer(layer).iter().map(|area| metres(area.geometry.unsigned_area())).sum(),
            None => {
                places.backdrop("municipality").iter().map(|part| metres(part.geometry.unsigned_area())).sum()
            }
        };
        Self { areas, municipality }
    }

    /// The square metres of a scope; `None` where there is no outline.
    pub fn of(&self, scope: Scope) -> Option<i128> {
        let square_metres = match scope {
            Scope::Area(area) => self.areas[area],
            Scope::Municipality => self.municipality,
            Scope::Rest(area) => self.municipality - self.areas[area],
            Scope::Sum(areas) => areas.iter().map(|area| self.areas[*area]).sum(),
        };
        (square_metres > 0).then_some(square_metres)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use geo_types::{MultiPolygon, Rect};

    use super::*;
    use crate::sources::Area;

    fn area(id: &str, layer: &str, square_metres: f64) -> Area {
        let outline = Rect::new((0.0, 0.0), (100.0, square_metres / 100.0)).to_polygon();
        Area {
            id: id.into(),
            layer: layer.into(),
            name: id.into(),
            short_name: id.into(),
            geometry: MultiPolygon::new(vec![outline]),
        }
    }

    #[test]
    fn the_municipality_is_the_layer_that_covers_it_and_the_rest_is_what_an_area_leaves() {
        let districts = vec![area("d1", "districts", 30_000.4), area("d2", "districts", 20_000.0)];
        let layers = BTreeMap::from([
            ("districts".into(), districts),
            ("estates".into(), vec![area("a", "estates", 12_345.0)]),
        ]);
        let places = Places { layers, ..Places::default() };
        let ground = Ground::new(&places, Some(&"districts".into()));
        assert_eq!(ground.of(Scope::Area(0)), Some(30_000));
        assert_eq!(ground.of(Scope::Municipality), Some(50_000));
        assert_eq!(ground.of(Scope::Rest(2)), Some(37_655));
        assert_eq!(ground.of(Scope::Sum(&[0, 2])), Some(42_345));
        assert_eq!(Ground::new(&places, None).of(Scope::Municipality), None);
    }
}
