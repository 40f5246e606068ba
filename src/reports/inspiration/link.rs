//! How one part of the inspiration catalogue names another.

use serde::Serialize;

use crate::{
    ids::{IndicatorId, PracticeId},
    reports::context::Context,
};

/// What a link leads to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) enum Kind {
    Question,
    Theme,
    Indicator,
    Practice,
    Barrier,
    Register,
}

/// A part of the inspiration catalogue, by kind and slug, with what it is called.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Link {
    pub kind: Kind,
    pub slug: String,
    pub title: String,
}

impl Link {
    /// A link by an id of the catalogue: ids are fit for addresses as they are.
    pub fn new(kind: Kind, id: impl ToString, title: impl Into<String>) -> Self {
        Self { kind, slug: id.to_string(), title: title.into() }
    }

    /// To an indicator, by its name for tight places.
    pub fn indicator(context: &Context, id: &IndicatorId) -> Option<Self> {
        let indicator = context.catalogue.indicator(id)?;
        Some(Self::new(Kind::Indicator, id, context.text(indicator.short_title())))
    }

    /// To a practice, by its title.
    pub fn practice(context: &Context, id: &PracticeId) -> Option<Self> {
        let practice = context.catalogue.practices.get(id)?;
        Some(Self::new(Kind::Practice, id, context.text(&practice.title)))
    }
}
