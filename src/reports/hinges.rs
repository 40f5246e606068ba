//! What an area's status hangs on: were it another way, the status would be another.

use serde::Serialize;

use super::{context::Said, findings::in_sentence, history::lower_first, law::Law, subject::Subject};
use crate::{
    catalogue::{Amounts, Criterion},
    compute::{Fact, Hinge, State},
    ids::{CriterionId, ValueId},
    words::{Rich, Slots},
};

/// What the status hangs on.
#[derive(Serialize)]
pub(super) struct Hinges {
    heading: String,
    sentences: Vec<Rich>,
    note: String,
}

/// What the status of an area hangs on, or that nothing tried would change it; `None` where nothing was tried.
pub(super) fn hinges(subject: &Subject, law: &Law) -> Said<Option<Hinges>> {
    let id = ValueId::own(format!("{}/hangs-on", law.family_id), &subject.area.id, law.year());
    let sentences = match subject.context.publication.get(&id) {
        State::Shown(Fact::HangsOn(hinges)) if hinges.is_empty() => {
            vec![subject.say("hinges/none", Slots::new())?]
        }
        State::Shown(Fact::HangsOn(hinges)) => hinges
            .iter()
            .map(|hinge| hinge_words(subject, law, hinge))
            .filter_map(Result::transpose)
            .collect::<Said<Vec<_>>>()?,
        State::Hidden => vec![subject.say("hinges/hidden", Slots::new())?],
        _ => return Ok(None),
    };
    let heading = subject.fixed("hinges/heading")?;
    let own = subject.fact(&format!("{}/own", law.family_id), law.year());
    let tried = Slots::new()
        .flag("own", !matches!(own, State::Missing(_)))
        .flag("boundary", has_other_boundary(subject));
    let note = subject.line("hinges/note", tried)?;
    Ok((!sentences.is_empty()).then_some(Hinges { heading, sentences, note }))
}

/// Is there another version of the boundaries of the area's layer?
fn has_other_boundary(subject: &Subject) -> bool {
    let mut layers =
        subject.context.catalogue.areas.iter().filter_map(|(_, layer)| layer.boundary_of.as_ref());
    layers.any(|of| of.layer.value == *subject.layer_id)
}

/// What the status hangs on, in words; `None` for a row that the catalogue leaves out.
fn hinge_words(subject: &Subject, law: &Law, hinge: &Hinge) -> Said<Option<Rich>> {
    let limit = law.residents().unwrap_or_default();
    let key = match hinge {
        Hinge::Boundary => return subject.say("hinges/boundary", Slots::new()).map(Some),
        Hinge::Residents => {
            return subject.say("hinges/residents", Slots::new().count("limit", limit)).map(Some);
        }
        Hinge::FewPersons(_) => "hinges/few-persons",
        Hinge::Decimals(_) => "hinges/decimals",
        Hinge::EarlierVintage(_) => "hinges/earlier-vintage",
        Hinge::Pooling(_) => "hinges/pooling",
    };
    let (Hinge::FewPersons(id) | Hinge::Decimals(id) | Hinge::EarlierVintage(id) | Hinge::Pooling(id)) =
        hinge
    else {
        return Ok(None);
    };
    let Some((criterion, name)) = named(subject, law, id) else { return Ok(None) };
    let full_time = criterion.counts == Amounts::FullTimePersons;
    subject.say(key, Slots::new().text("name", name).flag("full_time", full_time)).map(Some)
}

/// A criterion and its name inside a sentence, unless its row is left out.
fn named<'a>(subject: &Subject<'a>, law: &Law<'a>, id: &CriterionId) -> Option<(&'a Criterion, String)> {
    let criterion = law.rules.criteria.get(id).filter(|c| law.family.show_origin || !c.origin)?;
    let indicator = subject.context.catalogue.indicator(&criterion.indicator)?;
    let short = || lower_first(subject.context.text(indicator.short_title()));
    let name = criterion.title.as_ref().map(|title| lower_first(subject.context.text(title)));
    Some((criterion, name.or_else(|| in_sentence(subject, indicator)).unwrap_or_else(short)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{Facts, facts, on};

    fn said_of(facts: Facts) -> Hinges {
        on(facts, "gronnevang", |subject| {
            let law = subject.law.as_ref().expect("there is a law");
            hinges(subject, law).expect("the texts fit").expect("something was tried")
        })
    }

    #[test]
    fn what_a_status_hangs_on_is_said_without_numbers_of_persons() {
        let hinges = vec![
            Hinge::FewPersons("no-work".into()),
            Hinge::Decimals("education".into()),
            Hinge::EarlierVintage("income".into()),
            Hinge::Pooling("no-work".into()),
            Hinge::Boundary,
            Hinge::Residents,
        ];
        let facts = facts().set("abl-61a/hangs-on@gronnevang@2025", State::Shown(Fact::HangsOn(hinges)));
        let page = said_of(facts);
        let said: Vec<String> = page.sentences.iter().map(|s| s.plain().replace('\u{a0}', " ")).collect();
        assert_eq!(said.len(), 6);
        assert!(said[0].contains("meget tæt på grænsen"), "{}", said[0]);
        assert!(!page.note.contains("anden udgave"), "no other boundary was tried: {}", page.note);
        let without_limit: String = said[..5].concat();
        assert!(!without_limit.contains(|c: char| c.is_ascii_digit()), "{without_limit}");
    }

    #[test]
    fn a_status_that_hangs_on_nothing_tested_says_so() {
        let facts = facts().set("abl-61a/hangs-on@gronnevang@2025", State::Shown(Fact::HangsOn(Vec::new())));
        let hinges = said_of(facts);
        assert!(
            hinges.sentences[0].plain().starts_with("Status står fast"),
            "{}",
            hinges.sentences[0].plain()
        );
    }
}
