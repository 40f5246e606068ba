//! **What if**: a criterion's share after so many lettings to people of whom fewer, or none, have the trait.
//!
//! # What it says
//! How far letting by criteria reaches with the turnover that an area has: no forecast, and no effect.
//!
//! # Formula
//! `a = N / D` residents of the criterion's age in each of `D` dwellings. With `n` lettings `a n` of them move out, who have the
//! trait as often as all do (`p = C / N`), and as many move in, who have it with the share `q`: `p`, half of `p`, or 0. So
//! `(C - a n p + a n q) / N`. The other lettings of the year go to people like the residents and move nothing. Over years in
//! which all `L` lettings go to such people the share is `q + (p - q) (1 - L / D)^y`. The criterion is no longer met when the mean
//! of that year and those before it, as many as the law takes, is on the other side of its limit.
//!
//! # Inputs
//! `C` and `N` of the criterion's single latest year; `L` and `D` of the same year, from the tool's `what-if:`.
//!
//! # Small numbers
//! Exposes part, whole and the rest of that year, and the number of lettings. Hidden with the criterion's indicator and with
//! those that count the lettings. Places with fewer than 300 residents have none.
//!
//! # Limits
//! Years before the latest count as the latest in a mean over more than two. Dwellings are taken to hold equally many. The list
//! of a year takes data of years before it.

use super::{
    Data,
    disclose::{
        areas::protection,
        told::{Told, in_order},
    },
    methods, precision,
    publication::{Fact, Missing},
    ratio::Ratio,
    raw::{Exposure, Known, Offer, Scope},
    rules::{self, criteria::is_met},
    small_places::{Size, Sizes},
    statutory::{Lettings, WhatIf},
    years,
};
use crate::{
    catalogue::{self, Date, Indicator, Limit, Method, RuleSet, methods::Share},
    ids::{IndicatorId, Period, ToolId, ValueId},
};

/// Of a year's lettings: a quarter, half, all.
const PARTS: [i64; 3] = [1, 2, 4];
/// So far ahead and no further: by then everything else has changed too.
const YEARS: u8 = 10;

/// The tables of all tools that ask for one, on the latest list.
pub(in crate::compute) fn offers(data: Data, sizes: &Sizes) -> Vec<Offer> {
    let tools = data.catalogue.tools.iter();
    tools
        .filter_map(|(id, tool)| Some((&id.value, tool.what_if.as_ref()?, tool)))
        .filter_map(|(id, what_if, tool)| {
            let (list, rules) = rules::latest(data, &what_if.family.value)?;
            tool.is_in_force(list).then_some(())?;
            Asked::new(data, id, what_if, (list, rules))
        })
        .flat_map(|asked| asked.offers(sizes))
        .collect()
}

/// One tool's question.
struct Asked<'a> {
    data: Data<'a>,
    what: String,
    what_if: &'a catalogue::WhatIf,
    indicator: (&'a IndicatorId, &'a Indicator),
    share: &'a Share,
    limit: &'a Limit,
    rules: &'a RuleSet,
    list: Date,
    period: Period,
}

impl<'a> Asked<'a> {
    /// `None` where the rule set of the list has no such criterion, or it is no share.
    fn new(
        data: Data<'a>,
        tool: &ToolId,
        what_if: &'a catalogue::WhatIf,
        (list, rules): (Date, &'a RuleSet),
    ) -> Option<Self> {
        let criterion = rules.criteria.get(&what_if.criterion.value)?;
        let (id, indicator) = data.catalogue.indicators.get_key_value(&criterion.indicator.value)?;
        let Method::Share(share) = &indicator.method.value else { return None };
        let period = Period::Year(list.year).years_back(i32::from(criterion.years_back));
        let what = format!("{}/what-if/{tool}", what_if.family);
        let indicator = (&id.value, indicator);
        Some(Self { data, what, what_if, indicator, share, limit: &criterion.is, rules, list, period })
    }

    /// Over how many years the criterion is.
    fn window(&self) -> u8 {
        self.share.years.as_ref().map_or(1, |years| years.count())
    }

    fn offers(&self, sizes: &Sizes) -> Vec<Offer> {
        let areas = self.data.raw.index.layer(&self.rules.applies_to.layer.value);
        areas.filter(|area| sizes.of(Some(*area)) == Size::Full).map(|area| self.offer(area)).collect()
    }

    fn offer(&self, area: usize) -> Offer {
        let figures = self.figures(area);
        let exposes = figures.as_ref().get().map(Figures::exposes).unwrap_or_default();
        let base = figures.as_ref().get().and_then(|figures| Ratio::new(figures.whole, 1000));
        let places = precision::places(self.indicator.1, base);
        let fact = figures.and_then(|figures| {
            Known::or(
                figures.table(self.period, self.limit, self.window(), places).map(Fact::WhatIf),
                Missing::EmptyBase,
            )
        });
        let id = ValueId::own(&*self.what, self.data.area(area), Period::Year(self.list.year));
        let tells = fact.as_ref().get().map(|_| self.tells(area)).unwrap_or_default();
        Offer::new(id, fact, self.needs(area))
            .exposing(exposes, protection(self.data, self.indicator.0, area))
            .telling(tells)
    }

    /// The residents per dwelling tell the dwellings.
    fn tells(&self, area: usize) -> Vec<Told> {
        let zone = Scope::Area(area).into();
        let (share, asked) = (self.share, self.what_if);
        let populations = [&share.part, &share.of, &asked.lettings, &asked.dwellings];
        in_order(populations.map(|population| Told::sum(population, &zone, self.period)))
    }

    /// What the table is made of; all of it of one year.
    fn figures(&self, area: usize) -> Known<Figures> {
        let (raw, scope) = (self.data.raw, Scope::Area(area));
        let share = years::years_of(raw, &self.share.part, Some(&self.share.of), None, scope, self.period);
        let lettings = raw.cell(&self.what_if.lettings.value, scope, self.period);
        let dwellings = raw.cell(&self.what_if.dwellings.value, scope, self.period);
        share.and_then(|share| {
            lettings.and_then(|lettings| {
                dwellings.map(|dwellings| Figures {
                    part: share[0].part.sum,
                    whole: share[0].whole.sum,
                    lettings: lettings.sum,
                    dwellings: dwellings.sum,
                })
            })
        })
    }

    /// The criterion's indicator, and every one that counts the lettings.
    fn needs(&self, area: usize) -> Vec<ValueId> {
        let counts = |indicator: &Indicator| {
            let method = methods::of(&indicator.method);
            method.populations(self.data).contains(&&self.what_if.lettings.value)
                && method.periods(self.data).binary_search(&self.period).is_ok()
        };
        let counting = self.data.catalogue.indicators.iter().filter(|(_, indicator)| counts(indicator));
        let ids = std::iter::once(self.indicator.0).chain(counting.map(|(id, _)| &id.value));
        ids.map(|id| ValueId::own(id.as_str(), self.data.area(area), self.period)).collect()
    }
}

/// What a table is made of, in thousandths.
struct Figures {
    part: i128,
    whole: i128,
    lettings: i128,
    dwellings: i128,
}

impl Figures {
    fn exposes(&self) -> Vec<Exposure> {
        vec![Exposure::Share { part: self.part, whole: self.whole }, Exposure::Amount(self.lettings)]
    }

    /// `None` without residents or dwellings, or with more lettings than dwellings.
    /// `window`: over how many years the criterion is a mean.
    fn table(&self, year: Period, limit: &Limit, window: u8, places: u8) -> Option<WhatIf> {
        let p = Ratio::new(self.part, self.whole)?;
        let turnover = Ratio::new(self.lettings, self.dwellings)?;
        if turnover > Ratio::whole(1) {
            return None;
        }
        let lettings = i64::try_from(self.lettings / 1000).ok()?;
        let percent = |share: Ratio| share.times(Ratio::whole(100));
        let mut rows: Vec<Lettings> = Vec::new();
        for number in PARTS.map(|part| lettings * part / 4) {
            if number > 0 && rows.last().is_none_or(|row| row.number < number) {
                let let_so = Ratio::new(1000 * i128::from(number), self.dwellings)?;
                let [today, half, none] =
                    movers(p).map(|q| percent(p.minus(let_so.times(p.minus(q)))).round(places));
                rows.push(Lettings { number, shares: [today?, half?, none?] });
            }
        }
        let at = Ratio::of(***limit.number());
        let met = |share: Ratio| is_met(limit, percent(share), at);
        let years = |q: Ratio| (1..=YEARS).find(|years| !met(mean_after(p, q, turnover, (*years, window))));
        Some(WhatIf {
            year,
            share: percent(p).round(places)?,
            lettings,
            per_dwelling: Ratio::new(self.whole, self.dwellings)?.round(1)?,
            rows,
            years: met(p).then(|| movers(p).map(years)),
        })
    }
}

/// How often those who move in have the trait: as often as the residents, half as often, never.
fn movers(p: Ratio) -> [Ratio; 3] {
    [p, p.over(Ratio::whole(2)).unwrap_or(Ratio::ZERO), Ratio::ZERO]
}

/// The share after so many years in which all lettings go to such people.
fn after(p: Ratio, q: Ratio, turnover: Ratio, years: u8) -> Ratio {
    let left = (0..years).fold(p.minus(q), |left, _| left.times(Ratio::whole(1).minus(turnover)));
    q.plus(left)
}

/// The mean of the last of so many years and those before it.
fn mean_after(p: Ratio, q: Ratio, turnover: Ratio, (years, window): (u8, u8)) -> Ratio {
    let window = window.max(1);
    let sum = (0..window)
        .fold(Ratio::ZERO, |sum, back| sum.plus(after(p, q, turnover, years.saturating_sub(back))));
    sum.over(Ratio::whole(window.into())).unwrap_or(p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{At, Number},
        diagnostics::{Place, SourceFile},
        numbers::Decimal,
    };

    fn over(number: &str) -> Limit {
        let file = std::sync::Arc::new(SourceFile { name: String::new(), text: String::new() });
        let value = Number(Decimal::parse(number).unwrap_or(Decimal::whole(0)));
        Limit::Over(At { value, place: Place { file, offset: 0, len: 0 } })
    }

    /// A year with 800 adults in 400 dwellings, 80 of them let anew.
    fn table(without: i128, limit: &str) -> WhatIf {
        over_years(without, limit, 1)
    }

    fn over_years(without: i128, limit: &str, window: u8) -> WhatIf {
        let figures = Figures { part: without * 1000, whole: 800_000, lettings: 80_000, dwellings: 400_000 };
        figures.table(Period::Year(2024), &over(limit), window, 1).expect("there are residents and dwellings")
    }

    fn decimals(texts: [&str; 3]) -> [Decimal; 3] {
        texts.map(|text| Decimal::parse(text).expect("a number"))
    }

    /// By hand: 336 of 800 are 42 per cent, two adults a dwelling. 20 lettings move 40 adults: 16.8 of those who leave are
    /// without, of those who come 16.8, 8.4 or none; so 336, 327.6 or 319.2 of 800.
    #[test]
    fn a_quarter_half_and_all_lettings_of_a_year_worked_by_hand() {
        let table = table(336, "40");
        assert_eq!((table.lettings, table.per_dwelling), (80, Decimal::parse("2.0").expect("a number")));
        let expected =
            [(20, ["42.0", "41.0", "39.9"]), (40, ["42.0", "39.9", "37.8"]), (80, ["42.0", "37.8", "33.6"])];
        assert_eq!(
            table.rows,
            expected.map(|(number, shares)| Lettings { number, shares: decimals(shares) })
        );
    }

    /// By hand: a fifth moves in a year. From 50 per cent, none without among the new: 40.0 after one year, which is not
    /// over 40. Half as many: 25 + 25 x 0.8^y is 45, 41, 37.8.
    #[test]
    fn the_years_until_a_criterion_is_no_longer_met_end_exactly_at_the_limit() {
        assert_eq!(table(400, "40").years, Some([None, Some(3), Some(1)]));
        assert_eq!(table(400, "39.9").years, Some([None, Some(3), Some(2)]));
    }

    /// By hand: 50, 40, 32 have the means 45 and 36; 50, 45, 41, 37.8 have 47.5, 43 and 39.4.
    #[test]
    fn a_mean_of_two_years_takes_longer_than_the_years_own_share() {
        assert_eq!(over_years(400, "40", 2).years, Some([None, Some(3), Some(2)]));
        assert_eq!(over_years(400, "43", 2).years, Some([None, Some(2), Some(2)]));
        assert_eq!(over_years(400, "45", 2).years, Some([None, Some(2), Some(1)]));
    }

    #[test]
    fn half_as_many_never_get_below_half_of_the_share() {
        assert_eq!(table(400, "25").years, Some([None, None, Some(4)]));
    }

    #[test]
    fn a_criterion_that_is_not_met_has_no_years_to_wait() {
        assert_eq!(table(320, "40").years, None);
    }

    #[test]
    fn without_dwellings_or_with_more_lettings_than_dwellings_there_is_no_table() {
        for dwellings in [0, 79_000] {
            let figures = Figures { part: 400_000, whole: 800_000, lettings: 80_000, dwellings };
            assert!(figures.table(Period::Year(2024), &over("40"), 1, 1).is_none());
        }
    }
}
