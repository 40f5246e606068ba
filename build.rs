//! Names the program by what it is made from: `KVARTER_MADE_FROM` changes with any line of code, text, template or dependency.
//!
//! A report is not rendered again while nothing that it is made from has changed, and the program is one of those things. Its
//! version alone would not do: it stays while somebody works on the program.

use std::{
    fs,
    hash::{DefaultHasher, Hasher},
    io,
    path::{Path, PathBuf},
};

/// Everything that becomes part of the program.
const PARTS: [&str; 5] = ["src", "templates", "indicators", "indicators.yaml", "Cargo.lock"];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={part}");
        let mut files = Vec::new();
        collect(Path::new(part), &mut files)?;
        files.sort();
        for file in files {
            hasher.write(file.to_string_lossy().as_bytes());
            let bytes = fs::read(&file)?;
            hasher.write_usize(bytes.len());
            hasher.write(&bytes);
        }
    }
    println!("cargo:rustc-env=KVARTER_MADE_FROM={:016x}", hasher.finish());
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
