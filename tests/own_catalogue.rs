//! A municipality with the base and its own data: what it has is computed, what it lacks waits, and nothing of that is a mistake.

use std::fs;

use kvarter::{
    catalogue::{changes, load},
    sources,
};

use crate::support::{Project, one};

/// The small project with a survey that nobody has delivered yet, described by its columns.
fn with_described_source(condition: &str) -> Project {
    Project::small()
        .replace(
            "indicators.yaml",
            "populations:\n",
            &format!(
                "  survey:\n    title: Borgerundersøgelse\n    columns: {{ year: number, area_id: text, safe: boolean, answers: number }}\n    period: {{ year: year }}\n    located-by: {{ area: area_id }}\n    sensitivity: aggregate\npopulations:\n  answers: {{ from: survey }}\n  safe-answers: {{ within: answers, where: {condition} }}\n"
            ),
        )
        .replace(
            "indicators.yaml",
            "reports:\n",
            "  safe:\n    title: Trygge\n    theme: population\n    population: alle\n    method: { share: { part: safe-answers, of: answers } }\n    unit: percent\n    higher-is: better\nreports:\n",
        )
        .replace("indicators.yaml", "indicators: [children-share,", "indicators: [safe, children-share,")
}

#[test]
fn a_described_source_is_checked_and_its_indicators_have_no_values() {
    let project = with_described_source("safe AND answers >= 5");
    let (summary, warnings) = project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((summary.reports, warnings.len()), (2, 0), "{warnings:#?}");
    let values = fs::read_to_string(project.dir.join("out/results/values.csv")).expect("written");
    assert!(values.contains(",children-share,") && !values.contains(",safe,"));
}

#[test]
fn a_mistake_over_a_described_source_is_found_before_there_is_any_data() {
    let error = one(&with_described_source("saef").errors());
    assert!(error.starts_with("error[unknown-column]") && error.contains("did you mean `safe`?"), "{error}");
    let error = one(&with_described_source("answers").errors());
    assert!(error.starts_with("error[not-a-condition]"), "{error}");
    let error = one(&with_described_source("area_id >= 18").errors());
    assert!(
        error.starts_with("error[wrong-expression]") && error.contains("`area_id` holds text"),
        "{error}"
    );
}

#[test]
fn a_file_that_lacks_a_declared_column_leaves_out_what_counts_it_and_nothing_else() {
    let project = Project::small()
        .replace("indicators.yaml", "    file: residents.csv\n", "    file: residents.csv\n    columns: { sex: text, wheelchair: boolean }\n")
        .replace("indicators.yaml", "themes:\n", "  women: { within: residents, where: sex = 'k' }\nthemes:\n")
        .replace(
            "indicators.yaml",
            "reports:\n",
            "  women:\n    title: Kvinder\n    theme: population\n    method: { share: { part: women, of: residents } }\n    unit: percent\n    higher-is: neutral\nreports:\n",
        );
    let (catalogue, _) = load(&project.dir.join("indicators.yaml")).expect("it loads");
    let (opened, _) = sources::open(&catalogue, &project.dir).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let absent: Vec<String> = opened.absent().iter().map(|(id, waits)| format!("{id} {waits:?}")).collect();
    assert_eq!(absent, ["women {`residents`: {\"sex\"}}"]);
    project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    let values = fs::read_to_string(project.dir.join("out/results/values.csv")).expect("written");
    assert!(values.contains(",children-share,") && !values.contains(",women,"));
}

#[test]
fn rows_that_find_their_place_through_addresses_need_the_addresses() {
    let project = Project::small()
        .replace(
            "indicators.yaml",
            "    located-by: { point: { x: x, y: y, crs: EPSG:25832 } }\n",
            "    located-by: { address: { source: addresses, key: person_id } }\n",
        )
        .replace(
            "indicators.yaml",
            "populations:\n",
            "  addresses: { title: A, columns: { person_id: text, x: number, y: number }, located-by: { point: { x: x, y: y, crs: EPSG:25832 } } }\npopulations:\n",
        );
    let error = one(&project.errors());
    assert!(error.starts_with("error[no-points]") && error.contains("`addresses` has no file"), "{error}");
}

#[test]
fn a_municipality_with_one_small_table_of_residents_builds_with_the_whole_base() {
    let version = changes::versions().into_iter().next_back().expect("there is a version");
    let project = Project::small().replace(
        "indicators.yaml",
        "catalogue: { ",
        &format!("catalogue: {{ base: {version}, "),
    );
    let (summary, warnings) = project.build().unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((summary.reports, warnings.len()), (2, 0), "{warnings:#?}");
    let values = fs::read_to_string(project.dir.join("out/results/values.csv")).expect("written");
    assert!(values.contains(",elderly-share,") && !values.contains(",no-work,"));
}
