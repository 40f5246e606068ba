//! Everything that a build is made from, by hash: so that an equal build is known again.
//!
//! All of it is taken before anything is read for good. A file that changes while a build runs is then another the next time, and
//! nothing stale is taken for new.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use crate::{
    BuildOptions,
    catalogue::{self, Catalogue},
    comments,
    diagnostics::{At, Diagnostic, Severity},
    editions,
    hash::{self, Sum},
    sources, templates,
};

/// What a build is made from.
#[derive(Clone)]
pub struct Inputs {
    /// Data and comments, by the name under which the manifest lists them, with their hashes.
    pub read: BTreeMap<String, String>,
    /// A hash over these, the catalogue, the templates, the editions before, the program and what was asked for.
    pub from: String,
}

/// The files that a build is made from: the name they are told under, and the path.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Files {
    /// The catalogue.
    pub catalogue: Vec<(String, PathBuf)>,
    /// The templates, texts and fonts beside the catalogue, and its logo.
    pub templates: Vec<(String, PathBuf)>,
    /// The comments.
    pub comments: Vec<(String, PathBuf)>,
    /// The data.
    pub data: Vec<(String, PathBuf)>,
    /// The editions before.
    pub editions: Vec<(String, PathBuf)>,
}

impl Files {
    /// Finds them, with the files of a pattern that are there now.
    ///
    /// # Errors
    /// A folder that cannot be read, a catalogue that cannot be read at all, or a file that is not there.
    pub fn find(options: &BuildOptions) -> Result<Self, Vec<Diagnostic>> {
        let (catalogue, found) = catalogue::load_partly(&options.catalogue);
        Self::of(options, &catalogue.ok_or(found)?)
    }

    /// Finds those of a catalogue that has been read.
    ///
    /// # Errors
    /// A folder that cannot be read, or a file that is not there.
    pub fn of(options: &BuildOptions, catalogue: &Catalogue) -> Result<Self, Vec<Diagnostic>> {
        let mut files = Self::beside(options)?;
        files.templates.extend(logo(catalogue));
        let data = sources::inputs(catalogue, &options.data)?;
        files.data = data.into_iter().map(|file| (file.name, file.path)).collect();
        Ok(files)
    }

    /// Finds those that are known without reading the catalogue.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn beside(options: &BuildOptions) -> Result<Self, Vec<Diagnostic>> {
        let folder = options.catalogue.parent().unwrap_or(Path::new(""));
        let failed = |name: &str, error: &io::Error| vec![cannot(name, error)];
        let name = options.catalogue.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self {
            catalogue: vec![(name, options.catalogue.clone())],
            templates: templates::beside(folder).map_err(|error| failed("templates", &error))?,
            comments: comments::inputs(&comments::folder(&options.catalogue))
                .map_err(|error| failed(comments::FOLDER, &error))?,
            editions: editions::inputs(&editions::folder(&options.catalogue))
                .map_err(|error| failed(editions::FOLDER, &error))?,
            data: Vec::new(),
        })
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &(String, PathBuf)> {
        [&self.catalogue, &self.templates, &self.comments, &self.data, &self.editions].into_iter().flatten()
    }
}

impl Inputs {
    /// Finds and hashes everything that a build is made from.
    ///
    /// # Errors
    /// A file or a folder that cannot be read.
    pub fn of(options: &BuildOptions, program: &str) -> Result<Self, Vec<Diagnostic>> {
        Self::hashed(options, program, &Files::find(options)?, None)
    }

    /// Hashes files; of data a hash that is known already is not computed again.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn hashed(
        options: &BuildOptions,
        program: &str,
        files: &Files,
        known: Option<&BTreeMap<String, String>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut sum = Sum::default();
        sum.add(program);
        sum.add(format!("{:?} {:?} {}", options.formats, options.language, options.is_final));
        options.only.iter().for_each(|name| sum.add(name));
        let mut read = BTreeMap::new();
        let parts = [
            ("catalogue", &files.catalogue),
            ("templates", &files.templates),
            ("editions", &files.editions),
            ("comments", &files.comments),
            ("data", &files.data),
        ];
        for (part, files) in parts {
            sum.add(part);
            for (name, path) in files {
                let known = known.filter(|_| part == "data").and_then(|known| known.get(name));
                let hash = match known {
                    Some(hash) => hash.clone(),
                    None => hash::of_file(path).map_err(|error| vec![cannot(name, &error)])?,
                };
                sum.add(name);
                sum.add(&hash);
                if part == "comments" || part == "data" {
                    read.insert(name.clone(), hash);
                }
            }
        }
        Ok(Self { read, from: sum.finish() })
    }
}

/// The logo of a catalogue, if it is a file of its own.
fn logo(catalogue: &Catalogue) -> Option<(String, PathBuf)> {
    let logo = catalogue.appearance.as_ref()?.logo.as_ref()?;
    let path = catalogue.folder.join(&logo.value);
    path.is_file().then(|| (logo.value.clone(), path))
}

fn cannot(name: &str, error: &io::Error) -> Diagnostic {
    let message = format!("cannot read the file: {error}");
    Diagnostic::new(Severity::Error, "file", message, At::File(name.to_string()))
}
