//! What cannot be seen in one entry alone: ids, references between sections, and what an entry needs of others.
//!
//! Each section checks itself in its own file, against the table of names made here.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{At, Section, base::is_shipped, load::Broken, written::Written};
use crate::{
    diagnostics::{Diagnostic, Place, SourceFile},
    ids::IndicatorId,
};

/// Kinds of thing that other entries refer to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Layer,
    Source,
    Population,
    Theme,
    Indicator,
    Family,
    RuleSet,
    Tool,
    Practice,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Layer,
        Self::Source,
        Self::Population,
        Self::Theme,
        Self::Indicator,
        Self::Family,
        Self::RuleSet,
        Self::Tool,
        Self::Practice,
    ];

    /// The section that declares them, what one is called, and the code of an error about an unknown one.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Layer => ("areas", "a layer of areas", "unknown-layer"),
            Self::Source => ("sources", "a source", "unknown-source"),
            Self::Population => ("populations", "a population", "unknown-population"),
            Self::Theme => ("themes", "a theme", "unknown-theme"),
            Self::Indicator => ("indicators", "an indicator", "unknown-indicator"),
            Self::Family => ("families", "a family of rule sets", "unknown-family"),
            Self::RuleSet => ("rule-sets", "a rule set", "unknown-rule-set"),
            Self::Tool => ("tools", "a tool", "unknown-tool"),
            Self::Practice => ("practices", "a practice", "unknown-practice"),
        }
    }

    /// The section whose entries an error with this code misses.
    pub fn section_of(code: &str) -> Option<&'static str> {
        Self::ALL.into_iter().map(Self::words).find(|(.., known)| *known == code).map(|(section, ..)| section)
    }

    /// The ids declared in a catalogue.
    fn declared(self, written: &Written) -> BTreeSet<String> {
        fn of<K: Ord + Clone + ToString, V>(section: &Section<K, V>) -> BTreeSet<String> {
            section.ids().map(K::to_string).collect()
        }
        match self {
            Self::Layer => of(&written.areas),
            Self::Source => of(&written.sources),
            Self::Population => of(&written.populations),
            Self::Theme => of(&written.themes),
            Self::Indicator => of(&written.indicators),
            Self::Family => of(&written.families),
            Self::RuleSet => of(&written.rule_sets),
            Self::Tool => of(&written.tools),
            Self::Practice => of(&written.practices),
        }
    }
}

/// The table of names, and what was found so far.
pub(super) struct Checker<'a> {
    /// The catalogue.
    pub written: &'a Written,
    known: BTreeMap<Kind, BTreeSet<String>>,
    /// Kinds of which a whole section could not be read: references to them are not judged.
    unread: BTreeSet<Kind>,
    found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn new(written: &'a Written, broken: &BTreeSet<Broken>) -> Self {
        let mut known: BTreeMap<Kind, BTreeSet<String>> =
            Kind::ALL.into_iter().map(|kind| (kind, kind.declared(written))).collect();
        let mut unread = BTreeSet::new();
        for (section, id) in broken {
            for kind in Kind::ALL.into_iter().filter(|kind| kind.words().0 == section) {
                match id {
                    Some(id) => drop(known.entry(kind).or_default().insert(id.clone())),
                    None => drop(unread.insert(kind)),
                }
            }
        }
        Self { written, known, unread, found: Vec::new() }
    }

    /// Is this the id of such a thing? Entries that could not be read count.
    pub fn knows(&self, kind: Kind, id: &str) -> bool {
        self.unread.contains(&kind) || self.known[&kind].contains(id)
    }

    /// A reference must lead somewhere.
    pub fn refer(&mut self, kind: Kind, id: &str, place: &Place) {
        // What the base says of a layer waits for a municipality that has one.
        let described = kind == Kind::Layer && is_shipped(place) && self.written.layers.contains(id);
        if described || self.knows(kind, id) {
            return;
        }
        let (section, noun, code) = kind.words();
        let known: Vec<&str> = self.known[&kind].iter().map(String::as_str).collect();
        let error = Diagnostic::error(code, format!("`{id}` is not {noun}"), place)
            .did_you_mean(id, known.iter().copied());
        let named = match known.as_slice() {
            [] => format!("`{section}:` declares none"),
            [..] if known.len() <= 12 => format!("`{section}:` declares {}", backticked(known)),
            [..] => format!("see `{section}:` for the {} that are declared", known.len()),
        };
        self.found.push(error.hint(named));
    }

    /// References to indicators.
    pub fn refer_indicators<'i>(&mut self, ids: impl IntoIterator<Item = &'i At<IndicatorId>>) {
        for id in ids {
            self.refer(Kind::Indicator, id.as_str(), &id.place);
        }
    }

    /// Something is wrong here; the hint says why it matters and what to type.
    pub fn wrong(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        place: &Place,
        hint: impl Into<String>,
    ) {
        self.found.push(Diagnostic::error(code, message, place).hint(hint));
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Ids are kebab-case: they become file names and columns.
    pub fn ids<K: Ord + Clone + ToString, V>(&mut self, section: &Section<K, V>) {
        for (id, _) in section.iter() {
            let text = id.value.to_string();
            if !is_kebab_case(&text) {
                let hint = "ids stand in file names and results; use a-z, 0-9 and single hyphens, as `basic-education`";
                self.wrong("bad-id", format!("`{text}` is not an id"), &id.place, hint);
            }
        }
    }

    /// A list that must not be empty.
    pub fn not_empty<T>(&mut self, list: &[T], what: &str, place: &Place) {
        if list.is_empty() {
            self.wrong("empty", format!("{what} is empty"), place, "name one or more");
        }
    }
}

/// Lower-case letters and digits in words with single hyphens between.
fn is_kebab_case(id: &str) -> bool {
    id.split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// `a`, `b`, `c`.
fn backticked<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Everything wrong between the entries that could be read. Names of `broken` entries are known, so that one broken entry
/// is one error and not one more for everything that refers to it.
pub(super) fn check(written: &Written, broken: &BTreeSet<Broken>, file: &Arc<SourceFile>) -> Vec<Diagnostic> {
    let mut checker = Checker::new(written, broken);
    match &written.catalogue {
        Some(about) => about.check(&mut checker),
        None if broken.iter().any(|(section, _)| section == "catalogue") => {}
        None => {
            let start = Place { file: Arc::clone(file), offset: 0, len: 0 };
            let hint = "add `catalogue: { title: …, publisher: …, municipality: …, region: …, language: da, crs: EPSG:25832, edition: … }`";
            checker.wrong("missing-section", "the catalogue does not say whose it is", &start, hint);
        }
    }
    if let Some(appearance) = &written.theme {
        appearance.check(&mut checker);
    }
    if let Some(case_system) = &written.case_system {
        case_system.check(&mut checker);
    }
    super::area::check(&mut checker);
    super::source::check(&mut checker);
    super::population::check(&mut checker);
    super::outside::check(&mut checker);
    super::indicator::check(&mut checker);
    super::rule_set::check(&mut checker);
    super::tool::check(&mut checker);
    super::initiative::check(&mut checker);
    super::moves::check(&mut checker);
    super::practice::check(&mut checker);
    super::barrier::check(&mut checker);
    super::register::check(&mut checker);
    super::question::check(&mut checker);
    super::report::check(&mut checker);
    checker.found
}
