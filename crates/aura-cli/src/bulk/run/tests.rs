//! Runs against a service that counts, in virtual time.

use std::sync::{Arc, Mutex};

use aura_client::bytes::Bytes;
use aura_client::chrono::DateTime;

use super::*;
use crate::bulk::pacer::Reading;

/// A service that counts requests by the minute, in virtual time.
#[derive(Debug)]
struct Service {
    begun: Instant,
    limit: u64,
    /// Requests that others make in each window with the same key.
    others: u64,
    ends: Instant,
    used: u64,
    refused: u64,
    asked: u64,
    in_flight: usize,
    most_in_flight: usize,
}

impl Service {
    fn new(limit: u64, others: u64) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self {
            begun: Instant::now(),
            limit,
            others,
            ends: Instant::now(),
            used: 0,
            refused: 0,
            asked: 0,
            in_flight: 0,
            most_in_flight: 0,
        }))
    }

    fn answer(&mut self, id: Uuid) -> Asked {
        let now = Instant::now();
        self.asked += 1;
        if self.ends <= now {
            self.ends = now + Duration::from_secs(60);
            self.used = 0;
        }
        // The others come in the middle of the window, unseen.
        if self.used == self.limit / 2 {
            self.used += self.others;
        }
        let granted = self.used < self.limit;
        self.used += u64::from(granted);
        self.refused += u64::from(!granted);
        // Whole seconds, as in the headers.
        let seconds = |time: Instant| {
            let seconds = (time - self.begun).as_secs() as i64;
            DateTime::from_timestamp(seconds, 0).expect("a time")
        };
        let remaining = self.limit.saturating_sub(self.used);
        let wait = self.ends - now;
        Asked {
            answer: match granted {
                true => lead(id),
                false => Answer::MayPass(Failure::new(Kind::RateLimited, "429"), Some(wait)),
            },
            answered: true,
            reading: Reading::new(remaining, seconds(self.ends), Some(seconds(now)), now),
        }
    }
}

fn lead(id: Uuid) -> Answer {
    Answer::Lead(Lead {
        body: Bytes::copy_from_slice(id.as_bytes()),
        misfits: Vec::new(),
    })
}

async fn latency() {
    tokio::time::sleep(Duration::from_millis(fastrand::u64(1..200))).await;
}

fn ids(number: u128) -> Vec<Uuid> {
    (1..=number).map(Uuid::from_u128).collect()
}

/// What was told of a run: the ids of leads, and how many failed.
async fn run<F>(given: Vec<Uuid>, ask: impl Fn(Uuid) -> F) -> (Vec<Uuid>, u64, Ended)
where
    F: Future<Output = Asked> + Send + 'static,
{
    let ids = Ids::given(given).expect("a thread");
    let (mut leads, mut failed) = (Vec::new(), 0);
    let run = Run::new(ids, Seen::default(), 8, ask);
    let ended = run.run(Interrupt::never(), |event| {
        match event {
            Event::Lead(lead) => leads.push(Uuid::from_slice(&lead.body).expect("an id")),
            Event::Failed(_) => failed += 1,
            Event::Skipped | Event::Waiting(_) | Event::Ending => {}
        }
        Ok(ControlFlow::Continue(()))
    });
    let ended = ended.await.expect("it runs");
    (leads, failed, ended)
}

async fn run_against(service: &Arc<Mutex<Service>>, given: Vec<Uuid>) -> (Vec<Uuid>, u64, Ended) {
    let service = service.clone();
    run(given, move |id| {
        let service = service.clone();
        async move {
            let now = || service.lock().expect("unpoisoned");
            {
                let mut service = now();
                service.in_flight += 1;
                service.most_in_flight = service.most_in_flight.max(service.in_flight);
            }
            latency().await;
            let asked = now().answer(id);
            latency().await;
            now().in_flight -= 1;
            asked
        }
    })
    .await
}

#[tokio::test(start_paused = true)]
async fn leads_come_in_the_order_of_their_ids_and_once_each() {
    let service = Service::new(10_000, 0);
    let mut given = ids(300);
    given.extend(ids(300));
    let (leads, failed, ended) = run_against(&service, given).await;

    assert_eq!((leads, failed), (ids(300), 0));
    assert!(matches!(ended, Ended::Whole));
    let service = service.lock().expect("unpoisoned");
    assert_eq!((service.asked, service.most_in_flight), (300, 8));
}

#[tokio::test(start_paused = true)]
async fn over_many_windows_not_one_request_is_refused() {
    let service = Service::new(100, 0);
    let begun = Instant::now();
    let (leads, failed, _) = run_against(&service, ids(450)).await;

    assert_eq!((leads, failed), (ids(450), 0));
    assert_eq!(service.lock().expect("unpoisoned").refused, 0);
    let took = begun.elapsed();
    let least = Duration::from_secs(4 * 60);
    assert!(
        least <= took && took < least + Duration::from_secs(30),
        "{took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_others_take_is_waited_for_and_asked_again() {
    let service = Service::new(20, 8);
    let (leads, failed, _) = run_against(&service, ids(100)).await;

    assert_eq!((leads, failed), (ids(100), 0));
    // Each time, no more than were in flight when the others came.
    let service = service.lock().expect("unpoisoned");
    assert!(service.refused <= 8 * 10, "{service:?}");
}

fn failed(kind: Kind, answered: bool) -> Asked {
    Asked {
        answer: Answer::MayPass(Failure::new(kind, "it failed"), None),
        answered,
        reading: None,
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_down_is_not_asked_thrice_as_often() {
    let asked = Arc::new(Mutex::new(0));
    let count = asked.clone();
    let (leads, failures, ended) = run(ids(200), move |_| {
        *count.lock().expect("unpoisoned") += 1;
        async {
            latency().await;
            failed(Kind::Unavailable, true)
        }
    })
    .await;

    assert_eq!((leads.len(), failures), (0, 200));
    assert!(matches!(ended, Ended::Whole));
    assert_eq!(
        *asked.lock().expect("unpoisoned"),
        200 + u64::from(RETRIES_IN_A_ROW)
    );
}

#[tokio::test(start_paused = true)]
async fn refusals_by_the_limit_leave_a_lead_its_other_tries() {
    let tries = Arc::new(Mutex::new(0));
    let (leads, failures, _) = run(ids(1), |id| {
        let mut tries = tries.lock().expect("unpoisoned");
        *tries += 1;
        let asked = match *tries {
            1..=5 => failed(Kind::RateLimited, true),
            6 | 7 => failed(Kind::Network, false),
            _ => Asked {
                answer: lead(id),
                answered: true,
                reading: None,
            },
        };
        async { asked }
    })
    .await;

    assert_eq!((leads.len(), failures), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn where_nothing_answers_the_run_ends_early() {
    let (_, failures, ended) = run(ids(200), |_| async { failed(Kind::Network, false) }).await;

    assert!(matches!(ended, Ended::Stopped(_)), "{ended:?}");
    assert_eq!(failures, u64::from(SILENT_IN_A_ROW));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_asks_for_hours_ends_the_run() {
    let (_, failures, ended) = run(ids(20), |_| async {
        let failure = Failure::new(Kind::RateLimited, "429");
        Asked {
            answer: Answer::MayPass(failure, Some(Duration::from_secs(7_200))),
            answered: true,
            reading: None,
        }
    })
    .await;

    assert!(matches!(ended, Ended::Stopped(_)), "{ended:?}");
    assert_eq!(failures, 1);
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_run_says_that_it_waits_for_what_is_in_flight() {
    let ids = Ids::given(ids(50)).expect("a thread");
    let run = Run::new(ids, Seen::default(), 8, |id| async move {
        latency().await;
        Asked {
            answer: lead(id),
            answered: true,
            reading: None,
        }
    });
    let mut said = 0;
    let ended = run.run(Interrupt::came_already(), |event| {
        said += u32::from(matches!(event, Event::Ending));
        Ok(ControlFlow::Continue(()))
    });
    assert!(matches!(ended.await, Ok(Ended::Interrupted)));
    assert_eq!(said, 1);
}
