//! The legal test of the next list: which figures it reads, and which statuses follow from them, criteria, residents and years
//! in a row together. That a list leaves out an area which has another status is the ministry's practice and no part of it.

use std::collections::BTreeMap;

use super::figure::Figure;
use crate::{
    catalogue::{Criterion, Family, Limit, RESIDENTS, RuleSet},
    compute::{Data, ratio::Ratio, raw::Known, rules::logic},
    ids::{CriterionId, StatusId, ValueId},
};

/// The test of one rule set.
pub(super) struct Test<'a> {
    set: &'a RuleSet,
    /// What it reads. Criteria on one indicator read the same figure.
    pub figures: Vec<Figure<'a>>,
    /// Its criteria, each with the place of its figure.
    pub criteria: Vec<(&'a CriterionId, &'a Criterion, usize)>,
    /// The place of the residents among the figures, and how many the law asks for.
    residents: Option<(usize, u32)>,
    /// The statuses that it gives, mildest first.
    pub statuses: Vec<&'a StatusId>,
}

/// How far each criterion's figure is over its limit, and the residents over theirs (last); `None` where that is not known.
pub(super) type Margins = Vec<Option<f64>>;

impl<'a> Test<'a> {
    pub fn new(data: Data<'a>, family: &'a Family, set: &'a RuleSet) -> Self {
        let mut figures: Vec<Figure> = Vec::new();
        let mut criteria = Vec::new();
        for (id, criterion) in set.criteria.iter() {
            let same = |figure: &Figure| figure.is_of(&criterion.indicator, criterion.years_back);
            let place = figures.iter().position(same).or_else(|| {
                figures.push(Figure::of_criterion(data, &id.value, criterion)?);
                Some(figures.len() - 1)
            });
            criteria.extend(place.map(|place| (&id.value, criterion, place)));
        }
        let residents = set.applies_to.residents.as_ref().and_then(|limit| {
            let (id, indicator) = data.catalogue.indicators.get_key_value(RESIDENTS)?;
            let place = figures.iter().position(|figure| figure.is_of(&id.value, 0)).unwrap_or_else(|| {
                figures.push(Figure::of_residents(data, &id.value, indicator));
                figures.len() - 1
            });
            Some((place, limit.at_least.value))
        });
        let statuses =
            family.statuses.ids().filter(|status| set.statuses.contains(status.as_str())).collect();
        Self { set, figures, criteria, residents, statuses }
    }

    /// The margins of these values of its figures.
    pub fn margins(&self, values: &[Known<Ratio>]) -> Margins {
        let margin = |figure: usize, limit: Ratio| Some(values[figure].get()?.minus(limit).to_f64());
        let criteria = self
            .criteria
            .iter()
            .map(|(_, criterion, figure)| margin(*figure, Ratio::of(***criterion.is.number())));
        let residents = self.residents.map(|(figure, limit)| margin(figure, Ratio::whole(i128::from(limit))));
        criteria.chain(residents).collect()
    }

    /// Whether each criterion is met, and the residents are enough (last), when the figures are off by these errors.
    fn met(&self, margins: &Margins, errors: &[f64]) -> Vec<Option<bool>> {
        let criteria =
            self.criteria.iter().map(|(_, criterion, figure)| (Some(&criterion.is.value), *figure));
        let places = criteria.chain(self.residents.map(|(figure, _)| (None, figure)));
        let met = |((limit, figure), margin): ((Option<&Limit>, usize), &Option<f64>)| {
            margin.map(|margin| is_met(limit, margin + errors[figure]))
        };
        places.zip(margins).map(met).collect()
    }

    /// Whether each status, or a stricter one, follows.
    fn statuses(&self, met: &[Option<bool>], before: &Before) -> Vec<Option<bool>> {
        let criteria = self.criteria.iter().zip(met).map(|((id, ..), met)| (id.to_string(), *met)).collect();
        let mut truths =
            logic::statuses(self.set, &criteria, &|status, back| before.had(status, i32::from(back)));
        match self.residents.and_then(|_| met.last().copied()) {
            Some(Some(false)) => truths.values_mut().for_each(|truth| *truth = Some(false)),
            Some(None) => truths.values_mut().for_each(|truth| *truth = truth.filter(|met| !met)),
            Some(Some(true)) | None => {}
        }
        let mut stricter = Some(false);
        let mut all: Vec<Option<bool>> = Vec::new();
        for status in self.statuses.iter().rev() {
            let own = truths.get(status.as_str()).copied().flatten();
            stricter = either(own, stricter);
            all.push(stricter);
        }
        all.reverse();
        all
    }

    /// Judges one area: errors in, statuses out. What has been judged is not judged again.
    pub fn judge<'t>(
        &'t self,
        margins: &'t Margins,
        before: Before<'t>,
    ) -> impl FnMut(&[f64]) -> Vec<Option<bool>> + 't {
        let mut judged: BTreeMap<Vec<Option<bool>>, Vec<Option<bool>>> = BTreeMap::new();
        move |errors| {
            let met = self.met(margins, errors);
            judged.entry(met).or_insert_with_key(|met| self.statuses(met, &before)).clone()
        }
    }

    /// Do too few residents alone decide it, whatever the criteria, with the residents off by any of these errors?
    pub fn is_too_small(&self, margins: &Margins, mut errors: impl Iterator<Item = f64>) -> bool {
        let Some(margin) = self.residents.and_then(|_| margins.last().copied().flatten()) else {
            return false;
        };
        errors.all(|error| margin + error < 0.0)
    }

    /// The place of the residents among the figures.
    pub fn residents(&self) -> Option<usize> {
        self.residents.map(|(figure, _)| figure)
    }

    /// How many years a row of years looks back.
    pub fn looks_back(&self) -> i32 {
        i32::from(logic::looks_back(self.set))
    }
}

/// What an area was given by one list.
pub(super) struct Given {
    /// The statuses, for years in a row.
    pub statuses: BTreeMap<StatusId, Option<bool>>,
    /// Our own status, if that is what counts.
    pub own: Option<ValueId>,
}

/// One area over the lists so far, by year.
pub(super) type Earlier = BTreeMap<u16, Given>;

/// What an area was on the lists before one.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub history: &'a Earlier,
    pub list: i32,
}

impl Before<'_> {
    fn had(&self, status: &StatusId, back: i32) -> Option<bool> {
        let year = u16::try_from(self.list - back).ok()?;
        self.history.get(&year)?.statuses.get(status).copied().flatten()
    }
}

/// Strict or not as the law writes it; residents are "at least".
fn is_met(limit: Option<&Limit>, margin: f64) -> bool {
    match limit {
        Some(Limit::Over(_)) => margin > 0.0,
        Some(Limit::AtLeast(_)) | None => margin >= 0.0,
        Some(Limit::Under(_)) => margin < 0.0,
        Some(Limit::AtMost(_)) => margin <= 0.0,
    }
}

fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
