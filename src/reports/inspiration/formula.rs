//! An indicator's formula in words: what stands over the line and under it, taken from its definition.

use serde::Serialize;

use crate::{
    catalogue::{Indicator, Method, Unit},
    reports::context::{Context, Said},
    words::Slots,
};

/// What is reckoned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Formula {
    /// The whole definition.
    pub words: String,
    /// The numerator, where the definition names one over another.
    pub above: Option<String>,
    /// The denominator.
    pub below: Option<String>,
    /// What the quotient is multiplied by, as printed; `None` where it stands as it is.
    pub times: Option<String>,
    /// What the definition says after the fraction.
    pub then: Option<String>,
}

/// The formula of an indicator; `None` without a definition.
pub(super) fn formula(context: &Context, indicator: &Indicator) -> Said<Option<Formula>> {
    let Some(definition) = &indicator.definition else { return Ok(None) };
    let words = context.text(definition).replace('\u{a0}', " ");
    let between = between(context, indicator)?;
    let (first, rest) = sentence(&words);
    let split = between.iter().find_map(|(mark, times)| {
        let (above, below) = first.split_once(mark.as_str())?;
        Some((above, below, times.clone()))
    });
    let Some((above, below, times)) = split else {
        return Ok(Some(Formula { words, above: None, below: None, times: None, then: None }));
    };
    let both = context.words.line("inspiration/both", &Slots::new())?;
    let (below, aside) = aside(below, &both);
    let then: Vec<&str> = [aside, rest].into_iter().filter(|text| !text.is_empty()).collect();
    let then = (!then.is_empty()).then(|| capital(&then.join(" ")));
    let (above, below) = (small(above.trim_end_matches(',').trim()), below.trim().to_string());
    Ok(Some(Formula { above: Some(above), below: Some(below), times, then, words }))
}

/// What may stand between numerator and denominator in a definition of this form, with what the quotient is multiplied by.
fn between(context: &Context, indicator: &Indicator) -> Said<Vec<(String, Option<String>)>> {
    let text = |key: &str| context.words.line(&format!("inspiration/{key}"), &Slots::new());
    let mark = |key: &str| text(key).map(|mark| format!(" {} ", mark.replace('\u{a0}', " ")));
    let times = |n: i64| Some(context.words.format().count(n));
    Ok(match (&*indicator.method, indicator.unit) {
        (
            Method::Share(_)
            | Method::Turnover(_)
            | Method::Distance(_)
            | Method::Growth(_)
            | Method::Relative(_),
            Unit::Percent | Unit::Index,
        ) => vec![(mark("per-cent-of")?, times(100))],
        (Method::Rate(_), Unit::Per100) => vec![(mark("per-100")?, times(100))],
        (Method::Rate(_), Unit::Per1000) => vec![(mark("per-1000")?, times(1000))],
        (Method::Rate(_), Unit::Per10000) => vec![(mark("per-10000")?, times(10_000))],
        (Method::Ratio(_) | Method::Mean(_) | Method::Density(_) | Method::Relative(_), _) => {
            vec![(mark("divided-by")?, None), (mark("shared-by")?, None)]
        }
        _ => Vec::new(),
    })
}

/// The first sentence without its full stop, and the rest. A full stop before a small letter or a number ends none.
fn sentence(text: &str) -> (&str, &str) {
    let is_end = |at: usize| text[at + 2..].chars().next().is_some_and(char::is_uppercase);
    let ends = text.match_indices(". ").find(|(at, _)| is_end(*at));
    match ends {
        Some((at, _)) => (&text[..at], text[at + 2..].trim()),
        None => (text.trim_end_matches('.'), ""),
    }
}

/// What is said of both after a comma ("begge som gennemsnit af to år") is no part of the denominator.
fn aside<'t>(below: &'t str, both: &str) -> (&'t str, &'t str) {
    match below.find(&format!(", {both} ")) {
        Some(at) => (&below[..at], below[at + 2..].trim()),
        None => (below, ""),
    }
}

/// With a small first letter, unless the word is an abbreviation in capitals.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_string(),
    }
}

/// With a capital first letter and a full stop.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let text = format!("{first}{}", letters.as_str());
    if text.ends_with('.') { text } else { format!("{text}.") }
}
