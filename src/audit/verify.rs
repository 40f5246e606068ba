//! Checks a certificate: do two different tables both give every published figure, and is a protected quantity far enough apart
//! in them?
//!
//! Nothing of the attack is used here, only the standard library and a JSON parser, so that this file can be read and trusted by
//! itself. It does not turn figures into rows: it makes each figure from the table and compares it with what is printed, in exact
//! fractions of 128 bits. What it does not understand, it refuses.

pub mod block;
mod exact;

use std::{cmp::Ordering, collections::BTreeMap};

use serde_json::{Map, Value};

use exact::{
    Done, Fraction, LARGE, array, between, compare, decimal, fraction, is_met, is_met_of, json, number,
    object, option, plus, printed, product, text, times, whole, within,
};

/// What was checked.
#[derive(Debug, PartialEq, Eq)]
pub struct Checked {
    /// The protected quantity.
    pub protected: String,
    /// Its value in the first table and in the second.
    pub values: (i128, i128),
    /// How many published figures both tables give.
    pub figures: usize,
}

/// The file that a certificate is about, and the SHA-256 that it is to have.
///
/// # Errors
/// The certificate cannot be read.
pub fn named(certificate: &str) -> Result<(String, String), String> {
    let certificate = json(certificate, "the certificate")?;
    let certificate = object(&certificate)?;
    Ok((text(certificate, "publication")?.into(), text(certificate, "sha256")?.into()))
}

/// Checks a certificate against a publication file, of which `digest` is the SHA-256 in hexadecimal digits.
///
/// # Errors
/// The first thing that does not hold.
pub fn check(certificate: &str, publication: &str, digest: &str) -> Result<Checked, String> {
    holds(&json(certificate, "the certificate")?, &json(publication, "the publication file")?, digest)
}

/// The same for files that are parsed already.
///
/// # Errors
/// The first thing that does not hold.
pub fn holds(certificate: &Value, publication: &Value, digest: &str) -> Result<Checked, String> {
    let (certificate, file) = (object(certificate)?, object(publication)?);
    if text(certificate, "sha256")? != digest {
        return Err(format!("the publication file is another: its SHA-256 is {digest}"));
    }
    let id = text(certificate, "protected")?;
    let protected = array(file, "protected")?.iter().find(|entry| entry["id"] == id);
    let protected =
        object(protected.ok_or_else(|| format!("`{id}` is not protected in the publication file"))?)?;
    let mut values = Vec::new();
    let mut figures = 0;
    let [low, high] = &array(certificate, "tables")?[..] else {
        return Err("expected two tables".into());
    };
    for (name, table) in [("first", low), ("second", high)] {
        let table = Table::of(file, table).map_err(|why| format!("the {name} table: {why}"))?;
        figures = table.gives(file).map_err(|why| format!("the {name} table: {why}"))?;
        values.push(table.sum(protected, "of")?);
    }
    apart(id, protected, values[0], values[1])?;
    Ok(Checked { protected: id.into(), values: (values[0], values[1]), figures })
}

/// An error if two values of a protected quantity are not far enough apart.
fn apart(id: &str, protected: &Map<String, Value>, one: i128, other: i128) -> Done<()> {
    let (least, most) = (one.min(other), one.max(other));
    let width = whole(protected, "width")?;
    if width < 1 || most - least < width {
        return Err(format!(
            "`{id}` is {least} and {most} in the tables: expected at least {width} between them"
        ));
    }
    match option(protected, "reach").map(number).transpose()?.filter(|&reach| most < reach) {
        Some(reach) => Err(format!("`{id}` is {most} at most in the tables: expected at least {reach}")),
        None => Ok(()),
    }
}

/// Every figure, of this edition and of earlier ones.
fn entries(file: &Map<String, Value>) -> Done<Vec<&Value>> {
    let mut entries: Vec<&Value> = array(file, "published")?.iter().collect();
    if let Some(earlier) = file.get("earlier") {
        for edition in object(earlier)?.values() {
            entries.extend(edition.as_array().ok_or("expected a list of figures")?);
        }
    }
    Ok(entries)
}

/// The value of an atom in a table, if it is possible by what is known of the atom.
fn possible(name: &str, known: &Value, table: &Map<String, Value>) -> Done<i128> {
    let value = whole(table, name)?;
    let least = option(object(known)?, "at-least").map(number).transpose()?.unwrap_or(0);
    let most = option(object(known)?, "at-most").map(number).transpose()?;
    if value < least.max(0) || most.is_some_and(|most| value > most) {
        return Err(format!("`{name}` is {value}, which is not possible"));
    }
    Ok(value)
}

/// Does a table of all atoms give a publication? Gives how many figures it gives.
///
/// # Errors
/// The first figure that it does not give.
pub fn gives(publication: &Value, table: &Value) -> Result<usize, String> {
    let file = object(publication)?;
    Table::of(file, table)?.gives(file)
}

/// Values of all atoms, and the names of sets.
struct Table<'a> {
    values: BTreeMap<&'a str, i128>,
    sets: Option<&'a Map<String, Value>>,
}

impl<'a> Table<'a> {
    /// The table has every atom of the file, within what is known of it, and no other.
    fn of(file: &'a Map<String, Value>, table: &'a Value) -> Done<Self> {
        let (atoms, table) = (object(file.get("atoms").unwrap_or(&Value::Null))?, object(table)?);
        let mut values = BTreeMap::new();
        for (name, known) in atoms {
            values.insert(name.as_str(), possible(name, known, table)?);
        }
        match table.keys().find(|name| !atoms.contains_key(*name)) {
            Some(name) => Err(format!("`{name}` is no atom")),
            None => Ok(Self { values, sets: file.get("sets").map(object).transpose()? }),
        }
    }

    /// How many figures there are; an error if the table does not give one.
    fn gives(&self, file: &Map<String, Value>) -> Done<usize> {
        let entries = entries(file)?;
        entries.iter().try_for_each(|entry| self.gives_one(entry))?;
        Ok(entries.len())
    }

    /// An error if the table does not give a figure.
    fn gives_one(&self, entry: &Value) -> Done<()> {
        let entry = object(entry)?;
        let says = object(entry.get("says").unwrap_or(&Value::Null))?;
        let (kind, says) =
            says.iter().next().filter(|_| says.len() == 1).ok_or("expected one kind of figure")?;
        if !self.says(kind, object(says)?)? {
            return Err(format!("it does not give `{}`", text(entry, "id")?));
        }
        Ok(())
    }

    fn sum(&self, says: &Map<String, Value>, key: &str) -> Done<i128> {
        match says.get(key) {
            Some(Value::Array(names)) => {
                names.iter().map(|name| self.value(name.as_str().unwrap_or(""))).sum()
            }
            Some(Value::Object(terms)) => {
                let term =
                    |(name, by): (&String, &Value)| -> Done<i128> { Ok(self.value(name)? * number(by)?) };
                terms.iter().map(term).sum()
            }
            _ => Err(format!("expected a sum `{key}`")),
        }
    }

    fn value(&self, name: &str) -> Done<i128> {
        if let Some(value) = self.values.get(name) {
            return Ok(*value);
        }
        let set = self.sets.and_then(|sets| sets.get(name)?.as_array());
        let members = set.ok_or_else(|| format!("`{name}` is no atom and no set"))?;
        let known = |member: &Value| self.values.get(member.as_str()?).copied();
        members
            .iter()
            .map(|member| known(member).ok_or_else(|| format!("`{name}` has an unknown atom")))
            .sum()
    }

    /// The base: a known number or a sum, at least 1.
    fn base(&self, says: &Map<String, Value>) -> Done<i128> {
        let base = match says.get("base") {
            Some(base @ Value::Number(_)) => number(base)?,
            _ => self.sum(says, "base")?,
        };
        if base < 1 { Err(format!("a base of {base}")) } else { Ok(base) }
    }

    /// `per * of / base`.
    fn share(&self, says: &Map<String, Value>, per: i128) -> Done<Fraction> {
        fraction(self.sum(says, "of")?.checked_mul(per), self.base(says)?)
    }

    /// Is a figure what the table makes?
    fn says(&self, kind: &str, says: &Map<String, Value>) -> Done<bool> {
        let per = || option(says, "per").map_or(Ok(100), number);
        Ok(match kind {
            "exact" => self.sum(says, "of")? == whole(says, "is")?,
            "rounded" => self.rounded(says)?,
            "share" => within(self.share(says, per()?)?, printed(says, "is")?, None)?,
            "mean" => {
                let half = option(says, "half").map(decimal).transpose()?.map(|(half, _)| half);
                within(self.share(says, 1)?, printed(says, "is")?, half)?
            }
            "each" => {
                let (of, base) = (self.sum(says, "of")?, self.base_or_none(says)?);
                let times = |key: &str| option(says, key).map(|end| times(decimal(end)?.0, base)).transpose();
                between(fraction(Some(of), 1)?, times("at-least")?, times("at-most")?)?
            }
            "mean-of-years" => {
                let years = array(says, "years")?;
                let count = i128::try_from(years.len()).map_err(|_| "too many years")?;
                self.combined(&years.iter().map(|year| (year, (1, count))).collect::<Vec<_>>(), says, per()?)?
            }
            "change" => {
                let [before, after] = ["from", "to"].map(|key| says.get(key).unwrap_or(&Value::Null));
                self.combined(&[(before, (-1, 1)), (after, (1, 1))], says, per()?)?
            }
            "ratio" => self.ratio(says, per()?)?,
            "class" => self.class(says, per()?)?,
            "between" => {
                let end = |key: &str| option(says, key).map(number).transpose();
                let (of, least, most) = (self.sum(says, "of")?, end("at-least")?, end("at-most")?);
                least.is_none_or(|least| of >= least) && most.is_none_or(|most| of <= most)
            }
            "rank" => self.rank(array(says, "order")?)?,
            "flag" => {
                let met =
                    is_met(self.share(says, per()?)?, object(says.get("limit").unwrap_or(&Value::Null))?)?;
                says.get("is") == Some(&Value::Bool(met))
            }
            "needed" => self.needed(says, per()?)?,
            "fewer-than" => {
                let (of, zero) = (self.sum(says, "of")?, says.get("zero") == Some(&Value::Bool(true)));
                of < whole(says, "than")? && of >= i128::from(!zero)
            }
            "met" => self.met(says)?,
            "quantile" => {
                let at = option(says, "at").map_or(Ok(50), number)?;
                let (base, limit) = (self.base(says)?, |base: i128| base.checked_mul(at).ok_or(LARGE));
                let below = option(says, "below").map_or(Ok(0), |_| self.sum(says, "below"))?;
                100 * below <= limit(base)? && 100 * self.sum(says, "through")? >= limit(base)?
            }
            "sum" => self.sum(says, "of")? == self.sum(says, "parts")?,
            _ => return Err(format!("`{kind}` is no kind of figure that is known here")),
        })
    }

    /// The share lies between both ends of the multiple, times the comparator.
    fn ratio(&self, says: &Map<String, Value>, per: i128) -> Done<bool> {
        let (share, comparator) = (self.share(says, per)?, printed(says, "comparator")?.0);
        let (is, unit) = printed(says, "is")?;
        let end = |sign: i128| plus(is, (sign * unit.0, 2 * unit.1)).and_then(|end| product(end, comparator));
        between(share, Some(end(-1)?), Some(end(1)?))
    }

    /// The lower end belongs to a class, the upper to the next.
    fn class(&self, says: &Map<String, Value>, per: i128) -> Done<bool> {
        let share = self.share(says, per)?;
        let end = |key: &str| option(says, key).map(decimal).transpose();
        let below = end("below")?.map(|end| compare(share, end.0)).transpose()?;
        Ok(between(share, end("from")?.map(|end| end.0), None)? && below.is_none_or(Ordering::is_lt))
    }

    /// The base of what each one has: it may be none.
    fn base_or_none(&self, says: &Map<String, Value>) -> Done<i128> {
        match says.get("base") {
            Some(base @ Value::Number(_)) => number(base),
            _ => self.sum(says, "base"),
        }
    }

    fn rounded(&self, says: &Map<String, Value>) -> Done<bool> {
        let (off, base) = (self.sum(says, "of")? - whole(says, "is")?, whole(says, "base")?);
        match option(says, "rule").map_or(Some("unknown"), Value::as_str) {
            Some("unknown") => Ok(2 * off.abs() <= base),
            Some("half-up") => Ok(-base <= 2 * off && 2 * off < base),
            Some("random") => Ok(off.abs() < base),
            _ => Err("an unknown rule of rounding".into()),
        }
    }

    /// A sum of shares, each times a fraction; one known as printed can be half a unit from it.
    fn combined(&self, years: &[(&Value, Fraction)], says: &Map<String, Value>, per: i128) -> Done<bool> {
        let (is, unit) = printed(says, "is")?;
        let (mut sum, mut slack) = ((0, 1), (unit.0, 2 * unit.1));
        for (year, times) in years {
            let year = object(year)?;
            let share = match option(year, "is") {
                Some(known) => {
                    let (known, unit) = decimal(known)?;
                    slack = plus(slack, product((unit.0, 2 * unit.1), (times.0.abs(), times.1))?)?;
                    known
                }
                None => self.share(year, per)?,
            };
            sum = plus(sum, product(share, *times)?)?;
        }
        let (low, high) = (plus(is, (-slack.0, slack.1))?, plus(is, slack)?);
        between(sum, Some(low), Some(high))
    }

    fn rank(&self, order: &[Value]) -> Done<bool> {
        let place = |place: &Value| -> Done<Fraction> {
            let place = object(place)?;
            if option(place, "base").is_some() {
                self.share(place, 1)
            } else {
                fraction(Some(self.sum(place, "of")?), 1)
            }
        };
        for pair in order.windows(2) {
            if compare(place(&pair[0])?, place(&pair[1])?)? == Ordering::Less {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Persons start or end one by one until the criterion turns: so many are needed if it has turned then and not one before.
    fn needed(&self, says: &Map<String, Value>, per: i128) -> Done<bool> {
        let (of, base) = (self.sum(says, "of")?, self.base_or_none(says)?);
        let limit = object(says.get("limit").unwrap_or(&Value::Null))?;
        let rising = limit.contains_key("over") || limit.contains_key("at-least");
        let start = match text(says, "to")? {
            "start" => true,
            "end" => false,
            _ => return Err("expected to start or to end".into()),
        };
        let step = if rising == start { 1 } else { -1 };
        // Compared as `per * count` with `limit * base`, which also has a meaning for a base of nobody.
        let turned = |moved: i128| -> Done<bool> {
            let count = fraction((of + step * moved).checked_mul(per), 1)?;
            Ok(is_met_of(count, limit, base)? == start)
        };
        let (least, most) = match (option(says, "is"), option(says, "fewer-than")) {
            (Some(is), None) => (number(is)?, number(is)?),
            (None, Some(than)) => (1, number(than)? - 1),
            _ => return Err("expected either `is` or `fewer-than`".into()),
        };
        Ok(!turned(least - 1)? && turned(most)?)
    }

    fn met(&self, says: &Map<String, Value>) -> Done<bool> {
        let mut met = option(says, "known-met").map_or(Ok(0), number)?;
        for criterion in array(says, "criteria")? {
            let criterion = object(criterion)?;
            let per = option(criterion, "per").map_or(Ok(100), number)?;
            if self.sum(criterion, "of")? > self.base(criterion)? {
                return Ok(false);
            }
            let limit = object(criterion.get("limit").unwrap_or(&Value::Null))?;
            met += i128::from(is_met(self.share(criterion, per)?, limit)?);
        }
        let end = |key: &str| option(says, key).map(number).transpose();
        let exact = end("is")?;
        let (least, most) = (exact.or(end("at-least")?), exact.or(end("at-most")?));
        Ok(least.is_none_or(|least| met >= least) && most.is_none_or(|most| met <= most))
    }
}
