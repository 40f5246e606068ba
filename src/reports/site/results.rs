//! The published results, as files to download: whatever the build wrote, as it is.

use super::{
    Matter,
    page::{Anchor, Page, Part, Section},
};
use crate::{numbers::Decimal, reports::context::Said, words::Slots};

/// Where the results are in the output folder.
const RESULTS: &str = "results/";
/// What has a description of its own, by the name of the file without its ending.
const KNOWN: [&str; 9] =
    ["areas", "correlations", "effects", "moves", "moves-between", "results", "status", "typology", "values"];
/// What endings mean.
const ENDINGS: [&str; 5] = ["csv", "geojson", "gpkg", "parquet", "xlsx"];

/// The files of the results, sorted: name without ending, ending, address, bytes.
fn files<'m>(matter: &'m Matter) -> impl Iterator<Item = (&'m str, &'m str, String, u64)> {
    let files = matter.published.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix(matter.folder)?.strip_prefix(RESULTS)?;
        let (stem, ending) = name.split_once('.').filter(|_| !name.contains('/'))?;
        Some((stem, ending, format!("../{RESULTS}{name}"), *bytes))
    });
    files.filter(|(_, ending, ..)| ENDINGS.contains(ending))
}

/// The page of everything that can be downloaded.
pub(super) fn page(matter: &Matter) -> Said<Page> {
    let links = files(matter).map(|(stem, ending, href, bytes)| {
        let mut notes = Vec::new();
        if KNOWN.contains(&stem) {
            notes.push(matter.fixed(&format!("file-{stem}"))?);
        }
        notes.push(matter.fixed(&format!("ending-{ending}"))?);
        notes.push(size(matter, bytes)?);
        Ok(Anchor::to(href, format!("{stem}.{ending}")).note(notes.join(" · ")))
    });
    let links = links.collect::<Said<Vec<_>>>()?;
    let sections = [
        matter.section("files", [Part::links(links)])?,
        matter.section("columns-heading", [Part::text([matter.fixed("columns-text")?])])?,
    ];
    Ok(Page {
        address: "results.html".into(),
        title: matter.fixed("results")?,
        lead: Some(matter.fixed("results-lead")?),
        above: vec![matter.start()?],
        main: sections.into_iter().flatten().collect(),
        ..Page::default()
    })
}

/// The short list beside a page: the values in every form, and the way to the rest.
pub(super) fn download(matter: &Matter) -> Said<Option<Section>> {
    let values = files(matter).filter(|(stem, ..)| matches!(*stem, "values" | "results" | "areas"));
    let mut links = Vec::new();
    for (_, ending, href, _) in values {
        links.push(Anchor::to(href, matter.fixed(&format!("as-{ending}"))?));
    }
    links.push(Anchor::to("results.html", matter.fixed("all-files")?));
    matter.section("results", [Part::links(links), Part::small([matter.fixed("results-note")?])])
}

/// A size as people say it.
fn size(matter: &Matter, bytes: u64) -> Said<String> {
    let (key, number) = if bytes >= 1_000_000 {
        ("megabytes", Decimal { units: (bytes / 100_000) as i64, places: 1 })
    } else {
        ("kilobytes", Decimal::whole(bytes.div_ceil(1000) as i64))
    };
    matter.line(key, Slots::new().number("n", number))
}
