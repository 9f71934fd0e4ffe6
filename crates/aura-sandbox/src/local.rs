//! Who may open the sandbox's own pages: a page on the web that leads a browser here is kept out.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::HOST;
use http::uri::Authority;
use http::{HeaderMap, StatusCode};

/// The names by which a request may call its host. A foreign name that leads here would give a
/// foreign page what is here (DNS rebinding).
#[derive(Clone, Copy)]
pub(crate) enum Hosts {
    /// Those of this machine alone.
    Loopback,
    /// Those that nobody can lead here through the public DNS: IP addresses, names without a dot,
    /// such as those of services in a compose file, and those below `internal`.
    Network,
}

impl Hosts {
    /// The names of a sandbox that listens here.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address.is_loopback() {
            true => Self::Loopback,
            false => Self::Network,
        }
    }

    /// Host and port as the caller wrote them, if they may be called so.
    pub(crate) fn named_in(self, headers: &HeaderMap) -> Option<Authority> {
        let host: Authority = headers.get(HOST)?.to_str().ok()?.parse().ok()?;
        let name = host.host().to_ascii_lowercase();
        let address = name.trim_start_matches('[').trim_end_matches(']').parse();
        let address: Option<IpAddr> = address.ok();
        let is_local = name == "localhost" || address.is_some_and(|ip| ip.is_loopback());
        let may_pass = match self {
            Self::Loopback => is_local,
            Self::Network => is_local || address.is_some() || is_private(&name),
        };
        (may_pass && !host.as_str().contains('@')).then_some(host)
    }
}

/// Whether a name means something in a private network alone.
fn is_private(name: &str) -> bool {
    let is_label = |text: &str| {
        let mut bytes = text.bytes();
        !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    match name.strip_suffix(".internal") {
        Some(rest) => rest.split('.').all(is_label),
        None => is_label(name),
    }
}

/// Lets requests pass that call their host by one of these names.
pub(crate) async fn only(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    match hosts.named_in(request.headers()) {
        Some(_) => next.run(request).await,
        None => {
            let problem = "not under this name of the host; use localhost or an IP address\n";
            (StatusCode::FORBIDDEN, problem).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn accepts(hosts: Hosts, host: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static(host));
        hosts.named_in(&headers).is_some()
    }

    #[test]
    fn names_that_anyone_can_lead_here_are_rejected() {
        for (host, on_loopback, on_a_network) in [
            ("127.0.0.1:80", true, true),
            ("127.9.9.9", true, true),
            ("localhost:1", true, true),
            ("LOCALHOST", true, true),
            ("[::1]:80", true, true),
            ("192.168.1.7:80", false, true),
            ("0.0.0.0", false, true),
            ("[fd00::7]:80", false, true),
            ("sandbox:8080", false, true),
            ("aura_sandbox-1", false, true),
            ("host.docker.internal:80", false, true),
            ("evil.example:80", false, false),
            ("localhost.evil.example", false, false),
            ("127.0.0.1.evil.example", false, false),
            ("internal.evil.example", false, false),
            ("evil.", false, false),
            (".internal", false, false),
            ("localhost@evil.example", false, false),
            ("me@localhost", false, false),
            ("", false, false),
        ] {
            assert_eq!(accepts(Hosts::Loopback, host), on_loopback, "{host}");
            assert_eq!(accepts(Hosts::Network, host), on_a_network, "{host}");
        }
        assert!(Hosts::Network.named_in(&HeaderMap::new()).is_none());
    }
}
