//! What a practice, a barrier and a register are.

use super::{Page, list};
use crate::ids::PracticeId;

impl Page<'_> {
    pub(super) fn practice(self, id: &PracticeId) -> Self {
        let Some(practice) = self.catalogue.practices.get(id) else { return self };
        let brief = self.text(practice.brief_in(self.catalogue.about.edition.value));
        let headings = [
            ("purpose", &practice.purpose),
            ("use", &practice.r#use),
            ("organisation", &practice.organisation),
            ("measures", &practice.measures),
            ("data", &practice.data),
            ("lesson", &practice.lesson),
        ];
        let untold = headings.iter().filter(|(_, text)| text.is_none()).map(|(name, _)| name);
        let untold = list(untold);
        let whole = if practice.whole_municipality { "whole municipality" } else { "" };
        let places = practice.places.iter().map(ToString::to_string);
        let places = list(places.chain([whole.to_string()]).filter(|place| !place.is_empty()));
        let title = self.text(&practice.title);
        let mut page = self
            .line("title", title)
            .line("municipality", &practice.municipality)
            .line("period", practice.span())
            .line("for", places)
            .line("brief", brief);
        for (name, text) in headings {
            let text = page.text(text.as_ref());
            page = page.line(name, text);
        }
        let consider = page.text(&practice.consider);
        let unjudged = practice.unjudged.iter().map(|question| page.text(question));
        let unjudged = list(unjudged);
        let fits =
            if practice.general { "general: no single area".into() } else { list(practice.fits_when.iter()) };
        page = page
            .line("consider", consider)
            .line("evidence", practice.evidence.word())
            .line("indicators", list(practice.indicators.iter()))
            .line("fits when", fits)
            .line("unfit when", list(practice.unfit_when.iter()))
            .line("not judged", unjudged);
        if !untold.is_empty() {
            page = page.line("left out", format!("{untold}: not told by its sources"));
        }
        practice.sources.iter().fold(page, |page, source| {
            let url = source.url.as_ref().map_or(String::new(), |url| format!(", {url}"));
            page.line("source", format!("{}{url}", source.title))
        })
    }

    pub(super) fn barrier(self, id: &str) -> Self {
        let Some(barrier) = self.catalogue.barriers.get(id) else { return self };
        let [title, sign, remedy, who] =
            [&barrier.title, &barrier.sign, &barrier.remedy, &barrier.who_decides]
                .map(|text| self.text(text));
        let page = self
            .line("title", title)
            .line("sign", sign)
            .line("remedy", remedy)
            .line("who decides", who)
            .line("met by", list(barrier.met_by.iter()));
        barrier.sources.iter().fold(page, |page, source| page.line("source", &source.title))
    }

    pub(super) fn register(self, id: &str) -> Self {
        let Some(register) = self.catalogue.registers.get(id) else { return self };
        let title = self.text(&register.title);
        let told = [&register.needs, &register.access, &register.delay, &register.hours];
        let [needs, access, delay, hours] = told.map(|text| self.text(text.as_ref()));
        let words = list(register.search_words.iter().map(|word| self.text(word)));
        self.line("title", title)
            .line("sources", list(register.sources.iter()))
            .line("needs", needs)
            .line("access", access)
            .line("delay", delay)
            .line("hours", hours)
            .line("looked for as", words)
    }
}
