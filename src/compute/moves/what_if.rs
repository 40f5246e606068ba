//! What a share would be if those who move in were others: arithmetic with the area's own flows, and no forecast.
//!
//! # Formula
//! Of `C` cases and `K` others in a year, o_C and o_K move out, u of the others become cases and d of the cases cease to be; n move in, of
//! whom a share q are cases, and age and death make c and k more or fewer:
//!
//! ```text
//! C' = C (1 − o_C − d) + K u + n q + c
//! K' = K (1 − o_K − u) + C d + n (1 − q) + k
//! ```
//!
//! The rates are those of the area's own last years, all of them together. With q as it was this is the reference; with another q
//! the supposition. Everything else stays as it was: that those who move in then fare as the residents do is an assumption.
//!
//! # Chance
//! Every number of the supposition is drawn from its binomial distribution (its normal approximation) a thousand times, by a fixed
//! seed; between the tenth and the ninetieth percentile lie 80 of a hundred.

use super::{
    facts::Replaced,
    groups::{CHANGED, Group, IN, OUT, is_of_those_who_went},
    offers::Declared,
    populations::{Counts, counts},
};
use crate::{
    catalogue::Supposed,
    compute::{
        disclose::told::{Told, in_order},
        methods,
        publication::{Fact, Missing},
        random::Stream,
        ratio::Ratio,
        raw::{Exposure, Known, Offer, Scope},
    },
    ids::{AreaId, Period, PopulationId, ValueId},
    numbers::Decimal,
};

/// Shares are told in per cent.
const PER_CENT: i128 = 100;
/// The years after which the share is told.
const AFTER: [u8; 3] = [1, 3, 5];
/// The last years whose flows are taken together.
const YEARS: u8 = 3;
/// Draws, and the places among them between which 80 of a hundred lie.
const DRAWS: usize = 1000;
const BETWEEN: (usize, usize) = (DRAWS / 10, DRAWS - 1 - DRAWS / 10);

/// Flows of a year, in persons.
#[derive(Clone, Copy, Default, Debug)]
struct Flows {
    cases: f64,
    others: f64,
    /// Of a case and of another, how likely it is to leave.
    leaves: (f64, f64),
    /// How likely another becomes a case, and a case ceases to be.
    changes: (f64, f64),
    moved_in: f64,
    /// By how many more there are of cases and others through age and death; below 0 by how many fewer.
    aged: (f64, f64),
}

/// All suppositions of one split on the latest period.
pub(super) fn offers(declared: &Declared) -> Vec<Offer> {
    let Some(latest) = declared.measured.periods.last() else { return Vec::new() };
    if methods::of(&declared.measured.indicator.method).scale() != Some(PER_CENT) {
        return Vec::new();
    }
    let index = &declared.data.raw.index;
    let mut offers = Vec::new();
    for counts in counts(declared.data.catalogue, declared.id, declared.moves) {
        let Counts::Lens(lens, _) = &counts else { continue };
        let areas = declared.areas.iter().filter(|area| index.layer(&lens.layer).contains(*area));
        for area in areas.filter(|_| lens.without.is_none()) {
            let scenarios = declared.moves.what_if.iter();
            offers.extend(scenarios.map(|(name, supposed)| {
                Asked { declared, counts: &counts, area: *area, latest: *latest }.offer(&name.value, supposed)
            }));
        }
    }
    offers
}

struct Asked<'a> {
    declared: &'a Declared<'a>,
    counts: &'a Counts<'a>,
    area: usize,
    latest: Period,
}

impl Asked<'_> {
    fn offer(&self, name: &str, supposed: &Supposed) -> Offer {
        let (declared, data) = (self.declared, self.declared.data);
        let area = data.area(self.area);
        let id = ValueId::own(format!("moves/what-if/{}/{name}", declared.id), area, self.latest);
        let split = ValueId::own(format!("moves/{}", declared.id), area, self.latest);
        let mut needs =
            vec![split, declared.measured.value_id(self.area, declared.measured.periods.len() - 1)];
        let like = supposed.like.as_ref();
        needs.extend(like.map(|like| ValueId::own(declared.measured.id.as_str(), like, self.latest)));
        let spans: Vec<Period> =
            (0..i32::from(YEARS)).rev().map(|back| self.latest.years_back(back)).collect();
        let flows = self.flows(&spans);
        let fact = flows.and_then(|flows| {
            self.moved_in(&spans).and_then(|q| {
                self.share(supposed, q).and_then(|supposed| {
                    Known::or(self.replaced(name, &flows, (q, supposed)), Missing::EmptyBase)
                })
            })
        });
        let protection = declared.measured.protection(self.area);
        let tells = fact.as_ref().get().map(|_| self.tells(&spans)).unwrap_or_default();
        Offer::new(id, fact.map(Fact::Replaced), needs)
            .exposing(self.exposes(&spans), protection)
            .telling(tells)
    }

    fn sum(&self, id: &PopulationId, period: Period) -> Known<f64> {
        let cell = self.declared.data.raw.cell(id, Scope::Area(self.area), period);
        cell.map(|cell| cell.sum as f64 / 1000.0)
    }

    /// Persons and cases of a group over all spans; of those who went at the earlier time of each.
    fn both(&self, group: Group, spans: &[Period]) -> Known<(f64, f64)> {
        let counted = self.counts.of(group);
        let earlier = is_of_those_who_went(group);
        spans.iter().fold(Known::Is((0.0, 0.0)), |sum, until| {
            let period = if earlier { until.shift(-1) } else { *until };
            sum.and_then(|(persons, cases)| {
                let more = self.sum(&counted.persons, period);
                more.and_then(|n| self.sum(&counted.cases, period).map(|c| (persons + n, cases + c)))
            })
        })
    }

    /// The share of cases among those who moved in.
    fn moved_in(&self, spans: &[Period]) -> Known<f64> {
        self.both(IN, spans).and_then(|(persons, cases)| {
            Known::or((persons > 0.0).then(|| cases / persons), Missing::EmptyBase)
        })
    }

    /// The supposed share.
    fn share(&self, supposed: &Supposed, own: f64) -> Known<f64> {
        if let Some(flexible) = &supposed.flexible {
            let flexible = Ratio::of(*flexible.value).to_f64() / 100.0;
            return Known::Is(own * (1.0 - flexible.clamp(0.0, 1.0)));
        }
        let index = &self.declared.data.raw.index;
        let scope = match supposed.like.as_ref().map(|like| &like.value) {
            Some(id) if *id == AreaId::municipality() => Some(Scope::Municipality),
            Some(id) => index.areas.iter().position(|area| area == id).map(Scope::Area),
            None => None,
        };
        let (part, whole) = self.declared.quotient;
        let cell = |id: &PopulationId| {
            Known::or(scope, Missing::NoData)
                .and_then(|scope| self.declared.data.raw.cell(id, scope, self.latest))
        };
        cell(part).and_then(|part| {
            cell(whole).and_then(|whole| {
                Known::or((whole.sum > 0).then(|| part.sum as f64 / whole.sum as f64), Missing::EmptyBase)
            })
        })
    }

    /// Persons and cases of everybody at one time.
    fn all(&self, period: Period) -> Known<(f64, f64)> {
        let (part, whole) = self.declared.quotient;
        self.sum(whole, period).and_then(|n| self.sum(part, period).map(|c| (n, c)))
    }

    fn flows(&self, spans: &[Period]) -> Known<Flows> {
        let years = spans.len() as f64;
        let start = spans.iter().fold(Known::Is((0.0, 0.0)), |sum, until| {
            sum.and_then(|sum| self.all(until.shift(-1)).map(|all| (sum.0 + all.0, sum.1 + all.1)))
        });
        let first = Known::or(spans.first(), Missing::NoData).and_then(|first| self.all(first.shift(-1)));
        let found = [IN, OUT, CHANGED[0], CHANGED[1]].map(|group| self.both(group, spans).get());
        let [Some(came), Some(went), Some(up), Some(down)] = found else {
            return Known::Missing(Missing::NoData);
        };
        start.and_then(|(n0, c0)| {
            first.and_then(|first| self.all(self.latest).map(|now| (first, now))).map(|(first, now)| {
                let per = |number: f64, of: f64| if of > 0.0 { (number / of).clamp(0.0, 1.0) } else { 0.0 };
                let cases = now.1 - first.1 - (came.1 - went.1 + up.1 - down.1);
                let persons = now.0 - first.0 - (came.0 - went.0);
                Flows {
                    cases: now.1,
                    others: now.0 - now.1,
                    leaves: (per(went.1, c0), per(went.0 - went.1, n0 - c0)),
                    changes: (per(up.1, n0 - c0), per(down.1, c0)),
                    moved_in: came.0 / years,
                    aged: (cases / years, (persons - cases) / years),
                }
            })
        })
    }

    fn replaced(&self, name: &str, flows: &Flows, (own, supposed): (f64, f64)) -> Option<Replaced> {
        let places = self.declared.measured.places(self.area);
        let unit = 10f64.powi(i32::from(places));
        let round = |share: f64| Decimal { units: (share * PER_CENT as f64 * unit).round() as i64, places };
        let area = self.declared.data.area(self.area).as_str();
        let mut stream = Stream::of(&["moves", self.declared.id, name, area, &self.latest.to_string()]);
        let mut draws: Vec<Vec<f64>> = vec![Vec::with_capacity(DRAWS); AFTER.len()];
        for _ in 0..DRAWS {
            let path = flows.path(supposed, Some(&mut stream));
            draws.iter_mut().zip(path).for_each(|(draws, share)| draws.push(share));
        }
        let expected = flows.path(own, None).into_iter().zip(flows.path(supposed, None));
        let after =
            AFTER.into_iter().zip(expected).zip(draws).map(|((year, (as_was, supposed)), mut draws)| {
                draws.sort_by(f64::total_cmp);
                (year, round(as_was), round(supposed), (round(draws[BETWEEN.0]), round(draws[BETWEEN.1])))
            });
        Some(Replaced {
            moved_in: (round(own), round(supposed)),
            persons: flows.moved_in.round() as i64,
            after: after.collect(),
            years: YEARS,
        })
    }

    /// All numbers behind the rates.
    fn numbers(&self, spans: &[Period]) -> Vec<(PopulationId, Period)> {
        let mut all = Vec::new();
        for until in spans {
            let since = until.shift(-1);
            for group in [IN, OUT, CHANGED[0], CHANGED[1]] {
                let counted = self.counts.of(group);
                let period = if is_of_those_who_went(group) { since } else { *until };
                all.extend([(counted.persons, period), (counted.cases, period)]);
            }
            let (part, whole) = self.declared.quotient;
            all.extend(
                [since, *until]
                    .into_iter()
                    .flat_map(|period| [(part.clone(), period), (whole.clone(), period)]),
            );
        }
        all
    }

    fn exposes(&self, spans: &[Period]) -> Vec<Exposure> {
        let raw = self.declared.data.raw;
        let cell = |(id, period): (PopulationId, Period)| raw.cell(&id, Scope::Area(self.area), period).get();
        self.numbers(spans).into_iter().filter_map(cell).map(|cell| Exposure::Amount(cell.sum)).collect()
    }

    fn tells(&self, spans: &[Period]) -> Vec<Told> {
        let zone = Scope::Area(self.area).into();
        in_order(self.numbers(spans).into_iter().map(|(id, period)| Told::sum(&id, &zone, period)))
    }
}

impl Flows {
    /// The share after each of [`AFTER`] years if this share of those who move in are cases: expected, or drawn.
    fn path(&self, moved_in: f64, mut stream: Option<&mut Stream>) -> Vec<f64> {
        let (mut cases, mut others) = (self.cases, self.others);
        let mut draw = |n: f64, p: f64| {
            let mean = n * p;
            match &mut stream {
                Some(stream) => {
                    (mean + (n * p * (1.0 - p)).max(0.0).sqrt() * stream.normal()).clamp(0.0, n.max(0.0))
                }
                None => mean,
            }
        };
        let mut shares = Vec::new();
        for year in 1..=AFTER[AFTER.len() - 1] {
            let (cases_left, others_left) = (draw(cases, self.leaves.0), draw(others, self.leaves.1));
            let (down, up) = (draw(cases, self.changes.1), draw(others, self.changes.0));
            let came = draw(self.moved_in, moved_in);
            let (before, beside) = (cases, others);
            cases = (before - cases_left - down + up + came + self.aged.0).max(0.0);
            others = (beside - others_left - up + down + self.moved_in - came + self.aged.1).max(0.0);
            if AFTER.contains(&year) {
                shares.push(if cases + others > 0.0 { cases / (cases + others) } else { 0.0 });
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 200 cases and 200 others; 40 move in and 40 out each year, and nothing else happens.
    const AREA: Flows = Flows {
        cases: 200.0,
        others: 200.0,
        leaves: (0.1, 0.1),
        changes: (0.0, 0.0),
        moved_in: 40.0,
        aged: (0.0, 0.0),
    };

    #[test]
    fn movers_with_the_areas_own_share_change_nothing_and_others_change_a_tenth_of_the_way_each_year() {
        assert!(AREA.path(0.5, None).iter().all(|share| (share - 0.5).abs() < 1e-12));
        // 0.2 + 0.3 x 0.9^t, t = 1, 3, 5.
        let expected = [0.47, 0.4187, 0.377147];
        for (found, expected) in AREA.path(0.2, None).iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found}");
        }
    }

    #[test]
    fn draws_lie_about_what_is_expected() {
        let mut stream = Stream::of(&["what-if"]);
        let draws: Vec<f64> = (0..2000).map(|_| AREA.path(0.2, Some(&mut stream))[2]).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        assert!((mean - 0.377147).abs() < 0.003, "{mean}");
        let spread =
            (draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / draws.len() as f64).sqrt();
        assert!((0.01..0.03).contains(&spread), "{spread}");
    }
}
