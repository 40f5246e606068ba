//! The council paper as one document for Word.
//!
//! The title is a heading of level 1, fields of level 2, headings inside a field of level 3. Two builds give the same bytes:
//! paragraphs and pictures are numbered here, not by the crate's counters, which a process shares; dates are the edition's; and
//! the times inside the archive are 1 January 1980, since the crate's archive has no clock (a test holds it to that).

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, Docx, Footer, IndentLevel, Level, LevelJc, LevelOverride, LevelText, NumberFormat,
    Numbering, NumberingId, PageMargin, PageNum, Paragraph, Pic, Run, SpecialIndentType, Start, Table,
    TableCell, TableRow, WidthType,
};

use super::{
    super::{
        context::{Context, Said},
        paper::Block,
    },
    Case, Content, Laid,
    fragments::to_be_filled,
    parts::{self, About, Extras},
    picture::Pictures,
    with_captions,
};
use crate::{
    diagnostics::{At, Diagnostic, Severity},
    words::Rich,
};

/// A4 and its margins, in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: i32 = 1_134;
/// The width of the text, in twentieths of a point and in millimetres.
const TEXT: usize = 9_638;
const TEXT_MM: f64 = 170.0;
/// The size of a table's letters, and the space beside a cell's text, in twentieths of a point.
const TABLE_SIZE: usize = 180;
const PADDING: usize = 150;
/// Twentieths of a point that a list is indented.
const INDENT: i32 = 397;
/// English Metric Units in a millimetre.
const EMU: f64 = 36_000.0;
/// Numbers of list kinds; 1 is the crate's own.
const POINTS: usize = 2;
const BULLETS: usize = 3;

/// The document as the bytes of its file.
pub(super) fn document(
    context: &Context,
    case: &Case,
    fields: &[Laid],
    pictures: &Pictures,
) -> Said<Vec<u8>> {
    let mut writer =
        Writer { context, case, pictures, docx: empty(), extras: Extras::default(), made: 0, lists: BULLETS };
    for (name, value) in &case.paper.meeting {
        let line = writer.paragraph("Meeting");
        writer.add(line.add_run(words(name).bold()).add_run(words(&format!(": {value}"))));
    }
    writer.plain("Heading1", &case.paper.title);
    for field in fields {
        // The title stands above all fields, whatever place the system gives it.
        let Content::Blocks(blocks) = field.content else { continue };
        writer.plain("Heading2", &field.name);
        for (block, is_said) in with_captions(blocks) {
            writer.block(block, is_said)?;
        }
    }
    let footer = Footer::new().add_paragraph(writer.paragraph("Footer").add_page_num(PageNum::new()));
    writer.docx = writer.docx.footer(footer);
    let about = About {
        title: &case.paper.title,
        publisher: context.text(&context.catalogue.about.publisher),
        language: context.language,
        edition: context.catalogue.about.edition.value,
    };
    let mut parts = writer.docx.build();
    parts::mend(&mut parts, &about, &writer.extras)?;
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| {
        Diagnostic::new(Severity::Error, "docx", format!("cannot pack the document: {error}"), At::Nowhere)
    })?;
    Ok(bytes.into_inner())
}

/// A page, and the two kinds of list.
fn empty() -> Docx {
    let level = |format: &str, mark: &str| {
        Level::new(0, Start::new(1), NumberFormat::new(format), LevelText::new(mark), LevelJc::new("left"))
            .indent(Some(INDENT), Some(SpecialIndentType::Hanging(INDENT)), None, None)
    };
    let margin = PageMargin::new().top(MARGIN).bottom(MARGIN).left(MARGIN).right(MARGIN);
    Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .add_abstract_numbering(AbstractNumbering::new(POINTS).add_level(level("decimal", "%1.")))
        .add_abstract_numbering(AbstractNumbering::new(BULLETS).add_level(level("bullet", "•")))
        .add_numbering(Numbering::new(BULLETS, BULLETS))
}

/// A document under construction.
struct Writer<'a> {
    context: &'a Context<'a>,
    case: &'a Case<'a>,
    pictures: &'a Pictures,
    docx: Docx,
    extras: Extras,
    /// Paragraphs so far.
    made: usize,
    /// The number of the last list; every numbered list starts again at 1.
    lists: usize,
}

impl Writer<'_> {
    /// An empty paragraph with the next number.
    fn paragraph(&mut self, style: &str) -> Paragraph {
        self.made += 1;
        Paragraph::new().id(format!("{:08X}", self.made)).style(style)
    }

    fn add(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn plain(&mut self, style: &str, text: &str) {
        let paragraph = self.paragraph(style).add_run(words(text));
        self.add(paragraph);
    }

    fn rich(&mut self, style: &str, rich: &Rich) -> Paragraph {
        rich.runs().iter().fold(self.paragraph(style), |paragraph, run| {
            let words = words(&run.text);
            paragraph.add_run(if run.bold { words.bold() } else { words })
        })
    }

    /// Writes a block, without its caption if that is said already.
    fn block(&mut self, block: &Block, is_said: bool) -> Said<()> {
        if let (false, Block::Table { caption, .. } | Block::Figure { title: caption, .. }) = (is_said, block)
        {
            self.plain("Caption", caption);
        }
        match block {
            Block::Heading(heading) => self.plain("Heading3", heading),
            Block::Paragraph(rich) => {
                let paragraph = self.rich("Normal", rich);
                self.add(paragraph);
            }
            Block::Numbered(points) => {
                self.lists += 1;
                let again = LevelOverride::new(0).start(1);
                let numbering = Numbering::new(self.lists, POINTS).add_override(again);
                self.docx = std::mem::take(&mut self.docx).add_numbering(numbering);
                self.list(self.lists, points);
            }
            Block::Bullets(points) => self.list(BULLETS, points),
            Block::Table { caption, head, rows, note } => {
                self.table(head, rows);
                self.extras.tables.push(caption.clone());
                // A table needs a paragraph between it and the next one.
                let note = note.clone().unwrap_or_default();
                let note = self.rich("Note", &note);
                self.add(note);
            }
            Block::Figure { path, title, alt, width } => {
                self.figure(path, *width)?;
                self.extras.pictures.push((title.clone(), alt.clone()));
            }
            Block::ToBeFilled(what) => {
                let what = to_be_filled(self.context, what)?;
                self.plain("ToBeFilled", &what);
            }
        }
        Ok(())
    }

    fn list(&mut self, numbering: usize, points: &[Rich]) {
        for point in points {
            let paragraph = self.rich("ListParagraph", point);
            self.add(paragraph.numbering(NumberingId::new(numbering), IndentLevel::new(0)));
        }
    }

    fn table(&mut self, head: &[String], rows: &[Vec<Rich>]) {
        let (grid, numbers) = (grid(head, rows), numbers(head.len(), rows));
        let style = |column: usize| if numbers[column] { "TableNumber" } else { "TableText" };
        let width = |column: usize| TableCell::new().width(grid[column], WidthType::Dxa);
        let mut table: Vec<TableRow> = Vec::new();
        let cells = head.iter().enumerate();
        let cells = cells
            .map(|(i, name)| width(i).add_paragraph(self.paragraph(style(i)).add_run(words(name))))
            .collect();
        table.push(TableRow::new(cells).cant_split());
        for row in rows {
            let cells = row.iter().take(head.len()).enumerate();
            let cells = cells.map(|(i, cell)| width(i).add_paragraph(self.rich(style(i), cell))).collect();
            table.push(TableRow::new(cells).cant_split());
        }
        self.docx = std::mem::take(&mut self.docx).add_table(Table::new(table).set_grid(grid));
    }

    fn figure(&mut self, path: &str, width: f64) -> Said<()> {
        let svg = self.case.drawings.get(path).ok_or_else(|| {
            let message = format!("the paper has a figure `{path}` and no drawing of it");
            Diagnostic::new(Severity::Error, "docx", message, At::Nowhere)
                .hint("this is a fault in the program")
        })?;
        let width = width.min(TEXT_MM);
        let picture = self.pictures.draw(path, svg, width)?;
        let high = width * f64::from(picture.height) / f64::from(picture.width);
        let id = format!("rIdImage{}", self.extras.pictures.len() + 1);
        let pic = Pic::new_with_dimensions(picture.png, picture.width, picture.height)
            .id(id)
            .size((width * EMU).round() as u32, (high * EMU).round() as u32);
        let paragraph = self.paragraph("Figure").add_run(Run::new().add_image(pic));
        self.add(paragraph);
        Ok(())
    }
}

/// A run of text; what XML cannot hold is left out.
fn words(text: &str) -> Run {
    Run::new().add_text(text.chars().filter(|letter| !letter.is_control()).collect::<String>())
}

/// Widths of columns, so that every reader of documents lays the table out alike: room for the longest word of each, and what is
/// left by their longest cells.
fn grid(head: &[String], rows: &[Vec<Rich>]) -> Vec<usize> {
    let texts = |column: usize| {
        let cells = rows.iter().filter_map(move |row| row.get(column)).map(Rich::plain);
        cells.chain([head[column].clone()])
    };
    // The first column and the head are bold.
    let longest_word = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| (cell.plain(), column == 0));
        let words = cells.chain([(head[column].clone(), true)]);
        words.filter_map(|(text, bold)| text.split(' ').map(|word| wide(word, bold)).max()).max().unwrap_or(0)
    };
    let longest =
        |column: usize| texts(column).map(|text| text.chars().count()).max().unwrap_or_default().clamp(1, 40);
    let least: Vec<usize> = (0..head.len()).map(|column| longest_word(column) + PADDING).collect();
    let needed: usize = least.iter().sum();
    if needed > TEXT {
        return least.iter().map(|width| width * TEXT / needed).collect();
    }
    let all: usize = (0..head.len()).map(longest).sum();
    let share = |column: usize| longest(column) * (TEXT - needed) / all.max(1);
    least.iter().enumerate().map(|(column, width)| width + share(column)).collect()
}

/// The width of a word in a table, in twentieths of a point, in the widest font that is common: a machine without the document's
/// font may set it in DejaVu Sans, and a column that is narrower breaks the word.
fn wide(word: &str, bold: bool) -> usize {
    let hundredths = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | '\u{a0}' => 38,
        'f' | 't' | 'r' | '-' => 50,
        'm' | 'w' | 'M' | 'W' | '+' | '−' | '%' => 105,
        letter if letter.is_uppercase() => 84,
        _ => 72,
    };
    let bold_width: usize = word.chars().map(hundredths).sum::<usize>() * TABLE_SIZE / 100;
    if bold { bold_width } else { bold_width * 92 / 100 }
}

/// Which columns hold numbers alone, with a unit of one word at most.
fn numbers(columns: usize, rows: &[Vec<Rich>]) -> Vec<bool> {
    let is_number = |cell: &Rich| {
        let text = cell.plain();
        text.trim_start_matches(['−', '+', '–']).starts_with(|first: char| first.is_ascii_digit())
            && text.split_whitespace().nth(2).is_none()
    };
    (0..columns)
        .map(|column| {
            let mut cells = rows.iter().filter_map(|row| row.get(column)).peekable();
            cells.peek().is_some() && cells.all(is_number)
        })
        .collect()
}

#[cfg(test)]
mod tests;
