//! The page on the next list: where the area is heading, what the list uses, what its status hangs on, what follows from it.

use serde::Serialize;

use super::{
    calendar::{self, Calendar},
    context::Said,
    expected::{self, Expected},
    hinges::{self, Hinges},
    history::{self, History},
    law::Law,
    page_status::symbol,
    subject::{Subject, shown, state_word},
    takes::{self, Takes},
    tools::{self, Tools},
};
use crate::{
    compute::{Fact, Missing, Outlook, Standing, State},
    ids::{StatusId, ValueId},
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
    /// The finding of the second page, where there are two.
    follows: String,
    outlook: Outlooks,
    expected: Option<Expected>,
    takes: Option<Takes>,
    calendar: Option<Calendar>,
    hinges: Option<Hinges>,
    tools: Option<Tools>,
    history: Option<History>,
}

/// How likely each status is on the next list, or why that is not said.
#[derive(Serialize)]
pub(super) struct Outlooks {
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

/// The page on the next list of an area under the law.
pub(super) fn next_list(subject: &Subject) -> Said<Option<NextList>> {
    let Some(law) = &subject.law else { return Ok(None) };
    if law.is_too_small(subject) {
        return too_small(subject, law);
    }
    Ok(Some(NextList {
        lead: lead(subject, law)?,
        follows: follows(subject, law)?,
        outlook: outlooks(subject, law)?,
        expected: expected::expected(subject, law)?,
        takes: takes::takes(subject, law)?,
        calendar: Some(calendar::calendar(subject, law)?),
        hinges: hinges::hinges(subject, law)?,
        tools: tools::tools(subject)?,
        history: history::table(subject)?,
    }))
}

/// The outlook alone; `None` where no list can take the area, or no status has one.
pub(super) fn outlook(subject: &Subject) -> Said<Option<Outlooks>> {
    let Some(law) = subject.law.as_ref().filter(|law| !law.is_too_small(subject)) else { return Ok(None) };
    let outlooks = outlooks(subject, law)?;
    Ok((!outlooks.rows.is_empty()).then_some(outlooks))
}

/// Of an area that no coming list can take only the rules that hold all the same, and its history.
fn too_small(subject: &Subject, law: &Law) -> Said<Option<NextList>> {
    let Some(tools) = tools::tools(subject)? else { return Ok(None) };
    let limit = || Slots::new().count("limit", law.residents().unwrap_or_default());
    Ok(Some(NextList {
        lead: subject.line("leads/next-too-few", limit().text("area", &subject.named))?,
        follows: follows(subject, law)?,
        outlook: Outlooks {
            heading: subject.line("outlook/heading", Slots::new().text("date", next_date(subject, law)))?,
            rows: Vec::new(),
            note: subject.say("outlook/too-few", limit())?,
        },
        expected: None,
        takes: None,
        calendar: None,
        hinges: None,
        tools: Some(tools),
        history: history::table(subject)?,
    }))
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
    subject.context.words.date(day.year, day.month, day.day)
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
        .text("status", law.status_in_sentence(subject.context, status));
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

/// What the second page is about.
fn follows(subject: &Subject, law: &Law) -> Said<String> {
    let standing = shown(law.status(subject, law.year())).map(|status| &status.status);
    let slots = Slots::new().text("area", &subject.named);
    match standing {
        Some(Standing::On(status)) => subject
            .line("leads/follows", slots.text("status", law.status_in_sentence(subject.context, status))),
        Some(Standing::NotListed) => subject.line("leads/follows-not-listed", slots),
        Some(Standing::TooFewResidents) => {
            let limit = law.residents().unwrap_or_default();
            subject.line("leads/follows-too-few", slots.count("limit", limit))
        }
        Some(Standing::CannotTell) | None => subject.line("leads/follows-unknown", slots),
    }
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
                "sandsynligt, at Grønnevang er forebyggelsesområde eller udsat boligområde",
                "omtrent lige sandsynligt, at Grønnevang bliver udsat boligområde",
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
}
