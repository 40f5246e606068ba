//! A report set again from what its template was given, to look at: its outline, where its texts stand, how its pages look.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use kvarter::{catalogue::YearMonth, reports::Typesetter};
use serde_json::Value as Json;
use typst::{
    foundations::{Content, NativeElement, Selector, Smart, StyleChain},
    introspection::Introspector,
    layout::{Frame, FrameItem, Point, Transform},
    model::{FigureElem, HeadingElem, TableChild, TableElem, TableItem},
    pdf::{TableCellKind, TableHeaderScope},
    utils::Scalar,
    visualize::ImageElem,
};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

const EDITION: YearMonth = YearMonth { year: 2025, month: 12 };
const POINTS: f64 = 72.0 / 25.4;
/// Cells of a page in the golden pictures: 5 mm wide, about 5 mm high.
const CELLS: (usize, usize) = (42, 59);
/// How dark a cell is, from white to half black and more.
const GREYS: &[u8] = b" 123456789abcdef";

/// The program's own templates.
pub fn typesetter() -> &'static Typesetter {
    static OWN: OnceLock<Typesetter> = OnceLock::new();
    OWN.get_or_init(|| {
        Typesetter::open(Path::new("no-such-folder"), EDITION).unwrap_or_else(|errors| panic!("{errors:#?}"))
    })
}

/// Sets a payload with its drawings.
pub fn set(template: &str, payload: &Json, drawings: BTreeMap<String, Vec<u8>>) -> PagedDocument {
    let mut files = drawings;
    files.insert("/data.json".into(), payload.to_string().into_bytes());
    typesetter().compile(template, files).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// Sets a payload of a build, by its path without an ending under `results/payload/`.
pub fn set_built(template: &str, payload: &Path) -> PagedDocument {
    set_built_with(template, payload, |_| ())
}

/// The same with a change to the payload.
pub fn set_built_with(template: &str, payload: &Path, change: impl FnOnce(&mut Json)) -> PagedDocument {
    let text = fs::read_to_string(payload.with_extension("json")).expect("the build wrote the payload");
    let drawings = fs::read_dir(payload).expect("the build wrote the drawings");
    let drawings = drawings.map(|entry| {
        let path: PathBuf = entry.expect("readable").path();
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        (format!("/{name}"), fs::read(&path).expect("readable"))
    });
    let mut content: Json = serde_json::from_str(&text).expect("JSON");
    change(&mut content);
    set(template, &content, drawings.collect())
}

/// Headings, alt texts and table heads by page: what a reader with a screen reader is told of the pages.
pub fn outline(document: &PagedDocument) -> String {
    let kinds = [HeadingElem::ELEM, ImageElem::ELEM, FigureElem::ELEM, TableElem::ELEM];
    let found = document.introspector().query(&Selector::Or(kinds.map(|kind| kind.select()).into()));
    let mut outline = String::new();
    let mut page = 0;
    for element in &found {
        let on = element.location().and_then(|location| document.introspector().page(location));
        let on = on.map_or(0, usize::from);
        let Some(line) = line(element) else { continue };
        if on != page {
            page = on;
            writeln!(outline, "page {page}").expect("a string takes all");
        }
        writeln!(outline, "  {line}").expect("a string takes all");
    }
    outline
}

fn line(element: &Content) -> Option<String> {
    let styles = StyleChain::default();
    if let Some(heading) = element.to_packed::<HeadingElem>() {
        let level = heading.resolve_level(styles);
        return Some(format!("{} {}", "#".repeat(level.get()), heading.body.plain_text()));
    }
    if let Some(image) = element.to_packed::<ImageElem>() {
        return image.alt.get_cloned(styles).map(|alt| format!("image: {alt}"));
    }
    if let Some(figure) = element.to_packed::<FigureElem>() {
        return figure.alt.get_cloned(styles).map(|alt| format!("figure: {alt}"));
    }
    let table = element.to_packed::<TableElem>()?;
    let mut heads = Vec::new();
    let (mut cells, mut rows) = (0, Vec::new());
    for child in &table.children {
        match child {
            TableChild::Header(header) => heads.extend(header.children.iter().filter_map(text_of)),
            TableChild::Footer(_) => {}
            TableChild::Item(item) => {
                cells += usize::from(matches!(item, TableItem::Cell(_)));
                if is_row_head(item) {
                    rows.extend(text_of(item));
                }
            }
        }
    }
    Some(format!("table: {} | rows: {} | {cells} cells", heads.join(", "), rows.join(", ")))
}

fn text_of(item: &TableItem) -> Option<String> {
    match item {
        TableItem::Cell(cell) => Some(cell.body.plain_text().to_string()),
        _ => None,
    }
}

fn is_row_head(item: &TableItem) -> bool {
    let TableItem::Cell(cell) = item else { return false };
    matches!(
        cell.kind.get(StyleChain::default()),
        Smart::Custom(TableCellKind::Header(_, TableHeaderScope::Row))
    )
}

/// A run of text on a page, millimetres from its upper left corner: from the baseline up to the height of an x.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    pub text: String,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

/// The texts of every page; those inside drawings are not among them.
pub fn runs(document: &PagedDocument) -> Vec<Vec<Run>> {
    let of_page = |frame: &Frame| {
        let mut runs = Vec::new();
        gather(frame, Transform::identity(), &mut runs);
        runs
    };
    document.pages().iter().map(|page| of_page(&page.frame)).collect()
}

fn gather(frame: &Frame, outer: Transform, runs: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let moved = outer.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                gather(&group.frame, moved, runs);
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                let corner = |x, y| Point::new(x, y).transform(outer);
                let (from, to) = (corner(at.x, at.y), corner(at.x + text.width(), at.y - text.size * 0.48));
                let millimetres = |a: f64, b: f64| (a.min(b) / POINTS, a.max(b) / POINTS);
                let (left, right) = millimetres(from.x.to_pt(), to.x.to_pt());
                let (top, bottom) = millimetres(from.y.to_pt(), to.y.to_pt());
                runs.push(Run { text: text.text.to_string(), left, right, top, bottom });
            }
            _ => {}
        }
    }
}

/// Every page as a grid of greys, a letter a cell: small enough to read in a diff, where a PNG only says that it is another.
pub fn pictures(document: &PagedDocument) -> String {
    let options = RenderOptions { pixel_per_pt: Scalar::new(1.0), render_bleed: false };
    let mut text = String::new();
    for (number, page) in (1..).zip(document.pages()) {
        let picture = typst_render::render(page, &options);
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let mut cells = vec![(0u64, 0u64); CELLS.0 * CELLS.1];
        for (place, pixel) in picture.pixels().iter().enumerate() {
            let (x, y) = (place % width * CELLS.0 / width, place / width * CELLS.1 / height);
            let light = [pixel.red(), pixel.green(), pixel.blue()].map(u64::from).iter().sum::<u64>();
            let cell = &mut cells[y * CELLS.0 + x];
            *cell = (cell.0 + 3 * 255 - light, cell.1 + 3 * 255);
        }
        writeln!(text, "page {number}").expect("a string takes all");
        for row in cells.chunks(CELLS.0) {
            let row: String = row.iter().map(|(dark, all)| grey(*dark, *all)).collect();
            writeln!(text, "{}", row.trim_end()).expect("a string takes all");
        }
    }
    text
}

fn grey(dark: u64, all: u64) -> char {
    let level = (2 * dark * GREYS.len() as u64 / all.max(1)).min(GREYS.len() as u64 - 1);
    GREYS[level as usize].into()
}

/// The cells of two pictures that are more than `tolerance` greys apart.
pub fn far_apart(one: &str, other: &str, tolerance: usize) -> usize {
    let level = |letter: Option<&u8>| {
        letter.map_or(0, |letter| GREYS.iter().position(|grey| grey == letter).unwrap_or_default())
    };
    let (mut one, mut other, mut far) = (one.lines(), other.lines(), 0);
    loop {
        let (a, b) = match (one.next(), other.next()) {
            (None, None) => return far,
            (a, b) => (a.unwrap_or_default().as_bytes(), b.unwrap_or_default().as_bytes()),
        };
        far += (0..a.len().max(b.len()))
            .filter(|i| level(a.get(*i)).abs_diff(level(b.get(*i))) > tolerance)
            .count();
    }
}

/// The families of the fonts that the pages are set in.
pub fn families(document: &PagedDocument) -> Vec<String> {
    fn gather(frame: &Frame, families: &mut std::collections::BTreeSet<String>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => gather(&group.frame, families),
                FrameItem::Text(text) => {
                    families.insert(text.font.info().family.clone());
                }
                _ => {}
            }
        }
    }
    let mut families = std::collections::BTreeSet::new();
    document.pages().iter().for_each(|page| gather(&page.frame, &mut families));
    families.into_iter().collect()
}
