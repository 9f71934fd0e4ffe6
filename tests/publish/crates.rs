//! The crates of this workspace, as cargo sees them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use aura_workspace_tests::checkout;
use serde_json::Value;

/// Every package that is compiled here, and how they hang together.
pub fn metadata() -> &'static Value {
    static METADATA: LazyLock<Value> = LazyLock::new(|| {
        let about = cargo(&["-vV"]);
        let host = about.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host.expect("cargo knows its host");
        // What only other systems need may not be on this disk.
        let text = cargo(&[
            "metadata",
            "--format-version=1",
            "--locked",
            "--offline",
            "--filter-platform",
            host,
        ]);
        serde_json::from_str(&text).expect("cargo writes JSON")
    });
    &METADATA
}

/// The crates that are published.
pub fn published() -> Vec<&'static Value> {
    let found: Vec<_> = list(&metadata()["packages"])
        .filter(|package| package["source"].is_null() && package["publish"].is_null())
        .collect();
    assert!(!found.is_empty(), "cargo lists the workspace's packages");
    found
}

/// The folder of a crate of this workspace.
pub fn folder(package: &Value) -> PathBuf {
    let manifest = Path::new(text(&package["manifest_path"]));
    manifest.parent().expect("it is in a folder").to_path_buf()
}

pub fn list(value: &'static Value) -> impl Iterator<Item = &'static Value> {
    value.as_array().expect("cargo writes a list").iter()
}

pub fn text(value: &Value) -> &str {
    value.as_str().expect("cargo writes a text")
}

pub fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(checkout::root())
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}
