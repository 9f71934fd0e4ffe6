//! What a caller would like: `Prefer: code=204` (RFC 7240).

use http::{HeaderMap, HeaderName};

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The status that a caller asks for.
pub(super) fn code(headers: &HeaderMap) -> Option<u16> {
    let values = headers.get_all(PREFER).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    let mut preferences = texts.flat_map(|text| text.split([',', ';']));
    preferences.find_map(|preference| {
        let (name, value) = preference.split_once('=')?;
        let is_code = name.trim().eq_ignore_ascii_case("code");
        value
            .trim()
            .trim_matches('"')
            .parse()
            .ok()
            .filter(|_| is_code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_code_is_preferred() {
        for (text, expected) in [
            ("code=204", Some(204)),
            ("respond-async, Code = \"404\"; x=1", Some(404)),
            ("code=x, code=201, code=202", Some(201)),
            ("codes=204", None),
            ("code", None),
            ("code=70000", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(PREFER, text.parse().expect("a value"));
            assert_eq!(code(&headers), expected, "{text}");
        }
    }
}
