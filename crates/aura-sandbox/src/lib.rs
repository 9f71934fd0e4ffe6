#![doc = include_str!("../README.md")]
//!
//! ## What it serves
//!
//! Whatever stands in the contract, `openapi.yaml`; there is no code for any one endpoint.
//!
//! - **Leads** come from its store: the one that the contract shows, and those that
//!   [`Sandbox::builder`] is given. A lead of another [`Organization`] is answered like an unknown
//!   one, 404.
//! - **Every other operation** answers with the contract's example, or with a value made from the
//!   schema. What is sent is checked, repeated in the response where the contract has the same
//!   properties there, and forgotten; but what was deleted is gone, until something is posted to
//!   where it was.
//!   `x-identifies` in the contract makes an example one of the resource that is asked for.
//! - **Requests are checked** against the contract, in this order: path (404), method (405), key
//!   (401), [limit](RateLimit) (429), size of the body (413), its type (415), parameters and body
//!   (400, which says what is wrong).
//! - **Keys** come as the contract's `security` says for each operation: as a bearer token, as
//!   `user:password` of HTTP Basic, in a header or in a query parameter. `security: []` asks for
//!   none.
//! - **404** has the code of `x-not-found` where a resource does not exist, or is not the caller's.
//!   A path that is not in the contract has the code `NO_SUCH_ROUTE`.
//! - Answers carry `X-Request-Id`, `X-RateLimit-Limit`, `-Remaining` and `-Reset`; errors have the
//!   form, code and text that the contract gives. `GET /health` needs no key.
//!
//! Every answer fits the contract, unless a [`Fault`] is injected. [`Sandbox::requests`] says what
//! was asked, without keys.
//!
//! `/docs` shows the contract as a page, on which each operation can be tried out, and
//! `/openapi.json` is the contract with the sandbox as its server. Both need no network.
//! [`docs::export`] writes the page as files. What the API itself responds with runs no script in a
//! browser: it has the origin of `/docs`.
//!
//! ## Time
//!
//! Limits, latencies and the `Date` header go by tokio's clock: under
//! `#[tokio::test(start_paused = true)]`, which needs tokio's feature `test-util`, a minute passes at
//! once.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread", start_paused = true)]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::Duration;
//! use aura_client::uuid::uuid;
//! use aura_sandbox::{RateLimit, Sandbox};
//!
//! let sandbox = Sandbox::builder().rate_limit(RateLimit::per_minute(1)).start().await?;
//! let client = sandbox.client().with_max_retries(0);
//! let id = uuid!("550e8400-e29b-41d4-a716-446655440000");
//! client.get_lead(&id).await?;
//! assert!(client.get_lead(&id).await.is_err_and(|error| error.is_rate_limited()));
//!
//! tokio::time::advance(Duration::from_secs(60)).await;
//! client.get_lead(&id).await?;
//! # Ok(())
//! # }
//! ```
//!
//! ## From other languages
//!
//! A test that is not written in Rust sets faults and looks at requests over HTTP. These paths take
//! no key, and only requests to `localhost`, `127.0.0.1` or `[::1]`.
//!
//! | | |
//! |---|---|
//! | `POST /__sandbox/faults` | injects a fault, or an array of them, as JSON |
//! | `GET /__sandbox/faults` | lists those that may still strike, and how often each has |
//! | `DELETE /__sandbox/faults` | takes all away |
//! | `GET /__sandbox/requests` | lists the requests that came; `count` is the number of all |
//! | `DELETE /__sandbox/requests` | forgets them |
//!
//! A fault has the name of its constructor in `fault`, and of what that takes: `delay_ms`
//! ([`latency`](Fault::latency)), `chunk_bytes` and `pause_ms` ([`slow_drip`](Fault::slow_drip)),
//! `path` and `value` ([`drift`](Fault::drift)), `status` ([`answer`](Fault::answer)). Everything
//! else may be left out: `retry_after_seconds`, `headers` (an object), `body` (a text, or anything
//! else to be sent as JSON), `times`, `after`, `probability`, `on`. What is wrong with a fault is
//! told with 400.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use aura_client::{http::Method, uuid::uuid};
//! # use serde_json::json;
//! # let sandbox = aura_sandbox::Sandbox::start().await?;
//! # let client = sandbox.client().with_max_retries(0);
//! // curl -X POST $AURA_BASE_URL/__sandbox/faults -H 'Content-Type: application/json' -d …
//! let faults = json!([
//!     {"fault": "service_unavailable", "retry_after_seconds": 2, "times": 1, "on": "get_lead"},
//!     {"fault": "drift", "path": "data.total_paid_cents", "value": "12.50"},
//! ]);
//! client.request(Method::POST, "/__sandbox/faults", Some(&faults)).await?;
//!
//! # let id = uuid!("550e8400-e29b-41d4-a716-446655440000");
//! let error = client.get_lead(&id).await.expect_err("the first fault");
//! assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(2));
//! let error = client.get_lead(&id).await.expect_err("the second");
//! assert_eq!(error.json_path(), Some("data.total_paid_cents"));
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs)]

mod builder;
mod clock;
mod control;
pub mod docs;
mod error;
mod fault;
mod limits;
mod local;
mod record;
mod sandbox;
mod secrets;
mod seed;
mod serve;
mod store;

// What appears in our signatures.
pub use {aura_client, aura_contract, bytes, http, serde_json};

pub use builder::SandboxBuilder;
pub use error::SandboxError;
pub use fault::Fault;
pub use limits::RateLimit;
pub use record::Recorded;
pub use sandbox::Sandbox;
pub use seed::Organization;
