//! Setting one report, unless its pages would come out as they are; and answering a build that an equal one has made.

use std::{collections::BTreeMap, path::Path};

use super::{
    Made as Outcome, Options, Press,
    manifest::{self, Made, Manifest},
    pdf,
    plan::Job,
    png,
    rendered::Recipe,
};
use crate::{
    diagnostics::{Diagnostic, Severity},
    hash,
    ids::{AreaId, ReportId},
};

/// Pixels an inch of pictures of pages.
const PPI: f64 = 144.0;

/// One report that was made.
#[derive(Default)]
pub(super) struct Report {
    /// What its comment says and the figures do not.
    pub warnings: Vec<Diagnostic>,
    /// Its pages were kept as they were.
    pub kept: bool,
}

/// What was done.
#[derive(Default, Debug)]
pub struct Summary {
    /// Files in place, by their paths in the output folder.
    pub written: Vec<String>,
    /// Reports made, or kept because they would come out the same.
    pub reports: usize,
    /// Reports among them that were kept.
    pub kept: usize,
    /// Nothing was done, since an equal build did it: so many warnings it told.
    pub unchanged: Option<usize>,
    /// The LIX of the council paper, if one was made.
    pub readability: Option<f64>,
    /// Reports that failed, each with its area if it has one; the diagnostics say why.
    pub failed: Vec<(ReportId, Option<AreaId>)>,
    /// Areas below a report's `min-residents`.
    pub too_small: BTreeMap<ReportId, Vec<AreaId>>,
}

impl Summary {
    /// Counts a report as made or failed, and gives what is to be told of it.
    pub(super) fn count(&mut self, job: &Job, made: Outcome) -> Vec<Diagnostic> {
        match made {
            Ok(report) => {
                self.reports += 1;
                self.kept += usize::from(report.kept);
                report.warnings
            }
            Err(errors) => {
                self.failed.push((job.report.0.clone(), job.about().cloned()));
                errors
            }
        }
    }
}

impl Press<'_> {
    /// Sets a report from its payload and its other files and writes its pages; keeps them, and says so, if they would come out
    /// as they are.
    pub(super) fn set(
        &self,
        job: &Job,
        data: Vec<u8>,
        mut files: BTreeMap<&str, Vec<u8>>,
    ) -> Result<bool, Vec<Diagnostic>> {
        let formats = self.options.formats;
        if !formats.pdf && !formats.png {
            return Ok(false);
        }
        files.insert("/data.json", data);
        let path = format!("{}{}", self.folder(), job.path());
        let template = job.report.1.template.as_str();
        let language = self.context.words.language();
        let edition = self.context.catalogue.about.edition.value;
        let ident = format!("{}/{edition}", job.name());
        let recipe = Recipe { template, language, ident: &ident, formats, files: &files };
        if !self.options.fresh && self.beside.keep(&path, |asked| recipe.from(self.typesetter, asked)) {
            return Ok(true);
        }
        let set = self.typesetter.set(template, files.clone())?;
        let errors = pdf::check(self.typesetter, &set.document, language, template);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut written = Vec::new();
        let mut write = |path: String, bytes: &[u8]| {
            self.beside.write(&path, bytes).map_err(|error| vec![error])?;
            written.push(path);
            Ok::<(), Vec<Diagnostic>>(())
        };
        if formats.pdf {
            let bytes = pdf::write(self.typesetter, template, &set.document, ident.clone(), edition)?;
            write(format!("{path}.pdf"), &bytes)?;
        }
        if formats.png {
            let pages = png::draw(&set.document, PPI).map_err(|error| vec![error])?;
            for (number, page) in (1..).zip(pages) {
                write(format!("{path}-{number}.png"), &page)?;
            }
        }
        self.beside.rendered(&path, recipe.from(self.typesetter, &set.asked), set.asked, &written);
        Ok(false)
    }
}

/// What the manifest keeps of a run, if it went well and is to be known again.
pub(super) fn made(options: &Options, summary: &Summary, told: &[Diagnostic]) -> Option<Made> {
    let from = options.from.clone().filter(|_| !told.iter().any(Diagnostic::is_error))?;
    let warnings = options.warnings + told.iter().filter(|told| told.severity == Severity::Warning).count();
    Some(Made { from, reports: summary.reports, warnings })
}

/// What there is to say of a build that an equal one has made: if the last one was made from the same, and every file that it
/// wrote is still what it was.
pub fn as_before(out: &Path, from: &str) -> Option<Summary> {
    let last = Manifest::last(out);
    let made = last.made.filter(|made| made.from == from)?;
    let is_intact = |(path, output): (&String, &manifest::Output)| {
        hash::of_file(&out.join(path)).is_ok_and(|found| found == output.sha256)
    };
    last.outputs.iter().all(is_intact).then(|| Summary {
        written: last.outputs.into_keys().collect(),
        reports: made.reports,
        kept: made.reports,
        unchanged: Some(made.warnings),
        ..Summary::default()
    })
}
