//! The splits of all areas, on their way to the gate.

use super::{
    facts::Split,
    lens::{self, Lens},
    populations::{Counts, counts},
    split::{Question, Span},
};
use crate::{
    catalogue::{Indicator, Method, Moves, Years},
    compute::{
        Data, breaks,
        indicators::{All, Measured},
        methods,
        publication::{Fact, Missing},
        raw::{Known, Offer},
        small_places::{Size, Sizes},
    },
    diagnostics::Diagnostic,
    ids::{Period, ValueId},
};

/// The share of persons, of a hundred, who must be found again for a change to be split.
const ENOUGH: i64 = 90;

/// One declared split, with what is known of its indicator.
pub(super) struct Declared<'a> {
    pub data: Data<'a>,
    pub id: &'a str,
    pub moves: &'a Moves,
    pub measured: &'a Measured<'a>,
    /// The areas that are followed.
    pub areas: Vec<usize>,
    pub quotient: (&'a crate::ids::PopulationId, &'a crate::ids::PopulationId),
}

/// All declared splits that can be made.
pub(super) fn declared<'a>(data: Data<'a>, sizes: &Sizes, all: &'a All<'a>) -> Vec<Declared<'a>> {
    let made = data.catalogue.moves.iter().filter_map(|(id, moves)| {
        let measured = all.get(&moves.indicator.value)?;
        let quotient = lens::quotient(data.catalogue, &moves.indicator.value)?;
        let layers = moves.layers.iter().flat_map(|layer| data.raw.index.layer(&layer.value));
        let areas = layers.filter(|area| sizes.of(Some(*area)) == Size::Full).collect();
        Some(Declared { data, id: &id.value, moves, measured, areas, quotient })
    });
    made.collect()
}

/// Over how many periods an indicator's value is a mean; `None` where it pools them, or is one mean over another, which cannot be
/// split year by year.
fn mean_of(data: Data, indicator: &Indicator) -> Option<usize> {
    match methods::of(&indicator.method).window(data) {
        None => Some(1),
        Some(_) if matches!(*indicator.method, Method::Relative(_)) => None,
        Some(Years::MeanOf(years)) => Some(usize::from(years.value)),
        Some(Years::Pooled(_)) => None,
    }
}

/// The splits of one declaration: over one period and over several, and without the dwellings of its events.
pub(super) fn splits(declared: &Declared) -> Vec<Offer> {
    let mut offers = Vec::new();
    for counts in counts(declared.data.catalogue, declared.id, declared.moves) {
        let (layer, event) = match &counts {
            Counts::Lens(lens, _) => (Some(&lens.layer), lens.without.as_deref()),
            Counts::Table(_) => (None, None),
        };
        let index = &declared.data.raw.index;
        let here = |area: &&usize| layer.is_none_or(|layer| index.layer(layer).contains(*area));
        for area in declared.areas.iter().filter(here) {
            let concerned = event.is_none_or(|event| concerns(declared, event, *area));
            if !concerned {
                continue;
            }
            for period in &declared.measured.periods {
                offers.extend(offer(declared, &counts, *area, *period, 1));
                if event.is_none()
                    && declared.moves.years > 1
                    && Some(period) == declared.measured.periods.last()
                {
                    offers.extend(offer(declared, &counts, *area, *period, declared.moves.years));
                }
            }
        }
    }
    offers
}

/// Is the event in this area?
fn concerns(declared: &Declared, event: &str, area: usize) -> bool {
    let event = declared.data.catalogue.events.get(event);
    event.is_some_and(|event| event.areas.iter().any(|id| id.value == *declared.data.area(area)))
}

/// The split of the change that ends in a period; `None` where there is no earlier value.
fn offer(declared: &Declared, counts: &Counts, area: usize, until: Period, years: u8) -> Option<Offer> {
    let Declared { data, measured, .. } = *declared;
    let since = until.years_back(i32::from(years));
    measured.periods.binary_search(&since).ok()?;
    let mean_of = mean_of(data, measured.indicator).filter(|mean_of| *mean_of == 1 || years == 1)?;
    let spans: Vec<Span> = match mean_of {
        1 => (0..i32::from(years)).rev().map(|back| span(until.years_back(back))).collect(),
        _ => (0..mean_of as i32).rev().map(|back| span(until.years_back(back))).collect(),
    };
    let without = matches!(counts, Counts::Lens(Lens { without: Some(_), .. }, _));
    let what = match (without, years) {
        (true, _) => format!("moves/{}/without", declared.id),
        (false, 1) => format!("moves/{}", declared.id),
        (false, _) => format!("moves/{}/years", declared.id),
    };
    let id = ValueId::own(what, data.area(area), until);
    let own = |period: Period| ValueId::own(measured.id.as_str(), data.area(area), period);
    let needs: Vec<ValueId> = if without { Vec::new() } else { vec![own(since), own(until)] };
    let protection = measured.protection(area);
    if breaks::between(data.catalogue, measured.id, spans[0].since, until) {
        return Some(Offer::new(id, Known::Missing(Missing::Break), needs));
    }
    let linked = linked(declared, counts, &spans);
    if linked.is_some_and(|linked| linked < ENOUGH) {
        return Some(Offer::new(id, Known::Missing(Missing::FewFoundAgain), needs));
    }
    let places = measured.places(area).max(1);
    let factors = match methods::relative::factors(
        data,
        &measured.indicator.method,
        &spans.iter().map(|span| (span.since, span.until)).collect::<Vec<_>>(),
    ) {
        Known::Is(factors) => factors,
        Known::Withheld => return Some(Offer::new(id, Known::Withheld, needs)),
        Known::Missing(missing) => return Some(Offer::new(id, Known::Missing(missing), needs)),
    };
    let question = Question {
        raw: data.raw,
        counts,
        quotient: declared.quotient,
        area,
        spans: &spans,
        mean_of,
        protection,
        factors: &factors,
        places,
        tested: declared.moves.tested && !without,
    };
    Some(match question.answer() {
        Known::Is(found) => {
            let fact = Fact::Split(Split { linked, ..found.split });
            Offer::new(id, Known::Is(fact), needs).exposing(found.exposes, protection).telling(found.tells)
        }
        Known::Withheld => Offer::new(id, Known::Withheld, needs),
        Known::Missing(missing) => Offer::new(id, Known::Missing(missing), needs),
    })
}

fn span(until: Period) -> Span {
    Span { since: until.shift(-1), until }
}

/// The periods into which too few persons could be followed.
pub(in crate::compute) fn notices(data: Data) -> Vec<Diagnostic> {
    let linked = data.catalogue.moves.iter().filter(|(_, moves)| moves.table.is_none());
    let notices = linked.filter_map(|(id, moves)| {
        let (_, whole) = lens::quotient(data.catalogue, &moves.indicator.value)?;
        let source = data.catalogue.source_of(whole)?;
        let found = data.raw.followed.get(source)?.iter();
        let few: Vec<String> =
            found.filter(|(_, found)| **found < ENOUGH).map(|(period, _)| period.to_string()).collect();
        (!few.is_empty()).then(|| {
            let message = format!("`{id}` is not split into {}: too few persons are found again", few.join(", "));
            let hint = format!(
                "of 100 persons {ENOUGH} must be there in both periods, or their coming and going be documented; \
                 does `{source}` name persons alike in every delivery? Declare `came-from` and `left-for` if the register has them"
            );
            Diagnostic::warning("few-found-again", message, &moves.indicator.place).hint(hint)
        })
    });
    notices.collect()
}

/// How many of a hundred persons could be followed over all of the spans, where persons are.
fn linked(declared: &Declared, counts: &Counts, spans: &[Span]) -> Option<i64> {
    let Counts::Lens(..) = counts else { return None };
    let source = declared.data.catalogue.source_of(declared.quotient.1)?;
    let found = declared.data.raw.followed.get(source);
    let of = |span: &Span| found.and_then(|found| found.get(&span.until)).copied().unwrap_or(0);
    spans.iter().map(of).min()
}
