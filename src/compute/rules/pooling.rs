//! The mean of several years' shares, and the same years pooled, can fall on either side of a limit of the law. The catalogue
//! declares which of the two counts; where the other would give another outcome that is a notice, without numbers, and only
//! about values that are shown.

use super::{
    super::{
        Data,
        methods::{measure, of, relative},
        publication::{Publication, State},
        ratio::Ratio,
        raw::{Known, Scope},
    },
    criteria::is_met,
    lists::{List, Lists},
};
use crate::{
    catalogue::{At, Criterion, Method, RelativeForm, Years, methods::Reference},
    diagnostics::{At as Where, Diagnostic, Severity},
    ids::{CriterionId, Period, ValueId},
};

/// The criteria whose outcome hangs on how years are put together.
pub(in crate::compute) fn notices(data: Data, publication: &Publication) -> Vec<Diagnostic> {
    let mut notices = Vec::new();
    for family in data.catalogue.families.ids() {
        let lists = Lists::new(data, family);
        for (area, list) in
            lists.areas.iter().flat_map(|area| lists.lists.iter().map(move |list| (*area, list)))
        {
            let layer = data.raw.index.layer_of(area);
            let set = list.set.filter(|(_, set)| layer == Some(&set.applies_to.layer.value));
            for (id, criterion) in set.iter().flat_map(|(_, set)| set.criteria.iter()) {
                if hangs_on_pooling(data, area, list, criterion, publication) {
                    notices.push(notice(data, area, list, &id.value));
                }
            }
        }
    }
    notices
}

fn hangs_on_pooling(
    data: Data,
    area: usize,
    list: &List,
    criterion: &Criterion,
    publication: &Publication,
) -> bool {
    let id = &criterion.indicator.value;
    let printed = ValueId::own(id.as_str(), data.area(area), list.data_period(criterion));
    let shown = matches!(publication.get(&printed), State::Shown(_));
    shown && both_ways(data, area, list, criterion).is_some_and(|(own, other)| own != other)
}

/// Whether a criterion is met with its years put together as declared, and the other way; `None` where it takes one year, or
/// where that is not known.
pub(super) fn both_ways(data: Data, area: usize, list: &List, criterion: &Criterion) -> Option<(bool, bool)> {
    let indicator = data.catalogue.indicator(&criterion.indicator)?;
    let (scope, period) = (Scope::Area(area), list.data_period(criterion));
    let limit = Ratio::of(***criterion.is.number());
    let met = |value: Known<Ratio>| value.get().map(|value| is_met(&criterion.is, value, limit));
    let other = met(other_way(data, &indicator.method, scope, period)?)?;
    let own = met(measure(data, &indicator.method, scope, period).map(|own| own.value))?;
    Some((own, other))
}

/// The value with its years put together the other way; `None` where it takes one year.
fn other_way(data: Data, method: &Method, scope: Scope, period: Period) -> Option<Known<Ratio>> {
    if let Method::Relative(relative) = method
        && let Some((_, indicator)) = relative::underlying(data, relative)
    {
        let years = flipped(indicator.method.form().years()?);
        let scale = of(&indicator.method).scale().unwrap_or(1);
        let own = other_way(data, &indicator.method, scope, period)?;
        let Some(Reference::Benchmark(name, place)) = relative.to.reference() else { return None };
        let place = data.place(place);
        let benchmark = data.raw.benchmarks.over(&name.value, place, period, Some(&years.value), scale);
        let per = Ratio::whole(if relative.form == RelativeForm::Percent { 100 } else { 1 });
        let quotient = own.and_then(|own| benchmark.map(|benchmark| own.over(benchmark)));
        return match quotient {
            Known::Is(Some(quotient)) => Some(Known::Is(quotient.times(per))),
            _ => None,
        };
    }
    let other = method.with_years(Some(flipped(method.form().years()?)));
    Some(measure(data, &other, scope, period).map(|other| other.value))
}

fn flipped(years: &At<Years>) -> At<Years> {
    let value = match &years.value {
        Years::MeanOf(n) => Years::Pooled(n.clone()),
        Years::Pooled(n) => Years::MeanOf(n.clone()),
    };
    At { value, place: years.place.clone() }
}

fn notice(data: Data, area: usize, list: &List, criterion: &CriterionId) -> Diagnostic {
    let (area, year) = (data.area(area), list.date.year);
    let message =
        format!("`{criterion}` of `{area}` on the list of {year} hangs on how its years are put together");
    Diagnostic::new(Severity::Warning, "pooling-decides", message, Where::Nowhere).hint(
        "the mean of the years' shares and the years pooled fall on either side of the limit; the catalogue's choice is printed",
    )
}
