//! `kvarter check --privacy`: which columns are read of each source and for what, what the municipality has filled in, and
//! what it has not.

use std::{collections::BTreeSet, fs, io::Write, path::Path};

use crate::{
    catalogue::{Catalogue, PrivacyField, Sensitivity},
    diagnostics::{At, Diagnostic, Severity},
    reports::privacy::{Entry, Record, Rule},
    sources::Use,
};

/// Names of populations that stand beside a column; of more only the number is told.
const NAMED: usize = 3;

/// What is told on the terminal.
pub(super) fn told(catalogue: &Catalogue, record: &Record<'_>) -> String {
    let mut text = String::from("\nPrivacy, source by source (only what is named here is read):\n");
    let (read, described): (Vec<_>, Vec<_>) = record.sources.iter().partition(|entry| entry.is_read());
    for entry in read {
        text.push_str(&source(catalogue, entry));
    }
    if !record.idle.is_empty() {
        let names: Vec<String> = record.idle.iter().map(|id| format!("`{id}`")).collect();
        text.push_str(&format!(
            "\nCounted for no indicator, tool or other population: {}\n",
            names.join(", ")
        ));
    }
    if !described.is_empty() {
        text.push_str(&format!(
            "\n{} more sources are described only: no file, nothing read\n",
            described.len()
        ));
    }
    text.push_str(
        "\nLeaves the machine when you pass it on: reports (PDF) and open results (`results/`), figures that passed the rules \
         above.\nStays: the files with rows, which are read and never written; `internal/`, for the municipality alone.\n",
    );
    text
}

/// One source.
fn source(catalogue: &Catalogue, entry: &Entry<'_>) -> String {
    let language = catalogue.about.language;
    let sensitivity = match entry.source.sensitivity {
        Sensitivity::Person => "person: rows are persons",
        Sensitivity::Aggregate => "aggregate: rows are counts, some of them small",
        Sensitivity::Public => "public",
    };
    let mut text = format!("\n{} ({sensitivity})\n", entry.id);
    if let Some(reading) = &entry.reading {
        text.push_str(&format!("  reads {} of {} columns\n", reading.columns.len(), reading.width()));
        for (name, uses) in &reading.columns {
            text.push_str(&format!("    {name:<20} {}\n", used_for(uses)));
        }
        if !reading.unused.is_empty() {
            text.push_str(&format!("  left unread: {}\n", reading.unused.join(", ")));
        }
        if !reading.cpr_like.is_empty() {
            text.push_str(&format!("  like CPR numbers: {}\n", reading.cpr_like.join(", ")));
        }
    }
    for field in PrivacyField::ALL {
        let given = entry.source.privacy.as_ref().and_then(|privacy| privacy.given(field));
        let said = match given {
            Some(said) => said.in_language(language).trim().to_string(),
            None if entry.missing.contains(&field) => {
                format!("not filled in: write `privacy: {{ {}: … }}`", field.word())
            }
            None => continue,
        };
        text.push_str(&format!("  {:<20} {said}\n", field.word()));
    }
    let special: Vec<&str> = entry.special().into_iter().map(|category| category.word()).collect();
    if !special.is_empty() {
        text.push_str(&format!("  {:<20} {}\n", "special-categories", special.join(", ")));
    } else if entry.source.sensitivity != Sensitivity::Public {
        text.push_str(&format!(
            "  {:<20} not filled in: write `privacy: {{ special-categories: [none] }}`, or which\n",
            "special-categories"
        ));
    }
    text.push_str(&format!(
        "  makes {} from {}\n",
        of(entry.indicators.len(), "indicator"),
        of(entry.populations.len(), "population")
    ));
    for (rule, number) in &entry.rules {
        text.push_str(&format!("    {}: {}\n", of(*number, "indicator"), rule_words(rule)));
    }
    text
}

fn used_for(uses: &BTreeSet<Use>) -> String {
    let population = |one: &&Use| matches!(one, Use::Population(_));
    let (populations, others): (Vec<&Use>, Vec<&Use>) = uses.iter().partition(population);
    let mut said: Vec<String> = others.iter().map(ToString::to_string).collect();
    said.extend(populations.iter().take(NAMED).map(ToString::to_string));
    if populations.len() > NAMED {
        said.push(format!("{} more", of(populations.len() - NAMED, "population")));
    }
    said.join(", ")
}

/// So many of something.
fn of(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A rule in words of the catalogue.
fn rule_words(rule: &Rule) -> String {
    let usual = rule.usual;
    let numbers = [
        ("at-least", usual.at_least),
        ("statutory", rule.by_law),
        ("group", usual.group),
        ("p-percent", usual.p_percent),
        ("households", usual.households),
        ("persons", usual.persons),
        ("residents", usual.residents),
    ];
    let mut said: Vec<String> = numbers
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .map(|(field, number)| format!("{field} {number}"))
        .collect();
    said.extend(usual.complement.then(|| "complement".to_string()));
    said.extend((usual.zero && usual.group > 0).then(|| "zero sensitive".to_string()));
    said.join(", ")
}

/// What should be filled in, or asked, before the data are used.
pub(super) fn warnings(catalogue: &Catalogue, record: &Record<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for entry in record.sources.iter().filter(|entry| entry.is_read()) {
        let at = catalogue
            .sources
            .get_key_value(entry.id)
            .map_or(At::Nowhere, |(id, _)| At::Text(id.place.clone()));
        let warn = |code, message: String| Diagnostic::new(Severity::Warning, code, message, at.clone());
        let id = entry.id;
        let mut lacks: Vec<&str> = entry.missing.iter().map(|field| field.word()).collect();
        if entry.special().is_empty() {
            lacks.push("special-categories");
        }
        if entry.source.sensitivity == Sensitivity::Person && !lacks.is_empty() {
            let names: Vec<String> = lacks.iter().map(|name| format!("`{name}`")).collect();
            let typed: Vec<String> = lacks.iter().map(|name| format!("{name}: …")).collect();
            let message =
                format!("the rows of `{id}` are persons, and {} is not filled in", names.join(", "));
            found.push(
                warn("privacy-not-filled-in", message)
                    .hint("the municipality answers for this; its data protection officer knows, the program suggests nothing")
                    .hint(format!("write `privacy: {{ {} }}` under `{id}`", typed.join(", "))),
            );
        }
        for (category, names) in &entry.undeclared {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let shown = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            let more = if names.len() > 5 { ", …" } else { "" };
            let message =
                format!("{shown}{more} in `{id}` may be about `{}`, which is not declared", category.word());
            found.push(warn("special-category", message).hint(format!(
                "if it is, add it: `privacy: {{ special-categories: [{}] }}`",
                category.word()
            )));
        }
        if let Some(names) =
            entry.reading.as_ref().map(|reading| &reading.cpr_like).filter(|names| !names.is_empty())
        {
            let message = format!("{} of `{id}` looks like CPR numbers", names.join(", "));
            found.push(warn("cpr-numbers", message).hint(
                "`kvarter build` refuses the file; replace the numbers with pseudonyms where the file is made",
            ));
        }
    }
    found
}

/// Writes the page, never over a file that is there: somebody may have filled it in.
pub(super) fn write(path: &Path, page: &str) -> Result<(), Diagnostic> {
    let written = fs::File::create_new(path).and_then(|mut file| file.write_all(page.as_bytes()));
    written.map_err(|problem| {
        let message = format!("the page cannot be written: {problem}");
        let error =
            Diagnostic::new(Severity::Error, "not-written", message, At::File(path.display().to_string()));
        error.hint("a page that is there is left as it is: write under another name")
    })
}
