//! Path arguments: they may name a resource, never another endpoint.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the characters that RFC 3986 calls unreserved.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encodes whatever could mean something else than itself in a URL.
#[inline(never)] // Several callers, and none of them hot.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A path argument as a segment; the error says what it may not be.
///
/// Encoding alone is not enough: URLs lose `.` and `..` even when they are encoded, servers and
/// proxies decode `%2F` before they route, and an empty segment is often dropped.
#[inline(never)] // Several callers, and none of them hot.
pub(crate) fn segment(argument: &str) -> Result<String, &'static str> {
    match argument {
        "" => Err("must not be empty"),
        "." | ".." => Err("must not be `.` or `..`"),
        _ if argument.contains(['/', '\\']) => Err("must not contain `/` or `\\`"),
        _ => Ok(encode(argument)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_that_could_lead_elsewhere_is_refused() {
        for argument in ["", ".", "..", "a/b", "/", "..\\x", "\\"] {
            assert!(segment(argument).is_err(), "{argument:?}");
        }
    }

    #[test]
    fn everything_else_is_percent_encoded() {
        for (argument, encoded) in [
            ("user_1-a.b~c", "user_1-a.b~c"),
            ("...", "..."),
            ("%2e%2e", "%252e%252e"),
            ("a b?c#d", "a%20b%3Fc%23d"),
            ("{id}", "%7Bid%7D"),
            ("é\n", "%C3%A9%0A"),
            (
                "2026-01-17T08:00:00+01:00",
                "2026-01-17T08%3A00%3A00%2B01%3A00",
            ),
        ] {
            assert_eq!(segment(argument).as_deref(), Ok(encoded));
        }
    }
}
