//! Limit rows: how far it is to each limit of the law. The law compares without intervals, so no interval and no verdict here.

use std::cmp::Ordering;

use serde::Serialize;

use super::{
    context::Said,
    law::{Law, Row},
    limit_sentences::sentences,
    scale::{Mark, STRICT, Scale},
    subject::{Subject, shown},
};
use crate::{
    catalogue::RESIDENTS,
    compute::State,
    ids::{Period, ValueId},
    numbers::Decimal,
    words::{Rich, Slots},
};

/// The row of residents shows so large a part around its limit, and is there only within [`RESIDENTS_NEAR`] of it.
const RESIDENTS_LEFT: f64 = 0.9;
pub(super) const RESIDENTS_NEAR: i64 = 50;

/// The limit rows of page 1.
#[derive(Serialize)]
pub(super) struct Limits {
    now: String,
    last: Option<String>,
    rows: Vec<LimitRow>,
    omitted: Option<String>,
}

#[derive(Serialize)]
struct LimitRow {
    id: ValueId,
    state: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    zone: [f64; 2],
    now: Option<Mark>,
    last: Option<Mark>,
    limits: Vec<LimitMark>,
    end: End,
    sentences: Vec<Rich>,
    alt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize)]
struct LimitMark {
    at: f64,
    text: String,
    strict: bool,
}

#[derive(Serialize)]
struct End {
    side: &'static str,
    text: String,
    short: String,
}

/// The limit rows of an area under the law; `None` where no limit is known.
pub(super) fn limits(subject: &Subject) -> Said<Option<Limits>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let mut sorted: Vec<&Row> =
        law.rows.iter().filter(|row| law.family.show_origin || !row.strict.1.origin).collect();
    sorted.sort_by(|a, b| {
        order(subject, law, a).partial_cmp(&order(subject, law, b)).unwrap_or(Ordering::Equal)
    });
    let mut rows = Vec::new();
    rows.extend(residents_row(subject, law)?);
    for row in sorted {
        rows.extend(limit_row(subject, law, row)?);
    }
    let before = Period::Year(law.list.year - 1);
    let last = rows.iter().any(|row| row.last.is_some()).then(|| before.to_string());
    let hides = law.rows.iter().any(|row| row.strict.1.origin) && !law.family.show_origin;
    let omitted = hides.then(|| subject.fixed("limits/origin-left-out")).transpose()?;
    Ok((are_known(subject, law) && !rows.is_empty()).then(|| Limits {
        now: law.list.year.to_string(),
        last,
        rows,
        omitted,
    }))
}

/// Is any figure of the law known of the area? The lists have those of the areas on them only.
pub(super) fn are_known(subject: &Subject, law: &Law) -> bool {
    law.rows.iter().any(|row| !matches!(law.value(subject, row, law.year()), State::Missing(_)))
}

/// Criteria met first, then by distance in relation to the limit; what is not shown after them, origin last. From what is
/// published only.
fn order(subject: &Subject, law: &Law, row: &Row) -> (bool, bool, f64) {
    let met = law.met(subject, row.strict.0) == Some(true);
    let relative =
        law.distance(subject, row).and_then(|d| Some(d.distance?.to_f64().abs() / d.limit.to_f64().abs()));
    (row.strict.1.origin, !met, relative.unwrap_or(f64::MAX))
}

fn limit_row(subject: &Subject, law: &Law, row: &Row) -> Said<Option<LimitRow>> {
    let Some(limit) = law.limit(subject, row.strict) else { return Ok(None) };
    let upper = row.strict.1.is.is_upper();
    let scale = Scale::of_limit(limit.to_f64(), upper);
    let state = law.value(subject, row, law.year());
    let last = shown(law.value(subject, row, Period::Year(law.list.year - 1))).map(|value| value.value);
    let value = match &state {
        State::Shown(value) => Some(value.value),
        _ => None,
    };
    let title = row.strict.1.title.as_ref().unwrap_or(&row.indicator.title);
    let name = subject.context.text(title).to_string();
    let reason = match &state {
        State::Missing(missing) => Some(subject.reason(*missing)?),
        _ => None,
    };
    Ok(Some(LimitRow {
        id: law.criterion(subject, row.strict.0, "", law.year()),
        state: super::subject::state_word(&state),
        value: value.map(|value| subject.with_unit(row.indicator.unit, value)).transpose()?,
        zone: if upper { [STRICT, 1.0] } else { [0.0, STRICT] },
        now: value.map(|value| scale.mark(value)),
        last: value.and(last).map(|last| scale.mark(last)),
        limits: limit_marks(subject, law, row, limit, scale),
        end: end(subject, row, limit, upper)?,
        sentences: if value.is_some() { sentences(subject, law, row)? } else { Vec::new() },
        alt: alt(subject, law, row, (&name, limit), value.map(|value| (value, last)), reason.as_deref())?,
        name,
        reason,
    }))
}

/// The limits on the track, left to right. A milder limit outside the scale is left out.
fn limit_marks(subject: &Subject, law: &Law, row: &Row, limit: Decimal, scale: Scale) -> Vec<LimitMark> {
    let words = subject.context.words;
    let mut marks = vec![LimitMark { at: STRICT, text: words.number(limit), strict: true }];
    let lesser = row.lesser.and_then(|lesser| law.limit(subject, lesser));
    marks.extend(lesser.map(|n| LimitMark {
        at: scale.at(n.to_f64()),
        text: words.number(n),
        strict: false,
    }));
    marks.retain(|mark| (0.0..=1.0).contains(&mark.at));
    marks.sort_by(|a, b| a.at.total_cmp(&b.at));
    marks
}

fn end(subject: &Subject, row: &Row, limit: Decimal, upper: bool) -> Said<End> {
    if row.strict.1.origin {
        let slots = |text: String| Slots::new().text("limit", text);
        let text = subject.line("limits/end-origin", slots(subject.with_unit(row.indicator.unit, limit)?))?;
        let short = subject.line("limits/end-origin", slots(subject.context.words.number(limit)))?;
        return Ok(End { side: "right", text, short });
    }
    let side = if upper { "right" } else { "left" };
    let text = subject.fixed(&format!("limits/end-{side}"))?;
    Ok(End { side, text, short: subject.fixed(&format!("limits/end-{side}-short"))? })
}

fn alt(
    subject: &Subject,
    law: &Law,
    row: &Row,
    (name, limit): (&str, Decimal),
    value: Option<(Decimal, Option<Decimal>)>,
    reason: Option<&str>,
) -> Said<String> {
    let context = subject.context;
    let unit = row.indicator.unit;
    let named = |status: Option<&crate::ids::StatusId>| {
        status.map(|status| law.status_in_sentence(context, status)).unwrap_or_default()
    };
    let slots = Slots::new()
        .text("limit", subject.with_unit(unit, limit)?)
        .text("status", named(law.strictest_with(row.strict.0)));
    let Some((value, last)) = value else {
        let hidden = context.words.labels().get("hidden").map_or("", String::as_str);
        return subject
            .line("limits/alt-unshown", slots.text("name", name).text("reason", reason.unwrap_or(hidden)));
    };
    let mut slots =
        slots.text("value", subject.with_unit(unit, value)?).text("year", law.list.year.to_string());
    if let Some(last) = last {
        slots = slots
            .text("last", subject.with_unit(unit, last)?)
            .text("last_year", (law.list.year - 1).to_string());
    }
    if let Some((lesser, n)) = row.lesser.and_then(|lesser| Some((lesser, law.limit(subject, lesser)?))) {
        slots = slots
            .text("lesser", subject.with_unit(unit, n)?)
            .text("lesser_status", named(law.mildest_with(lesser.0)));
    }
    subject.line("limits/alt", slots)
}

/// The row of residents, where their number is so near the limit that it may decide.
fn residents_row(subject: &Subject, law: &Law) -> Said<Option<LimitRow>> {
    let (Some(limit), Some(id)) = (law.residents(), Some(residents_id(subject, law.year()))) else {
        return Ok(None);
    };
    let Some(now) = residents(subject, law.year()).filter(|_| are_residents_near(subject, law)) else {
        return Ok(None);
    };
    let scale = Scale::new(RESIDENTS_LEFT * limit as f64, limit as f64);
    let last = residents(subject, Period::Year(law.list.year - 1));
    let side = match now.cmp(&limit) {
        Ordering::Greater => "over",
        Ordering::Equal => "at",
        Ordering::Less => "under",
    };
    let slots = Slots::new().count("n", (now - limit).abs()).count("limit", limit);
    let words = subject.context.words;
    let print = |n: i64| words.number(Decimal::whole(n));
    let counted = law.counted.as_ref().map(|counted| law.status_in_sentence(subject.context, counted.status));
    let mut alt = Slots::new()
        .text("value", print(now))
        .text("year", law.list.year.to_string())
        .text("limit", print(limit))
        .text("status", counted.unwrap_or_default());
    if let Some(last) = last {
        alt = alt.text("last", print(last)).text("last_year", (law.list.year - 1).to_string());
    }
    Ok(Some(LimitRow {
        id,
        state: "shown",
        name: subject.fixed("limits/residents-name")?,
        value: Some(print(now)),
        zone: [STRICT, 1.0],
        now: Some(scale.mark(Decimal::whole(now))),
        last: last.map(|last| scale.mark(Decimal::whole(last))),
        limits: vec![LimitMark { at: STRICT, text: print(limit), strict: true }],
        end: End {
            side: "right",
            text: subject.fixed("limits/residents-end")?,
            short: subject.line("limits/residents-end-short", Slots::new().count("limit", limit))?,
        },
        sentences: vec![subject.say(&format!("limits/residents-{side}"), slots)?],
        alt: subject.line("limits/alt", alt)?,
        reason: None,
    }))
}

/// Are the residents so near the number that the law asks for that they have a row of their own?
pub(super) fn are_residents_near(subject: &Subject, law: &Law) -> bool {
    let now = residents(subject, law.year()).zip(law.residents());
    now.is_some_and(|(now, limit)| (now - limit).abs() <= RESIDENTS_NEAR)
}

fn residents_id(subject: &Subject, year: Period) -> ValueId {
    ValueId::own(RESIDENTS, &subject.area.id, year)
}

/// Residents on 1 January of a year, if shown.
pub(super) fn residents(subject: &Subject, year: Period) -> Option<i64> {
    super::subject::whole(subject.context.publication.get(&residents_id(subject, year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{Fixture, facts, on, subject_of, without_origin};

    fn rows(facts: crate::reports::fixture::Facts) -> Vec<LimitRow> {
        on(facts, "gronnevang", |subject| {
            limits(subject).expect("the texts fit").expect("there are rows").rows
        })
    }

    #[test]
    fn the_strict_limit_stands_at_the_same_place_in_every_row() {
        for row in rows(facts()) {
            assert!(row.limits.iter().any(|limit| limit.strict && limit.at == STRICT), "{}", row.name);
        }
    }

    #[test]
    fn criteria_met_come_first_and_origin_last() {
        let names: Vec<String> = rows(facts()).into_iter().map(|row| row.name).collect();
        assert_eq!(names[0], "Uden tilknytning til arbejdsmarked eller uddannelse");
        assert_eq!(names[4], "Indvandrere og efterkommere fra ikke-vestlige lande");
    }

    #[test]
    fn a_row_left_out_by_choice_is_told_of_and_changes_nothing_else() {
        let mut fixture = Fixture::new(facts());
        fixture.catalogue = without_origin();
        let context = fixture.context();
        let subject = subject_of(&context, "gronnevang");
        let limits = limits(&subject).expect("the texts fit").expect("there are rows");
        assert_eq!(limits.rows.len(), 4);
        let said = limits.omitted.expect("it is told");
        assert_eq!(said, "Kommunen har valgt ikke at vise kriteriet om oprindelse. Status er den samme.");
        let law = subject.law.as_ref().expect("there is a law");
        assert_eq!(law.count(&subject, law.year()), Some(1));
    }

    #[test]
    fn a_hidden_row_keeps_name_and_limits_and_has_no_number_of_its_own() {
        let rows = rows(facts().set("abl-61a/education@gronnevang@2025", State::Hidden));
        let row = rows.iter().find(|row| row.name == "Højst grundskole").expect("the row is there");
        assert_eq!(row.state, "hidden");
        assert!(row.value.is_none() && row.now.is_none() && row.last.is_none() && row.sentences.is_empty());
        assert!(row.alt.contains("vises ikke af hensyn til enkeltpersoner"), "{}", row.alt);
    }

    #[test]
    fn a_distance_that_prints_as_zero_is_left_to_the_ministry() {
        let rows = rows(facts().criterion("education", "gronnevang", ["60.0", "60", "0.0"], false));
        let row = rows.iter().find(|row| row.name == "Højst grundskole").expect("the row is there");
        let said = row.sentences[0].plain();
        assert!(said.starts_with("Afgøres af decimaler; ministeriets opgørelse gælder."), "{said}");
    }

    #[test]
    fn residents_are_a_row_only_near_their_limit() {
        assert!(rows(facts()).iter().all(|row| row.name != "Beboere"));
        let rows = rows(facts().count("residents@gronnevang@2025", 1006));
        assert_eq!(
            rows[0].sentences[0].plain(),
            "6 over grænsen. Under 1.000 kan området ikke komme på listerne."
        );
    }
}
