//! Where the rows of a source lie, and why some lie nowhere.

use std::collections::BTreeMap;

use geo_types::Coord;
use polars::prelude::*;

use super::{
    account::Reason,
    keys::Index,
    locate::{Locator, Placed, cell_centre},
    projection::{Crs, Projection},
    read::{Loaded, keys},
};
use crate::{
    catalogue::{LocatedBy, Source, source::ByPoint},
    diagnostics::{Diagnostic, Severity},
    ids::SourceId,
};

/// The rows of one source, placed.
pub(super) struct Whereabouts {
    /// By layer and row.
    pub placed: Placed,
    /// Why a row lies nowhere, row by row.
    pub reasons: Vec<Option<Reason>>,
    /// The points themselves, row by row; empty where there are none, or nothing is made of them.
    pub points: Vec<Option<Coord<f64>>>,
    /// Rows whose key is the municipality's number; only for rows placed by area key.
    pub municipality: Option<Vec<bool>>,
}

/// The addresses of one source: by key, where they lie.
pub(super) struct Addresses {
    index: Index,
    whereabouts: Whereabouts,
}

/// What placing needs to know beside the rows.
pub(super) struct Placing<'a> {
    pub locator: &'a Locator<'a>,
    /// The catalogue's coordinate system.
    pub crs: Crs,
    /// The position of the layer that covers the municipality.
    pub covering: Option<usize>,
    pub municipality: String,
    pub addresses: BTreeMap<SourceId, Addresses>,
    /// Whether something is made of points beyond the areas that they lie in.
    pub keeps_points: bool,
}

impl Placing<'_> {
    /// Places the rows of a source; a source without `located-by` has none to place.
    pub fn place(&self, source: &Source, rows: &Loaded) -> Result<Whereabouts, Diagnostic> {
        let nowhere = || Whereabouts {
            placed: vec![vec![None; rows.frame.height()]; self.locator.layers().count()],
            reasons: vec![None; rows.frame.height()],
            points: Vec::new(),
            municipality: None,
        };
        let Some(located) = &source.located_by else { return Ok(nowhere()) };
        let failed = |_: PolarsError| {
            Diagnostic::error(
                "unplaceable",
                format!("the rows of `{}` cannot be placed", source.file_name()),
                &located.place,
            )
        };
        match &located.value {
            LocatedBy::Point(by) => {
                let points = self.points(source, by, rows, failed)?;
                Ok(self.at_points(points))
            }
            LocatedBy::Cell(column) => {
                let keys = keys(&rows.frame, column).map_err(failed)?;
                let mut points: Vec<Option<Coord<f64>>> =
                    keys.iter().map(|key| key.and_then(cell_centre)).collect();
                project(&mut points, Crs::Utm(32), self.crs);
                Ok(self.at_points(points))
            }
            LocatedBy::Area(column) => {
                let keys = keys(&rows.frame, column).map_err(failed)?;
                Ok(self.by_key(&keys))
            }
            LocatedBy::Address(by) => {
                let Some(addresses) = self.addresses.get(&by.source.value) else { return Ok(nowhere()) };
                let found = addresses.index.look_up(&rows.frame, &by.key).map_err(failed)?;
                Ok(addresses.whereabouts(&found))
            }
        }
    }

    fn points(
        &self,
        source: &Source,
        by: &ByPoint,
        rows: &Loaded,
        failed: impl Fn(PolarsError) -> Diagnostic,
    ) -> Result<Vec<Option<Coord<f64>>>, Diagnostic> {
        let crs = Crs::from_epsg(by.crs.epsg).ok_or_else(|| {
            Diagnostic::error("unknown-crs", format!("coordinates in {} are not read", by.crs), &by.crs.place)
                .hint("expected EPSG:25832, EPSG:25833, EPSG:4326 or EPSG:4258")
        })?;
        let numbers = |name: &str| rows.frame.column(name).and_then(|column| column.cast(&DataType::Float64));
        let (x, y) = (numbers(&by.x).map_err(&failed)?, numbers(&by.y).map_err(&failed)?);
        let pairs = x.f64().map_err(&failed)?.iter().zip(y.f64().map_err(&failed)?.iter());
        let all: Vec<Option<Coord<f64>>> = pairs.map(|(x, y)| Some(Coord { x: x?, y: y? })).collect();
        let mut points: Vec<_> =
            all.iter().map(|point| point.filter(|point| crs.plausible(*point))).collect();
        let (given, good) = (all.iter().flatten().count(), points.iter().flatten().count());
        if given > 0 && good * 2 < given {
            let message =
                format!("most points of `{}` are not in Denmark if they are in {crs}", source.file_name());
            let swapped = all.iter().flatten().filter(|p| crs.plausible(Coord { x: p.y, y: p.x })).count();
            return Err(Diagnostic::error("wrong-crs", message, &by.crs.place).hint(if swapped * 2 > given {
                format!("`{}` and `{}` are swapped", by.x, by.y)
            } else {
                "say which coordinate system the columns are in: `crs: EPSG:4326` for degrees, `EPSG:25832` for metres".into()
            }));
        }
        project(&mut points, crs, self.crs);
        Ok(points)
    }

    fn at_points(&self, points: Vec<Option<Coord<f64>>>) -> Whereabouts {
        let placed = self.locator.points(&points);
        let reasons = points
            .iter()
            .enumerate()
            .map(|(row, point)| match point {
                None => Some(Reason::NoPoint),
                Some(_) => {
                    let outside = self.covering.is_some_and(|layer| placed[layer][row].is_none());
                    outside.then_some(Reason::OutsideEveryArea)
                }
            })
            .collect();
        let points = if self.keeps_points { points } else { Vec::new() };
        Whereabouts { placed, reasons, points, municipality: None }
    }

    fn by_key(&self, keys: &StringChunked) -> Whereabouts {
        let placed = self.locator.keys(keys.iter());
        let municipality: Vec<bool> = keys.iter().map(|key| key == Some(&self.municipality)).collect();
        let known = |row: usize| municipality[row] || placed.iter().any(|layer| layer[row].is_some());
        let reasons = (0..keys.len()).map(|row| (!known(row)).then_some(Reason::UnknownArea)).collect();
        Whereabouts { placed, reasons, points: Vec::new(), municipality: Some(municipality) }
    }

    /// Takes in a source of addresses. Two rows with one key must say the same point.
    pub fn add_addresses(
        &mut self,
        id: &SourceId,
        key: &str,
        source: &Source,
        rows: &Loaded,
    ) -> Result<(), Diagnostic> {
        let whereabouts = self.place(source, rows)?;
        let failed = |_: PolarsError| {
            let message = format!("`{}` has no keys", source.file_name());
            Diagnostic::new(Severity::Error, "unplaceable", message, source.declared_at())
        };
        let coordinate = |row: usize| {
            let Some(LocatedBy::Point(by)) = source.located_by.as_ref().map(|located| &located.value) else {
                return None;
            };
            let number = |name: &str| rows.frame.column(name).ok()?.get(row).ok()?.extract::<f64>();
            Some((number(&by.x), number(&by.y)))
        };
        let index = Index::new(&rows.frame, key, |first, row| {
            if coordinate(first) == coordinate(row) {
                return Ok(());
            }
            let ((_, first), (file, row)) = (rows.file_row(first), rows.file_row(row));
            let message = format!("the same address as in row {first}, with another point");
            let problem = Diagnostic::in_data(
                Severity::Error,
                "duplicate-address",
                message,
                file,
                Some(row),
                Some(key),
            );
            Err(problem.hint("a row that is placed by this address could lie in two areas"))
        });
        let index = index.map_err(failed)??;
        self.addresses.insert(id.clone(), Addresses { index, whereabouts });
        Ok(())
    }
}

impl Addresses {
    /// Where rows lie, from the row of each one's address.
    fn whereabouts(&self, found: &[Option<u32>]) -> Whereabouts {
        let of = |layer: &Vec<Option<u32>>| found.iter().map(|row| layer[(*row)? as usize]).collect();
        let of_points = || found.iter().map(|row| self.whereabouts.points[(*row)? as usize]).collect();
        let reason = |row: &Option<u32>| {
            row.map_or(Some(Reason::UnknownAddress), |row| self.whereabouts.reasons[row as usize])
        };
        Whereabouts {
            placed: self.whereabouts.placed.iter().map(of).collect(),
            reasons: found.iter().map(reason).collect(),
            points: if self.whereabouts.points.is_empty() { Vec::new() } else { of_points() },
            municipality: None,
        }
    }
}

fn project(points: &mut [Option<Coord<f64>>], from: Crs, to: Crs) {
    let mut known: Vec<Coord<f64>> = points.iter().flatten().copied().collect();
    Projection::new(from, to).points(&mut known);
    points.iter_mut().flatten().zip(known).for_each(|(point, moved)| *point = moved);
}
