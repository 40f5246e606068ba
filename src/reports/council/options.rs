//! What the committee can consider: to go on as now, and practices of other municipalities that fit, with what speaks for and
//! against each. Without a practice that fits there is nothing to choose between, and no option is printed.

use serde::Serialize;

use super::{
    super::{
        context::Said,
        practices::{Fit, fitting},
    },
    Matter,
    distance::{enters, near_by_criterion},
};
use crate::{
    catalogue::Evidence,
    words::{Rich, Slots},
};

/// Practices among the options, and reasons of each.
const PRACTICES: usize = 2;
const REASONS: usize = 1;
/// Areas named, where more than one of them is left.
const NAMED: usize = 3;
const LETTERS: [&str; PRACTICES + 1] = ["A", "B", "C"];

/// The options, side by side.
#[derive(Serialize)]
pub(super) struct Options {
    pub heading: String,
    /// What stands before reasons for and against.
    #[serde(rename = "speaks-for")]
    pub speaks_for: String,
    #[serde(rename = "speaks-against")]
    pub speaks_against: String,
    pub columns: Vec<Choice>,
}

/// One option.
#[derive(Serialize)]
pub(super) struct Choice {
    pub name: String,
    pub text: String,
    #[serde(rename = "for")]
    pub reasons: Vec<String>,
    pub against: Vec<String>,
    /// The practice and what is known of its effect.
    pub practice: Option<String>,
}

impl Options {
    /// The letters of the options.
    pub fn letters(&self) -> &'static [&'static str] {
        &LETTERS[..self.columns.len().min(LETTERS.len())]
    }
}

/// A practice with the areas that it fits.
struct Fitting<'a> {
    fit: Fit<'a>,
    areas: Vec<&'a str>,
    /// Its place among those of an area, the best.
    place: usize,
}

/// The options; `None` where no practice fits an area.
pub(super) fn options(matter: &Matter) -> Said<Option<Options>> {
    let found = all_fitting(matter)?;
    if found.is_empty() { Ok(None) } else { beside_each_other(matter, &found).map(Some) }
}

/// The practices that fit an area, each with all its areas: those that most areas have a reason for after the others, since they
/// say little of any of them; then the best reason, then the fewest areas.
fn all_fitting<'m>(matter: &Matter<'m, '_>) -> Said<Vec<Fitting<'m>>> {
    let mut found: Vec<Fitting> = Vec::new();
    for entry in matter.entries {
        for (place, fit) in fitting(entry.subject)?.into_iter().enumerate() {
            let area = entry.subject.area.name.as_str();
            match found.iter_mut().find(|known| known.fit.id == fit.id) {
                Some(known) => {
                    known.areas.push(area);
                    known.place = known.place.min(place);
                }
                None => found.push(Fitting { fit, areas: vec![area], place }),
            }
        }
    }
    let is_for_most = |fitting: &Fitting| 2 * fitting.areas.len() > matter.entries.len();
    found.sort_by_key(|fitting| (is_for_most(fitting), fitting.place, fitting.areas.len()));
    Ok(found)
}

/// The first areas by name and how many more there are; one more has a name too.
fn named<'n>(areas: &'n [&'n str]) -> (&'n [&'n str], i64) {
    match areas.len().saturating_sub(NAMED) {
        0 | 1 => (areas, 0),
        more => (&areas[..NAMED], more as i64),
    }
}

fn beside_each_other(matter: &Matter, found: &[Fitting]) -> Said<Options> {
    let mut columns = vec![as_now(matter)?];
    for (fitting, letter) in found.iter().take(PRACTICES).zip(&LETTERS[1..]) {
        columns.push(choice(matter, fitting, letter)?);
    }
    Ok(Options {
        heading: matter.line("council/options", Slots::new().count("n", columns.len() as i64))?,
        speaks_for: matter.fixed("council/speaks-for")?,
        speaks_against: matter.fixed("council/speaks-against")?,
        columns,
    })
}

fn as_now(matter: &Matter) -> Said<Choice> {
    let near: Vec<&str> = matter
        .entries
        .iter()
        .filter(|entry| near_by_criterion(entry).is_some_and(|(nearest, _)| enters(&nearest)))
        .map(|entry| entry.subject.area.name.as_str())
        .collect();
    let (first, more) = named(&near);
    let against = Slots::new().count("near", near.len() as i64).list("areas", first).count("more", more);
    Ok(Choice {
        name: matter.line("council/as-now", Slots::new().text("letter", LETTERS[0]))?,
        text: matter.fixed("council/as-now-text")?,
        reasons: vec![matter.fixed("council/as-now-for")?],
        against: vec![matter.line("council/as-now-against", against)?],
        practice: None,
    })
}

fn choice(matter: &Matter, fitting: &Fitting, letter: &str) -> Said<Choice> {
    let practice = fitting.fit.practice;
    let title = matter.context.text(&practice.title);
    let edition = matter.context.catalogue.about.edition.value;
    let mut against: Vec<String> = fitting.fit.against.iter().map(Rich::plain).take(REASONS).collect();
    let (word, unknown) = match practice.evidence {
        Evidence::Described => ("council/evidence-described", Some("council/effect-not-followed")),
        Evidence::Followed => ("council/evidence-followed", Some("council/effect-not-measured")),
        Evidence::Measured => ("council/evidence-measured", None),
    };
    against.extend(unknown.map(|key| matter.fixed(key)).transpose()?);
    let (areas, all) = (fitting.areas.len(), matter.entries.len());
    let (first, more) = named(&fitting.areas);
    let fits = Slots::new()
        .list("areas", first)
        .count("more", more)
        .count("all", if areas == all { all as i64 } else { 0 });
    let mut reasons = vec![matter.line("council/fits", fits)?];
    // A reason has one area's numbers.
    if areas == 1 {
        reasons.extend(fitting.fit.because.iter().map(Rich::plain).take(REASONS));
    }
    let of = Slots::new()
        .text("municipality", &practice.municipality)
        .text("title", title)
        .text("evidence", matter.fixed(word)?);
    Ok(Choice {
        name: matter.line("council/option", Slots::new().text("letter", letter).text("title", title))?,
        text: matter.context.text(practice.brief_in(edition)).to_string(),
        reasons,
        against,
        practice: Some(matter.line("council/practice", of)?),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The options if these practices fit these areas, with one reason each.
    pub fn if_fitting<'m>(matter: &Matter<'m, '_>, areas: &[&'m str]) -> Said<Options> {
        let practices = matter.context.catalogue.practices.iter().filter(|(id, _)| id.as_str() == "stairs");
        let found = practices.map(|(id, practice)| Fitting {
            fit: Fit {
                id: &id.value,
                practice,
                because: vec![Rich::from("Andelen er tæt på grænsen.".to_string())],
                reason: Rich::default(),
                against: vec![Rich::from(matter.context.text(&practice.consider).to_string())],
                strength: 0,
                is_opposed: false,
            },
            areas: areas.to_vec(),
            place: 0,
        });
        beside_each_other(matter, &found.collect::<Vec<_>>())
    }
}
