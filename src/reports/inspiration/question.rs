//! Questions, the problem first, and the themes that indicators stand under.

use serde::Serialize;

use super::{Indicator, Kind, Link};
use crate::reports::context::Context;

/// What a planner asks.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Question {
    pub slug: String,
    pub title: String,
    /// The indicators that answer it, the plainest first.
    pub indicators: Vec<Link>,
    pub practices: Vec<Link>,
}

/// A heading with its indicators.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Theme {
    pub slug: String,
    pub title: String,
    pub indicators: Vec<Link>,
}

/// All questions, in the order written.
pub(super) fn questions(context: &Context) -> Vec<Question> {
    let questions = context.catalogue.questions.iter();
    let made = questions.map(|(id, question)| Question {
        slug: id.to_string(),
        title: context.text(&question.title).to_string(),
        indicators: question.indicators.iter().filter_map(|id| Link::indicator(context, id)).collect(),
        practices: question.practices.iter().filter_map(|id| Link::practice(context, id)).collect(),
    });
    made.collect()
}

/// The themes that have an indicator, in the order written.
pub(super) fn themes(context: &Context, indicators: &[Indicator]) -> Vec<Theme> {
    let themes = context.catalogue.themes.iter().map(|(id, title)| {
        let under = indicators.iter().filter(|indicator| indicator.theme.slug == id.value);
        Theme {
            slug: id.to_string(),
            title: context.text(title).to_string(),
            indicators: under
                .map(|indicator| Link::new(Kind::Indicator, &indicator.slug, &indicator.short))
                .collect(),
        }
    });
    themes.filter(|theme| !theme.indicators.is_empty()).collect()
}
