//! A condition of a practice in words, about any area: what must hold where it fits.

use crate::{
    catalogue::{
        RESIDENTS,
        condition::{Condition, NOT_LISTED, OnIndicator, OnStatus, Situation, TOO_FEW_RESIDENTS},
    },
    reports::context::{Context, Said},
    words::Slots,
};

/// The condition as a clause that goes on after "områder, hvor".
pub(super) fn words(context: &Context, condition: &Condition) -> Said<String> {
    match condition {
        Condition::Indicator(on) => on_indicator(context, on),
        Condition::Status(on) => on_status(context, on),
    }
}

fn on_indicator(context: &Context, on: &OnIndicator) -> Said<String> {
    let Some(indicator) = context.catalogue.indicator(&on.id) else { return Ok(on.id.to_string()) };
    let line = |key: &str, slots: Slots| context.words.line(&format!("inspiration/{key}"), &slots);
    let (key, number) = match &on.is {
        Situation::Over(number) => ("over", Some(number)),
        Situation::AtLeast(number) => ("at-least", Some(number)),
        Situation::Under(number) => ("under", Some(number)),
        Situation::AtMost(number) => ("at-most", Some(number)),
        Situation::NearLimit(number) => ("near-limit", Some(number)),
        Situation::Rising => ("rising", None),
        Situation::Falling => ("falling", None),
        Situation::Higher => ("higher", None),
        Situation::Lower => ("lower", None),
    };
    if let (true, Some(number)) = (on.id.as_str() == RESIDENTS, number) {
        return line(&format!("residents-{key}"), Slots::new().number("n", number.0));
    }
    let what = match &indicator.in_sentence {
        Some(text) => context.text(text).to_string(),
        None => line("the-figure", Slots::new().text("title", context.text(&indicator.title)))?,
    };
    let mut slots = Slots::new().text("what", if what.contains(", ") { format!("{what},") } else { what });
    if let Some(number) = number {
        let units = if key == "near-limit" { "differences" } else { "units" };
        let unit = format!("{units}/{}", indicator.unit.word());
        slots = slots.text("n", context.words.line(&unit, &Slots::new().number("n", number.0))?);
    }
    line(key, slots)
}

fn on_status(context: &Context, on: &OnStatus) -> Said<String> {
    let line = |key: &str| context.words.line(&format!("inspiration/{key}"), &Slots::new());
    let family = context.catalogue.families.get(&on.family.value);
    let names = on.any_of.iter().map(|status| match status.as_str() {
        NOT_LISTED => line("not-listed"),
        TOO_FEW_RESIDENTS => line("too-few-residents"),
        known => {
            let status = family.and_then(|family| family.statuses.get(known));
            let name = status.map_or(known, |status| context.text(&status.name));
            Ok(name.to_lowercase())
        }
    });
    let names: Vec<String> = names.collect::<Said<_>>()?;
    let (last, first) = names.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
    let all = if first.is_empty() {
        last.to_string()
    } else {
        let slots = Slots::new().text("first", first.join(", ")).text("last", last);
        context.words.line("inspiration/or", &slots)?
    };
    context.words.line("inspiration/status-is", &Slots::new().text("statuses", all))
}
