//! How far chance moves a number made of single rows: whole households are drawn anew, since members of a household are alike.
//!
//! Up to [`LARGE`] households the limits are those of the percentile bootstrap with [`DRAWS`] draws. From there on the bootstrap
//! only repeats at great cost what its limit theorem says, so the limits come from the variance between households: of the
//! linearised ratio for means, of the share below it for quantiles (Woodruff).
//!
//! References: Efron (1979), Annals of Statistics 7, 1-26; Davison and Hinkley (1997), Bootstrap methods and their application,
//! 2.4 and 3.8; Woodruff (1952), JASA 47, 635-646; Cochran (1977), Sampling techniques, 6.

use super::{
    interval::P99,
    lists::{ALONE, Item},
    random::Stream,
};

/// The number of draws: with 999 the limits are the 5th and the 995th value.
const DRAWS: usize = 999;

/// From how many households on the limits come from a variance.
const LARGE: usize = 300;

/// The households of rows in their order. They are numbered by what they hold, so that neither the order of rows nor the names
/// of households can change a draw.
pub(in crate::compute) struct Households {
    of: Vec<u32>,
    pub count: usize,
}

impl Households {
    /// `items`: ascending. A row of no household is one by itself.
    pub fn new(items: &[Item]) -> Self {
        let named = items.iter().map(|item| item.household).filter(|household| *household != ALONE);
        let mut numbers = vec![u32::MAX; named.max().map_or(0, |last| last as usize + 1)];
        let mut count = 0;
        let mut new = || {
            count += 1;
            count - 1
        };
        let number = |item: &Item| match numbers.get_mut(item.household as usize) {
            Some(number) => {
                if *number == u32::MAX {
                    *number = new();
                }
                *number
            }
            None => new(),
        };
        let of = items.iter().map(number).collect();
        let households = Self { of, count: count as usize };
        if households.are_many() { households } else { households.by_what_they_hold(items) }
    }

    fn by_what_they_hold(self, items: &[Item]) -> Self {
        let mut held = vec![Vec::new(); self.count];
        for (item, number) in items.iter().zip(&self.of) {
            held[*number as usize].push((item.value, item.also));
        }
        let mut order: Vec<usize> = (0..self.count).collect();
        order.sort_by(|a, b| held[*a].cmp(&held[*b]));
        let mut renamed = vec![0; self.count];
        (0..).zip(order).for_each(|(new, old)| renamed[old] = new);
        Self { of: self.of.into_iter().map(|old| renamed[old as usize]).collect(), count: self.count }
    }

    /// The household of a row.
    pub fn of(&self, row: usize) -> usize {
        self.of[row] as usize
    }

    /// So many households that limits come from a variance?
    pub fn are_many(&self) -> bool {
        self.count > LARGE
    }

    /// The limits of a statistic: `statistic` computes it from how often each household was drawn. `None` with fewer than two
    /// households, or where a limit is not a number.
    pub fn limits(
        &self,
        stream: &mut Stream,
        mut statistic: impl FnMut(&[u32]) -> f64,
    ) -> Option<(f64, f64)> {
        if self.count < 2 {
            return None;
        }
        let mut times = vec![0; self.count];
        let mut draws: Vec<f64> = (0..DRAWS)
            .map(|_| {
                times.fill(0);
                (0..self.count).for_each(|_| times[stream.below(self.count)] += 1);
                statistic(&times)
            })
            .collect();
        draws.sort_unstable_by(f64::total_cmp);
        let tail = (DRAWS + 1) / 200;
        Some((draws[tail - 1], draws[DRAWS - tail])).filter(|(low, high)| low.is_finite() && high.is_finite())
    }

    /// The variance of a sum over rows, from how the sums of households differ from their mean (which is 0 for residuals).
    pub fn variance(&self, residual: impl Fn(usize) -> f64) -> f64 {
        let mut sums = vec![0.0; self.count];
        (0..self.of.len()).for_each(|row| sums[self.of(row)] += residual(row));
        let count = self.count as f64;
        sums.iter().map(|sum| sum * sum).sum::<f64>() * count / (count - 1.0).max(1.0)
    }

    /// What each household's rows add up to, and how many they are.
    fn sums(&self, items: &[Item]) -> Vec<(i64, i64)> {
        let mut sums = vec![(0, 0); self.count];
        for (row, item) in items.iter().enumerate() {
            let sum = &mut sums[self.of(row)];
            *sum = (sum.0 + item.value, sum.1 + 1);
        }
        sums
    }
}

/// The limits of the mean of the values, in their unit.
pub(in crate::compute) fn of_mean(
    items: &[Item],
    households: &Households,
    stream: &mut Stream,
) -> Option<(f64, f64)> {
    if households.are_many() {
        let mean = mean(items);
        let variance = households.variance(|row| items[row].value as f64 / 1000.0 - mean);
        let reach = P99.z * variance.sqrt() / items.len() as f64;
        return Some((mean - reach, mean + reach));
    }
    let sums = households.sums(items);
    households.limits(stream, |times| {
        let drawn = times.iter().zip(&sums).filter(|(times, _)| **times > 0);
        let (value, rows) = drawn.fold((0, 0), |all, (times, sum)| {
            let times = i64::from(*times);
            (all.0 + times * sum.0, all.1 + times * sum.1)
        });
        value as f64 / 1000.0 / rows as f64
    })
}

/// The mean of the values, in their unit; not a number of nothing.
pub(in crate::compute) fn mean(items: &[Item]) -> f64 {
    items.iter().map(|item| i128::from(item.value)).sum::<i128>() as f64 / 1000.0 / items.len() as f64
}

/// The limits of the quantile `at` (between 0 and 1) of the values, in their unit. `items`: ascending.
pub(in crate::compute) fn of_quantile(
    items: &[Item],
    households: &Households,
    at: f64,
    stream: &mut Stream,
) -> Option<(f64, f64)> {
    let value = |row: usize| items[row].value as f64 / 1000.0;
    if households.are_many() {
        let all = items.len() as f64;
        let middle = items[((all - 1.0) * at) as usize].value;
        let upto = items.partition_point(|item| item.value <= middle);
        let residual = |row: usize| f64::from(u8::from(row < upto)) - upto as f64 / all;
        let reach = P99.z * households.variance(residual).sqrt() / all;
        let limit = |at: f64| {
            let place = (all - 1.0) * at.clamp(0.0, 1.0);
            let first = place as usize;
            let lower = value(first);
            lower + place.fract() * (value((first + 1).min(items.len() - 1)) - lower)
        };
        return Some((limit(at - reach), limit(at + reach)));
    }
    let sums = households.sums(items);
    households.limits(stream, |times| {
        let drawn: u64 = times.iter().zip(&sums).map(|(times, sum)| u64::from(*times) * sum.1 as u64).sum();
        let place = (drawn - 1) as f64 * at;
        let mut rows = Drawn { row: 0, seen: 0, times: |row| times[households.of(row)] };
        let lower = value(rows.at(place as u64));
        match place.fract() {
            0.0 => lower,
            share => lower + share * (value(rows.at(place as u64 + 1)) - lower),
        }
    })
}

/// Rows that count several times or not at all, counted from the first.
struct Drawn<F> {
    row: usize,
    /// How often all rows up to and with this one were counted before it was.
    seen: u64,
    times: F,
}

impl<F: Fn(usize) -> u32> Drawn<F> {
    /// The row at a place, from 0; places are asked for in their order.
    fn at(&mut self, place: u64) -> usize {
        loop {
            let times = u64::from((self.times)(self.row));
            if self.seen + times > place {
                return self.row;
            }
            self.seen += times;
            self.row += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many households of two, with ages that look like a population's.
    fn couples(households: u32) -> Vec<Item> {
        let mut ages = Stream::of(&["ages"]);
        let mut items: Vec<Item> = (0..households)
            .flat_map(|household| {
                let first = 18_000 + ages.below(60) as i64 * 1000;
                [first, first + ages.below(7) as i64 * 1000].map(|value| Item {
                    value,
                    household,
                    also: true,
                })
            })
            .collect();
        items.sort_unstable();
        items
    }

    fn mean_of(items: &[Item], stream: &mut Stream) -> Option<(f64, f64)> {
        of_mean(items, &Households::new(items), stream)
    }

    fn median_of(items: &[Item], stream: &mut Stream) -> Option<(f64, f64)> {
        of_quantile(items, &Households::new(items), 0.5, stream)
    }

    fn width(limits: Option<(f64, f64)>) -> f64 {
        limits.map_or(f64::NAN, |(low, high)| high - low)
    }

    #[test]
    fn neither_the_order_of_rows_nor_the_names_of_households_change_a_limit() {
        let items = couples(40);
        let mut renamed: Vec<Item> =
            items.iter().map(|item| Item { household: 1000 - item.household, ..*item }).collect();
        renamed.sort_unstable();
        for limits in [mean_of, median_of] {
            let (a, b) = (limits(&items, &mut Stream::of(&["x"])), limits(&renamed, &mut Stream::of(&["x"])));
            assert!(a.is_some() && a == b, "{a:?} {b:?}");
        }
    }

    #[test]
    fn members_of_a_household_count_as_one_where_they_are_alike() {
        let couples = couples(150);
        let alone: Vec<Item> =
            (0..).zip(&couples).map(|(household, item)| Item { household, ..*item }).collect();
        let stream = || Stream::of(&["alike"]);
        let (together, apart) = (mean_of(&couples, &mut stream()), mean_of(&alone, &mut stream()));
        // Two people of nearly one age: the square root of two.
        assert!((width(together) / width(apart) - 2f64.sqrt()).abs() < 0.12, "{together:?} {apart:?}");
    }

    #[test]
    fn draws_and_variances_agree_where_one_takes_over_from_the_other() {
        let (few, many) = (couples(LARGE as u32), couples(LARGE as u32 + 1));
        let mut stream = Stream::of(&["agree"]);
        let (few, many) = (
            [mean_of(&few, &mut stream), median_of(&few, &mut stream)],
            [mean_of(&many, &mut stream), median_of(&many, &mut stream)],
        );
        for (few, many) in few.into_iter().zip(many) {
            assert!((width(few) / width(many) - 1.0).abs() < 0.15, "{few:?} {many:?}");
        }
    }

    #[test]
    fn one_household_has_no_limits() {
        let items = couples(1);
        assert_eq!(mean_of(&items, &mut Stream::of(&["one"])), None);
        assert_eq!(median_of(&items, &mut Stream::of(&["one"])), None);
    }
}
