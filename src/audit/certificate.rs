//! Certificates: two tables of all atoms that both give the publication, as JSON.

use super::{attack::Report, model::Model};

/// The certificate of a quantity that is safe; `None` if it is not, or if no table of the rest of the publication was found.
/// `publication` is the name of its file, `digest` the SHA-256 of its bytes in hexadecimal digits.
pub fn certificate(
    model: &Model,
    report: &Report,
    protected: usize,
    publication: &str,
    digest: &str,
) -> Option<serde_json::Value> {
    let [low, high] = report.pair(protected)?;
    Some(serde_json::json!({
        "publication": publication,
        "sha256": digest,
        "protected": model.protected[protected].id,
        "tables": [named(model, &low)?, named(model, &high)?],
    }))
}

/// The file's atoms by name.
fn named(model: &Model, table: &[i128]) -> Option<serde_json::Value> {
    let atoms = model.atoms.iter().zip(table).take(model.named);
    let named: Option<serde_json::Map<_, _>> =
        atoms.map(|(atom, &value)| Some((atom.name.clone(), i64::try_from(value).ok()?.into()))).collect();
    Some(serde_json::Value::Object(named?))
}
