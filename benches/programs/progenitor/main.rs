//! Reads a lead with progenitor's own client: `with_progenitor ID CALLS`, the key and the URL in the
//! environment.

use std::env;
use std::error::Error;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use uuid::Uuid;

// What `cargo progenitor` writes; `benches/codegen` brings it up to date.
#[allow(dead_code, clippy::all, reason = "as it was generated")]
#[rustfmt::skip]
mod client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let id: Uuid = arguments[1].parse()?;
    let mut key = HeaderValue::try_from(format!("Bearer {}", env::var("AURA_API_KEY")?))?;
    key.set_sensitive(true);
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(15))
        .default_headers(HeaderMap::from_iter([(AUTHORIZATION, key)]))
        .build()?;
    let client = client::Client::new_with_client(&env::var("AURA_BASE_URL")?, http);
    let mut cents = 0;
    for _ in 0..arguments[2].parse()? {
        let answer = client.get_lead(&id).await?.into_inner();
        cents += answer.data.total_paid_cents.unwrap_or(0);
    }
    println!("{cents}");
    Ok(())
}
