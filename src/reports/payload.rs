//! The payload: everything the template of one report is given, owned and about one area.
//!
//! Its fields are the contract of `templates/README.md`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    attachments::{Attachment, attachments},
    band::{self, Band},
    comments::{self, Remark},
    context::{Context, Said},
    declaration::{self, Declaration},
    drawings::{Contents, Drawings},
    findings::{self, Findings},
    initiatives::{self, Initiatives},
    limits::{self, Limits},
    locator,
    moves::{self, Moves},
    municipality::{self, MunicipalityMap},
    next_list::{self, NextList},
    page_status::{self, Card, Facts, Note, Title},
    page_table::{self, Table},
    people::{self, People},
    practices::{self, Cards},
    subject::Subject,
    theme::Look,
    trends::{self, Trends},
};
use crate::{
    catalogue::Report,
    ids::ReportId,
    words::{Rich, Slots},
};

/// Decimals of a position on the page: a hundredth of a millimetre on the widest drawing.
const PLACES: f64 = 1e4;

/// A position as a fraction of a drawing's width, rounded so that the same input gives the same bytes.
pub(super) fn fraction(at: f64) -> f64 {
    (at * PLACES).round() / PLACES
}

/// What one report is made of.
#[derive(Serialize)]
pub struct Payload {
    meta: Meta,
    theme: ThemeData,
    labels: BTreeMap<String, String>,
    title: Title,
    status: Option<Card>,
    band: Option<Band>,
    findings: Option<Findings>,
    map: MapData,
    facts: Option<Vec<Facts>>,
    limits: Option<Limits>,
    note: Option<Note>,
    table: Option<Table>,
    next: Option<NextList>,
    trends: Option<Trends>,
    people: Option<People>,
    moves: Option<Moves>,
    municipality: Option<MunicipalityMap>,
    practices: Option<Cards>,
    initiatives: Option<Initiatives>,
    pub(super) comment: Option<Remark>,
    declaration: Declaration,
    attachments: Vec<Attachment>,
    #[serde(skip)]
    drawings: Drawings,
}

/// What the page says of the document.
#[derive(Serialize)]
pub(super) struct Meta {
    title: String,
    lang: String,
    date: DateData,
    kind: Option<String>,
    layout: &'static str,
    area: Option<String>,
    product: String,
    edition: String,
    footer: String,
    /// What stands over every page as long as a text in it is not approved.
    pub(super) draft: Option<Rich>,
}

#[derive(Serialize)]
struct DateData {
    year: u16,
    month: u8,
    day: u8,
}

/// The municipality's colours, name and logo.
#[derive(Serialize)]
pub(super) struct ThemeData {
    primary: String,
    tint: String,
    font: String,
    name: String,
    logo: Option<&'static str>,
}

impl ThemeData {
    pub fn new(look: &Look) -> Self {
        Self {
            primary: look.primary.clone(),
            tint: look.tint.clone(),
            font: look.font.clone(),
            name: look.name.clone(),
            logo: look.logo.as_ref().map(|_| LOGO),
        }
    }
}

/// A map as the templates take it.
#[derive(Serialize)]
pub(super) struct MapData {
    pub id: String,
    pub state: &'static str,
    pub title: String,
    pub unit: Option<String>,
    pub svg: &'static str,
    pub width: f64,
    pub height: f64,
    pub alt: String,
    pub strip: Option<Strip>,
}

/// What stands under a map's frame, when the drawing does not hold it itself.
#[derive(Serialize)]
pub(super) struct Strip {
    scale: Option<()>,
    source: String,
}

impl Payload {
    /// Builds the payload of one area from what is published.
    pub(super) fn build(subject: &Subject, look: &Look) -> Said<Self> {
        let mut drawings = Drawings::new(Some(&subject.area.id));
        let trends = trends::trends(subject, look, &mut drawings)?;
        let mut payload = Self {
            meta: meta(subject)?,
            theme: ThemeData::new(look),
            labels: subject.context.words.page_labels(),
            title: page_status::title(subject)?,
            status: page_status::card(subject)?,
            band: band::band(subject)?,
            findings: findings::findings(subject)?,
            map: locator::map(subject, look, &mut drawings)?,
            facts: page_status::facts(subject)?,
            limits: limits::limits(subject)?,
            note: page_status::note(subject)?,
            table: page_table::table(subject)?,
            next: next_list::next_list(subject)?,
            practices: practices::cards(subject)?,
            people: people::people(subject, look, &mut drawings)?,
            moves: moves::moves(subject, look, &mut drawings)?,
            municipality: municipality::map(subject, look, trends.is_some(), &mut drawings)?,
            initiatives: initiatives::initiatives(subject)?,
            comment: None,
            declaration: declaration::declaration(subject, trends.as_ref())?,
            attachments: attachments(subject.context.words, &drawings)?,
            trends,
            drawings,
        };
        // Its numbers are held against those of all other parts.
        payload.comment = comments::remark(subject, &payload)?;
        Ok(payload)
    }

    /// What the template is given.
    pub(super) fn into_contents(self) -> Contents {
        Contents {
            data: serde_json::to_vec_pretty(&self).expect("a payload is plain data"),
            drawings: self.drawings,
        }
    }
}

/// The virtual path of the logo.
pub(super) const LOGO: &str = "/logo.svg";

fn meta(subject: &Subject) -> Said<Meta> {
    let of_all = Meta::new(subject.context, (subject.report_id, subject.report), &subject.area.name)?;
    Ok(Meta {
        kind: Some(subject.layer_id.to_string()),
        layout: if subject.law.is_some() { "statutory" } else { "place" },
        area: Some(subject.area.name.clone()),
        draft: comments::draft(subject.context, Some(&subject.area.id))?,
        ..of_all
    })
}

impl Meta {
    /// That of a report over all areas; `about` names them.
    pub fn new(context: &Context, (id, report): (&ReportId, &Report), about: &str) -> Said<Self> {
        let edition = context.catalogue.about.edition.value;
        let report = report.title.as_ref().map_or(id.as_str(), |title| context.text(title));
        let dated = || {
            Slots::new()
                .text("month", context.words.format().month(edition.month))
                .text("year", edition.year.to_string())
        };
        let words = context.words;
        Ok(Self {
            title: words.line("page/title", &dated().text("area", about).text("report", report))?,
            lang: words.language().to_string(),
            date: DateData { year: edition.year, month: edition.month, day: 1 },
            kind: None,
            layout: "overview",
            area: None,
            product: words.line("page/product", &Slots::new().text("report", report))?,
            edition: words.line("page/edition", &dated())?,
            footer: words.line("page/footer", &Slots::new().text("area", about))?,
            draft: None,
        })
    }

    /// That of a council paper: its title, and what its head and foot say of the case where that is known.
    pub fn of_paper(
        self,
        title: &str,
        product: String,
        case: Option<String>,
        (meeting, draft): (Option<String>, Option<Rich>),
    ) -> Self {
        Self {
            title: title.to_string(),
            layout: "council",
            product,
            edition: case.unwrap_or(self.edition),
            footer: meeting.unwrap_or(self.footer),
            draft,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;
    use crate::{
        catalogue::Language,
        reports::fixture::{Fixture, facts, next_list, paths, subject_of},
    };

    fn built(area: &str) -> Json {
        let facts = moves::tests::with_moves(people::tests::with_people(next_list(facts())));
        let mut fixture = Fixture::new(facts);
        moves::tests::catalogue(&mut fixture);
        let context = fixture.context();
        let look = Look::new(context.catalogue, Language::Danish).expect("the colours are fit for use");
        let payload = Payload::build(&subject_of(&context, area), &look).expect("the texts fit");
        serde_json::to_value(payload).expect("plain data")
    }

    fn sample(name: &str) -> Json {
        let bytes = crate::templates::embedded(name).expect("the sample is among the templates");
        serde_json::from_slice(bytes).expect("the sample is JSON")
    }

    #[test]
    fn a_payload_has_the_fields_that_the_templates_were_made_for_and_no_others() {
        let samples = paths(&[sample("sample.json"), sample("sample-village.json")]);
        let payloads = paths(&[built("gronnevang"), built("kaer")]);
        let text =
            |path: &&String| !path.ends_with("/t") && !path.ends_with("/b") && !path.ends_with("/code");
        let unknown: Vec<&String> = payloads.difference(&samples).filter(text).collect();
        // Said by the program and not in the samples: a source under the status, the reason of a missing row.
        let allowed = ["/status/source", "/table/themes/missing", "/table/themes/rows/reason", "/theme/logo"];
        let unknown: Vec<_> = unknown.into_iter().filter(|path| !allowed.contains(&path.as_str())).collect();
        assert!(unknown.is_empty(), "the samples do not have {unknown:?}");
        let top = |path: &&String| path.matches('/').count() <= 2;
        let lacking: Vec<_> = samples
            .difference(&payloads)
            .filter(top)
            .filter(|path| !path.starts_with("/map/strip"))
            .collect();
        // Only some payloads have them: the numbers behind the curves stand under short tables, older lists have a note.
        let allowed =
            ["/theme/logo", "/municipality/strip", "/note/extra", "/declaration/series", "/band/note"];
        let lacking: Vec<_> = lacking.into_iter().filter(|path| !allowed.contains(&path.as_str())).collect();
        assert!(lacking.is_empty(), "the payloads do not have {lacking:?}");
    }

    #[test]
    fn hidden_and_missing_rows_have_no_number() {
        let payload = built("gronnevang");
        let rows = payload["table"]["themes"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|theme| theme["rows"].as_array());
        let hidden = rows
            .flatten()
            .find(|row| row["id"] == "lone-parent-children@gronnevang@2025")
            .expect("the row is there");
        assert_eq!(hidden["state"], "hidden");
        assert!(
            ["value", "comparator", "range", "verdict", "change"]
                .iter()
                .all(|field| hidden.get(field).is_none_or(Json::is_null))
        );
    }

    #[test]
    fn few_unplaced_rows_are_called_fewer_than_five() {
        let payload = built("gronnevang");
        let sources = payload["declaration"]["sources"].as_array().expect("there are sources");
        let statistics = sources.iter().find(|row| row["dated"] == "2024").expect("the row is there");
        assert_eq!(statistics["unplaced"], "færre end 5");
    }

    /// The law counts without regard to chance.
    #[test]
    fn no_interval_and_no_verdict_stands_beside_a_criterion_of_the_law() {
        let payload = built("gronnevang");
        let of_law =
            [&payload["limits"], &payload["status"], &payload["note"], &payload["declaration"]["criteria"]];
        let keys = paths(&of_law.map(Json::clone));
        let keys: Vec<&str> = keys.iter().filter_map(|path| path.rsplit('/').next()).collect();
        assert!(keys.len() > 20, "the parts about the law are there");
        for key in ["interval", "lower", "upper", "verdict", "judgement"] {
            assert!(!keys.contains(&key), "`{key}` beside a criterion");
        }
        let text = of_law.map(Json::to_string).concat();
        for word in ["højere", "lavere", "dårligere", "bedre", "skelnes", "vurderes", "udsving", "sikker"] {
            assert!(!text.contains(word), "`{word}` beside a criterion");
        }
    }
}
