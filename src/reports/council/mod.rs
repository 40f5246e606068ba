//! The council paper (*dagsordenspunkt*): all areas of the law in the form in which committees read.
//!
//! It is made as content first ([`Paper`]: fields of blocks, as case systems take them); what the template is given is the same
//! fields, with table, map, changes and options in a form of their own for the page. Every area's sentences and row are made
//! from its own subject, by rule and from what is shown. What only people can write is asked for and never suggested.

mod annex;
mod content;
mod distance;
mod fields;
mod findings;
mod moved;
mod options;
mod payload;
mod table;
#[cfg(test)]
mod tests;

use super::{
    context::{Context, Said},
    drawings::{Contents, Drawings},
    municipality,
    overview::{self, changed, entry::Entry, map::KeyEntry},
    paper::{FieldId, Paper},
    payload::MapData,
    plan::Job,
    subject::Subject,
    theme::Look,
};
use crate::{
    catalogue::{CouncilPaper, Report, ReportKind},
    comments::Comments,
    ids::{LayerId, Period, ReportId},
    words::Slots,
};
use annex::Page;
use options::Options;
use payload::Payload;
use table::Table;

/// Heights of the map: with options beside it on the page, and without.
const HEIGHTS: (f64, f64) = (70.0, 100.0);

/// A council paper, as content and as its template takes it.
pub(super) struct Council {
    /// Its content, for the forms that a case system takes.
    pub paper: Paper,
    payload: Payload,
}

/// What all parts are made from.
struct Matter<'m, 'a> {
    context: &'m Context<'a>,
    report: (&'m ReportId, &'m Report),
    council: &'m CouncilPaper,
    comments: &'m Comments,
    /// The areas, sorted by status and distance; at least one.
    entries: &'m [Entry<'m>],
    /// The lists known, the latest last.
    lists: &'m [Period],
}

impl Matter<'_, '_> {
    /// The list before the latest.
    fn before(&self) -> Option<Period> {
        self.lists.iter().rev().nth(1).copied()
    }

    fn line(&self, key: &str, slots: Slots) -> Said<String> {
        self.context.words.line(key, &slots)
    }

    fn fixed(&self, key: &str) -> Said<String> {
        self.line(key, Slots::new())
    }

    fn areas(&self) -> Slots {
        Slots::new().count("areas", self.entries.len() as i64)
    }
}

/// What stands between the fields: everything that is more than text.
struct Parts {
    table: Table,
    map: Option<MapData>,
    key: Vec<KeyEntry>,
    changed: Option<changed::Changed>,
    options: Option<Options>,
    full: Option<table::Full>,
    pages: Vec<Page>,
}

/// The fields of the council papers among the reports that the planner has yet to write.
pub(super) fn unfilled(context: &Context, jobs: &[Job], look: &Look) -> Said<Vec<FieldId>> {
    let papers = jobs.iter().filter(|job| job.report.1.kind == ReportKind::CouncilPaper);
    let unfilled = papers.map(|job| {
        let council = Council::build(context, job.report, look, context.comments)?;
        Ok(council.paper.unfilled().collect::<Vec<_>>())
    });
    Ok(unfilled.collect::<Said<Vec<_>>>()?.concat())
}

impl Council {
    /// Builds the paper from what is published and what people have written.
    pub fn build(
        context: &Context,
        report: (&ReportId, &Report),
        look: &Look,
        comments: &Comments,
    ) -> Said<Self> {
        let layers = context.catalogue.layers_of(report.1);
        let areas = layers.iter().flat_map(|layer| context.places.layer(layer));
        let subjects = areas
            .filter_map(|area| {
                Subject::new(context, own_report(context, report, &area.layer), area).transpose()
            })
            .collect::<Said<Vec<Subject>>>()?;
        let entries = overview::entries(&subjects);
        let lists = overview::lists(&entries).ok_or_else(|| overview::no_list(report.0))?;
        let none = CouncilPaper::default();
        let council = report.1.council.as_ref().unwrap_or(&none);
        let matter = Matter { context, report, council, comments, entries: &entries, lists: &lists };
        let mut drawings = Drawings::new(None);
        let parts = parts(&matter, look, &mut drawings)?;
        let paper = content::paper(&matter, &parts)?;
        let payload = Payload::new(&matter, &paper, parts, look, drawings)?;
        Ok(Self { paper, payload })
    }

    /// The number of the annex that the areas' own reports are: after the full table and the pages asked for.
    pub fn reports_annex(&self) -> i64 {
        self.payload.annexes_within() as i64 + 1
    }

    /// The content with its drawings.
    pub fn into_paper(self) -> (Paper, Drawings) {
        (self.paper, self.payload.into_contents().drawings)
    }

    /// What the template is given.
    pub fn into_contents(self) -> Contents {
        self.payload.into_contents()
    }
}

fn parts(matter: &Matter, look: &Look, drawings: &mut Drawings) -> Said<Parts> {
    let context = matter.context;
    let options = options::options(matter)?;
    let (table, full, key) = table::table(matter)?;
    let first = matter.entries.first().map(|entry| entry.subject);
    let height = if options.is_some() { HEIGHTS.0 } else { HEIGHTS.1 };
    let declared = matter.report.1.map_indicator.as_ref();
    let declared = declared.or(first.and_then(|subject| subject.report.map_indicator.as_ref()));
    let map = match (first, declared) {
        (Some(subject), Some(declared)) => municipality::of_all(subject, declared, height, look, drawings)?,
        _ => overview::map::map(context, matter.entries, table.rows.len(), look, drawings)?,
    };
    Ok(Parts {
        table,
        map,
        key,
        changed: changed::changed(matter.entries, matter.before())?,
        options,
        full,
        pages: annex::pages(matter)?,
    })
}

/// The report that an area has of its own, whose indicators its sentences are about; else the paper itself.
fn own_report<'r>(
    context: &'r Context<'_>,
    paper: (&'r ReportId, &'r Report),
    layer: &LayerId,
) -> (&'r ReportId, &'r Report) {
    let reports = context.catalogue.reports.iter();
    let mut own = reports.filter(|(_, report)| report.one_per.iter().any(|one| one.value == *layer));
    own.next().map_or(paper, |(id, report)| (&id.value, report))
}
