//! The point forecast: the last value, plus half the fitted yearly slope where there are four years or more.
//!
//! That is the theta method with full smoothing: Assimakopoulos and Nikolopoulos (2000), International Journal of Forecasting
//! 16, 521-530; Hyndman and Billah (2003), ibid. 19, 287-290, show that it is exponential smoothing with half the slope as drift.
//! Whether the slope is of use is asked of past lists; where it is not, the forecast is the last value.

/// The years from which a slope is fitted.
const ENOUGH: usize = 4;

/// Half the slope of the least-squares line through yearly values, the oldest first; `None` with fewer than four.
pub(super) fn half_slope(values: &[f64]) -> Option<f64> {
    if values.len() < ENOUGH {
        return None;
    }
    let n = values.len() as f64;
    let (middle, mean) = ((n - 1.0) / 2.0, values.iter().sum::<f64>() / n);
    let (mut products, mut squares) = (0.0, 0.0);
    for (year, value) in values.iter().enumerate() {
        let from_middle = year as f64 - middle;
        products += from_middle * (value - mean);
        squares += from_middle * from_middle;
    }
    Some(products / squares / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_and_half_the_slope_is_what_the_theta_method_gives() {
        // R, forecast 8.20, thetaf(): 42.05 and 42.40 one and two years ahead.
        let values = [38.2, 39.0, 39.6, 40.9, 40.9, 41.7];
        let half = half_slope(&values).unwrap_or(f64::NAN);
        assert!((values[5] + half - 42.05).abs() < 1e-9);
        assert!((values[5] + 2.0 * half - 42.40).abs() < 1e-9);
    }

    #[test]
    fn three_years_have_no_slope() {
        assert_eq!(half_slope(&[1.0, 2.0, 3.0]), None);
        assert_eq!(half_slope(&[1.0, 2.0, 3.0, 4.0]), Some(0.5));
    }
}
