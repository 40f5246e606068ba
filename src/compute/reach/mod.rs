//! How far it is from every row of a population to the nearest of something: in a straight line ([`straight`]), or along the
//! lines of the map ([`network`]). A distance is measured once for every distinct point, in whole millimetres.

mod crossings;
mod network;
mod pieces;
mod straight;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use geo_types::{Geometry, Point};
use polars::prelude::{DataFrame, DataType, PolarsResult};
use rayon::prelude::*;

use self::{network::Roads, pieces::Pieces, straight::Straight};
use super::{
    columns,
    lists::{ALONE, Item, Lists},
    placed::Where,
    plan::Plan,
    single::Rows,
};
use crate::{
    catalogue::{At, Catalogue, Meet, Method, methods::Distance},
    diagnostics::Diagnostic,
    ids::{Period, PopulationId},
    sources::{EASTING, HOUSEHOLD, NORTHING, Places, Table, Tables},
};

/// Beyond every distance, in thousandths of a metre: there is no way.
pub(in crate::compute) const FAR: i64 = 1_000_000_000_000;

/// The largest piece of a network has at least this part of its metres.
const NETWORK: f64 = 0.25;

/// What is measured: two indicators with one way share it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compute) struct Way {
    from: PopulationId,
    to: To,
    along: Option<String>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum To {
    Rows(PopulationId),
    Shapes { layer: String, class: Option<String> },
}

impl Way {
    /// The way that a method measures.
    pub fn of(method: &Distance) -> Self {
        let to = match &method.to.population {
            Some(population) => To::Rows(population.value.clone()),
            None => To::Shapes {
                layer: method.to.backdrop.as_ref().map(|layer| layer.value.clone()).unwrap_or_default(),
                class: method.to.class.as_ref().map(|class| class.value.clone()),
            },
        };
        let along = method.along.as_ref().map(|along| along.backdrop.value.clone());
        Self { from: method.from.value.clone(), to, along }
    }

    /// What names the way, for the stream that chance draws from.
    pub fn names(&self) -> [&str; 5] {
        let (to, class) = match &self.to {
            To::Rows(population) => (population.as_str(), ""),
            To::Shapes { layer, class } => (layer.as_str(), class.as_deref().unwrap_or_default()),
        };
        ["distance", self.from.as_str(), to, class, self.along.as_deref().unwrap_or_default()]
    }
}

/// A point in whole millimetres.
type Spot = [i64; 2];

/// The distances of every way that an indicator measures, row by row in thousandths of a metre.
///
/// # Errors
/// A class that no shape of the map has, a layer to go along without lines, an expression that the data cannot answer.
pub(in crate::compute) fn lists(
    catalogue: &Catalogue,
    tables: &Tables,
    places: &Places,
    located: &Where,
) -> Result<BTreeMap<Way, Lists>, Vec<Diagnostic>> {
    let (mut lists, mut errors) = (BTreeMap::new(), Vec::new());
    let reach = Reach { catalogue, tables, places, located };
    for (_, indicator) in catalogue.indicators.iter() {
        let Method::Distance(method) = &indicator.method.value else { continue };
        if let std::collections::btree_map::Entry::Vacant(entry) = lists.entry(Way::of(method)) {
            match reach.list(method) {
                Ok(found) => drop(found.map(|found| entry.insert(found))),
                Err(error) => errors.push(error),
            }
        }
    }
    if errors.is_empty() { Ok(lists) } else { Err(errors) }
}

struct Reach<'a> {
    catalogue: &'a Catalogue,
    tables: &'a Tables,
    places: &'a Places,
    located: &'a Where<'a>,
}

/// The rows of a population, with their points.
struct Points {
    rows: Rows,
    /// Row by row; `None` for a row that is not in the population or has no point.
    spots: Vec<Option<Spot>>,
    households: Option<Vec<Option<u32>>>,
    /// The table has periods.
    dated: bool,
}

/// What the distance is to: the same in every period, or by period.
enum Targets {
    Always(Pieces),
    ByPeriod(BTreeMap<Period, Pieces>),
}

impl Reach<'_> {
    /// `None` where there is no table to measure from or to, or the map has no such layer.
    fn list(&self, method: &Distance) -> Result<Option<Lists>, Diagnostic> {
        if method.map_layers().any(|layer| !self.catalogue.backdrop.contains(&layer.value)) {
            return Ok(None);
        }
        let (Some(from), Some(targets)) = (self.points(&method.from)?, self.targets(method)?) else {
            return Ok(None);
        };
        let roads = method.along.as_ref().map(|along| self.roads(&along.backdrop)).transpose()?;
        Ok(Some(from.lists(|spots| measure(&from, spots, &targets, roads.as_ref()))))
    }

    fn roads(&self, layer: &At<String>) -> Result<Roads, Diagnostic> {
        let declared = self.catalogue.backdrop.get(&layer.value);
        let crossing = declared.is_some_and(|layer| layer.meet == Meet::WhereTheyCross);
        let shapes = self.places.backdrop(layer).iter().map(|feature| &feature.geometry);
        let roads = Roads::new(shapes, crossing);
        if roads.is_empty() {
            let message = format!("`{layer}` has no lines to go along");
            let hint = "name a layer of roads and paths; without `along:` distances are in a straight line";
            return Err(Diagnostic::error("no-lines", message, &layer.place).hint(hint));
        }
        if roads.largest < NETWORK {
            let message = format!("the lines of `{layer}` do not meet");
            let hint = format!(
                "lines meet where they share a vertex; where they are drawn across one another, write `backdrop: {{ {layer}: {{ …, meet: where-they-cross }} }}`"
            );
            return Err(Diagnostic::error("not-a-network", message, &layer.place).hint(hint));
        }
        Ok(roads)
    }

    fn targets(&self, method: &Distance) -> Result<Option<Targets>, Diagnostic> {
        let Some(population) = &method.to.population else { return self.shapes(method).map(Some) };
        Ok(self.points(population)?.map(|points| {
            let mut by_period: BTreeMap<Period, Vec<Geometry<f64>>> = BTreeMap::new();
            for (row, spot) in points.spots.iter().enumerate() {
                let Some((spot, period)) = spot.zip(points.rows.placed.period(row)) else { continue };
                let [x, y] = metres(spot);
                let period = points.rows.placed.periods()[period];
                by_period.entry(period).or_default().push(Point::new(x, y).into());
            }
            if points.dated {
                Targets::ByPeriod(by_period.into_iter().map(|(p, all)| (p, Pieces::of(&all))).collect())
            } else {
                Targets::Always(Pieces::of(by_period.values().flatten()))
            }
        }))
    }

    fn shapes(&self, method: &Distance) -> Result<Targets, Diagnostic> {
        let features = method.to.backdrop.as_ref().map_or(&[][..], |layer| self.places.backdrop(layer));
        let wanted = |class: Option<&str>| {
            method.to.class.as_ref().is_none_or(|wanted| class == Some(wanted.value.as_str()))
        };
        let shapes = features.iter().filter(|feature| wanted(feature.class.as_deref()));
        let pieces = Pieces::of(shapes.map(|feature| &feature.geometry));
        match &method.to.class {
            Some(class) if pieces.is_empty() => {
                let known: BTreeSet<&str> = features.iter().filter_map(|f| f.class.as_deref()).collect();
                let list = known.iter().map(|class| format!("`{class}`")).collect::<Vec<_>>().join(", ");
                Err(Diagnostic::error(
                    "unknown-class",
                    format!("no shape has the class `{class}`"),
                    &class.place,
                )
                .did_you_mean(class, known)
                .hint(format!("there are {list}")))
            }
            _ => Ok(Targets::Always(pieces)),
        }
    }

    fn points(&self, population: &PopulationId) -> Result<Option<Points>, Diagnostic> {
        let source = self.catalogue.source_of(population);
        let table = source.and_then(|id| Some((id, self.tables.tables.get(id)?)));
        let Some((id, table)) = table.filter(|(_, table)| !table.absent.contains(population)) else {
            return Ok(None);
        };
        let plan = Plan::new(self.catalogue, id, table);
        self.points_of(population, &plan, table)
            .map(Some)
            .map_err(|error| plan.cannot_evaluate(&error.to_string()))
    }

    fn points_of(&self, population: &PopulationId, plan: &Plan, table: &Table) -> PolarsResult<Points> {
        let measure = plan.populations[population];
        let rows = Rows::new(plan, &BTreeSet::from([measure]), self.located)?;
        let values = rows.values(measure)?;
        let spots = spots(&table.frame)?;
        let spots =
            spots.into_iter().enumerate().map(|(row, spot)| spot.filter(|_| values.takes(row))).collect();
        let households = columns::indices(&table.frame, HOUSEHOLD);
        Ok(Points { rows, spots, households, dated: table.period.is_some() })
    }
}

impl Points {
    /// Lists of the distances of rows; `measured` gives those of distinct points in each period.
    fn lists(&self, measured: impl FnOnce(&BTreeSet<(usize, Spot)>) -> HashMap<(usize, Spot), i64>) -> Lists {
        let place = |row: usize| Some((self.rows.placed.period(row)?, self.spots[row]?));
        let distinct: BTreeSet<(usize, Spot)> = (0..self.spots.len()).filter_map(place).collect();
        let measured = measured(&distinct);
        Lists::new(&self.rows, self.spots.len(), |row| {
            let value = *measured.get(&place(row)?)?;
            let household = self.households.as_ref().and_then(|all| all[row]).unwrap_or(ALONE);
            Some(Item { value, household, also: false })
        })
    }
}

/// The distances of points, by the number of the period; none in a period without any target.
fn measure(
    from: &Points,
    spots: &BTreeSet<(usize, Spot)>,
    targets: &Targets,
    roads: Option<&Roads>,
) -> HashMap<(usize, Spot), i64> {
    let mut all = HashMap::with_capacity(spots.len());
    match targets {
        // The same in every period: each point once.
        Targets::Always(pieces) => {
            let distinct: BTreeSet<Spot> = spots.iter().map(|(_, spot)| *spot).collect();
            let measured = to_pieces(&distinct, pieces, roads);
            all.extend(spots.iter().filter_map(|(p, spot)| Some(((*p, *spot), *measured.get(spot)?))));
        }
        Targets::ByPeriod(by_period) => {
            for (number, period) in from.rows.placed.periods().iter().enumerate() {
                let Some(pieces) = by_period.get(period) else { continue };
                let here = spots.range((number, [i64::MIN; 2])..=(number, [i64::MAX; 2]));
                let measured = to_pieces(&here.map(|(_, spot)| *spot).collect(), pieces, roads);
                all.extend(measured.into_iter().map(|(spot, distance)| ((number, spot), distance)));
            }
        }
    }
    all
}

/// The distance of every point to the nearest piece.
fn to_pieces(spots: &BTreeSet<Spot>, pieces: &Pieces, roads: Option<&Roads>) -> HashMap<Spot, i64> {
    if pieces.is_empty() {
        return HashMap::new();
    }
    let straight = Straight::new(pieces);
    let reached = roads.map(|roads| roads.reached(pieces));
    let distance = |spot: &Spot| {
        let point = metres(*spot);
        let found = match &reached {
            Some(_) if straight.is_inside(point) => Some(0),
            Some(reached) => reached.distance(point),
            None => straight.distance(point),
        };
        (*spot, found.unwrap_or(FAR))
    };
    spots.par_iter().map(distance).collect()
}

/// The points of rows, rounded to millimetres.
fn spots(frame: &DataFrame) -> PolarsResult<Vec<Option<Spot>>> {
    if frame.get_column_index(EASTING).is_none() {
        return Ok(vec![None; frame.height()]);
    }
    let of = |name: &str| -> PolarsResult<Vec<Option<i64>>> {
        let column = frame.column(name)?.cast(&DataType::Float64)?;
        Ok(column.f64()?.iter().map(|number| number.map(|metres| (metres * 1000.0).round() as i64)).collect())
    };
    let (x, y) = (of(EASTING)?, of(NORTHING)?);
    Ok(x.into_iter().zip(y).map(|(x, y)| Some([x?, y?])).collect())
}

fn metres(spot: Spot) -> [f64; 2] {
    spot.map(|millimetres| millimetres as f64 / 1000.0)
}
