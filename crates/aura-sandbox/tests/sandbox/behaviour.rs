//! The sandbox answers as the service does, and only what the contract documents.

use aura_sandbox::{Organization, Sandbox};
use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde_json::json;

use super::documented::Documented;
use super::{Came, ID, OTHER_ID, ask, get, id, lead, other_id, started};

#[tokio::test]
async fn the_contracts_lead_is_there_from_the_start() {
    let sandbox = Sandbox::start().await.expect("it starts");
    assert!(sandbox.api_key().starts_with("aura_pk_test_"));
    assert_eq!(sandbox.base_url(), format!("http://{}", sandbox.address()));

    let lead = sandbox.client().get_lead(&id()).await.expect("it is there");
    assert_eq!(lead.id, id());
    assert_eq!(lead.full_name.as_deref(), Some("John Doe"));
    let limit = lead.rate_limit().expect("told");
    assert_eq!((limit.limit, limit.remaining), (100, 99));
    assert!(lead.request_id().is_some_and(|id| id.starts_with("req_")));
}

#[tokio::test]
async fn every_answer_is_as_the_contract_documents_it() {
    let sandbox = started(Sandbox::builder()).await;
    let contract = sandbox.client();
    let openapi = Came::from(get(&sandbox, "/openapi.json")).await.json();
    let documented = Documented::new(&openapi, "get", "/v1/leads/{id}");
    drop(contract);

    let path = format!("/v1/leads/{ID}");
    let unknown = format!("/v1/leads/{OTHER_ID}");
    for (request, status, code) in [
        (get(&sandbox, &path), 200, None),
        (ask(&sandbox, Method::GET, &path), 401, Some("UNAUTHORIZED")),
        (get(&sandbox, &unknown), 404, Some("NOT_FOUND")),
        (get(&sandbox, "/v1/leads/7"), 400, Some("BAD_REQUEST")),
        (
            get(&sandbox, &path).body(vec![b' '; 2 << 20]),
            413,
            Some("PAYLOAD_TOO_LARGE"),
        ),
    ] {
        let came = Came::from(request).await;
        assert_eq!(came.status, status);
        documented.check(&came);
        if let Some(code) = code {
            assert_eq!(came.code(), code);
        }
    }
}

#[tokio::test]
async fn only_a_known_key_is_let_in_and_the_schemes_case_does_not_matter() {
    let sandbox = started(Sandbox::builder()).await;
    let key = sandbox.api_key();
    let path = format!("/v1/leads/{ID}");
    for (authorization, status) in [
        (format!("Bearer {key}"), 200),
        (format!("bearer {key}"), 200),
        (format!("BEARER  {key}"), 200),
        (format!("Bearer {key}x"), 401),
        (format!("Basic {key}"), 401),
        (key.to_owned(), 401),
        ("Bearer".to_owned(), 401),
        (String::new(), 401),
    ] {
        let request = ask(&sandbox, Method::GET, &path).header(AUTHORIZATION, &authorization);
        let came = Came::from(request).await;
        assert_eq!(came.status, status, "{}", authorization.replace(key, "…"));
        if status == 401 {
            assert_eq!(came.header("www-authenticate"), "Bearer");
        }
    }
}

#[tokio::test]
async fn a_lead_of_another_organization_is_answered_like_an_unknown_one() {
    let acme = Organization::new("acme")
        .api_key("aura_pk_test_acme")
        .lead_json(lead(OTHER_ID));
    let sandbox = started(Sandbox::builder().organization(acme)).await;

    let theirs = format!("/v1/leads/{OTHER_ID}");
    let as_acme = |path: &str| ask(&sandbox, Method::GET, path).bearer_auth("aura_pk_test_acme");
    assert_eq!(Came::from(as_acme(&theirs)).await.status, 200);
    assert_eq!(
        Came::from(as_acme(&format!("/v1/leads/{ID}"))).await.status,
        404
    );

    let error = sandbox.client().get_lead(&other_id()).await;
    let error = error.expect_err("it is not ours");
    assert!(error.is_not_found());
    assert_eq!(error.code(), Some("NOT_FOUND"));
    assert_eq!(error.message(), Some("Lead not found"));
    let unknown = "/v1/leads/00000000-0000-0000-0000-000000000000";
    let [theirs, unknown] = [
        Came::from(get(&sandbox, &theirs)).await,
        Came::from(get(&sandbox, unknown)).await,
    ]
    .map(|came| (came.status, came.code(), came.json()["error"].clone()));
    assert_eq!(theirs, unknown);

    let organizations = sandbox.requests();
    let organizations: Vec<_> = organizations
        .iter()
        .map(|asked| asked.organization())
        .collect();
    assert_eq!(organizations[..2], [Some("acme"), Some("acme")]);
    assert_eq!(organizations[2], Some("sandbox"));
}

#[tokio::test]
async fn what_leads_nowhere_says_so_before_it_asks_for_a_key() {
    let sandbox = started(Sandbox::builder()).await;
    for (method, target, status, allow) in [
        (Method::GET, "/v2/leads/7".to_owned(), 404, None),
        (Method::GET, "/v1/leads".to_owned(), 404, None),
        (Method::GET, format!("/v1/leads/{ID}/"), 404, None),
        (Method::GET, format!("//v1/leads/{ID}"), 404, None),
        (
            Method::DELETE,
            format!("/v1/leads/{ID}"),
            405,
            Some("GET, HEAD"),
        ),
        (
            Method::OPTIONS,
            format!("/v1/leads/{ID}"),
            405,
            Some("GET, HEAD"),
        ),
        (Method::POST, "/health".to_owned(), 405, Some("GET, HEAD")),
    ] {
        let came = Came::from(ask(&sandbox, method, &target)).await;
        assert_eq!(came.status, status, "{target}");
        let code = if status == 404 {
            "NO_SUCH_ROUTE"
        } else {
            "METHOD_NOT_ALLOWED"
        };
        assert_eq!(came.code(), code);
        match allow {
            Some(allow) => assert_eq!(came.header("allow"), allow),
            None => assert!(!came.headers.contains_key("allow")),
        }
    }
}

#[tokio::test]
async fn every_answer_tells_the_limit_and_its_own_id() {
    let sandbox = started(Sandbox::builder()).await;
    let path = format!("/v1/leads/{ID}");
    let mut ids = Vec::new();
    for request in [
        get(&sandbox, &path),
        ask(&sandbox, Method::GET, &path),
        get(&sandbox, "/v1/leads/7"),
        ask(&sandbox, Method::GET, "/nowhere"),
        ask(&sandbox, Method::PUT, &path),
        ask(&sandbox, Method::GET, "/health"),
        ask(&sandbox, Method::HEAD, &path),
    ] {
        let came = Came::from(request).await;
        assert_eq!(came.number("x-ratelimit-limit"), 100);
        assert!(came.number("x-ratelimit-remaining") <= 100);
        assert!(came.number("x-ratelimit-reset") > 1_700_000_000);
        let date = chrono::DateTime::parse_from_rfc2822(came.header("date"));
        assert!(date.is_ok());
        ids.push(came.header("x-request-id").to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 7);
}

#[tokio::test]
async fn health_needs_no_key() {
    let sandbox = started(Sandbox::builder()).await;
    let came = Came::from(ask(&sandbox, Method::GET, "/health")).await;

    assert_eq!((came.status, came.json()), (200, json!({"status": "ok"})));
}

#[tokio::test]
async fn the_head_of_an_answer_can_be_asked_for() {
    let sandbox = started(Sandbox::builder()).await;
    let path = format!("/v1/leads/{ID}");
    let whole = Came::from(get(&sandbox, &path)).await;
    let head = ask(&sandbox, Method::HEAD, &path).bearer_auth(sandbox.api_key());
    let head = Came::from(head).await;

    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.number("content-length"), whole.body.len() as u64);
}

#[tokio::test]
async fn requests_are_recorded_without_keys() {
    let sandbox = started(Sandbox::builder()).await;
    let request = get(&sandbox, &format!("/v1/leads/{ID}?secret=s"))
        .header("cookie", "secret")
        .header("x-tenant", "7")
        .body("secret");
    let came = Came::from(request).await;
    Came::from(ask(&sandbox, Method::GET, "/nowhere")).await;

    let [asked, nowhere] = &sandbox.requests()[..] else {
        panic!("two requests");
    };
    assert_eq!(asked.method(), Method::GET);
    assert_eq!(asked.path(), format!("/v1/leads/{ID}"));
    assert_eq!(asked.query(), Some("secret=s"));
    assert_eq!(asked.headers()["x-tenant"], "7");
    assert!(!asked.headers().contains_key("authorization"));
    assert!(!asked.headers().contains_key("cookie"));
    assert_eq!(asked.body(), "secret");
    assert_eq!(asked.operation(), Some("get_lead"));
    assert_eq!(asked.organization(), Some("sandbox"));
    assert_eq!(asked.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(asked.request_id(), came.header("x-request-id"));
    assert!(!format!("{asked:?}").contains("secret"));
    assert!(!format!("{sandbox:?}").contains("aura_pk"));
    assert_eq!((nowhere.operation(), nowhere.organization()), (None, None));

    assert_eq!(sandbox.request_count(), 2);
    sandbox.clear_requests();
    assert_eq!((sandbox.request_count(), sandbox.requests().len()), (0, 0));
}
