//! Where things are: the areas of every layer and the map's backdrop, all in the catalogue's metric CRS.

use std::collections::BTreeMap;

use geo_types::{Geometry, MultiPolygon, Rect};

use crate::ids::{AreaId, LayerId};

/// All geometry of one run. Holds public data only.
#[derive(Default)]
pub struct Places {
    /// The areas of each layer, sorted by id.
    pub layers: BTreeMap<LayerId, Vec<Area>>,
    /// The cluster of each area that the catalogue joins into one: rows with its id are the cluster's.
    pub clusters: BTreeMap<AreaId, AreaId>,
    /// Other versions of boundaries: the areas of each layer that is one, sorted by id. They have no pages and no map.
    pub versions: BTreeMap<LayerId, Vec<Area>>,
    /// The area that each of them is a version of.
    pub version_of: BTreeMap<AreaId, AreaId>,
    /// Map layers by their role in the drawing (`sea`, `roads`, …), in file order.
    pub backdrop: BTreeMap<String, Vec<Feature>>,
}

/// One delimited area.
pub struct Area {
    /// Its id, unique over all layers.
    pub id: AreaId,
    /// The layer it belongs to.
    pub layer: LayerId,
    /// The name as printed.
    pub name: String,
    /// The name for tight places; the name itself when no shorter one is declared.
    pub short_name: String,
    /// Its outline, metres.
    pub geometry: MultiPolygon<f64>,
}

/// One shape of the backdrop.
pub struct Feature {
    /// Point, line or polygon, metres.
    pub geometry: Geometry<f64>,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its class (`ring`, `main`, `local`; `slab`, `house`; `station`, `school`), if it has one.
    pub class: Option<String>,
}

impl Places {
    /// Every layer that rows are placed in, other versions of boundaries last.
    pub fn all_layers(&self) -> impl Iterator<Item = (&LayerId, &Vec<Area>)> {
        self.layers.iter().chain(&self.versions)
    }

    /// The area with this id, in whatever layer.
    pub fn area(&self, id: &AreaId) -> Option<&Area> {
        self.layers
            .values()
            .find_map(|areas| areas.binary_search_by(|area| area.id.cmp(id)).ok().map(|i| &areas[i]))
    }

    /// The areas of a layer, sorted by id; empty if the layer is unknown.
    pub fn layer(&self, id: &LayerId) -> &[Area] {
        self.layers.get(id).map_or(&[], Vec::as_slice)
    }

    /// The features of a backdrop role; empty if the catalogue declares none.
    pub fn backdrop(&self, role: &str) -> &[Feature] {
        self.backdrop.get(role).map_or(&[], Vec::as_slice)
    }

    /// The box around all areas of all layers.
    pub fn extent(&self) -> Option<Rect<f64>> {
        use geo::BoundingRect;
        self.layers.values().flatten().filter_map(|area| area.geometry.bounding_rect()).reduce(|a, b| {
            Rect::new(
                (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
                (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
            )
        })
    }
}
