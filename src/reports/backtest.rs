//! How forecasts made before past lists came out: one entry of the data declaration.

use super::{
    context::Said,
    history::lower_first,
    law::{Law, Row},
    subject::Subject,
};
use crate::{
    compute::{Backtest, Fact, State, Tested},
    ids::{AreaId, ValueId},
    numbers::Decimal,
    words::Slots,
};

/// What the declaration says of past forecasts; `None` where none have been tried.
pub(super) fn sentences(subject: &Subject) -> Said<Option<String>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let mut text = Vec::new();
    text.extend(values(subject, law)?);
    let statuses = law.counted.iter().map(|counted| counted.status);
    for status in statuses {
        let Some(Backtest { of: Tested::Status { hits, misses, false_alarms, .. }, .. }) =
            backtest(subject, law, status.as_str())
        else {
            continue;
        };
        let slots = Slots::new()
            .count("hits", *hits)
            .count("misses", *misses)
            .count("false_alarms", *false_alarms)
            .text("status", law.status_in_sentence(subject.context, status));
        text.push(subject.line("declaration/backtest-status", slots)?);
    }
    Ok((!text.is_empty()).then(|| text.join(" ")))
}

/// How many of the values lay inside the interval: of the criterion with the fewest, and of that with the most.
fn values(subject: &Subject, law: &Law) -> Said<Option<String>> {
    let tried = law.printed_rows().filter_map(|row| match backtest(subject, law, row.strict.0.as_str())? {
        Backtest { lists, of: Tested::Value { inside, stated, .. }, .. } => {
            Some((row, *lists, *inside, *stated))
        }
        Backtest { .. } => None,
    });
    let mut tried: Vec<_> = tried.collect();
    tried.sort_by(|a, b| a.2.to_f64().total_cmp(&b.2.to_f64()));
    let (Some(worst), Some(best)) = (tried.first(), tried.last()) else { return Ok(None) };
    let name = |row: &Row| lower_first(subject.context.text(row.indicator.short_title()));
    let mut slots = Slots::new()
        .count("lists", worst.1)
        .number("stated", worst.3)
        .number("low", worst.2)
        .text("lowest", name(worst.0));
    if tried.len() > 1 {
        slots = slots.number("high", best.2).text("highest", name(best.0));
    }
    subject.line("declaration/backtest", slots).map(Some)
}

/// What the interval of a criterion's forecast states, per cent.
pub(super) fn stated(subject: &Subject, law: &Law, criterion: &str) -> Option<Decimal> {
    match backtest(subject, law, criterion)?.of {
        Tested::Value { stated, .. } => Some(stated),
        Tested::Status { .. } => None,
    }
}

fn backtest<'a>(subject: &Subject<'a>, law: &Law, of: &str) -> Option<&'a Backtest> {
    let what = format!("{}/{of}/backtest", law.family_id);
    let id = ValueId::own(what, &AreaId::municipality(), law.year());
    match subject.context.publication.get(&id) {
        State::Shown(Fact::Backtest(backtest)) => Some(backtest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{facts, on};

    #[test]
    fn the_declaration_says_how_often_past_forecasts_were_right() {
        let of = |of| State::Shown(Fact::Backtest(Backtest { forecasts: 54, lists: 6, of }));
        let number = |text| Decimal::parse(text).expect("a number");
        let value = |inside| Tested::Value {
            error: number("0.9"),
            unchanged_error: number("0.9"),
            slope: false,
            inside: number(inside),
            stated: number("80"),
        };
        let status = Tested::Status {
            status: "udsat".into(),
            brier: number("0.04"),
            unchanged_brier: number("0.06"),
            hits: 3,
            false_alarms: 1,
            misses: 0,
            rightly_quiet: 50,
        };
        let facts = facts()
            .set("abl-61a/no-work/backtest@municipality@2025", of(value("73")))
            .set("abl-61a/income/backtest@municipality@2025", of(value("83")))
            .set("abl-61a/education/backtest@municipality@2025", of(value("88")))
            .set("abl-61a/udsat/backtest@municipality@2025", of(status));
        let said = on(facts, "gronnevang", |subject| sentences(subject).expect("the texts fit"));
        assert_eq!(
            said.map(|said| said.replace('\u{a0}', " ")).as_deref(),
            Some(
                "Prøvet på seks tidligere lister lå fra 73 pct. (uden tilknytning) til 88 pct. (højst grundskole) af tallene \
                 inden for prognosens interval, som skal rumme 80 pct. Et område blev udsat boligområde tre gange med \
                 varsel og nul gange uden; ét varsel passede ikke."
            )
        );
    }

    #[test]
    fn where_nothing_was_forecast_nothing_is_said() {
        on(facts(), "gronnevang", |subject| assert!(sentences(subject).expect("the texts fit").is_none()));
    }
}
