//! `kvarter explain`: what an id or a code means, or how a printed figure was made.

use clap::Args;

use super::{Inputs, codes, then};
use crate::{
    BuildOptions, Computed,
    catalogue::{self, Catalogue, Criterion, Indicator},
    compute::{Fact, Publication, State, Verdict},
    diagnostics::{At, Diagnostic, Outcome, Severity},
    ids::{AreaId, FamilyId, IndicatorId, Period, PopulationId, ValueId},
};

/// Explain an id of the catalogue, how a printed figure was made (no-work@gronnevang@2024), or the code of a mistake
#[derive(Args)]
pub struct Explain {
    /// The id or the code
    id: String,
    #[command(flatten)]
    inputs: Inputs,
}

impl Explain {
    pub(super) fn run(self) -> Outcome<String> {
        let mut warnings = Vec::new();
        // A code is explained where there is no catalogue, or a broken one.
        if let Some(text) = codes::explain(&self.id).map_err(|error| vec![error])? {
            return Ok((text, Vec::new()));
        }
        if let Ok(value) = self.id.parse::<ValueId>() {
            let options = BuildOptions {
                catalogue: self.inputs.catalogue.clone(),
                data: self.inputs.data().to_path_buf(),
                ..BuildOptions::default()
            };
            let computed = then(&mut warnings, crate::compute(&options, &|_| ()))?;
            return Ok((explain_value(&computed, &value).map_err(|error| vec![error])?, Vec::new()));
        }
        let catalogue = then(&mut warnings, catalogue::load(&self.inputs.catalogue))?;
        match catalogue::explain(&catalogue, &self.id) {
            Some(text) => Ok((text, warnings)),
            None => {
                let message = format!("nothing in the catalogue is called `{}`", self.id);
                let error = Diagnostic::new(Severity::Error, "unknown-id", message, At::Nowhere);
                Err(vec![error.did_you_mean(&self.id, catalogue.indicators.ids().map(IndicatorId::as_str))])
            }
        }
    }
}

fn explain_value(computed: &Computed, id: &ValueId) -> Result<String, Diagnostic> {
    let (catalogue, publication) = (&computed.catalogue, &computed.publication);
    let known = publication.facts().any(|(known, _)| known == id);
    if !known {
        let message = format!("`{id}` is not a published value");
        let error = Diagnostic::new(Severity::Error, "unknown-value", message, At::Nowhere);
        let periods: Vec<String> =
            publication.periods(&id.what, &id.area).iter().map(ToString::to_string).collect();
        return Err(if periods.is_empty() {
            error.hint("`kvarter list areas` and `kvarter list indicators` name what there is")
        } else {
            error.hint(format!("its periods are {}", periods.join(", ")))
        });
    }
    let area = computed.places.area(&id.area).map_or(id.area.as_str(), |area| &area.name);
    let mut text = format!("{id}\n  area      {area}\n");
    let stated = if id.what.ends_with("/expected") { "80 per cent of past forecasts" } else { "99 per cent" };
    text.push_str(&shown(publication.get(id), stated));
    text.push_str(&compared(publication, id));
    // `abl-61a/no-work/next` is of a criterion of a family, `verdict/no-work` a comparison: the indicator stands last or is named
    // by the criterion. `typology/class` is about a composite, which stands first.
    let first = id.what.split('/').next().filter(|first| catalogue.indicators.contains(*first));
    let of_family = id.what.split_once('/').filter(|(family, _)| catalogue.families.contains(*family));
    let of_criterion = of_family.and_then(|(_, rest)| rest.split('/').next());
    let last = first.or(of_criterion).or_else(|| id.what.rsplit('/').next()).unwrap_or_default();
    let criterion = of_family.and_then(|(family, _)| {
        let family = FamilyId::from(family);
        let day = catalogue.list_day(&family, id.period.year())?;
        catalogue.rule_set_for(&family, day)?.1.criteria.get(last)
    });
    let indicator =
        criterion.map_or_else(|| IndicatorId::from(last), |criterion| criterion.indicator.value.clone());
    if let Some(found) = catalogue.indicator(&indicator) {
        text.push_str(&format!(
            "  hidden    counts from 1 to {}, and what would give them away\n",
            catalogue.protection(&indicator).at_least.saturating_sub(1)
        ));
        let years = match criterion.filter(|_| of_family.is_some()) {
            Some(criterion) => data_years(catalogue, criterion, id),
            None => periods(found, id),
        };
        text.push_str(&format!("  periods   {}\n", list(&years)));
        let data = ValueId { period: years.last().copied().unwrap_or(id.period), ..id.clone() };
        text.push_str(&account(computed, catalogue, &indicator, &data));
        text.push_str(&format!(
            "\n{}",
            catalogue::explain(catalogue, indicator.as_str()).unwrap_or_default()
        ));
    }
    Ok(text)
}

/// The values that stand beside it, with what may be said of the difference; and its change.
fn compared(publication: &Publication, id: &ValueId) -> String {
    let mut text = String::new();
    if id.against.is_some() {
        return text;
    }
    let beside =
        |known: &ValueId| known.what == id.what && known.area == id.area && known.period == id.period;
    for (other, state) in publication.facts().filter(|(known, _)| known.against.is_some() && beside(known)) {
        let Some(comparator) = &other.against else { continue };
        let verdict =
            publication.verdict(id, comparator).map(|verdict| format!(", {}", verdict_words(verdict)));
        let value = match state {
            State::Shown(Fact::Value(value)) => value.value.to_string(),
            State::Shown(Fact::Count(count)) => count.to_string(),
            State::Hidden => "not shown".into(),
            State::Missing(missing) => format!("missing: {missing:?}"),
            State::Shown(_) => continue,
        };
        text.push_str(&format!("  against   {comparator}: {value}{}\n", verdict.unwrap_or_default()));
    }
    if let Some(change) = publication.change(id) {
        let verdict = verdict_words(change.verdict);
        text.push_str(&format!("  change    {} since {}, {verdict}\n", change.difference, change.since));
    }
    text
}

/// A verdict in words.
fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Higher => "surely higher",
        Verdict::Lower => "surely lower",
        Verdict::CannotTell => "cannot be told apart",
        Verdict::NotJudged => "not judged",
    }
}

/// The periods that a value takes.
fn periods(indicator: &Indicator, id: &ValueId) -> Vec<Period> {
    let years = indicator.method.form().years().map_or(1, |years| i32::from(years.count()));
    (0..years).rev().map(|back| id.period.years_back(back)).collect()
}

/// The years of data that a criterion takes on the list of its value's year, or on the next one.
fn data_years(catalogue: &Catalogue, criterion: &Criterion, id: &ValueId) -> Vec<Period> {
    let list = id.period.year() + u16::from(id.what.split('/').any(|part| part == "next"));
    catalogue.data_years(criterion, list).into_iter().map(Period::Year).collect()
}

fn list(periods: &[Period]) -> String {
    periods.iter().map(Period::to_string).collect::<Vec<_>>().join(", ")
}

/// The rows read for the indicator's populations and used in the area, as far as they may be shown.
fn account(computed: &Computed, catalogue: &Catalogue, indicator: &IndicatorId, id: &ValueId) -> String {
    let mut sources: Vec<_> =
        populations(catalogue, indicator).iter().filter_map(|p| catalogue.source_of(p)).collect();
    sources.sort();
    sources.dedup();
    let mut text = String::new();
    for source in sources {
        for (what, area, words) in
            [("rows", AreaId::municipality(), "rows read"), ("used", id.area.clone(), "used in the area")]
        {
            let id = ValueId::own(format!("{what}/{source}"), &area, id.period);
            if let State::Shown(Fact::Count(count)) = computed.publication.get(&id) {
                text.push_str(&format!("  counted   {source}: {count} {words}\n"));
            }
        }
    }
    text
}

fn populations(catalogue: &Catalogue, indicator: &IndicatorId) -> Vec<PopulationId> {
    catalogue.indicator(indicator).map(|i| i.method.value.populations(catalogue)).unwrap_or_default()
}

/// A fact in words; `stated`: what an interval holds.
fn shown(state: &State<Fact>, stated: &str) -> String {
    match state {
        State::Hidden => "  value     not shown, out of regard for single persons\n".into(),
        State::Missing(missing) => format!("  value     missing: {missing:?}\n"),
        State::Shown(Fact::Value(value)) => {
            let mut text = format!("  value     {}\n", value.value);
            if let Some((lower, upper)) = value.interval {
                text.push_str(&format!("  interval  {lower} to {upper} ({stated})\n"));
            }
            if let (Some(part), Some(whole)) = (value.part, value.whole) {
                text.push_str(&format!("  made of   {part} of {whole}\n"));
            }
            if value.years > 1 {
                text.push_str(&format!("  years     {}\n", value.years));
            }
            text
        }
        State::Shown(Fact::Count(count)) => format!("  value     {count}\n"),
        State::Shown(Fact::Met(met)) => format!("  met       {met}\n"),
        State::Shown(Fact::Distance(distance)) => format!("  distance  {distance}\n"),
        State::Shown(Fact::Verdict(verdict)) => format!("  verdict   {verdict:?}\n"),
        State::Shown(Fact::Change(change)) => {
            format!("  change    {} since {}\n", change.difference, change.since)
        }
        State::Shown(Fact::Trend(trend)) => {
            let (since, until) = (trend.since, trend.until);
            format!("  trend     {} a year from {since} to {until}: {:?}\n", trend.slope, trend.verdict)
        }
        State::Shown(Fact::Overdispersion(spread)) => format!(
            "  spread    phi {}, {} between areas beyond chance ({} areas)\n",
            spread.phi, spread.between, spread.areas
        ),
        State::Shown(Fact::Class(class)) => {
            let dynamics = class.dynamics().map(|dynamics| format!(", {}", dynamics.id()));
            format!("  class     {}{}\n", class.id(), dynamics.unwrap_or_default())
        }
        State::Shown(Fact::Areas(areas)) => {
            let areas: Vec<&str> = areas.iter().map(AreaId::as_str).collect();
            format!("  areas     {}\n", areas.join(", "))
        }
        State::Shown(Fact::Status(status)) => {
            let by = if status.official { "the ministry's list" } else { "our own computation" };
            format!("  status    {:?} on the list of {} ({by})\n", status.status, status.list)
        }
        State::Shown(Fact::Needed(needed)) => {
            format!("  needed    {} in {} for the list of {}\n", needed.value, needed.open, needed.list)
        }
        State::Shown(Fact::Amount(amount)) => {
            let number = amount.number.map_or("fewer than 5".to_string(), |number| number.to_string());
            format!("  amount    {number} ({:?}, {})\n", amount.counts, amount.mechanism.word())
        }
        State::Shown(Fact::Outlook(outlook)) => format!("  outlook   {outlook:?}\n"),
        State::Shown(Fact::Reasons(reasons)) => format!("  reasons   {reasons:?}\n"),
        State::Shown(Fact::HangsOn(hinges)) => format!("  hangs on  {hinges:?}\n"),
        State::Shown(Fact::WhatIf(table)) => format!("  what if   {table:?}\n"),
        State::Shown(Fact::Backtest(backtest)) => format!("  backtest  {backtest:?}\n"),
        State::Shown(fact) => of_moves(fact),
    }
}

/// A fact about who came and who went.
fn of_moves(fact: &Fact) -> String {
    match fact {
        Fact::Split(split) => {
            let terms = split.terms.iter().map(|term| {
                let persons = term.persons.map(|persons| format!(", {persons} persons")).unwrap_or_default();
                let cases = term.cases.map(|cases| format!(", {cases} cases")).unwrap_or_default();
                format!("  {:<9} {}: {} points{persons}{cases}\n", "term", term.word(), term.points)
            });
            let terms: String = terms.collect();
            format!("  split     {} in {} to {}\n{terms}", split.start, split.since, split.end)
        }
        Fact::Moved(moved) => {
            format!("  moved     {} in, {} out since {}\n", moved.moved_in, moved.moved_out, moved.since)
        }
        Fact::Profile(profile) => format!("  profile   {profile:?}\n"),
        Fact::Vacated(vacated) => {
            format!("  vacated   {} households, {} per cent\n", vacated.households, vacated.share)
        }
        Fact::Replaced(table) => format!("  replaced  {table:?}\n"),
        Fact::Letting(letting) => {
            format!("  letting   {} of {} households\n", letting.households, letting.all)
        }
        _ => String::new(),
    }
}
