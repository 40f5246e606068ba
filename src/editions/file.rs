//! The files of the ledger: read whole or not at all, written beside and renamed, never replaced.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Deserializer, de::Error};

use super::{Edition, Ledger, Number};
use crate::{
    diagnostics::{At, Diagnostic, Outcome, Place, Severity, SourceFile},
    ids::AreaId,
};

/// The folder beside the catalogue.
pub const FOLDER: &str = "editions";

/// The form that is written; a file of another is not read.
const FORM: u32 = 1;

/// A file as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an edition: an object with `form`, `outlines` and `numbers`")]
struct Written {
    #[serde(rename = "form", deserialize_with = "known_form")]
    _form: u32,
    outlines: BTreeMap<AreaId, String>,
    numbers: Vec<Number>,
}

fn known_form<'de, D: Deserializer<'de>>(input: D) -> Result<u32, D::Error> {
    match u32::deserialize(input)? {
        FORM => Ok(FORM),
        other => Err(D::Error::custom(format!("expected `form` {FORM}, found {other}"))),
    }
}

/// Can an edition be called this? Letters, digits, `-` and `.`, a letter or digit first: it becomes a file's name.
pub fn is_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

/// Reads every edition in a folder; a folder that is not there has none. Files that do not end in `.json` are not looked at.
///
/// # Errors
/// A file that cannot be read, or that is not an edition: with one of them missing, nobody could tell what is known.
pub fn read(folder: &Path) -> Outcome<Ledger> {
    let (mut ledger, mut found) = (Ledger::default(), Vec::new());
    let files = files(folder).map_err(|error| vec![cannot("read", folder, &error)])?;
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if !is_name(&name) {
            let message = format!("`{name}` is not the name of an edition");
            let error = Diagnostic::new(Severity::Error, "bad-edition-name", message, at(&path));
            found.push(error.hint(format!(
                "every `.json` file in `{FOLDER}/` counts as published; rename it to letters, digits, `-` and `.`, or move it away"
            )));
            continue;
        }
        match fs::read_to_string(&path) {
            Err(error) => found.push(cannot("read", &path, &error)),
            Ok(text) => match parse(&path, text) {
                Ok(edition) => drop(ledger.editions.insert(name, edition)),
                Err(problem) => found.push(*problem),
            },
        }
    }
    if found.is_empty() { Ok((ledger, Vec::new())) } else { Err(found) }
}

/// The files that count: the name they are told under, and the path.
pub fn inputs(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(files(folder)?.into_iter().map(|path| (format!("{FOLDER}/{}", name(&path)), path)).collect())
}

/// The files that count, by name. Hidden ones do not: a name of an edition begins with a letter or a digit.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn parse(path: &Path, text: String) -> Result<Edition, Box<Diagnostic>> {
    let written: Result<Written, _> = serde_json::from_str(&text);
    let file = Arc::new(SourceFile { name: path.display().to_string(), text });
    let Written { outlines, mut numbers, .. } = written.map_err(|error| {
        let message = error.to_string();
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
        broken(message, &place_of(&file, &error))
    })?;
    numbers.sort();
    numbers.dedup();
    let same = |pair: &&[Number]| {
        (&pair[0].of, &pair[0].zone, pair[0].period) == (&pair[1].of, &pair[1].zone, pair[1].period)
    };
    if let Some([_, second]) = numbers.windows(2).find(same) {
        let text = line(second);
        let offset = file.text.find(&text).unwrap_or_default();
        let place = Place { file: Arc::clone(&file), offset, len: text.len() };
        return Err(broken("the same number is told twice, and not alike", &place));
    }
    let named = numbers.iter().flat_map(|number| &number.zone).map(|(area, _)| area);
    let municipality = AreaId::municipality();
    for area in named.filter(|area| **area != municipality) {
        if !outlines.contains_key(area) {
            let quoted = quoted(area);
            let offset = file.text.find(&quoted).unwrap_or_default();
            let place = Place { file: Arc::clone(&file), offset, len: quoted.len() };
            return Err(broken(&format!("`{area}` has no outline"), &place));
        }
    }
    Ok(Edition { numbers, outlines })
}

fn broken(message: &str, place: &Place) -> Box<Diagnostic> {
    let error = Diagnostic::error("broken-edition", message, place)
        .hint("nothing is built while it is not known what was published before")
        .hint("take the file back from version control; if it is no edition, move it out of the folder");
    Box::new(error)
}

/// Where serde_json stopped. It counts columns in bytes, from 1, at the end of what it read.
fn place_of(file: &Arc<SourceFile>, error: &serde_json::Error) -> Place {
    let lines = file.text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    let mut offset = (line_start + error.column().saturating_sub(1)).min(file.text.len());
    while !file.text.is_char_boundary(offset) {
        offset -= 1;
    }
    Place { file: Arc::clone(file), offset, len: 1 }
}

/// May an edition be written: is there none with its name, or the same one?
///
/// # Errors
/// A name that cannot be a file's, or one that is taken by an edition that told other numbers.
pub fn may_write(folder: &Path, name: &str, edition: &Edition) -> Result<(), Diagnostic> {
    free(folder, name, &text(edition)).map(drop)
}

/// Writes an edition beside the others, and gives the file. The same edition once more changes nothing.
///
/// # Errors
/// As [`may_write`], and a folder that cannot be written to.
pub fn write(folder: &Path, name: &str, edition: &Edition) -> Result<PathBuf, Diagnostic> {
    let text = text(edition);
    let path = folder.join(format!("{name}.json"));
    if free(folder, name, &text)? {
        let beside = folder.join(format!(".{name}.json.new"));
        let written = fs::create_dir_all(folder)
            .and_then(|()| File::create(&beside))
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&beside, &path));
        written.map_err(|error| cannot("write", &path, &error))?;
    }
    Ok(path)
}

/// Is there no file of this name? There may be one with this text.
fn free(folder: &Path, name: &str, text: &str) -> Result<bool, Diagnostic> {
    if !is_name(name) {
        let message = format!("an edition cannot be called `{name}`");
        let error = Diagnostic::new(Severity::Error, "bad-edition-name", message, At::Nowhere);
        return Err(error.hint("use letters, digits, `-` and `.`, as `--edition 2026-1`"));
    }
    let path = folder.join(format!("{name}.json"));
    match fs::read(&path) {
        Ok(there) if there == text.as_bytes() => Ok(false),
        Ok(_) => {
            let message = format!("edition `{name}` was made before, and told other numbers");
            let error = Diagnostic::new(Severity::Error, "edition-taken", message, at(&path));
            Err(error.hint("what was given to others cannot be taken back, so its file is never replaced").hint(
                format!(
                    "if it was never given to anybody, delete `{}` and build again; else use the next name: `--edition {}`",
                    path.display(),
                    next(name)
                ),
            ))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(cannot("read", &path, &error)),
    }
}

/// The name after this one: 2026-1 → 2026-2.
fn next(name: &str) -> String {
    let stem = name.trim_end_matches(|last: char| last.is_ascii_digit());
    match name[stem.len()..].parse::<u64>() {
        Ok(number) if !stem.is_empty() => format!("{stem}{}", number + 1),
        _ => format!("{name}-2"),
    }
}

/// An edition as text, one number a line, so that version control shows what an edition told.
fn text(edition: &Edition) -> String {
    let outline = |(area, hash): (&AreaId, &String)| format!("{}: \"{hash}\"", quoted(area));
    let outlines: Vec<String> = edition.outlines.iter().map(outline).collect();
    let numbers: Vec<String> = edition.numbers.iter().map(line).collect();
    let block = |open: char, lines: &[String], close: char| match lines {
        [] => format!("{open}{close}"),
        lines => format!("{open}\n{}\n{close}", lines.join(",\n")),
    };
    format!(
        "{{\n\"form\": {FORM},\n\"outlines\": {},\n\"numbers\": {}\n}}\n",
        block('{', &outlines, '}'),
        block('[', &numbers, ']')
    )
}

fn line(number: &Number) -> String {
    serde_json::to_string(number).expect("texts, numbers and maps with texts as keys are JSON")
}

fn quoted(area: &AreaId) -> String {
    serde_json::Value::from(area.as_str()).to_string()
}

fn at(path: &Path) -> At {
    At::File(path.display().to_string())
}

fn cannot(verb: &str, path: &Path, error: &io::Error) -> Diagnostic {
    let (code, hint) = match verb {
        "read" => ("unreadable-edition", "nothing is built while it is not known what was published before"),
        _ => (
            "unwritten-edition",
            "do not give the reports to anybody before the edition is written: build again",
        ),
    };
    Diagnostic::new(Severity::Error, code, format!("cannot {verb} it: {error}"), at(path)).hint(hint)
}
