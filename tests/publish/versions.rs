//! The crates' version, and the places that repeat it.

use std::fs;

use aura_workspace_tests::checkout;

use super::crates::{list, published, text};

/// The crates are published together; with an older requirement, one of them could be built with a
/// sister that it doesn't know.
#[test]
fn each_crate_asks_for_its_sisters_of_the_same_version() {
    let published = published();
    let names: Vec<&str> = published
        .iter()
        .map(|package| text(&package["name"]))
        .collect();
    let version = text(&published[0]["version"]);
    for package in published {
        let name = text(&package["name"]);
        assert_eq!(text(&package["version"]), version, "{name}");
        for dependency in list(&package["dependencies"]) {
            let sister = names.contains(&text(&dependency["name"]));
            // A path alone is left out of what is published.
            if sister && dependency["req"] != "*" {
                let asked = text(&dependency["req"]);
                assert_eq!(asked, format!("^{version}"), "{name}: {dependency}");
            }
        }
    }
}

/// Whoever raises the version says what is new in it.
#[test]
fn the_newest_release_in_the_changelog_is_the_crates_version() {
    let changelog = checkout::root().join("CHANGELOG.md");
    let changelog = fs::read_to_string(changelog).expect("it is there");
    let mut headings = changelog
        .lines()
        .filter_map(|line| line.strip_prefix("## "));
    let newest = headings.find(|heading| *heading != "[Unreleased]");
    let version = text(&published()[0]["version"]);
    let Some(newest) = newest else {
        assert_eq!(version, "0.1.0", "CHANGELOG.md names no release");
        return;
    };
    let expected = format!("[{version}] - ");
    assert!(
        newest.starts_with(&expected),
        "`## {newest}` is not `## {expected}…`"
    );
}
