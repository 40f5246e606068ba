//! Roads drawn for a map cross without a common vertex. Where the catalogue says that its lines meet where they cross, they are
//! cut there, and where one ends on another.

use rstar::RTree;

use super::pieces::Segment;

/// A line that ends so near to another, in metres, ends on it.
const TOUCH: f64 = 1.0;

/// The segments, cut where they meet.
pub(super) fn cut(segments: &[Segment]) -> Vec<Segment> {
    let numbered: Vec<Segment> = (0..)
        .zip(segments)
        .filter(|(_, segment)| segment.from != segment.to)
        .map(|(number, segment)| Segment { number, ..*segment })
        .collect();
    let tree = RTree::bulk_load(numbered.clone());
    let mut pieces = Vec::new();
    for segment in &numbered {
        let mut cuts = vec![(0.0, segment.from), (1.0, segment.to)];
        for other in tree.locate_in_envelope_intersecting(&segment.around(TOUCH)) {
            if other.number != segment.number {
                cuts.extend(meetings(segment, other));
            }
        }
        cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let cut = |pair: &[(f64, [f64; 2])]| Segment { from: pair[0].1, to: pair[1].1, number: 0 };
        pieces.extend(cuts.windows(2).map(cut).filter(|piece| piece.from != piece.to));
    }
    pieces
}

/// Where a segment must be cut for another: how far along, and at which point.
fn meetings(segment: &Segment, other: &Segment) -> Vec<(f64, [f64; 2])> {
    let ends = [other.from, other.to].into_iter().filter(|end| {
        let near = segment.at(segment.nearest(*end));
        (near[0] - end[0]).hypot(near[1] - end[1]) <= TOUCH
    });
    let mut found: Vec<(f64, [f64; 2])> = ends.map(|end| (segment.nearest(end), end)).collect();
    if found.is_empty() {
        // In one order for both, so that both are cut at the same point to the last bit.
        let (a, b) = if segment.number < other.number { (segment, other) } else { (other, segment) };
        found.extend(crossing(a, b).map(|point| (segment.nearest(point), point)));
    }
    found
}

/// The point in which two segments cross.
fn crossing(a: &Segment, b: &Segment) -> Option<[f64; 2]> {
    let way = |s: &Segment| [s.to[0] - s.from[0], s.to[1] - s.from[1]];
    let cross = |a: [f64; 2], b: [f64; 2]| a[0] * b[1] - a[1] * b[0];
    let (r, s, between) = (way(a), way(b), [b.from[0] - a.from[0], b.from[1] - a.from[1]]);
    let turn = cross(r, s);
    if turn == 0.0 {
        return None;
    }
    let (along_a, along_b) = (cross(between, s) / turn, cross(between, r) / turn);
    let inside = |along: f64| (0.0..=1.0).contains(&along);
    (inside(along_a) && inside(along_b)).then(|| a.at(along_a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(from: [f64; 2], to: [f64; 2]) -> Segment {
        Segment { from, to, number: 0 }
    }

    #[test]
    fn lines_are_cut_where_they_cross_and_where_one_ends_on_another() {
        let lines = [
            segment([0.0, 0.0], [100.0, 0.0]),
            segment([50.0, -60.0], [50.0, 60.0]),
            segment([80.0, 0.5], [80.0, 40.0]),
            segment([0.0, 10.0], [40.0, 10.0]),
        ];
        let cut: Vec<_> = cut(&lines).into_iter().map(|piece| (piece.from, piece.to)).collect();
        assert_eq!(
            cut,
            [
                ([0.0, 0.0], [50.0, 0.0]),
                ([50.0, 0.0], [80.0, 0.5]),
                ([80.0, 0.5], [100.0, 0.0]),
                ([50.0, -60.0], [50.0, 0.0]),
                ([50.0, 0.0], [50.0, 60.0]),
                ([80.0, 0.5], [80.0, 40.0]),
                ([0.0, 10.0], [40.0, 10.0]),
            ]
        );
    }
}
