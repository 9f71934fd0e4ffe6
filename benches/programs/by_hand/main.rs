//! Reads a lead with reqwest and serde: `by_hand ID CALLS`, the key and the URL in the environment.

use std::env;
use std::error::Error;
use std::time::Duration;

use serde::Deserialize;
use uuid::Uuid;

#[allow(dead_code, reason = "only what is read is used")]
mod lead;

use lead::Lead;

#[derive(Deserialize)]
struct Envelope {
    data: Lead,
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
) -> Result<Lead, Box<dyn Error>> {
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
