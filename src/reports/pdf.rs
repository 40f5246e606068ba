//! A set report → one PDF file that is PDF/UA-1 and PDF/A-3a at once, the same bytes for the same report.

use typst::{
    foundations::{NativeElement, Smart},
    introspection::Introspector,
    model::{Document, TableChild, TableElem},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::world::{Typesetter, edition_day};
use crate::{
    catalogue::YearMonth,
    diagnostics::{At, Diagnostic, Severity},
};

/// Who a PDF says made it.
const CREATOR: &str = "kvarter";

/// Writes a report as PDF. `ident` names the report for ever (`area-status/gronnevang/2025-12`); no date of today is in it.
pub(super) fn write(
    typesetter: &Typesetter,
    template: &str,
    document: &PagedDocument,
    ident: String,
    edition: YearMonth,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a]).expect("UA-1 and A-3a go together");
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some(CREATOR.to_string())),
        timestamp: Some(Timestamp::new_utc(edition_day(edition))),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|found| typesetter.diagnostics(template, &found))
}

/// What a reader with a screen reader needs and Typst does not ask for: the right language, and a head on every table.
pub(super) fn check(
    typesetter: &Typesetter,
    document: &PagedDocument,
    language: &str,
    template: &str,
) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    let set = match &document.info().locale {
        Smart::Custom(locale) => locale.lang.as_str().to_string(),
        Smart::Auto => String::new(),
    };
    if set != language {
        let message = format!("expected the document's language `{language}`, found `{set}`");
        let at = At::File(format!("templates/{template}"));
        errors.push(
            Diagnostic::new(Severity::Error, "document-language", message, at)
                .hint(format!("type `#set text(lang: \"{language}\")` at the top of the template")),
        );
    }
    let tables = document.introspector().query(&TableElem::ELEM.select());
    let headless = tables
        .iter()
        .filter_map(|table| table.to_packed::<TableElem>())
        .filter(|table| !table.children.iter().any(|child| matches!(child, TableChild::Header(_))));
    errors.extend(headless.map(|table| {
        let message = "a table has no `table.header`";
        Diagnostic::new(
            Severity::Error,
            "table-without-head",
            message,
            typesetter.written(template, table.span()),
        )
        .hint("type `table.header(…)` around the cells of its first row: a screen reader reads them with every cell")
    }));
    errors
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, path::Path};

    use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

    use super::*;

    const EDITION: YearMonth = YearMonth { year: 2025, month: 12 };
    const TEMPLATE: &str = "area-status.typ";
    const DRAWING: &[u8] =
        br##"<svg xmlns="http://www.w3.org/2000/svg" width="54mm" height="31mm"><rect width="54" height="31"/></svg>"##;

    fn typesetter() -> Typesetter {
        Typesetter::open(Path::new("no-such-folder"), EDITION).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    fn sample(typesetter: &Typesetter, name: &str) -> PagedDocument {
        sample_of(typesetter, TEMPLATE, name)
    }

    fn sample_of(typesetter: &Typesetter, template: &str, name: &str) -> PagedDocument {
        let mut files = BTreeMap::from([("/data.json", typesetter.file(name).expect("a sample").to_vec())]);
        let trends =
            ["/trend-1.svg", "/trend-2.svg", "/trend-3.svg", "/trend-4.svg", "/trend-5.svg", "/trend-6.svg"];
        for path in trends.into_iter().chain([
            "/map.svg",
            "/municipality.svg",
            "/moves.svg",
            "/turnover.svg",
            "/pyramid.svg",
            "/logo.svg",
        ]) {
            files.insert(path, DRAWING.to_vec());
        }
        typesetter.compile(template, files).unwrap_or_else(|errors| panic!("{errors:#?}"))
    }

    fn assert_passes_both_standards(pdf: &[u8]) {
        for profile in ["ua1", "3a"] {
            let options =
                ValidationOptions::default().profile(profile.parse::<ValidationProfile>().expect("known"));
            let report = validate_pdf_bytes(pdf, &options).expect("the PDF can be read");
            assert!(report.is_compliant, "{profile}: {:?}", report.failures);
        }
    }

    #[test]
    fn a_report_over_nine_areas_is_one_page_that_passes_both_standards() {
        let (typesetter, template) = (typesetter(), "overview.typ");
        let document = sample_of(&typesetter, template, "sample-overview.json");
        assert_eq!(document.pages().len(), 1);
        assert!(check(&typesetter, &document, "da", template).is_empty());
        let bytes = write(&typesetter, template, &document, "list-overview/2025-12".into(), EDITION)
            .unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert_passes_both_standards(&bytes);
    }

    #[test]
    fn a_council_paper_is_two_pages_and_its_annexes_and_passes_both_standards() {
        let (typesetter, template) = (typesetter(), "council-paper.typ");
        let document = sample_of(&typesetter, template, "sample-council.json");
        assert_eq!(document.pages().len(), 4);
        assert!(check(&typesetter, &document, "da", template).is_empty());
        let bytes = write(&typesetter, template, &document, "council-paper/2025-12".into(), EDITION)
            .unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert_passes_both_standards(&bytes);
    }

    #[test]
    fn a_sample_report_is_pdf_ua_1_and_pdf_a_3a_in_one_file_and_the_same_twice() {
        let typesetter = typesetter();
        let document = sample(&typesetter, "sample.json");
        assert_eq!(document.pages().len(), 7);
        assert!(check(&typesetter, &document, "da", TEMPLATE).is_empty());
        let write = || write(&typesetter, TEMPLATE, &document, "r/a/2025-12".into(), EDITION);
        let bytes = write().unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert_passes_both_standards(&bytes);
        assert!(write().is_ok_and(|again| again == bytes));
    }

    #[test]
    fn a_report_of_a_place_has_four_pages_and_its_language_is_checked() {
        let typesetter = typesetter();
        let document = sample(&typesetter, "sample-village.json");
        assert_eq!(document.pages().len(), 4);
        assert_eq!(
            check(&typesetter, &document, "en", TEMPLATE).first().map(|error| error.code),
            Some("document-language")
        );
    }

    #[test]
    fn a_mistake_in_a_template_is_shown_with_its_line() {
        let errors = typesetter().compile(TEMPLATE, BTreeMap::from([("/data.json", b"{}".to_vec())])).err();
        let places: Vec<String> = errors.into_iter().flatten().map(|error| error.at.to_string()).collect();
        assert!(places.iter().any(|at| at.starts_with("templates/parts/payload.typ:")), "{places:?}");
    }
}
