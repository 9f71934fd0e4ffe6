//! The client's examples, each the one recipe of its use, against what they must cope with.

use aura_client::serde_json::json;
use aura_client::{ErrorKind, chrono::DateTime, http::StatusCode, types::Lead, uuid::Uuid};
use aura_sandbox::{Fault, RateLimit, Sandbox};

use super::id;

// Their `main` is run as an example of the guide.
#[allow(dead_code, reason = "its main function is not called here")]
#[path = "../../crates/aura-client/examples/commissions.rs"]
mod commissions;
#[allow(dead_code, reason = "its main function is not called here")]
#[path = "../../crates/aura-client/examples/ownership.rs"]
mod ownership;
#[allow(dead_code, reason = "its main function is not called here")]
#[path = "../../crates/aura-client/examples/show_lead.rs"]
mod show_lead;

use commissions::{commission, commissions};
use ownership::is_ours;
use show_lead::show;

/// What says nothing about a lead, though it may look like it does.
fn no_answers() -> [(Fault, ErrorKind); 5] {
    [
        (Fault::answer(StatusCode::NOT_FOUND), ErrorKind::Api),
        (Fault::answer(StatusCode::UNAUTHORIZED), ErrorKind::Api),
        (Fault::service_unavailable(), ErrorKind::Api),
        (Fault::connection_reset(), ErrorKind::Transport),
        // Needs `x-identifies` in the contract: without it, the sandbox responds with the lead.
        (Fault::another_resource(), ErrorKind::Decode),
    ]
}

async fn start() -> Sandbox {
    Sandbox::start().await.expect("a port is free")
}

/// A sandbox of leads that have paid this much, numbered from 0.
async fn with_payments(payments: &[Option<i64>]) -> Sandbox {
    let builder = Sandbox::builder().rate_limit(RateLimit::per_minute(20));
    let leads = (0..).zip(payments).map(|(number, paid)| {
        let created = DateTime::UNIX_EPOCH;
        let mut lead = Lead::new(Uuid::from_u128(number), "customer", created, created);
        lead.total_paid_cents = *paid;
        lead
    });
    let sandbox = leads.fold(builder, |builder, lead| builder.lead(lead));
    sandbox.start().await.expect("a port is free")
}

fn ids(numbers: std::ops::Range<u128>) -> std::collections::BTreeSet<Uuid> {
    numbers.map(Uuid::from_u128).collect()
}

#[tokio::test]
async fn a_lead_is_ours_if_it_comes_and_not_if_the_api_says_so() {
    let sandbox = start().await;
    let client = sandbox.client();

    assert!(is_ours(&client, &id()).await.expect("it is"));
    assert!(!is_ours(&client, &Uuid::nil()).await.expect("it is not"));
}

#[tokio::test]
async fn nothing_else_says_whose_a_lead_is() {
    for (fault, kind) in no_answers() {
        let sandbox = start().await;
        sandbox.inject(fault.clone()).expect("a valid fault");
        let client = sandbox.client().with_max_retries(0);

        let error = is_ours(&client, &id()).await.expect_err("it is unknown");
        assert_eq!(error.kind(), kind, "{fault:?}");
    }
}

#[tokio::test]
async fn a_lead_is_shown_with_what_is_known() {
    let mut lead = super::page_lead();
    lead["id"] = json!(Uuid::nil());
    lead["total_paid_cents"] = json!(-150);
    lead["plan"] = json!("gold");
    lead["company"] = json!(null);
    let builder = Sandbox::builder().lead_json(lead);
    let sandbox = builder.start().await.expect("a port is free");

    let text = show(&sandbox.client(), &Uuid::nil()).await;
    let text = text.expect("no error").expect("it exists");
    assert_eq!(
        text,
        "Name        John Doe\n\
         Company     unknown\n\
         Status      new\n\
         Paid        -1.50\n\
         Plan        gold\n"
    );
    assert!(!text.contains('@'), "what is not asked for is not shown");
}

#[tokio::test]
async fn a_lead_that_does_not_exist_is_not_shown() {
    let shown = show(&start().await.client(), &Uuid::nil()).await;
    assert_eq!(shown.expect("no error"), None);
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_the_rest_is_shown() {
    let sandbox = start().await;
    sandbox
        .inject(Fault::drift("data.total_paid_cents", "12.50"))
        .expect("a valid fault");

    let text = show(&sandbox.client(), &id()).await;
    let text = text.expect("no error").expect("it exists");
    assert!(text.contains("Name        John Doe\n"), "{text}");
    assert!(text.contains("Paid        unknown\n"), "{text}");
    let named = "Unreadable  data.total_paid_cents: expected a whole number, found a string\n";
    assert!(text.ends_with(named), "{text}");

    sandbox.clear_faults();
    sandbox
        .inject(Fault::drift("data.plan", 7))
        .expect("a valid fault");
    let text = show(&sandbox.client(), &id()).await;
    let text = text.expect("no error").expect("it exists");
    assert!(text.contains("Plan        not a text\n"), "{text}");
}

#[tokio::test]
async fn nothing_is_shown_of_what_says_nothing_about_the_lead() {
    for (fault, kind) in no_answers() {
        let sandbox = start().await;
        sandbox.inject(fault.clone()).expect("a valid fault");
        let client = sandbox.client().with_max_retries(0);

        let error = show(&client, &id()).await.expect_err("there is none");
        assert_eq!(error.kind(), kind, "{fault:?}");
    }
}

#[test]
fn a_commission_is_exact_and_a_refund_takes_it_back() {
    for (paid, owed) in [
        (0, 0),
        (20_000, 1_450),
        (100, 7),
        // Half a cent: 14.5 cents of 2.00.
        (200, 15),
        (-200, -15),
        (-150, -11),
        (i64::MAX, 668_694_472_671_971_246_i128),
        (i64::MIN, -668_694_472_671_971_246),
    ] {
        assert_eq!(commission(paid), owed, "{paid}");
        let refund = commission(paid.saturating_neg());
        assert_eq!(refund, -owed, "{paid}");
    }
}

#[test]
fn cents_are_written_exactly() {
    for (cents, text) in [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (-150, "-1.50"),
        (12_345, "123.45"),
        (i128::MIN, "-1701411834604692317316873037158841057.28"),
    ] {
        assert_eq!(show_lead::money(cents), text);
        assert_eq!(commissions::money(cents), text);
    }
}

#[tokio::test]
async fn what_is_unknown_or_not_found_is_listed_and_not_counted() {
    let sandbox = with_payments(&[Some(20_000), None, Some(-150), Some(0)]).await;

    let statement = commissions(&sandbox.client(), ids(0..5)).await;
    let statement = statement.expect("the key is accepted");
    assert_eq!(statement.cents, 1_450 - 11);
    assert_eq!(statement.unknown, [Uuid::from_u128(1)]);
    assert_eq!(statement.not_found, [Uuid::from_u128(4)]);
    assert!(statement.failed.is_empty(), "{statement:?}");
}

#[tokio::test]
async fn an_amount_that_does_not_fit_is_unknown_and_another_field_does_no_harm() {
    let sandbox = with_payments(&[Some(20_000)]).await;
    for (path, value, cents, unknown) in [
        ("data.total_paid_cents", json!("200.00"), 0, 1),
        ("data.total_paid_cents", json!(12.5), 0, 1),
        ("data.timezone", json!(7), 1_450, 0),
    ] {
        sandbox
            .inject(Fault::drift(path, value).times(1))
            .expect("a valid fault");

        let statement = commissions(&sandbox.client(), ids(0..1)).await;
        let statement = statement.expect("the key is accepted");
        assert_eq!(statement.cents, cents, "{path}");
        assert_eq!(statement.unknown.len(), unknown, "{path}");
    }
}

#[tokio::test]
async fn a_lead_that_cannot_be_read_is_listed_and_a_rejected_key_ends_it() {
    for (fault, kind) in no_answers() {
        let sandbox = with_payments(&[Some(20_000)]).await;
        sandbox.inject(fault.clone()).expect("a valid fault");
        let client = sandbox.client().with_max_retries(0);

        let error = match commissions(&client, ids(0..1)).await {
            Ok(mut statement) => {
                assert_eq!((statement.cents, statement.not_found.len()), (0, 0));
                let (_, error) = statement.failed.pop().expect("it is listed");
                assert!(!error.is_unauthorized(), "{error}");
                error
            }
            Err(error) => {
                assert!(error.is_unauthorized(), "{error}");
                error
            }
        };
        assert_eq!(error.kind(), kind, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn none_of_many_calls_is_rejected_for_the_rate_limit() {
    // At 20 a minute.
    let sandbox = with_payments(&[Some(100); 100]).await;

    let statement = commissions(&sandbox.client(), ids(0..100)).await;
    let statement = statement.expect("the key is accepted");
    assert_eq!(statement.cents, 700, "{statement:?}");
    assert_eq!(sandbox.request_count(), 100);
}
