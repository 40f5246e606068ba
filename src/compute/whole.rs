//! Everything that may be published, taken together: the offers of all indicators, rules and forecasts go through the gate, and
//! the attacker tries what passed it. What it can work out is closed by publishing less, until it finds nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::{
    Data, account,
    disclose::{
        control::{Control, Marks, layouts},
        gate::{self, Gated},
        numbers::numbers,
        sheets::{Attacked, sheets},
        suppress,
    },
    forecast,
    indicators::{self, All},
    outside::Outside,
    publication::{Fact, State},
    raw::Offer,
    rules,
    small_places::Sizes,
    twins::Twins,
    typology, what_if,
};
use crate::{
    audit::{
        attack::{self, Limits},
        close::close,
        lp::{Simplex, Solver},
        model::Contradiction,
        sheet::Sheet,
    },
    diagnostics::{At, Diagnostic, Severity},
    editions::Number,
    ids::ValueId,
    sources::Account,
};

/// How hard the attacker tries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attack {
    /// Propagation, hierarchies, bridges and row space: fast, and what it finds is certain.
    Cheap,
    /// Linear programming too; what cannot be decided within its limits counts as found.
    Whole,
}

/// Attacks that are made at most. Each publishes less than the one before.
const ROUNDS: usize = 12;

/// Nodes of branch and bound for one program.
const NODES: u64 = 20_000;

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
    let mut withdrawn = HashSet::new();
    let mut own: Option<Own> = None;
    for _ in 0..ROUNDS {
        let one = own.take().inspect(|own| control.back_to(&own.marks)).unwrap_or_else(|| {
            let order = own_values(data, &mut all, &mut control, outside, (attack, &mut withdrawn));
            let (offers, notices) = offers(data, sizes, account, &all);
            Own { order, marks: control.marks(), offers, notices }
        });
        let gated = gate::publish(&one.offers, &withdrawn, |tells| control.publish(tells));
        let mut attacked = sheets(data, &control, &in_order(&gated, &one.order), outside);
        let found = found(&mut attacked, attack);
        if found.figures.is_empty() {
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
        own = one.order.iter().all(|id| !found.figures.contains(id)).then_some(one);
        withdrawn.extend(found.figures);
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
    (attack, withdrawn): (Attack, &mut HashSet<ValueId>),
) -> Vec<ValueId> {
    for _ in 0..ROUNDS {
        control.reset();
        let published = suppress::own_values(all, data, control, withdrawn);
        let shown: Vec<&gate::Shown> = published.iter().collect();
        let found = found(&mut sheets(data, control, &shown, outside), attack);
        if found.figures.is_empty() {
            return published.into_iter().map(|(id, _)| id).collect();
        }
        withdrawn.extend(found.figures);
    }
    control.reset();
    let published = suppress::own_values(all, data, control, withdrawn);
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

/// What the attacker worked out.
#[derive(Default)]
struct Found {
    /// Figures without which it could not.
    figures: HashSet<ValueId>,
    /// Quantities that stay exposed whatever of ours is left out.
    open: usize,
    notices: Vec<Diagnostic>,
}

fn found(attacked: &mut [Attacked], attack: Attack) -> Found {
    let all: Vec<Found> = attacked.par_iter_mut().map(|attacked| found_in(attacked, attack)).collect();
    all.into_iter().fold(Found::default(), |mut all, one| {
        all.figures.extend(one.figures);
        all.open += one.open;
        all.notices.extend(one.notices);
        all
    })
}

/// Attacks one sheet. Where areas' figures do not fit together they are taken by themselves, and that is told.
fn found_in(attacked: &mut Attacked, attack: Attack) -> Found {
    closed(attacked, attack).unwrap_or_else(|Contradiction { .. }| {
        attacked.sheet.zero.clear();
        attacked.sheet.at_most.clear();
        let message = format!("the figures of `{}` contradict one another", attacked.sheet.name);
        let hint = "how closely hidden numbers follow from them cannot be told; none follows exactly";
        let mut found = closed(attacked, attack).unwrap_or_else(|Contradiction { .. }| Found::default());
        found.notices.push(warning("contradicting-figures", message, hint));
        found
    })
}

/// Taking figures out only widens what is possible: what is not exposed has no part in closing what is.
fn closed(attacked: &Attacked, attack: Attack) -> Result<Found, Contradiction> {
    let sheet = &attacked.sheet;
    let solver = Simplex { nodes: NODES };
    let solver: Option<&dyn Solver> = (attack == Attack::Whole).then_some(&solver);
    let exposed = exposed(sheet, solver)?;
    if exposed.is_empty() {
        return Ok(Found::default());
    }
    let protected = exposed.into_iter().map(|protected| sheet.protected[protected].clone()).collect();
    let model = Sheet { protected, ..sheet.clone() }.model();
    let tellers = |figure: usize| {
        let figure = &model.figures[figure];
        attacked.tellers.get(&figure.id).filter(|_| figure.edition.is_none())
    };
    let closed = close(&model, |figure| tellers(figure).is_some(), &Limits::default(), solver)?;
    let figures = closed.removed.iter().filter_map(|figure| tellers(*figure)).flatten().cloned().collect();
    let open = closed.left.len();
    let outside = sheet.known.iter().any(|known| known.edition.is_some()) || !sheet.between.is_empty();
    if open == 0 || !outside {
        return Ok(Found { figures, open, notices: Vec::new() });
    }
    let message = format!("of `{}` {open} hidden numbers follow from what others have published", sheet.name);
    let hint = "they stay hidden here; nothing that is published here adds to it";
    Ok(Found { figures, open: 0, notices: vec![warning("known-outside", message, hint)] })
}

/// The protected quantities of a sheet that are exposed: without a solver those that the cheap layers prove to be.
fn exposed(sheet: &Sheet, solver: Option<&dyn Solver>) -> Result<Vec<usize>, Contradiction> {
    let Some(solver) = solver else {
        return Ok(sheet.exposed()?.into_iter().map(|exposed| exposed.protected).collect());
    };
    let report = attack::attack(&sheet.model(), &Limits::default(), solver)?;
    let not_safe = report.findings.iter().enumerate().filter(|(_, finding)| !finding.is_safe());
    Ok(not_safe.map(|(protected, _)| protected).collect())
}

fn warning(code: &'static str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::new(Severity::Warning, code, message, At::Nowhere).hint(hint)
}
