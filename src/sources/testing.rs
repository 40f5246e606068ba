//! What the tests of this stage share: folders for small files, and declarations without a catalogue.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    catalogue::{At, Catalogue, load_str},
    diagnostics::{Place, SourceFile},
};

/// A folder that is removed when the test is over.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), text).expect("the folder can be written to");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An empty folder of this test's own.
pub(super) fn folder(test: &str) -> Folder {
    let path = std::env::temp_dir().join(format!("kvarter-{}-{test}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for the test");
    Folder(path)
}

/// A value as if it stood alone in a catalogue.
pub(super) fn at(text: &str) -> At<String> {
    let file = Arc::new(SourceFile { name: "a.yaml".into(), text: text.into() });
    At { value: text.into(), place: Place { file, offset: 0, len: text.len() } }
}

/// A catalogue with these sections.
pub(super) fn catalogue(sections: &str) -> Catalogue {
    let text = format!(
        "catalogue: {{ title: t, publisher: p, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }}\n{sections}"
    );
    load_str("a.yaml", &text).unwrap_or_else(|problems| panic!("{problems:?}")).0
}

/// Two estates of 100 m x 100 m side by side, inside a district of 1 km x 1 km.
pub(super) const ESTATES: &str = r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}, "features": [
 {"type": "Feature", "properties": {"id": "elm", "name": "Elmen"}, "geometry": {"type": "Polygon", "coordinates": [[[600000, 6200000], [600100, 6200000], [600100, 6200100], [600000, 6200100], [600000, 6200000]]]}},
 {"type": "Feature", "properties": {"id": "ash", "name": "Asken"}, "geometry": {"type": "Polygon", "coordinates": [[[600100, 6200000], [600200, 6200000], [600200, 6200100], [600100, 6200100], [600100, 6200000]]]}}]}"#;
pub(super) const DISTRICT: &str = r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:25832"}}, "features": [
 {"type": "Feature", "properties": {"id": "centre"}, "geometry": {"type": "Polygon", "coordinates": [[[599500, 6199500], [600500, 6199500], [600500, 6200500], [599500, 6200500], [599500, 6199500]]]}}]}"#;
pub(super) const AREAS: &str = "areas:
  estates: { title: E, file: estates.geojson, id: id, name: name }
  districts: { title: D, file: district.geojson, id: id, covers: all }
";
pub(super) const SOURCES: &str = "sources:
  residents:
    title: R
    file: residents.csv
    period: { year: year }
    age-from: born
    reference-date: 01-01
    located-by: { address: { source: addresses, key: address } }
    sensitivity: person
  addresses: { title: A, file: addresses.csv, located-by: { point: { x: x, y: y, crs: EPSG:25832 } }, sensitivity: public }
  benefits: { title: B, file: benefits.csv, period: { year: year }, sensitivity: person, adds-to: { source: residents, by: person, period: next } }
  statistics: { title: S, file: statistics.csv, period: { year: year }, located-by: { area: area }, marks: { hidden: [\"..\"] }, sensitivity: aggregate }
";
pub(super) const POPULATIONS: &str = "populations:
  adults: { from: residents, where: age >= 18 }
  on-benefits: { within: adults, where: share > 0, weight: share }
  outside: { from: statistics, where: key = 'attachment', sum: part }
";
pub(super) const RESIDENTS: &str = "year,person,address,born,sex
2024,p1,a1,2006-01-01,k
2024,p2,a2,1980-05-05,m
2025,p1,a1,2006-01-01,k
2025,p2,a3,1980-05-05,m
2025,p3,a9,1990-01-01,k
2025,p4,a4,,k
";
pub(super) const ADDRESSES: &str =
    "address,x,y\na1,600050,6200050\na2,600100,6200050\na3,600300,6200300\na4,601000,6200300\n";
pub(super) const BENEFITS: &str = "person,year,share\np1,2024,0.5\np2,2023,0.25\np7,2024,1\n";
pub(super) const STATISTICS: &str = "year,area,key,part,whole
2024,elm,attachment,12.5,100
2024,ash,attachment,..,20
2024,9999,attachment,99.125,700
2024,oak,attachment,7,50
";

/// All these files in a folder.
pub(super) fn municipality(test: &str) -> Folder {
    let folder = folder(test);
    folder.write("estates.geojson", ESTATES);
    folder.write("district.geojson", DISTRICT);
    folder.write("residents.csv", RESIDENTS);
    folder.write("addresses.csv", ADDRESSES);
    folder.write("benefits.csv", BENEFITS);
    folder.write("statistics.csv", STATISTICS);
    folder
}
