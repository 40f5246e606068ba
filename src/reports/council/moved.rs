//! The finding on moves: in which areas a share changed mostly because residents were replaced, and in which mostly among those
//! who stayed. Told only of changes that matter, and never after an event that makes moves no ordinary ones.

use std::cmp::Reverse;

use super::{
    super::{
        context::Said,
        moves::{Told, is_ordinary, reading::Finding, reading::Reading, told},
        overview::entry::Entry,
    },
    Matter,
};
use crate::{
    compute::{Split, State},
    words::{Rich, Slots},
};

/// Areas that are named each way, those of the largest changes.
const MOST: usize = 3;

/// An area in which one of both did most.
struct Found<'a> {
    name: &'a str,
    finding: Finding,
    size: i64,
}

/// The finding; `None` where neither did most in any area.
pub(super) fn finding(matter: &Matter) -> Said<Option<Rich>> {
    let all: Vec<(&Entry, Told)> =
        matter.entries.iter().filter_map(|entry| Some((entry, told(entry.subject)?))).collect();
    let shown = all.iter().filter_map(|(entry, told)| Some((*entry, told, split(told)?)));
    // One figure and one span: those of the latest split.
    let Some((about, span)) =
        shown.clone().map(|(_, told, split)| (told, split.since)).max_by_key(|(told, _)| told.period)
    else {
        return Ok(None);
    };
    let same = |(_, told, split): &(&Entry, &Told, &Split)| {
        told.id == about.id && told.period == about.period && split.since == span
    };
    let mut found: Vec<Found> =
        shown.filter(same).filter_map(|(entry, told, split)| area(entry, told, split)).collect();
    found.sort_by_key(|found| (Reverse(found.size), found.name));
    let names = |finding: Finding| -> Vec<&str> {
        found.iter().filter(|found| found.finding == finding).map(|found| found.name).take(MOST).collect()
    };
    let (replaced, own) = (names(Finding::Replaced), names(Finding::Own));
    let Some(first) = matter.entries.first().map(|entry| entry.subject) else { return Ok(None) };
    let slots = |areas: &[&str]| Slots::new().list("areas", areas).text("name", about.name(first));
    let bold = match (&replaced[..], &own[..]) {
        ([], []) => return Ok(None),
        ([], own) => first.line("moves/council-own", slots(own))?,
        (replaced, _) => first.line("moves/council-replaced", slots(replaced))?,
    };
    let mut more = Vec::new();
    if !replaced.is_empty() && !own.is_empty() {
        more.push(first.line("moves/council-own-also", Slots::new().list("areas", own))?);
    }
    let dated = Slots::new()
        .text("since", first.dated(about.indicator_id, span)?)
        .text("until", first.dated(about.indicator_id, about.period)?);
    more.push(first.line("moves/council-note", dated)?);
    first.say("council/finding", Slots::new().text("bold", bold).text("more", more.join(" "))).map(Some)
}

fn split<'a>(told: &Told<'a>) -> Option<&'a Split> {
    match told.split {
        State::Shown(split) => Some(split),
        _ => None,
    }
}

fn area<'e>(entry: &'e Entry, told: &Told, split: &Split) -> Option<Found<'e>> {
    let reading = Reading::new(split);
    let matters = told.indicator.matters.0;
    let finding = reading.finding(matters);
    let most = matches!(finding, Finding::Replaced | Finding::Own);
    let is_told = most && reading.is_for_council(matters) && is_ordinary(entry.subject, told);
    is_told.then(|| Found { name: &entry.subject.area.name, finding, size: reading.change.units.abs() })
}

#[cfg(test)]
mod tests {
    use super::super::Council;
    use crate::{
        catalogue::Language,
        comments::Comments,
        compute::{Fact, Split, State},
        reports::{
            fixture::{ESTATES, Facts, Fixture, estates},
            moves::tests::{OWN, REPLACED, catalogue, split},
            paper::{Block, FieldId},
            theme::Look,
        },
    };

    fn with(facts: Facts, area: &str, split: Split) -> Facts {
        facts.set(&format!("moves/benefits@{area}@2025"), State::Shown(Fact::Split(split)))
    }

    /// The paragraphs of the presentation about moves.
    fn said(facts: Facts, events: &str) -> Vec<String> {
        let mut fixture = Fixture::new(facts).with_estates(&ESTATES);
        fixture.catalogue.practices = Default::default();
        catalogue(&mut fixture);
        if !events.is_empty() {
            fixture.catalogue.events = serde_saphyr::from_str(events).expect("the events can be read");
        }
        let context = fixture.context();
        let look = Look::new(context.catalogue, Language::Danish).expect("the colours are fit for use");
        let mut report = context.catalogue.reports.get("council-paper").expect("it is declared").clone();
        report.council.as_mut().expect("it is a council paper").annex.clear();
        let council =
            Council::build(&context, (&"council-paper".into(), &report), &look, &Comments::default());
        let paper = council.unwrap_or_else(|error| panic!("{error}")).paper;
        let field = paper.fields.iter().find(|field| field.id == FieldId::Presentation).expect("it is there");
        let all = field.blocks.iter().map_while(|block| match block {
            Block::Paragraph(said) => Some(said.plain().replace('\u{a0}', " ")),
            _ => None,
        });
        all.filter(|said| said.contains("regnestykke")).collect()
    }

    #[test]
    fn areas_are_named_by_what_did_most_those_of_the_largest_change_first() {
        let facts = with(estates(), "gron", split("20.9", &REPLACED));
        let facts = with(facts, "trane", split("24.0", &OWN));
        // Moves alone, by 4.4 points.
        let larger = split("31.0", &[(&[crate::compute::Flow::InAbroad], "4.4", 90, "40.0", None)]);
        let said = said(with(facts, "klo", larger), "");
        let expected = "I klo og gron ændrede andelen på offentlig ydelse sig mest, fordi beboerne er skiftet ud. I trane skete \
                        det mest blandt dem, der blev boende. Det er et regnestykke fra 1. januar 2024 til 1. januar 2025 og \
                        siger ikke hvorfor.";
        assert_eq!(said, [expected]);
    }

    #[test]
    fn a_change_that_matters_little_and_one_during_a_renovation_are_not_told_of() {
        let little = split("20.9", &[(&[crate::compute::Flow::InAbroad], "0.9", 90, "40.0", None)]);
        assert!(said(with(estates(), "gron", little), "").is_empty());
        let event =
            "works: { title: Renovering, kind: renovation, areas: [gron], from: 2024-03, to: 2024-09 }";
        let facts = with(estates(), "gron", split("20.9", &REPLACED));
        assert!(said(facts, event).is_empty());
    }
}
