//! What fails, how it is told, and with which exit code.

use aura_sandbox::Fault;
use aura_sandbox::http::StatusCode;
use serde_json::Value;
use std::time::Duration;

use crate::support::{EXAMPLE, File, aura, bare, id, ids, run, run_with, sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_failure_has_its_exit_code() {
    let sandbox = sandbox(1).await;
    let status = |status| Fault::answer(StatusCode::from_u16(status).expect("a status"));
    let now = Duration::ZERO;
    for (fault, code, words) in [
        (status(401), 3, "the key was not accepted (401"),
        (status(403), 3, "the key may not do this (403"),
        (
            status(404).body(r#"{"success":false,"error":"-","code":"NOT_FOUND"}"#),
            4,
            "not found, or it belongs to another organization (404 NOT_FOUND",
        ),
        // A proxy's, or another server's.
        (
            status(404).body("<html>"),
            1,
            "not found, but not in the API's own words (404",
        ),
        (
            status(302),
            1,
            "the service redirects, which is not followed (302",
        ),
        (status(418), 1, "the service refused (418"),
        (Fault::malformed_json(), 1, "the answer is not JSON"),
        (
            Fault::too_many_requests().retry_after(now),
            5,
            "too many requests (429",
        ),
        (
            Fault::service_unavailable().retry_after(now),
            5,
            "the service failed (503",
        ),
        (
            Fault::bad_gateway().retry_after(now),
            5,
            "the service failed (502",
        ),
        (Fault::connection_reset(), 5, "the connection broke off"),
    ] {
        sandbox.clear_faults();
        sandbox.inject(fault).expect("a valid fault");
        let ended = run(aura(&sandbox).arg(id(1)));

        assert_eq!(ended.code, Some(code), "{words}: {}", ended.err);
        let begin = format!("error: lead {}: {words}", id(1));
        assert!(ended.err.starts_with(&begin), "{}", ended.err);
        assert_eq!(ended.out, "");
        assert!(!ended.err.contains(sandbox.api_key()), "{}", ended.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_service_is_a_failure_that_may_pass() {
    let mut command = bare();
    command
        .env("AURA_API_KEY", "aura_pk_test_x")
        .args(["leads", "get", &id(1)]);
    let ended = run(command.args(["--base-url", "http://127.0.0.1:1"]));

    assert_eq!(ended.code, Some(5));
    assert!(ended.err.contains("could not connect"), "{}", ended.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn time_that_runs_out_is_a_failure_that_may_pass() {
    let sandbox = sandbox(1).await;
    sandbox.inject(Fault::stall()).expect("a valid fault");
    let ended = run(aura(&sandbox).args([&id(1), "--timeout", "0.05"]));

    assert_eq!(ended.code, Some(5));
    assert!(ended.err.contains("no answer in time"), "{}", ended.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_json_an_error_is_an_object_on_one_line() {
    let sandbox = sandbox(0).await;
    let ended = run(aura(&sandbox).args([&id(1), "--output", "json"]));
    let error: Value = serde_json::from_str(&ended.err).expect("one object");
    let error = &error["error"];

    assert_eq!(ended.code, Some(4));
    assert_eq!(error["id"], id(1));
    assert_eq!(
        (&error["kind"], &error["status"]),
        (&"not_found".into(), &404.into())
    );
    assert_eq!(error["code"], "NOT_FOUND");
    assert!(error["request_id"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_service_says_in_a_failure_cannot_touch_the_terminal() {
    let sandbox = sandbox(0).await;
    let body = r#"{"success":false,"error":"secret","code":"\u001b[2JX","requestId":"\u202er\n"}"#;
    sandbox
        .inject(Fault::answer(StatusCode::BAD_REQUEST).body(body))
        .expect("a valid fault");
    let ended = run(aura(&sandbox).arg(id(1)));

    assert_eq!(
        ended.err,
        format!("error: lead {}: the service refused (400)\n", id(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_failures_the_worst_gives_the_exit_code() {
    let sandbox = sandbox(3).await;
    let code = |ids: &str| run_with(aura(&sandbox).args(["--from", "-"]), ids).code;

    assert_eq!(code(&ids(1..=3).join("\n")), Some(0));
    assert_eq!(code(&ids(1..=4).join("\n")), Some(4), "one is not there");
    assert_eq!(
        code(&format!("{}\nnonsense\n{}", id(4), id(1))),
        Some(1),
        "one is no id"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn all_failures_are_in_a_file_and_the_first_are_listed() {
    let sandbox = sandbox(1).await;
    let errors = File::missing("errors.ndjson");
    let input = format!("{}\nx\n{}\n", id(1), ids(2..=40).join("\n"));
    let ended = run_with(
        aura(&sandbox)
            .args(["--from", "-", "--errors"])
            .arg(errors.path()),
        &input,
    );

    assert_eq!((ended.code, ended.ids()), (Some(1), vec![id(1)]));
    let lines: Vec<Value> = errors
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 40);
    assert_eq!(
        (&lines[0]["line"], &lines[0]["kind"]),
        (&2.into(), &"invalid_id".into())
    );
    for (number, line) in (2..=40).zip(&lines[1..]) {
        assert_eq!(line["id"], id(number));
        assert_eq!(line["line"], number + 1);
        assert_eq!(
            (&line["kind"], &line["status"]),
            (&"not_found".into(), &404.into())
        );
    }
    assert_eq!(ended.err.matches("error: ").count(), 20, "{}", ended.err);
    assert!(
        ended.err.contains("and 20 failures more; all are in "),
        "{}",
        ended.err
    );
    assert!(ended.err.ends_with("1 lead, 40 failed\n"), "{}", ended.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_used_spoils_no_other() {
    let sandbox = sandbox(0).await;
    let (out, errors) = (
        File::new("leads.csv", "kept\n"),
        File::new("errors", "kept\n"),
    );
    let folder = out.path().with_file_name("");
    for (errors, flag) in [(folder, Some("--overwrite")), (errors.path(), None)] {
        let mut command = aura(&sandbox);
        command.arg(EXAMPLE).args(flag);
        command.arg("--out").arg(out.path());
        command.arg("--errors").arg(errors);
        assert_eq!(run(&mut command).code, Some(2));
    }
    assert_eq!(
        (out.text(), errors.text()),
        ("kept\n".into(), "kept\n".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_holds_something_is_not_emptied_for_failures_unless_told_to() {
    let sandbox = sandbox(0).await;
    let errors = File::new("errors", "kept\n");
    let get = |flag: Option<&str>| {
        let mut command = aura(&sandbox);
        command.arg(id(1)).args(flag).arg("--errors");
        run(command.arg(errors.path()))
    };

    let refused = get(None);
    assert_eq!((refused.code, errors.text()), (Some(2), "kept\n".into()));
    assert!(refused.err.contains("--overwrite"), "{}", refused.err);

    assert_eq!(get(Some("--overwrite")).code, Some(4));
    assert!(errors.text().starts_with('{'), "{}", errors.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_without_ids_is_told() {
    let sandbox = sandbox(0).await;
    let ended = run_with(aura(&sandbox).args(["--from", "-"]), "# none\n");

    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.err, "warning: there were no ids to ask for\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_not_accepted_ends_the_run_at_once() {
    let sandbox = sandbox(50).await;
    let mut command = aura(&sandbox);
    command
        .env("AURA_API_KEY", "aura_pk_test_wrong")
        .args(["--from", "-"]);
    let ended = run_with(&mut command, &ids(1..=50).join("\n"));

    assert_eq!(ended.code, Some(3));
    assert_eq!(sandbox.request_count(), 1);
    assert!(
        ended
            .err
            .contains("stopped, since no lead can be had with this key"),
        "{}",
        ended.err
    );
}

#[test]
fn wrong_arguments_are_told_before_anything_is_sent() {
    let nothing = File::new("empty", "");
    let table = File::new("table.csv", "name,email\nx,y\n");
    for arguments in [
        &["not-an-id"][..],
        &[],
        &["--from", "missing"],
        &["--from", "/"],
        &["--resume", "--from", "-"],
        &["--from", "-", "--out", "x.json", "--resume"],
        &[
            "--from", "-", "--out", "x.csv", "--resume", "--fields", "email",
        ],
        &["--from", "-", "--concurrency", "0"],
        &["--from", "-", "--timeout", "0"],
        &["--from", "-", "--fields", "a,,b"],
        &["--from", &table.path().display().to_string()],
        &[
            "--from",
            "-",
            "--out",
            &nothing.path().display().to_string(),
            "--errors",
            &nothing.path().display().to_string(),
        ],
    ] {
        let mut command = bare();
        command
            .env("AURA_API_KEY", "aura_pk_test_x")
            .env("AURA_BASE_URL", "http://127.0.0.1:1");
        let ended = run(command.args(["leads", "get"]).args(arguments));
        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.err);
        assert!(ended.err.starts_with("error: "), "{}", ended.err);
    }
}
