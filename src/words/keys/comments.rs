//! The texts of the planner's comments and of the initiatives under way.

use super::Text;

/// Sorted.
pub(super) const TEXTS: &[Text] = &[
    ("comments/by", &["role", "date"]),
    ("comments/draft", &[]),
    ("comments/draft-page", &[]),
    ("comments/foreign", &[]),
    ("comments/heading", &[]),
    ("comments/moved-by", &["written", "what", "up", "value", "since"]),
    ("comments/older", &["date", "day"]),
    ("comments/other-direction", &["what", "said_up", "up", "value", "since"]),
    ("comments/other-number", &["written", "what", "value", "period"]),
    ("comments/residents", &[]),
    ("comments/sure-of-none", &["what", "said_up", "since"]),
    ("initiatives/aims", &["past", "names"]),
    ("initiatives/begins", &["from"]),
    ("initiatives/between", &["from", "to"]),
    ("initiatives/ended", &["from", "to"]),
    ("initiatives/head-aims", &[]),
    ("initiatives/head-name", &[]),
    ("initiatives/head-period", &[]),
    ("initiatives/heading", &["n", "area"]),
    ("initiatives/no-aims", &[]),
    ("initiatives/since", &["from"]),
];
