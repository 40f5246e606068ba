//! Entries carried from one catalogue to another and back.

use super::{Added, add, export};
use crate::{
    catalogue::{Catalogue, changes, load_str},
    diagnostics::Diagnostic,
};

/// The demonstration's catalogue.
fn fjordby() -> Catalogue {
    load_str("indicators.yaml", include_str!("../../../indicators.yaml"))
        .map(|(catalogue, _)| catalogue)
        .unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// A catalogue with nothing of its own, which takes in the base or does not.
fn empty(base: bool) -> String {
    let version = changes::versions().into_iter().next_back().expect("there is a version");
    let base = if base { format!("base: {version}, ") } else { String::new() };
    format!(
        "# Vores katalog.\ncatalogue: {{ {base}title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-12 }}\n"
    )
}

fn added(text: &str, entries: &str) -> Result<Added, Vec<Diagnostic>> {
    add(("own.yaml", text), ("entries.yaml", entries)).map(|(added, _)| added)
}

fn codes(errors: &[Diagnostic]) -> Vec<&str> {
    errors.iter().map(|error| error.code).collect()
}

#[test]
fn every_kind_of_entry_goes_from_the_demonstration_into_a_catalogue_without_base() {
    let catalogue = fjordby();
    let kinds = [
        ("indicators", catalogue.indicators.ids().map(ToString::to_string).collect::<Vec<_>>()),
        ("practices", catalogue.practices.ids().map(ToString::to_string).collect()),
        ("questions", catalogue.questions.ids().cloned().collect()),
        ("barriers", catalogue.barriers.ids().cloned().collect()),
        ("tools", catalogue.tools.ids().map(ToString::to_string).collect()),
    ];
    for (section, ids) in kinds {
        for id in ids.iter().step_by(ids.len().div_ceil(4).max(1)) {
            let exported = export(&catalogue, &format!("{section}/{id}")).unwrap_or_else(|e| panic!("{e}"));
            if !exported.layers.is_empty() {
                continue;
            }
            let added = added(&empty(false), &exported.text)
                .unwrap_or_else(|errors| panic!("{section}/{id}: {errors:#?}\n{}", exported.text));
            assert!(added.new.contains(&(section.to_string(), id.clone())), "{section}/{id}");
            assert!(added.text.starts_with(&empty(false)), "what was there stands as it was");
            let first = exported.text.lines().find(|line| !line.is_empty() && !line.starts_with('#'));
            assert_eq!(first, Some(&*format!("{section}:")), "what was asked for stands first");
        }
    }
}

#[test]
fn an_indicator_takes_its_populations_its_sources_and_its_theme_along_with_credit() {
    let exported = export(&fjordby(), "elderly-share").expect("it is there");
    let text = &exported.text;
    assert!(
        text.starts_with("# Fra / From: Boligsocial monitorering i Fjordby, Fjordby Kommune, 2025-12"),
        "{text}"
    );
    for part in [
        "indicators:\n",
        "\n  elderly-share:",
        "populations:\n",
        "sources:\n",
        "\n  residents:",
        "themes:\n",
        "kvarter add",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("privacy:") && !text.contains("data/residents.parquet"), "{text}");
    let added = added(&empty(false), text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let source = added.catalogue.source(&"residents".into()).expect("declared");
    assert!(source.file.is_none() && source.columns.contains("birth_date"));
}

#[test]
fn an_own_source_is_described_without_its_file_and_its_record_of_processing() {
    let own = format!(
        "{}sources:\n  survey:\n    title: Undersøgelse\n    file: data/survey.csv\n    columns: {{ year: number, area: text, safe: boolean }}\n    period: {{ year: year }}\n    located-by: {{ area: area }}\n    sensitivity: person\n    privacy:\n      purpose: Vores egen\n    dated: i maj\npopulations:\n  asked: {{ from: survey }}\n",
        empty(true)
    );
    let (catalogue, _) = load_str("a.yaml", &own).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let text = export(&catalogue, "asked").expect("it is there").text;
    assert!(!text.contains("survey.csv") && !text.contains("Vores egen"), "{text}");
    assert!(text.contains("    dated: i maj\n"), "{text}");
    let added = added(&empty(true), &text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(added.new.len(), 2);
}

#[test]
fn what_the_base_has_already_is_kept_and_nothing_is_written_twice() {
    let exported = export(&fjordby(), "elderly-share").expect("it is there");
    let added = added(&empty(true), &exported.text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((added.new.len(), added.text), (0, empty(true)));
    assert!(added.kept.contains(&("indicators".into(), "elderly-share".into())));
}

const OWN: &str = "\
populations:
  # Hvem vi mener.
  over-70: { within: residents, where: age > 70 }   # fyldt 71
indicators:
  # Vi tæller som Fjordby.
  over-70:
    title: Over 70 år
    theme: population
    method: { share: { part: over-70, of: residents } }   # af alle
    unit: percent
    higher-is: neutral
";

#[test]
fn an_own_entry_keeps_its_comments_and_its_order_and_stands_at_the_end_of_its_section() {
    let own = format!("{}{OWN}", empty(true));
    let (catalogue, _) = load_str("a.yaml", &own).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let exported = export(&catalogue, "over-70").expect("it is there");
    let target = format!(
        "{}indicators:\n    # Vores eget.\n    ours: {{ title: Vores, theme: population, method: {{ count: {{ of: residents }} }}, unit: persons, higher-is: neutral }}\n\n# Til sidst.\nadjust:\n  no-work: {{ matters: 3 }}\n",
        empty(true)
    );
    let added = added(&target, &exported.text).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let expected = "higher-is: neutral }
    # Fra / From: T, P, 2026-12
    # Vi tæller som Fjordby.
    over-70:
      title: Over 70 år
      theme: population
      method: { share: { part: over-70, of: residents } }   # af alle
      unit: percent
      higher-is: neutral

# Til sidst.
adjust:
  no-work: { matters: 3 }

populations:
  # Fra / From: T, P, 2026-12
  # Hvem vi mener.
  over-70: { within: residents, where: age > 70 }   # fyldt 71
";
    assert!(added.text.ends_with(expected), "{}", added.text);
    let again = super::add(("own.yaml", &added.text), ("entries.yaml", &exported.text));
    let (again, _) = again.unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((again.new.len(), again.text), (0, added.text));
}

#[test]
fn an_id_that_says_something_else_is_refused_with_where_it_stands() {
    let own = format!("{}{OWN}", empty(true));
    let other = OWN.replace("age > 70", "age > 75");
    let errors = added(&own, &other).err().expect("it is refused");
    assert_eq!(codes(&errors), ["id-taken"]);
    assert_eq!(errors[0].at.to_string(), "entries.yaml:3:3");
    assert!(errors[0].message.contains("own.yaml:5:3"), "{}", errors[0].message);
}

#[test]
fn what_would_lack_something_is_refused_and_so_is_what_is_a_municipalitys_own() {
    let alone = OWN.split_once("indicators:").expect("two sections").1;
    let errors = added(&empty(true), &format!("indicators:{alone}")).err().expect("no population");
    assert_eq!(codes(&errors), ["unknown-population"]);
    assert!(errors[0].hints.iter().any(|hint| hint.contains("nothing was written")), "{errors:#?}");
    let errors =
        added(&empty(true), "areas:\n  a: { title: A, file: a.gpkg, id: id }\n").err().expect("areas");
    assert_eq!(codes(&errors), ["not-shared"]);
    let braces = format!("{}themes: {{ own: Vores }}\n", empty(true));
    let errors = added(&braces, "themes:\n  more: Flere\n").err().expect("no lines");
    assert_eq!(codes(&errors), ["not-cut"]);
}

#[test]
fn lines_of_a_file_from_windows_end_as_the_others_of_it() {
    let own = empty(true).replace('\n', "\r\n");
    let added = added(&own, OWN).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(added.text.starts_with(&own) && added.text.lines().count() > 10);
    assert_eq!(added.text.matches('\n').count(), added.text.matches("\r\n").count());
}

#[test]
fn an_entry_that_nobody_has_is_named_with_the_nearest() {
    let error = export(&fjordby(), "elderly-shares").err().expect("unknown");
    assert_eq!(error.code, "unknown-id");
    assert!(error.hints[0].contains("did you mean `elderly-share`?"), "{error}");
}
