//! How hard the finished prose is to read: LIX of the council paper, with its limits, and of what a page is filled with.
//!
//! Prose is paragraphs and those points of lists that are sentences. Headings, tables, names of annexes, alt texts and what the
//! planner has yet to write are not.

use serde_json::Value;

use super::super::paper::{Block, Paper};
use crate::{
    diagnostics::{At, Diagnostic, Severity},
    words::{Rich, lix},
};

/// Over this the paper is harder than a council member should meet.
const HARD: f64 = 45.0;
/// Over this it is not to be laid before a council. Fixed names and sentences of the law alone cost two or three.
const TOO_HARD: f64 = 48.0;

/// The LIX of a council paper.
pub(super) fn of_paper(paper: &Paper) -> f64 {
    lix::lix(&prose(paper))
}

/// What is to be said of a council paper that is hard to read.
pub(super) fn judged(paper: &Paper) -> Option<Diagnostic> {
    let prose = prose(paper);
    // As it is printed: nobody is told that 45.0 is over 45.
    let figure = rounded(lix::lix(&prose));
    let (severity, limit) = match figure {
        _ if figure > TOO_HARD => (Severity::Error, TOO_HARD),
        _ if figure > HARD => (Severity::Warning, HARD),
        _ => return None,
    };
    let message = format!("the council paper has LIX {figure:.1}, over {limit}");
    let at = At::File(format!("{}/sagsfremstilling.docx", super::FOLDER));
    let found = Diagnostic::new(severity, "hard-to-read", message, at)
        .hint("shorter sentences and shorter words lower it; the texts are in `templates/text/da.yaml`");
    let longest =
        lix::longest_sentence(&prose).map(|sentence| format!("the longest sentence is “{sentence}”"));
    Some(longest.into_iter().fold(found, Diagnostic::hint))
}

/// A figure to one decimal.
pub(in super::super) fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// The prose of a paper, a line each.
fn prose(paper: &Paper) -> String {
    let mut lines = Vec::new();
    for block in paper.fields.iter().flat_map(|field| &field.blocks) {
        match block {
            Block::Paragraph(rich) => lines.push(rich.plain()),
            Block::Numbered(points) | Block::Bullets(points) => {
                lines.extend(points.iter().map(Rich::plain).filter(|point| is_sentence(point)));
            }
            Block::Heading(_) | Block::Table { .. } | Block::Figure { .. } | Block::ToBeFilled(_) => {}
        }
    }
    lines.join("\n")
}

/// The LIX of the sentences in what a template is given, alt texts apart; 0 without any.
pub(in super::super) fn of_payload(payload: &[u8]) -> f64 {
    let mut lines = Vec::new();
    if let Ok(payload) = serde_json::from_slice(payload) {
        sentences(&payload, &mut lines);
    }
    lix::lix(&lines.join("\n"))
}

/// Collects texts that are sentences; a list of runs is one text.
fn sentences(value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::String(text) => lines.extend(is_sentence(text).then(|| text.clone())),
        Value::Array(list) => match runs(list) {
            Some(text) => lines.extend(is_sentence(&text).then_some(text)),
            None => list.iter().for_each(|value| sentences(value, lines)),
        },
        Value::Object(map) => {
            map.iter().filter(|(name, _)| *name != "alt").for_each(|(_, value)| sentences(value, lines));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text of a sentence with bold type in it.
fn runs(list: &[Value]) -> Option<String> {
    let bold = |value: &Value| value["b"] == true && value["t"].is_string();
    let text = |value: &Value| value.as_str().or_else(|| value["t"].as_str()).map(String::from);
    list.iter().any(bold).then(|| list.iter().map(text).collect::<Option<String>>()).flatten()
}

/// Does a text end as a sentence, and has it four words or more? Shorter ones are labels (`40,4 pct.`).
fn is_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':']) && text.split_whitespace().nth(3).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::{
        case_system::sample,
        paper::{Field, FieldId},
    };

    /// A paper of one sentence with so many words of three letters: the sentence's length is its LIX.
    fn of_words(n: usize) -> Paper {
        let sentence = format!("{}.", vec!["hus"; n].join(" "));
        let blocks = vec![Block::Paragraph(Rich::from(sentence))];
        let field = Field { id: FieldId::Summary, heading: String::new(), blocks };
        Paper { title: String::new(), meeting: Vec::new(), fields: vec![field] }
    }

    #[test]
    fn a_paper_over_45_is_a_warning_and_over_48_an_error() {
        let severity = |n| judged(&of_words(n)).map(|found| found.severity);
        assert_eq!(of_paper(&of_words(45)), 45.0);
        assert_eq!(
            [45, 46, 48, 49].map(severity),
            [None, Some(Severity::Warning), Some(Severity::Warning), Some(Severity::Error)]
        );
        let found = judged(&of_words(46)).expect("a warning");
        assert!(found.message.contains("LIX 46.0") && found.hints.len() == 2, "{found:?}");
    }

    #[test]
    fn prose_is_paragraphs_and_points_that_are_sentences() {
        let prose = prose(&sample::paper());
        assert!(prose.contains("Andelen steg") && prose.contains("At sagen tages op igen i maj."), "{prose}");
        for other in ["Bilag 1", "Hvad er der sket?", "Sønderlund", "Kortet", "udgifter"] {
            assert!(!prose.contains(other), "{other}: {prose}");
        }
    }

    #[test]
    fn a_payload_is_measured_on_its_sentences_alone() {
        let payload =
            br#"{ "a": ["Det er ", { "t": "et hus", "b": true }, " her."], "alt": "Kortet viser et hus her.",
            "unit": "40,4 pct.", "rows": [["Befolkning", "12"], ["Det er ogsaa et hus."]] }"#;
        // Two sentences of five words, none long.
        assert_eq!(of_payload(payload), 5.0);
        assert_eq!(of_payload(b"{}"), 0.0);
    }
}
