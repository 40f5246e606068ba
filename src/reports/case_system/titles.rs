//! File titles for filing: a pattern of the catalogue filled in, and made into names that every system of files takes.

use std::collections::BTreeMap;

use super::{
    super::context::{Context, Said},
    Annex, Case,
};
use crate::{
    catalogue::case_system::{Piece, REFUSED, Slot},
    diagnostics::{At, Diagnostic, Severity},
    words::Slots,
};

/// The ending of every annex.
const ENDING: &str = ".pdf";

/// Names of devices in Windows, refused with and without an ending; `COM1` to `COM9` and `LPT1` to `LPT9` too.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The file titles of the annexes, in their order.
pub(super) fn titles(context: &Context, case: &Case) -> Result<Vec<String>, Vec<Diagnostic>> {
    let profile = &context.catalogue.case_system;
    let date = case.date.map_or_else(|| context.catalogue.about.edition.to_string(), |date| date.to_string());
    let pattern = profile.pattern();
    let title = |annex: &Annex| filled(context, &pattern, &date, annex);
    let annexes = case.annexes.iter();
    let titles: Vec<String> = annexes
        .map(|annex| Ok(fit(&title(annex)?, profile.longest())))
        .collect::<Said<_>>()
        .map_err(|error| vec![error])?;
    let clashes = clashes(&titles, &case.annexes);
    if clashes.is_empty() { Ok(titles) } else { Err(clashes) }
}

/// A pattern filled in for one annex.
fn filled(context: &Context, pattern: &[Piece], date: &str, annex: &Annex) -> Said<String> {
    let mut title = String::new();
    for piece in pattern {
        match piece {
            Piece::Words(words) => title.push_str(words),
            Piece::Slot(Slot::Date) => title.push_str(date),
            Piece::Slot(Slot::Number) => title.push_str(&annex.number.to_string()),
            Piece::Slot(Slot::Annex) => {
                title.push_str(
                    &context.words.line("case-system/annex", &Slots::new().count("n", annex.number))?,
                );
            }
            Piece::Slot(Slot::Title) => title.push_str(&annex.title),
            Piece::Slot(Slot::Area) => title.push_str(annex.area.as_deref().unwrap_or_default()),
        }
    }
    Ok(title)
}

/// A title as the name of a file, at most so many letters long with its ending. Letters stay, æøå too; what Windows refuses
/// becomes a hyphen.
fn fit(title: &str, longest: usize) -> String {
    let hyphen = |letter: char| if REFUSED.contains(&letter) { '-' } else { letter };
    let spaced = |letter: char| if letter.is_whitespace() { ' ' } else { letter };
    let allowed: String =
        title.chars().map(spaced).filter(|letter| !letter.is_control()).map(hyphen).collect();
    let words: Vec<&str> = allowed.split_whitespace().collect();
    let mut name = cut(&words, longest.saturating_sub(ENDING.len()));
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let port = |device: &str| {
        stem.strip_prefix(device).is_some_and(|n| n.len() == 1 && n.ends_with(|n| matches!(n, '1'..='9')))
    };
    if stem.is_empty() || DEVICES.contains(&stem.as_str()) || port("com") || port("lpt") {
        name.insert(0, '_');
    }
    name + ENDING
}

/// As many whole words as there is room for; a first word that is too long is cut.
fn cut(words: &[&str], room: usize) -> String {
    let mut name = String::new();
    for word in words {
        let longer = if name.is_empty() { (*word).to_string() } else { format!("{name} {word}") };
        if longer.chars().count() > room {
            if name.is_empty() {
                name = word.chars().take(room).collect();
            }
            break;
        }
        name = longer;
    }
    name.trim_end_matches(['.', ' ']).to_string()
}

/// Two annexes with one title; capital and small letters are alike in Windows.
fn clashes(titles: &[String], annexes: &[Annex]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<String, &Annex> = BTreeMap::new();
    let mut errors = Vec::new();
    for (title, annex) in titles.iter().zip(annexes) {
        if let Some(other) = seen.insert(title.to_lowercase(), annex) {
            let message = format!("`{}` and `{}` would both be filed as `{title}`", other.pdf, annex.pdf);
            let at = At::File(annex.pdf.clone());
            errors.push(
                Diagnostic::new(Severity::Error, "same-file-title", message, at).hint(
                    "make the titles of reports or areas shorter, or allow more letters with `longest:` in `case-system:`",
                ),
            );
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::{
        case_system::sample,
        fixture::{Facts, Fixture},
    };

    #[test]
    fn a_file_title_has_date_annex_report_and_area_with_danish_letters() {
        sample::with(|context| {
            let paper = sample::paper();
            let titles = titles(context, &sample::case(&paper)).expect("no clash");
            // The example of the form in which councils file.
            assert_eq!(titles[0], "2026-01-14 Bilag 1 Områdestatus Grønnevang.pdf");
            assert_eq!(titles[1], "2026-01-14 Bilag 2 Områdestatus Sønderlund.pdf");
        });
    }

    #[test]
    fn without_a_meeting_a_file_title_has_the_month_of_the_edition() {
        sample::with(|context| {
            let paper = sample::paper();
            let case = Case { date: None, ..sample::case(&paper) };
            let start = format!("{} Bilag 1 ", context.catalogue.about.edition);
            assert!(titles(context, &case).expect("no clash")[0].starts_with(&start));
        });
    }

    /// Microsoft, *Naming Files, Paths, and Namespaces*: reserved characters, devices, trailing spaces and full stops.
    #[test]
    fn what_windows_refuses_in_a_name_is_replaced() {
        assert_eq!(fit("A<B>C:D\"E/F\\G|H?I*J", 120), "A-B-C-D-E-F-G-H-I-J.pdf");
        assert_eq!(fit("  Bilag\t1 \u{a0} Området ved åen... ", 120), "Bilag 1 Området ved åen.pdf");
        assert_eq!(fit("con", 120), "_con.pdf");
        assert_eq!(fit("LPT3.status", 120), "_LPT3.status.pdf");
        assert_eq!(fit("Com 1", 120), "Com 1.pdf");
        assert_eq!(fit("...", 120), "_.pdf");
    }

    #[test]
    fn a_long_title_loses_whole_words_at_its_end() {
        assert_eq!(
            fit("2026-01-14 Bilag 1 Områdestatus Grønnevang", 40),
            "2026-01-14 Bilag 1 Områdestatus.pdf"
        );
        assert_eq!(fit(&"ø".repeat(60), 40).chars().count(), 40);
    }

    #[test]
    fn two_annexes_with_one_title_are_an_error_that_names_both() {
        let mut fixture = Fixture::new(Facts::default());
        let text = include_str!("../../../indicators.yaml").to_string()
            + "\ncase-system: { files: \"{title} {area} {number}\", longest: 40 }\n";
        fixture.catalogue = crate::catalogue::load_str("indicators.yaml", &text).expect("it loads").0;
        let context = fixture.context();
        let paper = sample::paper();
        let mut case = sample::case(&paper);
        for annex in &mut case.annexes {
            annex.area = Some("Grønnevang og Åparken i Sønderlund".into());
        }
        case.annexes[0].title = "OMRÅDESTATUS".into();
        let errors = titles(&context, &case).expect_err("they clash");
        assert_eq!(errors.len(), 1);
        assert!(errors[0].code == "same-file-title" && errors[0].message.contains("gronnevang.pdf"));
    }
}
