//! Moves: what those who came, those who went and those who stayed did to a share, and who came and went.
//!
//! Of the splits that the catalogue declares for the layer one is drawn: the one that is tested, else the first. Everything is
//! from facts; where one is not shown its part is left out, and where the split itself is not shown one sentence says so.

mod events;
mod figure;
mod letting;
mod origins;
mod profile;
pub(super) mod reading;
mod sentences;
mod steps;
#[cfg(test)]
pub(super) mod tests;
mod turnover;
mod what_if;

use serde::Serialize;

use self::{
    events::Guard,
    figure::Drawn,
    letting::Letting,
    origins::Origins,
    profile::Profiles,
    reading::{Finding, Reading},
    turnover::Turnover,
    what_if::WhatIf,
};
use super::{
    context::{Context, Said},
    drawings::Drawings,
    findings::in_sentence,
    history::lower_first,
    subject::{Subject, counted},
    theme::Look,
};
use crate::{
    catalogue::{self, Indicator, Method},
    compute::{Fact, Missing, Split, State},
    ids::{AreaId, IndicatorId, LayerId, Period, ValueId},
    words::{Rich, Slots},
};

/// The part of the page.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Moves {
    pub heading: String,
    /// What makes the moves of these years no ordinary ones.
    pub warning: Option<Rich>,
    pub waterfall: Option<Drawn>,
    /// In place of the figure where the split is not shown.
    pub instead: Option<Rich>,
    pub reading: Vec<Rich>,
    pub note: Option<Rich>,
    /// The finding of a page that the tables open.
    pub follows: String,
    pub origins: Option<Origins>,
    pub profile: Option<Profiles>,
    pub turnover: Option<Turnover>,
    pub what_if: Option<WhatIf>,
    pub letting: Option<Letting>,
}

/// The split that a page is about.
pub(in crate::reports) struct Told<'a> {
    /// Its id in the catalogue.
    pub id: &'a str,
    pub moves: &'a catalogue::Moves,
    pub indicator_id: &'a IndicatorId,
    pub indicator: &'a Indicator,
    /// The later time.
    pub period: Period,
    pub split: State<&'a Split>,
}

/// The part of the page; `None` where nothing is known of moves.
pub(super) fn moves(subject: &Subject, look: &Look, drawings: &mut Drawings) -> Said<Option<Moves>> {
    let Some(told) = told(subject) else { return Ok(None) };
    let guard = Guard::new(subject, &told);
    let mut part = match told.split {
        State::Shown(split) => shown(subject, &told, split, &guard, (look, drawings))?,
        State::Hidden => plain(subject, subject.say("moves/hidden", Slots::new())?)?,
        State::Missing(missing) => {
            let Some(key) = reason(missing) else { return Ok(None) };
            plain(subject, subject.say(key, Slots::new())?)?
        }
    };
    if part.warning.is_none() {
        part.warning = guard.warning(subject, &told)?;
    }
    part.origins = origins::origins(subject, &told)?;
    part.profile = profile::profiles(subject, &told)?;
    part.turnover = turnover::turnover(subject, look, drawings)?;
    part.follows = match &part.turnover {
        Some(turnover) => turnover.follows.clone(),
        None => subject.fixed("moves/follows")?,
    };
    part.letting = letting::letting(subject, &told)?;
    Ok(Some(part))
}

/// A split with everything that follows from it.
fn shown(
    subject: &Subject,
    told: &Told,
    split: &Split,
    guard: &Guard,
    (look, drawings): (&Look, &mut Drawings),
) -> Said<Moves> {
    let columns = steps::columns(split);
    let reading = Reading::new(split);
    Ok(Moves {
        heading: sentences::heading(subject, told, split, &reading, guard.is_up())?,
        warning: guard.warning(subject, told)?,
        waterfall: Some(figure::figure(subject, told, split, &columns, (look, drawings))?),
        reading: sentences::reading(subject, told, &columns, &reading)?,
        note: Some(sentences::note(subject, told, split)?),
        what_if: what_if::what_if(subject, told)?,
        ..Moves::empty(String::new())
    })
}

/// A sentence in the place of a figure.
fn plain(subject: &Subject, said: Rich) -> Said<Moves> {
    Ok(Moves { instead: Some(said), ..Moves::empty(subject.fixed("moves/heading-none")?) })
}

/// Why a split is missing, where that is worth a sentence. That nothing is there yet is not.
fn reason(missing: Missing) -> Option<&'static str> {
    match missing {
        Missing::Break => Some("moves/missing-break"),
        Missing::TooSmall => Some("moves/missing-small"),
        Missing::FewFoundAgain => Some("moves/missing-linked"),
        _ => None,
    }
}

impl Moves {
    fn empty(heading: String) -> Self {
        Self {
            heading,
            warning: None,
            waterfall: None,
            instead: None,
            reading: Vec::new(),
            note: None,
            follows: String::new(),
            origins: None,
            profile: None,
            turnover: None,
            what_if: None,
            letting: None,
        }
    }
}

/// The finding with the sentences below it, in plain words; `None` where no split is shown.
pub(super) fn in_words(subject: &Subject) -> Said<Option<(String, Vec<String>)>> {
    let Some(told) = told(subject) else { return Ok(None) };
    let State::Shown(split) = told.split else { return Ok(None) };
    let (guard, reading) = (Guard::new(subject, &told), Reading::new(split));
    let heading = sentences::heading(subject, &told, split, &reading, guard.is_up())?;
    let warning = guard.warning(subject, &told)?;
    let said = sentences::reading(subject, &told, &steps::columns(split), &reading)?;
    Ok(Some((heading, warning.iter().chain(&said).map(Rich::plain).collect())))
}

/// The split of an area's page at the latest period of which anything is known; without one the reason of the latest.
pub(in crate::reports) fn told<'a>(subject: &Subject<'a>) -> Option<Told<'a>> {
    told_of(subject.context, &subject.area.id, subject.layer_id)
}

fn told_of<'a>(context: &Context<'a>, area: &AreaId, layer: &LayerId) -> Option<Told<'a>> {
    let catalogue: &'a catalogue::Catalogue = context.catalogue;
    let of_layer = || {
        let all = catalogue.moves.iter();
        all.filter(|(_, moves)| moves.layers.iter().any(|known| known.value == *layer))
    };
    let (id, moves) = of_layer().find(|(_, moves)| moves.tested).or_else(|| of_layer().next())?;
    let indicator = catalogue.indicator(&moves.indicator.value)?;
    let what = format!("moves/{id}");
    let mut latest: Option<(Period, State<&'a Split>)> = None;
    for period in context.publication.periods(&what, area) {
        let state = split(context, &ValueId::own(&what, area, period));
        let known = !matches!(state, State::Missing(_));
        if known || latest.as_ref().is_none_or(|(_, before)| matches!(before, State::Missing(_))) {
            latest = Some((period, state));
        }
    }
    let (period, split) = latest?;
    Some(Told { id: &id.value, moves, indicator_id: &moves.indicator.value, indicator, period, split })
}

/// Are the moves ordinary ones: no event, and no unusual number of dwellings given up?
pub(in crate::reports) fn is_ordinary(subject: &Subject, told: &Told) -> bool {
    !Guard::new(subject, told).is_up()
}

/// A split as published.
fn split<'a>(context: &Context<'a>, id: &ValueId) -> State<&'a Split> {
    match context.publication.get(id) {
        State::Shown(Fact::Split(split)) => State::Shown(split),
        State::Hidden => State::Hidden,
        State::Missing(missing) => State::Missing(*missing),
        State::Shown(_) => State::Missing(Missing::NoData),
    }
}

impl<'a> Told<'a> {
    /// The address of a fact about the same area and period.
    fn address(&self, subject: &Subject, what: &str) -> ValueId {
        ValueId::own(what, &subject.area.id, self.period)
    }

    /// The address of the split.
    fn own(&self, subject: &Subject) -> ValueId {
        self.address(subject, &format!("moves/{}", self.id))
    }

    /// What is split, inside a sentence: "andelen på offentlig ydelse".
    pub fn name(&self, subject: &Subject) -> String {
        let short = || lower_first(subject.context.text(self.indicator.short_title()));
        in_sentence(subject, self.indicator).unwrap_or_else(short)
    }

    /// What a case is: "på offentlig ydelse".
    pub fn state(&self, subject: &Subject) -> String {
        lower_first(subject.context.text(self.indicator.short_title()))
    }

    /// Do persons count for a part of a year, or another part of a whole?
    pub fn is_weighted(&self, subject: &Subject) -> bool {
        let Method::Share(_) = &*self.indicator.method else { return false };
        let part = counted(&self.indicator.method);
        part.and_then(|part| subject.context.catalogue.populations.get(part))
            .is_some_and(|population| population.weight.is_some())
    }
}
