//! What people read in the terminal, and what it leaves on the disk.

use std::fs;
use std::path::Path;

use xtask::codegen::codegen;
use xtask::exit::Exit;
use xtask::workspace::Mode;

use super::{NOTES, edit};

/// A checkout of nothing but a contract and the place for its client.
fn with_contract(text: &str) -> tempfile::TempDir {
    let checkout = tempfile::tempdir().expect("a temporary folder");
    let client = checkout.path().join("crates/aura-client");
    fs::create_dir_all(&client).expect("a folder in it");
    fs::write(client.join("Cargo.toml"), "").expect("a file in it");
    fs::write(checkout.path().join("openapi.yaml"), text).expect("a file in it");
    checkout
}

/// Runs the command; gives how it ended and what a terminal without colours shows.
fn run(at: &Path, mode: Mode) -> (Exit, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = codegen(at, mode, &mut out, &mut err).expect("memory can be written");
    let plain = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("it is text");
        let text = anstream::adapter::strip_str(&text).to_string();
        text.replace(&at.display().to_string(), "[checkout]")
    };
    (exit, format!("{}--- stderr\n{}", plain(out), plain(err)))
}

fn generated(at: &Path) -> std::path::PathBuf {
    at.join("crates/aura-client/src/generated")
}

/// Names and contents of the generated files, and when each was last written.
fn files(at: &Path) -> Vec<(String, String, std::time::SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(generated(at))
        .into_iter()
        .flatten()
        .map(|file| {
            let file = file.expect("it can be listed");
            let written = file.metadata().and_then(|data| data.modified());
            (
                file.file_name().to_string_lossy().into_owned(),
                fs::read_to_string(file.path()).expect("it is text"),
                written.expect("it has a time"),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_first_run_writes_every_file() {
    let checkout = with_contract(NOTES);
    let (exit, shown) = run(checkout.path(), Mode::Write);
    assert_eq!(exit, Exit::Fresh);
    insta::assert_snapshot!(shown);
    assert_eq!(files(checkout.path()).len(), 5);
}

#[test]
fn a_second_run_touches_nothing() {
    let checkout = with_contract(NOTES);
    run(checkout.path(), Mode::Write);
    let before = files(checkout.path());
    let (exit, shown) = run(checkout.path(), Mode::Write);
    assert_eq!(exit, Exit::Fresh);
    insta::assert_snapshot!(shown);
    assert_eq!(files(checkout.path()), before);
}

#[test]
fn a_check_tells_stale_missing_and_left_files_and_changes_none() {
    let checkout = with_contract(NOTES);
    run(checkout.path(), Mode::Write);
    let folder = generated(checkout.path());
    fs::write(folder.join("types.rs"), "// by hand\n").unwrap();
    fs::remove_file(folder.join("spec_version.rs")).unwrap();
    fs::write(
        folder.join("old.rs"),
        "// @generated from openapi.yaml by an older version\n",
    )
    .unwrap();
    let before = files(checkout.path());
    let (exit, shown) = run(checkout.path(), Mode::Check);
    assert_eq!((exit, exit.code()), (Exit::Stale, 4));
    insta::assert_snapshot!(shown);
    assert!(shown.trim_end().ends_with("cargo xtask codegen"));
    assert_eq!(files(checkout.path()), before);

    run(checkout.path(), Mode::Write);
    let (exit, _) = run(checkout.path(), Mode::Check);
    assert_eq!(exit, Exit::Fresh);
    assert!(
        !folder.join("old.rs").exists(),
        "what is left over is removed"
    );
}

#[test]
fn a_file_that_was_not_generated_is_left_named_and_fails_a_check() {
    let checkout = with_contract(NOTES);
    let folder = generated(checkout.path());
    fs::create_dir_all(folder.join("mod")).unwrap();
    fs::write(folder.join("by_hand.rs"), "// a week of work\n").unwrap();
    let (exit, shown) = run(checkout.path(), Mode::Write);
    assert_eq!(exit, Exit::Fresh, "{shown}");
    for name in ["by_hand.rs", "mod"] {
        let told = format!("warning: crates/aura-client/src/generated/{name} was not generated");
        assert!(shown.contains(&told), "{shown}");
    }
    let (exit, shown) = run(checkout.path(), Mode::Check);
    assert_eq!(exit, Exit::Stale);
    assert!(
        shown.contains("error: crates/aura-client/src/generated/by_hand.rs"),
        "{shown}"
    );
    assert!(folder.join("by_hand.rs").exists() && folder.join("mod").is_dir());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_into_a_folder_that_is_a_link() {
    let checkout = with_contract(NOTES);
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = generated(checkout.path());
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), &folder).unwrap();
    for mode in [Mode::Write, Mode::Check] {
        let (exit, shown) = run(checkout.path(), mode);
        assert_eq!(exit, Exit::Failed);
        assert!(shown.contains("is a symbolic link"), "{shown}");
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn a_broken_contract_changes_no_file() {
    let checkout = with_contract(NOTES);
    run(checkout.path(), Mode::Write);
    let before = files(checkout.path());
    let broken = edit(NOTES, "[id, text]", "{id: text}");
    fs::write(checkout.path().join("openapi.yaml"), broken).unwrap();
    for mode in [Mode::Write, Mode::Check] {
        let (exit, shown) = run(checkout.path(), mode);
        assert_eq!((exit, exit.code()), (Exit::Failed, 1));
        insta::assert_snapshot!("a_broken_contract", shown);
    }
    assert_eq!(files(checkout.path()), before);
}

#[test]
fn a_contract_that_is_not_there_or_not_text_is_told() {
    let checkout = with_contract(NOTES);
    let file = checkout.path().join("openapi.yaml");
    fs::write(&file, b"openapi: 3.0.3\ninfo:\n  title: caf\xe9\n").unwrap();
    let (exit, shown) = run(checkout.path(), Mode::Write);
    assert_eq!(exit, Exit::Failed);
    insta::assert_snapshot!("not_utf8", shown);

    fs::remove_file(&file).unwrap();
    let (exit, shown) = run(checkout.path(), Mode::Write);
    assert_eq!(exit, Exit::Failed);
    insta::assert_snapshot!("no_contract", shown);
    fs::create_dir(&file).unwrap();
    let (exit, shown) = run(checkout.path(), Mode::Write);
    assert_eq!(exit, Exit::Failed);
    assert!(
        shown.contains("can't read [checkout]/openapi.yaml"),
        "{shown}"
    );
    assert!(!generated(checkout.path()).exists());
}

#[test]
fn the_contract_is_found_from_a_folder_below_it() {
    let checkout = with_contract(NOTES);
    let below = checkout.path().join("crates/aura-client");
    let (exit, _) = run(&below, Mode::Write);
    assert_eq!(exit, Exit::Fresh);
    assert_eq!(files(checkout.path()).len(), 5);
}

#[test]
fn a_folder_that_is_not_the_workspace_is_left_alone() {
    let stranger = tempfile::tempdir().unwrap();
    fs::write(stranger.path().join("openapi.yaml"), NOTES).unwrap();
    let (exit, shown) = run(stranger.path(), Mode::Write);
    assert_eq!(exit, Exit::Failed);
    assert!(shown.contains("not the Aura workspace"), "{shown}");
    assert_eq!(fs::read_dir(stranger.path()).unwrap().count(), 1);
}
