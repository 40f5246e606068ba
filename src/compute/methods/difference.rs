//! **Difference**: by how much another indicator has changed.
//!
//! # What it says
//! In which direction things go, as an indicator of its own: it can be mapped, compared with the rest, and put into an index.
//!
//! # Formula
//! `now - then`, where `then` is the other indicator's value `over` years before; points for per cent.
//!
//! # Inputs
//! Another indicator with both periods. Across a break of its series there is no value.
//!
//! # Small numbers
//! Exposes what both values expose, and is hidden when one of them is. The 99 per cent interval is made from those of the two
//! values, with what their indicator declares of chance (MOVER; of two shares Newcombe's): with the correlation of linked
//! persons where there is one, else as if they were of different people, which is cautious. Without them, and when two means
//! of years share a year, it is not judged.
//!
//! # Limits
//! Two years say little: a single odd year at either end is a change.
//!
//! # References
//! Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Zou and Donner (2008), Statistics in Medicine 27, 1693-1702.

use super::{
    super::{
        Data,
        chance::Chance,
        disclose::told::{Told, Zone},
        indicators::declared,
        publication::Missing,
        raw::{Known, Scope},
        years,
    },
    Measure, Measurement, of, with_earlier,
};
use crate::{
    catalogue::{Indicator, Years, methods::Difference},
    ids::{AreaId, Period, PopulationId, ValueId},
};

impl Measure for Difference {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        Known::or(underlying(data, self), Missing::NoData).and_then(|indicator| {
            let method = of(&indicator.method);
            let value = |period| {
                method.measure(data, scope, period).map(|found| {
                    let chance = declared(data, indicator, found.chance, found.value);
                    Measurement { chance, ..found }
                })
            };
            let earlier = self.earlier(period);
            let linked = match scope {
                Scope::Area(area) => method.correlation(data, Some(area), period, earlier),
                Scope::Municipality => method.correlation(data, None, period, earlier),
                Scope::Rest(_) | Scope::Sum(_) => None,
            };
            let share_a_year = years::count(method.window(data)) > i32::from(self.over.value);
            value(period).and_then(|now| {
                value(earlier).map(|then| {
                    let difference = now.minus(then, linked.unwrap_or(0.0));
                    let chance = if share_a_year { Chance::NotJudged } else { difference.chance };
                    Measurement { chance, ..difference }
                })
            })
        })
    }

    fn tells(&self, data: Data, zone: &Zone, period: Period) -> Vec<Told> {
        let both = [period, self.earlier(period)];
        let method = underlying(data, self).map(|indicator| of(&indicator.method));
        let told = method.map(|method| both.map(|period| method.tells(data, zone, period)));
        told.into_iter().flatten().flatten().collect()
    }

    fn window<'a>(&'a self, data: Data<'a>) -> Option<&'a Years> {
        underlying(data, self).and_then(|indicator| of(&indicator.method).window(data))
    }

    fn populations<'a>(&'a self, data: Data<'a>) -> Vec<&'a PopulationId> {
        underlying(data, self).map_or_else(Vec::new, |indicator| of(&indicator.method).populations(data))
    }

    fn periods(&self, data: Data) -> Vec<Period> {
        let all =
            underlying(data, self).map_or_else(Vec::new, |indicator| of(&indicator.method).periods(data));
        with_earlier(&all, self.over.value)
    }

    fn needs(&self, _: Data, area: &AreaId, period: Period) -> Vec<ValueId> {
        [period, self.earlier(period)]
            .map(|period| ValueId::own(self.indicator.as_str(), area, period))
            .to_vec()
    }
}

impl Difference {
    fn earlier(&self, period: Period) -> Period {
        period.years_back(i32::from(self.over.value))
    }
}

/// The indicator that changes.
fn underlying<'a>(data: Data<'a>, method: &Difference) -> Option<&'a Indicator> {
    data.catalogue.indicator(&method.indicator)
}
