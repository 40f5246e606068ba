//! What the methods on single rows share: the rows of a scope, the stream that their bootstrap draws from, and what any number
//! made of them exposes.

use std::borrow::Cow;

use super::super::{
    Data,
    bootstrap::Households,
    lists::Item,
    random::Stream,
    raw::{Exposure, Known, Scope},
};
use crate::ids::{Period, PopulationId};

/// The rows of one scope and period.
pub(super) struct ScopeRows<'a> {
    /// Ascending.
    pub items: Cow<'a, [Item]>,
    pub households: Households,
    /// Its rows are persons.
    persons: bool,
    scope: String,
    period: Period,
}

/// The rows of a population and a scope; each tells whether it is also in the second population.
pub(super) fn of<'a>(
    data: Data<'a>,
    (of, also): (&PopulationId, Option<&PopulationId>),
    scope: Scope,
    period: Period,
) -> Known<ScopeRows<'a>> {
    data.raw.list(of, also, scope, period).map(|items| with(data, of, items, scope, period))
}

/// These rows of a population and a scope.
pub(super) fn with<'a>(
    data: Data<'a>,
    of: &PopulationId,
    items: Cow<'a, [Item]>,
    scope: Scope,
    period: Period,
) -> ScopeRows<'a> {
    ScopeRows {
        households: Households::new(&items),
        items,
        persons: data.catalogue.is_of_persons(of),
        scope: name(data, scope),
        period,
    }
}

impl ScopeRows<'_> {
    /// The stream of what is computed of these rows.
    pub fn stream(&self, what: &[&str]) -> Stream {
        let period = self.period.to_string();
        Stream::of(&[what, &[self.scope.as_str(), period.as_str()]].concat())
    }

    /// The numbers of persons and of households that a number made of these rows is about. A row that is no person (a
    /// dwelling) counts as a household.
    pub fn exposes(&self) -> Vec<Exposure> {
        let (rows, households) = (thousandths(self.items.len()), thousandths(self.households.count));
        let all = if self.persons { Exposure::Persons(rows) } else { Exposure::Households(rows) };
        vec![all, Exposure::Households(households)]
    }

    /// The same of a sum of these rows, and of persons the largest contributions to it.
    pub fn exposes_of_sum(&self) -> Vec<Exposure> {
        let mut exposes = self.exposes();
        if self.persons {
            exposes.push(self.contributions());
        }
        exposes
    }

    /// The largest contributions to the sum of these rows.
    fn contributions(&self) -> Exposure {
        let size = |item: &Item| i128::from(item.value).abs();
        // In the order of their values the largest without their signs stand at the ends.
        let count = self.items.len();
        let ends = self.items.iter().enumerate().filter(|(place, _)| *place < 2 || place + 2 >= count);
        let mut largest: Vec<i128> = ends.map(|(_, item)| size(item)).collect();
        largest.sort_unstable_by(|one, other| other.cmp(one));
        let at = |place: usize| largest.get(place).copied().unwrap_or_default();
        Exposure::Sum { first: at(0), second: at(1), all: self.items.iter().map(size).sum() }
    }
}

fn thousandths(number: usize) -> i128 {
    number as i128 * 1000
}

/// What a value exposes that sums up what single persons each have, as an income: how many they are, and the largest
/// contributions. Of populations that count persons, or are figures of areas, nothing.
pub(super) fn of_sum(data: Data, of: &PopulationId, scope: Scope, period: Period) -> Vec<Exposure> {
    let rows = self::of(data, (of, None), scope, period).get().filter(|rows| rows.persons);
    rows.map_or_else(Vec::new, |rows| rows.exposes_of_sum())
}

/// A name for each scope, whichever areas are built.
fn name(data: Data, scope: Scope) -> String {
    match scope {
        Scope::Area(area) => data.area(area).to_string(),
        Scope::Municipality => "municipality".to_string(),
        Scope::Rest(area) => format!("rest-of/{}", data.area(area)),
        Scope::Sum(areas) => {
            let names: Vec<&str> = areas.iter().map(|area| data.area(*area).as_str()).collect();
            format!("sum-of/{}", names.join("/"))
        }
    }
}
