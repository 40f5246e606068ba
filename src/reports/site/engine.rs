//! Tera: the templates of the site, from the catalogue's folder where it has its own, set with a page each.
//!
//! Everything that is filled in is escaped. A municipality's template can extend the program's own, under `kvarter/`.

use std::{collections::BTreeMap, io::Write, sync::Arc};

use serde::Serialize;
use tera::{Context, Tera};

use super::page::{Anchor, Page};
use crate::{
    diagnostics::{At, Diagnostic, Place, Severity, SourceFile},
    reports::world::Typesetter,
    templates,
};

/// The template of every page.
pub(super) const PAGE: &str = "page.html";
/// The one that has colours filled in.
pub(super) const STYLE: &str = "style.css";
/// Where a template finds the program's own, whatever the catalogue's folder has in their place.
const ORIGINALS: &str = "kvarter/";
/// The folder of the program's own.
const OWN: &str = "site";

/// What is the same on every page.
#[derive(Serialize)]
pub(super) struct Shell {
    pub lang: &'static str,
    /// What the site is.
    pub title: String,
    /// The municipality.
    pub name: String,
    pub logo: Option<&'static str>,
    pub icon: &'static str,
    pub edition: String,
    pub contact: Option<String>,
    pub nav: Vec<Anchor>,
}

/// What the style sheet is filled in with.
#[derive(Serialize)]
pub(super) struct Style {
    pub primary: String,
    pub tint: String,
    /// A family that comes first, as CSS writes it, with a comma after it; empty for none.
    pub font: String,
}

/// The templates, ready to be set.
pub(super) struct Engine {
    tera: Tera,
    folder: String,
    files: BTreeMap<String, Arc<SourceFile>>,
    words: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Filled<'a> {
    /// From the page to the site's own folder: empty, or `../`.
    root: &'a str,
    site: &'a Shell,
    t: &'a BTreeMap<String, String>,
    crumbs: &'a [Anchor],
    page: &'a Page,
}

impl Engine {
    /// Reads the templates of a folder inside `templates/`. `words` are the fixed texts, by the names that templates use.
    pub fn open(
        typesetter: &Typesetter,
        folder: &str,
        words: BTreeMap<String, String>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        tera.set_escape_fn(escape);
        let mut files = BTreeMap::new();
        let inside = |path: &str| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?.to_string();
            (name.ends_with(".html") || name == STYLE).then_some(name)
        };
        for path in typesetter.paths() {
            let Some(name) = inside(path) else { continue };
            let bytes = typesetter.file(path).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).into_owned();
            let shown = format!("templates/{path}");
            files.insert(name, Arc::new(SourceFile { name: shown, text }));
        }
        for (path, bytes) in templates::all() {
            if let Some(name) = path.strip_prefix(OWN).and_then(|rest| rest.strip_prefix('/'))
                && name.ends_with(".html")
            {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let shown = format!("kvarter:templates/{path}");
                files.insert(format!("{ORIGINALS}{name}"), Arc::new(SourceFile { name: shown, text }));
            }
        }
        let texts: Vec<(&str, &str)> =
            files.iter().map(|(name, file)| (name.as_str(), file.text.as_str())).collect();
        let added = tera.add_raw_templates(texts);
        let engine = Self { tera, folder: folder.to_string(), files, words };
        match added {
            Ok(()) => Ok(engine),
            Err(error) => Err(vec![engine.broken(&error)]),
        }
    }

    /// A page as HTML.
    pub fn page(&self, shell: &Shell, page: &Page) -> Result<String, Diagnostic> {
        let root = "../".repeat(page.address.matches('/').count());
        let filled = Filled { root: &root, site: shell, t: &self.words, crumbs: &page.above, page };
        let said = self.set(PAGE, &filled);
        said.map_err(|error| error.hint(format!("while the page `{}` was made", page.address)))
    }

    /// The style sheet.
    pub fn style(&self, style: &Style) -> Result<String, Diagnostic> {
        self.set(STYLE, style)
    }

    fn set(&self, template: &str, filled: &impl Serialize) -> Result<String, Diagnostic> {
        let context = Context::from_serialize(filled);
        let said = context.and_then(|context| self.tera.render(template, &context));
        said.map_err(|error| self.broken(&error))
    }

    /// A template that cannot be read or set, with its place where that is known.
    fn broken(&self, error: &tera::Error) -> Diagnostic {
        let (tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report)) = error.kind()
        else {
            let at = At::File(format!("templates/{}", self.folder));
            return Diagnostic::new(Severity::Error, "broken-template", error.to_string(), at);
        };
        match self.files.get(report.filename()) {
            Some(file) => {
                let range = &report.span().range;
                let place = Place { file: Arc::clone(file), offset: range.start, len: range.len().max(1) };
                Diagnostic::error("broken-template", report.message(), &place)
            }
            None => {
                let at = At::File(format!("templates/{}/{}", self.folder, report.filename()));
                Diagnostic::new(Severity::Error, "broken-template", report.message(), at)
            }
        }
    }
}

/// Escapes what has a meaning in HTML and XML, in text and in quoted attributes.
fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut plain = 0;
    for (at, letter) in text.char_indices() {
        let entity = match letter {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[plain..at])?;
        out.write_all(entity.as_bytes())?;
        plain = at + letter.len_utf8();
    }
    out.write_all(&text.as_bytes()[plain..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_has_a_meaning_in_html_is_escaped_and_nothing_else() {
        let mut out = Vec::new();
        escape("æ/ø <b a=\"1\" c='2'> & co", &mut out).expect("it is written to memory");
        let said = String::from_utf8(out).expect("it is text");
        assert_eq!(said, "æ/ø &lt;b a=&quot;1&quot; c=&#39;2&#39;&gt; &amp; co");
    }
}
