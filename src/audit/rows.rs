//! What each kind of published figure tells: bounds on sums of whole numbers. Both ends of a rounding interval count as possible.

use super::{
    criteria::side,
    format::{Rounding, Says, Year},
    fraction::Fraction,
    linear::{Done, End, Linear, Names, Of, beyond, exactly, fits, from, refuse, rounding},
    model::{Atom, Row, Terms},
    written::{Base, Number, Printed, Sum},
};

/// Turns figures into rows, and adds unknowns where a figure needs them.
pub(super) struct Builder<'a> {
    /// The names.
    pub names: &'a Names,
    /// Unknowns so far.
    pub atoms: Vec<Atom>,
    /// Rows so far.
    pub rows: Vec<Row>,
}

impl Builder<'_> {
    /// Adds what a figure tells.
    pub fn figure(&mut self, figure: usize, says: &Says) -> Done {
        match says {
            Says::Exact { of, is } => {
                let terms = self.names.terms(of)?;
                self.count(figure, &terms, Some(is.0), Some(is.0))
            }
            Says::Rounded { of, is, base, rule } => self.rounded(figure, of, *is, *base, *rule),
            Says::Share { of, base, is, per } => {
                let (lo, hi) = rounding(is, None)?;
                self.ratio(figure, of, base, *per, from(lo), from(hi))
            }
            Says::Mean { of, base, is, half } => {
                let (lo, hi) = rounding(is, half.as_ref())?;
                self.ratio(figure, of, base, Number(1), from(lo), from(hi))
            }
            Says::Each { of, base, at_least, at_most } => {
                let end = |end: &Option<Printed>| end.as_ref().and_then(exactly).and_then(from);
                self.ratio_of_any(figure, of, base, Number(1), end(at_least), end(at_most))
            }
            Says::MeanOfYears { years, is, per } => self.mean_of_years(figure, years, is, *per),
            Says::Change { from, to, is, per } => self.change(figure, [from, to], is, *per),
            Says::Ratio { of, base, comparator, is, per } => {
                let (lo, hi) = rounding(is, None)?;
                let of_comparator =
                    |end: Fraction| fits(exactly(comparator).and_then(|c| c.times(end))).map(from);
                self.ratio(figure, of, base, *per, of_comparator(lo)?, of_comparator(hi)?)
            }
            Says::Class { of, base, from: start, below, per } => {
                let lo = start.as_ref().and_then(exactly).and_then(from);
                let hi = below.as_ref().and_then(exactly).and_then(beyond);
                self.ratio(figure, of, base, *per, lo, hi)
            }
            Says::Between { of, at_least, at_most } => {
                let terms = self.names.terms(of)?;
                self.count(figure, &terms, at_least.map(|n| n.0), at_most.map(|n| n.0))
            }
            Says::Rank { order } => self.rank(figure, order),
            Says::Flag { of, base, limit, is, per } => {
                let (lo, hi) = side(limit, *is)?;
                self.ratio(figure, of, base, *per, lo, hi)
            }
            Says::Needed { .. } => self.needed(figure, says),
            Says::FewerThan { of, than, zero } => {
                let terms = self.names.terms(of)?;
                self.count(figure, &terms, Some(i128::from(!zero)), Some(than.0 - 1))
            }
            Says::Met { criteria, known_met, is, at_least, at_most } => {
                let lo = is.or(*at_least).map(|n| n.0 - known_met.0);
                let hi = is.or(*at_most).map(|n| n.0 - known_met.0);
                self.met(figure, criteria, lo, hi)
            }
            Says::Quantile { below, through, base, at } => {
                self.quantile(figure, [below.as_ref(), Some(through)], base, *at)
            }
            Says::Sum { of, parts } => self.equal(figure, of, parts),
        }
    }

    fn equal(&mut self, figure: usize, of: &Sum, parts: &Sum) -> Done {
        let (whole, parts) = (self.names.terms(of)?, self.names.terms(parts)?);
        let sum = Linear::new().add(&whole, Fraction::whole(1))?.add(&parts, Fraction::whole(-1))?;
        self.between(figure, sum, from(Fraction::ZERO), from(Fraction::ZERO))
    }

    /// A sum lies between two ends.
    pub(super) fn between(&mut self, figure: usize, sum: Linear, lo: End, hi: End) -> Done {
        if lo.is_some() || hi.is_some() {
            let (terms, bounds) = sum.between(lo, hi)?;
            self.rows.push(Row { terms, bounds, figure });
        }
        Ok(())
    }

    pub(super) fn count(&mut self, figure: usize, terms: &Terms, lo: Option<i128>, hi: Option<i128>) -> Done {
        let sum = Linear::new().add(terms, Fraction::whole(1))?;
        let end = |end: Option<i128>| end.map(Fraction::whole).and_then(from);
        self.between(figure, sum, end(lo), end(hi))
    }

    fn rounded(&mut self, figure: usize, of: &Sum, is: Number, base: Number, rule: Rounding) -> Done {
        if base.0 < 1 {
            return refuse("a count rounded to less than 1: expected a base of at least 1");
        }
        let terms = self.names.terms(of)?;
        let half = fits(Fraction::new(base.0, 2))?;
        let (is, sum) = (Fraction::whole(is.0), Linear::new().add(&terms, Fraction::whole(1))?);
        let (below, above) = (fits(is.minus(half))?, fits(is.plus(half))?);
        match rule {
            Rounding::Unknown => self.between(figure, sum, from(below), from(above)),
            Rounding::HalfUp => self.between(figure, sum, from(below), beyond(above)),
            Rounding::Random => {
                let away = Fraction::whole(base.0);
                self.between(figure, sum, beyond(fits(is.minus(away))?), beyond(fits(is.plus(away))?))
            }
        }
    }

    /// `per * of / base` lies between two ends. Nothing is published of nothing: the base is at least 1.
    fn ratio(&mut self, figure: usize, of: &Sum, base: &Base, per: Number, lo: End, hi: End) -> Done {
        match base {
            Base::Known(number) if *number < 1 => return refuse("a base below 1: expected at least 1"),
            Base::Known(_) => {}
            Base::Of(sum) => {
                let terms = self.names.terms(sum)?;
                self.count(figure, &terms, Some(1), None)?;
            }
        }
        self.ratio_of_any(figure, of, base, per, lo, hi)
    }

    fn ratio_of_any(&mut self, figure: usize, of: &Sum, base: &Base, per: Number, lo: End, hi: End) -> Done {
        let (part, whole) = (self.names.terms(of)?, self.base(base)?);
        let scaled = Linear::new().add(&part, Fraction::whole(per.0))?;
        let zero = |strict: bool| Some((Fraction::ZERO, strict));
        if let Some((value, strict)) = lo {
            let sum = scaled.clone().add_base(&whole, value.negative())?;
            self.between(figure, sum, zero(strict), None)?;
        }
        if let Some((value, strict)) = hi {
            let sum = scaled.add_base(&whole, value.negative())?;
            self.between(figure, sum, None, zero(strict))?;
        }
        Ok(())
    }

    /// At most so many per cent lie below the quantile, at least so many at it or below.
    fn quantile(
        &mut self,
        figure: usize,
        [below, through]: [Option<&Sum>; 2],
        base: &Base,
        at: Number,
    ) -> Done {
        let limit = from(Fraction::whole(at.0));
        if let Some(below) = below {
            self.ratio(figure, below, base, Number(100), None, limit)?;
        }
        through.map_or(Ok(()), |through| self.ratio(figure, through, base, Number(100), limit, None))
    }

    pub(super) fn base(&self, base: &Base) -> Done<Of> {
        Ok(match base {
            Base::Known(number) => Of::Known(*number),
            Base::Of(sum) => Of::Sum(self.names.terms(sum)?),
        })
    }

    /// Adds the share of a year to a sum, and gives how far a share known as printed can be from it.
    fn year(&self, sum: Linear, year: &Year, times: Fraction) -> Done<(Linear, Fraction)> {
        match (&year.of, year.base, &year.is) {
            (Some(of), Some(base), None) if base.0 >= 1 => {
                let by = fits(Fraction::new(1, base.0).and_then(|one| one.times(times)))?;
                Ok((sum.add(&self.names.terms(of)?, by)?, Fraction::ZERO))
            }
            _ => {
                refuse("expected `of` and a known `base` of at least 1, or `is` alone where a share is known")
            }
        }
    }

    fn share_of(&self, sum: Linear, year: &Year, per: Number, times: Fraction) -> Done<(Linear, Fraction)> {
        let Year { of: None, base: None, is: Some(is) } = year else {
            return self.year(sum, year, fits(times.times(Fraction::whole(per.0)))?);
        };
        let mut sum = sum;
        let (lo, hi) = rounding(is, None)?;
        let middle = fits(exactly(is).and_then(|is| is.times(times)))?;
        sum.constant = fits(sum.constant.plus(middle))?;
        let half = fits(hi.minus(lo).and_then(|width| width.times(Fraction { over: 1, under: 2 })))?;
        let slack = fits(half.times(times))?;
        Ok((sum, if slack.over < 0 { slack.negative() } else { slack }))
    }

    fn mean_of_years(&mut self, figure: usize, years: &[Year], is: &Printed, per: Number) -> Done {
        let Some(one) = i128::try_from(years.len()).ok().and_then(|years| Fraction::new(1, years)) else {
            return refuse("a mean of no years: expected at least one");
        };
        let shares = years.iter().map(|year| (year, one));
        self.combined(figure, shares, is, per)
    }

    fn change(&mut self, figure: usize, [before, after]: [&Year; 2], is: &Printed, per: Number) -> Done {
        let shares = [(before, Fraction::whole(-1)), (after, Fraction::whole(1))];
        self.combined(figure, shares.into_iter(), is, per)
    }

    /// A sum of shares, each times a fraction, is what is printed.
    fn combined<'y>(
        &mut self,
        figure: usize,
        shares: impl Iterator<Item = (&'y Year, Fraction)>,
        is: &Printed,
        per: Number,
    ) -> Done {
        let (mut sum, (mut lo, mut hi)) = (Linear::new(), rounding(is, None)?);
        for (year, times) in shares {
            let (more, slack) = self.share_of(sum, year, per, times)?;
            (lo, hi) = (fits(lo.minus(slack))?, fits(hi.plus(slack))?);
            sum = more;
        }
        self.between(figure, sum, from(lo), from(hi))
    }

    fn rank(&mut self, figure: usize, order: &[Year]) -> Done {
        if order.len() < 2 {
            return refuse("an order of fewer than two: expected at least two");
        }
        let counts = order.iter().all(|place| place.base.is_none());
        for pair in order.windows(2) {
            let mut sum = Linear::new();
            for (place, sign) in pair.iter().zip([1, -1]) {
                let sign = Fraction::whole(sign);
                sum = match (&place.of, &place.is) {
                    (Some(of), None) if counts => sum.add(&self.names.terms(of)?, sign)?,
                    (Some(_), None) => self.year(sum, place, sign)?.0,
                    _ => {
                        return refuse("expected `of` in every place of an order, and `base` in all or none");
                    }
                };
            }
            self.between(figure, sum, from(Fraction::ZERO), None)?;
        }
        Ok(())
    }
}
