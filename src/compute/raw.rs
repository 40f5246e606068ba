//! What is known before disclosure control. Nothing here is `Debug` or `Serialize`, and nothing leaves this stage:
//! the only way out is an [`Offer`] through the gate.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    atoms::Atoms,
    benchmarks::Benchmarks,
    clusters::Clusters,
    disclose::told::Told,
    ground::Ground,
    links::Links,
    lists::{Item, Lists},
    official::OfficialLists,
    publication::{Fact, Missing},
    reach::Way,
};
use crate::{
    catalogue::Protection,
    ids::{AreaId, FamilyId, LayerId, Period, PopulationId, SourceId, ValueId},
    sources::Places,
};

/// A number, or why there is none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::compute) enum Known<T> {
    /// It is known.
    Is(T),
    /// The supplier hid it; it stays hidden and is not rebuilt from other numbers.
    Withheld,
    /// There is none.
    Missing(Missing),
}

impl<T> Known<T> {
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        self.and_then(|value| Known::Is(change(value)))
    }

    pub fn and_then<U>(self, next: impl FnOnce(T) -> Known<U>) -> Known<U> {
        match self {
            Self::Is(value) => next(value),
            Self::Withheld => Known::Withheld,
            Self::Missing(missing) => Known::Missing(missing),
        }
    }

    pub fn get(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Withheld | Self::Missing(_) => None,
        }
    }

    pub fn as_ref(&self) -> Known<&T> {
        match self {
            Self::Is(value) => Known::Is(value),
            Self::Withheld => Known::Withheld,
            Self::Missing(missing) => Known::Missing(*missing),
        }
    }

    /// The value, or a reason why there is none.
    pub fn or(value: Option<T>, missing: Missing) -> Self {
        value.map_or(Self::Missing(missing), Self::Is)
    }
}

/// What is added up over the rows of one population, area and period.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::compute) struct Cell {
    /// The sum in thousandths: whole numbers, so that the order of rows never matters.
    pub sum: i128,
    /// The sum of squares in millionths, where rows have weights; a variance needs it.
    pub squares: i128,
    /// The number of rows.
    pub rows: i64,
}

impl Cell {
    pub fn plus(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
            rows: self.rows + other.rows,
        }
    }

    pub fn minus(self, other: Self) -> Self {
        Self {
            sum: self.sum - other.sum,
            squares: self.squares - other.squares,
            rows: self.rows - other.rows,
        }
    }
}

/// One population over all areas and periods.
#[derive(Clone)]
pub(in crate::compute) struct Series {
    /// Ascending.
    pub periods: Vec<Period>,
    /// By period, then by area as in [`Index`], the municipality last.
    pub cells: Vec<Known<Cell>>,
}

/// Every area of every layer, numbered.
pub(in crate::compute) struct Index {
    /// The areas' ids, layer by layer.
    pub areas: Vec<AreaId>,
    /// The layers in the order of [`Places`], with the numbers of their areas.
    pub layers: Vec<(LayerId, Range<usize>)>,
    /// The areas that are other versions of an area's boundary, by the latter. They are tried, and nothing is told of them.
    pub versions: BTreeMap<usize, Vec<usize>>,
}

impl Index {
    pub fn new(places: &Places) -> Self {
        let (mut areas, mut layers) = (Vec::new(), Vec::new());
        for (id, layer) in places.all_layers() {
            let from = areas.len();
            areas.extend(layer.iter().map(|area| area.id.clone()));
            layers.push((id.clone(), from..areas.len()));
        }
        let mut versions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let number = |id: &AreaId| areas.iter().position(|area| area == id);
        for (version, of) in &places.version_of {
            if let (Some(version), Some(of)) = (number(version), number(of)) {
                versions.entry(of).or_default().push(version);
            }
        }
        Self { areas, layers, versions }
    }

    /// The areas that are only another version of one.
    pub fn all_versions(&self) -> BTreeSet<&AreaId> {
        self.versions.values().flatten().map(|area| &self.areas[*area]).collect()
    }

    /// Is the layer another version of one's boundaries?
    pub fn is_version(&self, layer: &Range<usize>) -> bool {
        self.versions.values().flatten().any(|area| layer.contains(area))
    }

    /// The numbers of a layer's areas.
    pub fn layer(&self, id: &LayerId) -> Range<usize> {
        self.layers.iter().find(|(layer, _)| layer == id).map_or(0..0, |(_, range)| range.clone())
    }

    /// The layer of an area.
    pub fn layer_of(&self, area: usize) -> Option<&LayerId> {
        self.layers.iter().find(|(_, range)| range.contains(&area)).map(|(id, _)| id)
    }
}

/// Whom a number is about.
#[derive(Clone, Copy)]
pub(in crate::compute) enum Scope<'a> {
    /// One area.
    Area(usize),
    /// The municipality.
    Municipality,
    /// The municipality without one area.
    Rest(usize),
    /// Several areas of one layer together.
    Sum(&'a [usize]),
}

/// Everything counted, and everything others have published.
pub(in crate::compute) struct Raw {
    pub index: Index,
    pub ground: Ground,
    pub series: BTreeMap<PopulationId, Series>,
    /// The rows of every source that populations take.
    pub rows: BTreeMap<SourceId, Series>,
    /// The same and its populations, atom by atom.
    pub atoms: BTreeMap<SourceId, Atoms>,
    /// Of persons who come and go in the areas of a layer, and of those among whom they do, the sums in each area.
    pub flows: BTreeMap<(SourceId, LayerId), Atoms>,
    /// The tables of areas' figures that not everybody can read, as one.
    pub tables: Option<Atoms>,
    /// Part and whole by whole households, for sources that name households.
    pub clusters: BTreeMap<(PopulationId, PopulationId), Clusters>,
    /// Part and whole of the same persons at two times, for sources that name persons.
    pub links: BTreeMap<(PopulationId, PopulationId), Links>,
    /// Of the persons of each source, how many of a hundred could be followed into a period, or their coming and going is documented.
    pub followed: BTreeMap<SourceId, BTreeMap<Period, i64>>,
    /// The rows of a population one by one, and whether each is in a second one; where a method asks for them.
    pub lists: BTreeMap<(PopulationId, Option<PopulationId>), Lists>,
    /// The distances of rows, for every way that a method measures.
    pub distances: BTreeMap<Way, Lists>,
    pub benchmarks: Benchmarks,
    pub official: BTreeMap<FamilyId, OfficialLists>,
}

impl Raw {
    /// Nothing is counted yet.
    pub fn new(index: Index, ground: Ground) -> Self {
        Self {
            index,
            ground,
            series: BTreeMap::new(),
            rows: BTreeMap::new(),
            atoms: BTreeMap::new(),
            flows: BTreeMap::new(),
            tables: None,
            clusters: BTreeMap::new(),
            links: BTreeMap::new(),
            followed: BTreeMap::new(),
            lists: BTreeMap::new(),
            distances: BTreeMap::new(),
            benchmarks: Benchmarks::default(),
            official: BTreeMap::new(),
        }
    }

    /// The rows of a population one by one, where its sum over the same scope is known.
    pub fn list(
        &self,
        of: &PopulationId,
        also: Option<&PopulationId>,
        scope: Scope,
        period: Period,
    ) -> Known<Cow<'_, [Item]>> {
        let lists = self.lists.get(&(of.clone(), also.cloned()));
        let both = Known::or(self.series.get(of).zip(lists), Missing::NoData);
        both.and_then(|(series, lists)| series.cell(scope, period).and_then(|_| lists.cell(scope, period)))
    }

    /// The sum of a population over a scope; no data where nothing counts it.
    pub fn cell(&self, population: &PopulationId, scope: Scope, period: Period) -> Known<Cell> {
        let series = Known::or(self.series.get(population), Missing::NoData);
        series.and_then(|series| series.cell(scope, period))
    }
}

impl Series {
    /// The sum over a scope.
    pub fn cell(&self, scope: Scope, period: Period) -> Known<Cell> {
        let Ok(row) = self.periods.binary_search(&period) else {
            return Known::Missing(Missing::NoData);
        };
        let width = self.cells.len() / self.periods.len();
        let cells = &self.cells[row * width..(row + 1) * width];
        match scope {
            Scope::Area(area) => cells[area],
            Scope::Municipality => cells[width - 1],
            Scope::Rest(area) => cells[width - 1].and_then(|all| {
                let rest = cells[area].map(|own| all.minus(own));
                // An area larger than its municipality: the supplier's rows do not fit together.
                rest.and_then(|rest| Known::or((rest.sum >= 0).then_some(rest), Missing::NoData))
            }),
            Scope::Sum(areas) => areas.iter().fold(Known::Is(Cell::default()), |sum, area| {
                sum.and_then(|sum| cells[*area].map(|cell| sum.plus(cell)))
            }),
        }
    }
}

/// What a value says about a number of persons, in thousandths; the policy decides whether that is too few.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::compute) enum Exposure {
    /// A number by itself.
    Amount(i128),
    /// A part of a whole: the part, the others and the whole.
    Share { part: i128, whole: i128 },
    /// A number made of what so many persons each have: their mean, median or duration.
    Persons(i128),
    /// The same, of so many households.
    Households(i128),
    /// A sum of what persons each have: the two largest contributions and all of them, without their signs.
    Sum { first: i128, second: i128, all: i128 },
}

/// A fact on its way to the gate.
pub(in crate::compute) struct Offer {
    pub id: ValueId,
    /// Rounded, as it would be published.
    pub fact: Known<Fact>,
    /// The numbers that an outsider could learn from it.
    pub exposes: Vec<Exposure>,
    /// The rule that they are held against.
    pub protection: Protection,
    /// It is hidden when any of these is.
    pub needs: Vec<ValueId>,
    /// The numbers that it tells, beyond those told by what it needs.
    pub tells: Vec<Told>,
}

impl Offer {
    /// An offer that exposes nothing by itself.
    pub fn new(id: ValueId, fact: Known<Fact>, needs: Vec<ValueId>) -> Self {
        Self { id, fact, exposes: Vec::new(), protection: Protection::default(), needs, tells: Vec::new() }
    }

    pub fn exposing(self, exposes: Vec<Exposure>, protection: Protection) -> Self {
        Self { exposes, protection, ..self }
    }

    pub fn telling(self, tells: Vec<Told>) -> Self {
        Self { tells, ..self }
    }
}
