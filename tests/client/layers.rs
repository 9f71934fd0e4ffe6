//! Layers see each attempt, and what they do holds.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use aura_client::bytes::Bytes;
use aura_client::http::{Request, Response, StatusCode};
use aura_client::tower_layer::Layer;
use aura_client::tower_service::Service;
use aura_client::{BoxError, Client, ClientBuilder, ErrorKind, HttpService, reqwest};
use aura_sandbox::{Fault, Sandbox};
use http_body::Frame;
use http_body_util::StreamBody;

use super::id;

type Sent = Pin<Box<dyn Future<Output = Result<Response<reqwest::Body>, BoxError>> + Send>>;
type Act = fn(HttpService, Request<reqwest::Body>) -> Sent;

/// Notes its name for each attempt, and then does what it is told.
#[derive(Clone)]
struct Tap {
    name: &'static str,
    noted: Arc<Mutex<Vec<&'static str>>>,
    act: Act,
}

#[derive(Clone)]
struct Tapped(Tap, HttpService);

impl Layer<HttpService> for Tap {
    type Service = Tapped;

    fn layer(&self, inner: HttpService) -> Tapped {
        Tapped(self.clone(), inner)
    }
}

impl Service<Request<reqwest::Body>> for Tapped {
    type Response = Response<reqwest::Body>;
    type Error = BoxError;
    type Future = Sent;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.1.poll_ready(context)
    }

    fn call(&mut self, request: Request<reqwest::Body>) -> Sent {
        let Tapped(tap, inner) = self;
        tap.noted.lock().expect("no panic").push(tap.name);
        (tap.act)(inner.clone(), request)
    }
}

fn pass_on(mut inner: HttpService, request: Request<reqwest::Body>) -> Sent {
    inner.call(request)
}

fn tap(act: Act) -> Tap {
    Tap {
        name: "tap",
        noted: Arc::default(),
        act,
    }
}

fn builder(sandbox: &Sandbox) -> ClientBuilder {
    Client::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
}

#[tokio::test]
async fn each_attempt_passes_through_the_layers_from_the_first_to_the_last() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    sandbox
        .inject(
            Fault::service_unavailable()
                .retry_after(Duration::ZERO)
                .times(1),
        )
        .expect("a valid fault");
    let outer = tap(pass_on);
    let inner = Tap {
        name: "inner",
        ..outer.clone()
    };
    let client = builder(&sandbox).layer(outer.clone()).layer(inner).build();
    let lead = client
        .expect("valid")
        .get_lead(&id())
        .await
        .expect("at last");

    assert_eq!(lead.attempts(), 2);
    assert_eq!(
        *outer.noted.lock().expect("no panic"),
        ["tap", "inner", "tap", "inner"]
    );
}

#[tokio::test]
async fn a_layer_sees_the_key_marked_sensitive_and_may_add_headers() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let layer = tap(|mut inner, mut request| {
        let key = &request.headers()["authorization"];
        assert!(
            key.is_sensitive()
                && request
                    .body()
                    .as_bytes()
                    .is_some_and(|body| body.is_empty())
        );
        let value = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        request
            .headers_mut()
            .insert("traceparent", value.parse().expect("valid"));
        inner.call(request)
    });
    let client = builder(&sandbox).layer(layer).build().expect("valid");
    client.get_lead(&id()).await.expect("it is there");

    assert!(sandbox.requests()[0].headers().contains_key("traceparent"));
}

#[tokio::test]
async fn a_layer_can_answer_itself() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let layer = tap(|_, _| {
        let response = Response::builder().status(StatusCode::NOT_FOUND);
        let body = r#"{"success":false,"code":"NOT_FOUND","error":"Lead not found"}"#;
        Box::pin(async move { Ok(response.body(body.into())?) })
    });
    let client = builder(&sandbox).layer(layer).build().expect("valid");

    assert!(
        client
            .get_lead(&id())
            .await
            .expect_err("404")
            .is_not_found()
    );
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn an_error_of_a_layer_is_not_shown_and_one_of_the_http_client_is() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let layer = tap(|_, _| Box::pin(async { Err("secret".into()) }));
    let client = builder(&sandbox)
        .max_retries(0)
        .layer(layer)
        .build()
        .expect("valid");
    let error = client.get_lead(&id()).await.expect_err("the layer fails");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
    assert!(std::error::Error::source(&error).is_none());
    assert!(
        !format!("{error} {error:?}").contains("secret"),
        "{error:?}"
    );

    let nobody = builder(&sandbox)
        .base_url("http://127.0.0.1:1")
        .max_retries(0);
    let client = nobody.layer(tap(pass_on)).build().expect("valid");
    let error = client.get_lead(&id()).await.expect_err("nobody is there");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn an_error_of_a_layers_own_client_or_body_is_not_taken_for_ours() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let own_client = tap(|_, _| {
        let report = reqwest::Client::new().get("http://127.0.0.1:1/secret");
        Box::pin(async move { Ok(report.send().await?.into()) })
    });
    let own_body = tap(|_, _| {
        let broken = [Err::<Frame<Bytes>, BoxError>("secret".into())];
        let body = reqwest::Body::wrap(StreamBody::new(futures_util::stream::iter(broken)));
        Box::pin(async move { Ok(Response::new(body)) })
    });
    for layer in [own_client, own_body] {
        let client = builder(&sandbox).max_retries(0).layer(layer).build();
        let call = client.expect("valid").get_lead(&id()).await;
        let error = call.expect_err("the layer fails");

        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
        assert!(std::error::Error::source(&error).is_none());
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn deadlines_and_the_body_cap_hold_above_a_layer() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = builder(&sandbox)
        .max_body_bytes(16)
        .layer(tap(pass_on))
        .build();
    let error = client
        .expect("valid")
        .get_lead(&id())
        .await
        .expect_err("too large");
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);

    let hang = tap(|_, _| Box::pin(std::future::pending()));
    let client = builder(&sandbox)
        .layer(hang)
        .timeout(Duration::from_millis(50))
        .build();
    let error = client
        .expect("valid")
        .get_lead(&id())
        .await
        .expect_err("it hangs");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
}
