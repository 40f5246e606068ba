//! The first sheet of the workbook: what the others hold, what words and marks mean, where the figures are from.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{
    failed,
    table::Table,
    workbook::{LINE, Look, Page, lines_of},
};
use crate::{
    catalogue::Source,
    compute::State,
    diagnostics::Diagnostic,
    ids::{AreaId, Period, SourceId, ValueId},
    reports::context::{Context, Said},
    words::Slots,
};

/// Marks and words, by the text that stands in a cell and the text that explains it.
const MARKS: [(&str, &str); 2] =
    [("table/cannot-tell", "mark-cannot-tell"), ("table/not-judged", "mark-not-judged")];

/// Widths of the two columns, in characters.
const TERM: f64 = 34.0;
const PROSE: f64 = 100.0;

/// A line of the sheet.
enum Line {
    Title(String),
    Heading(String),
    Term(String, String),
}

/// The sheet.
pub(super) fn sheet(
    context: &Context,
    pages: &[Page],
    tables: &[Table],
    look: &Look,
    path: &str,
) -> Result<Worksheet, Diagnostic> {
    let say = |key: &str, slots: &Slots| context.words.line(&format!("results/{key}"), slots);
    let mut lines = about(context, tables, &say)?;
    let fixed = |key: &str| say(key, &Slots::new());
    lines.push(Line::Heading(fixed("about-sheets")?));
    for page in pages {
        let means = fixed(&format!("sheet-{}-means", page.of))?;
        let rows = i64::try_from(page.rows).unwrap_or(i64::MAX);
        let text = say("about-rows", &Slots::new().text("means", means).count("n", rows))?;
        lines.push(Line::Term(page.name.clone(), text));
    }
    lines.push(Line::Heading(fixed("about-marks")?));
    lines.extend(marks(context, &say)?);
    for page in pages {
        lines.push(Line::Heading(say("about-columns", &Slots::new().text("sheet", &page.name))?));
        lines.extend(page.columns.iter().map(|column| Line::Term(column.head.clone(), column.means.clone())));
    }
    lines.push(Line::Heading(fixed("about-sources")?));
    for (id, source) in context.catalogue.sources.iter().filter(|(_, source)| source.file.is_some()) {
        let title = context.text(&source.title).to_string();
        lines.push(Line::Term(title, from(context, &id.value, source, &say)?));
    }
    written(&fixed("about-title")?, &lines, look).map_err(|error| failed(path, error))
}

type Say<'s> = &'s dyn Fn(&str, &Slots) -> Said<String>;

/// Whose figures they are, of when, and how to go on from them.
fn about(context: &Context, tables: &[Table], say: Say) -> Said<Vec<Line>> {
    let about = &context.catalogue.about;
    let fixed = |key: &str| say(key, &Slots::new());
    let publisher = context.text(&about.publisher);
    let edition = about.edition.to_string();
    let mut lines = vec![
        Line::Title(context.text(&about.title).to_string()),
        Line::Term(fixed("about-publisher")?, publisher.into()),
        Line::Term(fixed("about-edition")?, say("about-what", &Slots::new().text("edition", &edition))?),
    ];
    let licence = match &about.licence {
        Some(licence) => context.text(licence).to_string(),
        None => say("about-no-licence", &Slots::new().text("publisher", publisher))?,
    };
    lines.push(Line::Term(fixed("about-licence")?, licence));
    if let Some(contact) = context.catalogue.appearance.as_ref().and_then(|look| look.contact.as_ref()) {
        lines.push(Line::Term(fixed("about-contact")?, context.text(contact).to_string()));
    }
    if let Some(base) = &context.catalogue.base {
        let slots = Slots::new().text("version", base.version.value.to_string());
        lines.push(Line::Term(fixed("about-base")?, say("about-base-version", &slots)?));
    }
    lines.push(Line::Term(fixed("about-find")?, fixed("about-find-text")?));
    let files =
        tables.iter().flat_map(|table| ["csv", "parquet"].map(|kind| format!("{}.{kind}", table.name)));
    let files = say("about-files-text", &Slots::new().list("names", files))?;
    lines.push(Line::Term(fixed("about-files")?, files));
    let maps = say("about-maps-text", &Slots::new().text("crs", about.crs.to_string()))?;
    lines.push(Line::Term(fixed("about-maps")?, maps));
    Ok(lines)
}

/// What stands in a cell in the place of a number or a verdict.
fn marks(context: &Context, say: Say) -> Said<Vec<Line>> {
    let labels: &BTreeMap<String, String> = context.words.labels();
    let label = |name: &str| labels.get(name).cloned().unwrap_or_default();
    let fixed = |key: &str| say(key, &Slots::new());
    let missing = context.words.line("missing/no-data", &Slots::new())?;
    let missing = missing.split(':').next().unwrap_or(&missing).to_string();
    let mut lines = vec![
        Line::Term(label("hidden-short"), fixed("mark-hidden")?),
        Line::Term(format!("{missing}: …"), fixed("mark-missing")?),
        Line::Term(label("missing-mark"), fixed("mark-nothing")?),
    ];
    for (word, means) in MARKS {
        lines.push(Line::Term(context.words.line(word, &Slots::new())?, fixed(means)?));
    }
    Ok(lines)
}

/// Who made a source, and over which years rows of it were read, as far as that is published.
fn from(context: &Context, id: &SourceId, source: &Source, say: Say) -> Said<String> {
    let (rows, whole) = (format!("rows/{id}"), AreaId::municipality());
    let shown = |period: &Period| {
        matches!(context.publication.get(&ValueId::own(&rows, &whole, *period)), State::Shown(_))
    };
    let periods: Vec<Period> = context.publication.periods(&rows, &whole).into_iter().filter(shown).collect();
    let mut slots = Slots::new();
    if let Some(provider) = &source.provider {
        slots = slots.text("provider", context.text(provider));
    }
    if let (Some(since), Some(until)) = (periods.first(), periods.last()) {
        slots = slots.text("since", since.to_string()).text("until", until.to_string());
    }
    say("about-source", &slots)
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, text, format).map(|_| ())
}

fn written(name: &str, lines: &[Line], look: &Look) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    sheet.set_column_width(0, TERM)?.set_column_width(1, PROSE)?;
    sheet.set_print_fit_to_pages(1, 0);
    let mut row = 0;
    for line in lines {
        match line {
            Line::Title(text) => put(&mut sheet, (row, 0), text, &look.title)?,
            Line::Heading(text) => {
                row += 1;
                put(&mut sheet, (row, 0), text, &look.heading)?;
            }
            Line::Term(term, text) => {
                put(&mut sheet, (row, 0), term, &look.term)?;
                put(&mut sheet, (row, 1), text, &look.prose)?;
                let high = lines_of(term, TERM).max(lines_of(text, PROSE));
                sheet.set_row_height(row, LINE * f64::from(high))?;
            }
        }
        row += 1;
    }
    Ok(sheet)
}
