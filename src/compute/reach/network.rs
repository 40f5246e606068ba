//! Distances along roads and paths: one search outwards from all targets at once, then every address by its nearest road.
//!
//! Lines meet where they share a vertex; where they only cross (a bridge, a tunnel) they do not, unless the catalogue says that
//! they do. Pieces that lead nowhere are left out. A point joins the nearest road within [`SNAP`] metres: the way to it counts. Lines and polygons as targets join the roads from points along their border.
//!
//! Reference: Dijkstra (1959), Numerische Mathematik 1, 269-271.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

use geo_types::Geometry;
use rstar::{PointDistance, RTree};

use super::{
    crossings::cut,
    pieces::{Pieces, Segment},
};

/// So many metres a point may lie from the nearest road; beyond it has no way.
const SNAP: f64 = 250.0;

/// So many metres apart are the points at which the border of a target may be entered.
const ENTRANCE: f64 = 25.0;

/// Pieces of a network with fewer metres of road than this lead nowhere: drives and bits at the edge of the map.
const BIT: f64 = 500.0;

/// So many vertices to a metre are told apart.
const PER_METRE: f64 = 10.0;

/// A network: vertices, and the segments between them.
pub(super) struct Roads {
    /// For each segment its two ends and its length in millimetres.
    edges: Vec<([usize; 2], u64)>,
    /// For each vertex the segments that meet there.
    at: Vec<Vec<usize>>,
    segments: RTree<Segment>,
    /// The part of all its metres that the largest piece has.
    pub largest: f64,
}

/// A point's nearest road.
struct Joined {
    edge: usize,
    /// Millimetres to the road.
    aside: u64,
    /// Millimetres along it, from its beginning.
    along: u64,
}

/// How far every vertex is from the nearest target.
pub(super) struct Reached<'a> {
    roads: &'a Roads,
    /// Millimetres; `None` where there is no way.
    from: Vec<Option<u64>>,
    /// Targets by the segment that they join.
    joined: HashMap<usize, Vec<Joined>>,
}

impl Roads {
    /// The network of these lines; other shapes are left out. `crossing`: lines meet where they cross.
    pub fn new<'g>(shapes: impl IntoIterator<Item = &'g Geometry<f64>>, crossing: bool) -> Self {
        let lines = shapes.into_iter().filter(|shape| {
            matches!(shape, Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_))
        });
        let segments = Pieces::of(lines).segments;
        let mut segments = if crossing { cut(&segments) } else { segments };
        let largest = keep_what_leads_somewhere(&mut segments);
        let ends = vertices(&segments);
        let lengths = segments.iter().map(|segment| millimetres(segment.length()));
        let edges: Vec<([usize; 2], u64)> = ends.into_iter().zip(lengths).collect();
        let last = edges.iter().flat_map(|(ends, _)| ends).max();
        let mut at = vec![Vec::new(); last.map_or(0, |last| last + 1)];
        for (number, (ends, _)) in edges.iter().enumerate() {
            ends.iter().for_each(|end| at[*end].push(number));
        }
        (0..).zip(&mut segments).for_each(|(number, segment)| segment.number = number);
        Self { edges, at, segments: RTree::bulk_load(segments), largest }
    }

    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// Searches outwards from all pieces of the targets.
    pub fn reached(&self, targets: &Pieces) -> Reached<'_> {
        let mut joined: HashMap<usize, Vec<Joined>> = HashMap::new();
        let mut queue = BinaryHeap::new();
        for target in targets.segments.iter().flat_map(entrances).filter_map(|point| self.join(point)) {
            for (end, way) in self.ends(&target) {
                queue.push(Reverse((way, end)));
            }
            joined.entry(target.edge).or_default().push(target);
        }
        let mut from: Vec<Option<u64>> = vec![None; self.at.len()];
        while let Some(Reverse((way, vertex))) = queue.pop() {
            if from[vertex].is_some() {
                continue;
            }
            from[vertex] = Some(way);
            for edge in &self.at[vertex] {
                let (ends, length) = self.edges[*edge];
                let other = if ends[0] == vertex { ends[1] } else { ends[0] };
                if from[other].is_none() {
                    queue.push(Reverse((way + length, other)));
                }
            }
        }
        Reached { roads: self, from, joined }
    }

    /// The nearest road of a point.
    fn join(&self, point: [f64; 2]) -> Option<Joined> {
        let nearest = self.segments.nearest_neighbor(&point)?;
        let aside = nearest.distance_2(&point).sqrt();
        (aside <= SNAP).then(|| {
            let edge = nearest.number as usize;
            let along = millimetres(nearest.nearest(point) * nearest.length());
            Joined { edge, aside: millimetres(aside), along: along.min(self.edges[edge].1) }
        })
    }

    /// The two ends of the road that a point joins, and how far they are from the point.
    fn ends(&self, joined: &Joined) -> [(usize, u64); 2] {
        let (ends, length) = self.edges[joined.edge];
        [(ends[0], joined.aside + joined.along), (ends[1], joined.aside + length - joined.along)]
    }
}

impl Reached<'_> {
    /// The way in millimetres from a point to the nearest target; `None` where there is none.
    pub fn distance(&self, point: [f64; 2]) -> Option<i64> {
        let own = self.roads.join(point)?;
        let by_ends = self.roads.ends(&own).into_iter().filter_map(|(end, way)| Some(self.from[end]? + way));
        let on_this_road = self.joined.get(&own.edge).into_iter().flatten();
        let direct = on_this_road.map(|target| own.aside + own.along.abs_diff(target.along) + target.aside);
        by_ends.chain(direct).min().map(|way| way as i64)
    }
}

/// Points along a segment of a target's border.
fn entrances(segment: &Segment) -> impl Iterator<Item = [f64; 2]> + use<> {
    let segment = *segment;
    let parts = (segment.length() / ENTRANCE).ceil().max(0.0) as u32;
    (0..=parts).map(move |part| segment.at(f64::from(part) / f64::from(parts.max(1))))
}

/// The numbers of both ends of every segment; ends at one place have one number.
fn vertices(segments: &[Segment]) -> Vec<[usize; 2]> {
    let mut known: HashMap<[i64; 2], usize> = HashMap::new();
    let mut vertex = |point: [f64; 2]| {
        let next = known.len();
        *known.entry(point.map(|metres| (metres * PER_METRE).round() as i64)).or_insert(next)
    };
    segments.iter().map(|segment| [vertex(segment.from), vertex(segment.to)]).collect()
}

/// Leaves out short pieces, unless there is nothing else; gives the part of all metres that the largest piece has.
fn keep_what_leads_somewhere(segments: &mut Vec<Segment>) -> f64 {
    let ends = vertices(segments);
    let mut above: Vec<usize> = (0..2 * ends.len()).collect();
    fn top(above: &mut [usize], mut vertex: usize) -> usize {
        while above[vertex] != vertex {
            above[vertex] = above[above[vertex]];
            vertex = above[vertex];
        }
        vertex
    }
    for [a, b] in &ends {
        let (a, b) = (top(&mut above, *a), top(&mut above, *b));
        above[a.max(b)] = a.min(b);
    }
    let pieces: Vec<usize> = ends.iter().map(|[a, _]| top(&mut above, *a)).collect();
    let mut metres = vec![0.0; above.len()];
    segments.iter().zip(&pieces).for_each(|(segment, piece)| metres[*piece] += segment.length());
    let (all, largest) = (metres.iter().sum::<f64>(), metres.iter().copied().fold(0.0, f64::max));
    let mut piece = pieces.iter();
    segments.retain(|_| piece.next().is_some_and(|piece| metres[*piece] >= BIT.min(largest)));
    if all > 0.0 { largest / all } else { 0.0 }
}

fn millimetres(metres: f64) -> u64 {
    (metres * 1000.0).round() as u64
}

#[cfg(test)]
mod tests {
    use geo_types::{LineString, MultiLineString, point, polygon};

    use super::*;

    fn roads(lines: &[&[(f64, f64)]]) -> Roads {
        let lines: Vec<LineString<f64>> = lines.iter().map(|line| LineString::from(line.to_vec())).collect();
        Roads::new([&Geometry::MultiLineString(MultiLineString(lines))], false)
    }

    fn distance(roads: &Roads, target: Geometry<f64>, from: [f64; 2]) -> Option<i64> {
        roads.reached(&Pieces::of([&target])).distance(from)
    }

    #[test]
    fn a_railway_with_one_crossing_makes_five_hundred_metres_thirteen_hundred() {
        // networkx 3.6, dijkstra_path_length on a-b 400, b-c 500, c-d 400: 1300 against 500 in a straight line.
        let roads = roads(&[
            &[(0.0, 0.0), (400.0, 0.0)],
            &[(400.0, 0.0), (400.0, 500.0)],
            &[(400.0, 500.0), (0.0, 500.0)],
        ]);
        let school = || Geometry::from(point!(x: 0.0, y: 500.0));
        assert_eq!(distance(&roads, school(), [0.0, 0.0]), Some(1_300_000));
        let straight = Pieces::of([&school()]);
        assert_eq!(super::super::straight::Straight::new(&straight).distance([0.0, 0.0]), Some(500_000));
        // A house 30 m from the road: the way to the road counts too.
        assert_eq!(distance(&roads, school(), [200.0, -30.0]), Some(1_130_000));
    }

    #[test]
    fn on_one_road_the_way_does_not_lead_by_its_ends() {
        let roads = roads(&[&[(0.0, 0.0), (1000.0, 0.0)]]);
        assert_eq!(distance(&roads, point!(x: 400.0, y: 20.0).into(), [600.0, -10.0]), Some(230_000));
    }

    #[test]
    fn lines_that_only_cross_do_not_meet_and_far_points_have_no_way() {
        let roads = roads(&[&[(0.0, 0.0), (600.0, 0.0)], &[(50.0, -600.0), (50.0, 5.0)]]);
        assert_eq!(distance(&roads, point!(x: 50.0, y: 61.0).into(), [1.0, 1.0]), None);
        assert_eq!(distance(&roads, point!(x: 100.0, y: 0.0).into(), [0.0, 251.0]), None);
        assert_eq!(distance(&roads, point!(x: 100.0, y: 0.0).into(), [0.0, 250.0]), Some(350_000));
    }

    #[test]
    fn lines_meet_where_they_cross_if_the_catalogue_says_so_and_bits_are_left_out() {
        let lines: Vec<LineString<f64>> = [
            vec![(0.0, 0.0), (1000.0, 0.0)],
            vec![(500.0, -300.0), (500.0, 300.0)],
            vec![(0.0, 20.0), (0.0, 30.0)],
        ]
        .map(LineString::from)
        .to_vec();
        let lines = Geometry::MultiLineString(MultiLineString(lines));
        let target = || Geometry::from(point!(x: 500.0, y: 300.0));
        assert_eq!(distance(&Roads::new([&lines], false), target(), [0.0, 25.0]), None);
        let roads = Roads::new([&lines], true);
        assert_eq!(distance(&roads, target(), [0.0, 25.0]), Some(825_000));
        assert!((roads.largest - 1600.0 / 1610.0).abs() < 1e-9);
    }

    #[test]
    fn a_park_is_reached_at_the_edge_that_is_nearest_along_the_road() {
        let roads = roads(&[&[(0.0, 0.0), (2000.0, 0.0)]]);
        let park = polygon![(x: 1000.0, y: 10.0), (x: 1400.0, y: 10.0), (x: 1400.0, y: 300.0), (x: 1000.0, y: 300.0)];
        assert_eq!(distance(&roads, park.clone().into(), [0.0, 0.0]), Some(1_010_000));
        assert_eq!(distance(&roads, park.into(), [1210.0, 0.0]), Some(20_000));
    }
}
