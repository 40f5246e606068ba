//! Composites: the areas of a layer seen beside one another, once all other indicators are measured.
//!
//! Everything is computed from values that can be shown by themselves: an area with a hidden part is in no mean, no deviation
//! and no correlation, and its own index, class and dynamics are hidden through what they need.
//!
//! | id | fact |
//! |---|---|
//! | `INDICATOR@area@P` | [`Fact::Value`]: the status index, or the sum of points |
//! | `INDICATOR/part/PART@area@P` | [`Fact::Value`]: the part's z-score (high is worse), or its points |
//! | `INDICATOR/sum@area@P` | [`Fact::Value`]: the sum of z-scores |
//! | `INDICATOR/dynamics@area@P` | [`Fact::Value`]: the index of the dynamics |
//! | `INDICATOR/class@area@P` | [`Fact::Class`] |
//! | `INDICATOR/unsure@area@P` | [`Fact::Met`]: no part has surely changed over the years of the dynamics |
//! | `INDICATOR/areas@municipality@P` | [`Fact::Count`]: the areas that scores are standardised over; what takes them needs it |
//! | `INDICATOR/correlation/PART/PART@municipality@P` | [`Fact::Value`]: of two parts over the areas |

mod class;
mod points;
mod status;
mod zscores;

use std::{collections::BTreeMap, ops::Range};

pub use class::{Challenges, Class, Dynamics, Status};

use super::{
    Data,
    indicators::{All, Measured},
    methods::Measurement,
    publication::{Fact, Missing, Value},
    ratio::Ratio,
    raw::{Known, Offer},
    small_places::{Size, Sizes},
};
use crate::{
    catalogue::{At, Composite, HigherIs, Indicator, Method, Part as Declared, RESIDENTS, Typology as Form},
    diagnostics::Diagnostic,
    ids::{AreaId, IndicatorId, Period, ValueId},
    numbers::Decimal,
};

/// Areas that z-scores and correlations need.
const ENOUGH: usize = 20;

/// Everything about all composites, and what is to be told of them.
pub(in crate::compute) fn offers(data: Data, sizes: &Sizes, all: &All) -> (Vec<Offer>, Vec<Diagnostic>) {
    let (mut offers, mut notices) = (Vec::new(), Vec::new());
    for (id, indicator) in data.catalogue.indicators.iter() {
        let Method::Composite(method) = &*indicator.method else { continue };
        let typology = Typology::new(data, sizes, all, (&id.value, indicator, method));
        let have_data = typology.parts.iter().all(|part| !part.measured.periods.is_empty());
        if typology.periods.is_empty() && have_data {
            let message = format!("`{id}` is not computed: its parts have no period in common");
            let hint = "see the years of each with `kvarter explain`";
            notices.push(Diagnostic::warning("no-common-period", message, &method.of.place).hint(hint));
        }
        match &method.form.value {
            Form::StatusDynamics(form) => {
                let few = status::offers(&typology, form, &mut offers);
                notices.extend(too_few(id, method, &few));
                notices.extend(form.fixed.as_ref().and_then(|year| no_such_year(&typology, year)));
            }
            Form::Points(form) => points::offers(&typology, form, &mut offers),
        }
    }
    (offers, notices)
}

/// The notice that z-scores of so few areas are not computed.
fn too_few(id: &IndicatorId, method: &Composite, periods: &[Period]) -> Option<Diagnostic> {
    let (first, last) = (periods.first()?, periods.last()?);
    let when = if first == last { format!("for {first}") } else { format!("from {first} to {last}") };
    let message = format!(
        "`{id}` is not computed {when}: fewer than {ENOUGH} areas of `{}` can show all its parts",
        method.layer
    );
    let hint = "z-scores of so few areas say little; take a layer with more areas, or `as: { points: … }`";
    Some(Diagnostic::warning("too-few-areas", message, &method.layer.place).hint(hint))
}

/// The notice that the fixed year is not one of the data.
fn no_such_year(typology: &Typology, year: &At<u16>) -> Option<Diagnostic> {
    let known = typology.periods.iter().any(|period| period.year() == year.value);
    let message = format!("`{}` is not computed: its parts have no values of {year}", typology.id);
    let hint = "write a year that all parts have, or leave out `fixed`";
    (!known && !typology.periods.is_empty())
        .then(|| Diagnostic::warning("no-fixed-year", message, &year.place).hint(hint))
}

/// A composite with what it is made of.
struct Typology<'a> {
    data: Data<'a>,
    id: &'a IndicatorId,
    indicator: &'a Indicator,
    parts: Vec<Part<'a>>,
    /// All areas of the layer.
    layer: Range<usize>,
    /// Has the area enough residents? By its place in the layer.
    large: Vec<bool>,
    /// Those for which every part has data, ascending.
    periods: Vec<Period>,
    values: BTreeMap<Period, Vec<Row<'a>>>,
    /// The rows of any other period.
    nothing: Vec<Row<'a>>,
}

/// The values of an area, one a part: known only if all can be shown. `None`: the area has too few residents.
type Row<'a> = Option<Known<Vec<&'a Measurement>>>;

/// A part of a composite.
struct Part<'a> {
    measured: &'a Measured<'a>,
    weight: u8,
    /// Steps of its own.
    steps: Option<Vec<Ratio>>,
}

impl<'a> Typology<'a> {
    fn new(
        data: Data<'a>,
        sizes: &Sizes,
        all: &'a All,
        (id, indicator, method): (&'a IndicatorId, &'a Indicator, &'a Composite),
    ) -> Self {
        let part = |part: &Declared| {
            let steps = part.steps.as_ref().map(|steps| steps.iter().map(|step| Ratio::of(**step)).collect());
            all.get(&part.indicator.value).map(|measured| Part { measured, weight: part.weight, steps })
        };
        let parts: Vec<Part> = method.of.iter().filter_map(part).collect();
        let layer = data.raw.index.layer(&method.layer.value);
        let large: Vec<bool> =
            layer.clone().map(|area| is_large(sizes, all, method.residents(), area)).collect();
        let mut periods = parts.first().map_or_else(Vec::new, |part| part.measured.periods.clone());
        periods.retain(|period| parts.iter().all(|part| part.number(*period).is_some()));
        let values = |period: &Period| (*period, rows(&parts, layer.clone().zip(&large), *period));
        let values = periods.iter().map(values).collect();
        let nothing = large.iter().map(|large| large.then_some(Known::Missing(Missing::NoData))).collect();
        Self { data, id, indicator, parts, layer, large, periods, values, nothing }
    }

    /// The values of each area of the layer in a period.
    fn rows(&self, period: Period) -> &[Row<'a>] {
        self.values.get(&period).unwrap_or(&self.nothing)
    }

    /// The address of a fact about an area.
    fn at(&self, about: &str, area: usize, period: Period) -> ValueId {
        let what = if about.is_empty() { self.id.to_string() } else { format!("{}/{about}", self.id) };
        ValueId::own(what, self.data.area(area), period)
    }

    /// The values of an area's parts in a period: what everything said of them needs.
    fn needs(&self, area: usize, period: Period) -> Vec<ValueId> {
        self.parts
            .iter()
            .filter_map(|part| Some(part.measured.value_id(area, part.number(period)?)))
            .collect()
    }

    /// Where the number of areas is published that scores of these periods are standardised over.
    fn standards(&self, periods: impl IntoIterator<Item = Period>) -> Vec<ValueId> {
        let known = periods.into_iter().filter(|period| self.periods.contains(period));
        known.map(|period| self.standard(period)).collect()
    }

    fn standard(&self, period: Period) -> ValueId {
        ValueId::own(format!("{}/areas", self.id), &AreaId::municipality(), period)
    }

    /// The decimals of scores.
    fn places(&self) -> u8 {
        self.indicator.decimals.as_ref().map_or(2, |declared| declared.value)
    }
}

impl<'a> Part<'a> {
    fn id(&self) -> &'a IndicatorId {
        self.measured.id
    }

    fn number(&self, period: Period) -> Option<usize> {
        self.measured.periods.binary_search(&period).ok()
    }

    /// An area's value, if it can be shown.
    fn shown(&self, area: usize, period: Period) -> Known<&'a Measurement> {
        let Some(number) = self.number(period) else { return Known::Missing(Missing::NoData) };
        self.measured.value(area, number).and_then(|value| {
            if self.measured.is_shown(area, number) { Known::Is(value) } else { Known::Withheld }
        })
    }

    /// A value or difference turned so that high is worse.
    fn turned(&self, value: Ratio) -> Ratio {
        match self.measured.indicator.higher_is {
            HigherIs::Better => Ratio::ZERO.minus(value),
            HigherIs::Worse | HigherIs::Neutral => value,
        }
    }
}

/// The values of each area in a period.
fn rows<'a, 'b>(
    parts: &[Part<'a>],
    areas: impl Iterator<Item = (usize, &'b bool)>,
    period: Period,
) -> Vec<Row<'a>> {
    let row = |area: usize| {
        let values = parts.iter().map(|part| part.shown(area, period));
        values.fold(Known::Is(Vec::new()), |row: Known<Vec<_>>, value| {
            row.and_then(|row| value.map(|value| row.into_iter().chain([value]).collect()))
        })
    };
    areas.map(|(area, large)| large.then(|| row(area))).collect()
}

/// Has an area so many residents, by its latest count? Where residents are not counted, every area has.
fn is_large(sizes: &Sizes, all: &All, least: u32, area: usize) -> bool {
    let Some(residents) = all.get(&IndicatorId::from(RESIDENTS)) else { return true };
    let Some(latest) = residents.periods.len().checked_sub(1) else { return true };
    let count = residents.value(area, latest).get();
    let enough = count.is_some_and(|count| count.value >= Ratio::whole(i128::from(least)));
    sizes.of(Some(area)) == Size::Full && enough
}

/// A bare number as a fact.
fn value(value: Option<Decimal>) -> Known<Fact> {
    let value =
        value.map(|value| Fact::Value(Value { value, interval: None, part: None, whole: None, years: 1 }));
    Known::or(value, Missing::NoData)
}
