//! Numbers as they are printed and published: decimals, never floating point, and Danish and English formats.

use std::fmt;

use serde::{Serialize, Serializer};

/// The minus sign of printed text (U+2212).
pub const MINUS: char = '\u{2212}';
/// The space that keeps a number and its unit together.
pub const NO_BREAK: char = '\u{a0}';

/// A decimal number with a fixed number of places: what is printed and published.
///
/// `units` counts the last place: 40,4 is 404 units at 1 place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Decimal {
    /// The number in units of the last place.
    pub units: i64,
    /// Places after the decimal mark.
    pub places: u8,
}

impl Decimal {
    /// A whole number.
    pub fn whole(units: i64) -> Self {
        Self { units, places: 0 }
    }

    /// Rounds half away from zero. `None` for infinities, not-a-number and numbers beyond 18 digits.
    pub fn from_f64(value: f64, places: u8) -> Option<Self> {
        let scaled = (value * 10f64.powi(i32::from(places))).round();
        (scaled.abs() < 1e18).then_some(Self { units: scaled as i64, places })
    }

    /// `numerator / denominator`, rounded exactly, half away from zero. `None` when the denominator is 0.
    pub fn from_ratio(numerator: i128, denominator: i128, places: u8) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let scaled = numerator.checked_mul(10i128.pow(u32::from(places)))?;
        let (quotient, rest) = (scaled / denominator, scaled % denominator);
        let away = if (scaled < 0) == (denominator < 0) { 1 } else { -1 };
        let units = if rest.abs() * 2 >= denominator.abs() { quotient + away } else { quotient };
        Some(Self { units: i64::try_from(units).ok()?, places })
    }

    /// Reads a decimal as written with a decimal point, keeping its places: `2.22` has two.
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, places) = match text.split_once('.') {
            Some((whole, part)) if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) => {
                (format!("{whole}{part}"), part.len())
            }
            Some(_) => return None,
            None => (text.to_string(), 0),
        };
        Some(Self { units: digits.parse().ok()?, places: u8::try_from(places).ok()? })
    }

    /// The number as floating point, for positions in a drawing only.
    pub fn to_f64(self) -> f64 {
        self.units as f64 / 10f64.powi(i32::from(self.places))
    }

    /// The interval of true values that round to this number.
    pub fn bounds(self) -> (f64, f64) {
        let half = 0.5 / 10f64.powi(i32::from(self.places));
        (self.to_f64() - half, self.to_f64() + half)
    }

    /// The absolute value.
    pub fn abs(self) -> Self {
        Self { units: self.units.abs(), ..self }
    }

    /// Difference of two decimals with the same places.
    pub fn minus(self, other: Self) -> Option<Self> {
        (self.places == other.places).then(|| Self { units: self.units - other.units, places: self.places })
    }

    /// As printed in a Danish text: `1.234,5`, `−0,4`.
    pub fn danish(self) -> String {
        self.format('.', ',')
    }

    /// As printed in an English text: `1,234.5`, `−0.4`.
    pub fn english(self) -> String {
        self.format(',', '.')
    }

    fn format(self, group: char, mark: char) -> String {
        let text = self.abs().to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let mut out = String::new();
        if self.units < 0 {
            out.push(MINUS);
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(group);
            }
            out.push(digit);
        }
        if !part.is_empty() {
            out.push(mark);
            out.push_str(part);
        }
        out
    }
}

/// As written in machine-readable files: decimal point, hyphen-minus, no grouping.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.places == 0 {
            return write!(f, "{}", self.units);
        }
        let scale = 10u64.pow(u32::from(self.places));
        let (whole, part) = (self.units.unsigned_abs() / scale, self.units.unsigned_abs() % scale);
        let sign = if self.units < 0 { "-" } else { "" };
        write!(f, "{sign}{whole}.{part:0width$}", width = usize::from(self.places))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How a language prints numbers and dates.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Format {
    /// `1.234,5` and `1. december 2025`.
    #[default]
    Danish,
    /// `1,234.5` and `1 December 2025`.
    English,
}

/// The months of the year in Danish, which writes them in lower case, and in English.
const MONTHS: [[&str; 2]; 12] = [
    ["januar", "January"],
    ["februar", "February"],
    ["marts", "March"],
    ["april", "April"],
    ["maj", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["august", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

impl Format {
    /// That of a language by its code; of a language that is not known, the Danish one.
    pub fn of(language: &str) -> Self {
        if language == "en" { Self::English } else { Self::Danish }
    }

    /// A number.
    pub fn number(self, number: Decimal) -> String {
        match self {
            Self::Danish => number.danish(),
            Self::English => number.english(),
        }
    }

    /// A number with its sign also when positive: `+5,1`.
    pub fn signed(self, number: Decimal) -> String {
        format!("{}{}", if number.units > 0 { "+" } else { "" }, self.number(number))
    }

    /// A whole number.
    pub fn count(self, n: i64) -> String {
        self.number(Decimal::whole(n))
    }

    /// A date with unbreakable spaces. Months outside 1-12 give an empty name.
    pub fn date(self, year: u16, month: u8, day: u8) -> String {
        let point = if self == Self::Danish { "." } else { "" };
        format!("{day}{point}{NO_BREAK}{}{NO_BREAK}{year}", self.month(month))
    }

    /// The name of a month (1-12), as inside a sentence.
    pub fn month(self, month: u8) -> &'static str {
        let names = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
        names[usize::from(self == Self::English)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_numbers_have_a_decimal_comma_grouped_thousands_and_a_true_minus() {
        assert_eq!(Decimal { units: 12345, places: 1 }.danish(), "1.234,5");
        assert_eq!(Decimal { units: -4, places: 1 }.danish(), "−0,4");
        assert_eq!(Format::Danish.signed(Decimal { units: 51, places: 1 }), "+5,1");
        assert_eq!(Format::Danish.count(1284), "1.284");
    }

    #[test]
    fn english_numbers_have_a_decimal_point_and_commas_between_thousands() {
        let english = Format::of("en");
        assert_eq!(english.number(Decimal { units: 12345, places: 1 }), "1,234.5");
        assert_eq!(english.signed(Decimal { units: 51, places: 1 }), "+5.1");
        assert_eq!(english.signed(Decimal { units: -4, places: 1 }), "−0.4");
        assert_eq!(english.count(1_234_567), "1,234,567");
    }

    #[test]
    fn a_date_has_a_point_and_a_small_month_in_danish_and_neither_in_english() {
        let printed = |language: &str| Format::of(language).date(2025, 12, 1).replace(NO_BREAK, " ");
        assert_eq!(printed("da"), "1. december 2025");
        assert_eq!(printed("en"), "1 December 2025");
        assert_eq!(Format::English.month(13), "");
    }

    #[test]
    fn a_ratio_rounds_half_away_from_zero_exactly() {
        assert_eq!(Decimal::from_ratio(1, 8, 2), Decimal::parse("0.13"));
        assert_eq!(Decimal::from_ratio(-1, 8, 2), Decimal::parse("-0.13"));
        assert_eq!(Decimal::from_ratio(2, 3, 1), Decimal::parse("0.7"));
        assert_eq!(Decimal::from_ratio(1, 0, 1), None);
    }

    #[test]
    fn a_decimal_reads_back_as_it_was_written() {
        for text in ["40.4", "-0.05", "2.22", "1284"] {
            assert_eq!(Decimal::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Decimal::parse("4."), None);
        assert_eq!(Decimal::parse("4,5"), None);
    }
}
