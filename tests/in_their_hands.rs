//! The program in other people's hands: one file in an empty folder, a first catalogue, an entry from a colleague.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use kvarter::catalogue::{self, schema};

use crate::support::{Project, new_folder};

/// Runs a program in a folder with nothing of this machine's surroundings.
fn run(program: &Path, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env_clear();
    command.output().expect("the program runs")
}

fn kvarter(folder: &Path, arguments: &[&str]) -> (bool, String, String) {
    let run = run(Path::new(env!("CARGO_BIN_EXE_kvarter")), folder, arguments);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (run.status.success(), text(run.stdout), text(run.stderr))
}

/// A folder that `init --empty` made.
fn started() -> PathBuf {
    let folder = new_folder("started").join("Vores område");
    let (well, text, errors) = kvarter(Path::new("/"), &["init", "--empty", &folder.to_string_lossy()]);
    assert!(well && text.contains("UDFYLD"), "{text}{errors}");
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("the file can be read")
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_program_alone_builds_from_a_catalogue_and_its_data_in_a_folder_with_nothing_else() {
    let project = Project::small();
    let program = new_folder("program").join("kvarter");
    fs::copy(env!("CARGO_BIN_EXE_kvarter"), &program).expect("copied");
    let run = run(&program, &project.dir, &["build", "--quiet"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(
        names(&project.dir),
        ["areas.geojson", "districts.geojson", "indicators.yaml", "out", "residents.csv"]
    );
    let page = fs::read(project.dir.join("out/area-status/nord.pdf")).expect("written");
    // The family of type in the program is inside the page.
    assert!(
        String::from_utf8_lossy(&page).contains("SourceSans3"),
        "the page is set with the program's own type"
    );
}

#[test]
fn a_started_folder_passes_check_and_says_what_is_to_be_filled_in() {
    let folder = started();
    assert_eq!(
        names(&folder),
        [".gitignore", "comments", "data", "indicators.schema.json", "indicators.yaml"]
    );
    let (well, text, errors) = kvarter(&folder, &["check"]);
    assert!(well, "{errors}");
    for asked in ["title", "publisher", "municipality", "region"] {
        assert!(errors.contains(&format!("`{asked}` is not filled in")), "{asked}: {errors}");
    }
    for lacks in ["no layer of areas", "no source has a file", "reports: none"] {
        assert!(text.contains(lacks), "{text}");
    }
    let filled: String = read(&folder, "indicators.yaml")
        .lines()
        .map(|line| format!("{}\n", line.split("# UDFYLD").next().unwrap_or_default()))
        .collect();
    fs::write(folder.join("indicators.yaml"), filled).expect("written");
    let (well, _, errors) = kvarter(&folder, &["check"]);
    assert!(well && errors.is_empty(), "{errors}");
}

#[test]
fn every_line_of_a_started_catalogue_that_waits_behind_a_sign_may_be_taken_in() {
    let folder = started();
    let yaml = |line: &str| {
        let rest = line
            .strip_prefix('#')
            .filter(|rest| rest.starts_with("  ") || rest.starts_with(|c: char| c.is_ascii_lowercase()));
        format!("{}\n", rest.unwrap_or(line))
    };
    let all: String = read(&folder, "indicators.yaml").lines().map(yaml).collect();
    let (catalogue, warnings) =
        catalogue::load_str("indicators.yaml", &all).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(warnings.is_empty(), "{warnings:#?}");
    assert!(catalogue.indicators.contains("over-70") && catalogue.about.licence.is_some());
    assert_eq!((catalogue.areas.len(), catalogue.reports.len(), catalogue.adjust.len()), (1, 2, 1));
    let first = all.lines().next().unwrap_or_default();
    assert_eq!(first, "# yaml-language-server: $schema=indicators.schema.json");
    assert_eq!(read(&folder, "indicators.schema.json"), schema::json());
}

#[test]
fn an_entry_of_the_demonstration_is_taken_in_with_one_command_and_the_catalogue_is_still_right() {
    let folder = started();
    let before = read(&folder, "indicators.yaml");
    let (demonstration, file) = (concat!(env!("CARGO_MANIFEST_DIR"), "/indicators.yaml"), "vores-æble.yaml");
    // A catalogue without base takes in what the entry builds on, too.
    let without = before.lines().filter(|line| !line.contains("base:")).map(|line| format!("{line}\n"));
    fs::write(folder.join("indicators.yaml"), without.collect::<String>()).expect("written");
    let own = read(&folder, "indicators.yaml");

    let (well, text, errors) =
        kvarter(&folder, &["export", "living-alone", "--catalogue", demonstration, "--to", file]);
    assert!(well && text.contains("kvarter add"), "{text}{errors}");
    let (well, text, errors) = kvarter(&folder, &["add", file]);
    assert!(well, "{errors}");
    for told in
        ["added     indicators/living-alone", "added     sources/residents", "birth_date", "kvarter check"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(read(&folder, "indicators.yaml").starts_with(&own), "what was there stands as it was");
    let (well, _, errors) = kvarter(&folder, &["check"]);
    assert!(well, "{errors}");

    let taken = read(&folder, "indicators.yaml");
    let (well, text, _) = kvarter(&folder, &["add", file]);
    assert!(well && text.contains("has all of it already"), "{text}");
    let other = read(&folder, file).replace("unit: percent", "unit: count");
    fs::write(folder.join(file), other).expect("written");
    let (well, _, errors) = kvarter(&folder, &["add", file]);
    assert!(!well && errors.contains("id-taken"), "{errors}");
    assert_eq!(read(&folder, "indicators.yaml"), taken);
    assert!(names(&folder).iter().all(|name| !name.ends_with("-new")));
}

#[test]
fn the_demonstration_comes_with_its_comments() {
    let folder = new_folder("demonstration").join("fjordby");
    let (well, _, errors) = kvarter(Path::new("/"), &["init", &folder.to_string_lossy()]);
    assert!(well, "{errors}");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("comments");
    assert_eq!(names(&folder.join("comments")), names(&own));
    assert_eq!(read(&folder, "comments/gronnevang.md"), read(&own, "gronnevang.md"));
    let (well, _, errors) = kvarter(&folder, &["check"]);
    assert!(well, "{errors}");
}
