//! Writing beside, then renaming: the output folder holds whole files or none.
//!
//! Everything is first written to a folder of its own inside `out/`. When all is there, files are moved to their places one by
//! one, and the manifest last. A file that the last manifest does not name is never replaced.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use super::{
    Options,
    case_system::readability,
    manifest::{self, Made, Manifest, Output, cannot},
    place::{Lock, place},
    rendered::Rendered,
};
use crate::{diagnostics::Diagnostic, hash};

/// The folder in which a run is written, inside the output folder.
const BESIDE: &str = ".kvarter-new";

/// The files of a run, written but not yet in place.
pub(super) struct Beside {
    out: PathBuf,
    /// What the last run left.
    last: Manifest,
    written: Mutex<BTreeMap<String, Output>>,
    /// Files of the last run that stay as they are.
    kept: Mutex<BTreeSet<String>>,
    rendered: Mutex<BTreeMap<String, Rendered>>,
    /// LIX by report.
    readability: Mutex<BTreeMap<String, f64>>,
    /// Held until everything is in place.
    _lock: Lock,
}

impl Beside {
    /// An empty folder for a run.
    pub fn new(out: &Path) -> Result<Self, Vec<Diagnostic>> {
        let failed = |error: io::Error| vec![cannot("write", &out.display().to_string(), &error)];
        fs::create_dir_all(out).map_err(failed)?;
        let lock = Lock::take(out).map_err(|error| vec![error])?;
        let folder = out.join(BESIDE);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => fs::create_dir_all(&folder),
        }
        .map_err(failed)?;
        Ok(Self {
            out: out.to_path_buf(),
            last: Manifest::last(out),
            written: Mutex::default(),
            kept: Mutex::default(),
            rendered: Mutex::default(),
            readability: Mutex::default(),
            _lock: lock,
        })
    }

    /// Writes one file; `path` is relative to the output folder, with `/` between its parts.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let file = self.out.join(BESIDE).join(path);
        file.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&file, bytes))
            .map_err(|error| cannot("write", path, &error))?;
        self.note(path, bytes);
        Ok(())
    }

    /// Lets a library write one file by itself.
    pub fn make(&self, path: &str, fill: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), Diagnostic> {
        let file = self.out.join(BESIDE).join(path);
        let made = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fill(&file));
        let bytes = made.and_then(|()| fs::read(&file)).map_err(|error| cannot("write", path, &error))?;
        self.note(path, &bytes);
        Ok(())
    }

    /// Notes a file that is written.
    fn note(&self, path: &str, bytes: &[u8]) {
        let output = Output { bytes: bytes.len() as u64, sha256: hash::of(bytes) };
        held(&self.written).insert(path.to_string(), output);
    }

    /// A file that this run has written or left as it was, if it has.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let kept = held(&self.kept).contains(path);
        let folder = if kept { self.out.clone() } else { self.out.join(BESIDE) };
        match fs::read(folder.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(cannot("read", path, &error)),
        }
    }

    /// The files that a reader will find in the output folder, with their sizes: those of this run, and in a `narrow` one those
    /// of the last.
    pub fn published(&self, narrow: bool) -> BTreeMap<String, u64> {
        let (kept, written) = (held(&self.kept), held(&self.written));
        let last = self.last.outputs.iter().filter(|(path, _)| narrow || kept.contains(*path));
        last.chain(written.iter()).map(|(path, output)| (path.clone(), output.bytes)).collect()
    }

    /// Keeps the files of a report as the last run left them, if they would come out the same: it was rendered from the same
    /// (`from` says what it would be rendered from now, given what was asked for), and every file is still what it was.
    pub fn keep(&self, report: &str, from: impl Fn(&BTreeSet<String>) -> String) -> bool {
        let Some(rendered) = self.last.rendered.get(report) else { return false };
        let intact = |(path, sha256): (&String, &String)| {
            self.last.outputs.contains_key(path)
                && hash::of_file(&self.out.join(path)).is_ok_and(|found| found == *sha256)
        };
        if rendered.from != from(&rendered.asked) || !rendered.files.iter().all(intact) {
            return false;
        }
        held(&self.kept).extend(rendered.files.keys().cloned());
        held(&self.rendered).insert(report.to_string(), rendered.clone());
        true
    }

    /// Keeps the files of a report as the last run left them, whatever it would be made from now.
    pub fn stay(&self, report: &str) {
        if let Some(rendered) = self.last.rendered.get(report) {
            held(&self.kept).extend(rendered.files.keys().cloned());
            held(&self.rendered).insert(report.to_string(), rendered.clone());
        }
    }

    /// Notes from what a report was rendered into these files.
    pub fn rendered(&self, report: &str, from: String, asked: BTreeSet<String>, files: &[String]) {
        let written = held(&self.written);
        let hash = |path: &String| Some((path.clone(), written.get(path)?.sha256.clone()));
        let rendered = Rendered { from, asked, files: files.iter().filter_map(hash).collect() };
        held(&self.rendered).insert(report.to_string(), rendered);
    }

    /// Notes how hard a report is to read; a later note takes the place of an earlier one.
    pub fn measured(&self, report: &str, lix: f64) {
        held(&self.readability).insert(report.to_string(), readability::rounded(lix));
    }

    /// Moves everything into place and writes the manifest. `whole` runs also remove what the last manifest names and this
    /// run did not make. A file that cannot be moved is reported and stays as it was, and the rest is in place. `made` goes
    /// into the manifest if nothing is reported.
    pub fn settle(
        self,
        mut manifest: Manifest,
        whole: bool,
        made: Option<Made>,
    ) -> Result<(Vec<String>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let Manifest { outputs: last, readability, rendered, .. } = self.last;
        if !whole {
            manifest.readability = readability;
            manifest.rendered = rendered;
        }
        manifest.readability.extend(freed(self.readability));
        manifest.rendered.extend(freed(self.rendered));
        let (mut paths, mut errors) = (Vec::new(), Vec::new());
        let mut stays: BTreeSet<String> = freed(self.kept);
        paths.extend(stays.iter().cloned());
        for (path, output) in freed(self.written) {
            match place(&self.out, BESIDE, &path, last.contains_key(&path)) {
                Ok(()) => {
                    manifest.outputs.insert(path.clone(), output);
                    paths.push(path);
                }
                Err(error) => {
                    stays.insert(path);
                    errors.push(error);
                }
            }
        }
        for (path, output) in last {
            if manifest.outputs.contains_key(&path) {
                continue;
            }
            if !whole || stays.contains(&path) {
                manifest.outputs.insert(path, output);
            } else if let Err(error) = fs::remove_file(self.out.join(&path))
                && error.kind() != io::ErrorKind::NotFound
            {
                errors.push(cannot("remove", &path, &error));
                // Still ours: the next run tries again.
                manifest.outputs.insert(path, output);
            }
        }
        paths.sort();
        manifest.made = made.filter(|_| errors.is_empty());
        self::write_manifest(&self.out, &manifest)
            .map_err(|error| vec![cannot("write", manifest::FILE, &error)])?;
        fs::remove_dir_all(self.out.join(BESIDE)).map_err(|error| vec![cannot("remove", BESIDE, &error)])?;
        Ok((paths, errors))
    }
}

/// What a lock guards.
fn held<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().expect("no thread panics while it holds the list")
}

/// What a lock guarded.
fn freed<T>(shared: Mutex<T>) -> T {
    shared.into_inner().expect("no thread panics while it holds the list")
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
        let (paths, errors) = beside.settle(Manifest::default(), true, None).expect("settled");
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
            beside.settle(Manifest::default(), whole, None).expect("settled");
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
            beside.settle(Manifest::default(), whole, None).expect("settled");
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
