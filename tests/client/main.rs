//! The client over real sockets, on what the contract's own examples say.

mod absence;
mod bodies;
mod contract_examples;
mod environment;
mod errors;
mod formats;
mod identity;
mod keys;
mod layers;
mod leads;
mod privacy;
mod public_api;
mod recipes;
mod runtimes;
mod traces;

use aura_client::Client;
use aura_client::serde_json::Value;
use aura_client::uuid::Uuid;
use aura_sandbox::Sandbox;
use aura_workspace_tests::answers;

/// The id of the page's lead.
const ID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// A key that must be found nowhere.
const KEY: &str = "aura_pk_test_never_shown";

fn id() -> Uuid {
    ID.parse().expect("it is a UUID")
}

/// A sandbox that answers this lead, whether or not it fits, and a client for it.
async fn with_lead(lead: &Value) -> (Sandbox, Client) {
    let body = format!(r#"{{"data":{lead},"success":true}}"#);
    let sandbox = answers::sandbox(KEY, answers::json(200, body)).await;
    let client = sandbox.client();
    (sandbox, client)
}

/// The page's lead, from the contract's example.
fn page_lead() -> Value {
    contract_examples::example("200")["data"].clone()
}
