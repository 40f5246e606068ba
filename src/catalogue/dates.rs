//! Dates and coordinate systems as the catalogue writes them: `2021-12-01`, `2025-12`, `01-01`, `EPSG:25832`.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error};

/// A day: `2021-12-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, 1-12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

/// A month of a year: `2025-12`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct YearMonth {
    /// Year.
    pub year: u16,
    /// Month, 1-12.
    pub month: u8,
}

/// A day of any year: `01-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MonthDay {
    /// Month, 1-12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

/// A coordinate reference system by its EPSG number: `EPSG:25832`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Crs {
    /// The number.
    pub epsg: u32,
}

impl Crs {
    /// ETRS89 / UTM 32N, metres: the usual one in Denmark.
    pub const UTM32: Self = Self { epsg: 25832 };
    /// Longitude and latitude in degrees.
    pub const LONGITUDE_LATITUDE: Self = Self { epsg: 4326 };
}

/// The days of a month; 29 for a February without a year.
fn days_in(year: Option<u16>, month: u8) -> u8 {
    let leap = year.is_none_or(|y| y.is_multiple_of(4) && (!y.is_multiple_of(100) || y.is_multiple_of(400)));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => 31,
    }
}

/// The numbers of `text`, if it has the `pattern` of digits (`0`) and hyphens.
fn numbers<const N: usize>(text: &str, pattern: &str) -> Option<[u16; N]> {
    let fits = text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern.bytes())
            .all(|(t, p)| if p == b'0' { t.is_ascii_digit() } else { t == p });
    let mut parts = text.split('-').map(|part| part.parse().ok());
    let mut out = [0; N];
    for number in &mut out {
        *number = parts.next().flatten().filter(|_| fits)?;
    }
    Some(out)
}

impl FromStr for Date {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let [year, month, day] = numbers(text, "0000-00-00").ok_or("expected a date as 2021-12-01")?;
        let (month, day) = (month as u8, day as u8);
        let real = (1..=12).contains(&month) && (1..=days_in(Some(year), month)).contains(&day);
        real.then_some(Self { year, month, day }).ok_or("expected a day that exists, as 2021-12-01")
    }
}

impl FromStr for YearMonth {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let [year, month] = numbers(text, "0000-00").ok_or("expected year and month as 2025-12")?;
        let month = month as u8;
        (1..=12)
            .contains(&month)
            .then_some(Self { year, month })
            .ok_or("expected a month from 01 to 12, as 2025-12")
    }
}

impl FromStr for MonthDay {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let [month, day] = numbers(text, "00-00").ok_or("expected month and day as 01-01")?;
        let (month, day) = (month as u8, day as u8);
        let real = (1..=12).contains(&month) && (1..=days_in(None, month)).contains(&day);
        real.then_some(Self { month, day }).ok_or("expected a day that exists, as 01-01")
    }
}

impl FromStr for Crs {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.strip_prefix("EPSG:").and_then(|n| n.parse().ok());
        number.map(|epsg| Self { epsg }).ok_or("expected a coordinate system as EPSG:25832")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EPSG:{}", self.epsg)
    }
}

macro_rules! read_from_text {
    ($($name:ident $pattern:literal $example:literal),*) => {$(
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|expected| D::Error::custom(format!("{expected}, found `{text}`")))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": $pattern, "examples": [$example] })
            }

            fn inline_schema() -> bool {
                true
            }
        }
    )*};
}

read_from_text! {
    Date r"^\d{4}-\d{2}-\d{2}$" "2021-12-01",
    YearMonth r"^\d{4}-\d{2}$" "2025-12",
    MonthDay r"^\d{2}-\d{2}$" "01-01",
    Crs r"^EPSG:\d+$" "EPSG:25832"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_must_exist() {
        assert_eq!("2024-02-29".parse(), Ok(Date { year: 2024, month: 2, day: 29 }));
        assert!("2025-02-29".parse::<Date>().is_err());
        assert!("2025-13".parse::<YearMonth>().is_err());
        assert!("1-1".parse::<MonthDay>().is_err());
        assert!("25832".parse::<Crs>().is_err());
    }
}
