//! The ways to compute an indicator, one file each: what can be written, and what it needs. The formula stands in
//! `compute/methods/NAME.rs`.
//!
//! A new method is a file here, a file there, a variant of [`Method`], a line of [`each!`], and a file of worked examples.

pub mod composite;
pub mod count;
pub mod density;
pub mod difference;
pub mod distance;
pub mod diversity;
pub mod gap;
pub mod growth;
pub mod length_of_residence;
pub mod mean;
pub mod median;
pub mod quantile;
pub mod rate;
pub mod ratio;
pub mod relative;
pub mod segregation;
pub mod share;
pub mod turnover;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

pub use composite::{Composite, Part, Points, PointsFrom, StatusDynamics, Typology};
pub use count::Count;
pub use density::{Density, Ground};
pub use difference::Difference;
pub use distance::{Along, Distance, Target};
pub use diversity::{Diversity, DiversityForm};
pub use gap::Gap;
pub use growth::Growth;
pub use length_of_residence::LengthOfResidence;
pub use mean::Mean;
pub use median::Median;
pub use quantile::Quantile;
pub use rate::Rate;
pub use ratio::Ratio;
pub use relative::{BenchmarkPlace, Reference, Relative, RelativeForm, RelativeTo};
pub use segregation::{Segregation, SegregationForm};
pub use share::Share;
pub use turnover::{Turnover, TurnoverForm};

use super::{
    check::{Checker, Kind},
    indicator::Unit,
    source::LocatedBy,
    spans::At,
};
use crate::{
    diagnostics::Place,
    ids::{AreaId, IndicatorId, PopulationId},
};

/// A way to compute.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// A part of a whole, in per cent.
    Share(Share),
    /// A number of rows.
    Count(Count),
    /// A sum divided by a number.
    Mean(Mean),
    /// The number that half of the rows are below.
    Median(Median),
    /// The number that a given part of the rows is below.
    Quantile(Quantile),
    /// How long people stay.
    LengthOfResidence(LengthOfResidence),
    /// How far it is to the nearest of something.
    Distance(Distance),
    /// One number per so many of another.
    Rate(Rate),
    /// A value relative to the country's, the region's, the municipality's or another area's.
    Relative(Relative),
    /// One number over another.
    Ratio(Ratio),
    /// How many on a hectare or a square kilometre.
    Density(Density),
    /// By how many per cent a number has grown.
    Growth(Growth),
    /// By how much another indicator has changed.
    Difference(Difference),
    /// How far two shares are apart.
    Gap(Gap),
    /// How many move, in per cent of the residents.
    Turnover(Turnover),
    /// How evenly people are spread over groups.
    Diversity(Diversity),
    /// How unevenly a group lives over the areas of a layer.
    Segregation(Segregation),
    /// Several indicators put together to classes of areas.
    Composite(Composite),
}

/// Does the same with whichever method it is: the only list of all methods.
macro_rules! each {
    ($of:expr, $method:ident => $do:expr) => {
        match $of {
            $crate::catalogue::Method::Share($method) => $do,
            $crate::catalogue::Method::Count($method) => $do,
            $crate::catalogue::Method::Mean($method) => $do,
            $crate::catalogue::Method::Median($method) => $do,
            $crate::catalogue::Method::Quantile($method) => $do,
            $crate::catalogue::Method::LengthOfResidence($method) => $do,
            $crate::catalogue::Method::Distance($method) => $do,
            $crate::catalogue::Method::Rate($method) => $do,
            $crate::catalogue::Method::Relative($method) => $do,
            $crate::catalogue::Method::Ratio($method) => $do,
            $crate::catalogue::Method::Density($method) => $do,
            $crate::catalogue::Method::Growth($method) => $do,
            $crate::catalogue::Method::Difference($method) => $do,
            $crate::catalogue::Method::Gap($method) => $do,
            $crate::catalogue::Method::Turnover($method) => $do,
            $crate::catalogue::Method::Diversity($method) => $do,
            $crate::catalogue::Method::Segregation($method) => $do,
            $crate::catalogue::Method::Composite($method) => $do,
        }
    };
}
pub(crate) use each;

/// What the rest of the program asks of a method, whichever it is.
pub trait Form {
    /// The populations that it counts itself and what each is to it, the numerator first.
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)>;

    /// The denominator: how many people or dwellings a value is based on.
    fn base(&self) -> Option<&At<PopulationId>> {
        self.roles().last().map(|(_, population)| *population)
    }

    /// Parts and their wholes whose quotient chance moves: counted by whole households, and by persons at two times, where
    /// the source names them.
    fn quotients(&self) -> Vec<(&At<PopulationId>, &At<PopulationId>)> {
        Vec::new()
    }

    /// Populations whose rows it needs one by one; with the population within them of which each row tells whether it is in it.
    fn lists(&self) -> Vec<(&At<PopulationId>, Option<&At<PopulationId>>)> {
        Vec::new()
    }

    /// Populations whose rows' coordinates it takes.
    fn points(&self) -> Vec<&At<PopulationId>> {
        Vec::new()
    }

    /// The indicators that it builds on.
    fn indicators(&self) -> Vec<&At<IndicatorId>> {
        Vec::new()
    }

    /// Over how many years, and how they become one value; without it the period alone.
    fn years(&self) -> Option<&At<Years>> {
        None
    }

    /// Between how many years it is a change; without it it says how things are.
    fn over(&self) -> Option<u8> {
        None
    }

    /// The areas that it names.
    fn areas(&self) -> Vec<&At<AreaId>> {
        Vec::new()
    }

    /// The units that its values can have; any, when empty.
    fn units(&self) -> Vec<Unit> {
        Vec::new()
    }

    /// What it computes, in a few words of English.
    fn words(&self) -> String;
}

impl Method {
    /// What it is, whichever it is.
    pub fn form(&self) -> &dyn Form {
        each!(self, method => method)
    }

    /// The populations that it counts, also those of the indicators that it builds on.
    pub fn populations(&self, catalogue: &super::Catalogue) -> Vec<PopulationId> {
        let own = self.form().roles().into_iter().map(|(_, population)| population.value.clone());
        let others = self.form().indicators().into_iter().filter_map(|id| catalogue.indicator(id));
        own.chain(others.flat_map(|other| other.method.populations(catalogue))).collect()
    }

    /// The same with its years put together in another way, or (`None`) of single years. What takes no years itself stays.
    pub fn with_years(&self, years: Option<At<Years>>) -> Self {
        match self.clone() {
            Self::Share(share) => Self::Share(Share { years, ..share }),
            Self::Mean(mean) => Self::Mean(Mean { years, ..mean }),
            Self::Rate(rate) => Self::Rate(Rate { years, ..rate }),
            Self::Ratio(ratio) => Self::Ratio(Ratio { years, ..ratio }),
            Self::Relative(relative) => Self::Relative(Relative { years, ..relative }),
            Self::Gap(Gap { between, and }) => Self::Gap(Gap {
                between: Share { years: years.clone(), ..between },
                and: Share { years, ..and },
            }),
            other => other,
        }
    }

    /// References, units and numbers of one entry's method.
    pub(super) fn check(&self, entry: &Entry, checker: &mut Checker) {
        for (_, population) in self.form().roles() {
            checker.refer(Kind::Population, population.as_str(), &population.place);
        }
        if let Some(years) = self.form().years() {
            years.check(checker);
        }
        let given = self.form().units();
        if !given.is_empty() && !given.contains(&entry.unit) {
            let names =
                given.iter().map(|unit| format!("`unit: {}`", unit.word())).collect::<Vec<_>>().join(" or ");
            let message = format!("the method does not give a value in `{}`", entry.unit.word());
            checker.wrong("bad-unit", message, entry.place, format!("write {names}"));
        }
        each!(self, method => method.check(entry, checker));
    }
}

/// The entry that a method stands in.
pub(super) struct Entry<'a> {
    pub id: &'a At<IndicatorId>,
    pub unit: Unit,
    /// Where the method is written.
    pub place: &'a Place,
}

/// How several years become one value.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Years {
    /// The mean of the last n years' values, each year with the same weight.
    MeanOf(At<u8>),
    /// The numerators of the last n years over their denominators.
    Pooled(At<u8>),
}

impl Years {
    /// How many years.
    pub fn count(&self) -> u8 {
        match self {
            Self::MeanOf(n) | Self::Pooled(n) => n.value,
        }
    }

    /// In words, after what they are years of.
    pub(super) fn words(years: Option<&At<Self>>) -> String {
        match years.map(|years| &years.value) {
            None => String::new(),
            Some(Self::MeanOf(n)) => format!(", mean of {n} years"),
            Some(Self::Pooled(n)) => format!(", {n} years pooled"),
        }
    }

    fn check(&self, checker: &mut Checker) {
        let (Self::MeanOf(n) | Self::Pooled(n)) = self;
        if !(2..=10).contains(&n.value) {
            let message = format!("{n} years cannot be put together");
            checker.wrong("bad-number", message, &n.place, "write a number from 2 to 10");
        }
    }
}

/// A share is part of a whole, so both lie in one source.
fn check_one_source(part: &At<PopulationId>, of: &At<PopulationId>, checker: &mut Checker) {
    let populations = &checker.written.populations;
    let source = |id| super::source_of(populations, id);
    if let (Some(a), Some(b)) = (source(&part.value), source(&of.value))
        && a != b
    {
        let message = format!("`{part}` is not a part of `{of}`: their rows are from `{a}` and `{b}`");
        checker.wrong("two-sources", message, &part.place, "for a number per another number write `rate`");
    }
}

/// A change needs two times.
fn check_over(over: &At<u8>, checker: &mut Checker) {
    if !(1..=20).contains(&over.value) {
        let message = format!("a change over {over} years cannot be told");
        checker.wrong("bad-number", message, &over.place, "write a number of years from 1 to 20");
    }
}

/// An indicator must not be built on itself, through however many others. A circle is told once, at the first of its
/// indicators; true for all of them.
fn check_circle(of: &[&At<IndicatorId>], entry: &Entry, checker: &mut Checker) -> bool {
    let indicators = &checker.written.indicators;
    let behind = |id: &IndicatorId| {
        let (mut found, mut next) = (BTreeSet::new(), vec![id.clone()]);
        while let Some(id) = next.pop() {
            if found.insert(id.clone()) {
                let methods = indicators.get(&id).into_iter().map(|indicator| indicator.method.form());
                next.extend(methods.flat_map(|form| form.indicators()).map(|id| id.value.clone()));
            }
        }
        found
    };
    let Some((id, all)) =
        of.iter().map(|id| (id, behind(&id.value))).find(|(_, all)| all.contains(&entry.id.value))
    else {
        return false;
    };
    let position = indicators.position(&entry.id.value);
    let is_first = |other: &IndicatorId| {
        indicators.position(other) >= position || !behind(other).contains(&entry.id.value)
    };
    if all.iter().all(is_first) {
        let hint = "follow the indicators that it names; one of them must be built on populations alone";
        checker.wrong("circular", format!("`{}` is built on itself", entry.id), &id.place, hint);
    }
    true
}

/// What adds up numbers needs a population that has them.
fn check_has_numbers(of: &At<PopulationId>, checker: &mut Checker) {
    let population = checker.written.populations.get(&of.value);
    if population.is_some_and(|population| !population.has_numbers()) {
        let hint = "numbers are wanted, not rows; give the population `sum: COLUMN` or `value: EXPRESSION`";
        checker.wrong("no-numbers", format!("`{of}` counts rows"), &of.place, hint);
    }
}

/// What looks at single rows needs a population whose rows are persons or dwellings, each with a number.
fn check_single_rows(of: &At<PopulationId>, checker: &mut Checker) {
    check_has_numbers(of, checker);
    let written = checker.written;
    let source = super::source_of(&written.populations, &of.value).and_then(|id| written.sources.get(id));
    if source.is_some_and(|source| matches!(source.located_by.as_deref(), Some(LocatedBy::Area(_)))) {
        let message = format!("the rows of `{of}` are figures of areas");
        let hint = "it takes single persons or dwellings; name a population of a source that has them";
        checker.wrong("not-single-rows", message, &of.place, hint);
    }
}
