//! Where the sandbox listens, and by which names its own pages are found.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};

use aura_sandbox::Sandbox;
use reqwest::Method;

use super::{Came, ask, id, started};

async fn status(sandbox: &Sandbox, target: &str, host: &str) -> u16 {
    let request = ask(sandbox, Method::GET, target).header("host", host);
    Came::from(request).await.status
}

#[tokio::test]
async fn any_address_can_be_listened_on_and_has_a_url_that_can_be_used() {
    let mut hosts = vec![
        (IpAddr::from(Ipv4Addr::LOCALHOST), "http://127.0.0.1:"),
        (Ipv4Addr::UNSPECIFIED.into(), "http://127.0.0.1:"),
    ];
    // Not every machine has IPv6.
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        hosts.push((Ipv6Addr::LOCALHOST.into(), "http://[::1]:"));
        hosts.push((Ipv6Addr::UNSPECIFIED.into(), "http://[::1]:"));
    }
    for (host, url) in hosts {
        let sandbox = started(Sandbox::builder().host(host)).await;
        let port = sandbox.address().port();
        assert_eq!(sandbox.address().ip(), host);
        assert_eq!(sandbox.base_url(), format!("{url}{port}"));
        assert!(sandbox.client().get_lead(&id()).await.is_ok());
        let openapi = Came::from(ask(&sandbox, Method::GET, "/openapi.json"))
            .await
            .json();
        assert_eq!(openapi["servers"][0]["url"], sandbox.base_url());
    }
}

#[tokio::test]
async fn pages_are_for_names_that_no_page_on_the_web_can_have() {
    let loopback = started(Sandbox::builder()).await;
    let network = started(Sandbox::builder().host(Ipv4Addr::UNSPECIFIED)).await;
    for target in [
        "/docs",
        "/openapi.json",
        "/__sandbox/faults",
        "/__sandbox/leads",
    ] {
        for (host, on_loopback, on_a_network) in [
            ("localhost", 200, 200),
            ("sandbox:8080", 403, 200),
            ("10.0.0.7:8080", 403, 200),
            ("evil.example", 403, 403),
        ] {
            assert_eq!(
                status(&loopback, target, host).await,
                on_loopback,
                "{target} of {host}"
            );
            assert_eq!(
                status(&network, target, host).await,
                on_a_network,
                "{target} of {host}"
            );
        }
    }
    assert_eq!(status(&loopback, "/health", "evil.example").await, 200);
}
