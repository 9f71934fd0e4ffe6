//! Nothing of a lead is lost, and nothing is invented.

use aura_client::serde_json::{Value, json};
use aura_client::types::{Lead, LeadMetadata};
use aura_client::{ErrorKind, serde_json};

use aura_sandbox::Sandbox;

use super::{KEY, id, page_lead, with_lead};

/// The value without explicit nulls of the lead's known fields, and with numbers and times in one
/// spelling: what must be equal on both sides of a round trip.
fn comparable(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), comparable(value)))
            .collect(),
        Value::Array(items) => items.iter().map(comparable).collect(),
        // A coordinate of 0 comes out as 0.0. Whole numbers, such as money, are compared as such.
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                json!(float as i64)
            }
            _ => value.clone(),
        },
        Value::String(text) => match aura_client::chrono::DateTime::parse_from_rfc3339(text) {
            Ok(time) => json!(time.to_utc().to_rfc3339()),
            Err(_) => value.clone(),
        },
        _ => value.clone(),
    }
}

/// A lead with a field nobody knows at every level.
fn lead_with_custom_fields() -> Value {
    let mut lead = page_lead();
    let custom = json!({"deep": [1, {"er": null}], "text": "ü"});
    for place in [
        "",
        "/metadata",
        "/source",
        "/notes/0",
        "/disqualification_data",
        "/disqualification_data/triggering_field",
    ] {
        let object = lead.pointer_mut(place).expect("the page has it");
        object["custom"] = custom.clone();
        object["customNull"] = Value::Null;
    }
    // The page's own null of a known field is the one thing that need not come back.
    let known = lead.pointer_mut("/disqualification_data/triggering_field");
    known.expect("the page has it")["value"] = json!("a value");
    lead
}

#[tokio::test]
async fn unknown_fields_survive_at_every_level() {
    let sent = lead_with_custom_fields();
    let (_server, client) = with_lead(&sent).await;
    let lead = client.get_lead(&id()).await.expect("it fits").into_inner();
    let back = serde_json::to_value(&lead).expect("it can be written");
    assert_eq!(comparable(&back), comparable(&sent));
    let custom: Option<Value> = lead.extra.read("custom").expect("JSON");
    assert_eq!(custom.as_ref(), sent.get("custom"));
}

#[tokio::test]
async fn empty_null_and_absent_stay_three_things() {
    let least = json!({
        "id": super::ID,
        "status": "new",
        "created_at": "2026-01-17T08:00:00Z",
        "updated_at": "2026-01-17T08:00:00Z",
    });
    let mut empty = least.clone();
    empty["notes"] = json!([]);
    empty["metadata"] = json!({});
    for (sent, notes, metadata) in [
        (&least, None, None),
        (&empty, Some(vec![]), Some(LeadMetadata::new())),
    ] {
        let (_server, client) = with_lead(sent).await;
        let lead = client.get_lead(&id()).await.expect("it fits");
        assert_eq!(lead.notes, notes);
        assert_eq!(lead.metadata, metadata);
        assert_eq!(lead.total_paid_cents, None, "no zero is invented");
        let back = serde_json::to_value(&*lead).expect("it can be written");
        assert_eq!(comparable(&back), comparable(sent));
    }
    let mut nulls = page_lead();
    for (key, value) in nulls.as_object_mut().expect("it is an object") {
        if !["id", "status", "created_at", "updated_at"].contains(&key.as_str()) {
            *value = Value::Null;
        }
    }
    let (_server, client) = with_lead(&nulls).await;
    let lead = client
        .get_lead(&id())
        .await
        .expect("older records hold null");
    let times = (lead.created_at, lead.updated_at);
    assert_eq!(*lead, Lead::new(id(), "new", times.0, times.1));
}

#[tokio::test]
async fn a_field_of_the_wrong_type_is_an_error_with_its_path() {
    let cases = [
        ("/total_paid_cents", json!("12.50"), "data.total_paid_cents"),
        ("/total_paid_cents", json!(12.5), "data.total_paid_cents"),
        ("/notes/0/content", json!(7), "data.notes[0].content"),
        (
            "/metadata/latitude",
            json!("north"),
            "data.metadata.latitude",
        ),
        ("/created_at", json!("yesterday"), "data.created_at"),
        ("/metadata", json!([]), "data.metadata"),
        ("/id", json!("me@example.com"), "data.id"),
    ];
    for (place, value, path) in cases {
        let mut lead = page_lead();
        *lead.pointer_mut(place).expect("the page has it") = value;
        let (_server, client) = with_lead(&lead).await;
        let error = client.get_lead(&id()).await.expect_err("it does not fit");
        assert_eq!(error.kind(), ErrorKind::Decode, "{place}");
        assert_eq!(error.json_path(), Some(path));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        assert!(error.body().is_some(), "the body is not lost");
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(
                !shown.contains("me@example.com") && !shown.contains("12.5"),
                "{shown}"
            );
        }
    }
}

#[tokio::test]
async fn a_missing_required_field_is_told_by_its_own_path() {
    let mut lead = page_lead();
    lead.as_object_mut()
        .expect("it is an object")
        .remove("status");
    let (_server, client) = with_lead(&lead).await;
    let error = client.get_lead(&id()).await.expect_err("it does not fit");
    assert_eq!(error.json_path(), Some("data.status"));
}

#[tokio::test]
async fn the_request_is_what_the_api_asks_for() {
    let sandbox = Sandbox::builder().api_key(KEY).start().await;
    let sandbox = sandbox.expect("a port is free");
    let client = sandbox.client();
    client
        .get_lead(&id())
        .await
        .expect("the page's lead is there");
    let requests = sandbox.requests();
    let [request] = requests.as_slice() else {
        panic!("one request: {requests:?}");
    };
    assert_eq!(request.method(), "GET");
    assert_eq!(request.path(), format!("/v1/leads/{}", super::ID));
    assert_eq!(request.query(), None);
    assert_eq!(request.organization(), Some("sandbox"), "whose key came");
    assert_eq!(request.headers()["accept"], "application/json");
    assert!(
        !request.headers().contains_key("api-version"),
        "the API knows no such header"
    );
    let agent = request.headers()["user-agent"]
        .to_str()
        .expect("it is text");
    assert!(agent.starts_with("aura-client/"), "{agent}");
}
