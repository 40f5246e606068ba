//! The texts about the files attached to a PDF.

use super::Text;

/// Sorted.
pub(super) const TEXTS: &[Text] = &[
    ("attachments/description", &["alt"]),
    ("attachments/file-figure", &["n"]),
    ("attachments/file-map", &[]),
    ("attachments/file-municipality", &[]),
    ("attachments/file-trend", &["n"]),
    ("attachments/said", &[]),
];
