use std::sync::Arc;

use super::*;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn limited(remaining: u64, reset: i64, left: Duration) -> Outcome {
    Outcome::Limited(RateLimit::of_window(remaining, reset, left))
}

fn pacer() -> Arc<Pacer> {
    Arc::default()
}

/// A deadline that leaves this long.
async fn turn(pacer: &Pacer, wait: Duration) -> Result<Place<'_>, NoTurn> {
    pacer.turn(Deadline::after(wait)).await
}

#[tokio::test(start_paused = true)]
async fn calls_start_in_the_order_in_which_they_came() {
    let pacer = pacer();
    let first = turn(&pacer, Duration::MAX).await.expect("nobody is there");
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut calls = Vec::new();
    for number in 0..10 {
        let (pacer, order) = (pacer.clone(), order.clone());
        calls.push(tokio::spawn(async move {
            let place = turn(&pacer, Duration::MAX).await.expect("in time");
            order.lock().expect("no panic").push(number);
            place.end(|| limited(0, 100, seconds(30)));
        }));
        tokio::task::yield_now().await;
    }
    first.end(|| limited(0, 100, seconds(30)));
    for call in calls {
        call.await.expect("no panic");
    }

    assert!(order.lock().expect("no panic").iter().copied().eq(0..10));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_frees_its_place() {
    let pacer = pacer();
    let first = turn(&pacer, Duration::MAX).await.expect("nobody is there");
    let waiting = tokio::time::timeout(seconds(1), turn(&pacer, Duration::MAX));
    assert!(waiting.await.is_err(), "the first one finds out");
    drop(first);

    let next = tokio::time::timeout(seconds(1), turn(&pacer, Duration::MAX)).await;
    assert!(next.is_ok_and(|turn| turn.is_ok()));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_cannot_end_in_time_is_not_begun() {
    let pacer = pacer();
    let first = turn(&pacer, Duration::MAX).await.expect("nobody is there");
    first.end(|| limited(0, 100, seconds(30)));
    let begun = Instant::now();
    let retry_after = Some(seconds(31));

    let no_turn = turn(&pacer, seconds(20)).await.err();
    assert_eq!(no_turn, Some(NoTurn { retry_after }));
    assert_eq!(begun.elapsed(), Duration::ZERO);
    assert!(turn(&pacer, seconds(40)).await.is_ok());
    assert_eq!(begun.elapsed(), seconds(31));
}

#[tokio::test(start_paused = true)]
async fn a_call_leaves_the_queue_when_its_time_is_over() {
    let pacer = pacer();
    let first = turn(&pacer, Duration::MAX).await.expect("nobody is there");
    let begun = Instant::now();

    assert!(turn(&pacer, seconds(5)).await.is_err());
    assert_eq!(begun.elapsed(), seconds(5));
    drop(first);
    assert!(turn(&pacer, seconds(5)).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn calls_that_do_not_wait_are_counted() {
    let pacer = pacer();
    let first = turn(&pacer, Duration::MAX).await.expect("nobody is there");
    first.end(|| limited(2, 100, seconds(30)));
    let begun = Instant::now();
    let sent_at_once = [pacer.place(), pacer.place()];

    assert!(
        turn(&pacer, seconds(10)).await.is_err(),
        "they may be the last"
    );
    drop(sent_at_once);
    assert!(turn(&pacer, Duration::MAX).await.is_ok());
    assert_eq!(begun.elapsed(), seconds(31));
}
