//! Adding an endpoint is: edit openapi.yaml, `cargo xtask codegen`. A copy of the contract is
//! extended with the kinds of operation an API like this grows; client, sandbox and command line
//! are generated, compiled and called, with no hand-written line in them.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use aura_client::reqwest;
use aura_workspace_tests::checkout::{self, edit};
use tempfile::TempDir;
use xtask::codegen::codegen;
use xtask::exit::Exit;
use xtask::preview;
use xtask::workspace::Mode;

/// The contract with the operations of `paths.yaml` and what they refer to.
fn extended_contract() -> String {
    let contract = checkout::contract();
    let paths = [
        include_str!("paths.yaml"),
        include_str!("arguments.yaml"),
        include_str!("responses.yaml"),
        include_str!("uploads.yaml"),
    ];
    let paths = format!("\npaths:\n{}", paths.concat());
    let contract = edit(&contract, "\npaths:\n", &paths);
    let schemas = format!(
        "\n{}  schemas:\n{}",
        include_str!("parameters.yaml"),
        include_str!("schemas.yaml")
    );
    let contract = edit(&contract, "\n  schemas:\n", &schemas);
    let schemes = format!("\n  securitySchemes:\n{}", include_str!("security.yaml"));
    edit(&contract, "\n  securitySchemes:\n", &schemes)
}

/// The crates that an endpoint reaches.
const CRATES: [&str; 5] = [
    "aura-cli",
    "aura-client",
    "aura-contract",
    "aura-sandbox",
    "openapi-document",
];

/// A workspace of the published crates, the extended contract and a program that calls it.
fn extended_workspace() -> TempDir {
    let workspace = tempfile::tempdir().expect("a temporary folder");
    let (from, to) = (checkout::root(), workspace.path());
    for name in CRATES {
        let place = format!("crates/{name}");
        copy(&from.join(&place), &to.join(&place));
    }
    fs::copy(from.join("Cargo.lock"), to.join("Cargo.lock")).expect("it can be copied");
    let manifest = fs::read_to_string(from.join("Cargo.toml")).expect("it is there");
    let manifest = edit(
        &manifest,
        r#"members = ["crates/*", "tests", "xtask"]"#,
        r#"members = ["crates/*", "caller"]"#,
    );
    fs::write(to.join("Cargo.toml"), manifest).expect("it can be written");
    fs::write(to.join("openapi.yaml"), extended_contract()).expect("it can be written");
    fs::create_dir(to.join("caller")).expect("it can be made");
    for (name, text) in [
        ("main.rs", include_str!("caller.rs")),
        ("arguments.rs", include_str!("arguments.rs")),
        ("responses.rs", include_str!("responses.rs")),
        ("uploads.rs", include_str!("uploads.rs")),
    ] {
        fs::write(to.join("caller").join(name), text).expect("it can be written");
    }
    fs::write(to.join("caller/Cargo.toml"), CALLER_MANIFEST).expect("it can be written");
    workspace
}

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
aura-sandbox = { path = "../crates/aura-sandbox" }
tokio = { workspace = true, features = ["io-util", "macros", "net", "rt-multi-thread"] }
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

/// The extended workspace, generated and built.
struct Built {
    workspace: TempDir,
    /// Where the programs are.
    programs: std::path::PathBuf,
}

impl Built {
    fn new() -> Built {
        let workspace = extended_workspace();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = codegen(workspace.path(), Mode::Write, &mut out, &mut err).expect("memory");
        // Warnings are as good as none here: people describe what they add.
        assert_eq!(exit, Exit::Fresh, "{}", String::from_utf8_lossy(&err));

        // Shared between runs, so that only the first compiles the dependencies.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("extension");
        // Without TLS, which a call to 127.0.0.1 does not need.
        let features = ["--no-default-features", "--features", "aura-cli/sandbox"];
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline", "--package", "caller"])
            .args(["--package", "aura-cli"])
            .args(features)
            .current_dir(workspace.path())
            .env("CARGO_TARGET_DIR", &target)
            // Nobody debugs these programs, and the crates are in another place each time.
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .expect("cargo can be run");
        let err = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success(), "{err}");
        assert!(!err.contains("warning"), "generated code warns:\n{err}");
        Built {
            workspace,
            programs: target.join("debug"),
        }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        Command::new(self.programs.join(program))
            .args(arguments)
            .current_dir(self.workspace.path())
            .env_remove("AURA_API_KEY")
            .env_remove("AURA_BASE_URL")
            .output()
            .expect("it was built")
    }

    /// What `aura --sandbox api …` prints, and its exit code.
    fn api(&self, arguments: &[&str]) -> (String, Option<i32>) {
        let ran = self.run("aura", &[&["--sandbox", "api"], arguments].concat());
        let (out, err) = (text(&ran.stdout), text(&ran.stderr));
        (format!("{out}{err}"), ran.status.code())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

// One test, since cargo builds one workspace at a time.
#[test]
fn new_endpoints_are_generated_served_and_called_without_a_hand_written_line() {
    let built = Built::new();
    client_and_sandbox(&built);
    command_line(&built);
    bodies_on_the_command_line(&built);
    pages_on_the_command_line(&built);
    page_that_follows(&built);
}

fn client_and_sandbox(built: &Built) {
    let ran = built.run("caller", &[]);
    let (out, err) = (text(&ran.stdout), text(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{err}");
    assert!(!out.contains("secret"), "personal data is printed: {out}");
}

fn command_line(built: &Built) {
    let (listed, exit) = built.api(&[]);
    assert_eq!(exit, Some(0), "{listed}");
    for operation in ["get_lead", "list_leads", "create_lead", "update_note"] {
        assert!(listed.contains(operation), "{operation} in:\n{listed}");
    }

    let (page, exit) = built.api(&[
        "list_leads",
        "--X-Trace",
        "t1",
        "--source",
        "a",
        "--source",
        "b",
    ]);
    assert_eq!(exit, Some(0), "{page}");
    assert!(page.contains(r#""pagination":{"#), "{page}");

    let body = r#"{"full_name":"Ada","email":"ada@example.com"}"#;
    let (lead, exit) = built.api(&["create_lead", "--body", body]);
    assert_eq!(exit, Some(0), "{lead}");
    assert!(lead.contains(r#""success":true"#), "{lead}");

    // What the contract does not take is told before anything is sent.
    let (told, exit) = built.api(&["create_lead", "--body", r#"{"email":"ada@example.com"}"#]);
    assert_eq!(exit, Some(2), "{told}");
    assert!(told.contains("full_name"), "{told}");
    let (told, exit) = built.api(&["list_leads"]);
    assert_eq!(exit, Some(2), "{told}");
    assert!(told.contains("x-trace"), "{told}");
}

fn pages_on_the_command_line(built: &Built) {
    let list = ["list_events", "--team", "a", "--kind", "call", "--all"];
    let (lines, exit) = built.api(&list);
    assert_eq!(exit, Some(0), "{lines}");
    let ids: HashSet<&str> = lines
        .lines()
        .filter(|line| line.contains("\"id\":"))
        .collect();
    assert_eq!(ids.len(), 25, "{lines}");
    let (array, exit) = built.api(&[&list[..], &["--limit", "9", "--output", "json"]].concat());
    assert_eq!(exit, Some(0), "{array}");
    let array = array
        .split_once("[\n")
        .map(|(_, array)| format!("[{array}"));
    let items: Vec<serde_json::Value> =
        serde_json::from_str(&array.expect("an array")).expect("JSON");
    assert_eq!(items.len(), 25);
    let (told, exit) = built.api(&["get_any_sample", "--all"]);
    assert_eq!(exit, Some(2), "{told}");
    assert!(told.contains("`x-pagination`"), "{told}");

    let (event, exit) = built.api(&["create_event", "--team", "a", "--body", r#"{"id":"e1"}"#]);
    assert_eq!(exit, Some(0), "{event}");
    assert!(event.contains(r#""id":"e1""#), "{event}");

    // A service that gives one page again and again.
    let service = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}", service.local_addr().expect("it is bound"));
    let pages = std::thread::spawn(move || {
        let body = r#"{"events":[{"id":"1"}],"page":{"next":"again"}}"#;
        let length = body.len();
        for _ in 0..2 {
            let (mut stream, _) = service.accept().expect("a client comes");
            let mut request = BufReader::new(&stream).lines();
            while request
                .next()
                .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
            {}
            let head =
                format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            stream
                .write_all((head + body).as_bytes())
                .expect("the client reads");
        }
    });
    let ran = Command::new(built.programs.join("aura"))
        .args([&["api"], &list[..], &["--base-url", &url]].concat())
        .env("AURA_API_KEY", "aura_pk_test_1")
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("it was built");
    pages.join().expect("two pages were asked for");
    let (out, err) = (text(&ran.stdout), text(&ran.stderr));
    assert_eq!(ran.status.code(), Some(1), "{out}{err}");
    assert_eq!(out, "{\"id\":\"1\"}\n{\"id\":\"1\"}\n");
    assert!(err.contains("`page.next` was there before"), "{err}");
}

/// Forms, files and styles, as `aura api` sends them and the sandbox takes them.
fn bodies_on_the_command_line(built: &Built) {
    const ID: &str = "550e8400-e29b-41d4-a716-446655440000";
    let file = [
        "add_file",
        "--id",
        ID,
        "--file",
        "file=Cargo.toml",
        "-f",
        "tags=a",
        "-f",
        "tags=b",
    ];
    let photo = [
        "put_photo",
        "--id",
        ID,
        "--content-type",
        "image/png",
        "--body",
        "@Cargo.toml",
    ];
    let search = [
        "save_search",
        "-f",
        "name=new ones",
        "-f",
        "filter={\"state\":\"new\"}",
    ];
    let found = [
        "search",
        "--tags",
        "a",
        "--tags",
        "b",
        "--range",
        "{\"from\":1,\"to\":9}",
        "--path-ending",
        "html",
        "--filter",
        "{\"state\":\"new\"}",
        "--fields",
        "id",
        "--fields",
        "email",
        "--x-ids",
        "7",
    ];
    for arguments in [&file[..], &photo, &search, &found] {
        assert_eq!(
            built.api(arguments),
            (String::new(), Some(0)),
            "{arguments:?}"
        );
    }
    let (told, exit) = built.api(&["add_file", "--id", ID, "-f", "title=x"]);
    assert_eq!(exit, Some(2), "{told}");
    assert!(told.contains("body.file: it is required"), "{told}");
}

/// `cargo xtask preview` shows what is saved, and what there is to say about it.
fn page_that_follows(built: &Built) {
    let contract = checkout::contract();
    let checkout = checkout::with_contract(&contract);
    let file = checkout.path().join("openapi.yaml");
    let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = free.local_addr().expect("it is bound").port();
    drop(free);
    let arguments = preview::Arguments {
        port,
        aura: Some(built.programs.join("aura")),
        ..Default::default()
    };
    let preview = preview::Preview::start(checkout.path(), &arguments);
    let mut preview = preview.map_err(|error| error.message).expect("it starts");
    until_page_says(port, "No errors, no warnings.");
    assert!(!preview.look(), "nothing was saved");

    let broken = edit(
        &contract,
        "components/schemas/LeadNote\"",
        "components/schemas/Lost\"",
    );
    fs::write(&file, broken).expect("it can be written");
    assert!(preview.look());
    until_page_says(port, "`#/components/schemas/Lost` leads to nothing");

    fs::write(
        &file,
        contract.replace("title: Aura API", "title: Aura anew"),
    )
    .expect("it can");
    assert!(preview.look());
    until_page_says(port, "Aura anew");
    drop(preview);

    let arguments = preview::Arguments {
        export: Some("site".into()),
        port: 0,
        ..arguments
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = preview::preview(checkout.path(), &arguments, &mut out, &mut err);
    assert_eq!(exit.expect("memory"), Exit::Fresh, "{}", text(&err));
    let page = fs::read_to_string(checkout.path().join("site/index.html")).expect("it is written");
    assert!(page.contains("Aura anew") && page.contains("No errors, no warnings."));
}

/// Asks for the page until it says this.
fn until_page_says(port: u16, text: &str) {
    let runtime = tokio::runtime::Runtime::new().expect("it can be made");
    runtime.block_on(async {
        loop {
            // The sandbox may be just starting.
            let page = reqwest::get(format!("http://127.0.0.1:{port}/docs")).await;
            if let Ok(page) = page
                && let Ok(page) = page.text().await
                && page.contains(text)
            {
                return;
            }
            tokio::task::yield_now().await;
        }
    });
}
