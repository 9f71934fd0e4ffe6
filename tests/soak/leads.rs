//! Many leads, each of which can be told from the others.

use aura_client::serde_json::{Value, json};
use aura_client::types::Lead;
use aura_client::uuid::Uuid;

/// How many there are; ids of which there is none come between them.
const LEADS: usize = 500;
/// One in so many calls asks for a lead that isn't there.
const UNKNOWN: usize = 20;

pub fn all() -> impl Iterator<Item = Value> {
    (0..LEADS).map(|number| {
        json!({
            "id": Uuid::from_u128(number as u128 + 1),
            "status": format!("status {number}"),
            "created_at": "2026-01-17T08:00:00Z",
            "updated_at": "2026-01-17T09:30:00Z",
            "total_paid_cents": number,
            "notes": [{"content": "A note. ".repeat(number % 50)}],
        })
    })
}

/// The id that the call of this number asks for.
pub fn id(call: usize) -> Uuid {
    match call.is_multiple_of(UNKNOWN) {
        true => Uuid::from_u128(u128::MAX - (call % LEADS) as u128),
        false => Uuid::from_u128((call % LEADS) as u128 + 1),
    }
}

/// Whether this is the lead of that id, and no other's.
pub fn is_its_own(id: Uuid, lead: &Lead) -> bool {
    let number = id.as_u128() - 1;
    lead.id == id
        && lead.status == format!("status {number}")
        && lead
            .total_paid_cents
            .is_none_or(|paid| u128::from(paid.unsigned_abs()) == number)
}
