//! Data protection: what is read and told to a data protection officer, that no message or file holds a person's value, and
//! that no temporary file holds rows. The program is run as a user runs it, so that nothing it prints escapes.

mod leaks;
mod leaks_in_files;
mod record;
mod temporary;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::support::Project;

/// Runs the program in a project's folder.
fn kvarter(project: &Project, words: &[&str]) -> Output {
    command(project, words).output().expect("the program can be started")
}

fn command(project: &Project, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvarter"));
    command.args(words).current_dir(&project.dir);
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// All files below a folder; none if there is no folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// The small project with everything that `kvarter check` asks of an indicator.
fn complete_project() -> Project {
    let project = Project::small();
    let text = fs::read_to_string(project.dir.join("indicators.yaml")).expect("readable");
    let complete = |(number, line): (usize, &str)| match line.strip_prefix("    higher-is: ") {
        Some(_) => format!("{line}\n{}", DOCUMENTED.replace('#', &number.to_string())),
        None => format!("{line}\n"),
    };
    project.write("indicators.yaml", &text.lines().enumerate().map(complete).collect::<String>());
    project
}

/// What an indicator's entry must say beside its method; `#` stands for what makes it another than the others.
const DOCUMENTED: &str = "    question: Hvor mange?
    definition: Andel nummer #
    register: R
    reference-date: 1. januar
    pitfalls: [P]
    references: [§ 1]
";
