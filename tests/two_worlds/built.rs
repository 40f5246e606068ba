//! Everything that a build leaves behind, and where two are not alike.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use kvarter::BuildOptions;

/// Everything that a build leaves behind and says.
pub struct Built {
    /// By path; how long it took is not among them.
    pub files: BTreeMap<String, Vec<u8>>,
    told: Vec<String>,
}

impl Built {
    /// Builds into the folder `out`.
    pub fn by(options: &BuildOptions) -> Self {
        let built = kvarter::build(options, &|_| ());
        let (summary, diagnostics) = built.unwrap_or_else(|errors| panic!("{errors:#?}"));
        assert!(summary.failed.is_empty(), "{diagnostics:#?}");
        let mut files = BTreeMap::new();
        gather(&options.out, "", &mut files);
        files.remove("timings.json").expect("it says how long it took");
        let folder = options.data.display().to_string();
        let told = diagnostics.iter().map(|told| format!("{told:?}").replace(&folder, "")).collect();
        Self { files, told }
    }

    /// Every place where two builds are not alike.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut all = Vec::new();
        if self.told != other.told {
            all.push(format!("warnings: {:#?}\nand {:#?}", self.told, other.told));
        }
        if !self.files.keys().eq(other.files.keys()) {
            all.push(format!("files: {:?} and {:?}", self.files.keys(), other.files.keys()));
        }
        for (file, one) in &self.files {
            let Some(other) = other.files.get(file) else { continue };
            if one != other {
                all.push(difference(file, one, other));
            }
        }
        all
    }
}

/// Where a file differs: its first lines that do.
fn difference(file: &str, one: &[u8], other: &[u8]) -> String {
    let (Ok(a), Ok(b)) = (std::str::from_utf8(one), std::str::from_utf8(other)) else {
        return format!("{file}: {} and {} bytes", one.len(), other.len());
    };
    let split =
        |text: &str| -> Vec<String> { text.split_inclusive(['\n', ',']).map(str::to_string).collect() };
    let (a, b) = if file.ends_with(".json") { (split(a), split(b)) } else { (lines(a), lines(b)) };
    let mut text = format!("{file}:");
    for (a, b) in a.iter().zip(&b).filter(|(a, b)| a != b).take(8) {
        write!(text, "\n  {} | {}", a.trim(), b.trim()).expect("text");
    }
    text
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_string).collect()
}

/// All files under a folder. The manifest is without the hashes of what was read.
fn gather(folder: &Path, under: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
            continue;
        }
        let mut bytes = fs::read(entry.path()).expect("a file");
        if name == "manifest.json" {
            let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
            manifest["inputs"]
                .as_object_mut()
                .expect("inputs")
                .values_mut()
                .for_each(|hash| *hash = "".into());
            manifest["made"]["from"] = "".into();
            bytes = serde_json::to_string_pretty(&manifest).expect("JSON").into_bytes();
        }
        files.insert(name, bytes);
    }
}
