//! Bodies on which a reader can slip: what is read of them is as sent, and no text that a body
//! chooses is shown, whatever is wrong with it.

use std::error::Error as _;

use aura_client::types::Lead;
use aura_client::{Error, ErrorKind, Json, Response};
use aura_workspace_tests::answers;

use super::traces::Log;
use super::{ID, KEY, id};

/// Stands in what hostile bodies hold. It looks like neither a code nor a request ID.
const MARK: &str = "zoe@example.com";

/// Asks for the lead, of which the service answers this.
async fn get(status: u16, body: impl Into<Vec<u8>>) -> Result<Response<Lead>, Error> {
    let answer = answers::json(status, "").body(body.into());
    let answer = answers::with(answer, "x-request-id", MARK);
    let sandbox = answers::sandbox(KEY, answer).await;
    let client = sandbox.client().with_max_retries(0);
    client.get_lead(&id()).await
}

#[tokio::test]
async fn salvage_blames_only_what_does_not_fit() {
    let body = include_str!("bodies/arbitrary-precision.json");
    let error = get(200, body).await.expect_err("an amount is a text");
    assert_eq!(error.json_path(), Some("data.total_paid_cents"));

    let salvaged = error.salvage::<Lead>().expect("the rest fits");
    let anomalies: Vec<_> = salvaged.anomalies.iter().map(ToString::to_string).collect();
    assert_eq!(
        anomalies,
        ["data.total_paid_cents: expected a whole number, found a string"]
    );
    assert_eq!(salvaged.anomalies[0].json, r#""12.50""#);
    let latitude = salvaged
        .value
        .metadata
        .and_then(|metadata| metadata.latitude);
    assert_eq!(latitude, Some(37.7749));
}

#[tokio::test]
async fn a_code_that_names_a_person_is_not_shown() {
    let body = include_str!("bodies/code-leak-404.json");
    let error = get(404, body).await.expect_err("it is not there");
    assert_eq!(error.code(), Some("no lead someone@example.com"));
    assert_eq!(error.request_id(), Some("someone@example.com"));
    assert_eq!(
        error.to_string(),
        "get_lead: the API answered 404 Not Found (1 attempt)"
    );
    assert_eq!(format!("{error:?}"), format!("Api: {error}"));
}

#[tokio::test]
async fn a_custom_name_that_names_a_person_is_kept_and_not_shown() {
    let body = include_str!("bodies/name-leak.json");
    let lead = get(200, body).await.expect("any number fits");
    let number = lead.extra.get("someone@example.com").expect("it was sent");
    assert_eq!(number.get(), "1e999");
    assert!(
        !format!("{lead:?} {lead:#?}").contains("someone"),
        "{lead:?}"
    );

    // Beside something that does not fit, and with that inside of it.
    let body = body.replace("\"new\"", "7").replace("1e999", r#"{"id":7}"#);
    let error = get(200, body).await.expect_err("a status is a text");
    assert_eq!(error.json_path(), Some("data.status"));
    assert!(!format!("{error} {error:?}").contains("someone"), "{error}");
}

#[tokio::test]
async fn serde_jsons_private_name_is_a_name_like_any_other() {
    let member = r#"{"$serde_json::private::RawValue":"1"}"#;
    let body = include_str!("bodies/rawvalue-name.json");
    let lead = get(200, body).await.expect("it fits");
    let metadata = lead.metadata.as_ref().expect("it was sent");
    let value: Option<Json> = metadata.extra.read("x").expect("any JSON");
    assert_eq!(value.expect("it was sent").get(), member);
    let written = aura_client::serde_json::to_string(&*lead).expect("JSON");
    assert!(written.contains(&format!(r#""x":{member}"#)), "{written}");
}

/// A lead with these members besides what is required.
fn lead(members: &str) -> String {
    let time = "2026-01-17T08:00:00Z";
    format!(
        r#"{{"id":"{ID}","status":"new","created_at":"{time}","updated_at":"{time}"{members}}}"#
    )
}

/// Bodies that hold the mark wherever a body can hold a text of its own, each with its status.
fn hostile() -> Vec<(u16, Vec<u8>)> {
    let name = format!(r#""{MARK}":"{MARK}""#);
    let escaped = MARK.replacen('z', r"\u007a", 1);
    let mut found = Vec::new();
    let mut add = |status: u16, body: &str| found.push((status, body.as_bytes().to_vec()));
    // In the place of what is known, at each level.
    for members in [
        format!(r#","email":{{{name}}}"#),
        format!(r#","total_paid_cents":"{MARK}",{name}"#),
        format!(
            r#","{escaped}":[{{{name}}}],"notes":[{{"content":{{{name}}}}},"{MARK}",{{{name}}}]"#
        ),
        format!(
            r#","metadata":{{"latitude":"{MARK}",{name},"dataConsentAcceptedAt":"{escaped}"}}"#
        ),
        format!(r#","metadata":["{MARK}"],"source":{{"referrer":{{{name}}},{name}}}"#),
        format!(r#","status":{{{name}}}"#),
        format!(r#","disqualification_data":{{"triggering_field":{{"key":[{{{name}}}],{name}}}}}"#),
        format!(r#","id":"{MARK}""#),
        format!(r#","{MARK}\ud800":1,"email":"{MARK}\ud800""#),
        format!(r#",{name},{name},"phone":{{}}"#),
        format!(
            r#","x":{}{{{name}}}{},"notes":{}"{MARK}"{}"#,
            "[".repeat(200),
            "]".repeat(200),
            "[".repeat(200),
            "]".repeat(200)
        ),
        // That fits.
        format!(r#",{name},"email":"{MARK}","metadata":{{{name},"ref":"{MARK}"}}"#),
    ] {
        add(
            200,
            &format!(r#"{{"data":{},"success":true,{name}}}"#, lead(&members)),
        );
    }
    for (name, value) in [("id", ID), ("created_at", "2026-01-17T08:00:00Z")] {
        let sent = format!(r#""{name}":"{value}""#);
        for other in [format!(r#""{MARK}""#), format!(r#"{{"{MARK}":"{MARK}"}}"#)] {
            let other = format!(r#""{name}":{other}"#);
            add(
                200,
                &format!(r#"{{"data":{}}}"#, lead("").replace(&sent, &other)),
            );
        }
    }
    // Around the lead, or instead of it.
    for body in [
        format!(r#"{{"data":"{MARK}","success":true}}"#),
        format!(r#"{{"data":["{MARK}"],{name}}}"#),
        format!(r#"{{"success":true,{name}}}"#),
        format!(r#"{{"data":{},"success":"{MARK}"}}"#, lead("")),
        format!(r#"{{"data":{},"success":{{{name}}}}}"#, lead("")),
        format!(r#"{{"success":false,"code":"{MARK}","error":"{MARK}","requestId":"{MARK}"}}"#),
        format!(r#"{{"data":{}}} {MARK}"#, lead("")),
        format!(r#"{{"data":{{"{MARK}"#),
        format!(r#"{{"data":{{"x":"{MARK}\x"}}}}"#),
        format!("\"{MARK}\""),
        format!("[{{{name}}}]"),
        format!("<html>{MARK}</html>"),
    ] {
        add(200, &body);
    }
    // Errors.
    for body in [
        format!(r#"{{"code":"{MARK}","error":"{MARK}","requestId":"{MARK}"}}"#),
        format!(r#"{{"code":"NO_{escaped}","requestId":"req {MARK}\n"}}"#),
        format!(r#"{{"code":{{{name}}},"error":["{MARK}"],"requestId":{{{name}}},{name}}}"#),
        format!("<html>{MARK}</html>"),
        format!("{{\"code\":\"{MARK}"),
    ] {
        for status in [302, 401, 404, 429, 500] {
            add(status, &body);
        }
    }
    found.push((200, [MARK.as_bytes(), b"\xff"].concat()));
    found.push((404, [br#"{"code":""#, MARK.as_bytes(), b"\xff\"}"].concat()));
    found
}

/// All that a program may print of a call.
fn shown(call: &Result<Response<Lead>, Error>) -> Vec<String> {
    let error = match call {
        Ok(lead) => return vec![format!("{lead:?}"), format!("{lead:#?}")],
        Err(error) => error,
    };
    let mut shown = vec![
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
        error.json_path().unwrap_or_default().to_owned(),
    ];
    let mut source = error.source();
    while let Some(inner) = source {
        shown.push(format!("{inner} {inner:?}"));
        source = inner.source();
    }
    if let Some(salvaged) = error.salvage::<Lead>() {
        shown.push(format!("{salvaged:?} {salvaged:#?}"));
        for anomaly in &salvaged.anomalies {
            shown.push(format!("{anomaly} {anomaly:?} {anomaly:#?}"));
            shown.push(format!("{} {}", anomaly.json_path, anomaly.reason));
        }
    }
    shown
}

#[tokio::test]
async fn no_text_that_a_body_chooses_is_shown() {
    for (status, body) in hostile() {
        let what = String::from_utf8_lossy(&body).into_owned();
        let mut call = None;
        let log = Log::of(async {
            call = Some(get(status, body).await);
        })
        .await;
        let call = call.expect("it has ended");
        for shown in shown(&call) {
            assert!(!shown.contains("example.com"), "{status} {what}: {shown}");
            assert!(!shown.contains("zoe"), "{status} {what}: {shown}");
        }
        for line in log.lines().filter(|line| line.contains("aura_client")) {
            assert!(!line.contains("example.com"), "{status} {what}: {line}");
        }
    }
}

#[tokio::test]
async fn a_program_can_still_ask_for_what_is_not_shown() {
    let body = format!(r#"{{"code":"{MARK}","error":"{MARK}!","requestId":"{MARK}?"}}"#);
    let error = get(404, body.clone()).await.expect_err("it is not there");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.code(), Some(MARK));
    assert_eq!(error.message(), Some(&*format!("{MARK}!")));
    assert_eq!(error.request_id(), Some(&*format!("{MARK}?")));
    assert_eq!(error.body().map(|body| body.to_vec()), Some(body.into()));

    let body = format!(
        r#"{{"data":{},"success":true}}"#,
        lead(&format!(r#","email":["{MARK}"]"#))
    );
    let error = get(200, body).await.expect_err("an address is a text");
    let salvaged = error.salvage::<Lead>().expect("the rest fits");
    assert_eq!(salvaged.anomalies[0].json, format!(r#"["{MARK}"]"#));
}
