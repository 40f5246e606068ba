//! `families:` the statuses that the rule sets of a law, or of the municipality itself, share over the years.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    check::Checker,
    rule_set::RuleSet,
    spans::{At, Section},
    text::Text,
};
use crate::{
    diagnostics::{Diagnostic, Place},
    ids::StatusId,
};

/// A family of rule sets: the statuses that they share, so that years in a row cross rule sets.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Family {
    /// Its name.
    pub title: Text,
    /// Who made its rules: `law` (default), or the `municipality` for an early warning of its own.
    #[serde(default)]
    pub made_by: MadeBy,
    /// A municipality's own statuses are for its own use (`out/internal/`) until they are released to pages and open results.
    #[serde(default)]
    pub released: bool,
    /// Whether the criterion on origin is printed among the others (default yes).
    #[serde(default = "yes")]
    pub show_origin: bool,
    /// The statuses, mildest first: an area that meets several has the last of them.
    pub statuses: Section<StatusId, Status>,
}

/// The default of `show-origin`.
fn yes() -> bool {
    true
}

/// Who made the rules of a family.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MadeBy {
    /// An act.
    #[default]
    Law,
    /// The municipality: never under the law's words, and never for an area with fewer than 300 residents.
    Municipality,
}

impl Family {
    /// May its facts stand on pages and in open results?
    pub fn is_public(&self) -> bool {
        self.made_by == MadeBy::Law || self.released
    }

    /// The status that a list means by a word: an id, a name, or another word for it. A list gives only the statuses of its
    /// rule set.
    pub fn called<'a>(&'a self, word: &str, set: Option<&RuleSet>) -> Option<&'a StatusId> {
        let word = word.trim().to_lowercase();
        let mut called =
            self.statuses.iter().filter(|(id, status)| id.as_str() == word || status.is_called(&word));
        called.find(|(id, _)| set.is_none_or(|set| set.statuses.contains(&id.value))).map(|(id, _)| &id.value)
    }
}

impl Status {
    /// Is this, in small letters, its name or another word for it?
    pub(super) fn is_called(&self, word: &str) -> bool {
        let names = std::iter::once(&self.name.da).chain(&self.name.en);
        names.chain(self.also_called.iter().map(|name| &name.value)).any(|name| name.to_lowercase() == word)
    }
}

/// How a status is printed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Status {
    /// The full name, as `Udsat boligområde`.
    pub name: Text,
    /// The mark beside the name.
    pub symbol: Symbol,
    /// What the law ties to the status, in about three lines.
    pub follows: Option<Text>,
    /// The status that this one counts as in years in a row. It is never printed as that status.
    pub counts_as: Option<At<StatusId>>,
    /// Other words for it that official lists may write, as the name it had at the time. Of two statuses with one word the
    /// rule set of the list tells which is meant.
    #[serde(default)]
    pub also_called: Vec<At<String>>,
}

/// The mark of a status: shape and fill, so that it never hangs on colour alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Symbol {
    /// An open circle.
    Open,
    /// A circle, left half filled.
    Half,
    /// A filled circle.
    Full,
    /// A filled square.
    Square,
    /// A filled diamond with a white eye.
    Diamond,
    /// A circle with a bar: other criteria, another name.
    Barred,
}

/// The law's words for its lists, which a municipality's own statuses may not use.
const WORDS_OF_THE_LAW: [&str; 5] = ["udsat", "parallelsamfund", "omdannelse", "forebyggelse", "ghetto"];

impl Family {
    /// Ids, references, and the words of a municipality's own statuses.
    pub(super) fn check(&self, checker: &mut Checker) {
        checker.ids(&self.statuses);
        if self.made_by == MadeBy::Municipality {
            own_words(self, checker);
        }
        for status in self.statuses.iter().filter_map(|(_, status)| status.counts_as.as_ref()) {
            check_status(status.as_str(), &status.place, &self.statuses, checker);
        }
    }
}

/// A municipality's own status is not to be taken for one of the law.
fn own_words(family: &Family, checker: &mut Checker) {
    for (id, status) in family.statuses.iter() {
        let texts = [id.as_str(), &status.name.da, status.name.en.as_deref().unwrap_or_default()];
        let text = texts.join(" ").to_lowercase();
        if let Some(word) = WORDS_OF_THE_LAW.iter().find(|word| text.contains(**word)) {
            let message = format!("`{id}` of the municipality's own rules uses the law's word `{word}`");
            let hint = "only the ministry's lists give an area that status; call it something else, as `Opmærksomhed`";
            checker.wrong("word-of-the-law", message, &id.place, hint);
        }
    }
}

/// A status must be one of the family's.
pub(super) fn check_status(
    id: &str,
    place: &Place,
    statuses: &Section<StatusId, Status>,
    checker: &mut Checker,
) {
    if !statuses.contains(id) {
        let error =
            Diagnostic::error("unknown-status", format!("`{id}` is not a status of the family"), place)
                .did_you_mean(id, statuses.ids().map(StatusId::as_str))
                .hint("its name and mark stand under `families:`, once for all rule sets of the family");
        checker.push(error);
    }
}
