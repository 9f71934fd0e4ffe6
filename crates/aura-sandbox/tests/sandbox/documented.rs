//! What a contract documents, read without aura-contract: answers are checked by the jsonschema
//! crate against the document itself.

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::Came;

/// The answers that one operation documents.
pub(crate) struct Documented<'a> {
    document: &'a Value,
    responses: &'a Value,
}

impl<'a> Documented<'a> {
    /// `path` as the contract writes it, `method` in lower case.
    pub(crate) fn new(document: &'a Value, method: &str, path: &str) -> Self {
        let responses = &document["paths"][path][method]["responses"];
        assert!(responses.is_object(), "{method} {path} is documented");
        Self {
            document,
            responses,
        }
    }

    /// Panics unless the answer has a status, a content type, headers and a body as documented.
    pub(crate) fn check(&self, came: &Came) {
        let status = came.status.to_string();
        let class = format!("{}XX", &status[..1]);
        let found = [status.as_str(), class.as_str(), "default"]
            .into_iter()
            .find_map(|key| self.responses.get(key));
        let found = found.unwrap_or_else(|| panic!("{status} is not documented"));
        let response = self.resolve(found);
        self.check_headers(response, came);
        match response.get("content").and_then(Value::as_object) {
            None => assert!(came.status >= 400 || came.body.is_empty()),
            Some(content) => {
                let documented = &content[came.header("content-type")];
                assert!(documented.is_object(), "the content type is documented");
                let body = match came.header("content-type").contains("json") {
                    true => came.json(),
                    false => came.body.clone().into(),
                };
                self.check_value(&documented["schema"], &body);
            }
        }
    }

    fn check_headers(&self, response: &Value, came: &Came) {
        let headers = response.get("headers").and_then(Value::as_object);
        for (name, header) in headers.into_iter().flatten() {
            let header = self.resolve(header);
            match came.headers.contains_key(name) {
                true => {
                    let text = came.header(name);
                    let value = match header["schema"]["type"].as_str() {
                        Some("integer") => serde_json::from_str(text).expect("a number"),
                        _ => text.into(),
                    };
                    self.check_value(&header["schema"], &value);
                }
                false => assert_ne!(header["required"], true, "{name} is missing"),
            }
        }
    }

    fn check_value(&self, schema: &Value, value: &Value) {
        let mut errors = self
            .validator(schema)
            .iter_errors(value)
            .map(|e| e.to_string())
            .collect::<Vec<_>>();
        assert_eq!(errors.pop(), None, "{value}");
    }

    /// OpenAPI 3.0's schemas are JSON Schema's fourth draft but for `nullable`.
    fn validator(&self, schema: &Value) -> Validator {
        let whole = json!({
            "allOf": [with_null(schema)],
            "components": with_null(&self.document["components"]),
        });
        jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .build(&whole)
            .expect("a schema")
    }

    fn resolve(&self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self
                .document
                .pointer(reference.trim_start_matches('#'))
                .expect("it leads somewhere"),
            None => value,
        }
    }
}

fn with_null(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let members = members.iter();
            let plain: Value = members
                .map(|(key, value)| (key.clone(), with_null(value)))
                .collect();
            match schema.get("nullable") {
                Some(Value::Bool(true)) => json!({"anyOf": [plain, {"type": "null"}]}),
                _ => plain,
            }
        }
        Value::Array(items) => items.iter().map(with_null).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_check_itself_finds_what_does_not_fit() {
    let document = json!({
        "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {
            "schema": {"type": "object", "properties": {"n": {"type": "integer", "nullable": true}}}
        }}}}}}},
        "components": {},
    });
    let came = |status, body: &str| Came {
        status,
        headers: [(
            reqwest::header::CONTENT_TYPE,
            reqwest::header::HeaderValue::from_static("application/json"),
        )]
        .into_iter()
        .collect(),
        body: body.into(),
    };
    let documented = Documented::new(&document, "get", "/a");
    for fits in [r#"{"n": 1}"#, r#"{"n": null}"#] {
        documented.check(&came(200, fits));
    }
    for (status, misfit) in [(200, r#"{"n": "1"}"#), (200, "[]"), (404, "{}")] {
        let check = || documented.check(&came(status, misfit));
        let check = std::panic::AssertUnwindSafe(check);
        assert!(std::panic::catch_unwind(check).is_err(), "{misfit}");
    }
}
