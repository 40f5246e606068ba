//! Distances from files to the published value, against worked examples: `methods/distance.csv`.
//!
//! 31 houses in one square kilometre, a hundred in the next. Three schools, a park, and roads: a grid with one way across.

use crate::{
    methods::examples,
    small_municipality::told,
    support::{Project, new_folder},
};
use kvarter::BuildOptions;

const HOUSES: &str = "148 143 785 499 586 597 703 47 486 162 405 911 545 87 541 144 744 930 960 617 853 374 159 510 445 656 \
    974 284 841 152 353 776 257 663 460 511 923 804 825 547 962 961 149 216 316 551 810 484 964 359 911 587 711 245 588 790 \
    871 852 948 143 767 468";
const SCHOOLS: &str = "150 200 820 640 480 930";
const PARK: &str = "400 380 640 380 700 560 520 700 380 600 400 380";
const ROADS: [&str; 7] = [
    "100 100 300 100 500 100 900 100",
    "100 500 500 500",
    "900 500 900 900",
    "100 900 500 900 900 900",
    "100 100 100 500 100 900",
    "500 100 500 500",
    "500 700 500 900",
];

const CATALOGUE: &str = "
catalogue: { title: T, publisher: P, municipality: 9998, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  districts: { title: Bydele, kind-name: Bydel, file: districts.geojson, id: id, covers: all }
backdrop:
  roads: { file: roads.geojson, class: class }
  green: { file: green.geojson, class: class }
sources:
  houses: { title: Huse, file: houses.csv, period: { year: year }, located-by: { address: { source: addresses, key: address } } }
  addresses: { title: Adresser, file: addresses.csv, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: public }
  services: { title: Tilbud, file: services.csv, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: public }
populations:
  houses:  { from: houses }
  schools: { from: services, where: kind = 'school' }
themes: { all: Alt }
indicators:
  x: { title: X, theme: all, method: { distance: METHOD }, unit: UNIT, fixed-decimals: 4, higher-is: worse }
";

/// Coordinates as written, from a false origin inside UTM zone 32.
fn points(text: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    numbers.chunks(2).map(|point| (600_000.0 + point[0], 6_200_000.0 + point[1])).collect()
}

fn coordinates(text: &str) -> String {
    points(text).iter().map(|(x, y)| format!("[{x},{y}]")).collect::<Vec<_>>().join(",")
}

fn geojson(features: &[(&str, &str)]) -> String {
    let features: Vec<String> = features
        .iter()
        .map(|(properties, geometry)| {
            format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
        })
        .collect();
    let crs = r#"{"type":"name","properties":{"name":"EPSG:25832"}}"#;
    format!(r#"{{"type":"FeatureCollection","crs":{crs},"features":[{}]}}"#, features.join(","))
}

fn polygon(text: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, coordinates(text))
}

/// The project with one indicator.
fn project(method: &str, unit: &str) -> Project {
    let project = Project { dir: new_folder("distances") };
    project.write("indicators.yaml", &CATALOGUE.replace("METHOD", method).replace("UNIT", unit));
    let districts =
        [polygon("0 0 1000 0 1000 1000 0 1000 0 0"), polygon("1000 0 2000 0 2000 1000 1000 1000 1000 0")];
    let districts = [(r#""id":"west""#, districts[0].as_str()), (r#""id":"east""#, districts[1].as_str())];
    project.write("districts.geojson", &geojson(&districts));
    project.write("green.geojson", &geojson(&[(r#""class":"park""#, &polygon(PARK))]));
    let line = |road: &&str| format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, coordinates(road));
    let roads: Vec<String> = ROADS.iter().map(line).collect();
    let roads: Vec<(&str, &str)> = roads.iter().map(|road| (r#""class":"local""#, road.as_str())).collect();
    project.write("roads.geojson", &geojson(&roads));
    let (mut houses, mut addresses) = (String::from("year,address\n"), String::from("address,x,y\n"));
    let east = (0..100).map(|house| (601_100.0 + f64::from(house), 6_200_500.0));
    for (number, (x, y)) in points(HOUSES).into_iter().chain(east).enumerate() {
        addresses.push_str(&format!("a{number},{x},{y}\n"));
        houses.push_str(&format!("2024,a{number}\n"));
    }
    project.write("houses.csv", &houses);
    project.write("addresses.csv", &addresses);
    let schools = points(SCHOOLS).into_iter().map(|(x, y)| format!("school,{x},{y}\n"));
    project
        .write("services.csv", &format!("kind,x,y\nlibrary,600500,6200500\n{}", schools.collect::<String>()));
    project
}

/// What is published of the square kilometre in the west, or the errors.
fn published(project: &Project) -> Result<String, Vec<String>> {
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        ..BuildOptions::default()
    };
    match kvarter::compute(&options, &|_| ()) {
        Ok((computed, _)) => Ok(told(&computed.publication, "x@west@2024")),
        Err(errors) => Err(errors.iter().map(ToString::to_string).collect()),
    }
}

#[test]
fn a_distance_is_its_worked_examples() {
    for example in examples(include_str!("methods/distance.csv")) {
        let to = match example.get("to") {
            "schools" => "population: schools",
            _ => "backdrop: green, class: park",
        };
        let along = if example.get("along").is_empty() { "" } else { ", along: { backdrop: roads }" };
        let (within, unit) = match example.get("within") {
            "" => (String::new(), "metres"),
            metres => (format!(", within: {metres}"), "percent"),
        };
        let method = format!("{{ from: houses, to: {{ {to} }}{along}{within} }}");
        let found = published(&project(&method, unit));
        assert_eq!(found.as_deref(), Ok(example.get("value")), "{}", example.get("source"));
    }
}

#[test]
fn where_no_way_leads_the_middle_is_not_reached_and_nobody_is_near() {
    let far = |method: &str, unit: &str| {
        let project = project(method, unit);
        project.write(
            "roads.geojson",
            &geojson(&[(
                "\"class\":\"local\"",
                &format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, coordinates("1900 0 1900 900")),
            )]),
        );
        published(&project)
    };
    let to = "from: houses, to: { population: schools }, along: { backdrop: roads }";
    assert_eq!(far(&format!("{{ {to} }}"), "metres").as_deref(), Ok("missing: NotReached"));
    assert_eq!(far(&format!("{{ {to}, within: 500 }}"), "percent").as_deref(), Ok("0.0000"));
}

#[test]
fn roads_that_do_not_meet_are_no_network_unless_they_meet_where_they_cross() {
    let along = "{ from: houses, to: { population: schools }, along: { backdrop: roads } }";
    let project = project(along, "metres");
    let lines = ["0 100 1000 100", "0 500 1000 500", "0 900 1000 900", "150 0 150 1000", "850 0 850 1000"];
    let line = |road: &str| format!(r#"{{"type":"LineString","coordinates":[{}]}}"#, coordinates(road));
    let lines: Vec<String> = lines.into_iter().map(line).collect();
    let features: Vec<(&str, &str)> =
        lines.iter().map(|line| (r#""class":"local""#, line.as_str())).collect();
    project.write("roads.geojson", &geojson(&features));
    let errors = published(&project).expect_err("no network").join("\n");
    assert!(errors.contains("the lines of `roads` do not meet"), "{errors}");
    let meeting = "roads: { file: roads.geojson, class: class, meet: where-they-cross }";
    let project = project.replace("indicators.yaml", "roads: { file: roads.geojson, class: class }", meeting);
    // networkx 3.6.1 on the lines cut by shapely 2.2.0 where they cross.
    assert_eq!(published(&project).as_deref(), Ok("324.0000"));
}

#[test]
fn mistakes_about_places_are_told() {
    let errors = |method: &str| published(&project(method, "metres")).expect_err("a mistake").join("\n");
    for (method, words) in [
        ("{ from: houses, to: { backdrop: gren } }", "`gren` is not a layer of the map"),
        ("{ from: houses, to: { backdrop: green, class: lake } }", "no shape has the class `lake`"),
        (
            "{ from: houses, to: { population: schools, backdrop: green } }",
            "not clear what the distance is to",
        ),
        ("{ from: houses, to: { backdrop: roads }, along: { backdrop: green } }", "`green` has no lines"),
        ("{ from: houses, to: { backdrop: roads }, within: 300 }", "does not give a value in `metres`"),
    ] {
        let errors = errors(method);
        assert!(errors.contains(words), "{words}\n{errors}");
    }
}
