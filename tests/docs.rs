//! What is generated is current: the command line's manual. (The catalogue's schema and manual are compared in `catalogue`.)

use std::{fs, path::Path};

#[test]
fn the_command_line_manual_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    if std::env::var_os("KVARTER_BLESS").is_some() {
        fs::write(&path, kvarter::cli::markdown()).expect("docs/cli.md can be written");
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap_or_default(),
        kvarter::cli::markdown(),
        "KVARTER_BLESS=1 cargo test"
    );
}
