//! Reading a catalogue: the municipality's own file, and the base if it takes one in.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use serde::de::IgnoredAny;

use super::{Catalogue, adjust, base, check, errors, pieces, spans::Window, written::Written};
use crate::diagnostics::{At, Diagnostic, Outcome, Severity, SourceFile};

/// A section and an entry of it (or all of it) that could not be read.
pub(super) type Broken = (String, Option<String>);

/// What was read of one file or several: what could be, the names of what could not, and what is wrong.
#[derive(Default)]
pub(super) struct Part {
    pub written: Written,
    pub broken: BTreeSet<Broken>,
    pub found: Vec<Diagnostic>,
}

/// Reads a catalogue. Errors: a file that cannot be read, or every broken entry and reference found in it.
pub fn load(path: &Path) -> Outcome<Catalogue> {
    whole(load_partly(path))
}

/// Reads a catalogue from text; `name` is its path as it is shown to the user.
pub fn load_str(name: &str, text: &str) -> Outcome<Catalogue> {
    whole(read_all(name, text))
}

/// Reads a catalogue as far as it goes, with everything found in it: what could be read, references that lead nowhere and
/// all, so that a later stage can look for its own mistakes in the same run. Nothing may be computed with it if any of what
/// was found is an error.
pub fn load_partly(path: &Path) -> (Option<Catalogue>, Vec<Diagnostic>) {
    let name = path.to_string_lossy();
    match std::fs::read_to_string(path) {
        Ok(text) => read_all(&name, &text),
        Err(error) => {
            let message = format!("the catalogue cannot be read: {error}");
            let at = At::File(name.to_string());
            let hint = "name it with `--catalogue FILE`, or make a new one with `kvarter init DIR`";
            let error = Diagnostic::new(Severity::Error, "unreadable-catalogue", message, at).hint(hint);
            (None, vec![error])
        }
    }
}

/// A catalogue without mistakes, or the mistakes.
fn whole((catalogue, found): (Option<Catalogue>, Vec<Diagnostic>)) -> Outcome<Catalogue> {
    let (errors, warnings): (Vec<_>, Vec<_>) = found.into_iter().partition(Diagnostic::is_error);
    match catalogue {
        Some(catalogue) if errors.is_empty() => Ok((catalogue, warnings)),
        _ => Err(errors),
    }
}

/// Reads the municipality's own file and the base, and checks both together.
pub(super) fn read_all(name: &str, text: &str) -> (Option<Catalogue>, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = Arc::new(SourceFile { name: name.into(), text: text.into() });
    let own = read(&file);
    let Part { mut written, broken, mut found } = base::take_in(own, &file);
    found.extend(adjust::apply(&mut written));
    found.extend(check::check(&written, &broken, &file));
    found.sort_by_key(|diagnostic| place_of(diagnostic, &file));
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let about = written.catalogue.take();
    (about.map(|about| written.into_catalogue(about, file, folder)), found)
}

/// Reads one file: as a whole if nothing is wrong, else entry by entry.
pub(super) fn read(file: &Arc<SourceFile>) -> Part {
    match parse(&file.text, &Window::whole(file)) {
        Ok(written) => Part { written, ..Part::default() },
        Err(error) => read_pieces(file, *error),
    }
}

/// Parses a text that stands in a window of a file.
fn parse(text: &str, window: &Window) -> Result<Written, Box<Diagnostic>> {
    let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false };
    let told = |error: serde_saphyr::Error| errors::diagnostic(&error, text, window);
    window.during(|| serde_saphyr::from_str_with_options(text, options.clone())).map_err(|error| {
        // A text that is not YAML at all breaks as something else where the reader meets that first.
        let yaml: Result<IgnoredAny, _> = serde_saphyr::from_str_with_options(text, options.clone());
        Box::new(told(yaml.err().unwrap_or(error)))
    })
}

/// Reads a file with mistakes entry by entry, with one error each. `whole` is the error of the file as a whole, which counts
/// if no entry is broken by itself.
fn read_pieces(file: &Arc<SourceFile>, whole: Diagnostic) -> Part {
    let Part { mut written, mut broken, mut found } = Part::default();
    let mut seen = BTreeSet::new();
    for piece in pieces::pieces(file) {
        let name = piece.id.as_ref().map(|(id, _)| id.clone());
        if let Some((id, place)) = &piece.id
            && !seen.insert((piece.section.clone(), id.clone()))
        {
            let message = format!("`{id}` is declared twice in `{}`", piece.section);
            found.push(
                Diagnostic::error("declared-twice", message, place)
                    .hint("an id stands for one thing; rename one of the two"),
            );
        }
        match parse(&piece.text, &piece.window) {
            Ok(part) => written.absorb(part),
            Err(error) => {
                broken.insert((piece.section, name));
                if !found.contains(&error) {
                    found.push(*error);
                }
            }
        }
    }
    if found.is_empty() {
        found.push(whole);
    }
    Part { written, broken, found }
}

/// Where a diagnostic stands, for sorting: the municipality's own file first, then those of the base.
fn place_of(diagnostic: &Diagnostic, own: &Arc<SourceFile>) -> (bool, String, usize) {
    match &diagnostic.at {
        At::Text(place) => (place.file != *own, place.file.name.clone(), place.offset),
        _ => (false, String::new(), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "\
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates: { title: Boligområder, file: areas.geojson, id: id }
sources:
  residents: { title: Beboere, file: r.csv, period: { year: year } }
populations:
  residents: { from: residents }
  convicted: { within: residents, where: convicted }
  income: { within: residents, sum: income }
themes:
  people: Beboere
indicators:
  residents: { title: Beboere, theme: people, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  convicted: { title: Dømte, theme: people, method: { share: { part: convicted, of: residents } }, unit: percent, higher-is: worse }
  income: { title: Indkomst, theme: people, method: { mean: { of: income } }, unit: kroner, higher-is: better }
families:
  rules: { title: Regler, statuses: { listed: { name: På listen, symbol: full } } }
rule-sets:
  rules-2018:
    law: § 1
    family: rules
    lists: { from: 2018-12-01, to: 2020-12-01 }
    applies-to: { layer: estates }
    criteria:
      convicted: { indicator: convicted, is: { at-least: 3 }, years-back: 1 }
    statuses: { listed: { when: convicted } }
  rules-2021:
    law: § 1
    family: rules
    lists: { from: 2021-12-01 }
    applies-to: { layer: estates }
    criteria:
      income: { indicator: income, is: { under: 55 }, years-back: 1 }
    statuses: { listed: { when: income } }
";

    #[test]
    fn the_repositorys_own_catalogue_loads_without_a_word() {
        let text = include_str!("../../indicators.yaml");
        match load_str("indicators.yaml", text) {
            Ok((catalogue, warnings)) => {
                assert_eq!(warnings, []);
                assert!(catalogue.indicators.len() >= 20);
            }
            Err(errors) => {
                panic!("{}", errors.iter().map(|e| crate::diagnostics::draw(e, false)).collect::<String>())
            }
        }
    }

    #[test]
    fn a_limit_keeps_its_strictness_and_its_decimals() {
        let text = RULES.replacen("is: { at-least: 3 }", "is: { at-least: 2.270 }", 1);
        let (catalogue, _) = load_str("a.yaml", &text).expect("it loads");
        let criterion =
            |set: &str, id: &str| catalogue.rule_sets.get(set)?.criteria.get(id).map(|c| c.is.value.clone());
        let convicted = criterion("rules-2018", "convicted").expect("declared");
        assert_eq!((convicted.number().to_string().as_str(), convicted.is_strict()), ("2.270", false));
        let income = criterion("rules-2021", "income").expect("declared");
        assert!(income.is_strict() && !income.is_upper());
    }

    #[test]
    fn the_rule_set_is_the_one_of_the_lists_date() {
        let (catalogue, _) = load_str("a.yaml", RULES).expect("it loads");
        let set = |year| {
            let list = crate::catalogue::Date { year, month: 12, day: 1 };
            catalogue.rule_set_for(&"rules".into(), list).map(|(id, _)| id.to_string())
        };
        assert_eq!(set(2017), None);
        assert_eq!(set(2020).as_deref(), Some("rules-2018"));
        assert_eq!(set(2021).as_deref(), Some("rules-2021"));
    }

    #[test]
    fn one_broken_entry_is_one_error_and_not_one_more_for_each_that_refers_to_it() {
        let text = RULES.replacen("{ from: residents }", "{ form: residents }", 1);
        let errors = load_str("a.yaml", &text).expect_err("it is broken");
        assert_eq!(
            errors.iter().map(|error| error.code).collect::<Vec<_>>(),
            ["unknown-field"],
            "{errors:#?}"
        );
    }

    #[test]
    fn a_file_from_an_editor_that_marks_it_and_ends_lines_its_own_way_reads_the_same() {
        let text = RULES.replace("persons", "person").replace('\n', "\r\n");
        let errors = load_str("a.yaml", &format!("\u{feff}{text}")).expect_err("it is broken");
        assert_eq!(
            errors.iter().map(|error| error.code).collect::<Vec<_>>(),
            ["unknown-word"],
            "{errors:#?}"
        );
    }
}
