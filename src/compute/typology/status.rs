//! Status and dynamics: Berlin's Monitoring Soziale Stadtentwicklung.

use super::{
    super::{
        breaks, change,
        methods::Measurement,
        publication::{Fact, Missing, Verdict},
        raw::{Known, Offer},
    },
    Class, Dynamics, ENOUGH, Part, Row, Status, Typology, value,
    zscores::{Score, Standard, correlation},
};
use crate::{
    catalogue::StatusDynamics,
    ids::{AreaId, Period, ValueId},
    numbers::Decimal,
};

/// Numbers by area of the layer and by part, each turned so that high is worse. `None`: an area with too few residents.
type Rows = Vec<Option<Known<Vec<f64>>>>;

/// Everything about a composite of status and dynamics. Gives the periods for which there are too few areas.
pub(super) fn offers(typology: &Typology, form: &StatusDynamics, offers: &mut Vec<Offer>) -> Vec<Period> {
    let mut few = Vec::new();
    for period in &typology.periods {
        let edition = Edition::new(typology, form, *period);
        if edition.status.iter().any(|score| matches!(score, Known::Missing(Missing::TooFewAreas))) {
            few.push(*period);
        }
        for number in 0..typology.layer.len() {
            edition.area(number, offers);
        }
        offers.push(edition.areas());
        edition.correlations(offers);
    }
    few
}

/// One period's scores.
struct Edition<'a> {
    typology: &'a Typology<'a>,
    period: Period,
    /// The period that the dynamics are since, if there are values of it.
    since: Option<Period>,
    rows: Rows,
    /// The period by which everything is standardised.
    base: Period,
    /// How many years the dynamics are over.
    years: i32,
    /// By area of the layer.
    status: Vec<Known<Score>>,
    dynamics: Vec<Known<Score>>,
    /// Has no part of the area surely changed?
    unsure: Vec<Known<bool>>,
}

impl<'a> Edition<'a> {
    fn new(typology: &'a Typology<'a>, form: &StatusDynamics, period: Period) -> Self {
        let years = i32::from(form.years.value);
        let base = form
            .fixed
            .as_ref()
            .map_or(period, |year| period.years_back(i32::from(period.year()) - i32::from(year.value)));
        let rows = values(typology, period);
        let since = period.years_back(years);
        let since = typology.periods.contains(&since).then_some(since);
        let changes = changes(typology, period, years);
        Self {
            status: scores(typology, &rows, &values(typology, base)),
            dynamics: scores(typology, &changes, &self::changes(typology, base, years)),
            unsure: since.map_or_else(Vec::new, |since| unsure(typology, since, period)),
            typology,
            period,
            since,
            rows,
            base,
            years,
        }
    }

    /// The areas whose parts can all be shown. Means and deviations are over all of them, so that scores of some tell of the
    /// others: whatever is standardised is hidden where any of their values is.
    fn areas(&self) -> Offer {
        let areas = self.typology.layer.clone().zip(&self.rows);
        let shown: Vec<usize> =
            areas.filter(|(_, row)| matches!(row, Some(Known::Is(_)))).map(|(area, _)| area).collect();
        let needs = shown.iter().flat_map(|area| self.typology.needs(*area, self.period)).collect();
        let number = Known::Is(Fact::Count(shown.len() as i64));
        Offer::new(self.typology.standard(self.period), number, needs)
    }

    /// Everything about one area.
    fn area(&self, number: usize, offers: &mut Vec<Offer>) {
        let (typology, places) = (self.typology, self.typology.places());
        let area = typology.layer.start + number;
        let at = |about: &str| typology.at(about, area, self.period);
        let score = self.status[number].as_ref();
        let mut needs = typology.needs(area, self.period);
        needs.extend(typology.standards([self.base]));
        let offer = |about: &str, of: &dyn Fn(&Score) -> f64| {
            let fact = score.and_then(|score| value(Decimal::from_f64(of(score), places)));
            Offer::new(at(about), fact, needs.clone())
        };
        offers.push(offer("", &|score| score.index));
        offers.push(offer("sum", &|score| score.sum));
        for (part, of) in typology.parts.iter().enumerate() {
            offers.push(offer(&format!("part/{}", of.id()), &|score| score.z[part]));
        }
        let dynamics = self.dynamics[number].as_ref().map(|moved| moved.index);
        let both = || {
            let before = self.since.map_or_else(Vec::new, |since| typology.needs(area, since));
            let standard = typology.standards([self.base.years_back(self.years)]);
            needs.iter().cloned().chain(before).chain(standard).collect::<Vec<_>>()
        };
        let class = score.map(|score| {
            let dynamics = dynamics.get().map(Dynamics::of);
            Fact::Class(Class::StatusDynamics(Status::of(score.index), dynamics))
        });
        let class_needs = if dynamics.get().is_some() { both() } else { needs.clone() };
        offers.push(Offer::new(at("class"), class, class_needs));
        if self.since.is_some() {
            let index = dynamics.and_then(|index| value(Decimal::from_f64(index, places)));
            offers.push(Offer::new(at("dynamics"), index, both()));
            offers.push(Offer::new(at("unsure"), self.unsure[number].map(Fact::Met), both()));
        }
    }

    /// How the parts go together over the areas: those that do count double.
    fn correlations(&self, offers: &mut Vec<Offer>) {
        const PLACES: u8 = 2;
        let (typology, known) = (self.typology, known(&self.rows));
        let needs = typology.standards([self.period]);
        for (a, one) in typology.parts.iter().enumerate() {
            for (b, other) in typology.parts.iter().enumerate().skip(a + 1) {
                let fact = if known.len() < ENOUGH {
                    Known::Missing(Missing::TooFewAreas)
                } else {
                    value(correlation(&known, a, b).and_then(|r| Decimal::from_f64(r, PLACES)))
                };
                let what = format!("{}/correlation/{}/{}", typology.id, one.id(), other.id());
                let id = ValueId::own(what, &AreaId::municipality(), self.period);
                offers.push(Offer::new(id, fact, needs.clone()));
            }
        }
    }
}

/// The values of a period.
fn values(typology: &Typology, period: Period) -> Rows {
    let number = |row: &Vec<&Measurement>| {
        let turned = row.iter().zip(&typology.parts).map(|(value, part)| part.turned(value.value).to_f64());
        turned.collect()
    };
    typology.rows(period).iter().map(|row| row.as_ref().map(|row| row.as_ref().map(number))).collect()
}

/// The changes over so many years until a period, in the units of the parts.
fn changes(typology: &Typology, period: Period, years: i32) -> Rows {
    let since = period.years_back(years);
    let broken = typology
        .parts
        .iter()
        .any(|part| breaks::between(part.measured.data.catalogue, part.measured.id, since, period));
    let change = |(now, then): (&Vec<&Measurement>, &Vec<&Measurement>)| {
        let difference = now.iter().zip(then).map(|(now, then)| now.value.minus(then.value));
        difference.zip(&typology.parts).map(|(moved, part)| part.turned(moved).to_f64()).collect()
    };
    let both = typology.rows(period).iter().zip(typology.rows(since));
    both.map(|(now, then)| {
        now.as_ref().zip(then.as_ref()).map(|(now, then)| {
            if broken {
                return Known::Missing(Missing::Break);
            }
            now.as_ref().and_then(|now| then.as_ref().map(|then| change((now, then))))
        })
    })
    .collect()
}

/// Has no part of each area surely changed between two periods, by the verdicts on change? What is not judged is not sure.
fn unsure(typology: &Typology, since: Period, period: Period) -> Vec<Known<bool>> {
    let verdict = |part: &Part, area: usize| {
        let numbers = part.number(period).zip(part.number(since));
        let judged = numbers.map(|(now, then)| change::judge(part.measured, area, now, then));
        judged.unwrap_or(Known::Missing(Missing::NoData)).map(|judged| judged.verdict)
    };
    let is_sure = |verdict: Verdict| matches!(verdict, Verdict::Higher | Verdict::Lower);
    let rows = typology.rows(period).iter().zip(typology.rows(since)).zip(typology.layer.clone());
    let unsure = |((now, then), area): ((&Row, &Row), usize)| {
        let Some((now, then)) = now.as_ref().zip(then.as_ref()) else {
            return Known::Missing(Missing::TooSmall);
        };
        let both = now.as_ref().and_then(|_| then.as_ref().map(|_| true));
        typology.parts.iter().fold(both, |unsure, part| {
            unsure.and_then(|unsure| verdict(part, area).map(|verdict| unsure && !is_sure(verdict)))
        })
    };
    rows.map(unsure).collect()
}

/// The rows that are known.
fn known(rows: &Rows) -> Vec<Vec<f64>> {
    rows.iter().flatten().filter_map(|row| row.as_ref().get()).cloned().collect()
}

/// The scores of areas, standardised by a base: the rows themselves, or those of a fixed year.
fn scores(typology: &Typology, rows: &Rows, base: &Rows) -> Vec<Known<Score>> {
    let base = known(base);
    let weights: Vec<f64> = typology.parts.iter().map(|part| f64::from(part.weight)).collect();
    let standard = (base.len() >= ENOUGH).then(|| Standard::of(&base, &weights));
    let missing = if base.is_empty() { Missing::NoData } else { Missing::TooFewAreas };
    let score = |row: &Option<Known<Vec<f64>>>| match row {
        None => Known::Missing(Missing::TooSmall),
        Some(row) => row
            .as_ref()
            .and_then(|row| Known::or(standard.as_ref().map(|standard| standard.score(row)), missing)),
    };
    rows.iter().map(score).collect()
}
