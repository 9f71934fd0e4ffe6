//! `aura check`: what is found, and how it ends.

use aura_sandbox::http::StatusCode;
use aura_sandbox::{Fault, RateLimit, Sandbox};
use serde_json::Value;

use crate::aura::{aura, with_key};

/// How each check ended.
fn statuses(found: &Value) -> Vec<(&str, &str)> {
    let checks = found.as_object().expect("an object").iter();
    checks
        .filter_map(|(name, check)| Some((name.as_str(), check["status"].as_str()?)))
        .collect()
}

#[tokio::test]
async fn all_is_well() {
    let sandbox = Sandbox::start().await.expect("started");
    let run = aura(&sandbox, "check --output json").await;
    let found = run.json();

    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(found["ok"], true);
    let checks = [
        "base_url",
        "key",
        "health",
        "key_accepted",
        "rate_limit",
        "versions",
    ];
    assert_eq!(statuses(&found), checks.map(|name| (name, "ok")));
    assert_eq!(found["base_url"]["url"], sandbox.base_url());
    assert_eq!(found["base_url"]["source"], "variable");
    assert_eq!(found["key"]["kind"], "test");
    assert_eq!(found["rate_limit"]["remaining"], 99);
    assert_eq!(found["versions"]["contract"], aura_client::SPEC_VERSION);
}

#[tokio::test]
async fn the_key_is_never_shown() {
    let sandbox = Sandbox::start().await.expect("started");
    for key in [
        sandbox.api_key(),
        "aura_pk_live_secret",
        "secret",
        "sec\nret",
    ] {
        for line in ["check", "check --output json"] {
            let run = with_key(&sandbox, key, line, "").await;
            let shown = format!("{}{}", run.stdout, run.stderr);
            let end = key.rsplit(['_', '\n']).next().expect("some text");
            assert!(!shown.contains(end), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_key_that_is_not_accepted_ends_with_3() {
    let sandbox = Sandbox::start().await.expect("started");
    let run = with_key(&sandbox, "aura_pk_live_wrong", "check --output json", "").await;
    let found = run.json();

    assert_eq!(run.code, Some(3));
    assert_eq!(found["ok"], false);
    assert_eq!(found["key_accepted"]["status"], "failed");
    assert_eq!(found["key_accepted"]["error"]["status"], 401);
    assert_eq!(found["health"]["status"], "ok");
}

#[tokio::test]
async fn without_a_key_all_else_is_checked() {
    let sandbox = Sandbox::start().await.expect("started");
    let run = with_key(&sandbox, "", "check --output json", "").await;

    assert_eq!(run.code, Some(3));
    assert_eq!(
        statuses(&run.json()),
        [
            ("base_url", "ok"),
            ("key", "failed"),
            ("health", "ok"),
            ("key_accepted", "skipped"),
            ("rate_limit", "skipped"),
            ("versions", "ok"),
        ]
    );
}

#[tokio::test]
async fn nobody_there_ends_with_5() {
    let sandbox = Sandbox::start().await.expect("started");
    sandbox
        .inject(Fault::connection_reset())
        .expect("a valid fault");
    let run = aura(&sandbox, "check --output json").await;
    let found = run.json();

    assert_eq!(run.code, Some(5));
    assert_eq!(found["health"]["error"]["kind"], "network");
    assert_eq!(found["key_accepted"]["status"], "skipped");
    assert_eq!(sandbox.request_count(), 1, "once: it tells how things are");
}

#[tokio::test]
async fn another_service_is_told_as_one() {
    let sandbox = Sandbox::start().await.expect("started");
    sandbox
        .inject(Fault::answer(StatusCode::NOT_FOUND).body("<html>"))
        .expect("a valid fault");
    let run = aura(&sandbox, "check --output json").await;
    let found = run.json();

    assert_eq!(run.code, Some(1));
    assert_eq!(found["health"]["error"]["kind"], "unexpected_answer");
    assert_eq!(found["health"]["error"]["help"], "is the base URL right?");
    // A key that somebody else accepts says nothing.
    assert_eq!(found["key_accepted"]["status"], "skipped");
    assert_eq!(sandbox.request_count(), 1);
}

#[tokio::test]
async fn a_limit_that_is_reached_ends_with_5() {
    let sandbox = Sandbox::builder().rate_limit(RateLimit::per_minute(1));
    let sandbox = sandbox.start().await.expect("started");
    for error in ["rate_limit", "key_accepted"] {
        let run = aura(&sandbox, "check --output json").await;
        assert_eq!(run.code, Some(5));
        assert_eq!(run.json()[error]["error"]["kind"], "rate_limited");
        assert_eq!(run.json()["rate_limit"]["remaining"], 0);
    }
}

#[tokio::test]
async fn a_bad_url_is_not_asked() {
    let sandbox = Sandbox::start().await.expect("started");
    let line = "check --output json --base-url ftp://secret.example";
    let run = aura(&sandbox, line).await;

    assert_eq!(run.code, Some(2));
    assert_eq!(run.json()["base_url"]["status"], "failed");
    assert_eq!(run.json()["key"]["status"], "ok");
    assert_eq!(run.json()["health"]["status"], "skipped");
    assert_eq!(sandbox.request_count(), 0);
}
