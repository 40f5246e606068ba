//! Stage 3: tables → `Raw` → `Publication`. Pure: no I/O, no words.
//!
//! [`run`] counts every population ([`measure`]), computes every indicator for every area and period with its comparators
//! ([`compare`]) and its change ([`change`]), applies the rule sets ([`rules`]), and passes everything through the gate
//! ([`disclose`]). Tables and raw numbers are dropped before it returns.
//!
//! What is published, by id (`P` a period, `Y` a list's year):
//!
//! | id | fact |
//! |---|---|
//! | `INDICATOR@area@P` | [`Fact::Value`]; [`Fact::Count`] for the method `count` |
//! | `INDICATOR@area@P~COMPARATOR` | the comparator's value |
//! | `INDICATOR@municipality@P~chance` | of a segregation: its level under chance |
//! | `verdict/INDICATOR@area@P~COMPARATOR` | [`Fact::Verdict`] |
//! | `change/INDICATOR@area@P` | [`Fact::Change`] |
//! | `trend/INDICATOR@area@P` | [`Fact::Trend`], for shares with five single years |
//! | `funnel/INDICATOR@area@P~COMPARATOR` | [`Fact::Value`]: the comparator, and where 99 per cent of areas of this size lie by chance |
//! | `overdispersion/INDICATOR/LAYER@municipality@P` | [`Fact::Overdispersion`] |
//! | `INDICATOR/class@area@P` | [`Fact::Class`] of a composite; [`typology`] has its other facts |
//! | `twins@area@Y` | [`Fact::Areas`]: the areas most alike |
//! | `twins/LAYER@municipality@Y` | [`Fact::Count`]: the areas among which they were sought |
//! | `FAMILY@area@Y` | [`Fact::Status`]: the official one where a list exists, else our own |
//! | `FAMILY/own@area@Y` | [`Fact::Status`], our own computation; absent where there is too little data of our own to tell any |
//! | `FAMILY/by-values@area@Y` | [`Fact::Status`] that the published values alone give; it is never printed |
//! | `FAMILY/STATUS/by-values@area@Y` | [`Fact::Met`] by the published values alone, whether or not the list leaves the area out |
//! | `FAMILY/residents@area@Y` | [`Fact::Count`]: the residents that the law's number is held against, the published one first |
//! | `FAMILY/CRITERION@area@Y` | [`Fact::Value`] as printed: official where published, else our own |
//! | `FAMILY/CRITERION/limit@area@Y` | [`Fact::Value`], the limit in the terms of that value |
//! | `FAMILY/CRITERION/distance@area@Y` | [`Fact::Distance`], value − limit |
//! | `FAMILY/CRITERION/met@area@Y` | [`Fact::Met`]; missing where the figure is, so that it can be told which one it is |
//! | `FAMILY/CRITERION/met/own@area@Y` | [`Fact::Met`] by our own numbers, where the printed value is official |
//! | `FAMILY/CRITERION/own@area@Y` | [`Fact::Value`], our own where the printed one is official |
//! | `FAMILY/STATUS/met@area@Y` | [`Fact::Met`], our own rule, also where the list leaves the area out |
//! | `FAMILY/STATUS/count@area@Y`, `…/of` | [`Fact::Count`]: criteria met, and of how many |
//! | `FAMILY/CRITERION/amount/MECHANISM@area@Y` | [`Fact::Amount`]: how many it takes to turn the outcome of the list made |
//! | `FAMILY/CRITERION/next@area@Y` | [`Fact::Needed`]: what the list after the latest takes |
//! | `FAMILY/CRITERION/next/MECHANISM@area@Y` | [`Fact::Amount`] for that list |
//! | `FAMILY/CRITERION/amount/income/total@area@Y`, `…/next/income/total` | [`Fact::Count`]: kroner of all persons of the base |
//! | `FAMILY/residents/amount/MECHANISM@area@Y` | [`Fact::Amount`]: residents to the number that the law asks for |
//! | `FAMILY/residents/next@area@Y` | [`Fact::Needed`] of them |
//! | `FAMILY/STATUS/criteria-between@area@Y` | [`Fact::Count`]: criteria that must change before another count of them decides |
//! | `FAMILY/CRITERION/expected@area@Y` | [`Fact::Value`]: the value forecast for that list, with the interval of past errors |
//! | `FAMILY/STATUS/outlook@area@Y` | [`Fact::Outlook`] of the status, or a stricter one, on that list |
//! | `FAMILY/reasons@area@Y` | [`Fact::Reasons`] why the status is another than on the list of the year before |
//! | `FAMILY/hangs-on@area@Y` | [`Fact::HangsOn`] |
//! | `FAMILY/CRITERION/backtest@municipality@Y`, `FAMILY/STATUS/…` | [`Fact::Backtest`] |
//! | `FAMILY/backtest/years@municipality@Y`, `…/errors` | [`Fact::Count`]: years and errors that there are to forecast from |
//! | `FAMILY/backtest/lists@municipality@Y`, `…/areas` | [`Fact::Count`]: lists and areas that were forecast to test it |
//! | `FAMILY/what-if/TOOL@area@Y` | [`Fact::WhatIf`]: what lettings can do to a criterion |
//! | `moves/SPLIT@area@P` | [`Fact::Split`]: the change since the period before, by what happened to the persons |
//! | `moves/SPLIT/years@area@P` | the same over several periods |
//! | `moves/SPLIT/without@area@P` | the same without the dwellings that an event concerns |
//! | `moves/what-if/SPLIT/SCENARIO@area@P` | [`Fact::Replaced`] |
//! | `moves/persons@area@P` | [`Fact::Moved`]: how many came and went |
//! | `moves/from/ORIGIN@area@P` | [`Fact::Count`]: persons who came from an area of the layer, or from elsewhere |
//! | `moves/profile/INDICATOR@area@P` | [`Fact::Profile`] of those who came and went |
//! | `moves/vacated@area@P` | [`Fact::Vacated`]: households that gave up their dwelling, and whether that is unusual |
//! | `moves/letting/KIND@area@P` | [`Fact::Letting`] |
//! | `rows/SOURCE@municipality@P` | [`Fact::Count`]: rows read |
//! | `unplaced/SOURCE@municipality@P` | rows without a place |
//! | `unused/SOURCE/REASON@municipality@P` | rows left out for another reason |
//! | `outside/LAYER@municipality@P` | residents of the layer that it `adds-up-to` who are in none of its areas |
//! | `used/SOURCE@area@P` | rows in the area; of a table of areas' figures its largest denominator there |
//!
//! The municipality's own values have the area `municipality`. `residents@area@Y` is the number published with a list where
//! nobody counts residents.

mod account;
mod atoms;
mod benchmarks;
mod bootstrap;
mod breaks;
mod chance;
mod change;
mod closing;
mod clusters;
mod columns;
mod compare;
mod count;
mod disclose;
mod empty_areas;
mod forecast;
mod funnel;
mod ground;
mod indicators;
mod interval;
mod links;
mod lists;
mod measure;
mod methods;
mod modulo;
mod moves;
#[cfg(test)]
mod naive;
mod named_areas;
mod official;
mod outside;
mod placed;
mod plan;
mod precision;
mod publication;
mod random;
#[cfg(test)]
mod random_tables;
mod ratio;
mod raw;
mod reach;
mod reconcile;
mod relations;
mod rules;
mod single;
mod small_places;
mod statutory;
mod survival;
#[cfg(test)]
mod tells;
mod trend;
mod twins;
mod typology;
mod what_if;
mod whole;
mod years;

pub use compare::usual_comparator;
pub use forecast::{ENOUGH_ERRORS, ENOUGH_YEARS};
pub use moves::{Basis, Flow, Letting, Moved, ORIGINS, Profile, Replaced, Split, Step, Term, Vacated};
pub use publication::{
    Change, Fact, Missing, Overdispersion, Publication, Standing, State, Status, Trend, Value, Verdict,
    prefixed,
};
pub use small_places::SMALL as SMALL_PLACE;
pub use statutory::{Amount, Backtest, Hinge, Lettings, Needed, Outlook, Reason, Tested, WhatIf};

pub use closing::Attack;

pub use typology::{Challenges, Class, Dynamics, Status as ClassStatus};

use crate::{
    catalogue::{BenchmarkPlace, Catalogue},
    diagnostics::Outcome,
    editions::Ledger,
    ids::AreaId,
    sources::{Account, Places, Tables},
};
use raw::Raw;

/// What every computation reads.
#[derive(Clone, Copy)]
struct Data<'a> {
    catalogue: &'a Catalogue,
    raw: &'a Raw,
}

impl<'a> Data<'a> {
    /// How a benchmark's row names a place.
    fn place(self, place: BenchmarkPlace) -> &'static str {
        match place {
            BenchmarkPlace::Country => benchmarks::COUNTRY,
            BenchmarkPlace::Region => benchmarks::REGION,
        }
    }

    /// An area's id, by its number.
    fn area(self, area: usize) -> &'a AreaId {
        &self.raw.index.areas[area]
    }
}

/// Computes everything that may be published, for all areas and periods. Tables and raw numbers end here.
///
/// # Errors
/// An expression that the data cannot answer, and an area that does not exist.
pub fn run(
    catalogue: &Catalogue,
    tables: Tables,
    places: &Places,
    account: Account,
    ledger: &Ledger,
    attack: Attack,
) -> Outcome<Publication> {
    let followed = moves::with_flows(catalogue, &raw::Index::new(places));
    let raw = count::count((catalogue, &followed), &tables, places)?;
    drop(tables);
    let data = Data { catalogue: &followed, raw: &raw };
    let sizes = small_places::Sizes::new(data);
    let whole = whole::whole(data, &sizes, &account, &outside::known(data, ledger), attack)?;
    let publication = Publication::new(whole.facts, whole.numbers, whole.sheets);
    let mut notices = reconcile::notices(catalogue, &publication);
    notices.extend(rules::notices(data));
    notices.extend(rules::pooling::notices(data, &publication));
    notices.extend(whole.notices);
    notices.extend(empty_areas::notices(catalogue, &raw.index, &publication));
    Ok((publication, notices))
}
