//! Indicators: everything that the catalogue says of one, and an example from the publication.

use serde::Serialize;

use super::{
    Example, Formula, Kind, Link, Value, example, formula, small_numbers, source::Reference, uses, value,
};
use crate::{
    catalogue::{At, Comparator, Frequency, HigherIs, Indicator as Written, Register, Text},
    ids::IndicatorId,
    reports::context::{Context, Said},
    words::Slots,
};

/// What is measured.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Indicator {
    /// Its id in the catalogue.
    pub slug: String,
    pub title: String,
    /// The name for tight places; the title where there is none.
    pub short: String,
    pub theme: Link,
    pub question: Option<String>,
    /// Who is counted, and over which years.
    pub population: Option<String>,
    pub definition: Option<String>,
    pub formula: Option<Formula>,
    /// The head of a column of its values: `Pct.`
    pub unit: String,
    /// What a high value is: `dårligere`.
    pub higher_is: String,
    pub compared_with: Vec<String>,
    /// The register in the catalogue's words.
    pub register: Option<String>,
    pub registers: Vec<Link>,
    pub reference_date: Option<String>,
    pub frequency: Option<String>,
    pub delay: Option<String>,
    /// What a municipality must have, in words.
    pub needs: Option<String>,
    /// The tables behind it, with the columns that it uses.
    pub tables: Vec<Need>,
    pub access: Option<String>,
    /// Hours to begin.
    pub hours: Option<String>,
    pub pitfalls: Vec<String>,
    pub read_with_care: Option<String>,
    pub small_numbers: Vec<String>,
    /// Limits of the law in force: `Udsat boligområde: over 40 pct.`
    pub limits: Vec<String>,
    pub references: Vec<Reference>,
    /// Titles of the catalogue's reports that print it.
    pub reports: Vec<String>,
    pub initiatives: Vec<String>,
    pub questions: Vec<Link>,
    pub practices: Vec<Link>,
    pub values: Vec<Value>,
    /// Does a report, a rule set, a question or an initiative of this catalogue use it?
    pub is_used: bool,
    /// Is it one part of a whole that is printed as one figure, as an age group of the pyramid?
    pub is_part: bool,
    /// Everyday words by which it is looked for.
    pub search_words: Vec<String>,
    /// Its entry as it is written.
    pub entry: String,
    /// What the municipality's own file adjusts of it, as it is written.
    pub adjustment: Option<String>,
    /// Who answers for the entry.
    pub owner: Option<String>,
    /// From the publication; `None` where nothing of it is published.
    pub example: Option<Example>,
}

/// A table that it takes rows of.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Need {
    /// The source's id in the catalogue.
    pub source: String,
    pub title: String,
    pub provider: Option<String>,
    pub columns: Vec<String>,
    /// Has this catalogue a file for it?
    pub has_file: bool,
}

/// All indicators, in the order of the catalogue.
pub(super) fn indicators(context: &Context) -> Said<Vec<Indicator>> {
    let used = uses::used(context.catalogue);
    let indicators = context.catalogue.indicators.iter();
    indicators.map(|(id, indicator)| made(context, &id.value, indicator, used.contains(&id.value))).collect()
}

fn made(context: &Context, id: &IndicatorId, indicator: &Written, is_used: bool) -> Said<Indicator> {
    let text = |text: &Text| context.text(text).to_string();
    let given = |given: &Option<Text>| given.as_ref().map(text);
    let catalogue = context.catalogue;
    let registers = Registers::of(context, indicator)?;
    let theme = catalogue.themes.get(&indicator.theme.value).map(&text).unwrap_or_default();
    let link = Link::new(Kind::Indicator, id, text(indicator.short_title()));
    Ok(Indicator {
        slug: id.to_string(),
        title: text(&indicator.title),
        short: text(indicator.short_title()),
        theme: Link::new(Kind::Theme, &indicator.theme.value, theme),
        question: given(&indicator.question),
        population: given(&indicator.population),
        definition: given(&indicator.definition),
        formula: formula::formula(context, indicator)?,
        unit: context.words.line(&format!("unit-heads/{}", indicator.unit.word()), &Slots::new())?,
        higher_is: higher_is(context, indicator.higher_is)?,
        compared_with: compared_with(context, indicator)?,
        register: given(&indicator.register),
        registers: registers.links(),
        reference_date: given(&indicator.reference_date),
        frequency: indicator.frequency.map(|often| frequency(context, often)).transpose()?,
        delay: registers.told(&indicator.delay, |register| &register.delay),
        needs: registers.told(&indicator.needs, |register| &register.needs),
        tables: tables(context, indicator),
        access: registers.told(&indicator.access, |register| &register.access),
        hours: registers.told(&indicator.hours, |register| &register.hours),
        pitfalls: indicator.pitfalls.iter().map(text).collect(),
        read_with_care: given(&indicator.read_with_care),
        small_numbers: small_numbers::sentences(context, id, indicator)?,
        limits: uses::limits(context, id)?,
        references: indicator
            .references
            .iter()
            .map(|reference| Reference::read(context, reference))
            .collect::<Said<_>>()?,
        reports: uses::reports(context, id),
        initiatives: uses::initiatives(context, id),
        questions: uses::questions(context, id),
        practices: uses::practices(context, id),
        values: value::of(context, &link, &indicator.value)?,
        is_used,
        is_part: indicator.part_of.is_some(),
        search_words: indicator.search_words.iter().map(text).collect(),
        entry: catalogue.indicator_written(id).unwrap_or_default(),
        adjustment: catalogue.adjustment_written(id),
        owner: given(&indicator.owner),
        example: example::example(context, id, indicator)?,
    })
}

/// The registers of an indicator, for what they tell in its place.
struct Registers<'a> {
    context: &'a Context<'a>,
    registers: Vec<(&'a At<String>, &'a Register)>,
    unknown: String,
}

impl<'a> Registers<'a> {
    fn of(context: &'a Context<'a>, indicator: &Written) -> Said<Self> {
        let unknown = context.words.line("inspiration/unknown", &Slots::new())?;
        Ok(Self { context, registers: context.catalogue.registers_of(indicator), unknown })
    }

    fn links(&self) -> Vec<Link> {
        let registers = self.registers.iter();
        registers
            .map(|(id, register)| Link::new(Kind::Register, id, self.context.text(&register.title)))
            .collect()
    }

    /// What an entry says itself; else what its registers say: of several each is told, also what is not known of one.
    fn told(&self, own: &Option<Text>, of: fn(&Register) -> &Option<Text>) -> Option<String> {
        let given = |text: &Option<Text>| text.as_ref().map(|text| self.context.text(text).to_string());
        let said = |register: &Register| given(of(register));
        given(own).or_else(|| match self.registers.as_slice() {
            [(_, only)] => said(only),
            several if several.iter().all(|(_, register)| said(register).is_none()) => None,
            several => {
                let each = several.iter().map(|(_, register)| {
                    let title = self.context.text(&register.title);
                    format!("{title}: {}", said(register).unwrap_or_else(|| self.unknown.clone()))
                });
                Some(each.collect::<Vec<_>>().join(" "))
            }
        })
    }
}

fn tables(context: &Context, indicator: &Written) -> Vec<Need> {
    let needs = context.catalogue.needs(indicator).into_iter();
    let needs = needs.filter_map(|(id, columns)| Some((id, columns, context.catalogue.source(id)?)));
    let made = needs.map(|(id, columns, source)| Need {
        source: id.to_string(),
        title: context.text(&source.title).to_string(),
        provider: source.provider.as_ref().map(|provider| context.text(provider).to_string()),
        columns: columns.into_iter().map(str::to_string).collect(),
        has_file: source.file.is_some(),
    });
    made.collect()
}

fn higher_is(context: &Context, direction: HigherIs) -> Said<String> {
    let key = match direction {
        HigherIs::Worse => "inspiration/higher-worse",
        HigherIs::Better => "inspiration/higher-better",
        HigherIs::Neutral => "inspiration/higher-neutral",
    };
    context.words.line(key, &Slots::new())
}

fn frequency(context: &Context, often: Frequency) -> Said<String> {
    context.words.line(&format!("inspiration/{}", often.word()), &Slots::new())
}

fn compared_with(context: &Context, indicator: &Written) -> Said<Vec<String>> {
    let others = context.words.line("inspiration/like-areas", &Slots::new())?;
    let named = indicator.compare_with.iter().map(|comparator| {
        let mut slots = Slots::new().text("layer", &others);
        if let Comparator::Area(id) = &comparator.value {
            let area = context.places.layers.values().flatten().find(|area| area.id == *id);
            slots = slots.text("name", area.map_or(id.as_str(), |area| area.short_name.as_str()));
        }
        context.words.line(&format!("comparators/{}", comparator.word()), &slots)
    });
    named.collect()
}
