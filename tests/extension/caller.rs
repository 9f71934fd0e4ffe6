//! Calls every operation of the extended contract, as a downstream crate would.

use aura_client::types::{
    CreateLead, ListLeadsOrder, ListLeadsParams, UpdateNote, UpdateNoteParams,
};
use aura_client::{Client, ErrorKind, chrono::DateTime, uuid::Uuid};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = std::env::args().nth(1).ok_or("the server's URL is missing")?;
    let client = Client::builder().base_url(base_url).api_key("aura_pk_test_1").build()?;
    let id: Uuid = "550e8400-e29b-41d4-a716-446655440000".parse()?;

    // A list: optional parameters left out, then given.
    let page = client.list_leads("t1").await?;
    assert_eq!(page.data.len(), 2);
    assert!(page.pagination.has_more);
    assert_eq!(page.pagination.next_cursor, None);
    assert_eq!(page.pagination.extra["total"], 7);
    let params = ListLeadsParams::new()
        .limit("20")
        .status("new & hot")
        .source(vec!["a".into(), "b,c".into()])
        .min_paid_cents(0)
        .created_after(DateTime::parse_from_rfc3339("2026-01-17T08:00:00Z")?.to_utc())
        .order(ListLeadsOrder::OldestFirst)
        .x_org_id("org 1");
    client.list_leads_with("t1", &params).await?;
    println!("{:?}", ListLeadsParams::new().email("secret@example.com"));

    // An answer that is described with the body of another method.
    let () = client.probe_leads().await?.into_inner();

    // A body, whose answer comes in the lead's envelope.
    let new = CreateLead::new("Secret Name", "secret@example.com");
    println!("{new:?}");
    let lead = client.create_lead(&new).await?;
    assert_eq!(lead.http_status(), 201);
    assert_eq!(lead.id, id);

    // No body in the answer.
    let () = client.delete_note(&id, "n1").await?.into_inner();
    let refused = client.delete_note(&id, "locked").await.expect_err("the body says so");
    assert_eq!((refused.kind(), refused.code()), (ErrorKind::Api, Some("LOCKED")));

    // An optional body: absent, then with a null that clears.
    client.update_note(&id, "n1", true).await?;
    let mut update = UpdateNote::new();
    update.content = Some(None);
    let params = UpdateNoteParams::new().dry_run(true).body(update);
    let note = client.update_note_with(&id, "n1", false, &params).await?;
    assert_eq!(note.content, None);
    assert_eq!(note.user_id.as_deref(), Some("user_1"));

    // A second GET by id, with an envelope of its own.
    let call = client.get_call("c ü?1").await?;
    assert_eq!(call.id, "call/1");
    assert_eq!(call.outcome, None);
    assert_eq!(call.lead.as_ref().map(|lead| lead.id), Some(id));
    assert_eq!(call.tags.as_deref(), Some(&["a".to_string(), "a".to_string()][..]));
    assert_eq!(call.extra["custom"], 1);
    println!("{call:?}");

    // A single value in an envelope, marked there.
    let transcript = client.get_transcript("c1").await?;
    assert_eq!(*transcript, "secret words");
    println!("{transcript:?}");

    // A path argument never leads to another endpoint.
    for elsewhere in ["", ".", "..", "../leads", "a\\b"] {
        let error = client.get_call(elsewhere).await.expect_err("nothing is sent");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    }
    Ok(())
}
