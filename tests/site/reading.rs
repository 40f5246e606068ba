//! The files of a site, and their pages as XML.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use roxmltree::{Document, Node, ParsingOptions};

/// Every file of a folder by its path in it, with `/` between the parts.
pub fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
                found.insert(name, path);
            }
        }
    }
    found
}

/// Every page by its address, as text.
pub fn pages(folder: &Path) -> BTreeMap<String, String> {
    let pages = files(folder).into_iter().filter(|(name, _)| name.ends_with(".html"));
    pages.map(|(name, path)| (name, fs::read_to_string(path).expect("a page is text"))).collect()
}

pub fn parsed<'t>(name: &str, text: &'t str) -> Document<'t> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub fn elements<'d, 't: 'd>(document: &'d Document<'t>, tag: &'d str) -> impl Iterator<Item = Node<'d, 't>> {
    document.descendants().filter(move |node| node.has_tag_name(tag))
}

/// The words of an element.
pub fn words(node: Node) -> String {
    let words: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Attributes that hold addresses, with the element that has them.
pub fn addresses<'d>(document: &'d Document) -> Vec<(Node<'d, 'd>, &'d str)> {
    let mut found = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let held = ["href", "src", "action"].into_iter().filter_map(|name| node.attribute(name));
        found.extend(held.map(|address| (node, address)));
    }
    found
}
