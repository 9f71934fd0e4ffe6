//! Adding an endpoint is: edit openapi.yaml, `cargo xtask codegen`. A copy of the contract is
//! extended with the kinds of operation an API like this grows; the client is generated, compiled
//! and called, with no hand-written line in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use aura_workspace_tests::aura::{Answer, Asked, Server};
use aura_workspace_tests::checkout::{self, edit};
use tempfile::TempDir;
use xtask::cli::Exit;
use xtask::codegen::{Mode, codegen};

const ID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// The contract with the operations of `paths.yaml` and what they refer to.
fn extended_contract() -> String {
    let contract = checkout::contract();
    let paths = format!("\npaths:\n{}", include_str!("paths.yaml"));
    let contract = edit(&contract, "\npaths:\n", &paths);
    let schemas = format!(
        "\n{}  schemas:\n{}",
        include_str!("parameters.yaml"),
        include_str!("schemas.yaml")
    );
    edit(&contract, "\n  schemas:\n", &schemas)
}

/// A workspace of the client crate, the extended contract and a program that calls it.
fn extended_workspace() -> TempDir {
    let workspace = tempfile::tempdir().expect("a temporary folder");
    let (from, to) = (checkout::root(), workspace.path());
    copy(
        &from.join("crates/aura-client"),
        &to.join("crates/aura-client"),
    );
    fs::copy(from.join("Cargo.lock"), to.join("Cargo.lock")).expect("it can be copied");
    let manifest = fs::read_to_string(from.join("Cargo.toml")).expect("it is there");
    let manifest = edit(
        &manifest,
        r#"members = ["crates/*", "tests", "xtask"]"#,
        r#"members = ["crates/aura-client", "caller"]"#,
    );
    fs::write(to.join("Cargo.toml"), manifest).expect("it can be written");
    fs::write(to.join("openapi.yaml"), extended_contract()).expect("it can be written");
    fs::create_dir(to.join("caller")).expect("it can be made");
    fs::write(to.join("caller/main.rs"), include_str!("caller.rs")).expect("it can be written");
    fs::write(to.join("caller/Cargo.toml"), CALLER_MANIFEST).expect("it can be written");
    workspace
}

/// Without TLS, which a call to 127.0.0.1 does not need.
const CALLER_MANIFEST: &str = r#"
[package]
name = "caller"
version = "0.0.0"
edition = "2024"

[[bin]]
name = "caller"
path = "main.rs"

[dependencies]
aura-client = { path = "../crates/aura-client", default-features = false }
tokio = { workspace = true, features = ["macros", "rt-multi-thread"] }
"#;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("it is a folder") {
        let entry = entry.expect("it can be listed");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("it can be copied");
        }
    }
}

fn answers(lead: &str) -> [(&'static str, Answer); 8] {
    let lead_data = format!(r#"{{"success":true,"data":{lead}}}"#);
    let page = format!(
        r#"{{"data":[{lead},{lead}],"pagination":{{"next_cursor":null,"has_more":true,"total":7}}}}"#
    );
    let call = format!(
        r#"{{"data":{{"id":"call/1","outcome":null,"transcript":"secret words","mood":"good","lead":{lead},"tags":["a","a"],"previous":{{"about":{{"call":"secret call","unknown":"secret"}}}},"custom":1,"labels":{{"kind":"a","own":"secret label"}}}},"success":true}}"#
    );
    let transcript = r#"{"data":"secret words","success":true}"#;
    [
        ("GET /v1/leads", Answer::json(200, page)),
        ("HEAD /v1/leads", Answer::json(200, "")),
        ("POST /v1/leads", Answer::json(201, lead_data)),
        ("GET /v1/calls/c%20%C3%BC%3F1", Answer::json(200, call)),
        ("GET /v1/calls/c1/transcript", Answer::json(200, transcript)),
        (
            "DELETE /v1/leads/550e8400-e29b-41d4-a716-446655440000/notes/n1",
            Answer {
                status: 204,
                headers: vec![],
                body: vec![],
            },
        ),
        (
            "DELETE /v1/leads/550e8400-e29b-41d4-a716-446655440000/notes/locked",
            Answer::json(200, r#"{"success":false,"code":"LOCKED"}"#),
        ),
        (
            "PATCH /v1/leads/550e8400-e29b-41d4-a716-446655440000/notes/n1",
            Answer::json(200, r#"{"content":null,"user_id":"user_1"}"#),
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn new_endpoints_are_generated_compiled_and_called_without_a_hand_written_line() {
    let workspace = extended_workspace();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = codegen(workspace.path(), Mode::Write, &mut out, &mut err).expect("memory");
    let said = String::from_utf8_lossy(&err).into_owned();
    assert_eq!((exit, said.as_str()), (Exit::Fresh, ""));

    let lead = format!(
        r#"{{"id":"{ID}","status":"new","created_at":"2026-01-17T08:00:00Z","updated_at":"2026-01-17T08:00:00Z","email":"secret@example.com"}}"#
    );
    let server = Server::routes(answers(&lead)).await;
    // Shared between runs, so that only the first compiles the dependencies.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("extension");
    let mut caller = Command::new(env!("CARGO"));
    caller
        .args(["run", "--quiet", "--offline", "--package", "caller", "--"])
        .arg(server.base_url())
        .current_dir(workspace.path())
        .env("CARGO_TARGET_DIR", target)
        .env_remove("AURA_API_KEY")
        .env_remove("AURA_BASE_URL");
    let ran = tokio::task::spawn_blocking(move || caller.output()).await;
    let ran = ran.expect("it does not panic").expect("cargo can be run");
    let (out, err) = (
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr),
    );
    assert!(ran.status.success(), "{out}\n{err}");
    assert!(!err.contains("warning"), "generated code warns:\n{err}");
    assert!(!out.contains("secret"), "personal data is printed: {out}");

    assert_asked(&server.asked());
}

/// What went over the wire, call by call.
fn assert_asked(asked: &[Asked]) {
    let lines: Vec<String> = asked
        .iter()
        .map(|asked| {
            format!("{} {} {}", asked.method, asked.target, asked.body)
                .trim()
                .into()
        })
        .collect();
    assert_eq!(
        lines,
        [
            "GET /v1/leads".to_string(),
            "GET /v1/leads?limit=20&status=new%20%26%20hot&min_paid_cents=0&source=a&source=b%2Cc&created_after=2026-01-17T08%3A00%3A00Z&order=oldest-first".to_string(),
            "HEAD /v1/leads".to_string(),
            r#"POST /v1/leads {"email":"secret@example.com","full_name":"Secret Name"}"#.to_string(),
            format!("DELETE /v1/leads/{ID}/notes/n1"),
            format!("DELETE /v1/leads/{ID}/notes/locked"),
            format!("PATCH /v1/leads/{ID}/notes/n1?notify=true"),
            format!(r#"PATCH /v1/leads/{ID}/notes/n1?notify=false&dry_run=true {{"content":null}}"#),
            "GET /v1/calls/c%20%C3%BC%3F1".to_string(),
            "GET /v1/calls/c1/transcript".to_string(),
        ]
    );
    assert_eq!(asked[0].headers["x-trace"], "t1");
    assert!(!asked[0].headers.contains_key("x-org-id"));
    assert_eq!(asked[1].headers["x-org-id"], "org 1");
    assert_eq!(asked[3].headers["content-type"], "application/json");
    assert!(
        !asked[6].headers.contains_key("content-type"),
        "no body, no type"
    );
}
