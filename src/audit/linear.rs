//! Sums with fractions for coefficients, on their way to rows of whole numbers.

use std::collections::BTreeMap;

use super::{
    fraction::{Fraction, ceil, divisor, floor},
    model::{Interval, Terms},
    written::{Printed, Sum},
};

/// Why a figure cannot be turned into bounds.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A name that is no atom and no set.
    Unknown(String),
    /// Anything else: what was found and what was expected.
    Says(String),
}

pub(super) type Done<T = ()> = Result<T, Refusal>;

pub(super) fn refuse<T>(what: &str) -> Done<T> {
    Err(Refusal::Says(what.to_string()))
}

pub(super) fn fits<T>(number: Option<T>) -> Done<T> {
    number.ok_or_else(|| Refusal::Says("its numbers are too large together for exact arithmetic".into()))
}

/// The names that sums are written with.
#[derive(Default)]
pub(super) struct Names {
    /// Atoms by name.
    pub atoms: BTreeMap<String, usize>,
    /// Sets of atoms by name.
    pub sets: BTreeMap<String, Vec<usize>>,
}

impl Names {
    /// The atoms of a sum. In a plain list no atom may stand twice: what is meant then is not clear.
    pub fn terms(&self, sum: &Sum) -> Done<Terms> {
        let mut terms = BTreeMap::new();
        let plain = sum.0.iter().all(|(_, by)| *by == 1);
        for (name, by) in &sum.0 {
            let own = self.atoms.get(name).map(std::slice::from_ref);
            let atoms = own.or(self.sets.get(name).map(Vec::as_slice));
            for atom in atoms.ok_or_else(|| Refusal::Unknown(name.clone()))? {
                let total = terms.entry(*atom).or_insert(0);
                if plain && *total != 0 {
                    return Err(Refusal::Says(format!(
                        "an atom of `{name}` is in the sum twice: expected once"
                    )));
                }
                *total += by;
            }
        }
        terms.retain(|_, by| *by != 0);
        if terms.is_empty() {
            return refuse("a sum of nothing: expected at least one atom");
        }
        Ok(terms.into_iter().collect())
    }
}

/// An end of an interval, and whether it is itself left out.
pub(super) type End = Option<(Fraction, bool)>;

pub(super) fn from(value: Fraction) -> End {
    Some((value, false))
}

pub(super) fn beyond(value: Fraction) -> End {
    Some((value, true))
}

/// The largest coefficient and bound of a row: with values up to 10^12, a sum of a million terms fits 128 bits.
const COEFFICIENT: u128 = 10u128.pow(20);

/// A sum with fractions for coefficients, and a constant.
#[derive(Clone)]
pub(super) struct Linear {
    terms: BTreeMap<usize, Fraction>,
    pub constant: Fraction,
}

impl Linear {
    pub fn new() -> Self {
        Self { terms: BTreeMap::new(), constant: Fraction::ZERO }
    }

    pub fn add(mut self, terms: &Terms, by: Fraction) -> Done<Self> {
        for &(atom, times) in terms {
            let more = fits(Fraction::whole(times).times(by))?;
            let total = self.terms.entry(atom).or_insert(Fraction::ZERO);
            *total = fits(total.plus(more))?;
        }
        Ok(self)
    }

    pub fn add_base(mut self, base: &Of, by: Fraction) -> Done<Self> {
        match base {
            Of::Known(number) => {
                let more = fits(Fraction::whole(*number).times(by))?;
                self.constant = fits(self.constant.plus(more))?;
                Ok(self)
            }
            Of::Sum(terms) => self.add(terms, by),
        }
    }

    /// The sum lies between two ends: a row in whole numbers, divided by what all coefficients share, its bounds rounded inward.
    pub fn between(&self, lo: End, hi: End) -> Done<(Terms, Interval)> {
        let mut by = 1i128;
        for term in self.terms.values() {
            by = fits((by / divisor(by, term.under)).checked_mul(term.under))?;
        }
        let mut terms = Terms::new();
        for (&atom, term) in self.terms.iter().filter(|(_, term)| term.over != 0) {
            terms.push((atom, fits(term.over.checked_mul(by / term.under))?));
        }
        let shared = terms.iter().fold(0, |shared, &(_, by)| divisor(shared, by));
        let end = |end: Fraction| -> Done<Fraction> {
            let moved = fits(end.minus(self.constant))?;
            let scaled = fits(moved.times(Fraction::whole(by)))?;
            fits(scaled.times(fits(Fraction::new(1, shared.max(1)))?))
        };
        let lo = match lo {
            None => None,
            Some((value, false)) => Some(end(value).map(|at| ceil(at.over, at.under))?),
            Some((value, true)) => Some(end(value).map(|at| floor(at.over, at.under) + 1)?),
        };
        let hi = match hi {
            None => None,
            Some((value, false)) => Some(end(value).map(|at| floor(at.over, at.under))?),
            Some((value, true)) => Some(end(value).map(|at| ceil(at.over, at.under) - 1)?),
        };
        terms.iter_mut().for_each(|(_, by)| *by /= shared.max(1));
        let large = |number: &i128| number.unsigned_abs() > COEFFICIENT;
        if terms.iter().any(|(_, by)| large(by)) || [lo, hi].iter().flatten().any(large) {
            return fits(None);
        }
        Ok((terms, Interval { lo, hi }))
    }
}

/// A base with its names resolved.
pub(super) enum Of {
    Known(i128),
    Sum(Terms),
}

/// A printed number as it stands.
pub(super) fn exactly(printed: &Printed) -> Option<Fraction> {
    Fraction::new(printed.units, 10i128.pow(printed.places))
}

/// The least and the largest number that is printed so.
pub(super) fn rounding(printed: &Printed, half: Option<&Printed>) -> Done<(Fraction, Fraction)> {
    let own = Fraction::new(1, 2 * 10i128.pow(printed.places));
    let half = fits(half.map_or(own, exactly))?;
    let value = fits(exactly(printed))?;
    Ok((fits(value.minus(half))?, fits(value.plus(half))?))
}
