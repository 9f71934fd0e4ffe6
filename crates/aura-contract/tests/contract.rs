//! The contract as its readers have it: routes, requests, checks and samples.

use aura_contract::http::{HeaderMap, Method};
use aura_contract::serde_json::{Value, json};
use aura_contract::{Contract, Operation, Route, Scheme};

/// A contract of the kinds of operation that an API like this grows.
fn grown() -> Contract {
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Grown", "version": "2.0.0" },
        "security": [{ "bearerAuth": [] }],
        "paths": {
            "/v1/leads": {
                "get": {
                    "operationId": "list_leads",
                    "parameters": [
                        { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 100 } },
                        { "name": "tag", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
                        { "name": "created_after", "in": "query", "schema": { "type": "string", "format": "date-time" } },
                        { "name": "archived", "in": "query", "required": true, "schema": { "type": "boolean" } },
                        { "name": "X-Tenant", "in": "header", "schema": { "type": "string", "maxLength": 8 } }
                    ],
                    "responses": { "200": { "description": "Leads.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Page" } } } } }
                },
                "post": {
                    "operationId": "create_lead",
                    "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Lead" } } } },
                    "responses": { "201": { "description": "Made.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Lead" } } } }, "4XX": { "description": "Refused." } }
                }
            },
            "/v1/leads/export": { "get": { "operationId": "export", "security": [], "responses": { "204": { "description": "Begun." } } } },
            "/v1/leads/{id}": {
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }],
                "delete": { "operationId": "delete_lead", "responses": { "204": { "description": "Gone." }, "default": { "description": "Else." } } }
            },
            "/v1/notes/{id}/{name}": {
                "get": {
                    "operationId": "get_note",
                    "parameters": [
                        { "name": "name", "in": "path", "required": true, "schema": { "type": "string" } },
                        { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
                        { "name": "id", "in": "query", "schema": { "type": "string" } }
                    ],
                    "responses": { "200": { "description": "A note." } }
                }
            }
        },
        "components": {
            "securitySchemes": { "bearerAuth": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Page": {
                    "type": "object",
                    "required": ["data"],
                    "properties": {
                        "data": { "type": "array", "minItems": 2, "uniqueItems": true, "items": { "$ref": "#/components/schemas/Code" } },
                        "next": { "type": "object", "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Page" }] }
                    }
                },
                "Code": { "type": "string", "pattern": "^[A-Z]{3}-[0-9]+$", "minLength": 6, "maxLength": 12 },
                "Amount": { "type": "integer", "minimum": 10, "exclusiveMinimum": true, "multipleOf": 7 },
                "Lead": {
                    "allOf": [
                        { "type": "object", "required": ["id", "secret"], "properties": {
                            "id": { "type": "string", "format": "uuid", "readOnly": true },
                            "secret": { "type": "string", "writeOnly": true }
                        } },
                        { "type": "object", "required": ["status", "amount"], "properties": {
                            "status": { "type": "string", "enum": ["new", "won"] },
                            "amount": { "$ref": "#/components/schemas/Amount" },
                            "share": { "type": "number", "maximum": 0.25 },
                            "owner": { "oneOf": [{ "type": "integer" }, { "type": "string", "format": "email" }] },
                            "labels": { "type": "object", "additionalProperties": { "type": "boolean" } },
                            "small": { "type": "integer", "format": "int32" }
                        } }
                    ]
                }
            }
        }
    });
    Contract::from_json(&document.to_string()).expect("it is one")
}

fn operation<'c>(contract: &'c Contract, id: &str) -> &'c Operation {
    contract.operation(id).expect("the contract has it")
}

fn texts(arguments: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    let owned = |values: &[&str]| values.iter().map(|value| value.to_string()).collect();
    arguments
        .iter()
        .map(|(key, values)| (key.to_string(), owned(values)))
        .collect()
}

#[test]
fn a_path_that_is_spelled_out_wins_over_one_with_a_variable() {
    let contract = grown();
    let id = |method, path: &str| match contract.route(&method, path) {
        Route::Found { operation, .. } => operation.id.clone(),
        Route::MethodNotAllowed { allowed } => format!("{allowed:?}"),
        Route::NotFound => "nothing".to_string(),
    };
    assert_eq!(id(Method::GET, "/v1/leads/export"), "export");
    assert_eq!(id(Method::DELETE, "/v1/leads/export"), "delete_lead");
    assert_eq!(id(Method::PUT, "/v1/leads/export"), "[GET, DELETE]");
    assert_eq!(id(Method::PUT, "/v1/leads"), "[GET, POST]");
    for unknown in ["/", "/v1", "/v1/leads/", "/v1/leads//", "/v1/leads/a/b", ""] {
        assert_eq!(id(Method::DELETE, unknown), "nothing", "{unknown}");
    }
}

#[test]
fn a_segment_may_have_several_variables() {
    let text = r#"{"openapi":"3.0.3","paths":{"/r/{year}-{day}.{form}":{
        "get":{"operationId":"report","responses":{}}}}}"#;
    let contract = Contract::from_json(text).expect("a contract");
    let arguments = |path| -> Vec<String> {
        match contract.route(&Method::GET, path) {
            Route::Found { arguments, .. } => arguments
                .iter()
                .map(|argument| argument.text().into_owned())
                .collect(),
            _ => Vec::new(),
        }
    };
    assert_eq!(arguments("/r/2026-01-17.csv"), ["2026", "01-17", "csv"]);
    assert_eq!(arguments("/r/%2d-%2d.%2d"), ["-", "-", "-"]);
    for other in ["/r/2026", "/r/2026-.csv", "/r/-1.csv", "/r/2026-1."] {
        assert!(arguments(other).is_empty(), "{other}");
    }
}

#[test]
fn no_sample_fills_the_memory() {
    let text = r#"{"openapi":"3.0.3","components":{"schemas":{
        "A":{"type":"array","items":{"type":"string"},"minItems":4000000000},
        "S":{"type":"string","minLength":4000000000},
        "O":{"type":"object","minProperties":4000000000}}}}"#;
    let contract = Contract::from_json(text).expect("a contract");
    for name in ["A", "S", "O"] {
        let schema = contract.schema(name).expect("it is there");
        assert!(schema.sample().to_string().len() < 1_000_000, "{name}");
    }
}

#[test]
fn arguments_come_out_of_a_path_as_they_went_in() {
    let contract = grown();
    let note = operation(&contract, "get_note");
    let sent = texts(&[
        ("path-id", &["50% ü?#"]),
        ("name", &["a b+c{name}"]),
        ("query-id", &["&=+ x"]),
    ]);
    let request = note.request(&sent).expect("it fits");
    let (path, query) = request.target.split_once('?').expect("it has a query");

    let Route::Found {
        operation,
        arguments,
    } = contract.route(&Method::GET, path)
    else {
        panic!("{path} leads to nothing");
    };
    assert_eq!(operation.id, "get_note");
    let read = arguments
        .iter()
        .map(|argument| (argument.name.as_str(), argument.text()));
    assert_eq!(
        read.collect::<Vec<_>>(),
        [("id", "50% ü?#".into()), ("name", "a b+c{name}".into())]
    );
    assert_eq!(query, "id=%26%3D%2B+x");
}

#[test]
fn a_path_argument_cannot_lead_elsewhere() {
    let contract = grown();
    for bad in ["", ".", "..", "a/b", "a\\b"] {
        let arguments = texts(&[("path-id", &[bad]), ("name", &["n"])]);
        let problems = operation(&contract, "get_note").request(&arguments);
        assert_eq!(problems.expect_err(bad).len(), 1, "{bad}");
    }
}

#[test]
fn a_request_that_is_written_is_found_in_order() {
    let contract = grown();
    let list = operation(&contract, "list_leads");
    let sent = texts(&[
        ("limit", &["20"]),
        ("tag", &["a", "b,c"]),
        ("created_after", &["2026-01-17T08:00:00+01:00"]),
        ("archived", &["false"]),
        ("X-Tenant", &["acme"]),
    ]);
    let request = list.request(&sent).expect("it fits");
    assert_eq!(
        request.target,
        "/v1/leads?limit=20&tag=a&tag=b%2Cc&created_after=2026-01-17T08%3A00%3A00%2B01%3A00&archived=false"
    );
    assert_eq!(request.headers, [("X-Tenant".into(), "acme".into())]);
    let query = request.target.split_once('?').map(|(_, query)| query);
    assert_eq!(list.check_request(&[], query, &HeaderMap::new(), b""), []);
}

#[test]
fn what_does_not_fit_is_told_by_both_sides_without_the_value() {
    let contract = grown();
    let list = operation(&contract, "list_leads");
    let bad = texts(&[
        ("limit", &["101"]),
        ("created_after", &["secret"]),
        ("nosuch", &["x"]),
        ("X-Tenant", &["much-too-long"]),
    ]);
    let told: Vec<_> = list
        .request(&bad)
        .expect_err("nothing fits")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "`nosuch`: list_leads has no such parameter",
            "query parameter `limit`: the value is greater than the maximum of 100",
            "query parameter `created_after`: the value is not a \"date-time\"",
            "query parameter `archived`: it is required",
            "header parameter `X-Tenant`: the value is longer than 8 characters",
        ]
    );

    let came = list.check_request(
        &[],
        Some("limit=1&limit=2&archived=yes&limit"),
        &HeaderMap::new(),
        b"",
    );
    let came: Vec<_> = came.iter().map(ToString::to_string).collect();
    assert_eq!(
        came,
        [
            "query parameter `limit`: it is given more than once",
            "query parameter `archived`: the value is neither `true` nor `false`",
        ]
    );
}

#[test]
fn whole_numbers_are_whole() {
    let contract = grown();
    let list = operation(&contract, "list_leads");
    for bad in ["", "1.0", "1e1", "+1", "01", " 1", "0x1"] {
        let problems = list.request(&texts(&[("limit", &[bad]), ("archived", &["true"])]));
        assert!(problems.is_err(), "{bad}");
    }
}

#[test]
fn a_body_is_checked_in_its_own_direction() {
    let contract = grown();
    let create = operation(&contract, "create_lead");
    let check = |body: &str| -> Vec<String> {
        let problems = create.check_request(&[], None, &HeaderMap::new(), body.as_bytes());
        problems.iter().map(ToString::to_string).collect()
    };
    let none: [String; 0] = [];
    assert_eq!(check(r#"{"secret":"s","status":"new","amount":14}"#), none);
    assert_eq!(check(""), ["body: it is required"]);
    assert_eq!(
        check("{\n  nope"),
        ["body: it is not JSON, from line 2, column 3"]
    );
    assert_eq!(check("[]"), check("7"));
    assert_eq!(
        check(r#"{"status":"a@b.example","amount":7,"labels":{"x":1},"small":2147483648}"#),
        [
            "body.secret: it is required",
            "body.status: the value is not one of \"new\" or \"won\"",
            "body.amount: the value is less than or equal to the minimum of 10",
            "body.labels.*: the value is not of type \"boolean\"",
            "body.small: the value is greater than the maximum of 2147483647",
        ]
    );
    let answer = create
        .success()
        .and_then(|answer| answer.json())
        .expect("JSON");
    assert_eq!(
        answer
            .schema
            .check(&json!({ "status": "new", "amount": 14 }))
            .len(),
        1,
        "the id lacks"
    );
}

#[test]
fn properties_are_told_apart_by_what_is_asked_of_them() {
    let contract = grown();
    let body = operation(&contract, "create_lead").body.as_ref();
    let sent = body.and_then(|body| body.json()).expect("JSON");
    let named = |is: &dyn Fn(&str, &aura_contract::Schema) -> bool| -> Vec<String> {
        let properties = sent.schema.properties().into_iter();
        let named = properties.filter(|(name, schema)| is(name, schema));
        named.map(|(name, _)| name).collect()
    };
    assert_eq!(
        named(&|name, _| sent.schema.requires(name)),
        ["id", "secret", "status", "amount"]
    );
    assert_eq!(named(&|_, schema| schema.is_absent()), ["id"]);
}

#[test]
fn text_is_read_as_its_schema_says() {
    let contract = grown();
    let lead = contract.schema("Lead").expect("it is there");
    let read = |name: &str, texts: &[&str]| {
        let texts: Vec<_> = texts.iter().map(|text| text.to_string()).collect();
        lead.property(name).expect("it is there").read(&texts)
    };
    assert_eq!(read("amount", &["14"]), Ok(json!(14)));
    assert_eq!(read("share", &["0.25"]), Ok(json!(0.25)));
    assert_eq!(read("secret", &["14"]), Ok(json!("14")));
    assert_eq!(read("labels", &[r#"{"a":true}"#]), Ok(json!({ "a": true })));
    assert_eq!(
        read("owner", &["a@b.example"]),
        Ok(json!("a@b.example")),
        "a choice"
    );
    assert_eq!(
        read("amount", &["s3cret"]),
        Err("the value is not a whole number".into())
    );
    assert_eq!(
        read("amount", &["1", "2"]),
        Err("it is given more than once".into())
    );
    let page = contract.schema("Page").expect("it is there");
    let data = page.property("data").expect("it is there");
    assert_eq!(
        data.read(&["ABC-1".into(), "ABC-2".into()]),
        Ok(json!(["ABC-1", "ABC-2"]))
    );
}

#[test]
fn a_sample_fits_its_schema() {
    let contract = grown();
    for component in ["Page", "Code", "Amount", "Lead"] {
        let schema = contract.schema(component).expect("it is there");
        let sample = schema.sample();
        assert_eq!(schema.check(&sample), [], "{component}: {sample}");
    }
    let lead = contract.schema("Lead").expect("it is there").sample();
    assert_eq!(
        lead,
        json!({
            "id": "550e8400-e29b-41d4-a716-446655440000", "status": "new", "amount": 14,
            "share": 0.25, "owner": 1, "labels": { "property1": true }, "small": 1
        })
    );
    let sent = operation(&contract, "create_lead")
        .body
        .as_ref()
        .and_then(|body| body.json());
    let sent = sent.expect("JSON").sample();
    assert_eq!(sent.get("id"), None, "it is for the API to give");
    assert_eq!(sent["secret"], "string");
}

#[test]
fn null_fits_where_the_contract_says_so_and_only_there() {
    let lead = Contract::builtin().schema("Lead").expect("it is there");
    let example = || -> Value {
        let contract = Contract::builtin();
        let success = operation(&contract, "get_lead")
            .success()
            .and_then(|answer| answer.json());
        success.expect("JSON").sample()["data"].clone()
    };
    for (name, property) in lead.properties() {
        let mut value = example();
        value[&name] = Value::Null;
        let expected = if property.is_nullable() { 0 } else { 1 };
        assert_eq!(lead.check(&value).len(), expected, "{name}");
    }
}

#[test]
fn a_misfit_deep_in_what_may_be_null_is_told_where_it_is() {
    let lead = Contract::builtin().schema("Lead").expect("it is there");
    let mut value = lead.sample();
    value["notes"] = json!([{ "content": 7 }]);
    value["source"] = json!({ "referrer": [], "utm_term": null });
    let told: Vec<_> = lead.check(&value).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "notes[0].content: the value is not of type \"string\"",
            "source.referrer: the value is not of type \"string\"",
        ]
    );
}

#[test]
fn every_example_of_the_contract_fits() {
    let contract = Contract::builtin();
    for operation in contract.operations() {
        for content in operation.answers.iter().flat_map(|answer| &answer.contents) {
            assert_eq!(
                content.schema.check(&content.sample()),
                [],
                "{}",
                operation.id
            );
        }
    }
}

#[test]
fn the_answer_to_a_status_is_the_nearest_there_is() {
    let contract = grown();
    let said = |id: &str, status| {
        let answer = operation(&contract, id).answer(status)?;
        answer.description.clone()
    };
    assert_eq!(said("create_lead", 404).as_deref(), Some("Refused."));
    assert_eq!(said("create_lead", 500), None);
    assert_eq!(said("delete_lead", 500).as_deref(), Some("Else."));
}

#[test]
fn operations_say_how_their_key_is_sent() {
    let mut document = grown().document().clone();
    let schemes = &mut document["components"]["securitySchemes"];
    schemes["query"] = json!({ "type": "apiKey", "in": "query", "name": "key" });
    schemes["cookie"] = json!({ "type": "apiKey", "in": "cookie", "name": "key" });
    let list = &mut document["paths"]["/v1/leads"]["get"];
    list["security"] = json!([{}, { "query": [] }]);
    let contract = Contract::from_json(&document.to_string()).expect("it is one");

    let query = Scheme::Query("key".into());
    for (id, scheme, needs_key) in [
        ("create_lead", &Scheme::Bearer, true),
        ("list_leads", &query, false),
        ("export", &Scheme::None, false),
    ] {
        let operation = operation(&contract, id);
        assert_eq!(
            (&operation.security, operation.needs_key()),
            (scheme, needs_key),
            "{id}"
        );
    }
    let sendable = [("bearerAuth", Scheme::Bearer), ("query", query)];
    assert_eq!(contract.security_schemes(), sendable);

    document["paths"]["/v1/leads"]["post"]["security"] = json!([{ "cookie": [] }]);
    let error = Contract::from_json(&document.to_string()).expect_err("it can't be sent");
    assert_eq!(
        error.to_string(),
        "POST /v1/leads: its key cannot be sent: `cookie` is an API key in a cookie"
    );
}

#[test]
fn absence_and_identity_are_read_where_they_are_marked() {
    let mut document = grown().document().clone();
    document["components"]["responses"] =
        json!({ "Missing": { "description": "None.", "x-not-found": "NO_LEAD" } });
    let lead = &mut document["paths"]["/v1/leads/{id}"];
    lead["parameters"][0]["x-identifies"] = "id".into();
    lead["delete"]["responses"]["404"] = json!({ "$ref": "#/components/responses/Missing" });
    let contract = Contract::from_json(&document.to_string()).expect("it is one");

    let marked = operation(&contract, "delete_lead");
    assert_eq!(marked.parameters[0].identifies.as_deref(), Some("id"));
    let not_found = |status| marked.answer(status).expect("described").not_found.clone();
    assert_eq!(not_found(404).as_deref(), Some("NO_LEAD"));
    assert_eq!(not_found(500), None);
    let unmarked = operation(&contract, "get_note");
    assert!(
        unmarked
            .parameters
            .iter()
            .all(|each| each.identifies.is_none())
    );
}

#[test]
fn an_envelope_has_data_and_success_alone() {
    let object = json!({ "type": "object" });
    for (properties, required, is_envelope) in [
        (
            json!({ "success": {}, "data": object }),
            json!(["data"]),
            true,
        ),
        (json!({ "success": {}, "data": object }), json!([]), false),
        (
            json!({ "success": {}, "data": object, "next": {} }),
            json!(["data"]),
            false,
        ),
        (json!({ "data": object }), json!(["data"]), false),
    ] {
        let document = json!({ "openapi": "3.0.3", "components": { "schemas": {
            "Body": { "type": "object", "required": required, "properties": properties }
        } } });
        let contract = Contract::from_json(&document.to_string()).expect("it is one");
        let body = contract.schema("Body").expect("it is there");
        let data = body.enveloped();
        assert_eq!(
            data.is_some_and(|data| data.is_object()),
            is_envelope,
            "{document}"
        );
    }
}

#[test]
fn a_text_that_is_no_contract_is_refused_in_words() {
    let refused = |text: &str| {
        Contract::from_json(text)
            .expect_err("no contract")
            .to_string()
    };
    assert_eq!(
        refused("{"),
        "the contract is not JSON: EOF while parsing an object at line 1 column 1"
    );
    assert_eq!(
        refused("[]"),
        "the contract is no OpenAPI 3.0 or 3.1 document: `openapi` must be 3.0.x or 3.1.x"
    );
    let nameless = r#"{"openapi":"3.0.3","paths":{"/a":{"put":{"parameters":[{"in":"query"}]}}}}"#;
    assert_eq!(refused(nameless), "PUT /a: a parameter has no `name`");
}

#[test]
fn a_contract_of_openapi_3_1_is_read_as_3_0() {
    let contract = Contract::from_json(
        r#"{"openapi":"3.1.0","paths":{"/a":{"get":{"operationId":"a","responses":{"200":
            {"description":"d","content":{"application/json":{"schema":
            {"type":["string","null"]}}}}}}}}}"#,
    );
    let contract = contract.expect("it is a contract");
    assert_eq!(contract.document()["openapi"], "3.0.3");
    let response = &contract.document()["paths"]["/a"]["get"]["responses"]["200"];
    assert_eq!(
        response["content"]["application/json"]["schema"],
        serde_json::json!({"type": "string", "nullable": true})
    );
}
