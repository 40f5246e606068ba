//! Initiatives under way in an area: what, since when, and what they are to change. Nothing here says what came of them.

use serde::Serialize;

use super::{context::Said, findings::in_sentence, history::lower_first, subject::Subject};
use crate::{
    catalogue::{Initiative, YearMonth},
    ids::Period,
    words::Slots,
};

/// The initiatives of an area.
#[derive(Serialize)]
pub(super) struct Initiatives {
    heading: String,
    head: [String; 3],
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    title: String,
    kind: String,
    period: String,
    aims: String,
}

/// Where the edition stands in an initiative's time. The last month is part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Running,
    ToCome,
    Over,
}

/// The initiatives that the catalogue names in an area, those under way first; `None` where it names none.
pub(super) fn initiatives(subject: &Subject) -> Said<Option<Initiatives>> {
    let edition = subject.context.catalogue.about.edition.value;
    let all = subject.context.catalogue.initiatives.iter().map(|(_, initiative)| initiative);
    let here = all.filter(|initiative| initiative.areas.iter().any(|area| area.value == subject.area.id));
    let mut here: Vec<(Stage, &Initiative)> =
        here.map(|initiative| (stage(initiative, edition), initiative)).collect();
    if here.is_empty() {
        return Ok(None);
    }
    here.sort_by_key(|(stage, initiative)| (*stage, initiative.from.value));
    let running = here.iter().filter(|(stage, _)| *stage == Stage::Running).count();
    let slots = Slots::new().count("n", running as i64).text("area", &subject.named);
    Ok(Some(Initiatives {
        heading: subject.line("initiatives/heading", slots)?,
        head: [
            subject.fixed("initiatives/head-name")?,
            subject.fixed("initiatives/head-period")?,
            subject.fixed("initiatives/head-aims")?,
        ],
        rows: here
            .into_iter()
            .map(|(stage, initiative)| row(subject, stage, initiative))
            .collect::<Said<_>>()?,
    }))
}

fn stage(initiative: &Initiative, edition: YearMonth) -> Stage {
    if initiative.from.value > edition {
        return Stage::ToCome;
    }
    match &initiative.to {
        Some(to) if to.value < edition => Stage::Over,
        _ => Stage::Running,
    }
}

fn row(subject: &Subject, stage: Stage, initiative: &Initiative) -> Said<Row> {
    let month = |month: YearMonth| subject.period(Period::Month(month.year, month.month));
    let from = Slots::new().text("from", month(initiative.from.value)?);
    let to = initiative.to.as_ref().map(|to| month(to.value)).transpose()?;
    let period = match (stage, to) {
        (Stage::ToCome, _) => subject.line("initiatives/begins", from)?,
        (Stage::Running, None) => subject.line("initiatives/since", from)?,
        (Stage::Running, Some(to)) => subject.line("initiatives/between", from.text("to", to))?,
        (Stage::Over, to) => subject.line("initiatives/ended", from.text("to", to.unwrap_or_default()))?,
    };
    let names: Vec<String> = initiative
        .aims
        .iter()
        .filter_map(|id| subject.context.catalogue.indicator(id))
        .map(|indicator| {
            let short = || lower_first(subject.context.text(indicator.short_title()));
            in_sentence(subject, indicator).unwrap_or_else(short)
        })
        .collect();
    let aims = match names.is_empty() {
        true => subject.fixed("initiatives/no-aims")?,
        false => {
            let slots = Slots::new().flag("past", stage == Stage::Over).list("names", &names);
            subject.line("initiatives/aims", slots)?
        }
    };
    let mut kind = subject.context.text(&initiative.kind).chars();
    let first = kind.next().into_iter().flat_map(char::to_uppercase);
    Ok(Row {
        title: subject.context.text(&initiative.title).to_string(),
        kind: first.chain(kind).collect(),
        period,
        aims,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::load_str,
        reports::fixture::{Fixture, facts, subject_of},
    };

    /// The rows of an area in the fixture's catalogue with other initiatives.
    fn of(initiatives_of: &str) -> (String, Vec<[String; 2]>) {
        let own = include_str!("../../indicators.yaml");
        let (before, after) = own.split_once("\ninitiatives:\n").expect("the demonstration has initiatives");
        let rest = after.split_once("\n\n").map_or("", |(_, rest)| rest);
        let text = format!("{before}\ninitiatives:\n{initiatives_of}\n\n{rest}");
        let mut fixture = Fixture::new(facts());
        fixture.catalogue = load_str("indicators.yaml", &text).unwrap_or_else(|e| panic!("{e:#?}")).0;
        let context = fixture.context();
        let found = initiatives(&subject_of(&context, "gronnevang"));
        let found = found.expect("the texts fit").expect("there are initiatives");
        let plain = |text: &str| text.replace('\u{a0}', " ");
        let rows = found.rows.iter().map(|row| [plain(&row.period), plain(&row.aims)]).collect();
        (found.heading, rows)
    }

    /// The demonstration's edition is December 2025.
    #[test]
    fn initiatives_are_told_by_their_time_and_those_that_are_over_in_the_past() {
        let (heading, rows) = of("  a: { title: A, kind: beskæftigelse, areas: [gronnevang], from: 2018-03, to: 2023-06, aims: [no-work] }
  b: { title: B, kind: helhedsplan, areas: [gronnevang], from: 2021-03 }
  c: { title: C, kind: skole, areas: [gronnevang], from: 2022-01, to: 2025-12, aims: [basic-education] }
  d: { title: D, kind: byggeri, areas: [gronnevang], from: 2026-03 }
  e: { title: E, kind: byggeri, areas: [nabo], from: 2020-03 }");
        assert_eq!(heading, "To indsatser er i gang i Grønnevang");
        let expected = [
            ["Siden marts 2021", "Ingen tal er valgt som mål."],
            ["Januar 2022 – december 2025", "Skal ændre andelen med højst grundskole."],
            ["Begynder marts 2026", "Ingen tal er valgt som mål."],
            [
                "Var i gang marts 2018 – juni 2023",
                "Skulle ændre andelen uden tilknytning til arbejdsmarked eller uddannelse.",
            ],
        ];
        assert_eq!(rows, expected.map(|row| row.map(str::to_string)));
    }

    #[test]
    fn a_place_without_initiatives_has_no_list() {
        let fixture = Fixture::new(facts());
        let context = fixture.context();
        assert!(initiatives(&subject_of(&context, "nabo")).expect("the texts fit").is_none());
    }
}
