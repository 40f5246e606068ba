//! What an area's status on the latest list hangs on: whatever by itself would give another status.
//!
//! Tried, one at a time: fewer than five persons more or less in a criterion that persons can move; a value that differs from
//! its limit by decimals only; the data of the year before (another vintage of the source); years pooled instead of put
//! together as a mean, and the other way round; another version of the area's boundary; and the other side of the residents
//! that the law asks for, when they are near. Each is passed through the whole legal test: a criterion that turns without
//! changing the status is not told. Two criteria on one indicator change together.
//!
//! Convictions and origin are never tried in persons. Where the figures do not give the printed status, or too few are known to
//! give any, they cannot say what it hangs on.

use std::collections::BTreeSet;

use super::{
    super::{
        disclose::{
            areas::protection,
            told::{Told, in_order},
        },
        publication::{Fact, Missing, Standing},
        ratio::Ratio,
        raw::{Exposure, Known, Offer},
        statutory::Hinge,
    },
    History,
    criteria::{Behind, Judging},
    latest::Judged,
    logic::Truths,
    next, pooling,
};
use crate::{
    catalogue::{Family, Protection, RuleSet},
    ids::{CriterionId, ValueId},
    numbers::Decimal,
};

/// So many residents from the law's limit, moves of one year can cross it.
const NEAR: i128 = 50;

/// The legal test of one area, to be passed with other answers.
struct Trial<'a> {
    judging: Judging<'a>,
    family: &'a Family,
    history: &'a History<'a>,
    set: &'a RuleSet,
    criteria: &'a [Judged<'a>],
    truths: Truths,
    enough: Option<bool>,
    printed: Standing,
    found: BTreeSet<Hinge>,
    needs: BTreeSet<ValueId>,
    exposes: Vec<Exposure>,
    rule: Protection,
    tells: Vec<Told>,
}

/// What the status hangs on.
pub(super) fn offer<'a>(
    judging: Judging<'a>,
    family: &'a Family,
    history: &'a History<'a>,
    set: &'a RuleSet,
    criteria: &'a [Judged<'a>],
) -> Offer {
    let enough = judging.enough();
    let truths: Truths =
        criteria.iter().map(|judged| (judged.id.to_string(), judged.outcome.met.get())).collect();
    let own = judging.tried(family, set, &truths, enough.enough, history).0;
    let official = judging.official_status(&enough).map(|(status, _)| status);
    let printed = official.unwrap_or_else(|| own.clone());
    let id = judging.id(&format!("{}/hangs-on", judging.lists.family));
    let mut needs: BTreeSet<ValueId> = enough.needs.into_iter().collect();
    needs.extend(criteria.iter().flat_map(|judged| judged.outcome.needs.iter().cloned()));
    needs.extend(judging.before(set, history));
    let mut trial = Trial {
        judging,
        family,
        history,
        set,
        criteria,
        truths,
        enough: enough.enough,
        printed,
        found: BTreeSet::new(),
        needs,
        exposes: Vec::new(),
        rule: Protection::default(),
        tells: Vec::new(),
    };
    let known = |standing: &Standing| *standing != Standing::CannotTell;
    let told = known(&own) && known(&trial.printed) && listed(&own) == listed(&trial.printed);
    if told {
        trial.few_persons();
        trial.decimals();
        trial.earlier_vintage();
        trial.pooling();
        trial.boundaries();
        trial.residents();
    }
    let fact = if told {
        Known::Is(Fact::HangsOn(trial.found.into_iter().collect()))
    } else {
        Known::Missing(Missing::NoData)
    };
    let tells = if told { in_order(trial.tells) } else { Vec::new() };
    let needs = trial.needs.into_iter().collect();
    Offer::new(id, fact, needs).exposing(trial.exposes, trial.rule).telling(tells)
}

/// The status that an area has on the list, if any: not being on it has many reasons.
fn listed(standing: &Standing) -> Option<&crate::ids::StatusId> {
    match standing {
        Standing::On(status) => Some(status),
        Standing::NotListed | Standing::TooFewResidents | Standing::CannotTell => None,
    }
}

impl<'a> Trial<'a> {
    /// Would the status be another?
    fn differs(&self, truths: &Truths, enough: Option<bool>) -> bool {
        let other = self.judging.tried(self.family, self.set, truths, enough, self.history).0;
        other != Standing::CannotTell && listed(&other) != listed(&self.printed)
    }

    /// Takes other answers of some criteria, and notes those that turn where the status is another with them.
    fn answers(&mut self, other: &dyn Fn(&Judged) -> Option<bool>, hinge: fn(CriterionId) -> Hinge) {
        let criteria = self.criteria;
        let answers: Vec<Option<bool>> = criteria.iter().map(other).collect();
        for (judged, answer) in criteria.iter().zip(&answers) {
            if answer.is_none() || *answer == judged.outcome.met.get() {
                continue;
            }
            let mut truths = self.truths.clone();
            for (same, answer) in criteria.iter().zip(&answers) {
                if same.criterion.indicator.value == judged.criterion.indicator.value && answer.is_some() {
                    truths.insert(same.id.to_string(), *answer);
                }
            }
            if self.differs(&truths, self.enough) {
                self.found.insert(hinge(judged.id.clone()));
            }
        }
    }

    fn few_persons(&mut self) {
        for judged in self.criteria {
            let Some((near, exposure, tells)) = next::few_turn_it(self.judging, judged) else { continue };
            self.exposes.push(exposure);
            self.tells.extend(tells);
            self.protect(judged);
            if near {
                let turned = |other: &Judged| {
                    other.outcome.met.get().map(|met| if other.id == judged.id { !met } else { met })
                };
                self.answers(&turned, Hinge::FewPersons);
            }
        }
    }

    fn decimals(&mut self) {
        let turned = |judged: &Judged| {
            let outcome = &judged.outcome;
            let half = Ratio::of(Decimal { units: 5, places: outcome.places + 1 });
            let near = outcome.distance.get().is_some_and(|distance| distance.abs() < half);
            outcome.met.get().map(|met| met != near)
        };
        self.answers(&turned, Hinge::Decimals);
    }

    fn earlier_vintage(&mut self) {
        let judging = self.judging;
        for judged in self.criteria {
            let Some((_, needs, behind)) = judging.earlier(judged.criterion) else { continue };
            self.needs.extend(needs);
            self.says(behind);
        }
        self.answers(&|judged| Some(judging.earlier(judged.criterion)?.0), Hinge::EarlierVintage);
    }

    fn pooling(&mut self) {
        let Judging { data, list, area, .. } = self.judging;
        let other = |judged: &Judged| {
            let (own, other) = pooling::both_ways(data, area, list, judged.criterion)?;
            judged.outcome.met.get().map(|met| if own == other { met } else { other })
        };
        self.answers(&other, Hinge::Pooling);
    }

    /// The same rules on other versions of the area's boundary, by our own figures for them. What they say of persons counts
    /// as much as if it were told.
    fn boundaries(&mut self) {
        let versions = self.judging.data.raw.index.versions.get(&self.judging.area);
        for version in versions.into_iter().flatten() {
            let other = Judging { area: *version, ..self.judging };
            let criteria = other.all(self.set);
            for judged in &criteria {
                self.says(other.behind(judged.criterion, other.list.data_period(judged.criterion)));
            }
            self.tells.extend(other.counted_tells());
            let truths =
                criteria.iter().map(|judged| (judged.id.to_string(), judged.outcome.own.get())).collect();
            if self.differs(&truths, other.enough().enough) {
                self.found.insert(Hinge::Boundary);
            }
        }
    }

    fn residents(&mut self) {
        let Some((limit, Known::Is(residents), _)) = self.judging.residents_asked() else { return };
        let near = (residents - limit).abs() <= NEAR;
        if near && self.differs(&self.truths, self.enough.map(|enough| !enough)) {
            self.found.insert(Hinge::Residents);
        }
    }

    /// Notes what a value that is tried says of numbers of people.
    fn says(&mut self, behind: Behind) {
        self.exposes.extend(behind.exposes);
        self.rule = self.rule.and(behind.rule);
        self.tells.extend(behind.tells);
    }

    /// What is tried is protected as strictly as the value of the criterion is.
    fn protect(&mut self, judged: &Judged) {
        let Judging { data, area, .. } = self.judging;
        self.rule = self.rule.and(protection(data, &judged.criterion.indicator, area));
    }
}
