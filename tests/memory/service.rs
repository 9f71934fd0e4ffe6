//! A client of a service that answers with any body, and the most that the process has held
//! meanwhile.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use aura_client::types::Lead;
use aura_client::uuid::{Uuid, uuid};
use aura_client::{Client, Error, Salvaged};
use peak_alloc::PeakAlloc;
use tokio::runtime::{Builder, Runtime};

/// Counts what the process holds. A block that grows counts twice while it moves.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const ID: Uuid = uuid!("550e8400-e29b-41d4-a716-446655440000");

/// What came of a body.
pub struct Outcome {
    pub called: Result<Lead, Error>,
    /// What the call held at most: the body and the value, in all states between.
    pub held: usize,
    pub salvaged: Option<Salvaged<Lead>>,
    /// What salvaging held at most, besides the body.
    pub held_by_salvage: usize,
}

/// Returns the service. A test has it from its beginning to its end, since all threads share the
/// heap.
pub fn start() -> MutexGuard<'static, Service> {
    static SERVICE: LazyLock<Mutex<Service>> = LazyLock::new(|| Mutex::new(Service::new()));
    SERVICE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub struct Service {
    runtime: Runtime,
    client: Client,
    body: Arc<Mutex<Vec<u8>>>,
}

impl Service {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let body = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::clone(&body);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                // It ends when the client has enough.
                serve(connection, &sent).ok();
            }
        });
        let client = Client::builder()
            .api_key("key")
            .base_url(format!("http://{address}"))
            .timeout(Duration::MAX)
            .attempt_timeout(Duration::MAX)
            .max_retries(0);
        Self {
            runtime: Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("it can be made"),
            client: client.build().expect("valid"),
            body,
        }
    }

    /// Reads a body.
    pub fn read(&self, body: Vec<u8>) -> Outcome {
        *self.body.lock().expect("nobody panics with it") = body;
        let call = || self.runtime.block_on(self.client.get_lead(&ID));
        let (called, held) = counted(call);
        let salvage = || called.as_ref().err()?.salvage();
        let (salvaged, held_by_salvage) = counted(salvage);
        Outcome {
            called: called.map(aura_client::Response::into_inner),
            held,
            salvaged,
            held_by_salvage,
        }
    }
}

/// Runs something, and returns how much more was held than before.
pub fn counted<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let done = run();
    (done, HEAP.peak_usage().saturating_sub(before))
}

/// Answers each request of a connection, with nothing of it on the heap.
fn serve(mut connection: TcpStream, body: &Mutex<Vec<u8>>) -> io::Result<()> {
    let mut request = [0; 4096];
    let mut length = 0;
    loop {
        match connection.read(&mut request[length..])? {
            0 => return Ok(()),
            read => length += read,
        }
        if request[..length].ends_with(b"\r\n\r\n") {
            length = 0;
            let body = body.lock().expect("nobody panics with it");
            let size = body.len();
            write!(
                connection,
                "HTTP/1.1 200 OK\r\ncontent-length: {size}\r\n\r\n"
            )?;
            connection.write_all(&body)?;
        }
    }
}
