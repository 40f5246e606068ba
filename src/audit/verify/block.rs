//! Checks the certificate of a whole publication file: one table, other tables that differ from it in some atoms, and for each
//! quantity that is said to stay hidden two of them in which it is far enough apart.
//!
//! The first table is compared with every figure, each other one with every figure that names anything that was changed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Table, apart, entries,
    exact::{Done, array, json, number, object, text},
    possible,
};

/// What was checked.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// How many protected quantities were proven to stay hidden.
    pub hidden: usize,
    /// How many there are.
    pub protected: usize,
    /// How many tables give the publication.
    pub tables: usize,
    /// How many published figures each of them gives.
    pub figures: usize,
}

/// Is a certificate one of a whole publication file?
///
/// # Errors
/// It cannot be read.
pub fn is_block(certificate: &str) -> Result<bool, String> {
    Ok(object(&json(certificate, "the certificate")?)?.contains_key("changes"))
}

/// Checks a certificate against a publication file, of which `digest` is the SHA-256 in hexadecimal digits.
///
/// # Errors
/// The first thing that does not hold.
pub fn check(certificate: &str, publication: &str, digest: &str) -> Result<Block, String> {
    holds(&json(certificate, "the certificate")?, &json(publication, "the publication file")?, digest)
}

/// The same for files that are parsed already.
///
/// # Errors
/// The first thing that does not hold.
pub fn holds(certificate: &Value, publication: &Value, digest: &str) -> Result<Block, String> {
    let (certificate, file) = (object(certificate)?, object(publication)?);
    if text(certificate, "sha256")? != digest {
        return Err(format!("the publication file is another: its SHA-256 is {digest}"));
    }
    let mut table = Table::of(file, certificate.get("table").unwrap_or(&Value::Null))?;
    let figures = table.gives(file)?;
    let pairs = Pairs::of(certificate, file)?;
    let mut values = pairs.values(0, &table, BTreeMap::new())?;
    let (named, changes) = (Named::of(file)?, array(certificate, "changes")?);
    for (at, change) in changes.iter().enumerate() {
        let wrong = |why: String| format!("change {}: {why}", at + 1);
        let change = object(change)?;
        let before = named.change(&mut table, change).map_err(wrong)?;
        named.check(&table, change).map_err(wrong)?;
        values = pairs.values(at + 1, &table, values)?;
        table.values.extend(before);
    }
    for (id, (protected, two)) in &pairs.of {
        let [one, other] = two.map(|table| values.get(&(*id, table)));
        let (Some(one), Some(other)) = (one, other) else {
            return Err(format!("`{id}` names a table that is not there: there are {}", changes.len() + 1));
        };
        apart(id, protected, *one, *other)?;
    }
    let protected = array(file, "protected")?.len();
    Ok(Block { hidden: pairs.of.len(), protected, tables: changes.len() + 1, figures })
}

type Values<'a> = BTreeMap<(&'a str, usize), i128>;

/// For each quantity that is said to stay hidden: what is protected, and the numbers of two tables. Number 0 is the first table.
struct Pairs<'a> {
    of: BTreeMap<&'a str, (&'a Map<String, Value>, [usize; 2])>,
    /// For each table what it is to prove.
    by_table: BTreeMap<usize, BTreeSet<&'a str>>,
}

impl<'a> Pairs<'a> {
    fn of(certificate: &'a Map<String, Value>, file: &'a Map<String, Value>) -> Done<Self> {
        let mut protected = BTreeMap::new();
        for entry in array(file, "protected")? {
            let entry = object(entry)?;
            protected.insert(text(entry, "id")?, entry);
        }
        let mut pairs = Self { of: BTreeMap::new(), by_table: BTreeMap::new() };
        for (id, two) in object(certificate.get("protected").unwrap_or(&Value::Null))? {
            let own = protected
                .get(id.as_str())
                .ok_or(format!("`{id}` is not protected in the publication file"))?;
            let two: Vec<usize> = two
                .as_array()
                .into_iter()
                .flatten()
                .map(|table| {
                    usize::try_from(number(table)?).map_err(|_| format!("{table}: no table's number"))
                })
                .collect::<Done<_>>()?;
            let [one, other] = two[..] else {
                return Err(format!("`{id}`: expected the numbers of two tables"));
            };
            pairs.of.insert(id, (own, [one, other]));
            for table in [one, other] {
                pairs.by_table.entry(table).or_default().insert(id);
            }
        }
        Ok(pairs)
    }

    /// Adds what a table makes of the quantities that it is to prove.
    fn values(&self, number: usize, table: &Table<'_>, mut values: Values<'a>) -> Done<Values<'a>> {
        for id in self.by_table.get(&number).into_iter().flatten() {
            if let Some((protected, _)) = self.of.get(id) {
                values.insert((id, number), table.sum(protected, "of")?);
            }
        }
        Ok(values)
    }
}

/// What is known of atoms, and the figures that name each of them, by itself or in a set.
struct Named<'a> {
    atoms: &'a Map<String, Value>,
    figures: BTreeMap<&'a str, Vec<&'a Value>>,
}

impl<'a> Named<'a> {
    fn of(file: &'a Map<String, Value>) -> Done<Self> {
        let atoms = object(file.get("atoms").unwrap_or(&Value::Null))?;
        let sets = file.get("sets").map(object).transpose()?;
        let mut figures: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for entry in entries(file)? {
            let mut words = BTreeSet::new();
            gather(object(entry)?.get("says").unwrap_or(&Value::Null), &mut words);
            let members = |word: &&'a str| sets?.get(*word)?.as_array();
            let of_sets: Vec<&str> =
                words.iter().filter_map(members).flatten().filter_map(Value::as_str).collect();
            words.extend(of_sets);
            for word in words {
                if let Some((atom, _)) = atoms.get_key_value(word) {
                    figures.entry(atom).or_default().push(entry);
                }
            }
        }
        Ok(Self { atoms, figures })
    }

    /// Changes some values of a table; gives what they were.
    fn change(&self, table: &mut Table<'a>, change: &Map<String, Value>) -> Done<Vec<(&'a str, i128)>> {
        let mut before = Vec::new();
        for name in change.keys() {
            let (name, known) = self.atoms.get_key_value(name).ok_or(format!("`{name}` is no atom"))?;
            let value = possible(name, known, change)?;
            before.extend(table.values.insert(name, value).map(|before| (name.as_str(), before)));
        }
        Ok(before)
    }

    /// Does a table give every figure that names a changed atom?
    fn check(&self, table: &Table<'_>, change: &Map<String, Value>) -> Done<()> {
        let mut checked = BTreeSet::new();
        for figure in change.keys().filter_map(|name| self.figures.get(name.as_str())).flatten() {
            if checked.insert(std::ptr::from_ref(*figure)) {
                table.gives_one(figure)?;
            }
        }
        Ok(())
    }
}

/// Every text and every key: what a figure may name, and more.
fn gather<'a>(value: &'a Value, words: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(word) => {
            words.insert(word);
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, words)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            words.insert(key);
            gather(value, words);
        }),
        _ => {}
    }
}
