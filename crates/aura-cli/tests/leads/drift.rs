//! Fields that the API has changed without notice: visible wherever a lead is read.

use aura_sandbox::Fault;
use serde_json::{Value, json};

use crate::support::{File, aura, id, ids, lead, run, run_with, sandbox};

/// What the contract says of the money and of the time of these leads is not so.
async fn drifting(leads: usize) -> aura_sandbox::Sandbox {
    let sandbox = sandbox(leads).await;
    let mut odd = lead(1);
    odd["total_paid_cents"] = "12.50".into();
    odd["created_at"] = "yesterday".into();
    odd["metadata"] = json!({ "city": "Ulm", "latitude": [] });
    sandbox
        .inject(Fault::drift("data", odd))
        .expect("a valid fault");
    sandbox
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_what_does_not_fit_in_card_and_table() {
    let sandbox = drifting(1).await;
    let card = run(aura(&sandbox).args([&id(1), "--output", "table"]));

    assert_eq!(card.code, Some(0), "{}", card.err);
    for line in [
        "Total paid  ! \"12.50\"",
        "Created     ! \"yesterday\"",
        "latitude    ! []",
        "city        Ulm",
    ] {
        assert!(card.out.contains(line), "{line}:\n{}", card.out);
    }
    for field in ["total_paid_cents", "created_at", "metadata.latitude"] {
        let told = format!(
            "warning: lead {}: `{field}` does not fit the contract",
            id(1)
        );
        assert!(card.err.contains(&told), "{}", card.err);
    }

    let table = run(aura(&sandbox).args([&id(1), &id(1), "--output", "table"]));
    assert!(table.out.contains("! \"12.50\""), "{}", table.out);
    assert!(!table.out.contains("12.50 ") && !table.out.contains("0.12"));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_what_does_not_fit_in_json() {
    let sandbox = drifting(1).await;
    for output in ["json", "ndjson"] {
        let ended = run(aura(&sandbox).args([&id(1), "--output", output]));
        let lead: Value = serde_json::from_str(&ended.out).expect("JSON");

        assert_eq!(lead["total_paid_cents"], "12.50");
        let anomalies = lead["_anomalies"].as_array().expect("a list");
        let paths: Vec<_> = anomalies.iter().map(|anomaly| &anomaly["path"]).collect();
        for path in ["total_paid_cents", "created_at", "metadata.latitude"] {
            assert!(paths.contains(&&path.into()), "{lead}");
        }
    }
    let ended = run(aura(&sandbox).args([&id(1), "--fields", "id,metadata.city"]));
    let lead: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(lead, json!({ "id": id(1), "metadata": { "city": "Ulm" } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn leaves_a_cell_of_csv_empty_and_names_lead_and_field() {
    let sandbox = drifting(1).await;
    let errors = File::missing("errors.ndjson");
    let mut command = aura(&sandbox);
    command
        .args(["--from", "-", "--output", "csv"])
        .args(["--fields", "id,total_paid_cents,created_at,metadata.city"])
        .arg("--errors")
        .arg(errors.path());
    let ended = run_with(&mut command, &format!("\n{}\n", id(1)));

    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let row = format!("{},,,Ulm", id(1));
    assert_eq!(ended.out.lines().nth(1), Some(row.as_str()));
    let lines = errors.text();
    let drift: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&drift["kind"], &drift["id"], &drift["line"]),
        (&"drift".into(), &id(1).into(), &2.into())
    );
    assert!(lines.contains(r#""path":"total_paid_cents""#), "{lines}");
    assert!(!lines.contains("12.50") && !ended.err.contains("12.50"));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_twenty_fields_one_by_one_and_counts_the_others() {
    let sandbox = sandbox(50).await;
    sandbox
        .inject(Fault::drift("data.total_paid_cents", "12.50"))
        .expect("a valid fault");
    let ended = run_with(
        aura(&sandbox).args(["--from", "-"]),
        &ids(1..=50).join("\n"),
    );

    assert_eq!((ended.code, ended.ids()), (Some(0), ids(1..=50)));
    assert_eq!(ended.err.matches("warning: lead ").count(), 20);
    let more = "and 30 such fields more; --errors FILE keeps all of them\n";
    assert!(ended.err.ends_with(more), "{}", ended.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn shows_nothing_of_another_lead_than_was_asked_for() {
    let sandbox = sandbox(1).await;
    let mut misfit = lead(2);
    misfit["total_paid_cents"] = "12 dollars".into();
    for other in [lead(2), misfit] {
        sandbox.clear_faults();
        sandbox
            .inject(Fault::drift("data", other))
            .expect("a valid fault");
        for output in ["table", "json", "ndjson", "csv"] {
            let ended = run(aura(&sandbox).args([&id(1), "--output", output]));
            assert_eq!((ended.code, &*ended.out), (Some(1), ""), "{output}");
        }
        let ended = run(aura(&sandbox).arg(id(1)));
        let told = format!(
            "lead {}: the answer holds another lead than was asked for",
            id(1)
        );
        assert!(ended.err.contains(&told), "{}", ended.err);
    }
}
