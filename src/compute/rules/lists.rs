//! Which lists there are: the official ones, and those that our own data allow.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        Data, methods,
        official::{Entry, Limits, OfficialLists},
        publication::Standing,
        raw::Index,
    },
    logic::{self, Truths, standing},
};
use crate::{
    catalogue::{Criterion, Date, Family, Official, RESIDENTS, RuleSet},
    diagnostics::{At, Diagnostic, Severity},
    ids::{CriterionId, FamilyId, IndicatorId, Period, RuleSetId},
    numbers::Decimal,
};

/// One list: a date, the rule set in force, and the official list if it is known.
pub(in crate::compute) struct List<'a> {
    pub date: Date,
    pub set: Option<(&'a RuleSetId, &'a RuleSet)>,
    pub official: Option<(&'a Official, &'a BTreeMap<usize, Entry>)>,
    /// The limits published with it.
    limits: Option<(&'a Official, &'a Limits)>,
}

impl List<'_> {
    /// The period of everything that belongs to the list.
    pub fn period(&self) -> Period {
        Period::Year(self.date.year)
    }

    /// The limit of a criterion that was published with the list, where the source declares its column.
    pub fn limit(&self, criterion: &CriterionId) -> Option<Decimal> {
        let (declared, limits) = self.limits?;
        limits.get(&declared.limits.get(criterion)?.value).copied()
    }

    /// The period of the data that a criterion takes.
    pub fn data_period(&self, criterion: &Criterion) -> Period {
        self.period().years_back(i32::from(criterion.years_back))
    }
}

/// A family over all its lists.
pub(in crate::compute) struct Lists<'a> {
    pub family: &'a FamilyId,
    /// By date, one a year: of two in a year the later.
    pub lists: Vec<List<'a>>,
    /// The areas that any rule set of the family can apply to.
    pub areas: Vec<usize>,
    /// The periods of every indicator that a criterion takes.
    periods: BTreeMap<&'a IndicatorId, Vec<Period>>,
}

impl<'a> Lists<'a> {
    pub fn new(data: Data<'a>, family: &'a FamilyId) -> Self {
        let sets: Vec<_> = data.catalogue.rule_sets_of(family).map(|(_, set)| set).collect();
        let mut periods = BTreeMap::new();
        let criteria =
            sets.iter().flat_map(|set| set.criteria.iter()).map(|(_, criterion)| &criterion.indicator.value);
        for id in criteria.chain(data.catalogue.indicators.ids().filter(|id| id.as_str() == RESIDENTS)) {
            if let Some(indicator) = data.catalogue.indicator(id) {
                periods.entry(id).or_insert_with(|| methods::of(&indicator.method).periods(data));
            }
        }
        let mut all = Self { family, lists: Vec::new(), areas: areas(&data.raw.index, &sets), periods };
        let declared = data.catalogue.official(family).and_then(|(_, source)| source.official.as_ref());
        let official = declared.zip(data.raw.official.get(family));
        all.lists = all
            .dates(&sets, official.map(|(_, lists)| lists))
            .into_values()
            .map(|date| List {
                date,
                set: data.catalogue.rule_set_for(family, date),
                official: official.and_then(|(declared, lists)| Some((declared, lists.lists.get(&date)?))),
                limits: official.and_then(|(declared, lists)| Some((declared, lists.limits.get(&date)?))),
            })
            .collect();
        all
    }

    /// Has the indicator values for this period (shown, hidden or missing)?
    pub fn has(&self, indicator: &IndicatorId, period: Period) -> bool {
        self.periods.get(indicator).is_some_and(|periods| periods.binary_search(&period).is_ok())
    }

    /// Could a status be told from our own data of this list, whatever the numbers are? Which data there are decides, so that
    /// nothing can be told from its absence.
    pub fn can_tell(&self, family: &Family, set: &RuleSet, list: &List) -> bool {
        [true, false].into_iter().any(|met| {
            let has = |criterion: &Criterion| self.has(&criterion.indicator, list.data_period(criterion));
            let truths: Truths = set
                .criteria
                .iter()
                .map(|(id, criterion)| (id.to_string(), has(criterion).then_some(met)))
                .collect();
            let truths = logic::statuses(set, &truths, &|_, _| Some(met));
            standing(family, set, &truths) != Standing::CannotTell
        })
    }

    /// The date of the list of each year: the official one, else the day of the year on which lists of the rule set come.
    fn dates(&self, sets: &[&'a RuleSet], official: Option<&OfficialLists>) -> BTreeMap<u16, Date> {
        let mut dates = BTreeMap::new();
        for set in sets {
            for year in self.own_years(set) {
                dates.extend(set.lists.day(year).map(|date| (year, date)));
            }
        }
        dates.extend(
            official.into_iter().flat_map(|official| official.lists.keys()).map(|date| (date.year, *date)),
        );
        dates
    }

    /// The years for which there is data for every criterion.
    fn own_years(&self, set: &RuleSet) -> BTreeSet<u16> {
        let has = |year: u16| {
            set.criteria.iter().all(|(_, criterion)| {
                let period = Period::Year(year).years_back(i32::from(criterion.years_back));
                self.has(&criterion.indicator, period)
            })
        };
        let years = self.periods.values().flatten().map(|period| period.year());
        years.flat_map(|year| year..=year + 2).filter(|year| has(*year)).collect()
    }
}

/// What becomes of official lists otherwise than one may think: of two in a year the later stands for the year, and of a layer
/// that no rule set is about there is no status.
pub(in crate::compute) fn notices(data: Data) -> Vec<Diagnostic> {
    let mut notices = Vec::new();
    for (family, official) in &data.raw.official {
        let at = data.catalogue.official(family).map_or(At::Nowhere, |(_, source)| source.declared_at());
        let warning = |code, message| Diagnostic::new(Severity::Warning, code, message, at.clone());
        let dates: Vec<&Date> = official.lists.keys().collect();
        for pair in dates.windows(2).filter(|pair| pair[0].year == pair[1].year) {
            let message =
                format!("`{family}` has two lists of {}: {} and {}", pair[1].year, pair[0], pair[1]);
            let hint = "the later one stands for the year, in print and in years in a row";
            notices.push(warning("two-lists-a-year", message).hint(hint));
        }
        let sets: Vec<_> = data.catalogue.rule_sets_of(family).map(|(_, set)| set).collect();
        if let Some(set) = sets.first().filter(|_| areas(&data.raw.index, &sets).is_empty()) {
            let layer = &set.applies_to.layer;
            let message = format!("no area can have a status of `{family}`: there is no layer `{layer}`");
            let hint = format!("call the layer of the listed areas `{layer}` under `areas:`");
            notices.push(warning("no-layer-of-the-law", message).hint(hint));
        }
    }
    notices
}

fn areas(index: &Index, sets: &[&RuleSet]) -> Vec<usize> {
    let layers: BTreeSet<_> = sets.iter().map(|set| &set.applies_to.layer.value).collect();
    layers.into_iter().flat_map(|layer| index.layer(layer)).collect()
}
