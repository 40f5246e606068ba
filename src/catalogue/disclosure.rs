//! `disclosure:` when values are hidden out of regard for single persons: on an indicator the rule for its values, on a source
//! what the contract on its data asks for.
//!
//! What a field that is left out stands for, and how rule and contract become one, is in [`super::protection`].

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    At, HigherIs, Indicator, MadeBy, Method, Sensitivity, Source, base::is_shipped, check::Checker,
    written::Written,
};
use crate::{
    diagnostics::{Diagnostic, Place},
    ids::{IndicatorId, SourceId},
};

/// When values are hidden. The strictest of an indicator's rule, of the rules of indicators that it builds on, and of the
/// contracts of its sources holds, field by field. A contract only adds to the rule; what neither says has the default.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Disclosure {
    /// The smallest number of persons, dwellings or events that is shown (default 5); numbers from 1 to below it are hidden.
    pub at_least: Option<At<u32>>,
    /// The same in areas whose value the law itself asks for: areas of the layer of one of the law's rule sets, with the
    /// residents that it asks for. Only on an indicator that decides a criterion of the law; without it `at-least` holds there.
    pub statutory: Option<At<u32>>,
    /// Whether the number of the others is hidden like the number itself (default true): 38 of 40 tells of the other 2.
    pub complement: Option<At<bool>>,
    /// A share of everybody is hidden where it is of fewer than so many: it says something of each of them (default 30; 0
    /// where all sources are public).
    pub group: Option<At<u32>>,
    /// Whether a share of nobody, among as few, says something of each of them (default `sensitive` where a higher share is
    /// better, else `harmless`).
    pub zero: Option<At<Zero>>,
    /// A sum or mean of persons' numbers is hidden where all but the two largest make up less than so many per cent of the
    /// largest: the second could reckon the first out (default 10). Known for single rows only; of figures of areas the
    /// supplier's rule holds.
    pub p_percent: Option<At<u32>>,
    /// The fewest households under a mean, median or duration (default 20; 0 where all sources are public).
    pub households: Option<At<u32>>,
    /// The fewest persons under a mean, median or duration (default 30; 0 where all sources are public).
    pub persons: Option<At<u32>>,
    /// The fewest residents of an area that has values at all (default 100; 0 for plain numbers).
    pub residents: Option<At<u32>>,
}

/// Whether nobody says something of everybody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Zero {
    /// It says nothing.
    Harmless,
    /// It does: nobody in work means that each of them is without.
    Sensitive,
}

/// One part of a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    /// `at-least`
    AtLeast,
    /// `statutory`
    Statutory,
    /// `complement`
    Complement,
    /// `group`
    Group,
    /// `zero`
    Zero,
    /// `p-percent`
    PPercent,
    /// `households`
    Households,
    /// `persons`
    Persons,
    /// `residents`
    Residents,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AtLeast,
        Self::Statutory,
        Self::Complement,
        Self::Group,
        Self::Zero,
        Self::PPercent,
        Self::Households,
        Self::Persons,
        Self::Residents,
    ];

    /// The field as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::AtLeast => "at-least",
            Self::Statutory => "statutory",
            Self::Complement => "complement",
            Self::Group => "group",
            Self::Zero => "zero",
            Self::PPercent => "p-percent",
            Self::Households => "households",
            Self::Persons => "persons",
            Self::Residents => "residents",
        }
    }

    /// A value of it as the catalogue writes it.
    pub fn written(self, value: u32) -> String {
        match self {
            Self::Complement => (value > 0).to_string(),
            Self::Zero => if value > 0 { "sensitive" } else { "harmless" }.to_string(),
            _ => value.to_string(),
        }
    }

    /// The numbers that it can be.
    fn range(self) -> RangeInclusive<u32> {
        match self {
            Self::AtLeast | Self::Statutory => 1..=1000,
            Self::Complement | Self::Zero => 0..=1,
            Self::PPercent => 0..=100,
            Self::Group | Self::Households | Self::Persons => 0..=10_000,
            Self::Residents => 0..=1_000_000,
        }
    }
}

impl Disclosure {
    /// What it says of a field, as a number that is larger the stricter it is, and where.
    pub fn given(&self, field: Field) -> Option<(u32, &Place)> {
        fn number(at: &Option<At<u32>>) -> Option<(u32, &Place)> {
            at.as_ref().map(|at| (at.value, &at.place))
        }
        match field {
            Field::AtLeast => number(&self.at_least),
            Field::Statutory => number(&self.statutory),
            Field::Complement => self.complement.as_ref().map(|at| (u32::from(at.value), &at.place)),
            Field::Group => number(&self.group),
            Field::Zero => self.zero.as_ref().map(|at| (u32::from(at.value == Zero::Sensitive), &at.place)),
            Field::PPercent => number(&self.p_percent),
            Field::Households => number(&self.households),
            Field::Persons => number(&self.persons),
            Field::Residents => number(&self.residents),
        }
    }

    /// Everything that it says: each field, how strict, and where.
    pub fn all(&self) -> impl Iterator<Item = (Field, u32, &Place)> {
        Field::ALL
            .into_iter()
            .filter_map(|field| self.given(field).map(|(value, place)| (field, value, place)))
    }

    /// Takes over the fields that another gives.
    pub(super) fn adjust(&mut self, other: Self) {
        fn replace<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        replace(&mut self.at_least, other.at_least);
        replace(&mut self.statutory, other.statutory);
        replace(&mut self.complement, other.complement);
        replace(&mut self.group, other.group);
        replace(&mut self.zero, other.zero);
        replace(&mut self.p_percent, other.p_percent);
        replace(&mut self.households, other.households);
        replace(&mut self.persons, other.persons);
        replace(&mut self.residents, other.residents);
    }

    /// Numbers that can be, on an indicator or a source.
    fn check_numbers(&self, checker: &mut Checker) {
        for (field, value, place) in self.all() {
            let range = field.range();
            if !range.contains(&value) {
                let message = format!("`{}: {value}` is no rule", field.word());
                let hint = format!("write a whole number from {} to {}", range.start(), range.end());
                checker.wrong("bad-number", message, place, hint);
            }
        }
    }

    /// The contract of a source.
    pub(super) fn check_contract(&self, source: &At<SourceId>, checker: &mut Checker) {
        self.check_numbers(checker);
        if let Some(statutory) = &self.statutory {
            let message = format!("the contract of `{source}` cannot make an exception for the law");
            let hint =
                "what a supplier asks for holds everywhere; remove `statutory`, it belongs to an indicator";
            checker.wrong("not-statutory", message, &statutory.place, hint);
        }
    }
}

/// What a field of an indicator's rule stands for where it is left out; `public`: anyone may see the rows of all its sources.
pub(super) fn default(field: Field, indicator: &Indicator, public: bool) -> u32 {
    let unless_public = |value: u32| if public { 0 } else { value };
    match field {
        Field::AtLeast => 5,
        Field::Statutory => indicator.disclosure.at_least.as_ref().map_or(5, |least| least.value),
        Field::Complement => 1,
        Field::Group => unless_public(30),
        Field::Zero => {
            let share = matches!(&*indicator.method, Method::Share(_) | Method::Distance(_));
            unless_public(u32::from(share && indicator.higher_is == HigherIs::Better))
        }
        Field::PPercent => 10,
        Field::Households => unless_public(20),
        Field::Persons => unless_public(30),
        Field::Residents => {
            if matches!(&*indicator.method, Method::Count(_)) {
                0
            } else {
                100
            }
        }
    }
}

/// The rule of an indicator.
pub(super) fn check(id: &At<IndicatorId>, indicator: &Indicator, checker: &mut Checker) {
    let rule = &indicator.disclosure;
    rule.check_numbers(checker);
    if let Some(statutory) = &rule.statutory {
        if !decides_by_law(checker.written, &id.value) {
            let message = format!("`{id}` decides no criterion of the law");
            let hint = "`statutory` is for values that a rule set of a family `made-by: law` asks for; write `at-least`";
            checker.wrong("not-statutory", message, &statutory.place, hint);
        }
        let least = default(Field::Statutory, indicator, false);
        if statutory.value > least {
            let message = format!("`statutory: {statutory}` hides more than `at-least: {least}`");
            let hint =
                "the law's areas are the exception that shows more; raise `at-least`, or remove `statutory`";
            checker.wrong("bad-number", message, &statutory.place, hint);
        }
    }
    if !is_shipped(&id.place) && !is_public(checker.written, indicator) {
        for (field, value, place) in rule.all().filter(|(field, ..)| *field != Field::Statutory) {
            let usual = default(field, indicator, false);
            if value < usual && field.range().contains(&value) {
                let (word, usual) = (field.word(), field.written(usual));
                let message = format!("`{word}: {}` of `{id}` shows more than usual", field.written(value));
                let hint = format!(
                    "the default is `{word}: {usual}`; keep this only if whoever answers for the data has agreed"
                );
                checker.push(Diagnostic::warning("shows-more", message, place).hint(hint));
            }
        }
    }
}

/// Does an indicator decide a criterion of the law, itself or as what another is relative to?
pub(super) fn decides_by_law(written: &Written, id: &IndicatorId) -> bool {
    let by_law =
        |family: &str| written.families.get(family).is_some_and(|family| family.made_by == MadeBy::Law);
    let sets = written.rule_sets.iter().filter(|(_, set)| by_law(set.family.as_str()));
    let mut criteria =
        sets.flat_map(|(_, set)| set.criteria.iter()).map(|(_, criterion)| &criterion.indicator.value);
    criteria.any(|deciding| {
        let behind = written.indicators.get(deciding).map(|indicator| indicator.method.form().indicators());
        deciding == id || behind.is_some_and(|all| all.iter().any(|other| other.value == *id))
    })
}

/// May anyone see the rows of all its own sources?
fn is_public(written: &Written, indicator: &Indicator) -> bool {
    let sources = indicator.method.form().roles().into_iter().filter_map(|(_, population)| {
        super::source_of(&written.populations, &population.value).and_then(|id| written.sources.get(id))
    });
    all_public(sources)
}

/// Are there sources, and is every one of them public?
pub(super) fn all_public<'a>(sources: impl Iterator<Item = &'a Source>) -> bool {
    let mut sources = sources.peekable();
    sources.peek().is_some() && sources.all(|source| source.sensitivity == Sensitivity::Public)
}
