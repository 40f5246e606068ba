//! `clusters:` of a layer: areas that are too small alone and are one area together, as neighbouring villages.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{check::Checker, spans::At, text::Text};
use crate::{catalogue::Section, ids::AreaId};

/// Areas that are one area, in place of what each of them was.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cluster {
    /// Its name.
    pub name: Text,
    /// A shorter name for figures.
    pub short_name: Option<Text>,
    /// The areas of the layer that it is made of.
    pub areas: Vec<At<AreaId>>,
}

/// The clusters of one layer: two areas or more in each, and none in two.
pub(super) fn check(clusters: &Section<AreaId, Cluster>, checker: &mut Checker) {
    checker.ids(clusters);
    let mut taken: Vec<&AreaId> = Vec::new();
    for (id, cluster) in clusters.iter() {
        if cluster.areas.len() < 2 {
            let hint = "a cluster joins areas; name two or more, or leave it out";
            checker.wrong("small-cluster", format!("`{id}` joins nothing"), &id.place, hint);
        }
        for area in &cluster.areas {
            if taken.contains(&&area.value) {
                let hint = "its rows are counted once; leave it in one cluster";
                checker.wrong("named-twice", format!("`{area}` is in two clusters"), &area.place, hint);
            }
            taken.push(&area.value);
        }
    }
}
