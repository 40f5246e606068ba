//! The rule for small numbers of an indicator, in sentences.

use crate::{
    catalogue::{Indicator, Method},
    ids::IndicatorId,
    reports::context::{Context, Said},
    words::Slots,
};

/// What is hidden, and for whom there is no figure at all.
pub(super) fn sentences(context: &Context, id: &IndicatorId, indicator: &Indicator) -> Said<Vec<String>> {
    let rule = context.catalogue.protection(id);
    let say = |key: &str, n: u32| {
        context.words.line(&format!("inspiration/{key}"), &Slots::new().count("n", n.into()))
    };
    let mut said = Vec::new();
    if rule.at_least <= 1 {
        said.push(say("all-public", 0)?);
    } else {
        said.push(say("hidden-under", rule.at_least)?);
    }
    let is_of_many = matches!(
        &*indicator.method,
        Method::Mean(_)
            | Method::Median(_)
            | Method::Quantile(_)
            | Method::LengthOfResidence(_)
            | Method::Distance(_)
    );
    if is_of_many && rule.persons > 0 {
        said.push(say("persons-under", rule.persons)?);
    } else if matches!(&*indicator.method, Method::Share(_)) && rule.group > 0 {
        said.push(say("group-under", rule.group)?);
    }
    if rule.residents > 0 {
        said.push(say("residents-under-small", rule.residents)?);
    }
    Ok(said)
}
