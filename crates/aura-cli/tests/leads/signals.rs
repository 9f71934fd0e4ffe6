//! Signals that end a run: whole records, a true summary and the right exit code.

use std::process::{Child, Command, Stdio};

use aura_sandbox::{RateLimit, Sandbox};
use serde_json::Value;

use crate::support::{Ended, File, aura, builder, id, ids, ids_of, until};

/// Leads in a window of the rate limit: the run then waits for the next one.
const WINDOW: usize = 10;

async fn limited() -> Sandbox {
    let limit = RateLimit::per_minute(WINDOW as u64);
    let sandbox = builder(30).rate_limit(limit).start().await;
    sandbox.expect("a sandbox")
}

fn start(command: &mut Command, input: &File) -> Child {
    command.arg("--from").arg(input.path());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it runs")
}

/// Sends a signal once the window is full, and gives how the run ended.
async fn ended_by(signal: &str, sandbox: &Sandbox, child: Child) -> Ended {
    until(|| sandbox.requests().len() >= WINDOW).await;
    let sent = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
    let output = tokio::task::spawn_blocking(|| child.wait_with_output());
    Ended::of(output.await.expect("joined").expect("it ends"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_signal_ends_a_run_with_whole_records_and_its_exit_code() {
    let mut signals = vec![("-INT", 130), ("-TERM", 143)];
    // Under `nohup` this process ignores it, and so does what it starts.
    if !ignores_hangup() {
        signals.push(("-HUP", 129));
    }
    for (signal, code) in signals {
        let sandbox = limited().await;
        let input = File::new("ids", &ids(1..=30).join("\n"));
        let out = File::missing("leads.ndjson");
        let child = start(aura(&sandbox).arg("--out").arg(out.path()), &input);
        until(|| std::fs::read_to_string(out.path()).is_ok_and(|t| t.lines().count() >= WINDOW))
            .await;
        let ended = ended_by(signal, &sandbox, child).await;

        assert_eq!(ended.code, Some(code), "{signal}: {}", ended.err);
        assert_eq!(
            ended.err,
            "interrupted: 10 leads; the same command with --resume goes on\n"
        );
        assert_eq!(ids_of(&out.text()), ids(1..=WINDOW));
        assert_eq!(sandbox.request_count(), WINDOW as u64);
    }
}

fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 1 == 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_array_is_closed_and_the_hint_is_true_for_its_format() {
    for (arguments, hint) in [
        (&["--out", "leads.json"][..], "only a file of NDJSON or CSV"),
        (
            &["--out", "leads.csv", "--fields", "email"],
            "only a file of NDJSON or CSV with the `id`",
        ),
        (
            &["--out", "leads.csv", "--overwrite"],
            "with --resume in place of --overwrite goes on",
        ),
        (&["--output", "json"], "a run with --out FILE can be"),
    ] {
        let sandbox = limited().await;
        let input = File::new("ids", &ids(1..=30).join("\n"));
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = aura(&sandbox);
        command.args(arguments).current_dir(folder.path());
        let ended = ended_by("-TERM", &sandbox, start(&mut command, &input)).await;

        assert_eq!(ended.code, Some(143));
        assert!(ended.err.contains(hint), "{hint}: {}", ended.err);
        let json = std::fs::read_to_string(folder.path().join("leads.json"));
        if let Some(text) = json
            .ok()
            .or((arguments[0] == "--output").then_some(ended.out))
        {
            let leads: Vec<Value> = serde_json::from_str(&text).expect("a whole array");
            assert!((1..=WINDOW).contains(&leads.len()), "{}", leads.len());
            assert_eq!(leads[0]["id"], id(1));
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn under_nohup_a_hangup_ends_nothing() {
    let sandbox = limited().await;
    let input = File::new("ids", &ids(1..=30).join("\n"));
    let aura = aura(&sandbox);
    let mut command = Command::new("nohup");
    command.arg(aura.get_program()).args(aura.get_args());
    for (name, value) in aura.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let child = start(&mut command, &input);
    until(|| sandbox.requests().len() >= WINDOW).await;
    let number = child.id().to_string();
    let sent = Command::new("kill").args(["-HUP", &number]).status();
    assert!(sent.expect("kill runs").success());

    assert_eq!(ended_by("-TERM", &sandbox, child).await.code, Some(143));
}
