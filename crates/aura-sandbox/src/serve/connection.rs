//! The listening socket and the connections that come to it.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// The most bytes of a request's head, which comes before any key is seen. Beyond it, and beyond
/// hyper's 100 headers, the answer is 431.
const LARGEST_HEAD: usize = 64 * 1024;

/// Marks a response that is not sent: the connection is reset instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reset;

impl fmt::Display for Reset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is reset")
    }
}

impl std::error::Error for Reset {}

/// A running server. When it is dropped, the port is free at once and its connections end.
pub(crate) struct Server {
    address: SocketAddr,
    listener: Arc<Listener>,
    task: JoinHandle<()>,
}

/// The listening socket, which can be closed while it is waited on.
struct Listener(Mutex<Option<TcpListener>>);

impl Server {
    /// Listens; port 0 is any that is free.
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    }

    pub(crate) fn serve(listener: TcpListener, address: SocketAddr, router: Router) -> Self {
        let listener = Arc::new(Listener(Mutex::new(Some(listener))));
        let task = tokio::spawn(accept(Arc::clone(&listener), router));
        Self {
            address,
            listener,
            task,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listener.close();
        // The connections are the task's, and end with it.
        self.task.abort();
    }
}

impl Listener {
    /// The next connection; `None` when closed.
    fn poll_accept(&self, context: &mut Context<'_>) -> Poll<Option<io::Result<TcpStream>>> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(listener) => listener
                .poll_accept(context)
                .map(|accepted| Some(accepted.map(|(stream, _)| stream))),
            None => Poll::Ready(None),
        }
    }

    fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

async fn accept(listener: Arc<Listener>, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = poll_fn(|context| listener.poll_accept(context)) => accepted,
            // Ended ones are let go of; why one ended is its own affair.
            Some(_) = connections.join_next() => continue,
        };
        match accepted {
            Some(Ok(stream)) => _ = connections.spawn(serve(stream, router.clone())),
            Some(Err(error)) => recover(&error).await,
            None => return,
        }
    }
}

/// A caller that left early is no trouble; too many open files may pass.
async fn recover(error: &io::Error) {
    let left = [
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::ConnectionRefused,
        io::ErrorKind::ConnectionReset,
    ];
    if !left.contains(&error.kind()) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn serve(stream: TcpStream, router: Router) {
    // An answer that waits for more to send would only be slower.
    _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request| {
        let answer = router.call(request);
        Box::pin(async move {
            let Ok(response) = answer.await;
            match response.extensions().get::<Reset>() {
                Some(reset) => Err(*reset),
                None => Ok(response),
            }
        })
    });
    let mut connection = http1::Builder::new()
        .header_read_timeout(None)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let end = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let stream = connection.into_parts().io.into_inner();
    if end.is_err_and(|error| is_reset(&error)) {
        _ = stream.set_zero_linger();
    }
}

fn is_reset(error: &hyper::Error) -> bool {
    use std::error::Error;
    error.source().is_some_and(|source| source.is::<Reset>())
}
