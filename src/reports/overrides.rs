//! Which files of a catalogue's `templates/` nothing uses: a misspelt name would else pass without a word.

use super::site;
use crate::{
    catalogue::Language,
    diagnostics::{At, Diagnostic, Severity},
    templates,
};

/// A warning for every file among `added` (in the catalogue's folder and not in the program) that nothing uses. `sources` are
/// all templates with their text, `reports` those that a report is made with.
pub(super) fn unused(added: &[String], sources: &[(&str, &str)], reports: &[&str]) -> Vec<Diagnostic> {
    added.iter().filter_map(|path| warning(path, sources, reports)).collect()
}

fn warning(path: &str, sources: &[(&str, &str)], reports: &[&str]) -> Option<Diagnostic> {
    let named = |message: &str| {
        let at = At::File(format!("templates/{path}"));
        Diagnostic::new(Severity::Warning, "unused-template", message, at)
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let known = templates::all().into_iter().map(|(path, _)| path);
    if folder == "text" {
        let languages = [Language::Danish, Language::English];
        let is_read = languages.iter().any(|language| path == format!("text/{}.yaml", language.code()));
        return (!is_read)
            .then(|| named("no language of the program has this file of texts").did_you_mean(path, known));
    }
    if folder == "fonts" {
        let read = [".ttf", ".md", ".txt"].iter().any(|ending| path.ends_with(ending));
        return (!read).then(|| named("only fonts that end in `.ttf` are read"));
    }
    if path.ends_with(".html") {
        let is_used = path.ends_with(&format!("/{}", site::PAGE)) || is_imported(path, sources);
        return (!is_used)
            .then(|| named("no template of a site includes this file").did_you_mean(path, known));
    }
    if !path.ends_with(".typ") || reports.contains(&path) || is_imported(path, sources) {
        return None;
    }
    Some(if folder.is_empty() {
        named("no report is made with this template").did_you_mean(path, reports.iter().copied())
    } else {
        named("no template imports this file")
            .did_you_mean(path, known.filter(|known| known.ends_with(".typ")))
    })
}

/// Does another template name the file, by its path or from a file beside it?
fn is_imported(path: &str, sources: &[(&str, &str)]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let endings = [format!("\"{name}\""), format!("/{name}\"")];
    sources
        .iter()
        .filter(|(other, _)| *other != path)
        .any(|(_, text)| endings.iter().any(|ending| text.contains(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(added: &[&str], sources: &[(&str, &str)]) -> Vec<String> {
        let added: Vec<String> = added.iter().map(ToString::to_string).collect();
        let warnings = unused(&added, sources, &["area-status.typ"]);
        warnings.into_iter().map(|warning| warning.to_string()).collect()
    }

    #[test]
    fn a_misspelt_part_text_or_font_is_warned_of_with_the_name_that_was_meant() {
        let found = warnings(&["area-statu.typ", "parts/thme.typ", "text/dk.yaml", "fonts/Own.otf"], &[]);
        assert_eq!(found.len(), 4, "{found:#?}");
        let meant = ["`area-status.typ`", "`parts/theme.typ`", "`text/da.yaml`", "`.ttf`"];
        for (warning, meant) in found.iter().zip(meant) {
            assert!(warning.contains(meant), "{warning}");
        }
    }

    #[test]
    fn a_file_of_a_site_is_used_where_another_includes_it_and_every_site_has_a_page() {
        let sources = [("own/page.html", "{% include \"facts.html\" %}"), ("own/facts.html", "")];
        assert_eq!(warnings(&["own/page.html", "own/facts.html"], &sources), Vec::<String>::new());
        let misspelt = warnings(&["site/layuot.html"], &sources);
        assert!(misspelt.len() == 1 && misspelt[0].contains("`site/layout.html`"), "{misspelt:?}");
    }

    #[test]
    fn what_a_template_imports_or_a_report_is_made_with_is_not_warned_of() {
        let added =
            ["area-status.typ", "parts/own.typ", "fonts/Own-Bold.ttf", "fonts/OFL.txt", "text/da.yaml"];
        let sources = [("area-status.typ", "#import \"parts/own.typ\": *"), ("parts/own.typ", "")];
        assert_eq!(warnings(&added, &sources), Vec::<String>::new());
        // A file that only names itself is used by nobody.
        assert_eq!(warnings(&["parts/own.typ"], &[("parts/own.typ", "\"own.typ\"")]).len(), 1);
    }
}
