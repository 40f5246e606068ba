//! The base: the catalogue that ships inside the program, one file a theme under `indicators/`.
//!
//! A municipality takes it in with `catalogue: { base: VERSION }` and lays its own entries over it. Every file keeps its own
//! text, so that a mistake between an own entry and one of the base is shown where it stands.

use std::{borrow::Cow, fmt, str::FromStr, sync::Arc};

use include_dir::{Dir, include_dir};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, de::Error};

use super::{
    At, Text, changes,
    load::{Part, read},
    spans::Section,
    written::Written,
};
use crate::diagnostics::{Diagnostic, Place, SourceFile};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/indicators");

/// What stands in front of the name of a file that is inside the program.
const SHIPPED: &str = "kvarter:indicators/";

/// Which base it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Base {
    /// Its version, as `2026.1`: it is raised with every change of an entry.
    pub version: At<Version>,
    /// What it is.
    pub title: Text,
}

/// A layer of areas that entries of the base are about.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BaseLayer {
    /// The layer's name in the plural, as `Landsbyer`.
    pub title: Text,
    /// What one of its areas is called, as `Landsby`.
    pub kind_name: Option<Text>,
}

/// A version of the base: a year and a number in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Version {
    /// The year.
    pub year: u16,
    /// The number in the year, from 1.
    pub number: u16,
}

impl FromStr for Version {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (year, number) = text.split_once('.').filter(|(year, _)| year.len() == 4)?;
            Some(Self { year: year.parse().ok()?, number: number.parse().ok()? })
        };
        read().ok_or("expected a version as 2026.1")
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.year, self.number)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|expected| D::Error::custom(format!("{expected}, found `{text}`")))
    }
}

impl JsonSchema for Version {
    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "number"], "pattern": r"^\d{4}\.\d+$", "examples": ["2026.1"] })
    }

    fn inline_schema() -> bool {
        true
    }
}

/// Does a place lie in a file of the base?
pub fn is_shipped(place: &Place) -> bool {
    place.file.name.starts_with(SHIPPED)
}

/// The files of the base, sorted by name.
pub(super) fn files() -> Vec<Arc<SourceFile>> {
    let mut files: Vec<Arc<SourceFile>> = FILES
        .files()
        .filter(|file| file.path().extension().is_some_and(|ending| ending == "yaml"))
        .filter_map(|file| {
            let name = format!("{SHIPPED}{}", file.path().display());
            Some(Arc::new(SourceFile { name, text: file.contents_utf8()?.into() }))
        })
        .collect();
    files.sort();
    files
}

/// A file beside those of the base.
pub(super) fn beside(name: &str) -> &'static str {
    FILES.get_file(name).and_then(|file| file.contents_utf8()).unwrap_or_default()
}

/// All files of the base together.
pub(super) fn shipped() -> Part {
    let mut all = Part::default();
    for file in files() {
        let Part { written, broken, found } = read(&file);
        all.found.extend(found);
        all.found.extend(twice(&all.written, &written));
        all.broken.extend(broken);
        all.written.absorb(written);
    }
    all
}

/// Entries that two files of the base declare.
fn twice(all: &Written, more: &Written) -> Vec<Diagnostic> {
    fn of<K: Ord + Clone + fmt::Display, V>(all: &Section<K, V>, more: &Section<K, V>) -> Vec<Diagnostic> {
        let taken = more.iter().filter_map(|(id, _)| Some((id, all.get_key_value(&id.value)?.0)));
        let told = |(id, first): (&At<K>, &At<K>)| {
            let message = format!("`{id}` is declared in {:?} already", first.place);
            Diagnostic::error("declared-twice", message, &id.place).hint("an id stands for one thing")
        };
        taken.map(told).collect()
    }
    let sections = [
        of(&all.sources, &more.sources),
        of(&all.populations, &more.populations),
        of(&all.themes, &more.themes),
        of(&all.indicators, &more.indicators),
        of(&all.families, &more.families),
        of(&all.rule_sets, &more.rule_sets),
        of(&all.tools, &more.tools),
        of(&all.breaks, &more.breaks),
        of(&all.moves, &more.moves),
        of(&all.practices, &more.practices),
        of(&all.questions, &more.questions),
        of(&all.barriers, &more.barriers),
        of(&all.registers, &more.registers),
    ];
    sections.into_iter().flatten().collect()
}

/// Lays a municipality's own catalogue over the base that it asks for.
pub(super) fn take_in(own: Part, file: &Arc<SourceFile>) -> Part {
    let asked = own.written.catalogue.as_ref().and_then(|about| about.base.as_ref());
    // Where `catalogue:` cannot be read, a base that it may ask for is taken in, or every reference to it would be a mistake.
    let unread = own.broken.contains(&("catalogue".into(), None)) && file.text.contains("base:");
    let mut wrong: Vec<Diagnostic> = only_in_base(&own.written);
    if asked.is_none() && !unread {
        return Part { found: own.found.into_iter().chain(wrong).collect(), ..own };
    }
    let mut all = shipped();
    let version = all.written.base.as_ref().map(|base| base.version.value);
    wrong.extend(asked.zip(version).and_then(|(asked, shipped)| unknown(asked, shipped)));
    all.written.overlay(own.written);
    all.broken.extend(own.broken);
    all.found.extend(own.found.into_iter().chain(wrong));
    all
}

/// A version that this program does not know.
fn unknown(asked: &At<Version>, shipped: Version) -> Option<Diagnostic> {
    let known = changes::versions();
    if asked.value == shipped || known.contains(&asked.value) {
        return None;
    }
    let error =
        Diagnostic::error("unknown-base", format!("`{asked}` is not a version of the base"), &asked.place);
    Some(if asked.value > shipped {
        let hint = format!("this program holds {shipped}; get a newer program, or write `base: {shipped}`");
        error.hint(hint)
    } else {
        let known: Vec<String> = known.iter().map(|version| format!("`{version}`")).collect();
        error.hint(format!("the versions are {}", known.join(", ")))
    })
}

/// Sections that only the base's own files have.
fn only_in_base(written: &Written) -> Vec<Diagnostic> {
    let base = written.base.iter().map(|base| (&base.version.place, "base"));
    let layers = written.layers.iter().map(|(id, _)| (&id.place, "layers"));
    let told = |(place, section): (&Place, &str)| {
        let hint = if section == "base" {
            "to take in the base, write `catalogue: { base: …, … }`"
        } else {
            "declare a layer under `areas:`, with its `file:`"
        };
        let message = format!("`{section}:` stands in the files of the base only");
        Diagnostic::error("only-in-base", message, place).hint(hint)
    };
    base.chain(layers).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::load_str;

    /// A catalogue without anything of its own but what is written after its head.
    fn own(base: &str, rest: &str) -> String {
        format!(
            "catalogue: {{ {base}title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }}\n{rest}"
        )
    }

    fn with_base(rest: &str) -> String {
        let version = shipped().written.base.expect("it has a version").version.value;
        own(&format!("base: {version}, "), rest)
    }

    #[test]
    fn the_base_alone_is_a_catalogue_without_a_mistake() {
        let (catalogue, warnings) = load_str("a.yaml", &with_base("")).unwrap_or_else(|e| panic!("{e:#?}"));
        assert_eq!(warnings, []);
        assert!(catalogue.indicators.len() >= 20 && catalogue.rule_sets.len() >= 2);
    }

    #[test]
    fn without_base_nothing_is_taken_in() {
        let (catalogue, _) = load_str("a.yaml", &own("", "")).expect("it loads");
        assert!(catalogue.indicators.is_empty() && catalogue.base.is_none());
    }

    #[test]
    fn a_newer_version_and_one_that_never_was_are_refused_with_what_to_type() {
        for (version, hint) in [("2999.1", "get a newer program"), ("2020.7", "the versions are")] {
            let errors = load_str("a.yaml", &own(&format!("base: {version}, "), "")).expect_err("unknown");
            assert_eq!(errors.len(), 1, "{errors:#?}");
            assert!(errors[0].code == "unknown-base" && errors[0].hints[0].contains(hint), "{errors:#?}");
        }
    }

    #[test]
    fn an_own_entry_takes_the_place_of_the_bases_and_new_ones_follow() {
        let text = with_base(
            "themes: { own: Vores }\nindicators:\n  ours: { title: Vores, theme: own, method: { count: { of: residents } }, unit: persons, higher-is: neutral }\n  residents: { title: Indbyggere, theme: population, method: { count: { of: residents } }, unit: persons, higher-is: neutral }\n",
        );
        let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|e| panic!("{e:#?}"));
        let ids: Vec<&str> = catalogue.indicators.ids().map(|id| id.as_str()).collect();
        assert_eq!((ids.first(), ids.last()), (Some(&"residents"), Some(&"ours")));
        let (key, residents) = catalogue.indicators.get_key_value("residents").expect("declared");
        assert!(
            residents.title.da == "Indbyggere" && residents.definition.is_none() && !is_shipped(&key.place)
        );
    }

    #[test]
    fn a_source_that_gets_a_file_keeps_the_columns_that_the_base_asks_for() {
        let text = with_base(
            "sources:\n  statistics: { title: Tal, file: s.csv, period: { year: year }, located-by: { area: area_id } }\n",
        );
        let (catalogue, _) = load_str("a.yaml", &text).unwrap_or_else(|e| panic!("{e:#?}"));
        let source = catalogue.source(&"statistics".into()).expect("declared");
        assert!(source.file.is_some() && source.columns.contains("whole"));
    }

    #[test]
    fn a_mistake_in_the_own_file_is_told_there_and_mistakes_in_several_entries_in_one_run() {
        let text = with_base(
            "populations:\n  young: { within: residnts, where: age < 30 }\nindicators:\n  mine: { titel: X }\nadjust:\n  no-wrok: { matters: 3 }\nreports:\n  r: { template: area-status.typ, one-per: [estates], indicators: [residents] }\n",
        );
        let errors = load_str("a.yaml", &text).expect_err("broken");
        let found: Vec<String> = errors.iter().map(|e| format!("{} {}", e.code, e.at)).collect();
        let expected = [
            "unknown-population a.yaml:3:20",
            "unknown-field a.yaml:5:11",
            "unknown-indicator a.yaml:7:3",
            "unknown-layer a.yaml:9:45",
        ];
        assert_eq!(found, expected, "{errors:#?}");
    }
}
