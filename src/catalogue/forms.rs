//! Forms: a map with one key that says which form it is, as `{ share: {…} }`.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, Unexpected, VariantAccess, Visitor},
};

use super::spans::At;

/// What is said of a form with two keys.
pub(super) const TWO_KEYS: &str = "expected one key, since the key says which form it is; found two";

/// Reads a form. An enum read as serde would reports a plain word in place of the map at whatever follows it.
pub(super) fn form<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<At<T>, D::Error> {
    let At { value, place } = At::<OneOf<T>>::deserialize(deserializer)?;
    Ok(At { value: value.0, place })
}

/// Reads a form that may be left out.
pub(super) fn maybe<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<At<T>>, D::Error> {
    form(deserializer).map(Some)
}

/// An enum read from a map with exactly one key.
pub(super) struct OneOf<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneKey(PhantomData)).map(Self)
    }
}

struct OneKey<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneKey<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let forms: Vec<String> = names::<T>().iter().map(|name| format!("`{{ {name}: … }}`")).collect();
        f.write_str(&forms.join(" or "))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(serde::de::value::EnumAccessDeserializer::new(FirstKey(map)))
    }
}

/// A map seen as an enum: its first key is the variant, and there is no second.
struct FirstKey<A>(A);

impl<'de, A: MapAccess<'de>> EnumAccess<'de> for FirstKey<A> {
    type Error = A::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Self), A::Error> {
        let key = self.0.next_key_seed(seed)?.ok_or_else(|| A::Error::custom("the form is empty"))?;
        Ok((key, self))
    }
}

impl<'de, A: MapAccess<'de>> VariantAccess<'de> for FirstKey<A> {
    type Error = A::Error;

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(mut self, seed: T) -> Result<T::Value, A::Error> {
        let value = self.0.next_value_seed(seed)?;
        match self.0.next_key::<IgnoredAny>()? {
            None => Ok(value),
            Some(IgnoredAny) => Err(A::Error::custom(TWO_KEYS)),
        }
    }

    fn unit_variant(self) -> Result<(), A::Error> {
        Err(A::Error::invalid_type(Unexpected::Map, &"a plain word"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::TupleVariant, &"a value"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, A::Error> {
        Err(A::Error::invalid_type(Unexpected::StructVariant, &"a value"))
    }
}

/// The keys that a form or a map of fields can have, in the order declared.
pub(super) fn names<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // The error is how a deserialiser ends that only looks at what it is asked for.
    let _ = T::deserialize(Asked(&mut names));
    names
}

/// A deserialiser without data: it notes which variants or fields are asked for.
struct Asked<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("no data"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = variants;
        Err(Self::Error::custom("no data"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = fields;
        Err(Self::Error::custom("no data"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}
