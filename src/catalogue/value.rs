//! `value:` what figures were good for: the report that was read, the meeting, what was decided, and what came of it.
//!
//! An entry tells what its source tells and nothing more. Until somebody has held it against the minutes it is not verified,
//! and is printed so.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{check::Checker, practice::is_web_address, spans::At, text::Text};

/// A use of figures that can be told.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Value {
    /// The report that was read.
    pub report: Text,
    /// The meeting: who met, and when.
    pub meeting: Option<Text>,
    /// What was decided on the grounds of it.
    pub decision: Option<Text>,
    /// What came of it later.
    pub later: Option<Text>,
    /// Where the minutes, or the document itself, can be read.
    pub minutes: Option<At<String>>,
    /// Has it been held against the minutes?
    #[serde(default)]
    pub verified: bool,
}

impl Value {
    /// Its address is one, and nothing is verified against minutes that nobody can find.
    pub(super) fn check(&self, checker: &mut Checker) {
        match &self.minutes {
            Some(minutes) if !is_web_address(minutes) => {
                let hint = "write it as `https://…`; leave it out where the document has none";
                checker.wrong("bad-url", format!("`{minutes}` is not an address"), &minutes.place, hint);
            }
            _ => {}
        }
    }
}
