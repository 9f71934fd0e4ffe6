//! Reads a lead with aura-client: `with_client ID CALLS`, the key and the URL in the environment.

use std::env;
use std::error::Error;

use aura_client::{Client, uuid::Uuid};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let id: Uuid = arguments[1].parse()?;
    let client = Client::from_env()?;
    let mut cents = 0;
    for _ in 0..arguments[2].parse()? {
        let lead = client.get_lead(&id).await?;
        cents += lead.total_paid_cents.unwrap_or(0);
    }
    println!("{cents}");
    Ok(())
}
