//! What an attacker knows: unknown whole numbers, the bounds that published figures put on sums of them, and what must stay
//! hidden.

/// Whole numbers from `lo` to `hi`, both included; an end that is `None` is open.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Interval {
    /// The lower end.
    pub lo: Option<i128>,
    /// The upper end.
    pub hi: Option<i128>,
}

impl Interval {
    /// Everything.
    pub const ANY: Self = Self { lo: None, hi: None };

    /// Both ends known.
    pub fn closed(lo: i128, hi: i128) -> Self {
        Self { lo: Some(lo), hi: Some(hi) }
    }

    /// What is in both.
    pub fn meet(self, other: Self) -> Self {
        let lo = self.lo.max(other.lo);
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { lo, hi }
    }

    /// Sums of a number of one and a number of the other.
    pub fn plus(self, other: Self) -> Self {
        let add = |a: Option<i128>, b: Option<i128>| a?.checked_add(b?);
        Self { lo: add(self.lo, other.lo), hi: add(self.hi, other.hi) }
    }

    /// Every number times a coefficient.
    pub fn times(self, by: i128) -> Self {
        let scale = |end: Option<i128>| end?.checked_mul(by);
        if by >= 0 {
            Self { lo: scale(self.lo), hi: scale(self.hi) }
        } else {
            Self { lo: scale(self.hi), hi: scale(self.lo) }
        }
    }

    /// Has it no number at all?
    pub fn is_empty(self) -> bool {
        matches!((self.lo, self.hi), (Some(lo), Some(hi)) if lo > hi)
    }

    /// The only number, if there is one.
    pub fn only(self) -> Option<i128> {
        self.lo.filter(|_| self.lo == self.hi)
    }

    /// Does it hold the number?
    pub fn holds(self, number: i128) -> bool {
        self.lo.is_none_or(|lo| lo <= number) && self.hi.is_none_or(|hi| number <= hi)
    }

    /// Is every number of the other in it?
    pub fn covers(self, other: Self) -> bool {
        let below = self.lo.is_none_or(|lo| other.lo.is_some_and(|other| lo <= other));
        below && self.hi.is_none_or(|hi| other.hi.is_some_and(|other| other <= hi))
    }
}

/// A sum of atoms: the atom's number and its coefficient, sorted by atom, no coefficient zero.
pub type Terms = Vec<(usize, i128)>;

/// The sum over a table.
pub fn sum(terms: &[(usize, i128)], table: &[i128]) -> i128 {
    terms.iter().map(|&(atom, by)| by * table[atom]).sum()
}

/// What a sum can be if every atom lies in its bounds.
pub fn reach(terms: &[(usize, i128)], bounds: &[Interval]) -> Interval {
    let start = Interval::closed(0, 0);
    terms.iter().fold(start, |sum, &(atom, by)| sum.plus(bounds[atom].times(by)))
}

/// An unknown whole number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Atom {
    /// Its name in the publication file.
    pub name: String,
    /// What is known of it before anything is published.
    pub bounds: Interval,
}

/// What one published figure says: a sum of atoms lies in an interval.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The sum.
    pub terms: Terms,
    /// Where it lies. Sums of whole numbers are whole, so that bounds are rounded inward.
    pub bounds: Interval,
    /// The figure that says so.
    pub figure: usize,
}

/// A published figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// Its id.
    pub id: String,
    /// Where it is printed, as the file says.
    pub place: Option<String>,
    /// The earlier edition that it is from.
    pub edition: Option<String>,
}

/// A quantity that nobody may work out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Protected {
    /// Its id.
    pub id: String,
    /// The quantity.
    pub terms: Terms,
    /// Its largest and smallest possible value must be at least so far apart.
    pub width: i128,
    /// Its largest possible value must be at least this.
    pub reach: Option<i128>,
    /// Who hid it, if not we.
    pub hidden_by: Option<String>,
}

impl Protected {
    /// Is an interval too narrow? It is then proven that the quantity can be worked out, if nothing outside it is possible.
    pub fn is_exposed_by(&self, interval: Interval) -> bool {
        let narrow = matches!((interval.lo, interval.hi), (Some(lo), Some(hi)) if hi - lo < self.width);
        narrow || matches!((self.reach, interval.hi), (Some(reach), Some(hi)) if hi < reach)
    }

    /// Are two possible values far enough apart to prove it hidden?
    pub fn is_hidden_by(&self, low: i128, high: i128) -> bool {
        high - low >= self.width && self.reach.is_none_or(|reach| high >= reach)
    }
}

/// Everything that an attacker knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Model {
    /// Unknowns: first the file's atoms, then those that stand for the truth of a criterion.
    pub atoms: Vec<Atom>,
    /// How many of them are the file's.
    pub named: usize,
    /// What is published, as figures.
    pub figures: Vec<Figure>,
    /// What is published, as bounds.
    pub rows: Vec<Row>,
    /// What must stay hidden.
    pub protected: Vec<Protected>,
}

impl Model {
    /// What is known of every atom before anything is published.
    pub fn bounds(&self) -> Vec<Interval> {
        self.atoms.iter().map(|atom| atom.bounds).collect()
    }

    /// Does a table of all atoms give this publication?
    pub fn allows(&self, table: &[i128]) -> bool {
        let atoms = self.atoms.iter().zip(table).all(|(atom, &value)| atom.bounds.holds(value));
        atoms && self.rows.iter().all(|row| row.bounds.holds(sum(&row.terms, table)))
    }
}

/// No table gives the publication: what is published contradicts itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    /// A figure that cannot hold together with the others, where one is known.
    pub figure: Option<usize>,
}
