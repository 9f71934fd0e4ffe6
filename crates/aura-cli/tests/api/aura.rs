//! The binary, asking a sandbox.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use aura_sandbox::Sandbox;
use serde_json::Value;

/// How a run ended.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// What it wrote, as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).expect("JSON")
    }
}

/// Runs `aura` with the key and URL of a sandbox.
pub async fn aura(sandbox: &Sandbox, line: &str) -> Run {
    with_key(sandbox, sandbox.api_key(), line, "").await
}

/// Runs `aura` with a key, and with something to read on its standard input.
pub async fn with_key(sandbox: &Sandbox, key: &str, line: &str, stdin: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aura"));
    command
        .args(line.split(' '))
        .env("AURA_API_KEY", key)
        .env("AURA_BASE_URL", sandbox.base_url())
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let stdin = stdin.to_owned();
    // Elsewhere, since the sandbox answers from here.
    let run = tokio::task::spawn_blocking(move || -> std::io::Result<Output> {
        let mut child = command.spawn()?;
        if let Some(mut pipe) = child.stdin.take() {
            // One that reads nothing has closed its end.
            pipe.write_all(stdin.as_bytes()).ok();
        }
        child.wait_with_output()
    });
    let output = run.await.expect("no panic").expect("it runs");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
