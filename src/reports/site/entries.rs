//! What the search finds: every page that says something of its own, with the words it is looked for by.

use super::{
    Matter, address,
    search::{Entry, Found, Index},
};
use crate::reports::{
    context::Said,
    inspiration::{Indicator, Kind, Link},
};

/// The index over all pages, indicators first: of pages that fit equally well the first is named first.
pub(super) fn index(matter: &Matter) -> Said<Index> {
    let said = matter.said;
    let mut entries = Vec::new();
    let indicator_kind = matter.fixed("kind-indicator")?;
    for indicator in &said.indicators {
        let link = Link::new(Kind::Indicator, &indicator.slug, &indicator.title);
        let note = indicator.question.clone().unwrap_or_default();
        entries.push(entry(&link, &indicator_kind, note, &of_indicator(matter, indicator)));
    }
    let question_kind = matter.fixed("kind-question")?;
    for question in &said.questions {
        let link = Link::new(Kind::Question, &question.slug, &question.title);
        let rest = question.indicators.iter().map(|link| link.title.as_str()).collect();
        let found = Found { titles: vec![&question.title], rest, ..Found::default() };
        entries.push(entry(&link, &question_kind, String::new(), &found));
    }
    let practice_kind = matter.fixed("kind-practice")?;
    for practice in &said.practices {
        let link = Link::new(Kind::Practice, &practice.slug, &practice.title);
        let found = Found {
            titles: vec![&practice.title],
            search: vec![&practice.municipality],
            rest: vec![&practice.brief],
            ..Found::default()
        };
        entries.push(entry(&link, &practice_kind, practice.municipality.clone(), &found));
    }
    let barrier_kind = matter.fixed("kind-barrier")?;
    for barrier in &said.barriers {
        let link = Link::new(Kind::Barrier, &barrier.slug, &barrier.title);
        let rest = vec![barrier.sign.as_str(), barrier.remedy.as_str()];
        let found = Found { titles: vec![&barrier.title], rest, ..Found::default() };
        entries.push(entry(&link, &barrier_kind, String::new(), &found));
    }
    let register_kind = matter.fixed("kind-register")?;
    for register in &said.registers {
        let link = Link::new(Kind::Register, &register.slug, &register.title);
        let search = register.search_words.iter().map(String::as_str).collect();
        let found = Found { titles: vec![&register.title], search, ..Found::default() };
        entries.push(entry(&link, &register_kind, String::new(), &found));
    }
    for place in matter.places {
        let found = Found { titles: vec![&place.name], rest: vec![&place.kind], ..Found::default() };
        entries.push(Entry {
            title: place.name.clone(),
            page: place.address(),
            kind: place.kind.clone(),
            note: String::new(),
            words: found.words(),
        });
    }
    Ok(Index::new(matter.context.language, entries))
}

fn entry(link: &Link, kind: &str, note: String, found: &Found) -> Entry {
    Entry {
        title: link.title.clone(),
        page: address(link),
        kind: kind.to_string(),
        note,
        words: found.words(),
    }
}

/// An indicator is found by its names, by everyday words, by its registers, and by its question and theme.
fn of_indicator<'f>(matter: &'f Matter, indicator: &'f Indicator) -> Found<'f> {
    let mut registers: Vec<&str> = indicator.register.iter().map(String::as_str).collect();
    registers.extend(indicator.tables.iter().filter_map(|table| table.provider.as_deref()));
    for link in &indicator.registers {
        registers.push(&link.title);
        let register = matter.said.registers.iter().find(|register| register.slug == link.slug);
        registers.extend(register.iter().flat_map(|register| &register.search_words).map(String::as_str));
    }
    let mut rest = vec![indicator.theme.title.as_str()];
    rest.extend(indicator.question.as_deref());
    rest.extend(indicator.population.as_deref());
    Found {
        titles: vec![&indicator.title, &indicator.short],
        search: indicator.search_words.iter().map(String::as_str).collect(),
        registers,
        rest,
    }
}
