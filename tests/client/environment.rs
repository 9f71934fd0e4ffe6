//! What the environment changes, and what it doesn't. Each test runs itself again as a process with
//! an environment of its own: a process's own can't be changed safely.

use std::env;
use std::process::Command;

use aura_client::{Client, ErrorKind};
use aura_sandbox::Sandbox;

use super::{KEY, id};

/// Set in the process that a test starts.
const CHILD: &str = "AURA_TEST_CHILD";

/// Runs the test of this name again with these variables; `None` if this is that process.
fn again(test: &str, variables: &[(&str, &str)]) -> Option<()> {
    if env::var_os(CHILD).is_some() {
        return None;
    }
    let mut child = Command::new(env::current_exe().expect("it runs"));
    child.args(["--exact", &format!("environment::{test}"), "--nocapture"]);
    for proxy in [
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        child.env_remove(proxy);
    }
    child.env_remove("AURA_API_KEY").env_remove("AURA_BASE_URL");
    child.env(CHILD, "1").envs(variables.iter().copied());
    let ran = child.output().expect("it can be started again");
    let said = [ran.stdout, ran.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
    Some(())
}

#[test]
fn a_client_is_made_from_its_variables() {
    let variables = [
        ("AURA_API_KEY", " aura_pk_test_1\n"),
        ("AURA_BASE_URL", "http://127.0.0.1:8080/prefix"),
    ];
    if again("a_client_is_made_from_its_variables", &variables).is_none() {
        let client = Client::from_env().expect("both are fine");
        assert_eq!(client.base_url().as_str(), "http://127.0.0.1:8080/prefix");
    }
}

#[test]
fn a_missing_key_is_named_and_an_empty_url_is_unset() {
    let variables = [("AURA_BASE_URL", "")];
    if again(
        "a_missing_key_is_named_and_an_empty_url_is_unset",
        &variables,
    )
    .is_none()
    {
        let error = Client::from_env().expect_err("there is no key");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("AURA_API_KEY"), "{error}");
        assert!(!error.to_string().contains("AURA_BASE_URL"), "{error}");
    }
}

#[test]
fn a_builder_reads_no_variable() {
    let variables = [
        ("AURA_API_KEY", "aura_pk_test_1"),
        ("AURA_BASE_URL", "http://127.0.0.1:8080"),
    ];
    if again("a_builder_reads_no_variable", &variables).is_none() {
        let error = Client::builder().build().expect_err("it was given no key");
        assert_eq!(error.kind(), ErrorKind::Config);
        let client = Client::builder().api_key(KEY).build().expect("it has one");
        assert_eq!(client.base_url().as_str(), "https://api.aura-app.ai/");
    }
}

#[tokio::test]
async fn this_machine_is_asked_without_a_proxy() {
    let nobody = "http://127.0.0.1:9";
    let variables = [
        ("HTTP_PROXY", nobody),
        ("http_proxy", nobody),
        ("ALL_PROXY", nobody),
    ];
    if again("this_machine_is_asked_without_a_proxy", &variables).is_none() {
        let sandbox = Sandbox::start().await.expect("a port is free");
        let lead = sandbox.client().get_lead(&id()).await;
        lead.expect("the key goes straight to this machine");
    }
}
