//! The words of the workbook: names for ids, words for states, looked up once for all rows.

use std::collections::BTreeMap;

use super::workbook::{Entry, Head};
use crate::{
    catalogue::{Indicator, Text},
    compute::{Flow, Missing, ORIGINS, State},
    ids::{AreaId, Period},
    numbers::Decimal,
    reports::{
        context::{Context, Said},
        subject::missing_key,
    },
    sources::Area,
    words::Slots,
};

/// Names and words that rows share, looked up once.
pub(super) struct Terms<'c> {
    pub context: &'c Context<'c>,
    areas: BTreeMap<&'c str, &'c Area>,
    hidden: String,
    missing: BTreeMap<Missing, String>,
    whole: String,
    /// Words of the texts by key, for those that stand in many rows.
    words: BTreeMap<&'static str, String>,
}

/// Texts that stand in rows, by the word that a table has.
const WORDS: [(&str, &str); 22] = [
    ("higher", "table/higher"),
    ("lower", "table/lower"),
    ("cannot-tell", "table/cannot-tell"),
    ("not-judged", "table/not-judged"),
    ("true", "results/yes"),
    ("false", "results/no"),
    ("not-listed", "status/not-listed"),
    ("too-few-residents", "results/too-few-residents"),
    ("persons", "results/unit-persons"),
    ("full-time-persons", "results/unit-full-time-persons"),
    ("kroner", "results/unit-kroner"),
    ("residents", "results/unit-residents"),
    ("high", "typology/high"),
    ("medium", "typology/medium"),
    ("low", "typology/low"),
    ("very-low", "typology/very-low"),
    ("positive", "typology/positive"),
    ("stable", "typology/stable"),
    ("negative", "typology/negative"),
    ("few", "typology/few"),
    ("some", "typology/some"),
    ("several", "typology/several"),
];
const MISSING: [Missing; 9] = [
    Missing::NoData,
    Missing::EmptyBase,
    Missing::TooSmall,
    Missing::Break,
    Missing::NoBenchmark,
    Missing::NotReached,
    Missing::TooFewAreas,
    Missing::TooFewYears,
    Missing::FewFoundAgain,
];

impl<'c> Terms<'c> {
    pub fn new(context: &'c Context<'c>) -> Said<Self> {
        let fixed = |key: &str| context.words.line(key, &Slots::new());
        let areas = context.places.layers.values().flatten().map(|area| (area.id.as_str(), area));
        Ok(Self {
            context,
            areas: areas.collect(),
            hidden: context.words.labels().get("hidden-short").cloned().unwrap_or_default(),
            missing: MISSING
                .into_iter()
                .map(|why| Ok((why, fixed(missing_key(why))?)))
                .collect::<Said<_>>()?,
            whole: fixed("comparators/municipality-head")?,
            words: WORDS.into_iter().map(|(word, key)| Ok((word, fixed(key)?))).collect::<Said<_>>()?,
        })
    }

    /// A text of the sheets.
    pub fn say(&self, key: &str, slots: &Slots) -> Said<String> {
        self.context.words.line(&format!("results/{key}"), slots)
    }

    /// A column by its key.
    pub fn head(&self, key: &str, width: f64) -> Said<Head> {
        let (head, means) =
            (self.say(key, &Slots::new())?, self.say(&format!("{key}-means"), &Slots::new())?);
        Ok(Head { head, means, width })
    }

    /// The name of an area; of the municipality's own rows that.
    pub fn area<'t>(&'t self, id: &'t str) -> &'t str {
        let whole = id == AreaId::municipality().as_str();
        self.areas.get(id).map_or(if whole { &self.whole } else { id }, |area| &area.name)
    }

    /// The title of a layer.
    pub fn layer<'t>(&'t self, id: &'t str) -> &'t str {
        self.context.catalogue.areas.get(id).map_or(id, |layer| self.text(&layer.title))
    }

    /// The name of an indicator.
    pub fn indicator<'t>(&'t self, id: &'t str) -> &'t str {
        self.context.catalogue.indicators.get(id).map_or(id, |found| self.text(found.short_title()))
    }

    pub fn text<'t>(&self, text: &'t Text) -> &'t str {
        self.context.text(text)
    }

    /// What is printed for a word of a table.
    pub fn word<'t>(&'t self, word: &'t str) -> &'t str {
        self.words.get(word).map_or(word, String::as_str)
    }

    /// A number, or why there is none.
    pub fn number<T>(&self, state: &State<T>, number: Option<Decimal>) -> Entry<'_> {
        match state {
            State::Hidden => Entry::Word((&*self.hidden).into()),
            State::Missing(why) => Entry::Word(self.missing.get(why).map_or("", String::as_str).into()),
            State::Shown(_) => number.into(),
        }
    }

    /// A period: a year as a number, anything else in words.
    pub fn period(&self, period: Period) -> Entry<'static> {
        match period {
            Period::Year(year) => Entry::Year(year),
            other => Entry::Text(other.to_string().into()),
        }
    }

    /// What stands in the place of a number, by the words of a table's columns `state` and `reason`; nothing if it is shown.
    pub fn instead(&self, state: &str, reason: &str) -> Option<Entry<'_>> {
        let why = MISSING.into_iter().find(|why| super::reason(&State::Missing(*why)) == reason);
        match why {
            _ if state == "hidden" => Some(self.number(&State::<()>::Hidden, None)),
            Some(why) => Some(self.number(&State::<()>::Missing(why), None)),
            None => None,
        }
    }

    /// The name of a criterion: of its indicator.
    pub fn criterion<'t>(&'t self, rule_set: &str, criterion: &'t str) -> &'t str {
        let catalogue = self.context.catalogue;
        let declared = catalogue.rule_sets.get(rule_set).and_then(|set| set.criteria.get(criterion));
        let printed = declared.and_then(|declared| catalogue.printed_indicator(&declared.indicator));
        printed.map_or(criterion, |(_, indicator)| self.text(indicator.short_title()))
    }

    /// The name of a status of a family, as a table writes it: `udsat`, `udsat (own)`.
    pub fn status(&self, rule_set: &str, written: &str) -> Said<String> {
        let catalogue = self.context.catalogue;
        let (word, own) = match written.strip_suffix(" (own)") {
            Some(word) => (word, true),
            None => (written, false),
        };
        let family =
            catalogue.rule_sets.get(rule_set).and_then(|set| catalogue.families.get(&set.family.value));
        let name = family.and_then(|family| family.statuses.get(word)).map(|status| self.text(&status.name));
        let name = name.unwrap_or_else(|| self.word(word));
        if own { self.say("own-status", &Slots::new().text("status", name)) } else { Ok(name.into()) }
    }

    /// The names of flows, by their words as a table joins them.
    pub fn flows(&self, written: &str) -> Said<String> {
        let known = |word: &&str| Flow::ALL.iter().any(|flow| flow.word() == *word);
        let words = written.split('+').filter(known);
        let names = words.map(|word| self.context.words.line(&format!("moves/flow-{word}"), &Slots::new()));
        Ok(names.collect::<Said<Vec<_>>>()?.join(" + "))
    }

    /// The name of a way of letting.
    pub fn way(&self, id: &str) -> String {
        let declared = self.context.catalogue.moves.iter().filter_map(|(_, moves)| moves.letting.as_ref());
        let way = declared.filter_map(|letting| letting.kinds.get(id)).next();
        way.map_or_else(|| id.to_string(), |way| self.context.text(&way.title).to_string())
    }

    /// The name of a place from which persons came: an area, or one of those that are none.
    pub fn origin(&self, id: &str) -> Said<String> {
        if ORIGINS.contains(&id) {
            return self.context.words.line(&format!("moves/from-{id}"), &Slots::new());
        }
        Ok(self.area(id).to_string())
    }

    /// The theme of an indicator.
    pub fn theme(&self, indicator: &Indicator) -> &str {
        let theme = self.context.catalogue.themes.get(&indicator.theme.value);
        theme.map_or("", |theme| self.text(theme))
    }

    /// The unit of an indicator, as at the head of a figure.
    pub fn unit(&self, indicator: &Indicator) -> Said<String> {
        self.context.words.line(&format!("unit-heads/{}", indicator.unit.word()), &Slots::new())
    }

    /// A day, of one written as `2025-12-01`.
    pub fn day<'t>(&self, written: &str) -> Entry<'t> {
        written.parse().map_or_else(|_| written.to_string().into(), Entry::Day)
    }
}
