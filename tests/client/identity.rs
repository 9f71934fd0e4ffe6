//! A response that holds another lead is an error, whatever else it holds.

use aura_client::serde_json::{Value, json};
use aura_client::types::Lead;
use aura_client::{Error, ErrorKind, OptionalExt};
use aura_sandbox::{Fault, Sandbox};

use super::{id, page_lead, with_lead};

const ANOTHER: &str = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

fn lead_with(member: &str, value: Value) -> Value {
    let mut lead = page_lead();
    lead[member] = value;
    lead
}

fn is_another_lead(error: &Error) -> bool {
    error.kind() == ErrorKind::Decode
        && error.json_path() == Some("data.id")
        && error.to_string().contains("another resource")
        && error.salvage::<Lead>().is_none()
        && !format!("{error} {error:?}").contains(ANOTHER)
}

#[tokio::test]
async fn another_lead_is_refused_and_nothing_of_it_is_salvaged() {
    let another = lead_with("id", json!(ANOTHER));
    let mut drifted = another.clone();
    drifted["total_paid_cents"] = json!("12.50");
    let mut broken = another.clone();
    broken["created_at"] = json!("yesterday");
    for lead in [another, drifted, broken] {
        let (_sandbox, client) = with_lead(&lead).await;
        let error = client
            .get_lead(&id())
            .await
            .optional()
            .expect_err("another");
        assert!(is_another_lead(&error), "{error:?}");
        assert!(error.body().is_some() && !error.is_retryable());
    }
}

#[tokio::test]
async fn the_sandbox_can_answer_another_lead() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    sandbox
        .inject(Fault::another_resource())
        .expect("a valid fault");
    let error = sandbox.client().get_lead(&id()).await.expect_err("another");

    assert_eq!(error.json_path(), Some("data.id"));
    assert!(error.salvage::<Lead>().is_none());
}

#[tokio::test]
async fn an_id_is_the_same_however_it_is_written() {
    for written in [
        id().to_string().to_uppercase(),
        id().simple().to_string(),
        id().urn().to_string(),
    ] {
        let (_sandbox, client) = with_lead(&lead_with("id", json!(written))).await;
        assert!(client.get_lead(&id()).await.is_ok(), "{written}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_whose_it_is_is_a_misfit_like_any_other() {
    for (lead, path) in [
        (lead_with("id", json!(7)), "data.id"),
        (
            lead_with("total_paid_cents", json!("12.50")),
            "data.total_paid_cents",
        ),
    ] {
        let (_sandbox, client) = with_lead(&lead).await;
        let error = client.get_lead(&id()).await.expect_err("it does not fit");
        assert_eq!(error.json_path(), Some(path));
        assert!(!is_another_lead(&error), "{error}");
    }
}
