//! A criterion's value taken apart: cases and all of each of its years, and its limit as their quotient.

use super::super::{
    Data,
    disclose::told::{Told, Zone, in_order},
    methods::{self, relative},
    publication::Missing,
    ratio::Ratio,
    raw::{Known, Scope},
    years::{self, Year},
};
use crate::{
    catalogue::{
        Criterion, Indicator, Method, RelativeForm, Years,
        methods::{Reference, Relative},
    },
    ids::{Period, PopulationId},
};

/// A value that is one population over another, in one year or several.
#[derive(Clone, Copy)]
pub(super) struct Quotient<'a> {
    data: Data<'a>,
    part: &'a PopulationId,
    whole: Option<&'a PopulationId>,
    pub years: Option<&'a Years>,
    /// How many times the quotient counts in the unit of its indicator: 100 for per cent.
    scale: i128,
    /// Set when its limit is a part or a multiple of a benchmark.
    relative: Option<&'a Relative>,
}

/// The years of a list's value, all of which are known or all but the last.
pub(super) struct Window {
    /// The year that changes, as far as it is known: the last one, or the last known one in its place.
    pub last: Year,
    /// The others, latest first.
    pub others: Vec<Year>,
}

impl<'a> Quotient<'a> {
    /// That of an indicator; `None` where it is made in another way (a median), or relative to an area.
    pub fn of(data: Data<'a>, indicator: &'a Indicator) -> Option<Self> {
        let plain =
            |part, whole, years: Option<_>, scale| Self { data, part, whole, years, scale, relative: None };
        let scale = methods::of(&indicator.method).scale().unwrap_or(1);
        let years = methods::of(&indicator.method).window(data);
        match &*indicator.method {
            Method::Share(share) => Some(plain(&share.part.value, Some(&share.of.value), years, scale)),
            Method::Rate(rate) => Some(plain(&rate.part.value, Some(&rate.of.value), years, scale)),
            Method::Ratio(ratio) => Some(plain(&ratio.part.value, Some(&ratio.of.value), years, scale)),
            Method::Mean(mean) => {
                Some(plain(&mean.of.value, mean.over.as_ref().map(|over| &over.value), years, scale))
            }
            Method::Relative(method) => {
                let Some(Reference::Benchmark(..)) = method.to.reference() else { return None };
                let inner = match relative::underlying(data, method) {
                    Some((_, indicator)) => {
                        Self::of(data, indicator).filter(|inner| inner.relative.is_none())?
                    }
                    None => plain(&method.part.as_ref()?.value, Some(&method.of.as_ref()?.value), years, 1),
                };
                Some(Self { relative: Some(method), ..inner })
            }
            _ => None,
        }
    }

    /// Over how many years the value is.
    pub fn window(self) -> i32 {
        years::count(self.years)
    }

    /// The years of the value of `period`.
    pub fn known(self, area: usize, period: Period) -> Known<Window> {
        self.all(area, period, self.window()).and_then(|mut all| {
            let last = all.remove(0);
            Known::Is(Window { last, others: all })
        })
    }

    /// The years of the value of the year after `last`, which itself is open: in its place stands `last`.
    pub fn open(self, area: usize, last: Period) -> Known<Window> {
        self.all(area, last, (self.window() - 1).max(1)).map(|all| Window {
            last: all[0],
            others: all.into_iter().take((self.window() - 1) as usize).collect(),
        })
    }

    /// Is the year known?
    pub fn has(self, area: usize, period: Period) -> bool {
        !matches!(self.all(area, period, 1), Known::Missing(_))
    }

    /// So many years to `period`, latest first.
    fn all(self, area: usize, period: Period, number: i32) -> Known<Vec<Year>> {
        let mut all = Vec::new();
        for back in 0..number {
            let period = period.years_back(back);
            match years::years_of(self.data.raw, self.part, self.whole, None, Scope::Area(area), period) {
                Known::Is(year) => all.extend(year),
                Known::Withheld => return Known::Withheld,
                Known::Missing(missing) => return Known::Missing(missing),
            }
        }
        Known::Is(all)
    }

    /// What a single year tells.
    pub fn tells(self, area: usize, period: Period) -> Vec<Told> {
        let zone: Zone = Scope::Area(area).into();
        match self.whole {
            Some(whole) => vec![Told::sum(self.part, &zone, period), Told::sum(whole, &zone, period)],
            None => vec![Told::sum(self.part, &zone, period), Told::rows(self.part, &zone, period)],
        }
    }

    /// What so many years to `period` tell.
    pub fn tells_years(self, area: usize, period: Period, years: usize) -> Vec<Told> {
        in_order((0..years as i32).flat_map(|back| self.tells(area, period.years_back(back))))
    }

    /// The limit of a criterion as such a quotient, at the benchmark of `period`.
    pub fn limit(self, criterion: &Criterion, period: Period) -> Known<Ratio> {
        let number = Ratio::of(***criterion.is.number());
        let scaled = |limit: Ratio| Known::or(limit.over(Ratio::whole(self.scale)), Missing::NoData);
        let Some(method) = self.relative else { return scaled(number) };
        relative::benchmark(self.data, method, period).and_then(|benchmark| {
            let number = number.over(Ratio::whole(per(method.form))).unwrap_or(number);
            scaled(benchmark.times(number))
        })
    }

    /// A quotient in the terms that the criterion is printed in: per cent of a benchmark as such, times a benchmark as the
    /// share itself.
    pub fn printed(self, quotient: Ratio, period: Period) -> Known<Ratio> {
        let value = quotient.times(Ratio::whole(self.scale));
        match self.relative {
            Some(method)
                if method.form == RelativeForm::Percent
                    || relative::underlying(self.data, method).is_none() =>
            {
                relative::benchmark(self.data, method, period).and_then(|benchmark| {
                    let part = value.over(benchmark).map(|part| part.times(Ratio::whole(per(method.form))));
                    Known::or(part, Missing::NoBenchmark)
                })
            }
            _ => Known::Is(value),
        }
    }

    /// The limit of the year that changes, when the others of its window are as they are.
    pub fn limit_of_last(self, window: &Window, limit: Ratio) -> Option<Ratio> {
        if matches!(self.years, Some(Years::Pooled(_))) {
            let sum = |of: fn(&Year) -> i128| window.others.iter().map(of).sum::<i128>();
            let (part, whole) = (sum(|year| year.part.sum), sum(|year| year.whole.sum));
            let all = limit.times(Ratio::thousandths(whole + window.last.whole.sum));
            return all.minus(Ratio::thousandths(part)).over(Ratio::thousandths(window.last.whole.sum));
        }
        let whole = limit.times(Ratio::whole(window.others.len() as i128 + 1));
        window
            .others
            .iter()
            .try_fold(whole, |rest, year| Some(rest.minus(Ratio::new(year.part.sum, year.whole.sum)?)))
    }
}

fn per(form: RelativeForm) -> i128 {
    if form == RelativeForm::Percent { 100 } else { 1 }
}
