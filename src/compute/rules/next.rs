//! What the latest list took of a criterion, and what the next one takes.
//!
//! The next list uses the data years one later. Of those all but the last are known: the value of the open year at which the
//! outcome turns is the limit, or what the known years leave of it (of a mean of two: twice the limit minus the known one). A
//! limit that follows a benchmark stands at the last known one.
//!
//! Amounts are counted from the last known year: so many fewer (or more) than then, with as many in the base as then. They
//! are given only where the cases, the others and all of them may be shown, never for origin, not where the ministry's
//! figure has another outcome than ours. A break declared in the open year stops none of it, since the law takes the years as
//! they are counted; it is for the page to say that they may be counted in another way.

use super::{
    super::{
        disclose::{areas::protection, told::Told},
        methods::relative,
        publication::{Fact, Missing},
        ratio::Ratio,
        raw::{Exposure, Known, Offer},
        statutory::{Amount, Needed},
    },
    criteria::{Judging, is_met},
    distance::{self, Stock, Turn},
    latest::{FEW, Judged, told},
    quotient::{Quotient, Window},
};
use crate::{
    catalogue::{Amounts, Criterion, Date, Indicator, Limit, Mechanism, Method, RelativeForm, Years},
    ids::{CriterionId, Period},
    numbers::Decimal,
};

/// What amounts are of, in their ids: the list made, and the next one.
const LIST: &str = "amount";
const NEXT: &str = "next";

/// A criterion with all that its distance is reckoned from.
#[derive(Clone, Copy)]
struct Subject<'a> {
    judging: Judging<'a>,
    id: &'a CriterionId,
    criterion: &'a Criterion,
    indicator: &'a Indicator,
    quotient: Quotient<'a>,
}

/// Everything about one criterion.
pub(super) fn offers(judging: Judging, judged: &Judged) -> Vec<Offer> {
    let of = |criterion| Subject::new(judging, judged.id, criterion);
    let mut offers = of(judged.criterion).map_or_else(Vec::new, |subject| subject.list(judged));
    let next = next_criterion(judging, judged.id).and_then(of);
    offers.extend(next.into_iter().flat_map(|subject| subject.next(judged)));
    offers
}

/// Would fewer than five persons have turned the outcome of the list made? With the numbers that the answer says something of.
/// `None` where the criterion is not counted in persons, or nothing is known.
pub(super) fn few_turn_it(judging: Judging, judged: &Judged) -> Option<(bool, Exposure, Vec<Told>)> {
    let subject = Subject::new(judging, judged.id, judged.criterion).filter(|s| !s.criterion.origin)?;
    let heads = matches!(subject.criterion.counts, Amounts::Persons | Amounts::FullTimePersons);
    let period = judging.list.data_period(judged.criterion);
    let window = subject.quotient.known(judging.area, period).get().filter(|_| heads)?;
    let met = own(judged).get()?;
    let limit = subject.quotient.limit(subject.criterion, period).get()?;
    let (stock, theta) = subject.stock(&window, limit)?;
    let turn = Turn::from(&subject.criterion.is, met);
    let declared = subject.criterion.mechanisms.iter();
    let numbers = declared.filter_map(|mechanism| distance::persons(stock, theta, turn, mechanism.value));
    let near = numbers.min()? < FEW;
    let exposure = subject.exposure(stock.cases, stock.all);
    Some((near, exposure, subject.quotient.tells(judging.area, period)))
}

/// The outcome by our own figures, where the printed one is no other.
fn own(judged: &Judged) -> Known<bool> {
    match (judged.outcome.own, judged.outcome.met) {
        (Known::Is(own), Known::Is(met)) if own != met => Known::Missing(Missing::NoData),
        (own, _) => own,
    }
}

/// The criterion of the rule set that the next list uses.
fn next_criterion<'a>(judging: Judging<'a>, id: &CriterionId) -> Option<&'a Criterion> {
    let date = Date { year: judging.list.date.year + 1, ..judging.list.date };
    judging.data.catalogue.rule_set_for(judging.lists.family, date)?.1.criteria.get(id)
}

impl<'a> Subject<'a> {
    fn new(judging: Judging<'a>, id: &'a CriterionId, criterion: &'a Criterion) -> Option<Self> {
        let data = judging.data;
        let indicator = data.catalogue.indicator(&criterion.indicator)?;
        let allowed = judging.sizes.allow(data, judging.area, &criterion.indicator, indicator);
        let quotient = Quotient::of(data, indicator).filter(|_| allowed)?;
        Some(Self { judging, id, criterion, indicator, quotient })
    }

    /// What it took to turn the outcome of the list made.
    fn list(self, judged: &Judged) -> Vec<Offer> {
        let period = self.judging.list.data_period(self.criterion);
        let window = self.quotient.known(self.judging.area, period);
        self.amounts(LIST, judged, own(judged), window.as_ref(), period)
    }

    /// What the next list takes. Nothing, when its data are known already or more than one of its years is open.
    fn next(self, judged: &Judged) -> Vec<Offer> {
        let list = self.judging.list.period().years_back(-1);
        let open = list.years_back(i32::from(self.criterion.years_back));
        let last = open.years_back(1);
        if self.quotient.has(self.judging.area, open) {
            return Vec::new();
        }
        let window = self.quotient.open(self.judging.area, last);
        let limit = self.quotient.limit(self.criterion, last);
        let unchanged = window.as_ref().and_then(|window| {
            limit.and_then(|limit| Known::or(self.unchanged(window, limit), Missing::EmptyBase))
        });
        let unchanged = match own(judged) {
            Known::Missing(missing) => Known::Missing(missing),
            _ => unchanged,
        };
        let mut offers = self.amounts(NEXT, judged, unchanged, window.as_ref(), last);
        let years = (0..self.quotient.window()).rev().map(|back| open.years_back(back)).collect();
        let value = self.turning(window.as_ref(), limit, last);
        let value = value.and_then(|value| {
            Known::or(not_met(&self.criterion.is, value, judged.outcome.places), Missing::NoData)
        });
        let needed = value.and_then(|value| {
            judged.outcome.met.map(|met| Fact::Needed(Needed { list, years, open, value, met }))
        });
        let mut needs = vec![judged.outcome.met_id.clone()];
        let (mut exposes, mut tells) = (Vec::new(), Vec::new());
        if self.quotient.window() > 1 {
            needs.extend(judged.outcome.needs.iter().cloned());
            let others = window.as_ref().map(|window| window.others.as_slice()).get().unwrap_or_default();
            exposes.extend(others.iter().map(|year| self.exposure(year.part.sum, year.whole.sum)));
            // The other years of the open one are the last known year and those before it.
            tells = self.quotient.tells_years(self.judging.area, last, others.len());
        }
        let id = self.judging.id(&format!("{}/{}/next", self.judging.lists.family, self.id));
        let rule = protection(self.judging.data, &self.criterion.indicator, self.judging.area);
        let tells = needed.as_ref().get().map(|_| tells).unwrap_or_default();
        offers.push(Offer::new(id, needed, needs).exposing(exposes, rule).telling(tells));
        offers
    }

    /// Would the next list find it met, if the open year came out as the last known one?
    fn unchanged(self, window: &Window, limit: Ratio) -> Option<bool> {
        let share = Ratio::new(window.last.part.sum, window.last.whole.sum)?;
        Some(is_met(&self.criterion.is, share, self.quotient.limit_of_last(window, limit)?))
    }

    /// The value of the open year at which the outcome turns, as it is printed. One year alone turns at the limit.
    fn turning(self, window: Known<&Window>, limit: Known<Ratio>, last: Period) -> Known<Ratio> {
        if self.quotient.window() > 1 {
            let left = window.and_then(|window| {
                limit.and_then(|limit| {
                    Known::or(self.quotient.limit_of_last(window, limit), Missing::EmptyBase)
                })
            });
            return left.and_then(|left| self.quotient.printed(left, last));
        }
        match &*self.indicator.method {
            Method::Relative(method)
                if method.form == RelativeForm::Times
                    && relative::underlying(self.judging.data, method).is_some() =>
            {
                limit.and_then(|limit| self.quotient.printed(limit, last))
            }
            _ => Known::Is(Ratio::of(***self.criterion.is.number())),
        }
    }

    /// The amounts of all mechanisms that the criterion declares.
    fn amounts(
        self,
        kind: &str,
        judged: &Judged,
        met: Known<bool>,
        window: Known<&Window>,
        period: Period,
    ) -> Vec<Offer> {
        if self.criterion.origin {
            return Vec::new();
        }
        let limit = self.quotient.limit(self.criterion, period);
        let exposes: Vec<Exposure> = window
            .get()
            .map(|window| self.exposure(window.last.part.sum, window.last.whole.sum))
            .into_iter()
            .collect();
        let rule = protection(self.judging.data, &self.criterion.indicator, self.judging.area);
        // Of the next list the last known year is one of the others, in whose place the open one stands.
        let years = window.get().map_or(0, |window| window.others.len() + usize::from(kind == LIST)).max(1);
        let tells = self.quotient.tells_years(self.judging.area, period, years);
        let offer = |what: String, fact: Known<Fact>| {
            let id = self.judging.id(&format!("{}/{}/{what}", self.judging.lists.family, self.id));
            let tells = fact.as_ref().get().map(|_| tells.clone()).unwrap_or_default();
            let offer = Offer::new(id, fact, judged.outcome.needs.clone());
            offer.exposing(exposes.clone(), rule).telling(tells)
        };
        let mut offers = Vec::new();
        for mechanism in self
            .criterion
            .mechanisms
            .iter()
            .map(|mechanism| mechanism.value)
            .filter(|m| *m != Mechanism::Ageing)
        {
            let found = met.and_then(|met| {
                window.and_then(|window| {
                    limit.and_then(|limit| {
                        Known::or(self.number(window, limit, met, mechanism), Missing::NotReached)
                    })
                })
            });
            let amount = met.and_then(|met| {
                found.map(|found| {
                    Fact::Amount(Amount {
                        number: found.number,
                        counts: self.criterion.counts,
                        mechanism,
                        met,
                    })
                })
            });
            offers.push(offer(format!("{kind}/{}", mechanism.word()), amount));
            if mechanism == Mechanism::Income {
                let total = found.and_then(|found| Known::or(found.total.map(Fact::Count), Missing::NoData));
                offers.push(offer(format!("{kind}/{}/total", mechanism.word()), total));
            }
        }
        offers
    }

    fn number(self, window: &Window, limit: Ratio, met: bool, mechanism: Mechanism) -> Option<Number> {
        let (stock, theta) = self.stock(window, limit)?;
        let turn = Turn::from(&self.criterion.is, met);
        if self.criterion.counts == Amounts::Kroner {
            let kroner = distance::kroner(stock, theta, turn)?;
            let whole = |number| i64::try_from(number).ok();
            return Some(Number { number: Some(whole(kroner.each)?), total: Some(whole(kroner.total)?) });
        }
        let number = distance::persons(stock, theta, turn, mechanism)?;
        Some(Number { number: told(number), total: None })
    }

    /// Cases and all of the year that changes, and its limit.
    fn stock(self, window: &Window, limit: Ratio) -> Option<(Stock, Ratio)> {
        let stock = Stock::of_year(window.last.part.sum, window.last.whole.sum);
        if matches!(self.quotient.years, Some(Years::Pooled(_))) {
            let past = window
                .others
                .iter()
                .fold((0, 0), |(part, whole), year| (part + year.part.sum, whole + year.whole.sum));
            return Some((Stock { past, ..stock }, limit));
        }
        Some((stock, self.quotient.limit_of_last(window, limit)?))
    }

    /// What an amount says of one year's numbers: kroner are nobody's number.
    fn exposure(self, part: i128, whole: i128) -> Exposure {
        if self.criterion.counts == Amounts::Kroner {
            Exposure::Amount(whole)
        } else {
            Exposure::Share { part, whole }
        }
    }
}

/// An amount as it may be told, and of incomes what it is in all.
#[derive(Clone, Copy)]
struct Number {
    number: Option<i64>,
    total: Option<i64>,
}

/// A value rounded to the side on which the criterion is not met; the rounded value itself is not.
fn not_met(limit: &Limit, value: Ratio, places: u8) -> Option<Decimal> {
    let steps = value.times(Ratio::whole(10i128.pow(u32::from(places))));
    let (below, above) = (steps.floor(), -Ratio::ZERO.minus(steps).floor());
    let at = i128::from(below == above && !limit.is_strict());
    let units = if limit.is_upper() { below - at } else { above + at };
    Some(Decimal { units: i64::try_from(units).ok()?, places })
}
