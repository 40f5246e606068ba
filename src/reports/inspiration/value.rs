//! What figures were good for: told as its source tells it, and labelled as long as nobody has held it against the minutes.

use serde::Serialize;

use super::{Indicator, Link, Practice};
use crate::{
    catalogue::{Text, Value as Written},
    reports::context::{Context, Said},
    words::Slots,
};

/// A use of figures that can be told.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Value {
    /// The practice or indicator that it is told of.
    pub of: Link,
    pub report: String,
    pub meeting: Option<String>,
    pub decision: Option<String>,
    pub later: Option<String>,
    /// Where the minutes, or the document itself, can be read.
    pub minutes: Option<String>,
    pub verified: bool,
    /// The same in words.
    pub verified_words: String,
}

/// The values of one entry.
pub(super) fn of(context: &Context, of: &Link, written: &[Written]) -> Said<Vec<Value>> {
    let text = |text: &Option<Text>| text.as_ref().map(|text| context.text(text).to_string());
    let made = written.iter().map(|value| {
        let key = if value.verified { "inspiration/verified" } else { "inspiration/unverified" };
        Ok(Value {
            of: of.clone(),
            report: context.text(&value.report).to_string(),
            meeting: text(&value.meeting),
            decision: text(&value.decision),
            later: text(&value.later),
            minutes: value.minutes.as_ref().map(ToString::to_string),
            verified: value.verified,
            verified_words: context.words.line(key, &Slots::new())?,
        })
    });
    made.collect()
}

/// All values, those of practices first.
pub(super) fn values(indicators: &[Indicator], practices: &[Practice]) -> Vec<Value> {
    let of_practices = practices.iter().flat_map(|practice| &practice.values);
    let of_indicators = indicators.iter().flat_map(|indicator| &indicator.values);
    of_practices.chain(of_indicators).cloned().collect()
}
