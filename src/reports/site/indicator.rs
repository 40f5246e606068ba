//! The page of an indicator: figure, formula, care and entry; beside them the facts, what it answers and what was done.

use super::{
    Matter, anchor, chart,
    page::{Anchor, Fact, Page, Part, Section, Told},
    results,
};
use crate::{
    reports::{
        context::Said,
        inspiration::{Formula, Indicator, Value},
    },
    words::Slots,
};

/// The page of an indicator.
pub(super) fn page(matter: &Matter, indicator: &Indicator) -> Said<Page> {
    Ok(Page {
        address: format!("indicator/{}.html", indicator.slug),
        title: indicator.title.clone(),
        lead: indicator.question.clone(),
        above: vec![matter.start()?, anchor(&indicator.theme)],
        main: main(matter, indicator)?.into_iter().flatten().collect(),
        side: side(matter, indicator)?.into_iter().flatten().collect(),
        ..Page::default()
    })
}

fn main(matter: &Matter, indicator: &Indicator) -> Said<Vec<Option<Section>>> {
    let care = indicator.read_with_care.iter().chain(&indicator.pitfalls).cloned().collect();
    let small = indicator.small_numbers.clone();
    let adjusted = indicator.adjustment.clone().unwrap_or_default();
    let figure = match &indicator.example {
        Some(example) => Section::of(&example.title, chart::parts(matter, indicator, example)?),
        None => matter.section("no-figure", [Part::text([matter.fixed("no-figure-text")?])])?,
    };
    Ok(vec![
        figure,
        matter.section("formula", formula(indicator.formula.as_ref()))?,
        matter.section("care", [Part::Dots { texts: care }])?,
        matter.section("small-numbers", [Part::Dots { texts: small }])?,
        matter.section("needs", needs(matter, indicator)?)?,
        matter.section("values", values(matter, &indicator.values)?)?,
        matter.section("entry", [Part::Code { text: indicator.entry.clone() }])?,
        matter.section("adjustment", [Part::Code { text: adjusted }])?,
    ])
}

/// The fraction with what follows it, or the definition in words.
fn formula(formula: Option<&Formula>) -> Vec<Part> {
    let Some(formula) = formula else { return Vec::new() };
    let (Some(above), Some(below)) = (&formula.above, &formula.below) else {
        return vec![Part::text([formula.words.clone()])];
    };
    let fraction = Part::Formula {
        top: above.clone(),
        bottom: below.clone(),
        then: formula.times.as_ref().map(|times| format!("× {times}")),
    };
    vec![fraction, Part::text(formula.then.clone())]
}

/// What a municipality must have: in words, and the tables with their columns.
fn needs(matter: &Matter, indicator: &Indicator) -> Said<Vec<Part>> {
    let tables = indicator.tables.iter().map(|table| {
        let provider = table.provider.iter().cloned();
        let columns = (!table.columns.is_empty())
            .then(|| matter.line("columns", Slots::new().text("columns", table.columns.join(", "))));
        let texts = provider.map(Ok).chain(columns).collect::<Said<Vec<String>>>()?;
        Ok(Anchor { text: table.title.clone(), ..Anchor::default() }.note(texts.join(" · ")))
    });
    let tables = tables.collect::<Said<Vec<_>>>()?;
    Ok(vec![Part::text(indicator.needs.clone()), Part::text(indicator.access.clone()), Part::links(tables)])
}

/// What figures were good for, each with the word for whether it is verified.
pub(super) fn values(matter: &Matter, values: &[Value]) -> Said<Vec<Part>> {
    let mut parts = Vec::new();
    for value in values {
        let told = [
            ("value-report", Some(&value.report)),
            ("value-meeting", value.meeting.as_ref()),
            ("value-decision", value.decision.as_ref()),
            ("value-later", value.later.as_ref()),
        ];
        let rows = told
            .into_iter()
            .filter_map(|(key, text)| Some((key, text?)))
            .map(|(key, text)| Ok(Told { label: matter.fixed(key)?, texts: vec![text.clone()] }));
        parts.push(Part::Told { rows: rows.collect::<Said<_>>()? });
        parts.push(Part::Label { text: value.verified_words.clone() });
        if value.minutes.is_some() {
            let minutes = Anchor::document(&matter.fixed("value-minutes")?, value.minutes.as_ref());
            parts.push(Part::links([minutes]));
        }
    }
    Ok(parts)
}

fn side(matter: &Matter, indicator: &Indicator) -> Said<Vec<Option<Section>>> {
    let references = indicator.references.iter();
    let references = references.map(|document| Anchor::document(&document.title, document.url.as_ref()));
    let used = indicator.reports.iter().chain(&indicator.initiatives);
    let used = used.map(|text| Anchor { text: text.clone(), ..Anchor::default() });
    Ok(vec![
        matter.section("brief", [Part::Facts { rows: facts(matter, indicator)? }])?,
        matter.section("registers", [Part::links(indicator.registers.iter().map(anchor))])?,
        matter.section("answers", [Part::links(indicator.questions.iter().map(anchor))])?,
        matter.section("parts", [Part::links(matter.parts(&indicator.slug).iter().map(anchor))])?,
        matter.section("practices", [Part::links(matter.anchors(&indicator.practices)?)])?,
        matter.section("used-by", [Part::links(used)])?,
        results::download(matter)?,
        matter.section("references", [Part::links(references)])?,
    ])
}

fn facts(matter: &Matter, indicator: &Indicator) -> Said<Vec<Fact>> {
    let mut rows = Vec::new();
    let mut fact = |key: &str, text: Option<String>| -> Said<()> {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            rows.push(Fact { label: matter.fixed(key)?, text });
        }
        Ok(())
    };
    fact("fact-high", Some(indicator.higher_is.clone()))?;
    fact("fact-unit", Some(indicator.unit.clone()))?;
    fact("fact-population", indicator.population.clone())?;
    fact("fact-source", indicator.register.clone())?;
    fact("fact-date", indicator.reference_date.clone())?;
    fact("fact-often", indicator.frequency.clone())?;
    fact("fact-delay", indicator.delay.clone())?;
    fact("fact-hours", indicator.hours.clone())?;
    fact("fact-compared", Some(indicator.compared_with.join(", ")))?;
    fact("fact-owner", indicator.owner.clone())?;
    for limit in &indicator.limits {
        let (status, limit) = limit.split_once(": ").unwrap_or(("", limit));
        match rows.last_mut() {
            Some(last) if last.label == status => last.text.push_str(&format!(", {limit}")),
            _ => rows.push(Fact { label: status.to_string(), text: limit.to_string() }),
        }
    }
    Ok(rows)
}
