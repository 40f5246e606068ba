//! Reading a catalogue file.

use std::{path::Path, sync::Arc};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    About, Appearance, Backdrop, Barrier, Break, Catalogue, Event, Family, Indicator, Initiative, Layer,
    Population, Practice, Question, Report, RuleSet, Section, Source, Text, spans,
};
use crate::{
    diagnostics::{At, Diagnostic, Outcome, Place, Severity, SourceFile},
    ids::{
        FamilyId, IndicatorId, InitiativeId, LayerId, PopulationId, PracticeId, ReportId, RuleSetId, SourceId,
    },
};

/// The catalogue as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Written {
    /// Whose catalogue it is.
    pub catalogue: Option<About>,
    /// How the pages look.
    pub theme: Option<Appearance>,
    /// Layers of delimited areas.
    #[serde(default)]
    pub areas: Section<LayerId, Layer>,
    /// The map under the areas, by role.
    #[serde(default)]
    pub backdrop: Section<String, Backdrop>,
    /// Tables of data.
    #[serde(default)]
    pub sources: Section<SourceId, Source>,
    /// Named numerators and denominators.
    #[serde(default)]
    pub populations: Section<PopulationId, Population>,
    /// Headings of indicators, in the order printed.
    #[serde(default)]
    pub themes: Section<String, Text>,
    /// What is measured.
    #[serde(default)]
    pub indicators: Section<IndicatorId, Indicator>,
    /// Families of rule sets with their statuses.
    #[serde(default)]
    pub families: Section<FamilyId, Family>,
    /// Law as dated data.
    #[serde(default)]
    pub rule_sets: Section<RuleSetId, RuleSet>,
    /// What was done.
    #[serde(default)]
    pub initiatives: Section<InitiativeId, Initiative>,
    /// What happened to the buildings.
    #[serde(default)]
    pub events: Section<String, Event>,
    /// Changes of definition, boundary or law.
    #[serde(default)]
    pub breaks: Section<String, Break>,
    /// Examples from other municipalities.
    #[serde(default)]
    pub practices: Section<PracticeId, Practice>,
    /// What planners ask.
    #[serde(default)]
    pub questions: Section<String, Question>,
    /// What stands in the way.
    #[serde(default)]
    pub barriers: Section<String, Barrier>,
    /// Kinds of report.
    #[serde(default)]
    pub reports: Section<ReportId, Report>,
}

impl Written {
    fn into_catalogue(self, about: About, file: Arc<SourceFile>, folder: &Path) -> Catalogue {
        Catalogue {
            file,
            folder: folder.to_path_buf(),
            about,
            appearance: self.theme,
            areas: self.areas,
            backdrop: self.backdrop,
            sources: self.sources,
            populations: self.populations,
            themes: self.themes,
            indicators: self.indicators,
            families: self.families,
            rule_sets: self.rule_sets,
            initiatives: self.initiatives,
            events: self.events,
            breaks: self.breaks,
            practices: self.practices,
            questions: self.questions,
            barriers: self.barriers,
            reports: self.reports,
        }
    }
}

/// Reads a catalogue. Errors: a file that cannot be read, or every broken entry and reference found in it.
pub fn load(path: &Path) -> Outcome<Catalogue> {
    let name = path.to_string_lossy();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let message = format!("the catalogue cannot be read: {error}");
        vec![Diagnostic::new(Severity::Error, "unreadable-catalogue", message, At::File(name.to_string()))]
    })?;
    load_str(&name, &text)
}

/// Reads a catalogue from text; `name` is its path as it is shown to the user.
pub fn load_str(name: &str, text: &str) -> Outcome<Catalogue> {
    let file = Arc::new(SourceFile { name: name.into(), text: text.into() });
    let whole = Place { file: Arc::clone(&file), offset: 0, len: 0 };
    let written: Written = spans::in_file(&file, || {
        serde_saphyr::from_str_with_options(text, serde_saphyr::options! { strict_booleans: true })
    })
    .map_err(|error| vec![Diagnostic::error("catalogue", error.to_string(), &whole)])?;
    let mut written = written;
    let about = written
        .catalogue
        .take()
        .ok_or_else(|| vec![Diagnostic::error("missing", "no `catalogue:`", &whole)])?;
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    Ok((written.into_catalogue(about, file, folder), Vec::new()))
}
