//! How a number is written in a ledger: thousandths as decimal text, a zone as areas with coefficients, a period as in ids.

use serde::{Deserialize, Deserializer, de::Error};

use crate::ids::Period;

/// A period as text.
pub(super) fn period<'de, D: Deserializer<'de>>(input: D) -> Result<Period, D::Error> {
    let text = String::deserialize(input)?;
    text.parse().map_err(|()| {
        D::Error::custom(format!("expected a period as 2025, 2025H1, 2025K1 or 2025M01, found `{text}`"))
    })
}

/// Thousandths as decimal text without closing zeros: `1284`, `333.25`.
pub(super) mod thousandths {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(thousandths: &i128, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_str(&written(*thousandths))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<i128, D::Error> {
        let text = String::deserialize(input)?;
        parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "expected a number of at most three decimals as 1284 or 333.25, found `{text}`"
            ))
        })
    }

    fn written(thousandths: i128) -> String {
        let sign = if thousandths < 0 { "-" } else { "" };
        let size = thousandths.unsigned_abs();
        let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    }

    fn parse(text: &str) -> Option<i128> {
        let size = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = size.split_once('.').unwrap_or((size, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 3 {
            return None;
        }
        let size: i128 = format!("{whole}{part:0<3}").parse().ok()?;
        Some(if text.starts_with('-') { -size } else { size })
    }
}

/// Areas with how many times each counts.
pub(super) mod zone {
    use std::fmt;

    use serde::{
        Deserializer, Serializer,
        de::{Error, MapAccess, Visitor},
    };

    use crate::ids::AreaId;

    pub fn serialize<S: Serializer>(zone: &[(AreaId, i64)], output: S) -> Result<S::Ok, S::Error> {
        output.collect_map(zone.iter().map(|(area, times)| (area, times)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<(AreaId, i64)>, D::Error> {
        input.deserialize_map(Zone)
    }

    struct Zone;

    impl<'de> Visitor<'de> for Zone {
        type Value = Vec<(AreaId, i64)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("areas with coefficients, as { \"gronnevang\": 1 }")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut zone: Vec<(AreaId, i64)> = Vec::new();
            while let Some((area, times)) = map.next_entry::<AreaId, i8>()? {
                if times == 0 || zone.iter().any(|(known, _)| *known == area) {
                    return Err(A::Error::custom(format!("`{area}` must count once, and not zero times")));
                }
                zone.push((area, times.into()));
            }
            if zone.is_empty() {
                return Err(A::Error::custom("expected at least one area, or the municipality"));
            }
            zone.sort();
            Ok(zone)
        }
    }
}
