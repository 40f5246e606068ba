//! The pyramid: which age groups a place has, and what is said of them.

use serde::Serialize;

use super::{
    super::{comparisons::widths, context::Said, drawings::Drawings, subject::Subject, theme::Look},
    Pair, exact, parts,
};
use crate::{
    catalogue::{RESIDENTS, Whole},
    compute::{State, Value, Verdict},
    figures::{self, PyramidBand, PyramidSide, PyramidSpec, PyramidWords},
    words::{Rich, Slots},
};

/// Virtual path of the drawing.
const PATH: &str = "/pyramid.svg";
/// Age groups that the pyramid's heading may name, with its text where the area has more and where it has fewer.
const STANDING_OUT: [(&str, &str, &str); 3] = [
    ("children-share", "people/more-children", "people/fewer-children"),
    ("elderly-share", "people/more-elderly", "people/fewer-elderly"),
    ("young-adults", "people/more-young", "people/fewer-young"),
];

/// The pyramid with its heading and what is what in it.
#[derive(Serialize)]
pub(super) struct Pyramid {
    id: String,
    title: String,
    key: Rich,
    svg: &'static str,
    width: f64,
    height: f64,
    pub alt: String,
}

pub(super) fn pyramid(subject: &Subject, look: &Look, drawings: &mut Drawings) -> Said<Option<Pyramid>> {
    let bands = bands(subject)?;
    let Some(period) = bands.first().map(|band| band.sides[0].id.period) else { return Ok(None) };
    let date = subject.dated(&RESIDENTS.into(), period)?;
    let head = ["age", "men", "women", "all-men", "all-women"].map(|name| {
        subject.line(&format!("people/head-{name}"), Slots::new().text("area", &subject.area.name))
    });
    let [age, men, women, all_men, all_women] = head;
    let words = PyramidWords {
        alt: alt(subject, &bands)?,
        sides: [subject.fixed("people/men")?, subject.fixed("people/women")?],
        hidden: subject.fixed("people/hidden")?,
        axis_end: subject.line("people/axis-end", Slots::new().text("n", "#"))?,
        head: [age?, men?, women?, all_men?, all_women?],
    };
    let spec = PyramidSpec { subject: &subject.area.id, bands: &bands, words: &words, theme: &look.theme };
    let Some(figure) = figures::pyramid(&spec) else { return Ok(None) };
    drawings.add(PATH, &figure)?;
    let key = Slots::new().text("area", &subject.named).text("date", date);
    Ok(Some(Pyramid {
        id: format!("ages@{}@{period}", subject.area.id),
        title: pyramid_title(subject)?,
        key: subject.say("people/pyramid-key", key)?,
        svg: PATH,
        width: figure.width,
        height: figure.height,
        alt: figure.alt,
    }))
}

/// The age groups, each with both sexes, the youngest first. A place has groups of one width only.
pub(super) fn bands(subject: &Subject) -> Said<Vec<PyramidBand>> {
    let parts = parts(subject, Whole::Ages);
    let mut bands = Vec::new();
    for ((id, _), men) in &parts {
        let Some(span) = id.as_str().strip_prefix("men-") else { continue };
        let women = parts.iter().find(|((id, _), _)| id.as_str().strip_prefix("women-") == Some(span));
        let Some((_, women)) = women else { continue };
        let low: u32 = span.split('-').next().and_then(|low| low.parse().ok()).unwrap_or_default();
        let sides = [side(subject, men), side(subject, women)];
        bands.push((low, PyramidBand { label: span_words(subject, span)?, sides }));
    }
    // The open group is declared with the ten-year groups and closes those of twenty years too.
    bands.sort_by_key(|(low, _)| *low);
    Ok(bands.into_iter().map(|(_, band)| band).collect())
}

/// `0–9`, `80+`, from the span in an id: `0-9`, `80-over`.
fn span_words(subject: &Subject, span: &str) -> Said<String> {
    match span.split_once('-') {
        Some((low, "over")) => subject.line("people/band-open", Slots::new().text("low", low)),
        Some((low, high)) => subject.line("people/band", Slots::new().text("low", low).text("high", high)),
        None => Ok(span.to_string()),
    }
}

fn side(subject: &Subject, pair: &Pair) -> PyramidSide {
    let printed = |value: Option<&Value>| {
        value.map_or_else(|| "–".to_string(), |value| subject.context.words.number(value.value))
    };
    let own = match pair.state {
        State::Shown(value) => State::Shown(exact(value)),
        State::Hidden => State::Hidden,
        State::Missing(missing) => State::Missing(missing),
    };
    let printed = [printed(pair.own()), printed(pair.all)];
    PyramidSide { id: pair.id.clone(), own, other: pair.all.map(exact), printed }
}

/// The largest group of both sexes, of those that are shown whole, and whether any is not shown.
fn alt(subject: &Subject, bands: &[PyramidBand]) -> Said<String> {
    let both = |band: &PyramidBand| match &band.sides {
        [PyramidSide { own: State::Shown(men), .. }, PyramidSide { own: State::Shown(women), .. }] => {
            Some(men + women)
        }
        _ => None,
    };
    let largest = bands
        .iter()
        .filter(|band| both(band).is_some())
        .max_by(|a, b| both(a).unwrap_or_default().total_cmp(&both(b).unwrap_or_default()));
    let hidden = bands.iter().flat_map(|band| &band.sides).any(|side| matches!(side.own, State::Hidden));
    let slots = Slots::new().text("area", &subject.area.name).flag("hidden", hidden);
    match largest {
        Some(band) => {
            let [men, women] = &band.sides;
            let slots =
                slots.text("age", &band.label).text("men", &men.printed[0]).text("women", &women.printed[0]);
            subject.line("people/pyramid-alt", slots)
        }
        None => subject.line("people/pyramid-alt-plain", slots),
    }
}

/// What stands out from the areas that it is compared with, the most first; without anything sure a plain heading.
fn pyramid_title(subject: &Subject) -> Said<String> {
    let judged = |(id, more, fewer): (&'static str, &'static str, &'static str)| {
        let value = subject.latest(&id.into())?;
        let key = match subject.verdict(&value)? {
            Verdict::Higher => more,
            Verdict::Lower => fewer,
            Verdict::CannotTell | Verdict::NotJudged => return None,
        };
        Some((widths(subject, &value)?, key))
    };
    let found = STANDING_OUT.into_iter().filter_map(judged).max_by(|a, b| a.0.total_cmp(&b.0));
    match (found, subject.comparator) {
        (Some((_, key)), Some(comparator)) => {
            let place = subject.comparator_words(comparator, "-in")?;
            subject.line(key, Slots::new().text("comparator_in", place))
        }
        _ => subject.fixed("people/pyramid-title"),
    }
}
