//! A sandbox with leads, the binary, and how it ended.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use aura_sandbox::{Sandbox, SandboxBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The contract's example lead, which every sandbox has.
pub const EXAMPLE: &str = "550e8400-e29b-41d4-a716-446655440000";

/// The id of the lead with this number.
pub fn id(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

pub fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(id).collect()
}

pub fn lead(number: usize) -> Value {
    json!({
        "id": id(number),
        "full_name": format!("Lead {number}"),
        "status": "new",
        "created_at": "2026-01-17T08:00:00Z",
        "updated_at": "2026-01-17T09:30:00Z",
    })
}

/// A sandbox with so many leads and no limit.
pub fn builder(leads: usize) -> SandboxBuilder {
    Sandbox::builder()
        .leads_json((1..=leads).map(lead))
        .no_rate_limit()
}

pub async fn sandbox(leads: usize) -> Sandbox {
    builder(leads).start().await.expect("a sandbox")
}

/// The binary, without anything of the environment that it would act on.
pub fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aura"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AURA_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).env("NO_COLOR", "1");
    command
}

/// The binary, with the sandbox's key and URL.
pub fn aura(sandbox: &Sandbox) -> Command {
    let mut command = bare();
    command
        .env("AURA_API_KEY", sandbox.api_key())
        .env("AURA_BASE_URL", sandbox.base_url())
        .args(["leads", "get"]);
    command
}

/// How a run ended.
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// The ids of NDJSON, in its order.
    pub fn ids(&self) -> Vec<String> {
        ids_of(&self.out)
    }
}

pub fn ids_of(ndjson: &str) -> Vec<String> {
    let lines = ndjson.lines();
    let values = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    values
        .map(|lead| lead["id"].as_str().expect("an id").to_owned())
        .collect()
}

pub fn run(command: &mut Command) -> Ended {
    Ended::of(command.output().expect("it runs"))
}

/// Runs it with this text in its standard input.
pub fn run_with(command: &mut Command, input: &str) -> Ended {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // It may end before it has read all.
        stdin.write_all(input.as_bytes()).ok();
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("written");
    Ended::of(output)
}

/// A file in a folder of its own.
pub struct File {
    folder: TempDir,
    name: &'static str,
}

impl File {
    pub fn new(name: &'static str, text: &str) -> Self {
        let file = Self::missing(name);
        std::fs::write(file.path(), text).expect("written");
        file
    }

    pub fn missing(name: &'static str) -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            name,
        }
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join(self.name)
    }

    pub fn text(&self) -> String {
        std::fs::read_to_string(self.path()).expect("a text")
    }
}

/// Waits until something is so; it is looked at again and again, and soon is.
pub async fn until(mut is_so: impl FnMut() -> bool) {
    while !is_so() {
        tokio::task::yield_now().await;
        std::thread::yield_now();
    }
}
