//! Borders that two areas share, each once: drawn twice, a dotted line would become a solid one.

use std::collections::BTreeMap;

use geo_types::{Coord, LineString};

use super::line_labels::join;
use crate::sources::Area;

/// A corner, in decimetres: neighbours may differ by rounding.
type Corner = (i64, i64);

/// An edge, by its corners: how many areas have it, and its true ends.
type Edges = BTreeMap<(Corner, Corner), (usize, [Coord<f64>; 2])>;

/// The borders between areas of one layer, as lines in metres.
pub(super) fn shared(areas: &[Area]) -> Vec<LineString<f64>> {
    let corner = |at: Coord<f64>| ((at.x * 10.0).round() as i64, (at.y * 10.0).round() as i64);
    let mut uses = Edges::new();
    for polygon in areas.iter().flat_map(|area| &area.geometry) {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for edge in rings.flat_map(LineString::lines) {
            let (a, b) = (corner(edge.start), corner(edge.end));
            let key = if a < b { (a, b) } else { (b, a) };
            uses.entry(key).or_insert((0, [edge.start, edge.end])).0 += 1;
        }
    }
    let edges = uses.into_values().filter(|(count, _)| *count > 1).map(|(_, edge)| LineString(edge.to_vec()));
    join(edges.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    #[test]
    fn only_the_border_between_two_areas_is_given_and_once() {
        let area = |id: &str, x: f64| {
            Area {
            id: id.into(),
            layer: "districts".into(),
            name: id.into(),
            short_name: id.into(),
            geometry: polygon![
                (x: x, y: 0.0), (x: x + 10.0, y: 0.0), (x: x + 10.0, y: 5.0), (x: x + 10.0, y: 10.0), (x: x, y: 10.0), (x: x, y: 5.0)
            ]
            .into(),
        }
        };
        let lines = shared(&[area("a", 0.0), area("b", 10.0)]);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].0.len(), 3);
        assert!(lines[0].0.iter().all(|at| at.x == 10.0));
    }
}
