//! A contract that the service has left behind is mended from what the service returns.

mod privacy;
mod recorder;

use std::fs;

use aura_sandbox::Sandbox;
use openapi_diff::{Compatibility, Version, compare};
use openapi_document::Contract;
use openapi_drift::{Finding, Observer, apply, findings, read};
use recorder::{RECORDING, recording};
use serde_json::{Value, json};

const TRUE: &str = include_str!("../../openapi.yaml");

/// What the responses in `text` show of a contract: the findings, and the contract mended.
fn observed(contract: &str, text: &str) -> (Vec<Finding>, String) {
    let loaded = Contract::load(contract).expect("it is a contract");
    let mut observer = Observer::new(&loaded.document, false);
    let operation = observer.operation("get_lead");
    let mut count = |record| observer.count(&record, operation).expect("it counts");
    read(text.as_bytes(), &mut count).expect("it is read");
    let found = findings(&loaded, &observer);
    let edits: Vec<_> = found
        .iter()
        .flat_map(|found| &found.edits)
        .cloned()
        .collect();
    (found, apply(contract, &edits))
}

/// A lead whose optional fields are there, null and absent by turns.
fn lead(n: usize) -> Value {
    let status = ["new", "qualified", "lost"][n % 3];
    let mut lead = json!({
        "id": format!("550e8400-e29b-41d4-a716-4466{n:08}"),
        "full_name": "John Doe",
        "company": "Acme Corp",
        "email": "john@example.com",
        "phone": "+14155552671",
        "timezone": "America/New_York",
        "status": status,
        "notes": [{"content": "Called", "created_at": "2026-05-08T14:23:11Z", "user_id": "u1"}],
        "payment_status": "paid",
        "payment_count": n * 10_000_000,
        "total_paid_cents": n * 100,
        "last_payment_at": "yesterday",
        "source": {"referrer": "https://acme.com/a", "utm_source": "google"},
        "metadata": {
            "ipAddress": "192.0.2.1", "city": "Rome", "region": "Lazio", "latitude": 41.5,
            "longitude": 12, "language": "it", "screenWidth": 1280, "utmId": "a",
            "dataConsentAcceptedAt": "2026-05-08T14:23:11.000Z", "gclid": "x",
        },
        "created_at": "2026-01-17T08:00:00Z",
        "updated_at": "2026-01-17T09:30:00Z",
    });
    // Each optional field is null in one lead of seven, and absent in another.
    for part in ["", "/metadata", "/source", "/notes/0"] {
        let Some(Value::Object(object)) = lead.pointer_mut(part) else {
            continue;
        };
        let required = ["id", "status", "created_at", "updated_at"];
        let names: Vec<String> = object.keys().cloned().collect();
        for (index, name) in names.into_iter().enumerate() {
            let is_required = part.is_empty() && required.contains(&name.as_str());
            match (n + index) % 7 {
                0 if !is_required => object[&name] = Value::Null,
                1 if !is_required => drop(object.remove(&name)),
                _ => {}
            }
        }
    }
    lead
}

/// What a sandbox with the true contract returns for so many leads, as a client recorded it.
async fn exchanges(count: usize) -> String {
    let leads: Vec<Value> = (0..count).map(lead).collect();
    let sandbox = Sandbox::builder()
        .leads_json(leads.clone())
        .no_rate_limit()
        .start()
        .await;
    let sandbox = sandbox.expect("it starts");
    let (client, recorder, folder) = recording(&sandbox);
    for lead in leads {
        let id = lead["id"].as_str().expect("text").parse().expect("a UUID");
        client.get_lead(&id).await.expect("it is there");
    }
    assert_eq!(recorder.lost(), 0);
    let text = fs::read_to_string(folder.path().join(RECORDING)).expect("read");
    assert!(!text.contains(sandbox.api_key()));
    text
}

/// The true contract with differences planted.
fn outdated() -> String {
    let mut contract = TRUE.to_string();
    let mut plant = |from: &str, to: &str| {
        assert!(contract.contains(from), "{from}");
        contract = contract.replacen(from, to, 1);
    };
    let nullable = |name: &str, kind: &str| {
        format!("        {name}:\n          type: {kind}\n          nullable: true\n")
    };
    let field = |name: &str, kind: &str| format!("        {name}:\n          type: {kind}\n");
    // Fields that the contract doesn't know.
    for (name, kind, next) in [
        ("email", "string", "        phone:"),
        ("language", "string", "        userAgent:"),
        ("utmId", "string", "        utmTerm:"),
        ("gclid", "string", "        gbraid:"),
        ("user_id", "string", "\n    DisqualificationData:"),
    ] {
        let start = TRUE.find(&nullable(name, kind)).expect("a field");
        let end = start + TRUE[start..].find(next).expect("the next");
        plant(&TRUE[start..end], "");
    }
    // Null where it has none.
    plant(&nullable("company", "string"), &field("company", "string"));
    plant(
        &nullable("timezone", "string"),
        &field("timezone", "string"),
    );
    plant(&nullable("city", "string"), &field("city", "string"));
    // Other types.
    plant(
        &field("total_paid_cents", "integer\n          format: int64"),
        &field("total_paid_cents", "string"),
    );
    plant(
        &field("screenWidth", "integer\n          format: int64"),
        &field("screenWidth", "boolean"),
    );
    plant(
        &field("latitude", "number\n          format: double"),
        &field("latitude", "integer\n          format: int64"),
    );
    plant(&field("region", "string"), &field("region", "object"));
    plant(
        &field("payment_count", "integer\n          format: int64"),
        &field("payment_count", "integer\n          format: int32"),
    );
    // Other formats.
    plant(
        &field("last_payment_at", "string"),
        &field("last_payment_at", "string\n          format: date-time"),
    );
    plant(
        &field("created_at", "string\n          format: date-time"),
        &field("created_at", "string\n          format: date"),
    );
    plant(
        &field("full_name", "string"),
        &field("full_name", "string\n          format: uuid"),
    );
    // Closed lists.
    plant(
        &field("status", "string"),
        &field("status", "string\n          enum: [new, qualified]"),
    );
    plant(
        &field("payment_status", "string"),
        &field(
            "payment_status",
            "string\n          enum:\n            - open",
        ),
    );
    // Fields that need not be there.
    plant(
        "        - created_at\n        - updated_at\n",
        "        - created_at\n        - phone\n        - updated_at\n        - notes\n",
    );
    plant(
        "    LeadSource:\n      type: object\n",
        "    LeadSource:\n      type: object\n      required: [utm_source]\n",
    );
    contract
}

#[tokio::test]
async fn twenty_differences_are_mended_from_five_hundred_responses() {
    let responses = exchanges(500).await;
    let (found, mended) = observed(&outdated(), &responses);
    assert!(found.iter().filter(|found| found.kind.is_drift()).count() >= 20);

    let version = |text: &str| Version::read("contract", text).expect("it is a contract");
    let comparison = compare(&version(TRUE), &version(&mended));
    let wire: Vec<_> = comparison
        .changes
        .iter()
        .filter(|change| change.wire_class > Compatibility::Docs)
        .map(|change| format!("{change:?}"))
        .collect();
    assert!(wire.is_empty(), "{wire:#?}\n{mended}");

    let (again, same) = observed(&mended, &responses);
    assert_eq!(same, mended);
    assert!(
        again.iter().all(|found| !found.kind.is_drift()),
        "{again:?}"
    );
}
