//! Arguments and bodies as OpenAPI's styles and media types write them.

use aura_contract::http::{HeaderMap, HeaderValue, Method};
use aura_contract::serde_json::{Value, json};
use aura_contract::{Content, Contract, Operation, Part, Route};

fn contract(path: &str, method: &str, operation: Value) -> Contract {
    let mut operation = operation;
    operation["operationId"] = "call".into();
    operation["responses"] = json!({ "204": { "description": "Done." } });
    let document = json!({ "openapi": "3.0.3", "paths": { path: { method: operation } } });
    Contract::from_json(&document.to_string()).expect("a contract")
}

fn call(contract: &Contract) -> &Operation {
    contract.operation("call").expect("it is there")
}

fn list() -> Value {
    json!({ "type": "array", "items": { "type": "integer" } })
}

fn color() -> Value {
    let channel = json!({ "type": "integer" });
    json!({ "type": "object", "required": ["R"], "properties": { "R": channel, "G": channel } })
}

/// Where an argument stands, in which style, whether exploded, and what it is.
fn parameter(location: &str, style: &str, explode: bool, schema: Value) -> Value {
    json!({ "name": "p", "in": location, "style": style, "explode": explode, "required": true,
        "schema": schema })
}

fn told(problems: &[aura_contract::Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn writes_and_reads_every_style() {
    let one = || json!({ "type": "string" });
    let (both, of_color) = (&["3", "4"][..], &[r#"{"R":100,"G":200}"#][..]);
    for (location, style, explode, schema, texts, expected) in [
        ("path", "simple", false, one(), &["a b"][..], "/c/a%20b/d"),
        ("path", "simple", true, list(), both, "/c/3,4/d"),
        (
            "path",
            "simple",
            false,
            color(),
            of_color,
            "/c/R,100,G,200/d",
        ),
        (
            "path",
            "simple",
            true,
            color(),
            of_color,
            "/c/R=100,G=200/d",
        ),
        ("path", "label", false, one(), &["a.b"], "/c/.a.b/d"),
        ("path", "label", false, list(), both, "/c/.3,4/d"),
        ("path", "label", true, list(), both, "/c/.3.4/d"),
        (
            "path",
            "label",
            false,
            color(),
            of_color,
            "/c/.R,100,G,200/d",
        ),
        (
            "path",
            "label",
            true,
            color(),
            of_color,
            "/c/.R=100.G=200/d",
        ),
        ("path", "matrix", false, one(), &["a;b"], "/c/;p=a%3Bb/d"),
        ("path", "matrix", false, list(), both, "/c/;p=3,4/d"),
        ("path", "matrix", true, list(), both, "/c/;p=3;p=4/d"),
        (
            "path",
            "matrix",
            false,
            color(),
            of_color,
            "/c/;p=R,100,G,200/d",
        ),
        (
            "path",
            "matrix",
            true,
            color(),
            of_color,
            "/c/;R=100;G=200/d",
        ),
        ("query", "form", true, list(), both, "?p=3&p=4"),
        ("query", "form", false, list(), both, "?p=3,4"),
        ("query", "form", true, color(), of_color, "?R=100&G=200"),
        ("query", "form", false, color(), of_color, "?p=R,100,G,200"),
        ("query", "spaceDelimited", false, list(), both, "?p=3%204"),
        ("query", "spaceDelimited", true, list(), both, "?p=3&p=4"),
        ("query", "pipeDelimited", false, list(), both, "?p=3%7C4"),
        (
            "query",
            "deepObject",
            true,
            color(),
            of_color,
            "?p%5BR%5D=100&p%5BG%5D=200",
        ),
        ("header", "simple", false, list(), both, "p: 3,4"),
        (
            "header",
            "simple",
            false,
            color(),
            of_color,
            "p: R,100,G,200",
        ),
        (
            "header",
            "simple",
            true,
            color(),
            of_color,
            "p: R=100,G=200",
        ),
        ("cookie", "form", false, list(), both, "Cookie: p=3,4"),
    ] {
        let template = if location == "path" { "/c/{p}/d" } else { "/c" };
        let parameter = parameter(location, style, explode, schema);
        let contract = contract(template, "get", json!({ "parameters": [parameter] }));
        let texts = texts.iter().map(ToString::to_string).collect();
        let request = call(&contract)
            .request(&[("p".into(), texts)])
            .expect(expected);
        let mut headers = HeaderMap::new();
        let written = match request.headers.as_slice() {
            [(name, text)] => {
                let name: aura_contract::http::HeaderName = name.parse().expect("a name");
                headers.insert(name, HeaderValue::from_str(text).expect("a value"));
                format!("{}: {text}", request.headers[0].0)
            }
            _ => request
                .target
                .strip_prefix("/c?")
                .map_or(request.target.clone(), |query| format!("?{query}")),
        };
        assert_eq!(written, expected, "{parameter}");

        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let Route::Found {
            operation,
            arguments,
        } = contract.route(&Method::GET, path)
        else {
            panic!("{path} leads to nothing");
        };
        let problems = operation.check_request(&arguments, Some(query), &headers, b"");
        assert_eq!(problems, [], "{parameter}");
    }
}

#[test]
fn reads_what_other_clients_write() {
    let check = |style: &str, explode, schema: Value, query: &str| {
        let parameter = parameter("query", style, explode, schema);
        let contract = contract("/c", "get", json!({ "parameters": [parameter] }));
        told(&call(&contract).check_request(&[], Some(query), &HeaderMap::new(), b""))
    };
    let none: [String; 0] = [];
    let deep = json!({ "type": "object", "properties": {
        "page": { "type": "object", "properties": { "size": { "type": "integer" } } },
        "ids": list(),
    } });
    for (style, schema, query) in [
        ("spaceDelimited", list(), "p=3+4"),
        ("pipeDelimited", list(), "p=3|4"),
        ("form", list(), "p=3&p=4,5"),
        (
            "deepObject",
            deep.clone(),
            "p[page][size]=20&p[ids]=1&p[ids]=2",
        ),
        ("deepObject", deep.clone(), "p[ids][]=1&p[ids][]=2"),
        (
            "deepObject",
            deep.clone(),
            "p%5Bids%5D%5B1%5D=1&p%5Bids%5D%5B0%5D=2",
        ),
    ] {
        assert_eq!(check(style, false, schema, query), none, "{query}");
    }
    for (query, problem) in [
        (
            "p[page][size]=x",
            "p`.page.size: the value is not a whole number",
        ),
        (
            "p[ids][]=1&p[ids][]=x",
            "p`.ids[1]: the value is not a whole number",
        ),
        (
            "p[page]=1&p[page][size]=2",
            "p`: one of its names has both a value and members",
        ),
        ("p[page", "p`: a bracket in its name is not closed"),
        (
            "p[page]size=1",
            "p`: something follows the brackets in its name",
        ),
        (
            "p[ids][]=%zz",
            "p`: it has a `%` without two hexadecimal digits",
        ),
        ("p[ids][]=%ff", "p`: it is not UTF-8"),
        ("q=1", "p`: it is required"),
    ] {
        let problems = check("deepObject", true, deep.clone(), query);
        assert_eq!(problems, [format!("query parameter `{problem}")], "{query}");
    }
    let brackets = format!("p{}=1", "[a]".repeat(10_000));
    let problems = check("deepObject", true, deep, &brackets);
    assert_eq!(problems, ["query parameter `p`: it is nested too deeply"]);
}

#[test]
fn a_parameter_with_content_is_json() {
    let parameter = json!({ "name": "p", "in": "query",
        "content": { "application/json": { "schema": color() } } });
    let contract = contract("/c", "get", json!({ "parameters": [parameter] }));
    let texts = vec![r#"{"R": 1}"#.to_owned()];
    let request = call(&contract)
        .request(&[("p".into(), texts)])
        .expect("it fits");
    assert_eq!(request.target, "/c?p=%7B%22R%22%3A1%7D");
    let check =
        |query| told(&call(&contract).check_request(&[], Some(query), &HeaderMap::new(), b""));
    assert_eq!(check("p=%7B%22R%22%3A1%7D"), [""; 0]);
    assert_eq!(check("p={}"), ["query parameter `p`.R: it is required"]);
    assert_eq!(check("p={"), ["query parameter `p`: the value is not JSON"]);
    assert_eq!(
        check(r#"p={"R":"1"}"#),
        ["query parameter `p`.R: the value is not of type \"integer\""]
    );
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    for (location, style, given, problem) in [
        (
            "query",
            "spaceDelimited",
            "a b",
            "a value in it has a space, which separates values",
        ),
        (
            "query",
            "pipeDelimited",
            "a|b",
            "a value in it has a `|`, which separates values",
        ),
        (
            "header",
            "simple",
            "a,b",
            "a value in it has a comma, which separates values, or space around it",
        ),
        ("path", "simple", "..", "it can't be empty, `.` or `..`"),
        ("path", "label", ".", "it can't be empty, `.` or `..`"),
        ("path", "matrix", "a/b", "it can't hold `/` or `\\`"),
    ] {
        let template = if location == "path" { "/c/{p}" } else { "/c" };
        let parameter = parameter(location, style, false, texts.clone());
        let contract = contract(template, "get", json!({ "parameters": [parameter] }));
        let refused = call(&contract).request(&[("p".into(), vec![given.into()])]);
        let problems = told(&refused.expect_err(given));
        assert_eq!(problems, [format!("{location} parameter `p`: {problem}")]);
    }
}

#[test]
fn placeholders_that_share_a_segment_are_told_apart() {
    let text = |name: &str| {
        json!({ "name": name, "in": "path", "required": true,
        "schema": { "type": "string" } })
    };
    let parameters = json!({ "parameters": [text("id"), text("form")] });
    let contract = contract("/c/{id}.{form}:run", "get", parameters);
    let write = |id: &str, form: &str| {
        let given = [("id", id), ("form", form)].map(|(key, text)| (key.into(), vec![text.into()]));
        call(&contract)
            .request(&given)
            .map(|request| request.target)
    };
    assert_eq!(write("7", "tar.gz"), Ok("/c/7.tar.gz:run".into()));
    assert_eq!(write("ü", "a:b"), Ok("/c/%C3%BC.a%3Ab:run".into()));
    assert_eq!(
        told(&write("7.1", "csv").expect_err("it would be read as `7`")),
        ["path parameter `id`: it can't be told apart from what stands beside it in the path"]
    );
    let Route::Found { arguments, .. } = contract.route(&Method::GET, "/c/%C3%BC%2Ea%3ab%3Arun")
    else {
        panic!("it leads to nothing");
    };
    let read: Vec<_> = arguments.iter().map(|argument| argument.text()).collect();
    assert_eq!(read, ["ü", "a:b"]);
}

fn content(contract: &Contract) -> &Content {
    &call(contract).body.as_ref().expect("it has one").contents[0]
}

#[test]
fn a_form_is_checked_and_written_by_its_encoding() {
    let schema = json!({ "type": "object", "required": ["to"], "properties": {
        "to": { "type": "string", "maxLength": 5 }, "tags": { "type": "array", "items": { "type": "string" } },
        "ids": list(), "color": color(), "paint": color(), "is_draft": { "type": "boolean" },
    }, "additionalProperties": { "type": "integer" } });
    let encoding = json!({ "ids": { "style": "form", "explode": false },
        "paint": { "style": "deepObject", "explode": true } });
    let form = "application/x-www-form-urlencoded";
    let contract = contract(
        "/c",
        "post",
        json!({ "requestBody": { "required": true, "content": {
        form: { "schema": schema, "encoding": encoding } } } }),
    );
    let value = json!({ "to": "a+b&c", "tags": ["x", "y"], "ids": [1, 2], "color": { "R": 1 },
        "paint": { "R": 2 }, "is_draft": true, "extra": 7, "none": null });
    let text = content(&contract).form(&value).expect("it can be written");
    assert_eq!(
        text,
        "to=a%2Bb%26c&tags=x&tags=y&ids=1,2&color=%7B%22R%22%3A1%7D&paint%5BR%5D=2&is_draft=true&extra=7"
    );
    let check = |text: &str| told(&call(&contract).check_body(Some(form), text.as_bytes()));
    assert_eq!(check(&text), [""; 0]);
    assert_eq!(check("to=a&color[R]=1&tags[]=x&tags[]=y"), [""; 0]);
    for (text, problem) in [
        ("", "body: it is required"),
        ("tags=x", "body.to: it is required"),
        (
            "to=abcdef",
            "body.to: the value is longer than 5 characters",
        ),
        ("to=a&to=b", "body.to: it is given more than once"),
        (
            "to=a&ids=1,x",
            "body.ids[1]: the value is not a whole number",
        ),
        ("to=a&secret=x", "body.*: the value is not a whole number"),
        ("to=%ff", "body.to: it is not UTF-8"),
        (
            "to=%",
            "body.to: it has a `%` without two hexadecimal digits",
        ),
    ] {
        assert_eq!(check(text), [problem], "{text}");
    }
    assert_eq!(
        told(&call(&contract).check_body(Some("text/plain"), b"to=a")),
        ["body: its media type is not in the contract"]
    );
}

#[test]
fn parts_are_checked_by_their_fields() {
    let file = json!({ "type": "string", "format": "binary" });
    let schema = json!({ "type": "object", "required": ["file", "note"], "properties": {
        "file": file, "pages": { "type": "array", "items": file, "maxItems": 2 },
        "note": { "type": "string", "maxLength": 5 }, "ids": list(), "color": color(),
    } });
    let encoding = json!({ "file": { "contentType": "image/png, image/jpeg" } });
    let contract = contract(
        "/c",
        "post",
        json!({ "requestBody": { "content": {
        "multipart/form-data": { "schema": schema, "encoding": encoding } } } }),
    );
    let content = content(&contract);
    let part = |name: &str, content: &str| Part {
        name: name.into(),
        content: content.into(),
        ..Part::default()
    };
    let fields = json!({ "note": "hello", "ids": [1, 2], "color": { "R": 1 } });
    let mut parts = content.parts(&fields).expect("an object");
    let written: Vec<_> = parts
        .iter()
        .map(|part| {
            (
                part.name.as_str(),
                part.content_type.as_deref(),
                part.content.as_slice(),
            )
        })
        .collect();
    assert_eq!(
        written,
        [
            ("note", None, &b"hello"[..]),
            ("ids", None, b"1"),
            ("ids", None, b"2"),
            ("color", Some("application/json"), br#"{"R":1}"#),
        ]
    );
    parts.extend([
        part("file", ""),
        part("pages", ""),
        part("pages", ""),
        part("other", "x"),
    ]);
    assert_eq!(told(&content.check_parts(&parts)), [""; 0]);
    assert!(content.is_file("file") && content.is_file("pages") && !content.is_file("note"));

    let typed = |content_type: &str, part: Part| Part {
        content_type: Some(content_type.into()),
        ..part
    };
    parts.push(part("pages", ""));
    parts.extend([part("note", "again"), part("ids", "x")]);
    parts.push(typed("application/json", part("color", "{")));
    parts.retain(|part| part.name != "file");
    parts.push(typed("text/html", part("file", "")));
    assert_eq!(
        told(&content.check_parts(&parts)),
        [
            "body.note: it is given more than once",
            "body.ids: the value is not a whole number",
            "body.color: it is not JSON",
            "body.file: its media type is not in the contract",
            "body.pages: the value has more than 2 items",
        ]
    );
}

#[test]
fn the_media_type_that_is_described_most_closely_is_chosen() {
    let types = [
        "*/*",
        "image/*",
        "image/png",
        "application/json;v=1",
        "application/json;v=2",
    ];
    let contents = types.iter().map(|name| (name.to_string(), json!({})));
    let contents: Value = contents.collect();
    let contract = contract(
        "/c",
        "post",
        json!({ "requestBody": { "content": contents } }),
    );
    let body = call(&contract).body.as_ref().expect("it has one");
    for (given, expected) in [
        ("image/png", "image/png"),
        ("Image/PNG; q=1", "image/png"),
        ("image/gif", "image/*"),
        ("text/plain", "*/*"),
        ("application/json; v=\"2\"", "application/json;v=2"),
        ("application/json", "application/json;v=1"),
    ] {
        let chosen = body
            .content(given)
            .map(|content| content.media_type.as_str());
        assert_eq!(chosen, Some(expected), "{given}");
    }
}

#[test]
fn a_reference_leads_to_any_place_of_the_document() {
    let note = json!({ "type": "object", "nullable": true, "properties": {
        "id": { "type": "integer" }, "up": { "$ref": "#/components/schemas/Note/properties/id" } } });
    let there = "#/paths/~1notes~1%7Bid%7D/get/responses/200/content/application~1json/schema";
    let answer = |schema: Value| {
        json!({ "200": { "description": "It.",
        "content": { "application/json": { "schema": schema } } } })
    };
    let inside = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Note" } });
    let document = json!({ "openapi": "3.0.3", "paths": {
        "/notes/{id}": { "get": { "operationId": "get", "responses": answer(inside) } },
        "/notes": { "get": { "operationId": "list", "responses": answer(json!({ "$ref": there })) } },
    }, "components": { "schemas": { "Note": note } } });
    let contract = Contract::from_json(&document.to_string()).expect("a contract");
    let list = contract.operation("list").expect("it is there");
    let content = list
        .success()
        .and_then(|success| success.json())
        .expect("JSON");
    assert_eq!(content.sample(), json!([{ "id": 1, "up": 1 }]));
    assert_eq!(
        told(&content.schema.check(&json!([null, { "up": 1 }]))),
        [""; 0]
    );
    assert_eq!(
        told(&content.schema.check(&json!([{ "up": "x" }]))),
        ["[0].up: the value is not of type \"integer\""]
    );
}

#[test]
fn a_made_up_value_says_which_of_several_schemas_it_is_of() {
    let pet = |sound: &str| {
        json!({ "type": "object", "required": ["kind"], "properties": {
        "kind": { "type": "string" }, sound: { "type": "boolean" } } })
    };
    let mapping = json!({ "meow": "#/components/schemas/Cat" });
    let of = |first: &str, mapping: Value| {
        json!({
        "oneOf": [{ "$ref": format!("#/components/schemas/{first}") }, { "$ref": "#/components/schemas/Cat" }],
        "discriminator": { "propertyName": "kind", "mapping": mapping } })
    };
    let document = json!({ "openapi": "3.0.3", "paths": {}, "components": { "schemas": {
        "Cat": pet("purrs"), "Dog": pet("barks"), "Pet": of("Dog", json!({})),
        "Mapped": of("Cat", mapping), "Nothing": { "type": "string", "enum": [null] },
    } } });
    let contract = Contract::from_json(&document.to_string()).expect("a contract");
    for (name, expected) in [
        ("Pet", json!({ "kind": "Dog", "barks": true })),
        ("Mapped", json!({ "kind": "meow", "purrs": true })),
        ("Nothing", Value::Null),
    ] {
        let schema = contract.schema(name).expect("it is there");
        assert_eq!(schema.sample(), expected, "{name}");
        assert_eq!(told(&schema.check(&expected)), [""; 0], "{name}");
    }
}

#[test]
fn headers_that_openapi_describes_elsewhere_are_no_parameters() {
    let header = |name: &str| {
        json!({ "name": name, "in": "header", "required": true,
        "schema": { "type": "string" } })
    };
    let parameters = ["Accept", "content-type", "Authorization", "X-Mine"].map(header);
    let contract = contract("/c", "get", json!({ "parameters": parameters }));
    let names = call(&contract)
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["X-Mine"]);
}
