//! What was written, from what, by which rules: `manifest.json`. Only what the last manifest names is ever replaced.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::{rendered::Rendered, world::Typesetter};
use crate::{
    catalogue::{Catalogue, Family},
    compute::{Fact, Publication, State},
    diagnostics::{At, Diagnostic, Severity},
    hash,
    ids::AreaId,
};

/// The file's name in the output folder.
pub(super) const FILE: &str = "manifest.json";

/// Numbers of rows by source (of residents by layer), period and what became of them.
type Counts = BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>;

/// The manifest of an output folder.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    program: String,
    edition: String,
    /// Every file that was read, with its hash.
    inputs: BTreeMap<String, String>,
    /// Rule sets, with the dates of the lists they decide.
    rules: BTreeMap<String, String>,
    fonts: BTreeMap<String, String>,
    templates: BTreeMap<String, String>,
    /// Every file that was written, by its path in the output folder.
    pub outputs: BTreeMap<String, Output>,
    /// Rows of each source by period, as far as they may be shown.
    account: Counts,
    /// LIX of each report's prose, by its path without an ending.
    #[serde(default)]
    pub readability: BTreeMap<String, f64>,
    /// What each report was rendered from, by its path without an ending.
    #[serde(default)]
    pub rendered: BTreeMap<String, Rendered>,
    /// The build that wrote this, if all of it went well: an equal one has nothing to do.
    #[serde(default)]
    pub made: Option<Made>,
}

/// A build that went well.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Made {
    /// A hash over everything that it was made from.
    pub from: String,
    /// Reports made.
    pub reports: usize,
    /// Warnings told.
    pub warnings: usize,
}

/// One written file.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Output {
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    /// Describes a run; `outputs` is filled in as files are written.
    pub fn new(
        catalogue: &Catalogue,
        publication: &Publication,
        typesetter: &Typesetter,
        inputs: &BTreeMap<String, String>,
    ) -> Self {
        let mut manifest = Self {
            program: format!("kvarter {}", env!("CARGO_PKG_VERSION")),
            inputs: inputs.clone(),
            edition: catalogue.about.edition.to_string(),
            account: account(catalogue, publication),
            ..Self::default()
        };
        let public = |family| catalogue.families.get(family).is_some_and(Family::is_public);
        for (id, set) in catalogue.rule_sets.iter().filter(|(_, set)| public(&set.family.value)) {
            let to = set.lists.to.as_ref().map_or(String::new(), ToString::to_string);
            manifest.rules.insert(id.to_string(), format!("{}/{to}", set.lists.from));
        }
        for path in typesetter.paths() {
            let hash = hash::of(typesetter.file(path).unwrap_or_default());
            match path.strip_prefix("fonts/") {
                Some(font) => manifest.fonts.insert(font.to_string(), hash),
                None => manifest.templates.insert(path.to_string(), hash),
            };
        }
        manifest
    }

    /// The manifest of the last run in a folder; empty if there is none or it cannot be read.
    pub fn last(out: &Path) -> Self {
        fs::read(out.join(FILE))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }
}

/// A file of the run could not be read or written.
pub(super) fn cannot(what: &str, file: &str, error: &io::Error) -> Diagnostic {
    let at = At::File(file.to_string());
    Diagnostic::new(Severity::Error, "file", format!("cannot {what} the file: {error}"), at)
}

/// Rows read, not placed and left out, and residents outside a layer, from the publication: a count from 1 to 4 is not there.
fn account(catalogue: &Catalogue, publication: &Publication) -> Counts {
    let whole = AreaId::municipality();
    let mut account = Counts::new();
    for (id, state) in publication.facts().filter(|(id, _)| id.area == whole && id.against.is_none()) {
        let mut parts = id.what.splitn(3, '/');
        let (Some(kind @ ("rows" | "unplaced" | "unused" | "outside")), Some(source)) =
            (parts.next(), parts.next())
        else {
            continue;
        };
        if !catalogue.sources.contains(source) && !catalogue.areas.contains(source) {
            continue;
        }
        let name = parts.next().map_or(kind.to_string(), |reason| format!("{kind}/{reason}"));
        let count = match state {
            State::Shown(Fact::Count(count)) => count.to_string(),
            State::Hidden => "hidden".to_string(),
            _ => continue,
        };
        account
            .entry(source.into())
            .or_default()
            .entry(id.period.to_string())
            .or_default()
            .insert(name, count);
    }
    account
}
