//! Classes of areas, from files of figures to the open results. Thirty areas: the ten of `methods/composite.csv`, three times,
//! which leaves every mean and deviation as it is.

use std::{collections::BTreeMap, fs};

use crate::support::{Project, new_folder};
use kvarter::{BuildOptions, Formats, diagnostics::Diagnostic};

const PARTS: [&str; 4] = ["unemployed", "long-term", "transfers", "child-poverty"];

const CATALOGUE: &str = "
catalogue: { title: Test, publisher: Test, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  quarters:
    title: Kvarterer
    file: areas.geojson
    id: id
    twins: { count: 3, by: [{ indicator: unemployed, per: 2 }, { indicator: child-poverty, per: 5 }] }
sources:
  figures: { title: Tal, file: figures.csv, period: { year: year }, located-by: { area: area_id }, sensitivity: aggregate }
populations:
POPULATIONS
themes: { all: Alt }
indicators:
INDICATORS
  in-work: { title: I arbejde, theme: all, method: { share: { part: at-work, of: all-unemployed } }, unit: percent, higher-is: better }
  classes:
    title: Status
    theme: all
    method: { composite: { of: [unemployed, long-term, transfers, child-poverty], layer: quarters, as: { status-dynamics: { years: 2 } } } }
    unit: score
    decimals: 4
    higher-is: worse
  turned:
    title: Vendt
    theme: all
    method: { composite: { of: [in-work, long-term, transfers, child-poverty], layer: quarters, as: { status-dynamics: { years: 2, fixed: 2022 } } } }
    unit: score
    decimals: 4
    higher-is: worse
  weighed:
    title: Vægtet
    theme: all
    method: { composite: { of: [{ indicator: unemployed, weight: 2 }, long-term, transfers, child-poverty], layer: quarters, as: { status-dynamics: { years: 2 } } } }
    unit: score
    decimals: 4
    higher-is: worse
  points:
    title: Point
    theme: all
    method: { composite: { of: [unemployed, { indicator: long-term, steps: [1, 2, 4] }, { indicator: transfers, weight: 2 }, child-poverty], layer: quarters, as: { points: { from: municipality, steps: [2, 5, 10], classes: [3, 6, 9] } } } }
    unit: score
    higher-is: worse
";

/// A line of `methods/composite.csv`: area, values now and before, index, class, dynamics and their class.
fn examples() -> Vec<Vec<&'static str>> {
    include_str!("methods/composite.csv").lines().skip(1).map(|line| line.split(',').collect()).collect()
}

/// Figures of 1,000 persons in each area: the ten areas `copies` times in 2022 and 2024, and the municipality, in which as many
/// live elsewhere.
fn figures(copies: usize) -> String {
    let mut text = String::from("year,area_id,key,part,whole\n");
    for (year, first) in [(2024, 2), (2022, 6)] {
        for (number, part) in PARTS.iter().enumerate() {
            let mut all = 0;
            for example in examples() {
                let persons =
                    (example[first + number].parse::<f64>().expect("a number") * 10.0).round() as i64;
                for copy in 0..copies {
                    text.push_str(&format!("{year},{}{copy},{part},{persons},1000\n", example[1]));
                    all += persons;
                }
            }
            text.push_str(&format!("{year},9999,{part},{},{}\n", 2 * all, 20_000 * copies));
        }
    }
    text
}

fn project(copies: usize) -> Project {
    let populations = PARTS.map(|part| {
        format!(
            "  is-{part}: {{ from: figures, where: key = '{part}', sum: part }}\n  all-{part}: {{ from: figures, where: key = '{part}', sum: whole }}\n"
        )
    });
    let at_work = "  at-work: { from: figures, where: key = 'unemployed', value: whole - part }\n";
    let indicators = PARTS.map(|part| {
        format!(
            "  {part}: {{ title: {part}, theme: all, method: {{ share: {{ part: is-{part}, of: all-{part} }} }}, unit: percent, fixed-decimals: 1, higher-is: worse, compare-with: [twins] }}\n"
        )
    });
    let project = Project { dir: new_folder("typology") };
    let catalogue = CATALOGUE
        .replace("POPULATIONS", &(populations.concat() + at_work))
        .replace("INDICATORS", &indicators.concat());
    project.write("indicators.yaml", &catalogue);
    let names = examples()
        .into_iter()
        .flat_map(|example| (0..copies).map(move |copy| format!("{}{copy}", example[1])));
    let squares: Vec<String> = names.enumerate().map(|(number, name)| square(&name, number)).collect();
    let squares = squares.join(",");
    project.write("areas.geojson", &format!(r#"{{"type":"FeatureCollection","features":[{squares}]}}"#));
    project.write("figures.csv", &figures(copies));
    project
}

/// A small square somewhere in Denmark.
fn square(name: &str, number: usize) -> String {
    let (x, y) = (10.0 + 0.02 * number as f64, 56.0);
    let corners = [(x, y), (x + 0.01, y), (x + 0.01, y + 0.01), (x, y + 0.01), (x, y)];
    let corners: Vec<String> = corners.iter().map(|(x, y)| format!("[{x:.3},{y:.3}]")).collect();
    format!(
        r#"{{"type":"Feature","properties":{{"id":"{name}"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
        corners.join(",")
    )
}

/// The cells of `typology.csv` by `indicator@area@period` and column.
struct Table(BTreeMap<String, BTreeMap<String, String>>);

impl Table {
    fn get(&self, id: &str, column: &str) -> &str {
        self.0.get(id).and_then(|row| row.get(column)).map_or("no such row", String::as_str)
    }
}

fn build(project: &Project) -> (Table, Vec<Diagnostic>) {
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        out: project.dir.join("out"),
        formats: Formats { pdf: false, png: false, json: false },
        ..BuildOptions::default()
    };
    let (_, notices) = kvarter::build(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let text = result(project, "typology.csv");
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_string).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let rows = lines.map(|row| {
        let cells: BTreeMap<String, String> = head.iter().cloned().zip(row).collect();
        (cells["id"].clone(), cells)
    });
    (Table(rows.collect()), notices)
}

fn result(project: &Project, name: &str) -> String {
    fs::read_to_string(project.dir.join("out/results").join(name)).expect("it is written")
}

/// A number of the examples as it is published with four decimals.
fn rounded(text: &str) -> String {
    format!("{:.4}", text.parse::<f64>().expect("a number"))
}

#[test]
fn ten_areas_three_times_have_the_published_index_class_and_dynamics_of_the_example() {
    let project = project(3);
    let (table, notices) = build(&project);
    assert!(notices.iter().all(|notice| notice.code != "too-few-areas"), "{notices:#?}");
    for example in examples() {
        for copy in 0..3 {
            let id = format!("classes@{}{copy}@2024", example[1]);
            let found = ["index", "class", "dynamics", "dynamics_class"].map(|column| table.get(&id, column));
            let [index, dynamics] = [10, 12].map(|cell| rounded(example[cell]));
            assert_eq!(found, [index.as_str(), example[11], dynamics.as_str(), example[13]], "{id}");
        }
    }
    // numpy 2.4.6: the z-scores of C.
    let z = PARTS.map(|part| table.get("classes@c1@2024", &format!("part/{part}")).to_string());
    assert_eq!(z, ["0.7330", "0.6498", "0.7557", "0.7708"]);
    // There is no year before 2022.
    assert_eq!(table.get("classes@c1@2022", "class"), "medium");
    assert_eq!(table.get("classes@c1@2022", "dynamics_class"), "");
    // A change of a hundred persons' tenths is no sure one: 11 to 12 per cent of 1,000.
    assert_eq!(table.get("classes@c1@2024", "unsure"), "true");
    let correlations = result(&project, "correlations.csv");
    let line =
        "classes,2024,unemployed,long-term,0.99,classes/correlation/unemployed/long-term@municipality@2024";
    assert!(correlations.lines().any(|found| found == line), "{correlations}");
}

/// numpy 2.4.6: the same ten areas by the means and deviations of the year before, and with unemployment counted twice.
#[test]
fn a_fixed_year_a_turned_part_and_a_weight_change_the_index_as_they_should() {
    let (table, _) = build(&project(3));
    let fixed = [
        "-0.3659", "-0.7369", "0.7129", "-0.9960", "2.2305", "-0.4848", "-0.1227", "1.1364", "-1.1396",
        "-0.4624",
    ];
    let weighed = [
        "-0.3210", "-0.7124", "0.7295", "-0.9665", "2.2256", "-0.4637", "-0.0794", "1.1387", "-1.1288",
        "-0.4218",
    ];
    for ((example, fixed), weighed) in examples().iter().zip(fixed).zip(weighed) {
        assert_eq!(table.get(&format!("turned@{}0@2024", example[1]), "index"), fixed, "{}", example[1]);
        assert_eq!(table.get(&format!("weighed@{}0@2024", example[1]), "index"), weighed, "{}", example[1]);
    }
    assert_eq!(table.get("turned@a0@2024", "dynamics"), "");
}

/// By hand, from means of 9, 2.8, 17.3 and 25.7 with steps of 2, 5, 10 (long-term 1, 2, 4; transfers count twice): C is worse
/// by 3, 1.2, 7.7 and 12.3, E by 9, 4.2, 22.7 and 35.3, H by 4.5, 2.2, 11.7 and 18.3.
#[test]
fn points_are_added_up_to_classes() {
    let (table, _) = build(&project(3));
    for (area, points, sum, class) in [
        ("a", ["0", "0", "0", "0"], "0", "few"),
        ("c", ["1", "1", "4", "3"], "9", "many"),
        ("e", ["2", "3", "6", "3"], "14", "many"),
        ("h", ["1", "2", "6", "3"], "12", "many"),
    ] {
        let id = format!("points@{area}2@2024");
        assert_eq!(PARTS.map(|part| table.get(&id, &format!("part/{part}"))), points, "{area}");
        assert_eq!([table.get(&id, "index"), table.get(&id, "class")], [sum, class], "{area}");
    }
}

#[test]
fn fewer_than_twenty_areas_have_no_index_and_one_notice_and_still_have_points() {
    let (table, notices) = build(&project(1));
    assert_eq!(
        [table.get("classes@a0@2024", "reason"), table.get("classes@a0@2024", "class")],
        ["too-few-areas", ""]
    );
    assert_eq!(table.get("points@e0@2024", "class"), "many");
    let told: Vec<String> =
        notices.iter().filter(|n| n.code == "too-few-areas").map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "one for each composite with z-scores: {told:#?}");
    assert!(
        told[0].contains("`classes` is not computed from 2022 to 2024: fewer than 20 areas of `quarters`"),
        "{told:#?}"
    );
}

/// numpy 2.4.6: the other 29 areas without the third copy of B.
#[test]
fn a_hidden_part_hides_the_class_and_is_in_no_mean() {
    let project =
        project(3).replace("figures.csv", "2024,b2,unemployed,60,1000", "2024,b2,unemployed,4,1000");
    let (table, _) = build(&project);
    for column in ["index", "class", "dynamics", "dynamics_class", "unsure", "part/transfers"] {
        assert_eq!(table.get("classes@b2@2024", column), "", "{column}");
    }
    assert_eq!(table.get("classes@b2@2024", "state"), "hidden");
    assert_eq!(table.get("points@b2@2024", "state"), "hidden");
    assert_eq!(table.get("classes@b2@2022", "class"), "medium");
    assert_eq!(table.get("classes@e0@2024", "index"), "2.1887");
    assert_eq!(table.get("classes@e0@2024", "dynamics"), "-1.1119");
}

/// The published value of a row of `values.csv`.
fn published(project: &Project, id: &str) -> String {
    let text = result(project, "values.csv");
    let row = text.lines().find(|line| line.split(',').nth(13) == Some(id));
    let cells = row.map(|row| row.split(',').collect::<Vec<_>>());
    cells.map_or_else(|| "no such row".into(), |cells| format!("{} {}", cells[4], cells[9]))
}

/// By hand: A is at (8 / 2, 20 / 5); its copies lie there too, J at (7.5 / 2, 19 / 5) is next. Of 3,000 persons in these three
/// 235 were unemployed in 2024 and 248 in 2022.
#[test]
fn an_area_is_compared_with_the_areas_it_is_most_like_the_same_in_all_years() {
    let project =
        project(3).replace("figures.csv", "2024,b2,unemployed,60,1000", "2024,b2,unemployed,4,1000");
    build(&project);
    let areas: serde_json::Value =
        serde_json::from_str(&result(&project, "areas.geojson")).expect("it is JSON");
    let twins = |area: &str| {
        let features = areas["features"].as_array().expect("features");
        let found = features.iter().find(|feature| feature["id"] == area).expect("the area");
        found["properties"]["twins"].to_string()
    };
    assert_eq!(twins("a0"), r#"["a1","a2","j0"]"#);
    assert_eq!(twins("b0"), r#"["b1","f0","f1"]"#);
    assert_eq!(twins("b2"), "null");
    assert_eq!(published(&project, "unemployed@a0@2024~twins"), "7.8 shown");
    assert_eq!(published(&project, "unemployed@a0@2022~twins"), "8.3 shown");
    assert_eq!(published(&project, "unemployed@b2@2022~twins"), " hidden");
}
