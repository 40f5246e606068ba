//! What a criterion tells that is met or not, its distance in persons, and how many criteria are met.

use super::{
    format::{Criterion, Limit, Says, Turn},
    fraction::{Fraction, ceil, floor},
    linear::{Done, End, Linear, beyond, exactly, fits, from, refuse},
    model::{Atom, Interval, Terms},
    rows::Builder,
    written::Printed,
};

impl Builder<'_> {
    /// With `d = of - limit * base`: over, to start: floor(-d) + 1; to end: ceil(d). At least, to start: ceil(-d); to end:
    /// floor(d) + 1. Under and at most are the same with the other sign.
    pub(super) fn needed(&mut self, figure: usize, says: &Says) -> Done {
        let Says::Needed { of, base, limit, to, is, fewer_than, per } = says else { return Ok(()) };
        let (least, most) = match (is, fewer_than) {
            (Some(is), None) => (is.0, is.0),
            (None, Some(than)) => (1, than.0 - 1),
            _ => return refuse("expected either `is` or `fewer-than`"),
        };
        if per.0 < 1 {
            return refuse("expected `per` of at least 1");
        }
        let (value, upward, strict) = match limit {
            Limit::Over(value) => (value, true, true),
            Limit::AtLeast(value) => (value, true, false),
            Limit::Under(value) => (value, false, true),
            Limit::AtMost(value) => (value, false, false),
        };
        let start = *to == Turn::Start;
        let sign = Fraction::whole(if start == upward { -1 } else { 1 });
        let limit = fits(exactly(value).and_then(|v| v.times(Fraction::new(1, per.0)?)?.times(sign)))?;
        let distance = Linear::new().add(&self.names.terms(of)?, sign)?;
        let distance = distance.add_base(&self.base(base)?, limit.negative())?;
        let (lo, hi) = (Fraction::whole(least - 1), Fraction::whole(most));
        if start == strict {
            self.between(figure, distance, from(lo), beyond(hi))
        } else {
            self.between(figure, distance, beyond(lo), from(hi))
        }
    }

    /// Every criterion gets an unknown that is 1 if it is met and 0 if not; between `lo` and `hi` of them are 1.
    pub(super) fn met(
        &mut self,
        figure: usize,
        criteria: &[Criterion],
        lo: Option<i128>,
        hi: Option<i128>,
    ) -> Done {
        let mut truths = Terms::new();
        for criterion in criteria {
            let terms = self.names.terms(&criterion.of)?;
            let base = criterion.base.0;
            if base < 1 || criterion.per.0 < 1 || terms.iter().any(|&(_, by)| by < 0) {
                return refuse("expected a base and `per` of at least 1 and no negative coefficient");
            }
            let truth = self.atoms.len();
            let name = format!("criterion {}", truth);
            self.atoms.push(Atom { name, bounds: Interval::closed(0, 1) });
            truths.push((truth, 1));
            // The criterion turns between two whole numbers: at most `last` on one side, at least `last + 1` on the other.
            let (upward, last) = turning_point(criterion)?;
            let (one, sum) = (Fraction::whole(1), Linear::new());
            let sum = sum.add(&terms, one)?;
            let with = |by: i128| sum.clone().add(&vec![(truth, 1)], Fraction::whole(by));
            let whole = |number: i128| from(Fraction::whole(number));
            if upward {
                self.between(figure, with(-(last + 1))?, whole(0), None)?;
                self.between(figure, with(-(base - last))?, None, whole(last))?;
            } else {
                self.between(figure, with(base - last)?, None, whole(base))?;
                self.between(figure, with(last + 1)?, whole(last + 1), None)?;
            }
        }
        self.count(figure, &truths, lo, hi)
    }
}

/// Is the criterion met above, and the last whole number before that; or below, and the last that is.
fn turning_point(criterion: &Criterion) -> Done<(bool, i128)> {
    let at = |value: &Printed| -> Done<Fraction> {
        fits(exactly(value).and_then(|v| v.times(Fraction::new(criterion.base.0, criterion.per.0)?)))
    };
    Ok(match &criterion.limit {
        Limit::Over(value) => (true, at(value).map(|at| floor(at.over, at.under))?),
        Limit::AtLeast(value) => (true, at(value).map(|at| ceil(at.over, at.under))? - 1),
        Limit::Under(value) => (false, at(value).map(|at| ceil(at.over, at.under))? - 1),
        Limit::AtMost(value) => (false, at(value).map(|at| floor(at.over, at.under))?),
    })
}

/// The side of a limit on which a criterion is met (or, if not, the other).
pub(super) fn side(limit: &Limit, met: bool) -> Done<(End, End)> {
    let (value, upward, strict) = match limit {
        Limit::Over(value) => (value, true, true),
        Limit::AtLeast(value) => (value, true, false),
        Limit::Under(value) => (value, false, true),
        Limit::AtMost(value) => (value, false, false),
    };
    let end = Some((fits(exactly(value))?, strict == met));
    Ok(if upward == met { (end, None) } else { (None, end) })
}
