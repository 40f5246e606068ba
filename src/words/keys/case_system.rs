//! Texts of the council paper in a case system.

use super::Text;

pub(super) const TEXTS: &[Text] = &[
    ("case-system/annex", &["n"]),
    ("case-system/cell", &["name", "value"]),
    ("case-system/figure", &["title", "alt"]),
    ("case-system/to-be-filled", &["what"]),
];
