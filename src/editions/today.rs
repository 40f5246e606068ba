//! Earlier editions in terms of today's catalogue and areas.
//!
//! Numbers of an area are true of the dwellings inside the outline that it had. If the outline is another now, they are read as
//! those of the version that the catalogue keeps of it (`boundary-of:`), and without one nothing is built. Numbers from a table
//! of areas' figures are true of the row with that area's key, whatever its outline.

use std::collections::{BTreeMap, BTreeSet};

use super::{Counted, Edition, FOLDER, Ledger, Number, outlines::fingerprint};
use crate::{
    catalogue::{Catalogue, LocatedBy},
    diagnostics::{At, Diagnostic, Outcome, Severity},
    ids::AreaId,
    sources::{Area, Places},
};

/// What became of an area since an edition named it.
enum Since {
    /// Its ground is now that of this area, or of this version of one.
    Is(AreaId),
    /// It lies otherwise, and the outline of then is not kept.
    Moved,
    /// It is no more.
    Gone,
}

/// The areas of today with their fingerprints.
struct Today<'a> {
    places: &'a Places,
    outlines: BTreeMap<&'a AreaId, (&'a Area, String)>,
}

/// Reads a ledger as of today. Numbers of populations, sources and areas that are no more are left out, with one notice.
///
/// # Errors
/// Every area whose outline has changed since an edition, and whose outline of then is not declared.
pub fn today(ledger: Ledger, catalogue: &Catalogue, places: &Places) -> Outcome<Ledger> {
    if ledger.editions.is_empty() {
        return Ok((ledger, Vec::new()));
    }
    let areas = places.all_layers().flat_map(|(_, areas)| areas);
    let outlines = areas.map(|area| (&area.id, (area, fingerprint(&area.geometry)))).collect();
    let today = Today { places, outlines };
    let mut gone = BTreeSet::new();
    let mut moved: BTreeMap<(AreaId, String), Vec<String>> = BTreeMap::new();
    let mut left_out = 0;
    let mut read = Ledger::default();
    for (name, Edition { numbers, outlines }) in ledger.editions {
        let mut now = BTreeMap::new();
        for (area, outline) in &outlines {
            match today.since(area, outline) {
                Since::Is(area_now) => drop(now.insert(area.clone(), area_now)),
                Since::Gone => drop(gone.insert(area.to_string())),
                Since::Moved => moved.entry((area.clone(), outline.clone())).or_default().push(name.clone()),
            }
        }
        let all = numbers.len();
        gone.extend(numbers.iter().filter_map(|number| lacking(catalogue, &number.of)));
        let kept = numbers.into_iter().filter(|number| lacking(catalogue, &number.of).is_none());
        let mut numbers: Vec<Number> =
            kept.filter_map(|number| today.renamed(number, catalogue, &now)).collect();
        left_out += all - numbers.len();
        numbers.sort();
        let named = now.into_iter().filter_map(|(area, now)| Some((now, outlines.get(&area)?.clone())));
        read.editions.insert(name, Edition { numbers, outlines: named.collect() });
    }
    if !moved.is_empty() {
        return Err(moved
            .iter()
            .map(|((area, _), editions)| today.boundary_changed(catalogue, area, editions))
            .collect());
    }
    let notice = (left_out > 0).then(|| no_more(left_out, &gone));
    Ok((read, notice.into_iter().collect()))
}

impl Today<'_> {
    fn since(&self, area: &AreaId, outline: &str) -> Since {
        let lies_so = |id: &AreaId| self.outlines.get(id).is_some_and(|(_, now)| now == outline);
        if lies_so(area) {
            return Since::Is(area.clone());
        }
        let versions = self.places.version_of.iter().filter(|(_, of)| *of == area).map(|(id, _)| id);
        // The same ground under another id is still the same ground.
        let others = self.outlines.keys().copied();
        match versions.chain(others).find(|id| lies_so(id)) {
            Some(id) => Since::Is(id.clone()),
            None if self.outlines.contains_key(area) => Since::Moved,
            None => Since::Gone,
        }
    }

    /// A number with its areas as they are called now; `None` if one of them is no more.
    fn renamed(
        &self,
        number: Number,
        catalogue: &Catalogue,
        now: &BTreeMap<AreaId, AreaId>,
    ) -> Option<Number> {
        let all = AreaId::municipality();
        let by_key = is_by_key(catalogue, &number.of);
        let mut zone: BTreeMap<AreaId, i64> = BTreeMap::new();
        for (area, times) in &number.zone {
            let same = *area == all || (by_key && self.outlines.contains_key(area));
            let area = if same { area } else { now.get(area)? };
            *zone.entry(area.clone()).or_default() += times;
        }
        Some(Number { zone: zone.into_iter().filter(|(_, times)| *times != 0).collect(), ..number })
    }

    fn boundary_changed(&self, catalogue: &Catalogue, area: &AreaId, editions: &[String]) -> Diagnostic {
        let names = editions.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let message = format!("`{area}` had another outline in edition {names}");
        let layer = self.outlines.get(area).map(|(area, _)| &area.layer);
        let declared = layer.and_then(|layer| catalogue.areas.get_key_value(layer));
        let at = declared.map_or(At::Nowhere, |(layer, _)| At::Text(layer.place.clone()));
        let layer = layer.map_or("LAYER", |layer| layer.as_str());
        let first = editions.first().map_or("", String::as_str);
        Diagnostic::new(Severity::Error, "boundary-changed", message, at)
            .hint("what was told of it then is of other dwellings; held against today's figures it could give away those in between")
            .hint(format!(
                "keep the outline of then in a file, under an id of its own, and add under `areas:` `{layer}-then: {{ title: …, file: FILE, id: ID, boundary-of: {{ layer: {layer}, id: AREA }} }}`; its column AREA holds `{area}`"
            ))
            .hint(format!("if the edition was never given to anybody, delete `{FOLDER}/{first}.json`"))
    }
}

/// The population or source of a number, if the catalogue has it no longer.
fn lacking(catalogue: &Catalogue, of: &Counted) -> Option<String> {
    match of {
        Counted::Sum(id) | Counted::Rows(id) => catalogue.population(id).is_none().then(|| id.to_string()),
        Counted::Every(id) => catalogue.source(id).is_none().then(|| id.to_string()),
    }
}

/// Do the rows that are added up name their area themselves?
fn is_by_key(catalogue: &Catalogue, of: &Counted) -> bool {
    match of {
        Counted::Sum(id) | Counted::Rows(id) => catalogue.is_by_area(id),
        Counted::Every(id) => {
            let located_by = catalogue.source(id).and_then(|source| source.located_by.as_deref());
            matches!(located_by, Some(LocatedBy::Area(_)))
        }
    }
}

/// The one notice of everything that is left out.
fn no_more(numbers: usize, gone: &BTreeSet<String>) -> Diagnostic {
    let names: Vec<String> = gone.iter().take(5).map(|name| format!("`{name}`")).collect();
    let more = if gone.len() > names.len() { ", …" } else { "" };
    let message =
        format!("{numbers} numbers of earlier editions are of what is no more: {}{more}", names.join(", "));
    Diagnostic::new(Severity::Warning, "no-longer-there", message, At::File(FOLDER.into()))
        .hint("they stay in their files, and count again if it comes back")
}
