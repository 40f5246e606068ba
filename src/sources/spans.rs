//! Whether the data reach as far back as the indicators ask: of every source with a file only the periods are read for that.

use std::collections::{BTreeMap, BTreeSet};

use super::{data_file::DataFile, tables::period_of, uses::period_kind};
use crate::{
    catalogue::{Catalogue, Indicator, base::is_shipped},
    diagnostics::{Diagnostic, Place},
    ids::{IndicatorId, Period, SourceId},
};

/// Own indicators over more years than their source has. Those of the base are not mistakes: they wait for more years.
pub(super) fn too_long(catalogue: &Catalogue, files: &BTreeMap<SourceId, DataFile>) -> Vec<Diagnostic> {
    let mut periods: BTreeMap<&SourceId, BTreeSet<Period>> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, indicator) in catalogue.indicators.iter().filter(|(id, _)| !is_shipped(&id.place)) {
        let Some((years, place)) = span(indicator) else { continue };
        let sources: BTreeSet<&SourceId> = indicator
            .method
            .form()
            .roles()
            .into_iter()
            .filter_map(|(_, id)| catalogue.source_of(id))
            .collect();
        for source in sources {
            let Some(file) = files.get(source) else { continue };
            let has = periods.entry(source).or_insert_with(|| read(catalogue, source, file));
            found.extend(problem(&id.value, source, has, years, place));
        }
    }
    found
}

/// The years that a value takes, if more than one, and where that is written.
fn span(indicator: &Indicator) -> Option<(i32, &Place)> {
    let form = indicator.method.form();
    let years = form.years().map(|years| (i32::from(years.count()), &years.place));
    years.or_else(|| form.over().map(|over| (i32::from(over) + 1, &indicator.method.place)))
}

/// The periods of a source's rows.
fn read(catalogue: &Catalogue, id: &SourceId, file: &DataFile) -> BTreeSet<Period> {
    let source = catalogue.source(id);
    let declared = source.and_then(|source| Some((source.period.as_ref()?, period_kind(source)?)));
    let Some((period, kind)) = declared else { return BTreeSet::new() };
    file.periods(period.column(), kind).into_iter().map(|code| period_of(code, kind)).collect()
}

/// Too few years, if no period has all the earlier ones that a value takes.
fn problem(
    id: &IndicatorId,
    source: &SourceId,
    has: &BTreeSet<Period>,
    years: i32,
    place: &Place,
) -> Option<Diagnostic> {
    let (first, last) = (has.first()?, has.last()?);
    let reaches = |period: &Period, years: i32| (0..years).all(|back| has.contains(&period.years_back(back)));
    if has.iter().any(|period| reaches(period, years)) {
        return None;
    }
    let most = (1..years).rev().find(|years| has.iter().any(|period| reaches(period, *years))).unwrap_or(1);
    let message = format!("`{id}` takes {years} years in a row, and `{source}` has {first} to {last}");
    let hint = match most {
        1 => "no two years follow each other; leave the years out, or deliver earlier ones".to_string(),
        most => format!("write at most {most} years, or deliver earlier ones"),
    };
    Some(Diagnostic::error("too-few-years", message, place).hint(hint))
}
