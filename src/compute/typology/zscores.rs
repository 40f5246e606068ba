//! Sums of z-scores, as Berlin's Monitoring Soziale Stadtentwicklung standardises them.
//!
//! Sums run over areas in their fixed order, so that floating point gives the same digits on every run.

/// What areas are standardised by: each part's mean and deviation, and the deviation of the areas' sums.
pub(super) struct Standard {
    parts: Vec<Spread>,
    weights: Vec<f64>,
    /// The standard deviation of the sums.
    sums: f64,
}

/// Mean and population standard deviation.
#[derive(Clone, Copy)]
struct Spread {
    mean: f64,
    sd: f64,
}

/// An area's scores.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Score {
    /// Of each part.
    pub z: Vec<f64>,
    /// With weights.
    pub sum: f64,
    /// The sum over the standard deviation of the sums.
    pub index: f64,
}

impl Standard {
    /// From the values of areas: one row an area, one column a part. All areas have the same weight.
    pub fn of(rows: &[Vec<f64>], weights: &[f64]) -> Self {
        let column = |part: usize| Spread::of(rows.iter().map(move |row| row[part]));
        let mut standard =
            Self { parts: (0..weights.len()).map(column).collect(), weights: weights.to_vec(), sums: 1.0 };
        standard.sums = Spread::of(rows.iter().map(|row| standard.score(row).sum)).sd;
        standard
    }

    /// The scores of an area with these values.
    pub fn score(&self, row: &[f64]) -> Score {
        let z: Vec<f64> = row.iter().zip(&self.parts).map(|(value, part)| part.z(*value)).collect();
        let sum = z.iter().zip(&self.weights).map(|(z, weight)| z * weight).sum();
        Score { index: over(sum, self.sums), z, sum }
    }
}

impl Spread {
    fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let n = values.clone().count() as f64;
        let mean = values.clone().sum::<f64>() / n;
        let squares: f64 = values.map(|value| (value - mean).powi(2)).sum();
        Self { mean, sd: (squares / n).sqrt() }
    }

    fn z(self, value: f64) -> f64 {
        over(value - self.mean, self.sd)
    }
}

/// A distance in deviations. Where nothing differs, everything is at the mean.
fn over(distance: f64, sd: f64) -> f64 {
    if sd > 0.0 { distance / sd } else { 0.0 }
}

/// Pearson's correlation of two parts over the areas; none where one of them does not differ.
pub(super) fn correlation(rows: &[Vec<f64>], a: usize, b: usize) -> Option<f64> {
    let spread = |part: usize| Spread::of(rows.iter().map(move |row| row[part]));
    let (one, other) = (spread(a), spread(b));
    let products: f64 = rows.iter().map(|row| one.z(row[a]) * other.z(row[b])).sum();
    (one.sd > 0.0 && other.sd > 0.0).then(|| products / rows.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::typology::class::{Dynamics, Status};

    /// An area: values now and then, index and dynamics, and the words for both.
    type Row = (String, [Vec<f64>; 2], [f64; 2], [String; 2]);

    /// The ten areas of `tests/methods/composite.csv`: values now, values then, index, dynamics and the words for them.
    fn example() -> Vec<Row> {
        let text = include_str!("../../../tests/methods/composite.csv");
        let area = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |cell: usize| cells[cell].parse::<f64>().expect("a number");
            let now = (2..6).map(number).collect();
            let then = (6..10).map(number).collect();
            let words = [cells[11].to_string(), cells[13].to_string()];
            (cells[1].to_string(), [now, then], [number(10), number(12)], words)
        };
        text.lines().skip(1).map(area).collect()
    }

    fn assert_near(found: f64, expected: f64, within: f64, what: &str) {
        assert!((found - expected).abs() <= within, "{what}: {found}, expected {expected}");
    }

    #[test]
    fn ten_areas_get_the_indices_and_classes_of_an_independent_computation() {
        let example = example();
        let now: Vec<Vec<f64>> = example.iter().map(|(_, [now, _], ..)| now.clone()).collect();
        let change = |[now, then]: &[Vec<f64>; 2]| now.iter().zip(then).map(|(a, b)| a - b).collect();
        let changes: Vec<Vec<f64>> = example.iter().map(|(_, values, ..)| change(values)).collect();
        let (status, dynamics) = (Standard::of(&now, &[1.0; 4]), Standard::of(&changes, &[1.0; 4]));
        let means = [9.0, 2.8, 17.3, 25.7];
        let deviations = [4.092676, 1.846619, 10.188719, 15.956503];
        for (number, part) in status.parts.iter().enumerate() {
            assert_near(part.mean, means[number], 1e-12, "mean");
            assert_near(part.sd, deviations[number], 5e-7, "deviation");
        }
        for (number, (area, _, expected, words)) in example.iter().enumerate() {
            let (index, moved) = (status.score(&now[number]).index, dynamics.score(&changes[number]).index);
            assert_near(index, expected[0], 5e-7, area);
            assert_near(moved, expected[1], 5e-7, area);
            assert_eq!([Status::of(index).id(), Dynamics::of(moved).id()], *words, "{area}");
        }
    }

    /// Planungsräume 01100101 and 01100102 in the tables of MSS 2021 (Senatsverwaltung für Stadtentwicklung Berlin, open
    /// data): z-scores of unemployment, transfers and child poverty, their sum, the index and its class; the deviation of
    /// the 536 sums is 2.95547.
    #[test]
    fn rows_of_the_official_tables_of_2021_come_out_to_the_last_printed_decimal() {
        let standard =
            Standard { parts: vec![Spread { mean: 0.0, sd: 1.0 }; 3], weights: vec![1.0; 3], sums: 2.95547 };
        for (z, sum, index, class) in [
            ([-0.25328, -0.40645, -0.30877], -0.96850, -0.32770, Status::Medium),
            ([-1.29522, -1.05422, -0.97314], -3.32258, -1.12421, Status::High),
        ] {
            let score = standard.score(&z);
            assert_near(score.sum, sum, 5e-6, "sum");
            assert_near(score.index, index, 5e-6, "index");
            assert_eq!(Status::of(score.index), class);
        }
    }

    #[test]
    fn a_part_that_does_not_differ_between_areas_says_nothing() {
        let rows = vec![vec![5.0, 1.0], vec![5.0, 3.0]];
        let standard = Standard::of(&rows, &[1.0, 1.0]);
        assert_eq!(standard.score(&rows[1]), Score { z: vec![0.0, 1.0], sum: 1.0, index: 1.0 });
        assert_eq!(Standard::of(&[vec![2.0]], &[1.0]).score(&[2.0]).index, 0.0);
        assert_eq!(correlation(&rows, 0, 1), None);
    }

    #[test]
    fn a_double_weight_counts_an_indicator_twice() {
        let rows = vec![vec![1.0, 4.0], vec![2.0, 1.0], vec![4.0, 3.0]];
        let twice: Vec<Vec<f64>> = rows.iter().map(|row| vec![row[0], row[0], row[1]]).collect();
        let (weighed, repeated) = (Standard::of(&rows, &[2.0, 1.0]), Standard::of(&twice, &[1.0; 3]));
        for (row, repeat) in rows.iter().zip(&twice) {
            assert_near(weighed.score(row).index, repeated.score(repeat).index, 1e-12, "index");
        }
    }

    /// Expected: numpy 2.4.6 `corrcoef` of the first two columns of the example.
    #[test]
    fn the_correlation_is_pearsons() {
        let now: Vec<Vec<f64>> = example().into_iter().map(|(_, [now, _], ..)| now).collect();
        assert_near(correlation(&now, 0, 1).expect("they differ"), 0.992_376_95, 5e-9, "correlation");
        assert_near(correlation(&now, 2, 2).expect("it differs"), 1.0, 1e-12, "with itself");
    }
}
