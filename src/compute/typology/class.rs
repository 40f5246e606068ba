//! The classes of areas. They never use a term of the law: an area's class is nobody's decision.

/// An area's class in a composite.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// By status and dynamics; no dynamics where there is no earlier value, or none that is shown.
    StatusDynamics(Status, Option<Dynamics>),
    /// By points.
    Points(Challenges),
}

/// Where an area stands among the areas: high is good.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// An index under -1.
    High,
    /// From -1 to 1.
    Medium,
    /// Over 1, to 1.5.
    Low,
    /// Over 1.5.
    VeryLow,
}

/// Where an area is going, beside the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Dynamics {
    /// An index under -1.
    Positive,
    /// From -1 to 1.
    Stable,
    /// Over 1.
    Negative,
}

/// How many points an area has, by the composite's `classes`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Challenges {
    /// Under the first limit: green.
    Few,
    /// From the first limit: yellow.
    Some,
    /// From the second: orange.
    Several,
    /// From the third: red.
    Many,
}

impl Class {
    /// The class as files write it, and the key of its word.
    pub fn id(self) -> &'static str {
        match self {
            Self::StatusDynamics(status, _) => status.id(),
            Self::Points(challenges) => challenges.id(),
        }
    }

    /// The class of the dynamics, where there are any.
    pub fn dynamics(self) -> Option<Dynamics> {
        match self {
            Self::StatusDynamics(_, dynamics) => dynamics,
            Self::Points(_) => None,
        }
    }
}

impl Status {
    /// The status of an index.
    pub(in crate::compute) fn of(index: f64) -> Self {
        match settled(index) {
            index if index < -1.0 => Self::High,
            index if index <= 1.0 => Self::Medium,
            index if index <= 1.5 => Self::Low,
            _ => Self::VeryLow,
        }
    }

    /// The status as files write it, and the key of its word.
    pub fn id(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::VeryLow => "very-low",
        }
    }
}

impl Dynamics {
    /// The dynamics of an index.
    pub(in crate::compute) fn of(index: f64) -> Self {
        match settled(index) {
            index if index < -1.0 => Self::Positive,
            index if index <= 1.0 => Self::Stable,
            _ => Self::Negative,
        }
    }

    /// The dynamics as files write them, and the key of their word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Stable => "stable",
            Self::Negative => "negative",
        }
    }
}

impl Challenges {
    /// The class of a sum of points, by three rising limits.
    pub(in crate::compute) fn of(points: i64, limits: &[u32]) -> Self {
        match limits.iter().filter(|limit| points >= i64::from(**limit)).count() {
            0 => Self::Few,
            1 => Self::Some,
            2 => Self::Several,
            _ => Self::Many,
        }
    }

    /// The class as files write it, and the key of its word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Few => "few",
            Self::Some => "some",
            Self::Several => "several",
            Self::Many => "many",
        }
    }
}

/// An index without the noise of floating point in its last digits, so that one of exactly 1 is not over it.
fn settled(index: f64) -> f64 {
    const NINE_DECIMALS: f64 = 1e9;
    (index * NINE_DECIMALS).round() / NINE_DECIMALS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The outermost areas of each class over the editions 2013 to 2021 of MSS: -1.0008 high, -0.99936 and 0.99725 medium,
    /// 1.0022 and 1.48667 low, 1.50044 very low. What happens at exactly 1 and 1.5 is chosen: the milder class.
    #[test]
    fn the_edges_of_the_classes_are_berlins() {
        for (index, status) in [
            (-1.0008, Status::High),
            (-0.99936, Status::Medium),
            (0.99725, Status::Medium),
            (1.0022, Status::Low),
            (1.48667, Status::Low),
            (1.50044, Status::VeryLow),
            (-1.0, Status::Medium),
            (1.0 + 2e-16, Status::Medium),
            (1.5, Status::Low),
        ] {
            assert_eq!(Status::of(index), status, "{index}");
        }
        let dynamics = [-1.0008, -1.0, 1.0, 1.0022].map(Dynamics::of);
        assert_eq!(dynamics, [Dynamics::Positive, Dynamics::Stable, Dynamics::Stable, Dynamics::Negative]);
    }

    #[test]
    fn a_class_of_points_begins_at_its_limit() {
        let classes = [0, 2, 3, 5, 6, 8, 9, 24].map(|points| Challenges::of(points, &[3, 6, 9]).id());
        assert_eq!(classes, ["few", "few", "some", "some", "several", "several", "many", "many"]);
    }
}
