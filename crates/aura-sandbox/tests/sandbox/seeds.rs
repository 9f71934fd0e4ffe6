//! Leads and organizations that are given, in Rust and in files.

use std::io::Write;

use aura_sandbox::aura_client::chrono::{DateTime, Utc};
use aura_sandbox::aura_client::types::Lead;
use aura_sandbox::{Organization, Sandbox, SandboxError};
use reqwest::Method;
use serde_json::json;

use super::{Came, ID, OTHER_ID, ask, get, id, lead, other_id, started};

#[tokio::test]
async fn leads_are_typed_or_json() {
    let time = DateTime::<Utc>::UNIX_EPOCH;
    let mut json = lead("0b0e5f0a-4a0e-4f43-8a3f-0c8d5f0e9a11");
    json["custom"] = json!({"deep": [1, null]});
    let sandbox = Sandbox::builder()
        .lead(Lead::new(other_id(), "won", time, time))
        .leads_json([json]);
    let sandbox = started(sandbox).await;
    let client = sandbox.client();

    let typed = client.get_lead(&other_id()).await.expect("typed");
    assert_eq!((typed.status.as_str(), typed.created_at), ("won", time));
    let id_of_json = "0b0e5f0a-4a0e-4f43-8a3f-0c8d5f0e9a11".parse();
    let json = client.get_lead(&id_of_json.expect("a UUID")).await;
    let custom = json.expect("as JSON").extra.read("custom");
    assert_eq!(custom.expect("JSON"), Some(json!({"deep": [1, null]})));
    assert!(client.get_lead(&id()).await.is_ok(), "the contract's own");
}

#[tokio::test]
async fn a_given_lead_takes_the_place_of_the_contracts_own() {
    let acme = Organization::new("acme").api_key("k").lead_json(lead(ID));
    let sandbox = started(Sandbox::builder().organization(acme)).await;

    let error = sandbox.client().get_lead(&id()).await;
    assert!(error.expect_err("it is acme's").is_not_found());
    let request = ask(&sandbox, Method::GET, &format!("/v1/leads/{ID}")).bearer_auth("k");
    assert_eq!(
        Came::from(request).await.json()["data"]["status"],
        "qualified"
    );
}

#[tokio::test]
async fn organizations_come_in_the_order_given_after_the_default_one() {
    let sandbox = Sandbox::builder()
        .api_key("aura_pk_test_mine")
        .organization(Organization::new("b").api_key("b1").api_key("b2"))
        .organization(Organization::new("a"));
    let sandbox = started(sandbox).await;
    let organizations: Vec<_> = sandbox.organizations().collect();

    assert_eq!(organizations[0].0, "sandbox");
    assert_eq!(organizations[0].1, ["aura_pk_test_mine"]);
    assert_eq!(sandbox.api_key(), "aura_pk_test_mine");
    assert_eq!(
        (organizations[1].0, organizations[1].1),
        ("b", &["b1".into(), "b2".into()][..])
    );
    assert!(organizations[2].1[0].starts_with("aura_pk_test_"));
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(text.as_bytes()).expect("it can be written");
    file
}

#[tokio::test]
async fn leads_come_from_a_file() {
    let lines = format!("{}\n{}\n", lead(ID), lead(OTHER_ID));
    let array = json!([lead(ID), lead(OTHER_ID)]).to_string();
    for text in [lines, array] {
        let file = file(&text);
        let sandbox = started(Sandbox::builder().seed_file(file.path())).await;
        let lead = sandbox.client().get_lead(&other_id()).await;
        assert_eq!(lead.expect("it is there").status, "qualified");
    }
}

#[tokio::test]
async fn leads_of_a_file_are_answered_as_they_are_written() {
    let lead = lead(OTHER_ID).to_string();
    let members = r#""payment_count": 100.0, "a": 1, "a": 1e999, "b": "\ud800"}"#;
    let lead = format!("{}, {members}", lead.trim_end_matches('}'));
    let file = file(&format!("\u{feff}[{lead}]"));
    let sandbox = started(Sandbox::builder().seed_file(file.path())).await;

    let came = Came::from(get(&sandbox, &format!("/v1/leads/{OTHER_ID}"))).await;
    assert_eq!(came.body, format!(r#"{{"data":{lead},"success":true}}"#));
}

#[tokio::test]
async fn leads_of_a_file_must_fit_as_they_are_written() {
    let lead = lead(OTHER_ID).to_string();
    for (member, told) in [
        (r#""status": "new""#, "status: it is there more than once"),
        (
            r#""payment_count": 1.5"#,
            "payment_count: the value is not of type \"integer\"",
        ),
        (r#""email": "\ud800""#, "email: the value is not Unicode"),
    ] {
        let file = file(&format!("{}, {member}}}", lead.trim_end_matches('}')));
        let error = Sandbox::builder().seed_file(file.path()).start().await;
        let error = error.expect_err(member).to_string();
        assert_eq!(error, format!("{}: lead 1: {told}", file.path().display()));
    }
}

#[tokio::test]
async fn organizations_come_from_a_file() {
    let organization = json!({"name": "acme", "api_key": "k", "leads": [lead(OTHER_ID)]});
    let file = file(&json!({"organizations": [organization]}).to_string());
    let sandbox = started(Sandbox::builder().seed_file(file.path())).await;

    let request = ask(&sandbox, Method::GET, &format!("/v1/leads/{OTHER_ID}")).bearer_auth("k");
    assert_eq!(Came::from(request).await.status, 200);
    assert_eq!(sandbox.requests()[0].organization(), Some("acme"));
}

#[tokio::test]
async fn what_cannot_be_served_is_told_at_the_start() {
    let mut misfit = lead(OTHER_ID);
    misfit["notes"] = json!([{"content": "a"}, {"content": ["secret"]}]);
    let misfit = file(&format!("{}\n{misfit}\n", lead(ID)));
    let error = Sandbox::builder().seed_file(misfit.path()).start().await;
    let error = error.expect_err("it does not fit");
    let told = error.to_string();
    let place = format!("{}: lead 2: notes[1].content: ", misfit.path().display());
    assert!(
        told.starts_with(&place) && !told.contains("secret"),
        "{told}"
    );
    assert!(!format!("{error:?}").contains("secret"));

    let missing = Sandbox::builder().seed_file("no/such/file").start().await;
    let missing = missing.expect_err("there is none");
    assert!(matches!(missing, SandboxError::ReadFile { .. }));
    assert!(
        missing
            .to_string()
            .starts_with("cannot read no/such/file: ")
    );

    let sandbox = started(Sandbox::builder()).await;
    let taken = Sandbox::builder()
        .port(sandbox.address().port())
        .start()
        .await;
    assert!(matches!(taken, Err(SandboxError::Listen { .. })));
}
