//! Whether a condition of a practice holds in an area by what is published, and how that is said.

use std::cmp::{Ordering, Reverse};

use crate::{
    catalogue::{
        At, RESIDENTS, Unit,
        condition::{Condition, NOT_LISTED, OnIndicator, OnStatus, Situation, TOO_FEW_RESIDENTS},
    },
    compute::{Fact, Standing, State, Status, Verdict},
    ids::{IndicatorId, Period, StatusId, ValueId},
    numbers::Decimal,
    reports::{
        context::Said,
        findings::{in_sentence, standing_in_sentence},
        law::Law,
        subject::{Named, Subject, decimal, shown},
    },
    words::Slots,
};

/// A condition that holds, with what its sentence says.
pub(super) enum Holding<'a> {
    /// Residents against a number.
    Residents(Side, Decimal),
    /// A value against a number.
    Value { of: Named<'a>, side: Side, value: Decimal, limit: Decimal },
    /// Near a limit of the law.
    Near { of: Named<'a>, distance: Decimal, limit: Decimal },
    /// A sure change or, without a period, a sure trend.
    Change { of: Named<'a>, rising: bool, since: Option<Period> },
    /// Surely higher or lower than where the area is compared.
    Compared { of: Named<'a>, higher: bool, value: Decimal, other: Decimal },
    /// A status on the latest list.
    Status(&'a Status),
}

/// On which side of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Over,
    AtLeast,
    Under,
    AtMost,
}

impl Side {
    fn holds(self, value: Decimal, limit: Decimal) -> bool {
        match self {
            Self::Over => order(value, limit).is_gt(),
            Self::AtLeast => order(value, limit).is_ge(),
            Self::Under => order(value, limit).is_lt(),
            Self::AtMost => order(value, limit).is_le(),
        }
    }

    fn text(self, residents: bool) -> &'static str {
        match (self, residents) {
            (Self::Over, true) => "practices/residents-over",
            (Self::AtLeast, true) => "practices/residents-at-least",
            (Self::Under, true) => "practices/residents-under",
            (Self::AtMost, true) => "practices/residents-at-most",
            (Self::Over, false) => "practices/over",
            (Self::AtLeast, false) => "practices/at-least",
            (Self::Under, false) => "practices/under",
            (Self::AtMost, false) => "practices/at-most",
        }
    }
}

/// How two numbers lie, whatever their decimals.
fn order(a: Decimal, b: Decimal) -> Ordering {
    let places = a.places.max(b.places);
    let scaled = |number: Decimal| i128::from(number.units) * 10i128.pow(u32::from(places - number.places));
    scaled(a).cmp(&scaled(b))
}

/// The condition with what its sentence says, if it holds by what is published.
pub(super) fn holds<'a>(subject: &Subject<'a>, condition: &Condition) -> Option<Holding<'a>> {
    match condition {
        Condition::Indicator(on) => on_indicator(subject, on),
        Condition::Status(on) => on_status(subject, on),
    }
}

fn on_indicator<'a>(subject: &Subject<'a>, on: &OnIndicator) -> Option<Holding<'a>> {
    let (id, indicator) = subject.context.catalogue.indicators.get_key_value(&on.id.value)?;
    let of = (&id.value, indicator);
    match &on.is {
        Situation::Over(limit) => against(subject, of, Side::Over, limit.0),
        Situation::AtLeast(limit) => against(subject, of, Side::AtLeast, limit.0),
        Situation::Under(limit) => against(subject, of, Side::Under, limit.0),
        Situation::AtMost(limit) => against(subject, of, Side::AtMost, limit.0),
        Situation::NearLimit(points) => near(subject, of.0, points.0),
        Situation::Rising => changed(subject, of, true),
        Situation::Falling => changed(subject, of, false),
        Situation::Higher => compared(subject, of, true),
        Situation::Lower => compared(subject, of, false),
    }
}

/// The latest value against a number. A count of persons is never said, so nothing but residents is counted here.
fn against<'a>(subject: &Subject<'a>, of: Named<'a>, side: Side, limit: Decimal) -> Option<Holding<'a>> {
    let id = subject.latest(of.0)?;
    let value = shown(decimal(subject.context.publication.get(&id)))?;
    if !side.holds(value, limit) {
        return None;
    }
    if of.0.as_str() == RESIDENTS {
        return Some(Holding::Residents(side, limit));
    }
    let counts = matches!(of.1.unit, Unit::Persons | Unit::Count);
    (!counts).then_some(Holding::Value { of, side, value, limit })
}

/// The distance to the nearest limit of the latest list that is published.
fn near<'a>(subject: &Subject<'a>, id: &IndicatorId, points: Decimal) -> Option<Holding<'a>> {
    let law = subject.law.as_ref()?;
    let row = law.printed_rows().find(|row| row.indicator_id == id || row.strict.1.indicator.value == *id)?;
    let (distance, limit) = [Some(row.strict), row.lesser]
        .into_iter()
        .flatten()
        .filter_map(|criterion| {
            let address = law.criterion(subject, criterion.0, "/distance", law.year());
            let distance = shown(decimal(subject.context.publication.get(&address)))?;
            Some((distance, law.limit(subject, criterion)?))
        })
        .min_by(|a, b| order(a.0.abs(), b.0.abs()))?;
    let is_near = order(distance.abs(), points).is_le();
    is_near.then_some(Holding::Near { of: (row.indicator_id, row.indicator), distance, limit })
}

/// A sure change; or a sure trend where the change alone cannot be told, as the small trends say it.
fn changed<'a>(subject: &Subject<'a>, of: Named<'a>, rising: bool) -> Option<Holding<'a>> {
    let id = subject.latest(of.0)?;
    shown(subject.value(&id))?;
    let State::Shown(Fact::Change(change)) = subject.change(&id) else { return None };
    let wanted = if rising { Verdict::Higher } else { Verdict::Lower };
    if change.verdict == wanted {
        return Some(Holding::Change { of, rising, since: Some(change.since) });
    }
    let trend = subject.context.publication.trend(&id).map(|trend| trend.verdict);
    let by_trend = change.verdict == Verdict::CannotTell && trend == Some(wanted);
    by_trend.then_some(Holding::Change { of, rising, since: None })
}

/// The published comparison.
fn compared<'a>(subject: &Subject<'a>, of: Named<'a>, higher: bool) -> Option<Holding<'a>> {
    let id: ValueId = subject.latest(of.0)?;
    let wanted = if higher { Verdict::Higher } else { Verdict::Lower };
    if subject.verdict(&id) != Some(wanted) {
        return None;
    }
    let value = shown(subject.value(&id))?.value;
    let other = shown(subject.compared(&id)?)?.value;
    Some(Holding::Compared { of, higher, value, other })
}

/// The status on the latest list, where it is told.
fn on_status<'a>(subject: &Subject<'a>, on: &OnStatus) -> Option<Holding<'a>> {
    let law = subject.law.as_ref().filter(|law| *law.family_id == on.family.value)?;
    let status = shown(law.status(subject, law.year()))?;
    let named = |name: &str| on.any_of.iter().any(|wanted: &At<StatusId>| wanted.as_str() == name);
    let holds = match &status.status {
        Standing::On(status) => named(status.as_str()),
        Standing::NotListed => named(NOT_LISTED),
        Standing::TooFewResidents => named(TOO_FEW_RESIDENTS),
        Standing::CannotTell => false,
    };
    holds.then_some(Holding::Status(status))
}

impl<'a> Holding<'a> {
    /// How much it tells of the area: nearness to a limit most, how many live there least.
    pub fn strength(&self) -> u8 {
        match self {
            Self::Near { .. } => 4,
            Self::Change { .. } | Self::Status(_) => 3,
            Self::Value { .. } | Self::Compared { .. } => 2,
            Self::Residents(..) => 1,
        }
    }

    fn indicator(&self) -> Option<Named<'a>> {
        match self {
            Self::Value { of, .. }
            | Self::Near { of, .. }
            | Self::Change { of, .. }
            | Self::Compared { of, .. } => Some(*of),
            Self::Residents(..) | Self::Status(_) => None,
        }
    }

    /// What is said by itself; `None` for an indicator that has no words for it.
    fn clause(&self, subject: &Subject) -> Said<Option<String>> {
        let mut slots = Slots::new();
        if let Some((_, indicator)) = self.indicator() {
            let Some(what) = in_sentence(subject, indicator) else { return Ok(None) };
            slots = slots.text("what", what);
        }
        let (text, slots) = match self {
            Self::Residents(side, limit) => (side.text(true), slots.number("limit", *limit)),
            Self::Value { of, side, value, limit } => {
                let limit = subject.with_unit(of.1.unit, *limit)?;
                let slots = slots.text("value", subject.with_unit(of.1.unit, *value)?).text("limit", limit);
                (side.text(false), slots)
            }
            Self::Near { of, distance, limit } => {
                let slots = slots
                    .text("distance", subject.difference(of.1.unit, *distance)?)
                    .text("limit", subject.with_unit(of.1.unit, *limit)?);
                let text = match distance.units.signum() {
                    0 => "practices/near-at",
                    1 => "practices/near-over",
                    _ => "practices/near-under",
                };
                (text, slots)
            }
            Self::Change { of, rising, since } => {
                let text = if *rising { "practices/rising" } else { "practices/falling" };
                (text, since_slot(subject, of.0, *since, slots)?)
            }
            Self::Compared { of, value, other, .. } => {
                let slots = slots
                    .text("value", subject.with_unit(of.1.unit, *value)?)
                    .text("other", subject.with_unit(of.1.unit, *other)?);
                ("practices/compared", with_place(subject, slots)?)
            }
            Self::Status(status) => return status_clause(subject, status).map(Some),
        };
        subject.line(text, slots).map(Some)
    }

    /// What is said after another clause about the same indicator; `None` for a second number, which has its own clause.
    fn added(&self, subject: &Subject, clause: &str) -> Said<Option<String>> {
        let slots = Slots::new().text("clause", clause);
        let (text, slots) = match self {
            Self::Change { of, rising, since } => {
                let text = if *rising { "practices/and-rising" } else { "practices/and-falling" };
                (text, since_slot(subject, of.0, *since, slots)?)
            }
            Self::Compared { higher, .. } => {
                let text = if *higher { "practices/and-higher" } else { "practices/and-lower" };
                (text, with_place(subject, slots)?)
            }
            _ => return Ok(None),
        };
        subject.line(text, slots).map(Some)
    }
}

fn since_slot(subject: &Subject, id: &IndicatorId, since: Option<Period>, slots: Slots) -> Said<Slots> {
    Ok(match since {
        Some(since) => slots.text("since", subject.printed(id, since)?),
        None => slots,
    })
}

fn with_place(subject: &Subject, slots: Slots) -> Said<Slots> {
    Ok(match subject.comparator {
        Some(comparator) => slots.text("comparator_in", subject.comparator_words(comparator, "-in")?),
        None => slots,
    })
}

fn status_clause(subject: &Subject, status: &Status) -> Said<String> {
    let slots = Slots::new().text("area", &subject.named).flag("own", !status.official);
    if status.status == Standing::TooFewResidents {
        let limit = subject.law.as_ref().and_then(Law::residents).unwrap_or_default();
        return subject.line("practices/too-few", slots.count("limit", limit));
    }
    subject.line("practices/status", slots.text("status", standing_in_sentence(subject, &status.status)?))
}

/// The clauses of conditions that hold, the strongest first; those about one indicator are one clause.
pub(super) fn clauses(subject: &Subject, mut holding: Vec<Holding>) -> Said<Vec<String>> {
    // A level is said before where it is going.
    holding.sort_by_key(|one| {
        let adds = matches!(one, Holding::Change { .. } | Holding::Compared { .. });
        (adds, Reverse(one.strength()))
    });
    let mut said: Vec<(Option<&IndicatorId>, String)> = Vec::new();
    for one in &holding {
        let about = one.indicator().map(|(id, _)| id);
        let earlier = said.iter_mut().find(|(id, _)| about.is_some() && *id == about);
        if let Some((_, clause)) = earlier
            && let Some(longer) = one.added(subject, clause)?
        {
            *clause = longer;
        } else if let Some(clause) = one.clause(subject)? {
            said.push((about, clause));
        }
    }
    Ok(said.into_iter().map(|(_, clause)| clause).collect())
}
