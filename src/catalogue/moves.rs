//! `moves:` figures whose change is split by what happened to the persons: who came, who went, and who stayed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Indicator, Method, Number, Source,
    check::{Checker, Kind},
    spans::{At, Section},
    text::Text,
    written::Written,
};
use crate::ids::{AreaId, IndicatorId, LayerId, PopulationId, SourceId};

/// A figure whose change from one year to the next is split exactly by what happened to the persons.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Moves {
    /// The indicator: a share, a mean or a ratio of one source.
    pub indicator: At<IndicatorId>,
    /// The layers whose areas are followed.
    pub layers: Vec<At<LayerId>>,
    /// An ordered table of movers and stayers. Without it the persons of the indicator's source are linked from one year to
    /// the next; the source must name a `person`.
    pub table: Option<FlowTable>,
    /// Is it the one of which the line of those who moved in is held against chance? At most one is.
    #[serde(default)]
    pub tested: bool,
    /// Over how many years the change is split besides the latest one (default 5).
    #[serde(default = "five")]
    pub years: u8,
    /// Shares that are told of those who came and of those who went, beside the residents'.
    #[serde(default)]
    pub profile: Vec<At<IndicatorId>>,
    /// Events whose dwellings are left out in a second split.
    #[serde(default)]
    pub without: Vec<At<String>>,
    /// What the share would be if those who move in were others.
    #[serde(default)]
    pub what_if: Section<String, Supposed>,
    /// How dwellings were let, where a column tells it of those who moved in.
    pub letting: Option<Letting>,
}

/// An ordered table of movers and stayers: one row for an area, a year and a flow. The year is the later one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlowTable {
    /// The source, whose rows are located by area.
    pub source: At<SourceId>,
    /// The column with the flow: `in-municipality`, `in-elsewhere`, `in-abroad`, `in-outside`, `born`, `entered`,
    /// `out-municipality`, `out-elsewhere`, `out-abroad`, `out-outside`, `died`, `left`, and of those who stayed `up` (now a
    /// case), `down` (no longer one) and `same`.
    pub flow: At<String>,
    /// The column with the persons.
    pub persons: At<String>,
    /// The column with the cases among them: now of those who came, before of those who went, and the change, without its
    /// sign, of those who stayed.
    pub cases: At<String>,
}

/// Other people who move in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Supposed {
    /// What is supposed, as "tilflyttere som i resten af kommunen".
    pub title: Text,
    /// They are as all of this area, or of the `municipality`.
    pub like: Option<At<AreaId>>,
    /// So many per cent of the lettings go to people who are no cases (flexible letting).
    pub flexible: Option<At<Number>>,
}

/// How dwellings were let.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Letting {
    /// The column of the persons' rows; empty for those who did not move into a let dwelling.
    pub column: At<String>,
    /// The ways, by the value in the column.
    pub kinds: Section<String, LettingKind>,
}

/// A way of letting.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LettingKind {
    /// Its name.
    pub title: Text,
    /// Where the law has a limit: at most so many per cent of the dwellings let.
    pub at_most: Option<At<Number>>,
}

fn five() -> u8 {
    5
}

/// What a column says of where persons came from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CameFrom {
    /// The column, empty for those who were there already.
    pub column: At<String>,
    /// Its values for those who came from abroad.
    #[serde(default)]
    pub abroad: Vec<String>,
    /// Its values for those born. Every other value is another municipality.
    #[serde(default)]
    pub born: Vec<String>,
}

/// What a column says of where persons went.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LeftFor {
    /// The column, empty for those who are there still.
    pub column: At<String>,
    /// Its values for those who went abroad.
    #[serde(default)]
    pub abroad: Vec<String>,
    /// Its values for those who died. Every other value is another municipality.
    #[serde(default)]
    pub died: Vec<String>,
}

/// Moves, each against what else the catalogue says.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.moves);
    let mut tested: Option<&At<String>> = None;
    for (id, moves) in written.moves.iter() {
        moves.check(id, checker);
        if moves.tested
            && let Some(first) = tested.replace(id)
        {
            let hint = "of several tests some would find something by chance: choose the one that matters before seeing any";
            checker.wrong("two-tests", format!("`{first}` is tested already"), &id.place, hint);
        }
    }
}

impl Moves {
    fn check(&self, id: &At<String>, checker: &mut Checker) {
        let written = checker.written;
        checker.refer_indicators(std::iter::once(&self.indicator).chain(&self.profile));
        checker.not_empty(&self.layers, "`layers`", &id.place);
        for layer in &self.layers {
            checker.refer(Kind::Layer, layer.as_str(), &layer.place);
        }
        if !(1..=20).contains(&self.years) {
            let hint = "write how many years back the second split goes, as `years: 5`";
            checker.wrong("bad-number", format!("{} years", self.years), &id.place, hint);
        }
        for event in &self.without {
            let known = written.events.get(&event.value);
            if known.is_none_or(|event| event.dwellings.is_none()) {
                let hint = "name an entry of `events:` that says by `dwellings:` which rows it concerns";
                checker.wrong("unknown-event", format!("`{event}` names no dwellings"), &event.place, hint);
            }
        }
        for (name, supposed) in self.what_if.iter() {
            if supposed.like.is_some() == supposed.flexible.is_some() {
                let hint = "write `like: municipality`, `like: AREA` or `flexible: 30`";
                checker.wrong("one-of-two", format!("`{name}` does not say one thing"), &name.place, hint);
            }
        }
        self.check_method(checker);
        match &self.table {
            Some(table) => checker.refer(Kind::Source, table.source.as_str(), &table.source.place),
            None => self.check_links(checker),
        }
    }

    /// A part and a whole are split.
    fn check_method(&self, checker: &mut Checker) {
        let indicators = &checker.written.indicators;
        let is_known = |id: &&At<IndicatorId>| indicators.contains(&id.value);
        let split = std::iter::once(&self.indicator).filter(is_known);
        let whole = split.filter(|id| quotient(indicators, &id.value).is_none());
        let is_share = |id: &&At<IndicatorId>| {
            indicators.get(&id.value).is_some_and(|indicator| matches!(*indicator.method, Method::Share(_)))
        };
        let profile = self.profile.iter().filter(is_known).filter(|id| !is_share(id));
        let wrong: Vec<At<IndicatorId>> = whole.chain(profile).cloned().collect();
        for id in wrong {
            let hint = "a change is split of a `share`, a `ratio`, a `mean` with `over`, or of one of them `relative` to a benchmark; a profile is of shares";
            checker.wrong("no-split", format!("`{id}` has no part and whole to split"), &id.place, hint);
        }
    }

    /// Persons are linked where their source names them.
    fn check_links(&self, checker: &mut Checker) {
        let written = checker.written;
        let ids = std::iter::once(&self.indicator).chain(&self.profile);
        for id in ids {
            let Some((_, whole)) = quotient(&written.indicators, &id.value) else { continue };
            let Some(source) = source_of(written, whole) else { continue };
            if source.person.is_none() {
                let hint = "stocks of two years do not tell who came and went; add `person:` to the source, or an ordered `table:` of movers and stayers";
                let message = format!("moves cannot be followed in `{id}`: its source names no person");
                checker.wrong("no-person-links", message, &id.place, hint);
            }
        }
    }
}

/// The part and the whole of an indicator whose change can be split; of one relative to a benchmark those of the value behind
/// it.
pub(crate) fn quotient<'a>(
    indicators: &'a Section<IndicatorId, Indicator>,
    id: &IndicatorId,
) -> Option<(&'a PopulationId, &'a PopulationId)> {
    match &*indicators.get(id)?.method {
        Method::Share(share) => Some((&share.part.value, &share.of.value)),
        Method::Ratio(ratio) => Some((&ratio.part.value, &ratio.of.value)),
        Method::Mean(mean) => Some((&mean.of.value, &mean.over.as_ref()?.value)),
        Method::Relative(relative) if relative.to.benchmark.is_some() => match &relative.indicator {
            Some(inner) if inner.value != *id => quotient(indicators, &inner.value),
            Some(_) => None,
            None => Some((&relative.part.as_ref()?.value, &relative.of.as_ref()?.value)),
        },
        _ => None,
    }
}

/// The source whose rows a population takes.
fn source_of<'a>(written: &'a Written, id: &PopulationId) -> Option<&'a Source> {
    super::source_of(&written.populations, id).and_then(|source| written.sources.get(source))
}
