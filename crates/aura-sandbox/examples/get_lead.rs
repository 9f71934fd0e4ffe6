//! Reads a lead and prints it for people.
//!
//! ```text
//! cargo run --example get_lead                     the API's own example lead, from a sandbox
//! AURA_API_KEY=… cargo run --example get_lead ID   one of your leads, from the Aura API
//! ```

use std::env;
use std::error::Error;
use std::process::ExitCode;

use aura_client::types::Lead;
use aura_client::{Client, Response, uuid::Uuid};
use aura_sandbox::Sandbox;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    match env::args().nth(1) {
        Some(id) => show(&Client::from_env()?, id.parse()?).await,
        None => {
            let sandbox = Sandbox::start().await?;
            let id = "550e8400-e29b-41d4-a716-446655440000";
            show(&sandbox.client(), id.parse()?).await
        }
    }
}

async fn show(client: &Client, id: Uuid) -> Result<ExitCode, Box<dyn Error>> {
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
