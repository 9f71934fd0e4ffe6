//! Leads that come, change and go while the sandbox runs.

use aura_sandbox::aura_client::chrono::{DateTime, Utc};
use aura_sandbox::aura_client::types::Lead;
use aura_sandbox::{Organization, Sandbox, SandboxError};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Came, ID, OTHER_ID, ask, fixture, get, id, lead, lead_of_fixture, other_id, started};

fn lead_path(id: &str) -> String {
    format!("/v1/leads/{id}")
}

async fn body(sandbox: &Sandbox, id: &str) -> String {
    Came::from(get(sandbox, &lead_path(id))).await.body
}

async fn status_of(request: RequestBuilder) -> u16 {
    Came::from(request).await.status
}

#[tokio::test]
async fn a_lead_is_added_changed_removed_and_put_back() {
    let sandbox = started(Sandbox::builder()).await;
    let client = sandbox.client();
    let time = DateTime::<Utc>::UNIX_EPOCH;
    let put = || sandbox.put_lead(Lead::new(other_id(), "won", time, time));
    put().expect("it fits");
    assert_eq!(
        client
            .get_lead(&other_id())
            .await
            .expect("it is there")
            .status,
        "won"
    );

    let spelled = OTHER_ID.to_uppercase();
    sandbox
        .update_lead(&spelled, json!({"status": "lost"}))
        .expect("it fits");
    assert_eq!(
        client
            .get_lead(&other_id())
            .await
            .expect("it is there")
            .status,
        "lost"
    );

    assert!(sandbox.remove_lead(other_id()));
    assert!(!sandbox.remove_lead(OTHER_ID));
    let error = client.get_lead(&other_id()).await.expect_err("it is gone");
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("NOT_FOUND"));

    put().expect("it fits");
    assert!(client.get_lead(&other_id()).await.is_ok());
    assert!(client.get_lead(&id()).await.is_ok(), "others stay");
}

#[tokio::test]
async fn a_merge_patch_leaves_the_rest_as_it_was() {
    let mut before = lead(OTHER_ID);
    before["custom"] = json!({"a": 1, "b": {"c": 2}});
    before["email"] = json!("ada@example.com");
    let sandbox = started(Sandbox::builder().lead_json(before.clone())).await;
    let changes = json!({"email": null, "custom": {"a": null, "b": {"d": [3]}}});
    sandbox.update_lead(OTHER_ID, changes).expect("it fits");

    let mut expected = before;
    expected["custom"] = json!({"b": {"c": 2, "d": [3]}});
    expected.as_object_mut().expect("an object").remove("email");
    let came: Value = serde_json::from_str(&body(&sandbox, OTHER_ID).await).expect("JSON");
    assert_eq!(came["data"], expected);
}

#[tokio::test]
async fn what_does_not_fit_changes_nothing() {
    let sandbox = started(Sandbox::builder()).await;
    let before = body(&sandbox, ID).await;
    let mut misfit = lead(ID);
    misfit["email"] = json!(["secret"]);
    let mut nameless = lead(ID);
    nameless.as_object_mut().expect("an object").remove("id");
    for (result, reason) in [
        (sandbox.put_lead_json(misfit), "lead: email: "),
        (sandbox.put_lead_json(nameless), "lead: id: "),
        (sandbox.put_lead_json(json!("secret")), "lead: "),
        (
            sandbox.update_lead(ID, json!({"email": ["secret"]})),
            "lead: email: ",
        ),
        (
            sandbox.update_lead(ID, json!({"status": null})),
            "lead: status: ",
        ),
        (sandbox.update_lead(ID, json!({"id": null})), "lead: id: "),
        (
            sandbox.update_lead(ID, json!({"id": OTHER_ID})),
            "lead: id: it cannot be changed",
        ),
        (
            sandbox.update_lead(ID, json!(["secret"])),
            "lead: the changes are not an object",
        ),
        (
            sandbox.update_lead(OTHER_ID, json!({})),
            "lead: no lead has this ID",
        ),
        (
            sandbox.update_lead("secret", json!({})),
            "lead: no lead has this ID",
        ),
        (
            sandbox.put_lead_json_for("nobody", lead(ID)),
            "organization \"nobody\": there is no such organization",
        ),
    ] {
        let error = result.expect_err(reason);
        let message = error.to_string();
        assert!(message.starts_with(reason), "{message}");
        assert!(
            !format!("{message} {error:?}").contains("secret"),
            "{message}"
        );
    }
    assert_eq!(body(&sandbox, ID).await, before);
}

#[tokio::test]
async fn a_lead_stays_with_its_organization_unless_it_is_put_for_another() {
    let acme = Organization::new("acme")
        .api_key("k")
        .lead_json(lead(OTHER_ID));
    let sandbox = started(Sandbox::builder().organization(acme)).await;
    let statuses = async |id: &str| {
        let request = ask(&sandbox, Method::GET, &lead_path(id));
        let default = get(&sandbox, &lead_path(id));
        (
            status_of(default).await,
            status_of(request.bearer_auth("k")).await,
        )
    };
    sandbox.put_lead_json(lead(OTHER_ID)).expect("it fits");
    assert_eq!(statuses(OTHER_ID).await, (404, 200));
    sandbox
        .put_lead_json_for("sandbox", lead(OTHER_ID))
        .expect("it fits");
    assert_eq!(statuses(OTHER_ID).await, (200, 404));
    sandbox
        .put_lead_json_for("acme", lead(ID))
        .expect("it fits");
    assert_eq!(statuses(ID).await, (404, 200));
}

#[tokio::test]
async fn a_lead_that_the_api_deleted_is_gone_until_it_is_put() {
    let sandbox = Sandbox::builder()
        .contract(fixture())
        .lead_json(lead_of_fixture(OTHER_ID));
    let sandbox = started(sandbox).await;
    let delete =
        |id: &str| ask(&sandbox, Method::DELETE, &lead_path(id)).bearer_auth(sandbox.api_key());
    let notes = format!("{}/notes", lead_path(OTHER_ID));
    assert_eq!(status_of(delete(&OTHER_ID.to_uppercase())).await, 204);
    assert_eq!(status_of(get(&sandbox, &lead_path(OTHER_ID))).await, 404);

    let updated = sandbox.update_lead(OTHER_ID, json!({"status": "won"}));
    assert!(matches!(updated, Err(SandboxError::Lead { .. })));
    assert!(!sandbox.remove_lead(OTHER_ID));
    sandbox
        .put_lead_json(lead_of_fixture(OTHER_ID))
        .expect("it fits");
    assert_eq!(status_of(get(&sandbox, &lead_path(OTHER_ID))).await, 200);
    assert_eq!(status_of(get(&sandbox, &notes)).await, 200);

    assert!(sandbox.remove_lead(OTHER_ID));
    assert_eq!(status_of(get(&sandbox, &notes)).await, 404);
}

fn control(sandbox: &Sandbox, method: Method, target: &str) -> RequestBuilder {
    ask(sandbox, method, &format!("/__sandbox/leads{target}"))
}

#[tokio::test]
async fn leads_are_changed_over_http() {
    let acme = Organization::new("acme").api_key("k");
    let sandbox = started(Sandbox::builder().organization(acme)).await;
    let target = format!("/{OTHER_ID}");
    // Kept as it is written.
    let text = lead(OTHER_ID)
        .to_string()
        .replacen('{', r#"{"n": 1e999,  "#, 1);
    let put = control(&sandbox, Method::PUT, &target).header("content-type", "application/json");
    assert_eq!(status_of(put.body(format!("\u{feff} {text}\n"))).await, 204);
    assert!(
        body(&sandbox, OTHER_ID)
            .await
            .starts_with(&format!(r#"{{"data":{text},"#))
    );

    let changes = json!({"status": "won"});
    let patch = control(&sandbox, Method::PATCH, &target).json(&changes);
    assert_eq!(status_of(patch).await, 204);
    let patch = control(&sandbox, Method::PATCH, &target).body(changes.to_string());
    let patch = patch.header("content-type", "application/merge-patch+json");
    assert_eq!(status_of(patch).await, 204);
    assert!(body(&sandbox, OTHER_ID).await.contains(r#""n":1e999"#));

    let moved = control(
        &sandbox,
        Method::PUT,
        &format!("{target}?organization=acme"),
    );
    assert_eq!(status_of(moved.json(&lead(OTHER_ID))).await, 204);
    let listed = Came::from(control(&sandbox, Method::GET, "")).await.json();
    let expected = json!({"leads": [
        {"id": ID, "organization": "sandbox"},
        {"id": OTHER_ID, "organization": "acme"},
    ]});
    assert_eq!(listed, expected);

    for removed in [true, false] {
        let came = Came::from(control(&sandbox, Method::DELETE, &target)).await;
        assert_eq!(
            (came.status, came.json()),
            (200, json!({"removed": removed}))
        );
    }
    assert_eq!(sandbox.request_count(), 2, "control is not on record");
}

#[tokio::test]
async fn what_is_wrong_with_a_lead_is_reported_over_http_without_values() {
    let sandbox = started(Sandbox::builder()).await;
    let target = format!("/{ID}");
    let mut misfit = lead(ID);
    misfit["email"] = json!(["secret"]);
    for (method, target, body, reason) in [
        (Method::PUT, &*target, misfit.to_string(), "lead: email: "),
        (
            Method::PUT,
            &target,
            lead(OTHER_ID).to_string(),
            "id: it is not the one in the path",
        ),
        (Method::PUT, &target, "secret".to_owned(), "lead: "),
        (Method::PUT, &target, r#""secret""#.to_owned(), "lead: "),
        (
            Method::PATCH,
            &target,
            r#""secret""#.to_owned(),
            "lead: the changes are not",
        ),
        (
            Method::PATCH,
            "/secret",
            "{}".to_owned(),
            "lead: no lead has this ID",
        ),
        (
            Method::PUT,
            "/550e8400-e29b-41d4-a716-446655440000?organization=nobody",
            lead(ID).to_string(),
            "organization \"nobody\"",
        ),
    ] {
        let request = control(&sandbox, method, target).body(body);
        let came = Came::from(request.header("content-type", "application/json")).await;
        let error = came.json()["error"].as_str().expect("a text").to_owned();
        assert_eq!(came.status, 400, "{error}");
        assert!(
            error.starts_with(reason) && !error.contains("secret"),
            "{error}"
        );
    }
    let plain = control(&sandbox, Method::PUT, &target).body(lead(ID).to_string());
    assert_eq!(status_of(plain).await, 415);
    let foreign = control(&sandbox, Method::DELETE, &target).header("host", "evil.example");
    assert_eq!(status_of(foreign).await, 403);
    assert!(body(&sandbox, ID).await.contains(r#""status":"new""#));
}
