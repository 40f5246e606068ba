//! One row of the value table: a value, its comparator, where it lies, what is said of it.

use serde::Serialize;

use super::{
    comparisons::widths,
    context::Said,
    range::{self, Range},
    subject::{Named, Subject, decimal, is_better, shown, state_word},
};
use crate::{
    catalogue::{HigherIs, Indicator},
    compute::{Fact, Missing, State, Value, Verdict},
    ids::{Period, ValueId},
    words::Slots,
};

/// The fewest years of which a small place's value is a mean of its own.
const MEANS: u8 = 3;

/// A row.
#[derive(Serialize)]
pub(super) struct TableRow {
    pub id: ValueId,
    pub state: &'static str,
    pub name: String,
    population: String,
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Cell>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparator: Option<Cell>,
    range: Option<Range>,
    verdict: Option<VerdictWords>,
    change: Option<ChangeWords>,
    /// Distance to the comparator in widths of the interval, positive when it is the worse side: for the order only.
    #[serde(skip)]
    pub need: Option<f64>,
}

#[derive(Serialize)]
struct Cell {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize)]
struct VerdictWords {
    word: String,
    judgement: Option<String>,
    kind: &'static str,
}

#[derive(Serialize)]
struct ChangeWords {
    state: &'static str,
    number: Option<String>,
    word: String,
}

impl TableRow {
    fn blank(subject: &Subject, indicator: &Indicator, id: ValueId, state: &'static str) -> Self {
        let population = indicator.population.as_ref().map_or("", |text| subject.context.text(text));
        Self {
            id,
            state,
            name: subject.context.text(indicator.short_title()).to_string(),
            population: population.to_string(),
            reason: None,
            value: None,
            comparator: None,
            range: None,
            verdict: None,
            change: None,
            need: None,
        }
    }

    /// Is there a comparison in the row?
    pub fn is_compared(&self) -> bool {
        self.verdict.is_some()
    }

    /// Does it lie on a range?
    pub fn has_range(&self) -> bool {
        self.range.is_some()
    }

    /// Is the comparison of this kind?
    pub fn is_of_kind(&self, kind: &str) -> bool {
        self.verdict.as_ref().is_some_and(|verdict| verdict.kind == kind)
    }
}

/// The row of an indicator at its latest period.
pub(super) fn row(subject: &Subject, (indicator_id, indicator): Named) -> Said<TableRow> {
    let latest = subject.latest(indicator_id);
    let id =
        latest.unwrap_or_else(|| ValueId::own(indicator_id.as_str(), &subject.area.id, edition(subject)));
    let state = subject.value(&id);
    let mut row = TableRow::blank(subject, indicator, id, state_word(&state));
    match state {
        State::Hidden => {}
        State::Missing(missing) => row.reason = Some(subject.reason(missing)?),
        State::Shown(value) => {
            let verdict = subject.verdict(&row.id);
            row.need = need(subject, &row.id, indicator.higher_is, verdict);
            if let Some(years) = years(subject, indicator, &row.id, value)? {
                row.population = years;
            }
            row.value = Some(Cell { state: "shown", text: Some(subject.context.words.number(value.value)) });
            let other = subject.compared(&row.id).unwrap_or(State::Missing(Missing::NoData));
            row.comparator = Some(Cell {
                state: state_word(&other),
                text: shown(other).map(|other| subject.context.words.number(other.value)),
            });
            let kind = verdict.map_or("not-judged", |verdict| kind(indicator.higher_is, verdict));
            row.range = range::range(subject, (indicator_id, indicator), &row.id, value, kind)?;
            row.verdict =
                verdict.map(|verdict| verdict_words(subject, indicator.higher_is, verdict)).transpose()?;
            row.change = change_words(subject, &row.id)?;
        }
    }
    Ok(row)
}

/// The row of a count: a number and nothing to compare it with.
pub(super) fn count(subject: &Subject, (indicator_id, indicator): Named) -> Said<TableRow> {
    let id = subject.latest(indicator_id);
    let state = id
        .as_ref()
        .map_or(State::Missing(Missing::NoData), |id| decimal(subject.context.publication.get(id)));
    let id = id.unwrap_or_else(|| ValueId::own(indicator_id.as_str(), &subject.area.id, edition(subject)));
    let mut row = TableRow::blank(subject, indicator, id, state_word(&state));
    if let State::Shown(n) = state {
        row.value = Some(Cell { state: "shown", text: Some(subject.context.words.number(n)) });
        row.change = change_words(subject, &row.id)?;
    }
    Ok(row)
}

/// Who is counted and over which years, where the value is a mean of a small place's own. An indicator that puts years
/// together itself says so in its own line, which does not hold there.
fn years(
    subject: &Subject,
    indicator: &Indicator,
    value_id: &ValueId,
    value: &Value,
) -> Said<Option<String>> {
    let own = indicator.method.form().years().map_or(1, |years| years.count());
    if value.years < MEANS || value.years <= own {
        return Ok(None);
    }
    let since = value_id.period.years_back(i32::from(value.years) - 1);
    let mut slots =
        Slots::new().text("since", subject.period(since)?).text("until", subject.period(value_id.period)?);
    if let Some(population) = indicator.population.as_ref().filter(|_| own == 1) {
        slots = slots.text("population", subject.context.text(population));
    }
    subject.line("table/years", slots).map(Some)
}

/// The period under which a value that never was is looked for.
fn edition(subject: &Subject) -> Period {
    Period::Year(subject.context.catalogue.about.edition.year)
}

/// Distance to the comparator in widths of the interval; only what is surely worse counts as need of a theme.
fn need(subject: &Subject, id: &ValueId, higher_is: HigherIs, verdict: Option<Verdict>) -> Option<f64> {
    let widths = widths(subject, id)?;
    let worse = verdict.is_some_and(|verdict| is_better(higher_is, verdict) == Some(false));
    Some(if worse { widths } else { -widths })
}

fn kind(higher_is: HigherIs, verdict: Verdict) -> &'static str {
    match (verdict, is_better(higher_is, verdict)) {
        (Verdict::CannotTell, _) => "cannot-tell",
        (Verdict::NotJudged, _) => "not-judged",
        (_, Some(true)) => "better",
        (_, Some(false)) => "worse",
        (_, None) => "neutral",
    }
}

fn verdict_words(subject: &Subject, higher_is: HigherIs, verdict: Verdict) -> Said<VerdictWords> {
    let word = subject.fixed(match verdict {
        Verdict::Higher => "table/higher",
        Verdict::Lower => "table/lower",
        Verdict::CannotTell => "table/cannot-tell",
        Verdict::NotJudged => "table/not-judged",
    })?;
    let judgement = match is_better(higher_is, verdict) {
        Some(true) => Some(subject.fixed("table/better")?),
        Some(false) => Some(subject.fixed("table/worse")?),
        None => None,
    };
    Ok(VerdictWords { word, judgement, kind: kind(higher_is, verdict) })
}

/// A change that chance can explain has no number.
fn change_words(subject: &Subject, id: &ValueId) -> Said<Option<ChangeWords>> {
    let change = match subject.change(id) {
        State::Shown(Fact::Change(change)) => change,
        State::Hidden => {
            let word = subject.context.words.labels().get("hidden-short").cloned().unwrap_or_default();
            return Ok(Some(ChangeWords { state: "hidden", number: None, word }));
        }
        _ => return Ok(None),
    };
    let (word, sure) = match change.verdict {
        Verdict::Higher => ("table/risen", true),
        Verdict::Lower => ("table/fallen", true),
        Verdict::CannotTell => ("table/no-sure-change", false),
        Verdict::NotJudged => ("table/not-judged", false),
    };
    let number = sure.then(|| subject.context.words.format().signed(change.difference));
    Ok(Some(ChangeWords { state: "shown", number, word: subject.fixed(word)? }))
}
