//! A municipality that has outlines and the ministry's lists, and nothing else: files in, publication or whole output out.

use std::{collections::BTreeSet, fs, path::PathBuf};

use kvarter::{
    BuildOptions, Formats, Summary,
    compute::{Fact, Publication, Reason, State},
    diagnostics::{Diagnostic, Outcome},
};

use crate::{
    small_municipality::id,
    support::{Project, new_folder},
};

/// The first line of a file of lists.
pub const COLUMNS: &str = "list_date,area_id,category,residents,no_work,non_western,convicted,basic_education,income,limit_3,limit_2";

/// What the catalogue says of the lists' source beside the family.
const VALUES: &str =
    "values: { income-of-region: income }, limits: { convicted: limit_3, convicted-2: limit_2 }";

/// The project, to be altered before it is computed.
pub struct ListsOnly {
    pub project: Project,
}

impl ListsOnly {
    /// With the rows of `lists.csv`, an outline for every area in them, and more sections of the catalogue.
    pub fn new(rows: &[String], more: &str) -> Self {
        let mut areas: BTreeSet<&str> = rows.iter().filter_map(|row| row.split(',').nth(1)).collect();
        areas.insert("another");
        let project = Project { dir: new_folder("lists") };
        project.write("lists.csv", &format!("{COLUMNS}\n{}\n", rows.join("\n")));
        project.write("areas.geojson", &squares(&areas.into_iter().collect::<Vec<_>>()));
        project.write("indicators.yaml", &format!("{CATALOGUE}{more}").replace("VALUES", VALUES));
        Self { project }
    }

    /// On the lists of another family.
    pub fn of_family(self, family: &str) -> Self {
        let project = self
            .project
            .replace("indicators.yaml", "family: abl-61a", &format!("family: {family}"))
            .replace("indicators.yaml", &format!(", {VALUES}"), "");
        Self { project }
    }

    /// The publication and the notices.
    pub fn outcome(&self) -> Outcome<Publication> {
        let (computed, notices) = kvarter::compute(&self.options(), &|_| ())?;
        Ok((computed.publication, notices))
    }

    /// The same of a project without mistakes.
    pub fn compute(&self) -> (Publication, Vec<Diagnostic>) {
        self.outcome().unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    /// Everything, into `out/`; with the payloads of the reports and without the reports themselves.
    pub fn build(&self) -> Summary {
        let (summary, _) =
            kvarter::build(&self.options(), &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert!(summary.failed.is_empty(), "{:?}", summary.failed);
        summary
    }

    /// A file of the output.
    pub fn written(&self, file: &str) -> String {
        let path = self.project.dir.join("out").join(file);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn options(&self) -> BuildOptions {
        let dir: &PathBuf = &self.project.dir;
        BuildOptions {
            catalogue: dir.join("indicators.yaml"),
            data: dir.clone(),
            out: dir.join("out"),
            formats: Formats { pdf: true, png: false, json: true },
            jobs: 2,
            ..BuildOptions::default()
        }
    }
}

/// The reasons published under an id.
pub fn reasons(publication: &Publication, text: &str) -> Option<Vec<Reason>> {
    match publication.get(&id(text)) {
        State::Shown(Fact::Reasons(reasons)) => Some(reasons.clone()),
        _ => None,
    }
}

/// Squares of 200 metres in a row.
fn squares(areas: &[&str]) -> String {
    let feature = |(number, id): (usize, &&str)| {
        let (x, y) = (600_000 + 300 * number, 6_200_000);
        let (right, top) = (x + 200, y + 200);
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","name":"{id}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{right},{y}],[{right},{top}],[{x},{top}],[{x},{y}]]]}}}}"#
        )
    };
    let features: Vec<String> = areas.iter().enumerate().map(feature).collect();
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::25832"}}}},"features":[{}]}}"#,
        features.join(",\n")
    )
}

const CATALOGUE: &str = "\
catalogue: { base: 2026.5, title: Prøve, publisher: Prøveby Kommune, municipality: 9998, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates: { title: Almene boligområder, kind-name: Alment boligområde, file: areas.geojson, id: id, name: name }
sources:
  lists: { title: Ministeriets lister, provider: Social- og Boligstyrelsen, file: lists.csv, official: { family: abl-61a, VALUES }, located-by: { area: area_id }, sensitivity: public }
reports:
  area-status: { title: Områdestatus, template: area-status.typ, one-per: [estates], min-residents: 0, indicators: [no-work, income-of-region, basic-education, convicted] }
";
