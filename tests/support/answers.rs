//! What a sandbox answers if a test wants it to be something else than the service would.

use aura_sandbox::http::{HeaderName, HeaderValue, StatusCode};
use aura_sandbox::{Fault, Sandbox};

/// An answer with a JSON body; the sandbox adds what every answer of the service has.
pub fn json(status: u16, body: impl ToString) -> Fault {
    text(status, "application/json", &body.to_string())
}

/// An answer of another kind, as proxies send.
pub fn text(status: u16, media_type: &'static str, body: &str) -> Fault {
    let status = StatusCode::from_u16(status).expect("a test gives a status");
    with(Fault::answer(status), "content-type", media_type).body(body.to_owned())
}

/// The same with one header more.
pub fn with(fault: Fault, name: &'static str, value: &str) -> Fault {
    let value = HeaderValue::from_str(value).expect("a test gives a valid header");
    fault.header(HeaderName::from_static(name), value)
}

/// A sandbox that answers this to everything. Its client's key is `key`.
pub async fn sandbox(key: &str, answer: Fault) -> Sandbox {
    let sandbox = Sandbox::builder().api_key(key).start().await;
    let sandbox = sandbox.expect("this machine has a free port");
    sandbox.inject(answer).expect("a valid fault");
    sandbox
}
