//! The sandbox over real sockets, asked by aura-client and by reqwest alone.

mod behaviour;
mod contract;
mod control;
mod cors;
mod documented;
mod echo;
mod export;
mod faults;
mod hosts;
mod identity;
mod keys;
mod leads;
mod limits;
mod media_types;
mod not_found;
mod pages;
mod paging;
mod repeated;
mod seeds;
mod sockets;

use aura_sandbox::aura_client::uuid::{Uuid, uuid};
use aura_sandbox::aura_contract::Contract;
use aura_sandbox::{Sandbox, SandboxBuilder};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// The lead of the contract's example.
const ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const OTHER_ID: &str = "6f1f3d1c-2d8e-4c0a-9a55-3f4d5c1e2b7a";

fn id() -> Uuid {
    uuid!("550e8400-e29b-41d4-a716-446655440000")
}

fn other_id() -> Uuid {
    uuid!("6f1f3d1c-2d8e-4c0a-9a55-3f4d5c1e2b7a")
}

/// The least that is a lead.
fn lead(id: &str) -> Value {
    let time = "2026-01-17T08:00:00Z";
    json!({"id": id, "status": "qualified", "created_at": time, "updated_at": time})
}

/// The least that is a lead of [`fixture`].
fn lead_of_fixture(id: &str) -> Value {
    let mut lead = lead(id);
    lead["email"] = "ada@example.com".into();
    lead
}

async fn started(builder: SandboxBuilder) -> Sandbox {
    builder.start().await.expect("it starts")
}

/// A contract with what the real one does not have.
fn fixture() -> Contract {
    Contract::from_json(include_str!("fixture.json")).expect("it is a contract")
}

/// A request without a key.
fn ask(sandbox: &Sandbox, method: Method, target: &str) -> RequestBuilder {
    let http = reqwest::Client::builder().no_proxy().build();
    let http = http.expect("a client without TLS");
    http.request(method, format!("{}{target}", sandbox.base_url()))
}

fn get(sandbox: &Sandbox, target: &str) -> RequestBuilder {
    ask(sandbox, Method::GET, target).bearer_auth(sandbox.api_key())
}

/// What came, read whole.
struct Came {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: String,
}

impl Came {
    async fn from(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.text().await.expect("a whole body"),
        }
    }

    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        let value = value.unwrap_or_else(|| panic!("no header {name}"));
        value.to_str().expect("it is text")
    }

    fn number(&self, name: &str) -> u64 {
        self.header(name).parse().expect("it is a number")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("it is JSON")
    }

    /// The code of an error, which also has this request's ID, in body and header.
    fn code(&self) -> String {
        let body = self.json();
        assert_eq!(body["success"], false);
        assert_eq!(body["requestId"], self.header("x-request-id"));
        body["code"].as_str().expect("a code").to_owned()
    }
}
