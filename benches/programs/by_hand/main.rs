//! Reads a lead with reqwest and serde: `by_hand ID CALLS`, the key and the URL in the environment.

use std::env;
use std::error::Error;
use std::time::Duration;

use serde::Deserialize;
use uuid::Uuid;

// aura-client's own types, without the crate: to write them would be work, not another program.
#[allow(dead_code, reason = "just what is read is used")]
#[path = "../../../crates/aura-client/src/generated/types.rs"]
#[rustfmt::skip] // As it was generated.
mod types;
// What the types need, or will with another contract.
#[allow(dead_code, reason = "what a contract needs is up to it")]
#[path = "../../../crates/aura-client/src/nullable.rs"]
mod nullable;
#[allow(dead_code, reason = "the types' `Debug`, which nobody asks for here")]
#[path = "../../../crates/aura-client/src/redact.rs"]
mod redact;

#[derive(Deserialize)]
struct Envelope {
    data: types::Lead,
    success: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let id: Uuid = arguments[1].parse()?;
    let base_url = env::var("AURA_BASE_URL")?;
    let key = env::var("AURA_API_KEY")?;
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(15))
        .build()?;
    let mut cents = 0;
    for _ in 0..arguments[2].parse()? {
        let lead = get_lead(&client, &base_url, &key, &id).await?;
        cents += lead.total_paid_cents.unwrap_or(0);
    }
    println!("{cents}");
    Ok(())
}

async fn get_lead(
    client: &reqwest::Client,
    base_url: &str,
    key: &str,
    id: &Uuid,
) -> Result<types::Lead, Box<dyn Error>> {
    let response = client
        .get(format!("{base_url}/v1/leads/{id}"))
        .bearer_auth(key)
        .send()
        .await?
        .error_for_status()?;
    let envelope: Envelope = serde_json::from_slice(&response.bytes().await?)?;
    if !envelope.success {
        return Err("the API refuses".into());
    }
    Ok(envelope.data)
}
