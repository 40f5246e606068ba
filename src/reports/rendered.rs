//! What a report was rendered from, so that it is not rendered again while nothing of it has changed.
//!
//! A page depends on its payload, its drawings, the templates and fonts that Typst asked for while it was set, and the program.
//! [`Rendered`] keeps a hash over all of them with the names of what was asked for, and the hashes of the files that came of it.
//! A template that a report did not ask for is none of its concern.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Formats, world::Typesetter};
use crate::hash::Sum;

/// The program, by all that it is made from.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "/", env!("KVARTER_MADE_FROM"));

/// How one report was rendered the last time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Rendered {
    /// A hash over all that its pages depend on.
    pub from: String,
    /// The templates and fonts that were asked for.
    pub asked: BTreeSet<String>,
    /// The files that came of it, with their hashes.
    pub files: BTreeMap<String, String>,
}

/// What is known of a report before it is set.
pub(super) struct Recipe<'a> {
    pub template: &'a str,
    pub language: &'a str,
    /// The name under which a PDF is known for ever; the edition is part of it.
    pub ident: &'a str,
    pub formats: Formats,
    /// The payload and the drawings, by virtual path.
    pub files: &'a BTreeMap<&'a str, Vec<u8>>,
}

impl Recipe<'_> {
    /// A hash over the recipe, and over the templates and fonts that were asked for as they are now.
    pub fn from(&self, typesetter: &Typesetter, asked: &BTreeSet<String>) -> String {
        let mut sum = Sum::default();
        sum.add(PROGRAM);
        let formats = [self.formats.pdf, self.formats.png].map(u8::from);
        for part in [self.template.as_bytes(), self.language.as_bytes(), self.ident.as_bytes(), &formats] {
            sum.add(part);
        }
        for (path, bytes) in self.files {
            sum.add(path.as_bytes());
            sum.add(bytes);
        }
        // Which font a text is set in is chosen among all of them.
        sum.add(typesetter.book_hash().to_le_bytes());
        for name in asked {
            sum.add(name.as_bytes());
            sum.add(typesetter.hash_of(name).unwrap_or_default().as_bytes());
        }
        sum.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::catalogue::YearMonth;

    const PDF: Formats = Formats { pdf: true, png: false, json: false };

    fn typesetter() -> Typesetter {
        Typesetter::open(Path::new("no-such-folder"), YearMonth { year: 2025, month: 12 })
            .unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    #[test]
    fn every_part_of_a_recipe_changes_the_hash_and_the_same_recipe_gives_the_same() {
        let typesetter = typesetter();
        let files = BTreeMap::from([("/data.json", b"{}".to_vec())]);
        let more = BTreeMap::from([("/data.json", b"{}".to_vec()), ("/map.svg", Vec::new())]);
        let other = BTreeMap::from([("/data.json", b"{ }".to_vec())]);
        let asked = BTreeSet::from(["overview.typ".to_string()]);
        let recipe = Recipe {
            template: "overview.typ",
            language: "da",
            ident: "o/2025-12",
            formats: PDF,
            files: &files,
        };
        let from = |recipe: &Recipe| recipe.from(&typesetter, &asked);
        let hashes = BTreeSet::from([
            from(&recipe),
            from(&Recipe { template: "area-status.typ", ..recipe }),
            from(&Recipe { language: "en", ..recipe }),
            from(&Recipe { ident: "o/2026-12", ..recipe }),
            from(&Recipe { formats: Formats { png: true, ..PDF }, ..recipe }),
            from(&Recipe { files: &more, ..recipe }),
            from(&Recipe { files: &other, ..recipe }),
            recipe.from(&typesetter, &BTreeSet::new()),
        ]);
        assert_eq!(hashes.len(), 8);
        assert_eq!(from(&recipe), from(&recipe));
        // The payload is written to a file of its own, whether or not pages are set.
        assert_eq!(from(&recipe), from(&Recipe { formats: Formats { json: true, ..PDF }, ..recipe }));
    }
}
