//! What reports are called where they are listed, and the words of the page that lists them.

use std::sync::Arc;

use super::plan::slug;
use crate::{
    catalogue::{Catalogue, Language},
    diagnostics::{Diagnostic, SourceFile},
    sources::Places,
    templates,
    words::{Slots, Words},
};

/// A report as it is listed.
pub struct ReportTitle {
    /// The path of its files in the output folder, without an ending.
    pub path: String,
    /// The area's name, or the report's own title.
    pub title: String,
    /// The title of the report that its area has one of.
    pub group: String,
    /// The names by which a build makes it and no other.
    pub only: Vec<String>,
}

/// Every report that a catalogue can have made, in its order, in a language (the catalogue's when `None`).
pub fn titles(catalogue: &Catalogue, places: &Places, language: Option<Language>) -> Vec<ReportTitle> {
    let own = catalogue.about.language;
    let language = language.unwrap_or(own);
    let folder = if language == own { String::new() } else { format!("{}/", language.code()) };
    let mut titles = Vec::new();
    for (id, report) in catalogue.reports.iter() {
        let title =
            report.title.as_ref().map_or(id.as_str(), |title| title.in_language(language)).to_string();
        if report.one_per.is_empty() {
            let path = format!("{folder}{}", id.value);
            titles.push(ReportTitle { path, title, group: String::new(), only: vec![id.to_string()] });
            continue;
        }
        for area in report.one_per.iter().flat_map(|layer| places.layer(&layer.value)) {
            titles.push(ReportTitle {
                path: format!("{folder}{}/{}", id.value, slug(area.id.as_str())),
                title: area.name.clone(),
                group: title.clone(),
                only: vec![id.to_string(), area.id.to_string()],
            });
        }
    }
    titles
}

/// The words of the local page.
pub struct PageWords {
    /// A build is going on.
    pub building: String,
    /// The pages are those of the files.
    pub ready: String,
    /// The pages are older than a mistake.
    pub mistake: String,
    others: Vec<(&'static str, String)>,
}

impl PageWords {
    /// Those that the page uses by name.
    pub fn named(&self) -> Vec<(&'static str, String)> {
        self.others.clone()
    }
}

/// The words of the local page, from the program's own texts: the page is there while the municipality's are being written.
///
/// # Errors
/// None, with the texts that the program is tested with.
pub fn page_words(language: Language) -> Result<PageWords, Vec<Diagnostic>> {
    let code = language.code();
    let name = format!("text/{code}.yaml");
    let text = String::from_utf8_lossy(templates::embedded(&name).unwrap_or_default()).into_owned();
    let words = Words::load(code, &Arc::new(SourceFile { name, text }))?;
    let word = |name: &str| words.line(&format!("watch/{name}"), &Slots::new()).map_err(|error| vec![error]);
    let mut others = vec![("language", code.to_string())];
    for name in ["empty", "lost", "page", "pdf", "title"] {
        others.push((name, word(name)?));
    }
    Ok(PageWords { building: word("building")?, ready: word("ready")?, mistake: word("mistake")?, others })
}
