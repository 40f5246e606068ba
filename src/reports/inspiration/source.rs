//! Documents that the inspiration catalogue refers to: one list, numbered.

use serde::Serialize;

use super::{Barrier, Indicator, Kind, Link, Practice};
use crate::{
    catalogue,
    reports::context::{Context, Said},
    words::Slots,
};

/// A document, with its address where it has one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Reference {
    pub title: String,
    pub url: Option<String>,
}

impl Reference {
    /// As a practice or a barrier names it.
    pub fn of(written: &catalogue::Reference) -> Self {
        Self { title: written.title.to_string(), url: written.url.as_ref().map(ToString::to_string) }
    }

    /// As an indicator names it: a family or rule set of the law by its id, a text, or a text and its address.
    pub fn read(context: &Context, written: &str) -> Said<Self> {
        let catalogue = context.catalogue;
        if catalogue.families.contains(written) {
            let laws = catalogue.rule_sets.iter().filter(|(_, set)| set.family.as_str() == written);
            let latest = laws.max_by_key(|(_, set)| set.lists.from.value);
            let title = latest.map_or(written, |(_, set)| context.text(&set.law));
            return Ok(Self { title: title.to_string(), url: None });
        }
        if let Some(set) = catalogue.rule_sets.get(written) {
            return Ok(Self { title: context.text(&set.law).to_string(), url: None });
        }
        let Some(at) = written.find("http://").or_else(|| written.find("https://")) else {
            return Ok(Self { title: written.to_string(), url: None });
        };
        let title = written[..at].trim().trim_end_matches(':').trim();
        let url = written[at..].trim().to_string();
        if title.is_empty() {
            let host = url.split('/').nth(2).unwrap_or_default().trim_start_matches("www.").to_string();
            let title = context.words.line("inspiration/address", &Slots::new().text("host", host))?;
            return Ok(Self { title, url: Some(url) });
        }
        Ok(Self { title: title.to_string(), url: Some(url) })
    }
}

/// A document in the list of sources.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Source {
    /// From 1, in the order of the titles.
    pub number: usize,
    pub title: String,
    pub url: Option<String>,
    /// What refers to it.
    pub used_by: Vec<Link>,
}

/// Every document once, by title.
pub(super) fn sources(indicators: &[Indicator], practices: &[Practice], barriers: &[Barrier]) -> Vec<Source> {
    let mut found: Vec<(Reference, Vec<Link>)> = Vec::new();
    let mut take =
        |reference: &Reference, link: Link| match found.iter_mut().find(|(known, _)| known == reference) {
            Some((_, links)) => links.push(link),
            None => found.push((reference.clone(), vec![link])),
        };
    for practice in practices {
        let link = Link::new(Kind::Practice, &practice.slug, &practice.title);
        practice.references.iter().for_each(|reference| take(reference, link.clone()));
    }
    for barrier in barriers {
        let link = Link::new(Kind::Barrier, &barrier.slug, &barrier.title);
        barrier.references.iter().for_each(|reference| take(reference, link.clone()));
    }
    for indicator in indicators {
        let link = Link::new(Kind::Indicator, &indicator.slug, &indicator.short);
        indicator.references.iter().for_each(|reference| take(reference, link.clone()));
    }
    found.sort_by_cached_key(|(reference, _)| (reference.title.to_lowercase(), reference.url.clone()));
    let numbered = (1..).zip(found);
    numbered
        .map(|(number, (Reference { title, url }, used_by))| Source { number, title, url, used_by })
        .collect()
}
