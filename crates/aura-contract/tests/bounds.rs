//! Contracts and values beyond the bounds: the error names the bound and the place.

use std::fmt::Write;
use std::time::{Duration, Instant};

use aura_contract::Contract;
use aura_contract::http::HeaderMap;
use aura_contract::serde_json::{Value, json};

/// A contract with this schema of what one operation takes and answers, and these components.
fn contract(schema: &Value, components: &Value) -> Result<Contract, String> {
    let content = json!({ "application/json": { "schema": schema } });
    with_paths(
        &json!({ "/a": { "post": {
            "operationId": "a",
            "requestBody": { "content": content },
            "responses": { "200": { "description": "", "content": content } },
        } } }),
        components,
    )
}

fn with_paths(paths: &Value, components: &Value) -> Result<Contract, String> {
    let contract = json!({ "openapi": "3.0.3", "paths": paths, "components": components });
    Contract::from_json(&contract.to_string()).map_err(|error| error.to_string())
}

/// Schemas `0` to `length`, each of which leads to the next.
fn chain(length: usize, link: impl Fn(Value) -> Value) -> Value {
    let mut schemas: Vec<_> = (0..length)
        .map(|n| (n.to_string(), link(reference(n + 1))))
        .collect();
    schemas.push((length.to_string(), json!({ "type": "string" })));
    json!({ "schemas": schemas.into_iter().collect::<aura_contract::serde_json::Map<_, _>>() })
}

fn reference(n: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/{n}") })
}

#[track_caller]
fn assert_exceeds(contract: Result<Contract, String>, bound: &str, place: &str) {
    let error = contract.expect_err(bound);
    assert!(error.contains(bound), "{error}");
    assert!(error.ends_with(place), "{error}");
    assert!(error.len() < 2_000, "{error}");
}

#[test]
fn rejects_long_chains_of_references() {
    type Link = fn(Value) -> Value;
    let links: [(&str, Link); 6] = [
        ("allOf", |next| json!({ "allOf": [next] })),
        ("oneOf", |next| json!({ "oneOf": [next] })),
        ("not", |next| json!({ "not": next })),
        ("items", |next| json!({ "type": "array", "items": next })),
        ("rest", |next| json!({ "additionalProperties": next })),
        ("properties", |next| json!({ "properties": { "a": next } })),
    ];
    for (name, link) in links {
        for length in [65, 10_000] {
            let long = contract(&reference(0), &chain(length, link));
            assert_exceeds(
                long,
                "`$ref`s are nested deeper than 64",
                "at #/components/schemas/64",
            );
        }
        let allowed = contract(&reference(0), &chain(60, link)).expect(name);
        let operation = &allowed.operations()[0];
        _ = operation.check_body(None, b"{\"a\":[1]}");
    }
    let place = "/requestBody/content/application~1json/schema";
    let direct = contract(&reference(0), &chain(10_000, |next| next));
    assert_exceeds(
        direct,
        "`$ref`s follow each other in a cycle, or more than 64 times",
        place,
    );
}

#[test]
fn rejects_values_that_are_too_large_to_make_up() {
    let mut nested = json!({ "type": "string" });
    for _ in 0..4 {
        nested = json!({ "type": "array", "minItems": 1_000, "items": nested });
    }
    let twice = |next: Value| {
        json!({
            "type": "object", "required": ["a", "b"], "properties": { "a": next, "b": next },
        })
    };
    let text = json!({ "type": "string", "minLength": 1_000_000_000 });
    let members = json!({ "type": "object", "minProperties": 1_000_000_000 });
    let place = "#/paths/~1a/post/responses/200/content/application~1json/schema";
    for (schema, components, bound) in [
        (nested, json!({}), "10,000 values"),
        (text, json!({}), "64 KiB of text"),
        (members, json!({}), "a value that fits takes more than"),
        (reference(0), chain(40, twice), "10,000 values"),
    ] {
        assert_exceeds(contract(&schema, &components), bound, place);
    }
}

#[test]
fn leaves_out_optional_properties_where_all_are_too_many() {
    let twice = |next: Value| {
        json!({
            "type": "object", "required": ["c"],
            "properties": { "a": next, "b": next, "c": { "type": "integer" } },
        })
    };
    let contract = contract(&reference(0), &chain(40, twice)).expect("what is required is small");
    let content = contract.operations()[0]
        .success()
        .and_then(|answer| answer.json());
    let content = content.expect("it is JSON");
    assert_eq!(content.sample(), json!({ "c": 1 }));
    assert_eq!(content.check(content.sample().to_string().as_bytes()), []);
}

#[test]
fn makes_values_of_schemas_that_lead_to_themselves() {
    let place = "#/paths/~1a/post/responses/200/content/application~1json/schema";
    let property = json!({ "$ref": format!("{place}/properties/a/properties/b") });
    for reference in [json!({ "$ref": place }), property] {
        let inner = json!({ "type": "object", "properties": { "c": reference } });
        let own = json!({ "type": "object", "properties": { "b": inner } });
        let schema = json!({ "type": "object", "properties": { "a": own } });
        let contract = contract(&schema, &json!({})).expect("it is a contract");
        let content = contract.operations()[0]
            .success()
            .and_then(|answer| answer.json());
        let sample = content.expect("it is JSON").sample();
        assert!(sample["a"]["b"].is_object(), "{sample}");
        assert!(sample.to_string().len() < 100, "{sample}");
    }
}

#[test]
fn rejects_patterns_that_repeat_too_much() {
    let nested = format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000));
    for pattern in ["(a{1000}){1000}", "[a-z]{1000000}", r"\p{L}{500}", &nested] {
        let schema = json!({ "type": "string", "pattern": pattern });
        assert_exceeds(
            contract(&schema, &json!({})),
            "a `pattern` repeats more than 100000 characters",
            "/schema/pattern",
        );
    }
    // Not what it matches, but what it would be made from is large: no value is made from it.
    let stars = format!("{}a{}", "(".repeat(15), "+)".repeat(15));
    let schema = json!({ "type": "string", "pattern": stars });
    assert!(contract(&schema, &json!({})).is_ok());
}

#[test]
fn rejects_what_is_large_only_when_it_is_written_out() {
    let text = "x".repeat(400_000);
    let shared = json!({ "responses": { "R": {
        "description": "",
        "content": { "application/json": { "schema": {}, "example": text } },
    } } });
    let mut paths = json!({});
    for n in 0..1_000 {
        let response = json!({ "$ref": "#/components/responses/R" });
        paths[format!("/{n}")] =
            json!({ "get": { "operationId": n.to_string(), "responses": { "200": response } } });
    }
    let error = with_paths(&paths, &shared).expect_err("it is too large");
    assert!(
        error.contains("larger than 32 MiB at #/paths/~1"),
        "{error}"
    );

    let properties = (0..3_000).map(|n| (format!("p{n}"), json!({ "type": "string" })));
    let properties: aura_contract::serde_json::Map<_, _> = properties.collect();
    let wide = json!({ "schemas": { "0": { "properties": properties } } });
    let mut paths = json!({});
    for n in 0..1_000 {
        let schema = json!({ "title": n.to_string(), "allOf": [reference(0)] });
        let content = json!({ "application/json": { "schema": schema } });
        paths[format!("/{n}")] = json!({ "get": {
            "operationId": n.to_string(),
            "responses": { "200": { "description": "", "content": content } },
        } });
    }
    let error = with_paths(&paths, &wide).expect_err("it is too large");
    assert!(
        error.contains("the operations' schemas have more than 300000 parts"),
        "{error}"
    );
}

#[test]
fn rejects_too_many_headers_and_security_schemes() {
    let headers: aura_contract::serde_json::Map<_, _> =
        (0..101).map(|n| (format!("X-{n}"), json!({}))).collect();
    let response = json!({ "description": "", "headers": headers });
    let paths =
        json!({ "/a": { "get": { "operationId": "a", "responses": { "200": response } } } });
    let place = "at #/paths/~1a/get/responses/200/headers";
    assert_exceeds(
        with_paths(&paths, &json!({})),
        "more than 100 headers",
        place,
    );

    let schemes: aura_contract::serde_json::Map<_, _> =
        (0..101).map(|n| (format!("s{n}"), json!({}))).collect();
    let components = json!({ "securitySchemes": schemes });
    let place = "at #/components/securitySchemes";
    assert_exceeds(with_paths(&json!({}), &components), "more than 100", place);
}

#[test]
fn cuts_off_names_in_errors() {
    let name = "x".repeat(500_000);
    let nameless = json!({ "parameters": [{ "in": "query" }], "responses": {} });
    let paths = json!({ format!("/{name}"): { "get": nameless } });
    let error = with_paths(&paths, &json!({})).expect_err("a parameter has no name");
    assert!(error.len() < 1_000);

    let schema = json!({ "properties": { &name: { "type": "string" } } });
    let contract = contract(&schema, &json!({})).expect("it is a contract");
    let body = json!({ name: 1 }).to_string();
    for problem in contract.operations()[0].check_body(None, body.as_bytes()) {
        assert!(problem.to_string().len() < 1_000);
    }
}

/// Where two ways lead to each level, there are as many as there are grains of sand.
#[test]
fn checks_in_bounded_time_whatever_a_schema_repeats() {
    let began = Instant::now();
    let own = json!({ "properties": { "a": reference(0) } });
    let recursive: [(&str, Value); 3] = [
        ("allOf", json!({ "type": "object", "allOf": [own, own] })),
        (
            "oneOf",
            json!({ "oneOf": [own, own, { "type": "integer" }] }),
        ),
        ("not", json!({ "anyOf": [{ "not": own }, { "not": own }] })),
    ];
    for (name, schema) in recursive {
        let contract = contract(&reference(0), &json!({ "schemas": { "0": schema } }));
        let operation = &contract.expect(name).operations()[0].clone();
        let deep = |levels: usize| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
        let problems = operation.check_body(None, deep(100).as_bytes());
        let reason = "checking it would take more than 2000000 steps, or 1000 levels";
        assert_eq!(problems[0].reason, reason, "{name}");
        _ = operation.check_body(None, deep(5).as_bytes());
    }
    for (link, leaf) in [("allOf", "\"x\""), ("oneOf", "\"x\""), ("anyOf", "1")] {
        let twice = |next: Value| json!({ link: [next, next] });
        let contract = contract(&reference(0), &chain(60, twice)).expect("it is a contract");
        _ = contract.operations()[0].check_body(None, leaf.as_bytes());
    }
    assert!(
        began.elapsed() < Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
}

/// What is compiled is not the document: there `#` would be the schema around it, of which nobody
/// counts how often it applies.
#[test]
fn follows_references_within_the_document_only() {
    for reference in ["#", "", "#/properties/a", "#/components/a", "a.json#/b"] {
        let twice = json!([{ "$ref": reference }, { "$ref": reference }]);
        let schema = json!({ "type": "object", "properties": { "a": { "allOf": twice } } });
        let contract = contract(&schema, &json!({})).expect("it is a contract");
        let deep = format!("{}1{}", "{\"a\":".repeat(100), "}".repeat(100));
        let problems = contract.operations()[0].check_body(None, deep.as_bytes());
        let reason = "the contract's schema can't be used";
        assert!(
            problems[0].reason.starts_with(reason),
            "{reference}: {problems:?}"
        );
    }
}

/// What is just within the bounds fits on the stack of a thread, also of valid and of wrong values.
#[test]
fn checks_as_many_levels_as_the_bounds_allow() {
    let links: [fn(Value) -> Value; 3] = [
        |next| json!({ "allOf": [next] }),
        |next| json!({ "oneOf": [next] }),
        |next| json!({ "nullable": true, "anyOf": [next] }),
    ];
    for link in links {
        let mut components = chain(3, link);
        components["schemas"]["3"] =
            json!({ "properties": { "a": reference(0) }, "type": "object" });
        let contract = contract(&reference(0), &components).expect("it is a contract");
        let operation = &contract.operations()[0];
        for (levels, leaf) in [(118, "{}"), (118, "1"), (126, "{}")] {
            let body = format!("{}{leaf}{}", "{\"a\":".repeat(levels), "}".repeat(levels));
            let problems = operation.check_body(None, body.as_bytes());
            let is_beyond = problems
                .iter()
                .any(|problem| problem.reason.contains("1000 levels"));
            assert_eq!(is_beyond, levels == 126, "{problems:?}");
            assert_eq!(
                problems.is_empty(),
                (levels, leaf) == (118, "{}"),
                "{problems:?}"
            );
        }
    }
}

#[test]
fn finds_variables_of_a_path_in_one_pass() {
    let mut template = String::from("/");
    for n in 0..40 {
        _ = write!(template, "{{v{n}}}-");
    }
    let paths = json!({ template: { "get": { "operationId": "a", "responses": {} } } });
    let contract = with_paths(&paths, &json!({})).expect("it is a contract");
    let began = Instant::now();
    let path = format!("/{}x", "-".repeat(10_000));
    _ = contract.route(&aura_contract::http::Method::GET, &path);
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn lists_100_problems_of_parameters_and_how_many_more_there_are() {
    let parameters: Vec<_> = (0..1_000)
        .map(|n| json!({ "name": format!("q{n}"), "in": "query", "required": true }))
        .collect();
    let paths = json!({ "/a": { "get": {
        "operationId": "a", "parameters": parameters, "responses": {},
    } } });
    let contract = with_paths(&paths, &json!({})).expect("it is a contract");
    let problems = contract.operations()[0].check_request(&[], None, &HeaderMap::new(), b"");
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[100].to_string(), "there are 900 more problems");
}
