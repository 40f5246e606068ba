//! `indicators:` what is measured, and how it is printed; `themes:` their headings.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    chance::Chance,
    check::{Checker, Kind},
    comparator::Comparator,
    dates::YearMonth,
    disclosure::{self, Disclosure},
    documented::Frequency,
    forms::form,
    methods::{Entry, Method},
    number::Number,
    source::BENCHMARKS,
    spans::At,
    text::Text,
    value::Value,
};
use crate::{diagnostics::Place, ids::IndicatorId, numbers::Decimal};

/// An indicator.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Indicator {
    /// Its name.
    pub title: Text,
    /// Its name in tight places.
    pub short: Option<Text>,
    /// What it is called inside a sentence, as `andelen uden tilknytning`.
    pub in_sentence: Option<Text>,
    /// The small line under the name: who is counted, and over which years, as `18–64 år, gennemsnit af to år`.
    pub population: Option<Text>,
    /// The theme it stands under.
    pub theme: At<String>,
    /// The question it answers.
    pub question: Option<Text>,
    /// How it is computed.
    #[serde(deserialize_with = "form")]
    pub method: At<Method>,
    /// The unit of its values.
    pub unit: Unit,
    /// The most decimals that are printed. A share, rate or ratio has fewer where its base cannot carry them (below 1,000 whole
    /// per cent: a decimal would give the numerator away), unless it decides a criterion of the law: then it is printed with
    /// so many, as the ministry does.
    pub decimals: Option<At<u8>>,
    /// Decimals that are printed whatever the base, for figures that an authority prints so.
    pub fixed_decimals: Option<At<u8>>,
    /// Whether a higher value is worse, better or neither.
    pub higher_is: HigherIs,
    /// The difference, in points of the unit, below which it is not worth a word (default 2).
    #[serde(default = "two")]
    pub matters: Number,
    /// What it is compared with, in the order printed.
    #[serde(default)]
    pub compare_with: Vec<At<Comparator>>,
    /// Three limits that make four classes on the map.
    pub classes: Option<At<Vec<At<Number>>>>,
    /// When its values are hidden.
    #[serde(default)]
    pub disclosure: Disclosure,
    /// It is one part of a whole that is printed as one figure.
    pub part_of: Option<PartOf>,
    /// It decides a criterion of the law: the rule sets say so, not the entry.
    #[serde(skip)]
    pub by_law: bool,
    /// A caution printed with it.
    pub read_with_care: Option<Text>,
    /// The definition in the data declaration: it names numerator and denominator.
    pub definition: Option<Text>,
    /// The registers that the figures come from, with the names of tables where they matter.
    pub register: Option<Text>,
    /// The day or the span of time that a value describes, as `1. januar`.
    pub reference_date: Option<Text>,
    /// How often there is a new figure.
    pub frequency: Option<Frequency>,
    /// When the figure of a period is there, as `15 måneder efter årets udgang`.
    pub delay: Option<Text>,
    /// What data a municipality must have, where its registers do not tell it well enough.
    pub needs: Option<Text>,
    /// Who gives access and how, where its registers do not tell it well enough.
    pub access: Option<Text>,
    /// How long it takes to begin, where its registers do not tell it well enough.
    pub hours: Option<Text>,
    /// Everyday words by which it is looked for, as `ledige`.
    #[serde(default)]
    pub search_words: Vec<Text>,
    /// What it was good for, as far as it is told.
    #[serde(default)]
    pub value: Vec<Value>,
    /// What leads a reader astray, one sentence each.
    #[serde(default)]
    pub pitfalls: Vec<Text>,
    /// Families of rule sets, or texts and addresses of what it builds on.
    #[serde(default)]
    pub references: Vec<At<String>>,
    /// How far chance can move a value, where the data do not tell.
    #[serde(default)]
    pub chance: Chance,
    /// Who answers for the entry: an office, not a person.
    pub owner: Option<Text>,
    /// Year and month in which the entry was last held against its register.
    pub checked: Option<At<YearMonth>>,
    /// Year and month by which that must be done again; later editions warn of it.
    pub review_by: Option<At<YearMonth>>,
}

/// A whole that is printed as one figure: a pyramid of ages, the households by kind. Only the latest period of its parts is
/// computed, only for areas that a report is made of, and of the parts the first documents them all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PartOf {
    /// The whole.
    pub figure: Whole,
    /// The places that have this part (default all from 100 residents).
    #[serde(default)]
    pub places: OfSize,
}

/// What there are parts of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Whole {
    /// Residents by age and sex.
    Ages,
    /// Households by kind.
    Households,
    /// Dwellings by floor area.
    FloorArea,
    /// Dwellings by the year they were built.
    YearBuilt,
}

/// Places by residents.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OfSize {
    /// From 100 residents.
    #[default]
    All,
    /// From 100 to 299 residents: few and broad groups.
    Small,
    /// From 300 residents.
    Large,
}

/// The default of `matters`.
fn two() -> Number {
    Number(Decimal::whole(2))
}

/// A unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Per cent; a difference is in points.
    Percent,
    /// A bare number.
    Count,
    /// Persons.
    Persons,
    /// Dwellings.
    Dwellings,
    /// Danish kroner.
    Kroner,
    /// Square metres.
    SquareMetres,
    /// Years.
    Years,
    /// A quotient.
    Ratio,
    /// So many times another value.
    Times,
    /// Another value is 100.
    Index,
    /// Per 100.
    #[serde(rename = "per-100")]
    Per100,
    /// Per 1,000.
    #[serde(rename = "per-1000")]
    Per1000,
    /// Per 10,000.
    #[serde(rename = "per-10000")]
    Per10000,
    /// Per hectare.
    PerHectare,
    /// Per square kilometre.
    PerSquareKilometre,
    /// Metres.
    Metres,
    /// Kilometres.
    Kilometres,
    /// Percentage points: a difference between two shares.
    Points,
    /// Marks of the seven-point grading scale.
    Marks,
    /// A score without a unit of its own, as an index from 0 to 100.
    Score,
}

impl Unit {
    /// The unit as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Persons => "persons",
            Self::Dwellings => "dwellings",
            Self::Kroner => "kroner",
            Self::SquareMetres => "square-metres",
            Self::Years => "years",
            Self::Ratio => "ratio",
            Self::Times => "times",
            Self::Index => "index",
            Self::Per100 => "per-100",
            Self::Per1000 => "per-1000",
            Self::Per10000 => "per-10000",
            Self::PerHectare => "per-hectare",
            Self::PerSquareKilometre => "per-square-kilometre",
            Self::Metres => "metres",
            Self::Kilometres => "kilometres",
            Self::Points => "points",
            Self::Marks => "marks",
            Self::Score => "score",
        }
    }
}

/// Whether a higher value is worse, better or neither.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HigherIs {
    /// Worse.
    Worse,
    /// Better.
    Better,
    /// Neither.
    Neutral,
}

impl Indicator {
    /// The name for tight places.
    pub fn short_title(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.title)
    }
}

/// Themes and indicators.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.themes);
    checker.ids(&written.indicators);
    for (id, indicator) in written.indicators.iter() {
        indicator.check(id, checker);
    }
}

impl Indicator {
    /// One indicator: references, method, and how it is printed.
    fn check(&self, id: &At<IndicatorId>, checker: &mut Checker) {
        checker.refer(Kind::Theme, &self.theme, &self.theme.place);
        self.method.check(&Entry { id, unit: self.unit, place: &self.method.place }, checker);
        self.check_comparators(checker);
        self.check_documentation(id, checker);
        self.value.iter().for_each(|value| value.check(checker));
        self.chance.check(self, checker);
        disclosure::check(id, self, checker);
        if let Some(classes) = &self.classes
            && (classes.len() != 3 || classes.windows(2).any(|pair| pair[0].to_f64() >= pair[1].to_f64()))
        {
            let hint =
                "the map has four classes, the same in every area and year; write them as [10, 20, 30]";
            checker.wrong("bad-classes", "classes are three rising limits", &classes.place, hint);
        }
        for decimals in [&self.decimals, &self.fixed_decimals].into_iter().flatten().filter(|d| d.value > 4) {
            let hint =
                "no base of a few hundred persons carries more than 4; leave it out to let the base decide";
            checker.wrong("bad-number", format!("{decimals} decimals are too many"), &decimals.place, hint);
        }
        if let (Some(_), Some(fixed)) = (&self.decimals, &self.fixed_decimals) {
            let hint =
                "`decimals` are the most that are printed, `fixed-decimals` are printed always; keep one";
            checker.wrong("two-decimals", format!("`{id}` has both"), &fixed.place, hint);
        }
        for reference in &self.references {
            let is_id = !reference.contains([' ', '.', '/', '§']);
            if is_id && !checker.knows(Kind::Family, reference) && !checker.knows(Kind::RuleSet, reference) {
                checker.refer(Kind::Family, reference, &reference.place);
            }
        }
        if id.as_str() == super::RESIDENTS && !matches!(self.method.value, Method::Count(_)) {
            let hint = "rules for small places and `applies-to` use it; write `method: { count: { of: … } }`";
            checker.wrong("bad-residents", "`residents` is a count of residents", &self.method.place, hint);
        }
    }

    fn check_comparators(&self, checker: &mut Checker) {
        for (i, comparator) in self.compare_with.iter().enumerate() {
            if self.compare_with[..i].iter().any(|before| before.value == comparator.value) {
                checker.wrong(
                    "named-twice",
                    "a comparator is named twice",
                    &comparator.place,
                    "remove one of the two",
                );
            }
            if matches!(comparator.value, Comparator::Country | Comparator::Region) {
                check_benchmarks(&comparator.place, checker);
            }
            if comparator.value == Comparator::Twins {
                super::twins::check_comparator(&comparator.place, checker);
            }
        }
    }
}

/// National and regional values come from the source `benchmarks`.
pub(super) fn check_benchmarks(place: &Place, checker: &mut Checker) {
    if !checker.knows(Kind::Source, BENCHMARKS) {
        let hint =
            "declare a source with the id `benchmarks`: columns indicator, place, period, value, part, whole";
        checker.wrong("no-benchmarks", "there are no national or regional values", place, hint);
    }
}
