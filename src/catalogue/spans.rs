//! Values that remember where they were written, so that a mistake found much later still points into the catalogue.

use std::{
    borrow::Borrow,
    cell::RefCell,
    collections::BTreeMap,
    fmt,
    marker::PhantomData,
    ops::{Deref, Range},
    sync::Arc,
};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_saphyr::{Location, Spanned};

use crate::diagnostics::{Place, SourceFile};

thread_local! {
    /// The text being parsed: serde gives a `Deserialize` no other way to reach its context.
    static WINDOW: RefCell<Window> = RefCell::new(Window::whole(&Arc::new(SourceFile { name: String::new(), text: String::new() })));
}

/// Which part of a file a parsed text is: all of it, or a section's head line with one entry.
#[derive(Clone)]
pub(super) struct Window {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Where the head line stands in the file; empty for all of it.
    pub head: Range<usize>,
    /// Where the text after the head line stands in the file.
    pub body: usize,
}

impl Window {
    /// All of a file.
    pub fn whole(file: &Arc<SourceFile>) -> Self {
        Self { file: Arc::clone(file), head: 0..0, body: 0 }
    }

    /// The place in the file of a span of the parsed text.
    pub fn place(&self, offset: usize, len: usize) -> Place {
        let in_file = match offset.checked_sub(self.head.len()) {
            Some(in_body) => self.body + in_body,
            None => self.head.start + offset,
        };
        Place { file: Arc::clone(&self.file), offset: in_file, len }
    }

    /// Runs `parse` with every [`At`] made in it pointing into this window.
    pub fn during<T>(&self, parse: impl FnOnce() -> T) -> T {
        let before = WINDOW.replace(self.clone());
        let result = parse();
        WINDOW.set(before);
        result
    }
}

/// The place of a parser's location in the window being parsed.
fn place(location: Location) -> Place {
    let span = location.span();
    let (offset, len) = (span.byte_offset().unwrap_or_default(), span.byte_len().unwrap_or_default());
    WINDOW.with_borrow(|window| window.place(offset as usize, len as usize))
}

/// A value and where it was written. Reads like the value itself.
#[derive(Clone)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        Ok(Self { value: spanned.value, place: place(spanned.referenced) })
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }
}

/// A map of the catalogue in the order it was written: ids (with their places) to entries.
#[derive(Clone, Debug)]
pub struct Section<K, V> {
    entries: Vec<(At<K>, V)>,
    index: BTreeMap<K, usize>,
}

impl<K, V> Default for Section<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), index: BTreeMap::new() }
    }
}

impl<K: Ord + Clone, V> Section<K, V> {
    /// The entry with this id.
    pub fn get<Q: Ord + ?Sized>(&self, id: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.index.get(id).map(|i| &self.entries[*i].1)
    }

    /// The entry with this id, and the id as it was written.
    pub fn get_key_value<Q: Ord + ?Sized>(&self, id: &Q) -> Option<(&At<K>, &V)>
    where
        K: Borrow<Q>,
    {
        self.index.get(id).map(|i| &self.entries[*i]).map(|(key, value)| (key, value))
    }

    /// The position in the written order of the entry with this id.
    pub fn position<Q: Ord + ?Sized>(&self, id: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.index.get(id).copied()
    }

    /// Is there an entry with this id?
    pub fn contains<Q: Ord + ?Sized>(&self, id: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.index.contains_key(id)
    }

    /// All entries in the order written.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&At<K>, &V)> + ExactSizeIterator {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// All ids in the order written.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| &key.value)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry; gives the key back if the id is taken.
    pub(super) fn insert(&mut self, key: At<K>, value: V) -> Result<(), At<K>> {
        if self.index.contains_key(&key.value) {
            return Err(key);
        }
        self.index.insert(key.value.clone(), self.entries.len());
        self.entries.push((key, value));
        Ok(())
    }

    /// The entry with this id, to be changed.
    pub(super) fn get_mut<Q: Ord + ?Sized>(&mut self, id: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.index.get(id).map(|i| &mut self.entries[*i].1)
    }

    /// Takes in another section: an entry whose id is taken stands where the one with that id stood.
    pub(super) fn overlay(&mut self, other: Self) {
        for (key, value) in other.entries {
            match self.index.get(&key.value) {
                Some(place) => self.entries[*place] = (key, value),
                None => drop(self.insert(key, value)),
            }
        }
    }

    /// Brings the entries into another order; those with the same key keep theirs.
    pub(super) fn sort_by_key<O: Ord>(&mut self, order: impl Fn(&V) -> O) {
        self.entries.sort_by_key(|(_, value)| order(value));
        self.index = self.entries.iter().enumerate().map(|(i, (key, _))| (key.value.clone(), i)).collect();
    }

    /// Takes in the entries of another section whose ids are not taken.
    pub(super) fn absorb(&mut self, other: Self) {
        for (key, value) in other.entries {
            // An id already there is a duplicate, which the loader has reported.
            let _ = self.insert(key, value);
        }
    }
}

impl<'de, K: Deserialize<'de> + Ord + Clone + fmt::Display, V: Deserialize<'de>> Deserialize<'de>
    for Section<K, V>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(PhantomData<(K, V)>);

        impl<'de, K: Deserialize<'de> + Ord + Clone + fmt::Display, V: Deserialize<'de>> Visitor<'de>
            for Entries<K, V>
        {
            type Value = Section<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of ids to entries")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut section = Section::default();
                while let Some(key) = map.next_key::<At<K>>()? {
                    let value = map.next_value()?;
                    section
                        .insert(key, value)
                        .map_err(|key| serde::de::Error::custom(format!("`{key}` is declared twice")))?;
                }
                Ok(section)
            }

            /// A section whose entries are all commented out.
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Section::default())
            }
        }

        deserializer.deserialize_any(Entries(PhantomData))
    }
}

impl<K, V: JsonSchema> JsonSchema for Section<K, V> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("map of {}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let entry = generator.subschema_for::<V>();
        schemars::json_schema!({ "type": "object", "additionalProperties": entry })
    }

    fn inline_schema() -> bool {
        true
    }
}
