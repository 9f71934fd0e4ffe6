//! What is wrong with a value, in words that don't quote it.

use std::fmt;

/// What is wrong with a parameter or a body, and where.
///
/// The value itself is never quoted: it may be personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: "path parameter `id`", or in a body "data.notes\[1\].content".
    pub place: String,
    /// What: "the value is not a \"uuid\"".
    pub reason: String,
}

impl Problem {
    pub(crate) fn new(place: impl Into<String>, reason: impl Into<String>) -> Problem {
        Problem {
            place: place.into(),
            reason: reason.into(),
        }
    }

    /// The same, seen from further out: `content` in `data` is `data.content`.
    pub(crate) fn inside(mut self, outer: &str) -> Problem {
        self.place = match self.place.as_str() {
            "" => outer.to_string(),
            place if place.starts_with('[') => format!("{outer}{place}"),
            place => format!("{outer}.{place}"),
        };
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.reason),
            place => write!(f, "{place}: {}", self.reason),
        }
    }
}
