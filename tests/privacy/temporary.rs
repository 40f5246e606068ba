//! No temporary file holds rows: a build is run with its temporary folder, its home and its working folder watched.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use super::{command, files};
use crate::support::{Project, new_folder};

/// The files that a process has open to write in, on systems that tell; one that has no name any more is among them.
fn open_to_write(process: u32) -> BTreeSet<PathBuf> {
    let handles = fs::read_dir(format!("/proc/{process}/fdinfo")).into_iter().flatten().flatten();
    let is_written = |info: &str| {
        let flags = info.lines().find_map(|line| line.strip_prefix("flags:"));
        let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
        flags.is_some_and(|flags| flags & 3 != 0)
    };
    let file = |handle: fs::DirEntry| {
        let info = fs::read_to_string(handle.path()).ok()?;
        let path = fs::read_link(format!("/proc/{process}/fd/{}", handle.file_name().display())).ok()?;
        (is_written(&info) && path.is_absolute() && !path.starts_with("/dev")).then_some(path)
    };
    handles.filter_map(file).collect()
}

#[test]
fn a_build_writes_nowhere_but_in_its_output_folder() {
    let project = Project::small();
    // As the system names it, whatever links lead there.
    let folder = fs::canonicalize(&project.dir).expect("the folder is there");
    let before: BTreeSet<PathBuf> = files(&folder).into_iter().collect();
    let (temporary, home) = (new_folder("temporary"), new_folder("home"));
    let mut running = command(&project, &["build", "--out", "out"])
        .envs([("TMPDIR", &temporary), ("TMP", &temporary), ("TEMP", &temporary), ("HOME", &home)])
        .env_remove("POLARS_TEMP_DIR")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program can be started");
    let mut written = BTreeSet::new();
    let status = loop {
        if let Some(status) = running.try_wait().expect("it can be asked") {
            break status;
        }
        written.extend(open_to_write(running.id()));
        written.extend(files(&temporary));
        written.extend(files(&home));
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(status.success());
    written.extend(files(&temporary));
    written.extend(files(&home));
    written.extend(files(&folder).into_iter().filter(|path| !before.contains(path)));
    let out = folder.join("out");
    let strange: Vec<&PathBuf> = written.iter().filter(|path| !path.starts_with(&out)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(written.contains(&out.join("area-status/nord.pdf")), "{written:?}");
    for folder in [temporary, home] {
        fs::remove_dir_all(folder).expect("removed");
    }
}

#[test]
fn the_program_asks_no_library_for_temporary_files_or_to_spill_rows() {
    let manifest = include_str!("../../Cargo.toml");
    let polars = manifest.lines().find(|line| line.starts_with("polars ")).expect("polars is a dependency");
    for feature in ["streaming", "new_streaming", "ipc", "cloud", "async"] {
        assert!(!polars.contains(&format!("\"{feature}\"")), "polars writes rows to disk with `{feature}`");
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files(&source).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(&file).expect("readable");
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = file.ends_with("testing.rs") || file.ends_with("tests.rs");
        for word in ["temp_dir", "tempfile", "POLARS_TEMP_DIR", "sink_parquet", "sink_csv", "sink_ipc"] {
            assert!(is_test || !program.contains(word), "{} uses `{word}`", file.display());
        }
    }
}
