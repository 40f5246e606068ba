//! What the fields of the paper say: by rule, by the catalogue, or by people; what nobody has written is asked for.

use super::{
    super::{
        context::Said,
        overview::{self, lead, nearest::Turn},
        paper::{Block, Field, FieldId},
    },
    Matter, Parts,
    distance::{clause, enters, near_by_criterion},
    options::Options,
};
use crate::{
    catalogue::{Date, Text},
    words::{Rich, Slots},
};

/// Letters of a title at most.
const TITLE: usize = 90;

/// The title: what the paper is about and its finding.
pub(super) fn title(matter: &Matter) -> Said<String> {
    let layers = overview::titles(matter.context, matter.report.1);
    let counted = lead::counts(matter.entries)?;
    let year = matter.lists.last().map(ToString::to_string).unwrap_or_default();
    let official = matter.entries.iter().all(|entry| entry.is_official());
    let slots = || Slots::new().text("layers", &layers).text("year", &year).flag("official", official);
    if counted.is_empty() {
        return matter.line("council/title-plain", slots());
    }
    let full = matter.line("council/title", slots().list("counted", counted))?;
    if full.chars().count() <= TITLE { Ok(full) } else { matter.line("council/title-plain", slots()) }
}

/// Name and value of what stands above the title.
pub(super) fn meeting(matter: &Matter) -> Said<Vec<(String, String)>> {
    let (council, context) = (matter.council, matter.context);
    let of = |text: &Option<Text>| text.as_ref().map(|text| context.text(text).to_string());
    let values = [
        ("council/meeting-case", council.case.clone()),
        ("council/meeting-committee", of(&council.committee)),
        ("council/meeting-date", council.date.as_ref().map(|date| printed(matter, date.value))),
        ("council/meeting-item", council.item.map(|item| item.to_string())),
        ("council/meeting-handling", of(&council.handling)),
    ];
    let known = values.into_iter().filter_map(|(key, value)| Some((key, value?)));
    known.map(|(key, value)| Ok((matter.fixed(key)?, value))).collect()
}

pub(super) fn printed(matter: &Matter, date: Date) -> String {
    matter.context.words.date(date.year, date.month, date.day)
}

/// Committee, date and item in one line; `None` if none of them is known.
pub(super) fn place(matter: &Matter) -> Said<Option<String>> {
    let council = matter.council;
    let committee = council.committee.as_ref().map(|text| matter.context.text(text).to_string());
    let item = council.item.map(|item| matter.line("council/item", Slots::new().count("item", item.into())));
    let parts: Vec<String> = committee
        .into_iter()
        .chain(council.date.as_ref().map(|date| printed(matter, date.value)))
        .chain(item.transpose()?)
        .collect();
    Ok((!parts.is_empty()).then(|| parts.join(" · ")))
}

/// Resumé: who is on the lists, who is nearest to a stricter one, and what is asked of the committee.
pub(super) fn summary(matter: &Matter, options: Option<&Options>) -> Said<Field> {
    let mut said = vec![lead::lead(matter.entries, matter.before())?];
    let nearing = matter.entries.iter().filter_map(|entry| {
        let (nearest, criterion) = near_by_criterion(entry)?;
        matches!(nearest.turn, Turn::Enter(_)).then_some((entry, nearest, criterion))
    });
    if let Some((entry, nearest, criterion)) = nearing.min_by(|a, b| a.1.relative.total_cmp(&b.1.relative))
        && let Some(clause) = clause(entry, &nearest, criterion)?
    {
        said.push(matter.line("council/sentence", Slots::new().text("clause", clause))?);
    }
    said.push(match options {
        Some(options) => {
            let slots = Slots::new().count("n", options.columns.len() as i64);
            matter.line("council/asks-options", slots)?
        }
        None => matter.fixed("council/asks")?,
    });
    field(matter, FieldId::Summary, vec![Block::Paragraph(Rich::from(said.join(" ")))])
}

/// Indstilling: what to consider, never what to choose; the planner's own words stand before all.
pub(super) fn recommendation(matter: &Matter, options: Option<&Options>) -> Said<Field> {
    let intro = Block::Paragraph(Rich::from(matter.fixed("council/recommends")?));
    let written = written(matter, "indstilling");
    let points = if written.is_empty() { points(matter, options)? } else { written };
    field(matter, FieldId::Recommendation, vec![intro, Block::Numbered(points)])
}

fn points(matter: &Matter, options: Option<&Options>) -> Said<Vec<Rich>> {
    let near: Vec<&str> = matter
        .entries
        .iter()
        .filter(|entry| near_by_criterion(entry).is_some_and(|(nearest, _)| enters(&nearest)))
        .map(|entry| entry.subject.area.name.as_str())
        .collect();
    let discuss = match options {
        Some(options) => {
            matter.line("council/point-options", Slots::new().list("letters", options.letters()))?
        }
        None => matter.line("council/point-discuss", Slots::new().list("areas", near))?,
    };
    let again = match (&matter.council.date, matter.entries.first()) {
        (Some(date), _) => {
            let slots = Slots::new()
                .text("month", matter.context.words.format().month(date.value.month))
                .text("year", (date.value.year + 1).to_string());
            matter.line("council/point-again", slots)?
        }
        (None, Some(entry)) => {
            let next = entry.law.day(matter.context.catalogue, entry.law.list.year + 1);
            matter.line("council/point-again-list", Slots::new().text("date", printed(matter, next)))?
        }
        (None, None) => return Ok(Vec::new()),
    };
    let note = matter.line("council/point-note", matter.areas())?;
    Ok([note, discuss, again].into_iter().map(Rich::from).collect())
}

/// Who decides, what it costs and what comes next, as people wrote it.
pub(super) fn closing(matter: &Matter, parts: &Parts) -> Said<Vec<Field>> {
    let council = matter.council;
    let asked = [
        (FieldId::Competence, "beslutningskompetence", &council.competence, "council/fill-competence"),
        (FieldId::Economy, "økonomi", &council.economy, "council/fill-economy"),
        (FieldId::Process, "videre proces", &council.process, "council/fill-process"),
    ];
    let mut fields = Vec::new();
    for (id, name, declared, fill) in asked {
        let mut said = written(matter, name);
        if said.is_empty() {
            said.extend(declared.as_ref().map(|text| Rich::from(matter.context.text(text).to_string())));
        }
        let blocks = if said.is_empty() {
            vec![Block::ToBeFilled(matter.fixed(fill)?)]
        } else {
            said.into_iter().map(Block::Paragraph).collect()
        };
        fields.push(field(matter, id, blocks)?);
    }
    fields.push(field(matter, FieldId::Annexes, vec![Block::Numbered(annexes(matter, parts)?)])?);
    Ok(fields)
}

/// What is handed out with the paper: its own annex pages first.
fn annexes(matter: &Matter, parts: &Parts) -> Said<Vec<Rich>> {
    let mut said = Vec::new();
    if parts.full.is_some() {
        said.push(matter.line("council/annex-full", matter.areas())?);
    }
    for page in &parts.pages {
        said.push(matter.line("council/annex-area", Slots::new().text("area", &page.area))?);
    }
    let layers = matter.context.catalogue.layers_of(matter.report.1);
    let mut reports = matter.context.catalogue.reports.iter().map(|(_, report)| report);
    let own = reports.find(|report| report.one_per.iter().any(|one| layers.contains(&&one.value)));
    if let Some(title) = own.and_then(|report| report.title.as_ref()) {
        let slots = matter.areas().text("report", matter.context.text(title));
        said.push(matter.line("council/annex-reports", slots)?);
    }
    said.push(matter.fixed("council/annex-figures")?);
    Ok(said.into_iter().map(Rich::from).collect())
}

/// Is there a full table behind the one that is shown?
pub(super) fn has_full_table(matter: &Matter) -> bool {
    overview::leaves_out(matter.entries, matter.before())
}

/// The paragraphs that people wrote in a field of the paper.
pub(super) fn written(matter: &Matter, name: &str) -> Vec<Rich> {
    let comments = matter.comments.of(None, name);
    let paragraphs = comments.flat_map(|comment| comment.text.split("\n\n"));
    let paragraphs = paragraphs.map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| Rich::from(paragraph.to_string())).collect()
}

/// A field with its heading.
pub(super) fn field(matter: &Matter, id: FieldId, blocks: Vec<Block>) -> Said<Field> {
    let key = match id {
        FieldId::Summary => "council/summary",
        FieldId::Recommendation => "council/recommendation",
        FieldId::Presentation => "council/presentation",
        FieldId::Competence => "council/competence",
        FieldId::Economy => "council/economy",
        FieldId::Process => "council/process",
        FieldId::Annexes => "council/annexes",
    };
    Ok(Field { id, heading: matter.fixed(key)?, blocks })
}
