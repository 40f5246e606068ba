//! The council paper in the fields of a case system: one document, an HTML and a text file a field, annexes with file titles.
//!
//! A case is written in the fields of a system (SBSYS, Acadre, First Agenda), into which a PDF cannot be pasted. So the same
//! [`Paper`] from which the pages are set is written three more times: as `sagsfremstilling.docx` ([`docx`]), and field by
//! field as HTML and as plain text ([`fragments`]). The catalogue's `case-system:` says which fields there are, in which order
//! and under which names.
//!
//! Annexes are PDFs that the build has made under names for machines (`area-status/gronnevang.pdf`). A case is filed under
//! titles for people, and the file's name becomes the title when it is filed. So `til-sagen/` holds copies under such titles
//! ([`titles`]): copies, since scripts count on the first names, and a link is not followed by every system of files.

mod docx;
mod fragments;
mod parts;
mod picture;
pub(super) mod readability;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
mod titles;

use std::collections::BTreeMap;

use super::{
    context::Context,
    output::Beside,
    paper::{Block, FieldId, Paper},
    plan::Job,
    world::Typesetter,
};
use crate::{
    catalogue::{Date, PaperField, Report},
    diagnostics::Diagnostic,
    sources::Area,
};
use picture::Pictures;

/// The folder of the council paper's files.
const FOLDER: &str = "council-paper";

/// A council paper with what belongs to it.
pub(super) struct Case<'a> {
    pub paper: &'a Paper,
    /// The paper's drawings as SVG, by virtual path.
    pub drawings: BTreeMap<&'a str, Vec<u8>>,
    /// The day of the meeting, if it is known.
    pub date: Option<Date>,
    /// The annexes that are files of their own.
    pub annexes: Vec<Annex>,
}

/// A report that goes with the paper.
pub(super) struct Annex {
    /// The number under which the paper lists it, one for all areas' reports of a kind.
    pub number: i64,
    /// The report's title.
    pub title: String,
    /// The name of its area, if it is about one.
    pub area: Option<String>,
    /// Its PDF, by its path in the output folder.
    pub pdf: String,
}

/// What came of a case.
pub(super) struct Filed {
    /// The LIX of the paper's prose.
    pub readability: f64,
    /// What is to be said of it.
    pub found: Vec<Diagnostic>,
}

/// A field as it is written.
struct Laid<'a> {
    /// The name of its files. It stays when the profile changes.
    file: &'static str,
    name: String,
    content: Content<'a>,
}

enum Content<'a> {
    /// The title of the paper.
    Title(&'a str),
    Blocks(&'a [Block]),
}

/// Writes the paper's files. `folder` is where a language other than the catalogue's is written: empty, or ending in `/`.
/// Called when all reports are made, since annexes that this run made are copied.
pub(super) fn write(
    context: &Context,
    typesetter: &Typesetter,
    beside: &Beside,
    folder: &str,
    case: &Case,
) -> Result<Filed, Vec<Diagnostic>> {
    let one = |error: Diagnostic| vec![error];
    let put = |path: String, bytes: &[u8]| beside.write(&path, bytes).map_err(one);
    let base = format!("{folder}{FOLDER}");
    let fields = laid(context, case.paper);
    let titles = titles::titles(context, case)?;

    let pictures = Pictures::new(typesetter);
    let document = docx::document(context, case, &fields, &pictures).map_err(one)?;
    put(format!("{base}/sagsfremstilling.docx"), &document)?;
    for field in &fields {
        let heading = context.catalogue.case_system.headings.then_some(field.name.as_str());
        let html = fragments::html(context, heading, &field.content).map_err(one)?;
        let text = fragments::text(context, heading, &field.content).map_err(one)?;
        put(format!("{base}/fields/{}.html", field.file), html.as_bytes())?;
        put(format!("{base}/fields/{}.txt", field.file), text.as_bytes())?;
    }
    for (annex, title) in case.annexes.iter().zip(titles) {
        if let Some(pdf) = beside.read(&annex.pdf).map_err(one)? {
            put(format!("{base}/til-sagen/{title}"), &pdf)?;
        }
    }
    let readability = readability::of_paper(case.paper);
    beside.measured(&base, readability);
    Ok(Filed { readability, found: readability::judged(case.paper).into_iter().collect() })
}

/// Every report of an area that the paper is about, in the order of a plan, under the number that the paper gives them.
pub(super) fn annexes(
    context: &Context,
    folder: &str,
    jobs: &[Job],
    (paper, number): (&Report, i64),
) -> Vec<Annex> {
    let layers = context.catalogue.layers_of(paper);
    let is_about = |area: &&Area| layers.contains(&&area.layer);
    jobs.iter()
        .filter_map(|job| {
            let area = &Some(job.area.as_ref()?.area).filter(is_about)?.name;
            let title =
                job.report.1.title.as_ref().map_or(job.report.0.as_str(), |title| context.text(title));
            let pdf = format!("{folder}{}.pdf", job.path());
            Some(Annex { number, title: title.to_string(), area: Some(area.clone()), pdf })
        })
        .collect()
}

/// Every block of a field, and whether its caption says again what the heading before it says.
fn with_captions(blocks: &[Block]) -> impl Iterator<Item = (&Block, bool)> {
    let before = [None].into_iter().chain(blocks.iter().map(Some));
    before.zip(blocks).map(|(before, block)| {
        let caption = match block {
            Block::Table { caption, .. } => caption,
            Block::Figure { title, .. } => title,
            _ => return (block, false),
        };
        (block, matches!(before, Some(Block::Heading(heading)) if heading == caption))
    })
}

/// The fields that the case system has, in its order.
fn laid<'a>(context: &Context, paper: &'a Paper) -> Vec<Laid<'a>> {
    let of_paper = |field: PaperField| paper.fields.iter().find(|own| word(own.id) == field);
    let laid = |field: PaperField, name: Option<&str>| {
        let (own, content) = match field {
            PaperField::Title => ("", Content::Title(&paper.title)),
            _ => of_paper(field).map(|own| (own.heading.as_str(), Content::Blocks(&own.blocks)))?,
        };
        Some(Laid { file: file(field), name: name.unwrap_or(own).to_string(), content })
    };
    let profile = &context.catalogue.case_system.fields;
    if profile.is_empty() {
        let all = paper.fields.iter().map(|own| word(own.id));
        return [PaperField::Title].into_iter().chain(all).filter_map(|field| laid(field, None)).collect();
    }
    let named = profile.iter();
    named.filter_map(|field| laid(field.field, field.name.as_ref().map(|name| context.text(name)))).collect()
}

/// A field of the paper as the profile names it.
fn word(field: FieldId) -> PaperField {
    match field {
        FieldId::Summary => PaperField::Summary,
        FieldId::Recommendation => PaperField::Recommendation,
        FieldId::Presentation => PaperField::Presentation,
        FieldId::Competence => PaperField::Competence,
        FieldId::Economy => PaperField::Economy,
        FieldId::Process => PaperField::Process,
        FieldId::Annexes => PaperField::Annexes,
    }
}

/// The name of a field's files: the Danish word, since planners open them by hand.
fn file(field: PaperField) -> &'static str {
    match field {
        PaperField::Title => "titel",
        PaperField::Summary => "resume",
        PaperField::Recommendation => "indstilling",
        PaperField::Presentation => "sagsfremstilling",
        PaperField::Competence => "beslutningskompetence",
        PaperField::Economy => "oekonomi",
        PaperField::Process => "videre-proces",
        PaperField::Annexes => "bilag",
    }
}
