//! From a row to its area: address → point → polygon, a point of its own, a square of the Danish grid, or an area key.

use std::collections::BTreeMap;

use geo::{BoundingRect, Intersects};
use geo_types::{Coord, Point, Rect};

use super::places::{Area, Places};
use crate::ids::{AreaId, LayerId};

/// Finds the areas of points, layer by layer.
pub(super) struct Locator<'a> {
    layers: Vec<Layer<'a>>,
    ids: BTreeMap<&'a AreaId, (usize, u32)>,
}

struct Layer<'a> {
    id: &'a LayerId,
    areas: &'a [Area],
    raster: Raster,
}

/// A layer's ground in squares: millions of points are placed, and the few areas near each are at hand at once.
struct Raster {
    origin: Coord<f64>,
    /// The size of a square.
    step: Coord<f64>,
    columns: usize,
    /// By row and column, the areas whose boxes reach into the square, ascending, with their boxes.
    squares: Vec<Vec<(u32, Rect<f64>)>>,
}

/// For every layer, as in `Places::all_layers`, the area of every row: its index there.
pub(super) type Placed = Vec<Vec<Option<u32>>>;

impl<'a> Locator<'a> {
    /// Lays a raster over the areas of every layer.
    pub fn new(places: &'a Places) -> Self {
        let layers: Vec<Layer<'a>> = places.all_layers().map(|(id, areas)| Layer::new(id, areas)).collect();
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
        Self { id, areas, raster: Raster::new(areas) }
    }

    /// The area that a point lies in; on a common border the one with the lowest id (areas are sorted by id).
    fn find(&self, point: Coord<f64>) -> Option<u32> {
        let inside = |rect: &Rect<f64>| {
            let (min, max) = (rect.min(), rect.max());
            min.x <= point.x && point.x <= max.x && min.y <= point.y && point.y <= max.y
        };
        let mut near = self.raster.near(point).iter().filter(|(_, rect)| inside(rect)).map(|(area, _)| *area);
        near.find(|area| self.areas[*area as usize].geometry.intersects(&Point::from(point)))
    }
}

impl Raster {
    /// About four squares for every area.
    fn new(areas: &[Area]) -> Self {
        let boxes: Vec<(u32, Rect<f64>)> = (0..)
            .zip(areas)
            .filter_map(|(number, area)| Some((number, area.geometry.bounding_rect()?)))
            .collect();
        let corners = || boxes.iter().flat_map(|(_, rect)| [rect.min(), rect.max()]);
        let start = Coord { x: f64::INFINITY, y: f64::INFINITY };
        let origin = corners().fold(start, |low, at| Coord { x: low.x.min(at.x), y: low.y.min(at.y) });
        let end = corners().fold(origin, |high, at| Coord { x: high.x.max(at.x), y: high.y.max(at.y) });
        let columns = ((4.0 * boxes.len() as f64).sqrt().ceil() as usize).clamp(1, 1_000);
        let size = |length: f64| (length / columns as f64).max(1e-9);
        let step = Coord { x: size(end.x - origin.x), y: size(end.y - origin.y) };
        let mut raster = Self { origin, step, columns, squares: vec![Vec::new(); columns * columns] };
        for (number, rect) in boxes {
            let ((west, south), (east, north)) = (raster.square(rect.min()), raster.square(rect.max()));
            for row in south..=north {
                for column in west..=east {
                    raster.squares[row * columns + column].push((number, rect));
                }
            }
        }
        raster
    }

    /// Column and row of the square that a point lies in; beside the raster, the nearest.
    fn square(&self, point: Coord<f64>) -> (usize, usize) {
        // A negative or undefined number becomes 0.
        let place = |distance: f64, step: f64| ((distance / step) as usize).min(self.columns - 1);
        (place(point.x - self.origin.x, self.step.x), place(point.y - self.origin.y, self.step.y))
    }

    /// The areas near a point, ascending.
    fn near(&self, point: Coord<f64>) -> &[(u32, Rect<f64>)] {
        let (column, row) = self.square(point);
        &self.squares[row * self.columns + column]
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
    fn the_raster_finds_what_a_look_at_every_area_finds() {
        let areas: Vec<Area> =
            (0..40).map(|n| square(&format!("{n:02}"), f64::from(n * 7 % 40) * 6.0)).collect();
        let layer_id = LayerId::from("estates");
        let layer = Layer::new(&layer_id, &areas);
        for step in 0..2_000 {
            let point = Coord { x: f64::from(step) * 0.13 - 9.0, y: f64::from(step % 25) * 0.5 - 1.0 };
            let first = areas.iter().position(|area| area.geometry.intersects(&Point::from(point)));
            assert_eq!(layer.find(point), first.map(|area| area as u32), "{point:?}");
        }
        assert_eq!(Layer::new(&layer_id, &[]).find(Coord { x: 1.0, y: 1.0 }), None);
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
