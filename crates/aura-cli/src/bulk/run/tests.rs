//! Runs against a service in virtual time.

use std::sync::{Arc, Mutex};

use super::*;
use crate::failure::Kind;

fn lead(id: Uuid) -> Asked {
    let body = format!(r#"{{"data":{{"id":"{id}"}}}}"#);
    Asked {
        answer: Answer::Lead(Lead::new(id, body.into()).expect("a lead")),
        answered: true,
        window_is_full: None,
    }
}

fn failed(kind: Kind, answered: bool, wait: Option<Duration>) -> Asked {
    Asked {
        answer: Answer::Failed(Failure::new(kind, "it failed"), wait),
        answered,
        window_is_full: None,
    }
}

async fn latency() {
    tokio::time::sleep(Duration::from_millis(fastrand::u64(1..200))).await;
}

fn ids(number: u128) -> Vec<Uuid> {
    (1..=number).map(Uuid::from_u128).collect()
}

fn id_of(lead: &Lead) -> Uuid {
    let id = lead.data().member("id").and_then(|id| id.string());
    id.expect("an ID").parse().expect("a UUID")
}

/// What was told of a run: the ids of leads, and how many failed.
async fn run<F>(given: Vec<Uuid>, ask: impl Fn(Uuid) -> F) -> (Vec<Uuid>, u64, Ended)
where
    F: Future<Output = Asked> + Send + 'static,
{
    let ids = Ids::given(given).expect("a thread");
    let (mut leads, mut failed) = (Vec::new(), 0);
    let run = Run::new(ids, SeenIds::default(), 8, ask);
    let ended = run.run(Interrupt::never(), |event| {
        match event {
            Event::Lead(lead, _) => leads.push(id_of(&lead)),
            Event::Failed(_) => failed += 1,
            Event::Skipped | Event::Waiting(_) => {}
        }
        Ok(ControlFlow::Continue(()))
    });
    let ended = ended.await.expect("it runs");
    (leads, failed, ended)
}

#[tokio::test(start_paused = true)]
async fn leads_come_in_the_order_of_their_ids_and_once_each() {
    let in_flight = Arc::new(Mutex::new((0, 0, 0)));
    let mut given = ids(300);
    given.extend(ids(300));
    let counted = in_flight.clone();
    let (leads, failed, ended) = run(given, move |id| {
        let counted = counted.clone();
        async move {
            {
                let mut counted = counted.lock().expect("unpoisoned");
                *counted = (counted.0 + 1, counted.1 + 1, counted.2.max(counted.1 + 1));
            }
            latency().await;
            counted.lock().expect("unpoisoned").1 -= 1;
            lead(id)
        }
    })
    .await;

    assert_eq!((leads, failed), (ids(300), 0));
    assert!(matches!(ended, Ended::Whole));
    let (asked, _, most_in_flight) = *in_flight.lock().expect("unpoisoned");
    assert_eq!((asked, most_in_flight), (300, 8));
}

#[tokio::test(start_paused = true)]
async fn where_nothing_answers_the_run_ends_early() {
    let (_, failures, ended) =
        run(ids(200), |_| async { failed(Kind::Network, false, None) }).await;

    assert!(matches!(ended, Ended::Stopped(_)), "{ended:?}");
    assert_eq!(failures, u64::from(SILENT_IN_A_ROW));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_asks_for_hours_ends_the_run() {
    let hours = Some(Duration::from_secs(7_200));
    let (_, failures, ended) = run(ids(20), move |id| async move {
        match id == Uuid::from_u128(1) {
            true => failed(Kind::RateLimited, true, hours),
            false => std::future::pending().await,
        }
    })
    .await;

    assert!(matches!(ended, Ended::Stopped(_)), "{ended:?}");
    assert_eq!(failures, 1);
}

#[tokio::test(start_paused = true)]
async fn a_full_window_is_told_until_the_next_lead_comes() {
    let ids = Ids::given(ids(3)).expect("a thread");
    let run = Run::new(ids, SeenIds::default(), 1, |id| async move {
        let full = (id == Uuid::from_u128(2)).then(|| Duration::from_secs(30));
        Asked {
            window_is_full: full,
            ..lead(id)
        }
    });
    let mut told = Vec::new();
    let ended = run.run(Interrupt::never(), |event| {
        told.extend(match event {
            Event::Waiting(wait) => Some(wait.map(|wait| wait.as_secs())),
            _ => None,
        });
        Ok(ControlFlow::Continue(()))
    });
    assert!(matches!(ended.await, Ok(Ended::Whole)));
    assert_eq!(told, [Some(30), None]);
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_run_does_not_wait_for_what_is_in_flight() {
    let ids = Ids::given(ids(50)).expect("a thread");
    let run = Run::new(ids, SeenIds::default(), 8, |_| std::future::pending());
    let ended = run.run(Interrupt::came_already(), |_| Ok(ControlFlow::Continue(())));

    assert!(matches!(ended.await, Ok(Ended::Interrupted(_))));
}
