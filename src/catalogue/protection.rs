//! The rule that protects single persons in an indicator's values, and where each part of it comes from: the strictest of what
//! the indicator, those that it builds on and its sources' contracts declare, field by field.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{
    Catalogue, Indicator,
    disclosure::{Field, all_public, default},
};
use crate::ids::{IndicatorId, SourceId};

/// The rule that holds for an indicator's values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Protection {
    /// The smallest number that is shown.
    pub at_least: u32,
    /// Whether the number of the others is held against it too.
    pub complement: bool,
    /// Among fewer than so many a share of everybody is hidden.
    pub group: u32,
    /// Whether a share of nobody is hidden there too.
    pub zero: bool,
    /// The p of the p%-rule.
    pub p_percent: u32,
    /// The fewest households under a mean, median or duration.
    pub households: u32,
    /// The fewest persons.
    pub persons: u32,
    /// The fewest residents of an area that has values.
    pub residents: u32,
}

impl Default for Protection {
    /// What holds for numbers that belong to no indicator: the threshold, of the number and of the others.
    fn default() -> Self {
        Self {
            at_least: 5,
            complement: true,
            group: 0,
            zero: false,
            p_percent: 0,
            households: 0,
            persons: 0,
            residents: 0,
        }
    }
}

impl Protection {
    /// The stricter of two rules, field by field.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            at_least: self.at_least.max(other.at_least),
            complement: self.complement || other.complement,
            group: self.group.max(other.group),
            zero: self.zero || other.zero,
            p_percent: self.p_percent.max(other.p_percent),
            households: self.households.max(other.households),
            persons: self.persons.max(other.persons),
            residents: self.residents.max(other.residents),
        }
    }
}

/// Where a part of a rule comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Nobody declares it.
    Default,
    /// An indicator's entry.
    Indicator(IndicatorId),
    /// The municipality's `adjust:` of an indicator of the base.
    Adjusted(IndicatorId),
    /// The contract on a source.
    Contract(SourceId),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Indicator(id) => write!(f, "`{id}`"),
            Self::Adjusted(id) => write!(f, "`adjust:` of `{id}`"),
            Self::Contract(id) => write!(f, "contract of `{id}`"),
        }
    }
}

/// The rule of an indicator, part by part with its origin.
#[derive(Clone, Debug)]
pub struct Ruled(BTreeMap<Field, (u32, Origin)>);

impl Ruled {
    /// Each part of the rule: its name, its value as the catalogue writes it, and where it comes from.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, String, &Origin)> {
        self.0.iter().map(|(field, (value, origin))| (field.word(), field.written(*value), origin))
    }

    /// The rule outside the law's areas.
    pub fn usual(&self) -> Protection {
        let value = |field: Field| self.0.get(&field).map_or(0, |(value, _)| *value);
        Protection {
            at_least: value(Field::AtLeast),
            complement: value(Field::Complement) > 0,
            group: value(Field::Group),
            zero: value(Field::Zero) > 0,
            p_percent: value(Field::PPercent),
            households: value(Field::Households),
            persons: value(Field::Persons),
            residents: value(Field::Residents),
        }
    }

    /// The rule in areas whose value the law asks for, if it is another one.
    pub fn by_law(&self) -> Option<Protection> {
        let (at_least, _) = self.0.get(&Field::Statutory)?;
        Some(Protection { at_least: *at_least, ..self.usual() })
    }
}

impl Catalogue {
    /// The rule of an indicator outside the law's areas; the default rule if there is no such indicator.
    pub fn protection(&self, id: &IndicatorId) -> Protection {
        self.ruled(id).map_or_else(Protection::default, |ruled| ruled.usual())
    }

    /// The rule of an indicator, part by part.
    pub fn ruled(&self, id: &IndicatorId) -> Option<Ruled> {
        let indicator = self.indicator(id)?;
        let mut entries = BTreeMap::from([(id, indicator)]);
        self.behind(indicator, &mut entries);
        // The entry itself first: of equal parts its own is told.
        let entries: Vec<_> = std::iter::once((id, indicator))
            .chain(entries.into_iter().filter(|(other, _)| *other != id))
            .collect();
        let populations = indicator.method.populations(self);
        let sources: BTreeSet<&SourceId> = populations.iter().filter_map(|id| self.source_of(id)).collect();
        let public = all_public(sources.iter().filter_map(|id| self.source(id)));
        let excepts = entries.iter().any(|(_, entry)| entry.disclosure.statutory.is_some());
        let mut parts = BTreeMap::new();
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Statutory || excepts) {
            let own = entries.iter().map(|(id, entry)| self.declared(field, id, entry, public));
            let contracts = sources.iter().filter_map(|id| self.contract(field, id));
            let strictest =
                own.chain(contracts).reduce(|best, next| if next.0 > best.0 { next } else { best });
            parts.extend(strictest.map(|strictest| (field, strictest)));
        }
        Some(Ruled(parts))
    }

    /// What an entry says of a field.
    fn declared(&self, field: Field, id: &IndicatorId, entry: &Indicator, public: bool) -> (u32, Origin) {
        let Some((value, _)) = entry.disclosure.given(field) else {
            return (default(field, entry, public), Origin::Default);
        };
        let adjusted = self.adjust.get(id).and_then(|adjustment| adjustment.disclosure.as_ref());
        let origin = match adjusted.and_then(|rule| rule.given(field)) {
            Some(_) => Origin::Adjusted(id.clone()),
            None => Origin::Indicator(id.clone()),
        };
        (value, origin)
    }

    /// What the contract on a source says of a field; a contract makes no exception for the law.
    fn contract(&self, field: Field, id: &SourceId) -> Option<(u32, Origin)> {
        let field = if field == Field::Statutory { Field::AtLeast } else { field };
        let (value, _) = self.source(id)?.disclosure.as_ref()?.given(field)?;
        Some((value, Origin::Contract(id.clone())))
    }

    /// The indicators that one is built on, through however many others.
    fn behind<'a>(&'a self, indicator: &'a Indicator, found: &mut BTreeMap<&'a IndicatorId, &'a Indicator>) {
        for id in indicator.method.form().indicators() {
            if let Some((id, other)) = self.indicators.get_key_value(&id.value)
                && found.insert(&id.value, other).is_none()
            {
                self.behind(other, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Protection, load_str};

    const HEAD: &str = "\
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }
areas: { estates: { title: A, file: a.geojson, id: id } }
sources:
  figures: { title: F, file: f.csv, period: { year: year }, located-by: { area: area_id }, sensitivity: aggregate CONTRACT }
  open:    { title: O, file: o.csv, period: { year: year }, located-by: { area: area_id }, sensitivity: public }
populations:
  part:      { from: figures, where: key = 'a', sum: part }
  whole:     { from: figures, where: key = 'a', sum: whole }
  open-part: { from: open, sum: part }
  open-all:  { from: open, sum: whole }
themes: { all: Alt }
families: { law: { title: Lov, statuses: { hard: { name: Hård, symbol: full } } } }
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: { from: 2018-12-01 }
    applies-to: { layer: estates }
    criteria: { twice: { indicator: twice, is: { at-least: 2 }, years-back: 1 } }
    statuses: { hard: { when: twice } }
indicators:
  share: { title: S, theme: all, method: { share: { part: part, of: whole } }, unit: percent, higher-is: DIRECTION, disclosure: { OWN } }
  other: { title: O, theme: all, method: { share: { part: part, of: whole, years: { mean-of: 2 } } }, unit: percent, higher-is: worse }
  twice: { title: T, theme: all, method: { relative: { indicator: share, to: { municipality: {} }, as: times } }, unit: times, higher-is: worse }
  open:  { title: P, theme: all, method: { share: { part: open-part, of: open-all } }, unit: percent, higher-is: better }
  count: { title: C, theme: all, method: { count: { of: whole } }, unit: count, higher-is: neutral }
";

    fn text(contract: &str, direction: &str, own: &str) -> String {
        HEAD.replace(" CONTRACT", contract).replace("DIRECTION", direction).replace("OWN", own)
    }

    /// A part of a rule with its origin.
    fn part(text: &str, id: &str, name: &str) -> String {
        let (catalogue, _) = load_str("a.yaml", text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let ruled = catalogue.ruled(&id.into()).expect("declared");
        let mut parts = ruled.parts();
        parts
            .find(|(word, ..)| *word == name)
            .map_or("none".into(), |(_, value, origin)| format!("{value}, {origin}"))
    }

    #[test]
    fn the_strictest_of_rule_and_contract_holds_field_by_field() {
        let contract = ", disclosure: { at-least: 8, group: 10, persons: 50 }";
        let text = text(contract, "worse", "at-least: 6, group: 40");
        assert_eq!(part(&text, "share", "at-least"), "8, contract of `figures`");
        assert_eq!(part(&text, "share", "group"), "40, `share`");
        assert_eq!(part(&text, "share", "persons"), "50, contract of `figures`");
        assert_eq!(part(&text, "share", "households"), "20, default");
        assert_eq!(part(&text, "other", "at-least"), "8, contract of `figures`");
        assert_eq!(part(&text, "other", "group"), "30, default");
    }

    #[test]
    fn what_is_built_on_an_indicator_is_as_strict_as_that_one() {
        let text = text("", "worse", "at-least: 12");
        assert_eq!(part(&text, "twice", "at-least"), "12, `share`");
        assert_eq!(part(&text, "other", "at-least"), "5, default");
    }

    #[test]
    fn nobody_is_sensitive_where_a_higher_share_is_better_unless_the_source_is_public() {
        let zero = |direction| part(&text("", direction, ""), "share", "zero");
        assert_eq!(
            (zero("worse").as_str(), zero("better").as_str()),
            ("harmless, default", "sensitive, default")
        );
        let text = text("", "better", "zero: harmless");
        assert_eq!(part(&text, "share", "zero"), "harmless, `share`");
        assert_eq!(part(&text, "open", "zero"), "harmless, default");
        assert_eq!(
            (part(&text, "open", "group").as_str(), part(&text, "count", "residents").as_str()),
            ("0, default", "0, default")
        );
    }

    #[test]
    fn the_exception_for_the_law_is_none_from_the_contract() {
        let rules = |contract: &str| {
            let text = text(contract, "worse", "at-least: 10, statutory: 5");
            let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
            let ruled = catalogue.ruled(&"twice".into()).expect("declared");
            (ruled.usual().at_least, ruled.by_law().map(|rule| rule.at_least))
        };
        assert_eq!(rules(""), (10, Some(5)));
        assert_eq!(rules(", disclosure: { at-least: 7 }"), (10, Some(7)));
    }

    #[test]
    fn rules_that_cannot_be_are_refused_and_looser_ones_are_warned_of() {
        let codes = |contract: &str, own: &str| match load_str("a.yaml", &text(contract, "worse", own)) {
            Ok((_, warnings)) => warnings.into_iter().map(|warning| warning.code).collect::<Vec<_>>(),
            Err(errors) => errors.into_iter().map(|error| error.code).collect(),
        };
        assert_eq!(codes("", "at-least: 0"), ["bad-number"]);
        assert_eq!(codes("", "p-percent: 101"), ["bad-number"]);
        assert_eq!(codes("", "at-least: 5, statutory: 9"), ["bad-number"]);
        assert_eq!(codes(", disclosure: { statutory: 5 }", ""), ["not-statutory"]);
        assert_eq!(codes("", "at-least: 3"), ["shows-more"]);
        assert_eq!(codes("", "complement: false"), ["shows-more"]);
        assert_eq!(codes(", disclosure: { at-least: 3 }", "at-least: 10, statutory: 5"), [""; 0]);
        let other = "mean-of: 2 } } }, disclosure: { statutory: 3 }";
        let elsewhere = text("", "worse", "").replace("mean-of: 2 } } }", other);
        let errors = load_str("a.yaml", &elsewhere).expect_err("it decides nothing");
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["not-statutory"]);
    }

    #[test]
    fn the_stricter_of_two_rules_is_taken_field_by_field() {
        let one = Protection { at_least: 10, persons: 0, ..Protection::default() };
        let other = Protection { at_least: 5, persons: 30, complement: false, ..Protection::default() };
        let both = Protection { at_least: 10, persons: 30, ..Protection::default() };
        assert_eq!((one.and(other), other.and(one)), (both, both));
    }
}
