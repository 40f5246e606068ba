//! What the methods on single rows share: the rows of a scope, the stream that their bootstrap draws from, and what any number
//! made of them exposes.

use super::super::{
    Data,
    bootstrap::Households,
    lists::{Item, Need},
    publication::Missing,
    random::Stream,
    raw::{Exposure, Known, Scope},
};
use crate::{catalogue::Sensitivity, ids::Period};

/// No mean, median or duration of fewer persons.
const PERSONS: i128 = 30;

/// Nor of fewer households; a row that is no person (a dwelling) counts as one.
const HOUSEHOLDS: i128 = 20;

/// The rows of one scope and period.
pub(super) struct ScopeRows {
    /// Ascending.
    pub items: Vec<Item>,
    /// Some rows belong together in households.
    linked: bool,
    /// Anyone may see the rows.
    public: bool,
    scope: String,
    period: Period,
}

/// The rows of a scope. Known only where the population itself is: a number that the supplier hid is not left out silently.
pub(super) fn of(data: Data, need: &Need, scope: Scope, period: Period) -> Known<ScopeRows> {
    let series = Known::or(data.raw.series.get(need.of()), Missing::NoData);
    let cell = series.and_then(|series| series.cell(scope, period));
    cell.and_then(|_| Known::or(data.raw.lists.get(need), Missing::NoData)).map(|lists| {
        let source = data.catalogue.source_of(need.of()).and_then(|id| data.catalogue.sources.get(id));
        ScopeRows {
            items: lists.items(scope, period),
            linked: lists.linked,
            public: source.is_some_and(|source| source.sensitivity == Sensitivity::Public),
            scope: name(data, scope),
            period,
        }
    })
}

impl ScopeRows {
    /// The stream of what is computed of these rows.
    pub fn stream(&self, what: &[&str]) -> Stream {
        let period = self.period.to_string();
        Stream::of(&[what, &[self.scope.as_str(), period.as_str()]].concat())
    }

    /// The numbers of rows and of households that a number made of them is about.
    pub fn exposes(&self) -> impl Iterator<Item = Exposure> + use<> {
        let (persons, households) = if self.public { (0, 0) } else { (PERSONS, HOUSEHOLDS) };
        let rows = (self.items.len() as i128, if self.linked { persons } else { households });
        let together = self.linked.then(|| (Households::new(&self.items).count as i128, households));
        std::iter::once(rows)
            .chain(together)
            .map(|(number, floor)| Exposure::AtLeast { number: number * 1000, floor: floor * 1000 })
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
