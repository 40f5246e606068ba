//! Waiting until a file may have changed.
//!
//! The system tells of changes in folders; where it cannot (some network drives), the folders are looked at again and again.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::Duration,
};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::inputs::Files;

/// An editor writes a file in several steps: it is quiet for so long when it is done.
const QUIET: Duration = Duration::from_millis(25);
/// How often files are looked at while the system tells of changes: not every drive tells of all of them.
const SELDOM: Duration = Duration::from_secs(2);
/// How often they are looked at where it does not.
const OFTEN: Duration = Duration::from_millis(300);

/// What wakes a session.
pub struct Wake {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<()>,
    folders: BTreeSet<PathBuf>,
}

impl Wake {
    /// Watches nothing yet.
    pub fn new() -> Self {
        let (tell, events) = channel();
        let on_event = move |event: notify::Result<notify::Event>| {
            // Reading a file is an event too, and no reason to build.
            if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                // Nobody waits any more when the session is over.
                let _ = tell.send(());
            }
        };
        Self { watcher: notify::recommended_watcher(on_event).ok(), events, folders: BTreeSet::new() }
    }

    /// Watches the folders of these files too.
    pub fn watch(&mut self, files: &Files) {
        for folder in files.all().filter_map(|(_, path)| path.parent()) {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            if self.folders.insert(folder.to_path_buf())
                && let Some(watcher) = &mut self.watcher
                && watcher.watch(folder, RecursiveMode::NonRecursive).is_err()
            {
                self.watcher = None;
            }
        }
    }

    /// Waits until something may have changed.
    pub fn wait(&self) {
        let often = if self.watcher.is_some() { SELDOM } else { OFTEN };
        match self.events.recv_timeout(often) {
            Ok(()) => while self.events.recv_timeout(QUIET).is_ok() {},
            Err(RecvTimeoutError::Timeout) => {}
            // Without a watcher nobody sends.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(OFTEN),
        }
    }
}

impl Default for Wake {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_file_that_is_written_wakes_long_before_the_next_look() {
        let folder = std::env::temp_dir().join(format!("kvarter-wake-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut wake = Wake::new();
        wake.watch(&Files { templates: vec![("a.typ".into(), folder.join("a.typ"))], ..Files::default() });
        if wake.watcher.is_some() {
            std::fs::write(folder.join("a.typ"), "1").expect("written");
            let started = Instant::now();
            wake.wait();
            assert!(started.elapsed() < SELDOM, "{:?}", started.elapsed());
        }
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
