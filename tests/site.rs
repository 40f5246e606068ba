//! The site of the inspiration catalogue, read from the disk as a browser would: links, words, weights, and what must not be there.

mod reading;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use kvarter::{BuildOptions, catalogue::Language, numbers::Decimal};
use roxmltree::Node;
use serde_json::Value as Json;

use crate::{
    demonstration::{built, rows},
    support::Project,
};
use reading::{addresses, elements, files, pages, parsed, words};

/// What a page may weigh with all that it loads, in bytes.
const WEIGHT: u64 = 300_000;
/// The elements of HTML that have no content and no end tag.
const VOID: [&str; 5] = ["br", "img", "input", "link", "meta"];
const HIDDEN: &str = "vises ikke af hensyn til enkeltpersoner";

fn site() -> PathBuf {
    built().join("site")
}

#[test]
fn every_question_indicator_practice_and_barrier_has_a_page_and_so_has_every_area_with_a_report() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (catalogue, _) = kvarter::catalogue::load(&root.join("indicators.yaml")).expect("it loads");
    let there = |kind: &str, id: &str| {
        let page = site().join(kind).join(format!("{id}.html"));
        assert!(page.is_file(), "{}", page.display());
    };
    catalogue.questions.ids().for_each(|id| there("question", id));
    catalogue.indicators.ids().for_each(|id| there("indicator", id.as_str()));
    catalogue.practices.ids().for_each(|id| there("practice", id.as_str()));
    catalogue.barriers.ids().for_each(|id| there("barrier", id));
    assert!(catalogue.questions.ids().count() > 20 && catalogue.indicators.ids().count() > 200);
    for pdf in files(&built().join("area-status")).keys() {
        there("area", pdf.trim_end_matches(".pdf"));
    }
}

#[test]
fn every_page_has_language_title_one_heading_a_main_part_and_a_way_past_the_head() {
    for (name, text) in pages(&site()) {
        let document = parsed(&name, &text);
        assert_eq!(document.root_element().attribute("lang"), Some("da"), "{name}");
        for (tag, count) in [("title", 1), ("h1", 1), ("main", 1), ("header", 1), ("footer", 1)] {
            assert_eq!(elements(&document, tag).count(), count, "{name}: `{tag}`");
        }
        let title = elements(&document, "title").next().map(words).unwrap_or_default();
        assert!(title.ends_with("Fjordby Kommune"), "{name}: {title}");
        let first = elements(&document, "a").next().expect("there is a link");
        assert_eq!(first.attribute("href"), Some("#main"), "{name}");
        let field = elements(&document, "input").next().expect("there is a field");
        let label = elements(&document, "label").next().expect("there is a label");
        assert_eq!(field.attribute("id"), label.attribute("for"), "{name}");
        let levels: Vec<u8> = document
            .descendants()
            .filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse().ok())
            .collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: {levels:?}");
        for image in elements(&document, "img") {
            assert!(image.attribute("alt").is_some(), "{name}");
        }
        for table in elements(&document, "table") {
            let heads = table.descendants().filter(|node| node.has_tag_name("th"));
            assert!(heads.into_iter().all(|head| head.attribute("scope").is_some()), "{name}");
        }
    }
}

#[test]
fn a_page_reads_the_same_as_html_and_as_xml() {
    for (name, text) in pages(&site()) {
        assert!(text.starts_with("<!DOCTYPE html>"), "{name}");
        for (at, _) in text.match_indices("/>") {
            let tag = text[..at].rsplit('<').next().and_then(|tag| tag.split_whitespace().next());
            let tag = tag.unwrap_or_default();
            let drawn = ["rect", "circle", "line"].contains(&tag);
            assert!(VOID.contains(&tag) || drawn, "{name}: `<{tag}/>` is no end in HTML");
        }
        let document = parsed(&name, &text);
        let empty = document.descendants().filter(|node| VOID.contains(&node.tag_name().name()));
        assert!(empty.into_iter().all(|node| !node.has_children()), "{name}");
    }
}

#[test]
fn every_link_leads_to_a_file_or_a_place_on_a_page_and_every_id_is_there_once() {
    let texts = pages(&site());
    let mut ids: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in &texts {
        let document = parsed(name, text);
        let mut own = BTreeSet::new();
        for id in document.descendants().filter_map(|node| node.attribute("id")) {
            assert!(own.insert(id.to_string()), "{name}: `{id}` twice");
        }
        ids.insert(fs::canonicalize(site().join(name)).expect("it is there"), own);
    }
    let mut followed = 0;
    for (name, text) in &texts {
        let document = parsed(name, text);
        for (_, address) in addresses(&document).into_iter().filter(|(_, to)| !to.starts_with("http")) {
            let (path, place) = address.split_once('#').unwrap_or((address, ""));
            let page = site().join(name);
            let target = if path.is_empty() { page } else { page.with_file_name("").join(path) };
            let target = fs::canonicalize(&target).unwrap_or_else(|_| panic!("{name}: `{address}`"));
            let found = place.is_empty() || ids.get(&target).is_some_and(|ids| ids.contains(place));
            assert!(target.is_file() && found, "{name}: `{address}`");
            followed += 1;
        }
    }
    assert!(followed > 5_000, "{followed}");
}

#[test]
fn nothing_is_loaded_from_elsewhere_and_no_page_has_a_script_of_its_own() {
    for (name, text) in pages(&site()) {
        let document = parsed(&name, &text);
        for (node, address) in addresses(&document) {
            let outside = address.contains("://") || address.starts_with("//");
            assert!(!outside || node.has_tag_name("a"), "{name}: `{address}`");
            assert!(!address.starts_with("javascript:"), "{name}");
        }
        assert!(elements(&document, "script").all(|script| words(script).is_empty()), "{name}");
        for node in document.descendants().filter(Node::is_element) {
            let acts = node.attributes().any(|held| held.name().starts_with("on") || held.name() == "style");
            assert!(!acts, "{name}: {:?}", node.tag_name());
        }
    }
    for file in ["script.js", "style.css"] {
        let text = fs::read_to_string(site().join(file)).expect("it is there");
        assert!(!text.contains("//fonts") && !text.contains("http"), "{file}");
        assert!(!text.contains("cookie") && !text.contains("localStorage"), "{file}");
    }
}

#[test]
fn no_page_weighs_more_than_300_kb_with_all_that_it_loads() {
    let size = |path: &Path| fs::metadata(path).expect("it is there").len();
    let all = files(&site());
    let fonts: u64 =
        all.iter().filter(|(name, _)| name.ends_with(".woff2")).map(|(_, path)| size(path)).sum();
    let shared = fonts + size(&site().join("style.css")) + size(&site().join("script.js"));
    for (name, text) in pages(&site()) {
        let document = parsed(&name, &text);
        let images: BTreeSet<&str> =
            elements(&document, "img").filter_map(|image| image.attribute("src")).collect();
        let images: u64 =
            images.iter().map(|src| size(&site().join(&name).with_file_name("").join(src))).sum();
        let weight = shared + text.len() as u64 + images;
        assert!(weight < WEIGHT, "{name}: {weight}");
    }
    assert!(size(&all["search-index.js"]) < WEIGHT);
}

/// The latest own row of every area and indicator in `values.csv`.
fn latest() -> BTreeMap<(String, String), BTreeMap<String, String>> {
    let mut latest: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    for row in rows("values.csv").into_iter().filter(|row| row["comparator"].is_empty()) {
        let key = (row["area"].clone(), row["indicator"].clone());
        let newer = latest.get(&key).is_none_or(|known| known["period"] < row["period"]);
        if newer {
            latest.insert(key, row);
        }
    }
    latest
}

#[test]
fn an_areas_page_says_of_every_value_what_the_published_file_says_and_of_a_hidden_one_nothing() {
    let latest = latest();
    let (mut shown, mut hidden) = (0, 0);
    for (name, text) in pages(&site().join("area")) {
        let document = parsed(&name, &text);
        let area = name.trim_end_matches(".html");
        let body = elements(&document, "tbody").flat_map(|body| body.children().filter(Node::is_element));
        for row in body {
            let link = row.descendants().find_map(|node| node.attribute("href")).expect("a link");
            let indicator = link.trim_start_matches("../indicator/").trim_end_matches(".html");
            let cell = row.children().find(|node| node.has_tag_name("td")).map(words).expect("a value");
            let Some(published) = latest.get(&(area.to_string(), indicator.to_string())) else {
                panic!("{name}: `{indicator}` is not published: {cell}");
            };
            match published["state"].as_str() {
                "shown" => {
                    let number = Decimal::parse(&published["value"]).expect("a number").danish();
                    assert!(cell.contains(&number), "{name} {indicator}: {cell}, published {number}");
                    shown += 1;
                }
                "hidden" => {
                    assert_eq!(cell, HIDDEN, "{name} {indicator}");
                    hidden += 1;
                }
                _ => assert!(cell.starts_with("mangler") || cell.starts_with("kan ikke"), "{name}: {cell}"),
            }
        }
    }
    assert!(shown > 100 && hidden > 0, "{shown} shown, {hidden} hidden");
}

#[test]
fn a_hidden_value_has_its_words_and_neither_number_nor_place_in_a_figure() {
    let latest = latest();
    let mut hidden = 0;
    for (name, text) in pages(&site().join("indicator")) {
        let document = parsed(&name, &text);
        let indicator = name.trim_end_matches(".html");
        let body = elements(&document, "tbody").flat_map(|body| body.children().filter(Node::is_element));
        for row in body {
            let drawn = row.descendants().any(|node| node.has_tag_name("circle"));
            let said = words(row);
            assert_ne!(drawn, said.contains(HIDDEN) || said.contains("mangler"), "{name}: {said}");
            let link = row.descendants().find_map(|node| node.attribute("href")).unwrap_or_default();
            let area = link.trim_start_matches("../area/").trim_end_matches(".html");
            let published = latest.get(&(area.to_string(), indicator.to_string()));
            if published.is_some_and(|row| row["state"] == "hidden") {
                assert!(said.contains(HIDDEN) && !drawn, "{name}: {said}");
                hidden += 1;
            }
        }
    }
    assert!(hidden > 0);
}

/// The search index of a site.
fn index(site: &Path) -> Json {
    let text = fs::read_to_string(site.join("search-index.js")).expect("it is there");
    let json = text.trim().strip_prefix("window.kvarterIndex = ").and_then(|text| text.strip_suffix(';'));
    serde_json::from_str(json.expect("it is an assignment")).expect("it is JSON")
}

/// The pages whose words, among those of the title and those looked for by (of registers also those), begin with this.
fn found(word: &str) -> Vec<String> {
    let index = index(&site());
    let entries = index["entries"].as_array().expect("a list").clone();
    let hits = entries.into_iter().filter(|entry| {
        let words = entry["words"].as_array().expect("lists of words");
        let words = words[..3].iter().filter_map(Json::as_str).flat_map(|list| list.split(' '));
        words.into_iter().any(|there| there.starts_with(word))
    });
    hits.map(|entry| entry["page"].as_str().unwrap_or_default().to_string()).collect()
}

/// The words are those that people use; endings, letters and mistakes are the script's.
#[test]
fn an_indicator_is_found_by_everyday_words_and_by_its_register() {
    let leads = |word: &str, page: &str| {
        let hits = found(word);
        assert!(hits.iter().any(|hit| hit == page), "`{word}`: {hits:?}");
    };
    leads("ledig", "indicator/no-work.html");
    leads("ghettoliste", "indicator/no-work.html");
    leads("vaek", "indicator/move-out-rate.html");
    leads("flytte", "indicator/move-out-rate.html");
    leads("cpr", "indicator/children-share.html");
}

#[test]
fn the_index_leads_to_every_page_of_the_catalogue() {
    let index = index(&site());
    let pages: BTreeSet<&str> = index["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|entry| entry["page"].as_str())
        .collect();
    for kind in ["question", "indicator", "practice", "barrier", "area"] {
        for name in files(&site().join(kind)).keys() {
            assert!(pages.contains(format!("{kind}/{name}").as_str()), "{kind}/{name}");
        }
    }
}

#[test]
fn what_the_build_wrote_can_be_downloaded_and_the_manifest_names_every_file_of_the_site() {
    let text = fs::read_to_string(site().join("results.html")).expect("it is there");
    let document = parsed("results.html", &text);
    let offered: BTreeSet<&str> = elements(&document, "a")
        .filter_map(|link| link.attribute("href")?.strip_prefix("../results/"))
        .collect();
    for name in ["areas.geojson", "status.csv", "values.csv"] {
        assert!(offered.contains(name), "{name}: {offered:?}");
    }
    let manifest = fs::read(built().join("manifest.json")).expect("it is there");
    let manifest: Json = serde_json::from_slice(&manifest).expect("it is JSON");
    for name in files(&site()).keys() {
        assert!(manifest["outputs"].get(format!("site/{name}")).is_some(), "{name}");
    }
}

const SITE: &str = "  site:\n    kind: site\n    template: site\n";

/// The small project with a site.
fn small() -> Project {
    let project = Project::small();
    let catalogue = fs::read_to_string(project.dir.join("indicators.yaml")).expect("it is there");
    project.write("indicators.yaml", &format!("{catalogue}{SITE}"));
    project
}

#[test]
fn words_of_the_catalogue_are_never_read_as_html() {
    let project =
        small().replace("indicators.yaml", "title: Bor alene", "title: \"Bor <b>alene</b> & \\\"x\\\"\"");
    let (summary, _) = project.build().expect("it builds");
    assert!(summary.failed.is_empty(), "{:?}", summary.failed);
    let page =
        fs::read_to_string(project.dir.join("out/site/indicator/living-alone.html")).expect("it is there");
    assert!(page.contains("Bor &lt;b&gt;alene&lt;/b&gt; &amp; &quot;x&quot;"), "{page}");
    assert!(!page.contains("<b>alene"));
}

#[test]
fn a_broken_link_in_a_template_is_an_error_and_nothing_of_the_site_is_written() {
    let project = small();
    project.write(
        "templates/site/page.html",
        "{% extends \"layout.html\" %}{% block content %}<p><a href=\"nowhere.html\">A</a></p>{% endblock content %}",
    );
    let (summary, told) = project.build().expect("the other reports are made");
    assert_eq!(summary.failed.len(), 1, "{:?}", summary.failed);
    assert!(told.iter().any(|told| told.code == "broken-link" && told.message.contains("`nowhere.html`")));
    assert!(!project.dir.join("out/site").exists() && project.dir.join("out/area-status/nord.pdf").is_file());
}

#[test]
fn a_template_of_the_municipality_stands_for_the_programs_and_a_mistake_in_it_is_shown_where_it_is() {
    let project = small();
    let own = "{% extends \"kvarter/page.html\" %}{% block content %}<p>Velkommen</p>{{ super() }}{% endblock content %}";
    project.write("templates/site/page.html", own);
    let (summary, _) = project.build().expect("it builds");
    assert!(summary.failed.is_empty());
    let start = fs::read_to_string(project.dir.join("out/site/index.html")).expect("it is there");
    assert!(start.contains("<p>Velkommen</p>") && start.contains("<form class=\"search\""));

    project.write("templates/site/page.html", "<p>\n{{ page.title | }}</p>");
    let (summary, told) = project.build().expect("the other reports are made");
    assert_eq!(summary.failed.len(), 1);
    let error = told.iter().find(|told| told.code == "broken-template").expect("it is told");
    assert!(error.at.to_string().contains("templates/site/page.html:2"), "{}", error.at);
}

#[test]
fn the_site_has_the_same_bytes_whatever_the_number_of_threads() {
    let project = small();
    for (jobs, out) in [(1, "one"), (3, "three")] {
        project.build_with(jobs, out).expect("it builds");
    }
    let bytes = |out: &str| -> BTreeMap<String, Vec<u8>> {
        let files = files(&project.dir.join(out).join("site")).into_iter();
        files.map(|(name, path)| (name, fs::read(path).expect("readable"))).collect()
    };
    assert!(bytes("one") == bytes("three") && bytes("one").len() > 20);
}

#[test]
fn the_english_site_lies_beside_the_danish_one_and_says_that_it_is_english() {
    let project = small();
    let options = BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        out: project.dir.join("out"),
        language: Some(Language::English),
        ..BuildOptions::default()
    };
    let (summary, _) = kvarter::build(&options, &|_| ()).expect("it builds");
    assert!(summary.failed.is_empty());
    let start = fs::read_to_string(project.dir.join("out/en/site/index.html")).expect("it is there");
    assert!(start.contains("<html lang=\"en\">") && start.contains("What do you want to know?"));
}

#[test]
fn a_site_names_a_folder_of_templates_and_neither_layers_nor_indicators() {
    let wrong = small().replace(
        "indicators.yaml",
        "template: site\n",
        "template: site.html\n    one-per: [villages]\n",
    );
    let codes: Vec<&str> = wrong.errors().iter().map(|error| error.code).collect();
    assert_eq!(codes, ["bad-template", "two-kinds-of-report"]);
    let unknown = small().replace("indicators.yaml", "template: site\n", "template: sitte\n").errors();
    assert_eq!(unknown.iter().map(|error| error.code).collect::<Vec<_>>(), ["unknown-template"]);
}
