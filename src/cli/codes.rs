//! The index of the codes of diagnostics: for `kvarter explain CODE` and `docs/errors.md`.

use std::{collections::BTreeMap, fmt::Write};

use serde::Deserialize;

use crate::diagnostics::{At, Diagnostic, Severity};

const INDEX: &str = include_str!("codes.yaml");

/// What a code means.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What is wrong.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// How it comes about.
    pub example: String,
    /// What to type or do.
    #[serde(rename = "do")]
    pub remedy: String,
}

/// Every code, sorted.
///
/// # Errors
/// When the index inside the program cannot be read, which a test rules out.
pub fn codes() -> Result<BTreeMap<String, Code>, Diagnostic> {
    serde_saphyr::from_str(INDEX).map_err(|error| {
        let message = format!("the index of codes cannot be read: {error}");
        Diagnostic::new(Severity::Error, "broken-yaml", message, At::Nowhere)
    })
}

/// What a code means, for a terminal; nothing if it is none.
pub(super) fn explain(code: &str) -> Result<Option<String>, Diagnostic> {
    let told = |found: &Code| {
        let Code { what, why, example, remedy } = found;
        format!(
            "{code}: a code of a mistake or a warning\n  what      {what}\n  why       {why}\n  example   {example}\n  do        {remedy}\n"
        )
    };
    Ok(codes()?.get(code).map(told))
}

/// The index as Markdown.
///
/// # Errors
/// As [`codes`].
pub fn errors() -> Result<String, Diagnostic> {
    let mut text = String::from(
        "# What a mistake means\n\nEvery message of the program has a code in brackets, `error[unknown-column]`. `kvarter explain CODE` prints what stands\nhere. Generated from `src/cli/codes.yaml`; a test keeps it current.\n",
    );
    for (code, Code { what, why, example, remedy }) in codes()? {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n## {code}\n\n{what} {why}\n\n- Example: {}\n- Do: {}\n",
            line(&example),
            line(&remedy)
        );
    }
    Ok(text)
}

/// A line of Markdown that is read as it stands.
fn line(text: &str) -> String {
    text.replace('<', "&lt;").replace('*', "\\*")
}
