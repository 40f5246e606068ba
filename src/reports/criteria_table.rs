//! The table behind a status: every criterion with its limits, its counts where they are published, and whether it is met.

use serde::Serialize;

use super::{
    context::Said,
    law::{Law, Row},
    limits::residents,
    subject::{Subject, shown},
};
use crate::{
    catalogue::{Criterion, Limit, Method, RESIDENTS},
    compute::State,
    ids::{CriterionId, Period, ValueId},
    numbers::{Decimal, count, danish_date},
    words::Slots,
};

/// The table of criteria.
#[derive(Serialize)]
pub(super) struct CriteriaTable {
    heading: String,
    years: Vec<String>,
    rows: Vec<CriteriaRow>,
}

#[derive(Serialize)]
struct CriteriaRow {
    name: String,
    lesser: String,
    strict: String,
    parts: Vec<String>,
    value: String,
    met: String,
    strong: bool,
}

/// The table behind the status on the latest list.
pub(super) fn table(subject: &Subject) -> Said<Option<CriteriaTable>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let years: Vec<u16> = years(law);
    let mut rows = Vec::new();
    rows.extend(residents_row(subject, law, years.len())?);
    for row in law.rows.iter().filter(|row| law.family.show_origin || !row.strict.1.origin) {
        rows.push(criterion_row(subject, law, row, &years)?);
    }
    let date = danish_date(law.list.year, law.list.month, law.list.day);
    Ok(Some(CriteriaTable {
        heading: subject.line("declaration/criteria-heading", Slots::new().text("date", date))?,
        years: years.iter().map(u16::to_string).collect(),
        rows,
    }))
}

/// The data years that the list uses.
fn years(law: &Law) -> Vec<u16> {
    let mut years: Vec<u16> = law.rows.iter().flat_map(|row| years_of(law, row)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn years_of(law: &Law, row: &Row) -> Vec<u16> {
    let last = law.list.year - u16::from(row.strict.1.years_back);
    (0..u16::from(span(row))).map(|back| last - back).collect()
}

/// How many years a row's value is over.
fn span(row: &Row) -> u8 {
    row.indicator.method.form().years().map_or(1, |years| years.count())
}

fn residents_row(subject: &Subject, law: &Law, years: usize) -> Said<Option<CriteriaRow>> {
    let (Some(limit), Some(residents)) = (law.residents(), residents(subject, law.year())) else {
        return Ok(None);
    };
    let date = subject.dated(&RESIDENTS.into(), law.year())?;
    let least = subject.line("declaration/at-least", Slots::new().count("n", limit))?;
    Ok(Some(CriteriaRow {
        name: subject.line("declaration/residents", Slots::new().text("date", date))?,
        lesser: least.clone(),
        strict: least,
        parts: vec![String::new(); years],
        value: count(residents),
        met: subject.fixed(if residents >= limit { "declaration/met" } else { "declaration/not-met" })?,
        strong: false,
    }))
}

fn criterion_row(subject: &Subject, law: &Law, row: &Row, years: &[u16]) -> Said<CriteriaRow> {
    let counted = law.counted.as_ref();
    let named = |criterion: &CriterionId| {
        counted.is_some_and(|counted| {
            law.rules
                .statuses
                .get(counted.status)
                .is_some_and(|rule| rule.when.names().iter().any(|(name, _)| *name == criterion.as_str()))
        })
    };
    let counts = named(row.strict.0);
    // A criterion with one limit stands under both statuses when the rules of both name it.
    let both = law.mildest_with(row.strict.0) != law.strictest_with(row.strict.0);
    let lesser = row.lesser.or(both.then_some(row.strict));
    let none = subject.fixed("declaration/none")?;
    let limit = |criterion: Option<(&CriterionId, &Criterion)>| match criterion {
        Some(criterion) => limit_words(subject, law, criterion),
        None => Ok(none.clone()),
    };
    let met = law.met(subject, row.strict.0);
    let value = match law.value(subject, row, law.year()) {
        State::Shown(value) => subject.context.words.number(value.value),
        State::Hidden => subject.fixed("declaration/unshown")?,
        State::Missing(_) => none.clone(),
    };
    let met_word = match met {
        _ if !counts => "declaration/not-counted",
        Some(true) => "declaration/met",
        Some(false) => "declaration/not-met",
        None => "declaration/unshown",
    };
    Ok(CriteriaRow {
        name: subject
            .context
            .text(if row.strict.1.origin { &row.indicator.title } else { row.indicator.short_title() })
            .to_string(),
        lesser: limit(lesser)?,
        strict: if counts { limit(Some(row.strict))? } else { none.clone() },
        parts: parts(subject, law, row, years)?,
        value,
        met: subject.fixed(met_word)?,
        strong: counts && met == Some(true),
    })
}

/// `over 40`, `mindst 2,22`.
fn limit_words(subject: &Subject, law: &Law, criterion: (&CriterionId, &Criterion)) -> Said<String> {
    let Some(limit) = law.limit(subject, criterion) else { return subject.fixed("declaration/none") };
    let key = match criterion.1.is.value {
        Limit::Over(_) => "declaration/over",
        Limit::AtLeast(_) => "declaration/at-least",
        Limit::Under(_) => "declaration/under",
        Limit::AtMost(_) => "declaration/at-most",
    };
    subject.line(key, Slots::new().number("n", limit))
}

/// Numerator and denominator of each year, where the year's own value is published with them.
fn parts(subject: &Subject, law: &Law, row: &Row, years: &[u16]) -> Said<Vec<String>> {
    let own = years_of(law, row);
    let part = |year: &u16| -> Said<String> {
        if !own.contains(year)
            || !matches!(&row.indicator.method.value, Method::Share(share) if share.years.is_none())
        {
            return Ok(String::new());
        }
        let id = ValueId::own(row.indicator_id.as_str(), &subject.area.id, Period::Year(*year));
        let counts = shown(subject.value(&id)).and_then(|value| Some((value.part?, value.whole?)));
        let whole = |n: Decimal| n.places == 0;
        match counts.filter(|(part, all)| whole(*part) && whole(*all)) {
            Some((part, all)) => {
                subject.line("declaration/part-of", Slots::new().number("part", part).number("whole", all))
            }
            None => Ok(String::new()),
        }
    };
    years.iter().map(part).collect()
}
