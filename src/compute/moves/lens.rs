//! Through which eyes persons are followed: a population in the areas of one layer. To an area only who crosses its boundary
//! has moved, so that every layer sees other moves.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    catalogue::{Catalogue, Event, Moves, Sql, moves},
    ids::{IndicatorId, LayerId, PopulationId, SourceId},
};

/// A population in the areas of a layer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) struct Lens {
    pub layer: LayerId,
    /// The population; all rows of the source without one.
    pub whole: Option<PopulationId>,
    /// The event whose dwellings are not part of any area here.
    pub without: Option<String>,
}

/// What is asked of a lens.
#[derive(Clone, Default)]
pub(in crate::compute) struct Asked {
    /// Parts of the whole whose changes are split: everything is told of them.
    pub splits: BTreeSet<PopulationId>,
    /// Parts of the whole that are told of those who came and went.
    pub profiles: BTreeSet<PopulationId>,
    /// How those who moved in were let to: the column, and its values.
    pub lettings: BTreeSet<(String, String)>,
}

/// The part and the whole of an indicator that is split.
pub(in crate::compute) fn quotient<'a>(
    catalogue: &'a Catalogue,
    id: &IndicatorId,
) -> Option<(&'a PopulationId, &'a PopulationId)> {
    moves::quotient(&catalogue.indicators, id)
}

impl Lens {
    /// The population in the areas of a layer.
    pub fn new(layer: &LayerId, whole: Option<&PopulationId>, without: Option<&str>) -> Self {
        Self { layer: layer.clone(), whole: whole.cloned(), without: without.map(Into::into) }
    }

    /// What ids and columns of it begin with.
    pub fn name(&self) -> String {
        let without = self.without.as_ref().map(|event| format!("/without-{event}")).unwrap_or_default();
        let whole = self.whole.as_ref().map(|whole| format!("/{whole}")).unwrap_or_default();
        format!("moves/{}{without}{whole}", self.layer)
    }

    /// The rows that its event concerns.
    pub fn excluded<'a>(&self, catalogue: &'a Catalogue) -> Option<&'a Sql> {
        let event: &Event = catalogue.events.get(self.without.as_ref()?)?;
        event.dwellings.as_ref()
    }
}

/// The lenses through which the persons of a source are followed, in order.
pub(in crate::compute) fn of_source(catalogue: &Catalogue, source: &SourceId) -> BTreeMap<Lens, Asked> {
    let mut lenses: BTreeMap<Lens, Asked> = BTreeMap::new();
    for (_, moves) in catalogue.moves.iter().filter(|(_, moves)| moves.table.is_none()) {
        let Some((part, whole)) = quotient(catalogue, &moves.indicator.value) else { continue };
        if catalogue.source_of(whole) != Some(source) {
            continue;
        }
        for layer in &moves.layers {
            lenses.entry(Lens::new(&layer.value, None, None)).or_default();
            for without in std::iter::once(None).chain(moves.without.iter().map(|event| Some(event.as_str())))
            {
                let asked = lenses.entry(Lens::new(&layer.value, Some(whole), without)).or_default();
                asked.splits.insert(part.clone());
                let letting = moves.letting.iter().filter(|_| without.is_none());
                asked.lettings.extend(letting.flat_map(|letting| {
                    letting.kinds.ids().map(|kind| (letting.column.value.clone(), kind.clone()))
                }));
            }
            for (part, whole) in profiles(catalogue, moves, source) {
                let asked = lenses.entry(Lens::new(&layer.value, Some(whole), None)).or_default();
                asked.profiles.insert(part.clone());
            }
        }
    }
    lenses
}

/// Parts and wholes of the shares that are told of movers, of one source.
fn profiles<'a>(
    catalogue: &'a Catalogue,
    moves: &'a Moves,
    source: &'a SourceId,
) -> impl Iterator<Item = (&'a PopulationId, &'a PopulationId)> {
    let shares = moves.profile.iter().filter_map(|id| quotient(catalogue, &id.value));
    shares.filter(move |(_, whole)| catalogue.source_of(whole) == Some(source))
}
