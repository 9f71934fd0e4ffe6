//! The body of an error, read leniently: each field on its own, whatever else is there.

use std::borrow::Cow;

use crate::json;

/// What an error body says. A field that is absent or no string is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
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
        let text = String::from_utf8_lossy(without_bom(body));
        let mut said = Self::default();
        let whole = json::walk(&text, &mut |name, value| {
            match name.and_then(json::unescape).as_deref() {
                Some("success") => said.refused = value == "false",
                Some("code") => said.code = string(value),
                Some("error") => said.message = string(value),
                Some("requestId") => said.request_id = string(value),
                _ => {}
            }
            true
        });
        said.refused &= whole;
        said
    }
}

/// The body without the byte order mark that some services write before JSON.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

fn string(json: &str) -> Option<String> {
    json::unescape(json).map(Cow::into_owned)
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
