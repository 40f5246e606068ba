//! What the tests of this stage share: folders for small files, and declarations without a catalogue.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    catalogue::{At, Catalogue, load_str},
    diagnostics::{Place, SourceFile},
};

/// A folder that is removed when the test is over.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), text).expect("the folder can be written to");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// An empty folder of this test's own.
pub(super) fn folder(test: &str) -> Folder {
    let path = std::env::temp_dir().join(format!("kvarter-{}-{test}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for the test");
    Folder(path)
}

/// A value as if it stood alone in a catalogue.
pub(super) fn at(text: &str) -> At<String> {
    let file = Arc::new(SourceFile { name: "a.yaml".into(), text: text.into() });
    At { value: text.into(), place: Place { file, offset: 0, len: text.len() } }
}

/// A catalogue with these sections.
pub(super) fn catalogue(sections: &str) -> Catalogue {
    let text = format!(
        "catalogue: {{ title: t, publisher: p, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }}\n{sections}"
    );
    load_str("a.yaml", &text).unwrap_or_else(|problems| panic!("{problems:?}")).0
}
