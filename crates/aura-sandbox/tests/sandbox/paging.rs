//! Lists in pages, as `x-pagination` says.

use std::collections::BTreeSet;

use aura_sandbox::Sandbox;
use aura_sandbox::aura_contract::Contract;
use serde_json::{Value, json};

use super::documented::Documented;
use super::{Came, get, started};

/// A list whose cursor has this name and schema, with items of this schema.
fn contract(name: &str, cursor: Value, item: Value) -> Contract {
    let page = json!({
        "type": "object",
        "required": ["has_more"],
        "properties": { "next": cursor, "has_more": { "type": "boolean" } },
    });
    let body = json!({
        "type": "object",
        "required": ["data", "page"],
        "properties": { "data": { "type": "array", "items": item }, "page": page },
    });
    let content = json!({ "application/json": { "schema": body } });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Notes", "version": "1.0.0" },
        "paths": { "/notes": { "get": {
            "operationId": "list_notes",
            "x-pagination": { "cursor": name, "next": "page.next", "items": "data" },
            "parameters": [
                { "name": name, "in": "query", "schema": cursor },
                { "name": "limit", "in": "query", "schema": { "type": "string" } },
            ],
            "responses": { "200": { "description": "A page.", "content": content } },
        } } },
    });
    Contract::from_json(&document.to_string()).expect("it is a contract")
}

fn note() -> Value {
    json!({
        "type": "object",
        "required": ["id"],
        "properties": { "id": { "type": "string", "format": "uuid" }, "text": { "type": "string" } },
    })
}

/// The items of all pages, and the sizes of these.
async fn all(contract: Contract, name: &str, query: &str) -> (Vec<Value>, Vec<usize>) {
    let document = contract.document().clone();
    let sandbox = started(Sandbox::builder().contract(contract)).await;
    let (mut items, mut sizes) = (Vec::new(), Vec::new());
    let mut target = format!("/notes?{query}");
    loop {
        let came = Came::from(get(&sandbox, &target)).await;
        assert_eq!(came.status, 200, "{target}: {}", came.body);
        Documented::new(&document, "get", "/notes").check(&came);
        let body = came.json();
        let page = body["data"].as_array().expect("a list");
        items.extend(page.iter().cloned());
        sizes.push(page.len());
        let next = match &body["page"]["next"] {
            Value::Null => None,
            Value::String(text) if text.is_empty() => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        assert_eq!(body["page"]["has_more"], next.is_some());
        match next {
            Some(cursor) => target = format!("/notes?{query}&{name}={cursor}"),
            None => return (items, sizes),
        }
    }
}

#[tokio::test]
async fn pages_lead_to_each_other_whatever_the_cursor_is() {
    let text = |more: Value| {
        let mut schema = json!({ "type": "string", "nullable": true });
        schema
            .as_object_mut()
            .expect("it is one")
            .extend(more.as_object().cloned().expect("one"));
        schema
    };
    for (name, cursor) in [
        ("cursor", text(json!({}))),
        ("cursor", json!({ "type": "string" })),
        ("cursor", text(json!({ "format": "uuid" }))),
        ("since", text(json!({ "format": "date-time" }))),
        ("cursor", text(json!({ "maxLength": 2 }))),
        ("offset", json!({ "type": "integer" })),
        ("page", json!({ "type": "integer", "minimum": 1 })),
    ] {
        let listed = contract(name, cursor.clone(), note());
        let (items, sizes) = all(listed, name, "").await;
        assert_eq!(sizes, [10, 10, 5], "{name}: {cursor}");
        let ids: BTreeSet<&str> = items
            .iter()
            .filter_map(|item| item["id"].as_str())
            .collect();
        assert_eq!(ids.len(), 25, "{name}: {cursor}");
    }
}

#[tokio::test]
async fn pages_are_as_large_as_is_asked_for_and_in_one_order() {
    let listed = || {
        contract(
            "cursor",
            json!({ "type": "string", "nullable": true }),
            note(),
        )
    };
    let (usual, _) = all(listed(), "cursor", "").await;
    for (query, expected) in [
        ("limit=7", &[7, 7, 7, 4][..]),
        ("limit=25", &[25]),
        ("limit=99999999999", &[25]),
    ] {
        let (items, sizes) = all(listed(), "cursor", query).await;
        assert_eq!(sizes, expected);
        assert_eq!(items, usual);
    }
    let names = contract(
        "cursor",
        json!({ "type": "string" }),
        json!({ "type": "string" }),
    );
    let (items, _) = all(names, "cursor", "").await;
    assert_ne!(items[0], items[1]);
}

#[tokio::test]
async fn rejects_a_cursor_that_no_page_gave() {
    let listed = contract(
        "cursor",
        json!({ "type": "string", "nullable": true }),
        note(),
    );
    let sandbox = started(Sandbox::builder().contract(listed)).await;
    for query in [
        "cursor=other",
        "cursor=",
        "limit=0",
        "limit=many",
        "limit=-1",
    ] {
        let came = Came::from(get(&sandbox, &format!("/notes?{query}"))).await;
        assert_eq!(
            (came.status, came.code().as_str()),
            (400, "BAD_REQUEST"),
            "{query}"
        );
    }
}
