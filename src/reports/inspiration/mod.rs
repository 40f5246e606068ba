//! What the inspiration catalogue says, as plain data: made once from the catalogue and the publication, and set as a book
//! (`reports::book`) and as a site.
//!
//! [`Inspiration`] holds everything in the order printed, in the language of the run:
//!
//! | part | one is |
//! |---|---|
//! | `questions` | a problem first, with the indicators that answer and the practices that help |
//! | `themes` | a heading with its indicators; every indicator stands under one |
//! | `indicators` | what is measured: words, formula, data, care, small numbers, who uses it, the entry as written, an example |
//! | `practices` | an example from elsewhere under KL's headings, where it fits, how well its effect is known |
//! | `barriers` | what stands in the way, its sign, what helps, who decides, practices that met it |
//! | `registers` | where data come from: access, delay, hours to begin |
//! | `values` | what figures were good for, gathered from practices and indicators |
//! | `sources` | every document referred to, numbered from 1, with what refers to it |
//! | `terms` | the index: words by which something is looked for, everyday words and registers among them |
//!
//! **Links.** A [`Link`] names a part by `kind` and `slug`. Slugs are the ids of the catalogue and so stable over editions;
//! two parts of one kind never share one. Address a page as `kind/slug`.
//!
//! **Unknown.** An optional text that is `None` is not told by what was read: print `unknown` in its place, never nothing.
//!
//! **Numbers.** [`Example`] alone holds figures, all of them printed from the publication. A hidden point has a name and a
//! state and nothing else; positions are fractions 0–1 of the scale's width.

mod barrier;
mod condition;
mod example;
mod formula;
mod indicator;
mod link;
mod practice;
mod question;
mod register;
mod scale;
mod small_numbers;
mod source;
mod term;
#[cfg(test)]
mod tests;
mod uses;
mod value;

use serde::Serialize;

pub(super) use barrier::Barrier;
pub(super) use example::{Example, Point};
pub(super) use formula::Formula;
pub(super) use indicator::Indicator;
pub(super) use link::{Kind, Link};
pub(super) use practice::{Evidence, Practice, evidence};
pub(super) use question::{Question, Theme};
pub(super) use register::Register;
pub(super) use source::Source;
pub(super) use term::Term;
pub(super) use value::Value;

use super::context::{Context, Said};
use crate::words::Slots;

/// Everything that the inspiration catalogue says.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Inspiration {
    /// The catalogue's title.
    pub title: String,
    pub publisher: String,
    /// `december 2025`
    pub edition: String,
    /// Printed where something is not told by what was read.
    pub unknown: String,
    pub questions: Vec<Question>,
    pub themes: Vec<Theme>,
    pub indicators: Vec<Indicator>,
    pub practices: Vec<Practice>,
    pub barriers: Vec<Barrier>,
    pub registers: Vec<Register>,
    pub values: Vec<Value>,
    pub sources: Vec<Source>,
    pub terms: Vec<Term>,
}

impl Inspiration {
    /// All that catalogue and publication say.
    pub fn build(context: &Context) -> Said<Self> {
        let catalogue = context.catalogue;
        let about = &catalogue.about;
        let month = context.words.format().month(about.edition.month);
        let indicators = indicator::indicators(context)?;
        let practices = practice::practices(context)?;
        let barriers = barrier::barriers(context);
        let registers = register::registers(context, &indicators);
        let questions = question::questions(context);
        Ok(Self {
            title: context.text(&about.title).to_string(),
            publisher: context.text(&about.publisher).to_string(),
            edition: format!("{month} {}", about.edition.year),
            unknown: context.words.line("inspiration/unknown", &Slots::new())?,
            values: value::values(&indicators, &practices),
            sources: source::sources(&indicators, &practices, &barriers),
            terms: term::terms(&questions, &indicators, &practices, &barriers, &registers),
            themes: question::themes(context, &indicators),
            questions,
            indicators,
            practices,
            barriers,
            registers,
        })
    }
}
