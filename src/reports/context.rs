//! What all reports of a run share: catalogue, publication, places, texts, and an overview of what is published where.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    catalogue::{Catalogue, Comparator, Date, Language, RESIDENTS, Report, Text},
    comments::Comments,
    compute::{Fact, Publication, SMALL_PLACE, State},
    diagnostics::Diagnostic,
    ids::{AreaId, FamilyId, IndicatorId, LayerId, Period},
    numbers::Decimal,
    sources::Places,
    words::Words,
};

/// A text, or why it cannot be said: a mistake in the file of texts.
pub(super) type Said<T> = Result<T, Diagnostic>;

/// Layers with so many areas get a band without their outermost values.
const MANY: usize = 1000;
/// What lies outside that band, on each side.
const OUTER: f64 = 0.05;

/// What all reports of a run share.
pub(super) struct Context<'a> {
    pub catalogue: &'a Catalogue,
    pub publication: &'a Publication,
    pub places: &'a Places,
    pub comments: &'a Comments,
    pub words: &'a Words,
    pub language: Language,
    pub overview: Overview,
}

impl Context<'_> {
    /// A text of the catalogue in the language of the run.
    pub fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language)
    }
}

/// Lowest to highest area of a layer.
#[derive(Clone, Copy)]
pub(super) struct Band {
    pub low: Decimal,
    pub high: Decimal,
}

/// What is published where: made once from the publication, so that a report looks at its own area only.
#[derive(Default)]
pub(super) struct Overview {
    latest: BTreeMap<(LayerId, IndicatorId), Period>,
    bands: BTreeMap<(LayerId, IndicatorId), Band>,
    against: BTreeMap<LayerId, BTreeSet<AreaId>>,
    lists: BTreeMap<FamilyId, BTreeMap<u16, Date>>,
    list_years: BTreeMap<IndicatorId, i32>,
    many: BTreeSet<LayerId>,
    partial: BTreeSet<LayerId>,
}

impl Overview {
    /// Looks through everything that is published.
    pub fn new(catalogue: &Catalogue, publication: &Publication, places: &Places) -> Self {
        let mut overview = Self::default();
        let layers: BTreeMap<&AreaId, &LayerId> = places
            .layers
            .iter()
            .flat_map(|(layer, areas)| areas.iter().map(move |area| (&area.id, layer)))
            .collect();
        overview
            .many
            .extend(places.layers.iter().filter(|(_, areas)| areas.len() >= MANY).map(|(id, _)| id.clone()));
        for (id, state) in publication.facts() {
            let Some(layer) = layers.get(&id.area).filter(|_| !matches!(state, State::Missing(_))) else {
                continue;
            };
            if let Some(comparator) = &id.against {
                overview.against.entry((*layer).clone()).or_default().insert(comparator.clone());
            } else if let Some((family, _)) = catalogue.families.get_key_value(&*id.what) {
                let year = id.period.year();
                let days = overview.lists.entry(family.value.clone()).or_default();
                // A list's own day stands before that of its rule set.
                match (state, catalogue.list_day(&family.value, year)) {
                    (State::Shown(Fact::Status(status)), _) => drop(days.insert(year, status.list)),
                    (_, Some(usual)) => drop(days.entry(year).or_insert(usual)),
                    _ => {}
                }
            } else if let Some((indicator, _)) = catalogue.indicators.get_key_value(&*id.what) {
                let latest =
                    overview.latest.entry(((*layer).clone(), indicator.value.clone())).or_insert(id.period);
                *latest = id.period.max(*latest);
            }
        }
        overview.measure(publication, &layers);
        overview.list_years = list_years(catalogue);
        overview
    }

    /// The bands, from what is shown at the latest period only, over places that are large enough for a year's own value.
    fn measure(&mut self, publication: &Publication, layers: &BTreeMap<&AreaId, &LayerId>) {
        let mut values: BTreeMap<(LayerId, IndicatorId), Vec<Decimal>> = BTreeMap::new();
        let small = small_places(publication, layers);
        for (id, state) in publication.facts() {
            let (Some(layer), State::Shown(Fact::Value(value))) = (layers.get(&id.area), state) else {
                continue;
            };
            let key = ((*layer).clone(), IndicatorId::from(&*id.what));
            if id.against.is_none() && self.latest.get(&key) == Some(&id.period) {
                if small.contains(&id.area) {
                    self.partial.insert(key.0);
                    continue;
                }
                values.entry(key).or_default().push(value.value);
            }
        }
        for (key, mut values) in values {
            values.sort_by(|a, b| a.to_f64().total_cmp(&b.to_f64()));
            let outer = if self.many.contains(&key.0) { (values.len() as f64 * OUTER) as usize } else { 0 };
            let band = Band { low: values[outer], high: values[values.len() - 1 - outer] };
            self.bands.insert(key, band);
        }
    }

    /// The latest period with a value of an indicator in a layer.
    pub fn latest(&self, layer: &LayerId, indicator: &IndicatorId) -> Option<Period> {
        self.latest.get(&(layer.clone(), indicator.clone())).copied()
    }

    /// The period under which an indicator's value is printed: of an indicator of the law the year of the list that uses it.
    pub fn printed_period(&self, indicator: &IndicatorId, period: Period) -> Period {
        period.years_back(-self.list_years.get(indicator).copied().unwrap_or_default())
    }

    /// Lowest to highest area of a layer at the latest period.
    pub fn band(&self, layer: &LayerId, indicator: &IndicatorId) -> Option<Band> {
        self.bands.get(&(layer.clone(), indicator.clone())).copied()
    }

    /// Does the layer have so many areas that a band leaves out the outermost?
    pub fn is_many(&self, layer: &LayerId) -> bool {
        self.many.contains(layer)
    }

    /// Do the bands of the layer leave out its small places?
    pub fn is_partial(&self, layer: &LayerId) -> bool {
        self.partial.contains(layer)
    }

    /// The year of the latest list of a family.
    pub fn latest_list(&self, family: &FamilyId) -> Option<u16> {
        self.lists.get(family)?.keys().next_back().copied()
    }

    /// The day of a family's list of a year.
    pub fn list_day(&self, family: &FamilyId, year: u16) -> Option<Date> {
        self.lists.get(family)?.get(&year).copied()
    }

    /// What the areas of a layer are compared with: estates with the rest of the municipality, other places with the other
    /// areas of their layer, as far as that is published; else with the first of what the catalogue names.
    pub fn comparator<'c>(
        &self,
        catalogue: &'c Catalogue,
        layer: &LayerId,
        statutory: bool,
    ) -> Option<&'c Comparator> {
        let order = if statutory {
            [&Comparator::Rest, &Comparator::RestOfLayer, &Comparator::Municipality]
        } else {
            [&Comparator::RestOfLayer, &Comparator::Rest, &Comparator::Municipality]
        };
        let declared = catalogue.indicators.iter().flat_map(|(_, indicator)| &indicator.compare_with);
        let published = self.against.get(layer)?;
        order
            .into_iter()
            .chain(declared.map(|comparator| &comparator.value))
            .find(|comparator| published.contains(&comparator.area()))
    }

    /// Is the country's value published beside the areas of a layer?
    pub fn has_country(&self, layer: &LayerId) -> bool {
        self.against.get(layer).is_some_and(|published| published.contains(&AreaId::country()))
    }
}

/// The areas whose latest number of residents is that of a small place.
fn small_places<'p>(
    publication: &'p Publication,
    layers: &BTreeMap<&AreaId, &LayerId>,
) -> BTreeSet<&'p AreaId> {
    let mut latest: BTreeMap<&AreaId, (Period, i64)> = BTreeMap::new();
    for (id, state) in publication.facts() {
        if let (true, None, State::Shown(Fact::Count(residents))) =
            (&*id.what == RESIDENTS, &id.against, state)
            && layers.contains_key(&id.area)
        {
            let found = latest.entry(&id.area).or_insert((id.period, *residents));
            *found = (id.period, *residents).max(*found);
        }
    }
    latest.into_iter().filter(|(_, (_, residents))| *residents < SMALL_PLACE).map(|(area, _)| area).collect()
}

/// How many years after its data the list is that uses an indicator, of the law that lists the areas of a layer. The latest rule
/// set decides.
fn list_years(catalogue: &Catalogue) -> BTreeMap<IndicatorId, i32> {
    let layers = catalogue.rule_sets.iter().map(|(_, rules)| &rules.applies_to.layer.value);
    let families: BTreeSet<&FamilyId> = layers.filter_map(|layer| catalogue.family_of(layer)).collect();
    let mut sets: Vec<_> = families.into_iter().flat_map(|family| catalogue.rule_sets_of(family)).collect();
    sets.sort_by_key(|(_, rules)| rules.lists.from.value);
    let mut years = BTreeMap::new();
    for (_, criterion) in sets.into_iter().flat_map(|(_, rules)| rules.criteria.iter()) {
        if let Some((printed, _)) = catalogue.printed_indicator(&criterion.indicator) {
            years.insert(printed.clone(), i32::from(criterion.years_back));
        }
    }
    years
}

/// The indicators of a report, in the order written, those of the reserved id left out.
pub(super) fn indicators<'c>(
    catalogue: &'c Catalogue,
    report: &'c Report,
) -> Vec<(&'c IndicatorId, &'c crate::catalogue::Indicator)> {
    let known = report.indicators.iter().filter_map(|id| Some((&id.value, catalogue.indicator(id)?)));
    known.filter(|(id, _)| id.as_str() != crate::catalogue::RESIDENTS).collect()
}
