//! How far an area is from another status, as part of a sentence.

use super::super::{
    context::Said,
    findings::in_sentence,
    overview::{
        entry::{Entry, Towards},
        nearest::{By, Nearest, Turn},
        row,
    },
    subject::{decimal, shown},
};
use crate::{
    compute::State,
    ids::{CriterionId, Period},
    words::Slots,
};

/// Within so much of a limit, in relation to it, an area is near another status.
const NEAR: f64 = 0.05;

/// What decides, where that is shown and may be printed.
pub(super) fn nearest<'a>(entry: &Entry<'a>) -> Option<Nearest<'a>> {
    let State::Shown(nearest) = entry.nearest else { return None };
    let printed = match nearest.by {
        By::Residents(_) => true,
        By::Criterion(criterion) => {
            let origin = entry.law.rules.criteria.get(criterion).is_some_and(|declared| declared.origin);
            entry.law.family.show_origin || !origin
        }
    };
    printed.then_some(nearest)
}

/// Is the area near another status, by a criterion?
pub(super) fn near_by_criterion<'a>(entry: &Entry<'a>) -> Option<(Nearest<'a>, &'a CriterionId)> {
    let nearest = nearest(entry).filter(|nearest| nearest.relative <= NEAR)?;
    match nearest.by {
        By::Criterion(criterion) => Some((nearest, criterion)),
        By::Residents(_) => None,
    }
}

/// Would the area get a stricter status?
pub(super) fn enters(nearest: &Nearest) -> bool {
    matches!(nearest.turn, Turn::Enter(_))
}

/// "Grønnevang er 1,8 procentpoint fra at blive udsat boligområde", without a full stop.
pub(super) fn clause(entry: &Entry, nearest: &Nearest, criterion: &CriterionId) -> Said<Option<String>> {
    let subject = entry.subject;
    let cell = row::distance(entry)?;
    let Some(word) = cell.word else { return Ok(None) };
    let slots = Slots::new()
        .text("area", &subject.area.name)
        .text("status", entry.law.status_in_sentence(subject.context, nearest.turn.status()))
        .text("distance", word);
    let amount = row::amount(entry, criterion);
    let points = shown(decimal(entry.criterion(criterion, "/distance", entry.law.year())));
    let by_decimals = amount.is_none() && points.is_none_or(|points| points.units == 0);
    let very_close = amount.is_some_and(|amount| amount.number.is_none());
    let key = match (enters(nearest), very_close, by_decimals) {
        (true, _, true) => "council/enters-decimals",
        (true, true, _) => "council/enters-close",
        (true, _, _) => "council/enters",
        (false, _, true) => "council/leaves-decimals",
        (false, true, _) => "council/leaves-close",
        (false, _, _) => "council/leaves",
    };
    subject.line(key, slots).map(Some)
}

/// Value and limit of a criterion and which way it goes; nothing if value or limit is not shown.
pub(super) fn value(entry: &Entry, criterion: &CriterionId, before: Option<Period>) -> Said<Vec<String>> {
    let (subject, law) = (entry.subject, entry.law);
    let Some(declared) = law.rules.criteria.get(criterion) else { return Ok(Vec::new()) };
    let Some((_, indicator)) = subject.context.catalogue.printed_indicator(&declared.indicator) else {
        return Ok(Vec::new());
    };
    let value = shown(decimal(entry.criterion(criterion, "", law.year())));
    let limit = law.limit(subject, (criterion, declared));
    let (Some(value), Some(limit), Some(what)) = (value, limit, in_sentence(subject, indicator)) else {
        return Ok(Vec::new());
    };
    let slots = Slots::new()
        .text("what", what)
        .text("value", subject.with_unit(indicator.unit, value)?)
        .text("limit", subject.with_unit(indicator.unit, limit)?);
    let points = shown(decimal(entry.criterion(criterion, "/distance", law.year())));
    if points.is_some_and(|points| points.units == 0) {
        return Ok(vec![subject.line("council/value", slots)?, subject.fixed("council/decimals")?]);
    }
    let key = match shown(entry.moved(before)).map(|moved| moved.towards) {
        Some(Towards::Closer) => "council/value-closer",
        Some(Towards::Further) => "council/value-further",
        Some(Towards::Crossed | Towards::Barely | Towards::Unchanged) | None => "council/value",
    };
    Ok(vec![subject.line(key, slots)?])
}
