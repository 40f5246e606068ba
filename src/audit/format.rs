//! The publication file: JSON that says what is published about which atoms.
//!
//! `docs/publication.md` shows the form with every kind of figure. An atom is a whole number, zero or more. A sum is a list of names
//! of atoms and sets, or an object of names and coefficients. A base is a known number or a sum. A printed number that may have
//! decimals is text, exactly as printed with a decimal point: its decimals give its rounding. The file never holds a true value that
//! is hidden.

use std::collections::BTreeMap;

use serde::{Deserialize, de::IgnoredAny};

use super::written::{Base, Number, Printed, Sum, unique};

/// A publication file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", expecting = "a publication file: an object")]
pub struct File {
    /// Anything about the file; not read.
    #[serde(default, rename = "about")]
    _about: IgnoredAny,
    /// The unknowns.
    #[serde(deserialize_with = "unique")]
    pub atoms: BTreeMap<String, Known>,
    /// Names for sets of atoms.
    #[serde(default, deserialize_with = "unique")]
    pub sets: BTreeMap<String, Vec<String>>,
    /// Every figure of this edition, wherever it is printed.
    pub published: Vec<Entry>,
    /// Every figure of earlier editions and of other publishers that is still true of the same atoms.
    #[serde(default, deserialize_with = "unique")]
    pub earlier: BTreeMap<String, Vec<Entry>>,
    /// What must stay hidden: also what a supplier has hidden.
    pub protected: Vec<Hidden>,
}

/// What is known of an atom before anything is published.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Known {
    /// At least this many.
    #[serde(default)]
    pub at_least: Number,
    /// At most this many.
    pub at_most: Option<Number>,
}

/// One published figure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
    /// Its id, once in the file and edition.
    pub id: String,
    /// Where it is printed: a page, an alt text, an axis.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// What it tells.
    pub says: Says,
}

/// A quantity that must stay hidden.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hidden {
    /// Its id, once in the file.
    pub id: String,
    /// The sum.
    pub of: Sum,
    /// Its largest and smallest possible value must be at least so far apart: the threshold less one for a count, twice the
    /// protection level for an amount.
    pub width: Number,
    /// Its largest possible value must be at least this: the threshold for a count.
    pub reach: Option<Number>,
    /// Who hid it, if not we.
    pub hidden_by: Option<String>,
}

/// What a figure tells. `of` is the sum it is about, `base` what a share or mean is of, `is` what is printed; `per` is 100 for a
/// percentage.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the fields that are alike are described once, above")]
pub enum Says {
    /// A count or an amount as it is.
    Exact { of: Sum, is: Number },
    /// A count to the nearest multiple of a base.
    Rounded {
        of: Sum,
        is: Number,
        base: Number,
        #[serde(default)]
        rule: Rounding,
    },
    /// A share with its decimals.
    Share {
        of: Sum,
        base: Base,
        is: Printed,
        #[serde(default = "percent")]
        per: Number,
    },
    /// A mean of an amount; `half` is half the unit it is rounded to, where that is not its last digit.
    Mean { of: Sum, base: Base, is: Printed, half: Option<Printed> },
    /// Each one of the base has between so much and so much of an amount.
    Each { of: Sum, base: Base, at_least: Option<Printed>, at_most: Option<Printed> },
    /// A mean of the shares of several years.
    MeanOfYears {
        years: Vec<Year>,
        is: Printed,
        #[serde(default = "percent")]
        per: Number,
    },
    /// A change of a share in points.
    Change {
        from: Year,
        to: Year,
        is: Printed,
        #[serde(default = "percent")]
        per: Number,
    },
    /// A share as a multiple of a public one (in the same unit).
    Ratio {
        of: Sum,
        base: Base,
        comparator: Printed,
        is: Printed,
        #[serde(default = "percent")]
        per: Number,
    },
    /// A share in a class of a map or table: from (included) to below (not included).
    Class {
        of: Sum,
        base: Base,
        from: Option<Printed>,
        below: Option<Printed>,
        #[serde(default = "percent")]
        per: Number,
    },
    /// A count between two numbers, both included: an axis, a legend, a class of counts.
    Between { of: Sum, at_least: Option<Number>, at_most: Option<Number> },
    /// An order from highest to lowest: shares of known bases, or counts; equals may stand in any order.
    Rank { order: Vec<Year> },
    /// A criterion is met or not; also a sign that a test came out, with the limit at which it does.
    Flag {
        of: Sum,
        base: Base,
        limit: Limit,
        is: bool,
        #[serde(default = "percent")]
        per: Number,
    },
    /// So many persons must start or end before the criterion turns; or fewer than so many, and at least one.
    Needed {
        of: Sum,
        base: Base,
        limit: Limit,
        to: Turn,
        is: Option<Number>,
        fewer_than: Option<Number>,
        #[serde(default = "percent")]
        per: Number,
    },
    /// "Fewer than five": at least one, or at least none where `zero` is not told apart.
    FewerThan {
        of: Sum,
        than: Number,
        #[serde(default)]
        zero: bool,
    },
    /// So many of the criteria are met: "2 of 4". Those known to be met by other means are `known-met`.
    Met {
        criteria: Vec<Criterion>,
        #[serde(default)]
        known_met: Number,
        is: Option<Number>,
        at_least: Option<Number>,
        at_most: Option<Number>,
    },
    /// A median (`at` 50) or other quantile: how many lie below it (none where left out), and how many at it or below.
    Quantile {
        below: Option<Sum>,
        through: Sum,
        base: Base,
        #[serde(default = "half")]
        at: Number,
    },
    /// A sum of groups is what its parts make.
    Sum { of: Sum, parts: Sum },
}

/// How a count was rounded. `unknown` closes both ends; `random` is random rounding: up to the base less one away.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To the nearest, halves perhaps up, perhaps down.
    #[default]
    Unknown,
    /// To the nearest, halves up.
    HalfUp,
    /// Up or down by chance.
    Random,
}

/// The share of a year (`of` and `base`), a count (`of` alone), or a share that is known (`is`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Year {
    /// The sum.
    pub of: Option<Sum>,
    /// The known base.
    pub base: Option<Number>,
    /// The share as printed elsewhere.
    pub is: Option<Printed>,
}

/// A criterion of [`Says::Met`], on a known base.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Criterion {
    /// The sum, at most the base.
    pub of: Sum,
    /// The base.
    pub base: Number,
    /// The limit.
    pub limit: Limit,
    /// 100 for a percentage.
    #[serde(default = "percent")]
    pub per: Number,
}

/// On which side of a limit a criterion is met.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Limit {
    Over(Printed),
    AtLeast(Printed),
    Under(Printed),
    AtMost(Printed),
}

/// What turns: a criterion starts to be met, or ends to be.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Turn {
    Start,
    End,
}

fn percent() -> Number {
    Number(100)
}

fn half() -> Number {
    Number(50)
}
