//! Areas that the catalogue joins into one: the cluster takes the place of its areas, with all their outlines and rows.

use std::collections::BTreeMap;

use geo_types::MultiPolygon;

use super::places::Area;
use crate::{
    catalogue::{Cluster, Language, Section},
    diagnostics::Diagnostic,
    ids::{AreaId, LayerId},
};

/// Areas, and the cluster of each area that is in one.
pub(super) type Joined = (Vec<Area>, BTreeMap<AreaId, AreaId>);

/// The areas of a layer with its clusters in place of their areas, sorted by id; and the cluster of each area that is in one.
///
/// # Errors
/// A cluster of an area that the layer does not have, or with an id that is taken.
pub(super) fn join(
    layer: &LayerId,
    clusters: &Section<AreaId, Cluster>,
    language: Language,
    areas: Vec<Area>,
    is_taken: &dyn Fn(&AreaId) -> bool,
) -> Result<Joined, Vec<Diagnostic>> {
    let mut members = BTreeMap::new();
    let mut problems = Vec::new();
    for (id, cluster) in clusters.iter() {
        for member in &cluster.areas {
            if !areas.iter().any(|area| area.id == member.value) {
                let known = areas.iter().map(|area| area.id.as_str());
                let message = format!("`{member}` is not an area of `{layer}`");
                let error = Diagnostic::error("unknown-area", message, &member.place);
                problems.push(error.did_you_mean(member.as_str(), known));
            }
            members.insert(member.value.clone(), id.value.clone());
        }
    }
    let (joined, mut areas): (Vec<Area>, Vec<Area>) =
        areas.into_iter().partition(|area| members.contains_key(&area.id));
    for (id, cluster) in clusters.iter() {
        if is_taken(&id.value) {
            let error =
                Diagnostic::error("duplicate-area-id", format!("the area id `{id}` is taken"), &id.place);
            problems
                .push(error.hint("an id stands for one area in results and file names; rename the cluster"));
        }
        let own = joined.iter().filter(|area| members.get(&area.id) == Some(&id.value));
        let name = cluster.name.in_language(language).to_string();
        let short_name =
            cluster.short_name.as_ref().unwrap_or(&cluster.name).in_language(language).to_string();
        let geometry = MultiPolygon(own.flat_map(|area| area.geometry.0.iter().cloned()).collect());
        areas.push(Area { id: id.value.clone(), layer: layer.clone(), name, short_name, geometry });
    }
    areas.sort_by(|a, b| a.id.cmp(&b.id));
    if problems.is_empty() { Ok((areas, members)) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    const CATALOGUE: &str = "\
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }
areas:
  villages:
    title: Landsbyer
    file: a.gpkg
    layer: villages
    id: id
    clusters: { nordkysten: { name: Nordkysten, areas: [aby, MEMBER] } }
";

    fn joined(member: &str) -> Result<Joined, Vec<Diagnostic>> {
        let text = CATALOGUE.replace("MEMBER", member);
        let (catalogue, _) = crate::catalogue::load_str("a.yaml", &text).expect("it loads");
        let area = |id: &str, x: f64| Area {
            id: id.into(),
            layer: "villages".into(),
            name: id.into(),
            short_name: id.into(),
            geometry: MultiPolygon(vec![polygon![(x: x, y: 0.0), (x: x + 1.0, y: 0.0), (x: x, y: 1.0)]]),
        };
        let areas = vec![area("aby", 0.0), area("bro", 10.0), area("cole", 20.0)];
        let layer: LayerId = "villages".into();
        let clusters = &catalogue.layer(&layer).expect("a layer").clusters;
        join(&layer, clusters, Language::Danish, areas, &|id| id.as_str() == "bro")
    }

    #[test]
    fn a_cluster_takes_the_place_of_its_areas_with_their_outlines() {
        let (areas, members) = joined("cole").expect("they join");
        let ids: Vec<&str> = areas.iter().map(|area| area.id.as_str()).collect();
        assert_eq!(ids, ["bro", "nordkysten"]);
        assert_eq!(areas[1].geometry.0.len(), 2);
        assert_eq!(members.len(), 2);
    }

    #[test]
    fn an_area_that_is_not_there_is_told_with_its_like() {
        let errors = joined("kole").err().expect("it is not there");
        assert_eq!(errors[0].code, "unknown-area");
        assert!(errors[0].to_string().contains("kole"));
    }
}
