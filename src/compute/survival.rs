//! How long something lasts where some of it still goes on: the Kaplan-Meier curve, its median, and how far chance moves it.
//!
//! References: Kaplan and Meier (1958), JASA 53, 457-481; Brookmeyer and Crowley (1982), Biometrics 38, 29-41; for households
//! the variance of Lin and Wei (1989), JASA 84, 1074-1078, summed over households.

use super::{bootstrap::Households, interval::P99, lists::Item, random::Stream};

/// A time at which something ended.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Step {
    /// In the unit of the values.
    time: f64,
    /// Those that have lasted as long as this.
    at_risk: f64,
    /// Those that end at this time.
    ended: f64,
    /// The part that lasts longer.
    lasting: f64,
}

impl Step {
    /// What the step adds to Greenwood's sum.
    fn greenwood(self) -> f64 {
        self.ended / (self.at_risk * (self.at_risk - self.ended))
    }
}

/// Rounding in the product of many fractions must not hide that a curve is at one half.
const HALF: f64 = 0.5 + 1e-9;

/// The first time that at most half outlast, in the unit of the values; `None` where more than half do. `items`: ascending
/// durations, of which those that ended are marked.
pub(in crate::compute) fn median(items: &[Item]) -> Option<i64> {
    let step = curve(items, |_| 1).into_iter().find(|step| step.lasting <= HALF)?;
    Some((step.time * 1000.0).round() as i64)
}

/// The limits of the median; `None` also where the upper one is later than anything that ended.
pub(in crate::compute) fn limits(
    items: &[Item],
    households: &Households,
    stream: &mut Stream,
) -> Option<(f64, f64)> {
    if households.are_many() {
        return of_curve(items, households);
    }
    households.limits(stream, |times| {
        let steps = curve(items, |row| times[households.of(row)]);
        steps.iter().find(|step| step.lasting <= HALF).map_or(f64::INFINITY, |step| step.time)
    })
}

/// The curve of rows that count several times or not at all.
fn curve(items: &[Item], times: impl Fn(usize) -> u32) -> Vec<Step> {
    let mut at_risk: u64 = (0..items.len()).map(|row| u64::from(times(row))).sum();
    let (mut steps, mut lasting, mut row) = (Vec::new(), 1.0, 0);
    while row < items.len() {
        let value = items[row].value;
        let (mut ended, mut gone) = (0, 0);
        while row < items.len() && items[row].value == value {
            let times = u64::from(times(row));
            gone += times;
            ended += if items[row].also { times } else { 0 };
            row += 1;
        }
        if ended > 0 {
            lasting *= 1.0 - ended as f64 / at_risk as f64;
            let (at_risk, ended) = (at_risk as f64, ended as f64);
            steps.push(Step { time: value as f64 / 1000.0, at_risk, ended, lasting });
        }
        at_risk -= gone;
    }
    steps
}

/// The times at which the curve's interval leaves one half, widened by how alike the members of households are at the median.
fn of_curve(items: &[Item], households: &Households) -> Option<(f64, f64)> {
    let steps = curve(items, |_| 1);
    let median = steps.iter().position(|step| step.lasting <= HALF).filter(|at| steps[*at].lasting > 0.0)?;
    let mut greenwood = 0.0;
    let variances: Vec<f64> = steps
        .iter()
        .map(|step| {
            greenwood += step.greenwood();
            if step.lasting > 0.0 { step.lasting.powi(2) * greenwood } else { 0.0 }
        })
        .collect();
    let wider = (influences(items, &steps[..=median], households) / variances[median]).sqrt().max(1.0);
    let crosses = |sign: f64| {
        let limit = |(step, variance): (&Step, &f64)| step.lasting + sign * P99.z * wider * variance.sqrt();
        let found = steps.iter().zip(&variances).position(|pair| limit(pair) <= HALF)?;
        Some(steps[found].time)
    };
    Some((crosses(-1.0)?, crosses(1.0)?))
}

/// The variance of the curve at the last of these steps, by households.
fn influences(items: &[Item], steps: &[Step], households: &Households) -> f64 {
    let mut hazard = 0.0;
    let hazards: Vec<f64> = steps
        .iter()
        .map(|step| {
            hazard += step.greenwood();
            hazard
        })
        .collect();
    let last = steps.last().map_or(0.0, |step| step.lasting);
    households.variance(|row| {
        let time = items[row].value as f64 / 1000.0;
        let passed = steps.partition_point(|step| step.time <= time);
        let Some(step) = passed.checked_sub(1) else { return 0.0 };
        let ends_here = items[row].also && steps[step].time == time;
        let own = if ends_here { 1.0 / (steps[step].at_risk - steps[step].ended) } else { 0.0 };
        last * (own - hazards[step])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half a year, one year, … of which `+` still go on: 0.5 1 1 1.5 2 2+ 3 3.5+ 4 5+ 6 8+.
    fn durations(copies: u32) -> Vec<Item> {
        let each = [500, 1000, 1000, 1500, 2000, 2000, 3000, 3500, 4000, 5000, 6000, 8000];
        let going_on = [5, 7, 9, 11];
        let mut items: Vec<Item> = (0..copies)
            .flat_map(|copy| {
                each.into_iter().zip(0..).map(move |(value, row)| Item {
                    value,
                    household: copy * 12 + row,
                    also: !going_on.contains(&row),
                })
            })
            .collect();
        items.sort_unstable();
        items
    }

    #[test]
    fn the_curve_is_that_of_lifelines() {
        // lifelines 0.30, KaplanMeierFitter.
        let expected = [(1.0, 0.75), (2.0, 0.583_333), (3.0, 0.486_111), (4.0, 0.364_583), (6.0, 0.182_292)];
        let steps = curve(&durations(1), |_| 1);
        for (time, lasting) in expected {
            let step = steps.iter().find(|step| step.time == time);
            assert!(step.is_some_and(|step| (step.lasting - lasting).abs() < 5e-7), "{time}: {step:?}");
        }
        assert_eq!(median(&durations(1)), Some(3000));
    }

    #[test]
    fn a_curve_that_is_at_one_half_has_its_median_there() {
        let items: Vec<Item> =
            (0..10).map(|row| Item { value: 1000 * i64::from(row), household: row, also: true }).collect();
        assert_eq!(median(&items), Some(4000));
        assert_eq!(median(&items[..0]), None);
    }

    #[test]
    fn more_than_half_going_on_leave_no_median() {
        let items: Vec<Item> =
            (0..10).map(|row| Item { value: 1000, household: row, also: row < 4 }).collect();
        assert_eq!(median(&items), None);
    }

    #[test]
    fn draws_and_the_interval_of_the_curve_agree_where_one_takes_over_from_the_other() {
        // 996 and 1,008 households.
        let of = |items: &[Item]| limits(items, &Households::new(items), &mut Stream::of(&["agree"]));
        let (few, many) = (of(&durations(83)), of(&durations(84)));
        assert!(few.is_some() && few == many, "{few:?} {many:?}");
    }

    #[test]
    fn persons_apart_have_greenwoods_variance() {
        let items = durations(100);
        let steps = curve(&items, |_| 1);
        let at = steps.iter().position(|step| step.lasting <= HALF).unwrap_or_default();
        let greenwood: f64 = steps[..=at].iter().map(|step| step.greenwood()).sum();
        let expected = steps[at].lasting.powi(2) * greenwood;
        let found = influences(&items, &steps[..=at], &Households::new(&items));
        assert!((found / expected - 1.0).abs() < 0.01, "{found} {expected}");
    }
}
