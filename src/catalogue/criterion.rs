//! `criteria:` of a rule set: an indicator, its limit exactly as the law writes it, and what can move it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Catalogue, Method,
    check::Checker,
    dates::Date,
    forms::form,
    number::Number,
    spans::{At, Section},
    text::Text,
};
use crate::ids::IndicatorId;

/// A criterion: an indicator and a limit.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Criterion {
    /// Its name, where it is not the indicator's.
    pub title: Option<Text>,
    /// The indicator.
    pub indicator: At<IndicatorId>,
    /// The limit.
    #[serde(deserialize_with = "form")]
    pub is: At<Limit>,
    /// How many years before the list's year the data is from: the last year, if the indicator is over several.
    #[serde(default)]
    pub years_back: u8,
    /// The criterion on origin.
    #[serde(default)]
    pub origin: bool,
    /// Of a limit that follows the country's mean: what it came to on a list, by the list's date, as it was published with it.
    /// It counts where neither the official list nor benchmarks give the limit.
    #[serde(default)]
    pub published: Section<Date, At<Number>>,
    /// What can move it, where a distance may be counted in its own unit; none for convictions and origin.
    #[serde(default)]
    pub mechanisms: Vec<At<Mechanism>>,
    /// What such a distance is counted in (default persons).
    #[serde(default)]
    pub counts: Amounts,
}

impl Criterion {
    /// The limit published with the list of a year.
    pub fn published_limit(&self, year: u16) -> Option<Number> {
        self.published.iter().rev().find(|(date, _)| date.year == year).map(|(_, limit)| limit.value)
    }

    /// Mechanisms that fit what is counted, and what the indicator is made of; none for origin.
    pub(super) fn check(&self, checker: &mut Checker) {
        let indicator = &self.indicator;
        let moved = Moved::of(&indicator.value, checker);
        let kroner = self.counts == Amounts::Kroner;
        for mechanism in &self.mechanisms {
            let (word, income) = (mechanism.word(), mechanism.value == Mechanism::Income);
            let (message, hint) = if self.origin {
                let hint = "the criterion on origin is never counted in persons; remove `mechanisms:`";
                ("origin has no mechanism".to_string(), hint)
            } else if income && !kroner {
                let hint = "add `counts: kroner`; what counts persons is moved by changes of state and moves";
                (format!("`{word}` is counted in kroner"), hint)
            } else if kroner && !income {
                let hint = "what is counted in kroner has `mechanisms: [income]`";
                (format!("`{word}` is not counted in kroner"), hint)
            } else if !(if kroner { moved.by_kroner } else { moved.by_persons }) {
                let hint = "persons move a share, and kroner a mean, by itself or relative to a benchmark; else remove `mechanisms:`";
                (format!("how many turn `{indicator}` by `{word}` cannot be told"), hint)
            } else {
                continue;
            };
            checker.wrong("bad-mechanism", message, &mechanism.place, hint);
        }
    }
}

/// What can move an indicator by a number that can be told.
#[derive(Clone, Copy)]
struct Moved {
    by_persons: bool,
    by_kroner: bool,
}

impl Moved {
    fn of(indicator: &IndicatorId, checker: &Checker) -> Self {
        let method = |id: &IndicatorId| checker.written.indicators.get(id).map(|found| &*found.method);
        match method(indicator) {
            Some(Method::Relative(relative)) if relative.to.benchmark.is_some() => {
                match &relative.indicator {
                    Some(behind) => Self::by(method(&behind.value)),
                    None => Self { by_persons: true, by_kroner: true },
                }
            }
            plain => Self::by(plain),
        }
    }

    /// Whether persons or kroner are counted in two populations cannot be seen from a quotient of them, nor from what is
    /// not there.
    fn by(method: Option<&Method>) -> Self {
        let (by_persons, by_kroner) = match method {
            Some(Method::Share(_)) => (true, false),
            Some(Method::Mean(_)) => (false, true),
            None | Some(Method::Rate(_) | Method::Ratio(_)) => (true, true),
            Some(_) => (false, false),
        };
        Self { by_persons, by_kroner }
    }
}

impl Catalogue {
    /// The data years that a criterion takes on the list of a year, ascending.
    pub fn data_years(&self, criterion: &Criterion, list: u16) -> Vec<u16> {
        let last = list.saturating_sub(u16::from(criterion.years_back));
        (0..u16::from(self.years_of(criterion))).rev().map(|back| last.saturating_sub(back)).collect()
    }

    /// The first list that what is done in a year can change, and over how many years its value is: it counts there for one
    /// part in so many, and as much on each list until the last that takes the year. Data of the list's own year are counted
    /// on 1 January, before anything is done in it.
    pub fn first_list(&self, criterion: &Criterion, year: u16) -> (u16, u8) {
        (year.saturating_add(u16::from(criterion.years_back.max(1))), self.years_of(criterion))
    }

    /// Over how many years a criterion's value is: its indicator's, or those of the one behind it.
    fn years_of(&self, criterion: &Criterion) -> u8 {
        let own = self.indicator(&criterion.indicator).map(|indicator| indicator.method.form());
        let behind = own.into_iter().flat_map(|form| form.indicators()).filter_map(|id| self.indicator(id));
        let forms = own.into_iter().chain(behind.map(|indicator| indicator.method.form()));
        forms.filter_map(|form| form.years()).map(|years| years.count()).max().unwrap_or(1).max(1)
    }
}

/// What can move a criterion.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// A resident's state changes, and nobody moves.
    StateChange,
    /// A resident's education from abroad is approved: a change of state.
    Approval,
    /// One moves out and another moves in, who differ in the trait.
    Replacement,
    /// Residents with the trait move out (or, to meet the criterion, those without it), and nobody moves in.
    MovesOut,
    /// Residents without the trait move in (or, to meet the criterion, those with it), and nobody moves out.
    MovesIn,
    /// Residents grow into or out of the age group.
    Ageing,
    /// Incomes rise or fall.
    Income,
}

impl Mechanism {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::StateChange => "state-change",
            Self::Approval => "approval",
            Self::Replacement => "replacement",
            Self::MovesOut => "moves-out",
            Self::MovesIn => "moves-in",
            Self::Ageing => "ageing",
            Self::Income => "income",
        }
    }
}

/// What a distance is counted in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Amounts {
    /// Persons.
    #[default]
    Persons,
    /// Full-time persons: not heads.
    FullTimePersons,
    /// Kroner a year for each person of the base.
    Kroner,
    /// Residents.
    Residents,
}

impl Amounts {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::FullTimePersons => "full-time-persons",
            Self::Kroner => "kroner",
            Self::Residents => "residents",
        }
    }
}

/// A limit. The value is exactly as written; comparisons are made on unrounded values.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// More than (`overstiger`).
    Over(At<Number>),
    /// This much or more (`mindst`).
    AtLeast(At<Number>),
    /// Less than (`under`).
    Under(At<Number>),
    /// This much or less (`højst`).
    AtMost(At<Number>),
}

impl Limit {
    /// The number.
    pub fn number(&self) -> &At<Number> {
        match self {
            Self::Over(number) | Self::AtLeast(number) | Self::Under(number) | Self::AtMost(number) => number,
        }
    }

    /// Is the criterion met above the limit (and not below it)?
    pub fn is_upper(&self) -> bool {
        matches!(self, Self::Over(_) | Self::AtLeast(_))
    }

    /// Is the criterion not met exactly at the limit?
    pub fn is_strict(&self) -> bool {
        matches!(self, Self::Over(_) | Self::Under(_))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::catalogue::load;

    #[test]
    fn a_list_takes_the_data_years_of_its_rule_set_and_what_is_done_in_a_year_counts_from_a_later_list() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators.yaml");
        let (catalogue, _) = load(&file).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let set = catalogue.rule_sets.get("abl-61a-2021").expect("the rule set is there");
        let years = |criterion: &str| {
            catalogue.data_years(set.criteria.get(criterion).expect("the criterion is there"), 2025)
        };
        assert_eq!(years("no-work"), [2023, 2024]);
        assert_eq!(years("convicted"), [2023, 2024]);
        assert_eq!(years("education"), [2024]);
        assert_eq!(years("income"), [2024]);
        assert_eq!(years("origin"), [2025]);
        let first = |criterion: &str| {
            catalogue.first_list(set.criteria.get(criterion).expect("the criterion is there"), 2026)
        };
        assert_eq!(first("no-work"), (2027, 2));
        assert_eq!(first("education"), (2027, 1));
        assert_eq!(first("origin"), (2027, 1));
    }
}
