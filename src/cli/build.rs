//! `kvarter build`: everything, or the reports named.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Inputs;
use crate::{BuildOptions, Formats, Progress, Summary, catalogue::Language, diagnostics::Outcome, editions};

/// What to make from what, and where: the same for one build and for many.
#[derive(Args)]
pub(super) struct Wanted {
    /// Areas or reports; all when none is named
    #[arg(value_name = "AREA|REPORT")]
    only: Vec<String>,
    #[command(flatten)]
    inputs: Inputs,
    /// Where to write
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// What to write of each report
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "pdf")]
    format: Vec<Format>,
    /// The language of what is printed [default: the catalogue's]
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<LanguageName>,
    /// Threads [default: one per core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: usize,
}

impl Wanted {
    /// The options of such a build.
    pub fn options(&self) -> BuildOptions {
        let asked = |format| self.format.contains(&format);
        BuildOptions {
            catalogue: self.inputs.catalogue.clone(),
            data: self.inputs.data().to_path_buf(),
            out: self.out.clone(),
            only: self.only.clone(),
            formats: Formats { pdf: asked(Format::Pdf), png: asked(Format::Png), json: asked(Format::Json) },
            language: self.language.map(Language::from),
            jobs: self.jobs,
            ..BuildOptions::default()
        }
    }
}

/// Compute everything and write the reports and the open results
#[derive(Args)]
pub struct Build {
    #[command(flatten)]
    wanted: Wanted,
    /// Add what is published to the ledger of editions beside the catalogue; later builds count it as known
    #[arg(long, value_name = "NAME", value_parser = edition)]
    edition: Option<String>,
    /// Refuse drafts, empty fields of the council paper, and comments older than the figures they name
    #[arg(long = "final")]
    is_final: bool,
    /// Make everything anew, also what has not changed since the last build
    #[arg(long)]
    fresh: bool,
    /// Print nothing but diagnostics
    #[arg(long)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One PDF a report.
    Pdf,
    /// One image a page.
    Png,
    /// What the template was given.
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LanguageName {
    /// Danish.
    Da,
    /// English.
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Da => Self::Danish,
            LanguageName::En => Self::English,
        }
    }
}

impl Build {
    pub(super) fn run(self) -> Outcome<String> {
        let started = Instant::now();
        let options = BuildOptions {
            edition: self.edition.clone(),
            is_final: self.is_final,
            fresh: self.fresh,
            ..self.wanted.options()
        };
        let bar = self.progress_bar();
        let outcome = crate::build(&options, &|progress| match progress {
            Progress::Stage(name) => bar.set_message(name),
            Progress::Planned(reports) => bar.set_length(reports as u64),
            Progress::Done => bar.inc(1),
        });
        bar.finish_and_clear();
        let (summary, warnings) = outcome?;
        let kept = self.edition.as_deref().map(|name| {
            let folder = editions::folder(&options.catalogue);
            format!("edition {name} is kept in {}\n", folder.display())
        });
        let text = match self.quiet {
            true => String::new(),
            false => kept.unwrap_or_default() + &summary_text(&summary, &options.out, started.elapsed()),
        };
        Ok((text, warnings))
    }

    fn progress_bar(&self) -> ProgressBar {
        let target = if self.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let style = ProgressStyle::with_template("{msg:<12} {bar:40} {pos}/{len}");
        let bar = ProgressBar::with_draw_target(Some(0), target);
        style.map_or(bar.clone(), |style| bar.with_style(style))
    }
}

/// An edition's name on the command line.
fn edition(name: &str) -> Result<String, String> {
    let wrong = || "use letters, digits, `-` and `.`, a letter or digit first, as 2026-1".to_string();
    editions::is_name(name).then(|| name.to_string()).ok_or_else(wrong)
}

/// The end of a build in counts, paths and seconds.
fn summary_text(summary: &Summary, out: &Path, took: Duration) -> String {
    if let Some(warnings) = summary.unchanged {
        return unchanged_text(summary, out, warnings, took);
    }
    let mut text =
        format!("{} reports and {} files in {}\n", summary.reports, summary.written.len(), out.display());
    if summary.kept > 0 {
        text.push_str(&format!("{} of the reports had not changed and were kept\n", summary.kept));
    }
    for (report, areas) in &summary.too_small {
        let names: Vec<_> = areas.iter().take(5).map(ToString::to_string).collect();
        let more = if areas.len() > names.len() { ", …" } else { "" };
        text.push_str(&format!(
            "{} areas are too small for {report}: {}{more}\n",
            areas.len(),
            names.join(", ")
        ));
    }
    if let Some(lix) = summary.readability {
        text.push_str(&format!("the council paper has LIX {lix:.1}\n"));
    }
    if !summary.failed.is_empty() {
        let names: Vec<_> = summary
            .failed
            .iter()
            .map(|(report, area)| area.as_ref().map_or(report.to_string(), ToString::to_string))
            .collect();
        text.push_str(&format!("{} reports failed: {}\n", names.len(), names.join(", ")));
    }
    text.push_str(&format!("{:.1} s\n", took.as_secs_f64()));
    text
}

/// What is said when there was nothing to do.
fn unchanged_text(summary: &Summary, out: &Path, warnings: usize, took: Duration) -> String {
    let again = match warnings {
        0 => String::new(),
        1 => " and told 1 warning; `--fresh` tells it again".to_string(),
        n => format!(" and told {n} warnings; `--fresh` tells them again"),
    };
    format!(
        "nothing has changed: the last build made the {} reports and {} files in {}{again}\n{:.1} s\n",
        summary.reports,
        summary.written.len(),
        out.display(),
        took.as_secs_f64()
    )
}
