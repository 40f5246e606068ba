//! Points for the distance from the municipality, and classes by their sum: the shape of Aarhus' kategoriseringsmodel.

use super::{
    super::{
        disclose::told::{Told, in_order},
        methods::measure,
        publication::{Fact, Missing},
        ratio::Ratio,
        raw::{Known, Offer, Scope},
    },
    Challenges, Class, Part, Typology, value,
};
use crate::{
    catalogue::{Points, PointsFrom},
    ids::{Period, ValueId},
    numbers::Decimal,
};

/// Everything about a composite of points.
pub(super) fn offers(typology: &Typology, form: &Points, offers: &mut Vec<Offer>) {
    let steps: Vec<Ratio> = form.steps.iter().map(|step| Ratio::of(**step)).collect();
    for period in &typology.periods {
        for (area, large) in typology.layer.clone().zip(&typology.large) {
            let points = |part: &Part| {
                if *large {
                    let steps = part.steps.as_ref().unwrap_or(&steps);
                    distance(part, form.from, area, *period)
                        .map(|distance| i64::from(part.weight) * points(distance, steps))
                } else {
                    Known::Missing(Missing::TooSmall)
                }
            };
            let all: Vec<Known<i64>> = typology.parts.iter().map(points).collect();
            area_offers(typology, form, (area, *period), &all, offers);
        }
    }
}

/// Everything about one area, from the points of its parts.
fn area_offers(
    typology: &Typology,
    form: &Points,
    (area, period): (usize, Period),
    points: &[Known<i64>],
    offers: &mut Vec<Offer>,
) {
    let at = |about: &str| typology.at(about, area, period);
    let number = |points: i64| value(Some(Decimal::whole(points)));
    let sum = points.iter().fold(Known::Is(0), |sum, points| sum.and_then(|sum| points.map(|p| sum + p)));
    let class = sum.map(|sum| Fact::Class(Class::Points(Challenges::of(sum, &form.classes))));
    let mut needs = typology.needs(area, period);
    if form.from == PointsFrom::Municipality {
        needs.extend(typology.parts.iter().filter_map(|part| municipality(part, period)));
    }
    for (part, points) in typology.parts.iter().zip(points) {
        let own = part.number(period).map(|number| part.measured.value_id(area, number));
        let whole = municipality(part, period).filter(|_| form.from == PointsFrom::Municipality);
        let needs = own.into_iter().chain(whole).collect();
        let offer = Offer::new(at(&format!("part/{}", part.id())), points.and_then(number), needs);
        offers.push(offer.telling(rest(part, form.from, area, period)));
    }
    let parts = typology.parts.iter();
    let tells = in_order(parts.flat_map(|part| rest(part, form.from, area, period)));
    offers.push(Offer::new(at(""), sum.and_then(number), needs.clone()).telling(tells.clone()));
    offers.push(Offer::new(at("class"), class, needs).telling(tells));
}

/// What the rest of the municipality tells, where points count from it: it need not be published.
fn rest(part: &Part, from: PointsFrom, area: usize, period: Period) -> Vec<Told> {
    let number = part.number(period).filter(|_| from == PointsFrom::Rest);
    let told = |number| part.measured.tells(&Scope::Rest(area).into(), number, 1);
    number.map(told).unwrap_or_default()
}

/// The address of the municipality's value of a part.
fn municipality(part: &Part, period: Period) -> Option<ValueId> {
    Some(part.measured.value_id(part.measured.municipality(), part.number(period)?))
}

/// How much worse an area is than what it is measured from.
fn distance(part: &Part, from: PointsFrom, area: usize, period: Period) -> Known<Ratio> {
    let measured = part.measured;
    part.shown(area, period).and_then(|own| {
        let reference = match from {
            PointsFrom::Municipality => part.shown(measured.municipality(), period).map(|all| all.value),
            // The rest can be shown when the area's own value can.
            PointsFrom::Rest => measure(measured.data, &measured.indicator.method, Scope::Rest(area), period)
                .map(|rest| rest.value),
        };
        reference.map(|reference| part.turned(own.value.minus(reference)))
    })
}

/// One point for each step that the distance reaches.
fn points(distance: Ratio, steps: &[Ratio]) -> i64 {
    steps.iter().filter(|step| distance >= **step).count() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: steps of 2, 5 and 10 points.
    #[test]
    fn a_point_is_given_at_the_step_itself_and_none_for_being_better() {
        let steps = [2, 5, 10].map(Ratio::whole);
        let given = |thousandths: i128| points(Ratio::thousandths(thousandths), &steps);
        assert_eq!(
            [-12_000, 0, 1_999, 2_000, 4_999, 5_000, 10_000, 40_000].map(given),
            [0, 0, 0, 1, 1, 2, 3, 3]
        );
    }
}
