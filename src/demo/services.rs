//! `services.csv`: schools, shops, stops and other places to go to. Those that the map shows are the map's points.

use super::chart;
use super::layers;
use super::plane::{self, Point};
use super::town::Municipality;

/// The file.
pub fn rows(place: &Municipality) -> Vec<String> {
    let mut rows = vec!["service_id,kind,name,x,y".to_owned()];
    let shown =
        layers::points_of_interest(place).into_iter().map(|(at, name, kind)| (at, name, of_map(kind)));
    let others =
        chart::SERVICES.iter().map(|(xy, name, kind)| (plane::points(xy)[0], (*name).to_owned(), *kind));
    let mut all: Vec<(Point, String, &str)> = shown.chain(others).collect();
    all.sort_by(|a, b| a.2.cmp(b.2));
    for ((at, name, kind), number) in all.into_iter().zip(1..) {
        rows.push(format!("S{number:03},{kind},{name},{:.1},{:.1}", at.x, at.y));
    }
    rows
}

/// The kind of service that a kind of the map's points is.
fn of_map(kind: &'static str) -> &'static str {
    match kind {
        "shop" => "grocery",
        "bus-stop" => "stop",
        same => same,
    }
}
