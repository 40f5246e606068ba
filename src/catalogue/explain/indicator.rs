//! What an indicator means: what it asks, of which data, how it is computed and judged, and what uses it.

use std::collections::BTreeSet;

use super::{Page, law::limit, list};
use crate::{
    catalogue::{Catalogue, HigherIs, Indicator, Method, OfSize, RESIDENTS},
    ids::{IndicatorId, SourceId},
};

impl Page<'_> {
    /// Everything that the catalogue says about an indicator.
    pub(super) fn indicator(self, id: &IndicatorId) -> Self {
        let Some(indicator) = self.catalogue.indicator(id) else { return self };
        let (title, question) = (self.text(&indicator.title), self.text(indicator.question.as_ref()));
        let definition = self.text(indicator.definition.as_ref());
        self.line("title", title)
            .line("question", question)
            .line("definition", definition)
            .method(&indicator.method)
            .data(indicator)
            .judged(id, indicator)
            .read(indicator)
            .users(id)
            .upkeep(id, indicator)
    }

    /// The formula, with the rows that each population takes.
    fn method(self, method: &Method) -> Self {
        let form = method.form();
        let page = self.line("method", form.words()).line("indicators", list(form.indicators().into_iter()));
        form.roles().into_iter().fold(page, |page, (role, population)| page.rows(role, population))
    }

    /// Sources, register and dates.
    fn data(mut self, indicator: &Indicator) -> Self {
        let catalogue = self.catalogue;
        let populations = indicator.method.populations(catalogue);
        let sources: BTreeSet<&SourceId> =
            populations.iter().filter_map(|id| catalogue.source_of(id)).collect();
        for id in sources {
            let Some(source) = catalogue.source(id) else { continue };
            let mut told = format!("{id}: {}", self.text(&source.title));
            if source.provider.is_some() {
                told.push_str(&format!(", {}", self.text(source.provider.as_ref())));
            }
            if source.file.is_none() {
                told.push_str("; no file yet, so nothing is computed");
            }
            self = self.line("source", told);
        }
        let (register, date) =
            (self.text(indicator.register.as_ref()), self.text(indicator.reference_date.as_ref()));
        let delay = self.text(indicator.delay.as_ref());
        self.line("register", register)
            .line("reference date", date)
            .line("frequency", indicator.frequency.map(|often| often.word()).unwrap_or_default())
            .line("delay", delay)
    }

    /// Unit, what differs, what is hidden, and what small places get.
    fn judged(self, id: &IndicatorId, indicator: &Indicator) -> Self {
        let direction = match indicator.higher_is {
            HigherIs::Worse => "higher is worse",
            HigherIs::Better => "higher is better",
            HigherIs::Neutral => "neither high nor low is better",
        };
        let matters = format!("{direction}; a difference counts from {}", indicator.matters);
        let small = if let Some(part) = &indicator.part_of {
            match part.places {
                OfSize::All => "a part of one figure: the latest period, from 100 residents",
                OfSize::Small => "a part of one figure: the latest period, from 100 to 299 residents only",
                OfSize::Large => "a part of one figure: the latest period, from 300 residents only",
            }
        } else if matches!(indicator.method.value, Method::Count(_)) {
            "all of residents, dwellings or of a public source for every area; any other number not under 100 residents"
        } else if self.catalogue.indicators.contains(RESIDENTS) {
            "not under 100 residents; from 100 to 299 if among the first eight of the report, as the mean of the latest three to five years, without a verdict on change"
        } else {
            ""
        };
        let decimals = match (&indicator.fixed_decimals, &indicator.decimals) {
            (Some(fixed), _) => format!("{fixed}, whatever the base"),
            (None, Some(most)) if indicator.by_law => format!("{most}, as the ministry prints it"),
            (None, Some(most)) => format!("at most {most}, and no more than the number of people carries"),
            (None, None) => "as the number of people carries".into(),
        };
        let effect = indicator.chance.design_effect.as_ref().map(|effect| {
            format!("variance {effect} times as large as for people drawn one by one, where households are not known")
        });
        let events = if indicator.chance.events { "counted as events that happen by themselves" } else { "" };
        let limits: Vec<String> = self.limits(id);
        self.line("unit", format!("{}; {matters}", indicator.unit.word()))
            .line("decimals", decimals)
            .protected(id)
            .line("small places", small)
            .line("design effect", effect.unwrap_or_default())
            .line("chance", events)
            .line("compared with", list(indicator.compare_with.iter().map(|with| with.area())))
            .line("map classes", list(indicator.classes.iter().flat_map(|classes| classes.iter())))
            .line(
                "in the law",
                if limits.is_empty() { "" } else { "beside a limit no interval and no verdict" },
            )
    }

    /// When its values are hidden: the rule that holds, with where each part of it comes from.
    fn protected(self, id: &IndicatorId) -> Self {
        let Some(ruled) = self.catalogue.ruled(id) else { return self };
        let rule = ruled.usual();
        let page = self.line(
            "hidden",
            format!("numbers from 1 to {}, and what would give them away", rule.at_least.saturating_sub(1)),
        );
        ruled.parts().fold(page, |page, (name, value, origin)| {
            page.line("hidden by", format!("{name}: {value} ({origin})"))
        })
    }

    /// What leads astray.
    fn read(mut self, indicator: &Indicator) -> Self {
        for pitfall in &indicator.pitfalls {
            let text = self.text(pitfall);
            self = self.line("pitfall", text);
        }
        let care = self.text(indicator.read_with_care.as_ref());
        self.line("read with care", care)
    }

    /// The criteria that take it, with their limits.
    fn limits(&self, id: &IndicatorId) -> Vec<String> {
        let mut limits = Vec::new();
        for (set, rules) in self.catalogue.rule_sets.iter() {
            for (criterion, rule) in rules.criteria.iter().filter(|(_, rule)| rule.indicator.value == *id) {
                limits.push(format!(
                    "{set}/{criterion}: {}, {} years back",
                    limit(&rule.is),
                    rule.years_back
                ));
            }
        }
        limits
    }

    /// Criteria, indicators, reports, questions and practices that use it.
    fn users(mut self, id: &IndicatorId) -> Self {
        for limit in self.limits(id) {
            self = self.line("criterion", limit);
        }
        let users = users(self.catalogue, id);
        users.into_iter().fold(self, |page, (kind, ids)| page.line(kind, ids))
    }

    /// References, and who keeps the entry.
    fn upkeep(self, id: &IndicatorId, indicator: &Indicator) -> Self {
        let owner = self.text(indicator.owner.as_ref());
        let adjusted = self.catalogue.adjust.get(id).map(|adjustment| adjustment.fields().join(", "));
        self.line("references", list(indicator.references.iter()))
            .line("adjusted", adjusted.unwrap_or_default())
            .line("owner", owner)
            .line("checked", list(indicator.checked.iter()))
            .line("review by", list(indicator.review_by.iter()))
    }
}

/// What refers to an indicator, by kind.
fn users(catalogue: &Catalogue, id: &IndicatorId) -> [(&'static str, String); 5] {
    let builds = |other: &Indicator| other.method.form().indicators().iter().any(|part| part.value == *id);
    let indicators = catalogue.indicators.iter().filter(|(_, other)| builds(other)).map(|(id, _)| id);
    let reports = catalogue.reports.iter().filter(|(_, report)| {
        let map = report.map_indicator.as_ref().is_some_and(|map| map.indicator.value == *id);
        map || report.indicators.iter().any(|indicator| indicator.value == *id)
    });
    let questions = catalogue.questions.iter();
    let questions = questions.filter(|(_, question)| question.indicators.iter().any(|i| i.value == *id));
    let practices = catalogue.practices.iter();
    let practices = practices.filter(|(_, practice)| practice.indicators.iter().any(|i| i.value == *id));
    let initiatives = catalogue.initiatives.iter();
    let initiatives = initiatives.filter(|(_, initiative)| initiative.aims.iter().any(|i| i.value == *id));
    [
        ("part of", list(indicators)),
        ("reports", list(reports.map(|(id, _)| id))),
        ("questions", list(questions.map(|(id, _)| id))),
        ("practices", list(practices.map(|(id, _)| id))),
        ("initiatives", list(initiatives.map(|(id, _)| id))),
    ]
}
