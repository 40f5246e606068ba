//! The area that a report is about: its facts, and how they are printed.

use super::{
    context::{Context, Said, indicators},
    law::Law,
};
use crate::{
    catalogue::{Comparator, HigherIs, Indicator, Layer, Method, RESIDENTS, Report, Unit},
    compute::{Fact, Missing, State, Value, Verdict, prefixed},
    ids::{IndicatorId, LayerId, Period, ReportId, ValueId},
    numbers::Decimal,
    sources::Area,
    words::{Rich, Slots},
};

/// Names with more letters than this make way for "området" in sentences.
const LONG_NAME: usize = 22;

/// An indicator and its id.
pub(super) type Named<'a> = (&'a IndicatorId, &'a Indicator);

/// The area that a report is about.
pub(super) struct Subject<'a> {
    pub context: &'a Context<'a>,
    pub report_id: &'a ReportId,
    pub report: &'a Report,
    pub area: &'a Area,
    pub layer_id: &'a LayerId,
    pub layer: &'a Layer,
    /// The law that lists areas of this layer, as it was for the latest list.
    pub law: Option<Law<'a>>,
    /// What the area is compared with.
    pub comparator: Option<&'a Comparator>,
    /// The name inside a sentence.
    pub named: String,
}

impl<'a> Subject<'a> {
    /// The subject of one report; `None` if the layer of the area is not in the catalogue.
    pub fn new(
        context: &'a Context<'a>,
        report: (&'a ReportId, &'a Report),
        area: &'a Area,
    ) -> Said<Option<Self>> {
        let Some((layer_id, layer)) = context.catalogue.areas.get_key_value(&area.layer) else {
            return Ok(None);
        };
        let law = Law::of_layer(context, &layer_id.value);
        let long = area.name.chars().count() > LONG_NAME;
        let named =
            if long { context.words.line("page/the-area", &Slots::new())? } else { area.name.clone() };
        let comparator = context.overview.comparator(context.catalogue, &layer_id.value, law.is_some());
        Ok(Some(Self {
            context,
            report_id: report.0,
            report: report.1,
            area,
            layer_id: &layer_id.value,
            layer,
            law,
            comparator,
            named,
        }))
    }

    /// A sentence.
    pub fn say(&self, key: &str, slots: Slots) -> Said<Rich> {
        self.context.words.say(key, &slots)
    }

    /// A line without bold type.
    pub fn line(&self, key: &str, slots: Slots) -> Said<String> {
        self.context.words.line(key, &slots)
    }

    /// A fixed text.
    pub fn fixed(&self, key: &str) -> Said<String> {
        self.line(key, Slots::new())
    }

    /// The indicators of the report; a composite only where it is about the areas of this layer, and no segregation, which is
    /// the municipality's.
    pub fn indicators(&self) -> Vec<Named<'a>> {
        let all = indicators(self.context.catalogue, self.report).into_iter();
        all.filter(|(_, indicator)| match &*indicator.method {
            Method::Composite(composite) => composite.layer.value == self.area.layer,
            Method::Segregation(_) => false,
            _ => true,
        })
        .collect()
    }

    /// The indicators that the report prints: those of its pages, and those of the law.
    pub fn printed_indicators(&self) -> Vec<Named<'a>> {
        let mut printed = self.indicators();
        for row in self.law.iter().flat_map(|law| &law.rows) {
            if printed.iter().all(|(id, _)| *id != row.indicator_id) {
                printed.push((row.indicator_id, row.indicator));
            }
        }
        printed
    }

    /// A fact about the area.
    pub fn fact(&self, what: &str, period: Period) -> &'a State<Fact> {
        self.context.publication.get(&ValueId::own(what, &self.area.id, period))
    }

    /// The address of an indicator's latest value, the same period for all areas of the layer.
    pub fn latest(&self, indicator: &IndicatorId) -> Option<ValueId> {
        let period = self.context.overview.latest(self.layer_id, indicator)?;
        Some(ValueId::own(indicator.as_str(), &self.area.id, period))
    }

    /// A value.
    pub fn value(&self, id: &ValueId) -> State<&'a Value> {
        self.context.publication.value(id)
    }

    /// The value of the comparator beside an own one.
    pub fn compared(&self, id: &ValueId) -> Option<State<&'a Value>> {
        self.comparator.map(|comparator| self.value(&id.against(comparator.area())))
    }

    /// The comparison of a value with the comparator.
    pub fn verdict(&self, id: &ValueId) -> Option<Verdict> {
        self.comparator.and_then(|comparator| self.context.publication.verdict(id, &comparator.area()))
    }

    /// The fact of the change that ends in a value.
    pub fn change(&self, id: &ValueId) -> &'a State<Fact> {
        self.context.publication.get(&prefixed("change", id))
    }

    /// Residents at the latest period, if shown.
    pub fn residents(&self) -> Option<(i64, Period)> {
        let id = self.latest(&RESIDENTS.into())?;
        whole(self.context.publication.get(&id)).map(|n| (n, id.period))
    }

    /// The comparator's words: `form` is empty, `-in`, `-head`, `-against` or `-end`.
    pub fn comparator_words(&self, comparator: &Comparator, form: &str) -> Said<String> {
        let layer = self.context.text(&self.layer.title).to_lowercase();
        let mut slots = Slots::new().text("layer", layer);
        if let Comparator::Area(id) = comparator {
            let area = self.context.places.layers.values().flatten().find(|area| area.id == *id);
            slots = slots.text("name", area.map_or(id.as_str(), |area| area.short_name.as_str()));
        }
        self.line(&format!("comparators/{}{form}", comparator.word()), slots)
    }

    /// A number with its unit.
    pub fn with_unit(&self, unit: Unit, number: Decimal) -> Said<String> {
        self.line(&format!("units/{}", unit.word()), Slots::new().number("n", number))
    }

    /// The size of a difference with its unit; the sign is for the sentence to say.
    pub fn difference(&self, unit: Unit, number: Decimal) -> Said<String> {
        self.line(&format!("differences/{}", unit.word()), Slots::new().number("n", number.abs()))
    }

    /// Why a value is missing, in words.
    pub fn reason(&self, missing: Missing) -> Said<String> {
        self.fixed(missing_key(missing))
    }

    /// A period as printed: `2025`, `2. kvartal 2014`.
    pub fn period(&self, period: Period) -> Said<String> {
        let slots = Slots::new().text("year", period.year().to_string());
        match period {
            Period::Year(_) => self.line("periods/year", slots),
            Period::Half(_, part) => self.line("periods/half", slots.count("part", part.into())),
            Period::Quarter(_, part) => self.line("periods/quarter", slots.count("part", part.into())),
            Period::Month(_, month) => {
                self.line("periods/month", slots.text("month", self.context.words.format().month(month)))
            }
        }
    }

    /// The period of an indicator's value as printed: of an indicator of the law the year of the list.
    pub fn printed(&self, indicator: &IndicatorId, period: Period) -> Said<String> {
        self.period(self.context.overview.printed_period(indicator, period))
    }

    /// A period, with the day of the year that the indicator's source describes: `1. januar 2025`.
    pub fn dated(&self, indicator: &IndicatorId, period: Period) -> Said<String> {
        let source = self.source_of(indicator);
        match (period, source.and_then(|source| source.reference_date.as_ref())) {
            (Period::Year(year), Some(day)) => Ok(self.context.words.date(year, day.month, day.day)),
            _ => self.period(period),
        }
    }

    /// The day of the year that an indicator's source describes, where it is one day.
    pub fn reference_day(&self, indicator: &IndicatorId) -> Option<crate::catalogue::MonthDay> {
        self.source_of(indicator)?.reference_date.as_ref().map(|day| day.value)
    }

    fn source_of(&self, indicator: &IndicatorId) -> Option<&'a crate::catalogue::Source> {
        let catalogue = self.context.catalogue;
        let population = counted(&catalogue.indicator(indicator)?.method)?;
        catalogue.source(catalogue.source_of(population)?)
    }
}

/// The population that an indicator counts.
pub(super) fn counted(method: &Method) -> Option<&crate::ids::PopulationId> {
    method.form().roles().first().map(|(_, population)| &population.value)
}

/// A count, or a value without decimals.
pub(super) fn whole(state: &State<Fact>) -> Option<i64> {
    match state {
        State::Shown(Fact::Count(n)) => Some(*n),
        State::Shown(Fact::Value(value)) if value.value.places == 0 => Some(value.value.units),
        _ => None,
    }
}

/// The number in a fact, whatever it is.
pub(super) fn decimal(state: &State<Fact>) -> State<Decimal> {
    match state {
        State::Hidden => State::Hidden,
        State::Missing(missing) => State::Missing(*missing),
        State::Shown(Fact::Count(n)) => State::Shown(Decimal::whole(*n)),
        State::Shown(Fact::Value(value)) => State::Shown(value.value),
        State::Shown(Fact::Distance(distance)) => State::Shown(*distance),
        State::Shown(Fact::Change(change)) => State::Shown(change.difference),
        State::Shown(Fact::Trend(trend)) => State::Shown(trend.slope),
        State::Shown(Fact::Overdispersion(spread)) => State::Shown(spread.phi),
        State::Shown(_) => State::Missing(Missing::NoData),
    }
}

/// The text that says why a value is missing.
pub(super) fn missing_key(missing: Missing) -> &'static str {
    match missing {
        Missing::NoData => "missing/no-data",
        Missing::EmptyBase => "missing/empty-base",
        Missing::TooSmall => "missing/too-small",
        Missing::Break => "missing/break",
        Missing::NoBenchmark => "missing/no-benchmark",
        Missing::NotReached => "missing/not-reached",
        Missing::TooFewAreas => "missing/too-few-areas",
        Missing::TooFewYears => "missing/too-few-years",
        Missing::FewFoundAgain => "missing/few-found-again",
    }
}

/// The number that is shown, if one is.
pub(super) fn shown<T>(state: State<T>) -> Option<T> {
    match state {
        State::Shown(value) => Some(value),
        State::Hidden | State::Missing(_) => None,
    }
}

/// `shown`, `hidden` or `missing`, as payloads and files write it.
pub(super) fn state_word<T>(state: &State<T>) -> &'static str {
    match state {
        State::Shown(_) => "shown",
        State::Hidden => "hidden",
        State::Missing(_) => "missing",
    }
}

/// Whether a direction is good; `None` for a neutral indicator or no direction.
pub(super) fn is_better(higher_is: HigherIs, verdict: Verdict) -> Option<bool> {
    match (higher_is, verdict) {
        (HigherIs::Neutral, _) | (_, Verdict::CannotTell | Verdict::NotJudged) => None,
        (HigherIs::Better, Verdict::Higher) | (HigherIs::Worse, Verdict::Lower) => Some(true),
        (HigherIs::Better, Verdict::Lower) | (HigherIs::Worse, Verdict::Higher) => Some(false),
    }
}
