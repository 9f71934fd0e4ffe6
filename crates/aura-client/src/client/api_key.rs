//! The API key: its rules, and a type that never shows it.

use std::fmt;

use http::HeaderValue;

use super::header_value;
use crate::redact::Redacted;

/// A key as the caller gave it, white space around it trimmed.
#[derive(Clone)]
pub(crate) struct ApiKey(String);

/// Where a key comes from, for whoever has none.
pub(crate) const WHERE: &str = "take one (aura_pk_live_…) from Aura's Settings > Integrations";

impl ApiKey {
    /// Trims the key, since keys are read from files that end in a newline. Empty means missing.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The value of `Authorization`, marked so that HTTP libraries neither log nor index it; or
    /// what is wrong with the key, for a sentence that begins with where it came from.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, &'static str> {
        if self.0.starts_with("Bearer ") {
            return Err("must be the key alone, without `Bearer `");
        }
        header_value::secret(&format!("Bearer {}", self.0))
            .ok_or("holds a control character or one that is not ASCII; copy it again")
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
        let value = ApiKey::new(" aura_pk_live_1\r\n").map(|key| key.authorization());

        assert_eq!(
            value.expect("not empty").expect("valid"),
            "Bearer aura_pk_live_1"
        );
    }

    #[test]
    fn an_empty_key_is_missing() {
        assert!(ApiKey::new("").is_none());
        assert!(ApiKey::new(" \n\t").is_none());
    }

    #[test]
    fn what_cannot_be_a_key_is_refused() {
        for text in ["a\nb", "clé", "Bearer aura_pk_live_1"] {
            let key = ApiKey::new(text).expect("not empty");
            assert!(key.authorization().is_err(), "{text:?}");
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
