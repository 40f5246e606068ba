//! What the attacker gets: of every block what the publication tells, and what must stay hidden of it.
//!
//! Only persons and dwellings are attacked here. Sums of what persons have, such as incomes, stay undetermined by elimination
//! alone: nothing bounds one person's income, so that no interval follows for it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use rayon::prelude::*;

use super::{
    super::{Data, outside::Outside, raw::Known},
    block::{Block, Guarded, Part, value},
    consistent::keep_to,
    control::{Control, Key},
    elimination::Sum,
    gate::Shown,
    geometry::Zones,
    rules::About,
    told::{Counted, Told, Zone},
};
use crate::{
    audit::{
        model::{Protected, Terms},
        sheet::{self, Between, Sheet},
    },
    ids::ValueId,
};

/// The figures that tell a number, the most important first.
pub(in crate::compute) type Tellers = BTreeMap<String, Vec<ValueId>>;

/// The sheet of one block, and which figures tell each of its numbers.
pub(in crate::compute) struct Attacked {
    pub key: Key,
    pub sheet: Sheet,
    pub tellers: Tellers,
}

/// A number that is told, as the sheet has it.
struct Number {
    sum: Sum,
    name: String,
    value: i128,
    /// By how much it matters that they are published: the smaller the more.
    tellers: BTreeMap<usize, ValueId>,
}

/// A number that is told, by which figures.
type Teller<'a> = (&'a Told, Vec<(usize, &'a ValueId)>);

/// The sheets of all blocks with anything to protect; `shown`: the figures that are published, the most important first.
pub(in crate::compute) fn sheets(
    data: Data,
    control: &Control,
    shown: &[&Shown],
    outside: &[Outside],
) -> Vec<Attacked> {
    let mut tellers: HashMap<&Told, Vec<(usize, &ValueId)>> = HashMap::new();
    for (rank, (id, tells)) in shown.iter().enumerate() {
        tells.iter().for_each(|told| tellers.entry(told).or_default().push((rank, id)));
    }
    let mut by_block: BTreeMap<_, Vec<Teller>> = BTreeMap::new();
    for (told, tellers) in tellers {
        for key in control.keys(told) {
            by_block.entry(key).or_default().push((told, tellers.clone()));
        }
    }
    let empty = Vec::new();
    let blocks: Vec<_> = control.blocks().filter(|(_, block)| !block.guarded.is_empty()).collect();
    blocks
        .into_par_iter()
        .map(|(key, block)| {
            let outside = outside.iter().filter(|outside| control.key(&outside.told) == Some(key));
            Making::new(data, block).sheet(key, by_block.get(&key).unwrap_or(&empty), outside)
        })
        .collect()
}

/// A sheet in the making.
struct Making<'a> {
    data: Data<'a>,
    block: &'a Block<'a>,
    /// Every measure in every zone that anything is said of, in thousandths.
    values: HashMap<usize, Vec<Known<i128>>>,
    /// The names of all zones.
    zones: Vec<String>,
    /// Measures that are sums of what persons have.
    amounts: BTreeSet<usize>,
    /// Thousandths in a step.
    step: i128,
}

impl<'a> Making<'a> {
    fn new(data: Data<'a>, block: &'a Block<'a>) -> Self {
        let measures = &block.layout.atoms.measures;
        let by_key = block.layout.atoms.by_key;
        let sums = block.layout.rules.keys().filter_map(|about| match about {
            About::Sum { of, .. } => Some(*of),
            _ => None,
        });
        let adds_up = |counted: &Counted| match counted {
            Counted::Sum(id) => !by_key && data.catalogue.adds_up_numbers(id),
            Counted::Rows(_) | Counted::Every(_) => false,
        };
        let adding = measures.iter().filter(|(counted, _)| adds_up(counted)).map(|(_, number)| *number);
        let amounts: BTreeSet<usize> = sums.chain(adding).collect();
        let counts = measures.values().filter(|measure| !amounts.contains(measure));
        let values: HashMap<usize, Vec<Known<i128>>> =
            counts.map(|measure| (*measure, block.values(*measure))).collect();
        let whole = values.values().flatten().all(|value| value.get().is_none_or(|value| value % 1000 == 0));
        let zones = zone_names(data, block);
        Self { data, block, values, zones, amounts, step: if whole { 1000 } else { 1 } }
    }

    fn sheet<'o>(
        &self,
        key: Key,
        told: &[Teller<'_>],
        outside: impl Iterator<Item = &'o Outside>,
    ) -> Attacked {
        let numbers = self.numbers(told);
        let tellers = numbers
            .iter()
            .map(|number| (number.name.clone(), number.tellers.values().cloned().collect()))
            .collect();
        let known = numbers.into_iter().map(|number| sheet::Known {
            id: number.name,
            place: number.tellers.values().next().map(ToString::to_string),
            edition: None,
            of: terms(&number.sum),
            is: number.value / self.step,
        });
        let mut sheet = Sheet {
            name: format!(
                "{} {}",
                self.block.layout.name(),
                self.block.layout.atoms.periods[self.block.period]
            ),
            scale: 1000 / self.step,
            variables: self.variables(),
            zero: self.equations(),
            at_most: self.parts(),
            known: known.collect(),
            between: Vec::new(),
            protected: self.protected(),
        };
        if self.block.layout.atoms.by_key {
            keep_to(&mut sheet, &self.own_numbers());
        }
        outside.for_each(|outside| self.tell(outside, &mut sheet));
        Attacked { key, sheet, tellers }
    }

    /// What is told, each number once, the most important first.
    fn numbers(&self, told: &[Teller<'_>]) -> Vec<Number> {
        let mut numbers: BTreeMap<Sum, Number> = BTreeMap::new();
        for (told, tellers) in told {
            let Some((sum, value)) = self.number(told) else { continue };
            let number = numbers.entry(sum.clone()).or_insert_with(|| Number {
                sum,
                name: self.name(&told.of, &self.zone(&told.zone)),
                value,
                tellers: BTreeMap::new(),
            });
            number.tellers.extend(tellers.iter().map(|(rank, id)| (*rank, (*id).clone())));
        }
        let mut numbers: Vec<Number> = numbers.into_values().collect();
        // A number that many figures tell matters more than any one of them: without it they would all be hidden.
        let matters = |number: &Number| {
            (Reverse(number.tellers.len().ilog2() / 2), number.tellers.keys().next().copied())
        };
        numbers.sort_by(|one, other| (matters(one), &one.name).cmp(&(matters(other), &other.name)));
        numbers
    }

    /// A number as a sum of unknowns and its value; `None` where it is of an amount, of nobody, or of what is not known.
    fn number(&self, told: &Told) -> Option<(Sum, i128)> {
        let measure = self.block.layout.atoms.measures.get(&told.of)?;
        let zones = self.block.geometry.terms(&told.zone);
        let value = value(self.values.get(measure)?, &zones).get()?;
        let sum = self.block.sum(*measure, &zones);
        (!sum.is_empty()).then_some((sum, value))
    }

    /// What others tell. A number that they have revised since says nothing of today's.
    fn tell(&self, outside: &Outside, sheet: &mut Sheet) {
        let Some((sum, own)) = self.number(&outside.told) else { return };
        let told = outside.value.unwrap_or(own);
        let id = self.name(&outside.told.of, &self.zone(&outside.told.zone));
        let (edition, of) = (Some(outside.from.to_string()), terms(&sum));
        let around = outside.rounded_to.max(0);
        if (told - own).abs() > around / 2 {
            return;
        }
        if around > self.step {
            let (at_least, at_most) = (told - around / 2, told + around / 2);
            let at_least = Some(at_least.div_euclid(self.step));
            let at_most = Some(at_most.div_euclid(self.step) + 1);
            sheet.between.push(Between { id, place: None, edition, of, at_least, at_most });
        } else {
            sheet.known.push(sheet::Known { id, place: None, edition, of, is: own / self.step });
        }
    }

    /// The unknowns, in the block's order.
    fn variables(&self) -> Vec<String> {
        let measures = self.block.layout.basis_measures().map(|measure| self.measure_name(measure));
        let of =
            |measure: String| self.zones.iter().map(|zone| format!("{measure} @ {zone}")).collect::<Vec<_>>();
        measures.flat_map(of).collect()
    }

    /// Areas are the sums of their atoms.
    fn equations(&self) -> Vec<Terms> {
        let amounts: BTreeSet<u32> = self
            .block
            .layout
            .basis_measures()
            .enumerate()
            .filter(|(_, measure)| self.amounts.contains(measure))
            .map(|(number, _)| number as u32)
            .collect();
        let zones = self.block.geometry.zones() as u32;
        let is_count =
            |sum: &&Sum| sum.first().is_none_or(|(unknown, _)| !amounts.contains(&(unknown / zones)));
        self.block.equations.iter().filter(is_count).map(terms).collect()
    }

    /// A part is at most its whole in every zone that is made of no others; and so is what follows from other measures.
    fn parts(&self) -> Vec<(Terms, Terms)> {
        let layout = self.block.layout;
        let zones = if layout.atoms.by_key { self.block.geometry.zones() } else { self.block.geometry.atoms };
        let is_count = |measure: &usize| !self.amounts.contains(measure);
        let shares = layout.rules.keys().filter_map(|about| match about {
            About::Share { part, whole } if is_count(part) && is_count(whole) => Some((Some(*part), *whole)),
            _ => None,
        });
        let basis: BTreeSet<usize> = layout.basis_measures().collect();
        let following =
            self.values.keys().filter(|measure| !basis.contains(measure)).map(|measure| (None, *measure));
        let pairs: BTreeSet<(Option<usize>, usize)> = shares.chain(following).chain(self.within()).collect();
        let mut parts = Vec::new();
        for (part, whole) in pairs {
            for zone in 0..zones as u32 {
                let own = part.map_or_else(Vec::new, |part| self.block.sum(part, &vec![(zone, 1)]));
                parts.push((terms(&own), terms(&self.block.sum(whole, &vec![(zone, 1)]))));
            }
        }
        parts
    }

    /// Populations and those that they lie within, and all rows of the source.
    fn within(&self) -> Vec<(Option<usize>, usize)> {
        let atoms = self.block.layout.atoms;
        let number = |counted: &Counted| atoms.measures.get(counted).copied();
        let outer = |counted: &Counted| match counted {
            Counted::Sum(id) => {
                self.data.catalogue.population(id)?.within.clone().map(|id| Counted::Sum(id.value))
            }
            Counted::Rows(_) | Counted::Every(_) => None,
        };
        let every = atoms.measures.keys().find(|counted| matches!(counted, Counted::Every(_)));
        let every = every.filter(|_| !atoms.by_key).and_then(number);
        let counts = atoms.measures.iter().filter(|(_, part)| self.values.contains_key(part));
        counts
            .flat_map(|(counted, part)| {
                let wholes = [outer(counted).as_ref().and_then(number), every];
                wholes.map(|whole| Some((Some(*part), whole.filter(|whole| whole != part)?)))
            })
            .flatten()
            .filter(|(_, whole)| self.values.contains_key(whole))
            .collect()
    }

    /// What every unknown is, in steps, where it is known.
    fn own_numbers(&self) -> Vec<Option<i128>> {
        let of = |measure: usize| match self.values.get(&measure) {
            Some(values) => values.iter().map(|value| value.get().map(|value| value / self.step)).collect(),
            None => vec![None; self.zones.len()],
        };
        self.block.layout.basis_measures().flat_map(of).collect()
    }

    fn protected(&self) -> Vec<Protected> {
        let places = self.block.zones(self.data.raw.index.areas.len());
        let counts = self.block.guarded.iter().filter(|guarded| !matches!(guarded.about, About::Sum { .. }));
        let protected = counts.map(|guarded| Protected {
            id: self.guarded_name(guarded, &places[guarded.zone].terms),
            terms: terms(&guarded.sum),
            width: i128::from(guarded.width) * 1000 / self.step,
            reach: Some(i128::from(guarded.reach) * 1000 / self.step),
            hidden_by: (guarded.part == Part::Withheld).then(|| self.block.layout.name()),
        });
        let mut protected: Vec<Protected> = protected.collect();
        // The same number by another name is protected once, by its strictest rule.
        protected.sort_by(|one, other| {
            (&one.terms, other.width, &one.id).cmp(&(&other.terms, one.width, &other.id))
        });
        protected.dedup_by(|one, other| one.terms == other.terms);
        protected.sort_by(|one, other| one.id.cmp(&other.id));
        protected
    }

    fn guarded_name(&self, guarded: &Guarded, zones: &Zones) -> String {
        let what = match guarded.about {
            About::Number(measure) | About::Sum { of: measure, .. } => self.measure_name(measure),
            About::Share { part, whole } if guarded.part == Part::Others => {
                format!("{} without {}", self.measure_name(whole), self.measure_name(part))
            }
            About::Share { part, .. } => self.measure_name(part),
        };
        format!("{what} @ {}", self.sum_name(zones))
    }

    fn name(&self, counted: &Counted, zone: &str) -> String {
        let measure = self.block.layout.atoms.measures.get(counted).copied().unwrap_or_default();
        format!("{} @ {zone}", self.measure_name(measure))
    }

    fn zone(&self, zone: &Zone) -> String {
        self.sum_name(&self.block.geometry.terms(zone))
    }

    /// Zones with their signs: `east − harbour`.
    fn sum_name(&self, zones: &Zones) -> String {
        let mut name = String::new();
        for (zone, by) in zones {
            let sign = match (name.is_empty(), *by < 0) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            };
            let times = if by.abs() == 1 { String::new() } else { format!("{} × ", by.abs()) };
            name.push_str(&format!("{sign}{times}{}", self.zones[*zone as usize]));
        }
        name
    }

    fn measure_name(&self, measure: usize) -> String {
        let named = self.block.layout.atoms.measures.iter().find(|(_, number)| **number == measure);
        match named {
            Some((Counted::Sum(id), _)) => id.to_string(),
            Some((Counted::Rows(id), _)) => format!("rows of {id}"),
            Some((Counted::Every(id), _)) => format!("all of {id}"),
            None => measure.to_string(),
        }
    }
}

/// An area's id; of what areas share all of their ids.
fn zone_names(data: Data, block: &Block) -> Vec<String> {
    let (geometry, areas) = (&block.geometry, &data.raw.index.areas);
    let mut within: Vec<Vec<&str>> = vec![Vec::new(); geometry.zones()];
    let mut own: Vec<Option<String>> = vec![None; geometry.zones()];
    let municipality = crate::ids::AreaId::municipality();
    for (number, id) in areas.iter().chain([&municipality]).enumerate() {
        let Some(zone) = geometry.area(number) else { continue };
        own[zone as usize].get_or_insert_with(|| id.to_string());
        if number < areas.len() {
            geometry.made_of[zone as usize].iter().for_each(|atom| within[*atom as usize].push(id.as_str()));
        }
    }
    let shared = |within: Vec<&str>| match within[..] {
        [] => "in no area".to_string(),
        [alone] => format!("{alone} and no other"),
        _ => within.join(" & "),
    };
    own.into_iter().zip(within).map(|(own, within)| own.unwrap_or_else(|| shared(within))).collect()
}

fn terms(sum: &Sum) -> Terms {
    sum.iter().map(|(unknown, by)| (*unknown as usize, i128::from(*by))).collect()
}
