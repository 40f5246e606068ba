//! Certificates: tables of all atoms that give the publication, as JSON.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use serde_json::{Map, Value};

use super::{
    attack::{Proof, Report, Verdict},
    model::{Model, Terms},
};

/// The certificate of a quantity that is safe; `None` if it is not, or if no table of the rest of the publication was found.
/// `publication` is the name of its file, `digest` the SHA-256 of its bytes in hexadecimal digits.
pub fn certificate(
    model: &Model,
    report: &Report,
    protected: usize,
    publication: &str,
    digest: &str,
) -> Option<Value> {
    let [low, high] = report.pair(protected)?;
    Some(serde_json::json!({
        "publication": publication,
        "sha256": digest,
        "protected": model.protected[protected].id,
        "tables": [named(model, low.iter().copied().enumerate())?, named(model, high.iter().copied().enumerate())?],
    }))
}

/// One certificate of everything that is safe: a table, other tables as what they change in it, and for each quantity the numbers
/// of two of them. `None` if no table of the whole publication was found.
pub fn block(model: &Model, report: &Report, publication: &str, digest: &str) -> Option<Value> {
    let table = report.table.as_ref()?;
    let mut chosen = Chosen { model, table, tables: vec![None], of_component: HashMap::new() };
    let mut protected = BTreeMap::new();
    for (at, finding) in report.findings.iter().enumerate() {
        if let Verdict::Safe(proof) = &finding.verdict {
            protected.insert(&model.protected[at].id, chosen.prove(at, proof));
        }
    }
    let changes: Option<Vec<Value>> =
        chosen.tables.iter().flatten().map(|own| own.named(model, table)).collect();
    Some(serde_json::json!({
        "publication": publication,
        "sha256": digest,
        "table": named(model, table.iter().copied().enumerate())?,
        "changes": changes?,
        "protected": protected,
    }))
}

/// The file's atoms by name.
fn named(model: &Model, table: impl Iterator<Item = (usize, i128)>) -> Option<Value> {
    let atoms = table.filter(|&(atom, _)| atom < model.named);
    let named: Option<Map<_, _>> = atoms
        .map(|(atom, value)| Some((model.atoms[atom].name.clone(), i64::try_from(value).ok()?.into())))
        .collect();
    Some(Value::Object(named?))
}

/// A table of one component's atoms.
#[derive(Clone)]
struct Own {
    atoms: Rc<Vec<usize>>,
    values: Rc<Vec<i128>>,
}

impl Own {
    fn get(&self, atom: usize) -> Option<i128> {
        self.atoms.binary_search(&atom).ok().map(|at| self.values[at])
    }

    /// What it changes.
    fn named(&self, model: &Model, table: &[i128]) -> Option<Value> {
        let values = self.atoms.iter().copied().zip(self.values.iter().copied());
        named(model, values.filter(|&(atom, value)| table[atom] != value))
    }
}

/// Few tables that prove much: a quantity takes two of those that are there already, where they are far enough apart.
struct Chosen<'a> {
    model: &'a Model,
    table: &'a [i128],
    /// The whole table, then one for each change.
    tables: Vec<Option<Own>>,
    /// For each component its tables' numbers.
    of_component: HashMap<*const Vec<usize>, Vec<usize>>,
}

impl Chosen<'_> {
    /// The numbers of two tables that prove a quantity.
    fn prove(&mut self, at: usize, proof: &Proof) -> [usize; 2] {
        let protected = &self.model.protected[at];
        let component = Rc::as_ptr(&proof.atoms);
        let numbers = self.of_component.entry(component).or_insert_with(|| vec![0]).clone();
        let values = numbers.iter().map(|&number| (self.value(number, &protected.terms), number));
        let ends = values.clone().min().zip(values.max());
        if let Some((low, high)) = ends.filter(|(low, high)| protected.is_hidden_by(low.0, high.0)) {
            return [low.1, high.1];
        }
        proof.tables.each_ref().map(|values| {
            if proof.atoms.iter().zip(values.iter()).all(|(&atom, &value)| self.table[atom] == value) {
                return 0;
            }
            let same = |&&number: &&usize| {
                self.tables[number].as_ref().is_some_and(|own| Rc::ptr_eq(&own.values, values))
            };
            if let Some(number) = numbers.iter().find(same) {
                return *number;
            }
            let number = self.tables.len();
            self.tables.push(Some(Own { atoms: proof.atoms.clone(), values: values.clone() }));
            self.of_component.entry(component).or_default().push(number);
            number
        })
    }

    fn value(&self, number: usize, terms: &Terms) -> i128 {
        let own = self.tables[number].as_ref();
        let value = |atom: usize| own.and_then(|own| own.get(atom)).unwrap_or(self.table[atom]);
        terms.iter().map(|&(atom, by)| by * value(atom)).sum()
    }
}
