//! `privacy:` what the municipality's record of processing says of a source. The municipality fills it in; the program
//! suggests nothing, least of all a legal basis.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{check::Checker, spans::At, text::Text};

/// What the municipality's record of processing (GDPR article 30) says of a source. `kvarter check --privacy` prints it, and
/// what is not filled in.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Privacy {
    /// Who decides what the data are used for and how (dataansvarlig).
    pub controller: Option<Text>,
    /// Who handles them for the controller, and under which agreement (databehandler). Where nobody does, say so.
    pub processor: Option<Text>,
    /// What they are used for (formål).
    pub purpose: Option<Text>,
    /// The provision by which they may be used (behandlingsgrundlag). The municipality decides; the program suggests none.
    pub legal_basis: Option<Text>,
    /// Whom the rows are about (kategorier af registrerede).
    pub data_subjects: Option<Text>,
    /// What the rows tell of them (kategorier af oplysninger).
    pub categories: Option<Text>,
    /// Who is given the rows (modtagere). Reports and open results hold no rows.
    pub recipients: Option<Text>,
    /// When the file is deleted (slettefrist).
    pub retention: Option<Text>,
    /// Who replaced CPR numbers by pseudonyms, and where the key is. For rows that are persons.
    pub pseudonymised_by: Option<Text>,
    /// What in the rows asks for more care. `none` says that nothing does; without the field nobody has said anything.
    pub special_categories: Vec<At<SpecialCategory>>,
}

/// What asks for more care than other data on persons.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpecialCategory {
    /// Ethnic origin: a special category, GDPR article 9.
    EthnicOrigin,
    /// Health: a special category, GDPR article 9.
    Health,
    /// Convictions and offences: GDPR article 10, databeskyttelsesloven § 8.
    Convictions,
    /// Benefits, social services and social circumstances: confidential, but not among those of article 9.
    SocialServices,
    /// Nothing of the kind.
    None,
}

impl SpecialCategory {
    /// Those that the names of columns and populations can suggest, each with parts of words that do.
    const SUGGESTED_BY: [(Self, &[&str]); 4] = [
        (
            Self::EthnicOrigin,
            &[
                "origin",
                "ethnic",
                "etnisk",
                "herkomst",
                "western",
                "vestlig",
                "immigrant",
                "indvandr",
                "efterkom",
                "descend",
                "refugee",
                "flygtning",
            ],
        ),
        (
            Self::Health,
            &[
                "health", "helbred", "sundhed", "diagnos", "disease", "sygdom", "sygemeld", "sickness",
                "hospital", "disab", "handicap", "psyk",
            ],
        ),
        (
            Self::Convictions,
            &[
                "convict", "dømt", "doemt", "crim", "krimi", "charged", "sigtet", "sigtelse", "offence",
                "straf",
            ],
        ),
        (
            Self::SocialServices,
            &[
                "benefit",
                "ydelse",
                "kontanthj",
                "placement",
                "anbring",
                "notification",
                "underretning",
                "preventive",
                "homeless",
                "hjemløs",
                "home-care",
                "hjemmehj",
                "evict",
                "udsættelse",
            ],
        ),
    ];

    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::EthnicOrigin => "ethnic-origin",
            Self::Health => "health",
            Self::Convictions => "convictions",
            Self::SocialServices => "social-services",
            Self::None => "none",
        }
    }

    /// What a name or a condition suggests, by its words alone: a reason to ask, never an answer.
    pub fn suggested_by(text: &str) -> BTreeSet<Self> {
        let text = text.to_lowercase().replace('_', "-");
        let speaks = |words: &[&str]| words.iter().any(|word| text.contains(word));
        Self::SUGGESTED_BY
            .into_iter()
            .filter(|(_, words)| speaks(words))
            .map(|(category, _)| category)
            .collect()
    }
}

/// One text of the record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PrivacyField {
    /// `controller`
    Controller,
    /// `processor`
    Processor,
    /// `purpose`
    Purpose,
    /// `legal-basis`
    LegalBasis,
    /// `data-subjects`
    DataSubjects,
    /// `categories`
    Categories,
    /// `recipients`
    Recipients,
    /// `retention`
    Retention,
    /// `pseudonymised-by`
    PseudonymisedBy,
}

impl PrivacyField {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Controller,
        Self::Processor,
        Self::Purpose,
        Self::LegalBasis,
        Self::DataSubjects,
        Self::Categories,
        Self::Recipients,
        Self::Retention,
        Self::PseudonymisedBy,
    ];

    /// The field as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Controller => "controller",
            Self::Processor => "processor",
            Self::Purpose => "purpose",
            Self::LegalBasis => "legal-basis",
            Self::DataSubjects => "data-subjects",
            Self::Categories => "categories",
            Self::Recipients => "recipients",
            Self::Retention => "retention",
            Self::PseudonymisedBy => "pseudonymised-by",
        }
    }
}

impl Privacy {
    /// What is filled in; `None` also for a text of blanks.
    pub fn given(&self, field: PrivacyField) -> Option<&Text> {
        let text = match field {
            PrivacyField::Controller => &self.controller,
            PrivacyField::Processor => &self.processor,
            PrivacyField::Purpose => &self.purpose,
            PrivacyField::LegalBasis => &self.legal_basis,
            PrivacyField::DataSubjects => &self.data_subjects,
            PrivacyField::Categories => &self.categories,
            PrivacyField::Recipients => &self.recipients,
            PrivacyField::Retention => &self.retention,
            PrivacyField::PseudonymisedBy => &self.pseudonymised_by,
        };
        text.as_ref().filter(|text| !text.da.trim().is_empty())
    }

    /// The special categories that are declared, or `none`.
    pub fn special(&self) -> BTreeSet<SpecialCategory> {
        self.special_categories.iter().map(|category| category.value).collect()
    }

    /// `none` stands alone.
    pub(super) fn check(&self, checker: &mut Checker) {
        let none = self.special_categories.iter().find(|category| category.value == SpecialCategory::None);
        if let Some(none) = none.filter(|_| self.special().len() > 1) {
            let hint = "`none` says that no row holds anything of the kind; keep it, or the others";
            checker.wrong(
                "none-and-some",
                "`none` stands beside other special categories",
                &none.place,
                hint,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::load_str;

    fn source(privacy: &str) -> String {
        format!(
            "catalogue: {{ title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }}\n\
             sources:\n  figures: {{ title: F, file: f.csv, privacy: {{ {privacy} }} }}\n"
        )
    }

    #[test]
    fn names_suggest_a_category_by_their_words_in_either_language() {
        let suggested = |text| SpecialCategory::suggested_by(text).into_iter().collect::<Vec<_>>();
        assert_eq!(suggested("key = 'origin'"), [SpecialCategory::EthnicOrigin]);
        assert_eq!(suggested("Ikke_vestlig herkomst"), [SpecialCategory::EthnicOrigin]);
        assert_eq!(suggested("convicted"), [SpecialCategory::Convictions]);
        assert_eq!(suggested("benefit_share > 0"), [SpecialCategory::SocialServices]);
        assert_eq!(suggested("kind = 'sickness'"), [SpecialCategory::Health]);
        assert_eq!(suggested("age BETWEEN 18 AND 64"), []);
    }

    #[test]
    fn a_blank_text_is_not_filled_in() {
        let text =
            source("controller: Kommunen, retention: \" \", special-categories: [health, convictions]");
        let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let privacy =
            catalogue.sources.get("figures").and_then(|source| source.privacy.clone()).expect("given");
        let given: Vec<&str> = PrivacyField::ALL
            .into_iter()
            .filter(|field| privacy.given(*field).is_some())
            .map(PrivacyField::word)
            .collect();
        assert_eq!(given, ["controller"]);
        assert_eq!(
            privacy.special(),
            BTreeSet::from([SpecialCategory::Health, SpecialCategory::Convictions])
        );
    }

    #[test]
    fn none_beside_another_category_and_an_unknown_field_are_mistakes() {
        let codes = |privacy: &str| {
            let errors = load_str("a.yaml", &source(privacy)).err().unwrap_or_default();
            errors.into_iter().map(|error| error.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("special-categories: [none, health]"), ["none-and-some"]);
        assert_eq!(codes("special-categories: [none]"), [""; 0]);
        assert_eq!(codes("legal-bases: x"), ["unknown-field"]);
    }
}
