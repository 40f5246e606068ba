//! Reads a publication file into a model of what an attacker knows. Every mistake is told at its place in the file.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    format::{Entry, File},
    linear::{Names, Refusal},
    model::{Atom, Figure, Interval, Model, Protected},
    rows::Builder,
};
use crate::diagnostics::{Diagnostic, Place, SourceFile};

/// The model of a publication file: `name` is the path as the user gave it.
///
/// # Errors
/// The first mistake of its JSON, or every mistake in what it says.
pub fn read(name: &str, text: &str) -> Result<Model, Vec<Diagnostic>> {
    let source = Arc::new(SourceFile { name: name.into(), text: text.into() });
    let file: File = serde_json::from_str(text).map_err(|error| vec![malformed(&source, &error)])?;
    let mut reading = Reading { source, found: Vec::new() };
    let model = reading.model(&file);
    if reading.found.is_empty() { Ok(model) } else { Err(reading.found) }
}

/// What serde found, at its line and column.
fn malformed(source: &Arc<SourceFile>, error: &serde_json::Error) -> Diagnostic {
    let line_start: usize =
        source.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    // serde_json counts columns in bytes, from 1, at the end of what it read.
    let mut offset = (line_start + error.column().saturating_sub(1)).min(source.text.len());
    while !source.text.is_char_boundary(offset) {
        offset -= 1;
    }
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    let place = Place { file: source.clone(), offset, len: 1 };
    Diagnostic::error("malformed-publication", message, &place)
        .hint("nothing is audited of a file that cannot be read whole; `docs/publication.md` shows the form")
}

struct Reading {
    source: Arc<SourceFile>,
    found: Vec<Diagnostic>,
}

impl Reading {
    /// Where a name stands first, in quotes.
    fn place(&self, name: &str) -> Place {
        let quoted = serde_json::Value::from(name).to_string();
        let offset = self.source.text.find(&quoted).unwrap_or(0);
        Place { file: self.source.clone(), offset, len: quoted.len() }
    }

    fn tell(&mut self, code: &'static str, message: String, at: &str) {
        let diagnostic = Diagnostic::error(code, message, &self.place(at));
        self.found.push(diagnostic);
    }

    fn model(&mut self, file: &File) -> Model {
        let mut names = Names::default();
        let mut atoms = Vec::new();
        for (name, known) in &file.atoms {
            let bounds = Interval { lo: Some(known.at_least.0.max(0)), hi: known.at_most.map(|most| most.0) };
            if bounds.is_empty() || known.at_least.0 < 0 {
                let expected = "expected `at-least` from 0 to `at-most`";
                self.tell("empty-atom", format!("`{name}` can have no value: {expected}"), name);
            }
            names.atoms.insert(name.clone(), atoms.len());
            atoms.push(Atom { name: name.clone(), bounds });
        }
        self.sets(file, &mut names);
        let named = atoms.len();
        let mut builder = Builder { names: &names, atoms, rows: Vec::new() };
        let mut figures = Vec::new();
        let editions = std::iter::once((None, &file.published));
        for (edition, entries) in
            editions.chain(file.earlier.iter().map(|(edition, list)| (Some(edition), list)))
        {
            let mut seen = BTreeSet::new();
            for entry in entries {
                if !seen.insert(&entry.id) {
                    self.twice(&entry.id);
                }
                self.figure(&mut builder, figures.len(), entry);
                let (id, place) = (entry.id.clone(), entry.place.clone());
                figures.push(Figure { id, place, edition: edition.cloned() });
            }
        }
        let (atoms, rows) = (builder.atoms, builder.rows);
        Model { atoms, named, figures, rows, protected: self.protected(file, &names) }
    }

    fn twice(&mut self, id: &str) {
        self.tell("id-used-twice", format!("`{id}` stands twice: expected an id once in an edition"), id);
    }

    fn sets(&mut self, file: &File, names: &mut Names) {
        for (name, members) in &file.sets {
            if names.atoms.contains_key(name) {
                self.tell(
                    "name-used-twice",
                    format!("`{name}` is an atom and a set: expected one of them"),
                    name,
                );
            }
            let atoms: Vec<usize> =
                members.iter().filter_map(|member| names.atoms.get(member).copied()).collect();
            let known = |member: &&String| !names.atoms.contains_key(*member);
            for member in members.iter().filter(known) {
                let diagnostic = self.unknown(member, file.atoms.keys());
                self.found.push(diagnostic.hint(format!("the set `{name}` is made of atoms only")));
            }
            if atoms.iter().collect::<BTreeSet<_>>().len() < members.len() && atoms.len() == members.len() {
                self.tell(
                    "atom-used-twice",
                    format!("an atom stands twice in the set `{name}`: expected once"),
                    name,
                );
            }
            names.sets.insert(name.clone(), atoms);
        }
    }

    fn unknown<'a>(&self, name: &str, known: impl Iterator<Item = &'a String>) -> Diagnostic {
        let message = format!("`{name}` is no atom and no set: expected a name from `atoms` or `sets`");
        Diagnostic::error("unknown-atom", message, &self.place(name))
            .did_you_mean(name, known.map(String::as_str))
    }

    fn figure(&mut self, builder: &mut Builder<'_>, figure: usize, entry: &Entry) {
        if let Err(refusal) = builder.figure(figure, &entry.says) {
            self.refused(refusal, &entry.id, builder.names);
        }
    }

    fn refused(&mut self, refusal: Refusal, id: &str, names: &Names) {
        match refusal {
            Refusal::Unknown(name) => {
                let diagnostic = self.unknown(&name, names.atoms.keys().chain(names.sets.keys()));
                self.found.push(diagnostic.hint(format!("it is named in `{id}`")));
            }
            Refusal::Says(what) => self.tell("unclear-figure", format!("`{id}`: {what}"), id),
        }
    }

    fn protected(&mut self, file: &File, names: &Names) -> Vec<Protected> {
        let mut protected = Vec::new();
        let mut seen = BTreeSet::new();
        for hidden in &file.protected {
            let id = hidden.id.clone();
            if !seen.insert(id.clone()) {
                self.twice(&id);
            }
            if hidden.width.0 < 1 {
                let message = format!("`{id}` needs a width of {}: expected at least 1", hidden.width.0);
                self.tell("no-width", message, &id);
            }
            match names.terms(&hidden.of) {
                Err(refusal) => self.refused(refusal, &id, names),
                Ok(terms) => {
                    let reach = hidden.reach.map(|reach| reach.0);
                    let hidden_by = hidden.hidden_by.clone();
                    protected.push(Protected { id, terms, width: hidden.width.0, reach, hidden_by });
                }
            }
        }
        protected
    }
}
