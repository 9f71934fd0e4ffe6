//! What a call does without a tokio runtime: the guide's page `blocking` says so.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};

use aura_client::Client;
use aura_sandbox::Sandbox;
use tokio::runtime::{Builder, Runtime};

use super::id;

/// The message with which a call panics when it is polled.
fn panic_of(client: &Client) -> String {
    let id = id();
    let polled = catch_unwind(AssertUnwindSafe(|| {
        let call = pin!(client.get_lead(&id));
        let _ = call.poll(&mut Context::from_waker(Waker::noop()));
    }));
    let panic = polled.expect_err("it panics");
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => panic
            .downcast::<&str>()
            .map(|message| message.to_string())
            .expect("a message"),
    }
}

#[test]
fn a_call_without_a_runtime_panics_before_anything_is_sent() {
    let elsewhere = Runtime::new().expect("a runtime");
    let sandbox = elsewhere
        .block_on(Sandbox::start())
        .expect("a port is free");
    let client = sandbox.client();

    let message = panic_of(&client);
    assert!(
        message.contains(
            "there is no reactor running, must be called from the context of a Tokio 1.x runtime"
        ),
        "{message}"
    );

    let without_timers = Builder::new_current_thread().enable_io().build();
    let without_timers = without_timers.expect("a runtime");
    let _entered = without_timers.enter();
    let message = panic_of(&client);
    assert!(message.contains("timers are disabled"), "{message}");

    assert_eq!(sandbox.request_count(), 0);
}
