//! `letting.csv`: what the housing organisations know of their dwellings. Who moved in and out is what really happened
//! in the register; the way a dwelling was let is drawn for each letting.

use super::key;
use super::scene::{EVERY_YEAR, Figure, Home, Scene};
use super::tally::{Cell, Layers, Tables};

const FIGURES: [Figure<Home>; 8] = [
    figure("vacated", |h| Cell::of(h.almen, h.moved_away)),
    figure("assigned", |h| let_as(h, Way::Assigned)),
    figure("flexible", |h| let_as(h, Way::Flexible)),
    figure("external-list", |h| let_as(h, Way::External)),
    figure("refused", |h| {
        if let_as(h, Way::Assigned).part == 0 {
            return Cell::default();
        }
        let once = (0.16 * h.trouble).min(0.5);
        let refusals =
            key::weighted(&[1.0 - once, once * 0.75, once * 0.25], "refusals", h.seed, h.year) as i64;
        Cell { part: refusals, whole: refusals + 1 }
    }),
    // Empty for want of tenants; the others are being repaired, or between two tenants.
    figure("vacant", |h| Cell::of(h.almen, h.now.is_none() && h.draws("hard to let", 0.3))),
    figure("arrears", |h| Cell::of(h.almen && h.now.is_some(), h.draws("arrears", 0.022 * h.trouble))),
    figure("evictions", |h| Cell::of(h.almen && h.now.is_some(), h.draws("eviction", 0.0024 * h.trouble))),
];

const fn figure(key: &'static str, adds: fn(&Home) -> Cell) -> Figure<Home> {
    Figure { key, years: EVERY_YEAR, layers: Layers::Estates, adds }
}

/// Counts every figure.
pub fn count(scene: &Scene) -> Tables {
    let mut tables = Tables::new();
    for figure in &FIGURES {
        scene.count(&mut tables, figure, |year| &year.homes, |h| h.zone);
    }
    tables
}

/// How an almen dwelling was let.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// By the municipality.
    Assigned,
    /// By criteria agreed with the municipality.
    Flexible,
    /// From the list of those who live elsewhere.
    External,
    /// From the list of those who have a dwelling of the organisation.
    Internal,
}

/// The way of a letting; flexible letting has grown, most where there is most trouble.
pub fn way(h: &Home) -> Way {
    const WAYS: [Way; 4] = [Way::Assigned, Way::Flexible, Way::External, Way::Internal];
    let flexible = ((0.02 + 0.007 * (h.year - 2015) as f64) * h.trouble).min(0.5);
    let assigned = 0.25 - 0.06 * flexible;
    let external = 0.8 * (1.0 - flexible - assigned);
    let weights = [assigned, flexible, external, 1.0 - assigned - flexible - external];
    WAYS[key::weighted(&weights, "way of letting", h.seed, h.year)]
}

/// Counts a letting.
fn let_as(h: &Home, counted: Way) -> Cell {
    Cell::of(h.almen && h.is_let(), way(h) == counted)
}
