//! How far chance moves a number made of single rows: whole households are drawn anew, since members of a household are alike.
//!
//! Up to [`LARGE`] households the limits are those of the percentile bootstrap with [`DRAWS`] draws. From there on the bootstrap
//! only repeats at great cost what its limit theorem says, so the limits come from the variance between households: of the
//! linearised ratio for means, of the share below it for quantiles (Woodruff).
//!
//! References: Efron (1979), Annals of Statistics 7, 1-26; Davison and Hinkley (1997), Bootstrap methods and their application,
//! 2.4 and 3.8; Woodruff (1952), JASA 47, 635-646; Cochran (1977), Sampling techniques, 6.

use super::{
    interval::Z99,
    lists::{ALONE, Item},
    random::Stream,
};

/// The number of draws: with 999 the limits are the 5th and the 995th value.
const DRAWS: usize = 999;

/// From how many households on the limits come from a variance.
const LARGE: usize = 1000;

/// Rows in their order, and the household of each. Households are numbered by what they hold, so that neither the order of rows
/// nor the names of households can change a draw.
pub(in crate::compute) struct Households {
    of: Vec<usize>,
    pub count: usize,
}

impl Households {
    /// `items`: ascending. A row of no household is one by itself.
    pub fn new(items: &[Item]) -> Self {
        let named = items.iter().map(|item| item.household).filter(|household| *household != ALONE);
        let mut numbers = vec![usize::MAX; named.max().map_or(0, |last| last as usize + 1)];
        let mut count = 0;
        let mut new = || {
            count += 1;
            count - 1
        };
        let number = |item: &Item| match numbers.get_mut(item.household as usize) {
            Some(number) => {
                if *number == usize::MAX {
                    *number = new();
                }
                *number
            }
            None => new(),
        };
        let of = items.iter().map(number).collect();
        let households = Self { of, count };
        if households.are_many() { households } else { households.by_what_they_hold(items) }
    }

    fn by_what_they_hold(self, items: &[Item]) -> Self {
        let mut held = vec![Vec::new(); self.count];
        items.iter().zip(&self.of).for_each(|(item, number)| held[*number].push((item.value, item.also)));
        let mut order: Vec<usize> = (0..self.count).collect();
        order.sort_by(|a, b| held[*a].cmp(&held[*b]));
        let mut renamed = vec![0; self.count];
        order.into_iter().enumerate().for_each(|(new, old)| renamed[old] = new);
        Self { of: self.of.into_iter().map(|old| renamed[old]).collect(), count: self.count }
    }

    /// The household of a row.
    pub fn of(&self, row: usize) -> usize {
        self.of[row]
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
        (0..self.of.len()).for_each(|row| sums[self.of[row]] += residual(row));
        let count = self.count as f64;
        sums.iter().map(|sum| sum * sum).sum::<f64>() * count / (count - 1.0).max(1.0)
    }
}

/// The limits of the mean of the values, in their unit.
pub(in crate::compute) fn of_mean(items: &[Item], stream: &mut Stream) -> Option<(f64, f64)> {
    let households = Households::new(items);
    if households.are_many() {
        let mean = mean(items);
        let variance = households.variance(|row| items[row].value as f64 / 1000.0 - mean);
        let reach = Z99 * variance.sqrt() / items.len() as f64;
        return Some((mean - reach, mean + reach));
    }
    let mut sums = vec![(0i128, 0i128); households.count];
    for (row, item) in items.iter().enumerate() {
        let sum = &mut sums[households.of(row)];
        *sum = (sum.0 + i128::from(item.value), sum.1 + 1);
    }
    households.limits(stream, |times| {
        let drawn = times.iter().zip(&sums).filter(|(times, _)| **times > 0);
        let (value, rows) = drawn.fold((0, 0), |all, (times, sum)| {
            let times = i128::from(*times);
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
pub(in crate::compute) fn of_quantile(items: &[Item], at: f64, stream: &mut Stream) -> Option<(f64, f64)> {
    let households = Households::new(items);
    let value = |row: usize| items[row].value as f64 / 1000.0;
    if households.are_many() {
        let everyone = items.len() as f64;
        let middle = items[(((everyone - 1.0) * at) as usize).min(items.len() - 1)].value;
        let below = items.partition_point(|item| item.value <= middle) as f64 / everyone;
        let residual = |row: usize| f64::from(u8::from(items[row].value <= middle)) - below;
        let reach = Z99 * households.variance(residual).sqrt() / everyone;
        let limit = |at: f64| drawn_quantile(items.len(), at.clamp(0.0, 1.0), |_| 1, value);
        return Some((limit(at - reach), limit(at + reach)));
    }
    households.limits(stream, |times| drawn_quantile(items.len(), at, |row| times[households.of(row)], value))
}

/// The quantile (type 7) of rows that count several times or not at all.
fn drawn_quantile(rows: usize, at: f64, times: impl Fn(usize) -> u32, value: impl Fn(usize) -> f64) -> f64 {
    let drawn: u64 = (0..rows).map(|row| u64::from(times(row))).sum();
    if drawn == 0 {
        return f64::NAN;
    }
    let place = (drawn - 1) as f64 * at;
    let (first, share) = (place.floor() as u64, place - place.floor());
    let (mut seen, mut lower) = (0, None);
    for row in 0..rows {
        seen += u64::from(times(row));
        if seen > first && lower.is_none() {
            lower = Some(value(row));
        }
        if seen > first + 1 || (seen == drawn && seen > first) {
            let lower = lower.unwrap_or_else(|| value(row));
            return lower + share * (value(row) - lower);
        }
    }
    f64::NAN
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

    fn width(limits: Option<(f64, f64)>) -> f64 {
        limits.map_or(f64::NAN, |(low, high)| high - low)
    }

    #[test]
    fn neither_the_order_of_rows_nor_the_names_of_households_change_a_limit() {
        let items = couples(40);
        let mut renamed: Vec<Item> =
            items.iter().map(|item| Item { household: 1000 - item.household, ..*item }).collect();
        renamed.sort_unstable();
        for limits in [of_mean, |items: &[Item], stream: &mut Stream| of_quantile(items, 0.5, stream)] {
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
        let (together, apart) = (of_mean(&couples, &mut stream()), of_mean(&alone, &mut stream()));
        // Two people of nearly one age: the square root of two.
        assert!((width(together) / width(apart) - 2f64.sqrt()).abs() < 0.12, "{together:?} {apart:?}");
    }

    #[test]
    fn draws_and_variances_agree_where_one_takes_over_from_the_other() {
        let (few, many) = (couples(LARGE as u32), couples(LARGE as u32 + 1));
        let mut stream = Stream::of(&["agree"]);
        let (few, many) = (
            [of_mean(&few, &mut stream), of_quantile(&few, 0.5, &mut stream)],
            [of_mean(&many, &mut stream), of_quantile(&many, 0.5, &mut stream)],
        );
        for (few, many) in few.into_iter().zip(many) {
            assert!((width(few) / width(many) - 1.0).abs() < 0.15, "{few:?} {many:?}");
        }
    }

    #[test]
    fn one_household_has_no_limits() {
        let items = couples(1);
        assert_eq!(of_mean(&items, &mut Stream::of(&["one"])), None);
        assert_eq!(of_quantile(&items, 0.5, &mut Stream::of(&["one"])), None);
    }
}
