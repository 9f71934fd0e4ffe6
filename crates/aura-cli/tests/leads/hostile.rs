//! Bodies that hold a person's data wherever a body can hold a text of its own: nothing of them is in
//! the standard error or in `--errors`.

use aura_sandbox::Fault;
use aura_sandbox::http::StatusCode;

use crate::support::{File, aura, bare, id, run, sandbox};

const MARK: &str = "zoe@example.com";

/// The statuses and bodies that a run meets.
fn hostile() -> Vec<(u16, String)> {
    let name = format!(r#""{MARK}":"{MARK}""#);
    let lead = |members: &str| {
        let (id, time) = (id(1), "2026-01-17T08:00:00Z");
        format!(
            r#"{{"id":"{id}","status":"new","created_at":"{time}","updated_at":"{time}",{members}}}"#
        )
    };
    let mut found = Vec::new();
    for members in [
        name.clone(),
        format!(r#"{name},"email":{{{name}}},"total_paid_cents":"{MARK}""#),
        format!(r#""notes":[{{"content":{{{name}}},{name}}},"{MARK}"],"metadata":"{MARK}""#),
        format!(r#""{MARK}\ud800":["{MARK}\ud800"],"phone":"{MARK}\ud800""#),
        format!(r#""status":"{MARK}",{name},{name}"#),
        format!(r#""disqualification_data":{{"triggering_field":["{MARK}"],{name}}}"#),
    ] {
        found.push((200, format!(r#"{{"data":{},{name}}}"#, lead(&members))));
    }
    for body in [
        format!(r#"{{"data":"{MARK}"}}"#),
        format!(r#"{{"data":{{{name}}},"success":{{{name}}}}}"#),
        format!(r#"{{"success":false,"code":"{MARK}","error":"{MARK}","requestId":"{MARK}"}}"#),
        format!(r#"{{"data":{}}}{MARK}"#, lead(&name)),
        format!(r#"{{"data":{{"{MARK}"#),
        format!("<html>{MARK}</html>"),
    ] {
        found.extend([200, 401, 404].map(|status| (status, body.clone())));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_that_a_body_chooses_is_in_stderr_or_errors() {
    let sandbox = sandbox(1).await;
    let input = File::new("ids", &id(1));
    for (status, body) in hostile() {
        sandbox.clear_faults();
        let status = StatusCode::from_u16(status).expect("a status");
        sandbox
            .inject(Fault::answer(status).body(body.clone()))
            .expect("a valid fault");

        for output in ["ndjson", "json", "csv", "table"] {
            let errors = File::missing("errors.ndjson");
            let mut command = aura(&sandbox);
            command
                .args(["--output", output, "--from"])
                .arg(input.path())
                .arg("--errors")
                .arg(errors.path());
            let ended = run(&mut command);

            let failures = std::fs::read_to_string(errors.path()).unwrap_or_default();
            let mut lines = failures.lines();
            let is_drift = lines.all(|line| line.contains(r#""kind":"drift""#));
            assert_eq!(is_drift, ended.code == Some(0), "{}", ended.err);
            for shown in [&ended.err, &failures] {
                let hidden = !shown.contains("zoe") && !shown.contains("example.com");
                assert!(hidden, "{status} {body} as {output}:\n{shown}");
            }
            assert!(
                matches!(ended.code, Some(0 | 1 | 3 | 4)),
                "{status} {body} as {output}: {:?} {}",
                ended.code,
                ended.err
            );
        }
    }
}

/// What a terminal acts on, shows in another order, or doesn't show.
const NASTY: &str = "\u{1b}[2J\u{9b}1m\u{7}\r\n\u{202e}\u{200b}\u{feff}x";

#[test]
fn no_argument_acts_on_the_terminal() {
    let option = format!("--{NASTY}");
    for arguments in [
        &["leads", "get", NASTY][..],
        &["leads", NASTY],
        &["leads", "get", &option],
        &["leads", "get", "--from", NASTY],
        &["leads", "get", "--fields", &format!("{NASTY},"), &id(1)],
        &[
            "leads",
            "get",
            "--out",
            &format!("{NASTY}/x.csv"),
            "--from",
            "-",
        ],
        &[
            "leads",
            "get",
            "--errors",
            &format!("{NASTY}/x"),
            "--from",
            "-",
        ],
        &["leads", "get", &id(1), "--key-file", NASTY],
        &["leads", "get", &id(1), "--base-url", NASTY],
        &["api", NASTY],
        &["api", "get_lead", "--id", NASTY],
        &["api", NASTY, "/v1/leads"],
        &["sandbox", "--leads", NASTY],
        &["sandbox", "--contract", NASTY],
        &["completions", NASTY],
    ] {
        for output in [&[][..], &["--output", "json"]] {
            let ended = run(bare().env("AURA_API_KEY", "k").args(arguments).args(output));
            assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.err);
            let acts =
                |c: char| c != '\n' && (c.is_control() || !c.is_ascii() && NASTY.contains(c));
            assert!(!ended.err.contains(acts), "{arguments:?}: {:?}", ended.err);
            assert_eq!(ended.out, "");
        }
    }
}
