//! Writes a model as a publication file: sums with what they are or lie between.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::model::{Interval, Model, Protected, Row, Terms};

/// The publication file of a model whose atoms are sorted by name and start at zero, with one row a figure, this edition's first.
/// Reading it back gives the same model.
pub fn file(name: &str, scale: i128, model: &Model) -> String {
    let entry = |row| Entry { model, row };
    let mut published = Vec::new();
    let mut earlier: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for row in &model.rows {
        match &model.figures[row.figure].edition {
            None => published.push(entry(row)),
            Some(edition) => earlier.entry(edition).or_default().push(entry(row)),
        }
    }
    let protected = model.protected.iter().map(|own| Hidden { model, own }).collect();
    let about = About { sheet: name, steps_in_one: scale };
    let text = serde_json::to_string(&File { about, atoms: Atoms(model), published, earlier, protected });
    text.unwrap_or_default()
}

#[derive(Serialize)]
struct File<'a> {
    about: About<'a>,
    atoms: Atoms<'a>,
    published: Vec<Entry<'a>>,
    earlier: BTreeMap<&'a str, Vec<Entry<'a>>>,
    protected: Vec<Hidden<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct About<'a> {
    sheet: &'a str,
    steps_in_one: i128,
}

struct Atoms<'a>(&'a Model);

impl Serialize for Atoms<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let nothing = BTreeMap::<&str, i128>::new();
        to.collect_map(self.0.atoms.iter().map(|atom| (&atom.name, &nothing)))
    }
}

/// A list of names where each counts once, else an object of names and coefficients.
struct Sum<'a> {
    model: &'a Model,
    terms: &'a Terms,
}

impl Serialize for Sum<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let name = |atom: usize| &self.model.atoms[atom].name;
        if self.terms.iter().all(|&(_, by)| by == 1) {
            to.collect_seq(self.terms.iter().map(|&(atom, _)| name(atom)))
        } else {
            to.collect_map(self.terms.iter().map(|&(atom, by)| (name(atom), by)))
        }
    }
}

struct Entry<'a> {
    model: &'a Model,
    row: &'a Row,
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let figure = &self.model.figures[self.row.figure];
        let of = Sum { model: self.model, terms: &self.row.terms };
        let says = match (self.row.bounds, self.row.bounds.only()) {
            (_, Some(is)) => Says::Exact { of, is },
            (Interval { lo, hi }, None) => Says::Between { of, at_least: lo, at_most: hi },
        };
        let mut entry = to.serialize_struct("entry", 3)?;
        entry.serialize_field("id", &figure.id)?;
        if let Some(place) = &figure.place {
            entry.serialize_field("where", place)?;
        }
        entry.serialize_field("says", &says)?;
        entry.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
enum Says<'a> {
    Exact {
        of: Sum<'a>,
        is: i128,
    },
    Between {
        of: Sum<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        at_least: Option<i128>,
        #[serde(skip_serializing_if = "Option::is_none")]
        at_most: Option<i128>,
    },
}

struct Hidden<'a> {
    model: &'a Model,
    own: &'a Protected,
}

impl Serialize for Hidden<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut hidden = to.serialize_struct("hidden", 5)?;
        hidden.serialize_field("id", &self.own.id)?;
        hidden.serialize_field("of", &Sum { model: self.model, terms: &self.own.terms })?;
        hidden.serialize_field("width", &self.own.width)?;
        if let Some(reach) = self.own.reach {
            hidden.serialize_field("reach", &reach)?;
        }
        if let Some(by) = &self.own.hidden_by {
            hidden.serialize_field("hidden-by", by)?;
        }
        hidden.end()
    }
}
