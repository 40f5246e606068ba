//! What went wrong or deserves a word: one type for every stage, collected, never thrown one by one.
//!
//! Messages are lower case, name ids in backticks and say "expected X, found Y"; the first hint says why it matters, the
//! next what to type. A person's value is never part of a diagnostic: see [`Diagnostic::in_data`].

use std::{fmt, sync::Arc};

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceSpan};

/// What a stage returns: its result with warnings, or all errors it could find.
pub type Outcome<T> = Result<(T, Vec<Diagnostic>), Vec<Diagnostic>>;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The stage cannot go on; exit code 1.
    Error,
    /// Counted and shown; the rest is built.
    Warning,
}

/// A text file that places point into.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct SourceFile {
    /// The path as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A span in a text file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// First byte.
    pub offset: usize,
    /// Length in bytes.
    pub len: usize,
}

impl Place {
    /// Line and column, both counted from 1, columns in characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.offset).unwrap_or(&self.file.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.file.name)
    }
}

/// Where a diagnostic points.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum At {
    /// A span in a text file (the catalogue, a template).
    Text(Place),
    /// A data file, with row (counted from 1, header not counted) and column where known.
    Data {
        /// The file as declared.
        file: String,
        /// The row.
        row: Option<usize>,
        /// The column's name.
        column: Option<String>,
    },
    /// A file as a whole.
    File(String),
    /// Nothing in particular.
    Nowhere,
}

/// One thing to tell the user.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// A readable slug, `unknown-column`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub at: At,
    /// A few words under the snippet.
    pub label: String,
    /// Why it matters, then what to type.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error at a span of a text file.
    pub fn error(code: &'static str, message: impl Into<String>, place: &Place) -> Self {
        Self::new(Severity::Error, code, message, At::Text(place.clone()))
    }

    /// A warning at a span of a text file.
    pub fn warning(code: &'static str, message: impl Into<String>, place: &Place) -> Self {
        Self::new(Severity::Warning, code, message, At::Text(place.clone()))
    }

    /// A diagnostic about a data file. The message may hold a value only where the source is not about persons.
    pub fn in_data(
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        file: impl Into<String>,
        row: Option<usize>,
        column: Option<&str>,
    ) -> Self {
        let at = At::Data { file: file.into(), row, column: column.map(str::to_string) };
        Self::new(severity, code, message, at)
    }

    /// Any diagnostic.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>, at: At) -> Self {
        Self { severity, code, message: message.into(), at, label: String::new(), hints: Vec::new() }
    }

    /// Adds the words under the snippet.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds "did you mean `x`?" if one of the known names is close to the one written.
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, known) {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Is it an error?
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The place in front of a message on one line: `file:line:column`, `file, row 7, column `x``.
impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(place) => write!(f, "{place:?}"),
            Self::File(file) => f.write_str(file),
            Self::Nowhere => Ok(()),
            Self::Data { file, row, column } => {
                f.write_str(file)?;
                if let Some(row) = row {
                    write!(f, ", row {row}")?;
                }
                column.as_ref().map_or(Ok(()), |column| write!(f, ", column `{column}`"))
            }
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = if self.is_error() { "error" } else { "warning" };
        write!(f, "{severity}[{}]: {}", self.code, self.message)?;
        if self.at != At::Nowhere {
            write!(f, " ({})", self.at)?;
        }
        self.hints.iter().try_for_each(|hint| write!(f, "\n  hint: {hint}"))
    }
}

impl std::error::Error for Diagnostic {}

/// A diagnostic prepared for drawing: the message alone, its snippet, its hints.
#[derive(Debug)]
struct Drawn<'a> {
    diagnostic: &'a Diagnostic,
    source: Option<NamedSource<String>>,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.diagnostic.at {
            At::Text(_) | At::Nowhere => f.write_str(&self.diagnostic.message),
            at => write!(f, "{at}: {}", self.diagnostic.message),
        }
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(if self.diagnostic.is_error() { miette::Severity::Error } else { miette::Severity::Warning })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let hints = &self.diagnostic.hints;
        (!hints.is_empty()).then(|| Box::new(hints.join("\n")) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|source| source as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let At::Text(place) = &self.diagnostic.at else { return None };
        let label = (!self.diagnostic.label.is_empty()).then(|| self.diagnostic.label.clone());
        let span = SourceSpan::new(place.offset.into(), place.len.max(1));
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(label, span))))
    }
}

/// Draws a diagnostic with its snippet; `colour` for a terminal.
pub fn draw(diagnostic: &Diagnostic, colour: bool) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let source = match &diagnostic.at {
        At::Text(place) => Some(NamedSource::new(&place.file.name, place.file.text.clone())),
        _ => None,
    };
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(110);
    match handler.render_report(&mut out, &Drawn { diagnostic, source }) {
        Ok(()) => out,
        Err(fmt::Error) => diagnostic.to_string(),
    }
}

/// The known name nearest to the one written, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (edit_distance(written, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Edits (insert, delete, replace, swap of neighbours) between two words: optimal string alignment distance.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_and_a_distant_one_is_not() {
        let known = ["residents-18-64", "residents", "dwellings"];
        assert_eq!(nearest("residents-18-65", known), Some("residents-18-64"));
        assert_eq!(nearest("resideints", known), Some("residents"));
        assert_eq!(nearest("income", known), None);
    }

    #[test]
    fn a_place_counts_columns_in_characters_not_bytes() {
        let file = Arc::new(SourceFile { name: "a.yaml".into(), text: "x: 1\næøå: y\n".into() });
        let place = Place { offset: file.text.find('y').unwrap_or_default(), len: 1, file };
        assert_eq!(place.line_column(), (2, 6));
    }

    #[test]
    fn a_drawn_diagnostic_shows_file_line_column_snippet_and_hint() {
        let file = Arc::new(SourceFile { name: "a.yaml".into(), text: "of: residnts\n".into() });
        let place = Place { file, offset: 4, len: 8 };
        let drawn = draw(
            &Diagnostic::error("unknown-population", "`residnts` is not defined", &place)
                .did_you_mean("residnts", ["residents"]),
            false,
        );
        assert!(drawn.contains("a.yaml:1:5") && drawn.contains("of: residnts"), "{drawn}");
        assert!(drawn.contains("did you mean `residents`?"), "{drawn}");
    }
}
