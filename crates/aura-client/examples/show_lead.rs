//! Shows a lead in an application of yours, even if the API has changed a field.
//!
//! ```text
//! cargo run --example show_lead                     the contract's example, from a sandbox
//! AURA_API_KEY=… cargo run --example show_lead ID   a lead, from the Aura API
//! ```

use aura_client::{Client, Error, OptionalExt, types::Lead, uuid::Uuid};

/// Returns the text to show for a lead; `None` if it does not exist or is not yours.
pub async fn show(client: &Client, id: &Uuid) -> Result<Option<String>, Error> {
    match client.get_lead(id).await.optional() {
        Ok(lead) => Ok(lead.map(|lead| card(&lead))),
        // The API has changed: show what can be read, and name what cannot.
        Err(error) => match error.salvage::<Lead>() {
            Some(salvaged) => {
                let mut text = card(&salvaged.value);
                for anomaly in &salvaged.anomalies {
                    text += &format!("Unreadable  {anomaly}\n");
                }
                Ok(Some(text))
            }
            None => Err(error),
        },
    }
}

/// Names each field that is shown, so that no personal data is shown by accident.
fn card(lead: &Lead) -> String {
    let paid = lead.total_paid_cents.map(|cents| money(cents.into()));
    // A custom field has the type that your organization gave it.
    let plan = lead.extra.read::<String>("plan");
    let plan = plan.unwrap_or_else(|_| Some("not a text".to_owned()));
    let lines = [
        ("Name", lead.full_name.as_deref()),
        ("Company", lead.company.as_deref()),
        ("Status", Some(lead.status.as_str())),
        // Unknown is not zero.
        ("Paid", paid.as_deref()),
        ("Plan", plan.as_deref()),
    ];
    let line = |(label, value): (_, Option<&str>)| {
        format!("{label:<10}  {}\n", value.unwrap_or("unknown"))
    };
    lines.map(line).concat()
}

/// Writes cents as an amount: -150 is -1.50.
pub fn money(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
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
    match show(&client, &id).await? {
        Some(text) => print!("{text}"),
        None => println!("Lead {id} does not exist, or is not yours."),
    }
    Ok(())
}
