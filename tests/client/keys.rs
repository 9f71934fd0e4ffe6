//! Keys: one for each organization, or one that expires.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use aura_client::{Client, ErrorKind};
use aura_sandbox::{Organization, RateLimit, Sandbox, SandboxBuilder};

use super::{id, page_lead};

/// Of which one has a lead.
fn two_organizations() -> SandboxBuilder {
    let acme = Organization::new("acme").api_key("acme_key");
    Sandbox::builder()
        .organization(acme.lead_json(page_lead()))
        .organization(Organization::new("other").api_key("other_key"))
}

#[tokio::test]
async fn each_view_with_a_key_is_another_organization_over_the_same_connections() {
    let sandbox = two_organizations().start().await.expect("a sandbox");
    let client = Client::builder()
        .api_key("nobody")
        .base_url(sandbox.base_url())
        .build()
        .expect("valid");
    let acme = client.with_api_key(" acme_key\n").expect("valid");
    let other = client.with_api_key("other_key").expect("valid");

    assert!(acme.get_lead(&id()).await.is_ok());
    let error = other.get_lead(&id()).await.expect_err("it is acme's");
    assert!(error.is_not_found());
    let error = client.get_lead(&id()).await.expect_err("no such key");
    assert!(error.is_unauthorized());
    for key in ["", " ", "a\nb", "clé"] {
        let error = client.with_api_key(key).expect_err("invalid");
        assert_eq!(error.kind(), ErrorKind::Config);
    }
}

#[tokio::test]
async fn each_key_has_a_pace_of_its_own() {
    let sandbox = two_organizations()
        .rate_limit(RateLimit::new(1, Duration::from_secs(3600)))
        .start()
        .await
        .expect("a sandbox");
    let client = Client::builder()
        .api_key("acme_key")
        .base_url(sandbox.base_url())
        .wait_for_rate_limit(Duration::from_secs(1))
        .build()
        .expect("valid");
    let other = client.with_api_key("other_key").expect("valid");

    assert!(client.get_lead(&id()).await.is_ok());
    let error = client
        .get_lead(&id())
        .await
        .expect_err("the window is full");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert!(error.is_rate_limited() && error.is_retryable());
    assert!(error.retry_after() > Some(Duration::from_secs(3_000)));
    let error = other.get_lead(&id()).await.expect_err("it is acme's");
    assert!(error.is_not_found(), "another key, another window: {error}");
}

#[tokio::test]
async fn a_key_that_has_expired_is_asked_for_once_more() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let asked = Arc::new(AtomicU32::new(0));
    let (count, good) = (asked.clone(), sandbox.api_key().to_owned());
    let client = Client::builder()
        .base_url(sandbox.base_url())
        .api_key_provider(move || {
            let key = match count.fetch_add(1, Relaxed) {
                0 => "expired".to_owned(),
                _ => good.clone(),
            };
            async move { Ok(key) }
        })
        .build()
        .expect("valid");
    let lead = client
        .get_lead(&id())
        .await
        .expect("the second key is good");

    assert_eq!((lead.attempts(), asked.load(Relaxed)), (2, 2));
}

#[tokio::test]
async fn a_provider_that_fails_is_a_config_error_that_does_not_quote_it() {
    let client = Client::builder()
        .base_url("http://127.0.0.1:1")
        .api_key_provider(|| async { Err("secret token".into()) })
        .build()
        .expect("valid");
    let error = client.get_lead(&id()).await.expect_err("there is no key");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0));
    assert!(std::error::Error::source(&error).is_none());
    assert!(
        !format!("{error} {error:?}").contains("secret"),
        "{error:?}"
    );
}
