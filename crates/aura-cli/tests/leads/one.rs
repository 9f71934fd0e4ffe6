//! One lead.

use aura_sandbox::Fault;
use serde_json::{Value, json};

use crate::support::{EXAMPLE, File, aura, bare, builder, id, lead, run, sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn in_a_pipe_a_lead_is_one_line_in_the_services_own_words() {
    let sandbox = sandbox(0).await;
    let served = sandbox
        .client()
        .get_lead(&EXAMPLE.parse().expect("an id"))
        .await;
    let served = served.expect("the example");
    let served: Value = serde_json::from_slice(served.bytes()).expect("JSON");

    let ended = run(aura(&sandbox).arg(EXAMPLE));

    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(ended.out.lines().count(), 1);
    let shown: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(shown, served["data"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_custom_fields_come_through_as_they_are() {
    let sandbox = sandbox(1).await;
    let body = format!(
        r#"{{ "success": true, "data": {{ "zeta": 123456789012345678901234567890, "id": "{}",
            "status": "new", "created_at": "2026-01-17T08:00:00Z",
            "updated_at": "2026-01-17T08:00:00Z", "alpha": 1.10 }} }}"#,
        id(1)
    );
    sandbox
        .inject(Fault::answer(aura_sandbox::http::StatusCode::OK).body(body))
        .expect("a valid fault");

    let ended = run(aura(&sandbox).arg(id(1)));

    assert_eq!(
        ended.out,
        format!(
            "{{\"zeta\":123456789012345678901234567890,\"id\":\"{}\",\"status\":\"new\",\
             \"created_at\":\"2026-01-17T08:00:00Z\",\"updated_at\":\"2026-01-17T08:00:00Z\",\
             \"alpha\":1.10}}\n",
            id(1)
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_an_object_for_one_and_an_array_for_several() {
    let sandbox = sandbox(2).await;
    let json = |ids: &[String]| {
        let ended = run(aura(&sandbox).args(["--output", "json"]).args(ids));
        serde_json::from_str::<Value>(&ended.out).expect("JSON")
    };

    assert_eq!(json(&[id(1)]), lead(1));
    assert_eq!(json(&[id(2), id(1)]), json!([lead(2), lead(1)]));
}

#[tokio::test(flavor = "multi_thread")]
async fn control_characters_of_the_data_reach_no_terminal() {
    let nasty = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}\r";
    let mut evil = lead(1);
    evil["full_name"] = nasty.into();
    evil[nasty] = json!({ nasty: nasty });
    evil["notes"] = json!([{ "content": nasty, nasty: 1 }]);
    let sandbox = builder(0).lead_json(evil).start().await.expect("a sandbox");

    for arguments in [
        &["--output", "table"][..],
        &["--output", "table", "--fields", "full_name,notes"],
        &["--output", "json"],
        &["--output", "ndjson"],
    ] {
        let ended = run(aura(&sandbox).arg(id(1)).args(arguments));
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let raw = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!ended.out.contains(raw), "{arguments:?}: {:?}", ended.out);
        assert!(
            ended.out.contains("owned"),
            "{arguments:?}: {:?}",
            ended.out
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_in_no_argument_and_a_file_may_hold_it() {
    let sandbox = sandbox(1).await;
    let file = crate::support::File::new("key", &format!("{}\n", sandbox.api_key()));
    let mut command = bare();
    command.args([
        "leads",
        "get",
        &id(1),
        "--base-url",
        sandbox.base_url(),
        "--key-file",
    ]);

    let ended = run(command.arg(file.path()));

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(ended.ids(), [id(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_a_key_may_come_from_any_editor_and_is_read_so_far_only() {
    let sandbox = sandbox(1).await;
    let marked = format!("\u{feff}  {}\r\n\r\n", sandbox.api_key());
    for (file, code) in [
        (File::new("key", &marked), 0),
        (File::new("key", " \n"), 2),
        (File::new("key", &"x".repeat(100_000)), 2),
    ] {
        let mut command = aura(&sandbox);
        command.env_remove("AURA_API_KEY").arg(id(1));
        command.arg("--key-file").arg(file.path());
        assert_eq!(run(&mut command).code, Some(code));
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn ps_does_not_show_the_key() {
    let sandbox = sandbox(1).await;
    sandbox.inject(Fault::stall()).expect("a valid fault");
    let mut child = aura(&sandbox).arg(id(1)).spawn().expect("it runs");
    crate::support::until(|| sandbox.request_count() > 0).await;

    let arguments = std::fs::read(format!("/proc/{}/cmdline", child.id())).expect("a process");
    child.kill().expect("it was running");
    child.wait().expect("it ends");

    let arguments = String::from_utf8_lossy(&arguments);
    assert!(arguments.contains(&id(1)), "{arguments}");
    assert!(!arguments.contains(sandbox.api_key()), "{arguments}");
}

#[test]
fn an_embedded_sandbox_needs_no_key_and_heeds_no_variable() {
    let mut command = bare();
    command
        .env("AURA_API_KEY", "wrong")
        .env("AURA_BASE_URL", "http://127.0.0.1:1");

    let ended = run(command.args(["--sandbox", "leads", "get", EXAMPLE]));

    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert_eq!(ended.ids(), [EXAMPLE]);
}
