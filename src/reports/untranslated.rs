//! What a report in another language than the catalogue's still prints in the catalogue's: one warning, with the first of them.
//!
//! Names of publishers and providers are not texts to translate.

use std::collections::BTreeSet;

use crate::{
    catalogue::{Catalogue, Language, Text},
    diagnostics::{At, Diagnostic, Severity},
    ids::IndicatorId,
};

/// So many texts are named.
const NAMED: usize = 4;

/// The warning; `None` in the catalogue's own language, and where nothing is left to translate.
pub(super) fn warning(catalogue: &Catalogue, language: Language) -> Option<Diagnostic> {
    let texts = texts(catalogue);
    let of_file = catalogue.about.language;
    let lacking: Vec<&String> = texts
        .iter()
        .filter(|(_, text)| language != of_file && !text.is_in(language))
        .map(|(name, _)| name)
        .collect();
    let first: Vec<String> = lacking.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let more = if lacking.len() > NAMED { ", …" } else { "" };
    let code = language.code();
    let message = match lacking.len() {
        0 => return None,
        1 => format!("one text of the catalogue is not written in `{code}`: {}", first[0]),
        n => format!("{n} texts of the catalogue are not written in `{code}`: {}{more}", first.join(", ")),
    };
    let diagnostic = Diagnostic::new(Severity::Warning, "untranslated", message, At::Nowhere);
    let field = lacking[0].rsplit('/').next().unwrap_or_default();
    Some(
        diagnostic
            .hint(format!("they are printed as they stand, in `{}`", of_file.code()))
            .hint(format!("write each text per language, as `{field}: {{ da: …, {code}: … }}`")),
    )
}

/// Every text of the catalogue that reports print, by its address.
fn texts(catalogue: &Catalogue) -> Vec<(String, &Text)> {
    let mut found: Vec<(String, Option<&Text>)> = Vec::new();
    for (id, report) in catalogue.reports.iter() {
        found.push((format!("reports/{}/title", id.value), report.title.as_ref()));
    }
    for (id, layer) in catalogue.areas.iter() {
        found.push((format!("areas/{}/title", id.value), Some(&layer.title)));
        found.push((format!("areas/{}/kind-name", id.value), layer.kind_name.as_ref()));
    }
    for (id, source) in catalogue.sources.iter().filter(|(_, source)| source.file.is_some()) {
        found.push((format!("sources/{}/title", id.value), Some(&source.title)));
        found.push((format!("sources/{}/dated", id.value), source.dated.as_ref()));
    }
    for (id, initiative) in catalogue.initiatives.iter() {
        found.push((format!("initiatives/{}/title", id.value), Some(&initiative.title)));
        found.push((format!("initiatives/{}/kind", id.value), Some(&initiative.kind)));
    }
    of_indicators(catalogue, &mut found);
    of_the_law(catalogue, &mut found);
    found.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
}

fn of_indicators<'c>(catalogue: &'c Catalogue, found: &mut Vec<(String, Option<&'c Text>)>) {
    let of_reports = catalogue.reports.iter().flat_map(|(_, report)| &report.indicators).map(|id| &id.value);
    let criteria = catalogue.rule_sets.iter().flat_map(|(_, rules)| rules.criteria.iter());
    let of_law = criteria.filter_map(|(_, criterion)| catalogue.printed_indicator(&criterion.indicator));
    let printed: BTreeSet<&IndicatorId> = of_reports.chain(of_law.map(|(id, _)| id)).collect();
    let mut themes = BTreeSet::new();
    for id in printed {
        let Some(indicator) = catalogue.indicator(id) else { continue };
        themes.insert(indicator.theme.value.as_str());
        found.extend([
            (format!("indicators/{id}/title"), Some(&indicator.title)),
            (format!("indicators/{id}/short"), indicator.short.as_ref()),
            (format!("indicators/{id}/in-sentence"), indicator.in_sentence.as_ref()),
            (format!("indicators/{id}/population"), indicator.population.as_ref()),
            (format!("indicators/{id}/definition"), indicator.definition.as_ref()),
            (format!("indicators/{id}/read-with-care"), indicator.read_with_care.as_ref()),
        ]);
    }
    let used = catalogue.themes.iter().filter(|(id, _)| themes.contains(id.value.as_str()));
    found.extend(used.map(|(id, title)| (format!("themes/{}", id.value), Some(title))));
}

fn of_the_law<'c>(catalogue: &'c Catalogue, found: &mut Vec<(String, Option<&'c Text>)>) {
    for (id, family) in catalogue.families.iter() {
        for (status, words) in family.statuses.iter() {
            found.push((format!("families/{}/statuses/{}/name", id.value, status.value), Some(&words.name)));
        }
    }
    for (id, rules) in catalogue.rule_sets.iter() {
        found.push((format!("rule-sets/{}/law", id.value), Some(&rules.law)));
        for (criterion, told) in rules.criteria.iter() {
            let name = format!("rule-sets/{}/criteria/{}/title", id.value, criterion.value);
            found.push((name, told.title.as_ref()));
        }
    }
    for (id, tool) in catalogue.tools.iter() {
        let after = tool.after_leaving.as_ref().map(|after| &after.says);
        found.extend([
            (format!("tools/{}/title", id.value), Some(&tool.title)),
            (format!("tools/{}/law", id.value), Some(&tool.law)),
            (format!("tools/{}/says", id.value), Some(&tool.says)),
            (format!("tools/{}/after-leaving/says", id.value), after),
        ]);
    }
    for (id, change) in catalogue.breaks.iter() {
        found.push((format!("breaks/{}/title", id.value), Some(&change.title)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::load_str, reports::fixture::catalogue};

    #[test]
    fn every_text_of_the_demonstration_that_is_printed_is_written_in_english() {
        assert_eq!(warning(&catalogue(), Language::English).map(|found| found.message), None);
    }

    #[test]
    fn one_warning_names_the_first_texts_that_are_printed_in_danish() {
        let text = "catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }\nareas:\n  estates: { title: Boligområder, kind-name: Boligområde, file: a.gpkg, layer: l, id: i, name: n }\n  villages: { title: Landsbyer, kind-name: { da: Landsby, en: Village }, file: a.gpkg, layer: v, id: i, name: n }\n";
        let (catalogue, _) = load_str("a.yaml", text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let found = warning(&catalogue, Language::English).expect("three texts are Danish only");
        assert_eq!((found.code, found.severity), ("untranslated", Severity::Warning));
        assert_eq!(
            found.message,
            "3 texts of the catalogue are not written in `en`: `areas/estates/title`, `areas/estates/kind-name`, `areas/villages/title`"
        );
        assert!(warning(&catalogue, Language::Danish).is_none());
    }
}
