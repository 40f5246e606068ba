//! `adjust:` single choices of a municipality about indicators of the base, so that everything else of an entry stays the
//! base's and follows its newer versions.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    At, Comparator, Disclosure, Indicator, Number, Text, YearMonth, base::is_shipped, disclosure,
    written::Written,
};
use crate::{
    diagnostics::{Diagnostic, nearest},
    ids::IndicatorId,
};

/// Fields that take the place of those of an indicator of the base.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Adjustment {
    /// Its name in tight places.
    pub short: Option<Text>,
    /// What it is called inside a sentence, as `andelen uden tilknytning`.
    pub in_sentence: Option<Text>,
    /// The small line under the name.
    pub population: Option<Text>,
    /// The most decimals that are printed.
    pub decimals: Option<At<u8>>,
    /// The difference, in points of the unit, below which it is not worth a word.
    pub matters: Option<Number>,
    /// What it is compared with, in the order printed.
    pub compare_with: Option<Vec<At<Comparator>>>,
    /// Three limits that make four classes on the map.
    pub classes: Option<At<Vec<At<Number>>>>,
    /// When its values are hidden: fields that are given take the place of the base's, and are not less strict.
    pub disclosure: Option<At<Disclosure>>,
    /// A caution printed with it.
    pub read_with_care: Option<Text>,
    /// Who answers for the entry.
    pub owner: Option<Text>,
    /// Year and month in which the entry was last held against its register.
    pub checked: Option<At<YearMonth>>,
    /// Year and month by which that must be done again.
    pub review_by: Option<At<YearMonth>>,
}

impl Adjustment {
    /// The names of the fields that it gives.
    pub fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("short", self.short.is_some()),
            ("in-sentence", self.in_sentence.is_some()),
            ("population", self.population.is_some()),
            ("decimals", self.decimals.is_some()),
            ("matters", self.matters.is_some()),
            ("compare-with", self.compare_with.is_some()),
            ("classes", self.classes.is_some()),
            ("disclosure", self.disclosure.is_some()),
            ("read-with-care", self.read_with_care.is_some()),
            ("owner", self.owner.is_some()),
            ("checked", self.checked.is_some()),
            ("review-by", self.review_by.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect()
    }

    fn apply(self, indicator: &mut Indicator) {
        fn replace<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        replace(&mut indicator.short, self.short);
        replace(&mut indicator.in_sentence, self.in_sentence);
        replace(&mut indicator.population, self.population);
        replace(&mut indicator.decimals, self.decimals);
        replace(&mut indicator.classes, self.classes);
        replace(&mut indicator.read_with_care, self.read_with_care);
        replace(&mut indicator.owner, self.owner);
        replace(&mut indicator.checked, self.checked);
        replace(&mut indicator.review_by, self.review_by);
        indicator.matters = self.matters.unwrap_or(indicator.matters);
        if let Some(comparators) = self.compare_with {
            indicator.compare_with = comparators;
        }
        if let Some(disclosure) = self.disclosure {
            indicator.disclosure.adjust(disclosure.value);
        }
    }
}

/// Applies all adjustments; gives those that cannot be made.
pub(super) fn apply(written: &mut Written) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, adjustment) in written.adjust.clone().iter() {
        match refused(written, id, adjustment) {
            Some(error) => found.push(error),
            None => {
                if let Some(indicator) = written.indicators.get_mut(&id.value) {
                    adjustment.clone().apply(indicator);
                }
            }
        }
    }
    found
}

/// Why an adjustment cannot be made.
fn refused(written: &Written, id: &At<IndicatorId>, adjustment: &Adjustment) -> Option<Diagnostic> {
    let Some((key, indicator)) = written.indicators.get_key_value(&id.value) else {
        let known = written.indicators.ids().map(IndicatorId::as_str);
        let error = Diagnostic::error("unknown-indicator", format!("`{id}` is not an indicator"), &id.place);
        let asks = written.catalogue.as_ref().is_none_or(|about| about.base.is_some());
        return Some(match nearest(id.as_str(), known) {
            Some(name) => error.hint(format!("did you mean `{name}`?")),
            None if asks => error.hint("`kvarter list indicators` names those of the base"),
            None => {
                error.hint("`adjust:` changes the base's entries: take it in with `catalogue: { base: … }`")
            }
        });
    };
    if !is_shipped(&key.place) {
        let hint = "change the entry itself, under `indicators:`";
        let message = format!("`{id}` is an entry of your own");
        return Some(Diagnostic::error("own-entry", message, &id.place).hint(hint));
    }
    looser(adjustment.disclosure.as_deref()?, indicator)
}

/// The first field of a rule that would show more than the base's.
fn looser(rule: &Disclosure, indicator: &Indicator) -> Option<Diagnostic> {
    rule.all().find_map(|(field, value, place)| {
        let base = indicator.disclosure.given(field).map(|(value, _)| value);
        let base = base.unwrap_or_else(|| disclosure::default(field, indicator, false));
        (value < base).then(|| {
            let (word, value, base) = (field.word(), field.written(value), field.written(base));
            let message = format!("`{word}: {value}` shows more than the base's {base}");
            Diagnostic::error("less-strict", message, place)
                .hint("who borrows an indicator keeps its protection of single persons")
                .hint(format!("write `{word}: {base}`, or one that hides more"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::{base, load_str};

    fn adjusted(adjust: &str) -> String {
        let version = base::shipped().written.base.expect("it has a version").version.value;
        format!(
            "catalogue: {{ base: {version}, title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }}\nadjust:\n{adjust}"
        )
    }

    #[test]
    fn an_adjustment_changes_its_fields_and_no_others() {
        let text = adjusted("  no-work: { matters: 3, compare-with: [rest], owner: Planafdelingen }\n");
        let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let indicator = catalogue.indicator(&"no-work".into()).expect("of the base");
        assert_eq!((indicator.matters.to_string().as_str(), indicator.compare_with.len()), ("3", 1));
        assert!(indicator.owner.is_some() && indicator.definition.is_some() && indicator.classes.is_some());
    }

    #[test]
    fn disclosure_can_be_made_stricter_and_not_looser() {
        let text = |n| adjusted(&format!("  no-work: {{ disclosure: {{ at-least: {n} }} }}\n"));
        assert!(load_str("a.yaml", &text(10)).is_ok());
        let errors = load_str("a.yaml", &text(3)).expect_err("looser");
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["less-strict"]);
    }

    #[test]
    fn every_field_of_a_rule_is_held_against_the_base_and_the_others_stay() {
        let codes = |id: &str, rule: &str| match load_str(
            "a.yaml",
            &adjusted(&format!("  {id}: {{ disclosure: {rule} }}\n")),
        ) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|error| (error.code, error.message)).collect(),
        };
        let refused = |message: &str| vec![("less-strict", message.to_string())];
        assert_eq!(
            codes("no-work", "{ complement: false }"),
            refused("`complement: false` shows more than the base's true")
        );
        assert_eq!(codes("no-work", "{ group: 10 }"), refused("`group: 10` shows more than the base's 30"));
        assert_eq!(
            codes("feeling-safe", "{ zero: harmless }"),
            refused("`zero: harmless` shows more than the base's sensitive")
        );
        assert_eq!(codes("no-work", "{ zero: sensitive, p-percent: 15, persons: 50 }"), []);
        let text = adjusted("  charged: { disclosure: { group: 50 } }\n");
        let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let rule = catalogue.protection(&"charged".into());
        assert_eq!((rule.at_least, rule.group), (10, 50));
    }

    #[test]
    fn what_is_adjusted_is_checked_like_what_is_written() {
        let errors = load_str("a.yaml", &adjusted("  no-work: { classes: [30, 20, 10] }\n"));
        let errors = errors.expect_err("falling");
        assert_eq!(
            errors.iter().map(|error| (error.code, error.at.to_string())).collect::<Vec<_>>(),
            [("bad-classes", "a.yaml:3:23".to_string())]
        );
    }

    #[test]
    fn a_field_that_cannot_be_adjusted_and_an_own_entry_are_refused() {
        let errors = load_str("a.yaml", &adjusted("  no-work: { methd: x }\n")).expect_err("no field");
        assert_eq!(errors[0].code, "unknown-field");
        let text = adjusted(
            "  mine: { matters: 3 }\nindicators:\n  mine: { title: X, theme: labour, method: { count: { of: residents } }, unit: persons, higher-is: neutral }\n",
        );
        let errors = load_str("a.yaml", &text).expect_err("an own entry");
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["own-entry"]);
    }
}
