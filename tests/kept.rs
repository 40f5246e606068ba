//! What has not changed is not made again, and what comes of it is the same to the last byte as if it were.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use kvarter::{BuildOptions, Summary, templates};

use crate::support::{Project, one, renamed};

/// A page of a municipality's own: one report a district, set in a font of its own.
const NOTE: &str = r#"#import "/kvarter/parts/page.typ": report
#import "parts/greeting.typ": greeting
#show: report
= Prøve
#text(font: "Fjordby Sans1", greeting)
"#;

const NOTES: &str = "  note:
    title: Notat
    template: note.typ
    one-per: [districts]
    indicators: [children-share]
";

const COMMENT: &str = "---
område: nord
felt: kommentar
rolle: Konsulent
dato: 2025-12-08
status: godkendt
---
Der er kommet en ny legeplads.
";

/// Two villages with the program's page, two districts with one of their own.
fn project() -> Project {
    let project = Project::small().replace(
        "indicators.yaml",
        "indicators: [children-share, living-alone]\n",
        "indicators: [living-alone]\n",
    );
    let catalogue = fs::read_to_string(project.dir.join("indicators.yaml")).expect("readable");
    project.write("indicators.yaml", &format!("{catalogue}{NOTES}"));
    project.write("templates/note.typ", NOTE);
    project.write("templates/parts/greeting.typ", "#let greeting = [Goddag]\n");
    project.write("comments/nord.md", COMMENT);
    write_font(&project, 0);
    project
}

/// The program's type under a name of its own, in a revision: nothing by which a font is chosen depends on that.
fn write_font(project: &Project, revision: u8) {
    let font = templates::embedded("fonts/SourceSans3-Regular.ttf").expect("the program's type");
    let mut font = renamed(font, "Source Sans 3", "Fjordby Sans1");
    // The directory of tables has 16 bytes each from the 12th: tag, sum, offset, length. `fontRevision` is 4 bytes into `head`.
    let entry = (12..).step_by(16).find(|at| &font[*at..at + 4] == b"head").expect("every font has a head");
    let offset: [u8; 4] = font[entry + 8..entry + 12].try_into().expect("four bytes");
    font[u32::from_be_bytes(offset) as usize + 7] = revision;
    fs::create_dir_all(project.dir.join("templates/fonts")).expect("a folder");
    fs::write(project.dir.join("templates/fonts/Own.ttf"), font).expect("written");
}

fn options(project: &Project, out: &str) -> BuildOptions {
    BuildOptions {
        catalogue: project.dir.join("indicators.yaml"),
        data: project.dir.clone(),
        out: project.dir.join(out),
        jobs: 2,
        ..BuildOptions::default()
    }
}

fn build(options: &BuildOptions) -> Summary {
    let (summary, _) = kvarter::build(options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(summary.failed.is_empty(), "{:?}", summary.failed);
    summary
}

/// Everything below a folder but what no two builds agree on: by path, when it was written and what it says.
fn files(folder: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let written = fs::metadata(&path).and_then(|about| about.modified()).expect("a time");
            let name = path.strip_prefix(folder).expect("inside").to_path_buf();
            if name != Path::new("timings.json") {
                found.insert(name, (written, fs::read(&path).expect("a file")));
            }
        }
    }
    found
}

/// Builds, changes something, builds again: the reports that were rendered again. What lies there then is what a build into an
/// empty folder makes.
fn rendered_after(change: impl Fn(&Project)) -> BTreeSet<String> {
    let project = project();
    build(&options(&project, "out"));
    let before = files(&project.dir.join("out"));
    change(&project);
    let summary = build(&options(&project, "out"));
    let after = files(&project.dir.join("out"));
    build(&options(&project, "anew"));
    let anew = files(&project.dir.join("anew"));
    let bytes = |files: &BTreeMap<PathBuf, (SystemTime, Vec<u8>)>| -> BTreeMap<PathBuf, Vec<u8>> {
        files.iter().map(|(path, (_, bytes))| (path.clone(), bytes.clone())).collect()
    };
    assert!(bytes(&after) == bytes(&anew), "what was kept is not what would be made");
    let is_page = |path: &Path| path.extension().is_some_and(|ending| ending == "pdf");
    let rendered: BTreeSet<String> = after
        .iter()
        .filter(|(path, (written, _))| {
            is_page(path) && before.get(*path).is_none_or(|(before, _)| before != written)
        })
        .map(|(path, _)| path.with_extension("").display().to_string())
        .collect();
    assert_eq!(summary.reports - summary.kept, rendered.len());
    rendered
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn a_changed_template_renders_the_reports_that_ask_for_it() {
    let change =
        |project: &Project| project.write("templates/parts/greeting.typ", "#let greeting = [Farvel]\n");
    assert_eq!(rendered_after(change), names(&["note/oest", "note/vest"]));
}

#[test]
fn a_changed_value_renders_the_reports_that_show_what_is_made_from_it() {
    // Forty residents of Sydby no longer live alone: a share of it, and of the rest, which one of the two reports shows.
    let change = |project: &Project| {
        let rows = fs::read_to_string(project.dir.join("residents.csv")).expect("readable");
        let mut left = 40;
        let lines = rows.lines().map(|line| match line.strip_suffix(",1") {
            Some(row) if left > 0 && row.starts_with("2025,") && row.contains(",601") => {
                left -= 1;
                format!("{row},0")
            }
            _ => line.to_string(),
        });
        let changed = lines.collect::<Vec<_>>().join("\n") + "\n";
        assert_eq!(left, 0);
        project.write("residents.csv", &changed);
    };
    let rendered = rendered_after(change);
    assert!(rendered.contains("area-status/syd"), "{rendered:?}");
    assert!(rendered.is_subset(&names(&["area-status/nord", "area-status/syd"])), "{rendered:?}");
}

#[test]
fn a_changed_font_renders_the_reports_that_are_set_in_it() {
    assert_eq!(rendered_after(|project| write_font(project, 1)), names(&["note/oest", "note/vest"]));
}

#[test]
fn a_changed_text_renders_the_reports_in_which_it_stands() {
    let change = |project: &Project| {
        let texts = templates::embedded("text/da.yaml").and_then(|text| std::str::from_utf8(text).ok());
        let texts = texts.expect("the program's texts");
        let by = "by: \"{{ role }}, {{ date }}\"";
        assert!(texts.contains(by));
        project.write("templates/text/da.yaml", &texts.replace(by, "by: \"{{ role }} den {{ date }}\""));
    };
    assert_eq!(rendered_after(change), names(&["area-status/nord"]));
}

#[test]
fn an_equal_build_does_nothing_and_a_fresh_one_makes_the_same_bytes() {
    let project = project();
    let first = build(&options(&project, "out"));
    let before = files(&project.dir.join("out"));
    let again = build(&options(&project, "out"));
    assert!(first.unchanged.is_none() && again.unchanged.is_some());
    assert_eq!((again.reports, again.written), (first.reports, first.written));
    assert!(before == files(&project.dir.join("out")), "a file was written");
    let fresh = build(&BuildOptions { fresh: true, ..options(&project, "out") });
    assert_eq!((fresh.unchanged, fresh.kept, fresh.reports), (None, 0, 4));
    let after = files(&project.dir.join("out"));
    assert!(before.iter().zip(&after).all(|((path, old), (other, new))| path == other && old.1 == new.1));
    // A page that somebody has changed is made again, and no other.
    fs::write(project.dir.join("out/note/vest.pdf"), "something else").expect("written");
    let mended = build(&options(&project, "out"));
    assert_eq!((mended.unchanged, mended.kept), (None, 3));
    assert!(
        after[Path::new("note/vest.pdf")].1
            == fs::read(project.dir.join("out/note/vest.pdf")).expect("a file")
    );
}

#[test]
fn a_page_that_cannot_be_replaced_is_named_and_stays_and_the_rest_is_written() {
    let project = Project::small();
    build(&options(&project, "out"));
    let page = project.dir.join("out/area-status/nord.pdf");
    // As a file that a reader holds open on Windows: it is there, it is ours, and nothing can take its place.
    fs::remove_file(&page).expect("removed");
    fs::create_dir_all(page.join("held")).expect("a folder");
    let (summary, told) =
        kvarter::build(&options(&project, "out"), &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let errors: Vec<_> = told.into_iter().filter(|told| told.is_error()).collect();
    let error = one(&errors);
    assert!(error.contains("area-status/nord.pdf") && error.contains("close it"), "{error}");
    assert!(page.join("held").is_dir() && summary.written.iter().any(|path| path == "area-status/syd.pdf"));
    // Once it is free, the page is made: it is still known as one that a build made.
    fs::remove_dir_all(&page).expect("removed");
    let mended = build(&options(&project, "out"));
    assert_eq!((mended.reports, mended.kept), (2, 1));
    assert!(page.is_file());
}

#[test]
fn a_folder_with_spaces_and_danish_letters_is_built_like_any_other() {
    let project = Project::small();
    let dir = project.dir.join("Områder på Ærø (udkast)");
    fs::create_dir(&dir).expect("a folder");
    for file in ["indicators.yaml", "areas.geojson", "districts.geojson", "residents.csv"] {
        fs::rename(project.dir.join(file), dir.join(file)).expect("moved");
    }
    let there = BuildOptions {
        catalogue: dir.join("indicators.yaml"),
        data: dir.clone(),
        out: dir.join("færdige sider"),
        jobs: 2,
        ..BuildOptions::default()
    };
    assert_eq!(build(&there).reports, 2);
    assert!(dir.join("færdige sider/area-status/nord.pdf").is_file());
    assert!(build(&there).unchanged.is_some());
    // Another build has the folder.
    let held = fs::File::open(dir.join("færdige sider/.kvarter-lock")).expect("it stays");
    held.try_lock().expect("free");
    let refused = kvarter::build(&there, &|_| ()).expect_err("the folder is held");
    assert!(one(&refused).starts_with("error[out-in-use]"), "{refused:#?}");
}
