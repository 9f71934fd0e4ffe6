use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::*;
use crate::Client;
use crate::answer::Answer;

const GET: Context = Context {
    operation: "get_lead",
    idempotent: true,
    not_found: None,
    redirects: false,
};
const POST: Context = Context {
    operation: "create_lead",
    idempotent: false,
    not_found: None,
    redirects: false,
};

type Fail = fn(Context) -> Error;

fn client(retries: u32) -> Client {
    let builder = Client::builder().api_key("aura_pk_live_1");
    builder.max_retries(retries).build().expect("valid")
}

/// Spends what is left in the retry budget.
fn retries_paid_for(client: &Client) -> usize {
    let budget = &settings(client).retries.budget;
    std::iter::from_fn(|| budget.take().map(Payment::spend)).count()
}

fn settings(client: &Client) -> &Settings {
    let call = client.call(Operation {
        id: "get_lead",
        method: Method::GET,
        path: "/",
        security: Scheme::Bearer,
        not_found: None,
    });
    call.settings
}

fn answer(context: Context, status: u16, headers: &[(HeaderName, &'static str)]) -> Answer {
    let pairs = headers.iter().cloned();
    let headers: HeaderMap = pairs
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .collect();
    Answer {
        context,
        attempts: 0,
        status: StatusCode::from_u16(status).expect("a status"),
        headers,
        body: format!(r#"{{"requestId":"req_{status}"}}"#).into(),
        received: std::time::SystemTime::UNIX_EPOCH,
    }
}

fn success(context: Context, status: u16, headers: &[(HeaderName, &'static str)]) -> Received {
    let answer = answer(context, status, headers);
    Received { answer, body: None }
}

fn api(context: Context, status: u16, headers: &[(HeaderName, &'static str)]) -> Error {
    Error::of_answer(
        ErrorKind::Api,
        "the API answered",
        answer(context, status, headers),
    )
}

fn plain(context: Context, kind: ErrorKind) -> Error {
    Error::new(kind, "it failed").in_call(context, 1)
}

/// When attempts began, in virtual time, and how the last one ended, if each fails as `fail` says.
async fn run(
    client: &Client,
    total: Duration,
    fail: impl Fn(u32) -> Result<Received, Error>,
) -> (Vec<Duration>, Result<Received, Error>) {
    let begun = RefCell::new(Vec::new());
    let start = Instant::now();
    let client = client.with_timeout(total);
    let outcome = Attempts::new(settings(&client), GET, Scheme::Bearer)
        .run(|number, _, _| {
            begun.borrow_mut().push(start.elapsed());
            std::future::ready(fail(number))
        })
        .await;
    (begun.into_inner(), outcome)
}

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn a_wait_is_begun_only_if_another_attempt_fits_behind_it() {
    for (attempt, retried) in [
        (Duration::from_secs(24), true),
        (Duration::from_secs(26), false),
    ] {
        let begun = RefCell::new(0);
        let client = client(1);
        let mut attempts = Attempts::new(settings(&client), GET, Scheme::Bearer);
        let outcome = attempts.run(|_, _, _| {
            *begun.borrow_mut() += 1;
            async move {
                tokio::time::sleep(attempt).await;
                Err(api(GET, 503, &[(RETRY_AFTER, "10")]))
            }
        });
        let error = outcome.await.err().expect("it fails");

        assert_eq!(*begun.borrow() == 2, retried, "{attempt:?}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(10)));
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_again_for_an_idempotent_method_alone() {
    let retried = |context, error: Fail| async move {
        let (begun, outcome) = run(&client(2), MINUTE, |_| Err(error(context))).await;
        outcome.err().expect("each attempt fails");
        begun.len() == 3
    };
    let cases: [(Fail, bool); 16] = [
        (|call| plain(call, ErrorKind::Connect), true),
        (|call| plain(call, ErrorKind::Timeout), true),
        (|call| plain(call, ErrorKind::Transport), true),
        (|call| api(call, 408, &[]), true),
        (|call| api(call, 429, &[]), true),
        (|call| api(call, 500, &[]), true),
        (|call| api(call, 502, &[]), true),
        (|call| api(call, 503, &[]), true),
        (|call| api(call, 504, &[]), true),
        (|call| api(call, 403, &[(RETRY_AFTER, "1")]), true),
        (|call| api(call, 403, &[]), false),
        (|call| api(call, 404, &[]), false),
        (|call| api(call, 501, &[]), false),
        (|call| api(call, 302, &[]), false),
        (|call| plain(call, ErrorKind::Decode), false),
        (|call| plain(call, ErrorKind::BodyTooLarge), false),
    ];
    for (error, expected) in cases {
        assert_eq!(retried(GET, error).await, expected, "{:?}", error(GET));
        assert!(!retried(POST, error).await, "{:?}", error(POST));
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_ends_it() {
    let (begun, outcome) = run(&client(5), MINUTE, |number| match number {
        3 => Ok(success(GET, 200, &[])),
        _ => Err(api(GET, 503, &[])),
    })
    .await;

    assert!(outcome.is_ok());
    assert_eq!(begun.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn zero_turns_retries_off() {
    let (begun, _) = run(&client(0), MINUTE, |_| Err(api(GET, 503, &[]))).await;

    assert_eq!(begun.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_the_api_asks_for_wins_over_backoff() {
    let ms = HeaderName::from_static("retry-after-ms");
    for (headers, wait) in [
        (&[(RETRY_AFTER, "20")][..], Duration::from_secs(20)),
        (
            &[(ms, "1500"), (RETRY_AFTER, "20")],
            Duration::from_millis(1_500),
        ),
    ] {
        let (begun, _) = run(&client(1), MINUTE, |_| Err(api(GET, 503, headers))).await;
        let most = wait + Duration::from_millis(1_001);
        assert!(wait <= begun[1] && begun[1] <= most, "{begun:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_not_begun_and_not_paid() {
    let client = client(2);
    for asked in ["61", "99999999999"] {
        let fail = |_| Err(api(GET, 429, &[(RETRY_AFTER, asked)]));
        let (begun, outcome) = run(&client, MINUTE, fail).await;
        let error = outcome.err().expect("it fails");

        assert_eq!(begun.len(), 1);
        assert_eq!(error.kind(), ErrorKind::Api);
        let seconds = error.retry_after().map(|wait| wait.as_secs().to_string());
        assert_eq!(seconds.as_deref(), Some(asked));
    }
    assert_eq!(retries_paid_for(&client), 100);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_keeps_what_the_last_answer_said() {
    let (_, outcome) = run(&client(3), MINUTE, |number| {
        Err(match number {
            1 | 2 => api(GET, 501 + number as u16, &[(RETRY_AFTER, "7")]),
            3 => plain(GET, ErrorKind::Connect),
            _ => plain(GET, ErrorKind::Timeout),
        })
    })
    .await;
    let error = outcome.err().expect("it fails");

    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(error.request_id(), Some("req_503"));
    assert!(error.body().is_some());
    assert_eq!(error.retry_after(), None, "that has been waited for");
}

#[tokio::test(start_paused = true)]
async fn what_an_earlier_answer_asked_for_is_not_waited_for_twice() {
    let (begun, _) = run(&client(2), MINUTE, |number| {
        Err(match number {
            1 => api(GET, 503, &[(RETRY_AFTER, "20")]),
            _ => plain(GET, ErrorKind::Timeout),
        })
    })
    .await;

    assert!(
        begun[2] - begun[1] <= Duration::from_millis(500),
        "{begun:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn successes_fill_the_budget_again() {
    let client = client(1);
    retries_paid_for(&client);
    for _ in 0..5 {
        let (_, outcome) = run(&client, MINUTE, |_| Ok(success(GET, 200, &[]))).await;
        assert!(outcome.is_ok());
    }
    let mut begun = Vec::new();
    for _ in 0..2 {
        begun.push(
            run(&client, MINUTE, |_| Err(api(GET, 503, &[])))
                .await
                .0
                .len(),
        );
    }

    assert_eq!(begun, [2, 1], "five successes pay for one retry");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_pays_nothing() {
    let client = client(1);
    for _ in 0..200 {
        let call = run(&client, MINUTE, |_| {
            Err(api(GET, 503, &[(RETRY_AFTER, "20")]))
        });
        let dropped = tokio::time::timeout(Duration::from_secs(1), call).await;
        assert!(dropped.is_err(), "it waits");
    }
    let (begun, _) = run(&client, MINUTE, |_| Err(api(GET, 503, &[]))).await;

    assert_eq!(begun.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_largest_number_of_retries_is_bounded_by_the_budget_alone() {
    let (begun, _) = run(&client(u32::MAX), Duration::MAX, |_| {
        Err(api(GET, 503, &[]))
    })
    .await;

    assert_eq!(begun.len(), 101);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_retries_of_a_client_and_no_more_while_the_service_is_down() {
    let client = client(2);
    let mut attempts = 0;
    for _ in 0..200 {
        let (begun, _) = run(&client, MINUTE, |_| Err(api(GET, 503, &[]))).await;
        attempts += begun.len();
    }

    assert_eq!(attempts, 300);
}

/// A provider that gives these keys one after another, and the last one again and again.
fn keys(keys: &'static [&'static str]) -> Client {
    let given = Mutex::new(keys.iter().copied());
    let provider = move || {
        let mut given = given.lock().expect("no panic");
        let key = given.next().unwrap_or(keys[keys.len() - 1]);
        async move { Ok(key.to_owned()) }
    };
    let builder = Client::builder().api_key_provider(provider);
    builder.build().expect("valid")
}

/// How often each key was tried, if the service accepts the one called `good`.
async fn tried(client: &Client) -> (usize, Result<Received, Error>) {
    let number = RefCell::new(0);
    let good = ApiKey::new("good").expect("not empty").expect("valid");
    let outcome = Attempts::new(settings(client), GET, Scheme::Bearer)
        .run(|_, _, key| {
            *number.borrow_mut() += 1;
            std::future::ready(match key.as_ref() == Some(&good) {
                true => Ok(success(GET, 200, &[])),
                false => Err(api(GET, 401, &[])),
            })
        })
        .await;
    (number.into_inner(), outcome)
}

#[tokio::test(start_paused = true)]
async fn a_key_that_has_expired_is_replaced_once() {
    for (given, attempts, status) in [
        (&["good"][..], 1, None),
        (&["old", "good"], 2, None),
        (&["old", "older", "good"], 2, Some(401)),
        (&["old"], 1, Some(401)),
    ] {
        let client = keys(given);
        let (tried, outcome) = tried(&client).await;
        let error = outcome.err();

        assert_eq!(tried, attempts, "{given:?}");
        let found = error.and_then(|error| error.status());
        assert_eq!(found.map(|status| status.as_u16()), status, "{given:?}");
        assert_eq!(retries_paid_for(&client), 100, "it is no retry");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_comes_from_no_provider_is_not_tried_again() {
    let (tried, outcome) = tried(&client(2)).await;

    assert_eq!(tried, 1);
    assert!(outcome.err().is_some_and(|error| error.is_unauthorized()));
}

#[tokio::test(start_paused = true)]
async fn a_provider_runs_within_the_deadlines() {
    let hangs = || std::future::pending();
    let client = Client::builder().api_key_provider(hangs).build();
    let client = client.expect("valid").with_timeout(MINUTE);
    let begun = Instant::now();
    let error = tried(&client).await.1.err().expect("no key comes");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert_eq!(begun.elapsed(), Duration::from_secs(15));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_rejected_goes_back_to_the_queue_without_a_retry() {
    let client = client(0).with_rate_limit_wait(Duration::MAX);
    let fail = |number| match number {
        20 => Ok(success(POST, 200, &[])),
        _ => Err(api(POST, 429, &[(RETRY_AFTER, "30")])),
    };
    let (begun, outcome) = run(&client, Duration::from_secs(1), fail).await;

    assert!(outcome.is_ok());
    assert_eq!(begun.len(), 20);
    assert!(begun[19] >= Duration::from_secs(19 * 30), "{begun:?}");
    assert_eq!(retries_paid_for(&client), 100);
}

#[tokio::test(start_paused = true)]
async fn the_longest_wait_bounds_all_waits_of_a_call_and_the_last_error_comes_out() {
    let client = client(0).with_rate_limit_wait(Duration::from_secs(70));
    let reject = |_| Err(api(GET, 429, &[(RETRY_AFTER, "30")]));
    let (begun, outcome) = run(&client, MINUTE, reject).await;
    let error = outcome.err().expect("it is rejected each time");

    assert_eq!(begun.len(), 3, "at once, after 30 s and after 60 s");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));

    let hasty = client.with_rate_limit_wait(Duration::from_secs(10));
    let (begun, outcome) = run(&hasty, MINUTE, reject).await;
    let error = outcome.err().expect("the pause goes on");

    assert_eq!((begun.len(), error.attempts()), (0, 0), "{error}");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.is_rate_limited() && error.is_retryable() && error.is_timeout());
    assert!(error.retry_after() >= Some(Duration::from_secs(30)));
}

#[tokio::test(start_paused = true)]
async fn a_rejected_call_is_not_queued_without_time_for_another_attempt() {
    let client = client(0).with_rate_limit_wait(Duration::MAX);
    let client = client.with_timeout(Duration::from_secs(1));
    let mut attempts = Attempts::new(settings(&client), GET, Scheme::Bearer);
    let outcome = attempts.run(|_, _, _| async {
        tokio::time::sleep(Duration::from_millis(900)).await;
        Err(api(GET, 429, &[(RETRY_AFTER, "30")]))
    });
    let error = outcome.await.err().expect("it is rejected");

    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_gets_no_turn_is_not_paid_for() {
    let client = client(2).with_rate_limit_wait(Duration::from_secs(1));
    let fail = |_| Err(api(GET, 503, &[]));
    let held = client.with_rate_limit_wait(Duration::from_secs(5));
    let paused = settings(&client).pacer.clone();
    let (begun, outcome) = run(&held, MINUTE, |number| {
        paused.rejected(Duration::from_secs(30));
        fail(number)
    })
    .await;

    assert_eq!(begun.len(), 1);
    let status = outcome.err().and_then(|error| error.status());
    assert_eq!(status, Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(retries_paid_for(&client), 100);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_later_keeps_what_the_last_answer_said() {
    let asked = Mutex::new(0);
    let provider = move || {
        *asked.lock().expect("no panic") += 1;
        let hangs = *asked.lock().expect("no panic") > 1;
        async move {
            match hangs {
                true => std::future::pending().await,
                false => Ok("key".to_owned()),
            }
        }
    };
    let client = Client::builder().api_key_provider(provider).build();
    let (_, outcome) = run(&client.expect("valid"), MINUTE, |_| {
        Err(api(GET, 503, &[(RETRY_AFTER, "1")]))
    })
    .await;
    let error = outcome.err().expect("no key comes");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert_eq!(error.request_id(), Some("req_503"));
}

#[tokio::test(start_paused = true)]
async fn no_key_is_asked_for_where_none_is_sent() {
    let client = Client::builder().api_key_provider(std::future::pending);
    let client = client.build().expect("valid");
    let mut attempts = Attempts::new(settings(&client), GET, Scheme::None);
    let outcome = attempts.run(|_, _, key| {
        assert!(key.is_none());
        std::future::ready(Err(api(GET, 401, &[])))
    });

    assert!(outcome.await.is_err_and(|error| error.is_unauthorized()));
}

#[tokio::test(start_paused = true)]
async fn a_401_whose_body_breaks_off_is_retried_like_any_other() {
    let cut_off = |_| {
        let error = plain(GET, ErrorKind::Transport);
        Err(error.with_answer(answer(GET, 401, &[])))
    };
    for client in [client(2), keys(&["old", "new"])] {
        assert_eq!(run(&client, MINUTE, cut_off).await.0.len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_after_a_429_is_not_of_the_rate_limit() {
    let client = client(1).with_rate_limit_wait(Duration::MAX);
    let (_, outcome) = run(&client, MINUTE, |number| {
        Err(match number {
            1 => api(GET, 429, &[(RETRY_AFTER, "1")]),
            number => Error::new(ErrorKind::Timeout, "too late").in_call(GET, number),
        })
    })
    .await;
    let error = outcome.err().expect("it fails");

    assert_eq!(error.status(), Some(StatusCode::TOO_MANY_REQUESTS));
    assert!(error.is_timeout() && !error.is_rate_limited());
}

/// A service that counts requests by the minute, in virtual time.
struct Service {
    begun: Instant,
    limit: u64,
    /// Requests that others make in each window with the same key.
    others: u64,
    ends: Instant,
    used: u64,
    rejected: u64,
}

impl Service {
    fn new(limit: u64, others: u64) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self {
            begun: Instant::now(),
            limit,
            others,
            ends: Instant::now(),
            used: 0,
            rejected: 0,
        }))
    }

    fn respond(&mut self) -> Result<Received, Error> {
        let now = Instant::now();
        if self.ends <= now {
            (self.ends, self.used) = (now + MINUTE, 0);
        }
        // The others come in the middle of the window, unseen.
        if self.used == self.limit / 2 {
            self.used += self.others;
        }
        let granted = self.used < self.limit;
        self.used += u64::from(granted);
        self.rejected += u64::from(!granted);
        // Whole seconds, as in the headers.
        let date = |time: Instant| SystemTime::UNIX_EPOCH + (time - self.begun);
        let reset = date(self.ends).duration_since(SystemTime::UNIX_EPOCH);
        let remaining = self.limit.saturating_sub(self.used);
        let mut response = answer(GET, if granted { 200 } else { 429 }, &[]);
        for (name, value) in [
            ("date", httpdate::fmt_http_date(date(now))),
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", remaining.to_string()),
            (
                "x-ratelimit-reset",
                reset.expect("later").as_secs().to_string(),
            ),
        ] {
            response
                .headers
                .insert(name, value.parse().expect("a value"));
        }
        match granted {
            true => Ok(Received {
                answer: response,
                body: None,
            }),
            false => Err(Error::of_answer(ErrorKind::Api, "429", response)),
        }
    }
}

/// Makes so many calls at once, and returns how long they took.
async fn many(service: &Arc<Mutex<Service>>, calls: usize) -> Duration {
    let client = client(2).with_rate_limit_wait(Duration::MAX);
    let begun = Instant::now();
    let calls: Vec<_> = (0..calls)
        .map(|_| {
            let (client, service) = (client.clone(), service.clone());
            tokio::spawn(async move {
                let latency = || Duration::from_millis(fastrand::u64(1..200));
                Attempts::new(settings(&client), GET, Scheme::Bearer)
                    .run(|_, _, _| async {
                        tokio::time::sleep(latency()).await;
                        let response = service.lock().expect("no panic").respond();
                        tokio::time::sleep(latency()).await;
                        response
                    })
                    .await
            })
        })
        .collect();
    for call in calls {
        assert!(call.await.expect("no panic").is_ok());
    }
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn over_many_windows_every_call_succeeds_and_none_is_rejected() {
    let service = Service::new(100, 0);
    let took = many(&service, 1_000).await;

    assert_eq!(service.lock().expect("no panic").rejected, 0);
    let least = 9 * MINUTE;
    assert!(least <= took && took <= least.mul_f64(1.05), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn what_others_take_is_waited_for() {
    let service = Service::new(20, 8);
    many(&service, 100).await;

    // Each time, no more than were in flight when the others came.
    let rejected = service.lock().expect("no panic").rejected;
    assert!(rejected <= 20 * 10, "{rejected}");
}
