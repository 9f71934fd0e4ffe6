//! A server on a real socket that plays back what a test says, byte by byte.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aura_client::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::KEY;

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Sends this and closes the connection.
    Send(Vec<u8>),
    /// Sends this and keeps the connection open, so that the rest seems to be on its way.
    Stall(Vec<u8>),
    /// Sends this and then one more space each time.
    Drip(Vec<u8>, Duration),
    /// Resets the connection.
    Reset,
}

impl Reply {
    pub(crate) fn send(answer: impl AsRef<[u8]>) -> Self {
        Self::Send(answer.as_ref().to_vec())
    }

    async fn play(self, mut stream: TcpStream) {
        match self {
            // The client may have seen enough before the end: that is for it to say.
            Self::Send(bytes) => _ = stream.write_all(&bytes).await,
            Self::Stall(bytes) => {
                _ = stream.write_all(&bytes).await;
                _ = stream.read(&mut [0]).await;
            }
            Self::Drip(bytes, pause) => {
                _ = stream.write_all(&bytes).await;
                while stream.write_all(b" ").await.is_ok() {
                    tokio::time::sleep(pause).await;
                }
            }
            Self::Reset => stream.set_zero_linger().expect("the socket is open"),
        }
    }
}

/// A listener on a free port of this machine, and its address.
pub(crate) async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    (listener, address)
}

/// The server; it stops when dropped.
pub(crate) struct Server {
    pub(crate) base_url: String,
    requests: Arc<Mutex<Vec<String>>>,
    /// Held by each connection.
    connections: Arc<()>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Gives this answer to each request and closes its connection.
    pub(crate) async fn answering(answer: impl AsRef<[u8]>) -> Self {
        Self::playing([Reply::send(answer)]).await
    }

    /// Plays one reply a request, the last one again and again.
    pub(crate) async fn playing<const N: usize>(replies: [Reply; N]) -> Self {
        let (listener, address) = listen().await;
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(());
        let (seen, open) = (Arc::clone(&requests), Arc::clone(&connections));
        let task = tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.expect("a client comes");
                let (seen, open, replies) = (Arc::clone(&seen), Arc::clone(&open), replies.clone());
                tokio::spawn(async move {
                    let Some(request) = read_request(&mut stream).await else {
                        return;
                    };
                    let number = {
                        let mut seen = seen.lock().expect("no test panics with the lock held");
                        seen.push(request);
                        seen.len().min(replies.len())
                    };
                    replies[number - 1].clone().play(stream).await;
                    drop(open);
                });
            }
        });
        Self {
            base_url: format!("http://{address}"),
            requests,
            connections,
            task,
        }
    }

    /// A builder for a client of this server.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().api_key(KEY).base_url(&self.base_url)
    }

    /// A client that asks once.
    pub(crate) fn client(&self) -> Client {
        self.builder().max_retries(0).build().expect("valid")
    }

    /// The requests that came, as text, header names in lower case as hyper sends them.
    pub(crate) fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock();
        requests.expect("no test panics with the lock held").clone()
    }

    /// Whether every connection has ended.
    pub(crate) fn is_idle(&self) -> bool {
        // Ours, and the accepting task's.
        Arc::strong_count(&self.connections) == 2
    }

    /// The first of them.
    pub(crate) fn request(&self) -> String {
        self.requests().first().cloned().expect("a request came")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// `None` if the client hangs up first.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().expect("a number"));
            let is_whole = match head.contains("transfer-encoding: chunked") {
                true => body.ends_with("0\r\n\r\n"),
                false => body.len() >= length,
            };
            if is_whole {
                return Some(text);
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// An answer with these header lines, each with its line break, and this body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
