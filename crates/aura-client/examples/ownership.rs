//! Verifies that a lead is yours before anything is done with it.
//!
//! ```text
//! cargo run --example ownership                     the contract's example, from a sandbox
//! AURA_API_KEY=… cargo run --example ownership ID   a lead, from the Aura API
//! ```

use aura_client::{Client, Error, OptionalExt, uuid::Uuid};

/// Returns whether the lead belongs to the key's organization.
///
/// Only the API itself can say no. A rejected key, a proxy's 404 or another lead's response is an
/// error: it says nothing about this lead, so nothing must be done with it.
pub async fn is_ours(client: &Client, id: &Uuid) -> Result<bool, Error> {
    let lead = client.get_lead(id).await.optional()?;
    Ok(lead.is_some())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox;
    let (client, id) = match std::env::args().nth(1) {
        Some(id) => (Client::from_env()?, id.parse()?),
        None => {
            sandbox = aura_sandbox::Sandbox::start().await?;
            let id = "550e8400-e29b-41d4-a716-446655440000".parse()?;
            (sandbox.client(), id)
        }
    };
    if is_ours(&client, &id).await? {
        println!("Lead {id} is ours.");
    } else {
        println!("Lead {id} is not ours, or does not exist.");
    }
    Ok(())
}
