//! Writing beside, then renaming: the output folder holds whole files or none.
//!
//! Everything is first written to a folder of its own inside `out/`. When all is there, files are moved to their places one by
//! one, and the manifest last. A file that the last manifest does not name is never replaced.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use super::{
    Options,
    case_system::readability,
    manifest::{self, Manifest, Output, cannot},
};
use crate::diagnostics::{At, Diagnostic, Severity};

/// The folder in which a run is written, inside the output folder.
const BESIDE: &str = ".kvarter-new";

/// The files of a run, written but not yet in place.
pub(super) struct Beside {
    out: PathBuf,
    written: Mutex<BTreeMap<String, Output>>,
    /// LIX by report.
    readability: Mutex<BTreeMap<String, f64>>,
}

impl Beside {
    /// An empty folder for a run.
    pub fn new(out: &Path) -> Result<Self, Vec<Diagnostic>> {
        let folder = out.join(BESIDE);
        let made = match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => fs::create_dir_all(&folder),
        };
        made.map_err(|error| vec![cannot("write", &out.display().to_string(), &error)])?;
        Ok(Self { out: out.to_path_buf(), written: Mutex::default(), readability: Mutex::default() })
    }

    /// Writes one file; `path` is relative to the output folder, with `/` between its parts.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let file = self.out.join(BESIDE).join(path);
        file.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&file, bytes))
            .map_err(|error| cannot("write", path, &error))?;
        let output = Output { bytes: bytes.len() as u64, sha256: manifest::hash(bytes) };
        self.written
            .lock()
            .expect("no thread panics while it holds the list")
            .insert(path.to_string(), output);
        Ok(())
    }

    /// A file that this run has written, if it has.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        match fs::read(self.out.join(BESIDE).join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(cannot("read", path, &error)),
        }
    }

    /// Notes how hard a report is to read; a later note takes the place of an earlier one.
    pub fn measured(&self, report: &str, lix: f64) {
        let mut readability = self.readability.lock().expect("no thread panics while it holds the list");
        readability.insert(report.to_string(), readability::rounded(lix));
    }

    /// Moves everything into place and writes the manifest. `whole` runs also remove what the last manifest names and this
    /// run did not make. A file that cannot be moved is reported, and the rest is in place.
    pub fn settle(
        self,
        mut manifest: Manifest,
        whole: bool,
    ) -> Result<(Vec<String>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let Manifest { outputs: last, readability, .. } = Manifest::last(&self.out);
        if !whole {
            manifest.readability = readability;
        }
        manifest
            .readability
            .extend(self.readability.into_inner().expect("no thread panics while it holds the list"));
        let written = self.written.into_inner().expect("no thread panics while it holds the list");
        let (mut paths, mut errors) = (Vec::new(), Vec::new());
        for (path, output) in written {
            match place(&self.out, &path, last.contains_key(&path)) {
                Ok(()) => {
                    manifest.outputs.insert(path.clone(), output);
                    paths.push(path);
                }
                Err(error) => errors.push(error),
            }
        }
        for (path, output) in last {
            if manifest.outputs.contains_key(&path)
                || errors.iter().any(|error| error.at == At::File(path.clone()))
            {
                continue;
            }
            if !whole {
                manifest.outputs.insert(path, output);
            } else if let Err(error) = fs::remove_file(self.out.join(&path))
                && error.kind() != io::ErrorKind::NotFound
            {
                errors.push(cannot("remove", &path, &error));
            }
        }
        self::write_manifest(&self.out, &manifest)
            .map_err(|error| vec![cannot("write", manifest::FILE, &error)])?;
        fs::remove_dir_all(self.out.join(BESIDE)).map_err(|error| vec![cannot("remove", BESIDE, &error)])?;
        Ok((paths, errors))
    }
}

fn place(out: &Path, path: &str, ours: bool) -> Result<(), Diagnostic> {
    let target = out.join(path);
    if target.exists() && !ours {
        let message = "a file with this name is there, and no earlier build made it";
        let error = Diagnostic::new(Severity::Error, "not-ours", message, At::File(path.to_string()));
        return Err(error.hint("it is left as it is; move it away, or write elsewhere with `--out`"));
    }
    target
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::rename(out.join(BESIDE).join(path), &target))
        .map_err(|error| {
            cannot("replace", path, &error).hint("close it if it is open in a reader, and build again")
        })
}

fn write_manifest(out: &Path, manifest: &Manifest) -> io::Result<()> {
    let beside = out.join(BESIDE).join(manifest::FILE);
    let mut text = serde_json::to_string_pretty(manifest)?;
    text.push('\n');
    fs::write(&beside, text)?;
    fs::rename(beside, out.join(manifest::FILE))
}

/// `timings.json`: how long each stage took. Not in the manifest, since no two runs agree on it.
pub(super) fn write_timings(options: &Options, rendering: Duration) -> Result<(), Diagnostic> {
    let rendered = ("reports".to_string(), rendering);
    let stages: BTreeMap<&str, u64> = options
        .timings
        .iter()
        .chain([&rendered])
        .map(|(stage, time)| (stage.as_str(), u64::try_from(time.as_millis()).unwrap_or(u64::MAX)))
        .collect();
    let text =
        serde_json::to_string_pretty(&serde_json::json!({ "milliseconds": stages })).expect("plain data");
    std::fs::write(options.out.join("timings.json"), text + "\n")
        .map_err(|error| cannot("write", "timings.json", &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("kvarter-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_file_that_no_build_made_is_left_alone_and_the_rest_is_written() {
        let out = folder("not-ours");
        let beside = Beside::new(&out).expect("a new folder");
        fs::create_dir_all(out.join("r")).expect("a folder");
        fs::write(out.join("r/a.pdf"), "theirs").expect("a file");
        beside.write("r/a.pdf", b"ours").expect("written");
        beside.write("r/b.pdf", b"ours").expect("written");
        let (paths, errors) = beside.settle(Manifest::default(), true).expect("settled");
        assert_eq!(paths, ["r/b.pdf"]);
        assert_eq!(errors.len(), 1);
        assert_eq!(fs::read(out.join("r/a.pdf")).expect("a file"), b"theirs");
        fs::remove_dir_all(out).expect("removed");
    }

    #[test]
    fn how_hard_reports_are_to_read_is_kept_by_a_narrow_build_and_forgotten_by_a_whole_one() {
        let out = folder("lix");
        let build = |report: &str, whole| {
            let beside = Beside::new(&out).expect("a new folder");
            beside.measured(report, 41.26);
            beside.settle(Manifest::default(), whole).expect("settled");
            Manifest::last(&out).readability
        };
        let figures = |names: &[&str]| names.iter().map(|name| (name.to_string(), 41.3)).collect();
        assert_eq!(build("area-status/nord", true), figures(&["area-status/nord"]));
        assert_eq!(build("council-paper", false), figures(&["area-status/nord", "council-paper"]));
        assert_eq!(build("area-status/syd", true), figures(&["area-status/syd"]));
        fs::remove_dir_all(out).expect("removed");
    }

    #[test]
    fn a_file_of_this_run_can_be_read_and_one_of_an_earlier_run_cannot() {
        let out = folder("read");
        let beside = Beside::new(&out).expect("a new folder");
        beside.write("r/a.pdf", b"ours").expect("written");
        fs::write(out.join("b.pdf"), "earlier").expect("a file");
        assert_eq!(beside.read("r/a.pdf").expect("read").as_deref(), Some(b"ours".as_slice()));
        assert_eq!(beside.read("b.pdf").expect("read"), None);
        fs::remove_dir_all(out).expect("removed");
    }

    #[test]
    fn a_whole_build_removes_what_the_last_one_made_and_a_narrow_one_keeps_it() {
        let out = folder("stale");
        let build = |path: &str, whole| {
            let beside = Beside::new(&out).expect("a new folder");
            beside.write(path, b"x").expect("written");
            beside.settle(Manifest::default(), whole).expect("settled");
        };
        build("a.pdf", true);
        build("b.pdf", false);
        assert!(out.join("a.pdf").exists() && Manifest::last(&out).outputs.contains_key("a.pdf"));
        build("b.pdf", true);
        assert!(!out.join("a.pdf").exists() && out.join("b.pdf").exists());
        assert!(!out.join(BESIDE).exists());
        fs::remove_dir_all(out).expect("removed");
    }
}
