//! *Sådan har vi kontrolleret*: one page on how an edition was checked, with what there is to count in it.
//!
//! It tells of the whole publication and of no area. How many figures are not shown can be counted in the open results too; why a
//! figure is not shown stands nowhere.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    context::{Context, Said},
    drawings::{Contents, Drawings},
    payload::{Meta, ThemeData},
    theme::Look,
};
use crate::{
    catalogue::{Report, Source},
    compute::{Fact, State, Verdict},
    ids::{AreaId, ReportId, SourceId, ValueId},
    words::{Rich, Slots},
};

/// What the template is given.
#[derive(Serialize)]
pub(super) struct Payload {
    meta: Meta,
    theme: ThemeData,
    labels: BTreeMap<String, String>,
    title: Title,
    counts: Vec<Counted>,
    sections: Vec<Section>,
    sources: Option<Sources>,
    note: Rich,
}

#[derive(Serialize)]
struct Title {
    line: String,
    name: String,
    lead: String,
}

/// A number and what it counts.
#[derive(Serialize)]
struct Counted {
    value: String,
    text: String,
}

#[derive(Serialize)]
struct Section {
    heading: String,
    paragraphs: Vec<Rich>,
}

/// The table of sources: the heads of its columns, and a row for each source that was read.
#[derive(Serialize)]
struct Sources {
    heading: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// What there is to count in a publication.
#[derive(Default, PartialEq, Eq, Debug)]
struct Tally {
    shown: i64,
    hidden: i64,
    missing: i64,
    judged: i64,
    official: i64,
    own: i64,
}

impl Tally {
    fn of<'p>(facts: impl Iterator<Item = (&'p ValueId, &'p State<Fact>)>) -> Self {
        let mut tally = Self::default();
        for (_, state) in facts {
            match state {
                State::Hidden => tally.hidden += 1,
                State::Missing(_) => tally.missing += 1,
                State::Shown(fact) => {
                    tally.shown += 1;
                    match fact {
                        Fact::Verdict(verdict) => tally.judged += i64::from(*verdict != Verdict::NotJudged),
                        Fact::Change(change) => {
                            tally.judged += i64::from(change.verdict != Verdict::NotJudged)
                        }
                        Fact::Status(status) if status.official => tally.official += 1,
                        Fact::Status(_) => tally.own += 1,
                        _ => {}
                    }
                }
            }
        }
        tally
    }
}

impl Payload {
    /// Builds the page from what is published.
    pub fn build(context: &Context, report: (&ReportId, &Report), look: &Look) -> Said<Self> {
        let words = context.words;
        let tally = Tally::of(context.publication.facts());
        let about = look.name.clone();
        let edition = context.catalogue.about.edition.value;
        Ok(Self {
            title: Title {
                line: words.line("checked/line", &Slots::new().text("edition", edition.to_string()))?,
                name: words.line("checked/title", &Slots::new())?,
                lead: words.line("checked/lead", &Slots::new())?,
            },
            meta: Meta::new(context, report, &about)?,
            theme: ThemeData::new(look),
            labels: words.page_labels(),
            counts: counts(context, &tally)?,
            sections: sections(context, &tally)?,
            sources: sources(context)?,
            note: words.say("checked/note", &Slots::new())?,
        })
    }

    /// What the template is given.
    pub fn into_contents(self) -> Contents {
        let data = serde_json::to_vec_pretty(&self).expect("a payload is plain data");
        Contents { data, drawings: Drawings::new(None) }
    }
}

fn counts(context: &Context, tally: &Tally) -> Said<Vec<Counted>> {
    let told = context.publication.numbers().len() as i64;
    let counts =
        [("shown", tally.shown), ("hidden", tally.hidden), ("missing", tally.missing), ("told", told)];
    let counted = |(what, n): (&str, i64)| -> Said<Counted> {
        Ok(Counted {
            value: context.words.format().count(n),
            text: context.words.line(&format!("checked/count-{what}"), &Slots::new().count("n", n))?,
        })
    };
    counts.into_iter().filter(|(what, n)| *what != "told" || *n > 0).map(counted).collect()
}

fn sections(context: &Context, tally: &Tally) -> Said<Vec<Section>> {
    let words = context.words;
    let plain = |key: &str| words.say(&format!("checked/{key}"), &Slots::new());
    let section = |name: &str, paragraphs: Vec<Rich>| -> Said<Section> {
        Ok(Section { heading: words.line(&format!("checked/{name}-heading"), &Slots::new())?, paragraphs })
    };
    let (numbers, sheets) =
        (context.publication.numbers().len() as i64, context.publication.sheets().len() as i64);
    let attack = if sheets > 0 {
        let mut attack = vec![words.say("checked/attack", &Slots::new().count("sheets", sheets))?];
        attack.push(plain("attack-found")?);
        // Only what is made for others tells which numbers it tells, and is attacked in earnest.
        attack.push(match numbers {
            0 => plain("attack-draft")?,
            n => words.say("checked/attack-edition", &Slots::new().count("n", n))?,
        });
        attack
    } else {
        vec![plain("attack-none")?]
    };
    let mut sections = vec![
        section("hidden", vec![plain("hidden")?, plain("hidden-alike")?])?,
        section("attack", attack)?,
        section("rounding", vec![plain("rounding")?])?,
    ];
    if tally.judged > 0 {
        let judged = words.say("checked/chance", &Slots::new().count("n", tally.judged))?;
        sections.push(section("chance", vec![judged])?);
    }
    if tally.official + tally.own > 0 {
        let slots = Slots::new().count("official", tally.official).count("own", tally.own);
        sections.push(section("status", vec![words.say("checked/status", &slots)?])?);
    }
    sections.push(section("tests", vec![plain("tests")?])?);
    sections.push(section("limits", vec![plain("limits")?])?);
    Ok(sections)
}

/// The sources that rows were read of, at the latest period: how many, and how many found no place.
fn sources(context: &Context) -> Said<Option<Sources>> {
    let words = context.words;
    let plain = |key: &str| words.line(&format!("checked/{key}"), &Slots::new());
    let mut rows = Vec::new();
    for (id, source) in context.catalogue.sources.iter() {
        rows.extend(source_row(context, &id.value, source)?);
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let head = ["source", "provider", "period", "rows", "unplaced"];
    let head = head.into_iter().map(|name| plain(&format!("head-{name}"))).collect::<Said<_>>()?;
    Ok(Some(Sources { heading: plain("sources-heading")?, head, rows }))
}

fn source_row(context: &Context, id: &SourceId, source: &Source) -> Said<Option<Vec<String>>> {
    let (publication, whole) = (context.publication, AreaId::municipality());
    let latest = publication.periods(&format!("rows/{id}"), &whole).into_iter().next_back();
    let Some(period) = latest else { return Ok(None) };
    let none = context.words.line("declaration/none", &Slots::new())?;
    // Counts of 1 to 4 are the only ones that the gate hides here.
    let few = context.words.line("declaration/few", &Slots::new())?;
    let count = |what: &str| match publication.count(&ValueId::own(format!("{what}/{id}"), &whole, period)) {
        State::Shown(n) => context.words.format().count(n),
        State::Hidden => few.clone(),
        State::Missing(_) => none.clone(),
    };
    Ok(Some(vec![
        context.text(&source.title).to_string(),
        source.provider.as_ref().map_or(none.clone(), |provider| context.text(provider).to_string()),
        period.to_string(),
        count("rows"),
        count("unplaced"),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compute::{Missing, Standing},
        reports::fixture::{Facts, Fixture},
    };

    fn page(facts: Facts) -> serde_json::Value {
        let fixture = Fixture::new(facts);
        let context = fixture.context();
        let reports = fixture.catalogue.reports.iter();
        let (id, report) =
            reports.into_iter().find(|(id, _)| id.as_str() == "how-checked").expect("it is in the catalogue");
        let look =
            Look::new(&fixture.catalogue, context.language).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let payload =
            Payload::build(&context, (&id.value, report), &look).unwrap_or_else(|error| panic!("{error}"));
        serde_json::from_slice(&payload.into_contents().data).expect("JSON")
    }

    #[test]
    fn the_page_counts_what_is_shown_what_is_not_and_what_is_missing() {
        let facts = Facts::default()
            .value("no-work@gronnevang@2024", "40.4")
            .count("rows/residents@municipality@2025", 41871)
            .set("unplaced/residents@municipality@2025", State::Hidden)
            .set("lone-parent-children@gronnevang@2025", State::Hidden)
            .set("elderly-share@gronnevang@2025", State::Missing(Missing::NoData))
            .status("gronnevang", 2025, Standing::NotListed);
        let page = page(facts);
        let values: Vec<&str> = page["counts"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|count| count["value"].as_str())
            .collect();
        assert_eq!(values, ["3", "2", "1"]);
        let rows = page["sources"]["rows"].as_array().expect("a list");
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0][2].as_str(), rows[0][3].as_str()), (Some("2025"), Some("41.871")));
        // A count from 1 to 4 is never printed.
        assert_eq!(rows[0][4].as_str(), Some("færre end 5"));
        let text = page["sections"].to_string();
        assert!(text.contains("Én status er ministeriets"), "{text}");
        assert!(!text.contains("sammenligninger og ændringer er vurderet"), "nothing was judged: {text}");
    }
}
