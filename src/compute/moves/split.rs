//! The change of one area over one or several periods, split by what happened to the persons: from the counts of flows to what
//! may be told of them.

use super::{
    super::{
        disclose::{
            policy::is_too_small,
            told::{Told, in_order},
        },
        ratio::Ratio,
        raw::{Cell, Exposure, Known, Raw, Scope},
    },
    contribution::{Totals, rounded},
    facts::{Basis, Flow, Split, Term},
    groups::{CHANGED, COMING, GOING, Group, IN, STAYED},
    populations::{Counted, Counts, staying},
};
use crate::{
    catalogue::Protection,
    compute::{interval::P99, publication::Missing},
    ids::{Period, PopulationId},
    numbers::Decimal,
};

/// The change between two neighbouring periods.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub since: Period,
    pub until: Period,
}

/// What is split.
pub(super) struct Question<'a> {
    pub raw: &'a Raw,
    pub counts: &'a Counts<'a>,
    /// Part and whole of the value.
    pub quotient: (&'a PopulationId, &'a PopulationId),
    pub area: usize,
    pub spans: &'a [Span],
    /// The value of each time is the mean of so many periods; the spans are those of one change of the mean.
    pub mean_of: usize,
    pub protection: Protection,
    /// By what part over whole is multiplied at both ends of each span: 100 of a share; of a value relative to another figure
    /// the same over that figure, which changes too.
    pub factors: &'a [(Ratio, Ratio)],
    pub places: u8,
    /// Is the line of those who moved in held against chance?
    pub tested: bool,
}

/// A split, and what it tells and exposes.
pub(super) struct Found {
    pub split: Split,
    pub tells: Vec<Told>,
    pub exposes: Vec<Exposure>,
}

/// Persons and cases of a group in one span.
#[derive(Clone, Copy, Default)]
struct Numbers {
    persons: Cell,
    cases: Cell,
}

impl Question<'_> {
    /// The split; withheld where its numbers are too small however they are put together.
    pub fn answer(&self) -> Known<Found> {
        let Some(groups) = self.groups() else { return Known::Withheld };
        let totals = self.spans.iter().map(|span| self.totals(*span));
        let totals: Option<Vec<Totals>> = totals.map(Known::get).collect();
        let Some(totals) = totals else { return Known::Missing(Missing::NoData) };
        let split = self.split(&groups, &totals);
        Known::or(split, Missing::NoData).map(|split| Found {
            split,
            tells: self.tells(&groups),
            exposes: groups.iter().flat_map(|group| self.exposes(*group)).collect(),
        })
    }

    /// The finest groups of flows all of whose numbers may be told, in every span.
    fn groups(&self) -> Option<Vec<Group>> {
        let may = |group: Group| !is_too_small(&self.exposes(group), self.protection) && self.is_told(group);
        let (came, went) = (COMING.finest(may)?, GOING.finest(may)?);
        let apart = CHANGED.iter().all(|group| may(group));
        let stayed = if apart {
            CHANGED.to_vec()
        } else {
            (matches!(self.counts, Counts::Lens(..)) && may(STAYED)).then(|| vec![STAYED])?
        };
        let mut groups = [came, went, stayed].concat();
        groups.retain(|group| self.spans.iter().any(|span| self.is_of_somebody(group, *span)));
        Some(groups)
    }

    fn is_of_somebody(&self, group: Group, span: Span) -> bool {
        self.numbers(group, span)
            .get()
            .is_some_and(|numbers| numbers.persons.rows > 0 || numbers.persons.sum > 0)
    }

    /// Did the supplier hide nothing of it?
    fn is_told(&self, group: Group) -> bool {
        self.spans.iter().all(|span| !matches!(self.numbers(group, *span), Known::Withheld))
    }

    /// Where a group's numbers stand. All who stay are counted at both times.
    fn counted(&self, group: Group) -> Vec<(Counted, bool)> {
        match self.counts {
            Counts::Lens(lens, part) if group == STAYED => {
                vec![(self.counts.of(group), true), (staying(lens, part), false)]
            }
            _ => vec![(self.counts.of(group), !GOING.groups().contains(&group))],
        }
    }

    /// Persons and cases; of all who stay the cases are by how many there are more now. What a table has no row of is none.
    fn numbers(&self, group: Group, span: Span) -> Known<Numbers> {
        if group == [Flow::Yardstick] {
            return Known::Is(Numbers::default());
        }
        let of = |(counted, later): &(Counted, bool)| {
            let period = if *later { span.until } else { span.since };
            let cell = |id: &PopulationId| match self.raw.cell(id, Scope::Area(self.area), period) {
                Known::Missing(_) => Known::Is(Cell::default()),
                found => found,
            };
            cell(&counted.persons)
                .and_then(|persons| cell(&counted.cases).map(|cases| Numbers { persons, cases }))
        };
        let all = self.counted(group);
        of(&all[0]).and_then(|now| match all.get(1) {
            None => Known::Is(now),
            Some(then) => {
                of(then).map(|then| Numbers { persons: now.persons, cases: now.cases.minus(then.cases) })
            }
        })
    }

    fn exposes(&self, group: Group) -> Vec<Exposure> {
        let mut exposes = Vec::new();
        for span in self.spans {
            for (counted, later) in self.counted(group) {
                let period = if later { span.until } else { span.since };
                let sum =
                    |id| self.raw.cell(id, Scope::Area(self.area), period).get().map_or(0, |cell| cell.sum);
                let (whole, part) = (sum(&counted.persons), sum(&counted.cases));
                if CHANGED.contains(&group) {
                    exposes.extend([Exposure::Amount(whole), Exposure::Amount(part)]);
                } else {
                    exposes.push(Exposure::Share { part, whole });
                }
            }
        }
        exposes
    }

    fn tells(&self, groups: &[Group]) -> Vec<Told> {
        let zone = Scope::Area(self.area).into();
        let mut told = Vec::new();
        let mut tell = |counted: Counted, period: Period| {
            told.extend([&counted.persons, &counted.cases].map(|id| Told::sum(id, &zone, period)));
        };
        for span in self.spans {
            let stayed = if self.is_partial() { self.counted(STAYED) } else { Vec::new() };
            for (counted, later) in groups.iter().flat_map(|group| self.counted(group)).chain(stayed) {
                tell(counted, if later { span.until } else { span.since });
            }
        }
        in_order(told)
    }

    /// Are some dwellings left out, so that nothing else tells what the whole is?
    fn is_partial(&self) -> bool {
        matches!(self.counts, Counts::Lens(lens, _) if lens.without.is_some())
    }

    /// Base and cases at both ends of a span: of persons as their flows add up, which must be what is counted of all of them.
    fn totals(&self, span: Span) -> Known<Totals> {
        let cell = |id: &PopulationId, period| self.raw.cell(id, Scope::Area(self.area), period);
        let pair = |period: Period| {
            let (part, whole) = self.quotient;
            cell(whole, period).and_then(|whole| cell(part, period).map(|part| (whole.sum, part.sum)))
        };
        let both = pair(span.since).and_then(|then| pair(span.until).map(|now| (then, now)));
        let counted = both.map(|((n0, c0), (n1, c1))| Totals { base: (n0, n1), cases: (c0, c1) });
        let Counts::Lens(lens, part) = self.counts else { return counted };
        let sum = |group: Group, period: Period| {
            let Counted { persons, cases, .. } = self.counts.of(group);
            cell(&persons, period)
                .and_then(|persons| cell(&cases, period).map(|cases| (persons.sum, cases.sum)))
        };
        let added = |a: (i128, i128), b: (i128, i128)| (a.0 + b.0, a.1 + b.1);
        let stays = staying(lens, part);
        let then = cell(&stays.persons, span.since)
            .and_then(|persons| cell(&stays.cases, span.since).map(|cases| (persons.sum, cases.sum)))
            .and_then(|stays| sum(GOING.everybody(), span.since).map(|went| added(stays, went)));
        let now = sum(STAYED, span.until)
            .and_then(|stayed| sum(COMING.everybody(), span.until).map(|came| added(stayed, came)));
        let linked = then.and_then(|then| now.map(|now| (then, now)));
        let linked = linked.map(|((n0, c0), (n1, c1))| Totals { base: (n0, n1), cases: (c0, c1) });
        if self.is_partial() {
            return linked;
        }
        linked.and_then(|linked| {
            counted.and_then(|counted| Known::or((linked == counted).then_some(linked), Missing::NoData))
        })
    }

    /// The change of base and cases by a group in a span.
    fn change(&self, group: Group, span: Span) -> Option<(i128, i128)> {
        let Numbers { persons, cases } = self.numbers(group, span).get()?;
        let sign = |group: Group| if GOING.groups().contains(&group) { -1 } else { 1 };
        Some(match group {
            [Flow::Up] => (0, cases.sum),
            [Flow::Down] => (0, -cases.sum),
            _ if group == STAYED => (0, cases.sum),
            _ => (sign(group) * persons.sum, sign(group) * cases.sum),
        })
    }

    fn split(&self, groups: &[Group], totals: &[Totals]) -> Option<Split> {
        let mut contributions: Vec<(Group, Ratio)> = groups
            .iter()
            .map(|group| Some((*group, self.contribution(group, totals)?)))
            .collect::<Option<_>>()?;
        contributions.extend(self.yardstick(totals)?.map(|sum| (&[Flow::Yardstick] as Group, sum)));
        contributions.sort_by_key(|(group, _)| group.to_vec());
        let (start, end) = self.ends(totals)?;
        let all = contributions.iter().fold(Ratio::ZERO, |sum, (_, one)| sum.plus(*one));
        // A table whose rows do not make up the change tells only a part of it.
        if (all.minus(end.minus(start))).to_f64().abs() > 1e-9 {
            return None;
        }
        let (start, end) = (start.round(self.places)?, end.round(self.places)?);
        let change = Decimal { units: end.units - start.units, places: self.places };
        let exact: Vec<Ratio> = contributions.iter().map(|(_, one)| *one).collect();
        let points = rounded(&exact, change)?;
        let terms =
            contributions.iter().zip(points).map(|((group, _), points)| self.term(group, points, totals));
        let persons = |sum: i128| i64::try_from((sum + 500).div_euclid(1000)).ok();
        Some(Split {
            since: self.spans.first()?.since,
            start,
            end,
            terms: terms.collect::<Option<_>>()?,
            basis: if matches!(self.counts, Counts::Table(_)) { Basis::Table } else { Basis::Linked },
            persons: (persons(totals.first()?.base.0)?, persons(totals.last()?.base.1)?),
            linked: None,
        })
    }

    /// What a group contributes over all spans: of a value relative to another, as if that had stood midway.
    fn contribution(&self, group: Group, totals: &[Totals]) -> Option<Ratio> {
        let mut sum = Ratio::ZERO;
        for ((span, totals), factor) in self.spans.iter().zip(totals).zip(self.factors) {
            let (base, cases) = self.change(group, *span)?;
            sum = sum.plus(totals.contribution(base, cases)?.times(middle(*factor)?));
        }
        sum.over(Ratio::whole(self.mean_of as i128))
    }

    /// What the change of the figure contributes to which a value is relative.
    fn yardstick(&self, totals: &[Totals]) -> Option<Option<Ratio>> {
        if self.factors.iter().all(|(then, now)| then == now) {
            return Some(None);
        }
        let mut sum = Ratio::ZERO;
        for (totals, (then, now)) in totals.iter().zip(self.factors) {
            sum = sum.plus(middle(totals.values()?)?.times(now.minus(*then)));
        }
        sum.over(Ratio::whole(self.mean_of as i128)).map(Some)
    }

    /// The value at both ends: of the first and the last period, or the means of so many.
    fn ends(&self, totals: &[Totals]) -> Option<(Ratio, Ratio)> {
        let values = totals.iter().zip(self.factors).map(|(totals, (f0, f1))| {
            let (then, now) = totals.values()?;
            Some((then.times(*f0), now.times(*f1)))
        });
        let values: Vec<(Ratio, Ratio)> = values.collect::<Option<_>>()?;
        if self.mean_of == 1 {
            return Some((values.first()?.0, values.last()?.1));
        }
        let each = Ratio::new(1, self.mean_of as i128)?;
        Some(values.iter().fold((Ratio::ZERO, Ratio::ZERO), |ends, value| {
            (ends.0.plus(value.0.times(each)), ends.1.plus(value.1.times(each)))
        }))
    }

    fn term(&self, group: Group, points: Decimal, totals: &[Totals]) -> Option<Term> {
        let numbers: Option<Vec<Numbers>> =
            self.spans.iter().map(|span| self.numbers(group, *span).get()).collect();
        let numbers = numbers?;
        let rows = |cell: &Cell| {
            if matches!(self.counts, Counts::Table(_)) { cell.sum / 1000 } else { cell.rows.into() }
        };
        let persons: i128 = numbers.iter().map(|numbers| rows(&numbers.persons)).sum();
        let cases: i128 = numbers.iter().map(|numbers| numbers.cases.sum).sum();
        let places = if cases % 1000 == 0 { 0 } else { 1 };
        let margin = (self.tested && group.iter().all(|flow| IN.contains(flow))).then(|| {
            let each = numbers.iter().zip(totals).zip(self.factors);
            let variance = each.map(|((numbers, totals), (then, now))| {
                let factor = f64::midpoint(then.to_f64(), now.to_f64());
                variance(numbers) * (factor / totals.mean_base()).powi(2)
            });
            P99.z * variance.sum::<f64>().sqrt() / self.mean_of as f64
        });
        let unit = 10f64.powi(i32::from(self.places));
        Some(Term {
            flows: group.to_vec(),
            points,
            persons: i64::try_from(persons).ok()?,
            cases: Ratio::thousandths(cases.abs()).round(places)?,
            margin: margin
                .map(|margin| Decimal { units: (margin * unit).round() as i64, places: self.places }),
        })
    }
}

/// The mean of two numbers.
fn middle((one, other): (Ratio, Ratio)) -> Option<Ratio> {
    one.plus(other).over(Ratio::whole(2))
}

/// How much the cases of so many persons vary by chance: the sum of squared deviations from their mean.
fn variance(numbers: &Numbers) -> f64 {
    let (n, cases) = (numbers.persons.sum as f64 / 1000.0, numbers.cases.sum as f64 / 1000.0);
    let squares = if numbers.cases.squares > 0 { numbers.cases.squares as f64 / 1e6 } else { cases };
    if n > 0.0 { (squares - cases * cases / n).max(0.0) } else { 0.0 }
}
