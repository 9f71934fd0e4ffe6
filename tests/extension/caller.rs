//! Calls every operation of the extended contract, as a downstream crate would, on a sandbox that
//! serves it.

mod arguments;
mod responses;
mod uploads;

use std::error::Error;
use std::future::poll_fn;
use std::pin::Pin;

use aura_client::chrono::DateTime;
use aura_client::futures_core::Stream;
use aura_client::types::{
    CreateEventParams, CreateLead, Event, Keys, ListEventsParams, ListLeadsOrder, ListLeadsParams,
    Sample, SampleChoice, SampleVote, Signal, SignalTextSignalKind, UpdateNote, UpdateNoteParams,
};
use aura_client::{Client, ErrorKind, serde_json, uuid::Uuid};
use aura_sandbox::http::StatusCode;
use aura_sandbox::{Fault, Recorded, Sandbox};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client();
    let id: Uuid = "550e8400-e29b-41d4-a716-446655440000".parse()?;
    answers_of_the_contract(&client, id).await?;
    answers_with_more_in_them(&sandbox, &client, id).await?;

    // A path argument never leads to another endpoint.
    let sent = sandbox.request_count();
    for elsewhere in ["", ".", "..", "../leads", "a\\b"] {
        let error = client
            .get_call(elsewhere)
            .await
            .expect_err("nothing is sent");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    }
    assert_eq!(sandbox.request_count(), sent);
    assert_sent(&sandbox.requests(), id);

    // An operation without operationId.
    let () = client.get_v1_ping().await?.into_inner();
    // Successes without a 2xx status.
    let found = client.find_first_lead().await?;
    assert_eq!(found.http_status(), StatusCode::SEE_OTHER);
    assert_eq!(found.headers()["location"], "/v1/leads/1");
    let _: Sample = client.get_any_sample().await?.into_inner();

    responses::all(&sandbox, &client).await?;
    a_key_in_every_place(&sandbox, &client).await?;
    a_response_about_something_else_is_an_error(&sandbox, &client).await?;
    not_found_is_what_the_contract_calls_so(&sandbox, &client).await?;
    a_field_of_every_kind(&sandbox, &client).await?;
    a_choice_survives_new_types(&sandbox, &client).await?;
    pages_are_a_stream(&sandbox, &client).await?;
    a_repeated_write_is_carried_out_once(&sandbox, &client).await?;
    what_does_not_fit_is_refused(&sandbox, &client, id).await?;
    uploads::send_bodies().await
}

/// What the sandbox makes of the contract alone fits the types that are made of it.
async fn answers_of_the_contract(client: &Client, id: Uuid) -> Result<(), Box<dyn Error>> {
    // A list: optional parameters left out, then given.
    let page = client.list_leads("t1").await?;
    assert_eq!(page.data.len(), 1);
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
    assert_eq!(lead.full_name.as_deref(), Some("Secret Name"), "what was sent comes back");

    // No body in the answer.
    let () = client.delete_note(&id, "n2").await?.into_inner();

    // An optional body: absent, then with a null that clears.
    client.update_note(&id, "n1", true).await?;
    let mut update = UpdateNote::new();
    update.content = Some(None);
    let params = UpdateNoteParams::new().dry_run(true).body(update);
    client.update_note_with(&id, "n1", false, &params).await?;

    // A second GET by id, with an envelope of its own.
    let call = client.get_call("c ü?1").await?;
    assert!(call.outcome.is_some());
    client.get_transcript("c1").await?;
    Ok(())
}

/// What services answer and no contract says.
async fn answers_with_more_in_them(
    sandbox: &Sandbox,
    client: &Client,
    id: Uuid,
) -> Result<(), Box<dyn Error>> {
    sandbox.clear_requests();
    for fault in [
        Fault::drift("pagination.total", 7).on("list_leads"),
        Fault::drift("data.custom", 1).on("get_call").times(1),
        Fault::answer(StatusCode::OK)
            .body(r#"{"success":false,"code":"LOCKED"}"#)
            .on("delete_note"),
        Fault::answer(StatusCode::OK)
            .body(r#"{"content":null,"user_id":"user_1"}"#)
            .on("update_note"),
        Fault::answer(StatusCode::OK)
            .body(r#"{"data":"secret words","success":true}"#)
            .on("get_transcript"),
        Fault::answer(StatusCode::OK)
            .body(CALL.replace("LEAD", &lead(id)))
            .on("get_call"),
    ] {
        sandbox.inject(fault).expect("a valid fault");
    }
    let page = client.list_leads("t1").await?;
    assert_eq!(page.pagination.extra.read("total")?, Some(7));
    let call = client.get_call("c1").await?;
    assert_eq!(call.extra.read("custom")?, Some(1));

    let refused = client
        .delete_note(&id, "locked")
        .await
        .expect_err("the body says so");
    assert_eq!(
        (refused.kind(), refused.code()),
        (ErrorKind::Api, Some("LOCKED"))
    );
    let note = client.update_note(&id, "n1", true).await?;
    assert_eq!(note.content, None);
    assert_eq!(note.user_id.as_deref(), Some("user_1"));

    let call = client.get_call("c ü?1").await?;
    assert_eq!(call.id, "call/1");
    assert_eq!(call.outcome, None);
    assert_eq!(call.lead.as_ref().map(|lead| lead.id), Some(id));
    assert_eq!(
        call.tags.as_deref(),
        Some(&["a".to_string(), "a".to_string()][..])
    );
    println!("{call:?}");

    // A single value in an envelope, marked there.
    let transcript = client.get_transcript("c1").await?;
    assert_eq!(*transcript, "secret words");
    println!("{transcript:?}");

    // The first calls again, for the record.
    sandbox.clear_requests();
    sandbox.clear_faults();
    answers_of_the_contract(client, id).await
}

/// A call with everything that may be in one.
const CALL: &str = r#"{"data":{"id":"call/1","outcome":null,"transcript":"secret words","mood":"good","lead":LEAD,"tags":["a","a"],"previous":{"about":{"call":"secret call","unknown":"secret"}},"custom":1,"labels":{"kind":"a","own":"secret label"}},"success":true}"#;

fn lead(id: Uuid) -> String {
    format!(
        r#"{{"id":"{id}","status":"new","created_at":"2026-01-17T08:00:00Z","updated_at":"2026-01-17T08:00:00Z","email":"secret@example.com"}}"#
    )
}

/// What went over the wire, call by call.
fn assert_sent(requests: &[Recorded], id: Uuid) {
    let line = |request: &Recorded| {
        let query = request
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        let body = String::from_utf8_lossy(request.body());
        let line = format!("{} {}{query} {body}", request.method(), request.path());
        line.trim().to_string()
    };
    assert_eq!(
        requests.iter().map(line).collect::<Vec<_>>(),
        [
            "GET /v1/leads".to_string(),
            "GET /v1/leads?limit=20&status=new%20%26%20hot&min_paid_cents=0&source=a&source=b%2Cc&created_after=2026-01-17T08%3A00%3A00Z&order=oldest-first".to_string(),
            "HEAD /v1/leads".to_string(),
            r#"POST /v1/leads {"email":"secret@example.com","full_name":"Secret Name"}"#.to_string(),
            format!("DELETE /v1/leads/{id}/notes/n2"),
            format!("PATCH /v1/leads/{id}/notes/n1?notify=true"),
            format!(r#"PATCH /v1/leads/{id}/notes/n1?notify=false&dry_run=true {{"content":null}}"#),
            "GET /v1/calls/c%20%C3%BC%3F1".to_string(),
            "GET /v1/calls/c1/transcript".to_string(),
        ]
    );
    let headers = |n: usize| requests[n].headers();
    assert_eq!(headers(0)["x-trace"], "t1");
    assert!(!headers(0).contains_key("x-org-id"));
    assert_eq!(headers(1)["x-org-id"], "org 1");
    assert_eq!(headers(3)["content-type"], "application/json");
    assert!(!headers(5).contains_key("content-type"), "no body, no type");
}

/// The sandbox takes a key only where the contract has it.
async fn a_key_in_every_place(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    client.get_order(7).await?;
    client.get_feed("daily").await?;
    client.delete_feed("daily").await?;
    let stranger = Client::builder()
        .base_url(sandbox.base_url())
        .api_key("a:b")
        .build()?;
    stranger.get_status().await?;
    let error = stranger.get_order(7).await.expect_err("the key is unknown");
    assert!(error.is_unauthorized());
    Ok(())
}

/// What comes back names what was asked for, or it is an error that shows nothing of it.
async fn a_response_about_something_else_is_an_error(
    sandbox: &Sandbox,
    client: &Client,
) -> Result<(), Box<dyn Error>> {
    let answer = |body: &str| {
        Fault::answer(StatusCode::OK)
            .body(body.to_string())
            .times(1)
    };
    sandbox
        .inject(answer(r#"{"order_number":8,"remark":"secret remark"}"#).on("get_order"))
        .expect("a valid fault");
    let error = client
        .get_order(7)
        .await
        .expect_err("it is about another order");
    println!("{error} {error:?}");
    sandbox
        .inject(answer(r#"{"success":true,"data":{"type":"secret"}}"#).on("get_feed"))
        .expect("a valid fault");
    let error = client
        .get_feed("daily")
        .await
        .expect_err("it is about another feed");
    println!("{error} {error:?}");

    // The same number, written in another way.
    sandbox
        .inject(answer(r#"{"order_number":7.0}"#).on("get_order"))
        .expect("a valid fault");
    assert_eq!(client.get_order(7).await?.order_number, 7);
    sandbox
        .inject(answer(r#"{"success":true,"data":{"type":"daily"}}"#).on("get_feed"))
        .expect("a valid fault");
    assert_eq!(client.get_feed("daily").await?.type_, "daily");
    Ok(())
}

/// A 404 is "not found" by its code alone.
async fn not_found_is_what_the_contract_calls_so(
    sandbox: &Sandbox,
    client: &Client,
) -> Result<(), Box<dyn Error>> {
    for (code, expected) in [("NO_SUCH_ORDER", true), ("NOT_FOUND", false)] {
        let body = format!(r#"{{"success":false,"error":"No.","code":"{code}"}}"#);
        let fault = Fault::answer(StatusCode::NOT_FOUND).body(body);
        sandbox
            .inject(fault.on("get_order").times(1))
            .expect("a valid fault");
        let error = client.get_order(7).await.expect_err(code);
        assert_eq!(error.is_not_found(), expected, "{code}");
    }
    Ok(())
}

/// Each kind of field is read as sent, comes out as it came, and is left out if it does not fit.
async fn a_field_of_every_kind(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    client.get_sample("made up by the sandbox").await?;

    let sent = r#"{"again":5,"anything":[1.10,{"b":1,"a":2}],"cells":[1.5],"choice":{"count":1,"note":null,"choice":7},"count":12345.0,"caller-name":"dash","caller_name":"plain","extra":"named","vote":"-1","day":"2026-01-17","grid":[[],[1,2.5]],"holes":["a",null],"id":"550e8400-e29b-41d4-a716-446655440000","kind":"hash_map","note":null,"open":{"b":1.10,"a":1e999},"parts":[{"count":2,"note":"n"}],"prices":{"a":100,"b":-150},"seats":4294967295,"small":-5,"views":18446744073709551615,"when":"2026-01-17T08:00:00Z","yes":true,"more":1.10}"#;
    sandbox
        .inject(
            Fault::answer(StatusCode::OK)
                .body(sent)
                .on("get_sample")
                .times(1),
        )
        .expect("a valid fault");
    let sample = client.get_sample("1").await?;
    assert_eq!(
        sample.anything.as_ref().map(|json| json.get()),
        Some(r#"[1.10,{"b":1,"a":2}]"#)
    );
    assert!(matches!(&sample.choice, Some(SampleChoice::Sample(inner))
        if matches!(inner.choice, Some(SampleChoice::Integer(7)))));
    assert_eq!(
        (sample.count, sample.small, sample.yes),
        (12345, Some(-5), Some(true))
    );
    assert_eq!(
        (sample.seats, sample.views),
        (Some(u32::MAX), Some(u64::MAX))
    );
    assert!(matches!(sample.again, Some(SampleChoice::Integer(5))));
    let texts = [&sample.caller_name, &sample.caller_dash_name, &sample.extra_value];
    let texts = texts.map(|text| text.as_deref().unwrap_or_default());
    assert_eq!(texts, ["plain", "dash", "named"]);
    assert_eq!(sample.vote, Some(SampleVote::Minus1));
    assert_eq!(sample.cells, Some(vec![1.5]));
    assert_eq!(sample.grid, Some(vec![vec![], vec![1.0, 2.5]]));
    assert_eq!(sample.holes, Some(vec![Some("a".into()), None]));
    assert_eq!((sample.kind, &sample.note), (Some(Keys::HashMap), &None));
    let open = sample.open.as_ref().and_then(|open| open.get("a"));
    assert_eq!(open.map(|json| json.get()), Some("1e999"));
    assert_eq!(sample.parts.as_ref().map(|parts| parts[0].count), Some(2));
    assert_eq!(
        sample
            .prices
            .as_ref()
            .map(|prices| (prices["a"], prices["b"])),
        Some((100, -150))
    );
    let written = serde_json::to_string(&*sample)?;
    for kept in [
        r#""more":1.10"#,
        r#""caller-name":"dash""#,
        r#""extra":"named""#,
        r#""vote":"-1""#,
        r#""open":{"b":1.10,"a":1e999}"#,
        r#"[1.10,{"b":1,"a":2}]"#,
    ] {
        assert!(written.contains(kept), "{kept} in {written}");
    }
    assert_eq!(serde_json::from_str::<Sample>(&written)?, *sample);
    assert!(
        !format!("{sample:?}").contains("1.1"),
        "what the contract doesn't know is not shown"
    );

    for (misfit, path) in [
        (r#""count":1,"day":"tomorrow""#, "day"),
        (r#""cells":["x"]"#, "cells[0]"),
        (r#""grid":[[],[1,"x"]]"#, "grid[1][1]"),
        (r#""holes":["a",0]"#, "holes[1]"),
        (r#""id":"no""#, "id"),
        (r#""kind":"other""#, "kind"),
        (r#""open":[]"#, "open"),
        (r#""parts":[{"count":2}]"#, "parts[0].note"),
        (
            r#""parts":[{"count":2,"note":null,"yes":0}]"#,
            "parts[0].yes",
        ),
        (r#""prices":{"a":1,"secret":0.5}"#, "prices.*"),
        (r#""seats":4294967296"#, "seats"),
        (r#""small":2147483648"#, "small"),
        (r#""views":-1"#, "views"),
        (r#""when":"soon""#, "when"),
        (r#""yes":"true""#, "yes"),
        (r#""yes":true,"yes":false"#, "yes"),
    ] {
        let body = format!(
            r#"{{"note":null,{misfit}{}}}"#,
            match misfit.contains("\"count\":1,") {
                true => "",
                false => r#","count":1"#,
            }
        );
        sandbox
            .inject(
                Fault::answer(StatusCode::OK)
                    .body(body)
                    .on("get_sample")
                    .times(1),
            )
            .expect("a valid fault");
        let error = client.get_sample("1").await.expect_err(misfit);
        assert_eq!(
            (error.kind(), error.json_path()),
            (ErrorKind::Decode, Some(path)),
            "{misfit}"
        );
        let salvaged = error.salvage::<Sample>().expect(misfit);
        assert_eq!(salvaged.value.count, 1, "{misfit}");
        assert!(!salvaged.anomalies.is_empty(), "{misfit}");
        assert!(
            error.salvage::<ListLeadsOrder>().is_none(),
            "not the call's own type"
        );
    }
    Ok(())
}

/// A property tells the types of a choice apart, and what is none of them is kept as sent.
async fn a_choice_survives_new_types(
    sandbox: &Sandbox,
    client: &Client,
) -> Result<(), Box<dyn Error>> {
    client.get_signal().await?;
    let signal = async |body: &str| {
        let fault = Fault::answer(StatusCode::OK).body(body.to_owned()).on("get_signal");
        sandbox.inject(fault.times(1)).expect("a valid fault");
        client.get_signal().await
    };
    for kind in ["call", "ring"] {
        let body = format!(r#"{{"kind":"{kind}","at":1,"seconds":7,"text":"of an extra"}}"#);
        let call = signal(&body).await?;
        assert!(matches!(&*call, Signal::CallSignal(call) if (call.at, call.seconds) == (1, 7)));
        assert_eq!(serde_json::to_value(&*call)?, serde_json::from_str::<serde_json::Value>(&body)?);
    }
    let text = signal(r#"{"text":"secret","at":1,"kind":"sms"}"#).await?;
    assert!(matches!(&*text, Signal::TextSignal(text) if text.kind == SignalTextSignalKind::Sms));
    println!("{text:?}");
    for body in [
        r#"{"kind":"fax","at":1,"seconds":7.10}"#,
        r#"{"at":1,"seconds":7}"#,
        r#"{"kind":1}"#,
        r#"["secret"]"#,
        "null",
    ] {
        let unknown = signal(body).await?;
        assert!(matches!(&*unknown, Signal::Unknown(json) if json.get() == body), "{body}");
        println!("{unknown:?}");
    }
    let error = signal(r#"{"kind":"call","at":1,"seconds":"7"}"#).await;
    let error = error.expect_err("it is a call, and none that fits");
    assert_eq!(error.json_path(), Some("seconds"));
    let sample = r#"{"count":1,"note":null,"choice":{"count":"secret"}}"#;
    let sample: Sample = serde_json::from_str(sample)?;
    assert!(matches!(sample.choice, Some(SampleChoice::Unknown(_))));
    println!("{sample:?}");
    Ok(())
}

/// The sandbox checks what it is sent, and whose lead it is.
async fn what_does_not_fit_is_refused(
    sandbox: &Sandbox,
    client: &Client,
    id: Uuid,
) -> Result<(), Box<dyn Error>> {
    let nobody = client.create_lead(&CreateLead::new("", "no address")).await;
    let error = nobody.expect_err("neither fits");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    let error = client
        .list_leads_with("t1", &ListLeadsParams::new().min_paid_cents(-1))
        .await;
    let error = error.expect_err("it is below the minimum");
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));

    let error = client
        .delete_note(&Uuid::nil(), "n1")
        .await
        .expect_err("there is no such lead");
    assert!(error.is_not_found());
    let stranger = Client::builder()
        .base_url(sandbox.base_url())
        .api_key("aura_pk_test_no")
        .build()?;
    let error = stranger
        .delete_note(&id, "n1")
        .await
        .expect_err("the key is unknown");
    assert!(error.is_unauthorized());
    Ok(())
}

/// The items of a stream, and the error that it ends with.
async fn read<T>(
    mut stream: impl Stream<Item = Result<T, aura_client::Error>> + Unpin,
) -> (Vec<T>, Option<aura_client::Error>) {
    let mut items = Vec::new();
    loop {
        match poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
            Some(Ok(item)) => items.push(item),
            Some(Err(error)) => {
                let end = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await;
                assert!(end.is_none(), "an error is the last");
                return (items, Some(error));
            }
            None => return (items, None),
        }
    }
}

/// Every item comes once, in the order of the pages.
async fn pages_are_a_stream(sandbox: &Sandbox, client: &Client) -> Result<(), Box<dyn Error>> {
    sandbox.clear_requests();
    let params = ListEventsParams::new();
    // It holds nothing of what it was made of.
    let stream = {
        let (view, team) = (client.with_max_retries(0), "a b".to_string());
        view.list_events_stream(&team, "call", &params.clone())
    };
    assert_eq!(sandbox.request_count(), 0, "nothing is sent before it is polled");
    let (events, error) = tokio::spawn(read(stream)).await?;
    assert!(error.is_none(), "{error:?}");
    assert_eq!((events.len(), sandbox.request_count()), (25, 3));
    let mut ids: Vec<&str> = events.iter().map(|event| event.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 25, "{events:?}");
    for request in sandbox.requests() {
        assert_eq!(request.path(), "/v1/teams/a%20b/events");
        assert!(request.query().is_some_and(|query| query.contains("kind=call")));
    }

    // The same pages by hand, and from one of them on.
    let small = params.clone().limit(7);
    let first = client.list_events_with("a", "call", &small).await?;
    assert_eq!(first.events.as_deref(), Some(&events[..7]));
    let next = first.page.as_ref().and_then(|page| page.next.clone());
    let rest = small.after(next.expect("there are more"));
    let (rest, error) = read(client.list_events_stream("a", "call", &rest)).await;
    assert!(error.is_none() && rest == events[7..], "{error:?}");

    // An error is the end, and no page is asked for twice.
    let (none, error) = read(client.list_events_stream("a", "call", &params.clone().after("x"))).await;
    assert!(none.is_empty());
    assert_eq!(error.and_then(|error| error.status()), Some(StatusCode::BAD_REQUEST));
    let page = r#"{"events":[{"id":"1"}],"page":{"next":"secret"}}"#;
    let again = Fault::answer(StatusCode::OK).body(page).on("list_events");
    sandbox.inject(again.times(2)).expect("a valid fault");
    sandbox.clear_requests();
    let (events, error) = read(client.list_events_stream("a", "call", &params)).await;
    assert_eq!((events.len(), sandbox.request_count()), (2, 2));
    let error = error.expect("the cursor repeats");
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("page.next")));
    println!("{error} {error:?}");
    Ok(())
}

/// Each call has a key of its own, which its attempts share.
async fn a_repeated_write_is_carried_out_once(
    sandbox: &Sandbox,
    client: &Client,
) -> Result<(), Box<dyn Error>> {
    sandbox.clear_requests();
    let cut_off = Fault::connection_reset().on("create_event").times(1);
    sandbox.inject(cut_off).expect("a valid fault");
    let event = Event::new("e1");
    let created = client.create_event("a", &event).await?;
    assert_eq!((created.attempts(), &created.id), (2, &event.id));
    client.create_event("a", &event).await?;
    let given = Uuid::nil();
    let params = CreateEventParams::new().idempotency_key(given);
    client.create_event_with("a", &event, &params).await?;
    let keys: Vec<Uuid> = sandbox
        .requests()
        .iter()
        .map(|request| {
            let key = request.headers()["idempotency-key"].to_str().expect("text");
            key.parse().expect("a UUID")
        })
        .collect();
    assert_eq!(keys[0], keys[1], "one call, two attempts");
    assert_ne!(keys[1], keys[2], "two calls");
    assert_eq!(keys[3], given);

    // The service knows the key again.
    let error = client.create_event_with("a", &Event::new("e2"), &params).await;
    let error = error.expect_err("the key was used for another event");
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    // A failure that would not be retried without it.
    sandbox
        .inject(Fault::service_unavailable().on("create_event"))
        .expect("a valid fault");
    let error = client.with_max_retries(0).create_event("a", &event).await;
    assert!(error.expect_err("it is down").is_retryable());
    sandbox.clear_faults();
    Ok(())
}
