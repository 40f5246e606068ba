//! The links of the site, checked before anything of it is written: every page is well-formed, every id is there once, every
//! address and anchor leads somewhere, and nothing is loaded from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, ParsingOptions};

use crate::diagnostics::{At, Diagnostic, Severity};

/// The files of a site by their address in its folder.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Attributes that are addresses.
const ADDRESSES: [&str; 4] = ["href", "src", "action", "poster"];

/// A page as far as links concern it.
struct Leaf {
    ids: BTreeSet<String>,
    links: Vec<Link>,
}

/// An address that a page holds.
struct Link {
    to: String,
    /// A reader may follow it; otherwise the page loads it.
    followed: bool,
}

/// Everything that is wrong. `beside` says whether a file stands in the output folder, by its path there; `folder` is the site's
/// own folder in it.
pub(super) fn check(files: &Files, folder: &str, beside: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut leaves = BTreeMap::new();
    for (address, bytes) in files.iter().filter(|(address, _)| address.ends_with(".html")) {
        match leaf(&String::from_utf8_lossy(bytes)) {
            Ok((leaf, twice)) => {
                let told = twice
                    .iter()
                    .map(|id| wrong("same-id", folder, address, format!("the id `{id}` is there twice")));
                found.extend(told);
                leaves.insert(address.as_str(), leaf);
            }
            Err(error) => {
                let told =
                    wrong("broken-page", folder, address, format!("the page is not well-formed: {error}"));
                found.push(told.hint("templates are written as XML too: every tag is closed, `<br/>`, and every attribute has a value in quotes"));
            }
        }
    }
    let reach = Reach { files, leaves: &leaves, folder, beside };
    for (address, leaf) in &leaves {
        let fault = |link: &Link| reach.fault(address, link);
        let faults: BTreeSet<(&'static str, String)> = leaf.links.iter().filter_map(fault).collect();
        found.extend(faults.into_iter().map(|(code, message)| wrong(code, folder, address, message)));
    }
    for (address, bytes) in files.iter().filter(|(address, _)| address.ends_with(".css")) {
        for to in urls(&String::from_utf8_lossy(bytes)) {
            let link = Link { to, followed: false };
            found.extend(
                reach.fault(address, &link).map(|(code, message)| wrong(code, folder, address, message)),
            );
        }
    }
    found
}

fn wrong(code: &'static str, folder: &str, address: &str, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, message, At::File(format!("{folder}/{address}")))
}

/// What a page holds, and the ids that are there twice.
fn leaf(text: &str) -> Result<(Leaf, Vec<String>), roxmltree::Error> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)?;
    let (mut leaf, mut twice) = (Leaf { ids: BTreeSet::new(), links: Vec::new() }, Vec::new());
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in node.attributes() {
            let value = attribute.value().to_string();
            if attribute.name() == "id" && !leaf.ids.insert(value.clone()) {
                twice.push(value);
            } else if ADDRESSES.contains(&attribute.name()) {
                let followed = node.tag_name().name() == "a";
                leaf.links.push(Link { to: value, followed });
            }
        }
    }
    Ok((leaf, twice))
}

/// The addresses in a style sheet.
fn urls(text: &str) -> Vec<String> {
    let after = text.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    after.map(|url| url.trim_matches(['"', '\'', ' ']).to_string()).collect()
}

/// Where links can lead.
struct Reach<'a> {
    files: &'a Files,
    leaves: &'a BTreeMap<&'a str, Leaf>,
    folder: &'a str,
    beside: &'a dyn Fn(&str) -> bool,
}

impl Reach<'_> {
    /// What is wrong with a link of a page, if anything is.
    fn fault(&self, page: &str, link: &Link) -> Option<(&'static str, String)> {
        let to = &link.to;
        let scheme = to.split(['/', '#', '?']).next().is_some_and(|first| first.contains(':'));
        if scheme || to.starts_with("//") {
            let message = format!("`{to}` would be loaded from elsewhere");
            let web = to.starts_with("https://") || to.starts_with("http://") || to.starts_with("mailto:");
            return (!link.followed || !web).then_some(("outside-request", message));
        }
        let (path, anchor) = to.split_once('#').map_or((to.as_str(), None), |(path, id)| (path, Some(id)));
        let path = path.split('?').next().unwrap_or_default();
        let nowhere = || Some(("broken-link", format!("`{to}` leads nowhere")));
        let target = if path.is_empty() { Some(page.to_string()) } else { resolved(page, self.folder, path) };
        match target {
            None => nowhere(),
            Some(target) if target.starts_with("../") => {
                let there = (self.beside)(target.trim_start_matches("../")) && anchor.is_none();
                if there { None } else { nowhere() }
            }
            Some(target) => {
                let known = self.files.contains_key(&target);
                let place = anchor.is_none_or(|id| {
                    self.leaves.get(target.as_str()).is_some_and(|leaf| leaf.ids.contains(id))
                });
                if known && place { None } else { nowhere() }
            }
        }
    }
}

/// A path from a page's folder, inside the site's folder; one that leaves it comes back from the output folder as `../PATH`.
fn resolved(page: &str, folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').chain(page.split('/')).collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            part => parts.push(part),
        }
    }
    let whole = parts.join("/");
    let inside = whole.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    Some(inside.map_or_else(|| format!("../{whole}"), str::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a site with one page of this body in a folder, a start page with the place `top`, and values beside it.
    fn codes(body: &str) -> Vec<&'static str> {
        let page = |body: &str| format!("<!DOCTYPE html><html><body>{body}</body></html>").into_bytes();
        let files = Files::from([
            ("a/b.html".to_string(), page(body)),
            ("index.html".to_string(), page("<h1 id=\"top\">A</h1>")),
        ]);
        let beside = |path: &str| path == "results/values.csv";
        check(&files, "site", &beside).iter().map(|found| found.code).collect()
    }

    #[test]
    fn links_to_pages_places_and_published_files_are_sound() {
        let sound = "<a href=\"../index.html#top\">A</a><a href=\"b.html\">B</a><a href=\"../../results/values.csv\">C</a>\
                     <a href=\"https://example.org/\">D</a>";
        assert_eq!(codes(sound), [""; 0]);
    }

    #[test]
    fn a_page_a_place_or_a_file_that_is_not_there_is_a_broken_link() {
        for to in ["c.html", "../index.html#end", "../../results/x.csv", "../../../x", "#top"] {
            assert_eq!(codes(&format!("<a href=\"{to}\">A</a>")), ["broken-link"], "{to}");
        }
    }

    #[test]
    fn what_is_loaded_from_elsewhere_and_what_runs_from_an_address_is_refused() {
        assert_eq!(codes("<img src=\"https://example.org/a.png\"/>"), ["outside-request"]);
        assert_eq!(codes("<img src=\"//example.org/a.png\"/>"), ["outside-request"]);
        assert_eq!(codes("<a href=\"javascript:alert(1)\">A</a>"), ["outside-request"]);
        assert_eq!(urls("a { src: url(\"x.woff2\") } b { c: url(y.svg) }"), ["x.woff2", "y.svg"]);
    }

    #[test]
    fn an_id_is_there_once_and_every_tag_is_closed() {
        assert_eq!(codes("<p id=\"a\">A</p><p id=\"a\">B</p>"), ["same-id"]);
        assert_eq!(codes("<p>A<br></p>"), ["broken-page"]);
    }
}
