//! Registers: where data come from.

use serde::Serialize;

use super::{Indicator, Kind, Link};
use crate::{
    catalogue::{Register as Written, Text},
    reports::context::Context,
};

/// Where data come from.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Register {
    pub slug: String,
    pub title: String,
    pub needs: Option<String>,
    pub access: Option<String>,
    pub delay: Option<String>,
    pub hours: Option<String>,
    /// Everyday words by which it is looked for.
    pub search_words: Vec<String>,
    /// The indicators that take its figures.
    pub indicators: Vec<Link>,
}

/// All registers, in the order written.
pub(super) fn registers(context: &Context, indicators: &[Indicator]) -> Vec<Register> {
    let registers = context.catalogue.registers.iter();
    registers.map(|(id, register)| made(context, id, register, indicators)).collect()
}

fn made(context: &Context, id: &str, register: &Written, indicators: &[Indicator]) -> Register {
    let text = |text: &Option<Text>| text.as_ref().map(|text| context.text(text).to_string());
    let takes = indicators.iter().filter(|one| one.registers.iter().any(|link| link.slug == id));
    Register {
        slug: id.to_string(),
        title: context.text(&register.title).to_string(),
        needs: text(&register.needs),
        access: text(&register.access),
        delay: text(&register.delay),
        hours: text(&register.hours),
        search_words: register.search_words.iter().map(|word| context.text(word).to_string()).collect(),
        indicators: takes.map(|one| Link::new(Kind::Indicator, &one.slug, &one.short)).collect(),
    }
}
