//! This checkout, and small ones made for a test.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xtask::workspace::CONTRACT;

/// The root of this checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ stands in the root")
        .to_path_buf()
}

/// The contract of this checkout.
pub fn contract() -> String {
    fs::read_to_string(root().join(CONTRACT)).expect("openapi.yaml is there")
}

/// A checkout of nothing but a contract and the place for its client.
pub fn with_contract(text: impl AsRef<[u8]>) -> TempDir {
    let checkout = tempfile::tempdir().expect("a temporary folder");
    let client = checkout.path().join("crates/aura-client");
    fs::create_dir_all(&client).expect("a folder in it");
    fs::write(client.join("Cargo.toml"), "").expect("a file in it");
    fs::write(checkout.path().join(CONTRACT), text).expect("a file in it");
    checkout
}

/// Replaces the one place where `from` stands; a test's edit that no longer fits must not pass.
pub fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(
        text.matches(from).count(),
        1,
        "`{from}` must stand exactly once in the text"
    );
    text.replace(from, to)
}
