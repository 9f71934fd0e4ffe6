//! The command as a process: exit codes, channels, colours.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const CONTRACT: &str = include_str!("small.yaml");

fn checkout(contract: &str) -> tempfile::TempDir {
    let checkout = tempfile::tempdir().unwrap();
    let client = checkout.path().join("crates/aura-client");
    fs::create_dir_all(&client).unwrap();
    fs::write(client.join("Cargo.toml"), "").unwrap();
    fs::write(checkout.path().join("openapi.yaml"), contract).unwrap();
    checkout
}

fn xtask(at: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(at)
        .env("RUST_BACKTRACE", "1")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn exit_codes_tell_fresh_stale_and_broken_apart() {
    let checkout = checkout(CONTRACT);
    let at = checkout.path();
    assert_eq!(
        code(&xtask(at, &["codegen", "--check"])),
        Some(4),
        "nothing is there yet"
    );
    assert_eq!(code(&xtask(at, &["codegen"])), Some(0), "written");
    assert_eq!(code(&xtask(at, &["codegen"])), Some(0), "fresh");
    assert_eq!(code(&xtask(at, &["codegen", "--check"])), Some(0));
    fs::write(at.join("openapi.yaml"), CONTRACT.replace("paths:", "path:")).unwrap();
    assert_eq!(code(&xtask(at, &["codegen"])), Some(1), "broken");
    assert_eq!(
        code(&xtask(at, &["codegen", "--chekc"])),
        Some(2),
        "wrong arguments"
    );
}

#[test]
fn reports_go_to_stdout_and_problems_to_stderr_without_colours_in_a_pipe() {
    let checkout = checkout(CONTRACT);
    let fine = xtask(checkout.path(), &["codegen"]);
    assert!(fine.stderr.is_empty());
    let said = String::from_utf8(fine.stdout).unwrap();
    assert!(said.contains("delete_things from DELETE /things"), "{said}");

    fs::write(
        checkout.path().join("openapi.yaml"),
        CONTRACT.replace("3.0.3", "3.2.0"),
    )
    .unwrap();
    let broken = xtask(checkout.path(), &["codegen"]);
    assert!(broken.stdout.is_empty());
    let told = String::from_utf8(broken.stderr).unwrap();
    assert!(told.contains("--> openapi.yaml:1:10"), "{told}");
    assert!(
        !told.contains('\u{1b}') && !said.contains('\u{1b}'),
        "{told}"
    );
    assert!(
        !told.contains("backtrace") && !told.contains("panicked"),
        "{told}"
    );
}

#[test]
fn lint_tells_people_on_stderr_and_programs_on_stdout() {
    let checkout = checkout(CONTRACT);
    let at = checkout.path();
    let clean = xtask(at, &["lint", "--deny-warnings"]);
    assert_eq!(code(&clean), Some(0));
    assert!(clean.stdout.is_empty());
    let said = String::from_utf8(clean.stderr).unwrap();
    assert_eq!(said, "openapi.yaml: no errors, no warnings\n");

    let slash = CONTRACT.replace("things.example", "things.example/");
    fs::write(at.join("openapi.yaml"), slash).unwrap();
    assert_eq!(code(&xtask(at, &["lint"])), Some(0), "a warning");
    let denied = xtask(at, &["lint", "--deny-warnings"]);
    assert_eq!(code(&denied), Some(1), "a warning that is denied");
    let told = String::from_utf8(denied.stderr).unwrap();
    assert!(told.contains("--> openapi.yaml:7:10"), "{told}");
    assert!(told.ends_with("openapi.yaml: 1 warning\n"), "{told}");

    fs::write(at.join("openapi.yaml"), CONTRACT.replace("paths:", "path:")).unwrap();
    assert_eq!(code(&xtask(at, &["lint"])), Some(1), "an error");
    let json = xtask(at, &["lint", "--format", "json"]);
    assert_eq!(code(&json), Some(1));
    assert!(json.stderr.is_empty());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["errors"], 1);
    let github = xtask(at, &["lint", "--format", "github"]);
    let github = String::from_utf8(github.stdout).unwrap();
    assert!(
        github.starts_with("::error file=openapi.yaml,line=9,"),
        "{github}"
    );

    assert_eq!(code(&xtask(at, &["lint", "none.yaml"])), Some(1), "no file");
    assert_eq!(code(&xtask(at, &["lint", "--format", "xml"])), Some(2));
    let unknown = xtask(at, &["lint", "--explain", "spec::dangling"]);
    assert_eq!(code(&unknown), Some(1), "no rule");
    let told = String::from_utf8(unknown.stderr).unwrap();
    assert!(told.contains("did you mean `spec::dangling-ref`"), "{told}");
    for listed in [&["lint", "--explain"][..], &["lint", "--rules"]] {
        let listed = xtask(at, listed);
        assert_eq!(code(&listed), Some(0));
        let text = String::from_utf8(listed.stdout).unwrap();
        assert!(text.contains("spec::dangling-ref"), "{text}");
    }
}

/// Runs the command with nobody reading either channel.
fn unread(at: &Path, arguments: &[&str]) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(at)
        .stdout(writer.try_clone().unwrap())
        .stderr(writer)
        .status();
    status.unwrap().code()
}

#[test]
fn a_reader_that_leaves_early_changes_neither_files_nor_exit_codes() {
    let checkout = checkout(CONTRACT);
    let at = checkout.path();
    assert_eq!(unread(at, &["codegen", "--check"]), Some(4), "stale");
    assert_eq!(unread(at, &["codegen"]), Some(0), "written");
    let written = at.join("crates/aura-client/src/generated/operations.rs");
    assert!(written.exists());
    fs::write(at.join("openapi.yaml"), "").unwrap();
    assert_eq!(unread(at, &["codegen"]), Some(1), "broken");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told_and_nothing_is_half_done() {
    use std::os::unix::fs::PermissionsExt;
    let checkout = checkout(CONTRACT);
    let at = checkout.path();
    xtask(at, &["codegen"]);
    // A folder where a file belongs can't be replaced, not even by root.
    let types = at.join("crates/aura-client/src/generated/types.rs");
    fs::remove_file(&types).unwrap();
    fs::create_dir(&types).unwrap();
    fs::set_permissions(&types, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(
        at.join("openapi.yaml"),
        CONTRACT.replace("delete_things", "clear_things"),
    )
    .unwrap();
    let failed = xtask(at, &["codegen"]);
    assert_eq!(code(&failed), Some(1));
    let told = String::from_utf8(failed.stderr).unwrap();
    assert!(
        told.contains("types.rs") && told.contains("help:"),
        "{told}"
    );
    let operations = at.join("crates/aura-client/src/generated/operations.rs");
    assert!(
        fs::read_to_string(operations)
            .unwrap()
            .contains("delete_things")
    );
}
