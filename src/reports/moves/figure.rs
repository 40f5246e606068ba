//! The waterfall of an area, its alt text and the table behind it.

use serde::Serialize;

use super::{
    super::{context::Said, drawings::Drawings, history::lower_first, subject::Subject, theme::Look},
    Told,
    steps::{self, Column},
};
use crate::{
    compute::Split,
    figures::{self, DataTable, Tone, WaterfallColumn, WaterfallSpec},
    ids::Period,
    numbers::Decimal,
    words::Slots,
};

/// Virtual path of the drawing.
const PATH: &str = "/moves.svg";

/// A drawing with its place in the payload.
#[derive(Serialize)]
pub(in crate::reports) struct Drawn {
    id: String,
    svg: &'static str,
    width: f64,
    height: f64,
    pub alt: String,
}

pub(super) fn figure(
    subject: &Subject,
    told: &Told,
    split: &Split,
    columns: &[Column],
    (look, drawings): (&Look, &mut Drawings),
) -> Said<Drawn> {
    let steps = steps::drawn(subject, told, columns)?;
    let ends = [(split.since, split.start, split.persons.0), (told.period, split.end, split.persons.1)];
    let ends = ends.map(|(period, value, persons)| total(subject, told, period, value, persons));
    let [start, end] = ends;
    let id = told.own(subject);
    let figure = figures::waterfall(&WaterfallSpec {
        subject: &subject.area.id,
        id: id.clone(),
        start: &start?,
        steps: &steps,
        end: &end?,
        alt: alt(subject, told, split, &steps)?,
        table: table(subject, told, split)?,
        theme: &look.theme,
    });
    drawings.add(PATH, &figure)?;
    Ok(Drawn { id: id.to_string(), svg: PATH, width: figure.width, height: figure.height, alt: figure.alt })
}

fn total(
    subject: &Subject,
    told: &Told,
    period: Period,
    value: Decimal,
    persons: i64,
) -> Said<WaterfallColumn> {
    let population = told.indicator.population.as_ref().map(|text| subject.context.text(text));
    // What stands after a comma tells how persons are counted, and the text below the figure does that.
    let population = population.and_then(|text| text.split(',').next());
    let persons = subject.line("moves/line-persons", Slots::new().count("n", persons))?;
    Ok(WaterfallColumn {
        name: subject.period(period)?,
        lines: std::iter::once(persons).chain(population.map(str::to_string)).collect(),
        value,
        printed: subject.with_unit(told.indicator.unit, value)?,
        tone: Tone::Neutral,
    })
}

fn alt(subject: &Subject, told: &Told, split: &Split, steps: &[WaterfallColumn]) -> Said<String> {
    let unit = told.indicator.unit;
    let parts = steps.iter().map(|step| format!("{} {}", lower_first(&step.name), step.printed));
    let slots = Slots::new()
        .text("name", told.name(subject))
        .text("area", &subject.area.name)
        .text("start", subject.with_unit(unit, split.start)?)
        .text("since", subject.dated(told.indicator_id, split.since)?)
        .text("end", subject.with_unit(unit, split.end)?)
        .text("until", subject.dated(told.indicator_id, told.period)?)
        .list("parts", parts);
    subject.line("moves/alt", slots)
}

/// Every term as it was published, between the two values.
fn table(subject: &Subject, told: &Told, split: &Split) -> Said<DataTable> {
    let words = subject.context.words;
    let heads =
        ["what", "points", "persons", "cases"].map(|head| subject.fixed(&format!("moves/head-{head}")));
    let head = heads.into_iter().collect::<Said<Vec<_>>>()?;
    let end = |period: Period, value: Decimal, persons: i64| -> Said<Vec<String>> {
        let name = subject.dated(told.indicator_id, period)?;
        Ok(vec![name, words.number(value), words.format().count(persons), String::new()])
    };
    let mut rows = vec![end(split.since, split.start, split.persons.0)?];
    for term in &split.terms {
        let flows =
            term.flows.iter().map(|flow| steps::flow_name(subject, *flow)).collect::<Said<Vec<_>>>()?;
        rows.push(vec![
            flows.join(" + "),
            words.format().signed(term.points),
            term.persons.map(|persons| words.format().count(persons)).unwrap_or_default(),
            term.cases.map(|cases| words.number(cases)).unwrap_or_default(),
        ]);
    }
    rows.push(end(told.period, split.end, split.persons.1)?);
    Ok(DataTable { head, rows })
}
