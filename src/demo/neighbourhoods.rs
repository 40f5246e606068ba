//! The neighbourhoods: every district cut along straight lines, mostly roads, the river and open ground.
//!
//! A cut starts and ends at corners of what it cuts, so that neighbours share every corner and neighbourhoods tile
//! their district exactly. No cut runs through an estate or a village.

use super::plan::Surface;
use super::plane::{self, Point};

/// A neighbourhood.
pub struct Neighbourhood {
    /// Area id.
    pub id: &'static str,
    /// Name.
    pub name: &'static str,
    /// Place of its district in `story::DISTRICTS`.
    pub district: usize,
    /// Its outline, counter-clockwise, first point not repeated.
    pub ring: Vec<Point>,
}

/// Cuts in the order they are made: the district, and the line (hectometres); its ends go to the nearest corners.
const CUTS: &[(&str, &str)] = &[
    ("Nordbyen", "90.4,118.8 86,118.8 80,118.8 77.4,118.8"),
    ("Nordbyen", "86,118.8 84.3,124 83.4,128 82.4,138 80.6,148 80.4,155"),
    ("Nørre Kær", "71.8,122.2 62,120 54,110.5 51.4,104.4"),
    ("Nørre Kær", "41,146.4 45,134 45.2,120 42,108.1"),
    ("Vestbyen", "55,101 74,99.6 87.1,98.2"),
    ("Vestbyen", "64.9,107.9 72,108 78,107.8 87.3,107.6"),
    ("Vestbyen", "87.2,95.5 82,93.2 76,90.6 66,86.9"),
    ("Vestbyen", "76,90.6 76.2,86 76.6,84.3 83.4,83.6 87,81.7"),
    (
        "Midtbyen",
        "105.8,108.4 104,105.6 103.4,101.6 101.6,99.6 100.4,98.4 99.3,95.3 99,93.6 100.2,90.3 103,90.3 106.2,90.3 112.6,90.2",
    ),
    ("Midtbyen", "87.1,98.2 98,95.6 99.3,95.3"),
    ("Midtbyen", "88.2,113.6 92.6,109.8 97,105 101.6,99.6"),
    ("Midtbyen", "91,84.2 97.5,87.4 103,90.3"),
    ("Midtbyen", "104.3,75.8 105.3,80.4 106.4,86 106.2,90.3"),
    ("Østbyen", "121,81.4 123.6,84 126.8,88.8 128.6,88.4"),
    ("Østbyen", "112.5,90.4 117.6,87.6 123.6,84"),
    ("Østbyen", "123.6,84 130,76.6 134.6,70.6"),
    ("Sydbyen", "97,78.4 96.9,73.5 96.6,66 96.4,60.4"),
    ("Sydbyen", "104.3,75.8 102.6,66 101.5,60"),
    ("Sydbyen", "102.6,66 103.8,66.2 110,70.3 121,70.3 125.2,70.4"),
    ("Tinghuse", "44.6,107.2 46,100 46,92 65,92.4"),
    ("Damsholt", "86.4,67.4 87.5,58 92,51.4 98.8,50"),
    ("Damsholt", "33,24 55,28.8 75,28.8 97.8,28.6"),
    ("Sønderskov", "98.6,48 110,47.6 124,52 137,55"),
    ("Sønderskov", "97.9,27 115,28.6 135,28 151.2,29"),
    ("Østerby", "151.6,70 149.6,66.6 143,66.4 132.6,67.6"),
];

/// Id, name and a point of each neighbourhood.
const NEIGHBOURHOODS: &[(&str, &str, &str)] = &[
    ("nordporten", "Nordporten", "82,116"),
    ("nordmarken", "Nordmarken", "79,128"),
    ("klinten", "Klinten", "86.5,126"),
    ("gronsobakken", "Grønsøbakken", "60,112"),
    ("kaerby-omegn", "Kærby og omegn", "52,127"),
    ("ravnstrup-omegn", "Ravnstrup og omegn", "21,121"),
    ("skovkanten", "Skovkanten", "80,110"),
    ("idraetskvarteret", "Idrætskvarteret", "80,104"),
    ("banekvarteret", "Banekvarteret", "78,96"),
    ("humlemarken", "Humlemarken", "80,87"),
    ("vestermarken", "Vestermarken", "72,84"),
    ("indre-by", "Indre By", "107,98"),
    ("vestervold", "Vestervold", "91,103"),
    ("fjordbakken", "Fjordbakken", "98,109"),
    ("aakvarteret", "Åkvarteret", "93,90"),
    ("broengen", "Broengen", "102,82"),
    ("mollekvarteret", "Møllekvarteret", "109,83"),
    ("havnekvarteret", "Havnekvarteret", "119,90"),
    ("rebslagerkvarteret", "Rebslagerkvarteret", "115.5,83"),
    ("strandkvarteret", "Strandkvarteret", "132,80"),
    ("tranemarken", "Tranemarken", "128,71"),
    ("engkvarteret", "Engkvarteret", "91,70"),
    ("sondermolle", "Søndermølle", "100,68"),
    ("faelledkvarteret", "Fælledkvarteret", "114,74"),
    ("birkemarken", "Birkemarken", "114,66"),
    ("vestby", "Vestby", "50,97"),
    ("tingsted-omegn", "Tingsted og omegn", "38,84"),
    ("bakkebyen", "Bakkebyen", "93,57"),
    ("damsmark-omegn", "Damsmark og omegn", "64,38"),
    ("egerup-omegn", "Egerup og omegn", "75,23"),
    ("sondervaenget", "Søndervænget", "108,54"),
    ("sonderlund-omegn", "Sønderlund og omegn", "114,37"),
    ("hvidkilde-omegn", "Hvidkilde og omegn", "127,20"),
    ("lystbakken", "Lystbakken", "144,72"),
    ("strandhuse-omegn", "Strandhuse og omegn", "175,58"),
];

/// Divides the districts.
pub fn divide(districts: &[Surface]) -> Vec<Neighbourhood> {
    let mut pieces: Vec<(usize, Vec<Point>)> =
        districts.iter().enumerate().map(|(i, d)| (i, d.ring.clone())).collect();
    for (district, line) in CUTS {
        let line = plane::points(line);
        let half = line.len() / 2;
        let inner = plane::middle(&line[half - 1..=half]);
        let cut = pieces
            .iter()
            .position(|(i, ring)| districts[*i].name == *district && plane::inside(ring, inner))
            .expect("a cut runs through its district");
        let (place, ring) = pieces.remove(cut);
        pieces.extend(halves(&ring, &line).map(|half| (place, half)));
    }
    let named = |&(id, name, point): &(&'static str, &'static str, &str)| {
        let point = plane::points(point)[0];
        let (district, ring) =
            pieces.iter().find(|(_, ring)| plane::inside(ring, point)).expect("every name lies in a piece");
        Neighbourhood { id, name, district: *district, ring: plane::left_turning(ring.clone()) }
    };
    NEIGHBOURHOODS.iter().map(named).collect()
}

/// A ring cut in two along a line between its corners nearest to the line's ends.
fn halves(ring: &[Point], line: &[Point]) -> [Vec<Point>; 2] {
    let (from, to) =
        (plane::nearest_corner(ring, line[0]), plane::nearest_corner(ring, line[line.len() - 1]));
    let mut inner = line[1..line.len() - 1].to_vec();
    if from > to {
        inner.reverse();
    }
    let (first, last) = (from.min(to), from.max(to));
    let one = ring[first..=last].iter().chain(inner.iter().rev()).copied().collect();
    let other = ring[last..].iter().chain(&ring[..=first]).chain(&inner).copied().collect();
    [one, other]
}
