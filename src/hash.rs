//! SHA-256, in hexadecimal: how the program tells whether something has changed.

use std::{fs::File, io, path::Path};

use sha2::{Digest, Sha256};

/// The hash of some bytes.
pub fn of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The hash of a file.
pub fn of_file(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hex(&hasher.finalize()))
}

/// A hash over parts; where one ends and the next begins is part of it.
#[derive(Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Adds a part.
    pub fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The hash.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_that_of_the_standard() {
        // FIPS 180-4, the example of one block.
        assert_eq!(of(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn two_parts_are_not_taken_for_one() {
        let sum = |parts: &[&str]| {
            let mut sum = Sum::default();
            parts.iter().for_each(|part| sum.add(part));
            sum.finish()
        };
        assert_ne!(sum(&["ab", "c"]), sum(&["a", "bc"]));
    }
}
