//! From a row to its area: address → point → polygon, a point of its own, a square of the Danish grid, or an area key.

use std::collections::BTreeMap;

use geo::{BoundingRect, Intersects};
use geo_types::{Coord, Point};
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use super::places::{Area, Places};
use crate::ids::{AreaId, LayerId};

type Box2 = GeomWithData<Rectangle<[f64; 2]>, u32>;

/// Finds the areas of points, layer by layer.
pub(super) struct Locator<'a> {
    layers: Vec<Layer<'a>>,
    ids: BTreeMap<&'a AreaId, (usize, u32)>,
}

struct Layer<'a> {
    id: &'a LayerId,
    areas: &'a [Area],
    boxes: RTree<Box2>,
}

/// For every layer (sorted by id) the area of every row, as its index in `Places::layers`.
pub(super) type Placed = Vec<Vec<Option<u32>>>;

impl<'a> Locator<'a> {
    /// Indexes the boxes of all areas.
    pub fn new(places: &'a Places) -> Self {
        let layers: Vec<Layer<'a>> = places.layers.iter().map(|(id, areas)| Layer::new(id, areas)).collect();
        let mut ids: BTreeMap<&AreaId, (usize, u32)> = layers
            .iter()
            .enumerate()
            .flat_map(|(layer, Layer { areas, .. })| {
                areas.iter().zip(0..).map(move |(area, i)| (&area.id, (layer, i)))
            })
            .collect();
        let joined: Vec<_> =
            places.clusters.iter().filter_map(|(area, cluster)| Some((area, *ids.get(cluster)?))).collect();
        ids.extend(joined);
        Self { layers, ids }
    }

    /// The ids of the layers, in the order of [`Placed`].
    pub fn layers(&self) -> impl Iterator<Item = &'a LayerId> + '_ {
        self.layers.iter().map(|layer| layer.id)
    }

    /// Places points; `None` is no point.
    pub fn points(&self, points: &[Option<Coord<f64>>]) -> Placed {
        use rayon::prelude::*;
        let place = |layer: &Layer<'_>| {
            points.par_iter().map(|point| point.and_then(|point| layer.find(point))).collect()
        };
        self.layers.iter().map(place).collect()
    }

    /// Places rows by the ids of areas, which are unique over all layers.
    pub fn keys<'k>(&self, keys: impl ExactSizeIterator<Item = Option<&'k str>>) -> Placed {
        let mut placed: Placed = vec![vec![None; keys.len()]; self.layers.len()];
        for (row, key) in keys.enumerate() {
            if let Some((layer, area)) = key.and_then(|key| self.ids.get(&AreaId::from(key))) {
                placed[*layer][row] = Some(*area);
            }
        }
        placed
    }
}

impl<'a> Layer<'a> {
    fn new(id: &'a LayerId, areas: &'a [Area]) -> Self {
        let boxes = areas.iter().zip(0..).filter_map(|(area, i)| {
            let rect = area.geometry.bounding_rect()?;
            Some(Box2::new(Rectangle::from_corners(rect.min().into(), rect.max().into()), i))
        });
        Self { id, areas, boxes: RTree::bulk_load(boxes.collect()) }
    }

    /// The area that a point lies in; on a common border the one with the lowest id (areas are sorted by id).
    fn find(&self, point: Coord<f64>) -> Option<u32> {
        let envelope = AABB::from_point([point.x, point.y]);
        self.boxes
            .locate_in_envelope_intersecting(&envelope)
            .map(|found| found.data)
            .filter(|i| self.areas[*i as usize].geometry.intersects(&Point::from(point)))
            .min()
    }
}

/// The centre of a square of the Danish grid (Det Danske Kvadratnet), in metres of UTM zone 32. The name gives size, northing
/// and easting of its south-western corner: `100m_61768_6435`.
pub(super) fn cell_centre(name: &str) -> Option<Coord<f64>> {
    let mut parts = name.split('_');
    let (size, north, east) = (parts.next()?, parts.next()?, parts.next()?);
    let (size, digits) = match size {
        "100m" => (100.0, 5),
        "1km" => (1_000.0, 4),
        "10km" => (10_000.0, 3),
        _ => return None,
    };
    let number = |text: &str, len: usize| (text.len() == len).then(|| text.parse::<u32>().ok())?;
    let (north, east) = (number(north, digits)?, number(east, digits - 1)?);
    parts
        .next()
        .is_none()
        .then_some(Coord { x: (f64::from(east) + 0.5) * size, y: (f64::from(north) + 0.5) * size })
}

#[cfg(test)]
mod tests {
    use geo_types::{MultiPolygon, polygon};

    use super::*;

    fn square(id: &str, x: f64) -> Area {
        let shape = polygon![(x: x, y: 0.0), (x: x + 10.0, y: 0.0), (x: x + 10.0, y: 10.0), (x: x, y: 10.0)];
        Area {
            id: id.into(),
            layer: "estates".into(),
            name: id.into(),
            short_name: id.into(),
            geometry: MultiPolygon(vec![shape]),
        }
    }

    fn places() -> Places {
        let districts = vec![square("west", -10.0)];
        let estates = vec![square("a", 10.0), square("b", 0.0)];
        Places {
            layers: BTreeMap::from([("districts".into(), districts), ("estates".into(), estates)]),
            ..Places::default()
        }
    }

    #[test]
    fn a_point_on_a_common_border_belongs_to_the_lowest_id() {
        let places = places();
        let locator = Locator::new(&places);
        let points = [(5.0, 5.0), (10.0, 5.0), (15.0, 10.0), (99.0, 5.0), (0.0, 1.0)]
            .map(|(x, y)| Some(Coord { x, y }));
        let placed = locator.points(&points);
        assert_eq!(locator.layers().map(LayerId::as_str).collect::<Vec<_>>(), ["districts", "estates"]);
        assert_eq!(placed[1], [Some(1), Some(0), Some(0), None, Some(1)]);
        assert_eq!(placed[0], [None, None, None, None, Some(0)]);
        assert_eq!(locator.points(&[None])[1], [None]);
    }

    #[test]
    fn a_key_is_looked_up_in_every_layer() {
        let places = places();
        let placed = Locator::new(&places).keys([Some("b"), Some("west"), Some("x"), None].into_iter());
        assert_eq!(placed[1], [Some(1), None, None, None]);
        assert_eq!(placed[0], [None, Some(0), None, None]);
    }

    #[test]
    fn a_grid_square_names_its_corner_north_first() {
        // The squares that Danmarks Adressers Web API gives for an address at 723743.16, 6175322.16.
        let inside = |name: &str, half: f64| {
            let centre = cell_centre(name).expect("a square");
            (centre.x - 723_743.16).abs() <= half && (centre.y - 6_175_322.16).abs() <= half
        };
        assert!(inside("100m_61753_7237", 50.0));
        assert!(inside("1km_6175_723", 500.0));
        assert!(inside("10km_617_72", 5_000.0));
        assert_eq!(cell_centre("100m_7237_61753"), None);
        assert_eq!(cell_centre("1620"), None);
    }
}
