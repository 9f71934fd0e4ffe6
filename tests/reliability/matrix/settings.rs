//! What the client's settings promise: a row for each, with the scenario that tests it.

use std::error::Error as _;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use aura_client::http::StatusCode;
use aura_client::tower_layer::layer_fn;
use aura_client::tower_service::Service;
use aura_client::types::Lead;
use aura_client::uuid::Uuid;
use aura_client::{
    BoxError, Client, ClientBuilder, Error, ErrorKind, HttpService, OptionalExt, http, reqwest,
};
use aura_sandbox::{Fault, Organization, RateLimit, Sandbox};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::guarantees::{Checked, equal};
use super::secrets::{ID, KEY, PERSONAL, lead, leak};

/// A row: what is set, what happens then, and what is promised of it.
pub struct Promise {
    pub setting: &'static str,
    pub scenario: &'static str,
    pub promised: &'static str,
    pub check: fn() -> Pin<Box<dyn Future<Output = Checked>>>,
}

pub const ALL: [Promise; 14] = [
    Promise {
        setting: "`wait_for_rate_limit(MAX)`",
        scenario: "60 calls at once, of which 20 a minute are allowed",
        promised: "all give the lead, and none is rejected",
        check: || Box::pin(paced_calls()),
    },
    Promise {
        setting: "`wait_for_rate_limit(MAX)`",
        scenario: "another program uses the same key",
        promised: "all give the lead; those that are rejected wait again, without a retry",
        check: || Box::pin(paced_calls_beside_others()),
    },
    Promise {
        setting: "`wait_for_rate_limit(1 s)`",
        scenario: "no turn for a minute",
        promised: "`Timeout` at once, transient, rate limited, with the time to come back; nothing is sent",
        check: || Box::pin(no_turn()),
    },
    Promise {
        setting: "`with_api_key`",
        scenario: "two organizations, the first one's limit used up",
        promised: "each sees its own leads alone; calls of the second are not held back",
        check: || Box::pin(two_organizations()),
    },
    Promise {
        setting: "`api_key_provider`",
        scenario: "401, then another key",
        promised: "the lead, second try, without a retry",
        check: || Box::pin(another_key()),
    },
    Promise {
        setting: "`api_key_provider`",
        scenario: "401, then the same key",
        promised: "`Api` 401, first try",
        check: || Box::pin(the_same_key()),
    },
    Promise {
        setting: "`api_key_provider`",
        scenario: "it fails, with the key in its error",
        promised: "`Config`, one private line; nothing is sent",
        check: || Box::pin(no_key()),
    },
    Promise {
        setting: "`api_key_provider`",
        scenario: "it never returns",
        promised: "`Timeout` within the deadline; nothing is sent",
        check: || Box::pin(no_key_in_time()),
    },
    Promise {
        setting: "`layer`",
        scenario: "503, twice",
        promised: "it sees each of three attempts, and `Debug` of a request shows no key",
        check: || Box::pin(layer_sees_attempts()),
    },
    Promise {
        setting: "`layer`",
        scenario: "it fails, with the key in its error",
        promised: "`Transport`, transient, three tries, one private line",
        check: || Box::pin(layer_fails()),
    },
    Promise {
        setting: "`layer`",
        scenario: "it never returns",
        promised: "`Timeout` within the deadline",
        check: || Box::pin(layer_hangs()),
    },
    Promise {
        setting: "`base_url`",
        scenario: "it ends in `/v1`, as the API's paths begin",
        promised: "`Config` when the client is built",
        check: || Box::pin(async { unbuildable(builder("https://aura.example/v1")) }),
    },
    Promise {
        setting: "`base_url`",
        scenario: "`http://` on another machine",
        promised: "`Config` when the client is built",
        check: || Box::pin(async { unbuildable(builder("http://aura.example")) }),
    },
    Promise {
        setting: "`allow_http`",
        scenario: "`http://` on another machine than the one that it names",
        promised: "`Config` when the client is built",
        check: || {
            Box::pin(async {
                builder("http://aura")
                    .allow_http("aura")
                    .build()
                    .map_err(shown)?;
                unbuildable(builder("http://aura.example").allow_http("aura"))
            })
        },
    },
];

/// What a call may take.
const TIMEOUT: Duration = Duration::from_secs(10);

fn builder(base_url: &str) -> ClientBuilder {
    let builder = Client::builder().api_key(KEY).base_url(base_url);
    builder.timeout(TIMEOUT).attempt_timeout(TIMEOUT / 4)
}

fn builder_for(sandbox: &Sandbox) -> ClientBuilder {
    builder(sandbox.base_url())
}

async fn start(limit: u64) -> Sandbox {
    let sandbox = Sandbox::builder().api_key(KEY).lead_json(lead());
    let sandbox = sandbox.rate_limit(RateLimit::per_minute(limit)).start();
    sandbox.await.expect("a sandbox of this lead")
}

fn built(builder: ClientBuilder) -> Client {
    builder.build().expect("valid")
}

fn shown(error: Error) -> String {
    format!("it failed: {error:?}")
}

fn failed<T>(outcome: Result<T, Error>) -> Result<Error, String> {
    outcome.err().ok_or_else(|| "it succeeded".to_owned())
}

/// Neither the line of an error nor those of its causes show the key or a person.
fn private(error: &Error) -> Checked {
    let mut lines = format!("{error}\n{error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        lines += &format!("\n{error}\n{error:?}");
        cause = error.source();
    }
    equal("what is shown", leak(&lines), None)
}

async fn all(client: &Client, calls: usize) -> Checked {
    let mut running = JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        running.spawn(async move { client.get_lead(&ID).await });
    }
    while let Some(call) = running.join_next().await {
        call.map_err(|error| error.to_string())?.map_err(shown)?;
    }
    Ok(())
}

/// How many requests were rejected for the rate limit.
fn rejected(sandbox: &Sandbox) -> usize {
    let statuses = sandbox.requests();
    let statuses = statuses
        .iter()
        .filter(|request| request.status() == Some(StatusCode::TOO_MANY_REQUESTS));
    statuses.count()
}

async fn paced_calls() -> Checked {
    let sandbox = start(20).await;
    let client = builder_for(&sandbox).wait_for_rate_limit(Duration::MAX);

    all(&built(client), 60).await?;
    equal("rejected", rejected(&sandbox), 0)?;
    equal("requests", sandbox.request_count(), 60)
}

async fn paced_calls_beside_others() -> Checked {
    let sandbox = start(20).await;
    let client = builder_for(&sandbox)
        .wait_for_rate_limit(Duration::MAX)
        .max_retries(0);
    let (client, other) = (built(client), built(builder_for(&sandbox)));

    client.get_lead(&ID).await.map_err(shown)?;
    all(&other, 15).await?;
    all(&client, 40).await?;
    equal("some were rejected", rejected(&sandbox) > 0, true)
}

async fn no_turn() -> Checked {
    let sandbox = start(1).await;
    let client = built(builder_for(&sandbox).wait_for_rate_limit(Duration::from_secs(1)));
    client.get_lead(&ID).await.map_err(shown)?;

    let begun = Instant::now();
    let error = failed(client.get_lead(&ID).await)?;
    equal(
        "it took a second",
        begun.elapsed() >= Duration::from_secs(1),
        false,
    )?;
    equal("the kind", error.kind(), ErrorKind::Timeout)?;
    equal("is_rate_limited", error.is_rate_limited(), true)?;
    equal("is_retryable", error.is_retryable(), true)?;
    let wait = error.retry_after().unwrap_or_default();
    // The headers count whole seconds.
    let minute = Duration::from_secs(55)..Duration::from_secs(63);
    equal("it is a minute", minute.contains(&wait), true)?;
    equal("attempts", error.attempts(), 0)?;
    equal("requests", sandbox.request_count(), 1)
}

async fn two_organizations() -> Checked {
    const OTHERS: Uuid = Uuid::from_u128(7);
    let created = aura_client::chrono::DateTime::UNIX_EPOCH;
    let other = Organization::new("other").api_key("aura_pk_test_other");
    let other = other.lead(Lead::new(OTHERS, "new", created, created));
    let sandbox = Sandbox::builder()
        .api_key(KEY)
        .lead_json(lead())
        .organization(other);
    let sandbox = sandbox.rate_limit(RateLimit::per_minute(2)).start().await;
    let sandbox = sandbox.map_err(|error| error.to_string())?;
    let first = built(builder_for(&sandbox).wait_for_rate_limit(Duration::MAX));
    let second = first.with_api_key("aura_pk_test_other").map_err(shown)?;

    let begun = Instant::now();
    for (client, own, others) in [(&first, ID, OTHERS), (&second, OTHERS, ID)] {
        let lead = client.get_lead(&own).await.map_err(shown)?;
        equal("the lead", lead.id, own)?;
        let lead = client.get_lead(&others).await.optional().map_err(shown)?;
        equal("another's lead is there", lead.is_some(), false)?;
    }
    equal(
        "they waited",
        begun.elapsed() > Duration::from_secs(30),
        false,
    )
}

/// A client whose provider returns these keys, and the last one from then on.
fn provided(sandbox: &Sandbox, keys: &'static [&'static str]) -> Client {
    let asked = AtomicU32::new(0);
    let builder = builder_for(sandbox).max_retries(0);
    built(builder.api_key_provider(move || {
        let number = asked.fetch_add(1, Ordering::Relaxed) as usize;
        let key = keys[number.min(keys.len() - 1)];
        async move { Ok(key.to_owned()) }
    }))
}

async fn another_key() -> Checked {
    let sandbox = start(100).await;
    let client = provided(&sandbox, &["aura_pk_test_expired", KEY]);

    let lead = client.get_lead(&ID).await.map_err(shown)?;
    equal("attempts", lead.attempts(), 2)?;
    let lead = client.get_lead(&ID).await.map_err(shown)?;
    equal("attempts of the next call", lead.attempts(), 1)
}

async fn the_same_key() -> Checked {
    let sandbox = start(100).await;
    let client = provided(&sandbox, &["aura_pk_test_expired"]);

    let error = failed(client.get_lead(&ID).await)?;
    let status = error.status().map(|status| status.as_u16());
    equal("the kind", error.kind(), ErrorKind::Api)?;
    equal(
        "status and attempts",
        (status, error.attempts()),
        (Some(401), 1),
    )?;
    equal("requests", sandbox.request_count(), 1)
}

async fn no_key() -> Checked {
    let sandbox = start(100).await;
    let client = builder_for(&sandbox)
        .api_key_provider(|| async { Err(format!("no session of {PERSONAL}, {KEY}").into()) });

    let error = failed(built(client).get_lead(&ID).await)?;
    equal("the kind", error.kind(), ErrorKind::Config)?;
    equal("attempts", error.attempts(), 0)?;
    equal("requests", sandbox.request_count(), 0)?;
    private(&error)
}

async fn no_key_in_time() -> Checked {
    let sandbox = start(100).await;
    let client = built(builder_for(&sandbox).api_key_provider(std::future::pending));

    let begun = Instant::now();
    let error = failed(client.get_lead(&ID).await)?;
    equal("it ended in time", begun.elapsed() <= TIMEOUT, true)?;
    equal("the kind", error.kind(), ErrorKind::Timeout)?;
    equal("requests", sandbox.request_count(), 0)
}

type Request = http::Request<reqwest::Body>;
type Responding =
    Pin<Box<dyn Future<Output = Result<http::Response<reqwest::Body>, BoxError>> + Send>>;

/// What a layer does with a request before it passes it on, if it does.
type Acts = Arc<dyn Fn(&Request) -> Option<Responding> + Send + Sync>;

#[derive(Clone)]
struct Layered {
    service: HttpService,
    acts: Acts,
}

impl Service<Request> for Layered {
    type Response = http::Response<reqwest::Body>;
    type Error = BoxError;
    type Future = Responding;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Responding {
        match (self.acts)(&request) {
            Some(responding) => responding,
            None => self.service.call(request),
        }
    }
}

fn layered(
    sandbox: &Sandbox,
    acts: impl Fn(&Request) -> Option<Responding> + Send + Sync + 'static,
) -> Client {
    let acts: Acts = Arc::new(acts);
    let layer = layer_fn(move |service| Layered {
        service,
        acts: acts.clone(),
    });
    built(builder_for(sandbox).layer(layer))
}

async fn layer_sees_attempts() -> Checked {
    let sandbox = start(100).await;
    sandbox
        .inject(Fault::service_unavailable().times(2))
        .expect("a valid fault");
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = requests.clone();
    let client = layered(&sandbox, move |request| {
        let has_key = request.headers().contains_key("authorization");
        seen.lock()
            .expect("no panic")
            .push((has_key, format!("{request:?}")));
        None
    });

    let lead = client.get_lead(&ID).await.map_err(shown)?;
    equal("attempts", lead.attempts(), 3)?;
    let requests = requests.lock().expect("no panic");
    equal("requests that the layer saw", requests.len(), 3)?;
    for (has_key, debug) in requests.iter() {
        equal("it has the key", *has_key, true)?;
        equal("what Debug shows", leak(debug), None)?;
    }
    Ok(())
}

async fn layer_fails() -> Checked {
    let sandbox = start(100).await;
    let client = layered(&sandbox, |request| {
        let error = format!(
            "{PERSONAL} {:?}",
            request.headers()["authorization"].to_str()
        );
        Some(Box::pin(async { Err(error.into()) }))
    });

    let error = failed(client.get_lead(&ID).await)?;
    equal("the kind", error.kind(), ErrorKind::Transport)?;
    equal("is_retryable", error.is_retryable(), true)?;
    equal("attempts", error.attempts(), 3)?;
    equal("requests", sandbox.request_count(), 0)?;
    private(&error)
}

async fn layer_hangs() -> Checked {
    let sandbox = start(100).await;
    let client = layered(&sandbox, |_| Some(Box::pin(std::future::pending())));

    let begun = Instant::now();
    let error = failed(client.get_lead(&ID).await)?;
    equal("it ended in time", begun.elapsed() <= TIMEOUT, true)?;
    equal("the kind", error.kind(), ErrorKind::Timeout)
}

fn unbuildable(builder: ClientBuilder) -> Checked {
    let error = failed(builder.build())?;
    equal("the kind", error.kind(), ErrorKind::Config)?;
    equal(
        "it shows the host",
        error.to_string().contains("aura.example"),
        false,
    )?;
    private(&error)
}
