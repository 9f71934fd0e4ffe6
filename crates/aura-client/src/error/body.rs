//! The body of an error, read leniently: each field on its own, whatever else is there.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::decode::Name;

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

    /// Reads any body; what is not a JSON object says nothing. Of one that was cut off counts what
    /// came, but a refusal only if it is whole.
    ///
    /// Successful bodies come by here too, so other fields are skipped, not kept.
    pub(crate) fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let mut said = Self::default();
        let mut json = serde_json::Deserializer::from_str(&text);
        let whole = json.deserialize_map(Lenient(&mut said)).is_ok();
        said.refused &= whole;
        said
    }
}

/// Takes each field as JSON text first, so that one that cannot be held costs no other.
struct Lenient<'s>(&'s mut ErrorBody);

impl<'de> Visitor<'de> for Lenient<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(said) = self;
        while let Some(name) = map.next_key::<Name>()? {
            let value: &RawValue = map.next_value()?;
            match name.text.as_str() {
                "success" => said.refused = value.get() == "false",
                "code" => said.code = string(value),
                "error" => said.message = string(value),
                "requestId" => said.request_id = string(value),
                _ => {}
            }
        }
        Ok(())
    }
}

fn string(json: &RawValue) -> Option<String> {
    serde_json::from_str(json.get()).ok()
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
    fn what_cannot_be_held_does_not_cost_the_rest() {
        let deep = "[".repeat(500) + &"]".repeat(500);
        for value in [r#""\ud800""#, "1e999", &deep] {
            let body = format!(r#"{{"error":{value},"\udfff":1,"code":"DOWN","success":false}}"#);
            let said = ErrorBody::read(body.as_bytes());

            assert_eq!((said.message, said.code.as_deref()), (None, Some("DOWN")));
            assert!(said.refused);
        }
    }

    #[test]
    fn what_came_of_a_body_that_was_cut_off_counts_but_not_its_refusal() {
        let said = ErrorBody::read(br#"{"success":false,"requestId":"req_1","code":"NOT_"#);

        assert_eq!(said.request_id.as_deref(), Some("req_1"));
        assert_eq!((said.code, said.refused), (None, false));
    }

    #[test]
    fn anything_else_says_nothing() {
        for body in [
            "",
            "<html>",
            "null",
            r#"["NOT_FOUND"]"#,
            r#"{"success":false"#,
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
