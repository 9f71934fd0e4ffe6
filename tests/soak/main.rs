//! A hundred thousand calls through faults of all kinds: none is lost, none is doubled, and nothing
//! is left of them. `SOAK_CALLS` sets another number.

mod leads;
mod tally;

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use aura_client::{Client, reqwest};
use aura_sandbox::{Fault, Sandbox};
use peak_alloc::PeakAlloc;
use tokio::runtime::Handle;
use tokio::task::JoinSet;

use tally::Tally;

/// Counts what the process holds; the sandbox is part of it.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Calls between two looks at what the service saw, of which it remembers 10,000.
const BATCH: usize = 4_000;
/// Batches after which all that fills up is full.
const WARM: usize = 5;
/// Calls at a time.
const AT_ONCE: usize = 64;
/// What a call may leave behind, in bytes. Not zero, since maps and buffers breathe.
const LEFT_A_CALL: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_through_faults_lose_nothing_double_nothing_and_leave_nothing() {
    let calls = env::var("SOAK_CALLS").map_or(100_000, |calls| calls.parse().expect("a number"));
    let batches = usize::div_ceil(calls, BATCH).max(WARM + 5);
    let sandbox = Sandbox::builder()
        .leads_json(leads::all())
        .no_rate_limit()
        .seed(1)
        .start();
    let sandbox = sandbox.await.expect("a sandbox");
    faults()
        .into_iter()
        .for_each(|fault| sandbox.inject(fault).expect("a valid fault"));
    let client = client(&sandbox);

    let mut sum = Tally::default();
    let mut warm = 0;
    for batch in 0..batches {
        let tally = ask(&client, batch * BATCH).await;
        tally.agrees_with(&sandbox.requests());
        sum.add(tally);
        sandbox.clear_requests();
        if batch + 1 == WARM {
            warm = held_when_idle().await;
        }
    }
    let left = held_when_idle().await.saturating_sub(warm);

    let counted = (batches - WARM) * BATCH;
    println!("{sum}; {left} bytes are left of the last {counted} calls");
    assert_eq!(sum.calls(), batches * BATCH);
    sum.shows_faults();
    assert!(left < counted * LEFT_A_CALL, "{left} bytes are left");
}

/// What goes wrong, each by chance; one in four calls meets one of them.
fn faults() -> Vec<Fault> {
    let now = Duration::ZERO;
    let faults = [
        (0.05, Fault::latency(Duration::from_millis(2))),
        (0.05, Fault::service_unavailable().retry_after(now)),
        (0.05, Fault::too_many_requests().retry_after(now)),
        (0.02, Fault::connection_reset()),
        (0.02, Fault::truncated_body()),
        (0.01, Fault::internal_server_error().retry_after(now)),
        (0.01, Fault::bad_gateway().retry_after(now)),
        (0.01, Fault::malformed_json()),
        (0.01, Fault::drift("data.total_paid_cents", "12.50")),
        (0.01, Fault::drift("data", "gone")),
    ];
    let faults = faults.into_iter();
    faults
        .map(|(chance, fault)| fault.probability(chance))
        .collect()
}

/// A client whose connections end soon after they were used last.
fn client(sandbox: &Sandbox) -> Client {
    let http = reqwest::Client::builder().pool_idle_timeout(Duration::from_millis(100));
    Client::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .http_client(http.build().expect("valid"))
        .build()
        .expect("valid")
}

/// Makes a batch of calls, so many at a time.
async fn ask(client: &Client, first: usize) -> Tally {
    let next = Arc::new(AtomicUsize::new(first));
    let mut workers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, next) = (client.clone(), Arc::clone(&next));
        workers.spawn(async move {
            let mut tally = Tally::default();
            loop {
                let number = next.fetch_add(1, Relaxed);
                if number >= first + BATCH {
                    return tally;
                }
                let id = leads::id(number);
                tally.count(id, client.get_lead(&id).await);
            }
        });
    }
    let mut tally = Tally::default();
    while let Some(worker) = workers.join_next().await {
        tally.add(worker.expect("no call panics"));
    }
    tally
}

/// The bytes that are held once all connections have ended, those of the sandbox too: each has a
/// task.
async fn held_when_idle() -> usize {
    // The sandbox's own, the pool's, and this test.
    const STANDING: usize = 4;
    let tasks = || Handle::current().metrics().num_alive_tasks();
    // Far longer than an idle connection lives; then it is not idleness that keeps them.
    for _ in 0..3_000 {
        if tasks() <= STANDING {
            return HEAP.current_usage();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} tasks are left", tasks() - STANDING);
}
