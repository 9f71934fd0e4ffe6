use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use http::{HeaderMap, StatusCode};

use super::*;
use crate::answer;

/// A page as a value: its items and the next page's cursor.
type Value = (Vec<u32>, Option<String>);

/// The cursors that pages were asked for at.
type Log = Arc<Mutex<Vec<Option<String>>>>;

fn response(value: Value) -> Response<Value> {
    let context = answer::Context {
        operation: "list_leads",
        idempotent: true,
        not_found: None,
        redirects: false,
    };
    let answer = Answer {
        context,
        attempts: 1,
        status: StatusCode::OK,
        headers: HeaderMap::from_iter([(
            http::header::HeaderName::from_static("x-request-id"),
            http::HeaderValue::from_static("req_1"),
        )]),
        body: "secret".into(),
        received: SystemTime::UNIX_EPOCH,
    };
    Response::new(value, answer)
}

fn page(items: &[u32], next: Option<&str>) -> Result<Value, Error> {
    Ok((items.to_vec(), next.map(str::to_owned)))
}

/// A stream of pages as a service gives them, each after a wait, and a log of what it was asked for.
fn stream(first: Option<&str>, pages: Vec<Result<Value, Error>>) -> (Pages<u32, String>, Log) {
    let log = Log::default();
    let asked = Arc::clone(&log);
    let mut pages = pages.into_iter();
    let ask = move |cursor| {
        asked.lock().expect("no test panics with it").push(cursor);
        let page = pages.next().expect("no page is asked for behind the last");
        async {
            tokio::task::yield_now().await;
            page.map(response)
        }
    };
    let first = first.map(str::to_owned);
    (Pages::new("page.next", first, ask, |value| value), log)
}

async fn next<T: Unpin, C: Serialize + Unpin>(pages: &mut Pages<T, C>) -> Option<Result<T, Error>> {
    poll_fn(|cx| Pin::new(&mut *pages).poll_next(cx)).await
}

/// All items, and the error at the end if there is one. After either the stream has ended.
async fn all(pages: &mut Pages<u32, String>) -> (Vec<u32>, Option<Error>) {
    let mut items = Vec::new();
    let error = loop {
        match next(pages).await {
            Some(Ok(item)) => items.push(item),
            Some(Err(error)) => break Some(error),
            None => break None,
        }
    };
    assert!(next(pages).await.is_none(), "an end is an end");
    (items, error)
}

fn asked(log: &Log) -> Vec<Option<String>> {
    log.lock().expect("no test panics with it").clone()
}

fn cursors(cursors: &[&str]) -> Vec<Option<String>> {
    let given = cursors.iter().map(|cursor| Some((*cursor).to_owned()));
    [None].into_iter().chain(given).collect()
}

#[tokio::test]
async fn gives_the_items_of_all_pages_in_their_order() {
    let given = vec![
        page(&[1, 2], Some("b")),
        page(&[], Some("c")),
        page(&[3], None),
    ];
    let (mut pages, log) = stream(None, given);
    assert!(
        asked(&log).is_empty(),
        "nothing is sent before it is polled"
    );
    let (items, error) = all(&mut pages).await;
    assert_eq!((items, error.is_none()), (vec![1, 2, 3], true));
    assert_eq!(asked(&log), cursors(&["b", "c"]));
}

#[tokio::test]
async fn asks_for_a_page_when_the_one_before_it_is_used_up() {
    let (mut pages, log) = stream(None, vec![page(&[1, 2], Some("b")), page(&[3], None)]);
    for (item, sent) in [(1, 1), (2, 1), (3, 2)] {
        let found = next(&mut pages).await.expect("there are more");
        assert_eq!(found.expect("it is an item"), item);
        assert_eq!(asked(&log).len(), sent, "{item}");
    }
}

#[tokio::test]
async fn begins_at_a_given_cursor_and_ends_at_an_empty_one() {
    let given = vec![page(&[1], Some("c")), page(&[2], Some(""))];
    let (mut pages, log) = stream(Some("b"), given);
    let (items, error) = all(&mut pages).await;
    assert_eq!((items, error.is_none()), (vec![1, 2], true));
    assert_eq!(asked(&log), cursors(&["b", "c"])[1..]);
}

#[tokio::test]
async fn ends_with_an_error_where_a_cursor_was_there_before() {
    for (first, given, items) in [
        (None, vec![page(&[1], Some("b")), page(&[2], Some("b"))], 2),
        (Some("a"), vec![page(&[1], Some("a"))], 1),
        (
            None,
            vec![
                page(&[1], Some("b")),
                page(&[], Some("c")),
                page(&[2, 3], Some("b")),
            ],
            3,
        ),
    ] {
        let sent = given.len();
        let (mut pages, log) = stream(first, given);
        let (found, error) = all(&mut pages).await;
        let error = error.expect("the cursor repeats");
        assert_eq!((found.len(), asked(&log).len()), (items, sent));
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.json_path(), Some("page.next"));
        assert_eq!((error.request_id(), error.attempts()), (Some("req_1"), 1));
        assert!(error.body().is_some() && !error.is_retryable());
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[tokio::test]
async fn ends_with_the_error_of_a_page() {
    let failed = Error::new(ErrorKind::Connect, "could not connect");
    let (mut pages, log) = stream(None, vec![page(&[1], Some("b")), Err(failed)]);
    let (items, error) = all(&mut pages).await;
    assert_eq!(items, [1]);
    assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::Connect));
    assert_eq!(asked(&log).len(), 2);
}

#[tokio::test]
async fn counts_in_numbers_as_well() {
    let ask = |cursor: Option<i64>| async move {
        let number = cursor.unwrap_or(1);
        let (_, answer) = response((Vec::new(), None)).into_parts();
        let next = (number < 3).then_some(number + 1);
        Ok(Response::new((vec![number], next), answer))
    };
    let mut pages = Pages::new("next", None, ask, |value| value);
    for number in 1..=3 {
        let item = next(&mut pages).await.expect("there are more");
        assert_eq!(item.expect("it is an item"), number);
    }
    assert!(next(&mut pages).await.is_none());
}

#[tokio::test]
async fn stops_where_it_is_dropped() {
    let (mut pages, log) = stream(None, vec![page(&[1], Some("b")), page(&[2], None)]);
    next(&mut pages).await.expect("it has items").expect("one");
    // The second page is asked for, and does not come.
    let mut cx = Context::from_waker(std::task::Waker::noop());
    assert!(Pin::new(&mut pages).poll_next(&mut cx).is_pending());
    drop(pages);
    assert_eq!(Arc::strong_count(&log), 1, "nothing is left behind");
    assert_eq!(asked(&log).len(), 2);
}

#[test]
fn can_be_sent_and_polled_where_it_stands() {
    fn is<T: Send + Unpin>(_: &T) {}
    is(&stream(None, Vec::new()).0);
}
