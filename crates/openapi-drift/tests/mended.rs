//! A contract that has fallen behind is mended from what the service returns.

use std::fmt::Write as _;

use openapi_document::Contract;
use openapi_drift::{Observer, apply, findings, read};

const TRUE: &str = include_str!("../../../openapi.yaml");

fn leads(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let null = if n % 3 == 0 { "null" } else { "\"Acme\"" };
        writeln!(
            text,
            r#"{{"id":"550e8400-e29b-41d4-a716-4466{n:08}","full_name":"Ann {n}","company":{null},"email":"p{n}@example.com","status":"new","created_at":"2026-01-17T08:00:00Z","updated_at":"2026-01-17T08:00:0{}Z","total_paid_cents":{n},"notes":[{{"content":"x","created_at":"2026-01-17T08:00:00Z"}}],"metadata":{{"city":"Rom","latitude":{}.5}},"brand_new":{{"inner":true,"at":"2026-01-17"}}}}"#,
            n % 10, n % 90
        ).expect("written");
    }
    text
}

#[test]
fn look() {
    let contract = TRUE
        .replacen("        email:\n          type: string\n          nullable: true\n          description: E-mail address.\n          example: john@example.com\n          x-sensitive: true\n", "", 1)
        .replacen("        company:\n          type: string\n          nullable: true\n", "        company:\n          type: string\n", 1)
        .replacen("        total_paid_cents:\n          type: integer\n          format: int64\n", "        total_paid_cents:\n          type: string\n", 1)
        .replacen("        - created_at\n        - updated_at\n", "        - created_at\n        - updated_at\n        - phone\n", 1);
    let loaded = Contract::load(&contract).expect("it is one");
    let mut observer = Observer::new(&loaded.document, false);
    let operation = observer.operation("get_lead");
    read(leads(500).as_bytes(), &mut |record| {
        observer.count(&record, operation).expect("it counts")
    })
    .expect("it is read");
    let found = findings(&loaded, &observer);
    for finding in &found {
        println!(
            "{} {} {} {}",
            finding.kind.code(),
            finding.at,
            finding.message,
            finding.often
        );
    }
    let edits: Vec<_> = found.iter().flat_map(|f| f.edits.clone()).collect();
    std::fs::write("/tmp/spans/a.yaml", &contract).unwrap();
    std::fs::write("/tmp/spans/b.yaml", apply(&contract, &edits)).unwrap();
}
