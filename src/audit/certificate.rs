//! Certificates: two tables of all atoms that both give the publication, as JSON.

use super::{
    attack::{Proof, Report, Verdict},
    model::Model,
};

/// The certificate of a quantity that is safe; `None` if it is not, or if no table of the rest of the publication was found.
/// `publication` is the name of its file, `digest` the SHA-256 of its bytes in hexadecimal digits.
pub fn certificate(
    model: &Model,
    report: &Report,
    protected: usize,
    publication: &str,
    digest: &str,
) -> Option<serde_json::Value> {
    let Verdict::Safe(proof) = &report.findings[protected].verdict else { return None };
    let tables: Option<Vec<serde_json::Value>> =
        (0..2).map(|which| table(model, report.table.as_ref()?, proof, which)).collect();
    Some(serde_json::json!({
        "publication": publication,
        "sha256": digest,
        "protected": model.protected[protected].id,
        "tables": tables?,
    }))
}

/// The file's atoms by name: what the proof says, and for the rest any table that fits.
fn table(model: &Model, rest: &[i128], proof: &Proof, which: usize) -> Option<serde_json::Value> {
    let mut values = rest.to_vec();
    proof.atoms.iter().zip(proof.tables[which].iter()).for_each(|(&atom, &value)| values[atom] = value);
    if !model.allows(&values) {
        return None;
    }
    let named = model.atoms.iter().zip(&values).take(model.named);
    let named: Option<serde_json::Map<_, _>> =
        named.map(|(atom, &value)| Some((atom.name.clone(), i64::try_from(value).ok()?.into()))).collect();
    Some(serde_json::Value::Object(named?))
}
