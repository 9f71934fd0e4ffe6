//! The body of an error, read leniently: each field on its own, whatever else is there.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// What an error body says. A field that is absent or no string is `None`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ErrorBody {
    /// Whether it says `success: false`.
    pub(crate) refused: bool,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
}

impl ErrorBody {
    pub(crate) const NOTHING: Self = Self {
        refused: false,
        code: None,
        message: None,
        request_id: None,
    };

    /// Reads any body; what is not a JSON object says nothing.
    ///
    /// Successful bodies come by here too, so other fields are skipped, not kept.
    pub(crate) fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let mut json = serde_json::Deserializer::from_str(&text);
        json.deserialize_map(Lenient).unwrap_or_default()
    }
}

struct Lenient;

impl<'de> Visitor<'de> for Lenient {
    type Value = ErrorBody;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ErrorBody, A::Error> {
        let mut said = ErrorBody::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "success" => said.refused = map.next_value::<Value>()? == Value::Bool(false),
                "code" => said.code = string(map.next_value()?),
                "error" => said.message = string(map.next_value()?),
                "requestId" => said.request_id = string(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(said)
    }
}

fn string(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_body_is_read_whole() {
        let body =
            br#"{"code":"NOT_FOUND","error":"Lead not found","requestId":"req_1","success":false}"#;

        let expected = ErrorBody {
            refused: true,
            code: Some("NOT_FOUND".to_owned()),
            message: Some("Lead not found".to_owned()),
            request_id: Some("req_1".to_owned()),
        };
        assert_eq!(ErrorBody::read(body), expected);
    }

    #[test]
    fn a_field_of_another_type_does_not_cost_the_others() {
        let said =
            ErrorBody::read(br#"{"code":{"a":[1]},"error":null,"requestId":"req_1","x":{}}"#);

        assert_eq!((said.code, said.message), (None, None));
        assert_eq!(said.request_id.as_deref(), Some("req_1"));
    }

    #[test]
    fn text_that_is_not_utf8_does_not_cost_the_rest() {
        let said = ErrorBody::read(b"{\"code\":\"NOT_FOUND\",\"error\":\"caf\xe9\"}");

        assert_eq!(said.code.as_deref(), Some("NOT_FOUND"));
        assert_eq!(said.message.as_deref(), Some("caf\u{fffd}"));
    }

    #[test]
    fn anything_else_says_nothing() {
        for body in [
            "",
            "<html>",
            "null",
            r#"["NOT_FOUND"]"#,
            r#"{"code":"NOT_"#,
            "\"code\"",
        ] {
            assert_eq!(
                ErrorBody::read(body.as_bytes()),
                ErrorBody::NOTHING,
                "{body}"
            );
        }
    }
}
