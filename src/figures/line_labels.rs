//! Names along lines: a road's name stands beside it, on a straight stretch, and is read from left to right.

use geo_types::{Coord, LineString};

use super::boxes::Turned;

/// Places for a text of this size beside the lines, each with what it costs: bends and steepness. `reach` is the distance
/// from the line's middle to the text's edge.
pub(super) fn places(lines: &[LineString<f64>], size: (f64, f64), reach: f64) -> Vec<(f64, Turned)> {
    lines.iter().flat_map(|line| along(line, size, reach)).collect()
}

/// How far a line may lie from the straight line under its name, millimetres.
const MOST_BENT: f64 = 0.6;

fn along(line: &LineString<f64>, (width, height): (f64, f64), reach: f64) -> Vec<(f64, Turned)> {
    const STEP: f64 = 1.5;
    let marks = distances(line);
    let length = marks.last().copied().unwrap_or_default();
    let mut found = Vec::new();
    let mut start = 1.0;
    while start + width + 1.0 <= length {
        let (from, to) = (point_at(line, &marks, start), point_at(line, &marks, start + width));
        let bent = line
            .0
            .iter()
            .zip(&marks)
            .filter(|(_, mark)| **mark > start && **mark < start + width)
            .map(|(point, _)| distance_to_line(*point, from, to))
            .fold(0.0, f64::max);
        if bent <= MOST_BENT {
            let angle = upright((to.y - from.y).atan2(to.x - from.x).to_degrees());
            let (sin, cos) = angle.to_radians().sin_cos();
            for (side, price) in [(-1.0, 0.0), (1.0, 0.2)] {
                let out = side * (reach + bent + height / 2.0);
                let middle = (from + to) / 2.0;
                let centre = Coord { x: middle.x - out * sin, y: middle.y + out * cos };
                let half = Coord { x: width / 2.0, y: height / 2.0 };
                found.push((price + 2.0 * bent + angle.abs() / 45.0, Turned { centre, half, angle }));
            }
        }
        start += STEP;
    }
    found
}

/// An angle at which text is not upside down, -90 to 90.
fn upright(angle: f64) -> f64 {
    if angle > 90.0 {
        angle - 180.0
    } else if angle <= -90.0 {
        angle + 180.0
    } else {
        angle
    }
}

fn distances(line: &LineString<f64>) -> Vec<f64> {
    let mut sum = 0.0;
    let steps = line.lines().map(|piece| (piece.end.x - piece.start.x).hypot(piece.end.y - piece.start.y));
    std::iter::once(0.0)
        .chain(steps.map(|step| {
            sum += step;
            sum
        }))
        .collect()
}

fn point_at(line: &LineString<f64>, marks: &[f64], at: f64) -> Coord<f64> {
    let next = marks.partition_point(|mark| *mark < at).clamp(1, line.0.len() - 1);
    let (a, b) = (line.0[next - 1], line.0[next]);
    let span = marks[next] - marks[next - 1];
    let share = if span > 0.0 { (at - marks[next - 1]) / span } else { 0.0 };
    a + (b - a) * share
}

fn distance_to_line(p: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (along, off) = (b - a, p - a);
    (along.x * off.y - along.y * off.x).abs() / along.x.hypot(along.y).max(1e-9)
}

/// Joins lines that meet end to end, so that a road drawn in many pieces is one line again.
pub(super) fn join(pieces: Vec<LineString<f64>>) -> Vec<LineString<f64>> {
    let mut joined: Vec<LineString<f64>> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| piece.0.len() > 1) {
        let mut line = piece;
        while let Some((index, with)) =
            joined.iter().enumerate().find_map(|(i, other)| Some((i, end_to_end(&line, other)?)))
        {
            joined.swap_remove(index);
            line = with;
        }
        joined.push(line);
    }
    joined
}

fn end_to_end(a: &LineString<f64>, b: &LineString<f64>) -> Option<LineString<f64>> {
    let near = |p: Coord<f64>, q: Coord<f64>| (p.x - q.x).hypot(p.y - q.y) < 0.05;
    let ends = |line: &LineString<f64>| Some((*line.0.first()?, *line.0.last()?));
    let ((a_start, a_end), (b_start, b_end)) = (ends(a)?, ends(b)?);
    let chain = |first: Vec<Coord<f64>>, second: Vec<Coord<f64>>| {
        Some(LineString(first.into_iter().chain(second.into_iter().skip(1)).collect()))
    };
    let reversed = |line: &LineString<f64>| line.0.iter().rev().copied().collect::<Vec<_>>();
    if near(a_end, b_start) {
        chain(a.0.clone(), b.0.clone())
    } else if near(b_end, a_start) {
        chain(b.0.clone(), a.0.clone())
    } else if near(a_end, b_end) {
        chain(a.0.clone(), reversed(b))
    } else if near(a_start, b_start) {
        chain(reversed(a), b.0.clone())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> LineString<f64> {
        points.iter().copied().collect()
    }

    #[test]
    fn a_name_stands_beside_its_road_and_never_upside_down() {
        let roads = [line(&[(40.0, 5.0), (5.0, 5.0)]), line(&[(5.0, 40.0), (40.0, 5.0)])];
        let found = places(&roads, (12.0, 2.7), 1.0);
        assert!(!found.is_empty());
        for (_, area) in &found {
            assert!(area.angle > -90.0 && area.angle <= 90.0);
            let beside = roads.iter().any(|road| {
                road.lines().any(|piece| {
                    !area.touches_line(piece.start, piece.end) && {
                        let reach = area.grown(1.2);
                        reach.touches_line(piece.start, piece.end)
                    }
                })
            });
            assert!(beside);
        }
    }

    #[test]
    fn a_name_avoids_a_sharp_bend_and_a_short_road() {
        let corner = line(&[(0.0, 0.0), (8.0, 0.0), (8.0, 8.0)]);
        assert!(places(&[corner], (12.0, 2.7), 1.0).is_empty());
        assert!(places(&[line(&[(0.0, 0.0), (13.0, 0.0)])], (12.0, 2.7), 1.0).is_empty());
    }

    #[test]
    fn a_road_in_pieces_becomes_one_line_whatever_their_direction() {
        let pieces = vec![
            line(&[(0.0, 0.0), (5.0, 0.0)]),
            line(&[(15.0, 0.0), (10.0, 0.0)]),
            line(&[(5.0, 0.0), (10.0, 0.0)]),
        ];
        let joined = join(pieces);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].0.len(), 4);
    }
}
