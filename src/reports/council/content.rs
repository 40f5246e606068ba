//! The paper as content: every field with all its blocks, as a case system takes them.

use super::{
    super::{
        context::Said,
        overview::row::Cell,
        paper::{Block, FieldId, Paper},
    },
    Matter, Parts,
    fields::{closing, field, meeting, recommendation, summary, title, written},
    findings::findings,
    options::Choice,
    table::Row,
};
use crate::words::{Rich, Slots};

/// The paper.
pub(super) fn paper(matter: &Matter, parts: &Parts) -> Said<Paper> {
    let options = parts.options.as_ref();
    let mut fields = vec![
        summary(matter, options)?,
        recommendation(matter, options)?,
        field(matter, FieldId::Presentation, presentation(matter, parts)?)?,
    ];
    fields.extend(closing(matter, parts)?);
    Ok(Paper { title: title(matter)?, meeting: meeting(matter)?, fields })
}

/// Sagsfremstilling: findings, table, map, changes, options.
fn presentation(matter: &Matter, parts: &Parts) -> Said<Vec<Block>> {
    let mut blocks: Vec<Block> = findings(matter)?.into_iter().map(Block::Paragraph).collect();
    blocks.extend(written(matter, "sagsfremstilling").into_iter().map(Block::Paragraph));
    blocks.push(Block::Heading(parts.table.heading.clone()));
    blocks.push(table(matter, parts)?);
    if let Some(map) = &parts.map {
        blocks.push(Block::Heading(map.title.clone()));
        blocks.push(Block::Figure {
            path: map.svg,
            title: map.title.clone(),
            alt: map.alt.clone(),
            width: map.width,
        });
    }
    if let Some(changed) = &parts.changed {
        blocks.push(Block::Heading(changed.heading.clone()));
        let said = changed.rows.iter().map(|row| {
            let slots = Slots::new().text("name", &row.name).text("text", &row.text);
            matter.context.words.say("council/changed-row", &slots)
        });
        blocks.push(Block::Bullets(said.collect::<Said<Vec<Rich>>>()?));
        blocks.extend(changed.others.iter().map(|others| Block::Paragraph(Rich::from(others.clone()))));
    }
    if let Some(options) = &parts.options {
        blocks.push(Block::Heading(options.heading.clone()));
        for choice in &options.columns {
            blocks.extend(option(matter, choice)?);
        }
    }
    Ok(blocks)
}

fn option(matter: &Matter, choice: &Choice) -> Said<Vec<Block>> {
    let say = |key: &str, texts: &[String]| {
        matter.context.words.say(key, &Slots::new().text("text", texts.join(" ")))
    };
    let mut blocks = vec![
        Block::Heading(choice.name.clone()),
        Block::Paragraph(Rich::from(choice.text.clone())),
        Block::Paragraph(say("council/option-for", &choice.reasons)?),
        Block::Paragraph(say("council/option-against", &choice.against)?),
    ];
    blocks.extend(choice.practice.iter().map(|practice| Block::Paragraph(Rich::from(practice.clone()))));
    Ok(blocks)
}

/// The table; every area where the page shows only some.
fn table(matter: &Matter, parts: &Parts) -> Said<Block> {
    let head = &parts.table.head;
    let mut heads =
        vec![head.area.clone(), head.residents.clone(), head.status.clone(), head.distance.clone()];
    heads.extend(head.direction.clone());
    heads.extend(head.outlook.clone());
    let rows = parts.full.as_ref().map_or(&parts.table.rows, |full| &full.rows);
    let cells = |row: &Row| -> Vec<Rich> {
        let residents = row.residents.clone().unwrap_or_else(|| missing(matter, "missing-mark"));
        let status = two(Some(&row.status.word), Some(&row.status.detail));
        let mut cells = vec![row.name.clone(), residents, status, cell(matter, Some(&row.distance))];
        if head.direction.is_some() {
            cells.push(cell(matter, row.direction.as_ref().map(|direction| &direction.cell)));
        }
        if head.outlook.is_some() {
            cells.push(cell(matter, row.outlook.as_ref()));
        }
        cells.into_iter().map(Rich::from).collect()
    };
    Ok(Block::Table {
        caption: parts.table.heading.clone(),
        head: heads,
        rows: rows.iter().map(cells).collect(),
        note: Some(parts.table.note.clone()),
    })
}

/// A cell in words; hidden and missing cells as the page has them.
fn cell(matter: &Matter, cell: Option<&Cell>) -> String {
    match cell {
        Some(cell) if cell.state == "shown" => two(cell.word.as_deref(), cell.detail.as_deref()),
        Some(cell) if cell.state == "hidden" => missing(matter, "hidden-short"),
        Some(_) => missing(matter, "missing-mark"),
        None => String::new(),
    }
}

fn missing(matter: &Matter, label: &str) -> String {
    matter.context.words.labels().get(label).cloned().unwrap_or_default()
}

fn two(word: Option<&str>, detail: Option<&str>) -> String {
    let parts: Vec<&str> = [word, detail].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
