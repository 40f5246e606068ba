//! Stage 5: payloads and templates → PDF, pictures, open results.
//!
//! [`render`] plans the reports ([`plan`]: one for each area, or one over all areas), builds the payload of each from the
//! publication alone ([`payload`] of one area, [`overview`] of none), sets it with Typst ([`world`]) and writes everything
//! beside ([`output`]) before it is moved into place. Every sentence is a text key with addresses of values ([`findings`]);
//! nothing here sees a number that is not published.

mod attachments;
mod backtest;
mod band;
mod book;
mod calendar;
mod case_system;
mod checked;
mod comments;
mod comparisons;
mod contents;
mod context;
mod council;
mod criteria_table;
mod data_years;
mod declaration;
mod declaration_sources;
mod drawings;
mod expected;
mod findings;
#[cfg(test)]
mod fixture;
mod hinges;
mod history;
mod initiatives;
mod inspiration;
mod law;
mod leads;
mod limit_sentences;
mod limits;
mod locator;
mod make;
mod manifest;
mod moves;
mod municipality;
mod next_list;
mod output;
mod overrides;
mod overview;
mod page_status;
mod page_table;
mod paper;
mod payload;
mod pdf;
mod people;
mod place;
mod plan;
mod png;
mod practices;
pub mod privacy;
mod range;
mod rendered;
mod results;
mod scale;
mod services;
mod site;
mod subject;
mod table_row;
mod takes;
mod theme;
mod titles;
mod tools;
mod trends;
mod untranslated;
mod worksheets;
mod world;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use rayon::prelude::*;

pub use drawings::WrongArea;
pub use make::{Summary, as_before};
pub use payload::Payload;
pub use place::is_free;
pub use rendered::PROGRAM;
pub use titles::{PageWords, page_words, titles};
pub use world::Typesetter;

use crate::{
    catalogue::{Catalogue, Language, ReportKind},
    comments::Comments,
    compute::Publication,
    diagnostics::{At, Diagnostic, Outcome, Severity, SourceFile},
    sources::Places,
    words::Words,
};
use case_system::{Case, Filed};
use context::{Context, Overview};
use council::Council;
use drawings::Contents;
use make::Report;
use manifest::Manifest;
use output::Beside;
use plan::Job;
use theme::Look;

/// What is made of every report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Formats {
    /// One PDF a report.
    pub pdf: bool,
    /// One picture a page.
    pub png: bool,
    /// What the template was given, under `results/payload/`: the payload, and the drawings in a folder beside it.
    pub json: bool,
}

impl Default for Formats {
    fn default() -> Self {
        Self { pdf: true, png: false, json: false }
    }
}

/// What to render and where to.
pub struct Options {
    /// The output folder.
    pub out: PathBuf,
    /// Areas and reports by name; all when empty.
    pub only: Vec<String>,
    /// What is made of every report.
    pub formats: Formats,
    /// The language of what is printed.
    pub language: Language,
    /// Refuse what is not ready to be given to others, before anything is written.
    pub is_final: bool,
    /// Render every report, whether or not anything has changed since the last run.
    pub fresh: bool,
    /// Somebody is at work: keep what is laid out in memory for the next run, and the last good pages of a report that fails.
    pub watching: bool,
    /// Make pages only; the open results of the last run stay.
    pub only_pages: bool,
    /// The files that were read, by the name under which the manifest lists them, with their hashes.
    pub inputs: BTreeMap<String, String>,
    /// A hash over everything that the run is made from, to know it again; `None` if an equal run is to be made again.
    pub from: Option<String>,
    /// Warnings that earlier stages told.
    pub warnings: usize,
    /// How long the earlier stages took, for `timings.json`.
    pub timings: Vec<(String, Duration)>,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// So many reports will be made.
    Planned(usize),
    /// One more is done, well or not.
    Done,
}

/// Renders all reports and writes them with the open results. One failing report does not stop the others: its errors come
/// with the summary.
///
/// # Errors
/// Texts, templates, colours or file names that no report can be made with, and an output folder that cannot be written to; in a
/// final run also what is not ready.
pub fn render(
    catalogue: &Catalogue,
    publication: &Publication,
    (places, comments): (&Places, &Comments),
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Outcome<Summary> {
    let typesetter = Typesetter::open(&catalogue.folder, catalogue.about.edition.value)?;
    let words = words(&typesetter, options.language)?;
    let look = Look::new(catalogue, options.language)?;
    theme::check_font(catalogue, &typesetter)?;
    let overview = Overview::new(catalogue, publication, places);
    let context = Context {
        catalogue,
        publication,
        places,
        comments,
        words: &words,
        language: options.language,
        overview,
    };
    let plan = plan::plan(&context, &typesetter, &options.only)?;
    if options.is_final {
        let empty = council::unfilled(&context, &plan.jobs, &look).map_err(|error| vec![error])?;
        comments::is_ready(&context, &plan.jobs, &look, &empty)?;
    }
    let beside = Beside::new(&options.out)?;
    let press = Press { context: &context, typesetter: &typesetter, look: &look, options, beside: &beside };

    let started = Instant::now();
    progress(Progress::Planned(plan.jobs.len()));
    // The results are made while the last reports keep fewer threads busy than there are.
    let (made, results) = rayon::join(
        || press.make_all(&plan.jobs, progress),
        || if options.only_pages { Ok(()) } else { press.results() },
    );
    let filed = press.file(&plan.jobs)?;
    let rendering = started.elapsed();
    results?;
    let made = press.site(&plan.jobs, made);

    let mut summary = Summary { too_small: plan.too_small, ..Summary::default() };
    let named: Vec<&str> = catalogue.reports.iter().map(|(_, report)| report.template.as_str()).collect();
    let mut diagnostics = typesetter.unused(&named);
    diagnostics.extend(untranslated::warning(catalogue, options.language));
    for (job, made) in plan.jobs.iter().zip(made) {
        diagnostics.extend(summary.count(job, made));
    }
    if let Some(filed) = filed {
        summary.readability = Some(filed.readability);
        diagnostics.extend(filed.found);
    }
    let manifest = Manifest::new(catalogue, publication, &typesetter, &options.inputs);
    let made = make::made(options, &summary, &diagnostics);
    let (written, errors) = beside.settle(manifest, options.only.is_empty() && !options.only_pages, made)?;
    summary.written = written;
    diagnostics.extend(errors);
    diagnostics.extend(output::write_timings(options, rendering).err());
    Ok((summary, diagnostics))
}

/// The texts of a language, from the catalogue's templates or the program's.
fn words(typesetter: &Typesetter, language: Language) -> Result<Words, Vec<Diagnostic>> {
    let code = language.code();
    let path = format!("text/{code}.yaml");
    let text = typesetter.file(&path).and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or_else(|| {
        let message = format!("there are no texts in the language `{code}`");
        let at = At::File(format!("templates/{path}"));
        vec![Diagnostic::new(Severity::Error, "no-texts", message, at)]
    })?;
    let file = Arc::new(SourceFile { name: format!("templates/{path}"), text: text.to_string() });
    Words::load(code, &file)
}

/// A report is made, or is not.
type Made = Result<Report, Vec<Diagnostic>>;

/// Everything that making one report takes.
struct Press<'a> {
    context: &'a Context<'a>,
    typesetter: &'a Typesetter,
    look: &'a Look,
    options: &'a Options,
    beside: &'a Beside,
}

impl Press<'_> {
    /// Where a language other than the catalogue's is written.
    fn folder(&self) -> String {
        let language = self.options.language;
        if language == self.context.catalogue.about.language {
            String::new()
        } else {
            format!("{}/", language.code())
        }
    }

    /// Makes all reports, side by side.
    fn make_all(&self, jobs: &[Job], progress: &(dyn Fn(Progress) + Sync)) -> Vec<Made> {
        let make = |job| {
            let made = self.make(job);
            // Memoised layout of this report is of no use to the next; in-flight ones of other threads are younger.
            let age = if self.options.watching { jobs.len() } else { 0 };
            typst::comemo::evict(age + rayon::current_num_threads());
            progress(Progress::Done);
            made
        };
        jobs.par_iter().map(make).collect()
    }

    /// Makes one report: payload, pages, files. What its comment says and the figures do not comes back as warnings.
    fn make(&self, job: &Job) -> Made {
        let named = |error: Diagnostic| error.hint(format!("in the report `{}`", job.name()));
        let made = self.files(job);
        if made.is_err() && self.options.watching {
            self.beside.stay(&format!("{}{}", self.folder(), job.path()));
        }
        made.map_err(|errors| errors.into_iter().map(named).collect())
    }

    /// Writes the council paper for a case system, if it is among the reports.
    fn file(&self, jobs: &[Job]) -> Result<Option<Filed>, Vec<Diagnostic>> {
        let is_paper = |job: &&Job| job.report.1.kind == ReportKind::CouncilPaper;
        let Some(job) = jobs.iter().find(is_paper) else { return Ok(None) };
        let council = Council::build(self.context, job.report, self.look, self.context.comments);
        let council = council.map_err(|error| vec![error])?;
        let number = council.reports_annex();
        let (paper, drawings) = council.into_paper();
        let folder = self.folder();
        let case = Case {
            paper: &paper,
            drawings: drawings.into_files().collect(),
            date: job
                .report
                .1
                .council
                .as_ref()
                .and_then(|council| council.date.as_ref())
                .map(|date| date.value),
            annexes: case_system::annexes(self.context, &folder, jobs, (job.report.1, number)),
        };
        case_system::write(self.context, self.typesetter, self.beside, &folder, &case).map(Some)
    }

    fn files(&self, job: &Job) -> Made {
        let Some((contents, warnings)) = self.contents(job).map_err(|error| vec![error])? else {
            return Ok(Report::default());
        };
        let Contents { data, drawings } = contents;
        let (folder, path, formats) = (self.folder(), job.path(), self.options.formats);
        let write = |path: String, bytes: &[u8]| self.beside.write(&path, bytes).map_err(|error| vec![error]);
        let mut files: BTreeMap<&str, Vec<u8>> = self.look.files();
        files.extend(drawings.into_files());
        self.beside.measured(&format!("{folder}{path}"), case_system::readability::of_payload(&data));
        if formats.json {
            write(format!("{folder}results/payload/{path}.json"), &data)?;
            for (drawing, svg) in &files {
                write(format!("{folder}results/payload/{path}{drawing}"), svg)?;
            }
        }
        let kept = self.set(job, data, files)?;
        Ok(Report { warnings, kept })
    }

    /// Writes the open results, over all areas whatever was asked for.
    fn results(&self) -> Result<(), Vec<Diagnostic>> {
        results::write(self.context, self.beside, &self.folder())
    }
}
