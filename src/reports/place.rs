//! Moving a finished file to its place in the output folder, and holding the folder for one build at a time.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
};

use super::manifest::cannot;
use crate::diagnostics::{At, Diagnostic, Severity};

/// The file in the output folder that a build holds. It stays: one that is removed could be held by two.
const LOCK: &str = ".kvarter-lock";

/// A hold on an output folder, from all that comes of two builds at once. It ends with the value, or with the program.
pub(super) struct Lock {
    _held: Option<File>,
}

impl Lock {
    /// Takes the folder, which must be there, unless another build has it. Where the system of files knows no locks there is none.
    pub fn take(out: &Path) -> Result<Self, Diagnostic> {
        let failed = |error| cannot("write", &out.join(LOCK).display().to_string(), &error);
        let file = File::options().create(true).write(true).truncate(false).open(out.join(LOCK));
        let file = file.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _held: Some(file) }),
            Err(TryLockError::Error(_)) => Ok(Self { _held: None }),
            Err(TryLockError::WouldBlock) => {
                let at = At::File(out.display().to_string());
                let message = "another build is writing to this folder";
                Err(Diagnostic::new(Severity::Error, "out-in-use", message, at)
                    .hint("wait until it is done, or write elsewhere with `--out DIR`"))
            }
        }
    }
}

/// Refuses a folder that another build has, before anything is computed.
pub fn is_free(out: &Path) -> Result<(), Diagnostic> {
    if out.is_dir() { Lock::take(out).map(drop) } else { Ok(()) }
}

/// Moves a file from the folder `beside` to its place, unless one is there that no build made (`ours` says that one did).
pub(super) fn place(out: &Path, beside: &str, path: &str, ours: bool) -> Result<(), Diagnostic> {
    let target = out.join(path);
    if target.exists() && !ours {
        let message = "a file with this name is there, and no earlier build made it";
        let error = Diagnostic::new(Severity::Error, "not-ours", message, At::File(path.to_string()));
        return Err(error.hint("it is left as it is; move it away, or write elsewhere with `--out`"));
    }
    target
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| rename(&out.join(beside).join(path), &target))
        .map_err(|error| {
            cannot("replace", path, &error)
                .hint("the last version of it is left as it is, and everything else is new")
                .hint("close it if it is open in a reader, see that you may write to its folder, and build again")
        })
}

/// Renames; where a folder inside the output folder lies on another system of files, copies to it first.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let mut near = to.as_os_str().to_owned();
            near.push(".kvarter-new");
            fs::copy(from, &near).and_then(|_| fs::rename(&near, to)).inspect_err(|_| {
                // What cannot be removed either is told of by the error that came first.
                let _ = fs::remove_file(&near);
            })
        }
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("kvarter-place-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    #[test]
    fn a_folder_that_a_build_holds_is_refused_to_another_and_free_when_it_is_done() {
        let out = folder("two at once");
        let first = Lock::take(&out).unwrap_or_else(|error| panic!("{error}"));
        let refused = is_free(&out).expect_err("held");
        assert_eq!(refused.code, "out-in-use");
        assert!(refused.hints[0].contains("--out"), "{refused}");
        drop(first);
        assert!(is_free(&out).is_ok());
        fs::remove_dir_all(out).expect("removed");
    }

    #[test]
    fn a_folder_that_is_not_there_is_free_and_is_not_made() {
        let out = folder("none").join("out");
        assert!(is_free(&out).is_ok());
        assert!(!out.exists());
    }

    /// `/dev/shm` is another system of files than the folder for tests wherever both are there.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_on_another_system_of_files_gets_its_files_too() {
        let other = Path::new("/dev/shm").join(format!("kvarter-{}", std::process::id()));
        if fs::create_dir_all(&other).is_err() {
            return;
        }
        let out = folder("other");
        fs::create_dir_all(out.join("new")).expect("a folder");
        fs::create_dir_all(out.join("new/reports")).expect("a folder");
        fs::write(out.join("new/reports/a.pdf"), "ours").expect("written");
        std::os::unix::fs::symlink(&other, out.join("reports")).expect("a link");
        place(&out, "new", "reports/a.pdf", false).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(fs::read(other.join("a.pdf")).expect("a file"), b"ours");
        assert_eq!(fs::read_dir(&other).expect("a folder").count(), 1, "nothing is left beside it");
        fs::remove_dir_all(other).expect("removed");
        fs::remove_dir_all(out).expect("removed");
    }
}
