//! The catalogue and the templates inside the program: what `kvarter init` writes and what a report falls back on.

use std::{fs, io, path::Path};

use include_dir::{Dir, DirEntry, include_dir};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
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

/// Writes `indicators.yaml` and `templates/` into a folder, which is made if it is not there.
pub fn write(dir: &Path) -> io::Result<()> {
    for (path, contents) in all() {
        let path = dir.join("templates").join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, contents)?;
    }
    fs::write(dir.join("indicators.yaml"), CATALOGUE)
}
