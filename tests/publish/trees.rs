//! What a program that depends on the published crates compiles.

use std::collections::BTreeMap;

use serde_json::Value;

use super::crates::{cargo, list, metadata, published, text};

/// The crates that are published and all that is compiled with them, dev-dependencies aside.
fn compiled() -> Vec<&'static Value> {
    let by_id = |values: &'static Value| -> BTreeMap<&str, &Value> {
        list(values)
            .map(|value| (text(&value["id"]), value))
            .collect()
    };
    let packages = by_id(&metadata()["packages"]);
    let nodes = by_id(&metadata()["resolve"]["nodes"]);
    let mut found = BTreeMap::new();
    let mut open: Vec<&str> = published()
        .iter()
        .map(|package| text(&package["id"]))
        .collect();
    while let Some(id) = open.pop() {
        if found.insert(id, packages[id]).is_some() {
            continue;
        }
        let needed = list(&nodes[id]["deps"])
            .filter(|dependency| list(&dependency["dep_kinds"]).any(|kind| kind["kind"] != "dev"));
        open.extend(needed.map(|dependency| text(&dependency["pkg"])));
    }
    found.into_values().collect()
}

/// Cargo itself only takes care of it while it chooses versions, and says nothing of those that
/// were chosen before.
#[test]
fn no_dependency_asks_for_a_newer_rust_than_its_users_are_told() {
    let ours = version(text(&published()[0]["rust_version"]));
    let newer: Vec<String> = compiled()
        .into_iter()
        .filter_map(|package| Some((package, package["rust_version"].as_str()?)))
        .filter(|(_, rust)| version(rust) > ours)
        .map(|(package, rust)| format!("{} asks for {rust}", text(&package["id"])))
        .collect();
    assert!(newer.is_empty(), "rust-version is {ours:?}: {newer:#?}");
}

fn version(text: &str) -> Vec<u32> {
    let numbers = text.split('.').map(|number| number.parse());
    let mut numbers: Vec<u32> = numbers.collect::<Result<_, _>>().expect("three numbers");
    numbers.resize(3, 0);
    numbers
}

#[test]
fn nobody_compiles_the_generator_but_its_maintainers() {
    let names: Vec<&str> = compiled()
        .iter()
        .map(|package| text(&package["name"]))
        .collect();
    assert!(names.contains(&"reqwest"), "the tree is read: {names:?}");
    for name in [
        "client-codegen",
        "xtask",
        "progenitor",
        "openapiv3",
        "prettyplease",
    ] {
        assert!(!names.contains(&name), "{name} is in the tree");
    }
}

#[test]
fn nobody_compiles_a_yaml_parser_for_a_contract_in_json() {
    let tree = |package: &str| {
        let package = format!("--package={package}");
        let arguments = ["tree", "--locked", "--offline", "--all-features", &package];
        cargo(&[&arguments[..], &["--edges=normal", "--prefix=none"]].concat())
    };
    let parsers = ["serde_yaml ", "saphyr-parser "];
    let document = tree("openapi-document");
    assert!(
        parsers.iter().all(|name| document.contains(name)),
        "it is read"
    );
    for package in ["aura-client", "aura-contract", "aura-sandbox", "aura-cli"] {
        let tree = tree(package);
        for name in parsers {
            assert!(!tree.contains(name), "{name} is in the tree of {package}");
        }
    }
}

#[test]
fn a_test_with_the_sandbox_compiles_its_pages_only_if_it_asks_for_them() {
    let tree = |features: &str| {
        let arguments = ["tree", "--locked", "--offline", "--package=aura-sandbox"];
        let what = ["--edges=normal", "--prefix=none", features];
        cargo(&[&arguments[..], &what].concat())
    };
    for (name, features) in [
        ("swagger-ui-dist ", "--features=docs"),
        ("serde_path_to_error ", "--features=control"),
    ] {
        assert!(tree(features).contains(name), "{features} is read");
        assert!(!tree("--no-default-features").contains(name), "{name}");
    }
}
