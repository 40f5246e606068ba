//! Parts of a document that `docx-rs` writes otherwise than they have to be, or cannot write at all.
//!
//! - It has no alt texts and gives every picture one number: `wp:docPr` is written anew.
//! - It cannot mark a head row (`w:tblHeader`), without which a table has no heads for a screen reader nor on a second page.
//! - It writes properties of tables in an order that the standard does not allow (ECMA-376 part 1, 17.4.60), without a title
//!   for screen readers: they are written anew. Empty run properties, in a place that is not allowed either, are left out.
//! - Its core properties have no title and no language, its styles no language: both parts are written here.

use std::fmt::Write;

use docx_rs::XMLDocx;

use super::fragments::escaped;
use crate::{
    catalogue::{Language, YearMonth},
    diagnostics::{At, Diagnostic, Severity},
};

/// The picture's properties as `docx-rs` writes them.
const PICTURE: &str = r#"<wp:docPr id="1" name="Figure" />"#;
/// The start of a table.
const TABLE: &str = "<w:tbl>";
/// The start of a row, and its properties until they end.
const ROW: &str = "<w:trPr>";
const TABLE_PROPERTIES: (&str, &str) = ("<w:tblPr>", "</w:tblPr>");

/// What the document has that the crate cannot write.
#[derive(Default)]
pub(super) struct Extras {
    /// The title of each table, in the order of the document.
    pub tables: Vec<String>,
    /// Title and alt text of each picture, in the order of the document.
    pub pictures: Vec<(String, String)>,
}

/// What the document says about itself.
pub(super) struct About<'a> {
    pub title: &'a str,
    pub publisher: &'a str,
    pub language: Language,
    /// Both dates of the document are the first of its month: there is no clock.
    pub edition: YearMonth,
}

/// Mends the parts of a document.
pub(super) fn mend(parts: &mut XMLDocx, about: &About, extras: &Extras) -> Result<(), Diagnostic> {
    let document = String::from_utf8_lossy(&parts.document).replace("<w:rPr />", "");
    let document = with_alt_texts(&with_heads(&document, &extras.tables)?, &extras.pictures)?;
    parts.document = document.into_bytes();
    parts.styles = include_str!("styles.xml").replace("LANGUAGE", tag(about.language)).into_bytes();
    parts.doc_props.core = core(about).into_bytes();
    Ok(())
}

/// Marks the first row of every table as its head, and gives the table its properties.
fn with_heads(document: &str, titles: &[String]) -> Result<String, Diagnostic> {
    let mut pieces = document.split(TABLE);
    let mut mended = pieces.next().unwrap_or_default().to_string();
    let mut tables = 0;
    for piece in pieces {
        let title = titles.get(tables).ok_or_else(otherwise)?;
        let (before, rest) = piece.split_once(TABLE_PROPERTIES.0).ok_or_else(otherwise)?;
        let (_, after) = rest.split_once(TABLE_PROPERTIES.1).ok_or_else(otherwise)?;
        let (grid, rows) = after.split_once(ROW).ok_or_else(otherwise)?;
        let properties = format!(
            r#"<w:tblPr><w:tblStyle w:val="PaperTable"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="{}"/></w:tblPr>"#,
            escaped(title)
        );
        // Writing to a string cannot fail.
        let _ = write!(mended, "{TABLE}{before}{properties}{grid}{ROW}<w:tblHeader />{rows}");
        tables += 1;
    }
    if tables == titles.len() { Ok(mended) } else { Err(otherwise()) }
}

/// Gives every picture a number of its own, its title and its alt text.
fn with_alt_texts(document: &str, pictures: &[(String, String)]) -> Result<String, Diagnostic> {
    let mut pieces = document.split(PICTURE);
    let mut mended = pieces.next().unwrap_or_default().to_string();
    let mut drawn = 0;
    for piece in pieces {
        let (title, alt) = pictures.get(drawn).ok_or_else(otherwise)?;
        drawn += 1;
        let (title, alt) = (escaped(title), escaped(alt));
        let _ = write!(
            mended,
            r#"<wp:docPr id="{drawn}" name="Figure {drawn}" descr="{alt}" title="{title}"/>{piece}"#
        );
    }
    if drawn == pictures.len() { Ok(mended) } else { Err(otherwise()) }
}

/// The part that holds title, language and dates.
fn core(about: &About) -> String {
    let date = format!("{}-01T00:00:00Z", about.edition);
    let (title, publisher) = (escaped(about.title), escaped(about.publisher));
    let language = tag(about.language);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{publisher}</dc:creator><cp:lastModifiedBy>{publisher}</cp:lastModifiedBy><cp:revision>1</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified><dc:language>{language}</dc:language></cp:coreProperties>"#
    )
}

/// The language as Word names it.
fn tag(language: Language) -> &'static str {
    match language {
        Language::Danish => "da-DK",
        Language::English => "en-GB",
    }
}

fn otherwise() -> Diagnostic {
    let message = "the document has other tables or pictures than the paper";
    Diagnostic::new(Severity::Error, "docx", message, At::Nowhere)
        .hint("this is a fault in the program: another version of `docx-rs` writes them otherwise")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_with_other_pictures_or_tables_than_the_paper_is_refused() {
        let picture = ("Kort".to_string(), "Kortet viser".to_string());
        assert!(with_alt_texts("<w:p/>", std::slice::from_ref(&picture)).is_err());
        assert!(with_alt_texts(PICTURE, &[]).is_err());
        assert!(with_heads("<w:p/>", &["Tabel".to_string()]).is_err());
        assert!(with_heads("<w:tbl><w:tr/></w:tbl>", &["Tabel".to_string()]).is_err());
    }
}
