//! One comment as it was written, each cell with its place, and what can be wrong with it.

use super::Comment;
use crate::{
    catalogue::Date,
    diagnostics::{At, Diagnostic, Severity},
    ids::AreaId,
    numbers::Format,
    sources::{Places, is_cpr_like},
};

/// The fields of a report about one area.
pub const OF_AREA: &[&str] = &["kommentar"];
/// The fields of the council paper, which is about no single area.
pub const OF_PAPER: &[&str] = &[
    "resumé",
    "indstilling",
    "sagsfremstilling",
    "beslutningskompetence",
    "økonomi",
    "videre proces",
    "bilag",
];
/// Neither yet nor any more; and the word that lets a text be printed as it stands.
const STATES: [&str; 2] = ["kladde", "godkendt"];

/// What a comment is made of, in the order of the workbook.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    Area,
    Field,
    Text,
    Role,
    Date,
    Status,
}

impl Part {
    pub const ALL: [Self; 6] = [Self::Area, Self::Field, Self::Text, Self::Role, Self::Date, Self::Status];

    /// The head of its column, and its key in the head of a Markdown file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Area => "område",
            Self::Field => "felt",
            Self::Text => "tekst",
            Self::Role => "rolle",
            Self::Date => "dato",
            Self::Status => "status",
        }
    }

    /// The part with this word, whatever the case of its letters.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| word.trim().to_lowercase() == part.word())
    }
}

/// The text of a part, and where it stands; where nothing was written, where it should stand.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub text: String,
    pub at: At,
}

/// A comment as it was written.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// In the order of [`Part::ALL`].
    pub cells: [Cell; 6],
    /// The comment as a whole.
    pub at: At,
}

impl Row {
    fn cell(&self, part: Part) -> &Cell {
        &self.cells[part as usize]
    }

    fn text(&self, part: Part) -> &str {
        self.cell(part).text.trim()
    }

    fn wrong(&self, part: Part, code: &'static str, message: String) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message, self.cell(part).at.clone())
    }

    /// The comment, or every mistake in it. Where a CPR number stands nothing else is told, so that no message quotes it.
    pub fn checked(&self, places: &Places) -> Result<Comment, Vec<Diagnostic>> {
        if let Some(part) = Part::ALL.into_iter().find(|part| has_cpr(self.text(*part))) {
            let holder = format!("`{}`", part.word());
            return Err(vec![cpr_number(&holder, self.cell(part).at.clone())]);
        }
        let (area, field) = (self.area(places), self.field());
        let (text, role) = (self.prose(), self.role());
        let (date, approved) = (self.date(), self.approved());
        match (area, field, text, role, date, approved) {
            (Ok(area), Ok(field), Ok(text), Ok(role), Ok(date), Ok(approved)) => {
                Ok(Comment { area, field, text, role, date, approved, at: self.at.clone() })
            }
            (area, field, text, role, date, approved) => {
                let errors = [area.err(), field.err(), text.err(), role.err(), date.err(), approved.err()];
                Err(errors.into_iter().flatten().collect())
            }
        }
    }

    /// The area by id or by name; none for the council paper.
    fn area(&self, places: &Places) -> Result<Option<AreaId>, Diagnostic> {
        let written = self.text(Part::Area);
        if written.is_empty() {
            return Ok(None);
        }
        let areas = || places.layers.values().flatten();
        let small = written.to_lowercase();
        let is = |name: &str| name.to_lowercase() == small;
        let found = areas().find(|area| is(area.id.as_str()));
        let found = found.or_else(|| areas().find(|area| is(&area.name) || is(&area.short_name)));
        if let Some(area) = found {
            return Ok(Some(area.id.clone()));
        }
        let known = areas().flat_map(|area| [area.id.as_str(), area.name.as_str()]);
        Err(self
            .wrong(Part::Area, "unknown-area", format!("`{written}` is not an area"))
            .did_you_mean(written, known)
            .hint("write the area's id or name; leave it empty for a field of the council paper"))
    }

    /// The field, in small letters.
    fn field(&self) -> Result<String, Diagnostic> {
        let (written, of_paper) = (self.text(Part::Field), self.text(Part::Area).is_empty());
        let field = written.to_lowercase();
        let (known, other) = if of_paper { (OF_PAPER, OF_AREA) } else { (OF_AREA, OF_PAPER) };
        if known.contains(&field.as_str()) {
            return Ok(field);
        }
        let message = match (written.is_empty(), other.contains(&field.as_str())) {
            (true, _) => "the field of the comment is missing".to_string(),
            (_, true) if of_paper => format!("`{field}` is about one area, and no area is named"),
            (_, true) => format!("`{field}` is a field of the council paper, which is about no single area"),
            _ => format!("`{written}` is not a field"),
        };
        let listed: Vec<String> = known.iter().map(|field| format!("`{field}`")).collect();
        Err(self
            .wrong(Part::Field, "unknown-field", message)
            .did_you_mean(&field, known.iter().copied())
            .hint(format!(
                "with {} area the field is {}",
                if of_paper { "no" } else { "an" },
                listed.join(", ")
            )))
    }

    fn role(&self) -> Result<String, Diagnostic> {
        let role = self.text(Part::Role);
        if !role.is_empty() {
            return Ok(role.to_string());
        }
        Err(self
            .wrong(Part::Role, "comment-role", "nobody is said to have written the comment".into())
            .hint("the role stands under the text: write it, as `Boligsocial konsulent`, and no name"))
    }

    /// The words: paragraphs and bold type, nothing else.
    fn prose(&self) -> Result<String, Diagnostic> {
        let text = self.text(Part::Text);
        if text.is_empty() {
            let hint = "write the text, or remove the comment";
            return Err(self.wrong(Part::Text, "comment-empty", "the comment has no text".into()).hint(hint));
        }
        if text.lines().any(|line| line.starts_with('#')) {
            let hint = "the page has the heading already: write the line without `#`";
            let message = "a comment has no headings of its own".to_string();
            return Err(self.wrong(Part::Text, "comment-heading", message).hint(hint));
        }
        if !text.matches("**").count().is_multiple_of(2) {
            let message = "`**` is opened and not closed".to_string();
            let hint = "write `**` before and after what is to be bold";
            return Err(self.wrong(Part::Text, "text-not-closed", message).hint(hint));
        }
        Ok(text.to_string())
    }

    fn date(&self) -> Result<Date, Diagnostic> {
        let written = self.text(Part::Date);
        day(written).ok_or_else(|| {
            let message = match written {
                "" => "the comment has no date".to_string(),
                written => format!("`{written}` is not a date"),
            };
            self.wrong(Part::Date, "bad-date", message)
                .hint("write a day that exists, as 2026-01-14 or 14-01-2026")
        })
    }

    fn approved(&self) -> Result<bool, Diagnostic> {
        let written = self.text(Part::Status);
        match STATES.iter().position(|state| written.to_lowercase() == *state) {
            Some(at) => Ok(at == 1),
            None => {
                let message = match written {
                    "" => "whether the comment is approved is missing".to_string(),
                    written => format!("`{written}` is not a status"),
                };
                Err(self
                    .wrong(Part::Status, "unknown-status", message)
                    .did_you_mean(&written.to_lowercase(), STATES)
                    .hint("write `kladde`, or `godkendt` once somebody has approved the text"))
            }
        }
    }
}

/// The refusal, without the number and without the line it stands in.
pub(super) fn cpr_number(holder: &str, at: At) -> Diagnostic {
    let message = format!("{holder} holds what looks like a CPR number");
    Diagnostic::new(Severity::Error, "cpr-number", message, at)
        .hint("a report is about groups and never about a person: take the number out")
}

/// Is there a number like a CPR number in a text, with hyphen, with a space or without?
pub(super) fn has_cpr(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let digits = |word: &str, n: usize| word.len() == n && word.bytes().all(|b| b.is_ascii_digit());
    let apart = |pair: &[&str]| {
        digits(pair[0], 6) && digits(pair[1], 4) && is_cpr_like(&format!("{}{}", pair[0], pair[1]))
    };
    words.iter().any(|word| is_cpr_like(word.trim_matches('-'))) || words.windows(2).any(apart)
}

/// A day as 2026-01-14, 14-01-2026, 14.1.2026, 14/1/2026 or 14. januar 2026.
fn day(written: &str) -> Option<Date> {
    if let Ok(date) = written.parse() {
        return Some(date);
    }
    let parts = written.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty());
    let [day, month, year] = parts.collect::<Vec<_>>()[..] else { return None };
    let by_name = (1..=12).find(|n| Format::Danish.month(*n) == month.to_lowercase());
    let month = by_name.or_else(|| month.parse().ok())?;
    let (day, year) = (day.parse::<u8>().ok()?, year.parse::<u16>().ok()?);
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}
