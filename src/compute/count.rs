//! Tables → `Raw`: first the sums of every population, then what only some indicators ask of single rows.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;

use super::{
    Data,
    atoms::Atoms,
    benchmarks::Benchmarks,
    change,
    clusters::Clusters,
    ground::Ground,
    links::{Compared, Links, Span},
    lists::Lists,
    measure, methods, moves, named_areas,
    official::OfficialLists,
    placed::Where,
    plan::{Measure, Plan},
    raw::{Index, Raw},
    reach,
    single::{Groups, Rows},
    years,
};
use crate::{
    catalogue::{Catalogue, Comparator, Indicator, Method, source::BENCHMARKS},
    diagnostics::{At, Diagnostic, Severity},
    ids::{Period, PopulationId, SourceId},
    sources::{HOUSEHOLD, PERSON, Places, Table, Tables},
};

/// A part and its whole.
type Quotient = (PopulationId, PopulationId);

/// A population, and one within it.
type List = (PopulationId, Option<PopulationId>);

/// Counts every population and reads what others have published. Errors: as [`measure::populations`].
pub(in crate::compute) fn count(
    catalogue: &Catalogue,
    tables: &Tables,
    places: &Places,
) -> Result<Raw, Vec<Diagnostic>> {
    let mut raw = Raw::new(Index::new(places), Ground::new(places, catalogue.covering_layer()));
    let mut errors = named_areas::unknown(catalogue, &raw.index);
    for (id, table) in &tables.tables {
        let Some(source) = catalogue.source(id) else { continue };
        if id.as_str() == BENCHMARKS {
            raw.benchmarks = Benchmarks::read(table, &catalogue.about.region.to_string());
        }
        if let Some(declared) = &source.official {
            match OfficialLists::read(catalogue, source, declared, table, &raw.index) {
                Ok(lists) => drop(raw.official.insert(declared.family.value.clone(), lists)),
                Err(found) => errors.extend(found),
            }
        }
        let mut all = catalogue.populations.ids().chain(catalogue.flows.ids());
        if all.any(|population| catalogue.source_of(population) == Some(id)) {
            errors.extend(populations(catalogue, id, table, &mut raw).err().into_iter().flatten());
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    for (id, table) in &tables.tables {
        single_rows(catalogue, id, table, &mut raw)?;
    }
    let figures: Vec<&Atoms> = raw
        .atoms
        .iter()
        .filter(|(id, atoms)| atoms.by_key && !catalogue.is_public(id))
        .map(|(_, atoms)| atoms)
        .collect();
    raw.tables = (!figures.is_empty()).then(|| Atoms::together(&figures));
    raw.distances = reach::lists(catalogue, tables, places, &located(catalogue, &raw.index))?;
    Ok(raw)
}

/// The sums of every population of one source, once its persons have been followed.
fn populations(
    catalogue: &Catalogue,
    id: &SourceId,
    table: &Table,
    raw: &mut Raw,
) -> Result<(), Vec<Diagnostic>> {
    let located = located(catalogue, &raw.index);
    let followed = moves::followed(catalogue, id, table, &located);
    let (table, followed) = followed.map_err(|_| vec![cannot_follow(id)])?;
    let found = measure::populations(catalogue, id, &table, &located)?;
    raw.followed.insert(id.clone(), followed);
    raw.series.extend(found.series);
    raw.rows.insert(id.clone(), found.rows);
    raw.atoms.insert(id.clone(), found.atoms);
    raw.flows.extend(found.flows.into_iter().map(|(layer, atoms)| ((id.clone(), layer), atoms)));
    Ok(())
}

/// The persons of a source cannot be followed. The engine's own words may quote a row, and are left out.
fn cannot_follow(id: &SourceId) -> Diagnostic {
    let message = format!("the persons of `{id}` cannot be followed from one period to the next");
    Diagnostic::new(Severity::Error, "bad-expression", message, At::Nowhere)
        .hint("a column named by `came-from`, `left-for`, `letting` or `dwellings` holds what its expression cannot take")
}

fn located<'a>(catalogue: &'a Catalogue, index: &'a Index) -> Where<'a> {
    let undated = Period::Year(catalogue.about.edition.year);
    Where { index, covering: catalogue.covering_layer(), undated }
}

/// What indicators ask of the rows of one source, beyond sums.
fn single_rows(
    catalogue: &Catalogue,
    id: &SourceId,
    table: &Table,
    raw: &mut Raw,
) -> Result<(), Vec<Diagnostic>> {
    let asked = Asked::of(catalogue, id, table, raw);
    if asked.lists.is_empty() && asked.quotients.is_empty() {
        return Ok(());
    }
    let plan = Plan::new(catalogue, id, table);
    let found = asked.find(&plan, &located(catalogue, &raw.index));
    let found = found.map_err(|error| vec![plan.cannot_evaluate(&error.to_string())])?;
    raw.lists.extend(found.lists);
    raw.clusters.extend(found.clusters);
    raw.links.extend(found.links);
    Ok(())
}

/// What is asked of one source's rows.
struct Asked {
    lists: BTreeSet<List>,
    /// With the spans over which each is compared.
    quotients: BTreeMap<Quotient, BTreeSet<Span>>,
}

struct Found {
    lists: BTreeMap<List, Lists>,
    clusters: BTreeMap<Quotient, Clusters>,
    links: BTreeMap<Quotient, Links>,
}

impl Asked {
    fn of(catalogue: &Catalogue, id: &SourceId, table: &Table, raw: &Raw) -> Self {
        let mut asked = Self { lists: BTreeSet::new(), quotients: BTreeMap::new() };
        let here = |population: &PopulationId| {
            catalogue.source_of(population) == Some(id) && !table.absent.contains(population)
        };
        let has = |column| table.frame.get_column_index(column).is_some();
        for (_, indicator) in catalogue.indicators.iter() {
            let form = indicator.method.form();
            let lists =
                form.lists().into_iter().filter(|(of, also)| here(of) && also.is_none_or(|also| here(also)));
            asked
                .lists
                .extend(lists.map(|(of, also)| (of.value.clone(), also.map(|also| also.value.clone()))));
            let mut sums = methods::summed(catalogue, &indicator.method);
            if let Method::Mean(mean) = &*indicator.method
                && mean.over.as_ref().is_some_and(|over| !here(over))
                && catalogue.is_of_persons(&mean.of)
            {
                sums.insert(mean.of.value.clone());
            }
            asked.lists.extend(sums.into_iter().filter(here).map(|of| (of, None)));
            if !has(HOUSEHOLD) && !has(PERSON) {
                continue;
            }
            for (part, whole) in form.quotients().into_iter().filter(|(part, of)| here(part) && here(of)) {
                let spans = asked.quotients.entry((part.value.clone(), whole.value.clone())).or_default();
                if has(PERSON) {
                    spans.extend(spans_of(Data { catalogue, raw }, indicator));
                }
            }
        }
        asked
    }

    fn find(&self, plan: &Plan, places: &Where) -> PolarsResult<Found> {
        let measure = |id: &PopulationId| plan.populations[id];
        let pairs: Vec<(Measure, Measure)> =
            self.quotients.keys().map(|(part, whole)| (measure(part), measure(whole))).collect();
        let of_lists = self.lists.iter().flat_map(|(of, also)| std::iter::once(of).chain(also)).map(measure);
        let measures = pairs.iter().flat_map(|(part, whole)| [*part, *whole]).chain(of_lists).collect();
        let rows = Rows::new(plan, &measures, places)?;
        let frame = &plan.table.frame;
        let mut found = Found { lists: BTreeMap::new(), clusters: BTreeMap::new(), links: BTreeMap::new() };
        for list in &self.lists {
            let lists = Lists::of(&rows, frame, measure(&list.0), list.1.as_ref().map(measure))?;
            found.lists.insert(list.clone(), lists);
        }
        if let Some(households) = Groups::by_number(frame, HOUSEHOLD) {
            let clusters = Clusters::of(&rows, &households.within_places(&rows.placed), &pairs)?;
            found.clusters = self.quotients.keys().cloned().zip(clusters).collect();
        }
        if let Some(persons) = Groups::by_number(frame, PERSON) {
            let compared = pairs.iter().zip(self.quotients.values());
            let compared: Vec<Compared> = compared
                .map(|((part, whole), spans)| Compared { part: *part, whole: *whole, spans: spans.clone() })
                .collect();
            let links = Links::of(&rows, &persons, &compared)?;
            found.links = self.quotients.keys().cloned().zip(links).collect();
        }
        Ok(found)
    }
}

/// The years that are compared when an indicator's change is judged, and where it is compared with the year before: each year
/// of a value with the year at the same place in the earlier one.
fn spans_of(data: Data, indicator: &Indicator) -> BTreeSet<Span> {
    let method = methods::of(&indicator.method);
    let periods = method.periods(data);
    let window = years::count(method.window(data));
    let yearly = indicator.compare_with.iter().any(|with| with.value == Comparator::LastYear);
    let earlier = |now: usize| {
        let change = change::earlier(&periods, window, now).map(|then| periods[then]);
        let last = Some(periods[now].years_back(1)).filter(|_| yearly && window == 1);
        change.into_iter().chain(last)
    };
    let pairs = (0..periods.len()).flat_map(|now| earlier(now).map(move |then| (now, then)));
    pairs
        .map(|(now, then)| (periods[now], then))
        .flat_map(|(now, then)| (0..window).map(move |back| (now.years_back(back), then.years_back(back))))
        .collect()
}
