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
    groups::{AGE, CHANGED, COMING, GOING, Group, IN, OF_AGE, STAYED, finest, is_of_those_who_went},
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
            exposes: groups.iter().flat_map(|group| self.exposes(group)).collect(),
        })
    }

    /// The finest groups of flows all of whose numbers may be told, in every span.
    fn groups(&self) -> Option<Vec<Group>> {
        let may = |group: Group| !is_too_small(&self.exposes(group), self.protection) && self.is_told(group);
        // With some dwellings left out nothing else tells how many there are in all: a difference would need it.
        let moved = finest(!self.is_partial(), may)?;
        let apart = CHANGED.iter().all(|group| may(group));
        let stayed = if apart {
            CHANGED.to_vec()
        } else {
            (matches!(self.counts, Counts::Lens(..)) && may(STAYED)).then(|| vec![STAYED])?
        };
        let mut groups = [moved, stayed].concat();
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
            _ if group == AGE => OF_AGE.map(|of_age| (self.counts.of(of_age), of_age == OF_AGE[0])).to_vec(),
            _ => vec![(self.counts.of(group), !is_of_those_who_went(group))],
        }
    }

    /// Of age and death at both times only the difference may be told; may how many they were?
    fn are_persons_told(&self, group: Group) -> bool {
        group != AGE || {
            let persons =
                OF_AGE.iter().flat_map(|group| self.exposes(group)).filter_map(|exposure| match exposure {
                    Exposure::Share { whole, .. } => Some(Exposure::Amount(whole)),
                    _ => None,
                });
            !is_too_small(&persons.collect::<Vec<_>>(), self.protection)
        }
    }

    /// When a group is counted: at either end of the span, or in the year of a table's row, which is the later one.
    fn period(&self, span: Span, later: bool) -> Period {
        if later || matches!(self.counts, Counts::Table(_)) { span.until } else { span.since }
    }

    /// Persons and cases; of all who stay, and of age and death, the cases are by how many there are more now. What a table has no
    /// row of is none.
    fn numbers(&self, group: Group, span: Span) -> Known<Numbers> {
        if group == [Flow::Yardstick] {
            return Known::Is(Numbers::default());
        }
        let of = |(counted, later): &(Counted, bool)| {
            let period = self.period(span, *later);
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
                let persons = |then: Cell| if group == AGE { now.persons.plus(then) } else { now.persons };
                of(then).map(|then| Numbers {
                    persons: persons(then.persons),
                    cases: now.cases.minus(then.cases),
                })
            }
        })
    }

    fn exposes(&self, group: Group) -> Vec<Exposure> {
        let mut exposes = Vec::new();
        if group == AGE {
            return exposes;
        }
        for span in self.spans {
            for (counted, later) in self.counted(group) {
                let period = self.period(*span, later);
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
        let stayed = self.is_partial().then_some(STAYED);
        for group in groups.iter().copied().chain(stayed).filter(|group| self.are_persons_told(group)) {
            for span in self.spans {
                for (counted, later) in self.counted(group) {
                    let period = self.period(*span, later);
                    told.push(Told::sum(&counted.persons, &zone, period));
                    told.extend((group != AGE).then(|| Told::sum(&counted.cases, &zone, period)));
                }
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
        let sign = if is_of_those_who_went(group) { -1 } else { 1 };
        if group == AGE {
            let of = |group: Group| self.change(group, span);
            let ((n0, c0), (n1, c1)) = (of(OF_AGE[0])?, of(OF_AGE[1])?);
            return Some((n0 + n1, c0 + c1));
        }
        Some(match group {
            [Flow::Up] => (0, cases.sum),
            [Flow::Down] => (0, -cases.sum),
            _ if group == STAYED => (0, cases.sum),
            _ => (sign * persons.sum, sign * cases.sum),
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
            persons: i64::try_from(persons).ok().filter(|_| self.are_persons_told(group)),
            cases: Ratio::thousandths(cases.abs()).round(places).filter(|_| group != AGE),
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
