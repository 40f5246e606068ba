//! kvarter: reports for boligsocial monitorering, from one YAML catalogue.
//!
//! Five stages, one direction:
//!
//! ```text
//! indicators.yaml ─ catalogue ─▶ sources ─▶ compute ─▶ figures ─▶ reports ─▶ out/
//!                   (types)     (tables,    (Raw →      (SVG +     (PDF, open
//!                                places)   Publication) alt+data)  results)
//! ```
//!
//! [`build()`] is the whole program.

pub mod diagnostics;
pub mod hash;
pub mod ids;
pub mod inputs;
pub mod numbers;
pub mod templates;
pub mod words;

pub mod audit;

pub mod catalogue;
pub mod sources;

pub mod comments;
pub mod editions;

pub mod compute;

pub mod figures;

pub mod reports;

pub mod cli;
pub mod demo;
pub mod watch;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use catalogue::{Catalogue, Language};
use comments::Comments;
use compute::{Attack, Publication};
use diagnostics::{At, Diagnostic, Outcome, Severity};
use editions::{Edition, Ledger};
use inputs::Inputs;
use sources::Places;

pub use reports::{Formats, Summary};

/// What to build, from where, to where.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The catalogue's file.
    pub catalogue: PathBuf,
    /// The folder that `file:` entries start from.
    pub data: PathBuf,
    /// The folder to write to.
    pub out: PathBuf,
    /// Areas and reports to render; all when empty. Everything is computed in any case.
    pub only: Vec<String>,
    /// What to write of each report.
    pub formats: Formats,
    /// The language of what is printed; the catalogue's when `None`.
    pub language: Option<Language>,
    /// The edition to add to the ledger of what was published; the build is for nobody else's eyes when `None`.
    pub edition: Option<String>,
    /// Refuse what is not ready to be given to others: drafts, empty fields, comments older than their figures.
    pub is_final: bool,
    /// Threads; one per core when 0.
    pub jobs: usize,
    /// Make everything anew, whether or not anything has changed since the last build.
    pub fresh: bool,
    /// Somebody is at work: keep laid-out pages in memory for the next build, and the last good pages of a report that fails.
    pub watching: bool,
}

impl BuildOptions {
    /// What is given to others is attacked in earnest.
    fn attack(&self) -> Attack {
        if self.edition.is_some() { Attack::Whole } else { Attack::Cheap }
    }
}

impl Default for BuildOptions {
    fn default() -> Self {
        Self {
            catalogue: "indicators.yaml".into(),
            data: ".".into(),
            out: "out".into(),
            only: Vec::new(),
            formats: Formats::default(),
            language: None,
            edition: None,
            is_final: false,
            jobs: 0,
            fresh: false,
            watching: false,
        }
    }
}

/// Everything that a build needs once the data are read and judged: what may be published, and where things are.
pub struct Computed {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// What may be published.
    pub publication: Publication,
    /// Areas and backdrop.
    pub places: Places,
    /// The planner's words.
    pub comments: Comments,
    /// How long each stage took.
    pub timings: Vec<(String, Duration)>,
}

/// How far a build is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// A stage begins.
    Stage(&'static str),
    /// So many reports will be made.
    Planned(usize),
    /// One more report is done.
    Done,
}

/// Load → open → read → compute: everything up to the gate. Always over everything, whatever is rendered.
///
/// # Errors
/// All mistakes that can be found without reading rows; if there is none, all that the first stage with a mistake can find.
pub fn compute(options: &BuildOptions, progress: &(dyn Fn(Progress) + Sync)) -> Outcome<Computed> {
    let mut warnings = Vec::new();
    let mut timings = Vec::new();
    let mut timed =
        |stage: &'static str, started: Instant| timings.push((stage.to_string(), started.elapsed()));

    progress(Progress::Stage("catalogue"));
    let started = Instant::now();
    let (catalogue, found) = catalogue::load_partly(&options.catalogue);
    timed("catalogue", started);

    progress(Progress::Stage("sources"));
    let started = Instant::now();
    let (catalogue, opened) = gather(&mut warnings, open(catalogue, found, &options.data))?;
    let ledger = gather(&mut warnings, earlier(options))?;
    let (tables, places, account) = gather(&mut warnings, sources::read(&catalogue, opened))?;
    let ledger = gather(&mut warnings, editions::today(ledger, &catalogue, &places))?;
    let read = gather(&mut warnings, comments::read(&comments::folder(&options.catalogue), &places))?;
    timed("sources", started);

    progress(Progress::Stage("compute"));
    let started = Instant::now();
    let publication =
        gather(&mut warnings, compute::run(&catalogue, tables, &places, account, &ledger, options.attack()))?;
    timed("compute", started);
    let comments = read.comments;
    Ok((Computed { catalogue, publication, places, comments, timings }, warnings))
}

/// What was published before: every edition but the one that is made.
fn earlier(options: &BuildOptions) -> Outcome<Ledger> {
    let (ledger, notices) = editions::read(&editions::folder(&options.catalogue))?;
    Ok((ledger.without(options.edition.as_deref()), notices))
}

/// Opens the sources of a catalogue that may have mistakes, so that one run tells those of both: `found` are the catalogue's.
/// A place is told of once.
fn open(
    catalogue: Option<Catalogue>,
    found: Vec<Diagnostic>,
    data: &Path,
) -> Outcome<(Catalogue, sources::Opened)> {
    let Some(catalogue) = catalogue else { return Err(found) };
    let broken = found.iter().any(Diagnostic::is_error);
    match sources::open(&catalogue, data) {
        Ok((opened, warnings)) if !broken => {
            Ok(((catalogue, opened), found.into_iter().chain(warnings).collect()))
        }
        outcome => {
            let places: Vec<At> = found.iter().map(|told| told.at.clone()).collect();
            let also = outcome.err().unwrap_or_default().into_iter();
            let also = also.filter(|told| told.at == At::Nowhere || !places.contains(&told.at));
            Err(found.into_iter().filter(Diagnostic::is_error).chain(also).collect())
        }
    }
}

/// Load → open: every mistake that can be found without reading rows, in one run.
///
/// # Errors
/// All mistakes in the catalogue, between it and the files, and in the files of earlier editions; if there is none, those in the
/// comments.
pub fn check(catalogue: &Path, data: &Path) -> Outcome<(Catalogue, sources::Opened)> {
    let comments = comments::folder(catalogue);
    let ledger = editions::read(&editions::folder(catalogue));
    let (read, mut found) = catalogue::load_partly(catalogue);
    found.extend(ledger.err().into_iter().flatten());
    found.extend(read.iter().flat_map(catalogue::completeness));
    let ((catalogue, opened), mut warnings) = open(read, found, data)?;
    gather(&mut warnings, check_comments(&comments, &catalogue, data))?;
    Ok(((catalogue, opened), warnings))
}

/// Reads the comments, if there are any, for their mistakes alone.
fn check_comments(folder: &Path, catalogue: &Catalogue, data: &Path) -> Outcome<()> {
    if !comments::any(folder) {
        return Ok(((), Vec::new()));
    }
    // The warnings about outlines are told when the data are read.
    let (places, _) = sources::places(catalogue, data)?;
    comments::read(folder, &places).map(|(_, warnings)| ((), warnings))
}

/// The whole program: computes everything, draws and renders what is asked for, and writes it whole or not at all. An edition
/// is added to the ledger last, once there is something to give to others. When an equal build was the last one and its files are
/// still what they were, there is nothing to do.
pub fn build(options: &BuildOptions, progress: &(dyn Fn(Progress) + Sync)) -> Outcome<Summary> {
    reports::is_free(&options.out).map_err(|error| vec![error])?;
    // A mistake in what it is made from is told by the stage that reads it.
    let inputs = Inputs::of(options, reports::PROGRAM);
    if let (Ok(inputs), None, false) = (&inputs, &options.edition, options.fresh)
        && let Some(summary) = reports::as_before(&options.out, &inputs.from)
    {
        return Ok((summary, Vec::new()));
    }
    on_threads(options.jobs, || {
        let (computed, mut warnings) = compute(options, progress)?;
        let edition = options
            .edition
            .as_deref()
            .map(|name| (name, Edition::new(computed.publication.numbers(), &computed.places)));
        let folder = editions::folder(&options.catalogue);
        if let Some((name, edition)) = &edition {
            editions::may_write(&folder, name, edition).map_err(|taken| vec![taken])?;
        }
        let basis = Basis { inputs: inputs?, warnings: warnings.len(), only_pages: false };
        let rendered = render(options, &computed, basis, progress);
        let summary = gather(&mut warnings, rendered)?;
        if let Some((name, edition)) = &edition {
            editions::write(&folder, name, edition).map_err(|error| vec![error])?;
        }
        Ok((summary, warnings))
    })?
}

/// Runs a task on threads of a pool of its own. Typst recurses with the page; the default stack of a thread is too small for it
/// without optimisation.
///
/// # Errors
/// The threads cannot be had.
pub fn on_threads<T: Send>(jobs: usize, task: impl FnOnce() -> T + Send) -> Result<T, Vec<Diagnostic>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(32 << 20).build();
    let pool =
        pool.map_err(|e| vec![Diagnostic::new(Severity::Error, "no-threads", e.to_string(), At::Nowhere)])?;
    Ok(pool.install(task))
}

/// What rendering has to know besides what is computed.
pub struct Basis {
    /// What it was computed from.
    pub inputs: Inputs,
    /// Warnings that were told so far.
    pub warnings: usize,
    /// Only templates or texts have changed since the last build: the open results are as they should be.
    pub only_pages: bool,
}

/// Draws and renders what is asked for from what is computed, and writes it.
///
/// # Errors
/// What [`reports::render`] refuses.
pub fn render(
    options: &BuildOptions,
    computed: &Computed,
    basis: Basis,
    progress: &(dyn Fn(Progress) + Sync),
) -> Outcome<Summary> {
    progress(Progress::Stage("reports"));
    let options = reports::Options {
        out: options.out.clone(),
        only: options.only.clone(),
        formats: options.formats,
        language: options.language.unwrap_or(computed.catalogue.about.language),
        is_final: options.is_final,
        fresh: options.fresh,
        watching: options.watching,
        only_pages: basis.only_pages,
        inputs: basis.inputs.read,
        // An edition is made anew each time: it is compared with the ledger.
        from: options.edition.is_none().then_some(basis.inputs.from),
        warnings: basis.warnings,
        timings: computed.timings.clone(),
    };
    let on_report = |step| match step {
        reports::Progress::Planned(reports) => progress(Progress::Planned(reports)),
        reports::Progress::Done => progress(Progress::Done),
    };
    let beside = (&computed.places, &computed.comments);
    reports::render(&computed.catalogue, &computed.publication, beside, &options, &on_report)
}

/// Keeps the warnings of a step with those of the steps before, and gives all back if the step fails.
fn gather<T>(warnings: &mut Vec<Diagnostic>, outcome: Outcome<T>) -> Result<T, Vec<Diagnostic>> {
    match outcome {
        Ok((value, more)) => {
            warnings.extend(more);
            Ok(value)
        }
        Err(errors) => Err(warnings.drain(..).chain(errors).collect()),
    }
}
