//! Errors as the contract documents them, and in the API's own form where it does not.

use aura_contract::{Content, Operation, Status};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::answer::{Answer, text};
use super::example::media_type;

/// Why a request is refused.
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    /// What to say where the contract has no example.
    error: &'static str,
    /// What to tell instead of the contract's example.
    said: Option<String>,
}

impl From<StatusCode> for Refusal {
    fn from(status: StatusCode) -> Self {
        let (code, error) = words(status);
        Self {
            status,
            code,
            error,
            said: None,
        }
    }
}

impl Refusal {
    pub(super) fn saying(status: StatusCode, said: impl Into<String>) -> Self {
        Self {
            said: Some(said.into()),
            ..status.into()
        }
    }

    /// The path is not in the contract. The code is another than that of a resource that does not
    /// exist: a wrong base URL must not look like one.
    pub(super) fn no_such_route() -> Self {
        Self {
            code: "NO_SUCH_ROUTE",
            error: "No such route",
            ..StatusCode::NOT_FOUND.into()
        }
    }

    /// The answer: what the operation documents for the status, if it was known which operation
    /// was meant.
    pub(super) fn answer(self, operation: Option<&Operation>, request_id: &str) -> Answer {
        let answer = Answer::new(self.status);
        let documented = operation.and_then(|operation| operation.answer(self.status.as_u16()));
        let Some(documented) = documented else {
            return self.in_our_form(answer, None, request_id);
        };
        let answer = answer.with_documented(documented);
        let Some(content) = documented.json().or(documented.contents.first()) else {
            return self.in_our_form(answer, Some(documented), request_id);
        };
        let body = match content.is_json() {
            true => self.body(documented, content, request_id).to_string(),
            false => text(content.sample()),
        };
        answer.with_body(media_type(content), body)
    }

    fn in_our_form(
        &self,
        answer: Answer,
        documented: Option<&aura_contract::Answer>,
        request_id: &str,
    ) -> Answer {
        let mut body = self.our_body(request_id);
        if let Some(code) = documented.and_then(|documented| self.not_found(documented)) {
            body["code"] = code.into();
        }
        let json = HeaderValue::from_static("application/json");
        answer.with_body(json, body.to_string())
    }

    /// The contract's example for this status with this request's ID, else our form, and if
    /// neither fits the documented schema, whatever does. It has the code that `x-not-found` gives,
    /// if that fits.
    fn body(
        &self,
        documented: &aura_contract::Answer,
        content: &Content,
        request_id: &str,
    ) -> Value {
        let own_example = documented.status == Status::Code(self.status.as_u16());
        let example = content.example.as_ref().filter(|_| own_example);
        let mut body = match example {
            Some(Value::Object(example)) => Value::Object(example.clone()),
            _ => self.our_body(request_id),
        };
        if let Some(id) = body.get_mut("requestId") {
            *id = request_id.into();
        }
        if let (Some(said), Some(error)) = (&self.said, body.get_mut("error")) {
            *error = said.as_str().into();
        }
        let code = self.not_found(documented);
        let with_code = |body: &Value| {
            let mut body = body.clone();
            body.as_object_mut()?.insert("code".into(), code?.into());
            Some(body)
        };
        let sample = content.sample();
        let bodies = [with_code(&body), Some(body), with_code(&sample)];
        let mut bodies = bodies.into_iter().flatten();
        let fits = |body: &Value| content.schema.check(body).is_empty();
        bodies.find(fits).unwrap_or(sample)
    }

    /// The code that the contract has for a resource that does not exist, if that is what is said.
    fn not_found<'c>(&self, documented: &'c aura_contract::Answer) -> Option<&'c str> {
        let code = documented.not_found.as_deref();
        code.filter(|_| self.status == StatusCode::NOT_FOUND)
    }

    fn our_body(&self, request_id: &str) -> Value {
        json!({
            "success": false,
            "error": self.said.as_deref().unwrap_or(self.error),
            "code": self.code,
            "requestId": request_id,
        })
    }
}

/// Code and text of an error that the contract gives no example of.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => ("BAD_REQUEST", "Invalid request"),
        StatusCode::UNAUTHORIZED => ("UNAUTHORIZED", "Invalid API key"),
        StatusCode::NOT_FOUND => ("NOT_FOUND", "Not found"),
        StatusCode::METHOD_NOT_ALLOWED => ("METHOD_NOT_ALLOWED", "Method not allowed"),
        StatusCode::PAYLOAD_TOO_LARGE => ("PAYLOAD_TOO_LARGE", "Request body too large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("UNSUPPORTED_MEDIA_TYPE", "Unsupported content type")
        }
        StatusCode::UNPROCESSABLE_ENTITY => ("UNPROCESSABLE_ENTITY", "Request cannot be processed"),
        StatusCode::TOO_MANY_REQUESTS => ("RATE_LIMITED", "Too many requests"),
        StatusCode::NOT_IMPLEMENTED => ("NOT_IMPLEMENTED", "Not served by the sandbox"),
        StatusCode::SERVICE_UNAVAILABLE => ("SERVICE_UNAVAILABLE", "Service unavailable"),
        _ => ("INTERNAL_ERROR", "Internal error"),
    }
}
