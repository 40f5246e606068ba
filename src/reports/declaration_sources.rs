//! The table of sources in the data declaration: what was read, what found no place, what was used in the area.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    context::Said,
    subject::{Subject, counted, decimal},
};
use crate::{
    catalogue::{Catalogue, Source, source::BENCHMARKS},
    compute::State,
    ids::{AreaId, IndicatorId, Period, SourceId, ValueId},
    words::Slots,
};

#[derive(Serialize)]
pub(super) struct SourceRow {
    what: String,
    source: String,
    dated: String,
    read: String,
    unplaced: String,
    used: String,
}

/// One row for each source and period that the report's figures are from; then lists, benchmarks and boundaries.
pub(super) fn sources(subject: &Subject) -> Said<Vec<SourceRow>> {
    let catalogue = subject.context.catalogue;
    let mut used: BTreeSet<(usize, Period)> = BTreeSet::new();
    let residents: IndicatorId = crate::catalogue::RESIDENTS.into();
    let residents =
        catalogue.indicators.get_key_value(&residents).map(|(id, indicator)| (&id.value, indicator));
    let mut beside: BTreeSet<usize> = beside(subject).into_iter().collect();
    for (id, indicator) in subject.printed_indicators().into_iter().chain(residents) {
        let source = counted(&indicator.method).and_then(|population| catalogue.source_of(population));
        // A source without a file is described only: what is known of it stands in the lists.
        let source = source.filter(|id| catalogue.source(id).is_some_and(|source| source.file.is_some()));
        let (Some(source), Some(latest)) = (source, subject.latest(id)) else { continue };
        used.extend(catalogue.sources.position(source).map(|position| (position, latest.period)));
        beside.extend(added(catalogue, source));
    }
    for position in beside {
        let source = catalogue.sources.ids().nth(position);
        used.extend(source.and_then(|source| latest_rows(subject, source)).map(|period| (position, period)));
    }
    let mut rows = Vec::new();
    for (position, period) in used {
        let Some((id, source)) = catalogue.sources.iter().nth(position) else { continue };
        rows.push(source_row(subject, &id.value, source, period)?);
    }
    rows.push(boundaries(subject)?);
    rows.extend(outside(subject)?);
    Ok(rows)
}

/// Sources whose columns join the rows of this one.
fn added<'c>(catalogue: &'c Catalogue, source: &'c SourceId) -> impl Iterator<Item = usize> + 'c {
    let joins = |other: &Source| other.adds_to.as_ref().is_some_and(|to| to.source.value == *source);
    catalogue
        .sources
        .iter()
        .enumerate()
        .filter(move |(_, (_, other))| joins(other))
        .map(|(position, _)| position)
}

/// The official lists of the subject's law, and the benchmarks.
fn beside(subject: &Subject) -> Vec<usize> {
    let catalogue = subject.context.catalogue;
    let lists = subject.law.as_ref().and_then(|law| catalogue.official(law.family_id)).map(|(id, _)| id);
    let lists = lists.and_then(|id| catalogue.sources.position(id));
    lists.into_iter().chain(catalogue.sources.position(BENCHMARKS)).collect()
}

fn latest_rows(subject: &Subject, source: &SourceId) -> Option<Period> {
    let (publication, whole) = (subject.context.publication, AreaId::municipality());
    let rows = format!("rows/{source}");
    let shown =
        |period: &Period| matches!(publication.get(&ValueId::own(&rows, &whole, *period)), State::Shown(_));
    publication.periods(&rows, &whole).into_iter().rev().find(shown)
}

fn source_row(subject: &Subject, id: &SourceId, source: &Source, period: Period) -> Said<SourceRow> {
    let context = subject.context;
    let fact = |what: &str, area: &AreaId| {
        decimal(context.publication.get(&ValueId::own(format!("{what}/{id}"), area, period)))
    };
    let whole = AreaId::municipality();
    let none = subject.fixed("declaration/none")?;
    let print = |state, hidden: &str| -> Said<String> {
        match state {
            State::Shown(n) => Ok(context.words.number(n)),
            State::Hidden => subject.fixed(hidden),
            State::Missing(_) => Ok(none.clone()),
        }
    };
    Ok(SourceRow {
        what: context.text(&source.title).to_string(),
        source: source.provider.as_ref().map_or(none.clone(), |provider| context.text(provider).to_string()),
        dated: dated(subject, source, period)?,
        read: print(fact("rows", &whole), "declaration/unshown")?,
        // Counts of 1 to 4 are the only ones that the gate hides here.
        unplaced: print(fact("unplaced", &whole), "declaration/few")?,
        used: print(fact("used", &subject.area.id), "declaration/unshown")?,
    })
}

fn dated(subject: &Subject, source: &Source, period: Period) -> Said<String> {
    if let (Some(_), Some(law)) = (&source.official, &subject.law) {
        return Ok(subject.context.words.date(law.list.year, law.list.month, law.list.day));
    }
    if let Some(dated) = &source.dated {
        return Ok(subject.context.text(dated).to_string());
    }
    match (period, &source.reference_date) {
        (Period::Year(year), Some(day)) => Ok(subject.context.words.date(year, day.month, day.day)),
        _ => subject.period(period),
    }
}

fn boundaries(subject: &Subject) -> Said<SourceRow> {
    let places = subject.context.places;
    let areas: usize = places.layers.values().map(Vec::len).sum();
    let none = subject.fixed("declaration/none")?;
    Ok(SourceRow {
        what: subject.fixed("declaration/boundaries")?,
        source: subject.context.text(&subject.context.catalogue.about.publisher).to_string(),
        dated: none.clone(),
        read: subject.line("declaration/boundaries-count", Slots::new().count("n", areas as i64))?,
        unplaced: none,
        used: subject.context.words.format().count(1),
    })
}

/// Those who live in the municipality and in none of the layer's areas, for a layer that should add up to another.
fn outside(subject: &Subject) -> Said<Option<SourceRow>> {
    let (publication, whole) = (subject.context.publication, AreaId::municipality());
    let what = format!("outside/{}", subject.layer_id);
    let Some(period) = publication.periods(&what, &whole).into_iter().next_back() else { return Ok(None) };
    let none = subject.fixed("declaration/none")?;
    let unplaced = match decimal(publication.get(&ValueId::own(what, &whole, period))) {
        State::Shown(n) => subject.context.words.number(n),
        State::Hidden => subject.fixed("declaration/few")?,
        State::Missing(_) => return Ok(None),
    };
    Ok(Some(SourceRow {
        what: subject.fixed("declaration/outside")?,
        source: subject.context.text(&subject.context.catalogue.about.publisher).to_string(),
        dated: subject.period(period)?,
        read: none.clone(),
        unplaced,
        used: none,
    }))
}
