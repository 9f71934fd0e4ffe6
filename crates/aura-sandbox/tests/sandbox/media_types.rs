//! Bodies that are not JSON, in both directions.

use std::fmt::Write;

use aura_sandbox::Sandbox;
use aura_sandbox::aura_contract::Contract;
use reqwest::{Body, Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Came, ask, started};

/// A contract with one operation at `/c` for each method.
async fn serving(operations: Value) -> Sandbox {
    let document = json!({ "openapi": "3.0.3", "info": { "title": "T", "version": "1" },
        "paths": { "/c": operations } });
    let contract = Contract::from_json(&document.to_string()).expect("a contract");
    started(Sandbox::builder().contract(contract)).await
}

fn taking(content: Value) -> Value {
    json!({ "post": { "operationId": "send", "requestBody": { "content": content },
        "responses": { "204": { "description": "Done." } } } })
}

fn post(sandbox: &Sandbox, content_type: &str, body: impl Into<Body>) -> RequestBuilder {
    ask(sandbox, Method::POST, "/c")
        .header("content-type", content_type)
        .body(body)
}

/// The status of a response, and what it says of the request.
async fn told(request: RequestBuilder) -> (u16, String) {
    let came = Came::from(request).await;
    let error = match came.body.as_str() {
        "" => String::new(),
        _ => came.json()["error"].as_str().unwrap_or_default().to_owned(),
    };
    (came.status, error.replace("Invalid request: ", ""))
}

fn multipart() -> Value {
    let file = json!({ "type": "string", "format": "binary" });
    json!({ "multipart/form-data": {
        "schema": { "type": "object", "required": ["file"], "properties": {
            "file": file, "pages": { "type": "array", "items": file },
            "note": { "type": "string", "maxLength": 5 },
            "meta": { "type": "object", "properties": { "n": { "type": "integer" } } },
        } },
        "encoding": { "file": { "contentType": "image/*" } },
    } })
}

/// A body of parts, each a head and a content.
fn parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in parts {
        body.extend(format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    body
}

const BOUNDARY: &str = "multipart/form-data; boundary=b";

#[tokio::test]
async fn parts_are_checked_and_files_are_not_kept() {
    let sandbox = serving(taking(multipart())).await;
    let large = vec![0; 5 * 1024 * 1024];
    let file = (
        "name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png",
        &large[..],
    );
    let meta = (
        "name=\"meta\"\r\nContent-Type: application/json",
        &br#"{"n":1}"#[..],
    );
    let body = parts(&[
        file,
        ("name=note", b"hello"),
        meta,
        ("name=pages", b"\xff"),
        ("name=pages", b""),
    ]);
    let length = body.len();
    assert_eq!(
        told(post(&sandbox, BOUNDARY, body)).await,
        (204, String::new())
    );
    let recorded = &sandbox.requests()[0];
    assert!(recorded.body().len() <= 1024 * 1024 && recorded.body().len() < length);

    let small = ("name=file", &b"x"[..]);
    for (body, problem) in [
        (parts(&[]), "body.file: it is required"),
        (
            parts(&[small, small]),
            "body.file: it is given more than once",
        ),
        (
            parts(&[small, ("name=note", b"longer")]),
            "body.note: the value is longer than 5 characters",
        ),
        (
            parts(&[small, ("name=note", b"\xff")]),
            "body.note: it is not UTF-8",
        ),
        (
            parts(&[small, ("name=meta\r\nContent-Type: application/json", b"{")]),
            "body.meta: it is not JSON",
        ),
        (
            parts(&[("name=file\r\nContent-Type: text/html", b"x")]),
            "body.file: its media type is not in the contract",
        ),
        (
            parts(&[("filename=x", b"x")]),
            "body: one of its parts has no name",
        ),
    ] {
        assert_eq!(
            told(post(&sandbox, BOUNDARY, body)).await,
            (400, problem.to_owned())
        );
    }
}

#[tokio::test]
async fn hostile_parts_are_rejected() {
    const MALFORMED: &str =
        "body: it is not multipart/form-data with the boundary of its Content-Type";
    let sandbox = serving(taking(multipart())).await;
    let many = "--b\r\nContent-Disposition: form-data; name=n\r\n\r\n\r\n".repeat(100_000);
    let headers = (0..100).fold(String::new(), |mut headers, n| {
        _ = write!(headers, "X-{n}: 1\r\n");
        headers
    });
    for (content_type, body, problem) in [
        (
            "multipart/form-data",
            "x".into(),
            "body: its Content-Type names no boundary",
        ),
        (BOUNDARY, "x".into(), MALFORMED),
        (BOUNDARY, "--b\r\n".into(), MALFORMED),
        (
            BOUNDARY,
            "--b\r\nContent-Disposition: form-data; name=note\r\n\r\nx".into(),
            MALFORMED,
        ),
        (BOUNDARY, format!("--b\r\n{headers}\r\n\r\n"), MALFORMED),
        (
            BOUNDARY,
            format!("--b\r\nX: {}", "x".repeat(2 * 1024 * 1024)),
            MALFORMED,
        ),
        (BOUNDARY, "x".repeat(2 * 1024 * 1024), MALFORMED),
        (BOUNDARY, many, "body: it has more than 10,000 parts"),
        (
            BOUNDARY,
            format!(
                "--b\r\nContent-Disposition: form-data; name=note\r\n\r\n{}",
                "x".repeat(2 * 1024 * 1024)
            ),
            "body: what it holds beside files is larger than 1 MiB",
        ),
    ] {
        let came = told(post(&sandbox, content_type, body)).await;
        assert_eq!(came, (400, problem.to_owned()), "{content_type}");
    }
}

#[tokio::test]
async fn a_form_is_checked() {
    let form = "application/x-www-form-urlencoded";
    let schema = json!({ "type": "object", "required": ["n"], "properties": {
        "n": { "type": "integer" }, "tags": { "type": "array", "items": { "type": "string" } } } });
    let sandbox = serving(taking(json!({ form: { "schema": schema } }))).await;
    for (body, expected) in [
        ("n=1&tags=a&tags=b+c", (204, "")),
        ("n=x", (400, "body.n: the value is not a whole number")),
        ("tags=a", (400, "body.n: it is required")),
        ("n=%ff", (400, "body.n: it is not UTF-8")),
    ] {
        let (status, told) = told(post(&sandbox, form, body)).await;
        assert_eq!((status, told.as_str()), expected, "{body}");
    }
    assert_eq!(told(post(&sandbox, "text/plain", "n=1")).await.0, 415);
    let large = format!("n=1&tags={}", "x".repeat(1024 * 1024));
    assert_eq!(told(post(&sandbox, form, large)).await.0, 413);
}

#[tokio::test]
async fn text_and_bytes_are_taken_by_their_media_types() {
    let sandbox = serving(taking(json!({
        "text/csv": { "schema": { "type": "string", "maxLength": 5 } },
        "image/*": {},
        "application/vnd.aura+json": { "schema": { "type": "integer" } },
    })))
    .await;
    let large = vec![0xff; 3 * 1024 * 1024];
    for (content_type, body, expected) in [
        ("text/csv", b"a,b".to_vec(), (204, "")),
        (
            "text/csv; charset=utf-8",
            b"a,b,c,d".to_vec(),
            (400, "body: the value is longer than 5 characters"),
        ),
        ("text/csv", b"\xff".to_vec(), (400, "body: it is not UTF-8")),
        ("image/png", large, (204, "")),
        ("Application/Vnd.Aura+JSON; v=1", b"7".to_vec(), (204, "")),
        (
            "application/vnd.aura+json",
            b"x".to_vec(),
            (400, "body: it is not JSON, from line 1, column 1"),
        ),
        (
            "application/json",
            b"7".to_vec(),
            (415, "Unsupported content type"),
        ),
        (
            "application/octet-stream",
            b"x".to_vec(),
            (415, "Unsupported content type"),
        ),
    ] {
        let (status, told) = told(post(&sandbox, content_type, body)).await;
        assert_eq!((status, told.as_str()), expected, "{content_type}");
    }
}

async fn came(responses: Value, prefer: &[(&str, &str)]) -> (u16, String, Vec<u8>) {
    let sandbox = serving(json!({ "get": { "operationId": "get", "responses": responses } })).await;
    let request = ask(&sandbox, Method::GET, "/c");
    let request = prefer.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    let response = request.send().await.expect("a response");
    let media_type = response.headers().get("content-type");
    let media_type = media_type.map(|value| value.to_str().expect("text").to_owned());
    let status = response.status().as_u16();
    let body = response.bytes().await.expect("a body");
    (status, media_type.unwrap_or_default(), body.to_vec())
}

fn of(media_type: &str, content: Value) -> Value {
    json!({ "200": { "description": "It.", "content": { media_type: content } } })
}

#[tokio::test]
async fn responses_have_the_media_type_that_is_described() {
    const BINARY: &[u8] = b"\x00\x01\x02\x03\xfc\xfd\xfe\xff";
    let object =
        json!({ "schema": { "type": "object", "properties": { "a": { "type": "integer" } } } });
    let binary = json!({ "schema": { "type": "string", "format": "binary" } });
    for (described, content, media_type, body) in [
        (
            "application/vnd.aura+json;v=2",
            object.clone(),
            "application/vnd.aura+json;v=2",
            &br#"{"a":1}"#[..],
        ),
        ("*/*", object.clone(), "application/json", br#"{"a":1}"#),
        (
            "application/json",
            json!({ "example": { "b": 2 } }),
            "application/json",
            br#"{"b":2}"#,
        ),
        (
            "text/csv",
            json!({ "schema": { "type": "string" }, "example": "a,b" }),
            "text/csv",
            b"a,b",
        ),
        ("text/*", json!({}), "text/plain; charset=utf-8", b"string"),
        (
            "application/xml",
            json!({ "schema": object["schema"], "example": "<a/>" }),
            "application/xml",
            b"<a/>",
        ),
        ("application/pdf", binary.clone(), "application/pdf", BINARY),
        (
            "application/zip",
            json!({ "schema": binary["schema"], "example": "PK" }),
            "application/zip",
            b"PK",
        ),
        ("image/*", json!({}), "image/png", BINARY),
        ("*/*", binary, "application/octet-stream", BINARY),
    ] {
        let came = came(of(described, content), &[]).await;
        assert_eq!(
            came,
            (200, media_type.to_owned(), body.to_vec()),
            "{described}"
        );
    }
    let (status, _, body) = came(of("application/xml", object), &[]).await;
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!((status, &body["code"]), (501, &json!("NOT_IMPLEMENTED")));
}

#[tokio::test]
async fn a_caller_may_prefer_one_of_several_responses() {
    let json = json!({ "application/json": { "schema": { "type": "integer" } },
        "text/plain": { "schema": { "type": "string" } } });
    let responses = json!({ "201": { "description": "Made.", "content": json },
        "204": { "description": "Was there." }, "4XX": { "description": "No." } });
    for (prefer, status, media_type) in [
        (&[][..], 201, "application/json"),
        (&[("accept", "text/html, text/*;q=0.5")], 201, "text/plain"),
        (&[("accept", "image/png")], 201, "application/json"),
        (&[("prefer", "code=204")], 204, ""),
        (
            &[("prefer", "respond-async, code=409")],
            409,
            "application/json",
        ),
        (&[("prefer", "code=503")], 201, "application/json"),
    ] {
        let (given, kind, _) = came(responses.clone(), prefer).await;
        assert_eq!((given, kind.as_str()), (status, media_type), "{prefer:?}");
    }
}

#[tokio::test]
async fn a_redirect_leads_somewhere_and_a_default_is_a_success() {
    let described = |status: &str, headers: Value| json!({ status: { "description": "There.", "headers": headers }, "404": { "description": "No." } });
    let location =
        json!({ "Location": { "schema": { "type": "string" }, "example": "/v1/notes/1" } });
    let any = json!({ "Location": { "schema": { "type": "string" } } });
    for (responses, status, leads) in [
        (described("303", location), 303, Some("/v1/notes/1")),
        (described("303", any), 303, Some("https://example.com/")),
        (
            described("3XX", json!({})),
            302,
            Some("https://example.com/"),
        ),
        (described("304", json!({})), 304, None),
        (described("2XX", json!({})), 200, None),
        (described("default", json!({})), 200, None),
    ] {
        let sandbox =
            serving(json!({ "get": { "operationId": "get", "responses": responses } })).await;
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        let url = format!("{}/c", sandbox.base_url());
        let response = http
            .build()
            .expect("a client")
            .get(url)
            .send()
            .await
            .expect("a response");
        let location = response
            .headers()
            .get("location")
            .map(|value| value.to_str().expect("text"));
        assert_eq!((response.status().as_u16(), location), (status, leads));
    }
}

#[tokio::test]
async fn an_operation_without_a_client_and_references_into_paths_are_served() {
    let note = json!({ "type": "object", "properties": { "id": { "type": "integer" } } });
    let there = "#/paths/~1c/get/responses/200/content/application~1json/schema";
    let sandbox = serving(json!({
        "get": { "operationId": "get", "x-codegen-skip": "It is for browsers.",
            "responses": of("application/json", json!({ "schema": note })) },
        "post": { "operationId": "post",
            "responses": of("application/json", json!({ "schema": { "$ref": there } })) },
    }))
    .await;
    for method in [Method::GET, Method::POST] {
        let came = Came::from(ask(&sandbox, method, "/c")).await;
        assert_eq!((came.status, came.json()), (200, json!({ "id": 1 })));
    }
}
