//! The table behind a status: every criterion with its limits, its counts where they are published, and whether it is met.

use serde::Serialize;

use super::{
    context::Said,
    data_years::{of_list, years_of},
    law::{Law, Row},
    limits::{are_known, residents},
    subject::{Subject, shown},
};
use crate::{
    catalogue::{Criterion, Limit, Method, RESIDENTS},
    compute::State,
    ids::{CriterionId, IndicatorId, Period, ValueId},
    numbers::Decimal,
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

/// The table behind the status on the latest list; `None` where no figure is known.
pub(super) fn table(subject: &Subject) -> Said<Option<CriteriaTable>> {
    let Some(law) = subject.law.as_ref().filter(|law| are_known(subject, law)) else { return Ok(None) };
    let years = of_list(subject, law, law.list.year);
    let mut rows = Vec::new();
    rows.extend(residents_row(subject, law, years.len())?);
    for row in law.printed_rows() {
        rows.push(criterion_row(subject, law, row, &years)?);
    }
    // A year of which nothing is published has no column.
    let told: Vec<bool> =
        (0..years.len()).map(|year| rows.iter().any(|row| !row.parts[year].is_empty())).collect();
    let kept = |year: &usize| told[*year];
    for row in &mut rows {
        row.parts = (0..years.len()).filter(kept).map(|year| std::mem::take(&mut row.parts[year])).collect();
    }
    let date = subject.context.words.date(law.list.year, law.list.month, law.list.day);
    Ok(Some(CriteriaTable {
        heading: subject.line("declaration/criteria-heading", Slots::new().text("date", date))?,
        years: (0..years.len()).filter(kept).map(|year| years[year].to_string()).collect(),
        rows,
    }))
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
        value: subject.context.words.format().count(residents),
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
        None => {
            match subject.context.publication.get(&law.criterion(subject, row.strict.0, "/met", law.year())) {
                State::Missing(_) => "declaration/none",
                _ => "declaration/unshown",
            }
        }
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

/// Numerator and denominator of each year where they are published, else the year's own value.
fn parts(subject: &Subject, law: &Law, row: &Row, years: &[u16]) -> Said<Vec<String>> {
    let own = years_of(subject, row, law.list.year);
    let single = single_year(subject, row);
    let part = |year: &u16| -> Said<String> {
        let Some(single) = single.filter(|_| own.contains(year)) else { return Ok(String::new()) };
        let id = ValueId::own(single.as_str(), &subject.area.id, Period::Year(*year));
        let Some(value) = shown(subject.value(&id)) else { return Ok(String::new()) };
        let whole = |n: &Decimal| n.places == 0;
        match (value.part.filter(whole), value.whole.filter(whole)) {
            (Some(part), Some(all)) => {
                subject.line("declaration/part-of", Slots::new().number("part", part).number("whole", all))
            }
            _ if own.len() > 1 => Ok(subject.context.words.number(value.value)),
            _ => Ok(String::new()),
        }
    };
    years.iter().map(part).collect()
}

/// The indicator that is the row's share of one year: its own, or of a mean of years the one with the same populations.
fn single_year<'a>(subject: &Subject<'a>, row: &Row<'a>) -> Option<&'a IndicatorId> {
    let Method::Share(share) = &row.indicator.method.value else { return None };
    if share.years.is_none() {
        return Some(row.indicator_id);
    }
    let indicators = subject.context.catalogue.indicators.iter();
    indicators
        .filter(|(_, other)| match &other.method.value {
            Method::Share(other) => {
                other.years.is_none()
                    && other.part.value == share.part.value
                    && other.of.value == share.of.value
            }
            _ => false,
        })
        .map(|(id, _)| &id.value)
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{facts, on};

    #[test]
    fn the_years_behind_a_mean_are_printed_where_they_are_published() {
        let facts = facts()
            .value("no-work-one-year@gronnevang@2023", "39.8")
            .value("no-work-one-year@gronnevang@2024", "41.0");
        on(facts, "gronnevang", |subject| {
            let table = table(subject).expect("the texts fit").expect("a table");
            assert_eq!(table.years, ["2023", "2024"]);
            let row = table.rows.iter().find(|row| row.name == "Uden tilknytning").expect("the row is there");
            assert_eq!(row.parts, ["39,8", "41,0"]);
        });
    }

    #[test]
    fn a_year_of_which_nothing_is_published_has_no_column() {
        on(facts(), "gronnevang", |subject| {
            let table = table(subject).expect("the texts fit").expect("a table");
            assert!(table.years.is_empty(), "{:?}", table.years);
            assert!(table.rows.iter().all(|row| row.parts.is_empty()));
        });
    }
}
