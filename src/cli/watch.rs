//! `kvarter watch`: builds, then builds again whatever changes, and shows the pages.

use std::time::Duration;

use clap::Args;

use super::{build::Wanted, print_diagnostic, print_error};
use crate::{
    Computed, Summary, catalogue,
    catalogue::Language,
    diagnostics::{Diagnostic, Outcome, draw},
    reports,
    watch::{Kind, Listed, Round, Server, Session, Wake},
};

/// Names of changed files on a line.
const NAMED: usize = 3;

/// Build, then build again whatever changes, and show the pages in a browser; Ctrl+C ends it
#[derive(Args)]
pub struct Watch {
    #[command(flatten)]
    wanted: Wanted,
    /// The port of the page on this machine [default: any that is free]
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    port: u16,
}

impl Watch {
    pub(super) fn run(self) -> Outcome<String> {
        let options = self.wanted.options();
        reports::is_free(&options.out).map_err(|error| vec![error])?;
        let language = options.language.or_else(|| {
            catalogue::load_partly(&options.catalogue).0.map(|catalogue| catalogue.about.language)
        });
        let server = Server::open(self.port, options.out.clone()).map_err(|error| vec![error])?;
        let words = reports::page_words(language.unwrap_or(Language::Danish))?;
        server.show(|shown| {
            shown.line = words.building.clone();
            shown.words = words.named();
        });
        print_error(&format!("the pages are at {}", server.address()));
        let (mut session, mut wake, mut last) = (Session::new(options), Wake::new(), Vec::new());
        loop {
            let first = looked_at(&server, &session, language);
            if let Some(round) = session.step(&first, &|_| ()) {
                print_error(&line(&round));
                let told = told(&round);
                told.iter().filter(|told| !last.contains(*told)).for_each(print_diagnostic);
                last = told;
                show(&server, &session, &round, &words, language);
            }
            wake.watch(session.files());
            if !session.has_rest() {
                wake.wait();
            }
        }
    }
}

/// The names of the report that somebody looks at.
fn looked_at(server: &Server, session: &Session, language: Option<Language>) -> Vec<String> {
    let path = server.looked_at();
    let titles = session
        .computed()
        .map(|computed| reports::titles(&computed.catalogue, &computed.places, language))
        .unwrap_or_default();
    titles.into_iter().find(|title| title.path == path).map(|title| title.only).unwrap_or_default()
}

/// What a round has to tell. Warnings of later rounds are those of the first, as a rule.
fn told(round: &Round) -> Vec<Diagnostic> {
    let all = match &round.outcome {
        Ok((_, told)) | Err(told) => told,
    };
    let is_first = round.kind == Kind::Everything && round.changed.is_empty();
    all.iter().filter(|told| told.is_error() || is_first).cloned().collect()
}

/// A round in one line: what had changed, what was done, how long it took.
fn line(round: &Round) -> String {
    let changed = match round.changed.as_slice() {
        [] if round.kind == Kind::Pages => "the others".to_string(),
        [] => "all".to_string(),
        names => {
            let more = if names.len() > NAMED { ", …" } else { "" };
            format!("{}{more}", names[..names.len().min(NAMED)].join(", "))
        }
    };
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let computing = match round.kind {
        Kind::Everything => format!(", {} of them to read and compute", seconds(round.computing)),
        Kind::Pages | Kind::Comments => String::new(),
    };
    match &round.outcome {
        Ok((Summary { reports, kept, failed, .. }, _)) => {
            let failed = if failed.is_empty() { String::new() } else { format!(", {} failed", failed.len()) };
            format!(
                "{changed}: {} reports made, {kept} kept{failed} in {}{computing}",
                reports - kept,
                seconds(round.took)
            )
        }
        Err(_) => format!("{changed}: a mistake; the pages stay as they were"),
    }
}

/// Puts a round on the page; after a mistake the last good pages stay there.
fn show(
    server: &Server,
    session: &Session,
    round: &Round,
    words: &reports::PageWords,
    language: Option<Language>,
) {
    let errors: Vec<String> =
        told(round).iter().filter(|told| told.is_error()).map(|told| draw(told, false)).collect();
    let computed = session.computed().zip(round.outcome.as_ref().ok());
    let list = computed
        .filter(|_| !round.is_part)
        .map(|(computed, (summary, _))| listed(computed, summary, language));
    let is_made = round.outcome.is_ok();
    server.show(|shown| {
        if let Some(list) = list {
            shown.reports = list;
        }
        shown.pages += u64::from(is_made);
        shown.told = errors.join("\n");
        shown.line = if errors.is_empty() { words.ready.clone() } else { words.mistake.clone() };
    });
}

/// The reports whose pages are there, in the order of the catalogue.
fn listed(computed: &Computed, summary: &Summary, language: Option<Language>) -> Vec<Listed> {
    let mut list = Vec::new();
    for title in reports::titles(&computed.catalogue, &computed.places, language) {
        let pdf = Some(format!("{}.pdf", title.path)).filter(|pdf| summary.written.contains(pdf));
        let page = |number: usize| format!("{}-{number}.png", title.path);
        let pages: Vec<String> = (1..).map(page).take_while(|page| summary.written.contains(page)).collect();
        if pdf.is_some() || !pages.is_empty() {
            list.push(Listed { name: title.path, title: title.title, group: title.group, pdf, pages });
        }
    }
    list
}
