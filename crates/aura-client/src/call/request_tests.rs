//! What is sent of a call's arguments.

use super::*;
use crate::Client;
use crate::client::ClientBuilder;
use crate::request::Request;

fn builder() -> ClientBuilder {
    Client::builder().api_key("aura_pk_live_1")
}

/// The request of a call to this path, or why there is none.
fn request(
    builder: ClientBuilder,
    path: &'static str,
    arguments: impl FnOnce(Call<'_>) -> Call<'_>,
) -> Result<Request, String> {
    let client = builder.build().expect("valid");
    let call = client.call(Operation {
        id: "get_lead",
        method: Method::POST,
        path,
        security: Scheme::Bearer,
        not_found: None,
    });
    let Call {
        settings, draft, ..
    } = arguments(call);
    let request = draft.into_request(settings).map_err(String::from)?;
    Ok(request.0)
}

fn url(path: &'static str, arguments: impl FnOnce(Call<'_>) -> Call<'_>) -> Result<String, String> {
    request(builder().base_url("https://h"), path, arguments).map(|request| request.url.into())
}

#[test]
fn a_template_takes_its_arguments_wherever_they_stand() {
    for (path, expected) in [
        ("/{a}.{b}", Some("https://h/1.x")),
        ("/{a}{b}", Some("https://h/1x")),
        ("/{b}.json", Some("https://h/x.json")),
        ("/{b}:close", Some("https://h/x:close")),
        ("/{a}/{b}/{a}", Some("https://h/1/x/1")),
        ("/x?a={a}&beta", Some("https://h/x?a=1&beta")),
        ("/{c}", None),
    ] {
        let found = url(path, |call| call.path("a", &1).path("b", "x"));
        assert_eq!(found.as_deref().ok(), expected, "{path}");
    }
}

#[test]
fn arguments_follow_the_query_of_the_path() {
    let found = url("/x?beta=true", |call| {
        let call = call.query("a b", &["c&d", "e"]);
        let call = call.query_styled("list", &[1, 2], Style::Form { explode: false });
        call.query_reserved("at", "a/b", style::QUERY)
    });
    let expected = "https://h/x?beta=true&a%20b=c%26d&a%20b=e&list=1,2&at=a/b";
    assert_eq!(found.as_deref(), Ok(expected));
}

#[test]
fn a_problem_names_the_argument_and_not_its_value() {
    let object = serde_json::json!({"secret": ["a,secret"]});
    for (found, expected) in [
        (
            url("/{id}", |call| call.path("id", &["secret/"])),
            "path argument `id` must not contain `/` or `\\`",
        ),
        (
            url("/{id}", |call| call.path::<[&str]>("id", &[])),
            "path argument `id` must not be empty",
        ),
        (
            url("/", |call| {
                call.query_styled("q", &["a secret"], Style::SpaceDelimited)
            }),
            "query argument `q` must hold no space within a list or an object, whose parts it separates",
        ),
        (
            url("/", |call| call.header("X-A", &object)),
            "header argument `X-A` must hold no `,` and no space around a part of a list or an object",
        ),
    ] {
        assert_eq!(found.expect_err("nothing can be sent"), expected);
    }
}

#[test]
fn lists_go_into_one_header() {
    let sent = request(builder(), "/", |call| {
        let call = call.header("X-List", &["a", "b"]);
        call.header_styled(
            "X-Object",
            &serde_json::json!({"a": 1}),
            Style::Simple { explode: true },
        )
    });
    let headers = sent.expect("valid").headers;
    assert_eq!(headers["x-list"], "a,b");
    assert_eq!(headers["x-object"], "a=1");
}

#[test]
fn an_operation_s_own_server_is_asked_unless_the_caller_sets_a_base_url() {
    let ask = |builder, server| request(builder, "/x", |call| call.server(server, Scheme::None));
    let sent = ask(builder(), "https://other.example/v2").expect("valid");
    assert_eq!(sent.url.as_str(), "https://other.example/v2/x");
    assert_eq!(sent.security, Scheme::None);

    let sent = ask(builder().base_url("https://h"), "https://other.example").expect("valid");
    assert_eq!(sent.url.as_str(), "https://h/x");
    assert_eq!(sent.security, Scheme::Bearer);

    let problem = ask(builder(), "http://other.example")
        .err()
        .expect("the key would be in the clear");
    assert!(problem.contains("https://"), "{problem}");
}
