//! Each example of the contract is what the client makes of it.

use aura_client::serde_json::{self, Value};
use aura_client::{ErrorKind, types};
use aura_workspace_tests::answers;
use aura_workspace_tests::checkout;

use super::{KEY, id};

/// The responses of `get_lead` with an example, by status; references followed.
fn examples() -> Vec<(String, Value)> {
    let contract = openapi_document::Contract::load(&checkout::contract()).expect("it is YAML");
    let document: Value = contract.document;
    let responses = &document["paths"]["/v1/leads/{id}"]["get"]["responses"];
    let responses = responses.as_object().expect("it has responses");
    responses
        .iter()
        .filter_map(|(status, response)| {
            let response = match response["$ref"].as_str() {
                Some(target) => document.pointer(target.strip_prefix('#')?)?,
                None => response,
            };
            let example = &response["content"]["application/json"]["example"];
            (!example.is_null()).then(|| (status.clone(), example.clone()))
        })
        .collect()
}

/// The example of one status.
pub(crate) fn example(status: &str) -> Value {
    let found = examples().into_iter().find(|(found, _)| found == status);
    found.expect("the contract has this example").1
}

#[tokio::test]
async fn the_success_is_read_whole() {
    let example = example("200");
    let sandbox = answers::sandbox(KEY, answers::json(200, &example)).await;
    let lead = sandbox.client().get_lead(&id()).await.expect("it fits");
    assert_eq!(lead.id, id());
    assert_eq!(lead.status, "new");
    assert_eq!(lead.total_paid_cents, Some(0));
    assert_eq!(lead.created_at.to_rfc3339(), "2026-01-17T08:00:00+00:00");
    let metadata = lead.metadata.as_ref().expect("it is there");
    assert_eq!(metadata.country_code.as_deref(), Some("US"));
    assert_eq!(metadata.latitude, Some(0.0));
    let notes = lead.notes.as_ref().expect("they are there");
    assert!(notes[0].created_at.is_some());
    assert_eq!(lead.bytes(), &example.to_string());
}

#[tokio::test]
async fn each_error_is_told_with_all_it_says() {
    let errors: Vec<_> = examples()
        .into_iter()
        .filter(|(status, _)| status != "200")
        .collect();
    assert!(
        errors.iter().any(|(status, _)| status == "404"),
        "the page has one"
    );
    for (status, example) in errors {
        let status = status.parse().unwrap_or(500);
        let answer = answers::json(status, &example);
        let answer = answers::with(answer, "x-request-id", "req_header");
        let sandbox = answers::sandbox(KEY, answer).await;
        let error = sandbox
            .client()
            .get_lead(&id())
            .await
            .expect_err("it is an error");
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.code(), example["code"].as_str());
        assert_eq!(error.message(), example["error"].as_str());
        let told = example["requestId"].as_str().unwrap_or("req_header");
        assert_eq!(error.request_id(), Some(told));
        assert_eq!(error.body(), Some(&example.to_string().into()));
        assert!(error.rate_limit().is_some());
        // The contract's own type reads it too.
        serde_json::from_value::<types::ErrorResponse>(example).expect("it is an ErrorResponse");
    }
}
