//! What stands out in an area: values that chance does not explain, and sure changes, both from what is published.

use super::subject::{Subject, shown};
use crate::{
    catalogue::Indicator,
    compute::{Change, Fact, State, Verdict},
    ids::{IndicatorId, Period, ValueId},
};

/// A value judged against the comparator.
pub(super) struct Compared<'a> {
    pub id: ValueId,
    pub indicator_id: &'a IndicatorId,
    pub indicator: &'a Indicator,
    pub verdict: Verdict,
    /// Distance to the comparator in widths of the interval.
    pub widths: f64,
}

/// The report's comparisons that chance cannot explain, the farthest first.
pub(super) fn compared<'a>(subject: &Subject<'a>) -> Vec<Compared<'a>> {
    let mut found: Vec<Compared> = subject
        .indicators()
        .into_iter()
        .filter_map(|(id, indicator)| {
            let value = subject.latest(id)?;
            let verdict =
                subject.verdict(&value).filter(|v| matches!(v, Verdict::Higher | Verdict::Lower))?;
            let widths = widths(subject, &value)?;
            Some(Compared { id: value, indicator_id: id, indicator, verdict, widths })
        })
        .collect();
    found.sort_by(|a, b| b.widths.total_cmp(&a.widths));
    found
}

/// Distance of a value to its comparator in widths of the value's interval, if both are shown and there is an interval.
pub(super) fn widths(subject: &Subject, id: &ValueId) -> Option<f64> {
    let own = shown(subject.value(id))?;
    let other = shown(subject.compared(id)?)?;
    let (lower, upper) = own.interval?;
    let width = upper.to_f64() - lower.to_f64();
    (width > 0.0).then(|| (own.value.to_f64() - other.value.to_f64()).abs() / width)
}

/// A sure change.
pub(super) struct Changed<'a> {
    pub id: ValueId,
    pub indicator_id: &'a IndicatorId,
    pub indicator: &'a Indicator,
    pub change: &'a Change,
}

/// The report's sure changes, the largest in relation to what matters first.
pub(super) fn changed<'a>(subject: &Subject<'a>) -> Vec<Changed<'a>> {
    let mut found: Vec<Changed> = subject
        .indicators()
        .into_iter()
        .filter_map(|(indicator_id, indicator)| {
            let id = subject.latest(indicator_id)?;
            let State::Shown(Fact::Change(change)) = subject.change(&id) else { return None };
            let sure = matches!(change.verdict, Verdict::Higher | Verdict::Lower);
            sure.then_some(Changed { id, indicator_id, indicator, change })
        })
        .collect();
    let size = |c: &Changed| {
        c.change.difference.to_f64().abs() / c.indicator.matters.to_f64().max(f64::MIN_POSITIVE)
    };
    found.sort_by(|a, b| size(b).total_cmp(&size(a)));
    found
}

/// Is anything about the area compared with anything?
pub(super) fn is_judged(subject: &Subject) -> bool {
    let verdict = |id: &IndicatorId| subject.latest(id).and_then(|value| subject.verdict(&value));
    subject.law.is_some() || subject.indicators().iter().any(|(id, _)| verdict(id).is_some())
}

/// The period that changes are counted from, of the first indicator that has one.
pub(super) fn since(subject: &Subject) -> Option<Period> {
    subject.indicators().into_iter().find_map(|(id, _)| {
        let value = subject.latest(id)?;
        match subject.change(&value) {
            State::Shown(Fact::Change(change)) => {
                Some(subject.context.overview.printed_period(id, change.since))
            }
            _ => None,
        }
    })
}
