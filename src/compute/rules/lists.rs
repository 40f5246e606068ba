//! Which lists there are: the official ones, and those that our own data allow.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        Data, methods,
        official::{Entry, OfficialLists},
        publication::Standing,
        raw::Index,
    },
    logic::{self, Truths, standing},
};
use crate::{
    catalogue::{Criterion, Date, Family, Official, RESIDENTS, RuleSet},
    diagnostics::{Diagnostic, Severity},
    ids::{FamilyId, IndicatorId, Period, RuleSetId},
};

/// One list: a date, the rule set in force, and the official list if it is known.
pub(in crate::compute) struct List<'a> {
    pub date: Date,
    pub set: Option<(&'a RuleSetId, &'a RuleSet)>,
    pub official: Option<(&'a Official, &'a BTreeMap<usize, Entry>)>,
}

impl List<'_> {
    /// The period of everything that belongs to the list.
    pub fn period(&self) -> Period {
        Period::Year(self.date.year)
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

/// Of two official lists in a year the later stands for the year.
pub(in crate::compute) fn notices(data: Data) -> Vec<Diagnostic> {
    let mut notices = Vec::new();
    for (family, official) in &data.raw.official {
        let dates: Vec<&Date> = official.lists.keys().collect();
        for pair in dates.windows(2).filter(|pair| pair[0].year == pair[1].year) {
            let [earlier, later] = [pair[0], pair[1]];
            let message = format!("`{family}` has two lists of {}: {earlier} and {later}", later.year);
            let at = data.catalogue.official(family).map(|(_, source)| source.declared_at());
            let at = at.unwrap_or(crate::diagnostics::At::Nowhere);
            let notice = Diagnostic::new(Severity::Warning, "two-lists-a-year", message, at);
            notices.push(notice.hint("the later one stands for the year, in print and in years in a row"));
        }
    }
    notices
}

fn areas(index: &Index, sets: &[&RuleSet]) -> Vec<usize> {
    let layers: BTreeSet<_> = sets.iter().map(|set| &set.applies_to.layer.value).collect();
    layers.into_iter().flat_map(|layer| index.layer(layer)).collect()
}
