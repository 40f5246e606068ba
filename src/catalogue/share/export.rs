//! An entry with everything it refers to, as a file for a colleague.

use std::{collections::BTreeSet, fmt::Write};

use super::{SHARED, declared, find};
use crate::{
    catalogue::{
        Catalogue, RESIDENTS, base,
        check::Kind,
        entry::{INDENT, cut},
        load::{read, read_all},
        source::BENCHMARKS,
    },
    diagnostics::{At, Diagnostic, Place, Severity},
};

/// The name of the text while it is tried.
const TRIED: &str = "kvarter:export";

/// What is passed on.
pub struct Exported {
    /// The name of the entry.
    pub id: String,
    /// The file's text.
    pub text: String,
    /// Layers of areas that a catalogue must have to take it in.
    pub layers: Vec<String>,
}

/// An entry: section, id, and its text.
struct Entry {
    section: &'static str,
    id: String,
    text: String,
    shipped: bool,
}

/// Cuts out an entry by its id, or by `section/id`.
///
/// # Errors
/// When there is no such entry, or it cannot be cut out.
pub fn export(catalogue: &Catalogue, name: &str) -> Result<Exported, Diagnostic> {
    let (section, id) = wanted(catalogue, name)?;
    let mut entries = vec![entry(catalogue, section, &id)?];
    let mut layers = BTreeSet::new();
    loop {
        let known: BTreeSet<(&str, &str)> =
            entries.iter().map(|entry| (entry.section, entry.id.as_str())).collect();
        let lacking: BTreeSet<(&str, String)> = lacking(&entries)
            .into_iter()
            .filter(|(section, id)| !known.contains(&(*section, id.as_str())))
            .collect();
        let (areas, lacking): (Vec<_>, Vec<_>) =
            lacking.into_iter().partition(|(section, _)| *section == "areas");
        layers.extend(areas.into_iter().map(|(_, id)| id));
        if lacking.is_empty() {
            break;
        }
        for (section, id) in lacking {
            entries.push(entry(catalogue, section, &id)?);
        }
    }
    let layers: Vec<String> = layers.into_iter().collect();
    Ok(Exported { text: written(catalogue, &entries, &layers), id, layers })
}

/// The section and the id of what is asked for.
fn wanted(catalogue: &Catalogue, name: &str) -> Result<(&'static str, String), Diagnostic> {
    let (only, id) = name.split_once('/').map_or((None, name), |(section, id)| (Some(section), id));
    let asked = SHARED.into_iter().filter(|section| only.is_none_or(|only| only == *section));
    let found = asked.clone().find(|section| find(catalogue, section, id).is_some());
    found.map(|section| (section, id.to_string())).ok_or_else(|| {
        let known: Vec<String> =
            asked.flat_map(|section| declared(catalogue, section)).map(|(id, _)| id).collect();
        Diagnostic::new(
            Severity::Error,
            "unknown-id",
            format!("nothing that can be passed on is called `{name}`"),
            At::Nowhere,
        )
        .did_you_mean(id, known.iter().map(String::as_str))
        .hint(format!(
            "entries of {} can be passed on; of two with one name write `section/id`",
            SHARED.join(", ")
        ))
    })
}

/// Cuts out one entry. A source is passed on as the base describes it, without the municipality's own file and record.
fn entry(catalogue: &Catalogue, section: &'static str, id: &str) -> Result<Entry, Diagnostic> {
    let own = find(catalogue, section, id);
    let described = (section == "sources").then(|| described(id)).flatten();
    let place = described.as_ref().or(own);
    let text = place.and_then(cut).ok_or_else(|| {
        let message = format!("`{id}` of `{section}` cannot be cut out");
        let at = own.map_or(At::Nowhere, |place| At::Text(place.clone()));
        Diagnostic::new(Severity::Error, "not-cut", message, at)
            .hint("write each entry of the section on a line of its own")
    })?;
    let text = if section == "sources" { without_own(&text) } else { text };
    Ok(Entry { section, id: id.into(), text, shipped: place.is_some_and(base::is_shipped) })
}

/// Where the base describes a source.
fn described(id: &str) -> Option<Place> {
    let found = base::files().into_iter().map(|file| read(&file).written);
    found.into_iter().find_map(|written| Some(written.sources.get_key_value(id)?.0.place.clone()))
}

/// The text of a source without the record of processing, which is another municipality's, and without its file where the
/// columns describe it.
fn without_own(text: &str) -> String {
    let field = |line: &str| {
        let rest = line.trim_start();
        let named = line.len() - rest.len() == 2 * INDENT && !rest.starts_with('#');
        named.then(|| rest.split(':').next().unwrap_or_default().to_string())
    };
    let described = text.lines().filter_map(field).any(|name| name == "columns");
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines() {
        if let Some(name) = field(line) {
            inside = name == "privacy" || (name == "file" && described);
        }
        if !inside {
            let _ = writeln!(kept, "{line}");
        }
    }
    kept
}

/// What the entries refer to and do not have among them: what the check of a catalogue made of them alone finds.
fn lacking(entries: &[Entry]) -> Vec<(&'static str, String)> {
    let head = "catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-01 }\n";
    let text = format!("{head}{}", sections(entries, |_| String::new()));
    let (_, found) = read_all(TRIED, &text);
    let lacking = found.iter().filter_map(|diagnostic| {
        let entry = match diagnostic.code {
            "no-benchmarks" => ("sources", BENCHMARKS.to_string()),
            "no-residents" => ("indicators", RESIDENTS.to_string()),
            code => {
                let At::Text(place) = &diagnostic.at else { return None };
                let id = place.file.text.get(place.offset..place.offset + place.len)?;
                (Kind::section_of(code)?, id.trim_matches(['"', '\'']).to_string())
            }
        };
        Some(entry)
    });
    lacking.collect()
}

/// The entries under the heads of their sections, each under a line that `above` makes; the section of the first entry first.
fn sections(entries: &[Entry], above: impl Fn(&Entry) -> String) -> String {
    let mut text = String::new();
    let first = entries.first().map(|entry| entry.section);
    let others = SHARED.into_iter().filter(|section| Some(*section) != first);
    for section in first.into_iter().chain(others) {
        let mut inside = entries.iter().filter(|entry| entry.section == section).peekable();
        if inside.peek().is_some() {
            let _ = writeln!(text, "{section}:");
        }
        for entry in inside {
            text.push_str(&above(entry));
            text.push_str(&entry.text);
        }
    }
    text
}

/// The file: where it is from, how to take it in, what it needs, and the entries, each with its credit.
fn written(catalogue: &Catalogue, entries: &[Entry], layers: &[String]) -> String {
    let about = &catalogue.about;
    let language = about.language;
    let title = about.title.in_language(language);
    let publisher = about.publisher.in_language(language);
    let edition = &about.edition;
    let version = env!("CARGO_PKG_VERSION");
    let base = catalogue.base.as_ref().map(|base| base.version.value.to_string());
    let with_base = base.as_ref().map_or(String::new(), |base| format!(", base {base}"));
    let mut head = format!("# Fra / From: {title}, {publisher}, {edition} (kvarter {version}{with_base})\n");
    head.push_str("# Læg ind i et andet katalog / Add to another catalogue: kvarter add FILE\n");
    if let Some(licence) = &about.licence {
        let _ = writeln!(head, "# Vilkår / Terms: {}", licence.in_language(language));
    }
    let sources: Vec<&str> =
        entries.iter().filter(|e| e.section == "sources").map(|entry| entry.id.as_str()).collect();
    if !sources.is_empty() {
        let _ = writeln!(head, "# Kræver data fra / Needs data from: {}", sources.join(", "));
    }
    if !layers.is_empty() {
        let _ = writeln!(head, "# Kræver områder / Needs areas: {}", layers.join(", "));
    }
    let own = format!("{title}, {publisher}, {edition}");
    let common = base.map_or(own.clone(), |base| format!("kvarter {base}"));
    let credit = |entry: &Entry| format!("  # Fra / From: {}\n", if entry.shipped { &common } else { &own });
    let adjusted = adjusted(catalogue, entries);
    format!("{head}{adjusted}\n{}", sections(entries, credit))
}

/// The municipality's own choices about the entries, as comments: they are for the reader to take over or not.
fn adjusted(catalogue: &Catalogue, entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries.iter().filter(|entry| entry.section == "indicators") {
        let Some((id, _)) = catalogue.adjust.get_key_value(entry.id.as_str()) else { continue };
        text.push_str("# Egne valg i det katalog / Choices of that catalogue (adjust:)\n");
        for line in cut(&id.place).unwrap_or_default().lines() {
            let _ = writeln!(text, "# {line}");
        }
    }
    text
}
