//! The service that sends a request: the HTTP client, and the layers around it.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

type Request = http::Request<reqwest::Body>;
type Response = http::Response<reqwest::Body>;
type Sending = Pin<Box<dyn Future<Output = Result<Response, BoxError>> + Send>>;

/// Sends one attempt of a call: what a layer of [`ClientBuilder::layer`] wraps.
///
/// [`ClientBuilder::layer`]: crate::ClientBuilder::layer
#[derive(Clone)]
pub struct HttpService(Inner);

#[derive(Clone)]
enum Inner {
    Client(reqwest::Client),
    Layered(Arc<dyn Layered>),
}

/// Why there is no response.
pub(crate) enum SendError {
    Http(reqwest::Error),
    /// A layer failed; nothing is known about what its error shows.
    Layer,
}

impl HttpService {
    pub(crate) fn new(client: reqwest::Client) -> Self {
        Self(Inner::Client(client))
    }

    /// Puts a layer around it, whose type is forgotten.
    pub(crate) fn layered<L>(self, layer: &L) -> Self
    where
        L: Layer<Self>,
        L::Service: Service<Request, Response = Response> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Error: Into<BoxError>,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        Self(Inner::Layered(Arc::new(layer.layer(self))))
    }

    /// Whether errors may be a layer's.
    pub(crate) fn is_layered(&self) -> bool {
        matches!(self.0, Inner::Layered(_))
    }

    /// Sends a request; only layers make it go through a box.
    pub(crate) async fn send(
        &self,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, SendError> {
        match &self.0 {
            Inner::Client(client) => client.execute(request).await.map_err(SendError::Http),
            Inner::Layered(service) => {
                let request = Request::try_from(request).map_err(SendError::Http)?;
                match service.send(request).await {
                    Ok(response) => Ok(response.into()),
                    Err(error) => Err(match error.downcast::<ClientError>() {
                        Ok(error) => SendError::Http(error.0),
                        Err(_) => SendError::Layer,
                    }),
                }
            }
        }
    }
}

impl Service<Request> for HttpService {
    type Response = Response;
    type Error = BoxError;
    type Future = Sending;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match &self.0 {
            Inner::Client(client) => {
                let client = client.clone();
                Box::pin(async move {
                    let request = request.try_into().map_err(ClientError)?;
                    let response = client.execute(request).await.map_err(ClientError)?;
                    Ok(response.into())
                })
            }
            Inner::Layered(service) => service.send(request),
        }
    }
}

impl fmt::Debug for HttpService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpService")
    }
}

/// An error of the client below all layers, which may use clients of their own.
#[derive(Debug)]
struct ClientError(reqwest::Error);

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for ClientError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// A service of any type, made by a layer.
trait Layered: Send + Sync {
    fn send(&self, request: Request) -> Sending;
}

impl<S> Layered for S
where
    S: Service<Request, Response = Response> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
{
    fn send(&self, request: Request) -> Sending {
        let mut service = self.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(Into::into)?;
            service.call(request).await.map_err(Into::into)
        })
    }
}
