//! What an entry of `indicators:` says about itself, and whether it says enough to be lent to others.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Catalogue, Indicator, Method, Text, check::Checker, spans::At};
use crate::{
    diagnostics::Diagnostic,
    ids::{IndicatorId, PopulationId},
};

/// How often there is a new figure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// Once a year.
    Yearly,
    /// Twice a year.
    HalfYearly,
    /// Four times a year.
    Quarterly,
    /// Every month.
    Monthly,
    /// Every day.
    Daily,
    /// After every election.
    EveryElection,
    /// After every survey.
    EverySurvey,
}

impl Frequency {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yearly => "yearly",
            Self::HalfYearly => "half-yearly",
            Self::Quarterly => "quarterly",
            Self::Monthly => "monthly",
            Self::Daily => "daily",
            Self::EveryElection => "every-election",
            Self::EverySurvey => "every-survey",
        }
    }
}

impl Indicator {
    /// Dates in their order; an edition after `review-by` is warned of.
    pub(super) fn check_documentation(&self, id: &At<IndicatorId>, checker: &mut Checker) {
        if let (Some(checked), Some(review)) = (&self.checked, &self.review_by)
            && review.value < checked.value
        {
            let hint = "it says when the entry must be looked at again; write a later month";
            checker.wrong("bad-date", "`review-by` lies before `checked`", &review.place, hint);
        }
        let edition = checker.written.catalogue.as_ref().map(|about| about.edition.value);
        if let (Some(review), Some(edition)) = (&self.review_by, edition)
            && review.value < edition
        {
            let message = format!("`{id}` was to be reviewed by {review}, and the edition is of {edition}");
            let hint = "hold definition and register against the source, then write `checked:` and a new `review-by:`";
            checker.push(Diagnostic::warning("review-overdue", message, &review.place).hint(hint));
        }
    }
}

/// What a catalogue's indicators lack to be understood and used by others: a question, a definition, a register, a reference
/// date, pitfalls and references; and indicators that measure the same. `kvarter check` holds it, a build does not.
pub fn completeness(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut texts: BTreeMap<String, &At<IndicatorId>> = BTreeMap::new();
    let mut measures: BTreeMap<String, &At<IndicatorId>> = BTreeMap::new();
    let mut wholes = BTreeSet::new();
    for (id, indicator) in catalogue.indicators.iter() {
        // The first part of a whole documents them all.
        if indicator.part_of.is_none_or(|part| wholes.insert(part.figure)) {
            found.extend(lacks(id, indicator));
        }
        let text = indicator.definition.as_ref().map(|text| plain(&text.da)).filter(|text| !text.is_empty());
        let same_text = text.and_then(|text| texts.insert(text, id));
        let same_measure = measures.insert(measure(catalogue, &indicator.method), id);
        if let Some(first) = same_text.or(same_measure) {
            let message = format!("`{id}` and `{first}` have the same definition");
            let hint =
                "two names for one figure will be read as two figures; remove one, or say what differs";
            found.push(Diagnostic::error("same-definition", message, &id.place).hint(hint));
        }
    }
    found
}

/// The fields that an entry lacks, in one diagnostic.
fn lacks(id: &At<IndicatorId>, indicator: &Indicator) -> Option<Diagnostic> {
    let given = |text: &Option<Text>| text.as_ref().is_some_and(|text| !text.da.trim().is_empty());
    let fields = [
        ("question", given(&indicator.question)),
        ("definition", given(&indicator.definition)),
        ("register", given(&indicator.register)),
        ("reference-date", given(&indicator.reference_date)),
        ("pitfalls", indicator.pitfalls.iter().any(|text| !text.da.trim().is_empty())),
        ("references", !indicator.references.is_empty()),
    ];
    let missing: Vec<&str> = fields.iter().filter(|(_, given)| !given).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return None;
    }
    let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("`{id}` lacks {}", names.join(", "));
    let hint = "who reads the figure must know what is asked, of which register, when, and what leads astray";
    Some(Diagnostic::error("incomplete-entry", message, &id.place).hint(hint))
}

/// A text without case, spacing and full stops: what makes two definitions read the same.
fn plain(text: &str) -> String {
    let letters = text.to_lowercase();
    letters
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a method measures, with every population replaced by what it counts: two names of one measure give one text.
fn measure(catalogue: &Catalogue, method: &Method) -> String {
    let mut text = format!("{method:?}");
    let roles = method.form().roles();
    let ids: BTreeSet<PopulationId> =
        roles.into_iter().map(|(_, population)| population.value.clone()).collect();
    for id in ids {
        text = text.replace(&format!("{id:?}"), &counted(catalogue, &id));
    }
    text
}

/// What a population counts: its source, its conditions from the outside in, and what is added up.
fn counted(catalogue: &Catalogue, id: &PopulationId) -> String {
    let (mut conditions, mut amount) = (Vec::new(), None);
    let mut at = catalogue.population(id);
    while let Some(population) = at {
        conditions.extend(population.filter.as_ref().map(|sql| sql.text.trim()));
        amount = amount.or_else(|| population.amount());
        at = population.within.as_ref().and_then(|outer| catalogue.population(outer));
    }
    conditions.sort_unstable();
    format!("{:?} {conditions:?} {:?}", catalogue.source_of(id), amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "\
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }
sources:
  figures: { title: F, file: f.csv, period: { year: year }, located-by: { area: area_id } }
populations:
  part:  { from: figures, where: key = 'a', sum: part }
  again: { from: figures, where: key = 'a', sum: part }
  whole: { from: figures, where: key = 'a', sum: whole }
themes: { labour: Arbejde }
indicators:
";

    /// What is said of indicators written below [`HEAD`].
    fn said(indicators: &str) -> Vec<(&'static str, String)> {
        let text = format!("{HEAD}{indicators}");
        let (catalogue, _) = crate::catalogue::load_str("a.yaml", &text).expect("it loads");
        completeness(&catalogue).into_iter().map(|found| (found.code, found.message)).collect()
    }

    fn entry(id: &str, part: &str, definition: &str) -> String {
        format!(
            "  {id}: {{ title: A, theme: labour, question: Hvor mange?, definition: {definition}, method: {{ share: {{ part: {part}, of: whole }} }}, \
             unit: percent, higher-is: worse, register: R, reference-date: 1. januar, pitfalls: [P], references: [\"§ 1\"] }}\n"
        )
    }

    #[test]
    fn a_complete_entry_is_not_mentioned_and_an_incomplete_one_is_once_with_all_it_lacks() {
        assert_eq!(said(&entry("a", "part", "D")), []);
        let bare = "  a: { title: A, theme: labour, method: { count: { of: part } }, unit: count, higher-is: worse, question: Q }\n";
        let lacks = "`a` lacks `definition`, `register`, `reference-date`, `pitfalls`, `references`";
        assert_eq!(said(bare), [("incomplete-entry", lacks.to_string())]);
    }

    #[test]
    fn two_populations_that_count_the_same_make_the_same_definition() {
        let two = |part| format!("{}{}", entry("a", "part", "D"), entry("b", part, "E"));
        let same = [("same-definition", "`b` and `a` have the same definition".to_string())];
        assert_eq!(said(&two("again")), same);
        assert_eq!(said(&two("whole")), []);
    }

    #[test]
    fn the_same_words_are_the_same_definition_whatever_their_dots() {
        let two =
            format!("{}{}", entry("a", "part", "\"Andel, i pct.\""), entry("b", "whole", "andel i pct"));
        assert_eq!(said(&two), [("same-definition", "`b` and `a` have the same definition".to_string())]);
    }

    #[test]
    fn an_edition_after_the_review_is_warned_of_and_one_of_the_same_month_is_not() {
        let warned = |month: &str| {
            let dated = entry("a", "part", "D").replace("unit:", &format!("review-by: {month}, unit:"));
            let (_, warnings) =
                crate::catalogue::load_str("a.yaml", &format!("{HEAD}{dated}")).expect("it loads");
            warnings.iter().map(|warning| warning.code).collect::<Vec<_>>()
        };
        assert_eq!(warned("2026-10"), ["review-overdue"]);
        assert_eq!(warned("2026-11"), [""; 0]);
    }
}
