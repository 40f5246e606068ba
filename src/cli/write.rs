//! Writing a text file whole: beside, then renamed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::diagnostics::{At, Diagnostic, Severity};

/// Writes a file that is not there yet.
pub(super) fn new(path: &Path, text: &str) -> Result<(), Diagnostic> {
    if path.exists() {
        let at = At::File(path.display().to_string());
        let error = Diagnostic::new(Severity::Error, "not-ours", "a file with this name is there", at);
        return Err(error.hint("it is left as it is; name another file"));
    }
    over(path, text)
}

/// Writes a file in the place of what is there.
pub(super) fn over(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let beside = beside(path);
    let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    parent
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&beside, text))
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| cannot(path, &error))
}

/// The name under which a file is written first.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".kvarter-new");
    path.with_file_name(name)
}

fn cannot(path: &Path, error: &io::Error) -> Diagnostic {
    let at = At::File(path.display().to_string());
    Diagnostic::new(Severity::Error, "cannot-write", format!("cannot write: {error}"), at)
        .hint("close it if it is open elsewhere, and try again")
}
