//! `twins:` of a layer: the traits by which its areas are alike.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    At, Method, Number, RESIDENTS,
    check::{Checker, Kind},
};
use crate::{diagnostics::Place, ids::IndicatorId};

/// The areas of the same layer that an area is most like. Which they are is published.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Twins {
    /// How many each area has, from 1 to 20.
    pub count: At<u8>,
    /// The traits. The distance of two areas is the root of the sum of squares of their differences, each divided by `per`.
    pub by: At<Vec<Trait>>,
    /// Areas with fewer residents have no twins and are nobody's.
    pub min_residents: Option<At<u32>>,
}

/// A trait by which areas are alike.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Trait {
    /// The indicator, by its latest value.
    pub indicator: At<IndicatorId>,
    /// The difference that counts 1 in the distance, in the indicator's unit.
    pub per: At<Number>,
}

impl Twins {
    /// Numbers and references.
    pub(super) fn check(&self, checker: &mut Checker) {
        if !(1..=20).contains(&self.count.value) {
            let message = format!("an area cannot have {} twins", self.count);
            checker.wrong("bad-number", message, &self.count.place, "write a number from 1 to 20");
        }
        checker.not_empty(&self.by, "`by`", &self.by.place);
        for alike in &self.by.value {
            alike.check(checker);
        }
        if let Some(least) =
            self.min_residents.as_ref().filter(|_| !checker.knows(Kind::Indicator, RESIDENTS))
        {
            let hint = "declare the indicator `residents: { method: { count: … } }`";
            checker.wrong("no-residents", "residents are not counted", &least.place, hint);
        }
    }
}

impl Trait {
    fn check(&self, checker: &mut Checker) {
        let id = &self.indicator;
        checker.refer(Kind::Indicator, id.as_str(), &id.place);
        let indicator = checker.written.indicators.get(&id.value);
        if indicator.is_some_and(|indicator| matches!(*indicator.method, Method::Composite(_))) {
            let message = format!("`{id}` is a composite");
            checker.wrong(
                "bad-trait",
                message,
                &id.place,
                "areas are alike by what is measured; name its parts",
            );
        }
        if self.per.units <= 0 {
            let message = format!("a difference of {} cannot count 1", self.per);
            let hint = "write the difference that makes two areas clearly unlike, as `per: 20`";
            checker.wrong("bad-number", message, &self.per.place, hint);
        }
    }
}

/// To be compared with twins, some layer has them.
pub(super) fn check_comparator(place: &Place, checker: &mut Checker) {
    if checker.written.areas.iter().all(|(_, layer)| layer.twins.is_none()) {
        let hint = "declare them for a layer: `twins: { count: 3, by: [{ indicator: …, per: … }] }`";
        checker.wrong("no-twins", "no layer says which areas are alike", place, hint);
    }
}
