//! Calculates the commission on what many leads have paid.
//!
//! ```text
//! cargo run --example commissions                          two leads of a sandbox
//! AURA_API_KEY=… cargo run --example commissions ID ID …   leads from the Aura API
//! ```

use std::collections::BTreeSet;
use std::time::Duration;

use aura_client::{Client, Error, OptionalExt, types::Lead, uuid::Uuid};
use futures_util::{StreamExt, stream};

/// The rate in hundredths of a percent: 7.25 %.
const RATE: i128 = 725;

/// What is owed, and the leads for which that is not known.
#[derive(Debug, Default)]
pub struct Statement {
    /// The sum of the commissions that are known, in cents.
    pub cents: i128,
    /// Leads of which the API does not say what they have paid. Unknown is not zero.
    pub unknown: Vec<Uuid>,
    /// Leads that do not exist or are not yours.
    pub not_found: Vec<Uuid>,
    /// Leads that could not be read.
    pub failed: Vec<(Uuid, Error)>,
}

/// Calculates what is owed for these leads. A set, so that none counts twice.
pub async fn commissions(client: &Client, ids: BTreeSet<Uuid>) -> Result<Statement, Error> {
    // Calls wait for their turns under the rate limit, so that none is rejected.
    let client = &client.with_rate_limit_wait(Duration::MAX);
    let calls = stream::iter(ids).map(|id| async move { (id, client.get_lead(&id).await) });
    let mut calls = calls.buffered(16);

    let mut statement = Statement::default();
    while let Some((id, call)) = calls.next().await {
        match call.optional() {
            Ok(Some(lead)) => statement.add(id, lead.total_paid_cents),
            Ok(None) => statement.not_found.push(id),
            // No other lead can be read with this key either.
            Err(error) if error.is_unauthorized() => return Err(error),
            // The API has changed. If that is the amount, it is unknown.
            Err(error) => match error.salvage::<Lead>() {
                Some(salvaged) => statement.add(id, salvaged.value.total_paid_cents),
                None => statement.failed.push((id, error)),
            },
        }
    }
    Ok(statement)
}

impl Statement {
    fn add(&mut self, id: Uuid, paid_cents: Option<i64>) {
        match paid_cents {
            Some(paid) => self.cents += commission(paid),
            None => self.unknown.push(id),
        }
    }
}

/// Returns the commission on an amount, in cents. Half a cent rounds away from zero, so that a
/// refund takes back what the payment gave.
pub fn commission(paid_cents: i64) -> i128 {
    let exact = i128::from(paid_cents) * RATE;
    (exact + exact.signum() * 5_000) / 10_000
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ids = std::env::args().skip(1).map(|id| id.parse());
    let mut ids: BTreeSet<Uuid> = ids.collect::<Result<_, _>>()?;
    let sandbox;
    let client = if ids.is_empty() {
        let created = aura_client::chrono::DateTime::UNIX_EPOCH;
        let mut lead = Lead::new(Uuid::from_u128(1), "customer", created, created);
        lead.total_paid_cents = Some(20_000);
        // The second one does not exist.
        ids.extend([lead.id, Uuid::from_u128(2)]);
        sandbox = aura_sandbox::Sandbox::builder().lead(lead).start().await?;
        sandbox.client()
    } else {
        Client::from_env()?
    };

    let statement = commissions(&client, ids).await?;
    println!("Commission  {}", money(statement.cents));
    for id in &statement.unknown {
        println!("Unknown     {id}");
    }
    for id in &statement.not_found {
        println!("Not found   {id}");
    }
    for (id, error) in &statement.failed {
        println!("Failed      {id}: {error}");
    }
    if statement.failed.is_empty() {
        Ok(())
    } else {
        Err("some leads could not be read".into())
    }
}

/// Writes cents as an amount: -150 is -1.50.
pub fn money(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}
