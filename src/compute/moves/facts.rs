//! What is told of moves: rounded, and as it may be published.

use serde::Serialize;

use super::super::publication::Verdict;
use crate::{ids::Period, numbers::Decimal};

/// How a person came to be counted in an area, or no longer is. Every person of a population at either of two times has
/// exactly one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    /// Moved in from the rest of the municipality.
    InMunicipality,
    /// Moved in from another municipality.
    InElsewhere,
    /// Moved in from abroad.
    InAbroad,
    /// Moved in from outside the municipality, where the data do not say from where.
    InOutside,
    /// Born during the year.
    Born,
    /// Lived there already and reached the age, or came into the population in another way.
    Entered,
    /// Came without any event that tells how.
    RegisterIn,
    /// Moved out to the rest of the municipality.
    OutMunicipality,
    /// Moved out to another municipality.
    OutElsewhere,
    /// Moved abroad.
    OutAbroad,
    /// Moved out of the municipality or died, where the data do not say which.
    OutOutside,
    /// Died.
    Died,
    /// Lives there still and passed the age, or left the population in another way.
    Left,
    /// Gone without any event that tells how.
    RegisterOut,
    /// Stayed and counts for more than before: became a case.
    Up,
    /// Stayed and counts for less than before: is a case no longer.
    Down,
    /// Stayed and counts for the same.
    Same,
    /// What the value is relative to changed: the region's figure.
    Yardstick,
}

/// The steps of a figure: flows that belong together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Moved in.
    In,
    /// Moved out.
    Out,
    /// Stayed.
    Stayers,
    /// Born, came of age, passed the age, died.
    AgeAndDeath,
    /// Corrections of the register.
    Register,
    /// What the value is relative to.
    Yardstick,
    /// Flows of several steps that had to be put together.
    Mixed,
}

/// Where a split comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Persons, linked between two registers of one day each.
    Linked,
    /// An ordered table of movers and stayers.
    Table,
}

/// The exact split of the change of a share, mean or ratio by what happened to the persons. Under `moves/SPLIT@area@period`
/// for the change over one period that ends there; under `moves/SPLIT/years@area@period` over several.
///
/// With p̄ the mean of the values at both times and N̄ that of the bases, a flow that changed the cases by dC and the base by dN
/// contributes (dC − p̄ dN) / N̄. Contributions add up to the change, whatever is put together (Bennet 1920, JRSS 83:455).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// The earlier time.
    pub since: Period,
    /// The value then, with the decimals of the terms.
    pub start: Decimal,
    /// The value now.
    pub end: Decimal,
    /// What contributed, in the finest groups of flows that may be told apart, in the order of [`Flow`]. The points of all terms are
    /// end − start exactly, as they are printed.
    pub terms: Vec<Term>,
    /// How the flows are known.
    pub basis: Basis,
    /// The base, rounded to whole numbers: persons at both times.
    pub persons: (i64, i64),
    /// How many of a hundred persons were found again or whose coming or going is documented, whole per cent rounded down;
    /// `None` for a table.
    pub linked: Option<i64>,
}

/// One line of a split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// The flows put together, in order. Where a number was too small by itself there are several.
    pub flows: Vec<Flow>,
    /// The contribution in the unit of the value (percentage points of a share).
    pub points: Decimal,
    /// So many persons: moved in or out, came of age or passed it, or stayed and changed; `None` where they are too few.
    pub persons: Option<i64>,
    /// What they count for: of movers the cases among them (full-time persons where rows have weights), of stayers by how much
    /// they count for more or less than before, without its sign; `None` where only a difference is told.
    pub cases: Option<Decimal>,
    /// Half of the 99 per cent interval of chance about the contribution, for those who moved in, of the one split that is
    /// declared to be tested.
    pub margin: Option<Decimal>,
}

/// Moves of all persons of an area over one period; under `moves/persons@area@period`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    /// The earlier time.
    pub since: Period,
    /// Persons who live in the area now and did not then, but for those born.
    pub moved_in: i64,
    /// Persons who lived there then and live elsewhere now, but for those who died.
    pub moved_out: i64,
    /// In per cent of the mean of the persons at both times: in, out, net and gross.
    pub rates: [Decimal; 4],
}

/// Shares among those who moved in and out, beside those of all residents; under `moves/profile/INDICATOR@area@period`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The earlier time: those who moved out are as they were then.
    pub since: Period,
    /// Share and 99 per cent interval of those who moved in.
    pub moved_in: (Decimal, Option<(Decimal, Decimal)>),
    /// Of those who moved out.
    pub moved_out: (Decimal, Option<(Decimal, Decimal)>),
    /// Of all residents now.
    pub residents: (Decimal, Option<(Decimal, Decimal)>),
    /// Persons who moved in and out, of whom the shares are.
    pub persons: (i64, i64),
    /// Those who moved in against those who moved out: surely higher or lower, and by what matters, or cannot be told.
    pub verdict: Verdict,
}

/// How many households gave up their dwelling; under `moves/vacated@area@period`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vacated {
    /// The earlier time.
    pub since: Period,
    /// Households of which nobody lives in the area any more.
    pub households: i64,
    /// In per cent of all households of the earlier time.
    pub share: Decimal,
    /// The median of the area's other years.
    pub usual: Option<Decimal>,
    /// Far from the area's own past: surely more than usual, and by three quarters at least.
    pub unusual: bool,
}

/// What the share would be if those who move in were others; under `moves/what-if/SPLIT/SCENARIO@area@period`. Arithmetic with
/// the area's own turnover, and no forecast.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Replaced {
    /// The share of cases among those who move in, as it was and as supposed.
    pub moved_in: (Decimal, Decimal),
    /// Persons who move in during a year.
    pub persons: i64,
    /// After so many years: the share with the movers as they were, with the supposed ones, and the 80 per cent interval of
    /// chance of the latter.
    pub after: Vec<(u8, Decimal, Decimal, (Decimal, Decimal))>,
    /// Over so many years the flows are a mean.
    pub years: u8,
}

/// From where those who moved in came: under `moves/from/ORIGIN@area@period` stands a [`super::super::Fact::Count`], ORIGIN
/// being the id of an area of the same layer or one of these.
pub const ORIGINS: [&str; 4] = ["municipality", "elsewhere", "abroad", "outside"];

/// An area's letting over one period; under `moves/letting/KIND@area@period`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letting {
    /// Households let to in this way.
    pub households: i64,
    /// In per cent of all households let to.
    pub share: Decimal,
    /// All households let to.
    pub all: i64,
    /// Where the law has a limit on this way of letting: at most so many per cent.
    pub at_most: Option<Decimal>,
    /// Those of the split's population who moved in so, and what they contributed to its change; `None` where they are too few.
    pub moved_in: Option<(i64, Decimal)>,
}

impl Flow {
    /// All, in order.
    pub const ALL: [Self; 18] = [
        Self::InMunicipality,
        Self::InElsewhere,
        Self::InAbroad,
        Self::InOutside,
        Self::Born,
        Self::Entered,
        Self::RegisterIn,
        Self::OutMunicipality,
        Self::OutElsewhere,
        Self::OutAbroad,
        Self::OutOutside,
        Self::Died,
        Self::Left,
        Self::RegisterOut,
        Self::Up,
        Self::Down,
        Self::Same,
        Self::Yardstick,
    ];

    /// The word in ids and in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::InMunicipality => "in-municipality",
            Self::InElsewhere => "in-elsewhere",
            Self::InAbroad => "in-abroad",
            Self::InOutside => "in-outside",
            Self::Born => "born",
            Self::Entered => "entered",
            Self::RegisterIn => "register-in",
            Self::OutMunicipality => "out-municipality",
            Self::OutElsewhere => "out-elsewhere",
            Self::OutAbroad => "out-abroad",
            Self::OutOutside => "out-outside",
            Self::Died => "died",
            Self::Left => "left",
            Self::RegisterOut => "register-out",
            Self::Up => "up",
            Self::Down => "down",
            Self::Same => "same",
            Self::Yardstick => "yardstick",
        }
    }

    /// The step that it belongs to.
    pub fn step(self) -> Step {
        match self {
            Self::InMunicipality | Self::InElsewhere | Self::InAbroad | Self::InOutside => Step::In,
            Self::OutMunicipality | Self::OutElsewhere | Self::OutAbroad | Self::OutOutside => Step::Out,
            Self::Born | Self::Entered | Self::Died | Self::Left => Step::AgeAndDeath,
            Self::RegisterIn | Self::RegisterOut => Step::Register,
            Self::Up | Self::Down | Self::Same => Step::Stayers,
            Self::Yardstick => Step::Yardstick,
        }
    }
}

impl Term {
    /// The words of its flows, joined: a part of its id.
    pub fn word(&self) -> String {
        let words: Vec<&str> = self.flows.iter().map(|flow| flow.word()).collect();
        words.join("+")
    }

    /// The step that all its flows belong to.
    pub fn step(&self) -> Step {
        let mut steps = self.flows.iter().map(|flow| flow.step());
        let first = steps.next().unwrap_or(Step::Mixed);
        if steps.all(|step| step == first) { first } else { Step::Mixed }
    }
}
