//! The attacker: what can be worked out from a publication, against published examples, hand-made leaks and brute force.

mod blame;
mod certificates;
mod close;
mod mistakes;
mod planted;
mod random;
mod sheets;
mod statements;
mod worked;

use std::collections::BTreeMap;

use kvarter::audit::{
    attack::{Limits, Report, attack},
    lp::Simplex,
    model::Model,
    read::read,
};
use serde_json::{Value, json};

const SOLVER: Simplex = Simplex { nodes: 20_000 };

fn model(publication: &Value) -> Model {
    read("test.json", &publication.to_string()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn report(model: &Model) -> Report {
    let limits = Limits { every_interval: true, ..Limits::default() };
    attack(model, &limits, &SOLVER).expect("the publication does not contradict itself")
}

/// The exact interval of every protected quantity: a whole table was found for each end of it.
fn intervals(publication: &Value) -> BTreeMap<String, (i128, i128)> {
    let model = model(publication);
    let findings = report(&model).findings;
    let named = model.protected.iter().zip(findings).map(|(protected, finding)| {
        assert!(finding.is_exact(), "{}: {finding:?}", protected.id);
        let (lo, hi) = (finding.within.lo.expect("an end"), finding.within.hi.expect("an end"));
        (protected.id.clone(), (lo, hi))
    });
    named.collect()
}

/// Protects single atoms as counts under five are.
fn protect(atoms: &[&str]) -> Value {
    atoms.iter().map(|atom| json!({ "id": atom, "of": [atom], "width": 4, "reach": 5 })).collect()
}

/// Exact sums: each of these atoms together.
fn sums(sums: &[(&[&str], i64)]) -> Value {
    let figure = |(at, (of, is)): (usize, &(&[&str], i64))| json!({ "id": format!("sum {at}"), "says": { "exact": { "of": of, "is": is } } });
    sums.iter().enumerate().map(figure).collect()
}

/// Unknowns of which nothing is known.
fn unknown(atoms: &[&str]) -> Value {
    Value::Object(atoms.iter().map(|atom| (atom.to_string(), json!({}))).collect())
}
