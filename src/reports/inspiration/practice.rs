//! Practices under KL's headings.

use serde::Serialize;

use super::{Kind, Link, Value, condition, source::Reference, value};
use crate::{
    catalogue::{Evidence as Level, Practice as Written, Text, When, condition::Condition},
    ids::PracticeId,
    reports::{
        context::{Context, Said},
        practices::fitting,
        subject::Subject,
    },
    words::Slots,
};

/// An example from elsewhere.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Practice {
    pub slug: String,
    pub title: String,
    pub municipality: String,
    /// What it is; in the past tense once it has ended.
    pub brief: String,
    /// `2022`, `august 2022–juli 2026`, as far as it is known.
    pub period: Option<String>,
    /// Formål, Anvendelse, Organisering, Indikatorer, Datakilder, Erfaring, in this order, then Overvej.
    pub headings: Vec<Heading>,
    pub evidence: Evidence,
    /// The indicators it concerns.
    pub indicators: Vec<Link>,
    /// Questions that it helps with.
    pub questions: Vec<Link>,
    /// Barriers that it met.
    pub barriers: Vec<Link>,
    /// What holds where it fits; empty for a general one.
    pub fits: Vec<String>,
    /// What speaks against it.
    pub unfit: Vec<String>,
    /// What no figure answers.
    pub unjudged: Vec<String>,
    /// It answers to no single area.
    pub general: bool,
    /// The municipality's areas that it fits by what is published.
    pub fits_here: Vec<String>,
    pub values: Vec<Value>,
    pub references: Vec<Reference>,
}

/// One of KL's headings; without a text its sources do not tell of it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Heading {
    pub id: &'static str,
    pub title: String,
    pub text: Option<String>,
}

/// How well the effect is known.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Evidence {
    /// 1 described, 2 followed, 3 measured: so many of three boxes are filled.
    pub level: u8,
    pub word: String,
    /// What the level means, in a sentence.
    pub meaning: String,
    /// The words of all three levels.
    pub scale: [String; 3],
}

/// All practices, in the order written.
pub(super) fn practices(context: &Context) -> Said<Vec<Practice>> {
    let fits = areas(context)?;
    let practices = context.catalogue.practices.iter();
    practices.map(|(id, practice)| made(context, &id.value, practice, &fits)).collect()
}

/// Every practice that fits an area, with the area's name.
fn areas(context: &Context) -> Said<Vec<(PracticeId, String)>> {
    let mut found = Vec::new();
    let Some((report, written)) = context.catalogue.reports.iter().next() else { return Ok(found) };
    for area in context.places.layers.values().flatten() {
        let Some(subject) = Subject::new(context, (&report.value, written), area)? else { continue };
        found.extend(fitting(&subject)?.into_iter().map(|fit| (fit.id.clone(), area.name.clone())));
    }
    Ok(found)
}

fn made(
    context: &Context,
    id: &PracticeId,
    practice: &Written,
    fits: &[(PracticeId, String)],
) -> Said<Practice> {
    let catalogue = context.catalogue;
    let title = context.text(&practice.title).to_string();
    let link = Link::new(Kind::Practice, id, &title);
    let clauses = |conditions: &[Condition]| {
        conditions.iter().map(|one| condition::words(context, one)).collect::<Said<Vec<_>>>()
    };
    let asked =
        catalogue.questions.iter().filter(|(_, asked)| asked.practices.iter().any(|p| p.value == *id));
    let met = catalogue.barriers.iter().filter(|(_, barrier)| barrier.met_by.iter().any(|p| p.value == *id));
    let here = fits.iter().filter(|(fitting, _)| fitting == id);
    Ok(Practice {
        slug: id.to_string(),
        title,
        municipality: practice.municipality.clone(),
        brief: context.text(practice.brief_in(catalogue.about.edition.value)).to_string(),
        period: period(context, practice)?,
        headings: headings(context, practice)?,
        evidence: evidence(context, practice.evidence)?,
        indicators: practice.indicators.iter().filter_map(|id| Link::indicator(context, id)).collect(),
        questions: asked
            .map(|(id, asked)| Link::new(Kind::Question, id, context.text(&asked.title)))
            .collect(),
        barriers: met.map(|(id, met)| Link::new(Kind::Barrier, id, context.text(&met.title))).collect(),
        fits: clauses(&practice.fits_when)?,
        unfit: clauses(&practice.unfit_when)?,
        unjudged: practice.unjudged.iter().map(|question| context.text(question).to_string()).collect(),
        general: practice.general,
        fits_here: here.map(|(_, area)| area.clone()).collect(),
        values: value::of(context, &link, &practice.value)?,
        references: practice.sources.iter().map(Reference::of).collect(),
    })
}

fn headings(context: &Context, practice: &Written) -> Said<Vec<Heading>> {
    let told: [(&'static str, Option<&Text>); 7] = [
        ("purpose", practice.purpose.as_ref()),
        ("use", practice.r#use.as_ref()),
        ("organisation", practice.organisation.as_ref()),
        ("measures", practice.measures.as_ref()),
        ("data", practice.data.as_ref()),
        ("lesson", practice.lesson.as_ref()),
        ("consider", Some(&practice.consider)),
    ];
    let made = told.into_iter().map(|(id, text)| {
        Ok(Heading {
            id,
            title: context.words.line(&format!("inspiration/{id}"), &Slots::new())?,
            text: text.map(|text| context.text(text).to_string()),
        })
    });
    made.collect()
}

/// A level in words.
pub(in crate::reports) fn evidence(context: &Context, level: Level) -> Said<Evidence> {
    let line = |key: String| context.words.line(&key, &Slots::new());
    let word = |level: Level| line(format!("practices/{}", level.word()));
    Ok(Evidence {
        level: match level {
            Level::Described => 1,
            Level::Followed => 2,
            Level::Measured => 3,
        },
        word: word(level)?,
        meaning: line(format!("inspiration/evidence-{}", level.word()))?,
        scale: [word(Level::Described)?, word(Level::Followed)?, word(Level::Measured)?],
    })
}

/// From when to when, as far as it is known.
fn period(context: &Context, practice: &Written) -> Said<Option<String>> {
    let when = |when: When| match when.month {
        Some(month) => format!("{} {}", context.words.format().month(month), when.year),
        None => when.year.to_string(),
    };
    let slots = |key: &'static str, text: String| Slots::new().text(key, text);
    let line = |key: &str, slots: Slots| context.words.line(&format!("inspiration/{key}"), &slots).map(Some);
    let (from, to) = (practice.from.as_ref(), practice.to.as_ref());
    match (from, to) {
        (Some(from), Some(to)) if from.value == to.value => Ok(Some(when(from.value))),
        (Some(from), Some(to)) => line("from-to", slots("from", when(from.value)).text("to", when(to.value))),
        (Some(from), None) => line("since", slots("from", when(from.value))),
        (None, Some(to)) => line("until", slots("to", when(to.value))),
        (None, None) => Ok(None),
    }
}
