//! What the template of a council paper is given. Its fields are the contract of `templates/README.md`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    super::{
        attachments::{Attachment, attachments},
        comments,
        context::Said,
        drawings::{Contents, Drawings},
        overview::{self, changed::Changed, map::KeyEntry},
        paper::{Block, Field, FieldId, Paper},
        payload::{MapData, Meta, ThemeData},
        theme::Look,
    },
    Matter, Parts,
    annex::Page,
    fields::place,
    options::Options,
    table::{Full, Table},
};
use crate::words::{Rich, Slots};

/// The payload.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Payload {
    meta: Meta,
    theme: ThemeData,
    labels: BTreeMap<String, String>,
    title: Title,
    /// Resumé, Indstilling and the findings of Sagsfremstilling.
    opening: Vec<FieldData>,
    table: Table,
    map: Option<MapData>,
    key: Vec<KeyEntry>,
    changed: Option<Changed>,
    options: Option<Options>,
    /// Beslutningskompetence, Økonomi, Videre proces and Bilag.
    closing: Vec<FieldData>,
    full_table: Option<Full>,
    pages: Vec<Page>,
    attachments: Vec<Attachment>,
    #[serde(skip)]
    drawings: Drawings,
}

#[derive(Serialize)]
struct Title {
    line: Option<Rich>,
    name: String,
}

/// A field with a label at the left of its text.
#[derive(Serialize)]
struct FieldData {
    heading: String,
    blocks: Vec<BlockData>,
}

#[derive(Serialize)]
#[serde(tag = "kind", content = "content", rename_all = "kebab-case")]
enum BlockData {
    Paragraph(Rich),
    Numbered(Vec<Rich>),
    ToBeFilled(String),
}

impl Payload {
    pub fn new(matter: &Matter, paper: &Paper, parts: Parts, look: &Look, drawings: Drawings) -> Said<Self> {
        let (context, words) = (matter.context, matter.context.words);
        let place = place(matter)?;
        let case = matter.council.case.as_ref();
        let case =
            case.map(|case| matter.line("council/case", Slots::new().text("case", case))).transpose()?;
        let handling = matter.council.handling.as_ref().map(|text| context.text(text));
        let line = (place.is_some() || handling.is_some()).then(|| {
            let slots = Slots::new()
                .text("place", place.as_deref().unwrap_or_default())
                .text("handling", handling.unwrap_or_default());
            words.say("council/line", &slots)
        });
        let (opening, closing): (Vec<&Field>, Vec<&Field>) =
            paper.fields.iter().partition(|field| field.id <= FieldId::Presentation);
        let about = overview::titles(context, matter.report.1);
        Ok(Self {
            meta: Meta::new(context, matter.report, &about)?.of_paper(
                &paper.title,
                matter.fixed("council/product")?,
                case,
                (place, comments::draft(context, None)?),
            ),
            theme: ThemeData::new(look),
            labels: words.page_labels(),
            title: Title { line: line.transpose()?, name: paper.title.clone() },
            opening: opening.into_iter().map(|field| data(matter, field)).collect::<Said<_>>()?,
            table: parts.table,
            map: parts.map,
            key: parts.key,
            changed: parts.changed,
            options: parts.options,
            closing: closing.into_iter().map(|field| data(matter, field)).collect::<Said<_>>()?,
            full_table: parts.full,
            pages: parts.pages,
            attachments: attachments(words, &drawings)?,
            drawings,
        })
    }

    /// Annexes that are pages of the paper itself.
    pub fn annexes_within(&self) -> usize {
        usize::from(self.full_table.is_some()) + self.pages.len()
    }

    pub fn into_contents(self) -> Contents {
        let data = serde_json::to_vec_pretty(&self).expect("a payload is plain data");
        Contents { data, drawings: self.drawings }
    }
}

/// A field as the page has it beside its label: up to its first heading, under which the page has a form of its own.
fn data(matter: &Matter, field: &Field) -> Said<FieldData> {
    let blocks = field.blocks.iter().map_while(|block| match block {
        Block::Paragraph(said) => Some(BlockData::Paragraph(said.clone())),
        Block::Numbered(points) => Some(BlockData::Numbered(points.clone())),
        Block::ToBeFilled(asked) => Some(BlockData::ToBeFilled(asked.clone())),
        Block::Heading(_) | Block::Bullets(_) | Block::Table { .. } | Block::Figure { .. } => None,
    });
    // The longest name is wider than the column of names.
    let heading = match field.id {
        FieldId::Competence => matter.fixed("council/competence-label")?,
        _ => field.heading.clone(),
    };
    Ok(FieldData { heading, blocks: blocks.collect() })
}
