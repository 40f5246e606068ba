//! The sheet of the values: one row an own value, with what it is compared with beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    failed, layers,
    table::Table,
    terms::Terms,
    workbook::{Entry, Head, Look, MIDDLE, NARROW, Page, WIDE},
};
use crate::{
    compute::{Fact, State},
    diagnostics::Diagnostic,
    ids::{AreaId, LayerId, ValueId},
    numbers::Decimal,
    reports::{
        context::Said,
        subject::{decimal, shown},
    },
    words::Slots,
};

/// Comparators in the order of the columns; single areas follow.
const ORDER: [&str; 9] = [
    "rest",
    "rest-of-layer",
    "twins",
    "municipality",
    "region",
    "country",
    "last-year",
    "five-years-ago",
    "chance",
];
const BEFORE: [(&str, f64); 12] = [
    ("area", MIDDLE),
    ("layer", MIDDLE),
    ("theme", MIDDLE),
    ("indicator", WIDE),
    ("period", NARROW),
    ("value", MIDDLE),
    ("unit", NARROW),
    ("lower", NARROW),
    ("upper", NARROW),
    ("part", NARROW),
    ("whole", NARROW),
    ("years", NARROW),
];
const AFTER: [(&str, f64); 4] =
    [("area-id", MIDDLE), ("layer-id", MIDDLE), ("indicator-id", MIDDLE), ("number", WIDE)];

/// A value with its comparators; of some only these are published.
struct Wide<'a> {
    id: ValueId,
    own: Option<&'a State<Fact>>,
    /// The verdict and the value of each comparator.
    against: BTreeMap<&'a AreaId, (&'a str, &'a State<Fact>)>,
}

/// The page. `values` is the table of the same facts, in which the verdicts stand already.
pub(super) fn page<'l>(
    terms: &Terms,
    values: &Table,
    look: &'l Look,
    path: &str,
) -> Result<Page<'l>, Diagnostic> {
    let publication = terms.context.publication;
    let indicators = &terms.context.catalogue.indicators;
    let facts = || publication.facts().filter(|(id, _)| indicators.contains(&*id.what));
    let comparators = comparators(facts().filter_map(|(id, _)| id.against.as_ref()).collect());
    let mut heads =
        BEFORE.map(|(key, width)| terms.head(key, width)).into_iter().collect::<Said<Vec<_>>>()?;
    for comparator in &comparators {
        heads.extend(compared(terms, comparator)?);
    }
    heads.extend(AFTER.map(|(key, width)| terms.head(key, width)).into_iter().collect::<Said<Vec<_>>>()?);
    let name = terms.say("sheet-values", &Slots::new())?;
    let mut page = Page::new("values", name, heads, look).map_err(|error| failed(path, error))?;
    let rows = Rows::new(terms)?;
    let mut write =
        |wide: &Wide| page.row(rows.cells(wide, &comparators)).map_err(|error| failed(path, error));
    let mut last: Option<Wide> = None;
    // Facts are sorted: a value's comparators follow it.
    for (row, (id, state)) in facts().enumerate() {
        let own = ValueId { against: None, ..id.clone() };
        if last.as_ref().is_none_or(|last| last.id != own) {
            let begun = Wide { id: own, own: None, against: BTreeMap::new() };
            last.replace(begun).as_ref().map_or(Ok(()), &mut write)?;
        }
        match (&id.against, &mut last) {
            (Some(comparator), Some(wide)) => {
                wide.against.insert(comparator, (values.text(row, "verdict"), state));
            }
            (None, Some(wide)) => wide.own = Some(state),
            (_, None) => {}
        }
    }
    last.as_ref().map_or(Ok(()), write)?;
    Ok(page)
}

/// The comparators that any value has, in the order of the columns.
fn comparators(found: BTreeSet<&AreaId>) -> Vec<&AreaId> {
    let place = |id: &&AreaId| ORDER.iter().position(|known| *known == id.as_str()).unwrap_or(ORDER.len());
    let mut found: Vec<&AreaId> = found.into_iter().collect();
    found.sort_by_key(place);
    found
}

/// The two columns of a comparator: its value, and how the area stands to it.
fn compared(terms: &Terms, comparator: &AreaId) -> Said<[Head; 2]> {
    let name = match comparator.as_str() {
        own @ ("rest-of-layer" | "chance") => terms.say(own, &Slots::new())?,
        known if ORDER.contains(&known) => {
            terms.context.words.line(&format!("comparators/{known}-head"), &Slots::new())?
        }
        area => terms.area(area).to_string(),
    };
    let verdict = terms.say("compared", &Slots::new().text("comparator", name.to_lowercase()))?;
    let means = |key: &str| terms.say(key, &Slots::new());
    Ok([
        Head { head: name, means: means("comparator-means")?, width: MIDDLE },
        Head { head: verdict, means: means("compared-means")?, width: MIDDLE },
    ])
}

/// What the rows of the sheet share.
struct Rows<'t> {
    terms: &'t Terms<'t>,
    layers: BTreeMap<&'t AreaId, &'t LayerId>,
    units: BTreeMap<&'t str, String>,
}

impl<'t> Rows<'t> {
    fn new(terms: &'t Terms<'t>) -> Said<Self> {
        let indicators = terms.context.catalogue.indicators.iter();
        let units = indicators.map(|(id, indicator)| Ok((id.as_str(), terms.unit(indicator)?)));
        Ok(Self { terms, layers: layers(terms.context), units: units.collect::<Said<_>>()? })
    }

    fn cells<'r>(&'r self, wide: &'r Wide<'r>, comparators: &[&AreaId]) -> Vec<Entry<'r>> {
        let (terms, id) = (self.terms, &wide.id);
        let layer = self.layers.get(&id.area).map_or("", |layer| layer.as_str());
        let theme = terms.context.catalogue.indicators.get(&*id.what).map_or("", |found| terms.theme(found));
        let (lower, upper, part, whole, years) = match wide.own {
            Some(State::Shown(Fact::Value(value))) => {
                let (lower, upper) = value.interval.unzip();
                (lower, upper, value.part, value.whole, Some(Decimal::whole(value.years.into())))
            }
            _ => (None, None, None, None, None),
        };
        let mut cells: Vec<Entry> = vec![
            terms.area(id.area.as_str()).into(),
            terms.layer(layer).into(),
            theme.into(),
            terms.indicator(&id.what).into(),
            terms.period(id.period),
            wide.own.map_or(Entry::Nothing, |own| terms.number(own, shown(decimal(own)))),
            self.units.get(&*id.what).map_or("", String::as_str).into(),
            lower.into(),
            upper.into(),
            part.into(),
            whole.into(),
            years.into(),
        ];
        for comparator in comparators {
            let found = wide.against.get(comparator);
            cells.push(found.map_or(Entry::Nothing, |(_, state)| terms.number(state, shown(decimal(state)))));
            cells.push(found.map_or("", |(verdict, _)| terms.word(verdict)).into());
        }
        cells.extend([id.area.as_str().into(), layer.into(), (&*id.what).into(), id.to_string().into()]);
        cells
    }
}
