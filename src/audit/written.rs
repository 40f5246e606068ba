//! Numbers, sums and bases as they are written in a publication file.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

/// The largest number a file may hold, of either sign: sums of products of a few of them fit 128 bits.
pub const LARGEST: i64 = 1_000_000_000_000;

/// A whole number of at most [`LARGEST`].
#[derive(Clone, Copy, Default)]
pub struct Number(pub i128);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        number(i64::deserialize(input)?)
    }
}

fn number<E: Error>(number: i64) -> Result<Number, E> {
    if number.unsigned_abs() > LARGEST.unsigned_abs() {
        return Err(E::custom(format!("{number} is too large: expected at most {LARGEST}")));
    }
    Ok(Number(number.into()))
}

/// A number as printed: `units / 10^places`.
#[derive(Clone, Copy)]
pub struct Printed {
    /// Without the decimal point.
    pub units: i128,
    /// Decimals.
    pub places: u32,
}

impl Printed {
    /// Reads `-12.5`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let dangling = digits.contains('.') && decimals.is_empty();
        if whole.is_empty() || dangling || !plain(whole) || !plain(decimals) || digits.len() > 13 {
            return None;
        }
        let units: i128 = format!("{whole}{decimals}").parse().ok()?;
        let places = u32::try_from(decimals.len()).ok().filter(|&places| places <= 6)?;
        Some(Self { units: if text.starts_with('-') { -units } else { units }, places })
    }
}

impl<'de> Deserialize<'de> for Printed {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct AsPrinted;
        impl Visitor<'_> for AsPrinted {
            type Value = Printed;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number as printed, in quotes, such as \"41.3\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Printed, E> {
                let invalid = || E::invalid_value(serde::de::Unexpected::Str(text), &self);
                Printed::parse(text).ok_or_else(invalid)
            }
        }
        input.deserialize_any(AsPrinted)
    }
}

/// Names of atoms and sets with coefficients, as written.
pub struct Sum(pub Vec<(String, i128)>);

/// What a share or mean is of.
pub enum Base {
    /// A public number.
    Known(i128),
    /// A sum of atoms.
    Of(Sum),
}

/// A list of names, an object of names and coefficients, or (for a base) a number.
struct Either {
    number_too: bool,
}

impl<'de> Visitor<'de> for Either {
    type Value = Base;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of names of atoms and sets, or an object of names and whole coefficients")?;
        if self.number_too { f.write_str(", or a known whole number") } else { Ok(()) }
    }
    fn visit_i64<E: Error>(self, found: i64) -> Result<Base, E> {
        if !self.number_too {
            return Err(E::invalid_type(serde::de::Unexpected::Signed(found), &self));
        }
        number(found).map(|number| Base::Known(number.0))
    }
    fn visit_u64<E: Error>(self, found: u64) -> Result<Base, E> {
        self.visit_i64(i64::try_from(found).unwrap_or(i64::MAX))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Base, A::Error> {
        let mut terms = Vec::new();
        while let Some(name) = list.next_element()? {
            terms.push((name, 1));
        }
        Ok(Base::Of(Sum(terms)))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Base, A::Error> {
        let mut terms = Vec::new();
        while let Some((name, by)) = map.next_entry::<String, Number>()? {
            terms.push((name, by.0));
        }
        Ok(Base::Of(Sum(terms)))
    }
}

impl<'de> Deserialize<'de> for Base {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Either { number_too: true })
    }
}

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match input.deserialize_any(Either { number_too: false })? {
            Base::Of(sum) => Ok(sum),
            Base::Known(_) => Err(D::Error::custom("expected a sum")),
        }
    }
}

/// An object in which no key stands twice: the second would silently replace the first.
pub(super) fn unique<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    input: D,
) -> Result<BTreeMap<String, V>, D::Error> {
    struct Unique<V>(std::marker::PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for Unique<V> {
        type Value = BTreeMap<String, V>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut read = BTreeMap::new();
            while let Some(key) = map.next_key::<String>()? {
                if read.contains_key(&key) {
                    return Err(A::Error::custom(format!("`{key}` stands twice")));
                }
                read.insert(key, map.next_value()?);
            }
            Ok(read)
        }
    }
    input.deserialize_map(Unique(std::marker::PhantomData))
}
