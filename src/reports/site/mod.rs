//! The inspiration catalogue as a site: every question, indicator, practice and barrier a page, with indexes, a search and the
//! published results to download.
//!
//! What it says is [`Inspiration`]; here it is laid out in pages ([`page`]), set with templates ([`engine`]) and held against
//! itself ([`links`]) before anything is written. It works from a folder on a disk as from a server, loads nothing from elsewhere
//! and needs no script: the search ([`search`]) is added by one.

mod area;
mod chart;
mod engine;
mod entries;
mod indicator;
mod links;
mod lists;
mod page;
mod practice;
mod press;
mod question;
mod results;
mod search;

use std::collections::BTreeMap;

use super::{
    context::{Context, Said},
    inspiration::{Inspiration, Kind, Link},
    theme::{FONT, Look},
    world::Typesetter,
};
use crate::{
    catalogue::{Catalogue, Report, ReportKind, Whole},
    diagnostics::{At, Diagnostic, Severity},
    figures::symbols::{self, StatusMark},
    ids::IndicatorId,
    words::Slots,
};
use engine::{Engine, Shell, Style};
use links::Files;
use page::{Anchor, Page, Part, Section};

/// The folder of the site in the output folder.
const FOLDER: &str = "site";
/// The page of every template folder: what tells that one is there.
pub(super) const PAGE: &str = engine::PAGE;
/// Radius of the marks of statuses, in the unit of their drawings.
const MARK: f64 = 2.0;

/// The files of a run by their path in the output folder, with their sizes.
type Published = BTreeMap<String, u64>;

/// What all pages are made from.
struct Matter<'m, 'a> {
    context: &'m Context<'a>,
    said: &'m Inspiration,
    places: &'m [area::Place],
    published: &'m Published,
    /// Where a language other than the catalogue's is written: empty, or `en/`.
    folder: &'m str,
    wholes: Wholes<'a>,
}

/// The indicators that one figure is made of, by the figure. Indexes name the first of them, whose
/// page leads to the others.
type Wholes<'a> = BTreeMap<Whole, Vec<&'a IndicatorId>>;

fn wholes(catalogue: &Catalogue) -> Wholes<'_> {
    let mut wholes = Wholes::new();
    for (id, indicator) in catalogue.indicators.iter() {
        if let Some(part) = indicator.part_of {
            wholes.entry(part.figure).or_default().push(&id.value);
        }
    }
    wholes
}

impl Matter<'_, '_> {
    /// A text of the site.
    fn line(&self, key: &str, slots: Slots) -> Said<String> {
        self.context.words.line(&format!("site/{key}"), &slots)
    }

    /// A text without anything to fill in.
    fn fixed(&self, key: &str) -> Said<String> {
        self.line(key, Slots::new())
    }

    /// The start page, as what stands above every other.
    fn start(&self) -> Said<Anchor> {
        Ok(Anchor::to("index.html", self.fixed("start")?))
    }

    /// A heading with its parts; `None` if nothing is in them.
    fn section(&self, key: &str, parts: impl IntoIterator<Item = Part>) -> Said<Option<Section>> {
        Ok(Section::of(self.fixed(key)?, parts))
    }

    /// A published file, as an address from the site's folder, if this run or the last has it.
    fn published(&self, path: &str) -> Option<String> {
        self.published.contains_key(&format!("{}{path}", self.folder)).then(|| format!("../{path}"))
    }

    /// The PDFs that the reports of a kind are, as far as they are there: `name` gives the path of one by the report's id.
    fn pdfs(&self, kind: ReportKind, name: impl Fn(&str) -> String) -> impl Iterator<Item = String> {
        let reports = self.context.catalogue.reports.iter().filter(move |(_, report)| report.kind == kind);
        reports.filter_map(move |(id, _)| self.published(&format!("{}.pdf", name(id.as_str()))))
    }

    /// The links that an index names: of the parts of a figure the first.
    fn named(&self, links: &[Link]) -> Vec<Link> {
        let others = |link: &Link| {
            self.wholes.values().any(|parts| parts[1..].iter().any(|id| id.as_str() == link.slug))
        };
        links.iter().filter(|link| link.kind != Kind::Indicator || !others(link)).cloned().collect()
    }

    /// The other parts of the figure that an indicator is a part of.
    fn parts(&self, slug: &str) -> Vec<Link> {
        let of = self.wholes.values().find(|parts| parts.iter().any(|id| id.as_str() == slug));
        let others = of.into_iter().flatten().filter(|id| id.as_str() != slug);
        others.filter_map(|id| Link::indicator(self.context, id)).collect()
    }

    /// The links with what each page says in one line.
    fn anchors(&self, links: &[Link]) -> Said<Vec<Anchor>> {
        links.iter().map(|link| Ok(anchor(link).note(self.note(link)?))).collect()
    }

    /// What stands under a link.
    fn note(&self, link: &Link) -> Said<String> {
        match link.kind {
            Kind::Indicator => {
                let found = self.said.indicators.iter().find(|indicator| indicator.slug == link.slug);
                Ok(found.and_then(|indicator| indicator.question.clone()).unwrap_or_default())
            }
            Kind::Practice => {
                let found = self.said.practices.iter().find(|practice| practice.slug == link.slug);
                let noted = found.map(|practice| {
                    let slots = Slots::new().text("municipality", &practice.municipality);
                    self.line("practice-note", slots.text("word", &practice.evidence.word))
                });
                Ok(noted.transpose()?.unwrap_or_default())
            }
            Kind::Question | Kind::Theme | Kind::Barrier | Kind::Register => Ok(String::new()),
        }
    }
}

/// Where a part of the catalogue is on the site.
fn address(link: &Link) -> String {
    let slug = &link.slug;
    match link.kind {
        Kind::Question => format!("question/{slug}.html"),
        Kind::Indicator => format!("indicator/{slug}.html"),
        Kind::Practice => format!("practice/{slug}.html"),
        Kind::Barrier => format!("barrier/{slug}.html"),
        Kind::Theme => format!("themes.html#{slug}"),
        Kind::Register => format!("registers.html#{slug}"),
    }
}

fn anchor(link: &Link) -> Anchor {
    Anchor::to(address(link), &link.title)
}

/// The site of a run: its files by their path in the output folder. Nothing of it is given if a page cannot be made or a link
/// leads nowhere.
fn make(
    context: &Context,
    report: &Report,
    (typesetter, look): (&Typesetter, &Look),
    (folder, published): (&str, &Published),
) -> Result<Files, Vec<Diagnostic>> {
    let one = |error: Diagnostic| vec![error];
    let said = Inspiration::build(context).map_err(one)?;
    let places = area::places(context).map_err(one)?;
    let matter = Matter {
        context,
        said: &said,
        places: &places,
        published,
        folder,
        wholes: wholes(context.catalogue),
    };
    let engine = Engine::open(typesetter, &report.template, context.words.fixed("site").map_err(one)?)?;
    let mut files = fixed_files(&matter, typesetter, &report.template, look, &engine).map_err(one)?;
    let shell = shell(&matter, look).map_err(one)?;
    let mut errors = Vec::new();
    for page in pages(&matter).map_err(one)? {
        match engine.page(&shell, &page) {
            Ok(html) => {
                if files.insert(page.address.clone(), html.into_bytes()).is_some() {
                    let message = format!("two pages would be written to `{}`", page.address);
                    errors.push(Diagnostic::new(Severity::Error, "same-file-name", message, At::Nowhere));
                }
            }
            Err(error) if errors.contains(&error) => {}
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        let inside = format!("{folder}{FOLDER}");
        errors = links::check(&files, &inside, &|path| published.contains_key(path));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(files.into_iter().map(|(address, bytes)| (format!("{folder}{FOLDER}/{address}"), bytes)).collect())
}

/// All pages.
fn pages(matter: &Matter) -> Said<Vec<Page>> {
    let mut pages = lists::pages(matter)?;
    pages.push(results::page(matter)?);
    for question in &matter.said.questions {
        pages.push(question::page(matter, question)?);
    }
    for indicator in &matter.said.indicators {
        pages.push(indicator::page(matter, indicator)?);
    }
    for practice in &matter.said.practices {
        pages.push(practice::page(matter, practice)?);
    }
    for barrier in &matter.said.barriers {
        pages.push(practice::barrier(matter, barrier)?);
    }
    pages.extend(area::pages(matter)?);
    Ok(pages)
}

/// What is no page: style, script, index, fonts, logo, marks.
fn fixed_files(
    matter: &Matter,
    typesetter: &Typesetter,
    templates: &str,
    look: &Look,
    engine: &Engine,
) -> Said<Files> {
    let mut files = Files::new();
    for path in typesetter.paths() {
        let name = path.strip_prefix(templates).and_then(|rest| rest.strip_prefix('/'));
        if let Some(name) = name.filter(|name| !name.ends_with(".html") && *name != engine::STYLE) {
            files.insert(name.to_string(), typesetter.file(path).unwrap_or_default().to_vec());
        }
    }
    let own = look.font != FONT && !look.font.contains(['"', '\\', '\n']);
    let style = Style {
        primary: look.primary.clone(),
        tint: look.tint.clone(),
        font: if own { format!("\"{}\", ", look.font) } else { String::new() },
    };
    files.insert(engine::STYLE.to_string(), engine.style(&style)?.into_bytes());
    files.insert("search-index.js".to_string(), entries::index(matter)?.script().into_bytes());
    if let Some(logo) = &look.logo {
        files.insert("logo.svg".to_string(), logo.clone());
    }
    for mark in StatusMark::ALL {
        files.insert(picture(mark), symbols::alone(mark, MARK).into_bytes());
    }
    Ok(files)
}

/// The picture of a status.
fn picture(mark: StatusMark) -> String {
    format!("marks/{}.svg", mark.name())
}

/// What is the same on every page.
fn shell(matter: &Matter, look: &Look) -> Said<Shell> {
    let context = matter.context;
    let appearance = context.catalogue.appearance.as_ref();
    let contact =
        appearance.and_then(|look| look.contact.as_ref()).map(|text| context.text(text).to_string());
    let logo = look.logo.is_some().then_some("logo.svg");
    Ok(Shell {
        lang: context.language.code(),
        title: matter.fixed("product")?,
        name: look.name.clone(),
        logo,
        icon: logo.unwrap_or("marks/udsat.svg"),
        edition: matter.line("edition", Slots::new().text("edition", &matter.said.edition))?,
        contact,
        nav: lists::nav(matter)?,
    })
}
