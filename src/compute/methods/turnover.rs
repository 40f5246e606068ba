//! **Turnover**: how many move, for the number of residents.
//!
//! # What it says
//! How many neighbours are new in a year, whether more come than go, and how much of all moving leads to growth.
//!
//! # Formula
//! With `I` moved in, `O` moved out and `N` the population in the middle of the year: in `100 x I / N`, out `100 x O / N`, net
//! `100 x (I - O) / N`, gross `100 x (I + O) / N`, effectiveness `100 x (I - O) / (I + O)`.
//!
//! # Inputs
//! Those who moved in and out in the period, and the population at its start and at the start of the next one, of which `N` is
//! the mean (without the next one there is no value); with `mid-year` the population is `N` already. Moves inside the area are
//! not moves.
//!
//! # Small numbers
//! Exposes `I`, `O` and every population behind `N`, whichever measure it is: with the other measures and the populations, each
//! gives the others away. There is no interval: a register counts everybody.
//!
//! # Limits
//! Two registers of 1 January miss those who came and went in between; registered moves count one person more than once. Never
//! mix the two. New buildings and rehousing look like restlessness.
//!
//! # References
//! Danmarks Statistik, FLY; Bell et al. (2002), JRSS A 165, 435-464 (measures of internal migration).

use super::{
    super::{
        Data,
        chance::Chance,
        disclose::told::{Told, Zone},
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measure, Measurement,
};
use crate::{
    catalogue::methods::{Turnover, TurnoverForm},
    ids::{Period, PopulationId},
};

impl Measure for Turnover {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let number = |population: &PopulationId, period: Period| {
            data.raw.cell(population, scope, period).map(|cell| cell.sum)
        };
        let start = number(&self.of, period);
        let end = if self.mid_year { start } else { number(&self.of, period.shift(1)) };
        number(&self.moved_in, period).and_then(|moved_in| {
            number(&self.moved_out, period).and_then(|moved_out| {
                start.and_then(|start| end.and_then(|end| self.moves((moved_in, moved_out), (start, end))))
            })
        })
    }

    fn tells(&self, _: Data, zone: &Zone, period: Period) -> Vec<Told> {
        let end = if self.mid_year { period } else { period.shift(1) };
        let numbers =
            [(&self.moved_in, period), (&self.moved_out, period), (&self.of, period), (&self.of, end)];
        numbers.map(|(population, period)| Told::sum(population, zone, period)).to_vec()
    }

    fn periods(&self, data: Data) -> Vec<Period> {
        let has = |population: &PopulationId, period: Period| {
            let series = data.raw.series.get(population);
            series.is_some_and(|series| series.periods.binary_search(&period).is_ok())
        };
        let all = data.raw.series.get(&self.moved_in.value).map_or(&[][..], |series| &series.periods);
        let is_complete = |period: &Period| {
            has(&self.moved_out, *period)
                && has(&self.of, *period)
                && (self.mid_year || has(&self.of, period.shift(1)))
        };
        all.iter().copied().filter(is_complete).collect()
    }
}

impl Turnover {
    /// From those who moved in and out, and the population at start and end; all in thousandths.
    fn moves(&self, (moved_in, moved_out): (i128, i128), (start, end): (i128, i128)) -> Known<Measurement> {
        let moves = match self.form {
            TurnoverForm::Gross => moved_in + moved_out,
            TurnoverForm::Net | TurnoverForm::Effectiveness => moved_in - moved_out,
            TurnoverForm::In => moved_in,
            TurnoverForm::Out => moved_out,
        };
        let (whole, halves) = match self.form {
            TurnoverForm::Effectiveness => (moved_in + moved_out, 1),
            _ => (start + end, 2),
        };
        Known::or(Ratio::new(100 * halves * moves, whole), Missing::EmptyBase).map(|value| Measurement {
            value,
            base: Ratio::new(whole, 1000 * halves),
            chance: Chance::NotJudged,
            parts: None,
            exposes: [moved_in, moved_out, start, end].map(Exposure::Amount).to_vec(),
        })
    }
}
