//! The columns of the waterfall: the terms of a split by step, with what stands under each.

use super::{
    super::{context::Said, history::lower_first, subject::Subject},
    Told,
    reading::{is_wide, step_of},
};
use crate::{
    catalogue::{HigherIs, Method},
    compute::{Flow, Split, Step, Term},
    figures::{Tone, WaterfallColumn},
    numbers::Decimal,
    words::Slots,
};

/// The steps, in the order of the figure. What could not be told apart comes last, a column for each.
const ORDER: [Step; 6] =
    [Step::In, Step::Out, Step::Stayers, Step::AgeAndDeath, Step::Register, Step::Yardstick];

/// A column between the totals.
pub(super) struct Column<'s> {
    pub step: Step,
    pub terms: Vec<&'s Term>,
    pub points: Decimal,
    /// Those who moved are put together with others who came or went.
    pub wide: bool,
}

impl<'s> Column<'s> {
    fn new(step: Step, terms: Vec<&'s Term>, places: u8) -> Self {
        let units = terms.iter().map(|term| term.points.units).sum();
        let wide = terms.iter().any(|term| is_wide(term));
        Self { step, terms, points: Decimal { units, places }, wide }
    }

    /// Persons in all; `None` where they are too few to be told.
    pub fn persons(&self) -> Option<i64> {
        self.terms.iter().map(|term| term.persons).sum()
    }

    /// Persons of these flows; `None` where a term has others put together with them.
    pub fn persons_of(&self, flows: &[Flow]) -> Option<i64> {
        let touching = |term: &&&Term| term.flows.iter().any(|flow| flows.contains(flow));
        let mut found = self.terms.iter().filter(touching);
        let mut persons = 0;
        found
            .all(|term| {
                persons += term.persons.unwrap_or_default();
                term.persons.is_some() && term.flows.iter().all(|flow| flows.contains(flow))
            })
            .then_some(persons)
    }

    /// What the persons count for, added up.
    pub fn cases(&self) -> Option<f64> {
        self.terms.iter().map(|term| Some(term.cases?.to_f64())).sum()
    }

    /// Persons who now count for more and for less; `None` where they are not told apart from all who stayed.
    pub fn changed(&self) -> Option<(i64, i64)> {
        let apart = self
            .terms
            .iter()
            .all(|term| matches!(term.flows[..], [Flow::Up | Flow::Down]) || term.points.units == 0);
        let changed = self.persons_of(&[Flow::Up]).zip(self.persons_of(&[Flow::Down]));
        changed.filter(|_| apart)
    }

    /// The margin of chance about the points of independent groups of persons; `None` unless each has one.
    pub fn margin(&self) -> Option<Decimal> {
        let margins: Option<Vec<Decimal>> = self.terms.iter().map(|term| term.margin).collect();
        let margins = margins.filter(|margins| !margins.is_empty())?;
        if let [only] = margins[..] {
            return Some(only);
        }
        let squares: f64 = margins.iter().map(|margin| margin.to_f64().powi(2)).sum();
        Decimal::from_f64(squares.sqrt(), margins[0].places)
    }
}

/// The columns of a split. Corrections of the register have one only if there are any.
pub(super) fn columns(split: &Split) -> Vec<Column<'_>> {
    let places = split.start.places;
    let mut columns = Vec::new();
    for step in ORDER {
        let terms: Vec<&Term> = split.terms.iter().filter(|term| step_of(term) == step).collect();
        let column = Column::new(step, terms, places);
        let corrected = step != Step::Register || column.persons() != Some(0) || column.points.units != 0;
        if !column.terms.is_empty() && corrected {
            columns.push(column);
        }
    }
    let mixed = split.terms.iter().filter(|term| step_of(term) == Step::Mixed);
    columns.extend(mixed.map(|term| Column::new(Step::Mixed, vec![term], places)));
    columns
}

/// The columns with their words.
pub(super) fn drawn(subject: &Subject, told: &Told, columns: &[Column]) -> Said<Vec<WaterfallColumn>> {
    let column = |column: &Column| {
        Ok(WaterfallColumn {
            name: name(subject, column)?,
            lines: lines(subject, told, column)?,
            value: column.points,
            printed: subject.context.words.format().signed(column.points),
            tone: tone(told.indicator.higher_is, column.points),
        })
    };
    columns.iter().map(column).collect()
}

fn tone(higher_is: HigherIs, points: Decimal) -> Tone {
    match (higher_is, points.units) {
        (HigherIs::Neutral, _) | (_, 0) => Tone::Neutral,
        (HigherIs::Worse, 1..) | (HigherIs::Better, ..0) => Tone::Worse,
        _ => Tone::Better,
    }
}

/// What a column is called; of flows of several steps the names of the steps.
pub(super) fn name(subject: &Subject, column: &Column) -> Said<String> {
    match (column.step, column.wide) {
        (Step::Mixed, _) => {}
        (Step::In, true) => return subject.fixed("moves/name-in-wide"),
        (Step::Out, true) => return subject.fixed("moves/name-out-wide"),
        (step, _) => return subject.fixed(key(step)),
    }
    let mut steps: Vec<Step> = column.terms[0].flows.iter().map(|flow| flow.step()).collect();
    steps.dedup();
    steps.sort();
    steps.dedup();
    let names = steps.into_iter().map(|step| subject.fixed(key(step))).collect::<Said<Vec<_>>>()?;
    let names = names.iter().map(|name| lower_first(name));
    subject.line("moves/name-mixed", Slots::new().list("names", names))
}

fn key(step: Step) -> &'static str {
    match step {
        Step::In => "moves/name-in",
        Step::Out => "moves/name-out",
        Step::Stayers => "moves/name-stayers",
        Step::AgeAndDeath => "moves/name-age",
        Step::Yardstick => "moves/name-yardstick",
        Step::Register | Step::Mixed => "moves/name-register",
    }
}

/// What a flow is called.
pub(super) fn flow_name(subject: &Subject, flow: Flow) -> Said<String> {
    subject.fixed(&format!("moves/flow-{}", flow.word()))
}

/// The persons of a column in short lines.
fn lines(subject: &Subject, told: &Told, column: &Column) -> Said<Vec<String>> {
    let count =
        |key: &str, n: i64| subject.line(key, Slots::new().count("n", n).text("state", told.state(subject)));
    let persons = |key| column.persons().map(|n| count(key, n)).into_iter().collect();
    match column.step {
        Step::In | Step::Out => {
            let key = match (column.step, column.wide) {
                (Step::In, false) => "moves/line-in",
                (Step::In, true) => "moves/line-came",
                (_, false) => "moves/line-out",
                (_, true) => "moves/line-gone",
            };
            let first = column.persons().map(|n| count(key, n)).transpose()?;
            moved(subject, told, column, first)
        }
        Step::Stayers => {
            let Some((up, down)) = column.changed() else {
                return persons("moves/line-stayed");
            };
            if told.is_weighted(subject) {
                let state =
                    subject.line("moves/line-state", Slots::new().text("state", told.state(subject)))?;
                return Ok(vec![count("moves/line-longer", up)?, count("moves/line-shorter", down)?, state]);
            }
            Ok(vec![count("moves/line-up", up)?, count("moves/line-down", down)?])
        }
        Step::AgeAndDeath => {
            let came = column.persons_of(&[Flow::Born, Flow::Entered]);
            let left = column.persons_of(&[Flow::Died, Flow::Left]);
            let (Some(came), Some(left)) = (came, left) else {
                return persons("moves/line-persons");
            };
            let parts = [("moves/line-came", came), ("moves/line-left", left)];
            parts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| count(key, n)).collect()
        }
        Step::Yardstick => Ok(Vec::new()),
        Step::Register | Step::Mixed => persons("moves/line-persons"),
    }
}

/// Those who moved, and of a share how many of them are cases.
fn moved(subject: &Subject, told: &Told, column: &Column, first: Option<String>) -> Said<Vec<String>> {
    let mut lines: Vec<String> = first.into_iter().collect();
    if let Some((cases, share)) = among(told, column) {
        let slots = Slots::new().number("cases", cases).text("state", told.state(subject));
        lines.push(subject.line("moves/line-cases", slots)?);
        lines.push(subject.line("moves/line-share", Slots::new().number("share", share))?);
    }
    Ok(lines)
}

/// The cases among those who moved in whole numbers, and whole per cent of them; only of a share.
pub(super) fn among(told: &Told, column: &Column) -> Option<(Decimal, Decimal)> {
    let is_share = matches!(&*told.indicator.method, Method::Share(_));
    let (cases, persons) = column.cases().zip(column.persons().filter(|persons| is_share && *persons > 0))?;
    let share = 100.0 * cases / persons as f64;
    Some((Decimal::from_f64(cases, 0)?, Decimal::from_f64(share, 0)?))
}
