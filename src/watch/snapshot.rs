//! What the files of a build look like at one moment, and what has changed between two.

use std::{collections::BTreeMap, fs, path::PathBuf, time::SystemTime};

use crate::inputs::Files;

/// What has to be done again, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Rendering: a template, a text, a font or the logo.
    Pages,
    /// Reading the comments, and rendering.
    Comments,
    /// Computing: the catalogue, data or an edition.
    Everything,
}

/// The time and the size of every file, as far as it is there.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Snapshot(BTreeMap<PathBuf, Seen>);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Seen {
    name: String,
    kind: Kind,
    state: Option<(SystemTime, u64)>,
}

impl Snapshot {
    /// Looks at the files.
    pub fn of(files: &Files) -> Self {
        let parts = [
            (Kind::Pages, &files.templates),
            (Kind::Comments, &files.comments),
            (Kind::Everything, &files.catalogue),
            (Kind::Everything, &files.data),
            (Kind::Everything, &files.editions),
        ];
        let seen = |(kind, (name, path)): (Kind, &(String, PathBuf))| {
            let state = fs::metadata(path).ok();
            let state = state.and_then(|found| Some((found.modified().ok()?, found.len())));
            (path.clone(), Seen { name: name.clone(), kind, state })
        };
        Self(
            parts
                .into_iter()
                .flat_map(|(kind, files)| files.iter().map(move |file| (kind, file)))
                .map(seen)
                .collect(),
        )
    }

    /// The names of the files that are not what they were, and what has to be done again for them; `None` if all are.
    pub fn since(&self, last: &Self) -> Option<(Kind, Vec<String>)> {
        let changed = self.0.iter().filter(|(path, seen)| last.0.get(*path) != Some(*seen));
        let gone = last.0.iter().filter(|(path, _)| !self.0.contains_key(*path));
        let all: Vec<&Seen> = changed.chain(gone).map(|(_, seen)| seen).collect();
        let kind = all.iter().map(|seen| seen.kind).max()?;
        Some((kind, all.into_iter().map(|seen| seen.name.clone()).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_says_what_is_done_again_and_the_most_of_it_counts() {
        let folder = std::env::temp_dir().join(format!("kvarter-snapshot-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let file = |name: &str| (name.to_string(), folder.join(name));
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("written");
        for name in ["a.typ", "b.md", "c.csv"] {
            write(name, "1");
        }
        let mut files = Files {
            templates: vec![file("a.typ")],
            comments: vec![file("b.md")],
            data: vec![file("c.csv")],
            ..Files::default()
        };
        let first = Snapshot::of(&files);
        assert_eq!(Snapshot::of(&files).since(&first), None);
        write("a.typ", "22");
        assert_eq!(Snapshot::of(&files).since(&first), Some((Kind::Pages, vec!["a.typ".to_string()])));
        write("b.md", "22");
        let (kind, names) = Snapshot::of(&files).since(&first).expect("two files have changed");
        assert_eq!((kind, names.len()), (Kind::Comments, 2));
        // A file that goes and one that comes are changes too.
        let second = Snapshot::of(&files);
        files.data = vec![file("d.csv")];
        let (kind, names) = Snapshot::of(&files).since(&second).expect("two files have changed");
        assert_eq!((kind, names), (Kind::Everything, vec!["d.csv".to_string(), "c.csv".to_string()]));
        fs::remove_dir_all(folder).expect("removed");
    }
}
