//! Typst in process: one typesetter for a run, one small world for each report.
//!
//! A world knows the bundled fonts, the templates and the files of its report, under virtual paths that are the same for every
//! report (a path's id is never given back). No system fonts, no packages, no network, no clock. A municipality's template can
//! import the program's own beside it, under `/kvarter/`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use typst::{
    Feature, Library, LibraryExt, World, WorldExt,
    diag::{FileError, FileResult, SourceDiagnostic, Warned},
    foundations::{Bytes, Datetime, Duration},
    syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, Span, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::{LazyHash, hash128},
};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use super::overrides;
use crate::{
    catalogue::YearMonth,
    diagnostics::{At, Diagnostic, Place, Severity, SourceFile},
    hash, templates,
};

/// Where a template finds the program's own templates, whatever the catalogue's folder has in their place.
const ORIGINALS: &str = "kvarter/";

/// How a font is called among what a report asked for: this and its place among the fonts.
const FONT: &str = "font ";

/// The day that dates the documents of an edition: the first of its month.
pub(super) fn edition_day(edition: YearMonth) -> Datetime {
    Datetime::from_ymd(edition.year.into(), edition.month, 1).expect("an edition's month is from 1 to 12")
}

/// Templates, fonts and Typst's library, read once and shared by all reports.
pub struct Typesetter {
    library: LazyHash<Library>,
    fonts: FontStore,
    files: BTreeMap<String, Bytes>,
    /// What the catalogue's folder has and the program has not.
    added: Vec<String>,
    templates: BTreeMap<String, Source>,
    /// Hashes of what reports asked for, as far as anyone wanted to know them.
    hashes: Mutex<BTreeMap<String, Option<String>>>,
    today: Datetime,
}

/// A set report, with the templates and fonts that it asked for.
pub(super) struct SetReport {
    pub document: PagedDocument,
    pub asked: BTreeSet<String>,
}

impl Typesetter {
    /// Reads the templates: those of the catalogue's folder, and the program's own where it has none.
    pub fn open(folder: &Path, edition: YearMonth) -> Result<Self, Vec<Diagnostic>> {
        let mut files: BTreeMap<String, Bytes> =
            templates::all().into_iter().map(|(path, bytes)| (path.to_string(), Bytes::new(bytes))).collect();
        let own = folder.join("templates");
        if own.is_dir() {
            read_folder(&own, "", &mut files)?;
        }
        let added = files.keys().filter(|path| templates::embedded(path).is_none()).cloned().collect();
        let mut fonts = FontStore::new();
        let sans = files.iter().filter(|(path, _)| path.starts_with("fonts/") && path.ends_with(".ttf"));
        let sans: Vec<Font> = sans.flat_map(|(_, bytes)| Font::iter(bytes.clone())).collect();
        fonts.extend(sans.into_iter().map(|font| (font.clone(), font.info().clone())));
        fonts.extend(typst_kit::fonts::embedded().filter(|(_, info)| info.family == "DejaVu Sans Mono"));
        let originals = templates::all()
            .into_iter()
            .map(|(path, bytes)| (format!("{ORIGINALS}{path}"), Bytes::new(bytes)));
        let templates = files
            .iter()
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .chain(originals)
            .filter(|(path, _)| path.ends_with(".typ"))
            .map(|(path, bytes)| Ok((path.clone(), Source::new(file_id(&path), text_of(&path, &bytes)?))))
            .collect::<Result<_, Diagnostic>>()
            .map_err(|error| vec![error])?;
        // Row heads of tables (`pdf.header-cell`) are behind a switch in this version of Typst.
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = LazyHash::new(Library::builder().with_features(features).build());
        Ok(Self {
            library,
            fonts,
            files,
            added,
            templates,
            hashes: Mutex::default(),
            today: edition_day(edition),
        })
    }

    /// A template file by its path inside `templates/`.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|bytes| &**bytes)
    }

    /// The paths inside `templates/` of everything that a report may be made with.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A warning for every file of the catalogue's folder that nothing uses: as a rule a misspelt one. `reports` are the
    /// templates that a report is made with.
    pub(super) fn unused(&self, reports: &[&str]) -> Vec<Diagnostic> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".html"));
        let pages = pages.filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)));
        let typst = self.templates.iter().map(|(path, source)| (path.as_str(), source.text()));
        let sources: Vec<(&str, &str)> = typst.chain(pages).collect();
        overrides::unused(&self.added, &sources, reports)
    }

    /// The families of the fonts that pages can be set in.
    pub(super) fn families(&self) -> Vec<&str> {
        self.fonts.book().families().map(|(family, _)| family).collect()
    }

    /// Sets one report. `files` are the report's own, by virtual path (`/data.json`, `/map.svg`).
    pub fn compile<P: AsRef<str>>(
        &self,
        template: &str,
        files: BTreeMap<P, Vec<u8>>,
    ) -> Result<PagedDocument, Vec<Diagnostic>> {
        self.set(template, files).map(|set| set.document)
    }

    /// Sets one report and notes what it asks for.
    pub(super) fn set<P: AsRef<str>>(
        &self,
        template: &str,
        files: BTreeMap<P, Vec<u8>>,
    ) -> Result<SetReport, Vec<Diagnostic>> {
        let main = file_id(template);
        let own = files
            .into_iter()
            .map(|(path, bytes)| (path.as_ref().trim_start_matches('/').to_string(), Bytes::new(bytes)))
            .collect();
        let world = ReportWorld { own, ..ReportWorld::new(self, main) };
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
        let errors =
            |found: &[SourceDiagnostic]| found.iter().map(|d| world.diagnostic(d)).collect::<Vec<_>>();
        match output {
            Err(found) => Err(errors(&found)),
            // A warning means that the page is not as it was designed: an unknown font, or page numbers that never settle.
            Ok(_) if !warnings.is_empty() => Err(errors(&warnings)),
            Ok(document) => {
                let asked = world.asked.into_inner().expect("no thread panics while it holds the list");
                Ok(SetReport { document, asked })
            }
        }
    }

    /// A hash over what is known of all fonts: from it the font of a text is chosen.
    pub(super) fn book_hash(&self) -> u128 {
        hash128(self.fonts.book())
    }

    /// The hash of a template or a font that a report asked for, as it is now.
    pub(super) fn hash_of(&self, asked: &str) -> Option<String> {
        let mut hashes = self.hashes.lock().expect("no thread panics while it holds the list");
        hashes.entry(asked.to_string()).or_insert_with(|| self.compute_hash(asked)).clone()
    }

    fn compute_hash(&self, asked: &str) -> Option<String> {
        if let Some(index) = asked.strip_prefix(FONT) {
            let font = self.fonts.font(index.parse().ok()?)?;
            return Some(hash::of(font.data()));
        }
        let original = || asked.strip_prefix(ORIGINALS).and_then(templates::embedded);
        self.file(asked).or_else(original).map(hash::of)
    }

    /// Turns what the PDF writer reports into diagnostics.
    pub(super) fn diagnostics(&self, template: &str, found: &[SourceDiagnostic]) -> Vec<Diagnostic> {
        let world = ReportWorld::new(self, file_id(template));
        found.iter().map(|d| world.diagnostic(d)).collect()
    }

    /// Where in the templates something was written; the file of the report's own template if it is not known.
    pub(super) fn written(&self, template: &str, span: Span) -> At {
        let world = ReportWorld::new(self, file_id(template));
        world.place(span.into()).map_or_else(|| At::File(format!("templates/{template}")), At::Text)
    }
}

/// Everything below a folder, by its path inside it with `/` between the parts; hidden files are left out.
fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Bytes>,
) -> Result<(), Vec<Diagnostic>> {
    let failed = |path: &Path, error: std::io::Error| {
        let at = At::File(path.display().to_string());
        vec![Diagnostic::new(
            Severity::Error,
            "cannot-read",
            format!("cannot read the template: {error}"),
            at,
        )]
    };
    for entry in fs::read_dir(folder).map_err(|error| failed(folder, error))? {
        let path = entry.map_err(|error| failed(folder, error))?.path();
        let Some(name) =
            path.file_name().and_then(|name| name.to_str()).filter(|name| !name.starts_with('.'))
        else {
            continue;
        };
        let key = format!("{prefix}{name}");
        if path.is_dir() {
            read_folder(&path, &format!("{key}/"), files)?;
        } else {
            files.insert(key, Bytes::new(fs::read(&path).map_err(|error| failed(&path, error))?));
        }
    }
    Ok(())
}

fn text_of(path: &str, bytes: &Bytes) -> Result<String, Diagnostic> {
    std::str::from_utf8(bytes).map(str::to_string).map_err(|_| {
        let at = At::File(format!("templates/{path}"));
        Diagnostic::new(Severity::Error, "not-text", "the template is not UTF-8 text", at)
    })
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("paths of templates and reports stay inside their root");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The path of a file inside its root.
fn inside(id: FileId) -> &'static str {
    id.get().vpath().get_without_slash()
}

/// What Typst sees while it sets one report.
struct ReportWorld<'a> {
    typesetter: &'a Typesetter,
    main: FileId,
    own: BTreeMap<String, Bytes>,
    /// What was asked for besides the report's own files.
    asked: Mutex<BTreeSet<String>>,
}

impl<'a> ReportWorld<'a> {
    fn new(typesetter: &'a Typesetter, main: FileId) -> Self {
        Self { typesetter, main, own: BTreeMap::new(), asked: Mutex::default() }
    }

    /// Typst asks again for what it has remembered from another report, to see whether it is still the same: so all that a
    /// report depends on is noted, remembered or not.
    fn note(&self, name: impl Into<String>) {
        self.asked.lock().expect("no thread panics while it holds the list").insert(name.into());
    }

    fn diagnostic(&self, found: &SourceDiagnostic) -> Diagnostic {
        let severity = Severity::Error;
        let at = self.place(found.span).map_or(At::Nowhere, At::Text);
        let mut diagnostic = Diagnostic::new(severity, "template", found.message.to_string(), at);
        for hint in &found.hints {
            diagnostic = diagnostic.hint(hint.v.to_string());
        }
        diagnostic
    }

    /// Where a span lies. A span in `/data.json` has no source, only bytes.
    fn place(&self, span: DiagSpan) -> Option<Place> {
        let (id, range) = match span.get() {
            DiagSpanKind::Detached => return None,
            DiagSpanKind::Number { id, .. } => (id, self.range(span)?),
            DiagSpanKind::Range { id, range } => (id, range),
        };
        let path = inside(id);
        let name = if self.own.contains_key(path) { path.to_string() } else { format!("templates/{path}") };
        let text = String::from_utf8_lossy(&self.file(id).ok()?).into_owned();
        Some(Place { file: Arc::new(SourceFile { name, text }), offset: range.start, len: range.len() })
    }
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.typesetter.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.typesetter.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.note(inside(id));
        self.typesetter.templates.get(inside(id)).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = inside(id);
        if let Some(own) = self.own.get(path) {
            return Ok(own.clone());
        }
        self.note(path);
        let shared = || self.typesetter.files.get(path).cloned();
        let original = || path.strip_prefix(ORIGINALS).and_then(templates::embedded).map(Bytes::new);
        shared().or_else(original).ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.note(format!("{FONT}{index}"));
        self.typesetter.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Some(self.typesetter.today)
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(inside(id).into())
}
