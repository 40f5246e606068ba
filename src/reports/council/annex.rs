//! The pages of single areas at the end of a council paper, on request: each made from its area's own subject, and about
//! nothing else.

use serde::Serialize;

use super::{
    super::{
        band::{self, Band},
        context::Said,
        findings::{self, Findings},
        limits::{self, Limits},
        next_list::{self, Outlooks},
        page_status::{self, Card, Note, Title},
        subject::Subject,
    },
    Matter, own_report,
};
use crate::{catalogue::At, diagnostics::Diagnostic, ids::AreaId, sources::Area, words::Slots};

/// A page about one area.
#[derive(Serialize)]
pub(super) struct Page {
    #[serde(skip)]
    pub area: String,
    pub name: String,
    pub title: Title,
    pub status: Option<Card>,
    pub findings: Option<Findings>,
    pub band: Option<Band>,
    pub limits: Option<Limits>,
    pub outlook: Option<Outlooks>,
    pub note: Option<Note>,
}

/// The pages, in the order asked for; the full table comes before them where there is one.
pub(super) fn pages(matter: &Matter) -> Said<Vec<Page>> {
    let before = super::fields::has_full_table(matter);
    let named = (1 + i64::from(before)..).zip(&matter.council.annex);
    let mut pages = Vec::new();
    for (n, id) in named {
        let area = area(matter, id)?;
        let report = own_report(matter.context, matter.report, &area.layer);
        let Some(subject) = Subject::new(matter.context, report, area)? else { continue };
        pages.push(Page {
            area: area.name.clone(),
            name: matter.line("council/annex-name", Slots::new().count("n", n))?,
            title: page_status::title(&subject)?,
            status: page_status::card(&subject)?,
            findings: findings::findings(&subject)?,
            band: band::band(&subject)?,
            limits: limits::limits(&subject)?,
            outlook: next_list::outlook(&subject)?,
            note: page_status::note(&subject)?,
        });
    }
    Ok(pages)
}

/// The area by its id, as the catalogue names it.
fn area<'m>(matter: &Matter<'m, '_>, id: &At<AreaId>) -> Said<&'m Area> {
    matter.context.places.area(&id.value).ok_or_else(|| {
        let known = matter.context.places.layers.values().flatten().map(|area| area.id.as_str());
        Diagnostic::error("unknown-area", format!("there is no area `{id}`"), &id.place)
            .did_you_mean(id.as_str(), known)
            .hint("`annex:` names areas that get a page of their own; `kvarter list areas` lists them")
    })
}
