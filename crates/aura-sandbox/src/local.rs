//! What only this machine may do: a page on the web that leads a browser here is kept out.

use std::net::IpAddr;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::HOST;
use http::uri::Authority;
use http::{HeaderMap, StatusCode};

/// Lets requests pass that name this machine as their host. A foreign name that leads to
/// 127.0.0.1 would give a foreign page what is here (DNS rebinding).
pub(crate) async fn only(request: Request, next: Next) -> Response {
    match host(request.headers()) {
        Some(_) => next.run(request).await,
        None => {
            let problem = "only for localhost, 127.0.0.1 or [::1] as the host\n";
            (StatusCode::FORBIDDEN, problem).into_response()
        }
    }
}

/// Host and port as the caller wrote them, if they are this machine's.
pub(crate) fn host(headers: &HeaderMap) -> Option<Authority> {
    let host: Authority = headers.get(HOST)?.to_str().ok()?.parse().ok()?;
    let name = host.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let is_local = name.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    (is_local && !host.as_str().contains('@')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn only_this_machine_is_local() {
        for (text, is_local) in [
            ("127.0.0.1:80", true),
            ("127.9.9.9", true),
            ("localhost:1", true),
            ("LOCALHOST", true),
            ("[::1]:80", true),
            ("evil.example:80", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("localhost@evil.example", false),
            ("me@localhost", false),
            ("0.0.0.0", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static(text));
            assert_eq!(host(&headers).is_some(), is_local, "{text}");
        }
        assert!(host(&HeaderMap::new()).is_none());
    }
}
