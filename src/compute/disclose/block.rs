//! One source in one period: its unknowns, what everybody knows of them, and what must not become known.
//!
//! An unknown is a measure in a zone ([`Geometry`]). Measures that follow from others are replaced by them.

use std::collections::BTreeMap;

use super::{
    super::{Data, atoms::Atoms, methods, moves, raw::Known, raw::Scope},
    elimination::{Elimination, Sum},
    geometry::{Geometry, Zones, added},
    policy::is_too_small,
    rules::{About, Rule},
    told::{Counted, Told},
};
use crate::{
    catalogue::Protection,
    ids::{LayerId, PopulationId, SourceId},
};

/// The measures of a source, each as a sum of those that follow from no other.
pub(in crate::compute) struct Layout<'a> {
    pub sources: Vec<&'a SourceId>,
    /// The layer in whose areas persons come and go, where that is told here and nothing else.
    pub layer: Option<&'a LayerId>,
    pub atoms: &'a Atoms,
    pub rules: BTreeMap<About, Rule>,
    sums: Vec<Vec<(u32, i64)>>,
    /// Those that follow from no other, ascending.
    basis: Vec<usize>,
    /// The areas that cover the municipality.
    covering: Vec<usize>,
}

impl<'a> Layout<'a> {
    pub fn new(
        sources: Vec<&'a SourceId>,
        atoms: &'a Atoms,
        rules: BTreeMap<About, Rule>,
        covering: Vec<usize>,
    ) -> Self {
        let measures = atoms.measures.values().max().map_or(0, |last| last + 1);
        // Each relation's first measure stands in no other relation.
        let follows: BTreeMap<usize, Vec<(usize, i64)>> = atoms
            .relations
            .iter()
            .filter_map(|relation| relation.split_first())
            .map(|((first, sign), others)| {
                (*first, others.iter().map(|(of, by)| (*of, -by * sign)).collect())
            })
            .collect();
        let basis: Vec<usize> = (0..measures).filter(|measure| !follows.contains_key(measure)).collect();
        let number = |measure: usize| basis.binary_search(&measure).ok().map(|number| number as u32);
        let sum = |measure: usize| match (number(measure), follows.get(&measure)) {
            (Some(number), _) => vec![(number, 1)],
            (None, others) => {
                others.into_iter().flatten().filter_map(|(of, by)| Some((number(*of)?, *by))).collect()
            }
        };
        Self { sources, layer: None, atoms, rules, sums: (0..measures).map(sum).collect(), basis, covering }
    }

    /// Its sources' ids.
    pub fn name(&self) -> String {
        let names: Vec<&str> = self.sources.iter().map(|id| id.as_str()).collect();
        let of = self.layer.map(|layer| format!(" in {layer}")).unwrap_or_default();
        names.join(" + ") + &of
    }

    /// The measures that follow from no other, in the order of their unknowns.
    pub fn basis_measures(&self) -> impl Iterator<Item = usize> + '_ {
        self.basis.iter().copied()
    }
}

/// A number that must not become known.
pub(in crate::compute) struct Guarded {
    pub sum: Sum,
    pub about: About,
    /// The number itself, the others of a share's whole, or hidden by the supplier.
    pub part: Part,
    /// The zone's place in [`Block::zones`].
    pub zone: usize,
    /// How far apart its least and its largest possible value must be, and what the largest must be at least.
    pub width: u32,
    pub reach: u32,
}

/// What of the numbers that a rule is about must not become known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::compute) enum Part {
    /// The number itself.
    Own,
    /// The others of a share's whole.
    Others,
    /// The number, which the supplier hid.
    Withheld,
}

/// A zone of which numbers are protected.
pub(in crate::compute) struct Place {
    /// The area or the municipality, with or without whom it is; `None` for what areas have in common.
    pub scope: Option<Scope<'static>>,
    pub terms: Zones,
    /// How many live there is protected too. Of a part of an area, and outside of a layer, that is no trait of theirs.
    pub heads: bool,
}

/// One source in one period.
pub(in crate::compute) struct Block<'a> {
    pub layout: &'a Layout<'a>,
    /// The number of the period.
    pub period: usize,
    pub geometry: Geometry,
    /// The source's atom that each zone is which is one; none where the table gives figures of areas.
    atoms: Vec<Option<usize>>,
    pub elimination: Elimination,
    /// Sums that everybody knows to be zero.
    pub equations: Vec<Sum>,
    pub guarded: Vec<Guarded>,
}

impl<'a> Block<'a> {
    /// The block of a period; `atoms`: which of the source's atoms the geometry's are.
    pub fn new(layout: &'a Layout<'a>, period: usize, geometry: Geometry, atoms: Vec<Option<usize>>) -> Self {
        let elimination = Elimination::new();
        let mut block =
            Self { layout, period, geometry, atoms, elimination, equations: Vec::new(), guarded: Vec::new() };
        block.equations = block.equations_that_hold();
        block.equations.iter().for_each(|sum| block.elimination.know(sum));
        block
    }

    /// What is a sum of its parts, for every measure. Figures of areas need not add up: what does not binds nobody.
    fn equations_that_hold(&self) -> Vec<Sum> {
        let measures = self.layout.basis.iter().enumerate();
        let of_cover = self.municipality_of_its_cover();
        let of_measure = |(number, measure): (usize, &usize)| {
            let values = if self.layout.atoms.by_key { self.values(*measure) } else { Vec::new() };
            let holds = |equation: &&Zones| {
                values.is_empty() || value(&values, equation).get().is_none_or(|sum| sum == 0)
            };
            let equations = self.geometry.equations.iter().chain(&of_cover).filter(holds);
            let sums = equations.map(|zones| unknowns(&self.geometry, &[(number as u32, 1)], zones));
            sums.collect::<Vec<_>>()
        };
        measures.flat_map(of_measure).collect()
    }

    /// Where a table gives figures of areas no rows are common to an area and the municipality: that the areas of the layer that
    /// covers it make it up is said here.
    fn municipality_of_its_cover(&self) -> Option<Zones> {
        let municipality = self.geometry.municipality().filter(|_| self.layout.atoms.by_key)?;
        let covering = self.layout.covering.iter().filter_map(|area| Some((self.geometry.area(*area)?, -1)));
        let equation = added(covering.chain([(municipality, 1)]));
        (equation.len() > 1 && !self.geometry.equations.contains(&equation)).then_some(equation)
    }

    /// A number as a sum of unknowns; `None` if it is not counted here.
    pub fn told(&self, told: &Told) -> Option<Sum> {
        let measure = self.layout.atoms.measures.get(&told.of)?;
        Some(self.sum(*measure, &self.geometry.terms(&told.zone)))
    }

    /// A part of what a rule is about, over zones.
    fn of(&self, about: About, part: Part, zones: &Zones) -> Sum {
        match (about, part) {
            (About::Share { part, whole }, Part::Others) => {
                let minus = self.sum(part, zones).into_iter().map(|(unknown, by)| (unknown, -by));
                added(self.sum(whole, zones).into_iter().chain(minus))
            }
            (
                About::Number(measure) | About::Share { part: measure, .. } | About::Sum { of: measure, .. },
                _,
            ) => self.sum(measure, zones),
        }
    }

    /// A measure over zones, as a sum of unknowns.
    pub fn sum(&self, measure: usize, zones: &Zones) -> Sum {
        unknowns(&self.geometry, &self.layout.sums[measure], zones)
    }

    /// A measure in every zone, in thousandths.
    pub fn values(&self, measure: usize) -> Vec<Known<i128>> {
        let (atoms, geometry) = (self.layout.atoms, &self.geometry);
        let known = |atom: usize| atoms.sum(measure, self.period, atom);
        if !atoms.by_key {
            let zone = |made_of: &Vec<u32>| {
                made_of.iter().fold(Known::Is(0), |sum, atom| {
                    let value = self.atoms[*atom as usize].map_or(Known::Is(0), known);
                    sum.and_then(|sum| value.map(|value| sum + value))
                })
            };
            return geometry.made_of.iter().map(zone).collect();
        }
        let mut values = vec![Known::Missing(super::super::publication::Missing::NoData); geometry.zones()];
        for (atom, places) in atoms.places.iter().enumerate() {
            for zone in places.iter().filter_map(|area| geometry.area(*area as usize)) {
                if values[zone as usize].get().is_none() {
                    values[zone as usize] = known(atom);
                }
            }
        }
        // Where no row gives the municipality's figure it is the sum of the areas that cover it.
        let missing = |zone: &u32| matches!(values[*zone as usize], Known::Missing(_));
        if let Some(municipality) = geometry.municipality().filter(missing)
            && !self.layout.covering.is_empty()
        {
            let covering = self.layout.covering.iter().filter_map(|area| geometry.area(*area));
            values[municipality as usize] = value(&values, &added(covering.map(|zone| (zone, 1))));
        }
        values
    }

    /// The zones of which numbers are protected: areas, the municipality with and without each, and what areas share.
    pub fn zones(&self, areas: usize) -> Vec<Place> {
        let place = |scope, terms, heads| Place { scope, terms, heads };
        let of = |scope: Scope<'static>| place(Some(scope), self.geometry.terms(&scope.into()), true);
        let own = (0..areas).flat_map(|area| [of(Scope::Area(area)), of(Scope::Rest(area))]);
        let crossed = self.geometry.crossed.iter().map(|terms| place(None, terms.clone(), false));
        let all = own.chain([of(Scope::Municipality)]).chain(crossed);
        all.filter(|place| !place.terms.is_empty()).collect()
    }

    /// Where it is told who came and went, how many there are of them is known: it is published, or nothing of them is.
    pub fn know_of_whom(&mut self) {
        if self.layout.layer.is_none() {
            return;
        }
        let whole = self.layout.atoms.measures.iter().filter(|(counted, _)| match counted {
            Counted::Sum(id) | Counted::Rows(id) => !moves::is_flow(id),
            Counted::Every(_) => true,
        });
        let measures: Vec<usize> = whole.map(|(_, measure)| *measure).collect();
        for measure in measures {
            for zone in 0..self.geometry.zones() as u32 {
                let sum = self.sum(measure, &vec![(zone, 1)]);
                self.elimination.know(&sum);
            }
        }
    }

    /// Protects every number that the rules call too small. Of a number that is computed for one period only nothing is told in
    /// another, unless earlier editions told it (`told`): it is no more known there than any trait that the catalogue has not.
    pub fn protect(&mut self, data: Data, told: bool) {
        let places = self.zones(data.raw.index.areas.len());
        let populations = self.populations();
        let heads = Heads::new(self);
        let mut found = Vec::new();
        let period = self.layout.atoms.periods[self.period];
        for (about, rule) in &self.layout.rules {
            if !told && rule.only.is_some_and(|only| only != period) {
                continue;
            }
            let judged = Judged::new(self, *about, populations.get(about).copied());
            for (zone, place) in places.iter().enumerate() {
                let is_area = matches!(place.scope, Some(Scope::Area(_)));
                if self.layout.layer.is_some() && !is_area {
                    continue;
                }
                let area = match place.scope {
                    Some(Scope::Area(area)) => Some(area),
                    _ => None,
                };
                let Some(rule) = rule.of(area) else { continue };
                for part in judged.protected(self, data, place, rule) {
                    let sum = self.of(*about, part, &place.terms);
                    let (width, reach) = heads.protection(place, rule.at_least);
                    found.push(Guarded { sum, about: *about, part, zone, width, reach });
                }
            }
        }
        found.retain(|guarded| self.elimination.protect(&guarded.sum));
        self.guarded = found;
    }

    /// The population that adds up what persons have, of the rules on such sums.
    fn populations(&self) -> BTreeMap<About, &'a PopulationId> {
        let about = self.layout.rules.keys().filter_map(|about| match about {
            About::Sum { of, .. } => Some((*about, *of)),
            _ => None,
        });
        let population = |measure: usize| {
            self.layout.atoms.measures.iter().find_map(|(counted, number)| match counted {
                Counted::Sum(id) if *number == measure => Some(id),
                _ => None,
            })
        };
        about.filter_map(|(about, of)| Some((about, population(of)?))).collect()
    }
}

/// A sum of measures over a sum of zones, as unknowns.
fn unknowns(geometry: &Geometry, measures: &[(u32, i64)], zones: &Zones) -> Sum {
    let all = measures.iter().flat_map(|(measure, times)| {
        let first = *measure * geometry.zones() as u32;
        zones.iter().map(move |(zone, by)| (first + zone, by * times))
    });
    if measures.len() == 1 { all.collect() } else { added(all) }
}

/// How many there are in every zone, where rows are single persons or dwellings.
struct Heads(Option<Vec<Known<i128>>>);

impl Heads {
    fn new(block: &Block) -> Self {
        let atoms = block.layout.atoms;
        let every = atoms.measures.iter().find(|(counted, _)| matches!(counted, Counted::Every(_)));
        Self(every.filter(|_| !atoms.by_key).map(|(_, measure)| block.values(*measure)))
    }

    /// Width and reach of what is protected by a threshold: of a part of an area, of which it may be known how many live there,
    /// no more than that.
    fn protection(&self, place: &Place, least: u32) -> (u32, u32) {
        let heads =
            self.0.as_ref().filter(|_| !place.heads).and_then(|heads| value(heads, &place.terms).get());
        let heads = heads.and_then(|heads| u32::try_from(heads / 1000).ok()).unwrap_or(least).max(1);
        (heads.min(least - 1), heads.min(least))
    }
}

/// The numbers that a rule is about, in every zone.
struct Judged<'a> {
    about: About,
    first: Vec<Known<i128>>,
    second: Vec<Known<i128>>,
    /// Whose contributions a sum adds up.
    population: Option<&'a PopulationId>,
    /// All rows of a source, each as one: how many live somewhere.
    everybody: bool,
}

impl<'a> Judged<'a> {
    fn new(block: &Block, about: About, population: Option<&'a PopulationId>) -> Self {
        let (first, second) = match about {
            About::Number(number) => (number, None),
            About::Share { part, whole } => (part, Some(whole)),
            About::Sum { of, persons } => (of, Some(persons)),
        };
        let every =
            |(counted, number): (&Counted, &usize)| matches!(counted, Counted::Every(_)) && *number == first;
        Self {
            about,
            first: block.values(first),
            second: second.map_or_else(Vec::new, |second| block.values(second)),
            population: population.filter(|_| !block.layout.atoms.by_key),
            everybody: block.layout.atoms.measures.iter().any(every),
        }
    }

    /// What must not become known of a zone.
    fn protected(&self, block: &Block, data: Data, place: &Place, rule: Protection) -> Vec<Part> {
        let first = value(&self.first, &place.terms);
        let second = || value(&self.second, &place.terms);
        let few = |number: i128, least: u32| 0 < number && number < i128::from(least) * 1000;
        let withheld = matches!(first, Known::Withheld) && matches!(place.scope, Some(Scope::Area(_)));
        if withheld && !matches!(self.about, About::Share { .. }) {
            return vec![Part::Withheld];
        }
        let parts = match self.about {
            About::Number(_) => {
                let small = first.get().is_some_and(|number| few(number, rule.at_least));
                [(small && (place.heads || !self.everybody), Part::Own), (false, Part::Others)]
            }
            About::Share { .. } => {
                let (Some(number), Some(all)) = (first.get(), second().get()) else { return Vec::new() };
                let of_few = 0 < all && all < i128::from(rule.group) * 1000;
                let others =
                    (rule.complement && few(all - number, rule.at_least)) || (number == all && of_few);
                [(rule.zero && number == 0 && of_few, Part::Own), (others, Part::Others)]
            }
            About::Sum { .. } => {
                let least = rule.persons.max(rule.at_least);
                let of_few = second().get().is_some_and(|persons| few(persons, least));
                [(of_few || self.is_ruled_by_few(block, data, place, rule), Part::Own), (false, Part::Others)]
            }
        };
        parts.into_iter().filter(|(protected, _)| *protected).map(|(_, part)| part).collect()
    }

    /// Could the second largest contribution reckon out the largest, or are the persons of too few households?
    fn is_ruled_by_few(&self, block: &Block, data: Data, place: &Place, rule: Protection) -> bool {
        // Of the rest of the municipality the gate asks itself.
        let (Some(population), Some(scope @ Scope::Area(_))) = (self.population, place.scope) else {
            return false;
        };
        let period = block.layout.atoms.periods[block.period];
        is_too_small(&methods::contributions(data, population, scope, period), rule)
    }
}

/// The sum over zones.
pub(in crate::compute) fn value(values: &[Known<i128>], terms: &Zones) -> Known<i128> {
    terms.iter().fold(Known::Is(0), |sum, (zone, by)| {
        sum.and_then(|sum| values[*zone as usize].map(|value| sum + value * i128::from(*by)))
    })
}
