//! What is played for a row, and what was seen.

use std::time::Duration;

use aura_client::http::Method;
use aura_client::serde_json::{Value, from_str};
use aura_client::types::Lead;
use aura_client::uuid::Uuid;
use aura_client::{Client, Error, Json, Response};
use aura_contract::{Contract, OPENAPI_JSON};
use aura_sandbox::{Fault, RateLimit, Sandbox, SandboxBuilder};
use tokio::net::TcpSocket;
use tokio::time::Instant;

use super::rows::{Row, World};
use super::secrets::{ID, KEY, lead};

/// What a call may take, what each of its attempts may, and how much it takes.
pub const TIMEOUT: Duration = Duration::from_secs(10);
pub const ATTEMPT: Duration = Duration::from_secs(2);
pub const MOST_BODY: usize = 64 * 1024;

/// Lets paused time go on in steps of a millisecond, in each of which sockets have their turn.
pub fn tick() {
    tokio::spawn(async {
        loop {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
}

/// One call: how it ended, the virtual time it took, and the requests that the service saw.
pub struct Call<T> {
    pub outcome: Result<Response<T>, Error>,
    pub took: Duration,
    /// The IDs that the answers had, in their order.
    pub requests: Vec<String>,
}

pub struct Seen {
    /// Each of its attempts meets the fault.
    pub get: Call<Lead>,
    pub post: Call<Json>,
    /// Only its first attempt meets the fault.
    pub once: Option<Call<Lead>>,
    /// By the client of the first two, when the fault is gone.
    pub next: Option<Call<Lead>>,
}

pub async fn play(row: &Row) -> Seen {
    match &row.world {
        World::Strikes(fault) => struck(fault).await,
        World::NobodyListens => unheard().await,
        world => refused(world).await,
    }
}

async fn struck(fault: &Fault) -> Seen {
    let sandbox = start(builder()).await;
    let client = client(sandbox.base_url(), KEY);
    sandbox.inject(fault.clone()).expect("a valid fault");
    let get = get(&client, &ID, Some(&sandbox)).await;
    let post = post(&client, Some(&sandbox)).await;
    sandbox.clear_faults();
    let next = get_anew(&client, &ID, &sandbox).await;
    sandbox
        .inject(fault.clone().times(1))
        .expect("a valid fault");
    let once = get_anew(&client, &ID, &sandbox).await;
    Seen {
        get,
        post,
        once: Some(once),
        next: Some(next),
    }
}

/// The service answers as it does, and its answer is a refusal.
async fn refused(world: &World) -> Seen {
    let builder = match world {
        World::LimitUsedUp => builder().rate_limit(RateLimit::per_minute(1)),
        _ => builder(),
    };
    let sandbox = start(builder).await;
    let key = match world {
        World::WrongKey => format!("{KEY}_not"),
        _ => KEY.to_owned(),
    };
    let client = client(sandbox.base_url(), &key);
    let id = match world {
        World::UnknownLead => Uuid::nil(),
        _ => ID,
    };
    match world {
        World::LimitUsedUp => _ = client.get_lead(&ID).await.expect("the first is within it"),
        World::DeletedLead => {
            let gone = client.request(Method::DELETE, &path(), None).await;
            gone.expect("it was there");
        }
        _ => {}
    }
    let seen = Seen {
        get: get_anew(&client, &id, &sandbox).await,
        post: post(&client, Some(&sandbox)).await,
        once: None,
        next: None,
    };
    let next = match world {
        World::WrongKey => return seen,
        World::LimitUsedUp => {
            tokio::time::sleep(Duration::from_secs(61)).await;
            ID
        }
        _ => example(),
    };
    Seen {
        next: Some(get_anew(&client, &next, &sandbox).await),
        ..seen
    }
}

async fn unheard() -> Seen {
    // A port that is taken, so that nobody else's server is there.
    let taken = TcpSocket::new_v4().expect("a socket");
    let any = ([127, 0, 0, 1], 0).into();
    taken.bind(any).expect("a port is free");
    let port = taken.local_addr().expect("it has one").port();
    let client = client(&format!("http://127.0.0.1:{port}"), KEY);
    let get = get(&client, &ID, None).await;
    let post = post(&client, None).await;
    drop(taken);
    let sandbox = start(builder().port(port)).await;
    Seen {
        get,
        post,
        once: None,
        next: Some(get_anew(&client, &ID, &sandbox).await),
    }
}

fn builder() -> SandboxBuilder {
    let sandbox = Sandbox::builder().contract(contract());
    sandbox.api_key(KEY).lead_json(lead()).no_rate_limit()
}

async fn start(builder: SandboxBuilder) -> Sandbox {
    builder.start().await.expect("a sandbox of this lead")
}

fn client(base_url: &str, key: &str) -> Client {
    let builder = Client::builder().api_key(key).base_url(base_url);
    let builder = builder.timeout(TIMEOUT).attempt_timeout(ATTEMPT);
    builder.max_body_bytes(MOST_BODY).build().expect("valid")
}

/// The contract's lead, which every sandbox has.
fn example() -> Uuid {
    "550e8400-e29b-41d4-a716-446655440000"
        .parse()
        .expect("a UUID")
}

fn path() -> String {
    format!("/v1/leads/{ID}")
}

/// The contract, with a POST and a DELETE of leads.
fn contract() -> Contract {
    let mut document: Value = from_str(OPENAPI_JSON).expect("codegen writes JSON");
    let path = &mut document["paths"]["/v1/leads/{id}"];
    let mut post = path["get"].clone();
    post["operationId"] = "touch_lead".into();
    let mut delete = path["get"].clone();
    delete["operationId"] = "delete_lead".into();
    delete["responses"] = aura_client::serde_json::json!({"204": {"description": "It is gone."}});
    path["post"] = post;
    path["delete"] = delete;
    Contract::from_json(&document.to_string()).expect("it is a contract")
}

async fn get_anew(client: &Client, id: &Uuid, sandbox: &Sandbox) -> Call<Lead> {
    sandbox.clear_requests();
    get(client, id, Some(sandbox)).await
}

async fn get(client: &Client, id: &Uuid, sandbox: Option<&Sandbox>) -> Call<Lead> {
    timed(client.get_lead(id), sandbox).await
}

async fn post(client: &Client, sandbox: Option<&Sandbox>) -> Call<Json> {
    if let Some(sandbox) = sandbox {
        sandbox.clear_requests();
    }
    timed(client.request(Method::POST, &path(), None), sandbox).await
}

async fn timed<T>(
    call: impl Future<Output = Result<Response<T>, Error>>,
    sandbox: Option<&Sandbox>,
) -> Call<T> {
    let begun = Instant::now();
    let outcome = call.await;
    let took = begun.elapsed();
    let requests = sandbox.map(Sandbox::requests).unwrap_or_default();
    let requests = requests
        .iter()
        .map(|request| request.request_id().to_owned());
    Call {
        outcome,
        took,
        requests: requests.collect(),
    }
}
