//! Reads many leads with reqwest, eight at a time: `bare_loop IDS OUT`, the key and the URL in the
//! environment. What anyone would write in ten minutes: no retries, no rate limit, no resuming.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write};

use futures_util::{StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Envelope {
    data: Box<RawValue>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let ids = fs::read_to_string(&arguments[1])?;
    let mut out = BufWriter::new(fs::File::create(&arguments[2])?);
    let (base_url, key) = (env::var("AURA_BASE_URL")?, env::var("AURA_API_KEY")?);
    let client = reqwest::Client::new();
    let get = async |id: &str| {
        let request = client
            .get(format!("{base_url}/v1/leads/{id}"))
            .bearer_auth(&key);
        request.send().await?.error_for_status()?.bytes().await
    };
    let mut leads = stream::iter(ids.lines()).map(get).buffered(8);
    while let Some(body) = leads.try_next().await? {
        let envelope: Envelope = serde_json::from_slice(&body)?;
        writeln!(out, "{}", envelope.data)?;
    }
    out.flush()?;
    Ok(())
}
