//! The planner's words: what people wrote about an area or for a field of the council paper, kept over editions.
//!
//! They are read from the folder `comments/` beside the catalogue: Markdown files ([`markdown`]) and the workbook
//! `kommentarer.xlsx` ([`workbook`]), into the same rows of text, each cell with its place, which [`entry`] judges. Of the
//! comments for a field the latest counts; nothing is ever written back.

mod entry;
mod markdown;
#[cfg(test)]
mod tests;
mod workbook;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    catalogue::Date,
    diagnostics::{At, Diagnostic, Outcome, Severity},
    ids::AreaId,
    sources::Places,
};

pub use entry::{OF_AREA, OF_PAPER};

/// The folder beside the catalogue.
pub const FOLDER: &str = "comments";
/// The workbook in it.
pub const WORKBOOK: &str = "kommentarer.xlsx";

/// What somebody wrote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// The area that it is about; `None` for the paper over all areas.
    pub area: Option<AreaId>,
    /// The field that it fills, as `kommentar` or `økonomi`.
    pub field: String,
    /// The words, paragraphs parted by a blank line.
    pub text: String,
    /// Who wrote it, as a role and never a name.
    pub role: String,
    /// When.
    pub date: Date,
    /// Somebody has approved it; else it is a draft.
    pub approved: bool,
    /// Where it stands.
    pub at: At,
}

/// All comments, in the order of areas and fields, the oldest of a field first.
#[derive(Clone, Default, Debug)]
pub struct Comments(Vec<Comment>);

impl Comments {
    /// Puts comments in order.
    pub fn new(mut comments: Vec<Comment>) -> Self {
        comments.sort_by(|a, b| (&a.area, &a.field, a.date).cmp(&(&b.area, &b.field, b.date)));
        Self(comments)
    }

    /// What was written in a field about an area, or about none.
    pub fn of<'a>(&'a self, area: Option<&'a AreaId>, field: &'a str) -> impl Iterator<Item = &'a Comment> {
        self.0.iter().filter(move |comment| comment.area.as_ref() == area && comment.field == field)
    }

    /// The comment that counts: the latest.
    pub fn latest<'a>(&'a self, area: Option<&'a AreaId>, field: &'a str) -> Option<&'a Comment> {
        self.of(area, field).last()
    }

    /// Comments of one area and field with the same date: which of them counts cannot be told.
    fn twins(&self) -> Vec<Diagnostic> {
        let same = |a: &Comment, b: &Comment| (&a.area, &a.field, a.date) == (&b.area, &b.field, b.date);
        let twins = self.0.windows(2).filter(|pair| same(&pair[0], &pair[1]));
        twins
            .map(|pair| {
                let about = pair[1].area.as_ref().map_or("the council paper", AreaId::as_str);
                let message = format!(
                    "two comments in `{}` of `{about}` are both from {}; the other stands in {}",
                    pair[1].field, pair[1].date, pair[0].at
                );
                Diagnostic::new(Severity::Error, "comment-twice", message, pair[1].at.clone())
                    .hint("the latest comment is printed: give one of them another date, or remove it")
            })
            .collect()
    }
}

/// What was read.
#[derive(Default, Debug)]
pub struct Read {
    /// The comments.
    pub comments: Comments,
    /// The files they stand in: the name for the manifest, and the path.
    pub inputs: Vec<(String, PathBuf)>,
}

/// The folder of the comments to a catalogue.
pub fn folder(catalogue: &Path) -> PathBuf {
    catalogue.parent().unwrap_or(Path::new("")).join(FOLDER)
}

/// The files in a folder that comments are read from, sorted. A workbook that is open in Excel has a lock file (`~$…`) beside
/// it, which is none. Without the folder there are no files.
fn files(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let hidden = name.starts_with(['.', '~']);
        if !hidden && (name.ends_with(".md") || name.eq_ignore_ascii_case(WORKBOOK)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The files that comments are read from: the name for the manifest, and the path.
pub fn inputs(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let names = files(folder)?.into_iter();
    Ok(names.map(|name| (format!("{FOLDER}/{name}"), folder.join(name))).collect())
}

/// Does the folder hold any file of comments?
pub fn any(folder: &Path) -> bool {
    files(folder).is_ok_and(|names| !names.is_empty())
}

/// Reads all comments of a folder.
///
/// # Errors
/// All mistakes in all files.
pub fn read(folder: &Path, places: &Places) -> Outcome<Read> {
    let broken = |name: &str, error: &io::Error| {
        let message = format!("cannot read the comments: {error}");
        Diagnostic::new(Severity::Error, "comments-unreadable", message, At::File(name.to_string()))
    };
    let names = files(folder).map_err(|error| vec![broken(FOLDER, &error)])?;
    let (mut comments, mut errors, mut inputs) = (Vec::new(), Vec::new(), Vec::new());
    for name in names {
        let (path, shown) = (folder.join(&name), format!("{FOLDER}/{name}"));
        let read = fs::read(&path).map_err(|error| vec![broken(&shown, &error)]).and_then(|bytes| {
            if name.ends_with(".md") {
                markdown::read(&shown, &bytes)
            } else {
                workbook::read(&shown, &bytes)
            }
        });
        match read {
            Ok(rows) => {
                for row in rows {
                    match row.checked(places) {
                        Ok(comment) => comments.push(comment),
                        Err(found) => errors.extend(found),
                    }
                }
            }
            Err(found) => errors.extend(found),
        }
        inputs.push((shown, path));
    }
    let comments = Comments::new(comments);
    errors.extend(comments.twins());
    if errors.is_empty() { Ok((Read { comments, inputs }, Vec::new())) } else { Err(errors) }
}
