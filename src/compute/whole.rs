//! Everything that may be published, taken together: the offers of all indicators, rules and forecasts go through the gate, and
//! the attacker tries what passed it. What it can work out is closed by publishing less, until it finds nothing.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::{
    Data, account,
    closing::{Attack, Closing},
    disclose::{
        control::{Control, Marks, layouts},
        gate::{self, Gated},
        numbers::numbers,
        sheets::sheets,
        suppress,
    },
    forecast,
    indicators::{self, All},
    moves,
    outside::Outside,
    publication::{Fact, State},
    raw::Offer,
    rules,
    small_places::Sizes,
    twins::Twins,
    typology, what_if,
};
use crate::{
    audit::sheet::Sheet,
    diagnostics::{At, Diagnostic, Severity},
    editions::Number,
    ids::ValueId,
    sources::Account,
};

/// Attacks that are made at most. Each publishes less than the one before.
const ROUNDS: usize = 30;

/// What passed the gate and the attacker.
pub(in crate::compute) struct Whole {
    pub facts: BTreeMap<ValueId, State<Fact>>,
    pub numbers: Vec<Number>,
    pub sheets: Vec<Sheet>,
    pub notices: Vec<Diagnostic>,
}

/// The areas' own values once the attacker finds nothing by them: they stay while only what is told beside them is withdrawn.
struct Own {
    order: Vec<ValueId>,
    /// What they told.
    marks: Marks,
    /// All that could be told with them.
    offers: Vec<Offer>,
    notices: Vec<Diagnostic>,
}

/// Publishes everything that does not give a protected number away.
///
/// # Errors
/// Something can be worked out whatever is left out.
pub(in crate::compute) fn whole<'a>(
    data: Data<'a>,
    sizes: &'a Sizes,
    account: &Account,
    outside: &[Outside],
    attack: Attack,
) -> Result<Whole, Vec<Diagnostic>> {
    let mut all = indicators::all(data, sizes);
    let layouts = layouts(data);
    let mut control = Control::new(data, &layouts, outside);
    let mut closing = Closing::new(attack);
    let mut own: Option<Own> = None;
    for _ in 0..ROUNDS {
        let one = own.take().inspect(|own| control.back_to(&own.marks)).unwrap_or_else(|| {
            let order = own_values(data, &mut all, &mut control, outside, &mut closing);
            let (offers, notices) = offers(data, sizes, account, &all);
            Own { order, marks: control.marks(), offers, notices }
        });
        let gated = gate::publish(&one.offers, closing.withdrawn(), |tells| control.publish(tells));
        let mut attacked = sheets(data, &control, &in_order(&gated, &one.order), outside);
        let found = closing.found(&mut attacked);
        if found.is_nothing() {
            if found.open > 0 {
                break;
            }
            let numbers = match attack {
                Attack::Cheap => Vec::new(),
                Attack::Whole => numbers(data, &control, &gated.told),
            };
            let sheets = attacked.into_iter().map(|attacked| attacked.sheet).collect();
            let notices = one.notices.into_iter().chain(found.notices).collect();
            return Ok(Whole { facts: gated.facts, numbers, sheets, notices });
        }
        own = found.spares(&one.order).then_some(one);
        closing.close(found, &mut control);
    }
    Err(vec![refusal()])
}

/// Publishes the areas' own values, and withdraws those by which the attacker finds something. What is told beside them is
/// made of what is left, so that they come first. Gives those that are published, the most important first.
fn own_values(
    data: Data,
    all: &mut All,
    control: &mut Control,
    outside: &[Outside],
    closing: &mut Closing,
) -> Vec<ValueId> {
    for _ in 0..ROUNDS {
        control.reset();
        let published = suppress::own_values(all, data, control, closing.withdrawn());
        let shown: Vec<&gate::Shown> = published.iter().collect();
        let found = closing.found(&mut sheets(data, control, &shown, outside));
        if found.is_nothing() {
            return published.into_iter().map(|(id, _)| id).collect();
        }
        closing.close(found, control);
    }
    control.reset();
    let published = suppress::own_values(all, data, control, closing.withdrawn());
    published.into_iter().map(|(id, _)| id).collect()
}

fn refusal() -> Diagnostic {
    let message = "numbers of single persons could be worked out from what would be published, whatever is left out of it";
    Diagnostic::new(Severity::Error, "leak", message, At::Nowhere).hint(
        "nothing was written; `kvarter audit` tells which figures give them away: publish fewer areas or indicators",
    )
}

/// All offers, but for areas that are only another version of one.
pub(in crate::compute) fn offers(
    data: Data,
    sizes: &Sizes,
    account: &Account,
    all: &All,
) -> (Vec<Offer>, Vec<Diagnostic>) {
    let twins = Twins::new(data, all);
    let mut offers: Vec<Offer> =
        all.par_iter().flat_map_iter(|(_, one)| indicators::offers(one, &twins)).collect();
    offers.extend(twins.offers(data));
    for family in data.catalogue.families.ids() {
        offers.extend(rules::offers(data, sizes, family));
        offers.extend(forecast::offers(data, sizes, family));
    }
    offers.extend(rules::residents(data));
    offers.extend(moves::offers(data, sizes, all));
    offers.extend(what_if::offers(data, sizes));
    offers.extend(account::offers(data, account));
    let (classes, few) = typology::offers(data, sizes, all);
    offers.extend(classes);
    let versions = data.raw.index.all_versions();
    offers.retain(|offer| !versions.contains(&offer.id.area));
    (offers, few)
}

/// What is shown, own values in the order of their importance, then what else is told.
fn in_order<'g>(gated: &'g Gated, order: &[ValueId]) -> Vec<&'g gate::Shown> {
    let rank: HashMap<&ValueId, usize> = order.iter().enumerate().map(|(rank, id)| (id, rank)).collect();
    let mut shown: Vec<&gate::Shown> = gated.told.iter().collect();
    shown.sort_by_key(|(id, _)| rank.get(id).copied().unwrap_or(usize::MAX));
    shown
}
