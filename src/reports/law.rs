//! The law as a report prints it: criteria in rows, each with its limit for the stricter and for the milder status.

use super::{
    context::Context,
    subject::{Subject, decimal, shown},
};
use crate::{
    catalogue::{Catalogue, Criterion, Date, Family, Indicator, Rule, RuleSet},
    compute::{Fact, State, Status, Value},
    ids::{CriterionId, FamilyId, IndicatorId, LayerId, Period, StatusId, ValueId},
    numbers::Decimal,
};

/// Within so much of a limit, in relation to the limit, an area is near it.
const NEAR: f64 = 0.05;

/// The rule set of a family for its latest list.
pub(super) struct Law<'a> {
    pub family_id: &'a FamilyId,
    pub family: &'a Family,
    pub rules: &'a RuleSet,
    /// The list's day.
    pub list: Date,
    /// One row for each indicator, in the order of the law; origin last.
    pub rows: Vec<Row<'a>>,
    /// The status that is given by counting criteria.
    pub counted: Option<Counted<'a>>,
}

/// One indicator of the law, with one limit or two.
pub(super) struct Row<'a> {
    /// The indicator that is printed: of "so many times the country's share" the share.
    pub indicator_id: &'a IndicatorId,
    pub indicator: &'a Indicator,
    pub strict: (&'a CriterionId, &'a Criterion),
    pub lesser: Option<(&'a CriterionId, &'a Criterion)>,
}

/// A status that is given when so many of several criteria are met.
pub(super) struct Counted<'a> {
    pub status: &'a StatusId,
    pub count: i64,
    pub of: i64,
}

/// A limit in the unit printed, and the distance to it.
pub(super) struct Distance {
    pub limit: Decimal,
    pub distance: Option<Decimal>,
}

impl<'a> Law<'a> {
    /// The law that lists the areas of a layer.
    pub fn of_layer(context: &'a Context<'a>, layer: &LayerId) -> Option<Self> {
        let (family_id, family) =
            context.catalogue.families.get_key_value(context.catalogue.family_of(layer)?)?;
        let latest = context.overview.latest_list(&family_id.value)?;
        let list = context.overview.list_day(&family_id.value, latest)?;
        let (_, rules) = context.catalogue.rule_set_for(&family_id.value, list)?;
        let rows = rows(context, rules);
        let counted = rules.statuses.iter().find_map(|(status, rule)| match &rule.when {
            Rule::AtLeast(rule) => Some(Counted {
                status: &status.value,
                count: rule.count.value.into(),
                of: rule.of.len() as i64,
            }),
            _ => None,
        });
        Some(Self { family_id: &family_id.value, family, rules, list, rows, counted })
    }

    /// The list's year.
    pub fn year(&self) -> Period {
        Period::Year(self.list.year)
    }

    /// The usual day of the list of a year.
    pub fn day(&self, catalogue: &Catalogue, year: u16) -> Date {
        catalogue.list_day(self.family_id, year).unwrap_or(Date { year, ..self.list })
    }

    /// The rows that are printed: that of origin only where the catalogue says so.
    pub fn printed_rows(&self) -> impl Iterator<Item = &Row<'a>> {
        self.rows.iter().filter(|row| self.family.show_origin || !row.strict.1.origin)
    }

    /// The fewest residents of an area on the lists.
    pub fn residents(&self) -> Option<i64> {
        self.rules.applies_to.residents.as_ref().map(|residents| residents.at_least.value.into())
    }

    /// The address of something about a criterion: `""`, `/met`, `/distance` or `/limit`.
    pub fn criterion(
        &self,
        subject: &Subject,
        criterion: &CriterionId,
        about: &str,
        year: Period,
    ) -> ValueId {
        ValueId::own(format!("{}/{criterion}{about}", self.family_id), &subject.area.id, year)
    }

    /// Value of a row on the list of a year, as printed.
    pub fn value<'s>(&self, subject: &Subject<'s>, row: &Row, year: Period) -> State<&'s Value> {
        subject.value(&self.criterion(subject, row.strict.0, "", year))
    }

    /// Is a criterion met on the latest list? `None` if that is not shown.
    pub fn met(&self, subject: &Subject, criterion: &CriterionId) -> Option<bool> {
        match subject.context.publication.get(&self.criterion(subject, criterion, "/met", self.year())) {
            State::Shown(Fact::Met(met)) => Some(*met),
            _ => None,
        }
    }

    /// The limit of a criterion in the unit printed: the law's own number, or what it comes to that year.
    pub fn limit(&self, subject: &Subject, criterion: (&CriterionId, &Criterion)) -> Option<Decimal> {
        let published = self.criterion(subject, criterion.0, "/limit", self.year());
        shown(decimal(subject.context.publication.get(&published))).or_else(|| {
            let relative = subject
                .context
                .catalogue
                .printed_indicator(&criterion.1.indicator)
                .is_some_and(|(id, _)| *id != *criterion.1.indicator);
            (!relative).then(|| criterion.1.is.number().0)
        })
    }

    /// Limit and distance of a row's stricter criterion; `None` if the limit is not known.
    pub fn distance(&self, subject: &Subject, row: &Row) -> Option<Distance> {
        let limit = self.limit(subject, row.strict)?;
        let id = self.criterion(subject, row.strict.0, "/distance", self.year());
        Some(Distance { limit, distance: shown(decimal(subject.context.publication.get(&id))) })
    }

    /// Is a criterion not met, and the value near the limit?
    pub fn is_near(&self, subject: &Subject, row: &Row) -> bool {
        let unmet = self.met(subject, row.strict.0) == Some(false);
        let distance = self.distance(subject, row);
        unmet
            && distance.is_some_and(|d| {
                d.distance.is_some_and(|points| points.to_f64().abs() <= NEAR * d.limit.to_f64().abs())
            })
    }

    /// How many criteria of the counted status are met; `None` if that is not shown.
    pub fn count(&self, subject: &Subject, year: Period) -> Option<i64> {
        super::subject::whole(subject.fact(&self.count_id(subject, year)?.what, year))
    }

    /// Where that number is published.
    pub fn count_id(&self, subject: &Subject, year: Period) -> Option<ValueId> {
        let counted = self.counted.as_ref()?;
        Some(ValueId::own(format!("{}/{}/count", self.family_id, counted.status), &subject.area.id, year))
    }

    /// The area's status on the list of a year.
    pub fn status<'s>(&self, subject: &Subject<'s>, year: Period) -> State<&'s Status> {
        match subject.fact(self.family_id.as_str(), year) {
            State::Shown(Fact::Status(status)) => State::Shown(status),
            State::Hidden => State::Hidden,
            State::Missing(missing) => State::Missing(*missing),
            State::Shown(_) => State::Missing(crate::compute::Missing::NoData),
        }
    }

    /// Has the area so few residents that no list of the coming years can take it?
    pub fn is_too_small(&self, subject: &Subject) -> bool {
        let standing = shown(self.status(subject, self.year())).map(|status| &status.status);
        let near = super::limits::are_residents_near(subject, self);
        standing == Some(&crate::compute::Standing::TooFewResidents) && !near
    }

    /// The strictest status that names a criterion in its rule.
    pub fn strictest_with(&self, criterion: &CriterionId) -> Option<&'a StatusId> {
        self.with(criterion).last()
    }

    /// The mildest status that names a criterion in its rule.
    pub fn mildest_with(&self, criterion: &CriterionId) -> Option<&'a StatusId> {
        self.with(criterion).next()
    }

    fn with(&self, criterion: &CriterionId) -> impl DoubleEndedIterator<Item = &'a StatusId> {
        let naming = |status: &&StatusId| {
            self.rules
                .statuses
                .get(*status)
                .is_some_and(|rule| rule.when.names().iter().any(|(name, _)| *name == criterion.as_str()))
        };
        self.family.statuses.ids().filter(naming).collect::<Vec<_>>().into_iter()
    }

    /// The name of a status as printed.
    pub fn status_name(&self, context: &'a Context, status: &StatusId) -> String {
        self.family
            .statuses
            .get(status)
            .map_or_else(|| status.to_string(), |known| context.text(&known.name).to_string())
    }

    /// The same inside a sentence.
    pub fn status_in_sentence(&self, context: &'a Context, status: &StatusId) -> String {
        self.status_name(context, status).to_lowercase()
    }
}

/// Criteria of one indicator side by side: the one with the more extreme limit is the stricter.
fn rows<'a>(context: &'a Context<'a>, rules: &'a RuleSet) -> Vec<Row<'a>> {
    let mut rows: Vec<Row> = Vec::new();
    for (id, criterion) in rules.criteria.iter() {
        let Some((indicator_id, indicator)) = context.catalogue.printed_indicator(&criterion.indicator)
        else {
            continue;
        };
        let this = (&id.value, criterion);
        match rows.iter_mut().find(|row| row.strict.1.indicator.value == criterion.indicator.value) {
            None => rows.push(Row { indicator_id, indicator, strict: this, lesser: None }),
            Some(row) if is_stricter(criterion, row.strict.1) => {
                row.lesser = Some(std::mem::replace(&mut row.strict, this))
            }
            Some(row) => row.lesser = Some(this),
        }
    }
    rows.sort_by_key(|row| row.strict.1.origin);
    rows
}

fn is_stricter(a: &Criterion, b: &Criterion) -> bool {
    let (left, right) = (a.is.number().to_f64(), b.is.number().to_f64());
    if a.is.is_upper() { left > right } else { left < right }
}
