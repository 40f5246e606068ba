//! Finding the declared files: globs, formats by ending, and a helpful word when there is none.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    catalogue::{At, Catalogue},
    diagnostics::{Diagnostic, nearest},
};

/// A file, by the name it is shown under and the path it is read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// The path as declared, with the file's own name where the declaration is a pattern.
    pub name: String,
    /// The path on this machine.
    pub path: PathBuf,
}

/// What a file's ending says about how to read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Parquet,
    Csv,
    Json,
    GeoJson,
    GeoPackage,
}

/// The files that a catalogue names, sorted by name, each once. Nothing is read.
///
/// # Errors
/// Every declaration without a file.
pub fn inputs(catalogue: &Catalogue, folder: &Path) -> Result<Vec<InputFile>, Vec<Diagnostic>> {
    let areas = catalogue.areas.iter().map(|(_, layer)| &layer.file);
    let backdrop = catalogue.backdrop.iter().map(|(_, layer)| &layer.file);
    let sources = catalogue.sources.iter().filter_map(|(_, source)| source.file.as_ref());
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for declared in areas.chain(backdrop).chain(sources) {
        match find(folder, declared) {
            Ok(found) => files.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    files.sort();
    files.dedup();
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// The files that a declaration names, sorted by name: one, or all that match a pattern in the last part of the path.
pub(super) fn find(folder: &Path, declared: &At<String>) -> Result<Vec<InputFile>, Diagnostic> {
    let relative = Path::new(&declared.value);
    let parent = relative.parent().unwrap_or(Path::new(""));
    let pattern = relative.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let named = |name: &str| InputFile {
        name: parent.join(name).to_string_lossy().into_owned(),
        path: folder.join(parent).join(name),
    };
    if !pattern.contains(['*', '?']) {
        let file = named(&pattern);
        return if file.path.is_file() {
            Ok(vec![file])
        } else {
            Err(missing(folder, parent, &pattern, declared))
        };
    }
    let names = names_in(&folder.join(parent)).unwrap_or_default();
    let found: Vec<InputFile> =
        names.iter().filter(|name| matches(&pattern, name)).map(|name| named(name)).collect();
    if found.is_empty() { Err(missing(folder, parent, &pattern, declared)) } else { Ok(found) }
}

fn missing(folder: &Path, parent: &Path, pattern: &str, declared: &At<String>) -> Diagnostic {
    let problem =
        Diagnostic::error("missing-file", format!("there is no file `{declared}`"), &declared.place);
    match names_in(&folder.join(parent)) {
        Err(_) => problem.hint(format!(
            "there is no folder `{}` either: `--data DIR` says where files are looked for",
            parent.display()
        )),
        Ok(names) => match nearest(pattern, names.iter().map(String::as_str)) {
            Some(name) => problem.hint(format!("did you mean `{}`?", parent.join(name).display())),
            None if names.is_empty() => problem.hint("the folder has no files"),
            None => problem.hint(format!("the folder has {}", names.join(", "))),
        },
    }
}

/// The names of the files in a folder, sorted.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut names: Vec<String> = std::fs::read_dir(folder)?
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// Does a name match a pattern of characters, `?` (any one) and `*` (any number)?
fn matches(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern.chars(), name.chars());
    match (pattern.next(), name.clone().next()) {
        (None, None) => true,
        (Some('*'), _) => {
            let rest = pattern.as_str();
            matches(rest, name.as_str())
                || name.next().is_some_and(|_| matches(&format!("*{rest}"), name.as_str()))
        }
        (Some('?'), Some(_)) => name.next().is_some_and(|_| matches(pattern.as_str(), name.as_str())),
        (Some(p), Some(n)) if p == n => name.next().is_some_and(|_| matches(pattern.as_str(), name.as_str())),
        _ => false,
    }
}

/// How a file of this name is read.
pub(super) fn format(declared: &At<String>) -> Result<Format, Diagnostic> {
    let ending = declared.value.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let problem = |hint: &str| {
        Err(Diagnostic::error(
            "unknown-format",
            format!("files of the kind `.{ending}` are not read"),
            &declared.place,
        )
        .hint(hint))
    };
    match ending.as_str() {
        "parquet" => Ok(Format::Parquet),
        "csv" | "txt" | "tsv" => Ok(Format::Csv),
        "json" => Ok(Format::Json),
        "geojson" => Ok(Format::GeoJson),
        "gpkg" => Ok(Format::GeoPackage),
        "xlsx" | "xls" => problem("save the sheet as CSV (UTF-8)"),
        "tab" | "shp" | "gml" | "mif" => {
            problem("turn it into a GeoPackage: ogr2ogr -f GPKG -t_srs EPSG:25832 areas.gpkg FILE")
        }
        _ => problem("expected .parquet, .csv, .json, .geojson or .gpkg"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::testing::{at, folder};

    #[test]
    fn a_pattern_finds_its_files_in_order_of_name() {
        let folder = folder("globs");
        for name in ["b-2024.csv", "b-2023.csv", "c.csv"] {
            std::fs::write(folder.path().join(name), "x\n").expect("written");
        }
        let found = find(folder.path(), &at("b-20??.csv")).expect("two files");
        assert_eq!(
            found.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
            ["b-2023.csv", "b-2024.csv"]
        );
        assert_eq!(find(folder.path(), &at("*.csv")).expect("three files").len(), 3);
        assert!(find(folder.path(), &at("d*.csv")).is_err());
    }

    #[test]
    fn a_missing_file_is_answered_with_the_nearest_name_in_its_folder() {
        let folder = folder("missing");
        std::fs::write(folder.path().join("residents.parquet"), "").expect("written");
        let hints = |name: &str| find(folder.path(), &at(name)).expect_err("missing").hints.join(" ");
        assert_eq!(hints("residnts.parquet"), "did you mean `residents.parquet`?");
        assert_eq!(hints("lists.csv"), "the folder has residents.parquet");
        assert!(hints("dta/lists.csv").contains("no folder `dta`"));
    }

    #[test]
    fn a_map_in_a_format_that_is_not_read_is_answered_with_the_line_to_type() {
        let problem = format(&at("areas.TAB")).expect_err("not read");
        assert!(problem.hints[0].contains("ogr2ogr -f GPKG"), "{problem}");
    }
}
