//! The demonstration municipality Fjordby: invented, and always the same.
//!
//! `town` draws and builds the place, `society` lets whole persons live in it from 2015 to 2025, `moves` tells its story
//! on who comes and goes, and what a municipality really receives is then written, one file a supplier: the residents
//! register, moves, benefits, addresses, dwellings, services, ordered tables and other area figures, official lists,
//! benchmarks, a map. What is planted in it stands in [`story`] and [`story_moves`].

mod arrivals;
mod benchmarks;
mod built_up;
mod chart;
mod development;
mod estates;
mod fill;
mod flis;
mod ground;
mod homes;
mod key;
mod layers;
mod letting;
mod life;
mod lists;
mod move_events;
mod moves;
mod municipal;
mod names;
mod neighbourhoods;
mod people;
mod plan;
mod plane;
mod quarters;
mod readme;
mod registers;
mod scene;
mod services;
mod settle;
mod society;
mod spells;
mod statistics;
pub mod story;
pub mod story_moves;
mod tables;
mod tally;
mod town;
mod villages;

use std::fs;
use std::path::{Path, PathBuf};

use self::tally::Supplier;
use crate::sources::export::{ExportError, Package, write_gpkg, write_parquet};

/// Coordinate system and date of the map layers.
const PACKAGE: Package = Package { epsg: 25_832, day: "2025-12-01" };

/// Why the demonstration municipality could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`: {cause}", path.display())]
pub struct DemoError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub cause: ExportError,
}

/// Writes the demonstration municipality into a folder, which is made if it is not there; gives the files written.
///
/// # Errors
/// When a file cannot be written.
pub fn write(dir: &Path) -> Result<Vec<PathBuf>, DemoError> {
    attempt(dir, |dir| Ok(fs::create_dir_all(dir)?))?;
    let place = town::build();
    let mut society = society::simulate(&place);
    moves::tell(&mut society);
    let mut tables = tables::count(&place, &society);
    let scene = scene::Scene::new(&place, &society);
    statistics::count(&mut tables, &scene, &society);
    let mut written = Vec::new();
    let files = registers::all(&place, &society).into_iter().chain(move_events::all(&scene, &society));
    for (name, columns) in files {
        written.push(attempt(&dir.join(name), |path| write_parquet(path, &columns))?);
    }
    let texts = [
        ("statistics.csv", tally::rows(&tables, Supplier::Hides)),
        ("flis.csv", tally::rows(&flis::count(&scene), Supplier::PrintsAll)),
        ("letting.csv", tally::rows(&letting::count(&scene), Supplier::PrintsAll)),
        ("municipal.csv", tally::rows(&municipal::count(&scene), Supplier::PrintsAll)),
        ("development-plan.csv", development::rows()),
        ("services.csv", services::rows(&place)),
        ("lists.csv", lists::rows(&tables)),
        ("benchmarks.csv", benchmarks::rows()),
        ("README.md", readme::lines()),
    ];
    for (name, lines) in texts {
        let text = lines.join("\n") + "\n";
        written.push(attempt(&dir.join(name), |path| Ok(fs::write(path, &text)?))?);
    }
    written.push(attempt(&dir.join("areas.gpkg"), |path| write_gpkg(path, &PACKAGE, &layers::all(&place)))?);
    Ok(written)
}

fn attempt(path: &Path, write: impl FnOnce(&Path) -> Result<(), ExportError>) -> Result<PathBuf, DemoError> {
    match write(path) {
        Ok(()) => Ok(path.to_owned()),
        Err(cause) => Err(DemoError { path: path.to_owned(), cause }),
    }
}

#[cfg(test)]
mod tests;
