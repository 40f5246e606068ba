//! Exact fractions and values from JSON, for the check of certificates: only the standard library and a JSON parser.

use std::cmp::Ordering;

use serde_json::{Map, Value};

/// A result, or what was found and expected.
pub(super) type Done<T> = Result<T, String>;

/// Over and under the line; the latter is positive.
pub(super) type Fraction = (i128, i128);

pub(super) const LARGE: &str = "its numbers are too large for exact arithmetic";

pub(super) fn fraction(over: Option<i128>, under: i128) -> Done<Fraction> {
    Ok((over.ok_or(LARGE)?, under))
}

pub(super) fn compare(one: Fraction, other: Fraction) -> Done<Ordering> {
    let (one, other) = (one.0.checked_mul(other.1).ok_or(LARGE)?, other.0.checked_mul(one.1).ok_or(LARGE)?);
    Ok(one.cmp(&other))
}

pub(super) fn product(one: Fraction, other: Fraction) -> Done<Fraction> {
    fraction(one.0.checked_mul(other.0), one.1.checked_mul(other.1).ok_or(LARGE)?)
}

pub(super) fn times(one: Fraction, by: i128) -> Done<Fraction> {
    product(one, (by, 1))
}

pub(super) fn plus(one: Fraction, other: Fraction) -> Done<Fraction> {
    let (left, right) = (one.0.checked_mul(other.1).ok_or(LARGE)?, other.0.checked_mul(one.1).ok_or(LARGE)?);
    fraction(left.checked_add(right), one.1.checked_mul(other.1).ok_or(LARGE)?)
}

pub(super) fn between(number: Fraction, least: Option<Fraction>, most: Option<Fraction>) -> Done<bool> {
    let least = least.map(|end| compare(number, end)).transpose()?;
    let most = most.map(|end| compare(number, end)).transpose()?;
    Ok(least.is_none_or(Ordering::is_ge) && most.is_none_or(Ordering::is_le))
}

/// Is a number printed so? Half a unit of its last digit away at most, or `half`.
pub(super) fn within(
    number: Fraction,
    (is, unit): (Fraction, Fraction),
    half: Option<Fraction>,
) -> Done<bool> {
    let half = half.unwrap_or((unit.0, 2 * unit.1));
    between(number, Some(plus(is, (-half.0, half.1))?), Some(plus(is, half)?))
}

pub(super) fn is_met(share: Fraction, limit: &Map<String, Value>) -> Done<bool> {
    is_met_of(share, limit, 1)
}

/// Is a number on the side of the limit, times a base, on which a criterion is met?
pub(super) fn is_met_of(number: Fraction, limit: &Map<String, Value>, base: i128) -> Done<bool> {
    let (side, value) = limit.iter().next().filter(|_| limit.len() == 1).ok_or("expected one limit")?;
    let order = compare(number, times(decimal(value)?.0, base)?)?;
    Ok(match side.as_str() {
        "over" => order.is_gt(),
        "at-least" => order.is_ge(),
        "under" => order.is_lt(),
        "at-most" => order.is_le(),
        _ => return Err(format!("`{side}` is no side of a limit")),
    })
}

pub(super) fn json(source: &str, what: &str) -> Done<Value> {
    serde_json::from_str(source).map_err(|error| format!("{what} is no JSON: {error}"))
}

pub(super) fn object(value: &Value) -> Done<&Map<String, Value>> {
    value.as_object().ok_or_else(|| "expected an object".into())
}

pub(super) fn array<'a>(object: &'a Map<String, Value>, key: &str) -> Done<&'a Vec<Value>> {
    object.get(key).and_then(Value::as_array).ok_or_else(|| format!("expected a list `{key}`"))
}

pub(super) fn text<'a>(object: &'a Map<String, Value>, key: &str) -> Done<&'a str> {
    object.get(key).and_then(Value::as_str).ok_or_else(|| format!("expected a text `{key}`"))
}

pub(super) fn option<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

pub(super) fn whole(object: &Map<String, Value>, key: &str) -> Done<i128> {
    number(object.get(key).ok_or_else(|| format!("expected a whole number `{key}`"))?)
}

pub(super) fn number(value: &Value) -> Done<i128> {
    let number = value.as_i64().filter(|number| number.unsigned_abs() <= 1_000_000_000_000_000);
    number.map(i128::from).ok_or_else(|| format!("{value}: expected a whole number of at most 10^15"))
}

/// A number as printed, and the unit of its last digit.
pub(super) fn decimal(value: &Value) -> Done<(Fraction, Fraction)> {
    let wrong = || format!("{value}: expected a number as printed, in quotes");
    let text = value.as_str().ok_or_else(wrong)?;
    let places = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let digits = text.strip_prefix('-').unwrap_or(text).replacen('.', "", 1);
    if places > 6
        || digits.len() > 13
        || digits.is_empty()
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(wrong());
    }
    let units: i128 = digits.parse().map_err(|_| wrong())?;
    let unit = (1, 10i128.pow(u32::try_from(places).map_err(|_| wrong())?));
    Ok(((if text.starts_with('-') { -units } else { units }, unit.1), unit))
}

pub(super) fn printed(object: &Map<String, Value>, key: &str) -> Done<(Fraction, Fraction)> {
    decimal(object.get(key).ok_or_else(|| format!("expected a number as printed `{key}`"))?)
}
