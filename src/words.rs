//! Every printed sentence: the texts of `templates/text/LANGUAGE.yaml`, filled in by Tera.
//!
//! A text is addressed by `section/name`. What a text may use is fixed in [`keys`], and checked when the file is loaded, so
//! that a mistake in it is found before anything is printed. `**bold**` is read from the file only, never from what is filled
//! in, and a sentence leaves as runs: nothing in it is ever read as markup.

mod filters;
mod keys;
pub mod lix;
mod rich;

use std::{collections::BTreeMap, sync::Arc};

use serde_saphyr::{Location, Spanned};
use tera::{Context, Tera};

use crate::{
    diagnostics::{At, Diagnostic, Place, Severity, SourceFile},
    numbers::{Decimal, Format},
};

pub use rich::{Rich, Run};

/// Stands for `**` in a text once it is loaded. Filled-in values are cleaned of it.
const BOLD: char = '\u{e000}';

/// All texts of one language.
pub struct Words {
    language: String,
    labels: BTreeMap<String, String>,
    texts: Tera,
    places: BTreeMap<String, Place>,
}

/// What a text is filled in with.
#[derive(Default)]
pub struct Slots(Context);

impl Slots {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A name or a finished piece of text.
    pub fn text(mut self, slot: &'static str, text: impl AsRef<str>) -> Self {
        self.0.insert(slot, &text.as_ref().replace(BOLD, ""));
        self
    }

    /// A number, to be printed with the filter `tal`.
    pub fn number(mut self, slot: &'static str, number: Decimal) -> Self {
        self.0.insert(slot, &number);
        self
    }

    /// A number of something, or a year.
    pub fn count(mut self, slot: &'static str, count: i64) -> Self {
        self.0.insert(slot, &count);
        self
    }

    /// A condition.
    pub fn flag(mut self, slot: &'static str, flag: bool) -> Self {
        self.0.insert(slot, &flag);
        self
    }

    /// Names, to be printed with the filter `opregn`.
    pub fn list(mut self, slot: &'static str, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let names: Vec<String> = names.into_iter().map(|name| name.as_ref().replace(BOLD, "")).collect();
        self.0.insert(slot, &names);
        self
    }
}

impl Words {
    /// Reads the texts of a language (`da`), checking every text against what the program fills in.
    pub fn load(language: &str, file: &Arc<SourceFile>) -> Result<Self, Vec<Diagnostic>> {
        let sections: BTreeMap<String, BTreeMap<String, Spanned<String>>> =
            serde_saphyr::from_str(&file.text).map_err(|error| vec![broken_file(file, &error)])?;
        let mut words = Self {
            language: language.to_string(),
            labels: BTreeMap::new(),
            texts: filters::tera(language),
            places: BTreeMap::new(),
        };
        let mut errors = Vec::new();
        for (section, texts) in sections {
            for (name, text) in texts {
                if section == "labels" {
                    words.labels.insert(name, text.value);
                } else {
                    errors.extend(
                        words
                            .add(format!("{section}/{name}"), &text.value, place(file, text.referenced))
                            .err(),
                    );
                }
            }
        }
        errors.extend(words.lacking(file));
        if errors.is_empty() { Ok(words) } else { Err(errors) }
    }

    /// Takes in one text.
    fn add(&mut self, key: String, text: &str, place: Place) -> Result<(), Diagnostic> {
        let Some(slots) = keys::slots(&key) else {
            return Err(Diagnostic::error(
                "unknown-text",
                format!("`{key}` is not a text that the program prints"),
                &place,
            )
            .did_you_mean(&key, keys::all()));
        };
        let marked = text.replace("**", &BOLD.to_string());
        if !marked.matches(BOLD).count().is_multiple_of(2) {
            return Err(Diagnostic::error(
                "text-not-closed",
                format!("`{key}`: `**` is opened and not closed"),
                &place,
            ));
        }
        self.texts.add_raw_template(&key, &marked).map_err(|error| {
            Diagnostic::error("broken-text", format!("`{key}`: {}", short(&error)), &place)
        })?;
        let used = self.texts.get_template_variables(&key).unwrap_or_default();
        let mut unknown: Vec<&str> = used.into_iter().filter(|name| !slots.contains(name)).collect();
        unknown.sort_unstable();
        if let Some(name) = unknown.first() {
            let error =
                Diagnostic::error("unknown-slot", format!("`{key}` has no `{name}` to fill in"), &place);
            return Err(error
                .hint(format!("it has {}", listed(slots)))
                .did_you_mean(name, slots.iter().copied()));
        }
        self.places.insert(key, place);
        Ok(())
    }

    /// One error for every text that the program prints and the file does not have.
    fn lacking(&self, file: &Arc<SourceFile>) -> Vec<Diagnostic> {
        let lacking = keys::all()
            .filter(|key| keys::is_required(&self.language, key) && !self.places.contains_key(*key));
        lacking
            .map(|key| {
                let at = At::File(file.name.clone());
                Diagnostic::new(Severity::Error, "text-missing", format!("the text `{key}` is missing"), at)
            })
            .collect()
    }

    /// The code of the language: `da`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The fixed labels of the page templates, as they stand.
    pub fn labels(&self) -> &BTreeMap<String, String> {
        &self.labels
    }

    /// Those of all pages but the inspiration catalogue's, which are many and begin with its name.
    pub fn page_labels(&self) -> BTreeMap<String, String> {
        let labels = self.labels.iter().filter(|(name, _)| !name.starts_with("catalogue-"));
        labels.map(|(name, label)| (name.clone(), label.clone())).collect()
    }

    /// A sentence. An error means that the text and what it is filled in with do not fit.
    pub fn say(&self, key: &str, slots: &Slots) -> Result<Rich, Diagnostic> {
        if keys::slots(key).is_some() && !self.places.contains_key(key) {
            let at = At::File(format!("templates/text/{}.yaml", self.language));
            let message = format!("the text `{key}` is not written in the language `{}`", self.language);
            return Err(Diagnostic::new(Severity::Error, "text-missing", message, at));
        }
        let rendered = self.texts.render(key, &slots.0).map_err(|error| {
            let message = format!("`{key}`: {}", short(&error));
            match self.places.get(key) {
                Some(place) => Diagnostic::error("broken-text", message, place),
                None => Diagnostic::new(Severity::Error, "unknown-text", message, At::Nowhere),
            }
        })?;
        Ok(rich::runs(rendered.trim_end(), BOLD))
    }

    /// As [`Self::say`], without bold type.
    pub fn line(&self, key: &str, slots: &Slots) -> Result<String, Diagnostic> {
        Ok(self.say(key, slots)?.plain())
    }

    /// The texts of a section that have nothing to fill in, by their names with `_` for `-`: what a template calls by name.
    pub fn fixed(&self, section: &str) -> Result<BTreeMap<String, String>, Diagnostic> {
        let of_section =
            keys::all().filter_map(|key| Some((key, key.strip_prefix(section)?.strip_prefix('/')?)));
        let fixed = of_section.filter(|(key, _)| keys::slots(key).is_some_and(<[&str]>::is_empty));
        fixed.map(|(key, name)| Ok((name.replace('-', "_"), self.line(key, &Slots::new())?))).collect()
    }

    /// How numbers and dates are printed in this language.
    pub fn format(&self) -> Format {
        Format::of(&self.language)
    }

    /// A number as printed in this language.
    pub fn number(&self, number: Decimal) -> String {
        self.format().number(number)
    }

    /// A date as printed in this language.
    pub fn date(&self, year: u16, month: u8, day: u8) -> String {
        self.format().date(year, month, day)
    }
}

fn broken_file(file: &Arc<SourceFile>, error: &serde_saphyr::Error) -> Diagnostic {
    let message = format!("cannot read the texts: {}", error.without_snippet());
    match error.location() {
        Some(location) => Diagnostic::error("broken-yaml", message, &place(file, location)),
        None => Diagnostic::new(Severity::Error, "broken-yaml", message, At::File(file.name.clone())),
    }
}

fn place(file: &Arc<SourceFile>, location: Location) -> Place {
    let span = location.span();
    let offset = span.byte_offset().unwrap_or_default() as usize;
    Place { file: Arc::clone(file), offset, len: span.byte_len().unwrap_or_default() as usize }
}

/// The one line of a Tera error that says what is wrong.
fn short(error: &tera::Error) -> String {
    use tera::ErrorKind::{RenderingError, SyntaxError};
    match error.kind() {
        SyntaxError(report) | RenderingError(report) => report.message().to_string(),
        other => other.to_string(),
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The program's own Danish texts.
    pub(crate) fn danish() -> Words {
        let text = include_str!("../templates/text/da.yaml").to_string();
        Words::load("da", &file(&text)).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    fn file(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile { name: "templates/text/da.yaml".into(), text: text.into() })
    }

    fn errors(text: &str) -> Vec<Diagnostic> {
        let errors = Words::load("da", &file(text)).err().unwrap_or_default();
        errors.into_iter().filter(|error| error.code != "text-missing").collect()
    }

    #[test]
    fn every_text_of_the_program_is_known_and_fits_what_it_is_filled_in_with() {
        danish();
    }

    /// The program's own English texts.
    pub(crate) fn english() -> Words {
        let text = include_str!("../templates/text/en.yaml").to_string();
        Words::load("en", &file(&text)).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    #[test]
    fn english_says_with_the_same_slots_whatever_danish_says_but_for_the_privacy_page() {
        let (danish, english) = (danish(), english());
        assert_eq!(danish.labels.keys().collect::<Vec<_>>(), english.labels.keys().collect::<Vec<_>>());
        let slots = |words: &Words, key: &str| -> Vec<String> {
            let used = words.texts.get_template_variables(key).unwrap_or_default();
            let mut used: Vec<String> = used.into_iter().map(str::to_string).collect();
            used.sort();
            used
        };
        for key in danish.places.keys().filter(|key| !key.starts_with("privacy/")) {
            assert!(english.places.contains_key(key), "`{key}`");
            assert_eq!(slots(&danish, key), slots(&english, key), "`{key}`");
        }
    }

    #[test]
    fn a_danish_page_cannot_be_printed_in_english_and_the_error_says_which_text() {
        let error = english().line("privacy/draft", &Slots::new()).expect_err("it is Danish only");
        assert_eq!((error.code, error.at.to_string().as_str()), ("text-missing", "templates/text/en.yaml"));
        assert!(error.message.contains("`privacy/draft`"), "{}", error.message);
    }

    #[test]
    fn a_missing_text_is_named() {
        let errors =
            Words::load("da", &file("units: { percent: '{{ n | tal }} pct.' }")).err().unwrap_or_default();
        assert!(
            errors.iter().any(|e| e.code == "text-missing" && e.message.contains("`units/times`")),
            "{errors:?}"
        );
    }

    #[test]
    fn an_unknown_text_an_unknown_slot_and_an_open_mark_are_found_with_line_and_column() {
        let found = errors("units:\n  percnt: 'x'\n  percent: '{{ m | tal }}'\n  times: '**{{ n }}'\n");
        let codes: Vec<(&str, String)> = found.iter().map(|e| (e.code, e.at.to_string())).collect();
        let at = |line: &str| format!("templates/text/da.yaml:{line}");
        assert_eq!(codes[0], ("unknown-slot", at("3:12")), "{found:?}");
        assert_eq!(codes[1], ("unknown-text", at("2:11")), "{found:?}");
        assert!(found[1].hints.iter().any(|hint| hint.contains("`units/percent`")), "{found:?}");
        assert_eq!(codes[2], ("text-not-closed", at("4:10")), "{found:?}");
    }

    #[test]
    fn bold_comes_from_the_text_and_never_from_the_data() {
        let words = danish();
        let slots = Slots::new().text("area", "**Å** {{ 7 }} #panic()");
        let said = words.say("page/footer", &slots).expect("the text is there");
        assert!(said.plain().contains("**Å** {{ 7 }} #panic()"), "{said:?}");
        assert!(said.runs().iter().all(|run| !run.bold), "{said:?}");
    }

    #[test]
    fn no_text_uses_a_word_that_is_not_to_be_used() {
        let text = include_str!("../templates/text/da.yaml").to_lowercase();
        for word in include_str!("../tests/forbidden-words.txt").lines() {
            assert!(!text.contains(word), "`{word}`");
        }
        let digits = text
            .as_bytes()
            .windows(3)
            .any(|w| w[0].is_ascii_digit() && w[1] == b'-' && w[2].is_ascii_digit());
        assert!(!digits || text.contains("c-417"), "a range of numbers takes an en dash");
    }
}
