//! The sheets of the workbook that are made of tables, with names beside ids, and the one that tells what each figure is.

use std::borrow::Cow;

use super::{
    failed,
    table::{Cell, Table},
    terms::Terms,
    wide,
    workbook::{Entry, Head, Look, MIDDLE, NARROW, Page, WIDE},
};
use crate::{
    catalogue::{HigherIs, Indicator},
    diagnostics::Diagnostic,
    ids::IndicatorId,
    numbers::Decimal,
    reports::context::{Context, Said},
    words::Slots,
};

/// How a column of a sheet is made of one of a table.
#[derive(Clone, Copy, PartialEq)]
enum As {
    /// As it stands: an id, a number.
    Plain,
    /// A word of the table in the workbook's language.
    Word,
    /// The number of the row, or why there is none.
    Value,
    Area,
    Layer,
    Indicator,
    Criterion,
    Status,
    Period,
    Date,
    /// The words of flows, joined.
    Flows,
    /// An area, or another place from which persons came.
    Origin,
    /// A way of letting.
    Way,
}

/// The columns of a sheet: key, width, the column of the table and how. A name that ends in `/` stands for all that start so.
type Columns = &'static [(&'static str, f64, &'static str, As)];

const STATUS: Columns = &[
    ("area", MIDDLE, "area", As::Area),
    ("layer", MIDDLE, "layer", As::Layer),
    ("list-date", MIDDLE, "list_date", As::Date),
    ("criterion", WIDE, "criterion", As::Criterion),
    ("value", MIDDLE, "value", As::Value),
    ("limit", NARROW, "limit", As::Plain),
    ("met", NARROW, "met", As::Word),
    ("distance-points", NARROW, "distance_points", As::Plain),
    ("distance", NARROW, "distance", As::Plain),
    ("distance-unit", MIDDLE, "unit", As::Word),
    ("next-data-year", NARROW, "next_data_year", As::Period),
    ("next-limit", NARROW, "next_limit", As::Plain),
    ("next-distance", NARROW, "next_distance", As::Plain),
    ("status", MIDDLE, "status", As::Status),
    ("area-id", MIDDLE, "area", As::Plain),
    ("layer-id", MIDDLE, "layer", As::Plain),
    ("rule-set", MIDDLE, "rule_set", As::Plain),
    ("criterion-id", MIDDLE, "criterion", As::Plain),
    ("number", WIDE, "id", As::Plain),
];
const TYPOLOGY: Columns = &[
    ("area", MIDDLE, "area", As::Area),
    ("layer", MIDDLE, "layer", As::Layer),
    ("indicator", WIDE, "indicator", As::Indicator),
    ("period", NARROW, "period", As::Period),
    ("index", MIDDLE, "index", As::Value),
    ("class", MIDDLE, "class", As::Word),
    ("dynamics", NARROW, "dynamics", As::Plain),
    ("dynamics-class", MIDDLE, "dynamics_class", As::Word),
    ("unsure", NARROW, "unsure", As::Word),
    ("part-of-class", NARROW, "part/", As::Plain),
    ("area-id", MIDDLE, "area", As::Plain),
    ("layer-id", MIDDLE, "layer", As::Plain),
    ("indicator-id", MIDDLE, "indicator", As::Plain),
    ("number", WIDE, "id", As::Plain),
];
const CORRELATIONS: Columns = &[
    ("indicator", WIDE, "indicator", As::Indicator),
    ("period", NARROW, "period", As::Period),
    ("one", WIDE, "part", As::Indicator),
    ("other", WIDE, "other", As::Indicator),
    ("correlation", NARROW, "correlation", As::Plain),
    ("number", WIDE, "id", As::Plain),
];

const MOVES: Columns = &[
    ("area", MIDDLE, "area", As::Area),
    ("indicator", WIDE, "indicator", As::Indicator),
    ("from", NARROW, "from", As::Period),
    ("to", NARROW, "to", As::Period),
    ("flow", WIDE, "flow", As::Flows),
    ("persons", NARROW, "persons", As::Plain),
    ("cases", NARROW, "cases", As::Plain),
    ("contribution", MIDDLE, "contribution", As::Value),
    ("change", NARROW, "change", As::Plain),
    ("area-id", MIDDLE, "area", As::Plain),
    ("indicator-id", MIDDLE, "indicator", As::Plain),
    ("number", WIDE, "id", As::Plain),
];
const LETTINGS: Columns = &[
    ("area", MIDDLE, "area", As::Area),
    ("way", MIDDLE, "way", As::Way),
    ("period", NARROW, "period", As::Period),
    ("households", NARROW, "households", As::Value),
    ("let-share", NARROW, "share", As::Plain),
    ("let-all", NARROW, "let", As::Plain),
    ("at-most", NARROW, "at_most", As::Plain),
    ("persons", NARROW, "persons", As::Plain),
    ("contribution", MIDDLE, "contribution", As::Plain),
    ("area-id", MIDDLE, "area", As::Plain),
    ("number", WIDE, "id", As::Plain),
];
const BETWEEN: Columns = &[
    ("area", MIDDLE, "area", As::Area),
    ("origin", MIDDLE, "origin", As::Origin),
    ("period", NARROW, "period", As::Period),
    ("persons", MIDDLE, "persons", As::Value),
    ("area-id", MIDDLE, "area", As::Plain),
    ("number", WIDE, "id", As::Plain),
];

/// All pages after the first.
pub(super) fn pages<'l>(
    context: &Context,
    tables: &[Table],
    look: &'l Look,
    path: &str,
) -> Result<Vec<Page<'l>>, Diagnostic> {
    let terms = Terms::new(context)?;
    let mut pages = Vec::new();
    for table in tables {
        let columns = match table.name {
            "values" => {
                pages.push(wide::page(&terms, table, look, path)?);
                continue;
            }
            "status" => STATUS,
            "typology" => TYPOLOGY,
            "correlations" => CORRELATIONS,
            "moves" => MOVES,
            "moves-between" => BETWEEN,
            "lettings" => LETTINGS,
            _ => continue,
        };
        if table.rows() == 0 {
            continue;
        }
        pages.push(page(&terms, table, columns, look, path)?);
    }
    pages.push(figures(&terms, look, path)?);
    Ok(pages)
}

/// A column of a sheet that is made.
struct Made {
    head: Head,
    /// The table's column.
    from: usize,
    how: As,
}

/// The page of a table.
fn page<'l>(
    terms: &Terms,
    table: &Table,
    columns: Columns,
    look: &'l Look,
    path: &str,
) -> Result<Page<'l>, Diagnostic> {
    let made = made(terms, table, columns)?;
    let name = terms.say(&format!("sheet-{}", table.name), &Slots::new())?;
    let heads = made.iter().map(|made| made.head.clone()).collect();
    let mut page = Page::new(table.name, name, heads, look).map_err(|error| failed(path, error))?;
    for row in 0..table.rows() {
        let cells = made.iter().map(|made| entry(terms, table, row, made)).collect::<Said<Vec<_>>>()?;
        page.row(cells).map_err(|error| failed(path, error))?;
    }
    Ok(page)
}

fn made(terms: &Terms, table: &Table, columns: Columns) -> Said<Vec<Made>> {
    let mut made = Vec::new();
    for (key, width, name, how) in columns {
        for (from, column) in table.columns.iter().enumerate() {
            let part = column.name.strip_prefix(name).filter(|_| name.ends_with('/'));
            let head = match part {
                Some(part) => {
                    let slots = Slots::new().text("name", terms.indicator(part));
                    Head {
                        head: terms.say(key, &slots)?,
                        means: terms.say(&format!("{key}-means"), &Slots::new())?,
                        width: *width,
                    }
                }
                None if column.name == *name => terms.head(key, *width)?,
                None => continue,
            };
            made.push(Made { head, from, how: *how });
        }
    }
    Ok(made)
}

/// A cell of a sheet.
fn entry<'t>(terms: &'t Terms, table: &'t Table, row: usize, made: &Made) -> Said<Entry<'t>> {
    let text = |column: &str| table.text(row, column);
    let cell = table.columns[made.from].cells.get(row);
    let own = match cell {
        Cell::Text(text) => text,
        Cell::Number(number) if made.how != As::Value => return Ok(Entry::Number(number)),
        Cell::Whole(number) => return Ok(Entry::Number(Decimal::whole(number))),
        Cell::Truth(truth) => return Ok(terms.word(if truth { "true" } else { "false" }).into()),
        Cell::Number(_) | Cell::Nothing if made.how == As::Value => {
            let number = if let Cell::Number(number) = cell { Entry::Number(number) } else { Entry::Nothing };
            return Ok(terms.instead(text("state"), text("reason")).unwrap_or(number));
        }
        Cell::Number(_) | Cell::Nothing => return Ok(Entry::Nothing),
    };
    Ok(match made.how {
        As::Plain | As::Value => Entry::Text(own),
        As::Word => Entry::Text(terms.word(&own).to_string().into()),
        As::Area => Entry::Text(terms.area(&own).to_string().into()),
        As::Layer => Entry::Text(terms.layer(&own).to_string().into()),
        As::Indicator => Entry::Text(terms.indicator(&own).to_string().into()),
        As::Criterion => Entry::Text(terms.criterion(text("rule_set"), &own).to_string().into()),
        As::Status => terms.status(text("rule_set"), &own)?.into(),
        As::Period => own.parse().map_or(Entry::Text(own.clone()), |period| terms.period(period)),
        As::Date => terms.day(&own),
        As::Flows => terms.flows(&own)?.into(),
        As::Origin => terms.origin(&own)?.into(),
        As::Way => terms.way(&own).into(),
    })
}

/// What each figure is: the indicators that have a published value.
fn figures<'l>(terms: &Terms, look: &'l Look, path: &str) -> Result<Page<'l>, Diagnostic> {
    let widths = [
        ("theme", MIDDLE),
        ("indicator", WIDE),
        ("population", MIDDLE),
        ("unit", MIDDLE),
        ("higher-is", NARROW),
        ("definition", 2.0 * WIDE),
        ("register", WIDE),
        ("care", WIDE),
        ("indicator-id", MIDDLE),
    ];
    let heads = widths.into_iter().map(|(key, width)| terms.head(key, width)).collect::<Said<_>>()?;
    let name = terms.say("sheet-indicators", &Slots::new())?;
    let mut page = Page::new("indicators", name, heads, look).map_err(|error| failed(path, error))?;
    let published: std::collections::BTreeSet<&str> =
        terms.context.publication.facts().map(|(id, _)| &*id.what).collect();
    for (id, indicator) in terms.context.catalogue.indicators.iter() {
        if published.contains(id.as_str()) {
            page.row(figure(terms, &id.value, indicator)?).map_err(|error| failed(path, error))?;
        }
    }
    Ok(page)
}

fn figure<'t>(terms: &'t Terms, id: &'t IndicatorId, indicator: &'t Indicator) -> Said<[Entry<'t>; 9]> {
    let text =
        |text: Option<&'t crate::catalogue::Text>| Entry::from(text.map_or("", |text| terms.text(text)));
    let higher = match indicator.higher_is {
        HigherIs::Better => "better",
        HigherIs::Worse => "worse",
        HigherIs::Neutral => "neutral",
    };
    Ok([
        terms.theme(indicator).into(),
        terms.text(&indicator.title).into(),
        text(indicator.population.as_ref()),
        Entry::Text(Cow::Owned(terms.unit(indicator)?)),
        terms.say(higher, &Slots::new())?.into(),
        text(indicator.definition.as_ref()),
        text(indicator.register.as_ref()),
        text(indicator.read_with_care.as_ref()),
        id.as_str().into(),
    ])
}
