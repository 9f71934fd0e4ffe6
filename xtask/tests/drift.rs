//! `cargo xtask drift` as a maintainer runs it: what is told, what is written, how it ends.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const CONTRACT: &str = "\
openapi: 3.0.3
info: {title: Notes, description: Notes., version: 1.0.0}
servers: [{url: https://notes.example}]
security: []
paths:
  /notes/{id}:
    get:
      operationId: get_note
      summary: Get a note
      parameters:
        - {name: id, in: path, required: true, description: ID., schema: {type: string}}
      responses:
        '200':
          description: The note.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Note'
components:
  schemas:
    Note:
      type: object
      description: A note.
      properties:
        # What it is about.
        text:
          type: string
          description: Text.
        likes:
          type: integer
          format: int64
          nullable: true
          description: How often it was liked.
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("openapi.yaml"), CONTRACT).unwrap();
    folder
}

fn drift(at: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("drift").args(arguments).current_dir(at);
    command.env_remove("CLICOLOR_FORCE").stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    // A command that ends early reads nothing.
    running
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .ok();
    running.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const NOTES: &str = "{\"text\":null,\"likes\":1,\"pinned\":true}\n{\"text\":\"secret\",\"likes\":\"2\",\"pinned\":null}\n";

#[test]
fn what_differs_is_told_with_the_edit_and_without_a_value() {
    let folder = folder();
    let told = drift(folder.path(), &["-", "--operation", "get_note"], NOTES);
    insta::assert_snapshot!(text(&told.stdout) + &text(&told.stderr));
    assert_eq!(told.status.code(), Some(4));
    assert_eq!(
        fs::read_to_string(folder.path().join("openapi.yaml")).unwrap(),
        CONTRACT
    );
}

#[test]
fn an_edit_is_written_once_and_then_the_contract_fits() {
    let folder = folder();
    let arguments = ["-", "--operation", "get_note", "--apply"];
    let told = drift(folder.path(), &arguments, NOTES);
    assert_eq!(told.status.code(), Some(0), "{}", text(&told.stderr));
    let mended = fs::read_to_string(folder.path().join("openapi.yaml")).unwrap();
    assert!(
        mended.contains("        pinned:\n          type: boolean\n"),
        "{mended}"
    );
    assert!(mended.contains("        # What it is about.\n"), "{mended}");

    let told = drift(folder.path(), &arguments, NOTES);
    assert_eq!(text(&told.stderr), "openapi.yaml: fits 2 responses\n");
    assert_eq!(told.status.code(), Some(0));
    assert_eq!(
        fs::read_to_string(folder.path().join("openapi.yaml")).unwrap(),
        mended
    );

    let lint = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["lint", "openapi.yaml", "--deny-warnings"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(lint.status.success(), "{}", text(&lint.stderr));
}

#[test]
fn programs_get_json_and_values_only_when_asked_for() {
    let folder = folder();
    let arguments = ["-", "--operation", "get_note", "--format", "json"];
    let told = text(&drift(folder.path(), &arguments, NOTES).stdout);
    assert!(
        !told.contains("secret") && !told.contains("\\\"2\\\""),
        "{told}"
    );
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let codes = told["findings"].as_array().unwrap().iter();
    let codes: Vec<_> = codes.map(|found| found["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["drift::field", "drift::null", "drift::type"]);
    assert_eq!(told["findings"][2]["count"], 1);

    let told = drift(
        folder.path(),
        &["-", "--operation", "get_note", "--show-values"],
        NOTES,
    );
    assert!(text(&told.stdout).contains("such as \"2\""));
}

#[test]
fn bad_input_is_told_in_words_and_changes_nothing() {
    let folder = folder();
    fs::write(folder.path().join("broken.json"), "[{\"text\":\"secret\"").unwrap();
    fs::write(folder.path().join("other.yaml"), "openapi: [").unwrap();
    for (arguments, input, expected) in [
        (&["-"][..], NOTES, "-: it holds values, not exchanges"),
        (
            &["-", "--operation", "get_nte"],
            NOTES,
            "the contract has no operation `get_nte`",
        ),
        (&["lost.ndjson"], "", "lost.ndjson: "),
        (
            &["broken.json", "--operation", "get_note"],
            "",
            "broken.json: line 1, column 17: not JSON",
        ),
        (
            &["-", "--operation", "get_note"],
            "secret\n",
            "the files hold no response",
        ),
        (&["-", "--contract", "other.yaml"], "", " other.yaml:1:10"),
    ] {
        let told = drift(folder.path(), &[arguments, &["--apply"]].concat(), input);
        let told_text = text(&told.stderr);
        assert!(told_text.contains(expected), "{arguments:?}: {told_text}");
        assert!(
            !told_text.contains("\"secret"),
            "{arguments:?}: {told_text}"
        );
        assert_eq!(told.status.code(), Some(1), "{arguments:?}");
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("openapi.yaml")).unwrap(),
        CONTRACT
    );
}
