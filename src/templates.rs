//! The catalogue, the templates and the demonstration's comments inside the program: what `kvarter init` writes and what a report falls back on.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use include_dir::{Dir, DirEntry, include_dir};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static COMMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/comments");
const CATALOGUE: &str = include_str!("../indicators.yaml");

/// A built-in template file by its path inside `templates/`.
pub fn embedded(path: &str) -> Option<&'static [u8]> {
    TEMPLATES.get_file(path).map(|file| file.contents())
}

/// Every built-in template file: path inside `templates/` and contents, sorted by path.
pub fn all() -> Vec<(&'static str, &'static [u8])> {
    let mut files = Vec::new();
    collect(TEMPLATES.entries(), &mut files);
    files.sort();
    files
}

fn collect(entries: &'static [DirEntry<'static>], files: &mut Vec<(&'static str, &'static [u8])>) {
    for entry in entries {
        match entry {
            DirEntry::Dir(dir) => collect(dir.entries(), files),
            DirEntry::File(file) => files.extend(file.path().to_str().map(|path| (path, file.contents()))),
        }
    }
}

/// The files in the folder `templates/` beside a catalogue: name with `/` between its parts, and path, sorted. Hidden files are
/// left out; without the folder there are none.
pub fn beside(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    let own = folder.join("templates");
    if own.is_dir() {
        walk(&own, "templates", &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn walk(folder: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let part = entry.file_name().to_string_lossy().into_owned();
        if part.starts_with('.') {
            continue;
        }
        let (path, name) = (entry.path(), format!("{name}/{part}"));
        if path.is_dir() {
            walk(&path, &name, files)?;
        } else {
            files.push((name, path));
        }
    }
    Ok(())
}

/// Writes `indicators.yaml`, `templates/` and the comments into a folder, which is made if it is not there.
pub fn write(dir: &Path) -> io::Result<()> {
    let mut comments = Vec::new();
    collect(COMMENTS.entries(), &mut comments);
    let in_folder = |folder: &'static str| move |(path, contents)| (dir.join(folder).join(path), contents);
    let comments = comments.into_iter().map(in_folder("comments"));
    for (path, contents) in all().into_iter().map(in_folder("templates")).chain(comments) {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, contents)?;
    }
    fs::write(dir.join("indicators.yaml"), CATALOGUE)
}
