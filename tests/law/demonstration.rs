//! The demonstration municipality from its ordered tables, lists and outlines: our own computation beside the planted lists.

use std::path::{Path, PathBuf};

use kvarter::{BuildOptions, compute::Reason};

use super::{codes, lists_only::reasons, told};
use crate::support::Project;

const CATALOGUE: &str = "\
catalogue: { base: 2026.5, title: Prøve, publisher: Fjordby Kommune, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates:   { title: Almene boligområder, file: data/areas.gpkg, layer: estates, id: area_id, name: name }
  districts: { title: Bydele, file: data/areas.gpkg, layer: districts, id: area_id, name: name, covers: all }
sources:
  statistics: { title: Områdetal, file: data/statistics.csv, period: { year: year }, located-by: { area: area_id }, marks: { hidden: ['..'], missing: [''] }, sensitivity: aggregate }
  lists: { title: Lister, file: data/lists.csv, official: { family: abl-61a, values: { income-of-region: income } }, located-by: { area: area_id }, sensitivity: public }
  benchmarks: { title: Landstal, file: data/benchmarks.csv, period: { year: period }, sensitivity: public }
";

#[test]
fn our_own_computation_gives_the_planted_statuses_under_the_rules_of_each_list() {
    let project = Project { dir: crate::support::new_folder("demonstration") };
    project.write("indicators.yaml", CATALOGUE);
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).into();
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: root,
        jobs: 2,
        ..BuildOptions::default()
    };
    let (computed, notices) =
        kvarter::compute(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let publication = computed.publication;
    let own = |area: &str, year: i32| told(&publication, &format!("abl-61a/own@{area}@{year}"));
    // Three of five by the rules of 2013: education as counted then is not among the tables, and four others are met.
    assert_eq!(told(&publication, "abl-61a/listed/of@engparken@2017"), "5");
    assert_eq!(own("engparken", 2017), "listed, own");
    for year in [2018, 2019] {
        assert_eq!(told(&publication, &format!("abl-61a/parallelsamfund/met@engparken@{year}")), "true");
    }
    for year in 2020..=2024 {
        assert_eq!(own("engparken", year), "omdannelse, own", "{year}");
    }
    assert_eq!(own("engparken", 2025), "forebyggelse, own");
    assert_eq!(own("tranehaven", 2025), "udsat, own");
    assert_eq!(own("humlebjerg", 2025), "forebyggelse, own");
    assert_eq!(own("gronnevang", 2025), "forebyggelse, own");
    let codes = codes(&notices);
    assert!(!codes.contains("own-differs") && !codes.contains("category-and-values"), "{notices:#?}");

    let why = |area: &str, year: i32| reasons(&publication, &format!("abl-61a/reasons@{area}@{year}"));
    assert_eq!(why("engparken", 2018), Some(vec![Reason::OtherRules("abl-61a-2018".into())]));
    assert_eq!(why("engparken", 2020), Some(vec![Reason::InARow(5)]));
    let left = ["no-work", "income"].map(|id| Reason::NoLongerMet(id.into()));
    assert!(why("engparken", 2025).is_some_and(|found| found.iter().all(|one| left.contains(one))));
    assert_eq!(why("gronnevang", 2021), Some(vec![Reason::OtherRules("abl-61a-2021".into())]));
}
