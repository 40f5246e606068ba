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

#[cfg(test)]
mod scratch {
    use super::*;
    #[test]
    fn scratch() {
        for text in [
            "indicators:\n  a:\n    title: A\n    theem: x\n",
            "indicators:\n  a: { title: A, theem: x }\n",
            "indicators:\n  a:\n    title: A\n    theme: x\n",
            "indicators:\n  a:\n    title: A\n    method: { shaer: { part: a, of: b } }\n",
            "indicators:\n  a:\n    title: A\n    method:\n      share: { part: a, off: b }\n",
            "indicators:\n  a:\n    title: A\n    method: { share: { part: a } }\n",
            "indicators:\n  a:\n    title: A\n    method: { share: { part: a, of: b }, count: { of: b } }\n",
            "indicators:\n  a:\n    title: A\n    method: share\n",
            "indicators:\n  a:\n    title:\n    theme: x\n",
            "indicators:\n  a:\n    title: [a]\n    theme: x\n",
            "indicators:\n  a:\n    title: { dk: a }\n    theme: x\n",
            "indicators:\n  a:\n    title: A\n    matters: two\n",
            "indicators:\n  a:\n    title: A\n    matters: 1e3\n",
            "indicators:\n  a:\n    title: A\n    decimals: many\n",
            "indicators:\n  a:\n    title: A\n    decimals: 300\n",
            "indicators:\n  a:\n    title: A\n    higher-is: worst\n",
            "indicators:\n  a:\n    title: A\n    compare-with: [rest, contry]\n",
            "indicators:\n  a:\n    title: A\n    compare-with: rest\n",
            "indicators:\n  a:\n    title: A\n    title: B\n",
            "indicators:\n  a:\n    title: A\n    question: Andel: unge\n",
            "indicators:\n  a:\n    title: \"A\n    theme: x\n",
            "indicators:\n  a:\n    title: A\n\ttheme: x\n",
            "indicators:\n  a:\n    title: A\n    classes: [1, 2\n  b:\n    title: B\n",
            "indicators:\n  - a\n",
            "indicators:\n",
            "indicators: x\n",
            "indicaters:\n  a: x\n",
            "indicators:\n  a: x\n",
            "indicators:\n  a:\n",
            "areas:\n  a: { title: x, file: f, id: a, crs: 25832 }\n",
            "areas:\n  a: { title: x, file: f, id: a, covers: yes }\n",
            "sources:\n  a: { title: x, file: f, reference-date: \"1-1\" }\n",
            "sources:\n  a: { title: x, file: f, csv: { delimiter: \";;\" } }\n",
            "families:\n  a: { title: x, show-origin: no, statuses: {} }\n",
            "rule-sets:\n  a:\n    statuses:\n      u: { when: { at-least: { count: 2, off: [a] } } }\n",
            "rule-sets:\n  a:\n    statuses:\n      u: { when: { al: [a] } }\n",
            "rule-sets:\n  a:\n    statuses:\n      u: { when: 3 }\n",
            "rule-sets:\n  a:\n    criteria:\n      u: { indicator: x, is: { ovr: 3 } }\n",
            "rule-sets:\n  a:\n    criteria:\n      u: { indicator: x, is: 3 }\n",
            "rule-sets:\n  a:\n    criteria:\n      u: { indicator: x, is: { over: 3, under: 2 } }\n",
            "rule-sets:\n  a:\n    criteria:\n      u: { indicator: x, is: { over: .inf } }\n",
            "rule-sets:\n  a:\n    lists: { from: 2021-02-30 }\n",
            "sources:\n  a:\n    title: x\n    file: [f]\n",
            "sources:\n  a:\n    title: x\n    file: \"a'b\"\n    where: >\n      age > 1\n      AND b\n",
        ] {
            let r: Result<Written, _> = serde_saphyr::from_str_with_options(text, serde_saphyr::options! { strict_booleans: true, with_snippet: false });
            match r {
                Ok(_) => eprintln!("---- OK {text}"),
                Err(e) => {
                    let l = e.location();
                    let at = l.map(|l| (l.line(), l.column(), l.span().byte_offset(), l.span().byte_len()));
                    let rest = at.and_then(|a| a.2).map(|o| &text[(o as usize)..]);
                    eprintln!("---- {text}  => {at:?} {rest:?}\n  {e:?}");
                }
            }
        }
    }
}
