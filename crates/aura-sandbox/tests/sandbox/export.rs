//! The page as files.

use std::fs;
use std::path::Path;

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::docs;
use serde_json::Value;
use tempfile::TempDir;

fn contract() -> Contract {
    let mut document = Contract::builtin().document().clone();
    document["x-preview"] = serde_json::json!({ "file": "a", "note": "</script>", "findings": [] });
    Contract::from_json(&document.to_string()).expect("it is a contract")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = names
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn writes_the_page_and_all_that_it_needs() {
    let parent = TempDir::new().expect("a folder");
    let folder = parent.path().join("new/site");
    let index = docs::export(&contract(), &folder).expect("it is written");
    assert_eq!(index, folder.join("index.html"));
    assert_eq!(names(&folder), ["assets", "index.html", "openapi.json"]);

    let page = fs::read_to_string(index).expect("it is there");
    assert!(
        !page.contains("http://127") && !page.contains("aura_pk_test_") && !page.contains("{{")
    );
    // Every path is relative, and leads to a file.
    let mut paths = page
        .split(['"', '>', '<'])
        .filter(|text| text.starts_with("assets/"));
    assert!(paths.clone().count() == 3);
    assert!(paths.all(|path| {
        folder
            .join(path)
            .metadata()
            .is_ok_and(|file| file.len() > 500)
    }));

    let openapi = fs::read_to_string(folder.join("openapi.json")).expect("it is there");
    let openapi: Value = serde_json::from_str(&openapi).expect("JSON");
    assert_eq!(&openapi, Contract::builtin().document());
}

#[test]
fn replaces_an_earlier_export_and_leaves_other_files_alone() {
    let folder = TempDir::new().expect("a folder");
    docs::export(&Contract::builtin(), folder.path()).expect("it is written");
    fs::write(folder.path().join("CNAME"), "docs.example").expect("room");
    fs::write(folder.path().join("openapi.json"), "old").expect("room");

    docs::export(&contract(), folder.path()).expect("it is replaced");
    assert_eq!(
        names(folder.path()),
        ["CNAME", "assets", "index.html", "openapi.json"]
    );
    let openapi = fs::read_to_string(folder.path().join("openapi.json"));
    assert_ne!(openapi.expect("it is there"), "old");
}

#[test]
fn touches_no_folder_that_holds_something_else() {
    for name in ["notes.txt", "openapi.json", "index.html"] {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join(name), "mine").expect("room");
        let error = docs::export(&contract(), folder.path()).expect_err("it is not ours");
        let path = folder.path().display().to_string();
        assert!(error.to_string().starts_with(&path), "{error}");
        assert_eq!(names(folder.path()), [name]);
    }
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "mine").expect("room");
    docs::export(&contract(), &file).expect_err("it is no folder");
    docs::export(&contract(), &file.join("below")).expect_err("nor can it hold one");
}

#[test]
fn leaves_what_was_there_if_it_cannot_be_written() {
    let folder = TempDir::new().expect("a folder");
    docs::export(&Contract::builtin(), folder.path()).expect("it is written");
    let page = || fs::read_to_string(folder.path().join("index.html")).expect("it is there");
    let before = page();

    // Where everything is written first there is no room.
    fs::write(folder.path().join(".aura-export"), "").expect("room");
    docs::export(&contract(), folder.path()).expect_err("a file is in the way");
    assert_eq!(page(), before);

    // What an export that was broken off has left is no hindrance.
    fs::remove_file(folder.path().join(".aura-export")).expect("it is there");
    fs::create_dir(folder.path().join(".aura-export")).expect("room");
    docs::export(&contract(), folder.path()).expect("it is written");
    assert_ne!(page(), before);
    assert_eq!(
        names(folder.path()),
        ["assets", "index.html", "openapi.json"]
    );
}
