//! The API key: its rules, and a type that never shows it.

use std::fmt;

use http::HeaderValue;

use crate::header_value;
use crate::redact::Redacted;

/// A key as the caller gave it, white space around it trimmed.
#[derive(Clone)]
pub(crate) struct ApiKey(String);

impl ApiKey {
    /// Trims the key, since keys are read from files that end in a newline. Empty means missing.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The value of `Authorization`, marked so that HTTP libraries neither log nor index it.
    ///
    /// `None` if the key holds a character that a key cannot: a control or non-ASCII one.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        header_value::secret(&format!("Bearer {}", self.0))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Redacted.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_a_key_is_trimmed() {
        let value = ApiKey::new(" aura_pk_live_1\r\n").and_then(|key| key.authorization());

        assert_eq!(value.expect("valid"), "Bearer aura_pk_live_1");
    }

    #[test]
    fn an_empty_key_is_missing() {
        assert!(ApiKey::new("").is_none());
        assert!(ApiKey::new(" \n\t").is_none());
    }

    #[test]
    fn control_and_non_ascii_characters_are_refused() {
        for text in ["a\nb", "clé"] {
            let key = ApiKey::new(text).expect("not empty");
            assert!(key.authorization().is_none(), "{text:?}");
        }
    }

    #[test]
    fn debug_shows_neither_the_key_nor_its_length() {
        let key = ApiKey::new("aura_pk_live_1").expect("not empty");
        let value = key.authorization().expect("valid");

        assert_eq!(format!("{key:?}"), "[redacted]");
        assert_eq!(format!("{value:?}"), "Sensitive");
    }
}
