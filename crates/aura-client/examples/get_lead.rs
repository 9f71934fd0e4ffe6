//! Reads a lead and prints it for people.
//!
//! ```text
//! cargo run --example get_lead                     the API's own example lead, from this process
//! AURA_API_KEY=… cargo run --example get_lead ID   one of your leads, from the Aura API
//! ```

use std::env;
use std::error::Error;
use std::process::ExitCode;

use aura_client::types::Lead;
use aura_client::{Client, Response, uuid::Uuid};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let (client, id) = match env::args().nth(1) {
        Some(id) => (Client::from_env()?, id.parse()?),
        None => (local_client().await?, EXAMPLE_ID.parse()?),
    };
    match client.get_lead(&id).await {
        Ok(lead) => print(&lead),
        Err(error) if error.is_not_found() => {
            eprintln!("There is no lead {id}, or it belongs to another organization.");
            return Ok(ExitCode::FAILURE);
        }
        Err(error) if error.is_unauthorized() => {
            eprintln!("The API does not accept this key: {error}");
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(ExitCode::SUCCESS)
}

fn print(lead: &Response<Lead>) {
    println!("Lead {}", lead.id);
    println!("  name     {}", lead.full_name.as_deref().unwrap_or("-"));
    println!("  company  {}", lead.company.as_deref().unwrap_or("-"));
    println!("  status   {}", lead.status);
    println!(
        "  created  {}",
        lead.created_at.format("%Y-%m-%d %H:%M UTC")
    );
    if let Some(cents) = lead.total_paid_cents {
        println!("  paid     {}.{:02}", cents / 100, cents % 100);
    }
    for note in lead.notes.iter().flatten() {
        println!("  note     {}", note.content.as_deref().unwrap_or("-"));
    }
    if let Some(limit) = lead.rate_limit() {
        println!("{} of {} requests left.", limit.remaining, limit.limit);
    }
}

// The rest is a server that plays the API, so that the example runs without a key.

const EXAMPLE_ID: &str = "550e8400-e29b-41d4-a716-446655440000";

async fn local_client() -> Result<Client, Box<dyn Error>> {
    use axum::extract::Path;
    use axum::http::StatusCode;
    use axum::{Router, routing::get};

    let lead = async |Path(id): Path<Uuid>| match id.to_string() == EXAMPLE_ID {
        true => (StatusCode::OK, include_str!("lead.json")),
        false => (
            StatusCode::NOT_FOUND,
            r#"{"success":false,"error":"Lead not found","code":"NOT_FOUND"}"#,
        ),
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let app = Router::new().route("/v1/leads/{id}", get(lead));
    tokio::spawn(axum::serve(listener, app).into_future());

    Ok(Client::builder()
        .api_key("aura_pk_test_local")
        .base_url(base_url)
        .build()?)
}
