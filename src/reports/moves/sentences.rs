//! What the figure says, in words: the finding over it, each step, and that a contribution is arithmetic.

use super::{
    super::{
        context::Said,
        findings::in_sentence,
        history::lower_first,
        law::Row,
        subject::{Subject, shown},
    },
    Finding, Reading, Told,
    reading::{has, is_wide},
    split,
    steps::{Column, among},
};
use crate::{
    compute::{Basis, Split, State, Step},
    numbers::Decimal,
    words::{Rich, Slots},
};

/// The finding. After an event or with unusually many dwellings given up it tells the change and not who did it.
pub(super) fn heading(
    subject: &Subject,
    told: &Told,
    split: &Split,
    reading: &Reading,
    guarded: bool,
) -> Said<String> {
    let finding = if guarded { Finding::Plain } else { reading.finding(told.indicator.matters.0) };
    let key = match finding {
        Finding::Replaced => "moves/heading-replaced",
        Finding::Own => "moves/heading-own",
        Finding::Age => "moves/heading-age",
        Finding::Both => "moves/heading-both",
        Finding::EachWay => "moves/heading-each-way",
        Finding::NearlyNone => "moves/heading-nearly-none",
        Finding::Plain if reading.change.units == 0 => "moves/heading-same",
        Finding::Plain => "moves/heading-plain",
    };
    let slots = Slots::new()
        .text("name", told.name(subject))
        .flag("up", reading.change.units > 0)
        .text("start", subject.context.words.number(split.start))
        .text("end", subject.with_unit(told.indicator.unit, split.end)?);
    subject.line(key, slots)
}

/// The steps, what they make together, chance, other years, and what a contribution is not.
pub(super) fn reading(
    subject: &Subject,
    told: &Told,
    columns: &[Column],
    reading: &Reading,
) -> Said<Vec<Rich>> {
    let mut said = Vec::new();
    for column in columns {
        said.extend(step(subject, told, column)?);
    }
    said.push(subject.say("moves/together", sums(subject, told, reading)?)?);
    said.extend(years(subject, told)?);
    said.push(subject.say("moves/arithmetic", Slots::new().text("name", told.name(subject)))?);
    Ok(said)
}

/// By how much, without its sign, and which way.
fn effect(subject: &Subject, told: &Told, points: Decimal, slots: Slots) -> Said<Slots> {
    let way = match points.units {
        1.. => "up",
        0 => "none",
        _ => "down",
    };
    Ok(slots.text("points", subject.difference(told.indicator.unit, points)?).text("way", way))
}

/// What a step did; age, corrections and what is put together are told of with the sums.
fn step(subject: &Subject, told: &Told, column: &Column) -> Said<Option<Rich>> {
    let Some(persons) = column.persons() else { return Ok(None) };
    let mut slots = Slots::new()
        .count("n", persons)
        .text("state", told.state(subject))
        .flag("weighted", told.is_weighted(subject))
        .flag("wide", column.wide)
        .flag("age", column.terms.iter().any(|term| has(term, Step::AgeAndDeath)));
    slots = effect(subject, told, column.points, slots)?;
    let key = match column.step {
        Step::In => "moves/said-in",
        Step::Out => "moves/said-out",
        Step::Stayers => "moves/said-stayers",
        Step::AgeAndDeath | Step::Register | Step::Yardstick | Step::Mixed => return Ok(None),
    };
    if column.step == Step::Stayers {
        if let Some((up, down)) = column.changed() {
            slots = slots.count("up", up).count("down", down);
        }
    } else if let Some((cases, share)) = among(told, column) {
        slots = slots.number("cases", cases).number("share", share);
    }
    if let (Step::In, Some(margin)) = (column.step, column.margin()) {
        slots = slots
            .text("margin", subject.difference(told.indicator.unit, margin)?)
            .flag("beyond", column.points.to_f64().abs() > margin.to_f64());
    }
    subject.say(key, slots).map(Some)
}

/// The sums of moves, own change and age.
fn sums(subject: &Subject, told: &Told, reading: &Reading) -> Said<Slots> {
    let signed = |points: Decimal| subject.context.words.format().signed(points);
    let mut slots = Slots::new()
        .text("moves", signed(reading.moves))
        .text("own", signed(reading.own))
        .flag("wide", reading.wide)
        .text("change", subject.difference(told.indicator.unit, reading.change)?)
        .flag("same", reading.change.units == 0)
        .flag("up", reading.change.units > 0);
    if let Some(age) = reading.age {
        slots = slots.text("age", signed(age));
    }
    if reading.register.units != 0 {
        slots = slots.text("register", signed(reading.register));
    }
    if reading.yardstick.units != 0 {
        slots = slots.text("yardstick", signed(reading.yardstick));
    }
    if reading.mixed.units != 0 {
        slots = slots.text("mixed", signed(reading.mixed));
    }
    Ok(slots)
}

/// The change over several years, in one sentence.
fn years(subject: &Subject, told: &Told) -> Said<Option<Rich>> {
    let id = told.address(subject, &format!("moves/{}/years", told.id));
    let State::Shown(split) = split(subject.context, &id) else { return Ok(None) };
    let slots = sums(subject, told, &Reading::new(split))?
        .text("name", told.name(subject))
        .count("years", i64::from(told.period.year()) - i64::from(split.since.year()))
        .text("since", subject.period(split.since)?)
        .text("until", subject.period(told.period)?);
    subject.say("moves/years", slots).map(Some)
}

/// How the persons were followed, how they count, and what the figure is not.
pub(super) fn note(subject: &Subject, told: &Told, split: &Split) -> Said<Rich> {
    let mut slots = Slots::new()
        .flag("table", split.basis == Basis::Table)
        .flag("wide", split.terms.iter().any(is_wide))
        .flag("weighted", told.is_weighted(subject))
        .text("state", told.state(subject))
        .text("name", told.name(subject))
        .text("since", subject.dated(told.indicator_id, split.since)?)
        .text("until", subject.dated(told.indicator_id, told.period)?);
    if let Some(linked) = split.linked {
        slots = slots.count("linked", linked);
    }
    if let Some(care) = &told.indicator.read_with_care {
        slots = slots.text("care", subject.context.text(care));
    }
    if let Some((of_law, value)) = beside(subject, told)? {
        slots = slots.text("of_law", of_law).text("value", value);
    }
    subject.say("moves/note", slots)
}

/// The law's own figure on the same theme, where the split is of another one.
fn beside(subject: &Subject, told: &Told) -> Said<Option<(String, String)>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let of_theme = |row: &&Row| row.indicator.theme.value == told.indicator.theme.value;
    let Some(row) = law.rows.iter().find(of_theme) else { return Ok(None) };
    let value = shown(law.value(subject, row, law.year())).filter(|_| row.indicator_id != told.indicator_id);
    let Some(value) = value else { return Ok(None) };
    let short = || lower_first(subject.context.text(row.indicator.short_title()));
    let name = in_sentence(subject, row.indicator).unwrap_or_else(short);
    Ok(Some((name, subject.with_unit(row.indicator.unit, value.value)?)))
}
