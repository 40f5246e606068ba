//! A fingerprint of an area's outline: the same for the same ground, however a program has written its rings.

use geo_types::{LineString, MultiPolygon};
use sha2::{Digest, Sha256};

/// A corner in whole centimetres: finer differences come from the arithmetic of projections, not from the ground.
type Corner = (i64, i64);

/// The hash of an outline's corners. Where a ring begins, which way it runs, and the order of rings do not count.
pub(super) fn fingerprint(outline: &MultiPolygon<f64>) -> String {
    let mut polygons: Vec<(Vec<Corner>, Vec<Vec<Corner>>)> = outline
        .iter()
        .map(|polygon| {
            let mut holes: Vec<_> = polygon.interiors().iter().map(ring).collect();
            holes.sort();
            (ring(polygon.exterior()), holes)
        })
        .collect();
    polygons.sort();
    let mut hash = Sha256::new();
    let mut write = |mark: &str, ring: &[Corner]| {
        hash.update(mark);
        ring.iter().for_each(|(x, y)| hash.update(format!("{x} {y},")));
    };
    for (exterior, holes) in &polygons {
        write("outline ", exterior);
        holes.iter().for_each(|hole| write("hole ", hole));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The corners of a ring without the closing one, counter-clockwise, from the one with which the list comes first in order.
fn ring(line: &LineString<f64>) -> Vec<Corner> {
    let centimetres = |metres: f64| (metres * 100.0).round() as i64;
    let mut corners: Vec<Corner> = line.coords().map(|at| (centimetres(at.x), centimetres(at.y))).collect();
    corners.dedup();
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    if twice_the_area(&corners) < 0 {
        corners.reverse();
    }
    let from = |start: usize| corners[start..].iter().chain(&corners[..start]);
    match (0..corners.len()).min_by(|a, b| from(*a).cmp(from(*b))) {
        Some(start) => from(start).copied().collect(),
        None => corners,
    }
}

/// By the shoelace formula: negative where the ring runs clockwise.
fn twice_the_area(corners: &[Corner]) -> i128 {
    let next = corners.iter().cycle().skip(1);
    let cross =
        |(a, b): (&Corner, &Corner)| i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1);
    corners.iter().zip(next).map(cross).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Polygon, coord};

    fn outline(corners: &[(f64, f64)]) -> MultiPolygon<f64> {
        let line = corners.iter().map(|(x, y)| coord! { x: *x, y: *y }).collect();
        MultiPolygon::new(vec![Polygon::new(line, Vec::new())])
    }

    #[test]
    fn the_same_ground_has_one_fingerprint_however_its_ring_is_written() {
        let square = fingerprint(&outline(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]));
        // sha256sum of `outline 0 0,1000 0,1000 1000,0 1000,`
        assert_eq!(square, "753dc22df358d73293c517f6e3f612cfd990bb165df44e7737633fcb7738b97c");
        let turned = [(10.0, 10.0), (0.0, 10.0), (0.0, 0.0), (10.0, 0.0)];
        let mut backwards = turned;
        backwards.reverse();
        let nearly = [(0.0, 0.0), (10.0, 0.0), (10.003, 9.999), (0.001, 10.0)];
        for same in [turned, backwards, nearly] {
            assert_eq!(fingerprint(&outline(&same)), square);
        }
        let moved = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.01), (0.0, 10.0)];
        assert_ne!(fingerprint(&outline(&moved)), square);
    }
}
