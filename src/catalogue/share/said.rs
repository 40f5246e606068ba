//! What an entry says, whatever way it is written: two that say the same are one.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    catalogue::entry::cut,
    diagnostics::{Place, SourceFile},
};

/// What an entry says, whatever way it is written.
pub(super) fn said(text: &str, section: &str, id: &str) -> Option<Value> {
    let options = serde_saphyr::options! { strict_booleans: true };
    let all: Value = serde_saphyr::from_str_with_options(text, options).ok()?;
    all.get(section)?.get(id).cloned()
}

/// What the entry at a place says.
pub(super) fn said_at(place: &Place, section: &str, id: &str) -> Option<Value> {
    cut(place).and_then(|entry| said(&format!("{section}:\n{entry}"), section, id))
}

/// A text as a file.
pub(super) fn file(name: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { name: name.into(), text: text.into() })
}
