//! What stands under a limit row: how far it is, which years the next list uses, and what they must come to.
//!
//! Persons are named only where the criterion declares that they may be; fewer than five are "very close to the limit",
//! whatever their number. Nothing here judges, and nothing has an interval: the law counts without.

use super::{
    context::Said,
    data_years::{Phase, phase_of},
    law::{Law, Row},
    subject::Subject,
};
use crate::{
    catalogue::{Amounts, Mechanism, Unit},
    compute::{Amount, Fact, Needed, State},
    numbers::Decimal,
    words::{Rich, Slots},
};

/// The indicator whose value falls when education from abroad is approved.
const EDUCATION: &str = "basic-education";
/// Within so much of a limit, in relation to it, the room is said; farther off nothing that a year can bring turns it.
const ROOM: f64 = 0.25;

/// The sentences of a row, each on lines of its own.
pub(super) fn sentences(subject: &Subject, law: &Law, row: &Row) -> Said<Vec<Rich>> {
    let distance = law.distance(subject, row).and_then(|d| Some((d.limit, d.distance?)));
    if row.strict.1.origin {
        let mut sentences = Vec::new();
        if let Some((limit, distance)) = distance {
            sentences.push(origin_distance(subject, row, limit, distance)?);
        }
        sentences.push(subject.say("limits/note-origin", Slots::new())?);
        return Ok(sentences);
    }
    let needed = needed(subject, law, row).filter(|_| !law.is_too_small(subject));
    let kroner = amount(subject, law, row, Mechanism::Income);
    let far = match (kroner, distance) {
        (Some(amount), Some((_, distance))) if distance.units != 0 => {
            kroner_distance(subject, amount, distance)?
        }
        (_, Some((_, distance))) => points_distance(subject, row, distance, needed.is_none())?,
        (_, None) => Rich::default(),
    };
    if row.indicator_id.as_str() == EDUCATION {
        return Ok(vec![far.then(subject.say("limits/note-education", Slots::new())?)]);
    }
    let next = needed.map(|needed| next_sentence(subject, law, row, needed)).transpose()?;
    let all = far.then(next.unwrap_or_default());
    Ok(if all.runs().is_empty() { Vec::new() } else { vec![all] })
}

/// What the next list takes of a row's stricter criterion.
pub(super) fn needed<'a>(subject: &Subject<'a>, law: &Law, row: &Row) -> Option<&'a Needed> {
    let id = law.criterion(subject, row.strict.0, "/next", law.year());
    match subject.context.publication.get(&id) {
        State::Shown(Fact::Needed(needed)) => Some(needed),
        _ => None,
    }
}

/// How many it takes for the next list, by one mechanism.
pub(super) fn amount(subject: &Subject, law: &Law, row: &Row, mechanism: Mechanism) -> Option<Amount> {
    let about = format!("/next/{}", mechanism.word());
    match subject.context.publication.get(&law.criterion(subject, row.strict.0, &about, law.year())) {
        State::Shown(Fact::Amount(amount)) => Some(*amount),
        _ => None,
    }
}

/// The distance in points; alone it names the limit.
fn points_distance(subject: &Subject, row: &Row, distance: Decimal, alone: bool) -> Said<Rich> {
    if distance.units == 0 {
        return subject.say("limits/decided-by-decimals", Slots::new());
    }
    let slots = Slots::new().text("distance", subject.difference(row.indicator.unit, distance)?);
    subject.say(
        match (distance.units > 0, alone && row.indicator_id.as_str() != EDUCATION) {
            (true, true) => "limits/over",
            (true, false) => "limits/over-short",
            (false, true) => "limits/under",
            (false, false) => "limits/under-short",
        },
        slots,
    )
}

fn origin_distance(subject: &Subject, row: &Row, limit: Decimal, distance: Decimal) -> Said<Rich> {
    if distance.units == 0 {
        return subject.say("limits/decided-by-decimals", Slots::new());
    }
    let slots = Slots::new()
        .text("distance", subject.difference(row.indicator.unit, distance)?)
        .text("limit", subject.with_unit(row.indicator.unit, limit)?);
    subject.say(if distance.units > 0 { "limits/over-number" } else { "limits/under-number" }, slots)
}

/// `10.900 kr. om året pr. person over grænsen.`
fn kroner_distance(subject: &Subject, amount: Amount, distance: Decimal) -> Said<Rich> {
    let Some(number) = amount.number else { return subject.say("limits/very-close", Slots::new()) };
    let key = if distance.units > 0 { "limits/kroner-over" } else { "limits/kroner-under" };
    subject.say(key, Slots::new().count("n", number))
}

/// The years of the next list, what the open one must come to, and how many persons that is.
fn next_sentence(subject: &Subject, law: &Law, row: &Row, needed: &Needed) -> Said<Rich> {
    let open = needed.open.year();
    let is_over = phase_of(subject, row, open) == Phase::Over;
    let uses = |more| {
        let slots = Slots::new().list("years", needed.years.iter().map(|year| year.to_string()));
        subject.say("limits/next-uses", slots.flag("more", more))
    };
    let slots = || Slots::new().text("open", open.to_string());
    if needed.years.len() < 2 || row.strict.1.mechanisms.is_empty() || !has_room(subject, law, row) {
        let uses = uses(false)?;
        return Ok(if is_over { uses.then(subject.say("limits/open-is-over", slots())?) } else { uses });
    }
    if is_out_of_reach(row, needed.value) {
        return Ok(uses(false)?.then(subject.say("limits/no-value-turns", slots())?));
    }
    let amount = amount(subject, law, row, Mechanism::StateChange).filter(|_| !is_over);
    // Counted from the year before, which may stand on the other side than the mean of the list.
    let met = amount.map_or(needed.met, |amount| amount.met);
    let key = match (is_over, met, row.strict.1.is.is_upper()) {
        (true, _, true) => "limits/decided-at-most",
        (true, _, false) => "limits/decided-at-least",
        (false, true, true) => "limits/must-at-most",
        (false, true, false) => "limits/must-at-least",
        (false, false, true) => "limits/may-at-most",
        (false, false, false) => "limits/may-at-least",
    };
    let value = subject.with_unit(row.indicator.unit, needed.value)?;
    let last = needed.years.iter().rev().find(|year| **year != needed.open);
    let many = match (amount, last) {
        (Some(amount), Some(last)) => Some(many_words(subject, amount, &last.to_string())?),
        _ => None,
    };
    let counted = amount.is_some_and(|amount| amount.number.is_some());
    let must = subject.say(key, slots().text("value", value).flag("more", counted))?;
    Ok(uses(!is_over)?.then(match many {
        Some(many) => must.then(many),
        None => must,
    }))
}

/// Is the value so near the limit that the next list can turn it?
pub(super) fn has_room(subject: &Subject, law: &Law, row: &Row) -> bool {
    let Some(far) = law.distance(subject, row) else { return false };
    far.distance.is_none_or(|points| points.to_f64().abs() <= ROOM * far.limit.to_f64().abs())
}

/// Can no value of the open year turn the outcome? The other year decides it then.
fn is_out_of_reach(row: &Row, value: Decimal) -> bool {
    value.units < 0 || (row.indicator.unit == Unit::Percent && value.to_f64() > 100.0)
}

/// `ca. 16 fuldtidspersoner færre end i 2024.`
fn many_words(subject: &Subject, amount: Amount, last: &str) -> Said<Rich> {
    let Some(number) = amount.number else { return subject.say("limits/amount-very-close", Slots::new()) };
    let what = subject.line(counted_key(amount.counts), Slots::new().count("n", number))?;
    let key = if amount.met { "limits/amount-fewer" } else { "limits/amount-more" };
    subject.say(key, Slots::new().text("amount", what).text("last", last))
}

/// The noun of what is counted.
pub(super) fn counted_key(counts: Amounts) -> &'static str {
    match counts {
        Amounts::Persons => "amounts/persons",
        Amounts::FullTimePersons => "amounts/full-time-persons",
        Amounts::Kroner => "amounts/kroner",
        Amounts::Residents => "amounts/residents",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::YearMonth,
        reports::fixture::{Facts, Fixture, facts, next_amount, next_list, on, subject_of},
    };

    fn said(facts: Facts, criterion: &str) -> Vec<String> {
        on(facts, "gronnevang", |subject| of_criterion(subject, criterion))
    }

    fn of_criterion(subject: &Subject, criterion: &str) -> Vec<String> {
        let law = subject.law.as_ref().expect("there is a law");
        let row = law.rows.iter().find(|row| row.strict.0.as_str() == criterion).expect("a criterion");
        let said = sentences(subject, law, row).expect("the texts fit");
        said.into_iter().map(|sentence| sentence.plain().replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn a_criterion_that_is_met_says_what_the_open_year_must_come_to_and_how_many_fewer_that_is() {
        assert_eq!(
            said(next_list(facts()), "no-work"),
            [
                "0,4 procentpoint over. Næste liste bruger 2024 og 2025: 2025 skal være højst 39,0 pct., ca. 16 \
             fuldtidspersoner færre end i 2024."
            ]
        );
    }

    #[test]
    fn fewer_than_five_have_one_wording() {
        let facts = next_amount(next_list(facts()), "no-work", None, Mechanism::StateChange, true);
        assert_eq!(
            said(facts, "no-work"),
            [
                "0,4 procentpoint over. Næste liste bruger 2024 og 2025: 2025 skal være højst 39,0 pct. Det er meget tæt på \
             grænsen."
            ]
        );
    }

    #[test]
    fn a_criterion_that_is_not_met_says_how_much_room_there_is() {
        let facts = facts().criterion("no-work", "gronnevang", ["38.4", "40", "-1.6"], false);
        let facts = next_amount(
            facts.needed("no-work", (&[2024, 2025], 2025), "42.0", false),
            "no-work",
            Some(25),
            Mechanism::StateChange,
            false,
        );
        assert_eq!(
            said(facts, "no-work"),
            [
                "1,6 procentpoint under. Næste liste bruger 2024 og 2025: 2025 må højst være 42,0 pct., ca. 25 \
             fuldtidspersoner flere end i 2024."
            ]
        );
    }

    #[test]
    fn a_year_before_on_the_other_side_of_the_limit_leaves_room() {
        let facts = next_amount(next_list(facts()), "no-work", Some(7), Mechanism::StateChange, false);
        let said = said(facts, "no-work");
        assert!(
            said[0].contains("2025 må højst være 39,0 pct., ca. 7 fuldtidspersoner flere"),
            "{}",
            said[0]
        );
    }

    #[test]
    fn where_no_value_of_the_open_year_can_turn_it_none_is_named() {
        let facts = next_list(facts()).needed("no-work", (&[2024, 2025], 2025), "-3.0", true);
        assert_eq!(
            said(facts, "no-work"),
            ["0,4 procentpoint over. Næste liste bruger 2024 og 2025. Ingen værdi for 2025 kan ændre det."]
        );
    }

    #[test]
    fn convictions_have_points_and_years_and_no_persons_and_income_has_kroner() {
        assert_eq!(
            said(next_list(facts()), "convicted"),
            ["0,45 procentpoint under. Næste liste bruger 2024 og 2025."]
        );
        assert_eq!(
            said(next_list(facts()), "income"),
            ["10.900 kr. om året pr. person over grænsen. Næste liste bruger 2025."]
        );
    }

    #[test]
    fn education_falls_with_approval_and_origin_stands_as_it_is() {
        assert_eq!(
            said(next_list(facts()), "education"),
            ["1,8 procentpoint under. Kan falde, når uddannelse fra udlandet bliver godkendt."]
        );
        assert_eq!(
            said(next_list(facts()), "origin"),
            ["3,7 procentpoint under 50 pct.", "Grænsen har kun betydning, hvis området også er udsat."]
        );
    }

    #[test]
    fn without_a_next_list_only_the_distance_is_said() {
        assert_eq!(said(facts(), "no-work"), ["0,4 procentpoint over grænsen."]);
    }

    #[test]
    fn a_year_that_is_over_can_no_longer_be_changed_and_has_no_persons() {
        let mut fixture = Fixture::new(next_list(facts()));
        fixture.catalogue.about.edition.value = YearMonth { year: 2026, month: 3 };
        let context = fixture.context();
        let subject = subject_of(&context, "gronnevang");
        assert_eq!(
            of_criterion(&subject, "no-work"),
            [
                "0,4 procentpoint over. Næste liste bruger 2024 og 2025. 2025 er slut og kan ikke længere påvirkes: Det \
             afgøres af, om tallet er højst 39,0 pct."
            ]
        );
        assert_eq!(
            of_criterion(&subject, "convicted"),
            [
                "0,45 procentpoint under. Næste liste bruger 2024 og 2025. 2025 er slut og kan ikke længere påvirkes."
            ]
        );
    }
}
