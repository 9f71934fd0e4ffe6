//! CSV that goes into a spreadsheet.

use aura_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{Ended, File, aura, builder, id, lead, run};

/// A lead whose fields are formulas, numbers and phone numbers.
async fn sandbox() -> Sandbox {
    let mut formulas = lead(1);
    formulas["full_name"] = "=cmd|'/C calc'!A0".into();
    formulas["company"] = "@SUM(1+1)".into();
    formulas["email"] = "+1@example.com".into();
    formulas["phone"] = "+1 (555) 000-1111".into();
    formulas["timezone"] = "\tx".into();
    formulas["total_paid_cents"] = (-500).into();
    formulas["balance"] = json!(-1.5);
    let builder = builder(0).lead_json(formulas);
    builder.start().await.expect("a sandbox")
}

fn csv(sandbox: &Sandbox, options: &[&str]) -> Ended {
    let fields = "full_name,company,email,phone,timezone,total_paid_cents,balance";
    run(aura(sandbox)
        .args([&id(1), "--output", "csv", "--fields", fields])
        .args(options))
}

#[tokio::test(flavor = "multi_thread")]
async fn neutralizes_formulas_and_leaves_numbers_and_phones_as_sent() {
    let sandbox = sandbox().await;
    assert_eq!(
        csv(&sandbox, &[]).out.lines().nth(1),
        Some("'=cmd|'/C calc'!A0,'@SUM(1+1),'+1@example.com,+1 (555) 000-1111,'\tx,-500,-1.5")
    );
    assert_eq!(
        csv(&sandbox, &["--csv-raw"]).out.lines().nth(1),
        Some("=cmd|'/C calc'!A0,@SUM(1+1),+1@example.com,+1 (555) 000-1111,\tx,-500,-1.5")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_get_values_as_sent() {
    let sandbox = sandbox().await;
    let ended = run(aura(&sandbox).arg(id(1)));
    let lead: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(lead["full_name"], "=cmd|'/C calc'!A0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_byte_order_mark_comes_once_also_when_a_run_goes_on() {
    let sandbox = builder(3).start().await.expect("a sandbox");
    let out = File::missing("leads.csv");
    for ids in [&[id(1)][..], &[id(1), id(2)], &[id(3)]] {
        let mut command = aura(&sandbox);
        command
            .args(ids)
            .args(["--bom", "--resume", "--fields", "id,status", "--out"]);
        let ended = run(command.arg(out.path()));
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    }
    let rows = [1, 2, 3].map(|number| format!("{},new\n", id(number)));
    assert_eq!(out.text(), format!("\u{feff}id,status\n{}", rows.concat()));
    // Once for each lead.
    assert_eq!(sandbox.request_count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn options_for_csv_are_for_csv_alone() {
    let sandbox = builder(1).start().await.expect("a sandbox");
    for option in ["--bom", "--csv-raw"] {
        let ended = run(aura(&sandbox).args([&id(1), option]));
        assert_eq!(ended.code, Some(2));
        let told = format!("error: {option} is for CSV\nhelp: ");
        assert!(ended.err.starts_with(&told), "{}", ended.err);
    }
}
