//! Each criterion's value as forecast for the next list, with the interval of past errors: that of a forecast, not of the law.

use serde::Serialize;

use super::{
    backtest::stated,
    context::Said,
    data_years,
    findings::in_sentence,
    law::{Law, Row},
    scale::{Mark, Scale},
    subject::{Subject, shown, state_word},
};
use crate::{
    compute::{State, Value},
    ids::{IndicatorId, Period},
    numbers::Decimal,
    words::{Rich, Slots},
};

/// Where the limit stands in every drawing.
const MIDDLE: f64 = 0.5;
/// What is left free beyond the mark or interval that is farthest from the limit.
const MARGIN: f64 = 1.15;

/// The forecasts.
#[derive(Serialize)]
pub(super) struct Expected {
    heading: String,
    head: Head,
    rows: Vec<ExpectedRow>,
    note: Rich,
}

#[derive(Serialize)]
struct Head {
    name: String,
    now: String,
    forecast: String,
    figure: String,
    interval: String,
}

#[derive(Serialize)]
struct ExpectedRow {
    state: &'static str,
    name: String,
    now: String,
    forecast: Option<String>,
    interval: Option<String>,
    figure: Option<Drawing>,
}

/// Fractions of the drawing's width.
#[derive(Serialize)]
struct Drawing {
    zone: [f64; 2],
    limit: f64,
    now: Option<Mark>,
    forecast: Mark,
    interval: Option<[f64; 2]>,
    alt: String,
}

/// The forecasts of an area; `None` where there are none.
pub(super) fn expected(subject: &Subject, law: &Law) -> Said<Option<Expected>> {
    let mut rows = Vec::new();
    for row in law.printed_rows() {
        let state = subject.value(&law.criterion(subject, row.strict.0, "/expected", law.year()));
        if !matches!(state, State::Missing(_)) {
            rows.push(expected_row(subject, law, row, state)?);
        }
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let year = |year: u16| Slots::new().text("year", year.to_string());
    Ok(Some(Expected {
        heading: subject.fixed("expected/heading")?,
        head: Head {
            name: subject.fixed("expected/name")?,
            now: subject.line("expected/now", year(law.list.year))?,
            forecast: subject.line("expected/forecast", year(law.list.year + 1))?,
            figure: subject.fixed("expected/figure")?,
            interval: subject.fixed("expected/interval")?,
        },
        rows,
        note: note(subject, law)?,
    }))
}

/// What a forecast is, and of how many cases its interval is meant to hold the outcome.
fn note(subject: &Subject, law: &Law) -> Said<Rich> {
    let stated = law.printed_rows().find_map(|row| stated(subject, law, row.strict.0.as_str()));
    let slots = Slots::new();
    let slots = match stated {
        Some(stated) => slots.number("stated", stated),
        None => slots,
    };
    Ok(subject.say("expected/note", slots)?.then(breaks(subject, law)?))
}

/// What is declared to change how a figure is counted in a year that the next list takes for the first time. Nobody knows by how
/// much, so all of the page is reckoned as if nothing were changed, and says so.
fn breaks(subject: &Subject, law: &Law) -> Said<Rich> {
    let mut said = Rich::default();
    for (_, declared) in subject.context.catalogue.breaks.iter() {
        let Ok(from) = declared.from.value.parse::<Period>() else { continue };
        let years = |row: &Row, list: u16| data_years::years_of(subject, row, list);
        let is_new = |row: &&Row| {
            let breaks_it = |id: &IndicatorId| declared.indicators.iter().any(|broken| broken.value == *id);
            let before = years(row, law.list.year).iter().all(|year| *year < from.year());
            let after = years(row, law.list.year + 1).iter().any(|year| *year >= from.year());
            (breaks_it(row.indicator_id) || breaks_it(&row.strict.1.indicator)) && before && after
        };
        if let Some(row) = law.printed_rows().find(is_new) {
            let name = in_sentence(subject, row.indicator).unwrap_or_else(|| row.indicator_id.to_string());
            let title = subject.context.text(&declared.title);
            let slots = Slots::new().text("title", title).text("name", name);
            said = said.then(subject.say("expected/break", slots)?);
        }
    }
    Ok(said)
}

fn expected_row(subject: &Subject, law: &Law, row: &Row, state: State<&Value>) -> Said<ExpectedRow> {
    let print = |n: Decimal| subject.with_unit(row.indicator.unit, n);
    let word = state_word(&state);
    let now = shown(law.value(subject, row, law.year())).map(|value| value.value);
    let forecast = shown(state);
    let words = subject.context.words;
    let interval = forecast.and_then(|forecast| forecast.interval);
    Ok(ExpectedRow {
        state: word,
        name: subject.context.text(row.indicator.short_title()).to_string(),
        now: now.map_or_else(|| subject.fixed("declaration/none"), print)?,
        forecast: forecast.map(|forecast| print(forecast.value)).transpose()?,
        interval: interval
            .map(|(low, high)| {
                let slots = Slots::new().text("low", words.number(low)).text("high", words.number(high));
                subject.line("expected/from-to", slots)
            })
            .transpose()?,
        figure: match forecast {
            Some(forecast) => drawing(subject, law, row, now, forecast)?,
            None => None,
        },
    })
}

fn drawing(
    subject: &Subject,
    law: &Law,
    row: &Row,
    now: Option<Decimal>,
    forecast: &Value,
) -> Said<Option<Drawing>> {
    let Some(limit) = law.limit(subject, row.strict) else { return Ok(None) };
    let upper = row.strict.1.is.is_upper();
    let (low, high) = forecast.interval.unzip();
    let drawn = [now, low, high, Some(forecast.value)].into_iter().flatten();
    let far = drawn.map(|n| (n.to_f64() - limit.to_f64()).abs()).fold(0.0, f64::max);
    let scale = Scale::around(limit.to_f64(), MARGIN * if far > 0.0 { far } else { 1.0 });
    let print = |n: Decimal| subject.with_unit(row.indicator.unit, n);
    let edge = |n: Decimal| scale.at(n.to_f64()).clamp(0.0, 1.0);
    let mut slots = Slots::new()
        .text("name", subject.context.text(row.indicator.short_title()))
        .text("value", print(forecast.value)?)
        .text("year", (law.list.year + 1).to_string())
        .text("limit", print(limit)?);
    if let Some((low, high)) = forecast.interval {
        slots = slots.text("low", print(low)?).text("high", print(high)?);
    }
    Ok(Some(Drawing {
        zone: if upper { [MIDDLE, 1.0] } else { [0.0, MIDDLE] },
        limit: MIDDLE,
        now: now.map(|now| scale.mark(now)),
        forecast: scale.mark(forecast.value),
        interval: forecast.interval.map(|(low, high)| [edge(low), edge(high)]),
        alt: subject.line("expected/alt", slots)?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{Facts, facts, next_list, on};

    fn table(facts: Facts) -> Option<Expected> {
        on(facts, "gronnevang", |subject| {
            expected(subject, subject.law.as_ref().expect("there is a law")).expect("the texts fit")
        })
    }

    #[test]
    fn a_forecast_has_its_interval_in_words_and_drawn_on_the_scale_of_the_limit() {
        let table = table(next_list(facts())).expect("there are forecasts");
        let row = &table.rows[0];
        let interval = row.interval.as_deref().map(|text| text.replace('\u{a0}', " "));
        assert_eq!((row.name.as_str(), interval.as_deref()), ("Uden tilknytning", Some("38,6 til 42,8")));
        let figure = row.figure.as_ref().expect("there is a drawing");
        assert_eq!(figure.limit, MIDDLE);
        let [from, to] = figure.interval.expect("there is an interval");
        assert!(from < MIDDLE && MIDDLE < to);
    }

    #[test]
    fn a_hidden_forecast_has_no_number() {
        let hidden = next_list(facts()).set("abl-61a/no-work/expected@gronnevang@2025", State::Hidden);
        let table = table(hidden).expect("there are forecasts");
        let row = &table.rows[0];
        assert_eq!(row.state, "hidden");
        assert!(row.forecast.is_none() && row.interval.is_none() && row.figure.is_none());
    }

    #[test]
    fn without_forecasts_there_is_no_table() {
        assert!(table(facts()).is_none());
    }
}
