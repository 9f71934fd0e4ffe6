//! Retries: which failure is followed by another attempt, and when.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::budget::{Budget, Payment};
use crate::answer::Answer;
use crate::deadline::Deadline;
use crate::{Error, trace};

/// The longest wait before the first retry, which doubles for each one after it, and the longest of
/// all.
const BACKOFF: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(8)];
/// The same after a 429 that doesn't say how long to wait: long enough to outlast a window.
const LIMITED_BACKOFF: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];
/// The shortest wait that the service can ask for, so that a zero makes no hot loop.
const SHORTEST_ASKED: Duration = Duration::from_millis(250);

/// How retries are limited.
#[derive(Clone)]
pub(crate) struct Retries {
    /// The most a call makes after its first attempt.
    pub(crate) max: u32,
    /// Shared by a client, its clones and its views.
    pub(crate) budget: Arc<Budget>,
}

impl Retries {
    /// Makes attempts, numbered from 1, until one succeeds or must not be followed by another.
    pub(super) async fn run<F>(
        &self,
        total: Deadline,
        mut attempt: impl FnMut(u32) -> F,
    ) -> Result<Answer, Error>
    where
        F: Future<Output = Result<Answer, Error>>,
    {
        let mut answered = None;
        let mut number = 1;
        let mut longest_attempt = Duration::ZERO;
        loop {
            let begun = Instant::now();
            let outcome = attempt(number).await;
            longest_attempt = longest_attempt.max(begun.elapsed());
            let error = match outcome {
                Ok(answer) => {
                    self.budget.refill(number);
                    return Ok(answer);
                }
                Err(error) => error,
            };
            let Some((wait, payment)) = self.wait(&error, number, total, longest_attempt) else {
                return Err(error.or_answer_of(answered));
            };
            trace::retry(&error, wait);
            if error.status().is_some() {
                answered = Some(error);
            }
            tokio::time::sleep(wait).await;
            payment.spend();
            number += 1;
        }
    }

    /// How long to wait after the `number`th attempt; `None` if it was the last one.
    ///
    /// A wait is begun, and costs something, only if another attempt as long as the longest so far
    /// fits behind it.
    fn wait(
        &self,
        error: &Error,
        number: u32,
        total: Deadline,
        longest_attempt: Duration,
    ) -> Option<(Duration, Payment<'_>)> {
        if number > self.max || !error.may_be_retried() {
            return None;
        }
        let Delay { least, jitter } = delay(error, number);
        let fits = |wait: &Duration| total.leaves(wait.saturating_add(longest_attempt));
        let wait = [least.saturating_add(jitter), least]
            .into_iter()
            .find(fits)?;
        let payment = self.budget.take()?;
        Some((wait, payment))
    }
}

/// A wait: what must pass, and what keeps callers apart that failed together.
struct Delay {
    least: Duration,
    jitter: Duration,
}

/// How long to wait after the `number`th attempt:
///
/// | received | done |
/// |---|---|
/// | a wait that is asked for, in whatever header (see [`Error::retry_after`]) | all of it, at least 250 ms, and a random tenth more (50 ms to 1 s) |
/// | a 429 that asks for none | a random wait of up to 1 s, doubled each time, up to 60 s |
/// | any other failure that may pass | a random wait of up to 250 ms, doubled each time, up to 8 s |
fn delay(error: &Error, number: u32) -> Delay {
    let random = |longest: Duration| longest.mul_f64(fastrand::f64());
    if let Some(asked) = error.retry_after() {
        let spread = (asked / 10).clamp(Duration::from_millis(50), Duration::from_secs(1));
        return Delay {
            least: asked.max(SHORTEST_ASKED),
            jitter: random(spread),
        };
    }
    let backoff = if error.is_rate_limited() {
        LIMITED_BACKOFF
    } else {
        BACKOFF
    };
    // "Full jitter" spreads callers better than a fixed part would.
    Delay {
        least: random(longest(number, backoff)),
        jitter: Duration::ZERO,
    }
}

fn longest(number: u32, [first, longest]: [Duration; 2]) -> Duration {
    let doubled = 1_u32.checked_shl(number - 1);
    doubled
        .and_then(|times| first.checked_mul(times))
        .map_or(longest, |wait| wait.min(longest))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use http::header::RETRY_AFTER;
    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    use super::*;
    use crate::ErrorKind;
    use crate::answer::Context;

    const GET: Context = Context {
        operation: "get_lead",
        idempotent: true,
    };
    const POST: Context = Context {
        operation: "create_lead",
        idempotent: false,
    };

    type Fail = fn(Context) -> Error;

    fn retries(max: u32) -> Retries {
        Retries {
            max,
            budget: Arc::new(Budget::full()),
        }
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
        }
    }

    fn api(context: Context, status: u16, headers: &[(HeaderName, &'static str)]) -> Error {
        Error::new(ErrorKind::Api, "the API answered")
            .in_call(context, 1)
            .with_answer(answer(context, status, headers))
    }

    fn plain(context: Context, kind: ErrorKind) -> Error {
        Error::new(kind, "it failed").in_call(context, 1)
    }

    /// When attempts began, in virtual time, and how the last one ended, if each fails as `fail`
    /// says.
    async fn run(
        retries: &Retries,
        total: Duration,
        fail: impl Fn(u32) -> Result<Answer, Error>,
    ) -> (Vec<Duration>, Result<Answer, Error>) {
        let begun = RefCell::new(Vec::new());
        let start = Instant::now();
        let outcome = retries
            .run(Deadline::after(total), |number| {
                begun.borrow_mut().push(start.elapsed());
                std::future::ready(fail(number))
            })
            .await;
        (begun.into_inner(), outcome)
    }

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn the_longest_wait_doubles_up_to_a_limit() {
        let waits = |backoff| (1..=8).map(move |number| longest(number, backoff).as_millis());

        let expected = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];
        assert!(waits(BACKOFF).eq(expected));
        let expected = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000];
        assert!(waits(LIMITED_BACKOFF).eq(expected));
        assert_eq!(longest(u32::MAX, BACKOFF), BACKOFF[1]);
    }

    #[test]
    fn waits_are_spread_over_the_whole_time() {
        let [first, _] = BACKOFF;
        let waits = (0..1_000).map(|_| delay(&api(GET, 503, &[]), 1).least);
        let waits: Vec<Duration> = waits.collect();

        assert!(waits.iter().all(|wait| *wait <= first));
        assert!(waits.iter().any(|wait| *wait < first / 10));
        assert!(waits.iter().any(|wait| *wait > first * 9 / 10));
    }

    #[test]
    fn a_wait_that_is_asked_for_is_kept_in_full_and_spread() {
        for (asked, least, spread) in [
            ("0", 250, 50),
            ("1", 1_000, 100),
            ("2.0", 2_000, 200),
            ("30", 30_000, 1_000),
        ] {
            let error = api(GET, 503, &[(RETRY_AFTER, asked)]);
            let delays: Vec<Delay> = (0..1_000).map(|_| delay(&error, 1)).collect();
            let millis = |wait: Duration| wait.as_millis();

            assert!(
                delays.iter().all(|delay| millis(delay.least) == least),
                "{asked}"
            );
            let jitter = delays.iter().map(|delay| millis(delay.jitter));
            assert!(jitter.clone().all(|jitter| jitter <= spread), "{asked}");
            assert!(
                jitter.max().is_some_and(|jitter| jitter > spread * 9 / 10),
                "{asked}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_is_begun_only_if_another_attempt_fits_behind_it() {
        for (attempt, retried) in [
            (Duration::from_secs(24), true),
            (Duration::from_secs(26), false),
        ] {
            let begun = RefCell::new(0);
            let retries = retries(1);
            let outcome = retries.run(Deadline::after(MINUTE), |_| {
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
            let (begun, outcome) = run(&retries(2), MINUTE, |_| Err(error(context))).await;
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
        let (begun, outcome) = run(&retries(5), MINUTE, |number| match number {
            3 => Ok(answer(GET, 200, &[])),
            _ => Err(api(GET, 503, &[])),
        })
        .await;

        assert!(outcome.is_ok());
        assert_eq!(begun.len(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn zero_turns_retries_off() {
        let (begun, _) = run(&retries(0), MINUTE, |_| Err(api(GET, 503, &[]))).await;

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
            let (begun, _) = run(&retries(1), MINUTE, |_| Err(api(GET, 503, headers))).await;
            let most = wait + Duration::from_millis(1_001);
            assert!(wait <= begun[1] && begun[1] <= most, "{begun:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_beyond_the_deadline_is_not_begun_and_not_paid() {
        let retries = retries(2);
        for asked in ["61", "99999999999"] {
            let fail = |_| Err(api(GET, 429, &[(RETRY_AFTER, asked)]));
            let (begun, outcome) = run(&retries, MINUTE, fail).await;
            let error = outcome.err().expect("it fails");

            assert_eq!(begun.len(), 1);
            assert_eq!(error.kind(), ErrorKind::Api);
            let seconds = error.retry_after().map(|wait| wait.as_secs().to_string());
            assert_eq!(seconds.as_deref(), Some(asked));
        }
        let left = std::iter::from_fn(|| retries.budget.take().map(Payment::spend));
        assert_eq!(left.count(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn a_timeout_keeps_what_the_last_answer_said() {
        let (_, outcome) = run(&retries(3), MINUTE, |number| {
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
        let (begun, _) = run(&retries(2), MINUTE, |number| {
            Err(match number {
                1 => api(GET, 503, &[(RETRY_AFTER, "20")]),
                _ => plain(GET, ErrorKind::Timeout),
            })
        })
        .await;

        assert!(begun[2] - begun[1] <= longest(2, BACKOFF), "{begun:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn successes_fill_the_budget_again() {
        let retries = retries(1);
        while let Some(payment) = retries.budget.take() {
            payment.spend();
        }
        for _ in 0..5 {
            let (_, outcome) = run(&retries, MINUTE, |_| Ok(answer(GET, 200, &[]))).await;
            assert!(outcome.is_ok());
        }
        let mut begun = Vec::new();
        for _ in 0..2 {
            begun.push(
                run(&retries, MINUTE, |_| Err(api(GET, 503, &[])))
                    .await
                    .0
                    .len(),
            );
        }

        assert_eq!(begun, [2, 1], "five successes pay for one retry");
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_is_dropped_while_it_waits_pays_nothing() {
        let retries = retries(1);
        for _ in 0..200 {
            let call = run(&retries, MINUTE, |_| {
                Err(api(GET, 503, &[(RETRY_AFTER, "20")]))
            });
            let dropped = tokio::time::timeout(Duration::from_secs(1), call).await;
            assert!(dropped.is_err(), "it waits");
        }
        let (begun, _) = run(&retries, MINUTE, |_| Err(api(GET, 503, &[]))).await;

        assert_eq!(begun.len(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn the_largest_number_of_retries_is_bounded_by_the_budget_alone() {
        let (begun, _) = run(&retries(u32::MAX), Duration::MAX, |_| {
            Err(api(GET, 503, &[]))
        })
        .await;

        assert_eq!(begun.len(), 101);
    }

    #[tokio::test(start_paused = true)]
    async fn a_hundred_retries_of_a_client_and_no_more_while_the_service_is_down() {
        let retries = retries(2);
        let mut attempts = 0;
        for _ in 0..200 {
            let (begun, _) = run(&retries, MINUTE, |_| Err(api(GET, 503, &[]))).await;
            attempts += begun.len();
        }

        assert_eq!(attempts, 300);
    }
}
