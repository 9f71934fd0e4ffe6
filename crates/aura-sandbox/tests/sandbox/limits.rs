//! Rate limits, in time that is paused.

use std::time::Duration;

use aura_sandbox::{Organization, RateLimit, Sandbox};
use reqwest::{Method, RequestBuilder};

use super::documented::Documented;
use super::{Came, ID, ask, get, id, started};

fn path() -> String {
    format!("/v1/leads/{ID}")
}

fn standing(came: &Came) -> (u16, u64, u64) {
    let (limit, remaining) = (
        came.number("x-ratelimit-limit"),
        came.number("x-ratelimit-remaining"),
    );
    (came.status, limit, remaining)
}

#[tokio::test(start_paused = true)]
async fn beyond_the_limit_a_request_is_told_how_long_to_wait() {
    let sandbox = started(Sandbox::builder().rate_limit(RateLimit::per_minute(2))).await;
    let openapi = Came::from(get(&sandbox, "/openapi.json")).await.json();
    let documented = Documented::new(&openapi, "get", "/v1/leads/{id}");

    assert_eq!(
        standing(&Came::from(get(&sandbox, &path())).await),
        (200, 2, 1)
    );
    tokio::time::advance(Duration::from_millis(20_500)).await;
    let last = Came::from(get(&sandbox, &path())).await;
    assert_eq!(standing(&last), (200, 2, 0));
    let refused = Came::from(get(&sandbox, &path())).await;
    assert_eq!(standing(&refused), (429, 2, 0));
    assert_eq!(refused.code(), "RATE_LIMITED");
    assert_eq!(refused.number("retry-after"), 40);
    assert_eq!(
        refused.number("x-ratelimit-reset"),
        last.number("x-ratelimit-reset")
    );
    documented.check(&refused);

    tokio::time::advance(Duration::from_secs(40)).await;
    assert_eq!(
        standing(&Came::from(get(&sandbox, &path())).await),
        (200, 2, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn a_client_that_heeds_the_wait_is_answered() {
    let sandbox =
        started(Sandbox::builder().rate_limit(RateLimit::new(1, Duration::from_secs(5)))).await;
    let client = sandbox.client();
    client.get_lead(&id()).await.expect("the first");
    // Time goes on by itself where all wait for it.
    let second = client.get_lead(&id()).await.expect("the second, later");

    assert_eq!(second.attempts(), 2);
    assert_eq!(sandbox.request_count(), 3);
}

#[tokio::test(start_paused = true)]
async fn only_what_is_answered_counts() {
    let sandbox = started(Sandbox::builder().rate_limit(RateLimit::per_minute(2))).await;
    let key = sandbox.api_key();
    for (request, status) in [
        (ask(&sandbox, Method::GET, &path()), 401),
        (get(&sandbox, "/nowhere"), 404),
        (ask(&sandbox, Method::PUT, &path()).bearer_auth(key), 405),
        (get(&sandbox, "/health"), 200),
    ] {
        assert_eq!(standing(&Came::from(request).await), (status, 2, 2));
    }
    assert_eq!(
        standing(&Came::from(get(&sandbox, "/v1/leads/7")).await),
        (400, 2, 1)
    );
    assert_eq!(
        standing(&Came::from(get(&sandbox, "/health")).await),
        (200, 2, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn keys_share_their_organizations_limit() {
    let acme = Organization::new("acme").api_key("one").api_key("two");
    let limit = RateLimit::per_minute(2).organization(3);
    let sandbox = started(Sandbox::builder().organization(acme).rate_limit(limit)).await;
    let with =
        |key: &str| -> RequestBuilder { ask(&sandbox, Method::GET, &path()).bearer_auth(key) };

    assert_eq!(standing(&Came::from(with("one")).await), (404, 2, 1));
    assert_eq!(standing(&Came::from(with("one")).await), (404, 2, 0));
    assert_eq!(standing(&Came::from(with("one")).await), (429, 2, 0));
    assert_eq!(standing(&Came::from(with("two")).await), (404, 3, 0));
    assert_eq!(standing(&Came::from(with("two")).await), (429, 3, 0));
    assert_eq!(
        standing(&Came::from(get(&sandbox, &path())).await),
        (200, 2, 1)
    );
}

#[tokio::test]
async fn without_limits_none_is_told() {
    let sandbox = started(Sandbox::builder().no_rate_limit()).await;
    for _ in 0..150 {
        let came = Came::from(get(&sandbox, &path())).await;
        assert_eq!(came.status, 200);
        assert!(!came.headers.contains_key("x-ratelimit-limit"));
    }
}
