//! The pages that lead to the others: the start page with the questions, and indexes by theme, letter, register and source.

use super::{
    Matter, address, anchor, area,
    page::{Anchor, Fact, Jump, Page, Part, Section},
    question,
    search::bare,
};
use crate::{
    catalogue::ReportKind,
    reports::{
        context::Said,
        inspiration::{Kind, Link, Register},
        plan::slug,
    },
};

/// The indexes, as every page names them at its foot.
pub(super) fn nav(matter: &Matter) -> Said<Vec<Anchor>> {
    let mut nav = vec![matter.start()?];
    for (page, key) in [
        ("themes.html", "themes"),
        ("letters.html", "letters"),
        ("practices.html", "practices"),
        ("barriers.html", "barriers"),
        ("areas.html", "areas"),
        ("registers.html", "registers"),
        ("sources.html", "sources"),
        ("results.html", "results"),
    ] {
        let empty = match key {
            "practices" => matter.said.practices.is_empty(),
            "barriers" => matter.said.barriers.is_empty(),
            "areas" => matter.places.is_empty(),
            "registers" => matter.said.registers.is_empty(),
            "sources" => matter.said.sources.is_empty(),
            _ => false,
        };
        if !empty {
            nav.push(Anchor::to(page, matter.fixed(key)?));
        }
    }
    Ok(nav)
}

/// All of them.
pub(super) fn pages(matter: &Matter) -> Said<Vec<Page>> {
    let mut pages = vec![start(matter)?, themes(matter)?, letters(matter)?, about(matter)?];
    let known: Vec<String> = nav(matter)?.into_iter().filter_map(|anchor| anchor.href).collect();
    for page in [practices(matter)?, barriers(matter)?, areas(matter)?, registers(matter)?, sources(matter)?]
    {
        if known.contains(&page.address) {
            pages.push(page);
        }
    }
    Ok(pages)
}

/// An index page under the start page.
fn index(matter: &Matter, name: &str, main: Vec<Section>) -> Said<Page> {
    Ok(Page {
        address: format!("{name}.html"),
        title: matter.fixed(name)?,
        lead: Some(matter.fixed(&format!("{name}-lead"))?),
        above: vec![matter.start()?],
        main,
        ..Page::default()
    })
}

/// The start page: the questions, and the ways in for who has none of them.
fn start(matter: &Matter) -> Said<Page> {
    let questions = matter.said.questions.iter().map(|asked| {
        let link = Link::new(Kind::Question, &asked.slug, &asked.title);
        Ok(anchor(&link).note(question::count(matter, asked)?))
    });
    let questions = questions.collect::<Said<Vec<_>>>()?;
    let book = matter.fixed("book")?;
    let books = matter.pdfs(ReportKind::InspirationCatalogue, str::to_string);
    let books = books.map(|href| Anchor::to(href, &book));
    let ways = nav(matter)?.into_iter().skip(1).chain(books);
    let main = [matter.section("questions", [Part::columns(questions)])?];
    let side = [matter.section("other-ways", [Part::links(ways)])?];
    Ok(Page {
        address: "index.html".into(),
        title: matter.fixed("start")?,
        lead: Some(matter.fixed("start-lead")?),
        main: main.into_iter().flatten().collect(),
        side: side.into_iter().flatten().collect(),
        ..Page::default()
    })
}

/// Indicators by theme.
fn themes(matter: &Matter) -> Said<Page> {
    let themes = &matter.said.themes;
    let mut sections = Vec::new();
    for theme in themes {
        let links = matter.anchors(&matter.named(&theme.indicators))?;
        sections.extend(Section::of(&theme.title, [Part::columns(links)]).map(|made| made.at(&theme.slug)));
    }
    let mut page = index(matter, "themes", sections)?;
    page.jumps =
        themes.iter().map(|theme| Jump { id: theme.slug.clone(), text: theme.title.clone() }).collect();
    Ok(page)
}

/// Everything by its words, letter by letter; here a search leads to.
fn letters(matter: &Matter) -> Said<Page> {
    let mut sections: Vec<Section> = Vec::new();
    let mut links: Vec<(String, Vec<Anchor>)> = Vec::new();
    for term in &matter.said.terms {
        let first = term.term.chars().find(|letter| letter.is_alphanumeric()).unwrap_or('#');
        let small = first.to_lowercase().next().map_or(first, bare);
        let letter = if first.is_numeric() { "0–9".to_string() } else { small.to_uppercase().to_string() };
        if links.last().is_none_or(|(last, _)| *last != letter) {
            links.push((letter, Vec::new()));
        }
        let Some((_, under)) = links.last_mut() else { continue };
        let named = matter.named(&term.links);
        for link in &named {
            let same = link.title.to_lowercase() == term.term.to_lowercase();
            under.push(match (same, named.len()) {
                (true, _) => Anchor::to(address(link), &term.term),
                (false, 1) => Anchor::to(address(link), &term.term).note(&link.title),
                // Links with one name would not be told apart by who hears them.
                (false, _) => Anchor::to(address(link), format!("{}: {}", term.term, link.title)),
            });
        }
    }
    let mut jumps = Vec::new();
    for (letter, links) in links {
        let id = format!("letter-{}", slug(&letter));
        sections.extend(Section::of(&letter, [Part::columns(links)]).map(|section| section.at(&id)));
        jumps.push(Jump { id, text: letter });
    }
    let mut page = index(matter, "letters", sections)?;
    page.jumps = jumps;
    page.has_answers = true;
    Ok(page)
}

fn practices(matter: &Matter) -> Said<Page> {
    let links = matter.said.practices.iter().map(|practice| {
        let link = Link::new(Kind::Practice, &practice.slug, &practice.title);
        anchor(&link).note(format!("{}: {}", practice.municipality, practice.brief))
    });
    let section = matter.section("practices-heading", [Part::links(links)])?;
    index(matter, "practices", section.into_iter().collect())
}

fn barriers(matter: &Matter) -> Said<Page> {
    let links =
        matter.said.barriers.iter().map(|barrier| {
            anchor(&Link::new(Kind::Barrier, &barrier.slug, &barrier.title)).note(&barrier.sign)
        });
    let section = matter.section("barriers-heading", [Part::links(links)])?;
    index(matter, "barriers", section.into_iter().collect())
}

fn areas(matter: &Matter) -> Said<Page> {
    let mut layers: Vec<(&str, Vec<&area::Place>)> = Vec::new();
    for place in matter.places {
        match layers.last_mut() {
            Some((layer, places)) if *layer == place.layer => places.push(place),
            _ => layers.push((&place.layer, vec![place])),
        }
    }
    let sections = layers.into_iter().filter_map(|(layer, places)| {
        let links = places.into_iter().map(|place| {
            let status = place.status.as_ref().map_or("", |status| &status.words);
            Anchor::to(place.address(), &place.name).note(status)
        });
        Section::of(layer, [Part::columns(links)])
    });
    index(matter, "areas", sections.collect())
}

fn registers(matter: &Matter) -> Said<Page> {
    let registers = &matter.said.registers;
    let sections = registers.iter().map(|register| {
        let parts = [
            Part::Facts { rows: facts(matter, register)? },
            Part::columns(matter.named(&register.indicators).iter().map(anchor)),
        ];
        Ok(Section::of(&register.title, parts).map(|section| section.at(&register.slug)))
    });
    let sections = sections.collect::<Said<Vec<_>>>()?.into_iter().flatten().collect();
    let mut page = index(matter, "registers", sections)?;
    page.jumps = registers
        .iter()
        .map(|register| Jump { id: register.slug.clone(), text: register.title.clone() })
        .collect();
    Ok(page)
}

fn facts(matter: &Matter, register: &Register) -> Said<Vec<Fact>> {
    let told = [
        ("fact-needs", &register.needs),
        ("fact-access", &register.access),
        ("fact-delay", &register.delay),
        ("fact-hours", &register.hours),
    ];
    let told = told.into_iter().map(|(key, text)| {
        let text = text.clone().unwrap_or_else(|| matter.said.unknown.clone());
        Ok(Fact { label: matter.fixed(key)?, text })
    });
    told.collect()
}

/// Every document, with the pages that refer to it. The law's families are referred to by most: they are named once.
fn sources(matter: &Matter) -> Said<Page> {
    let sources = &matter.said.sources;
    let links = sources.iter().map(|source| {
        let used: Vec<&str> = source.used_by.iter().map(|link| link.title.as_str()).collect();
        let numbered = format!("{}. {}", source.number, source.title);
        Anchor::document(&numbered, source.url.as_ref()).note(used.join(" · "))
    });
    let section = matter.section("sources-heading", [Part::links(links)])?;
    index(matter, "sources", section.into_iter().collect())
}

/// How the site is made, for who wants to know or finds something that does not work.
fn about(matter: &Matter) -> Said<Page> {
    let texts = |key: &str| -> Said<Part> { Ok(Part::text([matter.fixed(key)?])) };
    let sections = [
        matter.section("about-use-heading", [texts("about-use")?])?,
        matter.section("about-numbers-heading", [texts("about-numbers")?])?,
        matter.section("about-access-heading", [texts("about-access")?])?,
        matter.section("about-privacy-heading", [texts("about-privacy")?])?,
    ];
    index(matter, "about", sections.into_iter().flatten().collect())
}
