//! The API key: its rules, and a type that never shows it.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::header_value;
use crate::redact::Redacted;

/// A key as the caller gave it, white space around it trimmed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ApiKey {
    text: Arc<str>,
    /// `Bearer <key>`, written once for all calls.
    bearer: HeaderValue,
}

/// Where a key comes from, for whoever has none.
pub(crate) const WHERE_KEYS_ARE: &str =
    "take one (aura_pk_live_…) from Aura's Settings > Integrations";

pub(super) const INVALID: &str =
    "holds a control character or one that is not ASCII; copy it again";

impl ApiKey {
    /// Trims the key, since keys are read from files that end in a newline. `None`: it is empty,
    /// which means missing. The error says what is wrong with the key, for a sentence that begins
    /// with where it came from.
    pub(crate) fn new(text: &str) -> Option<Result<Self, &'static str>> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if text.starts_with("Bearer ") {
            return Some(Err("must be the key alone, without `Bearer `"));
        }
        let bearer = header_value::secret(&format!("Bearer {text}"));
        let key = bearer.map(|bearer| Self {
            text: text.into(),
            bearer,
        });
        Some(key.ok_or(INVALID))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn bearer(&self) -> HeaderValue {
        self.bearer.clone()
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
        let key = ApiKey::new(" aura_pk_live_1\r\n").expect("not empty");

        assert_eq!(key.expect("valid").as_str(), "aura_pk_live_1");
    }

    #[test]
    fn an_empty_key_is_missing() {
        assert!(ApiKey::new("").is_none());
        assert!(ApiKey::new(" \n\t").is_none());
    }

    #[test]
    fn what_cannot_be_a_key_is_refused() {
        for text in ["a\nb", "a\tb", "clé", "a\u{200b}b", "Bearer aura_pk_live_1"] {
            assert!(ApiKey::new(text).expect("not empty").is_err(), "{text:?}");
        }
    }

    #[test]
    fn debug_shows_neither_the_key_nor_its_length() {
        let key = ApiKey::new("aura_pk_live_1").expect("not empty");

        assert_eq!(format!("{key:?}"), "Ok([redacted])");
    }
}
