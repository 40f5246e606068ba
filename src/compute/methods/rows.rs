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
use crate::{
    catalogue::Sensitivity,
    ids::{Period, PopulationId},
};

/// No mean, median or duration of fewer persons.
const PERSONS: i128 = 30;

/// Nor of fewer households; a row that is no person (a dwelling) counts as one.
const HOUSEHOLDS: i128 = 20;

/// The rows of one scope and period.
pub(super) struct ScopeRows<'a> {
    /// Ascending.
    pub items: Cow<'a, [Item]>,
    pub households: Households,
    /// The source says who lives together: its rows are persons.
    persons: bool,
    /// Anyone may see the rows.
    public: bool,
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
    let source = data.catalogue.source_of(of).and_then(|id| data.catalogue.sources.get(id));
    ScopeRows {
        households: Households::new(&items),
        items,
        persons: source.is_some_and(|source| source.household.is_some()),
        public: source.is_some_and(|source| source.sensitivity == Sensitivity::Public),
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

    /// The numbers of rows and of households that a number made of them is about.
    pub fn exposes(&self) -> Vec<Exposure> {
        let (rows, households) = (self.items.len(), self.households.count);
        let floor = |floor: i128| if self.public { 0 } else { floor * 1000 };
        let at_least = |number: usize, floor| Exposure::AtLeast { number: number as i128 * 1000, floor };
        let all = at_least(rows, floor(if self.persons { PERSONS } else { HOUSEHOLDS }));
        vec![all, at_least(households, floor(HOUSEHOLDS))]
    }
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
