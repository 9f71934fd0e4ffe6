//! What could be read of a body that does not fit.

use std::fmt;

use crate::redact::Redacted;
use crate::text::cut;

/// How much of a path a line shows.
pub(super) const MAX_PATH_SHOWN: usize = 200;

/// How many bytes of an anomaly's text are kept.
const MAX_TEXT: usize = 4096;

/// What could be read of a response that does not fit, from
/// [`Error::salvage`](crate::Error::salvage).
///
/// `Debug` shows the anomalies, but not the value, which may not redact itself.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Salvaged<T> {
    /// Everything that could be read. What could not is absent from it.
    pub value: T,
    /// What could not be read, in the order of the body; the first 100 of them.
    pub anomalies: Vec<Anomaly>,
    /// How many more there are.
    pub omitted: usize,
}

impl<T> fmt::Debug for Salvaged<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Salvaged")
            .field("value", &Redacted)
            .field("anomalies", &self.anomalies)
            .field("omitted", &self.omitted)
            .finish()
    }
}

/// Something that does not fit, and was left out.
///
/// `Display` is one line, `data.notes[1].content: expected a string, found an object`. Like
/// `Debug` it does not show the value.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Anomaly {
    /// Where it is, as in [`Error::json_path`](crate::Error::json_path).
    pub json_path: String,
    /// What is wrong with it, in words that quote nothing of it.
    pub reason: String,
    /// What was left out, as JSON text; of a text longer than 4 KB the beginning and `…`.
    pub json: String,
}

impl Anomaly {
    pub(super) fn new(json_path: String, reason: String, json: &str) -> Self {
        let json = match json.len() <= MAX_TEXT {
            true => json.to_owned(),
            false => {
                let mut kept = MAX_TEXT - '…'.len_utf8();
                while !json.is_char_boundary(kept) {
                    kept -= 1;
                }
                format!("{}…", &json[..kept])
            }
        };
        Self {
            json_path,
            reason,
            json,
        }
    }
}

impl fmt::Display for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = cut(self.json_path.chars(), MAX_PATH_SHOWN);
        write!(f, "{path}: {}", self.reason)
    }
}

impl fmt::Debug for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Anomaly")
            .field("json_path", &self.json_path)
            .field("reason", &self.reason)
            .field("json", &Redacted)
            .finish()
    }
}
