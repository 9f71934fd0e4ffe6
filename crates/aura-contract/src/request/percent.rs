//! Percent-encoding: how a text stands in a path, a query, a header or a cookie.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::parameter::Location;

/// RFC 3986's unreserved characters stay as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What stands for a text. In a header that is the text itself.
pub(super) fn encode(location: Location, text: &str) -> String {
    match location {
        Location::Path | Location::Cookie => utf8_percent_encode(text, ENCODED).to_string(),
        Location::Query => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        Location::Header => text.to_owned(),
    }
}

/// The text that this stands for.
pub(super) fn decode(location: Location, raw: &str) -> Result<String, &'static str> {
    let raw = match location {
        Location::Header => return Ok(raw.to_owned()),
        Location::Query => Cow::Owned(raw.replace('+', " ")),
        Location::Path | Location::Cookie => Cow::Borrowed(raw),
    };
    let is_escape = |rest: &str| {
        let digits = rest.as_bytes().get(..2).unwrap_or_default();
        digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit)
    };
    if !raw.split('%').skip(1).all(is_escape) {
        return Err("it has a `%` without two hexadecimal digits");
    }
    let text = percent_decode_str(&raw).decode_utf8();
    text.map(Cow::into_owned).map_err(|_| "it is not UTF-8")
}
