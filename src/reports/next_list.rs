//! The page on the next list: where the area is heading, what the list uses, what its status hangs on, what follows from it.

use serde::Serialize;

use super::{
    calendar::{self, Calendar},
    context::Said,
    expected::{self, Expected},
    history::{self, History, lower_first},
    law::Law,
    page_status::symbol,
    subject::{Subject, shown, state_word},
    takes::{self, Takes},
};
use crate::{
    catalogue::{Amounts, Criterion},
    compute::{Fact, Hinge, Missing, Outlook, Standing, State},
    ids::{CriterionId, StatusId, ValueId},
    numbers::danish_date,
    words::{Rich, Slots},
};

/// Statuses from this one on are shown only where the area is near them: for all others they go without saying.
const STRICTER: &str = "parallelsamfund";
/// The status from which it is one step to those.
const COUNTED: &str = "udsat";

/// The page.
#[derive(Serialize)]
pub(super) struct NextList {
    lead: String,
    outlook: Outlooks,
    expected: Option<Expected>,
    takes: Option<Takes>,
    calendar: Option<Calendar>,
    hinges: Option<Hinges>,
    history: Option<History>,
}

/// How likely each status is on the next list, or why that is not said.
#[derive(Serialize)]
struct Outlooks {
    heading: String,
    rows: Vec<OutlookRow>,
    note: Rich,
}

#[derive(Serialize)]
struct OutlookRow {
    state: &'static str,
    symbol: &'static str,
    status: String,
    word: String,
    text: String,
}

/// What the status hangs on.
#[derive(Serialize)]
struct Hinges {
    heading: String,
    sentences: Vec<Rich>,
    note: String,
}

/// The page on the next list of an area under the law.
pub(super) fn next_list(subject: &Subject) -> Said<Option<NextList>> {
    let Some(law) = &subject.law else { return Ok(None) };
    if law.is_too_small(subject) {
        return too_small(subject, law).map(Some);
    }
    Ok(Some(NextList {
        lead: lead(subject, law)?,
        outlook: outlooks(subject, law)?,
        expected: expected::expected(subject, law)?,
        takes: takes::takes(subject, law)?,
        calendar: Some(calendar::calendar(subject, law)?),
        hinges: hinges(subject, law)?,
        history: history::table(subject)?,
    }))
}

/// Of an area that no coming list can take only its history, and what goes on after a status.
fn too_small(subject: &Subject, law: &Law) -> Said<NextList> {
    let limit = || Slots::new().count("limit", law.residents().unwrap_or_default());
    Ok(NextList {
        lead: subject.line("leads/next-too-few", limit().text("area", &subject.named))?,
        outlook: Outlooks {
            heading: subject.line("outlook/heading", Slots::new().text("date", next_date(subject, law)))?,
            rows: Vec::new(),
            note: subject.say("outlook/too-few", limit())?,
        },
        expected: None,
        takes: None,
        calendar: None,
        hinges: None,
        history: history::table(subject)?,
    })
}

/// The statuses of the latest rule set with the outlook published for each, mildest first.
fn published<'a>(subject: &Subject<'a>, law: &'a Law) -> Vec<(&'a StatusId, &'a State<Fact>)> {
    let outlook = |status: &'a StatusId| {
        let id = ValueId::own(format!("{}/{status}/outlook", law.family_id), &subject.area.id, law.year());
        (status, subject.context.publication.get(&id))
    };
    let statuses = law.family.statuses.ids().filter(|status| law.rules.statuses.contains(status.as_str()));
    let nothing = State::Missing(Missing::NoData);
    statuses.map(outlook).filter(|(_, state)| **state != nothing).collect()
}

/// Where the area stands now in the order of the statuses; 0 = on none of them.
fn now(subject: &Subject, law: &Law) -> usize {
    match shown(law.status(subject, law.year())).map(|status| &status.status) {
        Some(Standing::On(status)) => rank(law, status),
        _ => 0,
    }
}

fn rank(law: &Law, status: &StatusId) -> usize {
    law.family.statuses.position(status).map_or(0, |position| position + 1)
}

/// `listen 1. december 2026`.
fn next_date(subject: &Subject, law: &Law) -> String {
    let day = law.day(subject.context.catalogue, law.list.year + 1);
    danish_date(day.year, day.month, day.day)
}

fn outlooks(subject: &Subject, law: &Law) -> Said<Outlooks> {
    let now = now(subject, law);
    let mut rows = Vec::new();
    for (status, state) in published(subject, law) {
        let is_strict = rank(law, status) >= rank(law, &STRICTER.into());
        let goes_without_saying = matches!(state, State::Shown(Fact::Outlook(Outlook::Unlikely)));
        if is_strict && now < rank(law, &COUNTED.into()) && goes_without_saying {
            continue;
        }
        rows.push(OutlookRow {
            state: state_word(state),
            symbol: symbol(&Standing::On(status.clone()), true),
            status: law.status_name(subject.context, status),
            word: outlook_word(subject, state)?,
            text: outlook_text(subject, law, status, now >= rank(law, status))?,
        });
    }
    let none = rows.iter().all(|row| row.state == "missing");
    if none {
        rows.clear();
    }
    Ok(Outlooks {
        heading: subject.line("outlook/heading", Slots::new().text("date", next_date(subject, law)))?,
        rows,
        note: subject.say(if none { "outlook/none" } else { "outlook/note" }, Slots::new())?,
    })
}

fn outlook_word(subject: &Subject, state: &State<Fact>) -> Said<String> {
    match state {
        State::Shown(Fact::Outlook(outlook)) => subject.fixed(class_key(*outlook)),
        State::Hidden => subject.fixed("outlook/hidden"),
        _ => subject.fixed("outlook/cannot-tell"),
    }
}

/// The fixed word of a class.
pub(super) fn class_key(outlook: Outlook) -> &'static str {
    match outlook {
        Outlook::Unlikely => "outlook/unlikely",
        Outlook::LessLikely => "outlook/less-likely",
        Outlook::AboutAsLikely => "outlook/about-as-likely",
        Outlook::Likely => "outlook/likely",
    }
}

/// What it is that is so likely. A status whose list leaves out the areas with a stricter one includes those.
fn outlook_text(subject: &Subject, law: &Law, status: &StatusId, has_it: bool) -> Said<String> {
    let wider = law.rules.statuses.get(status).and_then(|rule| rule.published_unless.as_ref());
    let mut slots = Slots::new()
        .text("area", &subject.named)
        .text("status", law.status_in_sentence(subject.context, status))
        .text("date", next_date(subject, law));
    if let Some(other) = wider {
        slots = slots.text("other", law.status_in_sentence(subject.context, &other.value));
    }
    subject.line(if has_it { "outlook/is" } else { "outlook/becomes" }, slots)
}

/// The page's finding: the strictest status that is more than a remote prospect, else that nothing is.
fn lead(subject: &Subject, law: &Law) -> Said<String> {
    let now = now(subject, law);
    let told: Vec<(&StatusId, Outlook)> = published(subject, law)
        .into_iter()
        .filter_map(|(status, state)| match state {
            State::Shown(Fact::Outlook(outlook)) => Some((status, *outlook)),
            _ => None,
        })
        .collect();
    let near = |outlook: Outlook| outlook >= Outlook::AboutAsLikely;
    let stricter = told.iter().rev().find(|(status, outlook)| rank(law, status) > now && near(*outlook));
    let same = told.iter().rev().find(|(status, _)| now > 0 && rank(law, status) == now);
    let slots = |status: &StatusId| {
        Slots::new()
            .text("area", &subject.named)
            .text("status", law.status_in_sentence(subject.context, status))
            .text("year", (law.list.year + 1).to_string())
    };
    if let Some((status, outlook)) = stricter.or(same) {
        let word = subject.fixed(class_key(*outlook))?;
        let key = if rank(law, status) > now { "leads/next-becomes" } else { "leads/next-is" };
        return subject.line(key, slots(status).text("word", word));
    }
    if let (Some((status, outlook)), 0) = (told.first(), now) {
        let word = subject.fixed(class_key(*outlook))?;
        return subject.line("leads/next-enters", slots(status).text("word", word));
    }
    let years = super::data_years::new_years(subject, law, law.list.year + 1);
    subject.line(
        "leads/next-years",
        Slots::new()
            .list("years", years.iter().map(u16::to_string))
            .text("list", (law.list.year + 1).to_string()),
    )
}

fn hinges(subject: &Subject, law: &Law) -> Said<Option<Hinges>> {
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
    let (heading, note) = (subject.fixed("hinges/heading")?, subject.fixed("hinges/note")?);
    Ok((!sentences.is_empty()).then_some(Hinges { heading, sentences, note }))
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
    let name = criterion.title.as_ref().unwrap_or_else(|| indicator.short_title());
    Some((criterion, lower_first(subject.context.text(name))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{Facts, facts, next_list as with_next, on};

    fn page(facts: Facts) -> NextList {
        on(facts, "gronnevang", |subject| {
            next_list(subject).expect("the texts fit").expect("there is a page")
        })
    }

    fn outlook(facts: Facts, status: &str, outlook: Outlook) -> Facts {
        facts.set(&format!("abl-61a/{status}/outlook@gronnevang@2025"), State::Shown(Fact::Outlook(outlook)))
    }

    fn words(page: &NextList) -> Vec<String> {
        page.outlook
            .rows
            .iter()
            .map(|row| format!("{}, {}", row.word, row.text).replace('\u{a0}', " "))
            .collect()
    }

    #[test]
    fn every_outlook_is_a_fixed_word_and_what_it_is_about() {
        assert_eq!(
            words(&page(with_next(facts()))),
            [
                "sandsynligt, at Grønnevang er forebyggelsesområde eller udsat boligområde på listen 1. december 2026",
                "omtrent lige sandsynligt, at Grønnevang bliver udsat boligområde på listen 1. december 2026",
            ]
        );
    }

    #[test]
    fn the_lead_names_the_strictest_status_in_reach() {
        assert_eq!(
            page(with_next(facts())).lead,
            "Det er omtrent lige sandsynligt, at Grønnevang bliver udsat boligområde i 2026"
        );
        let facts = outlook(with_next(facts()), "udsat", Outlook::LessLikely);
        assert_eq!(
            page(facts).lead,
            "Det er sandsynligt, at Grønnevang stadig er forebyggelsesområde i 2026"
        );
    }

    #[test]
    fn where_nothing_is_forecast_one_sentence_says_so_and_the_lead_names_the_years() {
        let page = page(facts());
        assert!(page.outlook.rows.is_empty() && page.expected.is_none() && page.hinges.is_none());
        assert!(page.outlook.note.plain().starts_with("Kan ikke vurderes"), "{}", page.outlook.note.plain());
        assert_eq!(page.lead, "Listen i 2026 afgøres af tallene for 2025");
    }

    #[test]
    fn an_area_far_below_the_residents_of_the_law_has_no_next_list() {
        let facts = with_next(facts())
            .status("gronnevang", 2025, Standing::TooFewResidents)
            .count("residents@gronnevang@2025", 312);
        let page = page(facts);
        assert!(page.calendar.is_none() && page.takes.is_none() && page.outlook.rows.is_empty());
        assert_eq!(
            page.lead.replace('\u{a0}', " "),
            "Grønnevang kan ikke komme på listen med under 1.000 beboere"
        );
    }

    #[test]
    fn an_outlook_that_is_hidden_has_no_class() {
        let hidden = with_next(facts()).set("abl-61a/udsat/outlook@gronnevang@2025", State::Hidden);
        let page = page(hidden);
        let row = page.outlook.rows.iter().find(|row| row.state == "hidden").expect("the row is there");
        assert_eq!(row.word, "vises ikke af hensyn til enkeltpersoner");
        assert_eq!(page.lead, "Det er sandsynligt, at Grønnevang stadig er forebyggelsesområde i 2026");
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
        let page = page(facts).hinges.expect("there are hinges");
        let said: Vec<String> = page.sentences.iter().map(|s| s.plain().replace('\u{a0}', " ")).collect();
        assert_eq!(said.len(), 6);
        assert!(said[0].contains("meget tæt på grænsen"), "{}", said[0]);
        let without_limit: String = said[..5].concat();
        assert!(!without_limit.contains(|c: char| c.is_ascii_digit()), "{without_limit}");
    }

    #[test]
    fn a_status_that_hangs_on_nothing_tested_says_so() {
        let facts = facts().set("abl-61a/hangs-on@gronnevang@2025", State::Shown(Fact::HangsOn(Vec::new())));
        let hinges = page(facts).hinges.expect("there is a sentence");
        assert!(
            hinges.sentences[0].plain().starts_with("Status står fast"),
            "{}",
            hinges.sentences[0].plain()
        );
    }
}
