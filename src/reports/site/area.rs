//! The pages of areas: what is published of each, by theme, and the way to its report.

use super::{
    Matter,
    page::{Anchor, Fact, Page, Part, Row, Section},
};
use crate::{
    catalogue::Indicator,
    compute::State,
    figures::symbols::StatusMark,
    ids::IndicatorId,
    reports::{
        context::{Context, Said},
        findings::standing_in_sentence,
        inspiration::{Kind, Link},
        moves,
        plan::slug,
        subject::{Subject, decimal, shown},
    },
    sources::Area,
    words::Slots,
};

/// An area as the site knows it.
pub(super) struct Place {
    pub slug: String,
    pub name: String,
    /// The name of its layer.
    pub layer: String,
    /// What one area of the layer is called.
    pub kind: String,
    pub status: Option<Status>,
    /// The values of its latest periods, by theme.
    themes: Vec<(String, Vec<Row>)>,
    /// What moves did: the finding and its sentences.
    moves: Option<(String, Vec<String>)>,
    /// The report of it, by its path in the output folder without an ending, and its title.
    reports: Vec<(String, String)>,
}

/// Where an area stands on the latest list of its law.
pub(super) struct Status {
    pub mark: Option<StatusMark>,
    pub words: String,
    /// The list that it is of: `Status 1. december 2025`.
    pub head: String,
}

impl Place {
    /// Where its page is.
    pub fn address(&self) -> String {
        format!("area/{}.html", self.slug)
    }
}

/// Every area of a layer that has a report of its own, in the order of layers and names.
pub(super) fn places(context: &Context) -> Said<Vec<Place>> {
    let mut places = Vec::new();
    for layer in context.catalogue.areas.ids() {
        let own = |report: &crate::catalogue::Report| report.one_per.iter().any(|one| one.value == *layer);
        let mut reports = context.catalogue.reports.iter().filter(|(_, report)| own(report));
        let Some((id, report)) = reports.next() else { continue };
        for area in context.places.layer(layer) {
            let Some(subject) = Subject::new(context, (&id.value, report), area)? else { continue };
            places.push(place(&subject, area)?);
        }
    }
    Ok(places)
}

fn place(subject: &Subject, area: &Area) -> Said<Place> {
    let context = subject.context;
    let slug = slug(area.id.as_str());
    let title = |report: &crate::catalogue::Report| {
        report.title.as_ref().map(|title| context.text(title).to_string()).unwrap_or_default()
    };
    let own = context.catalogue.reports.iter();
    let own = own.filter(|(_, report)| report.one_per.iter().any(|one| one.value == area.layer));
    let kind = subject.layer.kind_name.as_ref().unwrap_or(&subject.layer.title);
    Ok(Place {
        name: area.name.clone(),
        layer: context.text(&subject.layer.title).to_string(),
        kind: context.text(kind).to_string(),
        status: status(subject)?,
        themes: themes(subject)?,
        moves: moves::in_words(subject)?,
        reports: own.map(|(id, report)| (format!("{id}/{slug}"), title(report))).collect(),
        slug,
    })
}

fn status(subject: &Subject) -> Said<Option<Status>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let Some(status) = shown(law.status(subject, law.year())) else { return Ok(None) };
    let words = capital(&standing_in_sentence(subject, &status.status)?);
    let day = law.day(subject.context.catalogue, law.year().year());
    let date = subject.context.words.date(day.year, day.month, day.day);
    let head = subject.line("site/status", Slots::new().text("date", date))?;
    Ok(Some(Status { mark: StatusMark::of_status(status), words, head }))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// The indicators that are published of the area, under their themes in the order of the catalogue.
fn themes(subject: &Subject) -> Said<Vec<(String, Vec<Row>)>> {
    let context = subject.context;
    let mut themes = Vec::new();
    for (theme, title) in context.catalogue.themes.iter() {
        let mut rows = Vec::new();
        let under = context
            .catalogue
            .indicators
            .iter()
            .filter(|(_, indicator)| *indicator.theme == theme.value && indicator.part_of.is_none());
        for (id, indicator) in under {
            rows.extend(row(subject, &id.value, indicator)?);
        }
        if !rows.is_empty() {
            themes.push((context.text(title).to_string(), rows));
        }
    }
    Ok(themes)
}

/// A value with its period; `None` where the layer has none.
fn row(subject: &Subject, id: &IndicatorId, indicator: &Indicator) -> Said<Option<Row>> {
    let Some(latest) = subject.latest(id) else { return Ok(None) };
    let context = subject.context;
    let value = match decimal(context.publication.get(&latest)) {
        State::Shown(number) => subject.with_unit(indicator.unit, number)?,
        State::Hidden => context.words.labels().get("hidden").cloned().unwrap_or_default(),
        State::Missing(missing) => subject.reason(missing)?,
    };
    let link = Link::new(Kind::Indicator, id, context.text(indicator.short_title()));
    Ok(Some(Row {
        href: Some(super::address(&link)),
        name: link.title,
        cells: vec![value, subject.printed(id, latest.period)?],
    }))
}

/// The list of areas, and a page for each.
pub(super) fn pages(matter: &Matter) -> Said<Vec<Page>> {
    let mut pages = Vec::new();
    for place in matter.places {
        pages.push(page(matter, place)?);
    }
    Ok(pages)
}

fn page(matter: &Matter, place: &Place) -> Said<Page> {
    let head = [matter.fixed("indicator")?, matter.fixed("value")?, matter.fixed("period")?];
    let moves = place.moves.iter().map(|(heading, said)| Section::of(heading, [Part::text(said.clone())]));
    let themes = place.themes.iter().map(|(theme, rows)| {
        let caption =
            matter.line("area-caption", Slots::new().text("theme", theme).text("area", &place.name))?;
        Ok(Section::of(theme, [Part::Table { caption, head: head.to_vec(), rows: rows.clone() }]))
    });
    let mut facts = vec![Fact { label: matter.fixed("fact-kind")?, text: place.kind.clone() }];
    if let Some(status) = &place.status {
        facts.push(Fact { label: status.head.clone(), text: status.words.clone() });
    }
    let reports = place.reports.iter().filter_map(|(path, title)| {
        Some(Anchor::to(matter.published(&format!("{path}.pdf"))?, format!("{title} (PDF)")))
    });
    let side = [
        matter.section("brief", [Part::Facts { rows: facts }])?,
        matter.section("area-reports", [Part::links(reports)])?,
        super::results::download(matter)?,
    ];
    Ok(Page {
        address: place.address(),
        title: place.name.clone(),
        above: vec![matter.start()?, Anchor::to("areas.html", matter.fixed("areas")?)],
        main: themes.collect::<Said<Vec<_>>>()?.into_iter().flatten().chain(moves.flatten()).collect(),
        side: side.into_iter().flatten().collect(),
        ..Page::default()
    })
}
