//! Those who moved in and out beside all residents: paired dots, one row an indicator, all on one scale.

use serde::Serialize;

use super::{
    super::{context::Said, payload::fraction, subject::Subject},
    Told,
};
use crate::{
    catalogue::{Indicator, Unit},
    compute::{Fact, Profile, State, Verdict},
    ids::IndicatorId,
    numbers::Decimal,
    words::Slots,
};

/// The scale ends at a multiple of so many per cent.
const STEP: f64 = 10.0;

/// The rows with their heads.
#[derive(Serialize)]
pub(in crate::reports) struct Profiles {
    pub heading: String,
    head: [String; 4],
    pub rows: Vec<Row>,
    scale: [String; 2],
    note: String,
}

/// One indicator.
#[derive(Serialize)]
pub(in crate::reports) struct Row {
    state: &'static str,
    name: String,
    /// Moved in, moved out, residents.
    pub values: Option<[String; 3]>,
    /// Their places.
    pub at: Option<[f64; 3]>,
    alt: Option<String>,
}

/// The rows; `None` where none is shown.
pub(super) fn profiles(subject: &Subject, told: &Told) -> Said<Option<Profiles>> {
    let mut found: Vec<(&Indicator, State<&Profile>)> = Vec::new();
    for id in &told.moves.profile {
        let Some(indicator) = subject.context.catalogue.indicator(&id.value) else { continue };
        match profile(subject, told, &id.value) {
            State::Missing(_) => {}
            state if indicator.unit == Unit::Percent => found.push((indicator, state)),
            _ => {}
        }
    }
    let shown: Vec<&Profile> = found.iter().filter_map(|(_, state)| known(state)).collect();
    if shown.is_empty() {
        return Ok(None);
    }
    let most = shown.iter().flat_map(|profile| shares(profile)).map(Decimal::to_f64).fold(0.0, f64::max);
    let end = ((most / STEP).ceil() * STEP).max(STEP);
    let heading = heading(subject, &found)?;
    let rows = found.iter().map(|(indicator, state)| row(subject, indicator, known(state), end));
    let heads =
        ["name", "in", "out", "residents"].map(|head| subject.fixed(&format!("moves/profile-{head}")));
    let [name, moved_in, moved_out, residents] = heads;
    let numbers = subject.context.words.format();
    Ok(Some(Profiles {
        heading,
        head: [name?, moved_in?, moved_out?, residents?],
        rows: rows.collect::<Said<Vec<_>>>()?,
        scale: [numbers.count(0), subject.with_unit(Unit::Percent, Decimal::whole(end as i64))?],
        note: note(subject, told, &shown)?,
    }))
}

fn profile<'a>(subject: &Subject<'a>, told: &Told, indicator: &IndicatorId) -> State<&'a Profile> {
    let id = told.address(subject, &format!("moves/profile/{indicator}"));
    match subject.context.publication.get(&id) {
        State::Shown(Fact::Profile(profile)) => State::Shown(profile),
        State::Hidden => State::Hidden,
        State::Missing(missing) => State::Missing(*missing),
        State::Shown(_) => State::Missing(crate::compute::Missing::NoData),
    }
}

fn known<'a>(state: &State<&'a Profile>) -> Option<&'a Profile> {
    match state {
        State::Shown(profile) => Some(profile),
        _ => None,
    }
}

fn shares(profile: &Profile) -> [Decimal; 3] {
    [profile.moved_in.0, profile.moved_out.0, profile.residents.0]
}

fn row(subject: &Subject, indicator: &Indicator, profile: Option<&Profile>, end: f64) -> Said<Row> {
    let name = subject.context.text(indicator.short_title()).to_string();
    let Some(profile) = profile else {
        return Ok(Row { state: "hidden", name, values: None, at: None, alt: None });
    };
    let numbers = shares(profile);
    let values = numbers.map(|share| subject.context.words.number(share));
    let slots = Slots::new()
        .text("name", &name)
        .text("moved_in", &values[0])
        .text("moved_out", &values[1])
        .text("residents", &values[2]);
    Ok(Row {
        state: "shown",
        alt: Some(subject.line("moves/profile-alt", slots)?),
        name,
        values: Some(values),
        at: Some(numbers.map(|share| fraction(share.to_f64() / end))),
    })
}

/// What is surely more common among those who moved in than among those who moved out; else a plain heading.
fn heading(subject: &Subject, found: &[(&Indicator, State<&Profile>)]) -> Said<String> {
    let judged = |verdict: Verdict| {
        let of =
            found.iter().filter(move |(_, state)| known(state).is_some_and(|found| found.verdict == verdict));
        of.map(|(indicator, _)| super::lower_first(subject.context.text(indicator.short_title())))
    };
    let (more, fewer): (Vec<String>, Vec<String>) =
        (judged(Verdict::Higher).collect(), judged(Verdict::Lower).collect());
    match (&more[..], &fewer[..]) {
        ([], []) => subject.fixed("moves/profile-heading"),
        ([first, ..], _) => subject.line("moves/profile-more", Slots::new().text("name", first)),
        ([], [first, ..]) => subject.line("moves/profile-fewer", Slots::new().text("name", first)),
    }
}

fn note(subject: &Subject, told: &Told, shown: &[&Profile]) -> Said<String> {
    let since = shown.first().map_or(told.period, |profile| profile.since);
    let (moved_in, moved_out) = shown.iter().map(|profile| profile.persons).max().unwrap_or_default();
    let slots = Slots::new()
        .count("came", moved_in)
        .count("went", moved_out)
        .text("since", subject.period(since)?)
        .text("until", subject.period(told.period)?);
    subject.line("moves/profile-note", slots)
}
