//! Barriers: what stands in the way of using data.

use serde::Serialize;

use super::{Link, source::Reference};
use crate::reports::context::Context;

/// Something that stands in the way.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Barrier {
    pub slug: String,
    pub title: String,
    pub sign: String,
    pub remedy: String,
    pub who_decides: String,
    /// Practices that met it.
    pub met_by: Vec<Link>,
    pub references: Vec<Reference>,
}

/// All barriers, in the order written.
pub(super) fn barriers(context: &Context) -> Vec<Barrier> {
    let barriers = context.catalogue.barriers.iter();
    let made = barriers.map(|(id, barrier)| Barrier {
        slug: id.to_string(),
        title: context.text(&barrier.title).to_string(),
        sign: context.text(&barrier.sign).to_string(),
        remedy: context.text(&barrier.remedy).to_string(),
        who_decides: context.text(&barrier.who_decides).to_string(),
        met_by: barrier.met_by.iter().filter_map(|id| Link::practice(context, id)).collect(),
        references: barrier.sources.iter().map(Reference::of).collect(),
    });
    made.collect()
}
