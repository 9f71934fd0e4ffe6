//! Keys are taken where the contract's security schemes have them.

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::{Organization, RateLimit, Sandbox, SandboxBuilder};
use reqwest::header::AUTHORIZATION;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Came, ask, started};

const KEY: &str = "ada:se+cr:et";
/// `KEY` in base64.
const ENCODED: &str = "YWRhOnNlK2NyOmV0";
const ENCODED_IN_QUERY: &str = "ada%3Ase%2Bcr%3Aet";

/// A contract with an operation for each security scheme, called like its path.
pub(crate) fn contract() -> Contract {
    let operation = |name: &str, security: Value| {
        let responses = json!({ "200": { "description": "Done." } });
        json!({ "get": { "operationId": name, "security": security, "responses": responses } })
    };
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Keys", "version": "1.0.0" },
        "security": [{ "token": [] }],
        "paths": {
            "/bearer": operation("bearer", json!([{ "token": [] }])),
            "/oauth": operation("oauth", json!([{ "oauth": [] }])),
            "/basic": operation("basic", json!([{ "password": [] }])),
            "/header": operation("header", json!([{ "header": [] }])),
            "/query": operation("query", json!([{ "query": [] }])),
            "/open": operation("open", json!([])),
            "/optional": operation("optional", json!([{ "header": [] }, {}]))
        },
        "components": { "securitySchemes": {
            "token": { "type": "http", "scheme": "bearer" },
            "oauth": { "type": "oauth2", "flows": {} },
            "password": { "type": "http", "scheme": "basic" },
            "header": { "type": "apiKey", "in": "header", "name": "X-Tenant-Key" },
            "query": { "type": "apiKey", "in": "query", "name": "key" },
            "cookie": { "type": "apiKey", "in": "cookie", "name": "key" }
        } }
    });
    Contract::from_json(&document.to_string()).expect("it is a contract")
}

fn builder() -> SandboxBuilder {
    Sandbox::builder().contract(contract()).api_key(KEY)
}

fn with_header(sandbox: &Sandbox, path: &str, name: &str, value: &str) -> RequestBuilder {
    ask(sandbox, Method::GET, path).header(name, value)
}

/// Requests for a path with the key in each place.
fn everywhere(sandbox: &Sandbox, path: &str) -> [(&'static str, RequestBuilder); 4] {
    let authorization = |value: String| with_header(sandbox, path, "authorization", &value);
    let query = format!("{path}?a=1&key={ENCODED_IN_QUERY}");
    [
        ("bearer", authorization(format!("Bearer {KEY}"))),
        ("basic", authorization(format!("Basic {ENCODED}"))),
        ("header", with_header(sandbox, path, "x-tenant-key", KEY)),
        ("query", ask(sandbox, Method::GET, &query)),
    ]
}

#[tokio::test]
async fn each_operation_takes_the_key_where_its_scheme_has_it() {
    let sandbox = started(builder()).await;
    for (path, place) in [
        ("/bearer", "bearer"),
        ("/oauth", "bearer"),
        ("/basic", "basic"),
        ("/header", "header"),
        ("/query", "query"),
    ] {
        for (name, request) in everywhere(&sandbox, path) {
            let status = if name == place { 200 } else { 401 };
            assert_eq!(Came::from(request).await.status, status, "{path} {name}");
        }
    }
    for path in ["/open", "/optional"] {
        let came = Came::from(ask(&sandbox, Method::GET, path)).await;
        assert_eq!(came.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_missing_key_is_asked_for_in_the_words_of_its_scheme() {
    let sandbox = started(builder()).await;
    for (path, challenge) in [
        ("/bearer", Some("Bearer")),
        ("/oauth", Some("Bearer")),
        ("/basic", Some("Basic realm=\"sandbox\"")),
        ("/header", None),
        ("/query", None),
    ] {
        let came = Came::from(ask(&sandbox, Method::GET, path)).await;
        assert_eq!((came.status, came.code().as_str()), (401, "UNAUTHORIZED"));
        let found = came.headers.get("www-authenticate");
        let found = found.map(|value| value.to_str().expect("it is text"));
        assert_eq!(found, challenge, "{path}");
    }
}

#[tokio::test]
async fn basic_takes_user_and_password() {
    let user_alone = Organization::new("acme").api_key("grace");
    let sandbox = started(builder().organization(user_alone)).await;
    for (authorization, status) in [
        (format!("basic  {ENCODED}"), 200),
        // grace:
        ("Basic Z3JhY2U6".to_owned(), 200),
        // grace
        ("Basic Z3JhY2U=".to_owned(), 401),
        // ada:secret
        ("Basic YWRhOnNlY3JldA==".to_owned(), 401),
        // A colon and no UTF-8.
        ("Basic Ov8=".to_owned(), 401),
        ("Basic %".to_owned(), 401),
        ("Basic".to_owned(), 401),
        (format!("Basic {KEY}"), 401),
    ] {
        let request = with_header(&sandbox, "/basic", "authorization", &authorization);
        assert_eq!(Came::from(request).await.status, status, "{authorization}");
    }
}

#[tokio::test]
async fn a_made_up_key_is_good_for_every_scheme() {
    let sandbox = started(Sandbox::builder().contract(contract())).await;
    let (user, password) = sandbox
        .api_key()
        .split_once(':')
        .expect("user and password");
    let basic = ask(&sandbox, Method::GET, "/basic").basic_auth(user, Some(password));
    assert_eq!(Came::from(basic).await.status, 200);
    let bearer = ask(&sandbox, Method::GET, "/bearer").bearer_auth(sandbox.api_key());
    assert_eq!(Came::from(bearer).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn a_key_has_one_limit_wherever_it_is_sent() {
    let sandbox = started(builder().rate_limit(RateLimit::per_minute(2))).await;
    let header = |key| with_header(&sandbox, "/header", "x-tenant-key", key);
    let basic = || {
        with_header(
            &sandbox,
            "/basic",
            "authorization",
            &format!("Basic {ENCODED}"),
        )
    };
    for (request, status, remaining) in [
        (header(KEY), 200, 1),
        (header("wrong"), 401, 2),
        (basic(), 200, 0),
        (header(KEY), 429, 0),
        (basic(), 429, 0),
        (ask(&sandbox, Method::GET, "/open"), 200, 2),
    ] {
        let came = Came::from(request).await;
        let standing = (came.status, came.number("x-ratelimit-remaining"));
        assert_eq!(standing, (status, remaining));
    }
}

#[tokio::test]
async fn keys_are_recorded_nowhere() {
    let sandbox = started(builder()).await;
    let paths = [
        "/bearer", "/basic", "/header", "/query", "/open", "/nowhere",
    ];
    for path in paths {
        for (name, request) in everywhere(&sandbox, path) {
            Came::from(request).await;
            let asked = sandbox.requests().pop().expect("it is on record");
            let is_taken = asked.status().is_some_and(|status| status != 401);
            assert_eq!(
                asked.organization(),
                is_taken.then_some("sandbox"),
                "{path} {name}"
            );
        }
    }
    let recorded = sandbox.requests();
    assert_eq!(recorded.len(), 4 * paths.len());
    assert_eq!(recorded[3].query(), Some("a=1"));

    let told = Came::from(ask(&sandbox, Method::GET, "/__sandbox/requests")).await;
    for secret in [KEY, ENCODED, ENCODED_IN_QUERY] {
        assert!(!told.body.contains(secret), "{secret}");
        assert!(!format!("{recorded:?}").contains(secret), "{secret}");
    }
    let headers = recorded.iter().flat_map(|asked| asked.headers().keys());
    let secret =
        headers.filter(|name| ["x-tenant-key", AUTHORIZATION.as_str()].contains(&name.as_str()));
    assert_eq!(secret.count(), 0);
}
