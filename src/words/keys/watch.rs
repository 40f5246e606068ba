//! The words of the local page of `kvarter watch`.

use super::Text;

/// Sorted.
pub(super) const TEXTS: &[Text] = &[
    ("watch/building", &[]),
    ("watch/empty", &[]),
    ("watch/lost", &[]),
    ("watch/mistake", &[]),
    ("watch/page", &[]),
    ("watch/pdf", &[]),
    ("watch/ready", &[]),
    ("watch/title", &[]),
];
