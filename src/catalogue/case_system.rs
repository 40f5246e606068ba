//! `case-system:` how the council paper is laid in the fields of the municipality's case system, and what its annexes are
//! called there.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{check::Checker, spans::At, text::Text};

/// How the council paper is laid in the fields of the municipality's case system. Without it all fields are written, named and
/// in the order of the paper.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct CaseSystem {
    /// The fields that the system has, in its order. Others are not written. Without any, all are.
    pub fields: Vec<At<SystemField>>,
    /// Each HTML and text file begins with the name of its field. As a rule the system prints the name itself.
    pub headings: bool,
    /// The file titles of annexes, as `"{date} {annex} {title} {area}"`: the meeting's date (else the edition's month), the
    /// word for annex with its number, the report's title, the area's name. `{number}` is the number alone.
    pub files: Option<At<String>>,
    /// The most letters that a file title may have, its ending included. 120 where nothing else is said.
    pub longest: Option<At<u16>>,
}

/// A field of the case system.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SystemField {
    /// The field of the paper that it is filled with.
    pub field: PaperField,
    /// Its name in the system; the paper's own without it.
    pub name: Option<Text>,
}

/// A field of the council paper.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaperField {
    /// The title (titel).
    Title,
    /// The summary (resumé).
    Summary,
    /// What the council is asked to decide (indstilling).
    Recommendation,
    /// The case itself (sagsfremstilling).
    Presentation,
    /// Who decides (beslutningskompetence).
    Competence,
    /// What it costs (økonomi).
    Economy,
    /// What happens next (videre proces).
    Process,
    /// The list of annexes (bilag).
    Annexes,
}

impl PaperField {
    /// The field as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Recommendation => "recommendation",
            Self::Presentation => "presentation",
            Self::Competence => "competence",
            Self::Economy => "economy",
            Self::Process => "process",
            Self::Annexes => "annexes",
        }
    }
}

/// A part of a pattern for file titles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As it stands.
    Words(String),
    /// Filled in.
    Slot(Slot),
}

/// What a file title is filled in with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// The date of the meeting.
    Date,
    /// The word for annex, and the number.
    Annex,
    /// The number.
    Number,
    /// The title of the report.
    Title,
    /// The name of the area.
    Area,
}

impl Slot {
    /// All of them, by the word in a pattern.
    const ALL: [(&'static str, Self); 5] = [
        ("date", Self::Date),
        ("annex", Self::Annex),
        ("number", Self::Number),
        ("title", Self::Title),
        ("area", Self::Area),
    ];
}

/// The pattern where the catalogue has none.
const FILES: &str = "{date} {annex} {title} {area}";
/// The most letters where the catalogue says nothing.
const LONGEST: u16 = 120;
/// What Windows refuses in a file name.
pub const REFUSED: [char; 9] = ['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

impl CaseSystem {
    /// The pattern of file titles.
    pub fn pattern(&self) -> Vec<Piece> {
        let files = self.files.as_ref().map_or(FILES, |files| files.value.as_str());
        pieces(files).unwrap_or_default()
    }

    /// The most letters of a file title.
    pub fn longest(&self) -> usize {
        self.longest.as_ref().map_or(LONGEST, |longest| longest.value).into()
    }

    /// Fields once each, and file titles that tell annexes apart and that a system of files takes.
    pub(super) fn check(&self, checker: &mut Checker) {
        let mut seen = BTreeSet::new();
        for field in &self.fields {
            if !seen.insert(field.field) {
                let message = format!("`{}` is named twice", field.field.word());
                checker.wrong(
                    "field-twice",
                    message,
                    &field.place,
                    "a field of the paper goes to one field; remove one",
                );
            }
            if field.name.as_ref().is_some_and(|name| name.da.trim().is_empty()) {
                let hint = "write the name that the case system prints, or leave `name` out";
                checker.wrong("empty", "the name of a field is empty", &field.place, hint);
            }
        }
        if let Some(longest) = self.longest.as_ref().filter(|longest| !(40..=200).contains(&longest.value)) {
            let message = format!("`{longest}` letters is no length for file titles");
            let hint = "between 40 and 200; a whole path may have 260 in Windows";
            checker.wrong("bad-number", message, &longest.place, hint);
        }
        if let Some(files) = &self.files {
            check_pattern(files, checker);
        }
    }
}

fn check_pattern(files: &At<String>, checker: &mut Checker) {
    let pieces = match pieces(files) {
        Ok(pieces) => pieces,
        Err((message, hint)) => return checker.wrong("bad-pattern", message, &files.place, hint),
    };
    let words = pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(words),
        Piece::Slot(_) => None,
    });
    if let Some(refused) = words.flat_map(|words| words.chars()).find(|letter| REFUSED.contains(letter)) {
        let message = format!("`{refused}` cannot stand in the name of a file");
        checker.wrong(
            "bad-pattern",
            message,
            &files.place,
            "Windows refuses < > : \" / \\ | ? and *; use - or a space",
        );
    }
    let apart = |piece: &Piece| matches!(piece, Piece::Slot(Slot::Annex | Slot::Number));
    if !pieces.iter().any(apart) {
        let message = "all annexes could get one title";
        let hint = "two reports may be about one area; use `{annex}` or `{number}`";
        checker.wrong("bad-pattern", message, &files.place, hint);
    }
}

/// Takes a pattern apart; else what is wrong and what to type.
fn pieces(pattern: &str) -> Result<Vec<Piece>, (String, String)> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some((words, opened)) = rest.split_once('{') {
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_string()));
        }
        let Some((name, after)) = opened.split_once('}') else {
            return Err(("`{` is opened and not closed".into(), "write `}` after the word".into()));
        };
        let Some((_, slot)) = Slot::ALL.iter().find(|(known, _)| *known == name) else {
            let known: Vec<String> = Slot::ALL.iter().map(|(known, _)| format!("`{{{known}}}`")).collect();
            return Err((
                format!("a file title has no `{{{name}}}`"),
                format!("it has {}", known.join(", ")),
            ));
        };
        pieces.push(Piece::Slot(*slot));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_string()));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::load_str;

    const HEAD: &str = "catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }\ncase-system:\n";

    fn profile(section: &str) -> CaseSystem {
        let (catalogue, _) =
            load_str("a.yaml", &format!("{HEAD}{section}")).unwrap_or_else(|e| panic!("{e:#?}"));
        catalogue.case_system
    }

    fn wrong(section: &str) -> (&'static str, String) {
        let errors = load_str("a.yaml", &format!("{HEAD}{section}")).expect_err("it is wrong");
        assert_eq!(errors.len(), 1, "{errors:#?}");
        (errors[0].code, errors[0].at.to_string())
    }

    #[test]
    fn the_default_pattern_has_date_annex_title_and_area() {
        let slots: Vec<Piece> = CaseSystem::default()
            .pattern()
            .into_iter()
            .filter(|piece| matches!(piece, Piece::Slot(_)))
            .collect();
        assert_eq!(slots, [Slot::Date, Slot::Annex, Slot::Title, Slot::Area].map(Piece::Slot));
    }

    #[test]
    fn a_profile_names_its_fields_in_its_own_order() {
        let profile = profile(
            "  fields:\n    - { field: recommendation, name: Indstilling }\n    - { field: summary, name: Kort resumé }\n  longest: 80\n",
        );
        let fields: Vec<&str> = profile.fields.iter().map(|field| field.field.word()).collect();
        assert_eq!((fields, profile.longest()), (vec!["recommendation", "summary"], 80));
    }

    #[test]
    fn mistakes_in_a_profile_are_found_where_they_stand() {
        let twice = "  fields:\n    - { field: summary }\n    - { field: summary }\n";
        assert_eq!(wrong(twice), ("field-twice", "a.yaml:5:7".into()));
        assert_eq!(wrong("  fields:\n    - { field: resume }\n").0, "unknown-word");
        assert_eq!(wrong("  fields:\n    - { field: summary, name: \" \" }\n").0, "empty");
        assert_eq!(wrong("  files: \"{dato} {number}\"\n"), ("bad-pattern", "a.yaml:3:10".into()));
        assert_eq!(wrong("  files: \"{number\"\n").0, "bad-pattern");
        assert_eq!(wrong("  files: \"{date}/{number}\"\n").0, "bad-pattern");
        assert_eq!(wrong("  files: \"{date} {area}\"\n").0, "bad-pattern");
        assert_eq!(wrong("  longest: 20\n").0, "bad-number");
        assert_eq!(wrong("  heading: true\n").0, "unknown-field");
    }
}
