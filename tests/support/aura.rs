//! A server on 127.0.0.1 that answers what a test tells it, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};

/// What the server was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The method, such as `GET`.
    pub method: String,
    /// Path and query as they came.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers beside what HTTP needs.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer with a JSON body and the headers that the API sends.
    pub fn json(status: u16, body: impl ToString) -> Answer {
        Answer {
            status,
            headers: vec![
                ("content-type", "application/json".into()),
                ("x-request-id", "req_header".into()),
                ("x-ratelimit-limit", "100".into()),
                ("x-ratelimit-remaining", "99".into()),
                ("x-ratelimit-reset", "1767225600".into()),
            ],
            body: body.to_string().into_bytes(),
        }
    }

    /// An answer of another kind, as proxies send.
    pub fn text(status: u16, content_type: &str, body: &str) -> Answer {
        Answer {
            status,
            headers: vec![("content-type", content_type.into())],
            body: body.into(),
        }
    }

    /// The same with one header more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }
}

#[derive(Default)]
struct Shared {
    answers: HashMap<String, Answer>,
    asked: Vec<Asked>,
}

/// The server; it stops when dropped.
pub struct Server {
    base_url: String,
    shared: Arc<Mutex<Shared>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Starts a server that gives this answer to everything.
    pub async fn answering(answer: Answer) -> Server {
        Server::routes([("*", answer)]).await
    }

    /// Starts a server that answers each `METHOD /path`, and 404 to everything else; `*` stands
    /// for everything.
    pub async fn routes<const N: usize>(routes: [(&str, Answer); N]) -> Server {
        let answers = routes.map(|(route, answer)| (route.to_string(), answer));
        let shared = Arc::new(Mutex::new(Shared {
            answers: HashMap::from(answers),
            asked: Vec::new(),
        }));
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("this machine has a free port");
        let address = listener.local_addr().expect("it is bound");
        let task = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("axum serves until it is dropped");
        });
        Server {
            base_url: format!("http://{address}"),
            shared,
            task,
        }
    }

    /// Where it is.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        locked(&self.shared).asked.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().expect("no test panics with the lock held")
}

async fn answer(State(shared): State<Arc<Mutex<Shared>>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let asked = Asked {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let route = format!("{} {}", asked.method, parts.uri.path());
    let mut shared = locked(&shared);
    shared.asked.push(asked);
    let known = shared
        .answers
        .get(&route)
        .or_else(|| shared.answers.get("*"));
    let Answer {
        status,
        headers,
        body,
    } = known
        .cloned()
        .unwrap_or_else(|| Answer::json(404, r#"{"success":false,"code":"NOT_FOUND"}"#));
    let response = headers
        .into_iter()
        .fold(Response::builder().status(status), |response, header| {
            response.header(header.0, header.1)
        });
    response
        .body(Body::from(body))
        .expect("a test gives valid headers")
}
