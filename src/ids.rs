//! Identifiers: one newtype per kind of thing, so that an area can never stand where an indicator is meant.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The identifier as written in the catalogue or the data.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "`{}`", self.0)
            }
        }
    )*};
}

ids! {
    /// One delimited area (an estate, a village, a district), or a comparator (see [`AreaId::rest`]).
    AreaId,
    /// A layer of areas.
    LayerId,
    /// A declared source of data.
    SourceId,
    /// A named numerator or denominator.
    PopulationId,
    /// An indicator.
    IndicatorId,
    /// A statutory or own rule set.
    RuleSetId,
    /// A family of rule sets that share their status ids.
    FamilyId,
    /// A criterion of a rule set.
    CriterionId,
    /// A status that a rule set can give.
    StatusId,
    /// An initiative.
    InitiativeId,
    /// A practice from another municipality.
    PracticeId,
    /// A tool or duty of the law.
    ToolId,
    /// A report kind.
    ReportId,
    /// A sentence in `templates/text/`.
    TextKey,
}

impl AreaId {
    /// The comparator "the rest of the municipality" (the municipality without the area itself).
    pub fn rest() -> Self {
        "rest".into()
    }
    /// The comparator "the other areas of the same layer".
    pub fn rest_of_layer() -> Self {
        "rest-of-layer".into()
    }
    /// The whole municipality, unplaced rows included.
    pub fn municipality() -> Self {
        "municipality".into()
    }
    /// The areas that an area is most like.
    pub fn twins() -> Self {
        "twins".into()
    }
    /// The region, from benchmarks.
    pub fn region() -> Self {
        "region".into()
    }
    /// The country, from benchmarks.
    pub fn country() -> Self {
        "country".into()
    }
    /// The comparator "as if chance alone were at work".
    pub fn chance() -> Self {
        "chance".into()
    }
}

/// A span of time that a value belongs to. Ordered within one kind; kinds are never mixed in a series.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Period {
    /// A calendar year, or its 1 January.
    Year(u16),
    /// Year and half (1-2).
    Half(u16, u8),
    /// Year and quarter (1-4).
    Quarter(u16, u8),
    /// Year and month (1-12).
    Month(u16, u8),
}

impl Period {
    /// The calendar year the period lies in.
    pub fn year(self) -> u16 {
        match self {
            Self::Year(y) | Self::Half(y, _) | Self::Quarter(y, _) | Self::Month(y, _) => y,
        }
    }

    /// How many periods of this kind make a year.
    pub fn per_year(self) -> i32 {
        match self {
            Self::Year(_) => 1,
            Self::Half(..) => 2,
            Self::Quarter(..) => 4,
            Self::Month(..) => 12,
        }
    }

    /// The period `steps` later (or earlier, if negative) of the same kind.
    pub fn shift(self, steps: i32) -> Self {
        let (year, part, per) = match self {
            Self::Year(y) => (y, 1, 1),
            Self::Half(y, p) => (y, p, 2),
            Self::Quarter(y, p) => (y, p, 4),
            Self::Month(y, p) => (y, p, 12),
        };
        let index = i32::from(year) * per + i32::from(part) - 1 + steps;
        let (year, part) = (index.div_euclid(per) as u16, (index.rem_euclid(per) + 1) as u8);
        match self {
            Self::Year(_) => Self::Year(year),
            Self::Half(..) => Self::Half(year, part),
            Self::Quarter(..) => Self::Quarter(year, part),
            Self::Month(..) => Self::Month(year, part),
        }
    }

    /// The period `years` earlier, of the same kind.
    pub fn years_back(self, years: i32) -> Self {
        self.shift(-years * self.per_year())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y}"),
            Self::Half(y, p) => write!(f, "{y}H{p}"),
            Self::Quarter(y, p) => write!(f, "{y}K{p}"),
            Self::Month(y, p) => write!(f, "{y}M{p:02}"),
        }
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, rest) = text.split_at_checked(4).ok_or(())?;
        let year: u16 = year.parse().map_err(|_| ())?;
        let part = |max: u8| rest[1..].parse::<u8>().ok().filter(|p| (1..=max).contains(p)).ok_or(());
        match rest.chars().next() {
            None => Ok(Self::Year(year)),
            Some('H') => Ok(Self::Half(year, part(2)?)),
            Some('K' | 'Q') => Ok(Self::Quarter(year, part(4)?)),
            Some('M') => Ok(Self::Month(year, part(12)?)),
            Some(_) => Err(()),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The address of one published value: `what@area@period`, with `~comparator` for the value it is compared with.
///
/// `what` is an indicator (`no-work`), a criterion (`abl-61a/no-work`), or a family's status (`abl-61a`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ValueId {
    /// Indicator, `family/criterion`, or family.
    pub what: Arc<str>,
    /// The area the value is about.
    pub area: AreaId,
    /// The period of the data; for a criterion or a status the list's year.
    pub period: Period,
    /// The comparator, if this is the comparator's value and not the area's own.
    pub against: Option<AreaId>,
}

impl ValueId {
    /// The area's own value.
    pub fn own(what: impl AsRef<str>, area: &AreaId, period: Period) -> Self {
        Self { what: what.as_ref().into(), area: area.clone(), period, against: None }
    }

    /// The value of `comparator` that this value is compared with.
    pub fn against(&self, comparator: AreaId) -> Self {
        Self { against: Some(comparator), ..self.clone() }
    }
}

impl fmt::Display for ValueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}@{}", self.what, self.area, self.period)?;
        self.against.as_ref().map_or(Ok(()), |area| write!(f, "~{area}"))
    }
}

impl FromStr for ValueId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (own, against) = match text.split_once('~') {
            Some((own, against)) => (own, Some(against.into())),
            None => (text, None),
        };
        let mut parts = own.split('@');
        let (Some(what), Some(area), Some(period), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        Ok(Self { what: what.into(), area: area.into(), period: period.parse()?, against })
    }
}

impl Serialize for ValueId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_id_reads_back_as_it_was_written() {
        for text in
            ["no-work@gronnevang@2024", "abl-61a/no-work@gronnevang@2025~rest", "residents@1620@2014K1"]
        {
            assert_eq!(text.parse::<ValueId>().map(|id| id.to_string()), Ok(text.to_string()));
        }
        assert!("no-work@gronnevang".parse::<ValueId>().is_err());
    }

    #[test]
    fn periods_shift_across_the_turn_of_a_year() {
        assert_eq!(Period::Quarter(2012, 4).shift(1), Period::Quarter(2013, 1));
        assert_eq!(Period::Month(2013, 1).shift(-1), Period::Month(2012, 12));
        assert_eq!(Period::Half(2013, 1).years_back(5), Period::Half(2008, 1));
    }
}
