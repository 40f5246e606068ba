//! `council:` of a report: what is known of a council paper before anything is computed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Date, check::Checker, spans::At, text::Text};
use crate::ids::AreaId;

/// Where a council paper is dealt with, and what people have written of its fields. A field that is left out is printed as one
/// to be filled in.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CouncilPaper {
    /// The number of the case, as `25/04817`.
    pub case: Option<String>,
    /// The committee that gets the paper.
    pub committee: Option<Text>,
    /// The day of its meeting.
    pub date: Option<At<Date>>,
    /// The number of the item on its agenda.
    pub item: Option<u16>,
    /// What the committee is asked for, as `Til indstilling`.
    pub handling: Option<Text>,
    /// Who decides, as `Byrådet`.
    pub competence: Option<Text>,
    /// What it costs, and where the money is.
    pub economy: Option<Text>,
    /// What comes next.
    pub process: Option<Text>,
    /// Areas that get a page each at the end.
    #[serde(default)]
    pub annex: Vec<At<AreaId>>,
}

impl CouncilPaper {
    pub(super) fn check(&self, checker: &mut Checker) {
        for (i, area) in self.annex.iter().enumerate() {
            if self.annex[..i].iter().any(|before| before.value == area.value) {
                let hint = "each area has one page; remove one of the two";
                checker.wrong("named-twice", format!("`{area}` is named twice"), &area.place, hint);
            }
        }
    }
}
