//! What a page shows of an indicator, and the file with all entries whole.

use serde::Serialize;

use crate::{
    reports::{
        attachments::Attachment,
        context::Said,
        inspiration::{Indicator, Link},
    },
    words::{Slots, Words},
};

/// Fields of an entry that its page prints as words already: they are left out of the entry on the page.
const IN_WORDS: [&str; 21] = [
    "question",
    "in-sentence",
    "population",
    "definition",
    "register",
    "reference-date",
    "frequency",
    "delay",
    "needs",
    "access",
    "hours",
    "search-words",
    "value",
    "pitfalls",
    "read-with-care",
    "references",
    "owner",
    "checked",
    "review-by",
    "classes",
    "decimals",
];

/// An indicator with a page of its own.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Page {
    #[serde(flatten)]
    indicator: Indicator,
    /// The entry without what the page says in words.
    entry_shown: Vec<String>,
    /// What was left out, and where all of it is.
    entry_note: String,
}

impl Page {
    pub fn new(words: &Words, indicator: Indicator) -> Said<Self> {
        let slots = Slots::new().text("id", &indicator.slug).text("file", file(words)?);
        Ok(Self {
            entry_shown: shown(&indicator.entry),
            entry_note: words.line("inspiration/entry-note", &slots)?,
            indicator,
        })
    }
}

/// An indicator in one line.
#[derive(Serialize)]
pub(super) struct Line {
    slug: String,
    title: String,
    theme: Link,
    question: Option<String>,
}

impl Line {
    pub fn new(indicator: Indicator) -> Self {
        let Indicator { slug, title, theme, question, .. } = indicator;
        Self { slug, title, theme, question }
    }
}

/// The lines of an entry but for those that its page says in words, and comments between them.
pub(super) fn shown(entry: &str) -> Vec<String> {
    let mut lines = entry.lines();
    let mut kept: Vec<String> = lines.next().map(str::to_string).into_iter().collect();
    let mut keep = true;
    for line in lines {
        let text = line.trim_start();
        let depth = line.len() - text.len();
        if depth == FIELD && !text.starts_with('-') {
            let field = text.split(':').next().unwrap_or_default();
            keep = !IN_WORDS.contains(&field) && !text.starts_with('#');
        }
        if keep && !text.is_empty() {
            kept.push(line.to_string());
        }
    }
    kept
}

/// How far the fields of an entry are indented below its id.
const FIELD: usize = 2;

/// Every entry whole, to be copied out of the document.
pub(super) fn entries(words: &Words, indicators: &[Indicator]) -> Said<Attachment> {
    let mut text = String::from("indicators:\n");
    for line in indicators.iter().flat_map(|indicator| indicator.entry.lines().chain([""])) {
        text.push_str(if line.is_empty() { "" } else { "  " });
        text.push_str(line);
        text.push('\n');
    }
    let description = words.line("inspiration/entries", &Slots::new())?;
    Ok(Attachment::yaml(file(words)?, description, text))
}

fn file(words: &Words) -> Said<String> {
    words.line("inspiration/entries-file", &Slots::new())
}
