//! Header values that callers give: text, never bytes that a header may not hold.

use http::HeaderValue;

/// The text as a header's value, marked so that HTTP libraries neither log nor index it.
///
/// `None` if it holds a control or non-ASCII character. `HeaderValue` alone would let a tab and
/// the bytes of UTF-8 pass, which servers read in ways of their own.
#[inline(never)] // Several callers, and none of them hot.
pub(crate) fn secret(text: &str) -> Option<HeaderValue> {
    let mut value = printable(text)?;
    value.set_sensitive(true);
    Some(value)
}

/// The text as a header's value; `None` if it holds a control or non-ASCII character.
pub(crate) fn printable(text: &str) -> Option<HeaderValue> {
    let printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    printable.then(|| HeaderValue::try_from(text).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_non_ascii_characters_are_refused() {
        for text in [
            "a\nb",
            "a\rb",
            "a\tb",
            "a\0b",
            "a\u{7f}b",
            "clé",
            "a\u{200b}b",
        ] {
            assert!(secret(text).is_none(), "{text:?}");
        }
        assert_eq!(secret("a ~").expect("valid"), "a ~");
    }

    #[test]
    fn a_secret_is_not_shown() {
        let value = secret("tenant-7").expect("valid");

        assert_eq!(format!("{value:?}"), "Sensitive");
    }
}
