//! What an id of the catalogue means, told for a terminal: `kvarter explain ID`.

mod indicator;
mod law;
mod practice;

use std::fmt::{Display, Write};

use super::{Catalogue, LocatedBy, PeriodColumn, Population, Section, Text, source::JoinPeriod};
use crate::ids::{LayerId, PopulationId, ReportId, SourceId};

/// What an id means, in a few lines; `None` if the catalogue has no such id. An id that stands for several things (a
/// population `residents` and an indicator `residents`) is told once for each.
pub fn explain(catalogue: &Catalogue, id: &str) -> Option<String> {
    let told = [
        Page::new(catalogue, "indicator", &catalogue.indicators, id).map(|page| page.indicator(&id.into())),
        Page::new(catalogue, "population", &catalogue.populations, id)
            .map(|page| page.population(&id.into())),
        Page::new(catalogue, "known outside", &catalogue.known_outside, id)
            .map(|page| page.known_outside(id)),
        Page::new(catalogue, "source", &catalogue.sources, id).map(|page| page.source(&id.into())),
        Page::new(catalogue, "layer of areas", &catalogue.areas, id).map(|page| page.layer(&id.into())),
        Page::new(catalogue, "family of rule sets", &catalogue.families, id)
            .map(|page| page.family(&id.into())),
        Page::new(catalogue, "rule set", &catalogue.rule_sets, id).map(|page| page.rule_set(&id.into())),
        Page::new(catalogue, "tool", &catalogue.tools, id).map(|page| page.tool(&id.into())),
        Page::new(catalogue, "report", &catalogue.reports, id).map(|page| page.report(&id.into())),
        Page::new(catalogue, "practice", &catalogue.practices, id).map(|page| page.practice(&id.into())),
        Page::new(catalogue, "question", &catalogue.questions, id).map(|page| page.question(id)),
        Page::new(catalogue, "barrier", &catalogue.barriers, id).map(|page| page.barrier(id)),
        Page::new(catalogue, "register", &catalogue.registers, id).map(|page| page.register(id)),
    ];
    let told: Vec<String> = told.into_iter().flatten().map(|page| page.text).collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// The text about one id, line by line.
struct Page<'a> {
    catalogue: &'a Catalogue,
    text: String,
}

impl<'a> Page<'a> {
    /// A page with its head line, if the section has the id.
    fn new<K: Ord + Clone + Display + std::borrow::Borrow<str>, V>(
        catalogue: &'a Catalogue,
        kind: &str,
        section: &Section<K, V>,
        id: &str,
    ) -> Option<Self> {
        let (key, _) = section.get_key_value(id)?;
        Some(Self { catalogue, text: format!("{id}: {kind}, {:?}\n", key.place) })
    }

    /// A line with a name in front; nothing for an empty value.
    fn line(mut self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "  {name:<14} {value}");
        }
        self
    }

    fn text<'t>(&self, text: impl Into<Option<&'t Text>>) -> String {
        let text = text.into();
        text.map(|text| text.in_language(self.catalogue.about.language).to_string()).unwrap_or_default()
    }

    /// A population in one line, down to its source.
    fn rows(self, name: &str, id: &PopulationId) -> Self {
        let what = rows(self.catalogue, id);
        self.line(name, format!("{id} = {what}"))
    }

    fn population(self, id: &PopulationId) -> Self {
        let title = self.text(self.catalogue.population(id).and_then(|population| population.title.as_ref()));
        let what = rows(self.catalogue, id);
        let within = self
            .catalogue
            .populations
            .iter()
            .filter(|(_, p)| p.within.as_ref().is_some_and(|w| w.value == *id));
        let parts = list(within.map(|(part, _)| part));
        let outside = self.catalogue.known_outside.iter().filter(|(_, known)| known.counts.value == *id);
        let outside = list(outside.map(|(known, _)| known));
        self.line("title", title).line("rows", what).line("parts", parts).line("known outside", outside)
    }

    fn known_outside(self, id: &str) -> Self {
        let Some(known) = self.catalogue.known_outside.get(id) else { return self };
        let title = self.text(&known.title);
        self.line("title", title)
            .rows("publishes", &known.publishes)
            .rows("counts", &known.counts)
            .line("numbers", known.rounding())
    }

    fn source(self, id: &SourceId) -> Self {
        let catalogue = self.catalogue;
        let Some(source) = catalogue.source(id) else { return self };
        let period = source.period.as_ref().map(|period| {
            let kind = match period.value {
                PeriodColumn::Year(_) => "year",
                PeriodColumn::HalfYear(_) => "half-year",
                PeriodColumn::Quarter(_) => "quarter",
                PeriodColumn::Month(_) => "month",
            };
            format!("{kind}, from the column `{}`", period.column())
        });
        let place = source.located_by.as_ref().map(|by| match &by.value {
            LocatedBy::Address(address) => format!("address: `{}` in `{}`", address.key, address.source),
            LocatedBy::Point(point) => format!("point: `{}`, `{}` in {}", point.x, point.y, point.crs),
            LocatedBy::Cell(column) => format!("grid cell: `{column}`"),
            LocatedBy::Area(column) => format!("area key: `{column}`"),
        });
        let joins = source.adds_to.as_ref().map(|adds| {
            let when = if adds.period == JoinPeriod::Next { "the next period" } else { "the same period" };
            format!("the rows of `{}` in {when}, by `{}`", adds.source, adds.by)
        });
        let official = source.official.as_ref().map(|official| format!("decisions of `{}`", official.family));
        let used = catalogue
            .populations
            .iter()
            .filter(|(_, p)| p.from.as_ref().is_some_and(|from| from.value == *id));
        let (title, provider) = (self.text(&source.title), self.text(source.provider.as_ref()));
        let contract = source.disclosure.as_ref().map(|contract| {
            list(
                contract.all().map(|(field, value, _)| format!("{}: {}", field.word(), field.written(value))),
            )
        });
        let contract =
            contract.unwrap_or_else(|| "none declared; the rule of each indicator holds".to_string());
        self.line("title", title)
            .line("provider", provider)
            .line("file", source.file.as_ref().map_or("none yet", |file| &file.value))
            .line(
                "columns",
                list(source.columns.iter().map(|(name, holds)| format!("{name} ({})", holds.word()))),
            )
            .line("only", source.filter.as_ref().map(|sql| sql.text.clone()).unwrap_or_default())
            .line("period", period.unwrap_or_default())
            .line("place", place.unwrap_or_default())
            .line("joins", joins.unwrap_or_default())
            .line("official", official.unwrap_or_default())
            .line("sensitivity", format!("{:?}", source.sensitivity).to_lowercase())
            .line("contract", contract)
            .line("populations", list(used.map(|(population, _)| population)))
    }

    fn layer(self, id: &LayerId) -> Self {
        let Some(layer) = self.catalogue.layer(id) else { return self };
        let rules = self.catalogue.rule_sets.iter().filter(|(_, set)| set.applies_to.layer.value == *id);
        let rules = list(rules.map(|(set, _)| set));
        let title = self.text(&layer.title);
        self.line("title", title).line("file", &layer.file).line("rule sets", rules)
    }

    fn question(self, id: &str) -> Self {
        let Some(question) = self.catalogue.questions.get(id) else { return self };
        let title = self.text(&question.title);
        self.line("title", title)
            .line("indicators", list(question.indicators.iter()))
            .line("practices", list(question.practices.iter()))
    }

    fn report(self, id: &ReportId) -> Self {
        let Some(report) = self.catalogue.reports.get(id) else { return self };
        let title = self.text(report.title.as_ref());
        let over = if report.one_per.is_empty() { self.catalogue.layers_of(report) } else { Vec::new() };
        self.line("title", title)
            .line("template", &report.template)
            .line("one per", list(report.one_per.iter()))
            .line("layers", list(over.into_iter()))
            .line("residents", format!("{} or more", report.min_residents))
            .line("indicators", list(report.indicators.iter()))
    }
}

/// A population's rows in words: conditions from the innermost out, then the source.
fn rows(catalogue: &Catalogue, id: &PopulationId) -> String {
    let mut conditions = Vec::new();
    let first = catalogue.population(id);
    let mut at = first;
    while let Some(population) = at {
        conditions.extend(population.filter.as_ref().map(|sql| sql.text.trim().to_string()));
        at = population.within.as_ref().and_then(|outer| catalogue.population(outer));
    }
    let source = catalogue.source_of(id).map_or("?", SourceId::as_str);
    let only =
        if conditions.is_empty() { String::new() } else { format!(" where {}", conditions.join(" and ")) };
    format!("{} of {source}{only}", first.map(added_up).unwrap_or_default())
}

/// What is added up over a population's rows.
fn added_up(population: &Population) -> String {
    match (&population.sum, &population.value, &population.weight) {
        (Some(column), _, _) => format!("sum of {column} over rows"),
        (_, Some(sql), _) => format!("sum of ({}) over rows", sql.text.trim()),
        (_, _, Some(sql)) => format!("rows weighted by {}", sql.text.trim()),
        _ => "rows".into(),
    }
}

fn list<T: Display>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_explained_down_to_its_source_and_up_to_its_criteria() {
        let text = include_str!("../../../indicators.yaml");
        let (catalogue, _) = super::super::load_str("indicators.yaml", text).expect("it loads");
        let text = explain(&catalogue, "no-work").expect("it is an indicator");
        for words in [
            "share in per cent, mean of 2 years",
            "where key = 'attachment'",
            "abl-61a-2021/no-work: over 40",
            "statistics: Områdetal, Danmarks Statistik",
            "numbers from 1 to 4, and what would give them away",
            "group: 30 (default)",
        ] {
            assert!(text.contains(words), "{words}\n{text}");
        }
        let law = explain(&catalogue, "abl-61a-2021").expect("it is a rule set");
        assert!(law.contains("(udsat and origin)"), "{law}");
        assert!(law.contains("1 years back; moved by income, counted in kroner"), "{law}");
        let text = explain(&catalogue, "convicted-times-national").expect("it is an indicator");
        for words in ["at-least: 10 (`convicted`)", "statutory: 5 (default)", "persons: 30 (default)"] {
            assert!(text.contains(words), "{words}\n{text}");
        }
        assert!(explain(&catalogue, "statistics").is_some_and(|text| text.contains("at-least: 5")));
        assert!(
            explain(&catalogue, "residents")
                .is_some_and(|text| text.contains("source") && text.contains("indicator"))
        );
        let refusal = explain(&catalogue, "obligatory-refusal").expect("it is a tool");
        for words in [
            "must, housing-organisation",
            "abl-61a: omdannelse",
            "from 2025-07-01",
            "until 4 years in a row without udsat, at the latest 2030-01-01",
        ] {
            assert!(refusal.contains(words), "{words}\n{refusal}");
        }
        let stair = explain(&catalogue, "stair-model").expect("it is a practice");
        for words in [
            "from 2022-08 to 2026-07",
            "described",
            "no-work within 5 points of a limit of the law",
            "https://www.helsingor.dk/",
            "not told by its sources",
        ] {
            assert!(stair.contains(words), "{words}\n{stair}");
        }
        let barrier = explain(&catalogue, "licence-wall").expect("it is a barrier");
        assert!(barrier.contains("area-packages, settlement-strategy"), "{barrier}");
        let register = explain(&catalogue, "dst-areas").expect("it is a register");
        assert!(register.contains("statistics, commuting") && register.contains("KÅS"), "{register}");
        assert_eq!(explain(&catalogue, "nowhere"), None);
    }
}
