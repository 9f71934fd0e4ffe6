//! What must be found in no text: a key, and a person.

use aura_client::serde_json::{Value, json};
use aura_client::uuid::{Uuid, uuid};

pub const KEY: &str = "aura_pk_test_shownnowhere";
/// Stands in each field that is personal, and in what faults put into answers.
pub const PERSONAL: &str = "Ada-Lovelace-1815";

pub const ID: Uuid = uuid!("6f1f3d1c-2d8e-4c0a-9a55-3f4d5c1e2b7a");

/// A lead that is one person's in all that the contract marks as personal.
pub fn lead() -> Value {
    json!({
        "id": ID,
        "status": "new",
        "created_at": "2026-01-17T08:00:00Z",
        "updated_at": "2026-01-17T09:30:00Z",
        "email": format!("{PERSONAL}@example.com"),
        "phone": format!("+{PERSONAL}"),
        "full_name": PERSONAL,
        "total_paid_cents": 5_000,
        "notes": [{"content": PERSONAL}],
        "metadata": {"city": PERSONAL, "userAgent": PERSONAL, "gclid": PERSONAL},
        "custom": PERSONAL,
    })
}

/// What of this text must not be shown.
pub fn leak(text: &str) -> Option<&'static str> {
    [KEY, PERSONAL]
        .into_iter()
        .find(|secret| text.contains(secret))
}
