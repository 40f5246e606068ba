//! Page 1: title, status card, what follows from the status; key figures and services of a place without a law.

use serde::Serialize;

use super::{
    comparisons::is_judged,
    context::Said,
    findings::standing_in_sentence,
    law::Law,
    leads,
    limits::are_known,
    subject::{Subject, decimal, shown},
};
use crate::{
    catalogue::{Method, RESIDENTS, Unit},
    compute::{Standing, State, Status},
    ids::{IndicatorId, Period, StatusId, ValueId},
    words::{Rich, Slots},
};

/// The indicator of dwellings in the line over the title.
const DWELLINGS: &str = "dwellings";
/// Statuses whose duties go on for a time after the area has left them.
const LASTING: &str = "omdannelse";
/// The first month of which an edition can know the ruling on development plans (C-417/23).
const RULING: (u16, u8) = (2025, 12);

/// The title block.
#[derive(Serialize)]
pub(super) struct Title {
    line: String,
    name: String,
    lead: String,
}

/// The status card.
#[derive(Serialize)]
pub(super) struct Card {
    symbol: &'static str,
    date: String,
    word: String,
    sentence: Rich,
    source: Option<String>,
}

/// The grey note.
#[derive(Serialize)]
pub(super) struct Note {
    heading: String,
    text: Rich,
    extra: Option<Rich>,
}

/// Title block: kind, residents, dwellings; name; finding.
pub(super) fn title(subject: &Subject) -> Said<Title> {
    let kind = subject.layer.kind_name.as_ref().unwrap_or(&subject.layer.title);
    let mut slots = Slots::new().text("kind", subject.context.text(kind));
    if let Some((residents, period)) = subject.residents() {
        slots = slots.count("residents", residents).text("date", subject.dated(&RESIDENTS.into(), period)?);
    }
    if let Some(dwellings) = dwellings(subject) {
        slots = slots.count("dwellings", dwellings);
    }
    Ok(Title {
        line: subject.line("page/line", slots)?,
        name: subject.area.name.clone(),
        lead: leads::front(subject)?,
    })
}

fn dwellings(subject: &Subject) -> Option<i64> {
    let id = subject.latest(&DWELLINGS.into())?;
    super::subject::whole(subject.context.publication.get(&id))
}

/// The status card; `None` for a layer without a law.
pub(super) fn card(subject: &Subject) -> Said<Option<Card>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let state = law.status(subject, law.year());
    let date = subject.context.words.date(law.list.year, law.list.month, law.list.day);
    let status = shown(state);
    let cannot_tell = Standing::CannotTell;
    let standing = status.map_or(&cannot_tell, |status| &status.status);
    let source = match status {
        Some(status) if status.official => official_source(subject, law)?,
        Some(Status { status: Standing::On(_) | Standing::NotListed, .. }) => {
            Some(subject.fixed("status/own")?)
        }
        _ => None,
    };
    Ok(Some(Card {
        symbol: symbol(standing, status.is_none_or(|status| status.official)),
        date: subject.line("status/date", Slots::new().text("date", date))?,
        word: status_word(subject, law, standing)?,
        sentence: sentence(subject, law, standing)?,
        source,
    }))
}

fn official_source(subject: &Subject, law: &Law) -> Said<Option<String>> {
    let source = subject.context.catalogue.official(law.family_id).map(|(_, source)| source);
    let provider =
        source.map(|source| subject.context.text(source.provider.as_ref().unwrap_or(&source.title)));
    provider
        .map(|provider| subject.line("status/official", Slots::new().text("provider", provider)))
        .transpose()
}

/// The name of a symbol in the templates. Our own computation never wears the official ones.
pub(super) fn symbol(standing: &Standing, official: bool) -> &'static str {
    match standing {
        Standing::TooFewResidents => "under-1000",
        Standing::CannotTell => "hidden",
        Standing::NotListed => "not-listed",
        Standing::On(_) if !official => "own",
        Standing::On(status) => match status.as_str() {
            "forebyggelse" => "forebyggelse",
            "udsat" => "udsat",
            "parallelsamfund" => "parallelsamfund",
            "omdannelse" => "omdannelse",
            _ => "listed",
        },
    }
}

/// A status as printed.
pub(super) fn status_word(subject: &Subject, law: &Law, standing: &Standing) -> Said<String> {
    match standing {
        Standing::On(status) => Ok(law.status_name(subject.context, status)),
        Standing::NotListed => subject.fixed("status/not-listed"),
        Standing::TooFewResidents => {
            subject.line("status/too-few", Slots::new().count("limit", law.residents().unwrap_or_default()))
        }
        Standing::CannotTell => subject.fixed("status/cannot-tell"),
    }
}

/// How long it has been so, and how many criteria from another status.
fn sentence(subject: &Subject, law: &Law, standing: &Standing) -> Said<Rich> {
    match standing {
        Standing::CannotTell => return subject.say("status/not-told", Slots::new()),
        Standing::TooFewResidents => return subject.say("status/cannot-enter", Slots::new()),
        Standing::On(_) | Standing::NotListed => {}
    }
    let history = history(subject, law, standing)?;
    let (Some(counted), Some(met)) = (&law.counted, law.count(subject, law.year())) else {
        return Ok(history);
    };
    let slots = Slots::new().text("status", law.status_in_sentence(subject.context, counted.status));
    let strict = law.family.statuses.position(counted.status);
    let has_it = matches!(standing, Standing::On(status) if law.family.statuses.position(status) >= strict);
    let away = if has_it { met - counted.count + 1 } else { counted.count - met };
    if away < 1 {
        return Ok(history);
    }
    let key = if has_it { "status/to-leave" } else { "status/to-enter" };
    Ok(history.then(subject.say(key, slots.count("n", away))?))
}

fn history(subject: &Subject, law: &Law, standing: &Standing) -> Said<Rich> {
    let years = subject.context.publication.periods(law.family_id.as_str(), &subject.area.id);
    let earlier = years.into_iter().rev().filter(|year| *year < law.year());
    let mut since = law.year();
    for year in earlier {
        match shown(law.status(subject, year)) {
            Some(status) if status.status == *standing => since = year,
            Some(status) if since == law.year() && !matches!(status.status, Standing::CannotTell) => {
                let before = standing_in_sentence(subject, &status.status)?;
                return subject.say(
                    "status/before",
                    Slots::new().text("year", year.to_string()).text("before", before),
                );
            }
            Some(_) => return unchanged(subject, since),
            None => return if since == law.year() { Ok(Rich::default()) } else { unchanged(subject, since) },
        }
    }
    if since == law.year() {
        Ok(Rich::default())
    } else {
        subject.say("status/unchanged-always", Slots::new())
    }
}

fn unchanged(subject: &Subject, since: Period) -> Said<Rich> {
    subject.say("status/unchanged", Slots::new().text("year", since.to_string()))
}

/// What the law ties to the status; for a place without a law that the lists do not concern it.
pub(super) fn note(subject: &Subject) -> Said<Option<Note>> {
    let Some(law) = &subject.law else { return place_note(subject) };
    let status = shown(law.status(subject, law.year()));
    let cannot_tell = Standing::CannotTell;
    let standing = status.map_or(&cannot_tell, |status| &status.status);
    let limit = Slots::new().count("limit", law.residents().unwrap_or_default());
    let former = former(subject, law, standing)?;
    let (text, extra) = match standing {
        Standing::NotListed => (subject.say("status-notes/not-listed", Slots::new())?, former),
        Standing::TooFewResidents => (subject.say("status-notes/too-few", limit)?, former),
        Standing::CannotTell => (subject.say("status-notes/cannot-tell", Slots::new())?, None),
        Standing::On(status) => {
            let Some((text, extra)) = status_note(subject, law, status)? else { return Ok(None) };
            (text, former.or(extra))
        }
    };
    Ok(Some(Note { heading: subject.fixed("status-notes/heading")?, text, extra }))
}

/// The fixed words of a status: the catalogue's own, else the program's.
fn status_note(subject: &Subject, law: &Law, status: &StatusId) -> Said<Option<(Rich, Option<Rich>)>> {
    if let Some(own) = law.family.statuses.get(status).and_then(|status| status.follows.as_ref()) {
        return Ok(Some((subject.context.text(own).to_string().into(), None)));
    }
    let key = match status.as_str() {
        known @ ("forebyggelse" | "udsat" | "parallelsamfund" | "omdannelse") => known,
        _ => return Ok(None),
    };
    let edition = subject.context.catalogue.about.edition.value;
    let knows_ruling = (edition.year, edition.month) >= RULING;
    let text = subject.say(&format!("status-notes/{key}"), Slots::new())?;
    let extra = match key {
        "omdannelse" if !knows_ruling => None,
        "forebyggelse" | "udsat" => Some(
            subject.say(&format!("status-notes/{key}-extra"), Slots::new().text("area", &subject.named))?,
        ),
        _ => Some(subject.say(&format!("status-notes/{key}-extra"), Slots::new())?),
    };
    Ok(Some((text, extra)))
}

/// Leaving the strictest status does not end its duties.
fn former(subject: &Subject, law: &Law, standing: &Standing) -> Said<Option<Rich>> {
    let lasting = Standing::On(LASTING.into());
    let years = subject.context.publication.periods(law.family_id.as_str(), &subject.area.id);
    let was = years
        .into_iter()
        .any(|year| shown(law.status(subject, year)).is_some_and(|s| s.status == lasting && s.official));
    if !was || *standing == lasting {
        return Ok(None);
    }
    subject.say("status-notes/former-omdannelse", Slots::new().text("area", &subject.named)).map(Some)
}

fn place_note(subject: &Subject) -> Said<Option<Note>> {
    let catalogue = subject.context.catalogue;
    let mut layers = catalogue.rule_sets.iter().map(|(_, set)| &set.applies_to.layer.value);
    let listed = layers.find(|layer| catalogue.family_of(layer).is_some());
    let listed = listed.and_then(|layer| catalogue.layer(layer));
    let Some(listed) = listed else { return Ok(None) };
    let mut slots = Slots::new()
        .text("listed", subject.context.text(&listed.title).to_lowercase())
        .text("area", &subject.named);
    if let Some(comparator) = subject.comparator.filter(|_| is_judged(subject)) {
        slots = slots.text("comparator", subject.comparator_words(comparator, "")?);
    }
    Ok(Some(Note {
        heading: subject.fixed("status-notes/place-heading")?,
        text: subject.say("status-notes/place", slots)?,
        extra: None,
    }))
}

/// A block of the side column.
#[derive(Serialize)]
pub(super) struct Facts {
    heading: String,
    rows: Vec<FactRow>,
    text: Option<Rich>,
}

#[derive(Serialize)]
struct FactRow {
    state: &'static str,
    name: String,
    value: Option<String>,
}

/// Key figures and the nearest services, beside the wide map of a place without a law; of an area under one, that its figures
/// are not known.
pub(super) fn facts(subject: &Subject) -> Said<Option<Vec<Facts>>> {
    if let Some(law) = &subject.law {
        if are_known(subject, law) {
            return Ok(None);
        }
        let text = subject.say("facts/no-criteria", Slots::new().text("area", &subject.named))?;
        let heading = subject.fixed("facts/criteria")?;
        return Ok(Some(vec![Facts { heading, rows: Vec::new(), text: Some(text) }]));
    }
    let mut blocks = Vec::new();
    let rows = key_figures(subject)?;
    if !rows.is_empty() {
        blocks.push(Facts { heading: subject.fixed("facts/heading")?, rows, text: None });
    }
    let rows = services(subject)?;
    if !rows.is_empty() {
        let text = Some(subject.say("facts/services-note", Slots::new())?);
        blocks.push(Facts { heading: subject.fixed("facts/services")?, rows, text });
    }
    Ok((!blocks.is_empty()).then_some(blocks))
}

/// Residents now and five years before, and the other indicators that are counts or means of the whole place.
fn key_figures(subject: &Subject) -> Said<Vec<FactRow>> {
    let mut rows = Vec::new();
    let residents: IndicatorId = RESIDENTS.into();
    if let Some(latest) = subject.latest(&residents) {
        for period in [latest.period, latest.period.years_back(5)] {
            let id = ValueId::own(RESIDENTS, &subject.area.id, period);
            let state = decimal(subject.context.publication.get(&id));
            if !matches!(state, State::Missing(_)) {
                let name = subject
                    .line("facts/residents", Slots::new().text("date", subject.dated(&residents, period)?))?;
                rows.push(fact_row(subject, name, state, Unit::Count)?);
            }
        }
    }
    for (id, indicator) in subject.context.catalogue.indicators.iter() {
        let counts = matches!(indicator.unit, Unit::Dwellings | Unit::Years | Unit::SquareMetres)
            && matches!(*indicator.method, Method::Count(_) | Method::Mean(_));
        let Some(value) = subject.latest(&id.value).filter(|_| counts) else { continue };
        let unit = if indicator.unit == Unit::Dwellings { Unit::Count } else { indicator.unit };
        let name = subject.context.text(indicator.short_title()).to_string();
        let state = decimal(subject.context.publication.get(&value));
        if !matches!(state, State::Missing(_)) {
            rows.push(fact_row(subject, name, state, unit)?);
        }
    }
    Ok(rows)
}

fn fact_row(
    subject: &Subject,
    name: String,
    state: State<crate::numbers::Decimal>,
    unit: Unit,
) -> Said<FactRow> {
    let word = super::subject::state_word(&state);
    let value = shown(state).map(|value| subject.with_unit(unit, value)).transpose()?;
    Ok(FactRow { state: word, name, value })
}

fn services(subject: &Subject) -> Said<Vec<FactRow>> {
    let mut rows = Vec::new();
    for (kind, metres) in super::services::nearest(subject.context.places, subject.area) {
        let name = subject.fixed(&format!("services/{kind}"))?;
        let value = super::services::printed(subject, metres)?;
        rows.push(FactRow { state: "shown", name, value: Some(value) });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{Facts as Written, facts, on};

    fn card_of(facts: Written) -> Card {
        on(facts, "gronnevang", |subject| card(subject).expect("the texts fit").expect("there is a card"))
    }

    #[test]
    fn the_card_says_since_when_and_how_many_criteria_are_between() {
        let card = card_of(facts());
        assert_eq!(card.sentence.plain(), "Uændret siden 2024. Ét kriterium fra at blive udsat boligområde.");
        assert_eq!((card.symbol, card.word.as_str()), ("forebyggelse", "Forebyggelsesområde"));
        assert_eq!(card.source.as_deref(), Some("Kilde: Social- og Boligstyrelsen"));
    }

    #[test]
    fn our_own_computation_has_a_mark_of_its_own() {
        let list = crate::catalogue::Date { year: 2025, month: 12, day: 1 };
        let status = Status { status: Standing::On("udsat".into()), official: false, list };
        let own = facts().set("abl-61a@gronnevang@2025", State::Shown(crate::compute::Fact::Status(status)));
        let card = card_of(own);
        assert_eq!(card.symbol, "own");
        assert_eq!(card.source.as_deref(), Some("Kommunens egen beregning, ikke ministeriets liste"));
    }

    #[test]
    fn a_status_that_cannot_be_told_gives_no_number_and_no_reason() {
        let card = card_of(facts().status("gronnevang", 2025, Standing::CannotTell));
        assert_eq!(card.symbol, "hidden");
        assert!(!card.sentence.plain().contains(|c: char| c.is_ascii_digit()), "{}", card.sentence.plain());
    }

    #[test]
    fn an_area_that_was_omdannelse_keeps_its_duties_for_a_time() {
        let former = facts().status("gronnevang", 2023, Standing::On("omdannelse".into()));
        let note = on(former, "gronnevang", |subject| {
            note(subject).expect("the texts fit").expect("there is a note")
        });
        assert!(note.extra.is_some_and(|extra| extra.plain().contains("Udviklingsplanen gennemføres")));
    }
}
