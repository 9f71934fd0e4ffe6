//! What stands in each crate's folder for people: its licences and its README.

use std::collections::BTreeSet;
use std::fs;

use aura_workspace_tests::checkout;

use super::crates::{folder, list, published, text};

/// Copies, since a symbolic link is a file with a path in it on Windows.
#[test]
fn each_crate_has_the_licences_of_the_root() {
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let root = fs::read(checkout::root().join(name)).expect("the root has it");
        for package in published() {
            let copy = folder(package).join(name);
            let copied = fs::read(&copy).unwrap_or_default();
            let copy = copy.display();
            assert!(copied == root, "{copy} must be a copy of the root's {name}");
        }
    }
}

#[test]
fn each_readme_names_the_rust_version_and_every_feature() {
    for package in published() {
        let name = text(&package["name"]);
        let readme = fs::read_to_string(folder(package).join("README.md")).expect("it has one");

        let rust = format!("Rust {} or later.", text(&package["rust_version"]));
        assert!(readme.contains(&rust), "{name}'s README must say: {rust}");

        let features = package["features"].as_object().expect("it has a list");
        let defaults = features.get("default").map(list);
        let defaults: Vec<_> = defaults.into_iter().flatten().map(text).collect();
        let expected: BTreeSet<String> = features
            .keys()
            .filter(|feature| *feature != "default")
            .map(|feature| match defaults.contains(&feature.as_str()) {
                true => format!("| `{feature}` | yes |"),
                false => format!("| `{feature}` | |"),
            })
            .collect();
        let told: BTreeSet<String> = readme
            .lines()
            .filter(|line| line.starts_with("| `"))
            .map(|line| line.split_inclusive('|').take(3).collect())
            .collect();
        assert_eq!(told, expected, "the features in {name}'s README");
    }
}
