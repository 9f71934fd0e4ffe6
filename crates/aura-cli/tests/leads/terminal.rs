//! What a terminal sees.

use std::io::Read;

use aura_sandbox::Sandbox;
use aura_sandbox::aura_contract::Contract;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;

use crate::support::{EXAMPLE, File, id, ids, sandbox};

/// Runs `aura leads get` on a terminal of this width, and gives all that it wrote there.
fn on_terminal(sandbox: &Sandbox, width: u16, arguments: &[&str]) -> String {
    run_on_terminal(sandbox, width, &[&["leads", "get"], arguments].concat())
}

fn run_on_terminal(sandbox: &Sandbox, width: u16, arguments: &[&str]) -> String {
    let size = PtySize {
        rows: 24,
        cols: width,
        pixel_width: 0,
        pixel_height: 0,
    };
    let terminal = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_aura"));
    command.env("AURA_API_KEY", sandbox.api_key());
    command.env("AURA_BASE_URL", sandbox.base_url());
    command.env("TERM", "xterm-256color");
    command.env_remove("NO_COLOR");
    command.args(arguments);
    let mut child = terminal.slave.spawn_command(command).expect("it runs");
    drop(terminal.slave);
    let mut reader = terminal.master.try_clone_reader().expect("a reader");
    let reading = std::thread::spawn(move || {
        let mut seen = Vec::new();
        // Linux says that the terminal is gone by an error.
        reader.read_to_end(&mut seen).ok();
        String::from_utf8(seen).expect("UTF-8")
    });
    child.wait().expect("it ends");
    drop(terminal.master);
    reading.join().expect("read").replace("\r\n", "\n")
}

/// The text without colours.
fn plain(seen: &str) -> String {
    anstream::adapter::strip_str(seen).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_lead_is_a_card() {
    let sandbox = sandbox(0).await;
    let seen = on_terminal(&sandbox, 60, &[EXAMPLE]);

    assert!(seen.contains("\u{1b}["), "it has colours");
    let card = plain(&seen);
    assert!(
        card.starts_with(&format!("John Doe · Acme Corp\n{EXAMPLE}\n\nContact\n")),
        "{card}"
    );
    assert!(card.contains("17 Jan 2026, 08:00 UTC"), "{card}");
    assert!(
        card.lines().all(|line| line.chars().count() <= 60),
        "{card}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_not_shown_but_text_is() {
    let answer = |media_type: &str, example: &str| {
        let content = serde_json::json!({ media_type: { "example": example } });
        serde_json::json!({ "get": { "operationId": media_type, "security": [],
            "responses": { "200": { "description": "It.", "content": content } } } })
    };
    let document = serde_json::json!({ "openapi": "3.0.3", "paths": {
        "/image": answer("image/png", "\u{1b}[2J"), "/text": answer("text/csv", "a,\u{1b}[2J") } });
    let contract = Contract::from_json(&document.to_string()).expect("a contract");
    let sandbox = Sandbox::builder()
        .contract(contract)
        .start()
        .await
        .expect("started");

    let seen = plain(&run_on_terminal(&sandbox, 100, &["api", "GET", "/image"]));
    assert_eq!(
        seen,
        "error: the response is image/png, which is not shown on a terminal\n\
         help: --out FILE writes it to a file, --out - to the terminal all the same\n"
    );
    let seen = run_on_terminal(&sandbox, 100, &["api", "GET", "/text"]);
    assert_eq!(seen, "a,\\u{1b}[2J\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_a_table_as_wide_as_the_terminal() {
    let sandbox = sandbox(3).await;
    let wanted = ids(1..=3);
    let arguments: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let seen = plain(&on_terminal(&sandbox, 80, &arguments));
    let rows: Vec<&str> = seen
        .lines()
        .filter(|line| line.contains("0000-4000"))
        .collect();

    assert_eq!(rows.len(), 3, "{seen:?}");
    assert!(rows.iter().all(|row| row.chars().count() <= 80), "{seen:?}");
    assert!(rows[2].contains(&id(3)), "the ids are whole: {seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_progress_wipes_nothing_away() {
    let sandbox = sandbox(30).await;
    let wanted = ids(1..=30);
    let mut arguments = vec!["--output", "json"];
    arguments.extend(wanted.iter().map(String::as_str));
    let seen = on_terminal(&sandbox, 80, &arguments);
    let stays = |line: &str| line.rsplit("\u{1b}[2K").next().map(str::to_owned);
    let text: Vec<String> = seen.lines().filter_map(stays).collect();

    let leads: Value = serde_json::from_str(&text.join("\n")).unwrap_or_else(|error| {
        panic!("{error}: {seen:?}");
    });
    assert_eq!(leads.as_array().map(Vec::len), Some(30));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_run_shows_how_far_it_is() {
    let sandbox = sandbox(50).await;
    let input = File::new("ids", &ids(1..=50).join("\n"));
    let out = File::missing("leads.ndjson");
    let (from, to) = (
        input.path().display().to_string(),
        out.path().display().to_string(),
    );
    let seen = plain(&on_terminal(&sandbox, 80, &["--from", &from, "--out", &to]));

    assert!(seen.contains("/50"), "{seen:?}");
    assert!(seen.ends_with("50 leads\n"), "{seen:?}");
}
