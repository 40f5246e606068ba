//! What may be published, and nothing else: the only thing that figures and reports ever see of the data.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    moves::{Letting, Moved, Profile, Replaced, Split, Vacated},
    statutory::{Amount, Backtest, Hinge, Needed, Outlook, Reason, WhatIf},
    typology::Class,
};
use crate::{
    audit::sheet::Sheet,
    catalogue::Date,
    editions::Number,
    ids::{AreaId, Period, StatusId, ValueId},
    numbers::Decimal,
};

/// Whether something is shown. `Hidden` has no reason, anywhere: the reason itself could disclose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State<T> {
    /// Published.
    Shown(T),
    /// Not shown, out of regard for single persons.
    Hidden,
    /// There is no value.
    Missing(Missing),
}

/// Why there is no value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The source has no row for this area and period.
    NoData,
    /// The base is zero: nobody to count.
    EmptyBase,
    /// Too few residents for this kind of figure (judgement for small places).
    TooSmall,
    /// The definition or the boundary changed.
    Break,
    /// No benchmark for the period.
    NoBenchmark,
    /// The middle was not reached: more than half still go on, or are out of reach. Of an amount: no number turns the outcome.
    NotReached,
    /// Too few areas to say how one stands among them.
    TooFewAreas,
    /// Too few years, or too few past errors, to forecast.
    TooFewYears,
    /// Too few persons are found again in the next register to tell who moved.
    FewFoundAgain,
}

/// One published fact.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    /// A number of rows, persons, dwellings or criteria.
    Count(i64),
    /// An indicator's or a criterion's value.
    Value(Value),
    /// The comparison of a value with its comparator; stored under `verdict/INDICATOR@area@period~comparator`.
    Verdict(Verdict),
    /// Change since an earlier period; stored under `change/INDICATOR@area@period`.
    Change(Change),
    /// The trend of the last five years; stored under `trend/INDICATOR@area@period`.
    Trend(Trend),
    /// How much the areas of a layer differ beyond chance; stored under `overdispersion/INDICATOR/LAYER@municipality@period`.
    Overdispersion(Overdispersion),
    /// A criterion is met; stored under `FAMILY/CRITERION/met@area@year`.
    Met(bool),
    /// An area's status; stored under `FAMILY@area@year`, our own computation under `FAMILY/own@area@year`.
    Status(Status),
    /// Distance to a limit in the indicator's unit, positive = over the limit; under `FAMILY/CRITERION/distance@area@year`.
    Distance(Decimal),
    /// An area's class in a composite; stored under `INDICATOR/class@area@period`.
    Class(Class),
    /// Other areas, the nearest first; stored under `twins@area@year`.
    Areas(Vec<AreaId>),
    /// What the next list takes of a criterion; under `FAMILY/CRITERION/next@area@year`, of the latest list.
    Needed(Needed),
    /// Distance in the criterion's own unit; under `FAMILY/CRITERION/amount/MECHANISM@area@year` for the list made,
    /// `FAMILY/CRITERION/next/MECHANISM@area@year` for the next one.
    Amount(Amount),
    /// How likely a status, or a stricter one, is on the next list; under `FAMILY/STATUS/outlook@area@year`, of the latest list.
    Outlook(Outlook),
    /// Why the status is another than on the list before; under `FAMILY/reasons@area@year`.
    Reasons(Vec<Reason>),
    /// What the status hangs on; under `FAMILY/hangs-on@area@year`, of the latest list.
    HangsOn(Vec<Hinge>),
    /// How past forecasts came out; under `FAMILY/CRITERION/backtest@municipality@year` or `FAMILY/STATUS/…`.
    Backtest(Backtest),
    /// What lettings can do to a criterion; under `FAMILY/what-if/TOOL@area@year`, of the latest list.
    WhatIf(WhatIf),
    /// A change split by what happened to the persons; under `moves/SPLIT@area@period`.
    Split(Split),
    /// How many came and went; under `moves/persons@area@period`.
    Moved(Moved),
    /// Shares among those who came and went; under `moves/profile/INDICATOR@area@period`.
    Profile(Profile),
    /// Households that gave up their dwelling; under `moves/vacated@area@period`.
    Vacated(Vacated),
    /// A share if those who move in were others; under `moves/what-if/SPLIT/SCENARIO@area@period`.
    Replaced(Replaced),
    /// How dwellings were let; under `moves/letting/KIND@area@period`.
    Letting(Letting),
}

/// A published number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// The value, with the decimals that its base can carry.
    pub value: Decimal,
    /// The 99 per cent interval, where one can be given; of a forecast the 80 per cent interval of past errors.
    pub interval: Option<(Decimal, Decimal)>,
    /// Numerator, if published.
    pub part: Option<Decimal>,
    /// Denominator, if published.
    pub whole: Option<Decimal>,
    /// Over how many years it is; they end in its period.
    pub years: u8,
}

/// What a comparison says. Whether that is good or bad follows from the indicator's `higher-is`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Surely higher, and by at least what matters.
    Higher,
    /// Surely lower, and by at least what matters.
    Lower,
    /// Chance can explain the difference, or it is too small to matter.
    CannotTell,
    /// There is no interval to judge with.
    NotJudged,
}

/// A change between two periods.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Earlier period.
    pub since: Period,
    /// Now minus then, in the unit and decimals of the value.
    pub difference: Decimal,
    /// `Higher` = surely risen, `Lower` = surely fallen.
    pub verdict: Verdict,
}

/// A trend over single years.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trend {
    /// The first year.
    pub since: Period,
    /// The last year.
    pub until: Period,
    /// The slope of a line through the years, in the unit and decimals of the value, per year.
    pub slope: Decimal,
    /// `Higher` = surely rising, `Lower` = surely falling.
    pub verdict: Verdict,
}

/// How much the areas of a layer differ beyond what chance explains.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Overdispersion {
    /// How many areas it is of.
    pub areas: i64,
    /// The mean of their squared scores (phi): 1 when chance explains all.
    pub phi: Decimal,
    /// The standard deviation between areas beyond chance (tau), in the unit of the value; 0 where chance explains it.
    pub between: Decimal,
}

/// An area's status on one list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    /// What it is.
    pub status: Standing,
    /// True if it is the ministry's, false if it is our own computation.
    pub official: bool,
    /// The list's day.
    pub list: Date,
}

/// Standing on one list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// A status of the rule set's family (`udsat`, …), or `listed` before 2018.
    On(StatusId),
    /// Not on the list.
    NotListed,
    /// Fewer residents than the rule set asks for.
    TooFewResidents,
    /// Cannot be told: a figure is missing or not shown.
    CannotTell,
}

/// Everything that may be published, over all areas and periods. Made only by the gate in `compute::disclose`.
pub struct Publication {
    facts: BTreeMap<ValueId, State<Fact>>,
    numbers: Vec<Number>,
    sheets: Vec<Sheet>,
}

impl Publication {
    pub(in crate::compute) fn new(
        facts: BTreeMap<ValueId, State<Fact>>,
        numbers: Vec<Number>,
        sheets: Vec<Sheet>,
    ) -> Self {
        Self { facts, numbers, sheets }
    }

    /// A publication of facts written by hand, for tests of later stages. Nothing else makes one but the gate.
    #[cfg(test)]
    pub fn of(facts: BTreeMap<ValueId, State<Fact>>) -> Self {
        Self { facts, numbers: Vec::new(), sheets: Vec::new() }
    }

    /// Every number that the shown facts tell: what an edition adds to the ledger. Reckoned for the whole attack only.
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// What an attacker has: of every source and period what is told, and what must stay hidden. It holds no hidden number.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// All facts, sorted by id.
    pub fn facts(&self) -> impl Iterator<Item = (&ValueId, &State<Fact>)> {
        self.facts.iter()
    }

    /// The fact with this id; `Missing(NoData)` if there is none.
    pub fn get(&self, id: &ValueId) -> &State<Fact> {
        self.facts.get(id).unwrap_or(&State::Missing(Missing::NoData))
    }

    /// The number with this id.
    pub fn value(&self, id: &ValueId) -> State<&Value> {
        match self.get(id) {
            State::Shown(Fact::Value(value)) => State::Shown(value),
            State::Hidden => State::Hidden,
            State::Missing(missing) => State::Missing(*missing),
            State::Shown(_) => State::Missing(Missing::NoData),
        }
    }

    /// The count with this id.
    pub fn count(&self, id: &ValueId) -> State<i64> {
        match self.get(id) {
            State::Shown(Fact::Count(count)) => State::Shown(*count),
            State::Hidden => State::Hidden,
            State::Missing(missing) => State::Missing(*missing),
            State::Shown(_) => State::Missing(Missing::NoData),
        }
    }

    /// The comparison of an area's value with a comparator.
    pub fn verdict(&self, value: &ValueId, comparator: &AreaId) -> Option<Verdict> {
        match self.get(&prefixed("verdict", value).against(comparator.clone())) {
            State::Shown(Fact::Verdict(verdict)) => Some(*verdict),
            _ => None,
        }
    }

    /// The change that ends in this value.
    pub fn change(&self, value: &ValueId) -> Option<&Change> {
        match self.get(&prefixed("change", value)) {
            State::Shown(Fact::Change(change)) => Some(change),
            _ => None,
        }
    }

    /// The trend that ends in this value.
    pub fn trend(&self, value: &ValueId) -> Option<&Trend> {
        match self.get(&prefixed("trend", value)) {
            State::Shown(Fact::Trend(trend)) => Some(trend),
            _ => None,
        }
    }

    /// Periods for which `what` has an own fact for this area (shown, hidden or missing), ascending.
    pub fn periods(&self, what: &str, area: &AreaId) -> Vec<Period> {
        let from = ValueId::own(what, area, Period::Year(0));
        self.facts
            .range(from..)
            .take_while(|(id, _)| &*id.what == what && id.area == *area)
            .filter(|(id, _)| id.against.is_none())
            .map(|(id, _)| id.period)
            .collect()
    }
}

/// `verdict/no-work@a@p` from `no-work@a@p`.
pub fn prefixed(prefix: &str, id: &ValueId) -> ValueId {
    ValueId { what: format!("{prefix}/{}", id.what).into(), ..id.clone() }
}
