//! The status band: the area's status on the latest nine lists, with the law of each list and the criteria met.

use serde::Serialize;

use super::{
    context::Said,
    findings::standing_in_sentence,
    history::{Known, Listed, count, count_words, counts_in_words, lists, runs, span},
    law::Law,
    page_status::status_word,
    subject::Subject,
};
use crate::{
    catalogue::Date,
    compute::Standing,
    words::{Rich, Slots},
};

/// The fewest lists that are drawn.
const FEWEST: usize = 3;
/// The lists on which these statuses had other names.
const RENAMED: [&str; 2] = ["parallelsamfund", "omdannelse"];
const OTHER_NAMES: std::ops::RangeInclusive<u16> = 2018..=2020;

/// The status band, or a sentence where there are too few lists for one.
#[derive(Serialize)]
pub(super) struct Band {
    sentence: Option<Rich>,
    day: Option<String>,
    laws: Vec<LawSpan>,
    runs: Vec<Run>,
    years: Vec<String>,
    counts: Vec<Count>,
    note: Option<String>,
    alt: String,
}

/// The lists of one rule set.
#[derive(Serialize)]
struct LawSpan {
    from: usize,
    cells: usize,
    text: String,
}

/// Neighbouring lists with the same status.
#[derive(Serialize)]
struct Run {
    from: usize,
    cells: usize,
    symbol: Option<&'static str>,
    words: Vec<String>,
}

#[derive(Serialize)]
struct Count {
    text: String,
    strong: bool,
}

/// The band of an area under the law.
pub(super) fn band(subject: &Subject) -> Said<Option<Band>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let lists = lists(subject, law);
    let lists = lists.as_slice();
    if lists.is_empty() {
        return Ok(None);
    }
    let history = in_sentence(subject, law, lists)?;
    let counted = counts_in_words(subject, law, lists)?;
    let alt = subject.line("band/alt", Slots::new().text("history", &history).text("counts", counted))?;
    if lists.iter().filter(|list| list.known != Known::Missing).count() < FEWEST {
        let sentence = Some(subject.say("band/few", Slots::new().text("history", history))?);
        return Ok(Some(Band {
            sentence,
            day: None,
            laws: Vec::new(),
            runs: Vec::new(),
            years: Vec::new(),
            counts: Vec::new(),
            note: None,
            alt,
        }));
    }
    let mut counts = Vec::new();
    for list in lists {
        let met = count(subject, law, list);
        counts.push(Count { text: count_words(subject, met)?, strong: met.is_some_and(|(met, _)| met > 0) });
    }
    Ok(Some(Band {
        sentence: None,
        day: day(subject, lists),
        laws: laws(subject, law, lists)?,
        runs: drawn(subject, law, lists)?,
        years: lists.iter().map(|list| list.year.to_string()).collect(),
        counts,
        note: note(subject, lists)?,
        alt,
    }))
}

/// The day of the year on which all of these lists came.
fn day(subject: &Subject, lists: &[Listed]) -> Option<String> {
    let mut days = lists.iter().filter_map(|list| list.day);
    let first = days.next()?;
    let same = |day: Date| (day.month, day.day) == (first.month, first.day);
    let date = subject.context.words.date(first.year, first.month, first.day);
    days.all(same).then(|| date.trim_end_matches(&first.year.to_string()).trim_end().to_string())
}

fn laws(subject: &Subject, law: &Law, lists: &[Listed]) -> Said<Vec<LawSpan>> {
    let from_of = |list: &Listed| {
        let day = list.day.unwrap_or_else(|| law.day(subject.context.catalogue, list.year));
        let rules = subject.context.catalogue.rule_set_for(law.family_id, day);
        rules.map(|(_, rules)| rules.lists.from.value.year)
    };
    let mut spans = Vec::new();
    let mut at = 0;
    for chunk in lists.chunk_by(|a, b| from_of(a) == from_of(b)) {
        if let Some(year) = from_of(&chunk[0]) {
            let text = subject.line("band/law-from", Slots::new().text("year", year.to_string()))?;
            spans.push(LawSpan { from: at, cells: chunk.len(), text });
        }
        at += chunk.len();
    }
    Ok(spans)
}

fn drawn(subject: &Subject, law: &Law, lists: &[Listed]) -> Said<Vec<Run>> {
    let mut drawn = Vec::new();
    let mut at = 0;
    for run in runs(lists) {
        let known = run[0].known;
        drawn.push(Run {
            from: at,
            cells: run.len(),
            symbol: known.symbol(),
            words: words(subject, law, known)?,
        });
        at += run.len();
    }
    Ok(drawn)
}

/// The names of a status, the longest first: the template takes the longest that fits.
fn words(subject: &Subject, law: &Law, known: Known) -> Said<Vec<String>> {
    let Known::Is(standing, official) = known else { return Ok(vec![known.word(subject, law)?]) };
    let mut words = if official { Vec::new() } else { vec![known.word(subject, law)?] };
    words.push(status_word(subject, law, standing)?);
    let limit = || Slots::new().count("limit", law.residents().unwrap_or_default());
    match standing {
        Standing::On(status) => {
            if let "forebyggelse" | "udsat" | "parallelsamfund" | "omdannelse" = status.as_str() {
                words.push(subject.fixed(&format!("band/{status}-short"))?);
                words.push(subject.fixed(&format!("band/{status}-shortest"))?);
            }
        }
        Standing::NotListed => words.push(subject.fixed("band/not-listed-short")?),
        Standing::TooFewResidents => {
            words.push(subject.line("band/too-few-short", limit())?);
            words.push(subject.line("band/too-few-shortest", limit())?);
        }
        Standing::CannotTell => {}
    }
    words.dedup();
    Ok(words)
}

/// What must be known of older lists and of our own computation.
fn note(subject: &Subject, lists: &[Listed]) -> Said<Option<String>> {
    let years = |is: &dyn Fn(&Listed) -> bool| -> Vec<String> {
        let chunks = lists.chunk_by(|a, b| is(a) == is(b));
        chunks.filter(|chunk| is(&chunk[0])).map(span).collect()
    };
    let on = |list: &Listed, is: &dyn Fn(&str) -> bool| matches!(list.known, Known::Is(Standing::On(status), true) if is(status.as_str()));
    let older = years(&|list| on(list, &|status| status == "listed"));
    let renamed =
        years(&|list| OTHER_NAMES.contains(&list.year) && on(list, &|status| RENAMED.contains(&status)));
    let own = years(&|list| matches!(list.known, Known::Is(_, false)));
    let mut sentences = Vec::new();
    for (key, years) in [("band/note-older", older), ("band/note-renamed", renamed), ("band/note-own", own)] {
        if !years.is_empty() {
            sentences.push(subject.line(key, Slots::new().list("years", years))?);
        }
    }
    Ok((!sentences.is_empty()).then(|| sentences.join(" ")))
}

/// `2017–2020 ikke på listerne, 2021–2025 forebyggelsesområde`.
fn in_sentence(subject: &Subject, law: &Law, lists: &[Listed]) -> Said<String> {
    let mut parts = Vec::new();
    for run in runs(lists) {
        let word = match run[0].known {
            Known::Is(standing, true) => standing_in_sentence(subject, standing)?,
            Known::Is(standing, false) => subject
                .line("history/own", Slots::new().text("status", standing_in_sentence(subject, standing)?))?,
            other => other.word(subject, law)?,
        };
        parts.push(format!("{} {word}", span(run)));
    }
    Ok(parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        compute::{Fact, State, Status},
        reports::fixture::{Facts, facts, on},
    };

    fn band_of(facts: Facts) -> Band {
        on(facts, "gronnevang", |subject| band(subject).expect("the texts fit").expect("there is a band"))
    }

    fn on_list(status: &str) -> Standing {
        Standing::On(status.into())
    }

    #[test]
    fn equal_neighbours_are_one_run_and_a_year_without_a_list_is_an_empty_cell() {
        let facts = facts().status("gronnevang", 2016, on_list("listed")).status(
            "gronnevang",
            2018,
            on_list("parallelsamfund"),
        );
        let band = band_of(facts);
        assert_eq!(band.years.first().map(String::as_str), Some("2017"));
        let runs: Vec<_> = band.runs.iter().map(|run| (run.from, run.cells, run.symbol)).collect();
        let expected = [
            (0, 1, None),
            (1, 1, Some("parallelsamfund")),
            (2, 4, None),
            (6, 1, Some("not-listed")),
            (7, 2, Some("forebyggelse")),
        ];
        assert_eq!(runs, expected);
        assert_eq!(
            band.note.as_deref(),
            Some("2018: Parallelsamfund og omdannelsesområde havde da andre navne.")
        );
    }

    #[test]
    fn an_older_list_has_a_neutral_mark_and_a_note() {
        let facts =
            (2017..=2022).fold(facts(), |facts, year| facts.status("gronnevang", year, on_list("listed")));
        let band = band_of(facts);
        assert_eq!(band.runs[0].symbol, Some("listed"));
        assert_eq!(band.runs[0].words, ["På listen"]);
        let note = band.note.expect("there is a note");
        assert!(note.starts_with("2017–2022: Listen fulgte da andre kriterier"), "{note}");
    }

    #[test]
    fn our_own_computation_never_wears_the_mark_of_a_list_and_is_a_run_of_its_own() {
        let list = Date { year: 2025, month: 12, day: 1 };
        let own = Status { status: on_list("forebyggelse"), official: false, list };
        let band = band_of(facts().set("abl-61a@gronnevang@2025", State::Shown(Fact::Status(own))));
        let last = band.runs.last().expect("there are runs");
        assert_eq!((last.symbol, last.cells), (Some("own"), 1));
        assert_eq!(last.words[0], "Forebyggelsesområde, egen beregning");
        assert_eq!(band.note.as_deref(), Some("2025: Kommunens egen beregning, ikke ministeriets liste."));
    }

    #[test]
    fn the_band_says_its_whole_history_in_words() {
        let band = band_of(facts());
        assert_eq!(band.day.as_deref(), Some("1. december").map(|_| "1.\u{a0}december"));
        let alt = band.alt.replace('\u{a0}', " ");
        assert_eq!(
            alt,
            "Status på listerne: 2023 ikke på listerne, 2024–2025 forebyggelsesområde. Opfyldte kriterier for udsat \
             område: – (2023), 0 af 4 (2024), 1 af 4 (2025)."
        );
        assert_eq!(band.laws.iter().map(|law| law.text.as_str()).collect::<Vec<_>>(), ["fra 2021"]);
    }

    #[test]
    fn two_lists_are_a_sentence() {
        let band =
            band_of(facts().set("abl-61a@gronnevang@2023", State::Missing(crate::compute::Missing::NoData)));
        let sentence = band.sentence.expect("there is a sentence").plain();
        assert_eq!(sentence, "Status er kendt fra få lister: 2024–2025 forebyggelsesområde.");
        assert!(band.runs.is_empty());
    }
}
