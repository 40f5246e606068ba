//! National and regional values, as others have published them.

use std::collections::BTreeMap;

use super::{columns, publication::Missing, ratio::Ratio, raw::Known, years};
use crate::{
    catalogue::Years,
    ids::Period,
    sources::{Table, period_of},
};

/// How the country is written in the column `place`.
pub(in crate::compute) const COUNTRY: &str = "country";
/// The name under which the catalogue's own region is kept.
pub(in crate::compute) const REGION: &str = "region";

/// The benchmarks by name, place and period.
#[derive(Default)]
pub(in crate::compute) struct Benchmarks {
    rows: BTreeMap<(String, String, Period), Row>,
}

/// One published value.
struct Row {
    /// As published, in the unit of the indicator.
    value: Option<Ratio>,
    /// Numerator and denominator, if published: then they are used, being exact.
    parts: Option<(Ratio, Ratio)>,
}

impl Benchmarks {
    /// Reads the columns `indicator`, `place`, `value`, `part` and `whole`. Of two rows of one name, place and period the
    /// smaller counts, so that the order of rows does not.
    pub fn read(table: &Table, region: &str) -> Self {
        let frame = &table.frame;
        let (Some(names), Some(places), Some(periods), Some(kind)) = (
            columns::texts(frame, "indicator"),
            columns::texts(frame, "place"),
            columns::periods(frame),
            table.period,
        ) else {
            return Self::default();
        };
        let numbers = |name| {
            let read = columns::decimals(frame, name).unwrap_or_default();
            move |row: usize| read.get(row).copied().flatten().map(Ratio::of)
        };
        let (values, parts, wholes) = (numbers("value"), numbers("part"), numbers("whole"));
        let mut rows = BTreeMap::new();
        for (number, ((name, place), period)) in names.into_iter().zip(places).zip(periods).enumerate() {
            let (Some(name), Some(place), Some(period)) = (name, place, period) else { continue };
            let place = if place == region { REGION.to_string() } else { place };
            let row = Row { value: values(number), parts: parts(number).zip(wholes(number)) };
            let found = rows.entry((name, place, period_of(period, kind)));
            found
                .and_modify(|before: &mut Row| {
                    if (row.parts, row.value) < (before.parts, before.value) {
                        *before = Row { ..row };
                    }
                })
                .or_insert(row);
        }
        Self { rows }
    }

    /// The value over the years that end in `period`, in a unit where part/whole counts `scale` times.
    pub fn over(
        &self,
        name: &str,
        place: &str,
        period: Period,
        window: Option<&Years>,
        scale: i128,
    ) -> Known<Ratio> {
        let years = years::count(window);
        let rows: Option<Vec<&Row>> = (0..years)
            .map(|back| self.rows.get(&(name.to_string(), place.to_string(), period.years_back(back))))
            .collect();
        let Some(rows) = rows else { return Known::Missing(Missing::NoBenchmark) };
        if matches!(window, Some(Years::Pooled(_))) {
            let parts: Option<Vec<(Ratio, Ratio)>> = rows.iter().map(|row| row.parts).collect();
            let sums = parts.map(|parts| {
                parts
                    .iter()
                    .fold((Ratio::ZERO, Ratio::ZERO), |(p, w), (part, whole)| (p.plus(*part), w.plus(*whole)))
            });
            let pooled =
                sums.and_then(|(part, whole)| part.over(whole)).map(|share| share.times(Ratio::whole(scale)));
            return Known::or(pooled, Missing::NoBenchmark);
        }
        let sum = rows.iter().try_fold(Ratio::ZERO, |sum, row| Some(sum.plus(row.in_unit(scale)?)));
        Known::or(sum.and_then(|sum| sum.over(Ratio::whole(i128::from(years)))), Missing::NoBenchmark)
    }
}

impl Row {
    fn in_unit(&self, scale: i128) -> Option<Ratio> {
        match self.parts {
            Some((part, whole)) => part.over(whole).map(|share| share.times(Ratio::whole(scale))),
            None => self.value,
        }
    }
}
