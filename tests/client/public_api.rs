//! The names and types that downstream crates compile against, as the design pins them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

use aura_client::bytes::Bytes;
use aura_client::chrono::{DateTime, Utc};
use aura_client::http::{HeaderMap, Method, StatusCode};
use aura_client::serde_json::json;
use aura_client::serde_json::value::RawValue;
use aura_client::types::{
    DisqualificationData, ErrorResponse, Lead, LeadMetadata, LeadNote, LeadSource, TriggeringField,
};
use aura_client::url::Url;
use aura_client::uuid::Uuid;
use aura_client::{
    Anomaly, Client, ClientBuilder, Decode, Error, ErrorKind, Extra, Json, RateLimit, Response,
    Salvaged, reqwest,
};

/// Never called: that it compiles is the test.
#[allow(dead_code, reason = "that it compiles is the test")]
async fn every_method_has_its_signature(client: &Client, id: &Uuid) -> Result<(), Error> {
    let _: Result<Client, Error> = Client::new("key");
    let _: Result<Client, Error> = Client::new(String::new());
    let _: fn() -> Result<Client, Error> = Client::from_env;
    let builder: ClientBuilder = Client::builder();
    let _: Result<Client, Error> = builder
        .api_key("key")
        .base_url(String::new())
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .max_retries(0_u32)
        .max_body_bytes(0_usize)
        .user_agent("x")
        .http_client(reqwest::Client::new())
        .build();
    let view: Client = client.with_timeout(Duration::ZERO).with_max_retries(1);
    let _: Result<Client, Error> = view.with_header("x-a", "b");
    let _: &Url = client.base_url();
    let _: &reqwest::Url = client.base_url();
    let path = "/v1/leads";
    let _: Response<Json> = client.request(Method::GET, path, None).await?;
    let _: Response<Json> = client.request(Method::POST, path, Some(&json!({}))).await?;

    let response: Response<Lead> = client.get_lead(id).await?;
    let _: StatusCode = response.http_status();
    let _: &HeaderMap = response.headers();
    let _: Option<&str> = response.request_id();
    let limit: Option<RateLimit> = response.rate_limit();
    let _: Option<(u64, u64, DateTime<Utc>)> =
        limit.map(|limit| (limit.limit, limit.remaining, limit.reset));
    let _: &Bytes = response.bytes();
    let _: u32 = response.attempts();
    let _: &Lead = &response;
    let _: Option<Duration> = limit.map(|limit| limit.resets_in());
    let _ = aura_client::serde_json::to_value(&response);
    let _: Lead = response.into_inner();
    Ok(())
}

#[allow(dead_code, reason = "that it compiles is the test")]
fn every_question_to_an_error_has_its_answer(error: &Error) {
    let _: Error = error.clone();
    let _: ErrorKind = error.kind();
    let _: Option<StatusCode> = error.status();
    let _: Option<&HeaderMap> = error.headers();
    let _: [Option<&str>; 4] = [
        error.code(),
        error.message(),
        error.request_id(),
        error.json_path(),
    ];
    let _: Option<Duration> = error.retry_after();
    let _: Option<RateLimit> = error.rate_limit();
    let _: u32 = error.attempts();
    let _: Option<&Bytes> = error.body();
    let _: [bool; 6] = [
        error.is_not_found(),
        error.is_unauthorized(),
        error.is_rate_limited(),
        error.is_timeout(),
        error.is_decode(),
        error.is_retryable(),
    ];
    if let Some(Salvaged {
        value,
        anomalies,
        omitted,
        ..
    }) = error.salvage::<Lead>()
    {
        let _: (Lead, usize) = (value, omitted);
        let anomalies: Vec<Anomaly> = anomalies;
        for Anomaly {
            json_path,
            reason,
            json,
            ..
        } in anomalies
        {
            let _: [String; 3] = [json_path, reason, json];
        }
    }
    let _: Option<Salvaged<Vec<Lead>>> = error.salvage();
    let _: Option<Salvaged<HashMap<String, Lead>>> = error.salvage();
}

#[allow(dead_code, reason = "that it compiles is the test")]
fn what_the_contract_does_not_name_is_json_text(mut extra: Extra, json: Json) -> Result<(), Error> {
    let _: (usize, bool) = (extra.len(), extra.is_empty());
    let _: Option<&RawValue> = extra.get("plan");
    let _: Option<String> = extra.read("plan")?;
    for (name, value) in extra.iter() {
        let _: (Cow<'_, str>, &RawValue) = (name, value);
    }
    let _: Result<(), aura_client::serde_json::Error> = extra.insert("plan", "gold");
    let _: bool = extra.clone() == Extra::default();
    let _: &RawValue = &json;
    let _: String = json.read()?;
    let _: Result<Json, aura_client::serde_json::Error> = Json::new([1]);
    let _: bool = json.clone() == json;
    Ok(())
}

/// Salvages what any call gives.
#[allow(dead_code, reason = "that it compiles is the test")]
fn any_type_of_the_contract_can_be_salvaged<T: Decode>(error: &Error) -> Option<T> {
    error.salvage().map(|salvaged| salvaged.value)
}

#[allow(dead_code, reason = "that it compiles is the test")]
fn every_field_has_its_type(lead: Lead, metadata: LeadMetadata, note: LeadNote) {
    let _: (Uuid, String) = (lead.id, lead.status);
    let _: [DateTime<Utc>; 2] = [lead.created_at, lead.updated_at];
    let _: [Option<i64>; 2] = [lead.total_paid_cents, lead.payment_count];
    let _: [Option<String>; 2] = [lead.last_payment_at, lead.email];
    let _: Option<Vec<LeadNote>> = lead.notes;
    let _: Option<LeadMetadata> = lead.metadata;
    let _: Option<LeadSource> = lead.source;
    let _: Extra = lead.extra;
    let data: Option<DisqualificationData> = lead.disqualification_data;
    let data = data.unwrap_or_default();
    let _: Option<String> = data.evaluated_at;
    let _: Option<TriggeringField> = data.triggering_field;
    let _: [Option<DateTime<Utc>>; 2] = [metadata.data_consent_accepted_at, note.created_at];
    let _: [Option<f64>; 2] = [metadata.latitude, metadata.longitude];
    for extra in [
        metadata.extra,
        note.extra,
        LeadSource::new().extra,
        data.extra,
    ] {
        let _: Extra = extra;
    }
}

#[test]
fn errors_can_be_sent_boxed_and_matched() {
    fn boxed(error: Error) -> Box<dyn std::error::Error + Send + Sync + 'static> {
        error.into()
    }
    let error = Client::new("").expect_err("an empty key");
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(std::error::Error::source(&error).is_none());
    assert!(boxed(error).to_string().contains("API key"));
    let kinds = [
        ErrorKind::Config,
        ErrorKind::Request,
        ErrorKind::Connect,
        ErrorKind::Timeout,
        ErrorKind::Transport,
        ErrorKind::Api,
        ErrorKind::Decode,
        ErrorKind::BodyTooLarge,
    ];
    // Copy and Eq: each is moved here and compared.
    assert!(
        kinds
            .into_iter()
            .zip(kinds)
            .all(|(one, other)| one == other)
    );
}

#[test]
fn a_test_makes_values_without_json() {
    let at = DateTime::from_timestamp(0, 0).expect("in range");
    let mut lead = Lead::new(Uuid::nil(), "new", at, at);
    lead.notes = Some(vec![LeadNote::new()]);
    assert_eq!(lead.clone(), lead);
    let error = ErrorResponse::new(false, "Lead not found", String::from("NOT_FOUND"));
    assert_eq!(error.request_id, None);
}

#[test]
fn the_constants_are_those_that_were_generated() {
    const SHA256: &str = include_str!("../../crates/aura-client/src/generated/spec_sha256.rs");
    const VERSION: &str = include_str!("../../crates/aura-client/src/generated/spec_version.rs");
    let quoted = |text: &str| format!("\"{text}\"");
    assert!(SHA256.contains(&quoted(aura_client::SPEC_SHA256)));
    assert!(VERSION.contains(&quoted(aura_client::SPEC_VERSION)));
    assert_eq!(aura_client::SPEC_SHA256.len(), 64);
}
