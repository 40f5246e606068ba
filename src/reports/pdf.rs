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
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a]).expect("UA-1 and A-3a go together");
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
pub(super) fn check(document: &PagedDocument, language: &str, template: &str) -> Vec<Diagnostic> {
    let error = |code, message: String| {
        let at = At::File(format!("templates/{template}"));
        Diagnostic::new(Severity::Error, code, message, at)
    };
    let mut errors = Vec::new();
    let set = match &document.info().locale {
        Smart::Custom(locale) => locale.lang.as_str().to_string(),
        Smart::Auto => String::new(),
    };
    if set != language {
        let message = format!("expected the document's language `{language}`, found `{set}`");
        errors.push(error("document-language", message).hint("type `#set text(lang: …)` at the top of the template"));
    }
    let tables = document.introspector().query(&TableElem::ELEM.select());
    let headless = tables.iter().filter_map(|table| table.to_packed::<TableElem>()).filter(|table| {
        !table.children.iter().any(|child| matches!(child, TableChild::Header(_)))
    });
    errors.extend((0..headless.count()).map(|_| {
        error("table-without-head", "a table has no `table.header`".to_string())
            .hint("a screen reader reads the head with every cell")
    }));
    errors
}
