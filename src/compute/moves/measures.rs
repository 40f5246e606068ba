//! How many come and go, from where, what they are like, and how many dwellings are given up.

use super::{
    facts::{Flow, Moved, ORIGINS, Profile, Vacated},
    groups::{self, IN, OUT},
    lens::{self, Lens},
    offers::Declared,
    populations::{self, Counts},
};
use crate::{
    catalogue::Protection,
    compute::{
        chance::mover,
        compare::verdict,
        disclose::told::{Counted, Told, Zone, in_order},
        indicators::{All, Measured},
        interval::{P99, Share, effective, wilson},
        precision,
        publication::{Fact, Missing},
        ratio::Ratio,
        raw::{Cell, Exposure, Known, Offer, Scope},
    },
    ids::{LayerId, Period, PopulationId, SourceId, ValueId},
    numbers::Decimal,
};

/// Years of an area's own past that are needed to call one unusual.
const PAST: usize = 4;

/// One area, followed by persons of one source.
struct Followed<'a> {
    declared: &'a Declared<'a>,
    source: &'a SourceId,
    layer: &'a LayerId,
    area: usize,
    protection: Protection,
}

/// What is told of everybody in the areas of one declared split.
pub(super) fn offers(declared: &Declared, all: &All) -> Vec<Offer> {
    let Some(source) = declared.data.catalogue.source_of(declared.quotient.1) else { return Vec::new() };
    let mut offers = Vec::new();
    for area in &declared.areas {
        let Some(layer) = declared.data.raw.index.layer_of(*area) else { continue };
        let protection = declared.measured.protection(*area);
        let followed = Followed { declared, source, layer, area: *area, protection };
        for period in followed.periods() {
            offers.push(followed.moved(period));
            offers.extend(followed.origins(period));
            offers.push(followed.vacated(period));
        }
        if let Some(latest) = followed.periods().last() {
            let profiles = declared.moves.profile.iter().filter_map(|id| all.get(&id.value));
            offers.extend(profiles.filter_map(|measured| followed.profile(measured, *latest)));
        }
    }
    offers
}

impl Followed<'_> {
    fn lens(&self) -> Lens {
        Lens::new(self.layer, None, None)
    }

    /// The periods into which persons were followed.
    fn periods(&self) -> Vec<Period> {
        let found = self.declared.data.raw.followed.get(self.source);
        found.into_iter().flatten().map(|(period, _)| *period).collect()
    }

    fn zone(&self) -> Zone {
        Scope::Area(self.area).into()
    }

    fn cell(&self, population: &PopulationId, period: Period) -> Known<Cell> {
        self.declared.data.raw.cell(population, Scope::Area(self.area), period)
    }

    fn id(&self, what: String, period: Period) -> ValueId {
        ValueId::own(what, self.declared.data.area(self.area), period)
    }

    fn group(&self, group: groups::Group) -> PopulationId {
        format!("{}/{}", self.lens().name(), groups::word(group)).into()
    }

    /// An offer that tells these populations' numbers.
    fn offer(
        &self,
        what: String,
        until: Period,
        fact: Known<Fact>,
        told: Vec<Told>,
        exposes: Vec<Exposure>,
    ) -> Offer {
        let offer = Offer::new(self.id(what, until), fact, Vec::new());
        offer.exposing(exposes, self.protection).telling(in_order(told))
    }

    /// How many came and went.
    fn moved(&self, until: Period) -> Offer {
        let since = until.shift(-1);
        let rows = self.declared.data.raw.rows.get(self.source);
        let everybody = |period| {
            let series = Known::or(rows, Missing::NoData);
            series.and_then(|series| series.cell(Scope::Area(self.area), period)).map(|cell| cell.sum)
        };
        let (moved_in, moved_out) = (self.group(IN), self.group(OUT));
        let numbers = self.cell(&moved_in, until).and_then(|came| {
            let went = self.cell(&moved_out, since);
            went.and_then(|went| {
                everybody(since).and_then(|then| everybody(until).map(|now| (came.sum, went.sum, then + now)))
            })
        });
        let fact = numbers.and_then(|(came, went, both)| {
            let rate = |number: i128| Ratio::new(200 * number, both)?.round(1);
            let rates = || Some([rate(came)?, rate(went)?, rate(came - went)?, rate(came + went)?]);
            let persons = |sum: i128| (sum / 1000) as i64;
            Known::or(rates(), Missing::EmptyBase).map(|rates| {
                Fact::Moved(Moved { since, moved_in: persons(came), moved_out: persons(went), rates })
            })
        });
        let exposes = numbers
            .get()
            .map_or_else(Vec::new, |(came, went, _)| vec![Exposure::Amount(came), Exposure::Amount(went)]);
        let every = |period| Told { of: Counted::Every(self.source.clone()), zone: self.zone(), period };
        let told = vec![
            Told::sum(&moved_in, &self.zone(), until),
            Told::sum(&moved_out, &self.zone(), since),
            every(since),
            every(until),
        ];
        self.offer("moves/persons".into(), until, fact, told, exposes)
    }

    /// From where those came who moved in.
    fn origins(&self, until: Period) -> Vec<Offer> {
        let index = &self.declared.data.raw.index;
        let areas = index.layer(self.layer).filter(|area| *area != self.area);
        let areas = areas.map(|area| index.areas[area].to_string()).chain([ORIGINS[0].to_string()]);
        let from = areas.map(|name| (populations::from(self.layer, &name), name));
        let outside: [groups::Group; 3] = [&[Flow::InElsewhere], &[Flow::InAbroad], &[Flow::InOutside]];
        let outside = outside.into_iter().zip(&ORIGINS[1..]);
        let outside = outside.map(|(group, name)| (self.group(group), name.to_string()));
        let all: Vec<(PopulationId, String)> = from.chain(outside).collect();
        let offers = all.into_iter().map(|(population, name)| {
            let number = self.cell(&population, until).map(|cell| cell.sum);
            let fact = number.map(|number| Fact::Count((number / 1000) as i64));
            let exposes = number.get().map(Exposure::Amount).into_iter().collect();
            let told = vec![Told::sum(&population, &self.zone(), until)];
            self.offer(format!("moves/from/{name}"), until, fact, told, exposes)
        });
        offers.collect()
    }

    /// Households of which nobody lives in the area any more, in thousandths, and all.
    fn given_up(&self, since: Period) -> Known<(i128, i128)> {
        let [all, vacated] = populations::households(self.layer);
        self.cell(&vacated, since)
            .and_then(|vacated| self.cell(&all, since).map(|all| (vacated.sum, all.sum)))
    }

    /// How many households gave up their dwelling, beside the area's other years.
    fn vacated(&self, until: Period) -> Offer {
        let since = until.shift(-1);
        let others: Vec<Period> =
            self.periods().iter().map(|period| period.shift(-1)).filter(|period| *period != since).collect();
        let mut past: Vec<Ratio> = others
            .iter()
            .filter_map(|period| {
                let (vacated, all) = self.given_up(*period).get()?;
                Ratio::new(100 * vacated, all)
            })
            .collect();
        past.sort();
        let usual = (past.len() >= PAST).then(|| {
            let middle = past[(past.len() - 1) / 2].plus(past[past.len() / 2]);
            middle.over(Ratio::whole(2)).unwrap_or(middle)
        });
        let numbers = self.given_up(since);
        let fact = numbers.and_then(|(vacated, all)| {
            Known::or(vacated_fact(since, (vacated, all), usual), Missing::EmptyBase)
        });
        let exposes = numbers
            .get()
            .map_or_else(Vec::new, |(vacated, all)| vec![Exposure::Share { part: vacated, whole: all }]);
        let told = others.iter().filter(|_| usual.is_some()).chain([&since]).flat_map(|period| {
            populations::households(self.layer).map(|id| Told::sum(&id, &self.zone(), *period))
        });
        let told = told.collect();
        self.offer("moves/vacated".into(), until, fact.map(Fact::Vacated), told, exposes)
    }

    /// A share among those who came and went, beside all residents.
    fn profile(&self, measured: &Measured, until: Period) -> Option<Offer> {
        let data = self.declared.data;
        let (part, whole) = lens::quotient(data.catalogue, measured.id)?;
        let number = measured.periods.binary_search(&until).ok()?;
        let counts = Counts::Lens(Lens::new(self.layer, Some(whole), None), part);
        let (came, went) = (counts.of(IN), counts.of(OUT));
        let since = until.shift(-1);
        let share = |counted: &populations::Counted, period| {
            self.cell(&counted.persons, period)
                .and_then(|persons| self.cell(&counted.cases, period).map(|cases| (persons, cases)))
        };
        let (of_in, of_out) = (share(&came, until), share(&went, since));
        let places = of_in.get().and_then(|(persons, _)| Ratio::new(persons.sum, 1000));
        let places = precision::places(measured.indicator, places);
        let residents = measured.value(self.area, number).and_then(|value| {
            let limits = value.limits().and_then(|(low, high)| {
                Some((precision::round(low, places)?, precision::round(high, places)?))
            });
            Known::or(value.value.round(places), Missing::NoData).map(|value| (value, limits))
        });
        let both = of_in.and_then(|of_in| of_out.map(|of_out| (of_in, of_out)));
        let fact = both.and_then(|(of_in, of_out)| {
            residents.and_then(|residents| {
                let (one, other) = (limited(of_in), limited(of_out));
                let told = one.zip(other).and_then(|(one, other)| {
                    let (low, high) = mover((one.0.to_f64(), one.1), (other.0.to_f64(), other.1), 0.0);
                    let matters = Ratio::of(*measured.indicator.matters);
                    let printed = |(value, (low, high)): Limited| {
                        let limits = precision::round(low, places).zip(precision::round(high, places));
                        Some((value.round(places)?, limits))
                    };
                    let persons = |cell: Cell| cell.rows;
                    Some(Profile {
                        since,
                        moved_in: printed(one)?,
                        moved_out: printed(other)?,
                        residents,
                        persons: (persons(of_in.0), persons(of_out.0)),
                        verdict: verdict(one.0.minus(other.0), low > 0.0 || high < 0.0, matters),
                    })
                });
                Known::or(told, Missing::EmptyBase)
            })
        });
        let exposes = both.get().map_or_else(Vec::new, |(of_in, of_out)| {
            [of_in, of_out]
                .map(|(persons, cases)| Exposure::Share { part: cases.sum, whole: persons.sum })
                .to_vec()
        });
        let told = [(&came, until), (&went, since)].into_iter().flat_map(|(counted, period)| {
            [&counted.persons, &counted.cases].map(|id| Told::sum(id, &self.zone(), period))
        });
        let what = format!("moves/profile/{}", measured.id);
        let needs = vec![measured.value_id(self.area, number)];
        let offer = Offer::new(self.id(what, until), fact.map(Fact::Profile), needs);
        Some(offer.exposing(exposes, measured.protection(self.area)).telling(in_order(told)))
    }
}

/// A share in per cent and the limits of its 99 per cent interval.
type Limited = (Ratio, (f64, f64));

/// The share of cases among persons; `None` of nobody.
fn limited((persons, cases): (Cell, Cell)) -> Option<Limited> {
    let value = Ratio::new(100 * cases.sum, persons.sum)?;
    let n = persons.sum as f64 / 1000.0;
    let share = Share { p: value.to_f64() / 100.0, n };
    let squares = cases.squares as f64 / 1e6 / n;
    let n = effective(share, squares);
    let (low, high) = wilson(Share { n, ..share }, P99);
    Some((value, (low * 100.0, high * 100.0)))
}

/// Households that gave up their dwelling, in thousandths, of all, beside what is usual, in per cent.
fn vacated_fact(since: Period, (vacated, all): (i128, i128), usual: Option<Ratio>) -> Option<Vacated> {
    let share = Ratio::new(100 * vacated, all)?;
    let n = all as f64 / 1000.0;
    let (low, _) = wilson(Share { p: share.to_f64() / 100.0, n }, P99);
    let unusual = usual.is_some_and(|usual| {
        share.times(Ratio::whole(4)) >= usual.times(Ratio::whole(7)) && low * 100.0 > usual.to_f64()
    });
    let round = |ratio: Ratio| -> Option<Decimal> { ratio.round(1) };
    Some(Vacated {
        since,
        households: (vacated / 1000) as i64,
        share: round(share)?,
        usual: usual.and_then(round),
        unusual,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vacated(vacated: i128, usual: (i128, i128)) -> bool {
        let usual = Ratio::new(100 * usual.0, usual.1);
        vacated_fact(Period::Year(2023), (vacated * 1000, 480_000), usual).expect("households").unusual
    }

    #[test]
    fn one_dwelling_in_five_is_unusual_where_one_in_ten_is_given_up_and_one_in_eight_is_not() {
        assert!(vacated(96, (1, 10)));
        assert!(!vacated(60, (1, 10)));
        // Half as many again, and still within what chance does: 15 of 100.
        assert!(
            !vacated_fact(Period::Year(2023), (15_000, 100_000), Ratio::new(10, 1))
                .expect("households")
                .unusual
        );
    }
}
